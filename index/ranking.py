"""BM25: over posting lists for passages, over rank_bm25 for a question's candidate sentences. Knows numbers, no text, no SQL."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, chain
from math import log
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rank_bm25 import BM25Okapi

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from index.dates import Period
    from index.postings import PostingList

    Scores = NDArray[np.float64]

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

BATCH = 64_000
"""Lists are added together up to so many passages, where these hold the best.

With half as many the slowest answers take a sixth longer, with twice as many no less:
`python -m tests.benchmarks.engines --passages 1000000`.
"""

PART = 1_000_000
"""Lists of more passages together are scored a range of ordinals after the other, since a passage takes 75 bytes meanwhile."""

_ROUNDING = 1 - 1e-9  # of sums: what differs by less may be a tie
_LEAST = float(np.finfo(np.float64).tiny)
_NONE = np.zeros(0, np.intp)

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
        """Count as upstream does, which takes three times as long, word by word; of ``known`` terms alone where there are such."""
        known = self._known
        self.doc_freqs = (
            list(map(Counter, corpus))
            if known is None
            else [{term: one.count(term) for term in known.keys() & one} for one in corpus]
        )
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

    A passage that holds each of some terms once scores the sum of their idfs times a factor of its length alone; so that sum is
    what is added up, with a share of the idf more for a term that it holds more often. Prunes as MaxScore does (Turtle and Flood,
    "Query Evaluation: Strategies and Optimizations", 1995), what repeated terms add beforehand, as a short list of its own
    (Strohman and Croft, "Efficient Document Retrieval in Main Memory", SIGIR 2007): rare terms first, and once what the others can
    add would bring no new passage among the best, those are only looked up for the candidates. Holds a number a passage to work
    with, so it serves one thread.
    """

    def __init__(self, lengths: NDArray[np.integer], mean_length: float) -> None:
        self._lengths = lengths
        self._norms = K1 * (1 - B + B * np.arange(int(lengths.max(initial=0)) + 1) / (mean_length or 1.0))
        self._last = np.zeros(len(lengths), np.int32)

    def top(
        self, lists: Sequence[WeightedList], count: int, admitted: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.intp], Scores]:
        """The ``count`` best passages that share a term, with their scores; best first, ties go to the lower ordinal.

        ``admitted`` has for every passage whether it may be found; None admits all.
        """
        bar = _Bar(count, admitted)
        parts = [self._best(part, bar) for part in _parts(sorted(lists, key=lambda one: len(one.postings)), len(self._lengths))]
        found, scores = map(np.concatenate, zip(*parts, strict=True))
        order = np.lexsort((found, -scores))[:count]
        return found[order], scores[order]

    def _best(self, ordered: Sequence[WeightedList], bar: _Bar) -> tuple[NDArray[np.intp], Scores]:
        """The best passages of the lists, and the best of all among them, with their scores."""
        found, sums = self._candidates(ordered, bar)
        scores = self._scores(found, sums, bar)
        bar.raise_to(scores)
        is_best = scores >= bar.least
        return found[is_best], scores[is_best]

    def _candidates(self, ordered: Sequence[WeightedList], bar: _Bar) -> tuple[NDArray[np.intp], Scores]:
        """A few passages with the best among them, and their sums."""
        highest = (K1 + 1) / (1 + float(self._norms[min((one.postings.shortest for one in ordered), default=0)]))
        repeated = self._repeated(ordered)
        for added in _growing(ordered):
            passages, sums = self._added(repeated, ordered[:added], bar)
            left = ordered[added:]
            if _idfs(left) < bar.least / highest:
                break
        found = np.flatnonzero(sums >= max(bar.least / highest - _idfs(left), _LEAST))
        return self._looked_up(passages[found], sums[found], left, bar)

    def _repeated(self, lists: Sequence[WeightedList]) -> _Shares:
        """The passages that hold terms more than once, and what that adds to their sums.

        idf · tf (k1 + 1) / (tf + norm) is the factor (k1 + 1) / (1 + norm) times idf · (1 + norm (tf - 1) / (tf + norm)).
        """
        places = [one.postings.ordinals.take(one.postings.repeated) for one in lists]
        passages = np.concatenate([_NONE, *places])
        counts = np.concatenate([_NONE, *(one.postings.counts for one in lists)])
        idfs = np.repeat([one.idf for one in lists], [len(some) for some in places])
        norms = self._norms.take(self._lengths.take(passages))
        return _Shares(passages, idfs * norms * (counts - 1) / (counts + norms))

    def _added(self, repeated: _Shares, lists: Sequence[WeightedList], bar: _Bar) -> _Shares:
        """The passages of the lists, one list's after the other's; each has its sum where it comes last, and zero before.

        The bar rises by those that come more than once, as the best mostly do.
        """
        passages = np.concatenate([repeated.passages, *(one.postings.ordinals for one in lists)], dtype=np.intp)
        shares = np.repeat([0.0, *(one.idf for one in lists)], [len(repeated.shares), *(len(one.postings) for one in lists)])
        shares[: len(repeated.shares)] = repeated.shares
        self._last[passages] = np.arange(len(passages), dtype=np.int32)
        sums = np.asarray(np.bincount(self._last.take(passages), shares, len(passages)), np.float64)
        some = np.flatnonzero(sums > shares)
        if len(some) < bar.count:
            some = np.flatnonzero(sums)
        bar.raise_to(self._scores(passages.take(some), sums.take(some), bar))
        return _Shares(passages, sums)

    def _looked_up(
        self, found: NDArray[np.intp], sums: Scores, left: Sequence[WeightedList], bar: _Bar
    ) -> tuple[NDArray[np.intp], Scores]:
        """Those of the passages that are among the best once the lists that are left were looked up for them, and their sums."""
        for place, one in enumerate(left, 1):
            sums = sums + one.idf * one.postings.has(found)
            bar.raise_to(self._scores(found, sums, bar))
            is_hopeful = self._scores(found, sums + _idfs(left[place:]), bar) >= bar.least
            found, sums = found[is_hopeful], sums[is_hopeful]
        return found, sums

    def _scores(self, passages: NDArray[np.intp], sums: Scores, bar: _Bar) -> Scores:
        """What passages score by their sums; those that are not admitted, nothing."""
        scores: Scores = (K1 + 1) * sums / (1 + self._norms.take(self._lengths.take(passages)))
        return scores if bar.admitted is None else scores * bar.admitted[passages]


