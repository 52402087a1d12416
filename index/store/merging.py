"""Several segments → one, in one transaction: the same passages that are alive, the same scores, fewer lookups a term."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from heapq import merge as merged_in_order
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from index.errors import DamagedLibraryError
from index.postings import Passages, PostingList, checksum, list_checksum, stored
from index.store.schema import BUSY_SECONDS, INSERT_LIST, LISTS, NEXT_LIST, bits, list_rows, translated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from index.postings import StoredList

LISTS_AT_ONCE = 1_000


def merge(path: Path, keys: Sequence[int]) -> None:
    """Put one segment in the place of several. Plain ``sqlite3``: it reads and writes lists by the hundred thousand.

    Raises:
        DamagedLibraryError: a list is not what was written; nothing is merged.
    """
    with translated(path), closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        parts = [_Part(path, connection, key) for key in sorted(keys)]
        passages = Passages.joined([part.living for part in parts])
        segment = _written(connection, passages)
        (first,) = connection.execute(NEXT_LIST).fetchone()
        connection.executemany(INSERT_LIST, list_rows(first, segment, _lists(parts, passages.lengths)))
        for key in keys:
            connection.execute("UPDATE place SET segment = ? WHERE segment = ?", (segment, key))
            for table, column in (("posting", "segment"), ("segment", "key")):
                connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (key,))
        connection.execute("COMMIT")


class _Part:
    """A segment to be merged: its passages that are alive, and its lists with their ordinals among those."""

    def __init__(self, path: Path, connection: sqlite3.Connection, key: int) -> None:
        query = "SELECT passages, alive FROM segment WHERE key = ?"
        blob, alive = connection.execute(query, (key,)).fetchone()
        passages = Passages.decoded(blob)
        self._path = path
        self._rows = connection.execute(f"{LISTS} WHERE segment = ? ORDER BY term", (key,))
        self._alive = bits(alive, len(passages))
        self._renumbered = np.cumsum(self._alive) - 1
        self.living = passages.only(self._alive)

    def lists(self, offset: int) -> Iterator[tuple[str, NDArray[np.intp], NDArray[np.integer]]]:
        """Each term with its ordinals, moved by an offset, and its frequencies."""
        for *row, check in self._rows:
            if list_checksum(*row) != check:
                raise DamagedLibraryError(self._path, "a posting list's checksum does not match")
            _, _, term, count, most, shortest, blob = row
            one = PostingList.decoded(blob, count, most, shortest)
            lives = self._alive[one.ordinals]
            yield term, self._renumbered[one.ordinals[lives]] + offset, one.frequencies[lives]


def _lists(parts: Sequence[_Part], lengths: NDArray[np.integer]) -> Iterator[StoredList]:
    """The lists of all parts, those of each term as one; so many together as are quickly written and take little memory."""
    joined = _joined(parts)
    while some := list(islice(joined, LISTS_AT_ONCE)):
        terms, ordinals, frequencies = zip(*some, strict=True)
        sizes = np.array([len(one) for one in ordinals])
        yield from stored(terms, sizes, np.concatenate(ordinals), np.concatenate(frequencies), lengths)


def _joined(parts: Sequence[_Part]) -> Iterator[tuple[str, NDArray[np.intp], NDArray[np.integer]]]:
    """Each term that a passage alive holds, with its ordinals among all parts' passages, and its frequencies."""
    offsets = np.cumsum([0, *(len(part.living) for part in parts)]).tolist()
    rows = merged_in_order(*(part.lists(offset) for part, offset in zip(parts, offsets, strict=False)), key=itemgetter(0))
    for term, group in groupby(rows, key=itemgetter(0)):
        _, ordinals, frequencies = zip(*group, strict=True)
        joined, counts = np.concatenate(ordinals), np.concatenate(frequencies)
        if len(joined):
            yield term, joined, counts


def _written(connection: sqlite3.Connection, passages: Passages) -> int:
    blob, alive = passages.encoded(), np.packbits(np.ones(len(passages), bool)).tobytes()
    insert = "INSERT INTO segment (listed, passages, checksum, alive, alive_checksum) VALUES (1, ?, ?, ?, ?)"
    return connection.execute(insert, (blob, checksum(blob), alive, checksum(alive))).lastrowid or 0
