"""BM25: over posting lists for passages, over rank_bm25 for a question's candidate sentences. Knows numbers, no text, no SQL."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, NamedTuple

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

LOOKUP = 4
"""1 and 8 are slower at the median and the 95th percentile: `python -m tests.benchmarks.engines --passages 1000000`."""

_DIGITS, _TIE = 9, 1e-9

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


@dataclass(frozen=True, slots=True)
class WeightedList:
    """A term of a question: its idf, and its posting list over all passages of the library."""

    idf: float
    postings: PostingList


class Scorer:
    """BM25 over the passages of one snapshot, the best of them without scoring all: PositiveOkapi's scores.

    A passage that holds each of some terms once scores the sum of their idfs times a factor of its length alone; so that sum is
    what is added up, with a share of the idf more for a term that it holds more often. Prunes as MaxScore does (Turtle and Flood,
    "Query Evaluation: Strategies and Optimizations", 1995), what repeated terms add beforehand, as a short list of its own
    (Strohman and Croft, "Efficient Document Retrieval in Main Memory", SIGIR 2007): rare terms first, and once what the others can
    add would bring no new passage among the best, those are only looked up for the candidates. Holds a sum a passage that is zero
    between two questions, so it serves one thread.
    """

    def __init__(self, lengths: NDArray[np.integer], mean_length: float) -> None:
        self._mean_length = mean_length or 1.0
        self._factors = self._factor(lengths)
        self._sums = np.zeros(len(lengths))

    def top(
        self, lists: Sequence[WeightedList], count: int, admitted: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.intp], Scores]:
        """The ``count`` best passages that share a term, with their scores; best first, ties go to the lower ordinal.

        ``admitted`` has for every passage whether it may be found; None admits all. Scores that differ by less than 1e-9 tie.
        """
        factors = self._factors if admitted is None else self._factors * admitted
        ordered = sorted(lists, key=lambda one: len(one.postings))
        rest = np.cumsum([0.0, *(one.idf for one in reversed(ordered))])[::-1].tolist()
        highest = float(max((self._factor(one.postings.shortest) for one in ordered), default=0.0))
        added, least = [_Added(rest[0], *[self._add_repeated(ordered)] * 2)], 0.0
        while len(added) <= len(ordered) and _is_to_be_added(ordered[len(added) - 1], added, rest[len(added) - 1], least, highest):
            one = ordered[len(added) - 1]
            several, reached = self._add(one, factors, count)
            added.append(_Added(one.idf, one.postings.ordinals, several))
            least = max(least, reached)
        found, sums = self._hopeful(added, factors, rest[len(added) - 1], least, highest)
        for one, after in zip(ordered[len(added) - 1 :], rest[len(added) :], strict=True):
            sums += np.where(one.postings.has(found), one.idf, 0.0)
            least = max(least, _least(factors[found] * sums, count))
            hopeful = factors[found] * (sums + after) >= least
            found, sums = found[hopeful], sums[hopeful]
        scores = factors[found] * sums
        order = np.argsort(-scores.round(_DIGITS), kind="stable")[:count]
        order = order[scores[order] > 0]
        return found[order], scores[order]

    def _factor(self, lengths: NDArray[np.integer] | int) -> Scores:
        """The score of a passage of such a length for a term of idf 1 that it holds once."""
        return np.asarray((K1 + 1) / (1 + K1 * (1 - B + B * lengths / self._mean_length)), np.float64)

    def _add_repeated(self, lists: Sequence[WeightedList]) -> NDArray[np.intp]:
        """Add what passages get for terms that they hold more than once; these passages.

        idf · tf (k1 + 1) / (tf + norm) is the factor (k1 + 1) / (1 + norm) times idf · (1 + norm (tf - 1) / (tf + norm)).
        """
        repeated = [one.postings.ordinals[one.postings.repeated] for one in lists]
        ordinals = np.concatenate([np.zeros(0, np.intp), *repeated])
        counts = np.concatenate([np.zeros(0), *(one.postings.counts for one in lists)])
        idfs = np.repeat([one.idf for one in lists], [len(one) for one in repeated])
        norms = (K1 + 1) / self._factors[ordinals] - 1
        np.add.at(self._sums, ordinals, idfs * norms * (counts - 1) / (counts + norms))
        return ordinals

    def _add(self, one: WeightedList, factors: Scores, count: int) -> tuple[NDArray[np.intp], float]:
        """Add a term's idf for its passages; those that had something before, and the ``count``-th best score among them.

        Among all of its passages where those are too few.
        """
        ordinals = one.postings.ordinals
        sums = self._sums[ordinals] + one.idf
        self._sums[ordinals] = sums
        places = np.flatnonzero(sums > one.idf)
        several = ordinals[places]
        if len(several) < count:
            return several, _least(factors[ordinals] * sums, count)
        return several, _least(factors[several] * sums[places], count)

    def _hopeful(
        self, added: Sequence[_Added], factors: Scores, rest: float, least: float, highest: float
    ) -> tuple[NDArray[np.intp], Scores]:
        """The passages added to that may reach a score with ``rest`` more, ascending, and their sums, which are zero again."""
        parts = [one.ordinals if highest * (one.idf + rest) >= least else one.several for one in added]
        found = np.concatenate(parts)
        found = np.unique(found[factors[found] * (self._sums[found] + rest) >= least])
        sums = self._sums[found]
        for one in added:
            self._sums[one.ordinals] = 0
        return found, sums


class _Added(NamedTuple):
    """A list whose idf was added: its passages, and those of them that had something before."""

    idf: float
    ordinals: NDArray[np.intp]
    several: NDArray[np.intp]


def _is_to_be_added(one: WeightedList, added: Sequence[_Added], rest: float, least: float, highest: float) -> bool:
    """Whether to add a list, with which ``rest`` is to come: new passages may reach the least score, or it is no dearer.

    Looking a candidate up takes as long as adding LOOKUP passages.
    """
    candidates = sum(len(other.ordinals) for other in added[1:] if other.idf + rest >= least)
    return highest * rest >= least or len(one.postings) < LOOKUP * candidates


def _least(scores: Scores, count: int) -> float:
    """The ``count``-th highest score, a tie with it included; 0 where there are fewer."""
    return float(np.partition(scores, -count)[-count]) - _TIE if len(scores) >= count else 0.0


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
