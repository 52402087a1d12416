"""What a reindex adds, changes, removes, keeps and refuses, on real folders."""

import asyncio
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from index import (
    Folders,
    Library,
    LibraryError,
    NewerLibraryError,
    NoArticlesError,
    OlderLibraryError,
    Progress,
    ReindexReport,
    ReindexRunningError,
    TooManyRemovalsError,
    open_library,
    store,
)
from index.store import schema
from tests.builders import row, write, write_rows

RAIN, SNOW = "It rained on the bridge.", "It snowed on the tower."


def counts(report: ReindexReport) -> tuple[int, int, int, int]:
    """Added, changed, removed, unchanged."""
    return report.added, report.changed, report.removed, report.unchanged


async def texts(library: Library) -> dict[str, str]:
    """The text of every indexed article by its id."""
    found = [await library.article(one.revision) for one in await library.sources()]
    return {one.article.attribution.id: one.article.text for one in found if one}


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """A folder that may not be listed, also to root."""
    scandir = os.scandir

    def refuse(path: Any = ".") -> Any:
        if not isinstance(path, int) and Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "scandir", refuse)
        yield


# Changes


async def test_articles_are_added_changed_removed_and_left(library: Library, folders: Folders) -> None:
    """A report counts each, and the library holds what the folder holds."""
    for name in ("a", "b", "c"):
        write(folders.seeds / f"{name}.txt", RAIN)
    first = await library.reindex()
    write(folders.seeds / "a.txt", SNOW)
    (folders.seeds / "b.txt").unlink()
    write(folders.seeds / "d.txt", SNOW)

    second = await library.reindex()

    assert (counts(first), counts(second)) == ((3, 0, 0, 0), (1, 1, 1, 1))
    assert await texts(library) == {"a.txt": SNOW, "c.txt": RAIN, "d.txt": SNOW}


async def test_added_articles_are_read_beside_the_seeds(library: Library, folders: Folders) -> None:
    """DATA_DIR/added is the second folder."""
    write(folders.seeds / "a.txt", RAIN)
    write(folders.data / "added" / "sub" / "b.txt", SNOW)

    await library.reindex()

    assert await texts(library) == {"a.txt": RAIN, "sub/b.txt": SNOW}


