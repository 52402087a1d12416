"""Our own questions, over the seeds and over a few dated articles: asked and judged. Knows the library by its face only."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from index import Folders, Status, open_library

if TYPE_CHECKING:
    from index import Answer, Library

OWN = Path(__file__).with_name("own")
SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One question's answer, judged: ``place`` is that of the first quote that answers, from 1; None where none does."""

    question: str
    is_absent: bool
    place: int | None
    status: Status
    confidence: float


async def seeds(folder: Path) -> list[Verdict]:
    """The questions over the articles that ship, with a library made in a folder."""
    return await _verdicts(SEEDS, folder, "seeds.questions.jsonl")


async def broad(folder: Path) -> list[Verdict]:
    """The questions over the articles that ship which ask for whatever there is to say, or politely."""
    return await _verdicts(SEEDS, folder, "broad.questions.jsonl")


async def dated(folder: Path) -> list[Verdict]:
    """The questions over a town's news of several years."""
    return await _written(folder, "dated")


async def forms(folder: Path) -> list[Verdict]:
    """The questions that spell a word otherwise than the articles, or have the short name for the long one."""
    return await _written(folder, "forms")


async def spoken(folder: Path) -> list[Verdict]:
    """The questions what somebody said about something, who did or did not."""
    return await _written(folder, "spoken")


async def called(folder: Path) -> list[Verdict]:
    """The questions what somebody said whom they call by what they are, and the articles mostly by name."""
    return await _written(folder, "called")


async def _written(folder: Path, name: str) -> list[Verdict]:
    articles = folder / "articles"
    articles.mkdir()
    shutil.copy(OWN / f"{name}.articles.jsonl", articles / "articles.jsonl")
    return await _verdicts(articles, folder, f"{name}.questions.jsonl")


def figures(verdicts: list[Verdict]) -> dict[str, float]:
    """The measures that are held: shares, higher is better; ``silence`` is what the library does not claim to answer."""
    answerable = [one for one in verdicts if not one.is_absent]
    absent = [one for one in verdicts if one.is_absent]
    held = {
        "first": sum(one.place == 1 for one in answerable) / len(answerable),
        "first three": sum(one.place is not None for one in answerable) / len(answerable),
        "answered": sum(one.status is Status.ANSWERED for one in answerable) / len(answerable),
    }
    if absent:
        held["silence"] = sum(one.status is not Status.ANSWERED for one in absent) / len(absent)
    return held


async def _verdicts(articles: Path, folder: Path, questions: str) -> list[Verdict]:
    async with open_library(Folders(articles, folder / "data")) as library:
        await library.reindex()
        rows = [json.loads(line) for line in (OWN / questions).read_text(encoding="utf-8").splitlines()]
        return [_judged(row, await _asked(library, row)) for row in rows]


async def _asked(library: Library, row: dict[str, str]) -> Answer:
    day = date.fromisoformat(row["asked_at"]) if "asked_at" in row else None
    return await library.answer(row["question"], asked_at=day, previous=row.get("previous"))


def _judged(row: dict[str, str], answer: Answer) -> Verdict:
    places = (place for place, quote in enumerate(answer.quotes, 1) if "says" in row and row["says"] in quote.text)
    return Verdict(answer.question, "absent" in row, next(places, None), answer.status, answer.confidence)
