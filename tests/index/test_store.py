"""The library file: what was written is what is read, and anything else is an error with a remedy."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import fields, replace
from pathlib import Path
from time import sleep

import aiosqlite
import numpy as np
import pytest

from index import DamagedLibraryError, Folders, Library, LibraryError, ReindexRunningError, store
from index.model import Article, Attribution, Sentence
from index.postings import PostingList
from index.store import reading, schema
from tests.builders import indexed, row, write, write_rows

RAIN, SNOW = "It rained on the bridge. The mayor did not go.", "It snowed on the tower. The mayor went."
REMEDY = "is damaged .*Restore it from the articles: python -m bot reindex --rebuild$"


async def two(library: Library, folders: Folders) -> None:
    """Two articles, indexed."""
    write_rows(folders.seeds / "a.jsonl", row("rain", RAIN, source="Leeds Post"), row("snow", SNOW))
    await library.reindex()


@contextmanager
def rows_of(folders: Folders) -> Iterator[sqlite3.Connection]:
    """The library file as a disk error could change it."""
    with closing(sqlite3.connect(folders.library)) as connection, connection:
        yield connection


def test_lists_are_held_as_far_as_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those not asked for longest go first; the last one stays, whatever it takes."""
    one, large = (PostingList.of(np.arange(size, dtype=np.int32), np.ones(size, int), 1, 7) for size in (10, 100))
    monkeypatch.setattr(reading, "CACHED_BYTES", 3 * one.nbytes)
    cache = reading.ListCache()
    for term in ("rain", "snow", "hail"):
        cache.keep(term, 10, one)
    cache.find("rain")

    cache.keep("wind", 10, one)
    assert [term for term in ("rain", "snow", "hail", "wind") if cache.find(term)] == ["rain", "hail", "wind"]

    cache.keep("fog", 100, large)
    assert [term for term in ("rain", "hail", "wind", "fog") if cache.find(term)] == ["fog"]


# Damage


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE body SET text = replace(text, 'did not', 'did oot')",
        "UPDATE body SET text = CAST(X'ff' || substr(CAST(text AS BLOB), 2) AS TEXT)",
        "UPDATE article SET source = 'Other Post' WHERE id = 'rain'",
        "UPDATE article SET title = 'Rain'",
        "UPDATE article SET published = '2026-02-02'",
        "UPDATE article SET quotable = 0",
        "UPDATE article SET id = 'hail' WHERE id = 'rain'",
        "UPDATE article SET language = 'de'",
        "UPDATE article SET revision = '00'",
        "UPDATE body SET spans = CAST(replace(spans, X'18', X'17') AS BLOB)",
        "UPDATE body SET spans = substr(spans, 1, 12)",
        "UPDATE posting SET list = X'0000000007000000'",
        "UPDATE posting SET list = substr(list, 1, 4) WHERE list != X''",
        "UPDATE OR REPLACE posting SET term = 'rain'",
        "UPDATE posting SET term = 'rbin' WHERE term = 'rain'",
        "UPDATE posting SET key = key + 100 WHERE term = 'rain'",
        "DELETE FROM posting WHERE term = 'rain'",
        "DELETE FROM posting",
        "UPDATE segment SET passages = zeroblob(40)",
        "UPDATE segment SET alive = X'00'",
        "UPDATE segment SET listed = 0",
    ],
)
async def test_a_row_that_is_not_as_written_is_never_quoted(library: Library, folders: Folders, damage: str) -> None:
    """A flipped bit can turn a sentence into its opposite, so nothing is cut from such a row."""
    await two(library, folders)
    with rows_of(folders) as connection:
        changed = connection.execute(damage).rowcount

    with pytest.raises(DamagedLibraryError, match=REMEDY):
        await library.answer("Did it rain on the bridge, and did the mayor go?")

    assert changed > 0


