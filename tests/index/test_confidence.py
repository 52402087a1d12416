"""The confidence stays a probability, and says so where nothing speaks for an answer."""

from __future__ import annotations

from hypothesis import given, strategies as st

from index.confidence import ANSWERED, NOT_FOUND, WEIGHTS, confidence, status
from index.model import Status


@given(st.fixed_dictionaries({name: st.floats(-50, 50) for name in WEIGHTS}))
def test_it_is_a_probability(seen: dict[str, float]) -> None:
    """However far out the evidence is."""
    assert 0 <= confidence(seen) <= 1


def test_nothing_seen_is_not_found() -> None:
    """The bias alone is under the lower threshold."""
    assert status(confidence(dict.fromkeys(WEIGHTS, 0.0))) is Status.NOT_FOUND


def test_the_thresholds_part_three() -> None:
    """Each belongs to what is above it."""
    assert status(ANSWERED) is Status.ANSWERED
    assert status(NOT_FOUND) is Status.UNSURE
    assert status(NOT_FOUND - 1e-6) is Status.NOT_FOUND
