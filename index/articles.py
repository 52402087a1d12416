"""A file → its articles, or a fault that says file, line, why and remedy. Opens files; knows no list and no SQL.

Each reader is a generator of :class:`Article` and :class:`Fault`, in the file's order; it never raises for what a file holds.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import charset_normalizer
import regex
import yaml
from markdown_it import MarkdownIt

from index import analyzer
from index.model import Article, Attribution, Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import BufferedReader

LARGEST_TEXT_BYTES = 2_000_000
LARGEST_FILE_BYTES = 10_000_000
LARGEST_LINE_BYTES = 16_000_000  # 2 MB of text is at most 12 MB once JSON has escaped all of it

_SKIPPED = {"readme.md"}
_PAGES = (".html", ".htm")
_BESIDE = ("_files", ".files", "-Dateien", "_archivos", "_fichiers")  # as browsers call them, in their languages
_HEADLINE_CHARACTERS = 200
_UPDATED = regex.compile(
    r"(?:Updated|Published|Posted)\s*:\s*(\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?)\s*", regex.I
)
_AGENCY = regex.compile(r"Agenc(?:y|ies)\s*[-–—:]\s*\S.{0,80}", regex.I)
_FENCE = regex.compile(r"\A---[ \t]*\n(.*?)(?:\A|(?<=\n))(?:---|\.\.\.)[ \t]*(?:\n|\Z)", regex.S)
_ENDS_SENTENCE = regex.compile(r"""\p{Sentence_Terminal}[\p{Pf}\p{Pe}"']*\Z""")
_TEXT_CONTROLS = b"\t\n\r\f\v\x1b"
_GIVEN = ("title", "source", "author", "url", "published", "language")


Place = tuple[str, str]
"""Where a file is: its folder and its path below it."""

State = tuple[str, str, int, int]
"""A file from outside: its place, its size and its mtime in nanoseconds."""


class File(NamedTuple):
    """A file that may hold articles, and the ``location`` to open it at. A tuple, which costs least: a folder has thousands.

    ``path`` is below ``folder``, with forward slashes, and a name's bytes that are not UTF-8 as escapes; ``changed_ns`` is its
    mtime.
    """

    folder: str
    path: str
    size: int
    changed_ns: int
    location: str

    @property
    def place(self) -> Place:
        """What names it."""
        return self[:2]

    @property
    def state(self) -> State:
        """What tells whether it changed."""
        return self[:4]

    @staticmethod
    def at(folder: str, path: str, size: int = -1, changed_ns: int = 0) -> File:
        """The file of a path below a folder, as the operating system gives it."""
        named = path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")
        return File(folder, named.replace(os.sep, "/"), size, changed_ns, f"{folder}{os.sep}{path}")


Found = Article | Fault | None
"""None is a withdrawal, which gives no article and is no fault."""


def is_article_file(name: str) -> bool:
    """Whether a file's name ends in one of the formats, whatever the case of its letters."""
    return Path(name).suffix.lower() in FORMATS


def is_skipped(name: str) -> bool:
    """Whether no file of this name is taken for articles: hidden ones and READMEs."""
    return name.startswith(".") or name.casefold() in _SKIPPED


def files(folder: Path) -> Iterator[File]:
    """Every file below a folder that may hold articles, ordered by path; opens none.

    Hidden ones, READMEs and what a browser saved beside a page are skipped. A folder that cannot be listed is yielded like a
    file, its path ending in a slash, and so is a link to a folder, so that reading them says why they give no article.
    """
    root, closed = str(folder), list[str]()
    for place, folders, names in os.walk(root, onerror=lambda error: closed.append(os.path.relpath(error.filename, root))):
        pages = {name[: -len(suffix)] for name in names for suffix in _PAGES if name.lower().endswith(suffix)}
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _is_beside(name, pages))
        below = "" if place == root else os.path.relpath(place, root) + os.sep
        yield from (File.at(root, below + name) for name in folders if os.path.islink(f"{place}{os.sep}{name}"))  # noqa: PTH114
        yield from (_found(root, below + name) for name in sorted(names) if not is_skipped(name))
    yield from (File.at(root, f"{path}/") for path in closed)


def _found(folder: str, path: str) -> File:
    try:
        stat = os.stat(f"{folder}{os.sep}{path}")  # noqa: PTH116  a Path for each costs half a scan
    except OSError:  # a broken link, or gone since: read() says which
        return File.at(folder, path)
    return File.at(folder, path, stat.st_size, stat.st_mtime_ns)


def _is_beside(folder: str, pages: set[str]) -> bool:
    """Whether a browser made a folder for the images and frames of one of these pages."""
    return any(folder.endswith(end) and folder.removesuffix(end) in pages for end in _BESIDE)


