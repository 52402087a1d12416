"""Folders → library: THE reindex path. Decides what changed; leaves reading to articles.py and rows to the store.

What is CPU or files runs in a thread; the event loop only awaits the store's writes.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import deque
from contextlib import closing, suppress
from pathlib import PurePosixPath
from time import monotonic, time_ns
from typing import TYPE_CHECKING

from index import articles, sentences, store
from index.articles import File
from index.comparing import all_unread, compared, is_same
from index.errors import DamagedLibraryError, LibraryError, NoArticlesError, TooManyRemovalsError
from index.inverting import Inverter, Parcel
from index.model import Article, Fault, IndexedArticle, PreviewedArticle, Progress, ReindexReport
from index.preparing import available_processors, prepared
from index.store import NewArticle, Publication

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from index.articles import Place
    from index.comparing import Comparison
    from index.folders import Folders
    from index.store import KnownArticle, Store

PARALLEL_BYTES = 20_000_000
"""From here on more processes save more time than they take to start."""

DISK_FACTOR = 3
"""Bytes of disk for a byte of articles: 1.4 for the library, and as many again while its lists are sorted."""

GUARDED_ARTICLES = 10
GUARDED_SHARE = 1 / 3
_SETTLED_NS = 20_000_000  # two writes within one tick of a file system's clock have the same mtime


async def reindex(
    folders: Folders, *, rebuild: bool = False, allow_removals: bool = False, progress: Callable[[Progress], None] = lambda _: None
) -> ReindexReport:
    """Bring the library up to date with its folders, or leave it as it was.

    A library that another version wrote, or that ``rebuild`` distrusts, is built anew aside and then put in its place.

    Raises:
        NoArticlesError: the seeds folder is missing, or there is no article at all.
        TooManyRemovalsError: over a third of at least ten articles would go, and ``allow_removals`` is not set.
        ReindexRunningError: another process is at it.
        LibraryError: there is not enough space on the disk.
    """
    started = monotonic()
    files = await asyncio.to_thread(folders.files)
    folders.make_data()
    async with store.reindex_lock(folders.data / "reindex.lock"):
        if not rebuild and await _is_current(folders.library):
            async with store.opened(folders.library) as library:
                with closing(store.Known(folders.library)) as known:
                    comparison = await asyncio.to_thread(compared, files, known)
                    work = _Reindex(comparison, known.place_of, progress)
                    change = await work.change(library, folders, allow_removals=allow_removals)
                await library.publish(change)
                await library.drop_unlisted()
                await library.merge()
                return await work.report(library, change, started)
        return await _rebuild(folders, files, started, allow_removals=allow_removals, progress=progress)


async def is_stale(folders: Folders) -> bool:
    """Whether a file came, went or changed since the last reindex, by size and time; opens none of them."""
    files = await asyncio.to_thread(folders.files)
    async with store.opened(folders.library):
        with closing(store.Known(folders.library)) as known:
            return not await asyncio.to_thread(is_same, files, known)


def preview(folder: Path, path: str) -> tuple[tuple[PreviewedArticle, ...], tuple[Fault, ...]]:
    """What a reindex would find in one file below a folder, without indexing it; CPU and files, so off the event loop."""
    if articles.is_skipped(path):
        return (), (Fault(path, None, "a file of this name is never read", "Give it another name."),)
    file = File.at(str(folder), path, (folder / path).stat().st_size)
    found = [one for _, one in articles.read(file)]
    given = (
        PreviewedArticle(one.attribution, len(sentences.sentences(one.text, one.language)))
        for one in found
        if isinstance(one, Article)
    )
    return tuple(given), tuple(one for one in found if isinstance(one, Fault))


async def _is_current(library: Path) -> bool:
    async with store.opened(library) as opened:
        return await opened.is_current()


async def _rebuild(
    folders: Folders, files: list[File], started: float, *, allow_removals: bool, progress: Callable[[Progress], None]
) -> ReindexReport:
    aside = folders.library.with_name(folders.library.name + ".new")
    store.remove(aside)
    known = await _remembered(folders.library)
    async with store.opened(aside) as library:
        work = _Reindex(all_unread(files, known), lambda _: None, progress, is_rebuild=True)
        change = await work.change(library, folders, allow_removals=allow_removals)
        await library.publish(change)
        await library.merge()
        report = await work.report(library, change, started)
    await store.replace(folders.library, aside)
    return report


async def _remembered(library: Path) -> dict[str, KnownArticle]:
    try:
        async with store.opened(library):
            with closing(store.Known(library)) as old:
                return await asyncio.to_thread(old.articles)
    except DamagedLibraryError:
        return {}  # a rebuild is the remedy for just this, and for other tables; what the folders hold is then all new


class _Reindex:
    """One run's findings: what each file gives, held against what the library knows."""

    def __init__(
        self,
        comparison: Comparison,
        place_of: Callable[[str], Place | None],
        progress: Callable[[Progress], None],
        *,
        is_rebuild: bool = False,
    ) -> None:
        self.known = comparison.known
        self.articles = len(comparison.known) + comparison.unchanged
        self.unread = dict(comparison.unread)
        self.absent = comparison.absent
        self.is_rebuild = is_rebuild
        self.given: dict[str, Place] = {}
        self.unchanged = comparison.unchanged
        self.added = 0
        self.replaced: list[KnownArticle] = []
        self.moves: list[tuple[KnownArticle, File]] = []
        self.kept: list[str] = []
        self.faults: list[Fault] = []
        self.faulty: set[Place] = set()
        self.unreadable = {place for place in self.unread if place[1].endswith("/")}
        self._place_of = place_of
        self._progress = progress
        self._bytes_done = 0
        self._bytes_total = sum(max(0, file.size) for file in self.unread.values())

    async def change(self, library: Store, folders: Folders, *, allow_removals: bool) -> Publication:
        """Read what has to be read, write it as segments that nothing lists yet, and say what is to be published."""
        self._check_disk(folders.data)
        await library.drop_unlisted()
        started_ns = time_ns()
        read = list(self.unread.values())
        with folders.scratch() as scratch:
            segments = await _indexed(library, self._articles(), scratch, self._processes())
            removed = self._removed()
            segments += await _indexed(library, await self._recalled(folders.library), scratch, 1)
        if not (self.unchanged or self.given or self.kept):
            raise NoArticlesError(f"{folders.seeds} holds no article. Put articles into it, or set SEEDS_DIR.", tuple(self.faults))
        if self.articles >= GUARDED_ARTICLES and len(removed) > self.articles * GUARDED_SHARE and not allow_removals:
            raise TooManyRemovalsError(len(removed), self.articles, folders.seeds)
        settled = [(file, file.place not in self.faulty and file.changed_ns < started_ns - _SETTLED_NS) for file in read]
        return Publication(
            segments=segments,
            removals=() if self.is_rebuild else (*removed, *self.replaced),
            moves=tuple(self.moves),
            files=tuple(settled),
            vanished=tuple(place for place in self.absent if not self._is_unreadable(place)),
            seeds=folders.seeds,
            removed=len(removed),
        )

    def _check_disk(self, data: Path) -> None:
        needed, free = DISK_FACTOR * self._bytes_total, shutil.disk_usage(data).free
        if needed > free:
            message = f"This reindex needs {needed / 1e6:,.0f} MB in {data}, {free / 1e6:,.0f} MB are free."
            raise LibraryError(f"{message} Free some space, or set DATA_DIR to a folder on a larger disk.")

    def _processes(self) -> int:
        return 1 if self._bytes_total < PARALLEL_BYTES else available_processors()

    async def report(self, library: Store, change: Publication, started: float) -> ReindexReport:
        """What was done, once it is published."""
        return ReindexReport(
            added=self.added,
            changed=len(self.replaced),
            removed=change.removed,
            unchanged=self.unchanged,
            kept=tuple(self.kept),
            faults=tuple(self.faults),
            warnings=await library.warnings(),
            seconds=monotonic() - started,
        )

    def _articles(self) -> Iterator[tuple[File, Article]]:
        """The articles that have to be indexed. One whose id belongs to a file not read yet waits for that file's word."""
        waiting = []
        for place, file in list(self.unread.items()):
            for line, found in articles.read(file, self._advance):
                if isinstance(found, Fault):
                    self._blame(file, found, is_unreadable=True)
                elif found is not None and self._owner(found) not in {None, place} and self._owner(found) in self.unread:
                    waiting.append((file, line, found))
                elif found is not None and self._is_wanted(file, line, found):
                    yield file, found
            del self.unread[place]
        yield from ((file, found) for file, line, found in waiting if self._is_wanted(file, line, found))

    def _owner(self, article: Article) -> Place | None:
        known = self.known.get(article.attribution.id)
        return known.file if known else None

    def _is_wanted(self, file: File, line: int | None, article: Article) -> bool:
        name = article.attribution.id
        known = self.known.get(name)
        is_changed = known is not None and known.revision != store.revision(article)
        other = self._other_owner(name, known, file, is_changed=is_changed)
        if other is not None:
            why = f"its id {name} is already that of an article in {other[1]}"
            self._blame(file, Fault(file.path, line, why, "Give each article an id of its own."))
            return False
        self.given[name] = file.place
        if known is None:
            self.added += 1
        elif is_changed:
            self.replaced.append(known)
        else:
            self.unchanged += 1
            if known.file != file.place:
                self.moves.append((known, file))
            return self.is_rebuild
        return True

    def _blame(self, file: File, fault: Fault, *, is_unreadable: bool = False) -> None:
        self.faults.append(fault)
        self.faulty.add(file.place)
        if is_unreadable:
            self.unreadable.add(file.place)

    def _removed(self) -> list[KnownArticle]:
        """What the library has and no file gives, without what a file that cannot be read may still hold."""
        missing = {name: one for name, one in self.known.items() if name not in self.given}
        kept = {name for name, one in missing.items() if self._is_unreadable(one.file)}
        self.kept = sorted(kept)
        return [one for name, one in missing.items() if name not in kept]

    def _is_unreadable(self, place: Place) -> bool:
        folder, path = place
        return place in self.unreadable or any(
            folder == closed and below.endswith("/") and PurePosixPath(path).is_relative_to(below)
            for closed, below in self.unreadable
        )

    def _other_owner(self, name: str, known: KnownArticle | None, file: File, *, is_changed: bool) -> Place | None:
        """Where an article of this id stands already, or still stands, for all we know, while this file gives it otherwise."""
        if name in self.given:
            return self.given[name]
        if known is None:
            return self._place_of(name)
        return known.file if is_changed and known.file != file.place and self._is_unreadable(known.file) else None

    async def _recalled(self, old: Path) -> Iterable[tuple[File, Article]]:
        """What a rebuild has to take over from the old library, since its file cannot be read now."""
        if not self.is_rebuild or not self.kept:
            return ()
        stored: list[IndexedArticle] = []
        async with store.opened(old) as library:
            for name in self.kept:
                with suppress(DamagedLibraryError):  # it is lost; a wrong quote would be worse
                    stored += await library.of_id(name)
        self.kept = [one.article.attribution.id for one in stored]
        return [(File.at(*self.known[name].file), one.article) for name, one in zip(self.kept, stored, strict=True)]

    def _advance(self, size: int) -> None:
        self._bytes_done += max(0, size)
        self._progress(Progress(self.added + len(self.replaced), self._bytes_done, self._bytes_total))


async def _indexed(library: Store, found: Iterable[tuple[File, Article]], scratch: Path, processes: int) -> tuple[int, ...]:
    """Write the articles as a segment that nothing lists yet, a few at a time; its key, or none where there are no articles."""
    chunks = _new_articles(found, processes)
    terms = Inverter(scratch)
    segment = None
    while chunk := await asyncio.to_thread(next, chunks, None):
        articles, own = chunk
        await asyncio.to_thread(terms.extend, own)
        segment = segment or await library.new_segment()
        await segment.add(articles)
    return () if segment is None else (await segment.finish(terms),)


def _new_articles(found: Iterable[tuple[File, Article]], processes: int) -> Iterator[tuple[list[NewArticle], Parcel]]:
    files: deque[File] = deque()
    for chunk, spans, terms in prepared(_apart(found, files), processes):
        pairs = zip(chunk, spans, strict=True)
        yield [NewArticle(one, files.popleft(), own, tuple(sentences.passages(len(own)))) for one, own in pairs], terms


def _apart(found: Iterable[tuple[File, Article]], files: deque[File]) -> Iterator[Article]:
    """The articles alone, which go to other processes; their files wait here."""
    for file, article in found:
        files.append(file)
        yield article
