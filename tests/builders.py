"""What tests are built from: files of articles, values with defaults, a library with a history. No logic of its own."""

import json
import os
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from index import Attribution, Folders
from index.model import Article, Hit, IndexedArticle
from index.sentences import sentences
from index.store import revision

_OLD = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
_seconds = count()


def folders(root: Path) -> Folders:
    """An empty folder of seeds, and where the library will be."""
    made = Folders(seeds=root / "seeds", data=root / "data")
    made.seeds.mkdir(parents=True)
    return made


def write(path: Path, content: str | bytes) -> Path:
    """Write a file, with a time of change in the past that no other file has."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    os.utime(path, (_OLD, _OLD + next(_seconds)))
    return path


def row(name: str, text: str, **given: object) -> dict[str, object]:
    """An article as a JSONL object."""
    return {"id": name, "title": "", "source": "Test Gazette", "text": text, **given}


def write_rows(path: Path, *rows: object) -> Path:
    """Write objects as JSONL."""
    return write(path, "".join(f"{json.dumps(one)}\n" for one in rows))


def indexed(text: str, *, key: int = 1, language: str = "en", **attribution: object) -> IndexedArticle:
    """An article as a library would give it."""
    article = Article(Attribution(**{"id": "one", **attribution}), text, language)  # type: ignore[arg-type]
    return IndexedArticle(key, article, sentences(text, language), revision(article))


def hit(article: IndexedArticle, score: float = 1.0) -> Hit:
    """The whole of an article, found."""
    return Hit(article, 0, len(article.sentences), score)
