"""How likely the first quote answers, from what a search shows of itself. Knows numbers only."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from math import exp
from typing import TYPE_CHECKING

from index.model import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from index.quoting import Candidate

# A logistic regression over Evidence, fitted on questions with and without an answer: `python -m tests.quality.calibrate`.
WEIGHTS = (3.0, 1.5, 0.5, -2.0)
BIAS = -2.5
ANSWERED = 0.5
NOT_FOUND = 0.2


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the first sentence, each from 0 to 1.

    The share of the question's idf that it covers, and that its passage covers; by how much it outscores the next one; and
    the share of the question's idf that no article has.
    """

    sentence: float
    passage: float
    margin: float
    missing: float


def evidence(ranked: Sequence[Candidate], question: Mapping[str, float], known: Collection[str]) -> Evidence:
    """What the best candidates show. ``known`` are the question's terms that some article has."""
    total = sum(question.values())
    first = ranked[0]
    hit = first.hit
    neighbours = {term for one in ranked if one.hit is hit for term in one.terms}

    def share(terms: Iterable[str]) -> float:
        return sum(question[term] for term in question.keys() & set(terms)) / total

    second = ranked[1].score if len(ranked) > 1 else 0.0
    margin = 1 - second / first.score if first.score else 0.0
    return Evidence(share(first.terms), share(neighbours), margin, 1 - share(known))


def confidence(seen: Evidence) -> float:
    """The probability, 0 to 1, that the first quote answers."""
    return 1 / (1 + exp(-BIAS - sum(weight * value for weight, value in zip(WEIGHTS, astuple(seen), strict=True))))


def status(probability: float) -> Status:
    """What to make of a probability."""
    if probability >= ANSWERED:
        return Status.ANSWERED
    return Status.UNSURE if probability >= NOT_FOUND else Status.NOT_FOUND
