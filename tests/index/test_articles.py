"""A file of every kind gives its articles, or a fault that says where, why and what to do."""

import json
import os
from pathlib import Path

import pytest

from index import Fault, articles
from index.articles import File
from index.model import Article
from tests.builders import row, write, write_rows

NEWSPAPER = """Council approves the bridge
Updated: 2026-02-02 09:54
LEEDS — The council approved the bridge on Monday.
Work starts in May.
Agencies - Xinhua


"""
GERMAN = (
    "Der Bürgermeister eröffnete am Montag die Brücke über die Lahn. Die Straße war zwei Jahre lang gesperrt gewesen. "
    "Größere Schäden fanden die Prüfer nicht. Für die Anwohner ändert sich wenig, außer dass es früher laut wird. "
    "Die Kosten übernehmen das Land und die Stadt zu gleichen Teilen. Über den Träger wird später entschieden."
)
RUSSIAN = (
    "Мэр города открыл в понедельник новый мост через реку. Строительство продолжалось более двух лет. "
    "Жители района давно ждали этого события. По словам инженеров, мост простоит не менее ста лет. "
    "Расходы поровну разделили город и область. О названии моста будет решено позднее."
)


def read(path: Path) -> list[Article | Fault | None]:
    """What the file at a path gives."""
    (file,) = articles.files(path.parent)
    return [found for _, found in articles.read(file)]


def read_article(path: Path) -> Article:
    """The one article of a file."""
    (found,) = read(path)
    assert isinstance(found, Article), found
    return found


def read_fault(path: Path) -> Fault:
    """The one fault of a file."""
    (found,) = read(path)
    assert isinstance(found, Fault), found
    return found


# Plain text


def test_a_newspaper_export_gives_headline_date_agency_and_paragraphs(tmp_path: Path) -> None:
    """The lines around the text are taken off it, and the agency is not the publisher."""
    article = read_article(write(tmp_path / "bridge.txt", NEWSPAPER))

    assert article.text == "LEEDS — The council approved the bridge on Monday.\nWork starts in May."
    given = article.attribution
    assert (given.title, given.published, given.agency) == (
        "Council approves the bridge",
        "2026-02-02 09:54",
        "Agencies - Xinhua",
    )
    assert (given.id, given.path, given.source) == ("bridge.txt", "bridge.txt", "")


def test_plain_text_without_a_headline_is_text_from_its_first_line(tmp_path: Path) -> None:
    """A first line that ends like a sentence is no headline."""
    article = read_article(write(tmp_path / "a.txt", "It rained on Monday.\nIt snowed on Tuesday.\n"))

    assert (article.attribution.title, article.text) == ("", "It rained on Monday.\nIt snowed on Tuesday.")


def test_one_line_of_plain_text_is_the_text(tmp_path: Path) -> None:
    """A headline needs a text below it."""
    article = read_article(write(tmp_path / "a.txt", "Rain on Monday"))

    assert (article.attribution.title, article.text) == ("", "Rain on Monday")


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_line_ends_of_text_files_are_normalised(tmp_path: Path, ending: str) -> None:
    """Windows' and old Macintosh's line ends become line feeds."""
    article = read_article(write(tmp_path / "a.txt", NEWSPAPER.replace("\n", ending)))

    assert article.text == "LEEDS — The council approved the bridge on Monday.\nWork starts in May."
    assert article.attribution.published == "2026-02-02 09:54"


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_german_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    """Umlauts survive whatever they were saved as; little-endian UTF-16 starts with its mark."""
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    article = read_article(write(tmp_path / "a.txt", mark + GERMAN.encode(encoding)))

    assert (article.text, article.language) == (GERMAN, "de")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-r"])
def test_russian_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    """Cyrillic of before UTF-8 is recognised."""
    article = read_article(write(tmp_path / "a.txt", RUSSIAN.encode(encoding)))

    assert (article.text, article.language) == (RUSSIAN, "ru")


def test_a_binary_file_is_a_fault_with_its_formats(tmp_path: Path) -> None:
    """Bytes that are no text are not guessed at."""
    fault = read_fault(write(tmp_path / "a.txt", bytes(range(256)) * 40))

    assert str(fault) == "a.txt: it is binary, not text. Use one of .txt, .text, .md, .markdown, .html, .htm, .jsonl."


