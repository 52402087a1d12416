"""The library as a reindex writes it and as listings read it: what is awaited, through aiosqlite.

A segment is written in full before it is listed; :meth:`Store.publish` lists it, and takes out what was removed, in one
transaction: before it the old library answers, after it the new.
"""

from __future__ import annotations

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import aiosqlite
import numpy as np

from index.model import Article, Coverage, IndexedArticle, Listing, Sentence, Warnings, day
from index.postings import Passages, PostingList, checksum
from index.store.schema import (
    ATTRIBUTION,
    BUSY_SECONDS,
    LISTED,
    SCHEMA,
    current_versions,
    decoded_attribution,
    decoded_coverage,
    encoded_spans,
    refuse_newer,
    revision,
    translated,
    verified_article,
    verified_segment,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from index.articles import File


@dataclass(frozen=True, slots=True)
class NewPassage:
    """``count`` of an article's sentences from ``first`` on, and the terms that they are found by."""

    first: int
    count: int
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article about to be indexed."""

    article: Article
    file: File
    sentences: tuple[Sentence, ...]
    passages: tuple[NewPassage, ...]


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as the last reindex found it."""

    key: int
    size: int
    changed_ns: int
    settled: bool


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """An indexed article, by what a reindex has to know of it."""

    key: int
    segment: int
    file: tuple[str, str]
    revision: str


@dataclass(frozen=True, slots=True)
class Publication:
    """What one reindex changes at once: segments to list, articles to take out or to move, files as they were found."""

    segments: tuple[int, ...]
    removals: tuple[KnownArticle, ...]
    moves: tuple[tuple[KnownArticle, File], ...]
    files: tuple[tuple[File, bool], ...]
    vanished: tuple[tuple[str, str], ...]
    seeds: Path
    removed: int


class Store:
    """The library file, opened for a reindex or a listing; see :func:`opened`."""

    def __init__(self, path: Path, connection: aiosqlite.Connection) -> None:
        self.path = path
        self._connection = connection

    async def about(self, name: str) -> str | None:
        """One of the file's own facts: versions, seeds, reindexed_at, coverage, warnings."""
        async with self._connection.execute("SELECT value FROM about WHERE name = ?", (name,)) as rows:
            row = await rows.fetchone()
        return row[0] if row else None

    async def is_current(self) -> bool:
        """Whether this version of the code would write the same library."""
        return await self.about("versions") == current_versions()

    async def files(self) -> dict[tuple[str, str], KnownFile]:
        """The files of the last reindex by folder and path."""
        query = "SELECT folder, path, key, size, changed_ns, settled FROM file"
        async with self._connection.execute(query) as rows:
            return {(folder, path): KnownFile(key, size, ns, bool(settled)) async for folder, path, key, size, ns, settled in rows}

    async def articles(self) -> dict[str, KnownArticle]:
        """The listed articles by id."""
        query = f"""
            SELECT article.id, article.key, segment, folder, file.path, revision
            FROM article JOIN file ON file.key = article.file WHERE {LISTED}"""
        async with self._connection.execute(query) as rows:
            return {name: KnownArticle(key, segment, (folder, path), one) async for name, key, segment, folder, path, one in rows}

    async def listings(self, source: str | None = None, *, first: int = 0, limit: int = -1) -> list[Listing]:
        """The articles of one source or of all, newest first, undated ones last, then by title and id; -1 is no limit."""
        query = f"""
            SELECT passages, revision, {ATTRIBUTION} FROM article
            WHERE {LISTED} AND (?1 IS NULL OR source = ?1 COLLATE NOCASE)
            ORDER BY day DESC, published DESC, title, id LIMIT ?2 OFFSET ?3"""
        async with self._connection.execute(query, (source, limit, first)) as rows:
            return [Listing(decoded_attribution(given), passages, name) async for passages, name, *given in rows]

    async def publishers(self) -> dict[str, int]:
        """How many articles each source has, most first, then by name; articles that name none are left out."""
        query = f"""
            SELECT source, count(*) FROM article WHERE {LISTED} AND source != ''
            GROUP BY source COLLATE NOCASE ORDER BY 2 DESC, 1"""
        async with self._connection.execute(query) as rows:
            return {source: count async for source, count in rows}

    async def copy(self, path: Path) -> None:
        """Write the library as it is now to a new file, while others read and write it."""
        await self._connection.execute("VACUUM INTO ?", (str(path),))

    async def coverage(self) -> Coverage:
        """What a search goes over."""
        return decoded_coverage(await self.about("coverage"))

    async def warnings(self) -> Warnings:
        """How many articles lack something, as the last reindex counted it."""
        return Warnings(**json.loads(await self.about("warnings") or "{}"))

    async def drop_unlisted(self) -> None:
        """Remove what a reindex that was ended left behind."""
        await self._drop("NOT listed")
        await self._connection.commit()

    async def write(self, articles: Sequence[NewArticle], lists: Iterable[tuple[str, PostingList]]) -> int:
        """Write one segment that nothing lists yet, and return its key. ``lists`` are over all its passages, in order."""
        insert = self._connection.execute("INSERT INTO segment (passages, checksum, alive, alive_checksum) VALUES ('', 0, '', 0)")
        async with insert as cursor:
            segment = cursor.lastrowid or 0
        rows: list[tuple[int, int, int, int, int]] = []
        for one in articles:
            key = await self._write_article(segment, one)
            when = day(one.article.attribution.published)
            rows.extend((key, passage.first, passage.count, len(passage.terms), when) for passage in one.passages)
        blob = Passages.of(rows).encoded()
        await self._connection.execute(
            "UPDATE segment SET passages = ?, checksum = ? WHERE key = ?", (blob, checksum(blob), segment)
        )
        await self._write_alive(segment, np.ones(len(rows), bool))
        await self._connection.executemany(
            "INSERT INTO posting VALUES (?, ?, ?, ?)",
            ((segment, term, blob, checksum(term.encode(), blob)) for term, blob in ((term, one.encoded()) for term, one in lists)),
        )
        await self._connection.commit()
        return segment

    async def _write_article(self, segment: int, new: NewArticle) -> int:
        one, article = new.article.attribution, new.article
        spans = encoded_spans(new.sentences)
        values = {
            **{name: getattr(one, name) for name in ATTRIBUTION.split(", ")},
            "segment": segment,
            "file": await self._file_key(new.file),
            "language": article.language,
            "revision": revision(article),
            "day": day(one.published),
            "passages": len(new.passages),
            "checksum": checksum(spans),
            "spans": spans,
            "text": article.text,
        }
        insert = f"INSERT INTO article ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})"
        async with self._connection.execute(insert, tuple(values.values())) as cursor:
            return cursor.lastrowid or 0

    async def _file_key(self, file: File) -> int:
        where = (str(file.folder), file.path)
        await self._connection.execute(
            "INSERT OR IGNORE INTO file (folder, path, size, changed_ns, settled) VALUES (?, ?, -1, 0, 0)", where
        )
        async with self._connection.execute("SELECT key FROM file WHERE folder = ? AND path = ?", where) as rows:
            (key,) = await rows.fetchone() or (0,)
        return int(key)

    async def _write_alive(self, segment: int, alive: NDArray[np.bool_]) -> None:
        blob = np.packbits(alive).tobytes()
        update = "UPDATE segment SET alive = ?, alive_checksum = ? WHERE key = ?"
        await self._connection.execute(update, (blob, checksum(blob), segment))

    async def alive(self, segment: int) -> tuple[Passages, NDArray[np.bool_]]:
        """A segment's passages and which of them are alive."""
        query = "SELECT passages, checksum, alive, alive_checksum FROM segment WHERE key = ?"
        async with self._connection.execute(query, (segment,)) as rows:
            row = await rows.fetchone()
        passages, alive = verified_segment(self.path, *row or (b"", 0, b"", 0))
        return passages, alive

    async def stored(self, where: str, *values: object) -> list[IndexedArticle]:
        """Listed articles by a condition on their row, each checked against its digest."""
        query = f"""
            SELECT key, revision, checksum, spans, language, text, {ATTRIBUTION}
            FROM article WHERE {LISTED} AND {where}"""
        async with self._connection.execute(query, values) as rows:
            return [verified_article(self.path, *row) async for row in rows]

    async def publish(
        self, change: Publication, dead: Mapping[int, NDArray[np.bool_]], gone: Mapping[int, Mapping[str, int]]
    ) -> None:
        """Make a change live, in one transaction.

        ``dead`` has for each segment that lost articles which passages are alive now; ``gone`` by how much the df of its
        terms fell.
        """
        db = self._connection
        await db.executemany("UPDATE segment SET listed = 1 WHERE key = ?", [(key,) for key in change.segments])
        await db.executemany("DELETE FROM article WHERE key = ?", [(one.key,) for one in change.removals])
        for segment, alive in dead.items():
            await self._write_alive(segment, alive)
            await db.executemany(
                "INSERT INTO removed VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET df = df + excluded.df",
                [(segment, term, df) for term, df in gone.get(segment, {}).items()],
            )
        await self._drop("key NOT IN (SELECT segment FROM article)")
        for file, settled in change.files:
            key = await self._file_key(file)
            update = "UPDATE file SET size = ?, changed_ns = ?, settled = ? WHERE key = ?"
            await db.execute(update, (file.size, file.changed_ns, settled, key))
        for article, file in change.moves:
            update = "UPDATE article SET file = ?, path = ? WHERE key = ?"
            await db.execute(update, (await self._file_key(file), file.path, article.key))
        await db.executemany("DELETE FROM file WHERE folder = ? AND path = ?", change.vanished)
        await self._describe(change.seeds)
        await db.commit()

    async def _drop(self, which: str) -> None:
        keys = f"(SELECT key FROM segment WHERE {which})"
        for table in ("posting", "removed", "article"):
            await self._connection.execute(f"DELETE FROM {table} WHERE segment IN {keys}")
        await self._connection.execute(f"DELETE FROM segment WHERE {which}")

    async def _describe(self, seeds: Path) -> None:
        facts = {
            "versions": current_versions(),
            "seeds": str(seeds),
            "reindexed_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "coverage": json.dumps(await self._count_coverage()),
            "warnings": json.dumps(await self._count_warnings()),
        }
        await self._connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", facts.items())

    async def _count_coverage(self) -> dict[str, object]:
        async with self._connection.execute("SELECT language, count(*) FROM article GROUP BY language ORDER BY 2 DESC, 1") as rows:
            counts = {code: count async for code, count in rows}
        newest = "SELECT published FROM article WHERE day > 0 ORDER BY day DESC, published DESC LIMIT 1"
        async with self._connection.execute(newest) as rows:
            row = await rows.fetchone()
        return {"articles": sum(counts.values()), "newest": row[0] if row else "", "languages": list(counts)}

    async def _count_warnings(self) -> dict[str, int]:
        query = """
            SELECT sum(published = ''), sum(published != '' AND day = 0), sum(url = ''), sum(source = ''), sum(title = '')
            FROM article"""
        async with self._connection.execute(query) as rows:
            row = await rows.fetchone() or ()
        return dict(zip(Warnings.__slots__, (count or 0 for count in row), strict=True))


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Store]:
    """The library file, made where it is missing.

    Raises:
        NewerLibraryError: a newer version wrote it.
        DamagedLibraryError: SQLite cannot read it.
        LibraryError: the disk is full, the folder cannot be written, or another process holds the file too long.
    """
    with translated(path):
        async with aiosqlite.connect(path, timeout=BUSY_SECONDS) as connection:
            await connection.execute("PRAGMA journal_mode = WAL")
            store = Store(path, connection)
            async with connection.execute("SELECT count(*) FROM sqlite_schema") as rows:
                is_new = await rows.fetchone() == (0,)
            if is_new:
                await connection.executescript(SCHEMA)
                await connection.execute("INSERT OR IGNORE INTO about VALUES ('versions', ?)", (current_versions(),))
                await connection.commit()
            refuse_newer(path, await store.about("versions"))
            yield store