def read(file: File, advanced: Callable[[int], None] = lambda _: None) -> Iterator[tuple[int | None, Found]]:
    """The file's articles and faults, each with its line in a file of many. ``advanced`` is told of the bytes done with."""
    try:
        location = Path(file.location)
        if location.is_fifo():  # opening one would wait for its writer
            yield None, Fault(file.path, None, "it is a pipe, not a file", "Take it out of the folder.")
            return
        if location.is_symlink() and location.is_dir():  # it may lead round in a circle
            yield None, Fault(file.path, None, "it is a link to a folder, which is not followed", "Put the folder itself there.")
            return
        with location.open("rb") as stream:
            yield from _read_open(file, stream, advanced)
    except OSError as error:
        yield None, Fault(file.path, None, f"it cannot be read ({error.strerror})", "Check that it exists and may be read.")


def _read_open(file: File, stream: BufferedReader, advanced: Callable[[int], None]) -> Iterator[tuple[int | None, Found]]:
    suffix = Path(file.path).suffix.lower()
    if suffix == ".jsonl":
        yield from _json_lines(file.path, stream, advanced)
        return
    advanced(file.size)
    if suffix not in _READERS:
        yield None, Fault(file.path, None, f"{suffix} is not a format of articles", f"Use one of {', '.join(FORMATS)}.")
    elif file.size > LARGEST_FILE_BYTES:
        why = f"it has {file.size / 1e6:.0f} MB; a file that is not JSONL may have {LARGEST_FILE_BYTES / 1e6:.0f}"
        yield None, Fault(file.path, None, why, "Split it, or write one article a line as .jsonl.")
    else:
        content = stream.read()
        yield None, _READERS[suffix](file.path, content) if content.strip() else None


# One whole file


def _text_file(path: str, content: bytes) -> Found:
    return _plain(path, content, str)


def _markdown_file(path: str, content: bytes) -> Found:
    return _plain(path, content, _rendered)


def _plain(path: str, content: bytes, rendered: Callable[[str], str]) -> Found:
    text = _decoded(path, content)
    if isinstance(text, Fault):
        return text
    fields, body, fault = _front_matter(path, text)
    if fault is not None:
        return fault
    lines = rendered(body).strip().split("\n")
    if fields is None:
        fields = _newspaper_fields(lines)
    elif _truth(fields.get("withdrawn")):
        return None
    if _AGENCY.fullmatch(lines[-1].strip()):
        fields["agency"] = lines.pop().strip()
    return _article(path, None, path, fields, "\n".join(lines).strip("\n"))


def _html_file(path: str, content: bytes) -> Found:
    from trafilatura import bare_extraction  # noqa: PLC0415  it costs a third of a second, and most folders hold no HTML
    from trafilatura.settings import Document  # noqa: PLC0415

    page = bare_extraction(content, include_comments=False, include_tables=False, with_metadata=True)
    if not isinstance(page, Document) or not page.text:
        return Fault(path, None, "no article text was found in the page", "Save the article itself as .txt or .md.")
    fields = {
        "title": page.title, "source": page.sitename, "author": page.author, "url": page.url, "published": page.date,
        "language": page.language,
    }  # fmt: skip
    return _article(path, None, path, fields, page.text)


_READERS: dict[str, Callable[[str, bytes], Found]] = {
    "": _text_file, ".txt": _text_file, ".text": _text_file, ".md": _markdown_file, ".markdown": _markdown_file,
    **dict.fromkeys(_PAGES, _html_file),
}  # fmt: skip
FORMATS = (*filter(None, _READERS), ".jsonl")


