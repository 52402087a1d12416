"""The trees as numpy adds them up, against the library that grew them, and the answer path without that library."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from index import ranker
from index.ranker import LEAVES, Trees

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


def test_no_row_gives_no_score() -> None:
    """An empty library is no special case."""
    assert ONE_SPLIT.sums(np.zeros((0, 1))).shape == (0,)


def test_the_trees_add_up_to_what_lightgbm_stored() -> None:
    """The one function that evaluates them is held to the one that grew them."""
    with np.load(STORED) as stored:
        np.testing.assert_allclose(ranker.learned().trees.sums(stored["rows"]), stored["outputs"], rtol=0, atol=1e-9)


@given(arrays(np.float64, (3, len(ranker.learned().weights)), elements=st.floats(-1e6, 1e6)))
def test_a_row_scores_the_same_alone_and_among_others(rows: np.ndarray) -> None:
    """No row looks at another."""
    together = ranker.learned().trees.sums(rows)
    alone = [float(ranker.learned().trees.sums(row[None, :])[0]) for row in rows]
    np.testing.assert_allclose(together, alone, rtol=0, atol=1e-9)


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
