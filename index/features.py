"""Candidate sentences of one question → a row of traits each, for the ranker. Knows no SQL, no weight of a trait, no set.

Nothing here depends on one language but the question words of kinds.py and a few openings; every trait compares terms,
positions and characters, so that what is learned in one language holds in others.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import regex

from index import analyzer, model
from index.dates import is_about_now
from index.kinds import Kind, kind
from index.leaning import leans
from index.ranking import recency

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from index.dates import Period
    from index.model import Hit

    Numbers = NDArray[np.float64]
    Presence = NDArray[np.bool_]

RARE = 0.7
"""A term is rare whose idf is over this share of the question's highest."""

_MOST_NAMES = 4
_MOST_NUMBERS = 3
_FAR = 99.0
_ALIKE_LETTERS = 4
_ALIKE_SHARE = 0.65
_YEAR = regex.compile(r"(?:1\d|20)\d\d")
_LAST_SENTENCE = regex.compile(r"(?<=[.!?。！？؟]\s*)[^.!?。！？؟]+[.!?。！？؟\s]*$")
_QUESTION_WORD = regex.compile(r"\b(?:what|which|how|who|whose|when|where|welche[rsmn]?|was|qué|cuál|quel(?:le)?)\b", regex.I)
_AMOUNTS = (
    (
        regex.compile(r"percent|per cent|prozent|ciento|porcentaje|pourcentage|प्रतिशत|نسبة|百分|%", regex.I),
        regex.compile(r"%|percent|per cent|prozent|ciento|प्रतिशत|百分", regex.I),
    ),
    (
        regex.compile(r"how much|cost|price|worth|\bpaid\b|\bpay\b|money|salary|wie viel|kosten|preis|cuesta|precio|prix|多少钱", regex.I),
        regex.compile(r"[$€£¥]|dollar|euro|pound|美元", regex.I),
    ),
)  # what asks for a unit, and what has it
_QUOTATION = regex.compile(r'["“”„«»「」]')
_SPEECH = regex.compile(r"\b(?:says?|said|tell|told|call(?:ed)?|describe[ds]?|claim(?:ed)?|accuse[ds]?|announce[ds]?)\b", regex.I)
_CAUSE = regex.compile(r"\b(?:because|due to|since|reason|caused?|so that|after|result|led to|in order to|weil|wegen|porque|debido)\b", regex.I)
_MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday "
    "januar februar märz mai juni juli oktober dezember enero febrero marzo abril mayo junio julio agosto septiembre octubre "
    "noviembre diciembre janvier février mars avril juin juillet août septembre octobre novembre décembre".split()
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is ranked for: its text, the idf of each of its terms, and the days that count as recent."""

    text: str
    language: str
    weights: Mapping[str, float]
    about: Period


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a hit's article, analysed: its tokens as written, the terms of each, and all terms in order."""

    hit: Hit
    place: int
    tokens: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    terms: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sentence as written."""
        span = self.hit.article.sentences[self.place]
        return self.hit.article.article.text[span.start : span.end]


def analysed(hit: Hit, place: int) -> Sentence:
    """The ``place``-th sentence of the hit's article."""
    span = hit.article.sentences[place]
    tokens = tuple(analyzer.tokens(hit.article.article.text[span.start : span.end]))
    language = hit.article.article.language
    parts = tuple(analyzer.token_terms(token, language) for token in tokens)
    return Sentence(hit, place, tokens, parts, tuple(term for terms in parts for term in terms))


