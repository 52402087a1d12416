"""The async face: one hop to an answer, listings, and the state that a face has to know."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import current_thread

import pytest

from index import EmptyLibraryError, Folders, Library, answering, open_library, store
from index.meanings import lines
from tests.builders import row, write, write_rows

RAIN, SNOW = "It rained on the bridge.", "It snowed on the tower."


async def test_an_empty_library_refuses_questions_and_asks_for_a_reindex(library: Library) -> None:
    """Before the first reindex there is no file, and asking makes none."""
    with pytest.raises(EmptyLibraryError, match="python -m bot reindex"):
        await library.answer("rain?")

    assert await library.needs_reindex()
    assert not library.folders.library.exists()


async def test_what_a_first_question_waits_for_is_read_before(library: Library, folders: Folders) -> None:
    """In the articles' languages; an empty library needs nothing."""
    lines.cache_clear()
    await library.prepare()
    assert lines.cache_info().currsize == 0
    write(folders.seeds / "a.txt", RAIN)
    await library.reindex()
    await library.prepare()
    assert lines.cache_info().currsize == 1

    await library.answer("Did it rain on the bridge?")

    assert lines.cache_info().misses == 1


async def test_answers_run_in_a_reader_thread(library: Library, folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    """Never on the event loop; a second question waits its turn."""
    write(folders.seeds / "a.txt", RAIN)
    await library.reindex()
    threads: list[str] = []
    really = answering.answer

    def spy(*arguments: object, **options: object) -> object:
        threads.append(current_thread().name)
        return really(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(answering, "answer", spy)
    answers = await asyncio.gather(*(library.answer("Did it rain on the bridge?") for _ in range(20)))

    assert {one.quotes[0].text for one in answers} == {RAIN}
    assert {name.startswith("reader") for name in threads} == {True}
    assert len(set(threads)) == 1


async def test_answers_see_what_a_reindex_published(library: Library, folders: Folders) -> None:
    """A reader that was opened before it follows."""
    write(folders.seeds / "a.txt", RAIN)
    await library.reindex()
    before = await library.answer("Did it snow on the tower?")
    write(folders.seeds / "b.txt", SNOW)
    await library.reindex()

    after = await library.answer("Did it snow on the tower?")

    assert SNOW not in {one.text for one in before.quotes}
    assert after.quotes[0].text == SNOW


async def test_answers_go_on_while_a_reindex_runs(library: Library, folders: Folders) -> None:
    """None waits for it, fails, or sees half of it."""
    write(folders.seeds / "a.txt", RAIN)
    await library.reindex()
    write_rows(folders.seeds / "b.jsonl", *(row(f"{number}", f"It rained on bridge {number}. " * 3) for number in range(800)))

    running = asyncio.create_task(library.reindex())
    seen = set()
    while not running.done():
        seen.add((await library.answer("Did it rain on the bridge?")).searched.articles)
    await running

    assert seen <= {1, 801}
    assert 1 in seen


async def test_a_library_of_other_folders_needs_a_reindex(library: Library, folders: Folders, tmp_path: Path) -> None:
    """Made from another SEEDS_DIR, it would answer from the wrong articles."""
    write(folders.seeds / "a.txt", RAIN)
    write(tmp_path / "other" / "b.txt", SNOW)
    await library.reindex()

    async with open_library(Folders(tmp_path / "other", folders.data)) as other:
        needed = await other.needs_reindex()
        await other.reindex()
        listed = [one.article.id for one in await other.sources()]

    assert (needed, await library.needs_reindex(), listed) == (True, True, ["b.txt"])


async def test_sources_are_listed_newest_first(library: Library, folders: Folders) -> None:
    """Undated ones last, then by title; a part of them, or those of one source, can be asked for."""
    write_rows(
        folders.seeds / "a.jsonl",
        row("old", RAIN, published="2020-01-01", source="Reuters"),
        row("new", RAIN * 9, published="2026-01-01", source="REUTERS"),
        row("undated-b", RAIN, title="b"),
        row("undated-a", RAIN, title="a"),
        row("nameless", RAIN, title="c", source=""),
    )
    await library.reindex()

    listed = await library.sources()

    assert [one.article.id for one in listed] == ["new", "old", "undated-a", "undated-b", "nameless"]
    assert [one.article.id for one in await library.sources(first=1, limit=2)] == ["old", "undated-a"]
    assert [one.article.id for one in await library.sources("reuters")] == ["new", "old"]
    assert (listed[0].passages, listed[1].passages) == (3, 1)
    assert {name.casefold(): count for name, count in (await library.publishers()).items()} == {"reuters": 2, "test gazette": 2}


async def test_an_article_is_found_by_its_revision_until_it_changes(library: Library, folders: Folders) -> None:
    """What a button under an old answer asks for."""
    write(folders.seeds / "a.txt", RAIN)
    await library.reindex()
    (quote,) = (await library.answer("Did it rain on the bridge?")).quotes
    found = await library.article(quote.revision)
    write(folders.seeds / "a.txt", SNOW)
    await library.reindex()

    assert found is not None
    assert found.article.text[quote.start : quote.end] == quote.text
    assert await library.article(quote.revision) is None


async def test_the_last_reindex_and_what_it_counted_are_known(library: Library, folders: Folders) -> None:
    """Its instant, in UTC, and its coverage."""
    write_rows(folders.seeds / "a.jsonl", row("x", RAIN, published="2026-01-01"), row("y", "Es hat auf der Brücke geregnet."))
    await library.reindex()

    at = await library.reindexed_at()
    coverage = await library.coverage()

    assert at is not None
    assert timedelta(0) <= datetime.now(UTC) - at < timedelta(minutes=1)
    assert (coverage.articles, coverage.newest, coverage.languages) == (2, "2026-01-01", ("de", "en"))


async def test_quotes_keep_to_the_characters_of_the_library(folders: Folders) -> None:
    """QUOTE_CHARACTERS is the library's; 0 is no limit."""
    text = " ".join(f"It rained on the long bridge over river number {number}." for number in range(12))
    write(folders.seeds / "a.txt", text)
    spent = {}

    for characters in (0, 120):
        async with open_library(folders, characters=characters) as library:
            await library.reindex()
            answer = await library.answer("rain on the bridge over the river", limit=12)
            spent[characters] = sum(len(one.text) for one in answer.quotes)

    assert 0 < spent[120] <= 120
    assert spent[0] > 500


async def test_closing_leaves_no_connection_open(folders: Folders) -> None:
    """The readers' end with the library."""
    write(folders.seeds / "a.txt", RAIN)

    async with open_library(folders) as library:
        await library.reindex()
        await asyncio.gather(*(library.answer("rain?") for _ in range(4)))

    async with store.opened(folders.library):
        pass

    assert not list(folders.data.glob("library.sqlite3-*"))  # the last connection to a library tidies up behind it


async def test_copying_gives_one_file(library: Library, folders: Folders, tmp_path: Path) -> None:
    """While the library is in use."""
    write(folders.seeds / "a.txt", RAIN)
    await library.reindex()

    await library.copy(tmp_path / "copy.sqlite3")

    async with store.opened(tmp_path / "copy.sqlite3") as copied:
        assert (await copied.coverage()).articles == 1
