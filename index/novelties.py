"""What a sentence names that the question does not: where its answer may be. Knows no library and no weight."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import regex

from index import analyzer
from index.asked import is_name

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from index.analysed import Analysed
    from index.asked import Numbers, Terms

_YEAR = regex.compile(r"(?:1\d|20)\d\d")
_CALENDAR = """
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    januar februar märz mai juni juli oktober dezember
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    janvier février mars avril juin juillet août septembre octobre novembre décembre"""
_MONTHS = frozenset(_CALENDAR.split())
_TELLING = _MONTHS | analyzer.NUMBER_WORDS


@dataclass(frozen=True, slots=True)
class Novelties:
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
    def of(sentence: Analysed, terms: Terms) -> Novelties:
        """What a sentence adds to a question's terms."""
        matched: list[int] = []
        names: dict[int, str] = {}
        numbers: dict[int, str] = {}
        has_date = False
        for at, (token, parts) in enumerate(zip(sentence.tokens, sentence.parts, strict=True)):
            if not terms.known.isdisjoint(parts):
                matched.append(at)
                continue
            if token[0].islower() and token not in _TELLING:
                continue
            folded = token.casefold()
            if folded in terms.every:
                continue
            has_date = has_date or folded in _MONTHS or bool(_YEAR.fullmatch(folded))
            if token[0].isnumeric() or folded in analyzer.NUMBER_WORDS:
                numbers[at] = folded
            elif at and parts and is_name(token):
                names[at] = folded
        return Novelties(
            frozenset(names.values()), frozenset(numbers.values()), has_date, _near(names, matched), _near(numbers, matched)
        )


def _near(places: Collection[int], others: Sequence[int]) -> float:
    return max((1 / abs(one - other) for one in places for other in others), default=0.0)


def support(sentences: Sequence[Analysed], found: Sequence[Novelties], own: Numbers) -> Numbers:
    """How well the best name or number that a sentence adds is borne out by sentences of other articles, 0 and up."""
    weight = own / max(float(own.max()), 1e-9)
    backing: dict[str, dict[int, float]] = defaultdict(dict)
    for one, new, score in zip(sentences, found, weight, strict=True):
        for word in new.names | new.numbers:
            by_article = backing[word]
            by_article[one.hit.article.key] = max(by_article.get(one.hit.article.key, 0.0), float(score))
    return np.array([_best(new, backing, one.hit.article.key) for one, new in zip(sentences, found, strict=True)])


def _best(new: Novelties, backing: Mapping[str, Mapping[int, float]], key: int) -> float:
    """The most that other articles than this one give to any of the words."""
    return max((sum(backing[word].values()) - backing[word][key] for word in new.names | new.numbers), default=0.0)
