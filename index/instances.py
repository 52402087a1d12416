"""Kinds of things and what is one of them: "which colour" may be answered by "red". Knows words, no sentence and no score.

Each line of words/kinds/<language>.txt, written by hand, holds what asks for a kind, a colon, and its instances: single words, of a
name in several words that which tells it from others, or that which marks a name as one of the kind ("University"). What stands
there with a capital is an instance only where a text writes it with one: a team is "Heat", not "heat". Nouns without instances
stand there so that "which rock band" asks for no rock.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import regex

from index import analyzer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from index.analysed import Token

FOLDER = Path(__file__).parent / "words" / "kinds"
_MOST_WORDS = 6
_OPENING = regex.compile(
    r"\b(?:what|which|name)(?:['’]s)?\s+(?:(?:is|are|was|were|of|one|the|these|those|an?|his|her|its|their|your|name)\s+)*", regex.I
)
_ENDING = regex.compile(r"(?:(?<=ss|x|ch|sh|[^ao]us)e|(?<=[^ius]))s(?:['’]s?)?$|['’]s?$")
_LAST_I = regex.compile(r"(?:(?<=[^aeou])y|ie)$")
_TYPE = "type of "
_TYPE_OF = regex.compile(r"^(?:kind|type|sort|form)s?\s+of\s+(?:an?\s+|the\s+)?", regex.I)


@dataclass(frozen=True, slots=True)
class Instances:
    """The terms that ask for a kind, those of its instances, and those of instances that are written with a capital."""

    asking: frozenset[str]
    words: frozenset[str]
    names: frozenset[str]

    def among(self, tokens: Iterable[Token], known: Collection[str]) -> set[Token]:
        """Those of the tokens that are instances and that hold no known term but one that asks for the kind."""
        every, told = self.words | self.names, self.asking.union(known) - self.asking
        return {
            token
            for token in tokens
            if not (every if token.is_name else self.words).isdisjoint(token.terms) and told.isdisjoint(token.terms)
        }


def wanted(asks: str, language: str) -> Instances | None:
    """The instances of the kind that is asked for right behind a question word; None where no instance of it is listed.

    The last noun says it: "which rock band" asks for no rock. But "type of book" and "cause of death" are kinds of their own.
    """
    opening = _OPENING.search(asks)
    if not opening:
        return None
    behind = _TYPE_OF.sub(_TYPE, asks[opening.end() :])
    asking = _farthest(behind, language) or _farthest(behind.removeprefix(_TYPE), language)
    return _instances(asking, language) if asking and listed(language)[asking] else None


def _farthest(behind: str, language: str) -> tuple[str, ...] | None:
    """Of the kinds whose words begin before the first stop word, that which reaches farthest, and of these the longest."""
    kinds = listed(language)
    words = _words(behind, language)
    together = next((at for at, word in enumerate(words) if not word), len(words))
    spans = (words[start:end] for end in range(len(words), 0, -1) for start in range(min(end, together)))
    return next((asking for asking in (tuple(filter(None, span)) for span in spans) if asking in kinds), None)


@cache
def listed(language: str) -> Mapping[tuple[str, ...], str]:
    """The instances of the language's kinds, blanks between them, by the words that ask for them; none without a list."""
    path = FOLDER / f"{language}.txt"
    found: dict[tuple[str, ...], str] = defaultdict(str)
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        nouns, instances = line.split(":")
        for noun in nouns.split(", "):
            found[tuple(filter(None, _words(noun, language)))] += instances.rstrip()
    return dict(found)


@cache
def _instances(asking: tuple[str, ...], language: str) -> Instances:
    """Found for the kinds that are asked for alone: all of them take a tenth of a second."""
    words: set[str] = set()
    names: set[str] = set()
    for instance in listed(language)[asking].split():
        (names if instance[0].isupper() else words).update(*analyzer.parts([instance], language))
    return Instances(frozenset(chain(*analyzer.parts(asking, language))), frozenset(words), frozenset(names))


def _words(text: str, language: str) -> list[str]:
    """The text's first words, of several things as of one, and "" for a stop word.

    Terms would not do: that of an organization is that of an organ.
    """
    tokens = analyzer.tokens(text)[:_MOST_WORDS]
    parts = analyzer.parts(tokens, language)
    return [_singular(token.casefold()) if terms else "" for token, terms in zip(tokens, parts, strict=True)]


def _singular(word: str) -> str:
    """The word as it is of one thing, "citi" of cities and of a city's."""
    return _LAST_I.sub("i", _ENDING.sub("", word))
