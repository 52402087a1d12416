"""A sentence of an article, or its headline, as its tokens and terms. Knows no question and no score.

What a token tells by itself is found once and kept: a thousand tokens stand in the sentences of one answer, and most of them
stood in those of the answer before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import regex

from index import acronyms, analyzer
from index.analyzer import Known
from index.vectors import vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.model import Hit, IndexedArticle, Sentence

_KNOWN_PIECES = 1 << 16
_YEAR = regex.compile(r"(?:[1١१]\d|[2٢२][0٠०])\d\d")
_CALENDAR = """
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    januar februar märz mai juni juli oktober dezember
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    janvier février mars avril juin juillet août septembre octobre novembre décembre
    يناير فبراير مارس أبريل إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
    كانون شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين جانفي فيفري أفريل ماي جوان جويلية أوت
    जनवरी फरवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर सितम्बर अक्टूबर अक्तूबर नवंबर नवम्बर दिसंबर दिसम्बर"""
_MONTHS = frozenset(_CALENDAR.split())


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """What a token tells wherever it stands: as written and case-folded, its terms, and what it may be; compared by identity.

    A name is what is written as names are, so that in a script without capitals there is none. A token ``tells`` something that is
    any of the three. ``rows`` are its rows among the language's vectors, if it has some: one, or one for each of its terms.
    """

    written: str
    word: str
    terms: tuple[str, ...]
    is_number: bool
    is_date: bool
    is_name: bool
    tells: bool
    rows: tuple[int, ...]


class Read(NamedTuple):
    """A sentence of a hit's article: where it stands, as written, and its terms in order."""

    hit: Hit
    place: int
    span: Sentence
    text: str
    terms: list[str]


class Analysed(NamedTuple):
    """A sentence that may be quoted: what Read has, and its tokens, whose terms these are."""

    hit: Hit
    place: int
    span: Sentence
    text: str
    terms: list[str]
    tokens: list[Token]


def read(hit: Hit, place: int) -> Read:
    """The ``place``-th sentence of the hit's article, in half the time of :func:`analysed`."""
    span, article = hit.article.sentences[place], hit.article
    text = article.article.text[span.start : span.end]
    return Read(hit, place, span, text, _terms(text, article))


def analysed(one: Read) -> Analysed:
    """The same sentence with its tokens."""
    return Analysed(*one, _tokens(one.text, one.terms, one.hit.article))


def headline(article: IndexedArticle) -> list[str]:
    """The terms of an article's headline, in order."""
    return _terms(article.article.attribution.title, article)


def titled(article: IndexedArticle) -> list[Token]:
    """The tokens of an article's headline."""
    return _tokens(article.article.attribution.title, headline(article), article)


def _terms(text: str, article: IndexedArticle) -> list[str]:
    """All terms of a sentence or a headline of an article."""
    known = _known_terms(article.article.language)
    terms = list(chain.from_iterable(map(known.__getitem__, analyzer.pieces(text))))
    if acronyms.spelled(article).signs.isdisjoint(terms):
        return terms
    return [term for token in _tokens(text, terms, article) for term in token.terms]


def _tokens(text: str, terms: Sequence[str], article: IndexedArticle) -> list[Token]:
    """The tokens of a sentence or a headline of an article, whose terms tell whether a short name may be among them."""
    language = article.article.language
    known = _known(language)
    tokens = list(chain.from_iterable(map(known.__getitem__, analyzer.pieces(text))))
    spelled = acronyms.spelled(article)
    if spelled.signs.isdisjoint(terms):
        return tokens
    parts = acronyms.parts([token.written for token in tokens], language, spelled.names)
    return [token if token.terms == own else replace(token, terms=own) for token, own in zip(tokens, parts, strict=True)]


@cache
def _known_terms(language: str) -> Known[tuple[str, ...]]:
    """The terms of each piece of text."""
    return Known(lambda piece: tuple(analyzer.terms(piece, language)), _KNOWN_PIECES)


@cache
def _known(language: str) -> Known[tuple[Token, ...]]:
    """The tokens of each piece of text: one and the same for the same token, whatever the marks around it."""
    tokens = Known(lambda written: _token(written, language), _KNOWN_PIECES)
    return Known(lambda piece: tuple(map(tokens.__getitem__, analyzer.tokens(piece))), _KNOWN_PIECES)


def _token(written: str, language: str) -> Token:
    (terms,) = analyzer.parts([written], language)
    word = written.casefold()
    is_number = word[0].isnumeric() or word in analyzer.NUMBER_WORDS
    is_date = word in _MONTHS or (is_number and bool(_YEAR.fullmatch(word)))
    is_name = written[0].isupper() and not is_number
    rows = vectors(language).rows((word,) if len(terms) == 1 else terms)
    return Token(written, word, terms, is_number, is_date, is_name, is_name or is_number or is_date, rows)
