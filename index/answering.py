"""A question → its Answer: THE answer path, one plain function over one snapshot of the library. Knows no face."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import regex

from index import analyzer, ranking, speech, spelling, topics
from index.asked import Question
from index.confidence import confidence, evidence, status
from index.dates import Period, period
from index.errors import EmptyLibraryError
from index.instances import listed
from index.meanings import lines
from index.model import Answer, Coverage, Hit, IndexedArticle, Reason, Status
from index.quoting import Candidate, candidates, quotes
from index.ranker import learned
from index.ranking import WeightedList
from index.vectors import vectors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from index.store import Reader, Segments

RETRIEVED_PASSAGES = 200
READ_PASSAGES = 10
"""The retrieved are found by BM25 alone; recency then orders them, and the ranker orders the sentences of the first ones.

Held out, the mean of the sets' first quotes moves by .005 at most between 24, 12 and 10; 24 take nearly twice as long. How many
questions have an answer among so many: `python -m tests.quality.sweep`.
"""

CORRECTED_WORDS = 10
"""Each is looked for among all of the library's words; more of them than this make no question."""

OPENING = 2.0
"""What an article's first passage counts more where a question asks for whatever there is to say. Set once: few ask so."""

NAMED_SOURCE = 1.3
"""Set once and not swept: the first quote of multihoprag_facts, whose questions name their papers, went from .82 to .84."""

_FOLLOW_UP = {
    "en": (
        r"(?:and|but|or|so|then|also|what\s+about|how\s+about|why|who\s+else|what\s+else)\b",
        r"\b(?:he|she|they|it|him|her|them|his|their|its|this|that|these|those|there)\b",
    ),
    "de": (
        r"(?:und|aber|oder|was\s+ist\s+mit|warum|wer\s+noch)\b",
        r"\b(?:er|sie|es|ihm|ihn|ihr|ihnen|sein\w*|ihre\w*|dies\w*|dort)\b",
    ),
    "es": (r"(?:y|pero|o|por\s+qué)\b", r"\b(?:él|ella|ellos|ellas|su|sus|esto|este|esta|ese|esa|eso|allí)\b"),
    "fr": (r"(?:et|mais|ou|pourquoi)\b", r"\b(?:il|elle|ils|elles|lui|leur|leurs|son|sa|ses|ce|cela|cette|ces|là)\b"),
    "zh": (r"(?:那么?|还有|为什么|那)", r"[他她它这那]"),
}
_NAMED_TERMS = 2  # "When did it open?" names one thing at most
_NAME = regex.compile(r"(?<=\S\s+)\p{Lu}\p{L}+")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A question as it was understood, completed by the one before or with its slips corrected.

    ``topic`` is its text with blanks in place of words that only ask, ``terms`` are the distinct ones of what is left.
    """

    text: str
    topic: str
    language: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles a question may be answered from: see :func:`answer`."""

    asked_at: date | None = None
    source: str | None = None
    since: date | None = None
    article: str | None = None
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Search:
    """What a question found: the question as ranked, the best passages, and its terms that some article has, in any spelling."""

    question: Question
    hits: list[Hit]
    known: frozenset[str]


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The passages of some terms: the terms' idf, those that an article has, the passages' ordinals and scores, best first."""

    weights: Mapping[str, float]
    known: frozenset[str]
    ordinals: NDArray[np.intp]
    scores: ranking.Scores


def prepare(languages: Iterable[str]) -> None:
    """Read what every answer needs, and the words of some languages, which a process keeps from then on."""
    learned()
    for language in languages:
        lines(language)
        listed(language)
        vectors(language)


def answer(  # noqa: PLR0913  one keyword for each thing that a person can ask for
    reader: Reader,
    question: str,
    *,
    asked_at: date | None = None,
    source: str | None = None,
    since: date | None = None,
    previous: str | None = None,
    article: str | None = None,
    without: Collection[str] = (),
    limit: int = 3,
    characters: int = 600,
) -> Answer:
    """Answer from one unchanging view of the library; CPU bound, so call it off the event loop.

    ``asked_at`` is a past day's end, UTC: articles up to one day later count, since days differ by time zone; None is now and
    excludes nothing. ``source`` and ``since`` leave out other outlets, and older or undated articles. ``previous`` is the
    question before, which completes this one where it is a follow-up. ``article`` is the id of the only one to look in,
    ``without`` are ids of those to leave out. Ties go by article id, then by place in the article.

    Raises:
        EmptyLibraryError: nothing is indexed yet.
        DamagedLibraryError: what was read is not what was written.
    """
    scope = Scope(asked_at, source, since, article, frozenset(without))
    with reader.snapshot():
        searched = reader.coverage()
        if not searched.articles:
            raise EmptyLibraryError
        completed = _read(question, previous, searched.languages)
        found = _search(reader, completed, scope)
        reading, corrected, suggested = _corrected(reader, completed, found.known)
        if corrected:
            found = _search(reader, reading, scope)
        ranked = candidates(found.hits, found.question)
        chosen, linked = quotes(ranked, found.question.weights, limit=limit, characters=characters)
    unquoted = {one.id for one in linked}
    quoted = [one for one in ranked if one.hit.article.article.attribution.id not in unquoted]
    probability = confidence(evidence(quoted)) if quoted else 0.0
    verdict = _verdict(probability, ranked, found.question) if chosen or linked else Status.NOT_FOUND
    missing = _missing(reading, found.known)
    return Answer(
        question=question,
        status=verdict,
        confidence=probability,
        quotes=chosen,
        linked=linked,
        read_as=None if completed.text == question else completed.text,
        missing=missing,
        reason=_reason(reading, found.known, missing, searched, scope) if verdict is Status.NOT_FOUND else None,
        searched=searched,
        source=source,
        since=since,
        suggested=suggested,
        corrected=corrected,
    )


def search(reader: Reader, question: str, scope: Scope) -> Search:
    """What :func:`answer` ranks, and nothing more: what the ranker learns from.

    Raises:
        DamagedLibraryError: what was read is not what was written.
    """
    with reader.snapshot():
        return _search(reader, _read(question, None, reader.coverage().languages), scope)


def _search(reader: Reader, reading: _Reading, scope: Scope) -> Search:
    found = retrieve(reader, reading.terms, scope, RETRIEVED_PASSAGES)
    today = scope.asked_at or datetime.now(UTC).date()
    weights = _weights(reading, found)
    asked = Question(reading.text, reading.language, weights, _days_about(reading.text, today))
    spelled_otherwise = set(reading.terms) - weights.keys()
    return Search(asked, _hits(reader, found, asked), found.known | spelled_otherwise)


def _weights(reading: _Reading, found: Retrieved) -> dict[str, float]:
    """The idf of each term, without a spelling of a compound that no article has where they have another.

    Where they have both, the two together weigh as the halves do: "cease-fire" is no rarer a thing for being "ceasefire", too.
    """
    weights = dict(found.weights)
    for whole, halves in dict.fromkeys(analyzer.compounds(reading.text, reading.language)):
        spellings = {*whole, *halves}
        kept = set(halves) if found.known.isdisjoint(whole) else spellings & found.known
        share = len(halves) / max(len(halves), len(kept))
        weights |= {term: weights[term] * share for term in kept}
        weights = {term: weight for term, weight in weights.items() if term in kept or term not in spellings}
    return weights


def retrieve(reader: Reader, terms: Sequence[str], scope: Scope, count: int) -> Retrieved:
    """The ``count`` passages that BM25 alone ranks best for distinct terms, within a snapshot; ties as in the library's order."""
    found = reader.lists(terms)
    segments = reader.segments()
    passages = segments.statistics.passages
    weights = {term: ranking.idf(passages, found[term][0] if term in found else 0) for term in terms}
    lists = [WeightedList(weights[term], postings) for term, (_, postings) in sorted(found.items())]
    return Retrieved(weights, frozenset(found), *segments.scorer.top(lists, count, _admitted(reader, segments, scope)))


