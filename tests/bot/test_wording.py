"""Wording: the catalogue's sentences word for word, dates in their precision, and what is missing said."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.wording import LANGUAGES, wording
from index import Answer, Attribution, Coverage, Reason, Status, Warnings
from index.analyzer import NAMES

ANSWER = Answer(
    question="?",
    status=Status.NOT_FOUND,
    confidence=0.0,
    quotes=(),
    linked=(),
    read_as=None,
    missing=(),
    reason=Reason.APART,
    searched=Coverage(39_812, "2026-11-22", ("en", "de")),
    source=None,
    since=None,
)
SEARCHED = "Searched 39,812 articles, newest 22 November 2026. That does not mean it did not happen."


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (ANSWER, "Nothing here answers this. The words occur, but never together."),
        (
            replace(ANSWER, reason=Reason.MISSING, missing=("Merkel",)),
            "Nothing here answers this. No article mentions “Merkel”.",
        ),
        (
            replace(ANSWER, reason=Reason.MISSING, missing=("Angela", "Merkel", "Paris")),
            "Nothing here answers this. No article mentions “Angela”, “Merkel” or “Paris”.",
        ),
        (
            replace(ANSWER, reason=Reason.FILTERED, source="Reuters", since=date(datetime.now(UTC).year, 11, 1)),
            "Nothing from Reuters since 1 November answers this.",
        ),
        (
            replace(ANSWER, reason=Reason.FILTERED, since=date(2019, 11, 1)),
            "Nothing since 1 November 2019 answers this.",
        ),
        (replace(ANSWER, reason=Reason.FILTERED, source="Reuters"), "Nothing from Reuters answers this."),
        (
            replace(ANSWER, reason=Reason.LANGUAGE),
            "The articles here are in English and German. Try asking in one of them.",
        ),
        (
            replace(ANSWER, reason=Reason.MISSING, missing=tuple("abcdefg")),
            "Nothing here answers this. No article mentions “a”, “b”, “c”, “d” or “e”.",
        ),
        (replace(ANSWER, reason=Reason.NO_TERMS), "Please name a person, place or event."),
    ],
)
def test_each_reason_has_its_sentence_and_ends_with_what_was_searched(answer: Answer, sentence: str) -> None:
    """Members read these word for word."""
    assert wording().not_found(answer) == f"{sentence} {SEARCHED}"


def test_a_library_without_dates_says_so() -> None:
    """There is no newest of undated articles."""
    assert wording().searched(Coverage(1, "", ("en",))).startswith("Searched 1 article, all undated.")


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2026-02-02", "2 February 2026"),
        ("2026-02-02 09:54", "2 February 2026, 09:54"),
        ("2026-02-02T09:54:00+02:00", "2 February 2026, 07:54 UTC"),
        ("last Tuesday", "last Tuesday"),
        ("", "undated"),
    ],
)
def test_a_date_is_shown_in_the_precision_that_was_given(published: str, shown: str) -> None:
    """A day is never made midnight, a local time never an instant."""
    assert wording().date(Attribution("a", published=published)) == shown


def test_what_an_attribution_lacks_is_said() -> None:
    """Nothing is left blank."""
    bare = Attribution("a", path="notes/a.txt")

    assert wording().attribution(bare) == "source not given (notes/a.txt), undated"
    assert wording().link(bare) == "no link given"
    assert wording().title(bare) == "no headline given (notes/a.txt)"


def test_an_attribution_names_agency_and_sample() -> None:
    """The agency is not the publisher, and a sample is no news."""
    one = Attribution("a", source="The Daily", published="2026-02-02", agency="Agencies - Xinhua", sample=True)

    assert wording().attribution(one) == "The Daily, 2 February 2026 via Agencies - Xinhua (sample text)"


def test_warnings_name_only_what_is_missing() -> None:
    """Zeros are no news."""
    assert wording().warnings(Warnings(12, 0, 1_003, 0, 0)) == ["12 have no date", "1,003 have no link"]


def test_warnings_speak_of_one_article_as_of_one() -> None:
    """In each language that tells one from many."""
    one = Warnings(1, 1, 1, 1, 1)

    assert wording().warnings(one) == [
        "1 has no date",
        "1 has a date that is not YYYY-MM-DD",
        "1 has no link",
        "1 names no source",
        "1 has no headline",
    ]
    assert [wording(language).warnings(one)[0] for language in LANGUAGES[1:]] == [
        "1 hat kein Datum",
        "1 no tiene fecha",
        "1 n'a pas de date",
        "1篇没有日期",
    ]


def test_every_language_that_is_analysed_has_a_name() -> None:
    """No code is shown to a person."""
    assert {code for code in NAMES if wording().language(code) == code} == set()


def test_every_catalogue_has_the_english_keys_and_placeholders() -> None:
    """A missing entry would fail in front of a member."""
    files = sorted((Path(__file__).parents[2] / "bot" / "languages").glob("*.toml"))
    catalogues = {file.stem: _entries(tomllib.loads(file.read_text("utf-8"))) for file in files}

    assert {name: set(entries) ^ set(catalogues["en"]) for name, entries in catalogues.items()} == {
        name: set() for name in catalogues
    }


def _entries(tree: dict[str, object], prefix: str = "") -> list[str]:
    return [
        name
        for key, value in tree.items()
        for name in (_entries(value, f"{prefix}{key}.") if isinstance(value, dict) else [f"{prefix}{key}"])
    ]


def test_names_that_may_be_meant_are_asked_for() -> None:
    """And never put into the question."""
    assert wording().suggested(["Menendez"]) == "Did you mean “Menendez”?"
    assert wording().suggested(["Menendez", "Biery"]) == "Did you mean “Menendez” or “Biery”?"


def test_slips_are_said_as_searched_for_and_as_written() -> None:
    """So that who asked can judge them."""
    slips = (("jugde", "judge"), ("oder", "order"))

    assert wording().corrected(slips[:1]) == "Searched for “judge” (you wrote “jugde”)."
    assert wording("de").corrected(slips) == "Gesucht nach „judge“ und „order“ (Sie schrieben „jugde“ und „oder“)."


def test_a_library_of_one_language_asks_for_that_one() -> None:
    """There is no choice to make."""
    one = replace(ANSWER, reason=Reason.LANGUAGE, searched=Coverage(1, "", ("de",)))

    assert wording().not_found(one).startswith("The articles here are in German. Try asking in that language.")
