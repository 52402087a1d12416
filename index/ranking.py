"""BM25: over posting lists for passages, over rank_bm25 for a question's candidate sentences. Knows numbers, no text, no SQL."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

import numpy as np
from rank_bm25 import BM25Okapi

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from index.dates import Period
    from index.postings import PostingList

    Scores = NDArray[np.float64]

K1 = 1.2
B = 0.75
"""Lucene's defaults, for passages, which are all of like length."""

SENTENCE_K1 = 0.6
SENTENCE_B = 0.25
"""Sentences differ in length by nature, and a word said twice in one says little more than said once.

Swept over 0.3 to 1.2 and 0.2 to 0.75 on qed, selqa, squad2_dev and realtimeqa: `python -m tests.quality.sweep`.
"""

RECENCY_DAYS = 30
"""Of real news quiz questions, asked within weeks of the news, a first quote answered .49 with this boost and .36 without it.

15, 30 and 60 days give the same first quotes: `python -m tests.quality.sweep`. `python -m tests.quality.later` shows that old news
stay findable.
"""


def idf(passages: int, df: int) -> float:
    """Lucene's BM25 idf, positive on any library: ln(1 + (N - df + ½) / (df + ½)). ``df`` counts passages.

    Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with Lucene's 1 + inside.
    """
    return log(1 + (passages - df + 0.5) / (df + 0.5))


@dataclass(frozen=True, slots=True)
class Statistics:
    """Of the whole library: how many passages are alive, and their mean number of terms."""

    passages: int
    mean_length: float


class PositiveOkapi(BM25Okapi):  # type: ignore[misc]  # rank_bm25 ships no types
    """rank_bm25's Okapi with :func:`idf`: upstream's is zero or negative on small libraries.

    ``known`` replaces the idf of the corpus' own terms, so that a few candidates are weighed as the whole library weighs
    them. ``corpus`` must hold at least one term; upstream divides by zero otherwise.
    """

    def __init__(
        self, corpus: Sequence[Sequence[str]], known: Mapping[str, float] | None = None, *, k1: float = K1, b: float = B
    ) -> None:
        self._known = known
        super().__init__(corpus, k1=k1, b=b)

    def _calc_idf(self, nd: dict[str, int]) -> None:
        known = self._known
        self.idf = {term: idf(self.corpus_size, df) for term, df in nd.items()} if known is None else dict(known)


def scores(
    lists: Sequence[tuple[float, Sequence[tuple[int, PostingList]]]], lengths: NDArray[np.uint32], mean_length: float
) -> Scores:
    """The BM25 score of every passage: PositiveOkapi's to rounding.

    ``lists`` has for each of the question's terms its idf and its posting lists, each with the offset of its segment's
    passages in ``lengths``.
    """
    total = np.zeros(len(lengths))
    norms = K1 * (1 - B + B * lengths / mean_length) if mean_length else np.ones(len(lengths))
    for weight, segments in lists:
        for offset, found in segments:
            at = found.ordinals + np.int64(offset)
            total[at] += weight * (K1 + 1) * found.frequencies / (found.frequencies + norms[at])
    return total


def best(total: Scores, count: int) -> NDArray[np.int64]:
    """Where the highest scores above zero stand, best first; ties go to the lower place."""
    at = np.flatnonzero(total > 0)
    if len(at) > count:
        least = np.partition(total[at], -count)[-count]
        at = at[total[at] >= least]
    return at[np.argsort(-total[at], kind="stable")][:count]


def recency(days: NDArray[np.uint32], about: Period) -> Scores:
    """What a passage's score is multiplied by: up to 2 for news of those days, 1 for the far and the undated. Never a veto."""
    given = days.astype(np.int64)
    away = np.maximum(np.maximum(about.first - given, given - about.last), 0)
    return np.where(days == 0, 1.0, 1.0 + np.exp(-away / RECENCY_DAYS))


def sentence_scores(sentences: Sequence[Sequence[str]], question: Mapping[str, float]) -> Scores:
    """BM25 of candidate sentences, given as their terms, for a question given as its terms' idf; zeros if none has terms."""
    if not any(sentences):
        return np.zeros(len(sentences))
    return np.asarray(PositiveOkapi(sentences, question, k1=SENTENCE_K1, b=SENTENCE_B).get_scores(list(question)))
