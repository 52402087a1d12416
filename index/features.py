"""Candidate sentences of one question → a row of traits each, for the ranker. Knows no SQL, no weight of a trait, no set.

Nothing here depends on one language but the question words of kinds.py and a few openings; every trait compares terms,
positions and characters, so that what is learned in one language holds in others.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import regex

from index import acronyms, model, phrasing
from index.analysed import Analysed, analysed
from index.asked import Terms
from index.dates import is_about_now
from index.kinds import Kind, kind
from index.leaning import leans
from index.novelties import Novelties, support
from index.ranking import recency

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from index.asked import Numbers, Presence, Question
    from index.model import Hit

_MOST_NAMES = 4
_MOST_NUMBERS = 3
_MOST_DEFINED = 3
_FAR = 99.0
_AMOUNTS = (
    (
        regex.compile(r"percent|per cent|prozent|ciento|porcentaje|pourcentage|प्रतिशत|نسبة|百分|%", regex.I),
        regex.compile(r"%|percent|per cent|prozent|ciento|प्रतिशत|百分", regex.I),
    ),
    (
        regex.compile(r"how much|cost|price|worth|\bpa(?:id|y)\b|money|wie viel|kosten|preis|cuesta|precio|prix|多少钱", regex.I),
        regex.compile(r"[$€£¥]|dollar|euro|pound|美元", regex.I),
    ),
)  # what asks for a unit, and what has it
_DEFINING = regex.compile(
    r"^\W*(?:what|who|wer|was|qué|quién|que|qui)\s+(?:is|are|was|were|ist|war|sind|es|son|era|fue|est)\b", regex.I
)
_QUOTATION = regex.compile(r'["“”„«»「」]')
_SPEECH = regex.compile(r"\b(?:says?|said|tell|told|call(?:ed)?|describe[ds]?|claim(?:ed)?|accuse[ds]?|announce[ds]?)\b", regex.I)
_CAUSE = regex.compile(
    r"\b(?:because|due to|since|reason|caused?|so that|after|result|led to|in order to|weil|wegen|porque|debido)\b", regex.I
)


def traits(sentences: Sequence[Analysed], own: Numbers, around: Iterable[Analysed], question: Question) -> dict[str, Numbers]:
    """Each trait by its name, a value a sentence.

    ``own`` are the sentences' BM25 scores. ``around`` are sentences analysed already, among which neighbours are looked up.
    """
    terms = Terms(question)
    known = _Context(around, terms)
    here = np.array([known.holds(one.hit, one.place) for one in sentences])
    before = np.array([known.holds(one.hit, one.place - 1) for one in sentences])
    after = np.array([known.holds(one.hit, one.place + 1) for one in sentences])
    passage, title, article = known.contexts(sentences)
    return {
        **_scores(sentences, own, question),
        **_coverage(terms, here, before, after, passage, title, article),
        **_loose(sentences, terms, here, title),
        **_order(sentences, terms, here),
        **phrasing.traits(sentences, terms, question.language),
        **_shape(sentences),
        **_answers(sentences, terms, own, question),
        "terms": np.full(len(sentences), float(len(terms.all))),
    }


class _Context:
    """Which of the question's terms each sentence, passage, headline and article holds; each is analysed once."""

    def __init__(self, around: Iterable[Analysed], terms: Terms) -> None:
        self._terms = terms
        self._nothing = np.zeros(len(terms.all), bool)
        self._held = {(one.hit.article.key, one.place): terms.presence(one.terms) for one in around}
        self._titles: dict[int, Presence] = {}
        self._articles: dict[int, Presence] = {}
        for (key, _), held in self._held.items():
            self._articles[key] = self._articles.get(key, self._nothing) | held

    def holds(self, hit: Hit, place: int) -> Presence:
        """What the ``place``-th sentence of the hit's article holds; nothing beyond the article's ends."""
        key = hit.article.key, place
        if key not in self._held:
            is_there = 0 <= place < len(hit.article.sentences)
            self._held[key] = self._terms.presence(analysed(hit, place).terms) if is_there else self._nothing
        return self._held[key]

    def contexts(self, sentences: Sequence[Analysed]) -> tuple[Presence, Presence, Presence]:
        """What each sentence's passage, headline and article (its passages found, and its headline) hold."""
        hits = {(one.hit.article.key, one.hit.first): one.hit for one in sentences}
        passages = {key: self._passage(hit) for key, hit in hits.items()}
        passage = np.array([passages[one.hit.article.key, one.hit.first] for one in sentences])
        title = np.array([self._title(one.hit) for one in sentences])
        return passage, title, np.array([self._articles[one.hit.article.key] for one in sentences]) | title

    def _passage(self, hit: Hit) -> Presence:
        held = [self.holds(hit, place) for place in range(hit.first, hit.first + hit.count)]
        return np.asarray(np.any(held, axis=0))

    def _title(self, hit: Hit) -> Presence:
        article = hit.article.article
        if hit.article.key not in self._titles:
            self._titles[hit.article.key] = self._terms.presence(
                acronyms.terms(article.attribution.title, article.language, acronyms.names(hit.article))
            )
        return self._titles[hit.article.key]


