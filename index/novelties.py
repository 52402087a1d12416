"""What a sentence names that the question does not: where its answer may be. Knows no library and no weight."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from index.analysed import Analysed, Token
    from index.asked import Numbers, Terms

_IS_OR_WAS = "is was are were ist war sind waren es era fue son est était sont هو هي هم كان كانت يعد تعد يعتبر تعتبر"
_BEING = frozenset(_IS_OR_WAS.split())
_BEING_WITHIN = "是"  # in a run without spaces
_LATEST_OPENING = 2  # "The", "In 1990"
_TERMS_DEFINED = 4


class Novelties(NamedTuple):
    """What a sentence names that the question does not, by places among its tokens: where its answer may be.

    ``asked`` are the places of the question's terms, and ``wanted`` those of what is asked for. ``new`` are the names, numbers and
    dates that the question does not hold. ``names`` and ``numbers`` are words of theirs, but for a name that comes first, whose
    capital says nothing.
    """

    asked: list[int]
    wanted: list[int]
    new: list[tuple[int, Token]]
    names: dict[int, str]
    numbers: dict[int, str]


def novelties(sentences: Sequence[Analysed], terms: Terms) -> list[Novelties]:
    """What each sentence adds to a question's terms."""
    tokens: set[Token] = set().union(*(one.tokens for one in sentences))
    asked = {token for token in tokens if not terms.known.isdisjoint(token.terms)}
    phrase = {token for token in asked if not terms.phrase.isdisjoint(token.terms)}
    new = {token for token in tokens if token.tells and token not in asked and token.word not in terms.every}
    return [_novelties(one.tokens, asked, phrase, new) for one in sentences]


def _novelties(tokens: Sequence[Token], asked: Collection[Token], phrase: Collection[Token], new: Collection[Token]) -> Novelties:
    found = Novelties([], [], [], {}, {})
    for at, token in enumerate(tokens):
        if token in asked:
            found.asked.append(at)
            if token in phrase:
                found.wanted.append(at)
        elif token in new:
            found.new.append((at, token))
            if token.is_number:
                found.numbers[at] = token.word
            elif at and token.is_name and token.terms:
                found.names[at] = token.word
    return found


def defines(tokens: Sequence[Token], asked: Sequence[int]) -> bool:
    """Whether a sentence opens with a term of the question and goes on "is" or "was" right behind one of its first."""
    if not asked or asked[0] > _LATEST_OPENING:
        return False
    first = asked[:_TERMS_DEFINED]
    return any(token.word in _BEING for at in first for token in tokens[at + 1 : at + 2]) or any(
        _BEING_WITHIN in tokens[at].word for at in first
    )


def near(places: Collection[int], others: Sequence[int]) -> float:
    """1 where one of these stands beside one of those, less the farther they are; 0 where there is none."""
    return 1 / min([abs(one - other) for one in places for other in others]) if places and others else 0.0


def support(sentences: Sequence[Analysed], found: Sequence[Novelties], own: Numbers) -> Numbers:
    """How well the best name or number that a sentence adds is borne out by sentences of other articles, 0 and up."""
    keys = [one.hit.article.key for one in sentences]
    words = [[*one.names.values(), *one.numbers.values()] for one in found]
    backing: dict[str, dict[int, float]] = defaultdict(dict)
    for key, told, score in zip(keys, words, (own / max(float(own.max()), 1e-9)).tolist(), strict=True):
        for word in told:
            if score >= backing[word].get(key, 0.0):
                backing[word][key] = score
    total = {word: sum(by_article.values()) for word, by_article in backing.items() if len(by_article) > 1}
    return np.array(
        [
            max([total[word] - backing[word][key] for word in told if word in total], default=0.0)
            for key, told in zip(keys, words, strict=True)
        ]
    )