def _decoded(path: str, content: bytes) -> str | Fault:
    has_bom = content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"))
    controls = sum(content.count(bytes([code])) for code in range(32) if code not in _TEXT_CONTROLS)
    if not has_bom and controls > len(content) // 1000:
        return Fault(path, None, "it is binary, not text", f"Use one of {', '.join(FORMATS)}.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = charset_normalizer.from_bytes(content).best()
        if best is None:
            return Fault(path, None, "its encoding is not known", "Save it as UTF-8.")
        text = str(best)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _front_matter(path: str, text: str) -> tuple[dict[str, Any] | None, str, Fault | None]:
    if not regex.match(r"---[ \t]*\n", text):
        return None, text, None
    fence = _FENCE.match(text)
    remedy = "Write key: value lines between two lines of ---, with text that holds a colon in quotation marks."
    if fence is None:
        return None, text, Fault(path, 1, "its front matter is never closed", remedy)
    try:
        fields = yaml.load(fence.group(1), Loader=yaml.BaseLoader)  # noqa: S506  BaseLoader builds nothing but strings
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        return None, text, Fault(path, mark.line + 2 if mark else 1, "its front matter is broken", remedy)
    if not isinstance(fields or {}, dict):
        return None, text, Fault(path, 1, "its front matter has no keys", remedy)
    return dict(fields or {}), text[fence.end() :], None


def _newspaper_fields(lines: list[str]) -> dict[str, Any]:
    """What a newspaper export says of itself, taken off the front of its lines: a headline, then an ``Updated:`` line."""
    fields = {}
    if len(lines) > 1 and _is_headline(lines[0]):
        fields["title"] = lines.pop(0).strip().lstrip("# ")
    if updated := _UPDATED.fullmatch(lines[0]):
        fields["published"] = updated.group(1)
        lines[0] = ""
    return fields


def _is_headline(line: str) -> bool:
    return len(line) <= _HEADLINE_CHARACTERS and not _ENDS_SENTENCE.search(line.strip())


def _rendered(markdown: str) -> str:
    """Markdown's words without its marks: a block a line, headings kept as headings, code and HTML left out."""
    lines = []
    heading = ""
    for token in MarkdownIt("commonmark").parse(markdown):
        if token.type == "heading_open":
            heading = f"{token.markup if token.markup.startswith('#') else '#'} "
        elif token.type == "inline":
            children = (child for child in token.children or () if child.type != "html_inline")
            words = (child.content or " " * (child.type in {"softbreak", "hardbreak"}) for child in children)
            lines.append(heading + "".join(words))
            heading = ""
    return "\n".join(lines)


# One article a line


def _json_lines(path: str, stream: BufferedReader, advanced: Callable[[int], None]) -> Iterator[tuple[int, Found]]:
    number = 0
    while raw := stream.readline(LARGEST_LINE_BYTES):
        number += 1
        if len(raw) == LARGEST_LINE_BYTES and not raw.endswith(b"\n"):
            why = f"the line is over {LARGEST_LINE_BYTES / 1e6:.0f} MB"
            yield number, Fault(path, number, why, "Write one article a line, each of at most 2 MB of text.")
            while raw and not raw.endswith(b"\n"):
                advanced(len(raw))
                raw = stream.readline(LARGEST_LINE_BYTES)
        elif raw.strip(b" \t\r\n\xef\xbb\xbf"):
            yield number, _json_line(path, number, raw)
        advanced(len(raw))


def _json_line(path: str, number: int, raw: bytes) -> Found:
    try:
        row = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Fault(path, number, "the line is not UTF-8", "Save the file as UTF-8.")
    except (ValueError, RecursionError):
        return Fault(path, number, "the line is not JSON", "Write one JSON object a line.")
    if not isinstance(row, dict):
        return Fault(path, number, "the line is no JSON object", 'Write {"id": …, "title": …, "source": …, "text": …}.')
    name, text = row.get("id") or f"{path}:{number}", row.get("text") or ""
    if not isinstance(name, str) or not isinstance(text, str):
        return Fault(path, number, "its id or text is no string", "Put both in quotation marks.")
    return _article(path, number, name, {key: row.get(key) for key in _GIVEN}, text)


# Fields → an article


def _article(path: str, line: int | None, name: str, fields: dict[str, Any], text: str) -> Found:
    given = {key: fields.get(key) or "" for key in (*_GIVEN, "agency")}
    if isinstance(given["author"], list) and all(isinstance(author, str) for author in given["author"]):
        given["author"] = ", ".join(given["author"])
    wrong = next((key for key, value in given.items() if not isinstance(value, str)), None)
    if wrong:
        return Fault(path, line, f"its {wrong} is no text", f"Write {wrong} as one line of text.")
    if fault := _unfit(path, line, text, (name, *given.values())):
        return fault
    code = regex.split("[-_]", given.pop("language").strip().lower())[0]
    language = code if code in analyzer.NAMES else analyzer.language(f"{given['title']}\n{text}")
    quotable = str(fields.get("quote", "")).strip().lower() != "none"
    return Article(Attribution(name, path=path, sample=_truth(fields.get("sample")), quotable=quotable, **given), text, language)


def _unfit(path: str, line: int | None, text: str, strings: tuple[str, ...]) -> Fault | None:
    try:
        "".join(strings).encode()
        size = len(text.encode())
    except UnicodeEncodeError:
        return Fault(path, line, "it holds half of a surrogate pair, which is no character", "Write the character whole.")
    if size > LARGEST_TEXT_BYTES:
        why = f"it has {size / 1e6:.1f} MB of text; an article may have {LARGEST_TEXT_BYTES / 1e6:.0f}"
        return Fault(path, line, why, "Split it into several articles.")
    if not text.strip():
        return Fault(path, line, "it has no text", "Give it its text, or remove it.")
    return None


def _truth(value: object) -> bool:
    return isinstance(value, str) and value.strip().lower() in {"true", "yes", "on"}
