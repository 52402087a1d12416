"""How likely the first quote answers, from what a search shows of itself. Knows numbers only."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

from index.model import Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.quoting import Candidate

BIAS = -3.051
WEIGHTS = {
    "score": 0.030,
    "lead": 0.106,
    "loosely_with_title": 0.254,
    "meant_with_title": 1.523,
    "closeness": 0.063,
    "pairs": 0.037,
    "density": 0.363,
    "recency": 0.689,
    "new_as_asked": 1.953,
    "old_though_asked_new": -2.651,
}
"""A logistic regression, fitted on held-out folds of questions that others asked: `python -m tests.quality.calibrate`.

It weighs traits that go together, so that a single weight says little.
"""

ANSWERED = 0.32
NOT_FOUND = 0.14
"""Chosen on the curves that the calibration prints, by held-out folds.

Of a news quiz asked a library that ends before the news (realtimeqa_cutoff), ANSWERED lets .05 of the unanswerable questions
through and .85 of the answerable ones; of search queries about other things .05 to .12 and .66 to .87. NOT_FOUND silences
.02 to .07 of what can be answered, of libraries of six articles up to .07, of multihoprag_facts half. Questions made to look
answerable (squad2_dev) are not told apart: auc .54.
"""


def evidence(ranked: Sequence[Candidate]) -> dict[str, float]:
    """What the candidates show, by the names of WEIGHTS: the first one's score, its lead over other articles, its traits."""
    first = ranked[0]
    others = [one.score for one in ranked if one.hit.article.key != first.hit.article.key]
    own = {"score": first.score, "lead": first.score - max(others, default=ranked[-1].score)}
    return {name: own[name] if name in own else first.trait(name) for name in WEIGHTS}


def confidence(seen: Mapping[str, float]) -> float:
    """The probability, 0 to 1, that the first quote answers."""
    return 1 / (1 + exp(-BIAS - sum(WEIGHTS[name] * value for name, value in seen.items())))


def status(probability: float) -> Status:
    """What to make of a probability."""
    if probability >= ANSWERED:
        return Status.ANSWERED
    return Status.UNSURE if probability >= NOT_FOUND else Status.NOT_FOUND
