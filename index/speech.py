"""Whose words a question asks for ("What did X say about Y?"), and which sentences hold them. Knows no weight and no library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import regex

from index import analyzer
from index.analysed import analysed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.analysed import Analysed
    from index.asked import Numbers, Question

_WHO = "(?P<who>.{1,80}?)"
_ENDS = r"(?=\s+(?:about|over|über|zu[mr]?|von|sobre|de|del|acerca|sur|à|gesagt|gemeint|erklärt)\b|[?.,]|$)"
_SAY = r"(?:say|said|tell|told|think|thought|claim(?:ed)?|argued?|call(?:ed)?)"
_ASKS = {
    "en": rf"\bwhat\s+(?:did|does|do|has|have|had)\s+{_WHO}\s+{_SAY}\b",
    "de": rf"\bwas\s+(?:(?:sag|mein|erklär)(?:t|te|ten|en)|(?:hat|haben)(?=.*\bge(?:sag|mein)t|.*\berklärt))\s+{_WHO}{_ENDS}",
    "es": rf"\bqué\s+(?:ha\s+dicho|han\s+dicho|dij(?:o|eron)|dicen?|opin(?:an?|ó))\s+{_WHO}{_ENDS}",
    "fr": rf"\bqu(?:e\s+|['’])(?:(?:a|ont)\s+(?:dit|déclaré)|dit|disent|pensent?)\s+{_WHO}{_ENDS}",
}
_SPEAKS = regex.compile(
    r'["“”„«»「」]|\b(?:says?|said|tells?|told|adds?|added|argue[sd]?|claim(?:s|ed)|explain(?:s|ed)|warn(?:s|ed)|call(?:s|ed)|'
    r"sag(?:t|te|ten|en)|erklär(?:t|te|ten)|mein(?:t|te|ten)|beton(?:t|te|ten)|warn(?:t|te|ten)|"
    r"dij(?:o|eron)|dicen?|afirm(?:a|ó)|explicó|declaró|señaló|aseguró|dit|disent|déclar(?:e|é)|affirm(?:e|é)|expliqu(?:e|é))\b",
    regex.I,
)


def spoken(sentences: Sequence[Analysed], question: Question) -> Numbers:
    """How likely each sentence is to hold the words of whom the question asks about, 0 to 1; 0 where it asks for something else.

    It speaks: it has a quotation mark or a verb of saying. And it names the speaker, or a sentence beside it does: the share
    of the speaker's terms in the one of the three that has most.
    """
    who = speakers(question.text, question.language)
    return np.array([bool(who and _SPEAKS.search(one.text)) and _named(one, who) for one in sentences], float)


def speakers(question: str, language: str) -> frozenset[str]:
    """The terms of whose words a question asks for; none where it asks for something else."""
    asks = regex.search(_ASKS[language], question, regex.I) if language in _ASKS else None
    return frozenset(analyzer.terms(asks["who"], language)) if asks else frozenset()


def _named(one: Analysed, who: frozenset[str]) -> float:
    places = range(max(0, one.place - 1), min(one.place + 2, len(one.hit.article.sentences)))
    return max(len(who.intersection(analysed(one.hit, place).terms)) for place in places) / len(who)
