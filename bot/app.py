"""THE composition root: settings → library → face, a function a command of the terminal. Opens the library and the records.

Nothing but ``__main__``, the commands that need Discord (serving.py) and tests imports it.
"""

import shutil
from collections.abc import Collection
from contextlib import AbstractAsyncContextManager
from datetime import date
from pathlib import Path

from bot import jsonlines, terminal
from bot.errors import UsageError
from bot.records import open_records, withdrawn
from bot.settings import Settings
from bot.wording import Wording, wording
from index import EmptyLibraryError, Folders, Library, LibraryError, NoArticlesError, open_library


def open_articles(settings: Settings, without: Collection[str] = ()) -> AbstractAsyncContextManager[Library]:
    """The library of the settings' folders, for as long as it is needed."""
    folders = Folders(seeds=settings.seeds_dir, data=settings.data_dir)
    return open_library(folders, characters=settings.quote_characters, without=without)


async def ask(settings: Settings, question: str, asked_at: date | None, *, as_json: bool) -> int:
    """Answer one question."""
    async with open_articles(settings, await withdrawn(settings.records)) as library:
        is_first = await _catch_up(library, wording())
        if as_json:
            print(await jsonlines.answer_line(library, question, asked_at=asked_at))
            return 0
        out = terminal.console()
        terminal.show(out, wording(), await library.answer(question, asked_at=asked_at))
        if is_first:
            out.print(f"\n{wording().text('terminal.next')}", style="dim")
    return 0


async def ask_batch(settings: Settings, batch: Path) -> int:
    """Answer a file of questions with a line of JSON each; 1 where one of them could not be read."""
    is_good = True
    async with open_articles(settings, await withdrawn(settings.records)) as library:
        await _catch_up(library, wording())
        with batch.open("rb") as questions:
            async for line, is_answered in jsonlines.batch_lines(library, questions):
                print(line)
                is_good &= is_answered
    return 0 if is_good else 1


async def chat(settings: Settings) -> int:
    """Answer questions until the input ends."""
    async with open_articles(settings, await withdrawn(settings.records)) as library:
        await _catch_up(library, wording())
        await terminal.chat(library, wording(), terminal.console())
    return 0


async def reindex(settings: Settings, *, rebuild: bool, allow_removals: bool, as_json: bool) -> int:
    """Bring the library up to date and say what changed."""
    async with open_articles(settings) as library:
        if as_json:
            return await _reindex_as_json(library, rebuild=rebuild, allow_removals=allow_removals)
        out = terminal.console()
        try:
            report = await terminal.reindex(library, wording(), out, rebuild=rebuild, allow_removals=allow_removals)
        except NoArticlesError as error:
            terminal.show_faults(out, wording(), error.faults)
            raise
        terminal.show_report(out, wording(), report)
    return 0


async def _reindex_as_json(library: Library, *, rebuild: bool, allow_removals: bool) -> int:
    try:
        report = await library.reindex(rebuild=rebuild, allow_removals=allow_removals, progress=jsonlines.ProgressLines())
    except LibraryError as error:
        print(jsonlines.error_line(error))
        raise
    print(jsonlines.report_line(report))
    return 0


async def sources(settings: Settings) -> int:
    """List the articles."""
    async with open_articles(settings) as library:
        await _catch_up(library, wording())
        terminal.show_sources(terminal.console(), wording(), await library.sources())
    return 0


async def backup(settings: Settings, folder: Path) -> int:
    """Copy both files into a new folder, while the bot answers; it has its name only once both are whole.

    Raises:
        UsageError: there is something at this path, or nothing can be.
    """
    if folder.exists():  # noqa: ASYNC240  nothing else runs yet
        raise UsageError(f"{folder} is there already. Name a new folder.")
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        unfinished.mkdir(parents=True)
    except OSError as error:
        raise UsageError(f"{folder} cannot be made ({error.strerror}). Name another folder.") from error
    try:
        await _copy(settings, unfinished)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    for file in sorted(folder.iterdir()):  # noqa: ASYNC240  nothing else runs any more
        print(file)
    return 0


async def _copy(settings: Settings, folder: Path) -> None:
    async with open_articles(settings) as library, open_records(settings.records) as records:
        if not library.folders.library.exists():  # a copy of nothing would look like a backup
            raise EmptyLibraryError
        await library.copy(folder / library.folders.library.name)
        await records.copy(folder / settings.records.name)


async def _catch_up(library: Library, words: Wording) -> bool:
    """Index the folders where nothing that fits them is indexed yet, or note that files changed; True after a first index."""
    notes = terminal.console(stderr=True)
    if not await library.needs_reindex():
        if await library.is_stale():
            notes.print(words.text("reindex.stale"), style="dim")
        return False
    await terminal.reindex(library, words, notes, rebuild=False, allow_removals=False)
    articles = words.count("article", (await library.coverage()).articles)
    notes.print(words.text("reindex.first", articles=articles, folder=library.folders.seeds), style="dim")
    return True
