"""BM25: over posting lists for passages, over rank_bm25 for a question's candidate sentences. Knows numbers, no text, no SQL."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from math import log
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from rank_bm25 import BM25Okapi

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from index.dates import Period
    from index.postings import PostingList

    Scores = NDArray[np.float64]

_Float = TypeVar("_Float", np.float32, np.float64)

K1 = 1.2
B = 0.75
"""Lucene's defaults, for passages, which are all of like length.

0.9 and 1.6, and 0.4, move the first quotes of qed, selqa, squad2_dev and realtimeqa by .007 at most:
`python -m tests.quality.sweep`.
"""

SENTENCE_K1 = 0.6
SENTENCE_B = 0.25
"""Sentences differ in length by nature, and a word said twice in one says little more than said once.

Swept over 0.3 to 1.2 and 0.2 to 0.75 on qed, selqa, squad2_dev and realtimeqa: `python -m tests.quality.sweep`.
"""

_ROUNDING = 1 - 1e-5  # of totals in four bytes: what differs by less is a tie until it is scored exactly

RECENCY_DAYS = 30
"""Of real news quiz questions, asked within weeks of the news, a first quote answered .49 with this boost and .36 without it.

15 and 60 days give the same first quotes but for one question: `python -m tests.quality.sweep`.
`python -m tests.quality.later` shows that old news stay findable.
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

    def _initialize(self, corpus: Sequence[Sequence[str]]) -> dict[str, int]:
        """Count as upstream does, which takes three times as long, word by word; an answer counts its sentences here."""
        self.doc_freqs = list(map(Counter, corpus))
        self.doc_len = list(map(len, corpus))
        self.corpus_size = len(corpus)
        self.avgdl = sum(self.doc_len) / self.corpus_size
        return Counter(chain.from_iterable(self.doc_freqs))

    def _calc_idf(self, nd: dict[str, int]) -> None:
        known = self._known
        self.idf = {term: idf(self.corpus_size, df) for term, df in nd.items()} if known is None else dict(known)


@dataclass(frozen=True, slots=True)
class WeightedList:
    """A term of a question: its idf, and its posting list over all passages of the library."""

    idf: float
    postings: PostingList


class Scorer:
    """BM25 over the passages of one snapshot, the best of them without scoring all: PositiveOkapi's scores, exactly.

    Prunes as MaxScore does (Turtle and Flood, "Query Evaluation: Strategies and Optimizations", 1995): rare terms first, and
    once what the other terms can add at most would bring no new passage among the best, those are only looked up for the
    candidates. Holds a total a passage that is zero between two questions, so it serves one thread.
    """

    def __init__(self, lengths: NDArray[np.integer], mean_length: float) -> None:
        self._lengths = lengths
        self._mean_length = mean_length or 1.0
        self._norms = _norms(lengths, self._mean_length).astype(np.float32)
        self._totals = np.zeros(len(lengths), np.float32)

    def top(
        self, lists: Sequence[WeightedList], count: int, admitted: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.intp], Scores]:
        """The ``count`` best passages that share a term, with their scores; best first, ties go to the lower ordinal.

        ``admitted`` has for every passage whether it may be found; None admits all.
        """
        ordered = sorted(lists, key=lambda one: len(one.postings))
        bounds = [self._bound(one) for one in ordered]
        rest = [*np.cumsum(bounds[::-1])[::-1].tolist(), 0.0]
        parts, place, least = [np.zeros(0, np.intp)], 0, 0.0
        while place < len(ordered) and least * _ROUNDING <= rest[place]:
            fresh, totals = self._added(ordered[place], admitted)
            parts.append(fresh)
            least = max(least, _least(totals, count))
            place += 1
        found = np.concatenate(parts)
        totals = self._totals[found]
        self._totals[found] = 0
        for one, bound in zip(ordered[place:], rest[place:], strict=False):
            found, totals = _hopeful(found, totals, bound, count)
            totals += _looked_up(one, found, self._norms[found])
        found, _ = _hopeful(found, totals, 0.0, count)
        found.sort()
        norms = _norms(self._lengths[found], self._mean_length)
        exact = sum((_looked_up(one, found, norms) for one in ordered), np.zeros(len(found)))
        order = np.argsort(-exact, kind="stable")[:count]
        return found[order], exact[order]

    def _bound(self, one: WeightedList) -> float:
        most = one.postings.most
        return float(one.idf * (K1 + 1) * most / (most + _norms(np.array(one.postings.shortest), self._mean_length)))

    def _added(self, one: WeightedList, admitted: NDArray[np.bool_] | None) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
        """Add a term's scores to the totals; the passages that had none before, and the new totals of all that it is in."""
        ordinals, frequencies = one.postings.ordinals, one.postings.frequencies
        if admitted is not None:
            is_admitted = admitted[ordinals]
            ordinals, frequencies = ordinals[is_admitted], frequencies[is_admitted]
        before = self._totals[ordinals]
        totals = self._totals[ordinals] = before + _weights(one.idf, frequencies, self._norms[ordinals])
        return ordinals[before == 0], totals


def _least(totals: NDArray[np.float32], count: int) -> float:
    """The ``count``-th highest total, 0 where there are fewer."""
    return float(np.partition(totals, -count)[-count]) if len(totals) >= count else 0.0


def _norms(lengths: NDArray[np.integer], mean_length: float) -> Scores:
    return np.asarray(K1 * (1 - B + B * lengths / mean_length), np.float64)


def _weights(weight: float, frequencies: NDArray[np.integer], norms: NDArray[_Float]) -> NDArray[_Float]:
    given = frequencies.astype(norms.dtype)
    return weight * (K1 + 1) * given / (given + norms)


def _hopeful(
    candidates: NDArray[np.intp], totals: NDArray[np.float32], rest: float, count: int
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """The candidates that may still be among the ``count`` best if each term left adds as much as it can."""
    hopeful = totals + rest >= _least(totals, count) * _ROUNDING
    return candidates[hopeful], totals[hopeful]


def _looked_up(one: WeightedList, candidates: NDArray[np.intp], norms: NDArray[_Float]) -> NDArray[_Float]:
    """What a term adds to each of the candidates, whose norms are given."""
    ordinals, frequencies = one.postings.ordinals, one.postings.frequencies
    at = np.minimum(np.searchsorted(ordinals, candidates), len(ordinals) - 1)
    return np.where(ordinals[at] == candidates, _weights(one.idf, frequencies[at], norms), 0)


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
