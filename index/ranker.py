"""The learned ranker: traits of candidates → scores, by trees and a network stored in ranker.npz. Knows numbers only.

The file is written by ``python -m tests.quality.train``, which alone needs the library that grows the trees.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

PATH = Path(__file__).with_name("ranker.npz")
LEAVES = 15
"""At most so many in a tree, so that a set of its leaves is a 16-bit number."""

FARTHEST = 4.0
"""A trait counts in the network as at most so many deviations from its middle."""

_BLOCK = 8  # rows: so few times the network's 86 by 192 weights are half of what OpenBLAS multiplies without its threads
_EVERY_LEAF = np.uint16((1 << LEAVES) - 1)
_LOWEST_BIT = np.array([(number & -number).bit_length() - 1 for number in range(1 << LEAVES)], np.intp)


@dataclass(frozen=True)
class Trees:
    """A sum of regression trees, a column a tree; leaves are numbered from the left.

    At a node a row goes left where ``row[feature] <= threshold``; else ``lost`` are the leaves, a bit each, that it cannot
    reach any more. Trees with fewer nodes are filled with nodes at which everything goes left. ``values`` of the leaves.
    """

    features: NDArray[np.int16]
    thresholds: Numbers
    lost: NDArray[np.uint16]
    values: Numbers

    def sums(self, rows: Numbers) -> Numbers:
        """The sum of the leaves that each row falls into.

        All nodes are decided at once, and the leftmost leaf that none of them rules out is where the row falls: Lucchese
        et al., "QuickScorer" (SIGIR 2015).
        """
        features, thresholds, split = self._splits
        goes_right = (rows.T.take(features, axis=0) > thresholds[:, None]).take(split, axis=0)
        ruled_out = np.bitwise_or.reduce(goes_right * self.lost[:, :, None], axis=0)
        leaves = _LOWEST_BIT.take(~ruled_out & _EVERY_LEAF)
        trees = self.values.shape[1]
        found: Numbers = self.values.take(leaves * trees + np.arange(trees)[:, None]).sum(axis=0)
        return found

    @cached_property
    def _splits(self) -> tuple[NDArray[np.intp], Numbers, NDArray[np.intp]]:
        """The distinct pairs of a feature and a threshold, and which of them each node has: half as many as there are nodes."""
        pairs = np.stack([self.features.ravel(), self.thresholds.ravel()])
        (features, thresholds), split = np.unique(pairs, axis=1, return_inverse=True)
        return features.astype(np.intp), thresholds, split.reshape(self.features.shape)


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer over a row's traits, with the mean and the highest of all rows' beside them, and a linear part.

    ``middle`` and ``spread`` standardise a trait. ``own``, ``mean`` and ``best`` weigh it for each hidden unit, a row a trait:
    as it is, as all rows have it, and as the best has it. ``output`` weighs the units, ``direct`` the traits.
    """

    middle: Numbers
    spread: Numbers
    own: Numbers
    mean: Numbers
    best: Numbers
    bias: Numbers
    output: Numbers
    direct: Numbers

    def outputs(self, rows: Numbers) -> Numbers:
        """What each row gives among all of them, beside their mean: a row's worth depends on what it competes with."""
        known = np.clip((rows - self.middle) / self.spread, -FARTHEST, FARTHEST)
        around = _times(known.mean(axis=0), self.mean) + _times(known.max(axis=0), self.best) + self.bias
        hidden = np.maximum(_in_blocks(known, self.own) + around, 0)
        found = _times(hidden, self.output) + _times(known, self.direct)
        return np.asarray(found - found.mean())


def _times(rows: Numbers, weights: Numbers) -> Numbers:
    """The matrix product with a vector, by this thread alone.

    ``@`` hands even these small ones to the threads of the linear algebra library, which on a busy machine wait for one another
    longer than the rest of an answer takes.
    """
    found: Numbers = np.einsum("...i,i...->..." if weights.ndim == 1 else "...i,ij->...j", rows, weights)
    return found


def _in_blocks(rows: Numbers, weights: Numbers) -> Numbers:
    """The product of two matrices, by this thread alone: a few rows at a time, which takes half as long as einsum does."""
    count, width = rows.shape
    blocks = np.zeros((-(-count // _BLOCK), _BLOCK, width))  # all of one size, as a row alone would go to the threads, too
    blocks.reshape(-1, width)[:count] = rows
    return (blocks @ weights).reshape(-1, weights.shape[1])[:count]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Trees and a network, whose sum orders the rows of one question. ``names`` are the columns' traits."""

    names: tuple[str, ...]
    trees: Trees
    network: Network

    def scores(self, traits: Numbers) -> Numbers:
        """The score of each of a question's rows of traits, in the order of ``names``; higher answers better, and no unit."""
        return self.trees.sums(traits) + self.network.outputs(traits) if len(traits) else np.zeros(0)


@cache
def learned() -> Ranker:
    """The ranker that ships."""
    with np.load(PATH) as stored:
        trees = Trees(**{one.name: stored[one.name] for one in fields(Trees)})
        network = Network(**{one.name: stored[one.name] for one in fields(Network)})
        return Ranker(tuple(stored["names"].tolist()), trees, network)
