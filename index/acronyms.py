"""Short names that an article spells out: "Immigration and Customs Enforcement (ICE)". Knows one article, no library."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from index import analyzer

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from index.model import Article

    Parts = tuple[tuple[str, ...], ...]

_SHORT = r"[A-ZÀ-ÖØ-Þ]{2,6}"
_BEHIND = (re.compile(rf"\(({_SHORT})s?\)"), re.compile(rf", or ({_SHORT})\b"))
_BRACKETED = re.compile(r" \((?<=[A-ZÀ-ÖØ-Þ] \()([^()\n]+)\)")  # the bracket first, which is found at once
_BEFORE = re.compile(rf"\b{_SHORT}$")
_SHORT_CHARACTERS = 8
_SPELLED_CHARACTERS = 120
_WORD = re.compile(r"\w[\w'’.]*")
_PLAIN_END = re.compile(r"(?<![\w'’., \xa0-])[\w'’., \xa0-]*$")
_KNOWN_ARTICLES = 1 << 8


def parts(tokens: Sequence[str], article: Article) -> Parts:
    """The terms of each token of an article, as analyzer.parts; a short name that it spells out is the long one as well.

    And the last word of the long one is the short one. Where the tokens have both, nothing is added.
    """
    own = analyzer.parts(tokens, article.language)
    told = {term for terms in own for term in terms}
    for short, long in spelled_out(article.text, article.language).items():
        if not told.issuperset(long) and told.isdisjoint(analyzer.parts([short], article.language)[0]):
            continue
        shorts, longs = {at for at, token in enumerate(tokens) if token.rstrip("s'’") == short}, _ends(own, long)
        if bool(shorts) != bool(longs):
            added = long if shorts else analyzer.parts([short], article.language)[0]
            own = tuple((*found, *added) if at in shorts | longs else found for at, found in enumerate(own))
    return own


def terms(text: str, article: Article) -> list[str]:
    """The terms of a piece of an article, or of its headline, in order."""
    return list(chain.from_iterable(parts(analyzer.tokens(text), article)))


@lru_cache(_KNOWN_ARTICLES)
def spelled_out(text: str, language: str) -> Mapping[str, tuple[str, ...]]:
    """Each short name that a text spells out, with the terms of its long one; the first spelling counts."""
    found: dict[str, tuple[str, ...]] = {}
    for short, before in _candidates(text):
        meant = tuple(analyzer.terms(_long(short, before, language), language))
        if len(meant) > 1:
            found.setdefault(short, meant)
    return found


def _candidates(text: str) -> Iterator[tuple[str, str]]:
    """What may be short names, each with text that may end with its long one."""
    for pattern in _BEHIND:
        for found in pattern.finditer(text):
            yield found[1], text[max(0, found.start() - _SPELLED_CHARACTERS) : found.start()].rstrip()
    for found in _BRACKETED.finditer(text):
        if short := _BEFORE.search(text, max(0, found.start() - _SHORT_CHARACTERS), found.start()):
            yield short.group(), found[1]


def _long(short: str, before: str, language: str) -> str:
    """The words at the end of a text that have these initials, "" without; stop words may stand between them."""
    (end,) = _PLAIN_END.findall(before)
    found = [*_WORD.finditer(end)][::-1]
    words, letters = [word.group().casefold() for word in found], short.casefold()[::-1]
    count = _initialled(words, letters, analyzer.stop_words(language)) if words and words[0][0] == letters[0] else 0
    return end[found[count - 1].start() :] if count else ""


def _initialled(words: Sequence[str], letters: str, small: Container[str]) -> int:
    """How many of the first words have these initials, 0 if they do not; a small one may have its letter or none."""
    if not words:
        return 0
    rest = words[1:]
    if words[0][0] == letters[0] and len(letters) > 1 and (count := _initialled(rest, letters[1:], small)):
        return count + 1
    if words[0] in small:
        return count + 1 if (count := _initialled(rest, letters, small)) else 0
    return int(words[0][0] == letters)


def _ends(parts: Parts, name: tuple[str, ...]) -> set[int]:
    """Which tokens end the name."""
    flat = [(at, term) for at, terms in enumerate(parts) for term in terms]
    told = tuple(term for _, term in flat)
    starts = [start for start, term in enumerate(told) if term == name[0]]
    return {flat[start + len(name) - 1][0] for start in starts if told[start : start + len(name)] == name}
