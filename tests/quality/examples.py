"""A set's questions → the candidates that the ranker has to order, as numbers. Knows no model; keeps no text of the set.

The numbers of a set are kept beside its library, until they are made again.
"""

from __future__ import annotations

import asyncio
import pickle
import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from index import analyzer, answering, quoting, store
from tests.quality import sets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

SHORTENED = ("realtimeqa", "qed")
VERSIONS = 8
LEFT_OUT = 0.25
"""The questions of the small sets train in eight more versions, without a quarter of their words, as if the articles had others.

Held out, the mean of the six shown sets' first quotes and of their first three: .698 and .864 without, .703 and .874 with four of
them, three seeds; with words for one another, six seeds or more, .709 and .878 with four, .711 and .879 with eight. Left out:
versions of the large sets, at full weight (SelQA falls by .01) or a quarter (.703 and .871); and versions with other words in
place of those left out, the article's (beside the four, .707 and .877) or any (alone, RealTime QA falls by .07).
"""


@dataclass(frozen=True, slots=True)
class Example:
    """One question's candidates: ``traits`` a row each, in the order of ``names``, and whether each answers."""

    asked: sets.Asked
    names: tuple[str, ...]
    traits: NDArray[np.float64]
    hits: NDArray[np.bool_]
    sames: NDArray[np.int64]
    articles: NDArray[np.int64]
    lengths: NDArray[np.int64]


def examples(name: str, *, fresh: bool = False) -> list[Example]:
    """The examples of a set, made where they are not kept from before."""
    path = sets.CACHE / name / "examples.pickle"
    if fresh or not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        library = asyncio.run(sets.library(name))
        made = [_example(library_reader, asked) for library_reader in [store.Reader(library)] for asked in sets.questions(name)]
        path.write_bytes(pickle.dumps(made))
    return pickle.loads(path.read_bytes())  # type: ignore[no-any-return]  # noqa: S301  written above


def shortened(*, fresh: bool = False) -> list[Example]:
    """The examples of the questions of SHORTENED in shorter versions, to learn from; made where they are not kept from before."""
    path = sets.CACHE / "shortened.pickle"
    if fresh or not path.exists():
        made = [one for name in SHORTENED for one in _shortened(name)]
        path.write_bytes(pickle.dumps(made))
    return pickle.loads(path.read_bytes())  # type: ignore[no-any-return]  # noqa: S301  written above


def _shortened(name: str) -> Iterator[Example]:
    reader = store.Reader(asyncio.run(sets.library(name)))
    for asked in sets.questions(name):
        chance = random.Random(asked.id)  # noqa: S311  no secret
        texts = [_without_some(asked.question, chance) for _ in range(VERSIONS)] if asked.is_measured else []
        yield from (_example(reader, replace(asked, question=text)) for text in texts if text != asked.question)


def _without_some(question: str, chance: random.Random) -> str:
    """The question without some of the words that are searched for; those that ask stay."""
    kept, at = "", 0
    for _, start, end in analyzer.occurrences(question, analyzer.language(question)):
        if start >= at and chance.random() < LEFT_OUT:
            kept, at = kept + question[at:start], end
    return kept + question[at:]


def _example(reader: store.Reader, asked: sets.Asked) -> Example:
    found = answering.search(reader, asked.question, answering.Scope(asked_at=asked.day))
    return example(asked, found)


def _plain(weighed: quoting.Weighed) -> NDArray[np.float64]:
    """What a sentence scores without the ranker: by BM25, its own and a share of its passage's, which recency lifts."""
    columns = weighed.columns
    return columns["own"] + quoting.PASSAGE_WEIGHT * columns["passage"] * (1 + columns["recency"])


def example(asked: sets.Asked, found: answering.Search) -> Example:
    """What a search found, as numbers, in the order by BM25."""
    weighed = quoting.weighed(found.hits, found.question)
    names = tuple(sorted(weighed.columns))
    texts: dict[str, int] = {}
    order = np.argsort(-_plain(weighed), kind="stable") if names else np.zeros(0, np.intp)
    sentences = [weighed.sentences[at] for at in order]
    return Example(
        asked,
        names,
        np.column_stack([weighed.columns[name] for name in names])[order] if names else np.array([]),
        np.array([asked.is_hit(one.text, one.hit.article.article.attribution.id) for one in sentences], bool),
        np.array([texts.setdefault(quoting.typed(one.text), len(texts)) for one in sentences], np.int64),
        np.array([one.hit.article.key for one in sentences], np.int64),
        np.array([len(one.text) for one in sentences], np.int64),
    )
