"""Candidate sentences of one question → a row of traits each, for the ranker. Knows no SQL, no weight of a trait, no set.

Nothing here depends on one language but the question words of kinds.py, the patterns of clues.py and a few openings; every
trait compares terms, positions and characters, so that what is learned in one language holds in others.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import regex

from index import fitting, likeness, model, phrasing
from index.analysed import Analysed, Read, headline, read
from index.asked import Terms, column, marked
from index.dates import is_about_now
from index.kinds import Kind, kind
from index.leaning import leans
from index.novelties import defines, near, novelties, support
from index.ranking import recency

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.asked import Numbers, Presence, Question
    from index.novelties import Novelties

_MOST_NAMES = 4
_MOST_NUMBERS = 3
_MOST_DEFINED = 3
_NAMED = {Kind.PERSON, Kind.PLACE, Kind.NAME}
_NUMBERED = {Kind.NUMBER, Kind.TIME}
_FAR = 99.0
_DEFINING = regex.compile(
    r"^\W*(?:what|who|wer|was|qué|quién|que|qui)\s+(?:is|are|was|were|ist|war|sind|es|son|era|fue|est)\b"
    r"|^\W*(?:ما|من)\s+(?:هو|هي|هم|كان|كانت)\b|\b(?:क्या|कौन)\s+(?:है|हैं|था|थी|थे)\W*$|什么是|谁是|是(?:什么|谁)\W*$",
    regex.I,
)


def traits(sentences: Sequence[Analysed], own: Numbers, around: Sequence[Read], question: Question) -> dict[str, Numbers]:
    """Each trait by its name, a value a sentence.

    ``own`` are the sentences' BM25 scores. ``around`` are all sentences of all their hits.
    """
    terms = Terms(question)
    held = _Held.of(sentences, around, terms)
    asked = kind(terms.asks, terms.language)
    found = novelties(sentences, terms)
    return {
        **_scores(sentences, own, question),
        **_coverage(terms, held),
        **_loose(sentences, terms, held),
        **_order(sentences, terms, held.here),
        **phrasing.traits(sentences, terms),
        **_shape(sentences),
        **_answers(sentences, found, terms, own, asked),
        **fitting.traits(sentences, found, terms, asked),
        **likeness.traits(sentences, terms, held.here, held.title),
        "terms": np.full(len(sentences), float(len(terms.all))),
    }


@dataclass(frozen=True, slots=True)
class _Held:
    """Which of the question's terms each sentence holds, and what is around it, a row a sentence.

    ``before`` and ``after`` are its neighbours, which hold nothing beyond the article's ends; ``article`` is the passages found
    of its article, and the headline.
    """

    here: Presence
    before: Presence
    after: Presence
    passage: Presence
    title: Presence
    article: Presence

    @staticmethod
    def of(sentences: Sequence[Analysed], around: Sequence[Read], terms: Terms) -> _Held:
        """Look at each sentence, each neighbour and each headline once; ``around`` has those of a passage one after the other."""
        found = [*around, *_beyond(sentences, around)]
        held = np.vstack([terms.presence([one.terms for one in found]), np.zeros(len(terms.all), bool)])  # the last: nothing
        row = {(one.hit.article.key, one.place): at for at, one in enumerate(found)}
        here, before, after = (
            [row.get((one.hit.article.key, one.place + offset), -1) for one in sentences] for offset in (0, -1, 1)
        )
        starts: dict[tuple[int, int], int] = {}
        for at, one in enumerate(around):
            starts.setdefault((one.hit.article.key, one.hit.first), at)
        passage = np.logical_or.reduceat(held[: len(around)], [*starts.values()])
        keys = np.array([key for key, _ in starts])
        articles = [around[at].hit.article for at in starts.values()]
        headlines = {key: headline(article) for key, article in {one.key: one for one in articles}.items()}
        title = terms.presence([headlines[one.key] for one in articles])
        number = {name: at for at, name in enumerate(starts)}
        found_in = [number[one.hit.article.key, one.hit.first] for one in sentences]
        return _Held(
            held[here],
            held[before],
            held[after],
            passage[found_in],
            title[found_in],
            ((keys[:, None] == keys) @ passage | title)[found_in],
        )


def _beyond(sentences: Sequence[Analysed], around: Sequence[Read]) -> list[Read]:
    """The neighbours of the sentences that are in none of their hits."""
    known = {(one.hit.article.key, one.place) for one in around}
    beside = {(one.hit.article.key, place): one.hit for one in sentences for place in (one.place - 1, one.place + 1)}
    return [
        read(hit, place)
        for (key, place), hit in beside.items()
        if (key, place) not in known and 0 <= place < len(hit.article.sentences)
    ]


def _scores(sentences: Sequence[Analysed], own: Numbers, question: Question) -> dict[str, Numbers]:
    published = {one.hit.article.key: one.hit.article.article.attribution.published for one in sentences}
    day_of = {key: model.day(given) for key, given in published.items()}
    days = np.array([day_of[one.hit.article.key] for one in sentences], np.uint32)
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


def _coverage(terms: Terms, held: _Held) -> dict[str, Numbers]:
    covered = terms.coverages(
        covered=held.here,
        covered_by_passage=held.passage,
        covered_by_title=held.title,
        covered_with_title=held.here | held.title,
        left_by_title=~held.title,
        beyond_title=held.here & ~held.title,
        covered_with_before=held.here | held.before,
        covered_with_after=held.here | held.after,
        covered_by_article=held.article,
    )
    alone, left = covered["covered"], covered["left_by_title"]
    return {
        **covered,
        "covered_to_best": alone / max(float(alone.max()), 1e-9),
        "beyond_title": covered["beyond_title"] / np.maximum(left, 1e-9),
        "rare": terms.share(held.here, terms.rare),
        "rare_with_context": terms.share(held.here | held.title | held.before, terms.rare),
    }


def _loose(sentences: Sequence[Analysed], terms: Terms, held: _Held) -> dict[str, Numbers]:
    """Coverage where a term also counts that only begins alike, or that may be said for one."""
    begun = held.here | _stood_for(sentences, terms, terms.begin_alike(set().union(*(one.terms for one in sentences))))
    meant = held.here | _stood_for(sentences, terms, terms.otherwise)
    return terms.coverages(
        loosely=begun,
        loosely_with_title=begun | held.title,
        meant=meant,
        meant_only=meant & ~held.here,
        meant_with_title=meant | held.title,
    )


def _stood_for(sentences: Sequence[Analysed], terms: Terms, others: Mapping[str, Sequence[int]]) -> Presence:
    """Which of the question's terms each sentence holds another word for; ``others`` has their places by that word."""
    rows = [others.keys() & one.terms for one in sentences]
    return marked([[at for term in row for at in others[term]] for row in rows], len(terms.all))


