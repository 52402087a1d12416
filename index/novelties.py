"""What a sentence names that the question does not: where its answer may be. Knows no library and no weight."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from index.analysed import Analysed, Token
    from index.asked import Numbers, Terms

_BEING = {"is", "was", "are", "were", "ist", "war", "sind", "waren", "es", "era", "fue", "son", "est", "était", "sont"}
_LATEST_OPENING = 2  # "The", "In 1990"
_TERMS_DEFINED = 4


class Novelties(NamedTuple):
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


def novelties(sentences: Sequence[Analysed], terms: Terms) -> list[Novelties]:
    """What each sentence adds to a question's terms."""
    tokens = set(chain.from_iterable(one.tokens for one in sentences))
    asked = {token for token in tokens if not terms.known.isdisjoint(token.terms)}
    phrase = {token for token in asked if not terms.phrase.isdisjoint(token.terms)}
    told = {token for token in tokens - asked if _tells(token) and token.word not in terms.every}
    return [_novelties(one.tokens, asked, phrase, told) for one in sentences]


def _tells(token: Token) -> bool:
    return token.is_name or token.is_number or token.is_date


def _novelties(tokens: Sequence[Token], asked: Collection[Token], phrase: Collection[Token], told: Collection[Token]) -> Novelties:
    matched = [at for at, token in enumerate(tokens) if token in asked]
    wanted = [at for at in matched if tokens[at] in phrase]
    new = [(at, token) for at, token in enumerate(tokens) if token in told]
    numbers = {at: token.word for at, token in new if token.is_number}
    names = {at: token.word for at, token in new if at and token.is_name and token.terms}
    return Novelties(
        frozenset(names.values()),
        frozenset(numbers.values()),
        any(token.is_date for _, token in new),
        near_number=near(numbers, matched),
        name_at_phrase=near(names, wanted),
        number_at_phrase=near(numbers, wanted),
        opening=1 / (1 + matched[0]) if matched else 0.0,
        defines=_defines(tokens, matched),
    )


def _defines(tokens: Sequence[Token], matched: Sequence[int]) -> bool:
    """Whether a sentence opens with a term of the question and goes on "is" or "was" right behind one of its first."""
    if not matched or matched[0] > _LATEST_OPENING:
        return False
    return any(token.word in _BEING for at in matched[:_TERMS_DEFINED] for token in tokens[at + 1 : at + 2])


def near(places: Collection[int], others: Sequence[int]) -> float:
    """1 where one of these stands beside one of those, less the farther they are; 0 where there is none."""
    return 1 / min([abs(one - other) for one in places for other in others]) if places and others else 0.0


def support(sentences: Sequence[Analysed], found: Sequence[Novelties], own: Numbers) -> Numbers:
    """How well the best name or number that a sentence adds is borne out by sentences of other articles, 0 and up."""
    backing: dict[str, dict[int, float]] = defaultdict(dict)
    for one, new, score in zip(sentences, found, (own / max(float(own.max()), 1e-9)).tolist(), strict=True):
        key = one.hit.article.key
        for word in new.names | new.numbers:
            backing[word][key] = max(backing[word].get(key, 0.0), score)
    total = {word: sum(by_article.values()) for word, by_article in backing.items()}
    return np.array([_best(new, total, backing, one.hit.article.key) for one, new in zip(sentences, found, strict=True)])


def _best(new: Novelties, total: Mapping[str, float], backing: Mapping[str, Mapping[int, float]], key: int) -> float:
    """The most that other articles than this one give to any of the words."""
    return max([total[word] - backing[word][key] for word in new.names | new.numbers], default=0.0)
