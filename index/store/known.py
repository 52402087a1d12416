"""What the last reindex found: files and articles, for the thread that holds them against the folders. Knows no text.

Plain ``sqlite3``: it goes through all files in one query, and looks up an article while the files are read.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.store.schema import BUSY_SECONDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from index.articles import Place, State


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """An indexed article, by what a reindex has to know of it."""

    key: int
    segment: int
    file: Place
    revision: str


class Known:
    """A library's files and listed articles; used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def files(self, *, settled: bool) -> Iterator[State]:
        """The files as they were found: those that are left alone while they look the same, or those that are read again."""
        return self._connection.execute("SELECT folder, path, size, changed_ns FROM file WHERE settled = ?", (settled,))

    def count(self) -> int:
        """How many articles there are."""
        query = "SELECT count(*) FROM place WHERE segment IN (SELECT key FROM segment WHERE listed)"
        (count,) = self._connection.execute(query).fetchone()
        return int(count)

    def articles(self) -> dict[str, KnownArticle]:
        """All articles by id."""
        return self._articles("true")

    def articles_of(self, places: Collection[Place]) -> dict[str, KnownArticle]:
        """The articles that these files gave, by id."""
        wanted = "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)"
        keys = f"SELECT key FROM file WHERE (folder, path) IN ({wanted})"
        return self._articles(f"key IN (SELECT article FROM place WHERE file IN ({keys}))", json.dumps(list(places)))

    def _articles(self, where: str, *values: str) -> dict[str, KnownArticle]:
        query = f"SELECT id, key, segment, folder, file, revision FROM listed WHERE {where}"
        rows = self._connection.execute(query, values)
        return {name: KnownArticle(key, segment, (folder, path), one) for name, key, segment, folder, path, one in rows}

    def place_of(self, name: str) -> Place | None:
        """The file that gave the article of this id."""
        place: Place | None = self._connection.execute("SELECT folder, file FROM listed WHERE id = ?", (name,)).fetchone()
        return place
