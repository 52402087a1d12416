"""The trees as numpy adds them up, against the library that grew them; the network; the answer path without that library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from index import ranker
from index.ranker import FARTHEST, LEAVES, Network, Trees

STORED = Path(__file__).with_name("lightgbm_outputs.npz")
ROOT = Path(__file__).resolve().parents[2]
ONE_SPLIT = Trees(
    features=np.zeros((LEAVES - 1, 1), np.int16),
    thresholds=np.array([[0.5], *[[np.inf]] * (LEAVES - 2)]),
    lost=np.array([[0b01], *[[0]] * (LEAVES - 2)], np.uint16),
    values=np.array([[3.0], [7.0], *[[0.0]] * (LEAVES - 2)]),
)


def test_a_row_falls_left_up_to_the_threshold() -> None:
    """As LightGBM has it."""
    assert ONE_SPLIT.sums(np.array([[0.4], [0.5], [0.6]])).tolist() == [3.0, 3.0, 7.0]


def test_trees_that_split_alike_each_add_their_own_leaves() -> None:
    """Though the trait is compared once for both."""
    twice = Trees(
        np.hstack([ONE_SPLIT.features] * 2),
        np.hstack([ONE_SPLIT.thresholds] * 2),
        np.hstack([ONE_SPLIT.lost] * 2),
        np.hstack([ONE_SPLIT.values] * 2),
    )
    assert twice.sums(np.array([[0.4], [0.6]])).tolist() == [6.0, 14.0]


def test_no_row_gives_no_score() -> None:
    """An empty library is no special case."""
    assert ONE_SPLIT.sums(np.zeros((0, 1))).shape == (0,)


def test_the_trees_add_up_to_what_lightgbm_stored() -> None:
    """The one function that evaluates them is held to the one that grew them."""
    with np.load(STORED) as stored:
        np.testing.assert_allclose(ranker.learned().trees.sums(stored["rows"]), stored["outputs"], rtol=0, atol=1e-9)


TRAITS = len(ranker.learned().names)
ROWS = arrays(np.float64, (3, TRAITS), elements=st.floats(-1e6, 1e6))


@given(ROWS)
def test_a_row_falls_the_same_alone_and_among_others(rows: np.ndarray) -> None:
    """In the trees, no row looks at another."""
    together = ranker.learned().trees.sums(rows)
    alone = [float(ranker.learned().trees.sums(row[None, :])[0]) for row in rows]
    np.testing.assert_allclose(together, alone, rtol=0, atol=1e-9)


def network(*, mean: float = 0.0, best: float = 0.0) -> Network:
    """One trait, one hidden unit."""
    one = np.ones((1, 1))
    return Network(np.array([2.0]), np.array([0.5]), one, one * mean, one * best, np.zeros(1), np.ones(1), np.array([0.25]))


def test_a_network_weighs_what_is_above_its_middle() -> None:
    """A trait in deviations from its middle, as far as it counts, once as the hidden unit passes it on and a quarter beside."""
    found = network().outputs(np.array([[1.5], [2.0], [2.5], [99.0]]))
    np.testing.assert_allclose(found - found[1], [-0.25, 0.0, 1.25, 1.25 * FARTHEST])


def test_a_network_sees_what_a_row_competes_with() -> None:
    """Where the best has as much, being good tells nothing."""
    rows = np.array([[2.0], [3.0]])
    assert np.ptp(network(best=-1.0).outputs(rows)) < np.ptp(network().outputs(rows))
    assert np.ptp(network(mean=-1.0).outputs(rows)) < np.ptp(network().outputs(rows))


@given(ROWS)
def test_the_order_of_the_rows_does_not_matter(rows: np.ndarray) -> None:
    """Each has the same score wherever it stands, and the network takes as much as it gives."""
    learned = ranker.learned()
    np.testing.assert_allclose(learned.scores(rows[::-1])[::-1], learned.scores(rows), rtol=0, atol=1e-9)
    assert abs(learned.network.outputs(rows).sum()) < 1e-9


@given(st.integers(1, 40))
def test_blocks_of_rows_are_multiplied_as_all_at_once(count: int) -> None:
    """Whether they fill the last block or not; a row alone, too."""
    rows, weights = np.arange(count * 3.0).reshape(count, 3), np.arange(6.0).reshape(3, 2)

    assert ranker._in_blocks(rows, weights).tolist() == np.einsum("ij,jk->ik", rows, weights).tolist()


def test_nothing_found_has_no_score() -> None:
    """No row, no mean of rows."""
    assert ranker.learned().scores(np.zeros((0, TRAITS))).shape == (0,)


def test_newer_never_counts_against_a_sentence() -> None:
    """Of two that are alike but for the day, the newer is not below the older, whatever the few dated questions taught."""
    learned = ranker.learned()
    at = learned.names.index("recency")
    with np.load(STORED) as stored:
        rows = np.repeat(stored["rows"][:, None], 11, axis=1)
    rows[:, :, at] = np.linspace(0, 1, 11)
    scores = learned.scores(rows.reshape(-1, rows.shape[2])).reshape(rows.shape[:2])
    assert (np.diff(scores, axis=1) >= -1e-9).all()
    assert (scores[:, -1] > scores[:, 0]).any()


def test_an_answer_needs_no_library_that_only_trains(tmp_path: Path) -> None:
    """Their wheels need what a fresh machine lacks."""
    program = f"""
import asyncio, sys
sys.modules.update(dict.fromkeys(("lightgbm", "scipy", "sklearn")))
from pathlib import Path
from index import Folders, open_library
async def main():
    async with open_library(Folders(Path("seeds"), Path({str(tmp_path)!r}))) as library:
        await library.reindex()
        print((await library.answer("Who is the mayor of Milan?")).quotes[0].text)
asyncio.run(main())
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Giuseppe Sala" in done.stdout
