"""How near a sentence's words come to a question's in meaning, though no letter tells. Knows no library, no weight of a trait."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from index.analysed import titled
from index.vectors import vectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from index.analysed import Analysed, Token
    from index.asked import Numbers, Presence, Terms
    from index.vectors import Reals, Vectors

NAMES = (
    "alike", "alike_only", "alike_with_title",
    "new_alike", "new_alike_in_mean", "new_alike_left", "new_alike_phrase", "new_alike_phrase_in_mean",
)  # fmt: skip


def traits(sentences: Sequence[Analysed], terms: Terms, here: Presence, title: Presence) -> dict[str, Numbers]:
    """Each of NAMES, a value a sentence from -1 to 1; 0 of all in a language that has no vectors.

    ``here`` and ``title`` are which of the question's terms each sentence and its headline hold. What words mean is compared within
    the question's language alone. The first three are coverage where a word counts for a term as far as it means alike. New is what
    the question does not hold: it is compared with each term, with all of them, with those that the sentence lacks, and with what
    is asked for, "which city".
    """
    known = vectors(terms.language)
    if not known.row:
        return dict.fromkeys(NAMES, np.zeros(len(sentences)))
    is_same = {one.hit.article.key: one.hit.article.article.language == terms.language for one in sentences}
    told = [one.tokens if is_same[one.hit.article.key] else [] for one in sentences]
    titles = {one.hit.article.key: titled(one.hit.article) if is_same[one.hit.article.key] else [] for one in sentences}
    headlines = [titles[one.hit.article.key] for one in sentences]
    asked = known.of(np.array(known.rows(terms.spelled()), np.intp))
    weighed = asked * terms.idf.astype(np.float32)[:, None]
    left = _unit(np.einsum("sq,qd->sd", (~here).astype(np.float32), weighed))
    phrase = _unit(asked[[term in terms.phrase for term in terms.all]].sum(axis=0))
    rows = _Rows.of(told, asked, known)
    near = np.where(here, 1, rows.nearest())
    new = rows.without(_held(told, terms))
    mean = new.means()
    columns = terms.coverages(
        alike=near,
        alike_only=np.where(here, 0, near),
        alike_with_title=np.maximum(near, np.where(title, 1, _above(headlines, asked, known))),
        new_alike=new.nearest(),
    )
    return columns | {
        "new_alike_in_mean": _along(mean, _unit(weighed.sum(axis=0))),
        "new_alike_left": np.einsum("sd,sd->s", mean, left).astype(float),
        "new_alike_phrase": new.highest(phrase),
        "new_alike_phrase_in_mean": _along(mean, phrase),
    }


def _above(headlines: Sequence[Sequence[Token]], asked: Reals, known: Vectors) -> Numbers:
    """How near each sentence's headline comes to the question's words; each headline is looked at once."""
    distinct = {id(one): one for one in headlines}
    number = {name: at for at, name in enumerate(distinct)}
    return _Rows.of([*distinct.values()], asked, known).nearest()[[number[id(one)] for one in headlines]]


def _held(told: Iterable[Sequence[Token]], terms: Terms) -> list[int]:
    """The rows of the words that the question holds, in any form."""
    return [row for token in {*chain.from_iterable(told)} if not terms.known.isdisjoint(token.terms) for row in token.rows]


def _unit(directions: Reals) -> Reals:
    """Vectors of the same directions and of length 1; those of no length stay so."""
    lengths = np.sqrt(np.einsum("...d,...d->...", directions, directions))[..., None]
    return np.asarray(directions / np.maximum(lengths, np.float32(1e-6)))


def _along(directions: Reals, direction: Reals) -> Numbers:
    return np.asarray(np.einsum("sd,d->s", directions, direction), float)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The words of some rows of tokens: which of the distinct ones they are, a row behind the other, and where each row begins.

    Each row ends with a word that has no vector. ``words``, ``directions`` and ``weights`` are the distinct words' own, and
    ``alike`` is how near each comes to each of the question's, 0 to 1.
    """

    words: NDArray[np.intp]
    directions: Reals
    weights: Reals
    alike: Reals
    places: NDArray[np.intp]
    starts: NDArray[np.intp]

    @staticmethod
    def of(tokens: Sequence[Sequence[Token]], asked: Reals, known: Vectors) -> _Rows:
        """Compare each distinct word with each of the question's."""
        told = [[*chain.from_iterable([token.rows for token in row]), 0] for row in tokens]
        words, places = np.unique(np.fromiter(chain.from_iterable(told), np.intp), return_inverse=True)
        found = known.of(words)
        alike = np.clip(np.einsum("qd,wd->qw", asked, found), 0, 1)
        return _Rows(words, found, known.weights[words], alike, places, np.cumsum([0, *map(len, told[:-1])]))

    def without(self, words: Sequence[int]) -> _Rows:
        """The same, in which these words count for nothing."""
        counts = np.isin(self.words, words, invert=True).astype(np.float32)
        return replace(self, weights=self.weights * counts, alike=self.alike * counts)

    def nearest(self) -> Numbers:
        """How near the nearest of a row's words comes to each of the question's."""
        return np.maximum.reduceat(self.alike[:, self.places], self.starts, axis=1).T.astype(float)

    def means(self) -> Reals:
        """The direction of the weighed sum of each row's vectors."""
        weighed = self.directions * self.weights[:, None]
        return _unit(np.add.reduceat(weighed[self.places], self.starts, axis=0))

    def highest(self, direction: Reals) -> Numbers:
        """How near the nearest of a row's words comes to a direction."""
        along = _along(self.directions, direction) * (self.weights > 0)
        return np.asarray(np.maximum.reduceat(along[self.places], self.starts))
