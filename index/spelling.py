"""The known word that a slip of the hand made into one that nobody wrote. Knows words, no library."""

from __future__ import annotations

from itertools import groupby
from os.path import commonprefix
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORTEST = 4
_LONG = 8


def nearest(word: str, known: Iterable[tuple[str, int]]) -> str | None:
    """The known word that is one slip away; the most used of several, then the first by code points; None without one.

    ``known`` are words with how much they are used. In a word of four letters a slip swaps two neighbours or doubles a
    letter, or not; in one of eight it may also add, drop or change a letter. In shorter words that makes other words of
    them more often than it mends one: of those that search queries held and a small library did not, "goat" became "got"
    and "crash" became "cash". A longer or a shorter ending is an inflection and no slip.
    """
    half = len(word) // 2 - 1  # a slip, of two letters at most, leaves so much of the front or of the back as it was
    front, back = word[:half], word[len(word) - half :]
    alike = (one for one in known if one[0].startswith(front) or one[0].endswith(back))
    near = [(-used, other) for other, used in alike if _is_slip(word, other)]
    return min(near)[1] if near else None


def _is_slip(word: str, other: str) -> bool:
    if len(word) < _SHORTEST or word.startswith(other) or other.startswith(word):
        return False
    start = len(commonprefix([word, other]))  # noqa: RUF071  letters are meant, not folders
    end = len(commonprefix([word[start:][::-1], other[start:][::-1]]))  # noqa: RUF071
    left, right = word[start : len(word) - end], other[start : len(other) - end]
    if (len(left), left) == (2, right[::-1]):
        return True
    return max(len(left), len(right)) == 1 and (len(word) >= _LONG or _undoubled(word) == _undoubled(other))


def _undoubled(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))
