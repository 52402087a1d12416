"""Slips of the hand, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index.spelling import nearest

KNOWN = [("judge", 5), ("jungle", 9), ("menendez", 3), ("injunction", 2), ("bridge", 4), ("fridge", 4), ("got", 9), ("coffee", 1)]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("jugde", "judge"),
        ("birdge", "bridge"),
        ("cofee", "coffee"),
        ("menendes", "menendez"),
        ("injuncton", "injunction"),
        ("injucntion", "injunction"),
        ("inunctoin", None),
        ("gridge", None),
        ("goat", None),
        ("judges", None),
        ("jdg", None),
        ("harbour", None),
        ("judge", None),
    ],
)
def test_one_slip_away_is_meant(word: str, meant: str | None) -> None:
    """A swap or a double in a short word, any letter in a long one."""
    assert nearest(word, KNOWN) == meant


def test_the_word_used_most_is_meant() -> None:
    """Then the first by code points."""
    assert nearest("abdc", [("abcd", 1), ("badc", 2)]) == "badc"
    assert nearest("abdc", [("badc", 1), ("abcd", 1)]) == "abcd"


@given(st.text("abc", max_size=9), st.text("abc", max_size=9))
def test_nothing_is_one_slip_from_itself(one: str, other: str) -> None:
    """And between long words of one length the relation is the same from both sides."""
    assert nearest(one, [(one, 1)]) is None
    if len(one) == len(other):
        assert (nearest(one, [(other, 1)]) is None) == (nearest(other, [(one, 1)]) is None)
