"""The confidence's calibration: weights for index/confidence.py, and the curve on which its thresholds are chosen.

    python -m tests.quality.calibrate           # after tests.quality.train; prints what is to be written there

Everything is judged by rankers that saw no article of a question's title. The weights part questions that a library can
answer from those that it cannot; their scale is then set so that the result is the probability that the first quote
answers.
"""

from __future__ import annotations

import pickle
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from tests.quality import sets, tiny, train, unanswerable
from tests.quality.examples import Example, examples
from tests.quality.measures import area, chosen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

WEIGHTS = (
    {"realtimeqa": 2.0, "early": 2.0, "qed": 1.0, "selqa": 1.0, "squad2_dev": 1.0}
    | {f"strangers {name}": weight for name, weight in (("qed", 0.5), ("selqa", 0.5), ("realtimeqa", 1.0))}
    | {f"tiny {name}": 1.0 for name in tiny.ASKED}
    | {name: 0.15 for name in sets.RANKED if name.startswith("xquad")}
)
"""What each set counts."""

REGULARISATION = 100.0
TRAITS = (
    "covered", "covered_by_passage", "covered_with_title", "covered_by_article", "loosely",
    "loosely_with_title", "meant_with_title", "rare", "rare_with_context", "closeness", "pairs", "density", "support",
    "recency", "new_as_asked", "old_though_asked_new",
)  # fmt: skip
"""The first candidate's traits that say something about it alone, whatever the size of the library; most end up with no weight."""

NAMES = ("score", "lead", *TRAITS)
LEAST = 0.01
"""What weighs less is left out."""

AGAINST = ("old_though_asked_new",)
"""What speaks against an answer; everything else speaks for one."""

PAIRS = (
    ("realtimeqa_cutoff", "realtimeqa_cutoff"), ("realtimeqa", "early"), ("realtimeqa", "strangers realtimeqa"),
    ("qed", "strangers qed"), ("selqa", "strangers selqa"), ("wikiqa", "strangers wikiqa"), ("wikiqa", "wikiqa"),
    ("tiny realtimeqa", "tiny realtimeqa"), ("tiny qed", "tiny qed"), ("tiny selqa", "tiny selqa"),
    ("squad2_dev", "squad2_dev"), ("multihoprag_facts", "multihoprag_facts"),
)  # fmt: skip
"""Answerable questions of the first against unanswerable ones of the second."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the confidence sees of every question, a row each, in the order of NAMES."""

    rows: Numbers
    sets: NDArray[np.str_]
    folds: NDArray[np.int64]
    is_answerable: NDArray[np.bool_]
    is_hit: NDArray[np.bool_]
    teaches: NDArray[np.bool_]


def seen(given: Sequence[tuple[Example, Numbers]]) -> Seen:
    """From examples and the scores of their candidates."""
    used = [(one, scores) for one, scores in given if len(one.hits)]
    return Seen(
        np.array([_evidence(one, scores) for one, scores in used]),
        np.array([one.asked.set for one, _ in used]),
        np.array([one.asked.fold for one, _ in used]),
        np.array([one.asked.answerable for one, _ in used]),
        np.array([bool(one.hits[chosen(one, scores)[0]]) for one, scores in used]),
        np.array([one.asked.set in WEIGHTS and (one.asked.is_measured or not one.asked.answerable) for one, _ in used]),
    )


def _evidence(one: Example, scores: Numbers) -> list[float]:
    """What index.confidence.evidence gives."""
    first = int(np.argmax(scores))
    others = scores[one.articles != one.articles[first]]
    lead = scores[first] - (others.max() if len(others) else scores.min())
    traits = [float(one.traits[first, one.names.index(name)]) for name in TRAITS]
    return [float(scores[first]), float(lead), *traits]


