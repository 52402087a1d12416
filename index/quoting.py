"""Hits → candidate sentences → ranked quotes, cut from their articles. Knows no SQL and no list; changes no character."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index import analyzer, features, ranker
from index.analysed import Analysed, Read, analysed, headline, read
from index.asked import column
from index.dates import is_about_present
from index.leaning import leans, turns
from index.model import Attribution, Hit, Quote, day
from index.ranking import sentence_scores
from index.speech import spoken
from index.topics import is_broad

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from index.asked import Numbers, Question


@dataclass(frozen=True, slots=True)
class Weighed:
    """The sentences that the ranker has to order, as they stand in their passages, and their traits by name."""

    sentences: Sequence[Analysed]
    columns: Mapping[str, Numbers]


WEIGHED_SENTENCES = 20
"""The ranker orders so many of the some 36 sentences that are read, those that BM25 ranks best.

Held out, the mean of the sets' first quotes and of their first three: .716 and .867 with all of them, .717 and .868 with 20, .715
and .863 with 16: `python -m tests.quality.train --fresh --only-check`. An answer takes .90 of the time with 20.
"""

PASSAGE_WEIGHT = 0.6
"""What a sentence's passage counts beside its own BM25 score.

Between 0.3 and 1.0 no set moves by more than four questions: `python -m tests.quality.sweep`.
"""

SPOKEN = 14.0
"""What the words of whom a question asks about count beside the ranker's score.

Nothing can be learned of the 16 questions of the sets that ask so in English (11 of whose first quotes answer without it, 12 with
it). Of our own eight and nine, none and four answer without it, six and nine with it, and with 13 to 16.
`python -m tests.quality.floors`
"""

LEADING = 8.0
"""What the first sentence of an article counts beside the ranker's score, where a question asks for whatever there is to say.

Set once: hardly one of the sets' questions asks so. `python -m tests.quality.floors`
"""

ASKING = 6.0
"""What is taken from the ranker's score of a sentence that is a question itself, as in lists of questions and answers.

Of 8,000 questions that others asked, five are answered by one; between 0 and 12 of it one first quote changes.
"""

NEWEST = 3.0
"""What the newest of the articles counts beside the ranker's score, older ones less, where a question asks what holds now.

Set by our own questions, since of the sets' about dated articles hardly one asks so. It decides between sentences that say the same
of other years, as "was elected mayor" does; from 2 to 4 nothing changes: `python -m tests.quality.floors`.
"""

_TYPED = (("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("–", "-"), ("—", "-"))


class Candidate(NamedTuple):
    """A sentence that may be quoted, with its score; its traits are in row ``at`` of ``columns``."""

    sentence: Analysed
    columns: Mapping[str, Numbers]
    at: int
    score: float

    def trait(self, name: str) -> float:
        """One of its traits."""
        return float(self.columns[name][self.at])

    @property
    def hit(self) -> Hit:
        """The passage that it is of."""
        return self.sentence.hit

    @property
    def place(self) -> int:
        """Which of its article's sentences it is."""
        return self.sentence.place

    @property
    def terms(self) -> Sequence[str]:
        """Its terms in order."""
        return self.sentence.terms

    @property
    def text(self) -> str:
        """The sentence as written."""
        return self.sentence.text


def candidates(hits: Sequence[Hit], question: Question) -> list[Candidate]:
    """The sentences of the hits, best first by the learned ranker; ties go by article id, then by place."""
    found = weighed(hits, question)
    if not found.sentences:
        return []
    learned = ranker.learned()
    rows = np.array([found.columns[name] for name in learned.names]).T.copy()  # as np.column_stack, in half the time
    scores = learned.scores(rows)
    scores += SPOKEN * spoken(found.sentences, question) + NEWEST * _newest(found.sentences, question)
    scores += LEADING * _leading(found.sentences, question) - ASKING * found.columns["is_question"]
    scored = [Candidate(one, found.columns, at, float(scores[at])) for at, one in enumerate(found.sentences)]
    return sorted(scored, key=lambda one: (-one.score, one.hit.article.article.attribution.id, one.place))


def _leading(sentences: Sequence[Analysed], question: Question) -> Numbers:
    """Where a question asks for whatever there is to say: 1 for an article's first sentence that names it all, less for a part.

    What the headline alone names counts half.
    """

    def share(one: Analysed) -> float:
        if one.place:
            return 0.0
        said = question.weights.keys() & set(one.terms)
        titled = question.weights.keys() & set(headline(one.hit.article))
        return (len(said) + len(titled - said) / 2) / len(question.weights)

    return column(sentences, share, wanted=is_broad(question.text, question.language))


