"""The posting lists of one immutable segment, and its passages. Knows arrays and bytes; no SQL, no score, no text.

A passage's ordinal is its place 0..n-1 in its segment and dies with the segment. Of a list's frequencies only those above one are
written.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from index.packing import (
    WIDTH_BITS,
    decoded_column,
    decoded_places,
    encoded_column,
    encoded_places,
    low_bits,
    packed,
    unpacked,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    StoredList = tuple[str, int, int, int, bytes]
    """A term and its list: how many passages it has, ``most``, ``shortest``, and the bytes."""

MOST_SEGMENTS = 8
"""Each is one more lookup a term."""

SHORT = 8
"""A list of fewer passages is written plainly, four bytes a number: most lists are, and together they take little."""

_NONE = np.zeros(0, np.intp)


@dataclass(frozen=True, slots=True)
class PostingList:
    """The passages that hold a term: ``ordinals``, ascending.

    ``repeated`` are the places among them of those that hold it more than once, and ``counts`` how often these do. ``most`` is the
    highest frequency and ``shortest`` the length of the shortest of the passages, in terms.
    """

    ordinals: NDArray[np.integer]
    repeated: NDArray[np.integer]
    counts: NDArray[np.integer]
    most: int
    shortest: int

    @staticmethod
    def of(ordinals: NDArray[np.integer], frequencies: NDArray[np.integer], most: int, shortest: int) -> PostingList:
        """The list of passages that hold a term so many times each."""
        repeated = np.flatnonzero(frequencies > 1) if most > 1 else _NONE
        return PostingList(ordinals, repeated, frequencies[repeated], most, shortest)

    def __len__(self) -> int:
        return len(self.ordinals)

    @property
    def nbytes(self) -> int:
        """What it takes in memory."""
        return self.ordinals.nbytes + self.repeated.nbytes + self.counts.nbytes

    @property
    def frequencies(self) -> NDArray[np.integer]:
        """How often the term stands in each passage."""
        frequencies = np.ones(len(self), np.intp)
        frequencies[self.repeated] = self.counts
        return frequencies

    def has(self, candidates: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Whether each of the candidates is among the passages."""
        wanted = candidates.astype(self.ordinals.dtype)  # of another type, all of the list would be turned into that
        return np.asarray(self.ordinals.take(np.searchsorted(self.ordinals, wanted), mode="clip") == wanted)

    def between(self, first: int, end: int) -> PostingList:
        """Of the passages from the ordinal ``first`` to before ``end``."""
        start, stop = np.searchsorted(self.ordinals, np.array((first, end), self.ordinals.dtype)).tolist()
        some = slice(*np.searchsorted(self.repeated, np.array((start, stop), self.repeated.dtype)).tolist())
        return PostingList(self.ordinals[start:stop], self.repeated[some] - start, self.counts[some], self.most, self.shortest)

    @staticmethod
    def decoded(blob: bytes, count: int, most: int, shortest: int) -> PostingList:
        """The list of ``count`` passages that :func:`stored` gave the bytes of."""
        if count < SHORT:
            numbers = np.frombuffer(blob, "<u4").astype(np.intp)
            return PostingList.of(numbers[:count], numbers[count:], most, shortest)
        ordinals, at = decoded_places(blob, 0, count)
        if most == 1:
            return PostingList(ordinals, _NONE, _NONE, most, shortest)
        repeats = int.from_bytes(blob[at : at + 4], "little")
        repeated, at = decoded_places(blob, at + 4, repeats)
        counts, _ = unpacked(blob, at, repeats, most.bit_length())
        return PostingList(ordinals, repeated, counts.astype(np.int32), most, shortest)

    @staticmethod
    def joined(parts: Sequence[tuple[int, PostingList]]) -> PostingList:
        """One term's lists of several segments as one, each with the offset of its segment's ordinals."""
        if len(parts) == 1 and parts[0][0] == 0:
            return parts[0][1]
        before = accumulate((len(one) for _, one in parts), initial=0)
        return PostingList(
            np.concatenate([_NONE, *(one.ordinals + offset for offset, one in parts)]),
            np.concatenate([_NONE, *(one.repeated + size for size, (_, one) in zip(before, parts, strict=False))]),
            np.concatenate([_NONE, *(one.counts for _, one in parts)]),
            max((one.most for _, one in parts), default=0),
            min((one.shortest for _, one in parts), default=0),
        )


def starts_of(ordered: NDArray[np.integer]) -> NDArray[np.intp]:
    """Where each number stands first."""
    return np.flatnonzero(np.concatenate([np.ones(len(ordered[:1]), bool), ordered[1:] != ordered[:-1]]))


def stored(
    terms: Iterable[str],
    sizes: NDArray[np.integer],
    ordinals: NDArray[np.integer],
    frequencies: NDArray[np.integer],
    lengths: NDArray[np.integer],
) -> Iterator[StoredList]:
    """The terms' lists as they are written, given one after the other, of so many passages each; ``lengths`` are all passages'.

    Many together take a fraction of the time that each alone does.
    """
    starts = np.cumsum(sizes) - sizes
    most, shortest = np.maximum.reduceat(frequencies, starts), np.minimum.reduceat(lengths[ordinals], starts)
    blobs = _encoded(ordinals, frequencies, sizes, most)
    return zip(terms, sizes.tolist(), most.tolist(), shortest.tolist(), blobs, strict=True)


