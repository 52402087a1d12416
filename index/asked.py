"""A question as it is ranked for: its terms, and which of them matter how much. Knows no article and no score."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import regex

from index import analyzer, meanings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from index.dates import Period

    Numbers = NDArray[np.float64]
    Presence = NDArray[np.bool_]

Row = TypeVar("Row")

RARE = 0.7
"""A term is rare whose idf is over this share of the question's highest."""

_ALIKE_LETTERS = 4
_ALIKE_SHARE = 0.65
_PHRASE_WORDS = 4
_LAST_SENTENCE = regex.compile(r"[.!?。！？؟]\s*([^.!?。！？؟\s][^.!?。！？؟]*[.!?。！？؟\s]*)$")  # of several
_EARLIER_QUESTION = regex.compile(r"^.*[?？؟](?=.*\w)", regex.S)
_QUESTION_WORD = regex.compile(
    r"\b(?:what|which|how|who|whose|when|where|welche[rsmn]?|was|qué|cuál|quel(?:le)?|[وفبل]?(?:[أا]ي|أية|كم|ما|ماذا)|"
    r"किस|किन|कितन[ेीा]|कौन[-\s]?स[ाीे]|कौनस[ाीे])\b",
    regex.I,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is ranked for: its text, the idf of each of its terms, and the days that count as recent."""

    text: str
    language: str
    weights: Mapping[str, float]
    about: Period


class Terms:
    """The question's terms in order, their idf, which of them are rare, and which say what is asked for ("which US city").

    ``asks`` is its last sentence, since what is before sets the scene or is the question that this one follows. ``otherwise`` are
    terms that may be said for some of its own, with the places of these. ``words`` are its words as written, case-folded, function
    words and all, without those of the question that it follows.
    """

    def __init__(self, question: Question) -> None:
        self.all = tuple(question.weights)
        self.known = frozenset(self.all)
        self.language = question.language
        self.number = {term: at for at, term in enumerate(self.all)}
        self.idf = np.array([question.weights[term] for term in self.all])
        self.total = float(self.idf.sum())
        self.rare = self.idf > RARE * self.idf.max()
        tokens = [token.casefold() for token in analyzer.tokens(question.text)]
        last = _LAST_SENTENCE.search(question.text)
        asked = _EARLIER_QUESTION.sub("", question.text) if last else question.text
        self.asks = asks = last[1] if last else question.text
        word = _QUESTION_WORD.search(asks)
        beginnings = [term[: max(_ALIKE_LETTERS, round(len(term) * _ALIKE_SHARE))] for term in self.all]
        self._beginning: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for at, beginning in enumerate(beginnings):
            if len(beginning) >= _ALIKE_LETTERS:
                self._beginning[beginning[:_ALIKE_LETTERS]].append((at, beginning))
        self.every = {*tokens, *self.all}
        self._tokens = tokens
        self.otherwise = _otherwise(self.all, question.language)
        self.words = tuple(token.casefold() for token in analyzer.tokens(asked)) if asked != question.text else tuple(tokens)
        self.phrase = _phrase(asks[word.end() :], question.language) if word else frozenset()

    def spelled(self) -> list[str]:
        """The words that its terms are of, in their order; a term that is only a part of a word stands for itself."""
        apart = zip(self._tokens, analyzer.parts(self._tokens, self.language), strict=True)
        whole = {parts[0]: token for token, parts in apart if len(parts) == 1}
        return [whole.get(term, term) for term in self.all]

    def presence(self, rows: Sequence[Iterable[str]]) -> Presence:
        """Which of the question's terms are among those of each row."""
        return marked([[self.number[term] for term in self.number.keys() & row] for row in rows], len(self.all))

    def begin_alike(self, terms: Iterable[str]) -> dict[str, list[int]]:
        """Those of the terms that begin as some of the question's do, with the places of these."""
        near = [(term, self._beginning[opening]) for term in terms if (opening := term[:_ALIKE_LETTERS]) in self._beginning]
        return {term: [at for at, beginning in some if term.startswith(beginning)] for term, some in near}

    def coverages(self, **named: Presence | Numbers) -> dict[str, Numbers]:
        """The share of the question's idf that each row holds, whole or in part; of all named at once: each alone takes as long."""
        return dict(zip(named, np.array([*named.values()]) @ self.idf / self.total, strict=True))

    @staticmethod
    def share(presence: Presence, chosen: Presence) -> Numbers:
        """The share of the chosen terms that each row holds; 0 where none is chosen."""
        return np.asarray(presence[:, chosen].sum(axis=1) / max(1, int(chosen.sum())))


def column(rows: Sequence[Row], value: Callable[[Row], float], *, wanted: bool = True) -> Numbers:
    """The value of each row; 0 of all where it is not wanted."""
    return np.array([value(one) for one in rows], float) if wanted else np.zeros(len(rows))


def marked(rows: Sequence[Sequence[int]], width: int) -> Presence:
    """A row of so many places for each given, True at the places that it names."""
    here = np.zeros((len(rows), width), bool)
    here.reshape(-1)[[start * width + at for start, row in enumerate(rows) for at in row]] = True
    return here


def _otherwise(terms: Sequence[str], language: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, term in enumerate(terms):
        for other in meanings.meant(term, language):
            found[other].append(at)
    return dict(found)


def _phrase(behind: str, language: str) -> frozenset[str]:
    """The terms of the words that stand together behind a question word: "which [US city] was hit", "how many [people]"."""
    found: list[str] = []
    for token in analyzer.tokens(behind)[:_PHRASE_WORDS]:
        (parts,) = analyzer.parts([token], language)
        if found and not parts:
            break
        found += parts
    return frozenset(found)
