"""The bot's own words, from languages/*.toml, for both faces. Never an article's words, and no markup of either face."""

import datetime as dt
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from index import Answer, Attribution, Coverage, Reason, Warnings

DEFAULT_LANGUAGE = "en"
LANGUAGES = ("en", "de", "es", "fr", "zh")

NAMED_WORDS = 5
"""Of a question's words that no article has, so many are named."""


class Wording:
    """One language's catalogue. Every method gives plain text."""

    def __init__(self, catalogue: dict[str, Any]) -> None:
        self._catalogue = catalogue

    def text(self, key: str, **values: object) -> str:
        """The entry ``section.name``, filled in."""
        section, name = key.split(".")
        return str(self._catalogue[section][name]).strip("\n").format(**values)

    @property
    def own_name(self) -> str:
        """The language's name for itself."""
        return self.text("list.own_name")

    def described(self, english: str) -> str | None:
        """The entry of [commands] whose English is given; None where there is none."""
        names = {text: name for name, text in _catalogue(DEFAULT_LANGUAGE)["commands"].items()}
        return self.text(f"commands.{names[english]}") if english in names else None

    # What an answer says of itself

    def not_found(self, answer: Answer) -> str:
        """Why there is no answer, and what was searched."""
        return f"{self.reason(answer)} {self.searched(answer.searched)}"

    def reason(self, answer: Answer) -> str:
        """Why there is no answer."""
        match answer.reason:
            case Reason.FILTERED:
                return self._filtered(answer.source, answer.since)
            case Reason.MISSING:
                words = [self.text("answer.word", word=word) for word in answer.missing[:NAMED_WORDS]]
                return self.text("answer.missing", words=self.listed(words, "or"))
            case Reason.LANGUAGE:
                names = [self.language(code) for code in answer.searched.languages]
                return self.text(f"answer.language{'' if len(names) > 1 else '_one'}", languages=self.listed(names, "and"))
            case Reason.NO_TERMS:
                return self.text("answer.no_terms")
            case _:
                return self.text("answer.apart")

    def _filtered(self, source: str | None, since: dt.date | None) -> str:
        given = "both" if source and since else "source" if source else "since"
        shown = self.day(since, with_year=since.year != dt.datetime.now(dt.UTC).year) if since else ""
        return self.text(f"answer.filtered_{given}", source=source, since=shown)

    def searched(self, coverage: Coverage) -> str:
        """How much was searched, and how new it is."""
        articles = self.count("article", coverage.articles)
        newest = Attribution("", published=coverage.newest).moment
        if newest is None:
            return self.text("answer.searched_undated", articles=articles)
        return self.text("answer.searched", articles=articles, newest=self.day(newest))

    def covered(self, coverage: Coverage) -> str:
        """How many articles there are, and how new the newest is."""
        articles = self.count("article", coverage.articles)
        newest = Attribution("", published=coverage.newest).moment
        if newest is None:
            return self.text("browse.covered_undated", articles=articles)
        return self.text("browse.covered", articles=articles, newest=self.day(newest))

    # Whose words they are: what is missing is said

    def attribution(self, one: Attribution) -> str:
        """Publisher and date, with the agency and the label of a sample where there is one."""
        agency = [self.text("attribution.agency", agency=one.agency)] if one.agency else []
        sample = [f"({self.text('attribution.sample')})"] if one.sample else []
        return " ".join([self.text("attribution.line", source=self.source(one), date=self.date(one)), *agency, *sample])

    def source(self, one: Attribution) -> str:
        """The publisher."""
        return one.source or self.text("attribution.no_source", path=one.path)

    def title(self, one: Attribution) -> str:
        """The headline."""
        return one.title or self.text("attribution.no_title", path=one.path)

    def link(self, one: Attribution) -> str:
        """The address."""
        return one.url or self.text("attribution.no_link")

    def date(self, one: Attribution) -> str:
        """When it was published, as precisely as it says; as given where that is no date."""
        match one.moment:
            case dt.datetime(tzinfo=None) as moment:
                return self.text("date.local_time", date=self.day(moment), time=f"{moment:%H:%M}")
            case dt.datetime() as moment:
                instant = moment.astimezone(dt.UTC)
                return self.text("date.instant", date=self.day(instant), time=f"{instant:%H:%M}")
            case dt.date() as moment:
                return self.day(moment)
            case _:
                return one.published or self.text("attribution.undated")

    # Numbers, dates and lists

    def day(self, day: dt.date, *, with_year: bool = True) -> str:
        """A day, in words."""
        month = self._catalogue["date"]["months"][day.month - 1]
        return self.text("date.day" if with_year else "date.day_of_year", day=day.day, month=month, year=day.year)

    def number(self, number: int) -> str:
        """A number with its thousands apart."""
        return f"{number:,}".replace(",", self.text("list.thousands"))

    def count(self, noun: str, count: int) -> str:
        """So many of a noun of the catalogue's [count]."""
        forms = self._catalogue["count"][noun]
        return str(forms["one" if count == 1 else "other"]).format(count=self.number(count))

    def listed(self, items: Sequence[str], conjunction: str) -> str:
        """Items as a phrase, joined by "and" or "or"."""
        *others, last = items
        return self.text(f"list.{conjunction}", first=self.text("list.comma").join(others), last=last) if others else last

    def suggested(self, names: Sequence[str]) -> str:
        """Names that may be meant."""
        return self.text("answer.suggested", words=self.listed([self.text("answer.word", word=name) for name in names], "or"))

    def corrected(self, slips: Sequence[tuple[str, str]]) -> str:
        """Slips, each as written and as searched for."""
        written, searched = ([self.text("answer.word", word=word) for word in words] for words in zip(*slips, strict=True))
        return self.text("answer.corrected", searched=self.listed(searched, "and"), written=self.listed(written, "and"))

    def language(self, code: str) -> str:
        """A language's name."""
        return str(self._catalogue["languages"].get(code, code))

    def warnings(self, warnings: Warnings) -> list[str]:
        """What the articles lack, a phrase each."""
        counts = {name: getattr(warnings, name) for name in Warnings.__slots__}
        return [self.count(name, count) for name, count in counts.items() if count]


@cache
def wording(language: str = DEFAULT_LANGUAGE) -> Wording:
    """The catalogue of a language that has one, else the English."""
    chosen = language if language in LANGUAGES else DEFAULT_LANGUAGE
    return Wording(_catalogue(chosen))


@cache
def _catalogue(language: str) -> dict[str, Any]:
    return tomllib.loads((files("bot") / "languages" / f"{language}.toml").read_text("utf-8"))
