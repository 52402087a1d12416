"""How likely the first quote answers, from what a search shows of itself. Knows numbers only."""

from __future__ import annotations

from math import exp
from statistics import median
from typing import TYPE_CHECKING

from index.model import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from index.quoting import Candidate

TRAITS = (
    "covered", "covered_by_passage", "covered_by_title", "covered_with_title", "covered_by_article", "loosely",
    "loosely_with_title", "rare", "rare_with_context", "closeness", "pairs", "density", "support", "asking", "focus", "named",
    "new_as_asked", "old_though_asked_new",
)  # fmt: skip
"""The first candidate's traits that say something about it alone, whatever the others and the size of the library."""

BIAS = 0.0
WEIGHTS: dict[str, float] = {}
ANSWERED = 0.5
NOT_FOUND = 0.2


def evidence(ranked: Sequence[Candidate], question: Mapping[str, float], known: Collection[str]) -> dict[str, float]:
    """What the candidates show, by name: the first one's traits, its lead, and the share of the question that no article has.

    ``question`` has the idf of each of its terms, ``known`` are those that some article has. ``lead`` is over the best
    sentence of another article, ``lead_over_median`` over the middle one.
    """
    first = ranked[0]
    others = [one.score for one in ranked if one.hit.article.key != first.hit.article.key]
    total = sum(question.values())
    return {
        "score": first.score,
        "lead": first.score - max(others, default=ranked[-1].score),
        "lead_over_median": first.score - median(one.score for one in ranked),
        "missing": sum(weight for term, weight in question.items() if term not in known) / total,
        **{name: first.traits[name] for name in TRAITS},
    }


def confidence(seen: Mapping[str, float]) -> float:
    """The probability, 0 to 1, that the first quote answers."""
    return 1 / (1 + exp(-BIAS - sum(WEIGHTS[name] * value for name, value in seen.items())))


def status(probability: float) -> Status:
    """What to make of a probability."""
    if probability >= ANSWERED:
        return Status.ANSWERED
    return Status.UNSURE if probability >= NOT_FOUND else Status.NOT_FOUND
