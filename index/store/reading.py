"""The library as one answer reads it: plain ``sqlite3``, since an answer is CPU and reads inside one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections import OrderedDict
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from index.errors import EmptyLibraryError
from index.model import Coverage, IndexedArticle
from index.postings import Passages, PostingList, list_checksum
from index.ranking import Scorer, Statistics
from index.store.schema import (
    ATTRIBUTION,
    BUSY_SECONDS,
    LISTS,
    STORED,
    TABLES,
    decoded_coverage,
    refuse_foreign,
    refuse_newer,
    refuse_older,
    translated,
    verified_article,
    verified_segment,
    verify,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray


CACHED_BYTES = 20 << 20
"""What the cache of decoded lists holds at most; a list takes four bytes a passage, and eight more where the term is repeated."""


_LARGEST_KEPT = 31 << 20
"""Bytes taken and given back once: from then on glibc keeps as much when it is freed, for the next question to use.

By itself it returns each array of some hundred kilobytes to the system, and takes it again page by page, a tenth of an answer.
"""


class Segments:
    """The listed segments' passages side by side, as one array each, and what was read of their lists.

    Thrown away when the library changes.
    """

    def __init__(self, rows: Sequence[tuple[int, Passages, NDArray[np.bool_]]]) -> None:
        sizes = [len(passages) for _, passages, _ in rows]
        self.offsets = dict(zip((key for key, _, _ in rows), np.cumsum([0, *sizes]).tolist(), strict=False))
        self.passages = Passages.joined([passages for _, passages, _ in rows])
        self.alive = np.concatenate([alive for _, _, alive in rows] or [np.zeros(0, bool)])
        lengths = self.passages.lengths[self.alive]
        self.statistics = Statistics(len(lengths), float(lengths.mean()) if len(lengths) else 0.0)
        self.lists = ListCache()
        self.scorer = Scorer(self.passages.lengths, self.statistics.mean_length)

    def df(self, postings: PostingList) -> int:
        """How many of a list's passages are alive."""
        is_whole = self.statistics.passages == len(self.alive)
        return len(postings) if is_whole else int(np.count_nonzero(self.alive[postings.ordinals]))


class ListCache:
    """Decoded lists by term; those not asked for longest go when all together take too much memory."""

    def __init__(self) -> None:
        self._lists: OrderedDict[str, tuple[int, PostingList]] = OrderedDict()
        self._held = 0

    def find(self, term: str) -> tuple[int, PostingList] | None:
        """A term's df and list, if they are held."""
        if term in self._lists:
            self._lists.move_to_end(term)
        return self._lists.get(term)

    def keep(self, term: str, df: int, postings: PostingList) -> None:
        """Hold a list, and give up what no longer fits beside it."""
        self._lists[term] = df, postings
        self._held += postings.nbytes
        while self._held > CACHED_BYTES and len(self._lists) > 1:
            self._held -= self._lists.popitem(last=False)[1][1].nbytes


