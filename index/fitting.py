"""What in a sentence would fit what is asked for: a quantity of the unit, a full name, a colour. Knows no library, no weight.

Each trait is 0 where the question asks for something else.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from index import analyzer, clues, instances
from index.asked import column
from index.dates import MONTHS
from index.gazetteer import ABROAD, COUNTRIES, HAN, STATES
from index.kinds import Kind
from index.novelties import near

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from regex import Pattern

    from index.analysed import Analysed, Token
    from index.asked import Numbers, Terms
    from index.novelties import Novelties

_MOST_QUANTITIES = 3
_MOST_NAMES = 3
_MOST_PLACES = 2
_MOST_INSTANCES = 2
_COUNTRIES_AND_STATES = COUNTRIES | STATES
_NO_COUNT = frozenset({"one", "first", "second", "third"})


def traits(sentences: Sequence[Analysed], found: Sequence[Novelties], terms: Terms, asked: Kind) -> dict[str, Numbers]:
    """Each trait by its name, a value a sentence, 0 and up; ``found`` is what each sentence names that the question does not."""
    language = terms.language
    cause = clues.CAUSE[language]
    return {
        **_quantities(sentences, found, language, wanted=asked is Kind.NUMBER),
        **_units(sentences, terms.asks, language),
        **_names(sentences, found, terms.asks, asked, language),
        **_places(sentences, found, terms, language, wanted=asked is Kind.PLACE),
        **_times(sentences, terms, language, wanted=asked is Kind.TIME),
        **_instances(sentences, found, terms),
        "cause_told": column(sentences, lambda one: bool(cause.search(one.text)), wanted=asked is Kind.REASON),
    }


def _quantities(sentences: Sequence[Analysed], found: Sequence[Novelties], language: str, *, wanted: bool) -> dict[str, Numbers]:
    if not wanted:
        return _nothing(sentences, "quantities", "near_quantity")
    glued, years = clues.COUNTS[language], clues.TOLD_YEAR[language]
    counts = [_counts(one.tokens, new, years) for one, new in zip(sentences, found, strict=True)]
    rows = list(zip(counts, sentences, found, strict=True))
    return {
        "quantities": column(rows, lambda row: min(len(row[0]) + len(glued.findall(row[1].text)), _MOST_QUANTITIES)),
        "near_quantity": column(rows, lambda row: near(row[0], row[2].asked)),
    }


def _nothing(sentences: Sequence[Analysed], *names: str) -> dict[str, Numbers]:
    return dict.fromkeys(names, np.zeros(len(sentences)))


def _counts(tokens: Sequence[Token], new: Novelties, years: Pattern[str]) -> list[int]:
    """Where numbers stand that the question does not name, but for years and days of the month."""
    return [
        at
        for at, word in new.numbers.items()
        if word not in _NO_COUNT
        and not years.fullmatch(word)
        and not _is_in_date(tokens[max(0, at - 1) : at], tokens[at + 1 : at + 2])
    ]


def _is_in_date(before: Sequence[Token], behind: Sequence[Token]) -> bool:
    """Whether a number has a month beside it, or behind it what makes a date of it where no spaces are written."""
    return any(map(_is_month, (*before, *behind))) or any(one.word.startswith(clues.HAN_DATE) for one in behind)


def _is_month(token: Token) -> bool:
    return token.word in MONTHS or (token.is_date and not token.is_number)


def _units(sentences: Sequence[Analysed], asks: str, language: str) -> dict[str, Numbers]:
    having = next((having[language] for asking, having in clues.UNITS if asking[language].search(asks)), None)
    fits = column(sentences, lambda one: bool(having and having.search(one.text)), wanted=having is not None)
    return {"unit_fits": fits, "unit_lacks": 1 - fits if having else fits}


def _names(sentences: Sequence[Analysed], found: Sequence[Novelties], asks: str, asked: Kind, language: str) -> dict[str, Numbers]:
    is_wanted, is_person = asked in {Kind.PERSON, Kind.PLACE, Kind.NAME}, asked is Kind.PERSON
    both = list(zip(sentences, found, strict=True))
    persons, quoted = clues.PERSONS.get(language), clues.QUOTED[language]

    def names(one: Analysed, new: Novelties) -> int:
        return len(_told(persons, one.text, asks)) if persons else _full_names(one.tokens, new)

    full = column(both, lambda one: min(names(*one), _MOST_NAMES), wanted=is_person)
    titles = column(
        sentences, lambda one: bool(_told(quoted, one.text, asks)), wanted=bool(clues.ASKS_TITLE[language].search(asks))
    )
    return {
        "near_name": column(found, lambda one: near(one.names, one.asked), wanted=is_wanted),
        "full_names": full,
        "no_name": column(found, lambda one: not one.names, wanted=is_person) * (full == 0),
        "title_told": titles,
    }


def _told(pattern: Pattern[str], text: str, asks: str) -> set[str]:
    """What the groups of a pattern stand for, but for what the question says."""
    asks = asks.lower()
    groups = (group for match in pattern.finditer(text) for group in match.groups())
    return {group for group in groups if group and group.lower() not in asks}


def _full_names(tokens: Sequence[Token], found: Novelties) -> int:
    """How many runs of capitalised words there are whose last two the question does not name."""
    new = {token for _, token in found.new if token.terms}
    runs: list[list[Token]] = [[]]
    for token in tokens:
        if token.is_name and len(token.written) > 1:
            runs[-1].append(token)
        elif runs[-1]:
            runs.append([])
    return sum(len(run) > 1 and new.issuperset(run[-2:]) for run in runs)


def _places(
    sentences: Sequence[Analysed], found: Sequence[Novelties], terms: Terms, language: str, *, wanted: bool
) -> dict[str, Numbers]:
    country, state, where = (
        bool(asking[language].search(terms.asks)) for asking in (clues.ASKS_COUNTRY, clues.ASKS_STATE, clues.ASKS_WHERE)
    )
    rows = list(zip(sentences, found, strict=True))

    def told(names: Collection[str]) -> Callable[[tuple[Analysed, Novelties]], float]:
        return lambda row: min(_listed(row[1], names) or _abroad(row[0], terms, language), _MOST_PLACES)

    return {
        "country_told": column(rows, told(COUNTRIES), wanted=country),
        "state_told": column(rows, told(STATES), wanted=state),
        "country_or_state_told": column(rows, told(_COUNTRIES_AND_STATES), wanted=where),
        "in_place": column(sentences, lambda one: _inside(one.text, terms, language), wanted=wanted),
    }


def _listed(found: Novelties, names: Collection[str]) -> int:
    return sum(bool(token.terms) and _place(token) in names for _, token in found.new)


def _abroad(one: Analysed, terms: Terms, language: str) -> int:
    """How many countries a sentence names that the question does not, in a script without capitals."""
    if language == "zh":
        return len({*HAN.findall(one.text)} - {*HAN.findall(terms.asks)})
    return len(_country_terms(language).intersection(one.terms) - terms.known)


@cache
def _country_terms(language: str) -> frozenset[str]:
    return frozenset(term for parts in analyzer.parts(ABROAD.get(language, ()), language) for term in parts)


def _inside(text: str, terms: Terms, language: str) -> float:
    names = (name.lower().split() for match in clues.IN_PLACE[language].finditer(text) for name in match.groups() if name)
    return min(sum(terms.every.isdisjoint(name) for name in names), _MOST_PLACES)


def _place(token: Token) -> str:
    return " ".join(token.word.replace(".", "").replace("’", "'").removesuffix("'s").split()) if token.is_name else ""


def _times(sentences: Sequence[Analysed], terms: Terms, language: str, *, wanted: bool) -> dict[str, Numbers]:
    time, years, hour = clues.TOLD_TIME[language], clues.TOLD_YEAR[language], clues.TOLD_HOUR[language]
    asks_year, asks_hour = (bool(asking[language].search(terms.asks)) for asking in (clues.ASKS_YEAR, clues.ASKS_HOUR))

    def year(one: Analysed) -> float:
        return any(told not in terms.every for told in years.findall(one.text))

    return {
        "time_told": column(sentences, lambda one: bool(time.search(one.text)), wanted=wanted),
        "year_told": column(sentences, year, wanted=wanted and asks_year),
        "hour_told": column(sentences, lambda one: bool(hour.search(one.text)), wanted=asks_hour),
    }


def _instances(sentences: Sequence[Analysed], found: Sequence[Novelties], terms: Terms) -> dict[str, Numbers]:
    """What is one of the kind that is asked for, "which colour", and is none of the question's own words."""
    kind = instances.wanted(terms.asks, terms.language)
    if not kind:
        return _nothing(sentences, "kind_told", "kind_lacks", "near_kind")
    told = kind.among(set().union(*(one.tokens for one in sentences)), terms.known)
    places = [[] if told.isdisjoint(one.tokens) else _standing(told, one.tokens) for one in sentences]
    both = list(zip(places, found, strict=True))
    return {
        "kind_told": column(places, lambda some: min(len(some), _MOST_INSTANCES)),
        "kind_lacks": column(places, lambda some: not some),
        "near_kind": column(both, lambda one: near(one[0], _others(one[1].asked, one[0])), wanted=bool(told)),
    }


def _standing(told: Collection[Token], tokens: Sequence[Token]) -> list[int]:
    return [at for at, token in enumerate(tokens) if token in told]


def _others(places: Sequence[int], than: Sequence[int]) -> list[int]:
    """These places but for those, since a word that marks a name, "which university", is asked for and told in one."""
    return [at for at in places if at not in than]
