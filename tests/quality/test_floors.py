"""The floors hold, and cannot be lowered by running the command."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from tests.quality import floors

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", floors.SETS)
async def test_what_was_reached_is_held(name: str) -> None:
    """Questions of our own, over the seeds and over dated news."""
    assert floors.fallen(name, await floors.measured(name), floors.held()) == []


def test_a_figure_under_its_floor_is_named() -> None:
    """And one without a floor."""
    found = floors.fallen("seeds", {"first": 0.5, "new": 1.0}, {"seeds": {"first": 0.6}})
    assert found == [
        "seeds: no floor for new. Run python -m tests.quality.floors",
        "seeds: first is 0.500, under its floor of 0.600",
    ]


def test_a_floor_is_lowered_only_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reason is written beside it."""
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"floors": {"seeds": {"first": 0.9}}}), encoding="utf-8")
    monkeypatch.setattr(floors, "PATH", path)
    monkeypatch.setattr(floors, "SETS", {"seeds": None})

    async def measured(_: str) -> dict[str, float]:
        return {"first": 0.8}

    monkeypatch.setattr(floors, "measured", measured)
    monkeypatch.setattr(sys, "argv", ["floors"])
    assert floors.main() == 1
    assert "Not lowered" in capsys.readouterr().out
    assert floors.held() == {"seeds": {"first": 0.9}}
    monkeypatch.setattr(sys, "argv", ["floors", "--lower", "fewer questions"])
    assert floors.main() == 0
    assert floors.held() == {"seeds": {"first": 0.8}}
    assert json.loads(path.read_text(encoding="utf-8"))["lowered"] == [
        "fewer questions: seeds: first is 0.800, under its floor of 0.900"
    ]
