"""Passages' terms → posting lists, in bounded memory. Knows arrays and its own scratch files; no SQL, no score, no text."""

from __future__ import annotations

from array import array
from collections import defaultdict
from functools import partial
from itertools import count, islice
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

import numpy as np

from index.postings import starts_of, stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from index.postings import StoredList

HELD_TERMS = 1_000_000
"""What bounds a reindex' memory, whatever the size of the library: `python -m tests.benchmarks.archive`."""

_ORDINAL_BITS = 32


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
    firsts = starts_of(pairs)
    frequencies = np.diff(firsts, append=len(pairs))
    ranks, ordinals = pairs[firsts] >> _ORDINAL_BITS, pairs[firsts] & ((1 << _ORDINAL_BITS) - 1)
    starts = starts_of(ranks)
    if not len(starts):
        return
    named = map(terms.__getitem__, ranks[starts].tolist())
    yield from stored(named, np.diff(starts, append=len(ranks)), ordinals, frequencies, lengths)
