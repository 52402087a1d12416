"""The library as a reindex writes it and as listings read it: what is awaited, through aiosqlite.

A segment is written in full before it is listed; :meth:`Store.publish` lists it, and takes out what was removed, in one
transaction: before it the old library answers, after it the new.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from index.model import Article, Coverage, IndexedArticle, Listing, Sentence, Warnings, day
from index.postings import Passages, checksum, mergeable
from index.store.connecting import connected
from index.store.merging import merge
from index.store.schema import (
    ATTRIBUTION,
    BUSY_SECONDS,
    INSERT_LIST,
    NEXT_LIST,
    SCHEMA,
    STORED,
    TABLES,
    current_versions,
    decoded_attribution,
    decoded_coverage,
    encoded_spans,
    list_rows,
    refuse_foreign,
    refuse_newer,
    revision,
    translated,
    verified_article,
    verified_segment,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import AsyncIterator, Collection, Sequence
    from pathlib import Path

    import aiosqlite
    from numpy.typing import NDArray

    from index.articles import File, Place
    from index.inverting import Inverter
    from index.store.known import KnownArticle


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article about to be indexed; ``passages`` are its sentences' as (first, count)."""

    article: Article
    file: File
    sentences: tuple[Sentence, ...]
    passages: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """What one reindex changes at once: segments to list, articles to take out or to move, files as they were found."""

    segments: tuple[int, ...]
    removals: tuple[KnownArticle, ...]
    moves: tuple[tuple[KnownArticle, File], ...]
    files: tuple[tuple[File, bool], ...]
    vanished: tuple[Place, ...]
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

    async def listings(self, source: str | None = None, *, first: int = 0, limit: int = -1) -> list[Listing]:
        """The articles of one source or of all, newest first, undated ones last, then by title and id; -1 is no limit."""
        query = f"""
            SELECT passages, revision, {ATTRIBUTION} FROM listed
            WHERE (:source IS NULL OR source = :source COLLATE NOCASE)
            ORDER BY day DESC, published DESC, title, id LIMIT :limit OFFSET :first"""
        async with self._connection.execute(query, {"source": source, "limit": limit, "first": first}) as rows:
            return [Listing(decoded_attribution(given), passages, name) async for passages, name, *given in rows]

    async def publishers(self) -> dict[str, int]:
        """How many articles each source has, most first, then by name; articles that name none are left out."""
        query = """
            SELECT source, count(*) FROM listed WHERE source != ''
            GROUP BY source COLLATE NOCASE ORDER BY 2 DESC, 1"""
        async with self._connection.execute(query) as rows:
            return {source: count async for source, count in rows}

    async def copy(self, path: Path) -> None:
        """Write the library as it is now to a new file, while others read and write it."""
        async with connected(path) as target:
            await self._connection.backup(target)

    async def coverage(self) -> Coverage:
        """What a search goes over."""
        return decoded_coverage(await self.about("coverage"))

    async def warnings(self) -> Warnings:
        """How many articles lack something, as the last reindex counted it."""
        return Warnings(**json.loads(await self.about("warnings") or "{}"))

    async def drop_unlisted(self) -> None:
        """Remove what a reindex that was ended left behind, and what the last one took out."""
        db = self._connection
        keys = [*await db.execute_fetchall("SELECT key FROM segment WHERE NOT listed")]
        for table, column in (("article", "key"), ("body", "article")):
            await db.executemany(f"DELETE FROM {table} WHERE {column} IN (SELECT article FROM place WHERE segment = ?)", keys)
        for table, column in (("place", "segment"), ("posting", "segment"), ("segment", "key")):
            await db.executemany(f"DELETE FROM {table} WHERE {column} = ?", keys)
        await db.commit()

    async def new_segment(self) -> NewSegment:
        """A segment to be written, which nothing lists before it is published."""
        async with self._connection.execute("INSERT INTO segment VALUES (NULL, 0, x'', 0, x'', 0)") as written:
            return NewSegment(self, self._connection, written.lastrowid or 0)

    async def next_article(self) -> int:
        """A key above all that articles ever had, those that are gone as well."""
        query = "SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = 'article'"
        async with self._connection.execute(query) as rows:
            (key,) = await rows.fetchone() or (1,)
        return int(key)

    async def file_keys(self, files: Collection[File]) -> dict[File, int]:
        """The files' keys, made where they have none; a file is to be read again until :meth:`publish` says more."""
        places = {file.place: file for file in files}
        insert = "INSERT OR IGNORE INTO file (folder, path, size, changed_ns, settled) VALUES (?, ?, -1, 0, 0)"
        await self._connection.executemany(insert, list(places))
        query = """
            SELECT file.folder, file.path, file.key FROM json_each(?) AS wanted
            JOIN file ON file.folder = json_extract(wanted.value, '$[0]') AND file.path = json_extract(wanted.value, '$[1]')"""
        async with self._connection.execute(query, (json.dumps(list(places)),)) as rows:
            return {places[folder, path]: key async for folder, path, key in rows}

    async def of_revision(self, name: str) -> list[IndexedArticle]:
        """The listed articles of a revision's name, each checked against its digest."""
        return await self._stored("revision = ?", name)

    async def of_id(self, name: str) -> list[IndexedArticle]:
        """The listed article of an id, checked against its digest."""
        return await self._stored("id = ?", name)

    async def _stored(self, where: str, *values: object) -> list[IndexedArticle]:
        """Listed articles by a condition on the view, each checked against its digest."""
        query = f"""
            SELECT {STORED}, {ATTRIBUTION}
            FROM listed JOIN body ON body.article = key WHERE {where}"""
        async with self._connection.execute(query, values) as rows:
            return [verified_article(self.path, *row) async for row in rows]

    async def publish(self, change: Publication) -> None:
        """Make a change live, in one transaction."""
        db = self._connection
        await db.executemany("UPDATE segment SET listed = 1 WHERE key = ?", [(key,) for key in change.segments])
        for table, column in (("article", "key"), ("body", "article"), ("place", "article")):
            await db.executemany(f"DELETE FROM {table} WHERE {column} = ?", [(one.key,) for one in change.removals])
        await self._bury(change.removals)
        await db.execute("UPDATE segment SET listed = 0 WHERE NOT EXISTS (SELECT * FROM place WHERE place.segment = segment.key)")
        await self._publish_files(change)
        await self._describe(change.seeds)
        await db.commit()

    async def _bury(self, removals: Sequence[KnownArticle]) -> None:
        """Say that the passages of removed articles are not alive any more; their lists stay as they are."""
        lost: dict[int, list[int]] = defaultdict(list)
        for one in removals:
            lost[one.segment].append(one.key)
        query = "SELECT passages, checksum, alive, alive_checksum FROM segment WHERE key = ?"
        for segment, articles in lost.items():
            for row in await self._connection.execute_fetchall(query, (segment,)):
                alive = await asyncio.to_thread(_alive_without, self.path, row, articles)
                await self._connection.execute("UPDATE segment SET alive = ?, alive_checksum = ? WHERE key = ?", (*alive, segment))

    async def _publish_files(self, change: Publication) -> None:
        moved = [file for _, file in change.moves]
        keys = await self.file_keys({*(file for file, _ in change.files), *moved})
        await self._connection.executemany(
            "UPDATE file SET size = ?, changed_ns = ?, settled = ? WHERE key = ?",
            [(file.size, file.changed_ns, settled, keys[file]) for file, settled in change.files],
        )
        await self._connection.executemany(
            "UPDATE place SET file = ? WHERE article = ?", [(keys[file], article.key) for article, file in change.moves]
        )
        await self._connection.executemany(
            "UPDATE article SET path = ? WHERE key = ?", [(file.path, article.key) for article, file in change.moves]
        )
        await self._connection.executemany("DELETE FROM file WHERE folder = ? AND path = ?", change.vanished)

    async def merge(self) -> None:
        """Make one segment of the smallest ones where there are too many to look a term up in each; nothing else changes."""
        async with self._connection.execute("SELECT key, 8 * length(alive) FROM segment WHERE listed") as rows:
            sizes = {key: size async for key, size in rows}
        if keys := mergeable(sizes):
            await asyncio.to_thread(merge, self.path, keys)

    async def _describe(self, seeds: Path) -> None:
        """Count the articles anew; all there are, are listed, since what was not went before the new ones were written."""
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