def traits(sentences: Sequence[Sentence], own: Numbers, around: Iterable[Sentence], question: Question) -> dict[str, Numbers]:
    """Each trait by its name, a value a sentence; :func:`rows` puts them side by side.

    ``own`` are the sentences' BM25 scores. ``around`` are sentences analysed already, among which neighbours are looked up.
    """
    terms = _Terms(question)
    known = _Neighbours(around, terms)
    here = np.array([known.holds(one.hit, one.place) for one in sentences])
    before = np.array([known.holds(one.hit, one.place - 1) for one in sentences])
    after = np.array([known.holds(one.hit, one.place + 1) for one in sentences])
    passage, title, article = known.contexts(sentences)
    asked = kind(question.text, question.language)
    found = [_Novelties.of(one, terms) for one in sentences]
    names = np.array([min(len(one.names), _MOST_NAMES) for one in found], float)
    numbers = np.array([min(len(one.numbers), _MOST_NUMBERS) for one in found], float)
    dates = np.array([one.has_date for one in found], float)
    return {
        **_scores(sentences, own, question),
        **_coverage(terms, here, before, after, passage, title, article),
        **_loose(sentences, terms, here, title),
        **_order(sentences, terms, here),
        **_shape(sentences),
        "names": names,
        "numbers": numbers,
        "named": terms.share(here, terms.capitalised),
        "support": _support(sentences, found, own),
        "number_wanted": numbers * (asked is Kind.NUMBER),
        "amount_wanted": _amounts(question.text, sentences),
        "near_number": np.array([one.near_number for one in found]) * (asked is Kind.NUMBER),
        "near_name": np.array([one.near_name for one in found]),
        "date_wanted": dates * (asked is Kind.TIME),
        "time_wanted": numbers * (asked is Kind.TIME),
        "person_wanted": names * (asked is Kind.PERSON),
        "place_wanted": names * (asked is Kind.PLACE),
        "name_wanted": names * (asked is Kind.NAME),
        "cause_wanted": _matches(_CAUSE, sentences) * (asked is Kind.REASON),
        "speech_wanted": _matches(_QUOTATION, sentences) * bool(_SPEECH.search(question.text)),
        **{f"asks_{one.name.lower()}": np.full(len(sentences), float(asked is one)) for one in Kind},
        "terms": np.full(len(sentences), float(len(terms.all))),
    }


def rows(columns: Mapping[str, Numbers]) -> Numbers:
    """The traits as a matrix, a row a sentence, columns in the order of their names' first mention."""
    return np.column_stack(list(columns.values())).astype(np.float64)


class _Terms:
    """The question's terms in order, their idf, and which of them are rare or written as names."""

    def __init__(self, question: Question) -> None:
        self.all = tuple(question.weights)
        self.known = frozenset(self.all)
        self.number = {term: at for at, term in enumerate(self.all)}
        self.idf = np.array([question.weights[term] for term in self.all])
        self.total = float(self.idf.sum())
        self.rare = self.idf > RARE * self.idf.max()
        tokens = analyzer.tokens(question.text)
        names = {term for token in tokens[1:] if _is_name(token) for term in analyzer.token_terms(token, question.language)}
        self.capitalised = np.array([term in names for term in self.all])
        last = _LAST_SENTENCE.search(question.text)
        asking = set(analyzer.terms(last.group() if last else question.text, question.language))
        self.asking = np.array([term in asking for term in self.all])
        word = _QUESTION_WORD.search(question.text)
        behind = analyzer.terms(question.text[word.end() :], question.language) if word else []
        self.focus = self.number.get(behind[0], 0) if behind else 0
        beginnings = [term[: max(_ALIKE_LETTERS, round(len(term) * _ALIKE_SHARE))] for term in self.all]
        self._beginning = {at: one for at, one in enumerate(beginnings) if len(one) >= _ALIKE_LETTERS}
        self._beginnings = tuple(self._beginning.values())
        self.every = {token.casefold() for token in tokens} | set(self.all)

    def presence(self, terms: Iterable[str]) -> Presence:
        """Which of the question's terms are among these."""
        here = np.zeros(len(self.all), bool)
        here[[self.number[term] for term in terms if term in self.number]] = True
        return here

    def begins_like(self, term: str) -> list[int]:
        """Which of the question's terms begin as this one does."""
        if not term.startswith(self._beginnings):
            return []
        return [at for at, beginning in self._beginning.items() if term.startswith(beginning)]

    def coverage(self, presence: Presence) -> Numbers:
        """The share of the question's idf that each row holds."""
        return np.asarray(presence @ self.idf / self.total)

    @staticmethod
    def share(presence: Presence, chosen: Presence) -> Numbers:
        """The share of the chosen terms that each row holds; 0 where none is chosen."""
        return np.asarray(presence[:, chosen].sum(axis=1) / max(1, int(chosen.sum())))


