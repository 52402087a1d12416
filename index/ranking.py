"""BM25: over posting lists for passages, over rank_bm25 for a question's candidate sentences. Knows numbers, no text, no SQL."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, chain, groupby
from math import log
from typing import TYPE_CHECKING

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

BATCH = 32_000
LOOKUP = 4
"""Lists are added together up to so many passages; to look a passage up takes as long as adding LOOKUP of them.

Half and double are no faster: `python -m tests.benchmarks.engines --passages 1000000`.
"""

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
    add would bring no new passage among the best, those are only looked up for the candidates. Holds a sum a passage that is zero
    between two questions, so it serves one thread.
    """

    def __init__(self, lengths: NDArray[np.integer], mean_length: float) -> None:
        self._lengths = lengths
        self._norms = K1 * (1 - B + B * np.arange(int(lengths.max(initial=0)) + 1) / (mean_length or 1.0))
        self._sums = np.zeros(len(lengths))

    def top(
        self, lists: Sequence[WeightedList], count: int, admitted: NDArray[np.bool_] | None = None
    ) -> tuple[NDArray[np.intp], Scores]:
        """The ``count`` best passages that share a term, with their scores; best first, ties go to the lower ordinal.

        ``admitted`` has for every passage whether it may be found; None admits all.
        """
        bar = _Bar(count, admitted)
        found, sums = self._candidates(sorted(lists, key=lambda one: len(one.postings)), bar)
        scores = self._scores(found, sums, bar)
        bar.raise_to(scores)
        is_best = scores >= bar.least
        found, scores = found[is_best], scores[is_best]
        order = np.argsort(-scores, kind="stable")[:count]
        return found[order], scores[order]

    def _candidates(self, ordered: list[WeightedList], bar: _Bar) -> tuple[NDArray[np.intp], Scores]:
        """A few passages with the best among them, ascending, and their sums; those that the scorer holds are zero again."""
        highest = (K1 + 1) / (1 + float(self._norms[min((one.postings.shortest for one in ordered), default=0)]))
        several, left = [self._add_repeated(ordered)], ordered
        for batch in _batches(ordered):
            if _are_to_be_looked_up(batch, left, ordered[: -len(left)], bar.least / highest):
                break
            several.append(self._add(batch, bar))
            left = left[len(batch) :]
        added = ordered[: len(ordered) - len(left)]
        return self._looked_up(*self._taken(added, several, bar.least / highest - _idfs(left)), left, bar)

    def _add_repeated(self, lists: Sequence[WeightedList]) -> NDArray[np.intp]:
        """Add what it gives to hold terms more than once to the sums of the passages that do, which are returned.

        idf · tf (k1 + 1) / (tf + norm) is the factor (k1 + 1) / (1 + norm) times idf · (1 + norm (tf - 1) / (tf + norm)).
        """
        places = [one.postings.ordinals[one.postings.repeated] for one in lists]
        ordinals = np.concatenate([_NONE, *places])
        counts = np.concatenate([_NONE, *(one.postings.counts for one in lists)])
        norms = self._norms[self._lengths[ordinals]]
        shares = np.repeat([one.idf for one in lists], [len(some) for some in places]) * norms * (counts - 1) / (counts + norms)
        np.add.at(self._sums, ordinals, shares)
        return ordinals

    def _add(self, batch: Sequence[WeightedList], bar: _Bar) -> NDArray[np.intp]:
        """Add the idf of terms to the sums of their passages; those that have more than one now, by whose scores the bar rises."""
        ordinals = np.concatenate([one.postings.ordinals for one in batch])
        idfs = np.repeat([one.idf for one in batch], [len(one.postings) for one in batch])
        np.add.at(self._sums, ordinals, idfs)
        several = _distinct(ordinals[self._sums[ordinals] > idfs])
        some = several if len(several) >= bar.count else batch[0].postings.ordinals[: 100 * bar.count]
        bar.raise_to(self._scores(some, self._sums[some], bar))
        return several

    def _taken(
        self, added: Sequence[WeightedList], several: Sequence[NDArray[np.intp]], least: float
    ) -> tuple[NDArray[np.intp], Scores]:
        """The passages with sums no less, those with one idf or with several, ascending, and these; all sums are zero again."""
        lists = [one.postings.ordinals for one in added]
        found = _distinct(np.concatenate([*several, *(one for one, of in zip(lists, added, strict=True) if of.idf >= least)]))
        sums = self._sums[found]
        for one in (several[0], *lists):
            self._sums[one] = 0
        enough = sums >= least
        return found[enough], sums[enough]

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
        scores: Scores = (K1 + 1) * sums / (1 + self._norms[self._lengths[passages]])
        return scores if bar.admitted is None else scores * bar.admitted[passages]


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


def _batches(ordered: Sequence[WeightedList]) -> Iterator[list[WeightedList]]:
    """Lists in groups of up to BATCH passages, longer ones alone."""
    ends = accumulate(len(one.postings) for one in ordered)
    for _, group in groupby(zip(ordered, ends, strict=True), key=lambda pair: pair[1] // BATCH):
        yield [one for one, _ in group]


def _idfs(lists: Sequence[WeightedList]) -> float:
    return sum(one.idf for one in lists)


def _are_to_be_looked_up(
    batch: Sequence[WeightedList], left: Sequence[WeightedList], added: Sequence[WeightedList], least: float
) -> bool:
    """Whether only to look up what is left, a batch at first: it brings no new passage, and adding the batch is dearer."""
    rest = _idfs(left)
    candidates = sum(len(one.postings) for one in added if one.idf + rest >= least)
    return rest < least and sum(len(one.postings) for one in batch) >= LOOKUP * candidates


def _distinct(passages: NDArray[np.intp]) -> NDArray[np.intp]:
    """Each of the passages once, ascending: what np.unique does, at a tenth of its time for few."""
    ascending = np.sort(passages)
    return np.concatenate([ascending[:1], ascending[1:][ascending[1:] != ascending[:-1]]])


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
