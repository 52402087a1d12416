"""Passages' terms → the posting lists of one immutable segment. Knows arrays and bytes; no SQL, no score, no text.

A passage's ordinal is its place 0..n-1 in its segment and dies with the segment. A list is written in the way of Elias and Fano
(Vigna, "Quasi-Succinct Indices", WSDM 2013), the low bits of its ordinals plainly and the high ones as a row of bits, which takes
within a bit a passage of the least there is; and of its frequencies only those above one.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, partial
from itertools import accumulate, count, islice
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray


StoredList = tuple[str, int, int, int, bytes]
"""A term and its list: how many passages it has, ``most``, ``shortest``, and the bytes."""

HELD_TERMS = 1_000_000
"""What bounds a reindex' memory, whatever the size of the library: `python -m tests.benchmarks.archive`."""

_ORDINAL_BITS = 32

MOST_SEGMENTS = 8
"""Each is one more lookup a term."""

SHORT = 8
"""A list of fewer passages is written plainly, four bytes a number: most lists are, and together they take little."""

_WIDTH_BITS = 6

_SHIFTS = [np.arange(0, 64 // max(width, 1) * width, max(width, 1), dtype=np.uint64)[:, None] for width in range(33)]
"""By how many bits each number of a word is moved, by the numbers' width."""

_PLAIN = {8: "<u1", 16: "<u2", 32: "<u4"}

_LOW_BITS = np.array([8 if bits in {6, 7} else bits and 64 // (64 // bits) for bits in range(33)])
"""How many low bits to keep of ascending numbers, by the bits of their mean gap: as many, with no bit of a word left over.

Six or seven become a whole byte, which takes a twentieth more and is read without moving a bit.
"""

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
    def frequencies(self) -> NDArray[np.integer]:
        """How often the term stands in each passage."""
        frequencies = np.ones(len(self), np.intp)
        frequencies[self.repeated] = self.counts
        return frequencies

    def has(self, candidates: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Whether each of the candidates is among the passages."""
        return positions(self.ordinals, candidates.astype(self.ordinals.dtype))[1]

    def encoded(self) -> bytes:
        """The bytes that :meth:`decoded` reads: the ordinals, then the places of the frequencies above one, and these."""
        (blob,) = _encoded_alike(self.ordinals[None])
        return blob if self.most <= 1 else blob + _encoded_counts(self.frequencies, self.most)

    @staticmethod
    def decoded(blob: bytes, count: int, most: int, shortest: int) -> PostingList:
        """The list of ``count`` passages that :meth:`encoded` gave."""
        if count < SHORT:
            numbers = np.frombuffer(blob, "<u4").astype(np.intp)
            return PostingList.of(numbers[:count], numbers[count:], most, shortest)
        ordinals, at = _decoded_places(blob, 0, count)
        if most == 1:
            return PostingList(ordinals, _NONE, _NONE, most, shortest)
        repeats = int.from_bytes(blob[at : at + 4], "little")
        repeated, at = _decoded_places(blob, at + 4, repeats)
        counts, _ = _unpacked(blob, at, repeats, most.bit_length())
        return PostingList(ordinals, repeated, counts, most, shortest)

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


def positions(ascending: NDArray[np.integer], wanted: NDArray[np.integer]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Where in ascending numbers each of the wanted ones is, or would be, and whether it is there."""
    at = np.searchsorted(ascending, wanted)
    if not len(ascending):
        return at, np.zeros(len(wanted), np.bool_)
    return at, ascending.take(at, mode="clip") == wanted


def _encoded(
    ordinals: NDArray[np.intp], frequencies: NDArray[np.integer], sizes: NDArray[np.integer], most: NDArray[np.integer]
) -> list[bytes]:
    """The bytes of many lists, of so many passages each, which stand one after the other; those alike are written together."""
    ends = np.cumsum(sizes)
    starts = ends - sizes
    kinds = sizes << _WIDTH_BITS | _LOW_BITS[np.frexp(ordinals[ends - 1] // sizes)[1]]
    order = np.argsort(kinds, kind="stable")
    blobs = [b""] * len(sizes)
    for alike in np.split(order, _firsts(kinds[order])[1:]):
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
    return _encoded_places(ordinals)


def _encoded_counts(frequencies: NDArray[np.integer], most: int) -> bytes:
    """Of a short list all frequencies; else how many are above one, their places, and these."""
    if len(frequencies) < SHORT:
        return frequencies.astype("<u4").tobytes()
    repeated = np.flatnonzero(frequencies > 1)
    (places,) = _encoded_places(repeated[None])
    return np.uint32(len(repeated)).tobytes() + places + _packed(frequencies[None, repeated], most.bit_length()).tobytes()


def _encoded_places(places: NDArray[np.integer]) -> list[bytes]:
    """Rows of ascending numbers, of as many low bits each.

    A head, the low bits of each number, and the high ones as a one for each behind as many zeros as they say.
    """
    rows, size = places.shape
    width = int(_LOW_BITS[(int(places[0, -1]) // size).bit_length()])
    bits = (places >> width) + np.arange(size)
    sizes = bits[:, -1] // 8 + 1
    ones = np.zeros((rows, 8 * sizes.max()), np.uint8)
    ones.ravel()[bits + np.arange(0, ones.size, ones.shape[1])[:, None]] = 1
    heads = (sizes << _WIDTH_BITS | width).astype("<u4")
    parts = zip(heads, _packed(places & (1 << width) - 1, width), np.packbits(ones, axis=1), sizes.tolist(), strict=True)
    return [head.tobytes() + low.tobytes() + high[:end].tobytes() for head, low, high, end in parts]


def _decoded_places(blob: bytes, at: int, count: int) -> tuple[NDArray[np.int32], int]:
    """The ``count`` numbers written at a place of the blob, in four bytes each, since many are kept; and where they end."""
    head = int.from_bytes(blob[at : at + 4], "little")
    width, size = head & (1 << _WIDTH_BITS) - 1, head >> _WIDTH_BITS
    low, at = _unpacked(blob, at + 4, count, width)
    places = np.unpackbits(np.frombuffer(blob, np.uint8, size, at)).view(np.bool_).nonzero()[0]
    places -= _counted(count.bit_length())[:count]
    places <<= width
    places |= low
    return places.astype(np.int32), at + size


@cache
def _counted(bits: int) -> NDArray[np.intp]:
    """All numbers of so many bits."""
    return np.arange(1 << bits)


def _packed(numbers: NDArray[np.integer], width: int) -> NDArray[np.generic]:
    """Rows of numbers of so many bits, as many in a word of eight bytes as it has room for, the first ones in the lowest bits."""
    if width in _PLAIN or not width:
        return numbers.astype(_PLAIN[width]) if width else numbers[:, :0]
    rows, count = numbers.shape
    words = np.zeros((rows, len(_SHIFTS[width]), _words(count, width)), np.uint64)
    words.reshape(rows, -1)[:, :count] = numbers
    words <<= _SHIFTS[width]
    packed: NDArray[np.uint64] = np.bitwise_or.reduce(words, 1)
    return packed.astype("<u8", copy=False)


def _unpacked(blob: bytes, at: int, count: int, width: int) -> tuple[NDArray[np.integer], int]:
    """The ``count`` numbers that :func:`_packed` wrote at a place of the blob, and where they end."""
    if not width:
        return np.zeros(count, np.uint8), at
    if width in _PLAIN:
        plain = np.frombuffer(blob, _PLAIN[width], count, at)
        return plain, at + plain.nbytes
    words = np.frombuffer(blob, "<u8", _words(count, width), at)
    numbers = words >> _SHIFTS[width]
    numbers &= np.uint64((1 << width) - 1)
    return numbers.ravel()[:count].view(np.intp), at + words.nbytes


def _words(count: int, width: int) -> int:
    return -(-count // (64 // width)) if width else 0


def _encoded_column(column: NDArray[np.integer]) -> bytes:
    """Numbers of as many bits as the highest needs, behind a byte that says how many."""
    width = int(column.max(initial=0)).bit_length()
    return bytes([width]) + _packed(column[None], width).tobytes()


def _decoded_column(blob: bytes, at: int, count: int) -> tuple[NDArray[np.unsignedinteger], int]:
    """The ``count`` numbers that :func:`_encoded_column` wrote at a place of the blob, and where they end."""
    width = blob[at]
    column, end = _unpacked(blob, at + 1, count, width)
    return column.astype(np.min_scalar_type((1 << width) - 1)), end


def _firsts(ordered: NDArray[np.integer]) -> NDArray[np.intp]:
    """Where each number stands first."""
    return np.flatnonzero(np.concatenate([np.ones(len(ordered[:1]), bool), ordered[1:] != ordered[:-1]]))


class Parcel(NamedTuple):
    """Passages' terms on their way to another Inverter, as numbers.

    These count the terms of all parcels that came from the same ``origin``; ``terms`` are those that no parcel before had.
    """

    origin: str
    terms: list[str]
    numbers: array[int]
    lengths: array[int]


class Inverter:
    """Takes the terms of one passage after the other, and gives the lists of all of them.

    Holds four bytes a term up to HELD_TERMS, and puts what is more into files of a ``scratch`` folder where it has one;
    :meth:`lists` needs about 100 bytes for each of as many terms. Only the vocabulary grows with what was added.
    """

    def __init__(self, scratch: Path | None = None) -> None:
        self._scratch = scratch
        self._vocabulary: defaultdict[str, int] = defaultdict(count().__next__)  # numbers terms in the order of their coming
        self._numbers = array("i")  # four bytes each, as numpy's intc
        self._lengths = array("q")
        self._origin = uuid4().hex
        self._sent = 0
        self._known: defaultdict[str, array[int]] = defaultdict(partial(array, "i"))  # an origin's numbers → ours
        self._runs: list[tuple[Path, slice]] = []
        self._counts = np.zeros(0, np.intp)  # of each term by its number, in the runs

    def __len__(self) -> int:
        return len(self._lengths)

    @property
    def lengths(self) -> NDArray[np.int64]:
        """The passages' numbers of terms."""
        return np.array(self._lengths, np.int64)

    def add(self, terms: Sequence[str]) -> None:
        """Add one passage; its ordinal is how many were added before."""
        self._numbers.extend(map(self._vocabulary.__getitem__, terms))
        self._lengths.append(len(terms))
        self._bound()

    def parcel(self) -> Parcel:
        """All passages added since the last parcel, which are then no longer here."""
        new = list(islice(self._vocabulary, self._sent, None))
        parcel = Parcel(self._origin, new, self._numbers, self._lengths)
        self._sent, self._numbers, self._lengths = len(self._vocabulary), array("i"), array("q")
        return parcel

    def extend(self, parcel: Parcel) -> None:
        """Add the passages of another's parcel, each of which has to come, in their order."""
        known = self._known[parcel.origin]
        known.extend(map(self._vocabulary.__getitem__, parcel.terms))
        self._numbers.frombytes(np.array(known, np.intc)[np.array(parcel.numbers, np.intc)].tobytes())
        self._lengths.extend(parcel.lengths)
        self._bound()

    def lists(self) -> Iterator[StoredList]:
        """Each term with its list, terms in code-point order."""
        terms = sorted(self._vocabulary)
        order = np.array([self._vocabulary[term] for term in terms], np.intp)
        for pairs in self._portions(order):
            yield from _lists(pairs, terms, self.lengths)

    def _bound(self) -> None:
        if self._scratch and len(self._numbers) >= HELD_TERMS:
            self._put_away(self._scratch)

    def _put_away(self, scratch: Path) -> None:
        """Write the numbers held into a file."""
        run = scratch / f"run-{len(self._runs)}"
        numbers = np.array(self._numbers, np.intc)
        numbers.tofile(run)
        self._runs.append((run, slice(self._runs[-1][1].stop if self._runs else 0, len(self))))
        counts = np.bincount(numbers, minlength=len(self._vocabulary))
        counts[: len(self._counts)] += self._counts
        self._counts, self._numbers = counts, array("i")

    def _portions(self, order: NDArray[np.intp]) -> Iterator[NDArray[np.int64]]:
        """Each term of each passage as its rank above the passage's ordinal, ascending, in portions of whole terms.

        ``order`` are the terms' numbers by rank.
        """
        ranks = np.empty(len(order), np.int64)
        ranks[order] = np.arange(len(order))
        if not self._runs or not self._scratch:
            yield self._pairs(np.array(self._numbers, np.intc), slice(0, len(self)), ranks)
            return
        self._put_away(self._scratch)
        portions = np.cumsum(self._counts[order]) // HELD_TERMS
        bounds = np.searchsorted(portions, np.arange(portions[-1] + 2)) << _ORDINAL_BITS
        cuts = []
        for run, passages in self._runs:
            pairs = self._pairs(np.fromfile(run, np.intc), passages, ranks)
            pairs.tofile(run)
            cuts.append(np.searchsorted(pairs, bounds).tolist())
        for number in range(len(bounds) - 1):
            parts = [_read(run, *cut[number : number + 2]) for (run, _), cut in zip(self._runs, cuts, strict=True)]
            yield np.sort(np.concatenate(parts), kind="stable")  # which merges what is in order
        for run, _ in self._runs:
            run.unlink()

    def _pairs(self, numbers: NDArray[np.intc], passages: slice, ranks: NDArray[np.int64]) -> NDArray[np.int64]:
        pairs = ranks[numbers]
        pairs <<= _ORDINAL_BITS
        pairs |= np.repeat(np.arange(passages.start, passages.stop), self.lengths[passages])
        pairs.sort()
        return pairs


def _read(run: Path, start: int, stop: int) -> NDArray[np.int64]:
    return np.fromfile(run, np.int64, stop - start, offset=8 * start)


def _lists(pairs: NDArray[np.int64], terms: Sequence[str], lengths: NDArray[np.int64]) -> Iterator[StoredList]:
    """The lists in ascending pairs of a term's rank and a holder's ordinal, once for each time that it is held."""
    firsts = _firsts(pairs)
    frequencies = np.diff(firsts, append=len(pairs))
    ranks, ordinals = pairs[firsts] >> _ORDINAL_BITS, pairs[firsts] & ((1 << _ORDINAL_BITS) - 1)
    starts = _firsts(ranks)
    if not len(starts):
        return
    sizes = np.diff(starts, append=len(ranks))
    most, shortest = np.maximum.reduceat(frequencies, starts), np.minimum.reduceat(lengths[ordinals], starts)
    named = map(terms.__getitem__, ranks[starts].tolist())
    blobs = _encoded(ordinals, frequencies, sizes, most)
    yield from zip(named, sizes.tolist(), most.tolist(), shortest.tolist(), blobs, strict=True)


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
        return np.uint32(len(self)).tobytes() + b"".join(map(_encoded_column, columns))

    @staticmethod
    def decoded(blob: bytes) -> Passages:
        """The arrays that :meth:`encoded` gave."""
        count, at = int(np.frombuffer(blob, "<u4", 1)[0]), 4
        columns = []
        for _ in Passages.__slots__:
            column, at = _decoded_column(blob, at, count)
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