def _order(sentences: Sequence[Analysed], terms: Terms, here: Presence) -> dict[str, Numbers]:
    """How the question's terms stand in each sentence: how close together, and how many side by side as in the question."""
    adjacent = set(pairwise(terms.all))
    matched = here.sum(axis=1)
    several = np.flatnonzero(matched > 1).tolist()
    closeness, pairs = np.zeros(len(sentences)), np.zeros(len(sentences))
    for at in several:
        told = sentences[at].terms
        closeness[at] = matched[at] / _window(told, terms.known)
        pairs[at] = len(adjacent.intersection(pairwise(told)))
    return {
        "closeness": closeness,
        "pairs": pairs,
        "matched": matched.astype(float),
        "density": matched / np.array([max(1, len(one.terms)) for one in sentences]),
    }


def _window(told: Sequence[str], asked: frozenset[str]) -> float:
    """The length of the shortest stretch that holds each of the terms asked for that are told at all."""
    needed = len(asked.intersection(told))
    last: dict[str, int] = {}
    shortest = _FAR
    for place, term in enumerate(told):
        if term in asked:
            last[term] = place
            if len(last) == needed:
                shortest = min(shortest, place - min(last.values()) + 1)
    return shortest


def _shape(sentences: Sequence[Analysed]) -> dict[str, Numbers]:
    hits_of: dict[int, set[int]] = defaultdict(set)
    for one in sentences:
        hits_of[one.hit.article.key].add(one.hit.first)
    return {
        "length": np.log1p([len(one.terms) for one in sentences]),
        "place": np.log1p([one.place for one in sentences]),
        "opens_article": np.array([one.place == 0 for one in sentences], float),
        "passages_of_article": np.log1p([len(hits_of[one.hit.article.key]) for one in sentences]),
        "is_question": np.array([one.text.endswith(("?", "？", "؟")) for one in sentences], float),
        "leans": np.array([leans(one.text, one.hit.article.article.language) for one in sentences], float),
    }


def _answers(
    sentences: Sequence[Analysed], found: Sequence[Novelties], terms: Terms, own: Numbers, asked: Kind
) -> dict[str, Numbers]:
    """What each sentence has of the kind that the question asks for."""
    names = column(found, lambda one: min(len({*one.names.values()}), _MOST_NAMES), wanted=asked in _NAMED)
    numbers = column(found, lambda one: min(len({*one.numbers.values()}), _MOST_NUMBERS), wanted=asked in _NUMBERED)
    defining = np.array([defines(one.tokens, new.asked) for one, new in zip(sentences, found, strict=True)], float)
    is_defining = len(terms.all) <= _MOST_DEFINED and bool(_DEFINING.search(terms.asks))
    return {
        "opening": np.array([1 / (1 + one.asked[0]) if one.asked else 0.0 for one in found]),
        "says_what_it_is": defining,
        "definition_wanted": defining * is_defining,
        "name_at_phrase": column(found, lambda one: near(one.names, one.wanted), wanted=bool(terms.phrase)),
        "number_at_phrase": column(found, lambda one: near(one.numbers, one.wanted), wanted=bool(terms.phrase)),
        "support": support(sentences, found, own),
        "near_number": column(found, lambda one: near(one.numbers, one.asked), wanted=asked is Kind.NUMBER),
        "number_wanted": numbers * (asked is Kind.NUMBER),
        "date_wanted": column(found, lambda one: any(token.is_date for _, token in one.new), wanted=asked is Kind.TIME),
        "time_wanted": numbers * (asked is Kind.TIME),
        "person_wanted": names * (asked is Kind.PERSON),
        "place_wanted": names * (asked is Kind.PLACE),
        "name_wanted": names * (asked is Kind.NAME),
        **{f"asks_{one.name.lower()}": np.full(len(sentences), float(asked is one)) for one in Kind},
    }