def test_a_file_of_nuls_is_a_fault(tmp_path: Path) -> None:
    """What a crashed editor leaves behind holds no text."""
    fault = read_fault(write(tmp_path / "a.md", "\0" * 500))

    assert "binary" in fault.why


# Front matter


def test_front_matter_gives_every_field(tmp_path: Path) -> None:
    """All keys that an author can write arrive as they were written."""
    content = """---
title: "Bridge: approved"
source: Leeds Post
author: [Ann Lee, Bo Ray]
url: https://example.org/bridge
published: 2026-02-02
language: de
quote: none
sample: true
---
The bridge was approved.
"""
    article = read_article(write(tmp_path / "a.md", content))

    one = article.attribution
    assert (one.title, one.source, one.author) == ("Bridge: approved", "Leeds Post", "Ann Lee, Bo Ray")
    assert (one.url, one.published, article.language) == ("https://example.org/bridge", "2026-02-02", "de")
    assert (one.quotable, one.sample, article.text) == (False, True, "The bridge was approved.")


def test_front_matter_works_in_plain_text(tmp_path: Path) -> None:
    """A text file may say whose it is, and its first line is then no headline."""
    article = read_article(write(tmp_path / "a.txt", "---\nsource: Leeds Post\n---\nFirst line\nIt rained.\n"))

    assert (article.attribution.source, article.attribution.title) == ("Leeds Post", "")
    assert article.text == "First line\nIt rained."


def test_what_is_not_given_is_empty(tmp_path: Path) -> None:
    """An empty key is the same as no key."""
    article = read_article(write(tmp_path / "a.md", "---\ntitle:\nurl: ''\n---\nIt rained.\n"))

    assert (article.attribution.title, article.attribution.url, article.attribution.published) == ("", "", "")


@pytest.mark.parametrize(
    ("front", "line", "why"),
    [
        ("---\ntitle: a\nIt rained.", 1, "its front matter is never closed"),
        ("---\ntitle: a: b\n---\nIt rained.", 2, "its front matter is broken"),
        ("---\n- a\n- b\n---\nIt rained.", 1, "its front matter has no keys"),
        ("---\ntitle: a\x01\n---\nIt rained." + " So." * 400, 1, "its front matter is broken"),
        ("---\ntitle: " + "[" * 5000 + "\n---\nIt rained.", 1, "its front matter is broken"),
        ("---\nsource: {a: b}\n---\nIt rained.", None, "its source is no text"),
    ],
)  # fmt: skip
def test_front_matter_that_is_wrong_says_where(tmp_path: Path, front: str, line: int | None, why: str) -> None:
    """A slip in the front matter costs this article only, and names its line."""
    fault = read_fault(write(tmp_path / "a.md", front))

    assert (fault.why, fault.line) == (why, line)
    assert fault.remedy


def test_front_matter_builds_no_objects(tmp_path: Path) -> None:
    """A tag that would run code in a careless reader is read as text."""
    article = read_article(write(tmp_path / "a.md", "---\ntitle: !!python/name:os.getcwd x\n---\nIt rained.\n"))

    assert article.attribution.title == "x"


@pytest.mark.parametrize("value", ["true", "True", "yes", "on"])
def test_withdrawn_is_no_fault(tmp_path: Path, value: str) -> None:
    """A withdrawal gives nothing, and is not complained of."""
    found = read(write(tmp_path / "a.md", f"---\nwithdrawn: {value}\n---\nIt rained.\n"))

    assert found == [None]