def _newest(sentences: Sequence[Analysed], question: Question) -> Numbers:
    """Where a question asks what holds now: 1 for the newest articles, 0 for the oldest and the undated, others by their days."""
    if not is_about_present(question.text):
        return np.zeros(len(sentences))
    days = np.array([day(one.hit.article.article.attribution.published) for one in sentences], float)
    dated = days[days > 0]
    if not len(dated) or dated.min() == dated.max():
        return np.zeros(len(sentences))
    return np.asarray(np.maximum(days - dated.min(), 0) / (dated.max() - dated.min()))


def weighed(hits: Sequence[Hit], question: Question) -> Weighed:
    """The WEIGHED_SENTENCES quotable sentences of the hits that BM25 ranks best, with their traits."""
    found = [read(hit, place) for hit in hits for place in range(hit.first, hit.first + hit.count)]
    own = sentence_scores([one.terms for one in found], question.weights)
    chosen = _best(found, own)
    sentences = [analysed(found[at]) for at in chosen]
    return Weighed(sentences, features.traits(sentences, own[chosen], found, question) if sentences else {})


def _best(found: Sequence[Read], own: Numbers) -> list[int]:
    """Which sentences BM25 ranks best, as they stand in their passages; ties go to the earlier."""
    plain = [score + PASSAGE_WEIGHT * one.hit.score for one, score in zip(found, own.tolist(), strict=True)]
    quotable = [at for at, one in enumerate(found) if one.span.quotable]
    return sorted(sorted(quotable, key=plain.__getitem__, reverse=True)[:WEIGHED_SENTENCES])


def quotes(
    ranked: Sequence[Candidate], question: Mapping[str, float], *, limit: int, characters: int
) -> tuple[tuple[Quote, ...], tuple[Attribution, ...]]:
    """Up to ``limit`` quotes, best first, and the articles that fit as well but may only be linked.

    At most ``characters`` of one article are quoted, counting a sentence that a quote leans on; 0 is no limit. An article whose
    sentence is longer than that alone is linked. The same sentence in several articles is one quote, its further articles in
    ``others``.
    """
    chosen: dict[str, Quote] = {}
    linked: dict[str, Attribution] = {}
    spent: dict[int, int] = defaultdict(int)
    for one in ranked:
        article = one.hit.article
        same = typed(one.text)
        if same in chosen:
            chosen[same] = _with_other(chosen[same], article.article.attribution)
        elif len(chosen) < limit:
            quote = _cut(one)
            cost = len(quote.text) + len(quote.before) * quote.needs_before + len(quote.after) * quote.needs_after
            if not article.article.attribution.quotable or 0 < characters < cost:
                linked[quote.article.id] = quote.article
            elif not characters or spent[article.key] + cost <= characters:
                spent[article.key] += cost
                chosen[same] = replace(quote, matched=tuple(_matched(one, question)))
    quoted = {quote.article.id for quote in chosen.values()}
    return tuple(chosen.values()), tuple(one for name, one in linked.items() if name not in quoted)


def typed(text: str) -> str:
    """A sentence as anybody types it: the same for every case, white space and form of quotation marks and dashes."""
    for printed, typed in () if text.isascii() else _TYPED:
        text = text.replace(printed, typed)
    return " ".join(text.casefold().split())


def _cut(one: Candidate) -> Quote:
    """Without what matched, which takes most of the time, and not all are shown."""
    article, place = one.hit.article, one.place
    sentence, language = one.sentence.span, article.article.language
    after = _neighbour(one.hit, place + 1)
    return Quote(
        text=one.text,
        start=sentence.start,
        end=sentence.end,
        partial=sentence.partial,
        score=one.score,
        before=_neighbour(one.hit, place - 1),
        after=after,
        needs_before=leans(one.text, language),
        needs_after=turns(after, language),
        matched=(),
        revision=article.revision,
        article=article.article.attribution,
    )


def _with_other(quote: Quote, other: Attribution) -> Quote:
    known = {quote.article.id, *(one.id for one in quote.others)}
    return quote if other.id in known else replace(quote, others=(*quote.others, other))


def _matched(one: Candidate, question: Mapping[str, float]) -> Iterator[tuple[int, int]]:
    language = one.hit.article.article.language
    matching = {token.written for token in one.sentence.tokens if not question.keys().isdisjoint(token.terms)}
    return ((start, end) for term, start, end in analyzer.occurrences(one.text, language, matching) if term in question)


def _text(hit: Hit, place: int) -> str:
    sentence = hit.article.sentences[place]
    return hit.article.article.text[sentence.start : sentence.end]


def _neighbour(hit: Hit, place: int) -> str:
    spans = hit.article.sentences
    return _text(hit, place) if 0 <= place < len(spans) and spans[place].quotable else ""