class _Shares(NamedTuple):
    """Passages, and what is added to each one's sum."""

    passages: NDArray[np.intp]
    shares: Scores


class _Bar:
    """What a passage has to score to be among the best that are admitted: the ``count``-th highest score seen."""

    def __init__(self, count: int, admitted: NDArray[np.bool_] | None) -> None:
        self.count = count
        self.admitted = admitted
        self.least = _LEAST

    def raise_to(self, scores: Scores) -> None:
        """Take the scores of different passages into account."""
        if len(scores) >= self.count:
            self.least = max(self.least, float(np.partition(scores, -self.count)[-self.count]) * _ROUNDING)


def _parts(lists: Sequence[WeightedList], passages: int) -> Iterator[Sequence[WeightedList]]:
    """The lists cut at the same ordinals, into parts of about PART passages."""
    step = passages // (1 + sum(len(one.postings) for one in lists) // PART) + 1
    if step > passages:
        yield lists
        return
    for first in range(0, passages, step):
        cut = (WeightedList(one.idf, one.postings.between(first, first + step)) for one in lists)
        yield [one for one in cut if len(one.postings)]


def _growing(ordered: Sequence[WeightedList]) -> Iterator[int]:
    """How many of the lists to add together: those of BATCH passages in all, then those of four times as many, and so on."""
    ends, most = [*accumulate(len(one.postings) for one in ordered)], BATCH
    while ends and most < ends[-1]:
        yield bisect(ends, most)
        most *= 4
    yield len(ordered)


def _idfs(lists: Sequence[WeightedList]) -> float:
    return sum(one.idf for one in lists)


def recency(days: NDArray[np.uint32], about: Period) -> Scores:
    """What a passage's score is multiplied by: up to 2 for news of those days, 1 for the far and the undated. Never a veto."""
    given = days.astype(np.int64)
    away = np.maximum(np.maximum(about.first - given, given - about.last), 0)
    return np.where(days == 0, 1.0, 1.0 + np.exp(-away / RECENCY_DAYS))


def sentence_scores(sentences: Sequence[Sequence[str]], question: Mapping[str, float]) -> Scores:
    """BM25 of candidate sentences, given as their terms, for a question given as its terms' idf; zeros if none has terms."""
    if not any(sentences):
        return np.zeros(len(sentences))
    okapi = PositiveOkapi(sentences, question, k1=SENTENCE_K1, b=SENTENCE_B)
    told = set().union(*okapi.doc_freqs)  # the others add nothing
    return np.asarray(okapi.get_scores([term for term in question if term in told]))
