"""The floors of quality: what was reached once is held. Knows figures by name, no library.

    python -m tests.quality.floors                      # measure, and raise floors that were surpassed
    python -m tests.quality.floors --lower "a reason"   # the only way to lower one

The reason is written beside the floors.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.quality import own_sets
from tests.quality.own_sets import Verdict, figures

PATH = Path(__file__).with_name("floors.json")
SLACK = 1e-9

SETS: dict[str, Callable[[Path], Awaitable[list[Verdict]]]] = {
    "seeds": own_sets.seeds,
    "dated": own_sets.dated,
    "forms": own_sets.forms,
    "spoken": own_sets.spoken,
    "called": own_sets.called,
    "broad": own_sets.broad,
}


def held() -> dict[str, dict[str, float]]:
    """The floors by set and measure."""
    stored: dict[str, dict[str, float]] = json.loads(PATH.read_text(encoding="utf-8"))["floors"]
    return stored


def fallen(name: str, measured: dict[str, float], floors: dict[str, dict[str, float]]) -> list[str]:
    """A sentence for each measure of a set that is under its floor, or has none."""
    floor = floors.get(name, {})
    missing = [f"{name}: no floor for {measure}. Run python -m tests.quality.floors" for measure in measured.keys() - floor.keys()]
    under = [
        f"{name}: {measure} is {value:.3f}, under its floor of {floor[measure]:.3f}"
        for measure, value in measured.items()
        if measure in floor and value < floor[measure] - SLACK
    ]
    return [*missing, *under]


def raised(found: dict[str, dict[str, float]], floors: dict[str, dict[str, float]], *, lower: bool) -> dict[str, dict[str, float]]:
    """The floors to write: the higher of both, or what was measured where they may be lowered."""
    return {
        name: {
            measure: value if lower else max(value, floors.get(name, {}).get(measure, 0.0)) for measure, value in measures.items()
        }
        for name, measures in found.items()
    }


async def measured(name: str) -> dict[str, float]:
    """The figures of a set, in a library of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return {key: round(value, 4) for key, value in figures(await SETS[name](Path(folder))).items()}


def main() -> int:
    """Measure and write."""
    reason = sys.argv[sys.argv.index("--lower") + 1] if "--lower" in sys.argv[:-1] else ""
    found = {name: asyncio.run(measured(name)) for name in SETS}
    stored = json.loads(PATH.read_text(encoding="utf-8"))
    floors = stored.get("floors", {})
    under = [sentence for name in SETS for sentence in fallen(name, found[name], floors) if "under" in sentence]
    if under and not reason:
        print("\n".join([*under, 'Not lowered. If this is meant: --lower "a reason"']))  # noqa: T201
        return 1
    reasons = [*stored.get("lowered", []), *([f"{reason}: {sentence}" for sentence in under])]
    written = {"floors": raised(found, floors, lower=bool(reason)), "lowered": reasons}
    PATH.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
