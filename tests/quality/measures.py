"""What is measured of ranked candidates. Knows numbers only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.quality.examples import Example

QUOTE_CHARACTERS = 600
_DRAWS = 2000


def chosen(one: Example, scores: NDArray[np.float64], limit: int = 3, characters: int = QUOTE_CHARACTERS) -> list[int]:
    """Which candidates become quotes, by these scores: as index.quoting chooses, but for the sentences a quote leans on."""
    picked: list[int] = []
    spent: dict[int, int] = {}
    for at in np.argsort(-scores, kind="stable").tolist():
        key, cost = int(one.articles[at]), int(one.lengths[at])
        if len(picked) == limit:
            break
        if any(one.sames[at] == one.sames[other] for other in picked) or spent.get(key, 0) + cost > characters:
            continue
        spent[key] = spent.get(key, 0) + cost
        picked.append(at)
    return picked


def first_hits(one: Example, scores: NDArray[np.float64]) -> tuple[bool, bool]:
    """Whether the first quote answers, and whether one of the first three does."""
    hits = [bool(one.hits[at]) for at in chosen(one, scores)]
    return any(hits[:1]), any(hits)


def interval(differences: NDArray[np.float64]) -> tuple[float, float]:
    """The 95 % interval of a mean by paired bootstrap, of 2,000 draws with a fixed seed."""
    draws = np.random.default_rng(0).integers(0, len(differences), (_DRAWS, len(differences)))
    low, high = np.percentile(differences[draws].mean(axis=1), (2.5, 97.5))
    return float(low), float(high)


def area(yes: NDArray[np.float64], no: NDArray[np.float64]) -> float:
    """The area under the ROC curve: how often a value of ``yes`` is above one of ``no``, ties by half."""
    above = (yes[:, None] > no[None, :]).mean() + (yes[:, None] == no[None, :]).mean() / 2
    return float(above)
