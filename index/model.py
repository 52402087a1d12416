"""The values that travel: articles, sentences, quotes, answers, reports. Knows no file, no SQL and no face."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose words an article's are. Every string is as given; "" means not given."""

    id: str
    title: str = ""
    source: str = ""
    author: str = ""
    url: str = ""
    published: str = ""
    agency: str = ""
    path: str = ""
    sample: bool = False
    quotable: bool = True

    @property
    def moment(self) -> date | datetime | None:
        """When it was published, in the precision given: see :func:`moment`."""
        return moment(self.published)


@dataclass(frozen=True, slots=True)
class Article:
    """An article's text with its attribution. ``language`` is an ISO 639-1 code: given, or else detected."""

    attribution: Attribution
    text: str
    language: str


class Sentence(NamedTuple):
    """A span of an article's text, in code points: ``text[start:end]``.

    ``partial`` marks a piece of a sentence too long to quote whole; ``quotable`` is False for headings, bylines and credits.
    """

    start: int
    end: int
    partial: bool = False
    quotable: bool = True


@dataclass(frozen=True, slots=True)
class IndexedArticle:
    """An article as the library holds it: its key there, its sentences, and the name of this revision of it."""

    key: int
    article: Article
    sentences: Sequence[Sentence]
    revision: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a question found: ``count`` of an article's sentences from ``first`` on, with the passage's score."""

    article: IndexedArticle
    first: int
    count: int
    score: float


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence cut from its article, ``article.text[start:end]`` of one revision, with whose words it is.

    ``before`` and ``after`` are the neighbouring sentences ("" at the article's ends). ``matched`` are the spans within
    ``text`` of the question's terms. ``score`` has no unit and compares within one answer only. ``others`` are further
    articles with the same sentence. ``needs_before`` says that it leans on the sentence before it ("She denied it."), even
    where there is none to show; ``needs_after``, that the sentence after it turns it ("But …").
    """

    text: str
    start: int
    end: int
    partial: bool
    score: float
    before: str
    after: str
    needs_before: bool
    needs_after: bool
    matched: tuple[tuple[int, int], ...]
    revision: str
    article: Attribution
    others: tuple[Attribution, ...] = ()


class Status(StrEnum):
    """What the library makes of its own best quote."""

    ANSWERED = "answered"
    UNSURE = "unsure"
    NOT_FOUND = "not_found"


class Reason(StrEnum):
    """Why nothing was found."""

    NO_TERMS = "no_terms"
    LANGUAGE = "language"
    FILTERED = "filtered"
    MISSING = "missing"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a search went over. ``newest`` is the latest ``published`` as given; ``languages`` most articles first."""

    articles: int
    newest: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question's quotes, best first. ``not_found`` still lists its closest quotes; a face does not show them.

    ``read_as`` is the question completed by the one before; None where it was no follow-up. ``missing`` are the question's
    words that no article has. ``linked`` are articles that fit but may only be linked, never quoted. ``confidence`` is the
    calibrated probability, 0 to 1, that the first quote answers. ``suggested`` are names that the articles have and that
    look like those asked for, which they do not have: "Did you mean …?" ``corrected`` are slips in the question, each as
    written and as searched for.
    """

    question: str
    status: Status
    confidence: float
    quotes: tuple[Quote, ...]
    linked: tuple[Attribution, ...]
    read_as: str | None
    missing: tuple[str, ...]
    reason: Reason | None
    searched: Coverage
    source: str | None
    since: date | None
    suggested: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()

    @property
    def quotes_to_show(self) -> tuple[Quote, ...]:
        """The quotes without those that a better one shows beside itself, since it leans on them.

        What leans on a better quote keeps that beside it, though it is read twice: it never stands alone.
        """
        beside: set[tuple[str, str]] = set()
        kept = []
        for quote in self.quotes:
            if (quote.article.id, quote.text) not in beside:
                kept.append(quote)
                beside |= {(quote.article.id, quote.before)} if quote.needs_before else set()
                beside |= {(quote.article.id, quote.after)} if quote.needs_after else set()
        return tuple(kept)


@dataclass(frozen=True, slots=True)
class Listing:
    """One row of the sources: an article, how many passages it has, and the name of this revision of it."""

    article: Attribution
    passages: int
    revision: str


@dataclass(frozen=True, slots=True)
class PreviewedArticle:
    """An article of a file that is not indexed yet, and how many sentences it has."""

    article: Attribution
    sentences: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file, or a line of it, gave no article, and what to do. ``line`` counts from 1; None means the whole file."""

    path: str
    line: int | None
    why: str
    remedy: str

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}, line {self.line}"
        return f"{where}: {self.why}. {self.remedy}"


@dataclass(frozen=True, slots=True)
class Warnings:
    """How many of the indexed articles lack something that every answer has to say."""

    undated: int
    date_not_understood: int
    no_link: int
    no_source: int
    no_title: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reindex is. Bytes are of the files that have to be read."""

    articles: int
    bytes_done: int
    bytes_total: int


@dataclass(frozen=True, slots=True)
class ReindexReport:
    """What a reindex did, in articles. ``kept`` are ids whose file could not be read or parsed, so nothing was removed."""

    added: int
    changed: int
    removed: int
    unchanged: int
    kept: tuple[str, ...]
    faults: tuple[Fault, ...]
    warnings: Warnings
    seconds: float


def moment(published: str) -> date | datetime | None:
    """``published`` as a day, a local time (naive), an instant (aware) or None where it is not ISO 8601.

    Precision is kept: "2026-02-02" is a date and never midnight.
    """
    given = published.strip()
    try:
        return date.fromisoformat(given)
    except ValueError:
        pass
    try:
        when = datetime.fromisoformat(given)
        if when.tzinfo is not None:
            when.astimezone(UTC)  # as an overflow tells, some instants of the years 1 and 9999 have no day there
    except (ValueError, OverflowError):
        return None
    return when


def day(published: str) -> int:
    """The proleptic ordinal of the day of publication, an instant's day in UTC; 0 where it is not known."""
    match moment(published):
        case datetime(tzinfo=zone) as instant if zone is not None:
            return instant.astimezone(UTC).toordinal()
        case date() as when:
            return when.toordinal()
        case None:
            return 0