async def test_three_thousand_unchanged_files_are_not_opened(
    library: Library, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Size and time say that nothing changed."""
    for number in range(3_000):
        write(folders.seeds / f"{number % 30}" / f"{number}.txt", f"It rained on bridge {number}.")
    await library.reindex()
    opened: list[Path] = []
    really_open = Path.open

    def spy(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.is_relative_to(folders.seeds):
            opened.append(path)
        return really_open(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", spy)
    report = await library.reindex()
    opened_first = list(opened)
    write(folders.seeds / "0" / "0.txt", SNOW)
    opened.clear()
    again = await library.reindex()

    assert (counts(report), opened_first) == ((0, 0, 0, 3_000), [])
    assert (counts(again), opened) == ((0, 1, 0, 2_999), [folders.seeds / "0" / "0.txt"])


async def test_a_file_written_just_now_is_read_again(library: Library, folders: Folders) -> None:
    """Two writes within a tick of the clock look the same from outside."""
    path = folders.seeds / "a.txt"
    now = time.time_ns() + 10**9
    path.write_text(RAIN)
    os.utime(path, ns=(now, now))
    await library.reindex()
    path.write_text(RAIN.replace("rained", "hailed"))
    os.utime(path, ns=(now, now))

    report = await library.reindex()

    assert counts(report) == (0, 1, 0, 0)


async def test_a_touched_file_is_unchanged(library: Library, folders: Folders) -> None:
    """The content decides, not the clock."""
    path = write(folders.seeds / "a.txt", RAIN)
    await library.reindex()
    before = (await library.sources())[0].revision
    write(path, RAIN)

    report = await library.reindex()

    assert counts(report) == (0, 0, 0, 1)
    assert (await library.sources())[0].revision == before


@pytest.mark.parametrize("emptied", ["", "---\nwithdrawn: true\n---\nIt rained.\n"])
async def test_a_withdrawal_removes_without_a_fault(library: Library, folders: Folders, emptied: str) -> None:
    """Emptying a file and saying so are the two ways."""
    write(folders.seeds / "a.md", RAIN)
    write(folders.seeds / "b.md", SNOW)
    await library.reindex()
    write(folders.seeds / "a.md", emptied)

    report = await library.reindex()

    assert (counts(report), report.faults, report.kept) == ((0, 0, 1, 1), (), ())


@pytest.mark.parametrize("second", ["b.jsonl", "sub/a.jsonl", "../data/added/a.jsonl"])
async def test_an_article_that_moves_to_another_file_is_unchanged(library: Library, folders: Folders, second: str) -> None:
    """Its id and words are what counts; where it is now is known all the same."""
    moving, staying = row("x", RAIN, source=""), row("y", SNOW)
    write_rows(folders.seeds / "a.jsonl", moving, staying)
    await library.reindex()
    write_rows(folders.seeds / "a.jsonl", staying)
    write_rows(folders.seeds / second, moving)

    report = await library.reindex()
    (folders.seeds / second).unlink()
    gone = await library.reindex()

    assert (counts(report), counts(gone)) == ((0, 0, 0, 2), (0, 0, 1, 1))


async def test_a_moved_article_names_its_new_file(library: Library, folders: Folders) -> None:
    """What has no source is attributed to the file that it is in."""
    write_rows(folders.seeds / "a.jsonl", row("x", RAIN, source=""))
    await library.reindex()
    (folders.seeds / "a.jsonl").rename(folders.seeds / "b.jsonl")

    report = await library.reindex()

    assert counts(report) == (0, 0, 0, 1)
    assert [one.article.path for one in await library.sources()] == ["b.jsonl"]
    assert (await library.answer("rain bridge")).quotes[0].article.path == "b.jsonl"


async def test_warnings_count_what_articles_lack(library: Library, folders: Folders) -> None:
    """Over all articles, not only the new ones."""
    write_rows(folders.seeds / "a.jsonl", row("x", RAIN), row("y", SNOW, published="last week", url="u", title="t", source=""))
    await library.reindex()

    warnings = (await library.reindex()).warnings

    assert (warnings.undated, warnings.date_not_understood) == (1, 1)
    assert (warnings.no_link, warnings.no_source, warnings.no_title) == (1, 1, 1)


async def test_progress_reaches_its_total(library: Library, folders: Folders) -> None:
    """Bytes of the files that had to be read, ascending."""
    for number in range(5):
        write(folders.seeds / f"{number}.txt", RAIN)
    seen: list[Progress] = []

    await library.reindex(progress=seen.append)

    assert [one.bytes_done for one in seen] == sorted(one.bytes_done for one in seen)
    assert seen[-1].bytes_done == seen[-1].bytes_total == 5 * len(RAIN)


@pytest.mark.parametrize("published", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00"])
async def test_a_moment_at_the_end_of_time_is_indexed(library: Library, folders: Folders, published: str) -> None:
    """An instant that has no day in UTC counts as not understood."""
    write_rows(folders.seeds / "a.jsonl", row("x", RAIN, published=published))

    report = await library.reindex()

    assert (report.added, report.warnings.date_not_understood) == (1, 1)


# Duplicates


async def test_the_first_path_wins_a_duplicate_id(library: Library, folders: Folders) -> None:
    """The second is a fault that names the first."""
    write_rows(folders.seeds / "a.jsonl", row("x", RAIN))
    write_rows(folders.seeds / "b.jsonl", row("y", RAIN), row("x", SNOW))

    report = await library.reindex()

    assert [str(fault) for fault in report.faults] == [
        "b.jsonl, line 2: its id x is already that of an article in a.jsonl. Give each article an id of its own."
    ]
    assert await texts(library) == {"x": RAIN, "y": RAIN}


async def test_the_indexed_revision_wins_over_an_earlier_path(library: Library, folders: Folders) -> None:
    """A newcomer does not replace what is already quoted, even where it comes first."""
    write_rows(folders.seeds / "b.jsonl", row("x", RAIN))
    await library.reindex()
    write_rows(folders.seeds / "a.jsonl", row("x", SNOW))

    report = await library.reindex()
    touched = write_rows(folders.seeds / "b.jsonl", row("x", RAIN))
    again = await library.reindex()

    assert touched.exists()
    assert [fault.path for fault in (*report.faults, *again.faults)] == ["a.jsonl", "a.jsonl"]
    assert await texts(library) == {"x": RAIN}


@pytest.mark.parametrize("leaves", ["vanishes", "emptied", "renames"])
async def test_a_duplicate_takes_over_when_the_owner_goes(library: Library, folders: Folders, leaves: str) -> None:
    """At the next run, although its own file did not change."""
    owner = write_rows(folders.seeds / "a.jsonl", row("x", RAIN))
    write_rows(folders.seeds / "b.jsonl", row("x", SNOW), row("y", SNOW))
    await library.reindex()
    if leaves == "vanishes":
        owner.unlink()
    elif leaves == "emptied":
        write(owner, "")
    else:
        write_rows(owner, row("z", RAIN))

    report = await library.reindex()

    assert report.faults == ()
    assert (await texts(library))["x"] == SNOW


async def test_a_file_of_the_same_name_in_both_folders_is_a_duplicate(library: Library, folders: Folders) -> None:
    """The seeds come first."""
    write(folders.data / "added" / "a.txt", SNOW)
    write(folders.seeds / "a.txt", RAIN)

    report = await library.reindex()

    assert (await texts(library), len(report.faults)) == ({"a.txt": RAIN}, 1)


# What cannot be read


BROKEN = b"---\ntitle: 'a\n---\nIt hailed.\n"


async def test_a_file_that_becomes_unreadable_keeps_its_articles(library: Library, folders: Folders) -> None:
    """The report names them, and they answer; when it is mended, it counts again."""
    path = write(folders.seeds / "a.md", RAIN)
    write(folders.seeds / "b.md", SNOW)
    await library.reindex()
    write(path, BROKEN)

    report = await library.reindex()
    again = await library.reindex()
    kept = await texts(library)
    write(path, SNOW)
    mended = await library.reindex()

    assert (report.kept, again.kept, mended.kept) == (("a.md",), ("a.md",), ())
    assert (counts(report), counts(mended)) == ((0, 0, 0, 1), (0, 1, 0, 1))
    assert kept == {"a.md": RAIN, "b.md": SNOW}


async def test_a_bad_line_keeps_the_articles_that_its_file_gave(library: Library, folders: Folders) -> None:
    """Whose line it was cannot be known; the good lines are taken in."""
    write_rows(folders.seeds / "a.jsonl", row("x", RAIN), row("y", RAIN))
    await library.reindex()
    write_rows(folders.seeds / "a.jsonl", row("x", SNOW), "no object")

    report = await library.reindex()

    assert (counts(report), report.kept) == ((0, 1, 0, 0), ("y",))
    assert await texts(library) == {"x": SNOW, "y": RAIN}


@pytest.mark.parametrize("name", ["sub", "."])
async def test_a_folder_that_cannot_be_listed_keeps_its_articles(library: Library, folders: Folders, name: str) -> None:
    """For as long as it stays closed, and without a double afterwards."""
    write(folders.data / "added" / "c.txt", RAIN)
    write(folders.seeds / "sub" / "deep" / "a.txt", RAIN)
    write(folders.seeds / "sub" / "b.txt", SNOW)
    write(folders.seeds / "sub-b.txt", SNOW)
    await library.reindex()
    before = await texts(library)

    with closed(folders.seeds / name):
        first, second = await library.reindex(), await library.reindex()
        during = await texts(library)
        rebuilt = await library.reindex(rebuild=True)
    after = await library.reindex()

    assert {"sub/b.txt", "sub/deep/a.txt"} <= set(first.kept)
    assert first.kept == second.kept == rebuilt.kept
    assert [fault.path for fault in first.faults] == ["sub/" if name == "sub" else "./"]
    assert before == during == await texts(library)
    assert (counts(after), len(await library.sources())) == ((0, 0, 0, 4), 4)


async def test_a_duplicate_does_not_replace_what_cannot_be_read(library: Library, folders: Folders) -> None:
    """A file that is out of reach for a moment does not lose its article to a namesake."""
    owner = write(folders.seeds / "a.md", RAIN)
    write(folders.data / "added" / "a.md", SNOW)
    await library.reindex()
    write(owner, BROKEN)

    report = await library.reindex()
    write(owner, RAIN)
    mended = await library.reindex()

    assert (report.kept, len(report.faults), len(mended.faults)) == (("a.md",), 2, 1)
    assert await texts(library) == {"a.md": RAIN}


async def test_a_rebuild_keeps_articles_that_cannot_be_read(library: Library, folders: Folders) -> None:
    """They come from the old library, word for word, with their attribution."""
    write(folders.seeds / "a.md", f"---\nsource: Leeds Post\n---\n{RAIN}")
    write(folders.seeds / "b.md", SNOW)
    await library.reindex()
    before = await library.sources()
    write(folders.seeds / "a.md", BROKEN)

    report = await library.reindex(rebuild=True)
    again = await library.reindex()

    assert (report.kept, again.kept) == (("a.md",), ("a.md",))
    assert await library.sources() == before
    assert (await library.answer("rain bridge")).quotes[0].text == RAIN


# Refusals


async def ten(folders: Folders) -> None:
    """Ten articles, in a file each."""
    for number in range(10):
        write(folders.seeds / f"{number}.txt", f"It rained on bridge {number}.")


async def test_removing_over_a_third_changes_nothing(library: Library, folders: Folders) -> None:
    """The message asks for the folder and names the way to insist."""
    await ten(folders)
    await library.reindex()
    before = await texts(library)
    for number in range(4):
        (folders.seeds / f"{number}.txt").unlink()
    write(folders.seeds / "new.txt", SNOW)

    with pytest.raises(TooManyRemovalsError) as refused:
        await library.reindex()
    unchanged = await texts(library)
    with pytest.raises(TooManyRemovalsError):
        await library.reindex(rebuild=True)
    allowed = await library.reindex(allow_removals=True)

    assert str(refused.value) == (
        f"This would remove 4 of 10 articles. Is SEEDS_DIR ({folders.seeds}) the right folder? If so: --allow-removals"
    )
    assert unchanged == before
    assert counts(allowed) == (1, 0, 4, 6)
    assert "new.txt" in await texts(library)


async def test_removing_a_third_or_less_is_no_question(library: Library, folders: Folders) -> None:
    """Three of ten go, and so does any number of nine."""
    await ten(folders)
    await library.reindex()
    for number in range(3):
        (folders.seeds / f"{number}.txt").unlink()
    third = await library.reindex()
    for number in range(3, 9):
        (folders.seeds / f"{number}.txt").unlink()

    most = await library.reindex()

    assert (third.removed, most.removed) == (3, 6)


async def test_a_missing_folder_changes_nothing(library: Library, folders: Folders) -> None:
    """The sentence names the setting."""
    write(folders.seeds / "a.txt", RAIN)
    await library.reindex()
    folders.seeds.rename(folders.seeds.with_name("elsewhere"))

    with pytest.raises(NoArticlesError, match=r"is no folder\. Set SEEDS_DIR to the folder that holds the articles\."):
        await library.reindex()

    assert await texts(library) == {"a.txt": RAIN}


@pytest.mark.parametrize("rebuild", [False, True])
async def test_a_folder_without_an_article_changes_nothing(library: Library, folders: Folders, *, rebuild: bool) -> None:
    """Not even where removals are allowed."""
    path = write(folders.seeds / "a.txt", RAIN)
    await library.reindex()
    path.unlink()

    with pytest.raises(NoArticlesError, match="holds no article"):
        await library.reindex(rebuild=rebuild, allow_removals=True)

    assert await texts(library) == {"a.txt": RAIN}


async def test_only_faulty_files_are_no_articles(library: Library, folders: Folders) -> None:
    """The error carries the faults, so that a face can show why."""
    write(folders.seeds / "a.md", BROKEN)
    write(folders.seeds / "b.xyz", RAIN)

    with pytest.raises(NoArticlesError) as refused:
        await library.reindex()

    assert [fault.path for fault in refused.value.faults] == ["a.md", "b.xyz"]


async def test_a_data_folder_that_cannot_be_made_is_a_sentence(folders: Folders, tmp_path: Path) -> None:
    """A file stands where the folder's parent should be."""
    write(folders.seeds / "a.txt", RAIN)
    write(tmp_path / "file", "")

    async with open_library(Folders(folders.seeds, tmp_path / "file" / "data")) as library:
        with pytest.raises(LibraryError, match="Set DATA_DIR to a folder that can be written"):
            await library.reindex()


async def test_a_second_reindex_names_the_process_that_runs(library: Library, folders: Folders) -> None:
    """One writer over all processes; the lock is free again afterwards."""
    write(folders.seeds / "a.txt", RAIN)
    folders.data.mkdir()

    async with store.reindex_lock(folders.data / "reindex.lock"):
        with pytest.raises(
            ReindexRunningError, match=rf"^A reindex is already running \(process {os.getpid()}, since \d\d:\d\d\)\."
        ):
            await library.reindex()

    assert (await library.reindex()).added == 1


async def test_two_reindexes_at_once_are_one(library: Library, folders: Folders) -> None:
    """Whichever comes second is refused, and nothing is indexed twice."""
    await ten(folders)
    has_begun, may_end = threading.Event(), threading.Event()

    def linger(_: Progress) -> None:
        has_begun.set()
        may_end.wait(10)

    first = asyncio.create_task(library.reindex(progress=linger))
    await asyncio.to_thread(has_begun.wait, 10)
    with pytest.raises(ReindexRunningError):
        await library.reindex()
    may_end.set()

    assert (await first).added == 10
    assert len(await library.sources()) == 10


async def test_a_disk_that_is_too_full_is_named_before_anything_is_written(
    library: Library, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How much it takes, and how much there is."""
    write(folders.seeds / "a.txt", RAIN)
    await library.reindex()
    write(folders.seeds / "b.txt", SNOW * 50_000)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1_000_000))

    with pytest.raises(LibraryError, match=r"This reindex needs \d+ MB in .*, 1 MB are free\. Free some space"):
        await library.reindex()

    assert await texts(library) == {"a.txt": RAIN}


async def test_what_the_library_writes_below_the_seeds_is_no_seed(tmp_path: Path) -> None:
    """SEEDS_DIR=. with DATA_DIR=data: what was added counts once, and the library's own file is no fault."""
    folders = Folders(seeds=tmp_path, data=tmp_path / "data")
    write(tmp_path / "a.txt", RAIN)
    write(tmp_path / "data" / "added" / "b.txt", SNOW)
    async with open_library(folders) as library:
        await library.reindex()
        report = await library.reindex()

        assert (report.unchanged, report.faults) == (2, ())
        assert not await library.is_stale()


# Interruptions and versions


async def test_what_a_killed_reindex_left_is_never_seen_and_dropped(
    library: Library, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its segments are written and nothing lists them."""
    write(folders.seeds / "a.txt", RAIN)
    await library.reindex()
    write(folders.seeds / "b.txt", SNOW)

    async def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store.Store, "publish", die)
        with pytest.raises(KeyboardInterrupt):
            await indexing_in_a_task(library)
    with closing(sqlite3.connect(folders.library)) as connection, connection:
        left = connection.execute("SELECT count(*) FROM segment WHERE NOT listed").fetchone()
    hidden = await library.answer("Where did it snow?")
    during = await texts(library)
    report = await library.reindex()
    with closing(sqlite3.connect(folders.library)) as connection, connection:
        now = connection.execute("SELECT count(*) FROM segment WHERE NOT listed").fetchone()

    assert (left, hidden.quotes, during) == ((1,), (), {"a.txt": RAIN})
    assert (counts(report), now) == ((1, 0, 0, 1), (0,))
    assert await texts(library) == {"a.txt": RAIN, "b.txt": SNOW}


async def indexing_in_a_task(library: Library) -> ReindexReport:
    """A reindex whose end is the caller's alone."""
    return await library.reindex()


@pytest.mark.parametrize("part", range(3))
async def test_a_newer_library_is_refused(library: Library, folders: Folders, part: int) -> None:
    """Asking, listing, reindexing and rebuilding leave it as it is."""
    write(folders.seeds / "a.txt", RAIN)
    await library.reindex()
    set_version(folders, part, 99)
    before = folders.library.read_bytes()

    for attempt in (library.answer("rain?"), library.sources(), library.reindex(), library.reindex(rebuild=True)):
        with pytest.raises(NewerLibraryError, match=r"was written by a newer Verbatim \(library version 99; this one knows"):
            await attempt

    assert folders.library.read_bytes() == before


async def test_a_library_of_older_making_answers_once_it_is_made_anew(library: Library, folders: Folders) -> None:
    """Whatever else it holds is kept, as a file that cannot be read any more."""
    write(folders.seeds / "a.txt", RAIN)
    write(folders.seeds / "b.md", SNOW)
    await library.reindex()
    set_version(folders, 0, schema.VERSION - 1)
    write(folders.seeds / "b.md", BROKEN)

    with pytest.raises(OlderLibraryError, match=r"indexed by an older Verbatim. Index them anew with: python -m bot reindex"):
        await library.answer("rain bridge?")
    needed, report = await library.needs_reindex(), await library.reindex()

    assert (needed, report.kept) == (True, ("b.md",))
    assert (await library.answer("rain bridge?")).quotes[0].text == RAIN


@pytest.mark.parametrize("part", [1, 2])
async def test_an_older_library_answers_until_it_is_rebuilt(library: Library, folders: Folders, part: int) -> None:
    """Aside, in one step; an answer that has begun sees the old one to its end."""
    write(folders.seeds / "a.txt", RAIN)
    write(folders.seeds / "b.md", SNOW)
    await library.reindex()
    set_version(folders, part, 0)
    write(folders.seeds / "b.md", BROKEN)
    reader = store.Reader(folders.library)

    before = await library.answer("rain bridge?")
    with reader.snapshot():
        old = reader.articles([1, 2])
        report = await library.reindex()
        still = reader.articles([1, 2])
    with reader.snapshot():
        terms = reader.lists(["snow"])
    reader.close()

    assert before.quotes[0].text == RAIN
    assert old == still
    assert (report.kept, len(terms), await library.needs_reindex()) == (("b.md",), 1, False)
    assert await texts(library) == {"a.txt": RAIN, "b.md": SNOW}
    assert not list(folders.data.glob("*.new*"))


def set_version(folders: Folders, part: int, value: int) -> None:
    """Say that another version of the schema, the analyzer or the splitter wrote the library."""
    with closing(sqlite3.connect(folders.library)) as connection, connection:
        connection.execute("UPDATE about SET value = json_set(value, ?, ?) WHERE name = 'versions'", (f"$[{part}]", value))


async def test_a_library_whose_making_was_cut_off_is_rebuilt(library: Library, folders: Folders) -> None:
    """Between its first table and its first fact."""
    write(folders.seeds / "a.txt", RAIN)
    folders.data.mkdir()
    with closing(sqlite3.connect(folders.library)) as connection, connection:
        connection.executescript(schema.SCHEMA)

    assert (await library.reindex()).added == 1


# Stale


async def test_a_change_in_the_folders_is_noticed_without_opening_a_file(library: Library, folders: Folders) -> None:
    """By size and time, new and gone files."""
    path = write(folders.seeds / "a.txt", RAIN)
    await library.reindex()
    fresh = await library.is_stale()
    write(path, RAIN)
    touched = await library.is_stale()
    await library.reindex()
    write(folders.data / "added" / "b.txt", SNOW)
    new = await library.is_stale()
    await library.reindex()
    path.unlink()

    assert (fresh, touched, new, await library.is_stale()) == (False, True, True, True)