@pytest.mark.parametrize("content", ["", " \n\t\r\n"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_an_empty_file_is_a_withdrawal(tmp_path: Path, name: str, content: str) -> None:
    """Emptying a file withdraws its article."""
    assert read(write(tmp_path / name, content)) == [None]


def test_front_matter_without_a_text_is_a_fault(tmp_path: Path) -> None:
    """An article with fields and no words was cut off."""
    fault = read_fault(write(tmp_path / "a.md", "---\ntitle: Rain\n---\n"))

    assert fault.why == "it has no text"


# Markdown


def test_markdown_keeps_words_and_headings_and_drops_marks(tmp_path: Path) -> None:
    """Emphasis, links, lists, code and HTML are the page's, not the author's sentence."""
    content = """# Rain

It **rained** on [Monday](https://example.org), *all* day
long.

- A <b>first</b> point.
- A second.

Weather
-------

    code = 1

<div>Not a word</div>
"""
    article = read_article(write(tmp_path / "a.md", content))

    assert article.attribution.title == "Rain"
    assert article.text == "It rained on Monday, all day long.\nA first point.\nA second.\n# Weather"


# HTML


PAGE = """<html lang="en"><head><title>Bridge approved</title>
<meta property="og:site_name" content="Leeds Post"><meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2026-02-02T09:54:00Z">
<link rel="canonical" href="https://example.org/bridge"></head>
<body><nav>Home News Sport</nav><article><h1>Bridge approved</h1>
<p>The council of the city approved the new bridge over the river on Monday evening after a long debate in the town hall.</p>
<p>Engineers expect the work to take two years, and traffic will be led through the northern suburbs for all of that time.</p>
<p>The money comes from the state, which set aside forty million for crossings of the river three years ago, said the mayor.</p>
</article><footer>Copyright</footer></body></html>"""


def test_a_saved_page_gives_its_article(tmp_path: Path) -> None:
    """Body, title, site, author, link and date come from the page; menus do not."""
    article = read_article(write(tmp_path / "a.html", PAGE))

    one = article.attribution
    assert (one.title, one.source, one.author) == ("Bridge approved", "Leeds Post", "Ann Lee")
    assert (one.url, one.published, article.language) == ("https://example.org/bridge", "2026-02-02", "en")
    assert "The council of the city approved" in article.text
    assert "Home News Sport" not in article.text


@pytest.mark.parametrize("content", ["<html><body></body></html>", "<", "<html>" + "<div>" * 3000, b"\xff\xfe\x00\xd8" * 50])
def test_a_page_without_an_article_is_a_fault(tmp_path: Path, content: str | bytes) -> None:
    """Whatever the page holds, reading it ends in a sentence."""
    fault = read_fault(write(tmp_path / "a.html", content))

    assert fault.why == "no article text was found in the page"


# JSONL


def test_jsonl_comes_back_as_given(tmp_path: Path) -> None:
    """Nothing in a JSONL article is changed: no line end, no space, no control character."""
    text = " It rained.\r\nIt snowed.\rIt\x00hailed. 𝔘𝔫𝔦 e\u0301\u200f \n"
    given = row("x/1", text, title=" Rain\r\n", source="S\t", author="A", url="u", published="soon", language="de-AT")

    article = read_article(write_rows(tmp_path / "a.jsonl", given))
    one = article.attribution

    assert article.text == text
    assert (one.id, one.title, one.source, one.author) == ("x/1", " Rain\r\n", "S\t", "A")
    assert (one.url, one.published, article.language) == ("u", "soon", "de")


def test_jsonl_ignores_other_keys_and_empty_values(tmp_path: Path) -> None:
    """A row may hold more than an article, and null or "" is not given."""
    given = {"id": "x", "text": "It rained.", "title": None, "author": "", "section": {"a": 1}}

    article = read_article(write_rows(tmp_path / "a.jsonl", given))

    assert (article.attribution.title, article.attribution.author) == ("", "")


def test_a_jsonl_article_without_an_id_is_named_by_its_line(tmp_path: Path) -> None:
    """The path with the line is an id, too."""
    found = read(write_rows(tmp_path / "a.jsonl", {"text": "It rained."}, {"id": "", "text": "It snowed."}))

    assert [one.attribution.id for one in found if isinstance(one, Article)] == ["a.jsonl:1", "a.jsonl:2"]


def test_jsonl_may_start_with_a_byte_order_mark_and_hold_blank_lines(tmp_path: Path) -> None:
    """What Windows writes is read."""
    content = b"\xef\xbb\xbf" + json.dumps(row("x", "It rained.")).encode() + b"\r\n\r\n  \n"

    article = read_article(write(tmp_path / "a.jsonl", content))

    assert (article.attribution.id, article.text) == ("x", "It rained.")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"not json", "the line is not JSON"),
        (b'{"id": "x", "text": "It rained."', "the line is not JSON"),
        (b"[" * 100_000, "the line is not JSON"),
        (b"1" * 5_000, "the line is not JSON"),
        (b"[1, 2]", "the line is no JSON object"),
        (b"null", "the line is no JSON object"),
        ('{"text": "Straße"}'.encode("latin-1"), "the line is not UTF-8"),
        (b'{"id": 7, "text": "It rained."}', "its id or text is no string"),
        (b'{"id": "x", "text": ["It rained."]}', "its id or text is no string"),
        (b'{"id": "x", "text": " \\n"}', "it has no text"),
        (b'{"id": "x"}', "it has no text"),
        (b'{"id": "x", "text": "It rained.", "published": 2026}', "its published is no text"),
        (b'{"id": "x", "text": "It \\ud83d rained."}', "it holds half of a surrogate pair, which is no character"),
        (b'{"id": "x", "text": "It rained.", "title": "\\udc00"}', "it holds half of a surrogate pair, which is no character"),
        (b'{"id": "x\\ud800", "text": "It rained."}', "it holds half of a surrogate pair, which is no character"),
    ],
)
def test_a_bad_line_names_itself_and_the_rest_is_read(tmp_path: Path, line: bytes, why: str) -> None:
    """One bad line costs one article."""
    good = json.dumps(row("good", "It rained.")).encode()

    (file,) = articles.files(write(tmp_path / "a.jsonl", b"\n".join([good, line, good])).parent)
    (_, first), (number, fault), (_, last) = articles.read(file)

    assert isinstance(fault, Fault)
    assert (fault.why, fault.line, number) == (why, 2, 2)
    assert isinstance(first, Article)
    assert isinstance(last, Article)


