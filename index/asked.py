"""A question as it is ranked for: its terms, and which of them matter how much. Knows no article and no score."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import regex

from index import analyzer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from index.dates import Period

    Numbers = NDArray[np.float64]
    Presence = NDArray[np.bool_]

RARE = 0.7
"""A term is rare whose idf is over this share of the question's highest."""

_ALIKE_LETTERS = 4
_ALIKE_SHARE = 0.65
_LAST_SENTENCE = regex.compile(r"(?<=[.!?。！？؟]\s*)[^.!?。！？؟]+[.!?。！？؟\s]*$")
_QUESTION_WORD = regex.compile(r"\b(?:what|which|how|who|whose|when|where|welche[rsmn]?|was|qué|cuál|quel(?:le)?)\b", regex.I)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is ranked for: its text, the idf of each of its terms, and the days that count as recent."""

    text: str
    language: str
    weights: Mapping[str, float]
    about: Period


class Terms:
    """The question's terms in order, their idf, and which of them are rare or written as names."""

    def __init__(self, question: Question) -> None:
        self.all = tuple(question.weights)
        self.known = frozenset(self.all)
        self.number = {term: at for at, term in enumerate(self.all)}
        self.idf = np.array([question.weights[term] for term in self.all])
        self.total = float(self.idf.sum())
        self.rare = self.idf > RARE * self.idf.max()
        tokens = analyzer.tokens(question.text)
        names = set(chain.from_iterable(analyzer.parts(filter(is_name, tokens[1:]), question.language)))
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


def is_name(token: str) -> bool:
    """Whether a token is written as names are; in a script without capitals none is."""
    return token[0].isupper()
