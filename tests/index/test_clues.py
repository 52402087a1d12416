"""Patterns by what they tell."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest

from index import clues, gazetteer
from index.analyzer import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regex import Pattern

_LETTERS = 20_000
_LONGEST = 1.0
"""Seconds: the slowest takes a tenth, and one that takes the square of the time took six and more."""


def patterns() -> Iterator[Pattern[str]]:
    """All of them."""
    told = [one for one in vars(clues).values() if isinstance(one, clues.Clue)]
    pairs = [one for both in clues.UNITS for one in both]
    for by_language in (*told, *pairs):
        yield from {by_language[language] for language in NAMES}
    yield from clues.PERSONS.values()
    yield gazetteer.HAN


@pytest.mark.parametrize(
    "repeated", ["a", "1", "1.", "A b ", "“x", "斯", "是东", "二十", "自", "ال", "في مدينة ", "वर्ष ", "\u064b"]
)
def test_a_search_takes_time_in_proportion_to_the_text(repeated: str) -> None:
    """Whatever is repeated in it."""
    text = repeated * (_LETTERS // len(repeated))
    for pattern in patterns():
        began = process_time()
        assert pattern.findall(text) is not None
        assert process_time() - began < _LONGEST, pattern.pattern


def test_a_language_without_words_of_its_own_is_read_by_the_latin_script_s() -> None:
    """A rule for each is not needed."""
    assert clues.CAUSE["fi"] is clues.CAUSE["en"]
    assert clues.CAUSE["ar"] is not clues.CAUSE["en"]
