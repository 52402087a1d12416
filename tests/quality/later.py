"""A news quiz asked half a year later: recency boosts and never vetoes, so that old news stay findable.

    python -m tests.quality.later

By rankers that saw no article of a question's title: asked on its day, 180 days later, and 180 days later without recency.
"""

from __future__ import annotations

import asyncio
import pickle
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from index import answering, ranking, store
from tests.quality import sets, train
from tests.quality.examples import example
from tests.quality.measures import first_hits

if TYPE_CHECKING:
    from tests.quality.examples import Example

LATER = timedelta(days=180)
_NO_RECENCY = 1e-6  # days: everything but the day itself is old


def asked(name: str, later: timedelta) -> list[Example]:
    """A set's questions, each asked so much later than it was."""
    reader = store.Reader(asyncio.run(sets.library(name)))
    moved = [replace(one, day=one.day + later) for one in sets.questions(name) if one.is_measured and one.day]
    return [example(one, answering.search(reader, one.question, answering.Scope(asked_at=one.day))) for one in moved]


def main() -> None:
    """Print the first quote's and the first three's accuracy of each."""
    rankers = pickle.loads(train.RANKERS.read_bytes())  # noqa: S301  train wrote it
    for title, later, days in (
        ("on the day", timedelta(), ranking.RECENCY_DAYS),
        ("180 days later", LATER, ranking.RECENCY_DAYS),
        ("180 days later, without recency", LATER, _NO_RECENCY),
    ):
        ranking.RECENCY_DAYS = days  # type: ignore[assignment]
        found = {"realtimeqa": asked("realtimeqa", later)}
        scores = train.held_out(rankers, found)["realtimeqa"]
        hits = np.array([first_hits(one, score) for one, score in zip(found["realtimeqa"], scores, strict=True)]).mean(axis=0)
        print(f"{title:>32} {hits[0]:.3f} {hits[1]:.3f}")  # noqa: T201


if __name__ == "__main__":
    main()
