"""Words that may be said for one another: who "wrote" it is its "author". Knows words, no article.

Questions and articles agree on names and differ in what they say of them. Each line of words/<language>.txt, written by hand, holds
words any of which may tell what another asks about; a word may stand in several lines. Inflected forms stand there only where the
analyzer does not know them.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from index import analyzer

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).with_name("words")


@cache
def lines(language: str) -> Mapping[str, list[frozenset[str]]]:
    """The lines of a language that each term stands in, as their terms; of a language without a list, none."""
    path = FOLDER / f"{language}.txt"
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        group = frozenset(term for parts in analyzer.parts(line.split(), language) for term in parts)
        for term in group:
            found[term].append(group)
    return dict(found)


def meant(term: str, language: str) -> frozenset[str]:
    """What may be said for a term of the language: joined when asked for, since to join all took half of a first answer."""
    return frozenset().union(*lines(language).get(term, ())) - {term}
