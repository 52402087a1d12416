"""The library as one answer reads it: plain ``sqlite3``, since an answer is CPU and reads inside one transaction."""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from index.errors import EmptyLibraryError
from index.model import Coverage, IndexedArticle
from index.postings import Passages, PostingList, checksum
from index.ranking import Statistics
from index.store.schema import (
    ATTRIBUTION,
    BUSY_SECONDS,
    LISTED,
    decoded_coverage,
    refuse_newer,
    translated,
    verified_article,
    verified_segment,
    verify,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray


class Segments:
    """The listed segments' passages side by side, as one array each; cached until the library changes."""

    def __init__(self, rows: Sequence[tuple[int, Passages, NDArray[np.bool_]]]) -> None:
        sizes = [len(passages) for _, passages, _ in rows]
        self.offsets = dict(zip((key for key, _, _ in rows), np.cumsum([0, *sizes]).tolist(), strict=False))
        joined = [passages for _, passages, _ in rows] or [Passages.of([])]
        self.passages = Passages(*(np.concatenate([getattr(one, name) for one in joined]) for name in Passages.__slots__))
        self.alive = np.concatenate([alive for _, _, alive in rows] or [np.zeros(0, bool)])
        lengths = self.passages.lengths[self.alive]
        self.statistics = Statistics(len(lengths), float(lengths.mean()) if len(lengths) else 0.0)


class Reader:
    """One thread's read-only view of the library. Every read of one answer happens inside one :meth:`snapshot`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with translated(path):
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
        self._segments: tuple[int, Segments] | None = None

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """One unchanging view of the library, whatever a reindex publishes meanwhile.

        Raises:
            EmptyLibraryError: the file has no tables yet.
            NewerLibraryError: a newer version wrote it.
            DamagedLibraryError: SQLite cannot read it.
        """
        with translated(self._path):
            self._connection.execute("BEGIN")
            try:
                if self._connection.execute("SELECT 1 FROM sqlite_schema").fetchone() is None:
                    raise EmptyLibraryError
                refuse_newer(self._path, self._about("versions"))
                yield
            finally:
                self._connection.execute("ROLLBACK")

    def segments(self) -> Segments:
        """The passages of all listed segments."""
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        if self._segments is None or self._segments[0] != version:
            query = "SELECT key, passages, checksum, alive, alive_checksum FROM segment WHERE listed ORDER BY key"
            self._segments = (
                version,
                Segments([(key, *verified_segment(self._path, *row)) for key, *row in self._connection.execute(query)]),
            )
        return self._segments[1]

    def lists(self, terms: Iterable[str]) -> dict[str, tuple[int, list[tuple[int, PostingList]]]]:
        """For each term that an article holds: its df, and its lists with the offset of their segment's passages."""
        query = """
            SELECT list, checksum, (SELECT df FROM removed WHERE removed.segment = ?1 AND removed.term = ?2)
            FROM posting WHERE segment = ?1 AND term = ?2"""
        found: dict[str, tuple[int, list[tuple[int, PostingList]]]] = {}
        for term, (segment, offset) in product(terms, self.segments().offsets.items()):
            for blob, check, gone in self._connection.execute(query, (segment, term)):
                verify(self._path, checksum(term.encode(), blob) == check, "a posting list's checksum does not match")
                one = PostingList.decoded(blob)
                df, lists = found.get(term, (0, []))
                if len(one) > (gone or 0):
                    found[term] = df + len(one) - (gone or 0), [*lists, (offset, one)]
        return found

    def terms_beginning(self, letter: str, lengths: range) -> dict[str, int]:
        """The terms that begin with a letter and are so long, each with how large its lists are, in bytes."""
        query = """
            SELECT term, sum(length(list)) FROM posting
            WHERE term >= ?1 AND term < ?1 || char(0x10FFFF) AND length(term) BETWEEN ?2 AND ?3
                AND segment IN (SELECT key FROM segment WHERE listed)
            GROUP BY term"""
        return dict(self._connection.execute(query, (letter, lengths[0], lengths[-1])))

    def articles(self, keys: Iterable[int]) -> dict[int, IndexedArticle]:
        """The articles of these keys, each checked against the digest of its revision."""
        query = f"""
            SELECT key, revision, checksum, spans, language, text, {ATTRIBUTION}
            FROM article WHERE key IN (SELECT value FROM json_each(?))"""
        return {row[0]: verified_article(self._path, *row) for row in self._connection.execute(query, (json.dumps(sorted(keys)),))}

    def keys_from(self, source: str) -> NDArray[np.uint32]:
        """The keys of the articles of one source, whatever the case of its letters."""
        query = f"SELECT key FROM article WHERE source = ? COLLATE NOCASE AND {LISTED}"
        return np.array([key for (key,) in self._connection.execute(query, (source,))], np.uint32)

    def keys_of(self, ids: Iterable[str]) -> NDArray[np.uint32]:
        """The keys of the articles of these ids; an id that is not listed has none."""
        query = f"SELECT key FROM article WHERE id = ? AND {LISTED}"  # json_each would end an id at a NUL
        return np.array([key for name in ids for (key,) in self._connection.execute(query, (name,))], np.uint32)

    def coverage(self) -> Coverage:
        """What a search goes over, as the last reindex counted it."""
        return decoded_coverage(self._about("coverage"))

    def _about(self, name: str) -> str | None:
        row = self._connection.execute("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None
