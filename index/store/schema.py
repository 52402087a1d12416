"""What the library's file is made of: its tables, its blobs, its versions, and SQLite's errors as sentences."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from struct import Struct
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from index import analyzer, sentences
from index.errors import DamagedLibraryError, LibraryError, NewerLibraryError, OlderLibraryError
from index.model import Article, Attribution, Coverage, IndexedArticle, Sentence
from index.postings import Passages, checksum, list_checksum

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from index.postings import StoredList

VERSION = 8
"""Raised whenever the tables or the blobs change: the library is then rebuilt."""

BUSY_SECONDS = 30

SCHEMA = """
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (
    key INTEGER PRIMARY KEY,
    folder TEXT NOT NULL,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    changed_ns INTEGER NOT NULL,
    settled INTEGER NOT NULL,  -- 0 where it is read again even if it looks unchanged
    UNIQUE (folder, path)
);
CREATE TABLE IF NOT EXISTS segment (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    listed INTEGER NOT NULL DEFAULT 0,
    passages BLOB NOT NULL,
    checksum INTEGER NOT NULL,
    alive BLOB NOT NULL,  -- a bit a passage
    alive_checksum INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS posting (  -- by number, since SQLite fills the pages of such a table whatever the lists' sizes
    key INTEGER PRIMARY KEY,  -- one after the other in the order of a segment's terms
    segment INTEGER NOT NULL REFERENCES segment,
    term TEXT NOT NULL,
    passages INTEGER NOT NULL,  -- how many passages it has, dead ones too
    most INTEGER NOT NULL,
    shortest INTEGER NOT NULL,
    list BLOB NOT NULL,
    checksum INTEGER NOT NULL  -- of all the others
);
CREATE TABLE IF NOT EXISTS article (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    author TEXT NOT NULL,
    url TEXT NOT NULL,
    published TEXT NOT NULL,
    agency TEXT NOT NULL,
    path TEXT NOT NULL,
    sample INTEGER NOT NULL,
    quotable INTEGER NOT NULL,
    language TEXT NOT NULL,
    revision TEXT NOT NULL,
    day INTEGER NOT NULL,
    passages INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS body (  -- apart from article, so that going through all articles reads no text
    article INTEGER PRIMARY KEY REFERENCES article,
    checksum INTEGER NOT NULL,  -- of spans
    spans BLOB NOT NULL,
    text TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS place (  -- apart from article, since a merge or a move changes it
    article INTEGER PRIMARY KEY REFERENCES article,
    segment INTEGER NOT NULL REFERENCES segment,
    file INTEGER NOT NULL REFERENCES file
);
CREATE INDEX IF NOT EXISTS posting_term ON posting (segment, term, passages);
CREATE INDEX IF NOT EXISTS article_id ON article (id);
CREATE INDEX IF NOT EXISTS article_revision ON article (revision);
CREATE INDEX IF NOT EXISTS article_source ON article (source COLLATE NOCASE);
CREATE INDEX IF NOT EXISTS place_segment ON place (segment);
CREATE INDEX IF NOT EXISTS place_file ON place (file);
CREATE VIEW IF NOT EXISTS listed AS
    SELECT article.*, place.segment, file.folder, file.path AS file
    FROM segment
    JOIN place ON place.segment = segment.key
    JOIN article ON article.key = place.article
    JOIN file ON file.key = place.file
    WHERE segment.listed;
COMMIT;
"""
_SPAN = Struct("<III")

LISTS = "SELECT key, segment, term, passages, most, shortest, list, checksum FROM posting"
"""All lists; their keys, segments, terms and numbers of passages come from the index, and the checksum covers them."""

NEXT_LIST = "SELECT coalesce(max(key), 0) + 1 FROM posting"
INSERT_LIST = "INSERT INTO posting VALUES (?, ?, ?, ?, ?, ?, ?, ?)"

_DIGEST_LETTERS = 32
_ENDS = "", "\U0010ffff"  # before and behind all terms

STORED = "key, revision, checksum, spans, language, CAST(coalesce(text, '') AS BLOB)"
"""What of an article and its body is no attribution; its text as the bytes that the digest is over, which saves encoding it.

Damage can make a NULL even of what is NOT NULL; it is bytes, too, which the digest refuses.
"""

ATTRIBUTION = "id, title, source, author, url, published, agency, path, sample, quotable"
"""The fields of an Attribution, in their order."""


def revision(article: Article) -> str:
    """The name of an article's content: a digest over its text, attribution and language, wherever its file lies."""
    return _digest(article.attribution, article.language, article.text.encode())


def _digest(one: Attribution, language: str, text: bytes) -> str:
    """The text stands behind the JSON of all the others as it is, and SHA-256 is what processors have instructions for.

    Together they take a third of the time that BLAKE2 takes over one JSON, and every answer checks some five articles.
    """
    given = one.id, one.title, one.source, one.author, one.url, one.published, one.agency, one.sample, one.quotable, language
    return sha256(json.dumps(given).encode() + text).hexdigest()[:_DIGEST_LETTERS]


def current_versions() -> str:
    """The versions that this code writes: of the schema, the analyzer and the sentence splitter."""
    return json.dumps([VERSION, analyzer.VERSION, sentences.VERSION])


TABLES = "SELECT name FROM sqlite_schema"


def refuse_newer(path: Path, found: str | None) -> None:
    """Raise NewerLibraryError where any of the versions found is above this code's."""
    for there, here in zip(json.loads(found or "[0, 0, 0]"), json.loads(current_versions()), strict=True):
        if there > here:
            raise NewerLibraryError(path, there, here)


def refuse_older(found: str | None) -> None:
    """Raise OlderLibraryError where the tables or the blobs are not made as this code reads them."""
    if json.loads(found or "[0]")[0] < VERSION:
        raise OlderLibraryError


def refuse_foreign(path: Path, tables: Collection[str]) -> None:
    """Raise LibraryError where a file with these tables is somebody else's database."""
    if tables and "about" not in tables:
        raise LibraryError(f"{path} cannot be used (it is a database of something else). Point DATA_DIR at another folder.")


def decoded_attribution(given: Sequence[Any]) -> Attribution:
    """From a row of the columns ATTRIBUTION."""
    *texts, sample, quotable = given
    return Attribution(*(*texts, bool(sample), bool(quotable)))


def decoded_coverage(stored: str | None) -> Coverage:
    """From the fact "coverage"; nothing at all before the first reindex."""
    facts = json.loads(stored or '{"articles": 0, "newest": "", "languages": []}')
    return Coverage(facts["articles"], facts["newest"], tuple(facts["languages"]))


def list_rows(key: int, segment: int, lists: Iterable[StoredList]) -> Iterator[tuple[object, ...]]:
    """The rows of a segment's lists, given in the order of their terms, with keys from ``key`` on.

    An empty list stands before them and another behind them. So whatever term is not there, it is missing between two lists, and
    their keys show that none was ever written between them: the thought of DNSSEC's NSEC records (RFC 4034).
    """
    first, last = ((end, 0, 0, 0, b"") for end in _ENDS)
    for number, one in enumerate(chain([first], lists, [last]), key):
        row = number, segment, *one
        yield *row, list_checksum(*row)


def bits(blob: bytes, count: int) -> NDArray[np.bool_]:
    """A bit a passage, as numpy.packbits wrote them."""
    return np.unpackbits(np.frombuffer(blob, np.uint8), count=count).astype(bool)


def encoded_spans(spans: Sequence[Sentence]) -> bytes:
    """Sentences as start, end and marks (1 partial, 2 quotable), four bytes each."""
    return b"".join(_SPAN.pack(one.start, one.end, one.partial + 2 * one.quotable) for one in spans)


@dataclass(frozen=True, slots=True)
class DecodedSpans(Sequence[Sentence]):
    """The sentences that :func:`encoded_spans` gave, each decoded when asked for: an answer looks at few of an article's."""

    blob: bytes

    def __len__(self) -> int:
        return len(self.blob) // _SPAN.size

    @overload
    def __getitem__(self, place: int) -> Sentence: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Sentence, ...]: ...
    def __getitem__(self, place: int | slice) -> Sentence | tuple[Sentence, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(len(self))[place])
        start, end, marks = _SPAN.unpack_from(self.blob, range(0, len(self.blob), _SPAN.size)[place])
        return Sentence(start, end, bool(marks & 1), bool(marks & 2))


def verified_article(
    path: Path, key: int, name: str, check: int, spans: bytes, language: str, text: bytes, *given: str | int
) -> IndexedArticle:
    """From a row of key, revision, checksum, spans, language, text as bytes and ATTRIBUTION, held against both its digests.

    Raises:
        DamagedLibraryError: it is not what was written.
    """
    attribution = decoded_attribution(given)
    verify(path, checksum(spans) == check, f"the sentences of {attribution.id} do not match their checksum")
    verify(path, _digest(attribution, language, text) == name, f"{attribution.id} does not match its digest")
    return IndexedArticle(key, Article(attribution, text.decode(), language), DecodedSpans(spans), name)


def verified_segment(path: Path, blob: bytes, check: int, alive: bytes, alive_check: int) -> tuple[Passages, NDArray[np.bool_]]:
    """A segment's passages and which of them are alive, held against their checksums.

    Raises:
        DamagedLibraryError: they are not what was written.
    """
    verify(path, checksum(blob) == check and checksum(alive) == alive_check, "a segment's checksum does not match")
    passages = Passages.decoded(blob)
    return passages, bits(alive, len(passages))


def verify(path: Path, holds: bool, why: str) -> None:  # noqa: FBT001  the claim itself
    """Raise DamagedLibraryError where a claim about the file does not hold."""
    if not holds:
        raise DamagedLibraryError(path, why)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """SQLite's errors as sentences with a remedy."""
    try:
        yield
    except (json.JSONDecodeError, UnicodeDecodeError) as error:  # the second where SQLite's message itself is no UTF-8
        raise DamagedLibraryError(path, "what it says of itself cannot be read") from error
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            raise DamagedLibraryError(path, str(error)) from error
        remedy = _REMEDIES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "Check the folder and the disk, then try again")
        raise LibraryError(f"{path} cannot be used ({error}). {remedy}.") from error


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether SQLite says that the file is not what it wrote, or lacks a table; the statements themselves are right."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # it is Python's own error, which finds that a text is no UTF-8
        return isinstance(error, sqlite3.OperationalError)
    return code & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}


_REMEDIES = {
    sqlite3.SQLITE_BUSY: "Another process holds it; try again in a moment",
    sqlite3.SQLITE_FULL: "The disk is full; free some space, then try again",
    sqlite3.SQLITE_READONLY: "Make the file and its folder writable",
    sqlite3.SQLITE_CANTOPEN: "Make sure that its folder exists and may be written",
    sqlite3.SQLITE_PERM: "Make the file and its folder writable",
}
