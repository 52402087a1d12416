"""The days that a question is about, by the dates its words name. Knows words and days, no article.

"In 2019", "in March 2021", "on 5 March 2021", "2021-03-05", "yesterday", "last week": what a question is near in time steers
what counts as recent. A year that only qualifies ("the 2020 election") says nothing about when an article was written.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, ordinals, both included."""

    first: int
    last: int


_NAMES = (
    "january jan enero janvier januar يناير جانفي जनवरी",
    "february feb febrero février februar فبراير فيفري شباط फरवरी फ़रवरी",
    "march mar marzo mars märz مارس آذار मार्च",
    "april apr abril avril أبريل إبريل أفريل نيسان अप्रैल",
    "may mayo mai مايو ماي أيار मई",
    "june jun junio juin juni يونيو جوان حزيران जून",
    "july jul julio juillet juli يوليو جويلية تموز जुलाई",
    "august aug agosto août أغسطس أوت آب अगस्त",
    "september sept sep septiembre septembre سبتمبر أيلول सितंबर सितम्बर",
    "october oct octubre octobre oktober أكتوبر अक्टूबर अक्तूबर",
    "november nov noviembre novembre نوفمبر नवंबर नवम्बर",
    "december dec diciembre décembre dezember ديسمبر दिसंबर दिसम्बर",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
"""The number of each month, by its names and their short forms, case-folded."""

_MONTH = rf"(?P<month>{'|'.join(MONTHS)})\.?"
_YEAR = r"(?P<year>1[89]\d\d|20\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|\.)?"
_SPACED = (
    r"(?P<year>\d{4})-(?P<month>[01]\d)-(?P<day>[0-3]\d)",
    rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    rf"{_DAY}\s+(?:of\s+|de\s+)?{_MONTH},?\s+(?:de\s+|del\s+)?{_YEAR}",
    rf"{_MONTH},?\s+(?:of\s+|de\s+|del\s+)?{_YEAR}",
    rf"(?:in|during|im\s+jahr|en|durante|pendant|in\s+the\s+year|back\s+in)\s+{_YEAR}",
)
_CHINESE = r"(?P<year>\d{4})\s*年(?:\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*日)?)?"
_WRITTEN_YEAR = regex.compile(r"\d{4}")  # which every pattern needs, and few questions have
_WRITTEN = (*(regex.compile(rf"\b{pattern}\b", regex.I) for pattern in _SPACED), regex.compile(_CHINESE))


def _days(ago: int, length: int) -> Callable[[date], Period]:
    return lambda asked: Period(asked.toordinal() - ago, asked.toordinal() - ago + length - 1)


def _month_before(asked: date) -> Period:
    last = date.fromordinal(max(1, asked.replace(day=1).toordinal() - 1))
    return Period(last.replace(day=1).toordinal(), last.toordinal())


def _year_before(asked: date) -> Period:
    year = max(1, asked.year - 1)
    return Period(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal())


def _this_month(asked: date) -> Period:
    return Period(asked.replace(day=1).toordinal(), asked.toordinal() + 1)


def _this_year(asked: date) -> Period:
    return Period(date(asked.year, 1, 1).toordinal(), asked.toordinal() + 1)


_SPOKEN = (
    (r"yesterday|last\s+night|gestern|ayer|hier\s+soir|昨天", _days(1, 1)),
    (r"last\s+week|a\s+week\s+ago|letzte\w*\s+woche|la\s+semana\s+pasada|la\s+semaine\s+dernière|上周|上星期", _days(14, 14)),
    (r"last\s+month|a\s+month\s+ago|letzte\w*\s+monat|el\s+mes\s+pasado|le\s+mois\s+dernier|上个?月", _month_before),
    (r"last\s+year|a\s+year\s+ago|letzte\w*\s+jahr|el\s+año\s+pasado|l['’]an(?:née)?\s+dernier|去年", _year_before),
    (r"this\s+month|diese\w*\s+monat|este\s+mes|ce\s+mois|本月|这个月", _this_month),
    (r"this\s+year|diese\w*\s+jahr|este\s+año|cette\s+année|今年", _this_year),
)
_RELATIVE = regex.compile(rf"(?:^|\b|(?<=\p{{Han}}))(?:{'|'.join(f'({words})' for words, _ in _SPOKEN)})", regex.I)
_NOW = regex.compile(
    r"\b(?:(?:this|past|next)\s+(?:week|weekend)|last\s+(?:week|night)|recent\w*|today|yesterday|tonight|just|upcoming|"
    r"heute|gestern|diese\w*\s+woche|kürzlich|hoy|ayer|esta\s+semana|reciente\w*|"
    r"aujourd['’]hui|hier\s+soir|cette\s+semaine|récemment)\b|本周|今天|昨天|最近",
    regex.I,
)
_PRESENT = regex.compile(
    r"\b(?:now(?!adays)|current(?:ly)?|at\s+present|these\s+days|jetzt|derzeit\w*|aktuell\w*|zurzeit|gegenwärtig\w*|ahora|actualmente|"
    r"maintenant|actuellement|actuel\w*)\b|现在|目前|现任",
    regex.I,
)


def period(question: str, asked: date) -> Period | None:
    """The past days that a question names, seen from the day it was asked; None where it names none.

    A question that says that it is about now keeps to that: "… dropped this week what it introduced in March 2020".
    """
    if spoken := min((found.lastindex or 0 for found in _RELATIVE.finditer(question)), default=0):
        _, days = _SPOKEN[spoken - 1]
        return days(asked)
    if is_about_now(question) or not _WRITTEN_YEAR.search(question):
        return None
    found = next(filter(None, (pattern.search(question) for pattern in _WRITTEN)), None)
    named = _written(found.groupdict()) if found else None
    return named if named and named.first <= asked.toordinal() else None


@lru_cache(maxsize=1)
def is_about_now(question: str) -> bool:
    """Whether a question says that it is about what days old at most ("this week", "recently").

    Looked for once, though both its days and its sentences' traits turn on it.
    """
    return bool(_NOW.search(question))


def is_about_present(question: str) -> bool:
    """Whether a question asks what holds now, whenever it began ("Who is the mayor now?")."""
    return bool(_PRESENT.search(question))


def _written(parts: dict[str, str | None]) -> Period | None:
    month = (parts.get("month") or "").casefold()
    number = MONTHS.get(month) or (int(month) if month.isdecimal() else None)
    day = parts.get("day")
    return _period(int(parts["year"] or 0), number, int(day) if day else None)


def _period(year: int, month: int | None, day: int | None) -> Period | None:
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:  # "2021-02-31" is no day, and steers nothing
        return None
    if day:
        return Period(first.toordinal(), first.toordinal())
    last = date(year, month or 12, monthrange(year, month or 12)[1])
    return Period(first.toordinal(), last.toordinal())
