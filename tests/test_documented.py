"""The README, the settings' example and CI say the same as the code."""

import dataclasses
import re
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_ci_runs_the_readmes_test_command() -> None:
    """One command for everyone."""
    command = next(line for line in README.splitlines() if "-m pytest" in line and ".venv/bin" in line)

    assert command.strip() in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()


def test_every_setting_is_in_the_example_and_in_the_readme() -> None:
    """An operator finds each of them in both places."""
    names = {field.name.upper() for field in dataclasses.fields(Settings)}

    assert set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)) == names
    assert {name for name in names if f"`{name}`" not in README} == set()


def test_every_command_is_in_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    """And the README names none that is not there."""
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = set(re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE))

    assert commands == set(re.findall(r"^\| `python -m bot (\w+)", README, re.MULTILINE))


def test_every_runtime_package_has_its_reason_in_the_readme() -> None:
    """A dependency that nobody can explain is one too many."""
    packages = re.findall(r"^([\w.-]+?)[><=]", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)

    assert {package for package in packages if f"`{package}`" not in README} == set()