class NewSegment:
    """A segment while it is written: its articles a few at a time, and then its lists."""

    def __init__(self, library: Store, connection: aiosqlite.Connection, key: int) -> None:
        self._library = library
        self._connection = connection
        self._key = key
        self._rows: list[NDArray[np.uint32]] = []

    async def add(self, articles: Sequence[NewArticle]) -> None:
        """Write articles, whose passages' ordinals go on from those before."""
        numbered = list(enumerate(articles, await self._library.next_article()))
        files = await self._library.file_keys({new.file for new in articles})
        self._rows += [_passage_rows(key, new) for key, new in numbered]
        db = self._connection
        await db.executemany(_insert("article", 15), [_article_row(key, new) for key, new in numbered])
        await db.executemany(_insert("body", 4), [_body_row(key, new) for key, new in numbered])
        await db.executemany(_insert("place", 3), [(key, self._key, files[new.file]) for key, new in numbered])
        await db.commit()

    async def finish(self, terms: Inverter) -> int:
        """Write the lists of all passages, whose terms are given in their order; the segment's key."""
        passages = Passages.of(np.concatenate(self._rows), terms.lengths)
        alive = _checked(_alive_blob(np.ones(len(passages), bool)))
        update = "UPDATE segment SET passages = ?, checksum = ?, alive = ?, alive_checksum = ? WHERE key = ?"
        await self._connection.execute(update, (*_checked(passages.encoded()), *alive, self._key))
        ((first,),) = await self._connection.execute_fetchall(NEXT_LIST)
        await self._connection.executemany(INSERT_LIST, list_rows(first, self._key, terms.lists()))
        await self._connection.commit()
        return self._key


