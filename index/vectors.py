"""A vector for each of a language's commonest words, alike in direction where the words are in meaning. Knows words, no article.

words/vectors/<language>.npz holds them, made by ``python -m tests.quality.vectors``, whose docstring says from what.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    Reals = NDArray[np.float32]

FOLDER = Path(__file__).with_name("words") / "vectors"

_NONE = 0  # the row of all words that have no vector


@dataclass(frozen=True, slots=True)
class Vectors:
    """The words' rows: each has a direction, what makes its length 1, and a weight, less for a common word. Row 0: nothing."""

    row: Mapping[str, int]
    directions: NDArray[np.int8]
    scales: Reals
    weights: Reals

    def rows(self, words: Iterable[str]) -> tuple[int, ...]:
        """The row of each word, 0 of one that has none; no rows at all where no word has one."""
        return tuple([self.row.get(word, _NONE) for word in words]) if self.row else ()

    def of(self, rows: NDArray[np.intp]) -> Reals:
        """The vectors of some rows, of length 1 but for row 0."""
        found: Reals = self.directions[rows] * self.scales[rows][:, None]
        return found


@cache
def vectors(language: str) -> Vectors:
    """The vectors of a language; of one that has no file, none."""
    path = FOLDER / f"{language}.npz"
    if not path.exists():
        return Vectors({}, np.zeros((1, 1), np.int8), np.zeros(1, np.float32), np.zeros(1, np.float32))
    with np.load(path) as stored:
        words = stored["words"].tobytes().decode().split("\n")
        row = {word: at for at, word in enumerate(words, 1)}
        return Vectors(row, stored["directions"], stored["scales"], stored["weights"])
