"""Files that admins add are looked at first, and nothing in them chooses where they go."""

import asyncio
from pathlib import Path

import pytest

from bot.additions import Additions
from index import is_article_file

MARKDOWN = b"---\nsource: Example Times\npublished: 2026-02-02\n---\nThe bid was denied. A judge said so.\n"


async def test_a_file_waits_until_it_is_accepted(tmp_path: Path) -> None:
    """Out of a reindex' sight, then in its place, once."""
    additions = Additions(tmp_path)
    addition = await additions.prepare("Court news.md", 7, MARKDOWN)

    assert addition.name == "Court-news.md"
    assert addition.articles[0].article.source == "Example Times"
    assert addition.articles[0].sentences == 2
    assert not (tmp_path / "added" / "Court-news.md").exists()

    assert await additions.accept(7)
    assert (tmp_path / "added" / "Court-news.md").read_bytes() == MARKDOWN
    assert not await additions.accept(7)
    assert (await additions.prepare("Court news.md", 8, MARKDOWN)).replaces


async def test_two_clicks_at_once_accept_a_file_once(tmp_path: Path) -> None:
    """The slower one is told that it is gone."""
    additions = Additions(tmp_path)
    await additions.prepare("a.txt", 7, b"The bid was denied.")

    assert sorted(await asyncio.gather(*(additions.accept(7) for _ in range(9)))) == [False] * 8 + [True]
    assert [file.name for file in (tmp_path / "added").glob("*.txt")] == ["a.txt"]


async def test_a_file_that_is_cancelled_is_forgotten(tmp_path: Path) -> None:
    """Nothing of it is left."""
    additions = Additions(tmp_path)
    await additions.prepare("a.txt", 7, b"The bid was denied.")
    await additions.cancel(7)
    await additions.cancel(7)

    assert not await additions.accept(7)
    assert not list((tmp_path / "added").rglob("*.txt"))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "/etc/x.txt", "a\\b.txt", "\x00.txt", "..txt", "漢.txt", "CON.txt", "a" * 300 + ".txt"]
)
async def test_a_name_cannot_leave_the_folder(tmp_path: Path, name: str) -> None:
    """Whatever it is."""
    addition = await Additions(tmp_path).prepare(name, 7, b"The bid was denied.")

    assert await Additions(tmp_path).accept(7)
    assert [file.name for file in (tmp_path / "added").glob("*.txt")] == [addition.name]
    assert len(addition.name) < 60


@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", b"\x00\x01\x02" * 99), ("a.jsonl", b"[]\n"), ("a.md", b"---\na: [\n---\nb")]
)
async def test_a_file_that_lies_about_its_type_is_a_fault(tmp_path: Path, name: str, content: bytes) -> None:
    """Said with its own name, and with the remedy."""
    addition = await Additions(tmp_path).prepare(name, 7, content)

    assert addition.articles == ()
    assert addition.faults[0].path == name
    assert addition.faults[0].remedy


async def test_a_name_that_a_reindex_skips_is_a_fault(tmp_path: Path) -> None:
    """Else it would be added, and never be found."""
    addition = await Additions(tmp_path).prepare("ReadMe.md", 7, b"Bees are back.")

    assert addition.articles == ()
    assert str(addition.faults[0]) == "ReadMe.md: a file of this name is never read. Give it another name."


def test_only_formats_of_articles_are_accepted() -> None:
    """By the end of their name."""
    names = ("a.txt", "a.text", "a.MD", "a.markdown", "a.html", "a.HTM", "a.jsonl")

    assert all(is_article_file(name) for name in names)
    assert not any(is_article_file(name) for name in ("a.pdf", "a", ".txt"))
