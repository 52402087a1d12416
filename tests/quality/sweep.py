"""The constants of the order by BM25, one changed at a time: what the ranker's sentences are chosen by.

    python -m tests.quality.sweep                # the first quote's and the first three's accuracy, a line a value

Swept on sets that may train. What needs another library (passage size, overlap,
headline weight) is swept by tests.quality.passages.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import numpy as np

from index import answering, quoting, ranking, store
from tests.quality import sets
from tests.quality.examples import example
from tests.quality.measures import first_hits

if TYPE_CHECKING:
    from types import ModuleType

SWEPT = ("realtimeqa", "qed", "selqa", "squad2_dev")
_MOST_QUESTIONS = 300
VALUES: tuple[tuple[ModuleType, str, tuple[float, ...]], ...] = (
    (ranking, "K1", (0.9, 1.2, 1.6)),
    (ranking, "B", (0.4, 0.75)),
    (ranking, "SENTENCE_K1", (0.3, 0.6, 1.2)),
    (ranking, "SENTENCE_B", (0.1, 0.25, 0.5, 0.75)),
    (ranking, "RECENCY_DAYS", (15, 30, 60)),
    (quoting, "PASSAGE_WEIGHT", (0.3, 0.6, 1.0)),
    (answering, "READ_PASSAGES", (8, 12, 16, 24)),
)


def accuracies(name: str, reader: store.Reader) -> str:
    """The accuracies by BM25 alone, and how many questions have an answer among the sentences."""
    asked = [one for one in sets.questions(name) if one.is_measured][:_MOST_QUESTIONS]
    found = [example(one, answering.search(reader, one.question, answering.Scope(asked_at=one.day))) for one in asked]
    hits = np.array([first_hits(one, -np.arange(len(one.hits), dtype=np.float64)) for one in found])
    first, three = hits.mean(axis=0)
    return f"  {name} {first:.3f} {three:.3f} ({np.mean([one.hits.any() for one in found]):.3f})"


def figures(name: str) -> str:
    """The accuracies on a set's kept library."""
    return accuracies(name, store.Reader(asyncio.run(sets.library(name))))


def main() -> None:
    """Print a line for each value of each constant."""
    for module, constant, values in VALUES:
        kept = getattr(module, constant)
        for value in values:
            setattr(module, constant, value)
            mark = "*" if value == kept else " "
            print(f"{constant:>18} {value:<5}{mark}" + "".join(figures(name) for name in SWEPT), flush=True)  # noqa: T201
        setattr(module, constant, kept)


if __name__ == "__main__":
    main()