def fitted(found: Seen, taught: NDArray[np.bool_]) -> tuple[Numbers, float]:
    """Weights and bias learned from the questions that are marked: a logistic regression whose weights keep their sign.

    More coverage, a higher score and a wider lead never speak against an answer, nor age for one: without that,
    traits that go together take turns, and small libraries pay for it.
    """
    of_set = np.array([WEIGHTS.get(name, 0.0) / np.sum(found.sets == name) for name in found.sets])[taught]
    spread = found.rows[taught].std(axis=0) + 1e-9
    rows = np.column_stack([found.rows[taught] / spread, np.ones(taught.sum())])
    signs = np.where(found.is_answerable[taught], 1.0, -1.0)

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        margins = signs * (rows @ weights)
        pulls = -of_set * signs / (1 + np.exp(margins))
        ridge = np.append(weights[:-1], 0.0) / REGULARISATION
        value = of_set @ np.logaddexp(0, -margins) + ridge @ weights / 2
        return float(value), rows.T @ pulls + ridge

    bounds = [(None, 0.0) if name in AGAINST else (0.0, None) for name in NAMES]
    best = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)]).x
    return best[:-1] / spread, float(best[-1])


def held_out(found: Seen) -> Numbers:
    """The log odds of every question, by weights learned on the other folds."""
    odds = np.zeros(len(found.rows))
    for fold in range(sets.FOLDS):
        weights, bias = fitted(found, found.teaches & (found.folds != fold))
        odds[found.folds == fold] = (found.rows @ weights + bias)[found.folds == fold]
    return odds


def scale(found: Seen, odds: Numbers) -> tuple[float, float]:
    """What turns held-out log odds into the probability that the first quote answers: a factor and a shift."""
    of_set = np.array([WEIGHTS.get(name, 0.0) / np.sum(found.sets == name) for name in found.sets])[found.teaches]
    model = LogisticRegression(C=1e6).fit(
        odds[found.teaches, None],
        (found.is_hit & found.is_answerable)[found.teaches],
        sample_weight=of_set / of_set.mean(),
    )
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def curve(found: Seen, probability: Numbers) -> None:
    """Print how thresholds part what can be answered from what cannot."""
    marks = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
    print(f"{'answerable / not':>42}{'auc':>7}" + "".join(f"{mark:>11}" for mark in marks))  # noqa: T201
    for good, bad in PAIRS:
        yes = probability[(found.sets == good) & found.is_answerable]
        no = probability[(found.sets == bad) & ~found.is_answerable]
        shares = "".join(f"  {np.mean(yes >= mark):.2f}/{np.mean(no >= mark):.2f}" for mark in marks)
        print(f"{good + ' / ' + bad:>42}{area(yes, no):7.3f}{shares}")  # noqa: T201


def reliability(found: Seen, probability: Numbers) -> None:
    """Print how often the first quote answers where the confidence says so much."""
    for low in np.arange(0, 1, 0.1):
        inside = found.teaches & (probability >= low) & (probability < low + 0.1)
        if inside.any():
            print(f"{low:.1f} to {low + 0.1:.1f}: {np.mean((found.is_hit & found.is_answerable)[inside]):.2f} of {inside.sum()}")  # noqa: T201


def main() -> None:
    """Fit, and print."""
    fresh = "--fresh" in sys.argv
    found = {name: examples(name) for name in (*sets.RANKED, *sets.MEASURED)}
    found["realtimeqa_cutoff"] = examples("realtimeqa_cutoff", fresh=fresh)
    found |= unanswerable.kept(fresh=fresh) | tiny.kept(fresh=fresh)
    scores = train.held_out(pickle.loads(train.RANKERS.read_bytes()), found)  # noqa: S301  train wrote it
    everything = seen([pair for name, given in found.items() for pair in zip(given, scores[name], strict=True)])
    odds = held_out(everything)
    factor, shift = scale(everything, odds)
    probability = 1 / (1 + np.exp(-(factor * odds + shift)))
    curve(everything, probability)
    reliability(everything, probability)
    weights, bias = fitted(everything, everything.teaches)
    print(f"BIAS = {factor * bias + shift:.3f}")  # noqa: T201
    for name, weight in zip(NAMES, factor * weights, strict=True):
        if abs(weight) > LEAST:
            print(f'    "{name}": {weight:.3f},')  # noqa: T201


if __name__ == "__main__":
    main()
