"""Answers, reports and batches of questions as JSON lines, for scripts. Knows no terminal and no Discord.

Keys and their meaning are a contract with scripts outside: the README's section on commands lists them.
"""

import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import asdict, fields
from datetime import date
from time import monotonic, perf_counter
from typing import Any

import regex

from index import (
    Answer,
    Attribution,
    Fault,
    Library,
    LibraryError,
    Progress,
    Quote,
    ReindexReport,
    TooManyRemovalsError,
    Warnings,
)

_PROGRESS_SECONDS = 1.0


async def answer_line(library: Library, question: str, *, name: object = None, asked_at: date | None = None) -> str:
    """Ask, and give the answer as a line. ``name`` is the question's id."""
    started = perf_counter()
    answer = await library.answer(question, asked_at=asked_at)
    return line({**_answer(answer), "id": name, "elapsed_ms": round((perf_counter() - started) * 1000, 3)})


async def batch_lines(library: Library, questions: Iterable[bytes]) -> AsyncIterator[tuple[str, bool]]:
    """A line for each question of a JSONL file, in its order, and whether it was answered; blank lines are skipped."""
    for number, raw in enumerate(questions, 1):
        if not raw.strip():
            continue
        name, wanted = _question(number, raw)
        if isinstance(wanted, str):
            yield line({"id": name, "error": wanted}), False
        else:
            question, asked_at = wanted
            yield await answer_line(library, question, name=name, asked_at=asked_at), True


def report_line(report: ReindexReport) -> str:
    """A reindex' report; its faults as sentences beside their parts."""
    faults = [{**asdict(fault), "message": str(fault)} for fault in report.faults]
    return line({"event": "report", **asdict(report), "faults": faults})


def error_line(error: LibraryError) -> str:
    """Why a reindex changed nothing."""
    removals = {"removed": error.removed, "articles": error.articles} if isinstance(error, TooManyRemovalsError) else {}
    return line({"event": "error", "message": str(error), **removals})


def read_report(values: dict[str, Any]) -> ReindexReport:
    """The report in a line that :func:`report_line` gave."""
    given = {field.name: values[field.name] for field in fields(ReindexReport)}
    faults = tuple(Fault(one["path"], one["line"], one["why"], one["remedy"]) for one in values["faults"])
    return ReindexReport(**{**given, "kept": tuple(values["kept"]), "faults": faults, "warnings": Warnings(**values["warnings"])})


class ProgressLines:
    """Prints how far a reindex is, at most once a second."""

    def __init__(self) -> None:
        self._next = 0.0

    def __call__(self, progress: Progress) -> None:
        """Print a line if one is due."""
        if monotonic() >= self._next:
            self._next = monotonic() + _PROGRESS_SECONDS
            print(line({"event": "progress", **asdict(progress)}), flush=True)


def line(values: dict[str, Any]) -> str:
    """One line, in the characters themselves rather than in escapes."""
    return json.dumps(values, ensure_ascii=False)


def _question(number: int, raw: bytes) -> tuple[object, tuple[str, date | None] | str]:
    """A question's id with the question and its date, or with the sentence that says why it is none."""
    try:
        row = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None, f'Line {number} is not JSON. Write {{"id": …, "question": …}}.'
    if not isinstance(row, dict):
        return None, f'Line {number} is no JSON object. Write {{"id": …, "question": …}}.'
    name, question, asked_at = row.get("id"), row.get("question"), row.get("asked_at")
    if not isinstance(question, str) or not question.strip():
        return name, f"Line {number} has no question. Give it a text under the key question."
    try:
        return name, (question, date.fromisoformat(asked_at) if asked_at else None)
    except (TypeError, ValueError):
        return name, f"Line {number} has an asked_at that is no day. Write it as YYYY-MM-DD."


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "id": None,
        "question": answer.question,
        "status": answer.status.value,
        "confidence": round(answer.confidence, 4),
        "read_as": _read_as(answer),
        "elapsed_ms": None,
        "quotes": [_quote(quote) for quote in answer.quotes],
    }


def _read_as(answer: Answer) -> str | None:
    """The question as it was searched for, completed and without its slips; None where that is as it was written."""
    read_as = answer.read_as or answer.question
    for written, searched in answer.corrected:
        read_as = regex.sub(rf"\b{regex.escape(written)}\b", searched, read_as)
    return None if read_as == answer.question else read_as


def _quote(quote: Quote) -> dict[str, Any]:
    keys = ("text", "start", "end", "partial", "score", "before", "after")
    return {**{key: getattr(quote, key) for key in keys}, "article": _article(quote.article)}


def _article(one: Attribution) -> dict[str, str]:
    return {key: getattr(one, key) for key in ("id", "title", "source", "author", "url", "published")}
