"""Library: the async face of the index. Owns the reader's thread and its connection; knows no SQL and no face."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from index import answering, indexing, store
from index.errors import DamagedLibraryError, EmptyLibraryError, LibraryError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection
    from datetime import date
    from pathlib import Path

    from index.folders import Folders
    from index.model import Answer, Coverage, IndexedArticle, Listing, Progress, ReindexReport


class Library:
    """The articles of two folders, asked and kept up to date. Made by :func:`open_library`."""

    def __init__(self, folders: Folders, characters: int, without: Collection[str], pool: ThreadPoolExecutor) -> None:
        self.folders = folders
        self._characters = characters
        self._without = without
        self._pool = pool
        self._reader: store.Reader | None = None

    async def answer(
        self,
        question: str,
        *,
        asked_at: date | None = None,
        source: str | None = None,
        since: date | None = None,
        previous: str | None = None,
        article: str | None = None,
        without: Collection[str] = (),
        limit: int = 3,
    ) -> Answer:
        """Answer a question: :func:`index.answering.answer`, one hop into the reader's thread."""
        call = partial(
            self._answer, question, asked_at=asked_at, source=source, since=since, previous=previous,
            article=article, without={*self._without, *without}, limit=limit,
        )  # fmt: skip
        return await asyncio.get_running_loop().run_in_executor(self._pool, call)

    def _answer(self, question: str, **options: object) -> Answer:
        try:
            return answering.answer(self._opened(), question, characters=self._characters, **options)  # type: ignore[arg-type]
        except DamagedLibraryError:
            self.close()  # a rebuild may put another file in its place
            raise

    def _opened(self) -> store.Reader:
        if self._reader is None:
            if not self.folders.library.exists():
                raise EmptyLibraryError
            self._reader = store.Reader(self.folders.library)
        return self._reader

    async def prepare(self) -> None:
        """Read the words and weights that the first question in one of the articles' languages would have to wait for.

        A library that cannot be read needs none of them: the question says why.
        """
        with suppress(LibraryError):
            await asyncio.get_running_loop().run_in_executor(self._pool, self._prepare)

    def _prepare(self) -> None:
        answering.prepare(self._opened().coverage().languages)

    async def reindex(
        self, *, rebuild: bool = False, allow_removals: bool = False, progress: Callable[[Progress], None] = lambda _: None
    ) -> ReindexReport:
        """Bring the library up to date with its folders: :func:`index.indexing.reindex`."""
        return await indexing.reindex(self.folders, rebuild=rebuild, allow_removals=allow_removals, progress=progress)

    async def needs_reindex(self) -> bool:
        """Whether it is empty, was made from another folder of seeds, or by another version of the code."""
        if not self.folders.library.exists():
            return True
        async with store.opened(self.folders.library) as library:
            return await library.about("seeds") != str(self.folders.seeds) or not await library.is_current()

    async def is_stale(self) -> bool:
        """Whether files changed since the last reindex."""
        return await indexing.is_stale(self.folders)

    async def sources(self, source: str | None = None, *, first: int = 0, limit: int = -1) -> list[Listing]:
        """The articles, of one source or of all, newest first: ``limit`` from the ``first`` on, -1 is all."""
        async with store.opened(self.folders.library) as library:
            return await library.listings(source, first=first, limit=limit)

    async def publishers(self) -> dict[str, int]:
        """How many articles each source has, most first."""
        async with store.opened(self.folders.library) as library:
            return await library.publishers()

    async def article(self, revision: str) -> IndexedArticle | None:
        """An article by the name of its revision, None where it was changed or removed since."""
        async with store.opened(self.folders.library) as library:
            return next(iter(await library.of_revision(revision)), None)

    async def reindexed_at(self) -> datetime | None:
        """The instant of the last reindex."""
        async with store.opened(self.folders.library) as library:
            at = await library.about("reindexed_at")
        return datetime.fromisoformat(at) if at else None

    async def copy(self, path: Path) -> None:
        """Write the library as it is now to a new file, while others use it."""
        async with store.opened(self.folders.library) as library:
            await library.copy(path)

    async def coverage(self) -> Coverage:
        """What a search goes over."""
        async with store.opened(self.folders.library) as library:
            return await library.coverage()

    def close(self) -> None:
        """Close the reader's connection."""
        if self._reader:
            self._reader.close()
        self._reader = None


@asynccontextmanager
async def open_library(folders: Folders, *, characters: int = 600, without: Collection[str] = ()) -> AsyncIterator[Library]:
    """A library for as long as it is needed.

    ``characters`` of one article are quoted at most in one answer; 0 is no limit. ``without`` are ids of articles to leave
    out of every answer. One thread answers: two wait for Python's interpreter and for each other, so that they give a third fewer
    answers, and hold every list twice (`python -m tests.benchmarks.answers`).
    """
    with ThreadPoolExecutor(1, thread_name_prefix="reader") as pool:
        library = Library(folders, characters, without, pool)
        try:
            yield library
        finally:
            pool.shutdown()
            library.close()
