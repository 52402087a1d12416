"""Questions that a library cannot answer, made of those that others asked. Knows no model.

``strangers``: search queries about anything, asked to a library that is about something else. ``early``: questions of a
news quiz, asked to the library as it was before the news.
"""

from __future__ import annotations

import asyncio
import pickle
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from typing import TYPE_CHECKING

from index import answering, store
from tests.quality import sets
from tests.quality.examples import Example, example

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STRANGERS = ("qed", "selqa", "realtimeqa")
"""The libraries that are asked; wikiqa's is kept for measuring."""

_STRANGERS_EACH = 300
_DAYS_BEFORE = (14, 45, 120, 300)


def strangers(name: str) -> list[Example]:
    """300 search queries as asked to a set's library; each library gets others. Their set is named "strangers NAME"."""
    first = (*STRANGERS, "wikiqa").index(name) * _STRANGERS_EACH
    rows = list(sets.lines(sets.DATA / "ood_nq_open.jsonl.gz"))[first : first + _STRANGERS_EACH]
    reader = store.Reader(asyncio.run(sets.library(name)))
    asked = _strangers(name, rows)
    return [example(one, answering.search(reader, one.question, answering.Scope(asked_at=one.day))) for one in asked]


def _strangers(name: str, rows: list[dict[str, str]]) -> Iterator[sets.Asked]:
    """On the days of the library's own questions, so that its articles are as new to them."""
    days = cycle([one.day for one in sets.questions(name)])
    for row, day in zip(rows, days, strict=False):
        fold = sets.fold(row["question"])
        yield sets.Asked(f"strangers {name}", row["id"], row["question"], day, (), (), frozenset(), answerable=False, fold=fold)


def early(name: str = "realtimeqa") -> list[Example]:
    """A news quiz before its news: only articles that are older by some margin are there. Their set is named "early"."""
    reader = store.Reader(asyncio.run(sets.library(name)))
    published = {row["id"]: row["published"] for row in sets.lines(sets.DATA / name / "articles.jsonl.gz")}
    return [_early(reader, asked, days, published) for asked in sets.questions(name) for days in _DAYS_BEFORE]


def _early(reader: store.Reader, asked: sets.Asked, days: int, published: Mapping[str, str]) -> Example:
    assert asked.day is not None
    last = (asked.day - timedelta(days=days)).isoformat()
    later = frozenset(article for article, day in published.items() if day > last)
    found = answering.search(reader, asked.question, answering.Scope(asked_at=asked.day, without=later))
    return example(replace(asked, set="early", answerable=False, evidence=(), answers=(), articles=frozenset()), found)


def kept(*, fresh: bool = False) -> dict[str, list[Example]]:
    """All of them by the name of their set, made where they are not kept from before."""
    path = sets.CACHE / "unanswerable.pickle"
    if fresh or not path.exists():
        made = {f"strangers {name}": strangers(name) for name in (*STRANGERS, "wikiqa")} | {"early": early()}
        path.write_bytes(pickle.dumps(made))
    return pickle.loads(path.read_bytes())  # type: ignore[no-any-return]  # noqa: S301  written above
