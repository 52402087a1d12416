"""THE composition root: settings → library → face, a function a command. Owns every ``async with``, and gives exit codes.

Nothing but ``__main__`` and tests imports it.
"""

from contextlib import AbstractAsyncContextManager
from datetime import date
from pathlib import Path

from bot import jsonlines, terminal
from bot.settings import Settings
from bot.wording import Wording, wording
from index import Folders, Library, NoArticlesError, open_library


def open_articles(settings: Settings) -> AbstractAsyncContextManager[Library]:
    """The library of the settings' folders, for as long as it is needed."""
    folders = Folders(seeds=settings.seeds_dir, data=settings.data_dir)
    return open_library(folders, characters=settings.quote_characters)


async def ask(settings: Settings, question: str, asked_at: date | None, *, as_json: bool) -> int:
    """Answer one question."""
    async with open_articles(settings) as library:
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
    async with open_articles(settings) as library:
        await _catch_up(library, wording())
        with batch.open("rb") as questions:
            async for line, is_answered in jsonlines.batch_lines(library, questions):
                print(line)
                is_good &= is_answered
    return 0 if is_good else 1


async def chat(settings: Settings) -> int:
    """Answer questions until the input ends."""
    async with open_articles(settings) as library:
        await _catch_up(library, wording())
        await terminal.chat(library, wording(), terminal.console())
    return 0


async def reindex(settings: Settings, *, rebuild: bool, allow_removals: bool, as_json: bool) -> int:
    """Bring the library up to date and say what changed."""
    async with open_articles(settings) as library:
        if as_json:
            progress = jsonlines.ProgressLines()
            print(jsonlines.report_line(await library.reindex(rebuild=rebuild, allow_removals=allow_removals, progress=progress)))
            return 0
        out = terminal.console()
        try:
            report = await terminal.reindex(library, wording(), out, rebuild=rebuild, allow_removals=allow_removals)
        except NoArticlesError as error:
            terminal.show_faults(out, wording(), error.faults)
            raise
        terminal.show_report(out, wording(), report)
    return 0


async def sources(settings: Settings) -> int:
    """List the articles."""
    async with open_articles(settings) as library:
        await _catch_up(library, wording())
        terminal.show_sources(terminal.console(), wording(), await library.sources())
    return 0


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