def _verdict(probability: float, ranked: Sequence[Candidate], question: Question) -> Status:
    """What to make of a probability.

    Where one passage has all of the question's terms, there is something to show; where somebody's words are asked for and the
    first sentence has none of them, that is no answer.
    """
    found = status(probability)
    if found is Status.ANSWERED and speech.is_without_words(ranked[0].sentence, question):
        return Status.UNSURE
    return Status.UNSURE if found is Status.NOT_FOUND and _stand_together(ranked, question) else found


def _stand_together(ranked: Sequence[Candidate], question: Question) -> bool:
    held: dict[int, set[str]] = defaultdict(set)
    for one in ranked:
        held[id(one.hit)].update(one.terms)
    return any(terms.issuperset(question.weights) for terms in held.values())


def _days_about(question: str, today: date) -> Period:
    """The days whose news count as recent: those the question names, else from the day it was asked on."""
    return period(question, today) or Period(today.toordinal(), date.max.toordinal())


def _read(question: str, previous: str | None, languages: Sequence[str]) -> _Reading:
    language = analyzer.language(question, languages)
    is_follow_up = bool(previous) and _is_follow_up(question, language)
    return _understood(f"{previous} {question}" if is_follow_up else question, language)


def _understood(text: str, language: str) -> _Reading:
    topic = topics.topic(text, language)
    return _Reading(text, topic, language, tuple(dict.fromkeys(analyzer.terms(topic, language))))