class _Neighbours:
    """Which of the question's terms each sentence, passage, headline and article holds; each is analysed once."""

    def __init__(self, around: Iterable[Sentence], terms: _Terms) -> None:
        self._terms = terms
        self._nothing = np.zeros(len(terms.all), bool)
        self._held = {(one.hit.article.key, one.place): terms.presence(one.terms) for one in around}
        self._titles: dict[int, Presence] = {}
        self._articles: dict[int, Presence] = {}
        for (key, _), held in self._held.items():
            self._articles[key] = self._articles.get(key, self._nothing) | held

    def holds(self, hit: Hit, place: int) -> Presence:
        """What the ``place``-th sentence of the hit's article holds; nothing beyond the article's ends."""
        if not 0 <= place < len(hit.article.sentences):
            return self._nothing
        key = hit.article.key, place
        if key not in self._held:
            self._held[key] = self._terms.presence(analysed(hit, place).terms)
        return self._held[key]

    def contexts(self, sentences: Sequence[Sentence]) -> tuple[Presence, Presence, Presence]:
        """What each sentence's passage, headline and article (its passages found, and its headline) hold."""
        passage = [
            np.logical_or.reduce([self.holds(one.hit, place) for place in range(one.hit.first, one.hit.first + one.hit.count)])
            for one in sentences
        ]
        title = np.array([self._title(one.hit) for one in sentences])
        return np.array(passage), title, np.array([self._articles[one.hit.article.key] for one in sentences]) | title

    def _title(self, hit: Hit) -> Presence:
        article = hit.article.article
        if hit.article.key not in self._titles:
            self._titles[hit.article.key] = self._terms.presence(analyzer.terms(article.attribution.title, article.language))
        return self._titles[hit.article.key]


@dataclass(frozen=True, slots=True)
class _Novelties:
    """What a sentence names that the question does not: where its answer may be.

    ``near_name`` and ``near_number`` say how close the closest of them stands to a term of the question: 1 beside it, 0
    where there is none.
    """

    names: frozenset[str]
    numbers: frozenset[str]
    has_date: bool
    near_name: float
    near_number: float

    @staticmethod
    def of(sentence: Sentence, terms: _Terms) -> _Novelties:
        matched: list[int] = []
        names: dict[int, str] = {}
        numbers: dict[int, str] = {}
        has_date = False
        for at, (token, parts) in enumerate(zip(sentence.tokens, sentence.parts, strict=True)):
            if not terms.known.isdisjoint(parts):
                matched.append(at)
                continue
            folded = token.casefold()
            if folded in terms.every:
                continue
            if token[0].isnumeric() or folded in analyzer.NUMBER_WORDS:
                numbers[at] = folded
                has_date = has_date or bool(_YEAR.fullmatch(folded))
            elif at and parts and _is_name(token):
                names[at] = folded
            has_date = has_date or folded in _MONTHS
        return _Novelties(
            frozenset(names.values()), frozenset(numbers.values()), has_date, _near(names, matched), _near(numbers, matched)
        )


def _near(places: Collection[int], others: Sequence[int]) -> float:
    return max((1 / abs(one - other) for one in places for other in others), default=0.0)


def _is_name(token: str) -> bool:
    return token[0].isupper()


def _scores(sentences: Sequence[Sentence], own: Numbers, question: Question) -> dict[str, Numbers]:
    days = np.array([model.day(one.hit.article.article.attribution.published) for one in sentences], np.uint32)
    fresh = recency(days, question.about)
    now = is_about_now(question.text)
    boosted = np.array([one.hit.score for one in sentences])
    bare = boosted / fresh
    hits = {(one.hit.article.key, one.hit.first): one.hit.score for one in sentences}
    sums: dict[int, float] = defaultdict(float)
    for (key, _), score in hits.items():
        sums[key] += score
    per_article = np.array([sums[one.hit.article.key] for one in sentences])
    by_place = {(one.hit.article.key, one.place): float(score) for one, score in zip(sentences, own, strict=True)}
    best = max(float(own.max()), 1e-9)
    beside = [
        [by_place.get((one.hit.article.key, one.place + step), 0.0) / best for one in sentences]
        for step in (-1, 1)
    ]
    return {
        "own": own,
        "own_to_best": own / best,
        "passage": bare,
        "passage_to_best": boosted / max(float(boosted.max()), 1e-9),
        "recency": fresh - 1,
        "new_as_asked": now * (fresh - 1),
        "old_though_asked_new": now * (days > 0) * (2 - fresh),
        "article_to_best": per_article / max(float(per_article.max()), 1e-9),
        "own_before": np.array(beside[0]),
        "own_after": np.array(beside[1]),
    }


def _coverage(
    terms: _Terms, here: Presence, before: Presence, after: Presence, passage: Presence, title: Presence, article: Presence
) -> dict[str, Numbers]:
    alone = terms.coverage(here)
    return {
        "covered": alone,
        "covered_to_best": alone / max(float(alone.max()), 1e-9),
        "covered_by_passage": terms.coverage(passage),
        "covered_by_title": terms.coverage(title),
        "covered_with_title": terms.coverage(here | title),
        "covered_with_before": terms.coverage(here | before),
        "covered_with_after": terms.coverage(here | after),
        "covered_by_article": terms.coverage(article),
        "rare": terms.share(here, terms.rare),
        "rare_with_context": terms.share(here | title | before, terms.rare),
    }