class Reader:
    """One thread's read-only view of the library. Every read of one answer happens inside one :meth:`snapshot`."""

    def __init__(self, path: Path) -> None:
        np.empty(_LARGEST_KEPT, np.uint8)
        self._path = path
        with translated(path):
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
        self._version: int | None = None
        self._segments: Segments | None = None
        self._coverage: Coverage | None = None

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """One unchanging view of the library, whatever a reindex publishes meanwhile.

        Raises:
            EmptyLibraryError: the file has no tables yet, or those of an older version.
            NewerLibraryError: a newer version wrote it.
            DamagedLibraryError: SQLite cannot read it.
        """
        with translated(self._path):
            self._connection.execute("BEGIN")
            try:
                (version,) = self._connection.execute("PRAGMA data_version").fetchone()
                if version != self._version:
                    self._check()
                    self._version, self._segments, self._coverage = version, None, None
                yield
            finally:
                self._connection.execute("ROLLBACK")

    def _check(self) -> None:
        """Refuse a file that is not ours to read; done again only when it was changed."""
        tables = {name for (name,) in self._connection.execute(TABLES)}
        refuse_foreign(self._path, tables)
        if not tables:
            raise EmptyLibraryError
        refuse_newer(self._path, self._about("versions"))
        refuse_older(self._about("versions"))

    def segments(self) -> Segments:
        """The passages of all listed segments."""
        if self._segments is None:
            query = "SELECT key, passages, checksum, alive, alive_checksum FROM segment WHERE listed ORDER BY key"
            rows = [(key, *verified_segment(self._path, *row)) for key, *row in self._connection.execute(query)]
            verify(self._path, bool(rows or not self.coverage().articles), "there are articles, and no segment is listed")
            self._segments = Segments(rows)
        return self._segments

    def lists(self, terms: Iterable[str]) -> dict[str, tuple[int, PostingList]]:
        """For each term that an article holds: its df, and its list over the passages of all segments."""
        segments = self.segments()
        found = {term: segments.lists.find(term) for term in terms}
        for term, known in self._read([term for term, known in found.items() if known is None], segments):
            found[term] = known
            segments.lists.keep(term, *known)
        return {term: known for term, known in found.items() if known and known[0]}

    def _read(self, terms: Sequence[str], segments: Segments) -> Iterator[tuple[str, tuple[int, PostingList]]]:
        """Each term with its df and list, from the file; one query a segment."""
        parts: dict[str, list[tuple[int, PostingList]]] = {term: [] for term in terms}
        query = f"{LISTS} WHERE segment = ? AND term IN ({', '.join('?' * len(terms))})"
        for segment, offset in segments.offsets.items() if terms else ():
            rows = {row[2]: row for row in self._connection.execute(query, (segment, *terms))}
            for term in terms:
                if term in rows:
                    parts[term].append((offset, self._decoded(rows[term])))
                else:
                    self._verify_absence(segment, term)
        for term, lists in parts.items():
            postings = PostingList.joined(lists)
            yield term, (segments.df(postings), postings)

    def _decoded(self, row: tuple[int, int, str, int, int, int, bytes, int]) -> PostingList:
        _, _, _, count, most, shortest, blob, check = row
        is_whole = list_checksum(*row[:-1]) == check
        verify(self._path, is_whole, "a posting list's checksum does not match")
        return PostingList.decoded(blob, count, most, shortest)

    def _verify_absence(self, segment: int, term: str) -> None:
        """Check that a term that is not found has no list: the two that it would stand between were written one after the other."""
        before = "SELECT key FROM posting WHERE segment = ? AND term < ? ORDER BY term DESC LIMIT 1"
        (key,) = self._connection.execute(before, (segment, term)).fetchone() or (0,)
        rows = self._connection.execute(f"{LISTS} WHERE key IN (?, ?) ORDER BY key", (key, key + 1)).fetchall()
        for row in rows:
            self._decoded(row)
        names = [(segment, name) for _, segment, name, *_ in rows]
        is_between = len(names) == len((key, key + 1)) and names[0] < (segment, term) < names[1]
        verify(self._path, is_between, "the posting lists beside a missing one do not follow each other")

    def terms_beginning(self, letter: str, lengths: range) -> dict[str, int]:
        """The terms that begin with a letter and are so long, each with how many passages have it, dead ones too."""
        query = """
            SELECT term, sum(passages) FROM posting
            WHERE segment IN (SELECT key FROM segment WHERE listed)
                AND term >= :letter AND term < :letter || char(0x10FFFF) AND length(term) BETWEEN :shortest AND :longest
            GROUP BY term"""
        return dict(self._connection.execute(query, {"letter": letter, "shortest": lengths[0], "longest": lengths[-1]}))

    def articles(self, keys: Iterable[int]) -> dict[int, IndexedArticle]:
        """The articles of these keys, each checked against the digest of its revision."""
        query = f"""
            SELECT {STORED}, {ATTRIBUTION}
            FROM article JOIN body ON body.article = key WHERE key IN (SELECT value FROM json_each(?))"""
        wanted = sorted(set(keys))
        rows = self._connection.execute(query, (json.dumps(wanted),))
        found = {row[0]: verified_article(self._path, *row) for row in rows}
        verify(self._path, len(found) == len(wanted), "an article that a segment names is missing")
        return found

    def keys_from(self, source: str) -> NDArray[np.uint32]:
        """The keys of the articles of one source, whatever the case of its letters."""
        query = "SELECT key FROM listed WHERE source = ? COLLATE NOCASE"
        return np.array([key for (key,) in self._connection.execute(query, (source,))], np.uint32)

    def keys_of(self, ids: Iterable[str]) -> NDArray[np.uint32]:
        """The keys of the articles of these ids; an id that is not listed has none."""
        query = "SELECT key FROM listed WHERE id = ?"  # json_each would end an id at a NUL
        return np.array([key for name in ids for (key,) in self._connection.execute(query, (name,))], np.uint32)

    def coverage(self) -> Coverage:
        """What a search goes over, as the last reindex counted it."""
        if self._coverage is None:
            self._coverage = decoded_coverage(self._about("coverage"))
        return self._coverage

    def _about(self, name: str) -> str | None:
        row = self._connection.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None
