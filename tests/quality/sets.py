"""The question sets beside the project: their questions, their gold, their libraries. Knows no ranker and no measure.

Nothing of a set's text is kept but in the folder that ``VERBATIM_QUALITY`` names (default: below the system's temporary one).
"""

from __future__ import annotations

import gzip
import json
import os
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex

from index import Folders, open_library

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(os.environ.get("SCORE_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
CACHE = Path(os.environ.get("VERBATIM_QUALITY", Path(tempfile.gettempdir()) / "verbatim-quality"))
FOLDS = 5

RANKED = ("realtimeqa", "qed", "selqa", "squad2_dev", "xquad_en", "xquad_de", "xquad_es", "xquad_ar", "xquad_hi", "xquad_zh")
"""The sets that may train; see their README."""

MEASURED = ("wikiqa", "multirc_news", "multihoprag_facts")
"""The sets that only measure."""

_WORD = regex.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a set. ``fold`` is None where no article is its gold."""

    set: str
    id: str
    question: str
    day: date | None
    answers: tuple[str, ...]
    evidence: tuple[str, ...]
    articles: frozenset[str]
    answerable: bool
    fold: int

    @property
    def is_measured(self) -> bool:
        """Whether the scorer counts its first quote."""
        return self.answerable and bool(self.evidence or (self.answers and not self.set.startswith("realtimeqa")))

    def is_hit(self, text: str, article: str) -> bool:
        """Whether a sentence answers, as ../shared/tools/score.py judges it."""
        words = f" {normalised(text)} "
        is_gold = article in self.articles
        if is_gold and any(f" {one} " in words or (len(words) > 12 and words in f" {one} ") for one in self.evidence):
            return True
        return (is_gold or self.set.startswith("realtimeqa")) and any(f" {one} " in words for one in self.answers)


def questions(name: str) -> list[Asked]:
    """A set's questions; folds go by the title of the first gold article, over all sets alike."""
    titles = {row["id"]: row["title"] for row in lines(DATA / name / "articles.jsonl.gz")}
    return [_asked(name, row, titles) for row in lines(DATA / name / "questions.jsonl.gz")]


def _asked(name: str, row: dict[str, Any], titles: dict[str, str]) -> Asked:
    articles = row["article_ids"] or [row.get("about_article_id") or ""]
    return Asked(
        name,
        row["id"],
        row["question"],
        date.fromisoformat(row["date"]) if row.get("date") else None,
        tuple(filter(None, map(normalised, row.get("answers") or []))),
        tuple(filter(None, map(normalised, row.get("evidence") or []))),
        frozenset(row["article_ids"]),
        bool(row.get("answerable")),
        fold(titles.get(articles[0]) or row["question"]),
    )


def fold(title: str) -> int:
    """Which fold everything about an article of this title is in."""
    return blake2b(normalised(title).encode(), digest_size=4).digest()[0] % FOLDS


def normalised(text: str) -> str:
    """The words of a text in lower case, as the scorer compares them."""
    return " ".join(_WORD.findall(text.lower()))


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def seeds(name: str) -> Path:
    """A set's articles as a folder that can be indexed, below CACHE."""
    if not (DATA / name).is_dir():
        sys.exit(f"There is no set {name} in {DATA}. Name the folder that holds the sets in SCORE_DATA.")
    articles = CACHE / name / "seeds" / "articles.jsonl"
    articles.parent.mkdir(parents=True, exist_ok=True)
    if not articles.exists():
        articles.write_bytes(gzip.decompress((DATA / name / "articles.jsonl.gz").read_bytes()))
    return articles.parent


async def library(name: str) -> Path:
    """The library file of a set, indexed where it is not up to date."""
    folders = Folders(seeds(name), CACHE / name / "data")
    async with open_library(folders) as opened:
        if await opened.needs_reindex():
            await opened.reindex()
    return folders.library
