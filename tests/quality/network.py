"""The network's training: examples → its weights, by gradient descent in numpy. Knows no trees and no file.

One thread and fixed seeds: the same examples give the same network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from index.ranker import FARTHEST, Network

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from tests.quality.examples import Example

    Numbers = NDArray[np.floating[Any]]
    Weights = Sequence[Numbers]

UNITS = 64
NETWORKS = 3
EPOCHS = 20
RATE = 1e-3
"""Held out, the mean of the six shown sets' first quotes and of their first three, two seeds of the trees: .703 and .875 by the
trees alone, .720 and .879 with this beside them. Trained longer (25 epochs at twice the rate) the sets that train rise, and
WikiQA and MultiHop-RAG, which do not, fall by .004 each. Twice the units, five networks, a trait's rank among the rows: no more.
Without the mean and the best of the rows .712 and .877, when it was tried with 75 traits.
"""

BATCH = 64
DECAY = 1e-3
LEFT_OUT = 0.2
"""The share of the inputs, and of the hidden units, that each step does without."""

_FORGETTING = (0.9, 0.999)
_LEAST = 1e-8


def trained(found: Sequence[Example], weights: NDArray[np.float64], *, rising: Collection[str], unseen: Collection[str]) -> Network:
    """The mean of some networks of different seeds, which is one with all their hidden units.

    Of ``rising`` traits more never counts against a row, so that no hidden unit sees them; ``unseen`` ones do not count.
    """
    names = found[0].names
    rows = np.concatenate([one.traits for one in found])
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    spread[np.isin(names, [*unseen])] = np.inf
    inputs = [_inputs(np.clip((one.traits - middle) / spread, -FARTHEST, FARTHEST)) for one in found]
    is_rising = np.tile(np.isin(names, [*rising]), 3)
    learned = [_descended(inputs, [one.hits for one in found], weights, is_rising, seed) for seed in range(NETWORKS)]
    hidden, bias, output, direct = (np.concatenate([one[at] for one in learned], axis=-1) for at in range(4))
    own, beside_mean, beside_best = np.split(hidden.astype(float), 3)
    straight = direct.reshape(NETWORKS, 3, -1).sum(axis=(0, 1)).astype(float)
    return Network(
        middle,
        spread,
        own + beside_mean + beside_best,
        -beside_mean,
        -beside_best,
        bias.astype(float),
        output.astype(float) / NETWORKS,
        straight / NETWORKS,
    )


def _inputs(known: NDArray[np.float64]) -> Numbers:
    """The traits of a question's rows, and by how much they differ from the rows' mean and from the best."""
    return np.hstack([known, known - known.mean(axis=0), known - known.max(axis=0)]).astype(np.float32)


def _descended(
    inputs: Sequence[Numbers],
    hits: Sequence[NDArray[np.bool_]],
    weights: NDArray[np.float64],
    is_rising: NDArray[np.bool_],
    seed: int,
) -> Weights:
    """Hidden weights, bias, output weights and direct weights, by Adam with decoupled decay (Loshchilov and Hutter, 2019)."""
    chance = np.random.default_rng(seed)
    width = inputs[0].shape[1]
    learned = [
        chance.normal(0, np.sqrt(2 / width), (width, UNITS)).astype(np.float32),
        np.zeros(UNITS, np.float32),
        chance.normal(0, np.sqrt(1 / UNITS), UNITS).astype(np.float32),
        np.zeros(width, np.float32),
    ]
    means, squares = [np.zeros_like(one) for one in learned], [np.zeros_like(one) for one in learned]
    batches = [order for _ in range(EPOCHS) for order in _batches(chance.permutation(len(inputs)))]
    for step, batch in enumerate(batches, 1):
        rows, sizes = np.concatenate([inputs[at] for at in batch]), np.array([len(inputs[at]) for at in batch])
        told = np.concatenate([hits[at] for at in batch])
        slopes = _slopes(learned, rows, told, sizes, weights[batch].astype(np.float32) / len(batch), chance)
        rate = RATE * (1 - step / len(batches))
        for one, slope, mean, square in zip(learned, slopes, means, squares, strict=True):
            _descend(one, slope, mean, square, rate, step)
        learned[0][is_rising] = 0
        learned[3][is_rising] = np.maximum(learned[3][is_rising], 0)
    return learned


def _descend(one: Numbers, slope: Numbers, mean: Numbers, square: Numbers, rate: float, step: int) -> None:
    """Change one's weights, and the running means of their slopes and of these squared, in place."""
    mean += (1 - _FORGETTING[0]) * (slope - mean)
    square += (1 - _FORGETTING[1]) * (slope * slope - square)
    so_far = mean / (1 - _FORGETTING[0] ** step) / (np.sqrt(square / (1 - _FORGETTING[1] ** step)) + _LEAST)
    one -= rate * (so_far + DECAY * one)


def _batches(order: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    return [order[start : start + BATCH] for start in range(0, len(order), BATCH)]


def _slopes(
    learned: Weights, rows: Numbers, hits: NDArray[np.bool_], sizes: NDArray[np.intp], weights: Numbers, chance: np.random.Generator
) -> Weights:
    """The gradient of ListNet's loss: minus the logarithm of the share of a softmax that a question's answers have.

    Cao et al., "Learning to rank: from pairwise approach to listwise approach" (ICML 2007), of the first alone.
    """
    hidden, bias, output, direct = learned
    rows = rows * _kept(rows.shape, chance)
    before = rows @ hidden + bias
    kept = _kept(before.shape, chance)
    units = np.maximum(before, 0) * kept
    scores = units @ output + rows @ direct
    starts = np.cumsum(sizes) - sizes
    odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
    shares = odds / np.repeat(np.add.reduceat(odds, starts), sizes)
    of_hits = odds * hits / np.repeat(np.add.reduceat(odds * hits, starts) + np.float32(1e-30), sizes)
    pulls = (shares - of_hits) * np.repeat(weights, sizes)
    back = np.outer(pulls, output) * kept * (before > 0)
    return [rows.T @ back, back.sum(axis=0), units.T @ pulls, rows.T @ pulls]


def _kept(shape: tuple[int, ...], chance: np.random.Generator) -> Numbers:
    """Which of these count in a step, scaled so that their sum stays what it is on average."""
    return (chance.random(shape, dtype=np.float32) >= LEFT_OUT).astype(np.float32) / np.float32(1 - LEFT_OUT)
