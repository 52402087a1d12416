"""What a sentence names that the question does not: where its answer may be. Knows no library and no weight."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
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
_BEING = {"is", "was", "are", "were", "ist", "war", "sind", "waren", "es", "era", "fue", "son", "est", "était", "sont"}
_LATEST_OPENING = 2  # "The", "In 1990"
_TERMS_DEFINED = 4
_KNOWN_TOKENS = 1 << 16
_TELLING = _MONTHS | analyzer.NUMBER_WORDS


@dataclass(frozen=True, slots=True)
class Novelties:
    """What a sentence names that the question does not: where its answer may be.

    ``near_number`` says how close the closest number stands to a term of the question: 1 beside it, 0 where there is none;
    ``name_at_phrase`` and ``number_at_phrase``, how close to what is asked for. ``opening`` is 1 where the sentence opens with
    a term of the question, less the later the first comes; ``defines`` is whether it opens with one and goes on "is" or "was".
    """

    names: frozenset[str]
    numbers: frozenset[str]
    has_date: bool
    near_number: float
    name_at_phrase: float
    number_at_phrase: float
    opening: float
    defines: bool

    @staticmethod
    def of(sentence: Analysed, terms: Terms) -> Novelties:
        """What a sentence adds to a question's terms."""
        matched = [at for at, parts in enumerate(sentence.parts) if not terms.known.isdisjoint(parts)]
        phrase = [at for at in matched if not terms.phrase.isdisjoint(sentence.parts[at])]
        told = {at: one for at, one in enumerate(map(_told, sentence.tokens)) if one and one.word not in terms.every}
        for at in matched:
            told.pop(at, None)
        numbers = {at: one.word for at, one in told.items() if one.is_number}
        names = {at: one.word for at, one in told.items() if at and one.is_name and sentence.parts[at]}
        return Novelties(
            frozenset(names.values()),
            frozenset(numbers.values()),
            any(one.is_date for one in told.values()),
            near_number=_near(numbers, matched),
            name_at_phrase=_near(names, phrase),
            number_at_phrase=_near(numbers, phrase),
            opening=1 / (1 + matched[0]) if matched else 0.0,
            defines=_defines(sentence.tokens, matched),
        )


@dataclass(frozen=True, slots=True)
class _Told:
    """What a token may tell: its case-folded word, and what that is."""

    word: str
    is_date: bool
    is_number: bool
    is_name: bool


@lru_cache(_KNOWN_TOKENS)
def _told(token: str) -> _Told | None:
    """None for an ordinary word, which most are."""
    if token[0].islower() and token not in _TELLING:
        return None
    word = token.casefold()
    is_number = token[0].isnumeric() or word in analyzer.NUMBER_WORDS
    return _Told(word, word in _MONTHS or bool(_YEAR.fullmatch(word)), is_number, is_name(token) and not is_number)


def _defines(tokens: Sequence[str], matched: Sequence[int]) -> bool:
    """Whether a sentence opens with a term of the question and goes on "is" or "was" right behind one of its first."""
    if not matched or matched[0] > _LATEST_OPENING:
        return False
    return any(token.casefold() in _BEING for at in matched[:_TERMS_DEFINED] for token in tokens[at + 1 : at + 2])


def _near(places: Collection[int], others: Sequence[int]) -> float:
    return 1 / min([abs(one - other) for one in places for other in others]) if places and others else 0.0


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
