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
    "covered", "covered_by_passage", "covered_with_title", "covered_by_article", "loosely",
    "loosely_with_title", "rare", "rare_with_context", "closeness", "pairs", "density", "support", "asking", "focus", "named",
    "new_as_asked", "old_though_asked_new",
)  # fmt: skip
"""The first candidate's traits that say something about it alone, whatever the others and the size of the library."""

BIAS = -3.034
WEIGHTS = {
    "score": 0.031,
    "lead": 0.137,
    "lead_over_median": 0.01,
    "missing": 0.0,
    "covered": 0.0,
    "covered_by_passage": 0.0,
    "covered_with_title": 0.0,
    "covered_by_article": 0.0,
    "loosely": 0.0,
    "loosely_with_title": 1.309,
    "rare": 0.0,
    "rare_with_context": 0.0,
    "closeness": 0.129,
    "pairs": 0.09,
    "density": 0.71,
    "support": 0.0,
    "asking": 0.0,
    "focus": 0.0,
    "named": 0.0,
    "new_as_asked": 2.51,
    "old_though_asked_new": -2.568,
}
"""A logistic regression, fitted on held-out folds of questions that others asked: `python -m tests.quality.calibrate`.

It weighs traits that go together, so that a single weight says little.
"""

ANSWERED = 0.28
NOT_FOUND = 0.12
"""Chosen on the curves that the calibration prints, by held-out folds.

Of a news quiz asked a library that ends before the news (realtimeqa_cutoff), ANSWERED lets .04 of the unanswerable questions
through and .82 of the answerable ones; of search queries about other things .03 to .16 and .63 to .76. NOT_FOUND silences .05
to .08 of what can be answered. Questions made to look answerable (squad2_dev) are not told apart at all: auc .51.
"""


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
        **{name: first.trait(name) for name in TRAITS},
    }


def confidence(seen: Mapping[str, float]) -> float:
    """The probability, 0 to 1, that the first quote answers."""
    return 1 / (1 + exp(-BIAS - sum(WEIGHTS[name] * value for name, value in seen.items())))


def status(probability: float) -> Status:
    """What to make of a probability."""
    if probability >= ANSWERED:
        return Status.ANSWERED
    return Status.UNSURE if probability >= NOT_FOUND else Status.NOT_FOUND
