"""Whose words a question asks for ("What did X say about Y?"), and which sentences hold them. Knows no weight and no library."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

import numpy as np
import regex

from index import analyzer
from index.analysed import analysed, headline, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.analysed import Analysed, Token
    from index.asked import Numbers, Question
    from index.model import Hit

_WHO = "(?P<who>.{1,80}?)"
_ENDS = r"(?=\s+(?:about|over|über|zu[mr]?|von|sobre|de|del|acerca|sur|à|gesagt|gemeint|erklärt)\b|[?.,]|$)"
_SAY = r"(?:say|said|tell|told|think|thought|claim(?:ed)?|argued?|call(?:ed)?)"
_ASKS = {
    "en": rf"\bwhat\s+(?:did|does|do|has|have|had)\s+{_WHO}\s+{_SAY}\b",
    "de": rf"\bwas\s+(?:(?:sag|mein|erklär)(?:t|te|ten|en)|(?:hat|haben)(?=.{{1,99}}\b(?:gesagt|gemeint|erklärt)))\s+{_WHO}{_ENDS}",
    "es": rf"\bqué\s+(?:ha\s+dicho|han\s+dicho|dij(?:o|eron)|dicen?|opin(?:an?|ó))\s+{_WHO}{_ENDS}",
    "fr": rf"\bqu(?:e\s+|['’])(?:(?:a|ont)\s+(?:dit|déclaré)|dit|disent|pensent?)\s+{_WHO}{_ENDS}",
}
_MARK = '["“”„«»「」]'
_SAYS = (
    r"(?:says?|said|tells?|told|adds?|added|argue[sd]?|claim(?:s|ed)|explain(?:s|ed)|warn(?:s|ed)|call(?:s|ed)|writes?|wrote|"
    r"noted|stated|insisted|replied|joked|remarked|acknowledged|describe[sd]|reported|according\s+to|"
    r"sag(?:t|te|ten|en)|erklär(?:t|te|ten)|mein(?:t|te|ten)|beton(?:t|te|ten)|warn(?:t|te|ten)|schr(?:eib|ieb)(?:t|en)?|"
    r"dij(?:o|eron)|dicen?|afirm(?:a|ó)|explicó|declaró|señaló|aseguró|escrib(?:e|ió)|"
    r"dit|disent|déclar(?:e|é)|affirm(?:e|é)|expliqu(?:e|é)|écri(?:t|vent))"
)
_SOMEBODY = r"(?:he|she|they|er|sie|él|ella|il|elle|ils|elles)"
_SPEAKS = regex.compile(rf"{_MARK}|\b{_SAYS}\b", regex.I)
_LEAVES_SPEAKER_OUT = regex.compile(rf"{_MARK}|\b{_SOMEBODY}\s+{_SAYS}\b|\b{_SAYS}\s+{_SOMEBODY}\b", regex.I)

_ABOUT = regex.compile(r"\s*(?:about|on|of|regarding|über|zu[mr]?|sobre|acerca\s+de|sur)\b", regex.I)

_INTRODUCING = 40
"""Whom an article quotes it introduces in so many sentences; it may have thousands, and to look at one takes some 10 µs."""

_WORDS_BETWEEN = 2  # "Sala, the mayor", "Menendez, a federal judge"
_WHERE = {"in", "at", "near", "from", "of", "aus", "bei", "en", "de", "à"}  # "In Milan, the mayor said"


def spoken(sentences: Sequence[Analysed], question: Question) -> Numbers:
    """How likely each sentence is to hold the words of whom the question asks about, 0 to 1; 0 where it asks for something else.

    It speaks: it has a quotation mark or a verb of saying. And it names the speaker: it has a share of the terms asked about, or
    who is so called in its article ("the judge, Katherine Menendez"). Where it leaves out who speaks or says "she", the
    sentences beside it may name the speaker.
    """
    called = speaker(question.text, question.language)
    who = frozenset(analyzer.terms(called, question.language))
    if not who:
        return np.zeros(len(sentences))
    hits = {one.hit.article.key: one.hit for one in sentences}
    names = {key: _names(hit, who) if called[0].islower() else frozenset() for key, hit in hits.items()}
    return np.array([bool(_SPEAKS.search(one.text)) and _likely(one, who, names[one.hit.article.key]) for one in sentences], float)


def is_without_words(one: Analysed, question: Question) -> bool:
    """Whether a question asks for somebody's words, and a sentence has none of them; or none about what they are asked about.

    What they are about may stand beside the sentence, too, or in the headline.
    """
    asks = _asks(question.text, question.language)
    if not asks or not analyzer.terms(asks["who"], question.language):
        return False
    rest = question.text[asks.end() :]
    about = set(analyzer.terms(rest, question.language)) if _ABOUT.match(rest) else set()
    told = {*headline(one.hit.article)}.union(*(read(one.hit, place).terms for place in _beside(one)))
    return not spoken([one], question)[0] or (bool(about) and about.isdisjoint(told))


def speaker(question: str, language: str) -> str:
    """Whose words a question asks for, as it says it; nothing where it asks for something else."""
    asks = _asks(question, language)
    return asks["who"].strip() if asks else ""


def _asks(question: str, language: str) -> regex.Match[str] | None:
    return regex.search(_ASKS[language], question, regex.I) if language in _ASKS else None


def _beside(one: Analysed) -> range:
    """The places of a sentence and those beside it."""
    return range(max(0, one.place - 1), min(one.place + 2, len(one.hit.article.sentences)))


def _likely(one: Analysed, who: frozenset[str], names: frozenset[str]) -> float:
    places = _beside(one) if _LEAVES_SPEAKER_OUT.search(one.text) else [one.place]
    told = [read(one.hit, place).terms for place in places]
    return max(1.0 if names.intersection(terms) else len(who.intersection(terms)) / len(who) for terms in told)


def _names(hit: Hit, who: frozenset[str]) -> frozenset[str]:
    """The terms of the names that an article puts beside what somebody is called: "Mayor Sala", "Giuseppe Sala, the mayor"."""
    sentences = (read(hit, place) for place in range(min(len(hit.article.sentences), _INTRODUCING)))
    named = [token for one in sentences if who.issubset(one.terms) for token in _name_beside(analysed(one), who)]
    return frozenset(term for token in named for term in token.terms) - who


def _name_beside(one: Analysed, who: frozenset[str]) -> list[Token]:
    places = [at for at, token in enumerate(one.tokens) if not who.isdisjoint(token.terms)]
    return [*_name_before(one.text, one.tokens[: places[0]][::-1]), *_name_after(one.text, one.tokens[places[-1] + 1 :])]


def _name_before(text: str, before: Sequence[Token]) -> list[Token]:
    """The name, from its end, that stands before a comma and a word or two: "Sala, the mayor", "Menendez, a federal judge"."""
    between = [*takewhile(lambda token: not token.is_name, before)][: _WORDS_BETWEEN + 1]
    name = _name(before[len(between) :])
    rest = before[len(between) + len(name) :]
    is_told = len(between) <= _WORDS_BETWEEN and bool(name) and f"{name[0].written}, " in text
    return name if is_told and not (rest and rest[0].word in _WHERE) else []


def _name_after(text: str, after: Sequence[Token]) -> list[Token]:
    """The name that follows, "Mayor Sala", or a full one behind a word or two and a comma: "the mayor of Milan, Giuseppe Sala"."""
    for at in range(1, min(_WORDS_BETWEEN + 1, len(after))):
        name = _name(after[at:])
        if len(name) > 1 and f"{after[at - 1].written}, {name[0].written} " in text:
            return name
    return _name(after)


def _name(tokens: Sequence[Token]) -> list[Token]:
    return [*takewhile(_is_of_name, tokens)]


def _is_of_name(token: Token) -> bool:
    return token.is_name and bool(token.terms) and not token.is_date