async def test_a_list_that_cannot_be_found_is_damage(library: Library, folders: Folders) -> None:
    """A list is looked for among sorted names; where one stands in another's place, the search goes past what is there."""
    await two(library, folders)
    with rows_of(folders) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'posting_term'").fetchone()
    content = bytearray(folders.library.read_bytes())
    start = (page - 1) * size
    count, pointers = content[start + 4], start + 8  # of the page's cells, two bytes each, in the order of the names
    middle, last = (pointers + 2 * cell for cell in ((count - 1) // 2, count - 1))
    content[middle : middle + 2] = content[last : last + 2]
    folders.library.write_bytes(content)

    with pytest.raises(DamagedLibraryError, match="the posting lists beside a missing one do not follow each other"):
        await library.answer("Did it rain?")


async def test_a_schema_that_cannot_be_read_is_damage(library: Library, folders: Folders) -> None:
    """SQLite says which word it does not understand, and that need not be text."""
    await two(library, folders)
    with rows_of(folders) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = folders.library.read_bytes()
    assert b"CREATE INDEX article_id" in content
    folders.library.write_bytes(content.replace(b"CREATE INDEX article_id", b"CREATE \xf2NDEX article_id"))

    for reads in (library.answer("Did it rain?"), library.sources()):
        with pytest.raises(DamagedLibraryError, match=REMEDY):
            await reads


@pytest.mark.parametrize("name", ["versions", "coverage"])
async def test_a_fact_that_is_not_as_written_is_damage(library: Library, folders: Folders, name: str) -> None:
    """What the file says of itself is read before anything else."""
    await two(library, folders)
    with rows_of(folders) as connection:
        connection.execute("UPDATE about SET value = '[1, ' WHERE name = ?", (name,))

    with pytest.raises(DamagedLibraryError, match=REMEDY):
        await library.answer("Did it rain?")


def test_no_two_articles_share_a_revision_because_of_where_one_part_of_them_ends() -> None:
    """The text is digested as it is, right behind what is said of it: nothing may move from one to the other unseen."""
    said, told = Attribution("a", title="T"), '"en"]It rained.'
    articles = [
        Article(said, told, "en"),
        Article(said, told[1:], "en"),
        Article(said, "It rained.", 'en", "en'),
        Article(said, f"en{told}", ""),
        Article(replace(said, title='T", "'), told, "en"),
    ]

    assert len({store.revision(one) for one in articles}) == len(articles)


async def test_damaged_text_is_not_given_out_by_revision(library: Library, folders: Folders) -> None:
    """An article read for its context is checked like one that is quoted."""
    await two(library, folders)
    (first, *_) = await library.sources()
    with rows_of(folders) as connection:
        connection.execute("UPDATE body SET text = replace(text, 'mayor', 'major')")

    with pytest.raises(DamagedLibraryError, match=REMEDY):
        await library.article(first.revision)


async def test_a_removal_does_not_bless_damage(library: Library, folders: Folders) -> None:
    """What a reindex writes anew rests on what it read."""
    await two(library, folders)
    with rows_of(folders) as connection:
        connection.execute("UPDATE segment SET passages = zeroblob(40)")
    write_rows(folders.seeds / "a.jsonl", row("rain", RAIN, source="Leeds Post"))

    with pytest.raises(DamagedLibraryError, match=REMEDY):
        await library.reindex()


async def test_a_rebuild_does_not_take_over_damaged_text(library: Library, folders: Folders) -> None:
    """An article whose file cannot be read is taken from the old library only if it is as it was written."""
    write(folders.seeds / "a.md", RAIN)
    write(folders.seeds / "b.md", SNOW)
    await library.reindex()
    write(folders.seeds / "a.md", "---\ntitle: 'a\n---\n")
    write(folders.seeds / "b.md", "---\ntitle: 'a\n---\n")
    write(folders.seeds / "c.md", SNOW)
    with rows_of(folders) as connection:
        connection.execute("UPDATE body SET text = replace(text, 'did not', 'did oot')")

    report = await library.reindex(rebuild=True)

    assert report.kept == ("b.md",)
    assert [one.article.id for one in await library.sources()] == ["b.md", "c.md"]


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to be read as the head of one" * 100, b"SQLite format 3\0junk"]
)
async def test_a_rebuild_cures_a_file_that_is_no_database(library: Library, folders: Folders, content: bytes) -> None:
    """Also for those who had it open and were refused."""
    await two(library, folders)
    for path in folders.data.glob("library.sqlite3*"):
        path.unlink()
    folders.library.write_bytes(content)

    for attempt in (library.answer("Did it rain?"), library.sources(), library.reindex()):
        with pytest.raises(DamagedLibraryError, match=REMEDY):
            await attempt
    report = await library.reindex(rebuild=True)

    assert report.added == 2
    assert (await library.answer("Did it rain on the bridge?")).quotes[0].text == "It rained on the bridge."


async def test_a_rebuild_cures_torn_pages(library: Library, folders: Folders) -> None:
    """A file whose middle was overwritten is a database by its head alone."""
    for number in range(300):
        write(folders.seeds / f"{number}.txt", f"It rained on bridge {number}. " * 20)
    await library.reindex()
    with rows_of(folders) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with folders.library.open("r+b") as stream:
        stream.seek(8192)
        stream.write(b"\xa5" * 200_000)

    with pytest.raises(DamagedLibraryError, match=REMEDY):
        await library.answer("Did it rain on bridge 7?")
    await library.reindex(rebuild=True)

    assert len(await library.sources()) == 300
    assert (await library.answer("Did it rain on bridge 7?")).quotes


async def test_a_database_of_something_else_is_left_alone(library: Library, folders: Folders) -> None:
    """It might be somebody's."""
    write(folders.seeds / "a.txt", RAIN)
    folders.data.mkdir()
    with rows_of(folders) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    before = folders.library.read_bytes()

    for rebuild in (False, True):
        with pytest.raises(LibraryError, match=r"library\.sqlite3 cannot be used"):
            await library.reindex(rebuild=rebuild)

    assert folders.library.read_bytes()[100:] == before[100:]


# Digests and blobs


def test_a_revision_names_content_and_not_the_file() -> None:
    """Every word and every field counts; where it lies does not."""
    one = indexed(RAIN, source="Leeds Post")

    others = [
        indexed(RAIN.replace("not", "oot"), source="Leeds Post"),
        indexed(RAIN, source="Leeds Pest"),
        indexed(RAIN, source="Leeds Post", url="u"),
        indexed(RAIN, source="Leeds Post", agency="Agencies - Xinhua"),
        indexed(RAIN, source="Leeds Post", sample=True),
        indexed(RAIN, source="Leeds Post", quotable=False),
        indexed(RAIN, source="Leeds Post", language="de"),
    ]

    assert len({one.revision, *(other.revision for other in others)}) == 8
    assert indexed(RAIN, source="Leeds Post", path="other.txt").revision == one.revision


def test_spans_survive_their_bytes() -> None:
    """Both marks, and offsets beyond 65,535."""
    spans = (Sentence(0, 5), Sentence(6, 70_000, partial=True), Sentence(70_001, 2_000_000, quotable=False))

    decoded = schema.DecodedSpans(schema.encoded_spans(spans))

    assert tuple(decoded) == spans
    assert (decoded[-1], decoded[1:], len(decoded)) == (spans[-1], spans[1:], 3)
    with pytest.raises(IndexError):
        decoded[3]
    assert tuple(schema.DecodedSpans(b"")) == ()


# Snapshots and locks


async def test_a_snapshot_does_not_see_what_is_published_meanwhile(library: Library, folders: Folders) -> None:
    """One answer is made of one library."""
    await two(library, folders)
    reader = store.Reader(folders.library)
    with reader.snapshot():
        before = reader.segments().statistics, sorted(reader.lists(["rain", "snow", "hail"]))
        write_rows(folders.seeds / "a.jsonl", row("hail", "It hailed."))
        await library.reindex()
        during = reader.segments().statistics, sorted(reader.lists(["rain", "snow", "hail"]))
    with reader.snapshot():
        after = reader.segments().statistics.passages, sorted(reader.lists(["rain", "snow", "hail"]))
    reader.close()

    assert before == during
    assert after == (1, ["hail"])


async def test_the_lock_is_held_by_one_and_let_go(tmp_path: Path) -> None:
    """Also when its holder fails."""
    path = tmp_path / "reindex.lock"

    async def hold(error: Exception) -> None:
        async with store.reindex_lock(path):
            with pytest.raises(ReindexRunningError):
                await store.reindex_lock(path).__aenter__()
            raise error

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            await hold(ZeroDivisionError())


async def test_a_copy_is_a_whole_library(library: Library, folders: Folders, tmp_path: Path) -> None:
    """A backup can be put in the place of the original."""
    await two(library, folders)
    copy = Folders(folders.seeds, tmp_path / "copy")
    copy.make_data()

    await library.copy(copy.library)

    reader = store.Reader(copy.library)
    with reader.snapshot():
        assert reader.coverage().articles == 2
        assert sorted(one.article.text for one in reader.articles([1, 2]).values()) == [RAIN, SNOW]
    reader.close()


@pytest.mark.parametrize("path", [".", "missing/library.sqlite3"])
async def test_a_file_that_cannot_be_opened_leaves_no_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """One that still had to say something once the loop is closed would die with a traceback; here it takes its time."""
    stop = aiosqlite.Connection.stop

    def stop_late(connection: aiosqlite.Connection) -> asyncio.Future[None] | None:
        connection._tx.put_nowait((None, lambda: sleep(0.1)))
        return stop(connection)

    monkeypatch.setattr(aiosqlite.Connection, "stop", stop_late)
    before = set(threading.enumerate())
    for manager in (store.opened(tmp_path / path), store.reindex_lock(tmp_path / path)):
        with pytest.raises(LibraryError, match=r"unable to open"):
            async with manager:
                pass

    assert [one.name for one in set(threading.enumerate()) - before if "_connection_worker" in one.name] == []


def test_an_attribution_s_columns_are_its_fields() -> None:
    """In their order, since it is made of a row as it comes."""
    assert schema.ATTRIBUTION.split(", ") == [field.name for field in fields(Attribution)]