def test_a_line_of_twenty_megabytes_is_a_fault_and_the_next_is_read(tmp_path: Path) -> None:
    """A line that could fill the memory is passed over, and counted as done."""
    long, good = json.dumps(row("long", "x" * 20_000_000)), json.dumps(row("good", "It rained."))
    done: list[int] = []

    (file,) = articles.files(write(tmp_path / "a.jsonl", f"{long}\n{good}\n").parent)
    (_, fault), (number, article) = articles.read(file, done.append)

    assert isinstance(fault, Fault)
    assert str(fault) == "a.jsonl, line 1: the line is over 16 MB. Write one article a line, each of at most 2 MB of text."
    assert isinstance(article, Article)
    assert (number, sum(done)) == (2, file.size)


def test_over_two_megabytes_of_text_in_one_article_is_a_fault(tmp_path: Path) -> None:
    """A whole book is not an article."""
    fault = read_fault(write_rows(tmp_path / "a.jsonl", row("x", "é" * 1_100_000)))

    assert str(fault) == "a.jsonl, line 1: it has 2.2 MB of text; an article may have 2. Split it into several articles."


# Files and folders


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_a_file_of_fifty_megabytes_is_refused_unread(tmp_path: Path, name: str) -> None:
    """Its size alone decides."""
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.truncate(50_000_000)

    fault = read_fault(path)

    assert str(fault) == (
        f"{name}: it has 50 MB; a file that is not JSONL may have 10. Split it, or write one article a line as .jsonl."
    )


def test_an_unknown_format_is_a_fault(tmp_path: Path) -> None:
    """A picture among the articles is named, not guessed at."""
    fault = read_fault(write(tmp_path / "a.jpeg", b"\xff\xd8"))

    assert str(fault) == "a.jpeg: .jpeg is not a format of articles. Use one of .txt, .text, .md, .markdown, .html, .htm, .jsonl."


def test_a_file_that_is_gone_is_a_fault(tmp_path: Path) -> None:
    """A file can vanish between the listing and the reading."""
    path = write(tmp_path / "a.txt", "It rained.")
    (file,) = articles.files(tmp_path)
    path.unlink()

    ((_, fault),) = articles.read(file)

    assert str(fault) == "a.txt: it cannot be read (No such file or directory). Check that it exists and may be read."


