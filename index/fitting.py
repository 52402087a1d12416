"""What in a sentence would fit what is asked for: a quantity of the unit, a full name, a colour. Knows no library, no weight.

Each trait is 0 where the question asks for something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import regex

from index import instances
from index.asked import column
from index.dates import MONTHS
from index.gazetteer import COUNTRIES, STATES
from index.kinds import Kind
from index.novelties import near

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from index.analysed import Analysed, Token
    from index.asked import Numbers, Terms
    from index.novelties import Novelties

_MOST_QUANTITIES = 3
_MOST_NAMES = 3
_MOST_PLACES = 2
_MOST_INSTANCES = 2
_AN = r"\b(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|a|half)\b"
_TIMES = (
    r"years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centur(?:y|ies)|jahren?|monaten?|wochen?|tagen?|stunden?|"
    r"minuten?|años?|mes(?:es)?|semanas?|días?|horas?|minutos?|ans?|mois|semaines?|jours?|heures?"
)
_LENGTHS = r"miles?|feet|foot|ft|k?m|[cm]m|(?:kilo|centi)?met(?:er|re)s?|inch(?:es)?|yards?|mi|(?:kilo)?metern?|(?:kiló)?metros?"


def _either(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.I)


# What asks for a unit, and what has it; the first that asks decides.
_UNITS = tuple(
    (_either(asking), _either(having))
    for asking, having in (
        (
            r"\bhow (?:old|young)\b|\bwhat age\b|wie alt\b|\bqué edad|\bquel âge",
            r"\b\d{1,3}[- ](?:years?[- ]old|jahre|años|ans)|,\s\d{1,3}\s?[,.]|\baged?\s(?:of\s)?\d|\bat\s(?:the age of\s)?\d\d\b",
        ),
        (
            r"%|per ?cent|\bshare of|\bproportion|\brate|\bhow much of\b|prozent|ciento|porcentaje|pourcentage|प्रतिशत|نسبة|百分",
            r"%|percent|per cent|\bone in\b|\bhalf\b|\bthirds?\b|\bquarters?\b|prozent|ciento|प्रतिशत|百分",
        ),
        (
            r"\bhow (?:long|soon)\b|\bhow (?:many|much) (?:years|months|weeks|days|hours|minutes|time)\b|\bwie lange|cuánto tiempo",
            rf"{_AN}[-\s](?:\w+[-\s]){{0,2}}(?:{_TIMES})\b|\b(?:since|until|till|seit|desde|hasta|depuis)\b",
        ),
        (
            r"\bhow (?:far|high|tall|deep|wide|big|large|close)\b|\bdistance\b|\baltitude|\bheight\b|\bwie (?:weit|hoch|tief)\b",
            rf"{_AN}[-\s](?:\w+[-\s])?(?:{_LENGTHS})\b|\bacres\b",
        ),
        (r"\bhow heavy\b|\bweigh|wie schwer", r"\d[\d.,]*\s?(?:pounds?|lbs?|kg|kilo\w*|tons?|tonnes?|tonnen|ounces?|grams?)\b"),
        (r"\bhow fast\b|\bspeed|wie schnell", r"\b(?:mph|k?m/h|kph|(?:miles|kilomet(?:er|re)s) (?:per|an) hour|knots|mach)\b"),
        (r"\bhow (?:hot|cold|warm)\b|\btemperature", r"\bdegrees?\b|\bgrad\b|°"),
        (r"\bhow (?:often|frequently)\b", r"\b(?:every|each|once|twice|times|per|(?:dai|week|month|year|annual)ly)\b"),
        (r"\bmagnitude\b|\bhow strong\b", r"\b(?:magnitude|category)\b"),
        (
            r"\bhow much\b|\bcost|\bpri(?:ce|x)|\bworth|\bpa(?:id|y)\b|\bmoney|\bwie viel\b|kosten|preis\b|precio|cuesta|多少钱",
            r"[$€£¥]|\d\s(?:(?:m|b|tr)illion\s)?(?:dollars?|euros?|pounds?|cents?|yuan)|美元",
        ),
    )
)
_TOLD_TIME = _either(
    r"\b(?:(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october|(?:jan|feb|aug|sept?|oct|nov|dec)\.|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tonight|tomorrow|(?:1\d|20)\d\ds?|century|"
    r"(?:next|last|this)\s(?:week|month|year|spring|summer|fall|autumn|winter|weekend)|\w+\s(?:hour|day|week|month|year)s?\sago)\b"
)
_TOLD_YEAR = _either(r"\b(?:1\d|20)\d\ds?\b")
_TOLD_HOUR = _either(r"\b\d{1,2}(?:\s?:\s?\d\d)?\s?[ap]\.?m\b|\b(?:noon|midnight)\b")
_ASKS_YEAR = _either(r"\b(?:what|which) year\b|\bwelche\w* jahr|\bqué año|\bquelle année")
_ASKS_HOUR = _either(r"\b(?:what time|which hour)\b")
_ASKS_COUNTRY = _either(r"\b(?:what|which)\s+(?:\w+\s+){0,2}(?:country|nation)\b")
_ASKS_STATE = _either(r"\b(?:what|which)\s+(?:\w+\s+){0,2}state\b")
_ASKS_WHERE = _either(r"\bwhere\b")
_ASKS_TITLE = _either(r"\b(?:called|named|titled?|name of|nickname|known as|song|album|movie|film|book|show|slogan)\b")
_CAUSE = _either(r"\b(?:because|due to|since|reason|caused?|so that|after|result|led to|in order to|weil|wegen|porque|debido)\b")
_QUOTED = regex.compile(r"[“\"‘]([^”\"’]{2,60})[”\"’]")
_IN_PLACE = regex.compile(
    r"\b(?:in|at|near|off|outside|from|to|into|across|on)\s+(?:the\s+)?"
    r"(?:(?:(?:north|south|east|west)\w*|central|downtown|nearby|city|state|town|island|village)\s+(?:of\s+)?)*"
    r"((?:\p{Lu}[\w.'’-]+\s?)+)"
)
_COUNTRIES_AND_STATES = COUNTRIES | STATES
_NO_COUNT = frozenset({"one", "first", "second", "third"})


def traits(sentences: Sequence[Analysed], found: Sequence[Novelties], terms: Terms, asked: Kind) -> dict[str, Numbers]:
    """Each trait by its name, a value a sentence, 0 and up; ``found`` is what each sentence names that the question does not."""
    return {
        **_quantities(sentences, found, wanted=asked is Kind.NUMBER),
        **_units(sentences, terms.asks),
        **_names(sentences, found, terms.asks, asked),
        **_places(sentences, found, terms, wanted=asked is Kind.PLACE),
        **_times(sentences, terms, wanted=asked is Kind.TIME),
        **_instances(sentences, found, terms),
        "cause_told": column(sentences, lambda one: bool(_CAUSE.search(one.text)), wanted=asked is Kind.REASON),
    }


def _quantities(sentences: Sequence[Analysed], found: Sequence[Novelties], *, wanted: bool) -> dict[str, Numbers]:
    counts = [_counts(one.tokens, new) if wanted else [] for one, new in zip(sentences, found, strict=True)]
    return {
        "quantities": np.array([min(len(some), _MOST_QUANTITIES) for some in counts], float),
        "near_quantity": np.array([near(some, new.asked) for some, new in zip(counts, found, strict=True)]),
    }


def _counts(tokens: Sequence[Token], new: Novelties) -> list[int]:
    """Where numbers stand that the question does not name, but for years and days of the month."""
    return [
        at
        for at, word in new.numbers.items()
        if word not in _NO_COUNT
        and not _TOLD_YEAR.fullmatch(word)
        and not any(_is_month(beside) for beside in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2]))
    ]


def _is_month(token: Token) -> bool:
    return token.word in MONTHS or (token.is_date and not token.is_number)


def _units(sentences: Sequence[Analysed], asks: str) -> dict[str, Numbers]:
    having = next((having for asking, having in _UNITS if asking.search(asks)), None)
    fits = column(sentences, lambda one: bool(having and having.search(one.text)), wanted=having is not None)
    return {"unit_fits": fits, "unit_lacks": 1 - fits if having else fits}


def _names(sentences: Sequence[Analysed], found: Sequence[Novelties], asks: str, asked: Kind) -> dict[str, Numbers]:
    is_wanted, is_person = asked in {Kind.PERSON, Kind.PLACE, Kind.NAME}, asked is Kind.PERSON
    both = list(zip(sentences, found, strict=True))
    full = column(both, lambda one: min(_full_names(one[0].tokens, one[1]), _MOST_NAMES), wanted=is_person)

    def title(one: Analysed) -> float:
        return any(quoted.lower() not in asks.lower() for quoted in _QUOTED.findall(one.text))

    return {
        "near_name": column(found, lambda one: near(one.names, one.asked), wanted=is_wanted),
        "full_names": full,
        "no_name": column(found, lambda one: not one.names, wanted=is_person) * (full == 0),
        "title_told": column(sentences, title, wanted=bool(_ASKS_TITLE.search(asks))),
    }


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


def _places(sentences: Sequence[Analysed], found: Sequence[Novelties], terms: Terms, *, wanted: bool) -> dict[str, Numbers]:
    country, state, where = (bool(one.search(terms.asks)) for one in (_ASKS_COUNTRY, _ASKS_STATE, _ASKS_WHERE))

    def told(names: Collection[str]) -> Callable[[Novelties], float]:
        return lambda one: min(sum(bool(token.terms) and _place(token) in names for _, token in one.new), _MOST_PLACES)

    def inside(one: Analysed) -> float:
        names = (name.lower().split() for name in _IN_PLACE.findall(one.text))
        return min(sum(terms.every.isdisjoint(name) for name in names), _MOST_PLACES)

    return {
        "country_told": column(found, told(COUNTRIES), wanted=country),
        "state_told": column(found, told(STATES), wanted=state),
        "country_or_state_told": column(found, told(_COUNTRIES_AND_STATES), wanted=where),
        "in_place": column(sentences, inside, wanted=wanted),
    }


def _place(token: Token) -> str:
    return " ".join(token.word.replace(".", "").replace("’", "'").removesuffix("'s").split()) if token.is_name else ""


def _times(sentences: Sequence[Analysed], terms: Terms, *, wanted: bool) -> dict[str, Numbers]:
    def year(one: Analysed) -> float:
        return any(told not in terms.every for told in _TOLD_YEAR.findall(one.text))

    return {
        "time_told": column(sentences, lambda one: bool(_TOLD_TIME.search(one.text)), wanted=wanted),
        "year_told": column(sentences, year, wanted=wanted and bool(_ASKS_YEAR.search(terms.asks))),
        "hour_told": column(sentences, lambda one: bool(_TOLD_HOUR.search(one.text)), wanted=bool(_ASKS_HOUR.search(terms.asks))),
    }


def _instances(sentences: Sequence[Analysed], found: Sequence[Novelties], terms: Terms) -> dict[str, Numbers]:
    """What is one of the kind that is asked for, "which colour", and is none of the question's own words."""
    kind = instances.wanted(terms.asks, terms.language)
    told = kind.among(set().union(*(one.tokens for one in sentences)), terms.known) if kind else set()
    places = [[] if told.isdisjoint(one.tokens) else _standing(told, one.tokens) for one in sentences]
    both = list(zip(places, found, strict=True))
    return {
        "kind_told": column(places, lambda some: min(len(some), _MOST_INSTANCES), wanted=bool(told)),
        "kind_lacks": column(places, lambda some: not some, wanted=kind is not None),
        "near_kind": column(both, lambda one: near(one[0], _others(one[1].asked, one[0])), wanted=bool(told)),
    }


def _standing(told: Collection[Token], tokens: Sequence[Token]) -> list[int]:
    return [at for at, token in enumerate(tokens) if token in told]


def _others(places: Sequence[int], than: Sequence[int]) -> list[int]:
    """These places but for those, since a word that marks a name, "which university", is asked for and told in one."""
    return [at for at in places if at not in than]
