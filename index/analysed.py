"""A sentence of an article as its tokens and terms. Knows no question and no score."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from index import acronyms, analyzer

if TYPE_CHECKING:
    from index.model import Hit


@dataclass(frozen=True, slots=True)
class Analysed:
    """A sentence of a hit's article, analysed: its tokens as written, the terms of each, and all terms in order."""

    hit: Hit
    place: int
    tokens: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    terms: tuple[str, ...]

    @property
    def text(self) -> str:
        """The sentence as written."""
        span = self.hit.article.sentences[self.place]
        return self.hit.article.article.text[span.start : span.end]


def analysed(hit: Hit, place: int) -> Analysed:
    """The ``place``-th sentence of the hit's article."""
    span = hit.article.sentences[place]
    tokens = tuple(analyzer.tokens(hit.article.article.text[span.start : span.end]))
    parts = acronyms.parts(tokens, hit.article.article.language, acronyms.names(hit.article))
    return Analysed(hit, place, tokens, parts, tuple(chain.from_iterable(parts)))