def _corrected(
    reader: Reader, reading: _Reading, known: frozenset[str]
) -> tuple[_Reading, tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The question without slips in its words, those slips with what they became, and names like those that no article has.

    A name is never replaced: somebody else may be called just so.
    """
    text, corrected, suggested = reading.text, [], []
    for term, start, end in reversed(_unknown(reading, known)[:CORRECTED_WORDS]):
        word = _nearest(reader, text[start:end].casefold(), term) if text[start:end].isalpha() else None
        if word and text[start].isupper():
            suggested.append(word)
        elif word:
            corrected.append((text[start:end], word.lower()))
            text = text[:start] + word.lower() + text[end:]
    meant = _understood(text, reading.language) if corrected else reading
    return meant, tuple(dict.fromkeys(reversed(corrected))), tuple(reversed(suggested))


def _nearest(reader: Reader, word: str, term: str) -> str | None:
    """The library's word that is meant by one it does not have, as an article writes it; its first letter is trusted.

    The library has terms, not words: a name is mostly its own term, so the word is compared before its stem.
    """
    for form in (word, term):
        near = spelling.nearest(form, reader.terms_beginning(form[0], range(len(form) - 1, len(form) + 2)).items())
        if near:
            return _as_written(reader, near)
    return None


def _as_written(reader: Reader, term: str) -> str | None:
    """A term as the first article that has it writes it; None where that was removed."""
    segments = reader.segments()
    for _, postings in reader.lists([term]).values():
        living = postings.ordinals[segments.alive[postings.ordinals]]
        (article,) = reader.articles(segments.passages.articles[living[:1]].tolist()).values()
        told = f"{article.article.attribution.title} {article.article.text}"
        spans = analyzer.occurrences(told, article.article.language)
        return next((told[start:end] for found, start, end in spans if found == term), None)
    return None


def _is_follow_up(question: str, language: str) -> bool:
    """Whether a question leans on the one before: it opens with "and", says "he" or "there", or names next to nothing."""
    opening, pointing = _FOLLOW_UP.get(language, _FOLLOW_UP["en"])
    if regex.match(rf"\W*{opening}", question, regex.I):
        return True
    if _NAME.search(question):
        return False
    return bool(regex.search(pointing, question, regex.I)) or len(set(analyzer.terms(question, language))) < _NAMED_TERMS


def _admitted(reader: Reader, segments: Segments, scope: Scope) -> NDArray[np.bool_] | None:
    """Which passages may be found; None where all may, which spares looking each of them up."""
    filters = [*_filters(reader, segments, scope)]
    return reduce(np.logical_and, filters) if filters else None


def _filters(reader: Reader, segments: Segments, scope: Scope) -> Iterator[NDArray[np.bool_]]:
    passages = segments.passages
    if segments.statistics.passages < len(passages):
        yield segments.alive
    if scope.source is not None:
        yield np.isin(passages.articles, reader.keys_from(scope.source))
    if scope.since is not None:
        yield passages.days >= scope.since.toordinal()
    if scope.asked_at is not None:
        yield passages.days <= scope.asked_at.toordinal() + 1
    if scope.article is not None:
        yield np.isin(passages.articles, reader.keys_of([scope.article]))
    if scope.without:
        yield np.isin(passages.articles, reader.keys_of(scope.without), invert=True)


def _hits(reader: Reader, found: Retrieved, asked: Question) -> list[Hit]:
    """The passages whose sentences are worth weighing, best first, with their articles."""
    passages = reader.segments().passages
    boosted = found.scores * ranking.recency(passages.days[found.ordinals], asked.about)
    if topics.is_broad(asked.text, asked.language):
        boosted[passages.firsts[found.ordinals] == 0] *= OPENING
    order = np.argsort(-boosted, kind="stable")[:READ_PASSAGES]
    rows = [
        (int(passages.articles[at]), int(passages.firsts[at]), int(passages.counts[at]), float(score))
        for at, score in zip(found.ordinals[order], boosted[order], strict=True)
    ]
    articles = reader.articles({key for key, *_ in rows})
    hits = [Hit(articles[key], first, count, score * _voice(articles[key], asked.text)) for key, first, count, score in rows]
    return sorted(hits, key=lambda hit: -hit.score)


def _voice(article: IndexedArticle, question: str) -> float:
    """What an article's score is multiplied by where the question names its source ("according to The Verge")."""
    source = article.article.attribution.source
    is_named = source and source in question and regex.search(rf"\b{regex.escape(source)}\b", question)
    return NAMED_SOURCE if is_named else 1.0


def _unknown(reading: _Reading, known: frozenset[str]) -> list[tuple[str, int, int]]:
    """The question's terms that no article has, in any spelling, each with the span of its text."""
    if known.issuperset(reading.terms):
        return []
    return [one for one in analyzer.occurrences(reading.topic, reading.language) if one[0] not in known]


def _missing(reading: _Reading, known: frozenset[str]) -> tuple[str, ...]:
    """The question's words that no article has, as they were written; bigrams side by side make one word."""
    spans: list[tuple[int, int]] = []
    for _, start, end in _unknown(reading, known):
        if spans and start < spans[-1][1]:
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    return tuple(dict.fromkeys(reading.text[start:end] for start, end in spans))


def _reason(reading: _Reading, known: frozenset[str], missing: Sequence[str], searched: Coverage, scope: Scope) -> Reason:
    if not reading.terms:
        return Reason.NO_TERMS
    unknown = sum(term not in known for term in reading.terms)
    if 2 * unknown >= len(reading.terms) and analyzer.language(reading.text) not in searched.languages:
        return Reason.LANGUAGE
    if scope.source or scope.since:
        return Reason.FILTERED
    return Reason.MISSING if missing else Reason.APART