def _loose(sentences: Sequence[Sentence], terms: _Terms, here: Presence, title: Presence) -> dict[str, Numbers]:
    """Coverage where a term also counts that only begins alike, and coverage of the sentence that asks."""
    alike = {term: terms.begins_like(term) for term in {term for one in sentences for term in one.terms}}
    loosely = here.copy()
    for row, one in zip(loosely, sentences, strict=True):
        row[[at for term in one.terms for at in alike[term]]] = True
    asking = terms.idf * terms.asking
    return {
        "loosely": terms.coverage(loosely),
        "loosely_with_title": terms.coverage(loosely | title),
        "asking": np.asarray(here @ asking / max(float(asking.sum()), 1e-9)),
        "focus": here[:, terms.focus].astype(float),
    }


def _order(sentences: Sequence[Sentence], terms: _Terms, here: Presence) -> dict[str, Numbers]:
    """How the question's terms stand in each sentence: how close together, and how many side by side as in the question."""
    adjacent = set(zip(terms.all, terms.all[1:], strict=False))
    windows, pairs = [], []
    for one in sentences:
        at = [(place, term) for place, term in enumerate(one.terms) if term in terms.number]
        windows.append(_window(at))
        pairs.append(len(adjacent & set(zip(one.terms, one.terms[1:], strict=False))))
    needed = here.sum(axis=1)
    return {
        "closeness": np.where(needed > 1, needed / np.array(windows), 0.0),
        "pairs": np.array(pairs, float),
        "matched": needed.astype(float),
        "density": needed / np.array([max(1, len(one.terms)) for one in sentences]),
    }


def _window(at: Sequence[tuple[int, str]]) -> float:
    """The length of the shortest stretch that holds each of the terms; ``at`` are their places in order."""
    needed = len({term for _, term in at})
    last: dict[str, int] = {}
    shortest = _FAR
    for place, term in at:
        last[term] = place
        if len(last) == needed:
            shortest = min(shortest, place - min(last.values()) + 1)
    return shortest


def _shape(sentences: Sequence[Sentence]) -> dict[str, Numbers]:
    hits_of: dict[int, set[int]] = defaultdict(set)
    for one in sentences:
        hits_of[one.hit.article.key].add(one.hit.first)
    texts = [one.text for one in sentences]
    return {
        "length": np.log1p([len(one.terms) for one in sentences]),
        "place": np.log1p([one.place for one in sentences]),
        "opens_article": np.array([one.place == 0 for one in sentences], float),
        "passages_of_article": np.log1p([len(hits_of[one.hit.article.key]) for one in sentences]),
        "is_question": np.array([text.rstrip().endswith(("?", "？", "؟")) for text in texts], float),
        "has_quotation": _matches(_QUOTATION, sentences),
        "leans": np.array([leans(one.text, one.hit.article.article.language) for one in sentences], float),
    }


def _support(sentences: Sequence[Sentence], found: Sequence[_Novelties], own: Numbers) -> Numbers:
    """How well the best name or number that a sentence adds is borne out by sentences of other articles, 0 and up."""
    weight = own / max(float(own.max()), 1e-9)
    backing: dict[str, dict[int, float]] = defaultdict(dict)
    for one, new, score in zip(sentences, found, weight, strict=True):
        for word in new.names | new.numbers:
            by_article = backing[word]
            by_article[one.hit.article.key] = max(by_article.get(one.hit.article.key, 0.0), float(score))
    totals = {word: sum(by_article.values()) for word, by_article in backing.items()}
    return np.array([_best_backing(new.names | new.numbers, one.hit.article.key, backing, totals) for one, new in zip(sentences, found, strict=True)])


def _best_backing(words: Collection[str], key: int, backing: Mapping[str, Mapping[int, float]], totals: Mapping[str, float]) -> float:
    return max((totals[word] - backing[word][key] for word in words), default=0.0)


def _amounts(question: str, sentences: Sequence[Sentence]) -> Numbers:
    """Whether each sentence has a unit that the question asks for."""
    wanted = [unit for asking, unit in _AMOUNTS if asking.search(question)]
    return np.max([_matches(unit, sentences) for unit in wanted] or [np.zeros(len(sentences))], axis=0)


def _matches(pattern: regex.Pattern[str], sentences: Sequence[Sentence]) -> Numbers:
    return np.array([bool(pattern.search(one.text)) for one in sentences], float)