def test_a_link_to_a_folder_is_a_fault(tmp_path: Path) -> None:
    """It is not followed, since it may lead round in a circle, and that is said."""
    write(tmp_path / "elsewhere" / "a.txt", "It rained.")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "more").symlink_to(tmp_path / "elsewhere")

    (file,) = articles.files(tmp_path / "seeds")
    ((_, fault),) = articles.read(file)

    assert str(fault) == "more: it is a link to a folder, which is not followed. Put the folder itself there."


@pytest.mark.parametrize("page", ["page.html", "page.HTM"])
@pytest.mark.parametrize("beside", ["page_files", "page.files", "page-Dateien", "page_archivos", "page_fichiers"])
def test_what_a_browser_saved_beside_a_page_is_skipped(tmp_path: Path, page: str, beside: str) -> None:
    """Its frames are no articles; a folder that is only called like that may hold some."""
    for name in (page, f"{beside}/frame.html", f"{beside}/style.css", "other_files/a.txt"):
        write(tmp_path / name, "It rained.")

    assert [file.path for file in articles.files(tmp_path)] == [page, "other_files/a.txt"]


def test_a_broken_link_is_a_fault(tmp_path: Path) -> None:
    """A link to nothing is named like a file."""
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")

    assert "cannot be read" in read_fault(tmp_path / "a.txt").why


def test_a_named_pipe_is_a_fault_and_does_not_block(tmp_path: Path) -> None:
    """Opening a pipe would wait for a writer for ever."""
    os.mkfifo(tmp_path / "a.txt")

    assert read_fault(tmp_path / "a.txt").why == "it is a pipe, not a file"


def test_a_name_that_is_not_utf_8_is_read(tmp_path: Path) -> None:
    """An archive from an old Windows holds such names; the article's id shows their bytes."""
    name = b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    article = read_article(write(tmp_path / name, "It rained."))

    assert (article.attribution.id, article.text) == ("caf\\xe9.txt", "It rained.")


def test_files_come_by_path_without_hidden_ones_and_readmes(tmp_path: Path) -> None:
    """Subfolders are searched; what is hidden or speaks to authors is not an article."""
    for name in ("b.txt", "a/z.txt", "a/README.md", ".git/x.txt", ".hidden.txt", "readme.MD", "c/d/e.jsonl"):
        write(tmp_path / name, "It rained.")

    found = list(articles.files(tmp_path))

    assert [one.path for one in found] == ["b.txt", "a/z.txt", "c/d/e.jsonl"]
    assert {one.size for one in found} == {len("It rained.")}


def test_a_folder_that_cannot_be_listed_is_a_fault(tmp_path: Path) -> None:
    """It is yielded like a file, so that reading it says why."""
    closed = File.at(str(tmp_path), "closed/")

    ((_, fault),) = articles.read(closed)

    assert isinstance(fault, Fault)
    assert fault.path == "closed/"


# Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The bridge was closed for two years and it is open again.", "en"),
        ("Die Brücke war zwei Jahre lang gesperrt und ist wieder offen.", "de"),
        ("市议会周一批准了新桥的建设。", "zh"),
        ("市議会は月曜日に新しい橋の建設を承認しました。", "ja"),
        ("أعلنت الحكومة عن خطة جديدة.", "ar"),
        ("הממשלה הודיעה על תוכנית חדשה.", "he"),
    ],
)
def test_the_language_is_detected_where_it_is_not_given(tmp_path: Path, text: str, language: str) -> None:
    """By script, else by stop words."""
    assert read_article(write_rows(tmp_path / "a.jsonl", row("x", text))).language == language


def test_an_unknown_language_code_is_replaced_by_the_detected_one(tmp_path: Path) -> None:
    """A code that nobody knows says nothing."""
    given = row("x", "Die Brücke war zwei Jahre lang gesperrt und ist wieder offen.", language="xx-klingon")

    assert read_article(write_rows(tmp_path / "a.jsonl", given)).language == "de"
