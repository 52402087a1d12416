"""How the network learns: its gradient is that of its loss, and what it learned is what is evaluated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.quality import network
from tests.quality.examples import Example
from tests.quality.sets import Asked

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAMES = ("good", "noise", "day")


def example(seed: int) -> Example:
    """Five sentences, of which the one with most of the first trait answers."""
    rows = np.random.default_rng(seed).normal(size=(5, len(NAMES)))
    asked = Asked("set", str(seed), "?", date(2026, 1, 1), (), (), frozenset(), answerable=True, fold=0)
    places = np.arange(5)
    return Example(asked, NAMES, rows, rows[:, 0] == rows[:, 0].max(), places, places, places)


def loss(learned: network.Weights, rows: NDArray[np.float64], hits: NDArray[np.bool_], sizes: NDArray[np.intp]) -> float:
    """What the training lessens, as its definition reads."""
    hidden, bias, output, direct = learned
    scores = np.maximum(rows @ hidden + bias, 0) @ output + rows @ direct
    questions = zip(np.split(scores, np.cumsum(sizes)[:-1]), np.split(hits, np.cumsum(sizes)[:-1]), strict=True)
    return sum(float(np.log(np.exp(some).sum()) - np.log(np.exp(some[told]).sum())) for some, told in questions)


def test_the_gradient_is_that_of_the_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    """By small steps in each weight."""
    monkeypatch.setattr(network, "LEFT_OUT", 0.0)
    chance = np.random.default_rng(1)
    learned = [chance.normal(size=shape) for shape in ((4, 3), (3,), (3,), (4,))]
    rows, sizes, hits = chance.normal(size=(7, 4)), np.array([3, 4]), np.array([1, 0, 0, 0, 1, 1, 0], bool)
    slopes = network._slopes(learned, rows, hits, sizes, np.ones(2), chance)
    for weights, slope in zip(learned, slopes, strict=True):
        for at in np.ndindex(weights.shape):
            before = weights[at]
            weights[at] = before + 1e-5
            above = loss(learned, rows, hits, sizes)
            weights[at] = before - 1e-5
            below = loss(learned, rows, hits, sizes)
            weights[at] = before
            assert slope[at] == pytest.approx((above - below) / 2e-5, abs=1e-4)


def test_what_answers_comes_first() -> None:
    """Of questions that it has not seen; the same examples give the same network; what is unseen does not count."""
    found = [example(seed) for seed in range(300)]
    learned, again = (network.trained(found, np.ones(len(found)), rising=(), unseen={"day"}) for _ in range(2))
    others = [example(seed) for seed in range(1000, 1200)]
    right = [one.hits[np.argmax(learned.outputs(one.traits))] for one in others]
    assert np.mean(right) > 0.95
    assert np.array_equal(learned.own, again.own)
    rows = others[0].traits
    np.testing.assert_array_equal(learned.outputs(rows), learned.outputs(rows * [1, 1, 9]))


def test_several_networks_are_evaluated_as_one() -> None:
    """Their mean, whatever is added up before."""
    found = [example(seed) for seed in range(40)]
    weights = np.ones(len(found))
    learned = network.trained(found, weights, rising=(), unseen=())
    inputs = [network._inputs((one.traits - learned.middle) / learned.spread) for one in found]
    each = [
        network._descended(inputs, [one.hits for one in found], weights, np.zeros(9, bool), seed)
        for seed in range(network.NETWORKS)
    ]
    rows = inputs[0]
    scores = np.mean(
        [np.maximum(rows @ hidden + bias, 0) @ output + rows @ direct for hidden, bias, output, direct in each], axis=0
    )
    np.testing.assert_allclose(learned.outputs(found[0].traits), scores - scores.mean(), atol=1e-4)


def test_more_of_a_rising_trait_never_counts_against_a_row() -> None:
    """Though the examples' best have least of it."""
    found = [replace(one, hits=one.traits[:, 0] == one.traits[:, 0].min()) for one in map(example, range(100))]
    learned = network.trained(found, np.ones(len(found)), rising={"good"}, unseen=())
    rows = np.repeat(found[0].traits[:1], 5, axis=0)
    rows[:, 0] = range(5)
    assert (np.diff(learned.outputs(rows)) >= 0).all()
