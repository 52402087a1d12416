"""Slips of the hand, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.spelling import nearest, slips

KNOWN = [("judge", 5), ("jungle", 9), ("judges", 5), ("menendez", 3), ("injunction", 2), ("bridge", 4), ("fridge", 4)]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("jugde", "judge"),
        ("brdge", "bridge"),
        ("menendes", "menendez"),
        ("injuncton", "injunction"),
        ("injuctoin", "injunction"),
        ("birdge", "bridge"),
        ("gridge", None),
        ("jdge", "judge"),
        ("jdg", None),
        ("judged", None),
        ("harbour", None),
        ("judicial", None),
    ],
)
def test_the_nearest_word_is_meant(word: str, meant: str | None) -> None:
    """One slip in a short word, two in a long one; ties go to the more frequent, then to the first."""
    assert nearest(word, KNOWN) == meant


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_slips_are_counted_alike_from_both_sides(one: str, other: str) -> None:
    """And are none only between equal words."""
    assert slips(one, other, 9) == slips(other, one, 9)
    assert (slips(one, other, 9) == 0) == (one == other)