def _encoded(
    ordinals: NDArray[np.integer], frequencies: NDArray[np.integer], sizes: NDArray[np.integer], most: NDArray[np.integer]
) -> list[bytes]:
    """The bytes of many lists, of so many passages each, which stand one after the other; those alike are written together."""
    ends = np.cumsum(sizes)
    starts = ends - sizes
    kinds = sizes << WIDTH_BITS | low_bits(ordinals[ends - 1], sizes)
    order = np.argsort(kinds, kind="stable")
    blobs = [b""] * len(sizes)
    for alike in np.split(order, starts_of(kinds[order])[1:]):
        rows = ordinals[starts[alike, None] + np.arange(sizes[alike[0]])]
        for one, blob in zip(alike.tolist(), _encoded_alike(rows), strict=True):
            blobs[one] = blob
    for one in np.flatnonzero(most > 1).tolist():
        blobs[one] += _encoded_counts(frequencies[starts[one] : ends[one]], int(most[one]))
    return blobs


def _encoded_alike(ordinals: NDArray[np.integer]) -> list[bytes]:
    """The ordinals of lists of one size, each a row, whose low bits are as many."""
    if ordinals.shape[1] < SHORT:
        return [row.tobytes() for row in ordinals.astype("<u4")]
    return encoded_places(ordinals)


def _encoded_counts(frequencies: NDArray[np.integer], most: int) -> bytes:
    """Of a short list all frequencies; else how many are above one, their places, and these."""
    if len(frequencies) < SHORT:
        return frequencies.astype("<u4").tobytes()
    repeated = np.flatnonzero(frequencies > 1)
    (places,) = encoded_places(repeated[None])
    return np.uint32(len(repeated)).tobytes() + places + packed(frequencies[None, repeated], most.bit_length()).tobytes()


@dataclass(frozen=True, slots=True)
class Passages:
    """What ranking needs of a segment's passages, each an array by ordinal.

    ``articles`` are the keys of their articles, ``firsts`` and ``counts`` their sentences there, ``lengths`` their number of
    terms, ``days`` the day of publication (0: not known).
    """

    articles: NDArray[np.unsignedinteger]
    firsts: NDArray[np.unsignedinteger]
    counts: NDArray[np.unsignedinteger]
    lengths: NDArray[np.unsignedinteger]
    days: NDArray[np.unsignedinteger]

    def __len__(self) -> int:
        return len(self.articles)

    def encoded(self) -> bytes:
        """The number of passages, then the five arrays, one after the other."""
        columns = (getattr(self, name) for name in self.__slots__)
        return np.uint32(len(self)).tobytes() + b"".join(map(encoded_column, columns))

    @staticmethod
    def decoded(blob: bytes) -> Passages:
        """The arrays that :meth:`encoded` gave."""
        count, at = int(np.frombuffer(blob, "<u4", 1)[0]), 4
        columns = []
        for _ in Passages.__slots__:
            column, at = decoded_column(blob, at, count)
            columns.append(column)
        return Passages(*columns)

    def only(self, chosen: NDArray[np.bool_]) -> Passages:
        """The chosen passages, in their order."""
        return Passages(*(getattr(self, name)[chosen] for name in self.__slots__))

    @staticmethod
    def joined(parts: Sequence[Passages]) -> Passages:
        """The passages of several segments, one segment's after the other's."""
        nothing = np.zeros(0, np.uint8)
        return Passages(*(np.concatenate([nothing, *(getattr(one, name) for one in parts)]) for name in Passages.__slots__))

    @staticmethod
    def of(rows: NDArray[np.integer], lengths: NDArray[np.integer]) -> Passages:
        """From rows of (article, first, count, day), and the lengths beside them."""
        articles, firsts, counts, days = rows.astype(np.uint32).T.copy()
        return Passages(articles, firsts, counts, lengths.astype(np.uint32), days)


def mergeable(sizes: Mapping[int, int]) -> list[int]:
    """Which segments to merge, given their passages by key: none while there are few, else the smallest ones.

    A larger one is taken along only where it is no larger than those before it together, so that a passage is written anew
    some log N times at most and one more article costs no more than its likes.
    """
    taken: list[int] = []
    for key in sorted(sizes, key=lambda key: (sizes[key], key)):
        together = sum(sizes[one] for one in taken)
        if len(sizes) - len(taken) < MOST_SEGMENTS and len(taken) > 1 and sizes[key] > together:
            break
        taken.append(key)
    return taken if len(sizes) > MOST_SEGMENTS else []


def checksum(*blobs: bytes) -> int:
    """The crc32 over blobs, written beside them and checked when they are read."""
    value = 0
    for blob in blobs:
        value = crc32(blob, value)
    return value


def list_checksum(key: int, segment: int, term: str, count: int, most: int, shortest: int, blob: bytes) -> int:
    """The crc32 over a list and all that is written beside it."""
    return checksum(f"{key}\0{segment}\0{term}\0{count}\0{most}\0{shortest}".encode(), blob)
