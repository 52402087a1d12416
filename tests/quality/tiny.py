"""Libraries of six articles, asked their own questions and those about others: a new member's first folder. Knows no model."""

from __future__ import annotations

import asyncio
import json
import pickle
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from index import Folders, answering, open_library, store
from tests.quality import sets
from tests.quality.examples import Example, example

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

ASKED = ("realtimeqa", "qed", "selqa")
_ARTICLES = 6
_LIBRARIES = 25


def kept(*, fresh: bool = False) -> dict[str, list[Example]]:
    """The examples by the name of their set, "tiny NAME"; made where they are not kept from before."""
    path = sets.CACHE / "tiny.pickle"
    if fresh or not path.exists():
        path.write_bytes(pickle.dumps({f"tiny {name}": asyncio.run(_examples(name)) for name in ASKED}))
    return pickle.loads(path.read_bytes())  # type: ignore[no-any-return]  # noqa: S301  written above


async def _examples(name: str) -> list[Example]:
    """A set's questions in order, asked to the library with their article and to the one after, which knows nothing of it."""
    questions = [one for one in sets.questions(name) if one.is_measured]
    gold = list(dict.fromkeys(article for one in questions for article in sorted(one.articles)))
    rows = {row["id"]: row for row in sets.lines(sets.DATA / name / "articles.jsonl.gz")}
    groups = [gold[first : first + _ARTICLES] for first in range(0, len(gold), _ARTICLES)][:_LIBRARIES]
    found = []
    for number, group in enumerate(groups):
        others = groups[(number + 1) % len(groups)]
        own = [one for one in questions if one.articles <= set(group)]
        strange = [replace(one, answerable=False) for one in questions if one.articles <= set(others)]
        found += await _asked([rows[one] for one in group], [*own, *strange], f"tiny {name}")
    return found


async def _asked(articles: Sequence[dict[str, Any]], questions: Sequence[sets.Asked], name: str) -> list[Example]:
    with tempfile.TemporaryDirectory() as folder:
        seeds = Path(folder) / "seeds"
        seeds.mkdir()
        lines = "\n".join(json.dumps(row) for row in articles)
        (seeds / "articles.jsonl").write_text(lines, encoding="utf-8")
        folders = Folders(seeds, Path(folder) / "data")
        async with open_library(folders) as library:
            await library.reindex()
        reader = store.Reader(folders.library)
        try:
            found = [(one, answering.search(reader, one.question, answering.Scope(asked_at=one.day))) for one in questions]
        finally:
            reader.close()
    return [replace(example(one, search), asked=replace(one, set=name)) for one, search in found]
