"""Short names that an article spells out: "Immigration and Customs Enforcement (ICE)". Knows one article, no library."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from index import analyzer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from index.model import IndexedArticle

    Names = Mapping[str, tuple[str, ...]]
    Parts = tuple[tuple[str, ...], ...]

_CAPITALS = "[A-ZÀ-ÖØ-Þ]{2,6}"
_SHORT = re.compile(rf"({_CAPITALS})\b")
_SHORT_IN_BRACKETS = re.compile(rf"({_CAPITALS})s?\)")
_SHORT_BEFORE = re.compile(rf"\b({_CAPITALS}) $")
_SHORT_CHARACTERS = 8
_SPELLED_CHARACTERS = 120
_WORD = re.compile(r"\w[\w'’.]*")
_BREAK = re.compile(r"[^\w'’. \xa0,-]")
_KNOWN_ARTICLES = 1 << 14
_known: dict[str, Spelled] = {}


@dataclass(frozen=True, slots=True)
class Spelled:
    """The short names that an article spells out; ``signs`` are terms without which :func:`parts` adds none to a text."""

    names: Names
    signs: frozenset[str]


_NOTHING = Spelled({}, frozenset())  # one for all: thousands of articles spell nothing out


def spelled_out(text: str, language: str) -> Names:
    """Each short name that a text spells out, with the terms of its long one; the first spelling counts."""
    found: dict[str, tuple[str, ...]] = {}
    for short, before in _candidates(text):
        meant = tuple(analyzer.terms(_long(short, before, language), language))
        if len(meant) > 1:
            found.setdefault(short, meant)
    return found


def spelled(article: IndexedArticle) -> Spelled:
    """What an article of the library spells out, found once for each revision."""
    known = _known.get(article.revision)
    if known is None:
        if len(_known) >= _KNOWN_ARTICLES:
            _known.clear()
        known = _known[article.revision] = _spelled(article.article.text, article.article.language)
    return known


def _spelled(text: str, language: str) -> Spelled:
    names = spelled_out(text, language)
    signs = {*chain.from_iterable(analyzer.parts(names, language)), *(long[-1] for long in names.values())}
    return Spelled(names, frozenset(signs)) if names else _NOTHING


def parts(tokens: Sequence[str], language: str, spelled: Names) -> Parts:
    """The terms of each token, as analyzer.parts; a short name that is spelled out is the long one as well.

    And the last word of the long one is the short one. Where the tokens have both, nothing is added.
    """
    own = analyzer.parts(tokens, language)
    told = set(chain.from_iterable(own)) if spelled else set()
    for short, long in spelled.items():
        (as_term,) = analyzer.parts([short], language)
        if told.isdisjoint((*as_term, long[-1])):
            continue
        shorts, longs = {at for at, token in enumerate(tokens) if token.rstrip("s'’") == short}, _ends(own, long)
        if bool(shorts) != bool(longs):
            added = long if shorts else as_term
            own = tuple((*found, *added) if at in shorts | longs else found for at, found in enumerate(own))
    return own


def terms(text: str, language: str, spelled: Names) -> list[str]:
    """The terms of a piece of an article, or of its headline, in order."""
    return list(chain.from_iterable(parts(analyzer.tokens(text), language, spelled)))


def _candidates(text: str) -> Iterator[tuple[str, str]]:
    """What may be short names, each with text that may end with its long one.

    Split, since that takes a tenth of the time of a pattern's search.
    """
    for before, behind in pairwise(text.split("(")):
        if short := _SHORT_IN_BRACKETS.match(behind):
            yield short[1], before[-_SPELLED_CHARACTERS:].rstrip()
        elif short := _SHORT_BEFORE.search(before[-_SHORT_CHARACTERS:]):
            yield short[1], behind.partition(")")[0][:_SPELLED_CHARACTERS]
    for before, behind in pairwise(text.split(", or ")):
        if short := _SHORT.match(behind):
            yield short[1], before[-_SPELLED_CHARACTERS:]


def _long(short: str, before: str, language: str) -> str:
    """The words with these initials that end a text, function words between them counted or not; "" where others end it."""
    told = [*_WORD.finditer(before)]
    telling = [word for word in told if word.group().casefold() not in analyzer.stop_words(language)]
    for words in (telling[-len(short) :], told[-len(short) :]):
        long = before[words[0].start() :] if words else ""
        if "".join(word.group()[0].upper() for word in words) == short and not _BREAK.search(long):
            return long
    return ""


def _ends(parts: Parts, name: tuple[str, ...]) -> set[int]:
    """Which tokens end the name."""
    flat = [(at, term) for at, terms in enumerate(parts) for term in terms]
    told = tuple(term for _, term in flat)
    starts = [start for start, term in enumerate(told) if term == name[0]]
    return {flat[start + len(name) - 1][0] for start in starts if told[start : start + len(name)] == name}
