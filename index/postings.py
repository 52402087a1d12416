"""Passages' terms → the posting lists of one immutable segment. Knows arrays and bytes; no SQL, no score, no text.

A passage's ordinal is its place 0..n-1 in its segment and dies with the segment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Ordinals = NDArray[np.uint32]

_WIDTH = np.dtype("<u4")  # both halves of a list, so that no passage and no frequency is too large for exact scores


@dataclass(frozen=True, slots=True)
class PostingList:
    """The passages that hold a term: ``ordinals`` ascending, and how often it stands in each, ``frequencies``."""

    ordinals: Ordinals
    frequencies: Ordinals

    def __len__(self) -> int:
        return len(self.ordinals)

    def encoded(self) -> bytes:
        """Both arrays, little-endian, one after the other."""
        return self.ordinals.astype(_WIDTH).tobytes() + self.frequencies.astype(_WIDTH).tobytes()

    @staticmethod
    def decoded(blob: bytes) -> PostingList:
        """The list that :meth:`encoded` gave."""
        both = np.frombuffer(blob, _WIDTH)
        half = len(both) // 2
        return PostingList(both[:half], both[half:])


@dataclass(frozen=True, slots=True)
class Passages:
    """What ranking needs of a segment's passages, each an array by ordinal.

    ``articles`` are the keys of their articles, ``firsts`` and ``counts`` their sentences there, ``lengths`` their number of
    terms, ``days`` the day of publication (0: not known).
    """

    articles: Ordinals
    firsts: Ordinals
    counts: Ordinals
    lengths: Ordinals
    days: Ordinals

    def __len__(self) -> int:
        return len(self.articles)

    def encoded(self) -> bytes:
        """The five arrays, little-endian, one after the other."""
        columns = (self.articles, self.firsts, self.counts, self.lengths, self.days)
        return b"".join(column.astype(_WIDTH).tobytes() for column in columns)

    @staticmethod
    def decoded(blob: bytes) -> Passages:
        """The arrays that :meth:`encoded` gave."""
        return Passages(*np.frombuffer(blob, _WIDTH).reshape(5, -1))

    @staticmethod
    def of(rows: Sequence[tuple[int, int, int, int, int]]) -> Passages:
        """From rows of (article, first, count, length, day)."""
        return Passages(*np.array(rows, _WIDTH).reshape(-1, 5).T.copy())


def invert(passages: Sequence[Sequence[str]]) -> Iterator[tuple[str, PostingList]]:
    """Each term of the passages with its posting list, terms in code-point order."""
    vocabulary: dict[str, int] = {}
    numbers = [vocabulary.setdefault(term, len(vocabulary)) for terms in passages for term in terms]
    holders = np.repeat(np.arange(len(passages), dtype=np.int64), [len(terms) for terms in passages])
    pairs, frequencies = np.unique(np.array(numbers, np.int64) * max(1, len(passages)) + holders, return_counts=True)
    of_term, ordinals = np.divmod(pairs, max(1, len(passages)))
    starts = np.searchsorted(of_term, np.arange(len(vocabulary) + 1))
    for term in sorted(vocabulary):
        span = slice(*starts[vocabulary[term] : vocabulary[term] + 2])
        yield term, PostingList(ordinals[span].astype(_WIDTH), frequencies[span].astype(_WIDTH))


def checksum(*blobs: bytes) -> int:
    """The crc32 over blobs, written beside them and checked when they are read."""
    value = 0
    for blob in blobs:
        value = crc32(blob, value)
    return value