def _insert(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"


def _article_row(key: int, new: NewArticle) -> tuple[object, ...]:
    article, one = new.article, new.article.attribution
    given = (getattr(one, name) for name in ATTRIBUTION.split(", "))
    return (key, *given, article.language, revision(article), day(one.published), len(new.passages))


def _passage_rows(key: int, new: NewArticle) -> NDArray[np.uint32]:
    """The article's passages as (article, first, count, day)."""
    rows = np.full((len(new.passages), 4), (key, 0, 0, day(new.article.attribution.published)), np.uint32)
    rows[:, 1:3] = np.reshape(new.passages, (-1, 2))
    return rows


def _body_row(key: int, new: NewArticle) -> tuple[object, ...]:
    spans = encoded_spans(new.sentences)
    return key, checksum(spans), spans, new.article.text


def _checked(blob: bytes) -> tuple[bytes, int]:
    return blob, checksum(blob)


def _alive_blob(alive: NDArray[np.bool_]) -> bytes:
    return np.packbits(alive).tobytes()


def _alive_without(path: Path, row: sqlite3.Row, articles: Sequence[int]) -> tuple[bytes, int]:
    """Which passages of a segment are alive once these articles are not."""
    passages, alive = verified_segment(path, *row)
    return _checked(_alive_blob(alive & ~np.isin(passages.articles, articles)))


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Store]:
    """The library file, made where it is missing.

    Raises:
        NewerLibraryError: a newer version wrote it.
        DamagedLibraryError: SQLite cannot read it.
        LibraryError: the disk is full, the folder cannot be written, or another process holds the file too long.
    """
    with translated(path):
        async with connected(path, busy_seconds=BUSY_SECONDS) as connection:
            await connection.execute_fetchall("PRAGMA journal_mode = WAL")  # an open cursor would be in the way of a commit
            await connection.execute_fetchall("PRAGMA synchronous = NORMAL")  # in WAL a power cut costs the last commit at most
            store = Store(path, connection)
            async with connection.execute(TABLES) as rows:
                tables = {name async for (name,) in rows}
            refuse_foreign(path, tables)
            if not tables:
                await connection.executescript(SCHEMA)
                await connection.execute("INSERT OR IGNORE INTO about VALUES ('versions', ?)", (current_versions(),))
                await connection.commit()
            refuse_newer(path, await store.about("versions"))
            yield store