def _scores(sentences: Sequence[Analysed], own: Numbers, question: Question) -> dict[str, Numbers]:
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
    return {
        "own": own,
        "own_to_best": own / max(float(own.max()), 1e-9),
        "passage": bare,
        "passage_to_best": boosted / max(float(boosted.max()), 1e-9),
        "recency": fresh - 1,
        "new_as_asked": now * (fresh - 1),
        "old_though_asked_new": now * (days > 0) * (2 - fresh),
        "article_to_best": per_article / max(float(per_article.max()), 1e-9),
    }


def _coverage(
    terms: Terms, here: Presence, before: Presence, after: Presence, passage: Presence, title: Presence, article: Presence
) -> dict[str, Numbers]:
    alone, left = terms.coverage(here), terms.coverage(~title)
    return {
        "covered": alone,
        "covered_to_best": alone / max(float(alone.max()), 1e-9),
        "covered_by_passage": terms.coverage(passage),
        "covered_by_title": terms.coverage(title),
        "covered_with_title": terms.coverage(here | title),
        "left_by_title": left,
        "beyond_title": terms.coverage(here & ~title) / np.maximum(left, 1e-9),
        "covered_with_before": terms.coverage(here | before),
        "covered_with_after": terms.coverage(here | after),
        "covered_by_article": terms.coverage(article),
        "rare": terms.share(here, terms.rare),
        "rare_with_context": terms.share(here | title | before, terms.rare),
    }


def _loose(sentences: Sequence[Analysed], terms: Terms, here: Presence, title: Presence) -> dict[str, Numbers]:
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


def _order(sentences: Sequence[Analysed], terms: Terms, here: Presence) -> dict[str, Numbers]:
    """How the question's terms stand in each sentence: how close together, and how many side by side as in the question."""
    adjacent = set(pairwise(terms.all))
    windows, pairs = [], []
    for one in sentences:
        at = [(place, term) for place, term in enumerate(one.terms) if term in terms.number]
        windows.append(_window(at))
        pairs.append(len(adjacent.intersection(pairwise(one.terms))))
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


def _shape(sentences: Sequence[Analysed]) -> dict[str, Numbers]:
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


def _answers(sentences: Sequence[Analysed], terms: Terms, own: Numbers, question: Question) -> dict[str, Numbers]:
    """What each sentence has of the kind that the question asks for."""
    asked = kind(terms.asks, question.language)
    found = [Novelties.of(one, terms) for one in sentences]
    names = np.array([min(len(one.names), _MOST_NAMES) for one in found], float)
    is_defining = bool(_DEFINING.search(terms.asks)) and len(terms.all) <= _MOST_DEFINED
    numbers = np.array([min(len(one.numbers), _MOST_NUMBERS) for one in found], float)
    dates = np.array([one.has_date for one in found], float)
    return {
        "opening": np.array([one.opening for one in found]),
        "says_what_it_is": np.array([one.defines for one in found], float),
        "definition_wanted": np.array([one.defines for one in found]) * float(is_defining),
        "name_at_phrase": np.array([one.name_at_phrase for one in found]),
        "number_at_phrase": np.array([one.number_at_phrase for one in found]),
        "support": support(sentences, found, own),
        "near_number": np.array([one.near_number for one in found]) * (asked is Kind.NUMBER),
        "number_wanted": numbers * (asked is Kind.NUMBER),
        "amount_wanted": _amounts(terms.asks, sentences),
        "date_wanted": dates * (asked is Kind.TIME),
        "time_wanted": numbers * (asked is Kind.TIME),
        "person_wanted": names * (asked is Kind.PERSON),
        "place_wanted": names * (asked is Kind.PLACE),
        "name_wanted": names * (asked is Kind.NAME),
        "cause_wanted": _matches(_CAUSE, sentences, are_wanted=asked is Kind.REASON),
        "speech_wanted": _matches(_QUOTATION, sentences, are_wanted=bool(_SPEECH.search(terms.asks))),
        **{f"asks_{one.name.lower()}": np.full(len(sentences), float(asked is one)) for one in Kind},
    }


def _amounts(question: str, sentences: Sequence[Analysed]) -> Numbers:
    """Whether each sentence has a unit that the question asks for."""
    wanted = [unit for asking, unit in _AMOUNTS if asking.search(question)]
    return np.asarray(np.max([_matches(unit, sentences) for unit in wanted] or [np.zeros(len(sentences))], axis=0))


def _matches(pattern: regex.Pattern[str], sentences: Sequence[Analysed], *, are_wanted: bool = True) -> Numbers:
    """Which sentences a pattern is in; none where that is not wanted."""
    return np.array([are_wanted and bool(pattern.search(one.text)) for one in sentences], float)
