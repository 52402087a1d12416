"""The nearest known word to one that nobody wrote. Knows words, no library."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORTEST = 4
MOST = 2
"""The most slips that any word may have."""

_LONG = 8


def nearest(word: str, known: Iterable[tuple[str, int]]) -> str | None:
    """The known word that the fewest slips make of this one; None where it takes too many.

    ``known`` are words with how much they are used. A slip leaves out, adds, changes or swaps a letter. A word of four
    letters may have one, and no letter changed, since that makes another word of it ("medal", "metal"); one of eight may
    have two of any kind. A longer or a shorter ending is an inflection and no slip. Ties go to the word used more, then by
    code points.
    """
    if len(word) < _SHORTEST:
        return None
    is_long = len(word) >= _LONG
    most = MOST if is_long else 1
    near = [(slips(word, other, most), -used, other) for other, used in known if _may_be_meant(word, other)]
    best = min((one for one in near if one[0] <= most), default=None)
    return best[2] if best else None


def _may_be_meant(word: str, other: str) -> bool:
    if word.startswith(other) or other.startswith(word):
        return False
    return len(word) >= _LONG or len(word) != len(other) or sorted(word) == sorted(other)


def slips(one: str, other: str, most: int) -> int:
    """How many slips part two words; ``most + 1`` stands for more. Optimal string alignment: no letter is moved twice."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, target in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != target))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == target:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return last[-1]
