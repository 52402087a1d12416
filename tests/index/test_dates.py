"""Which days a question is about."""

from __future__ import annotations

from datetime import date

import pytest

from index.dates import Period, is_about_now, is_about_present, period

ASKED = date(2022, 6, 16)


def days(first: str, last: str) -> Period:
    """From the first day to the last."""
    return Period(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal())


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What happened in Milan in 2019?", days("2019-01-01", "2019-12-31")),
        ("Who resigned in March 2021?", days("2021-03-01", "2021-03-31")),
        ("Who resigned on March 5, 2021?", days("2021-03-05", "2021-03-05")),
        ("Who resigned on 5 March 2021?", days("2021-03-05", "2021-03-05")),
        ("What was said on 2021-03-05?", days("2021-03-05", "2021-03-05")),
        ("Wer trat im März 2021 zurück?", days("2021-03-01", "2021-03-31")),
        ("¿Quién dimitió el 5 de marzo de 2021?", days("2021-03-05", "2021-03-05")),
        ("من استقال في آذار 2021؟", days("2021-03-01", "2021-03-31")),
        ("5 मार्च 2021 को कौन जीता?", days("2021-03-05", "2021-03-05")),
        ("2021年3月发生了什么？", days("2021-03-01", "2021-03-31")),
        ("Who won yesterday?", days("2022-06-15", "2022-06-15")),
        ("Who won last week?", days("2022-06-02", "2022-06-15")),
        ("Who won last month?", days("2022-05-01", "2022-05-31")),
        ("Who won this month?", days("2022-06-01", "2022-06-17")),
        ("Who won this year's race?", days("2022-01-01", "2022-06-17")),
        ("Who won last year?", days("2021-01-01", "2021-12-31")),
        ("Who won this year what they lost last week?", days("2022-06-02", "2022-06-15")),
    ],
)
def test_a_date_in_the_question_names_its_days(question: str, named: Period) -> None:
    """Days, months and years as they are written and said."""
    """From the first day to the last."""
    assert period(question, ASKED) == named


@pytest.mark.parametrize(
    "question",
    [
        "Who dropped this week the rules of March 2020?",
        "How high will prices climb in 2023?",
        "Who won the 2020 election?",
        "Who won?",
        "What was said on 2021-02-31?",
        "May I ask who won?",
        "How do 2000 people fit?",
    ],
)
def test_what_is_no_date_steers_nothing(question: str) -> None:
    """A qualifying year, a day that is none, and what is about now or the future leave recency alone."""
    assert period(question, ASKED) is None


@pytest.mark.parametrize(
    ("question", "is_present"),
    [
        ("Who is the mayor now?", True),
        ("Who is the current mayor?", True),
        ("Wer ist derzeit Bürgermeister?", True),
        ("¿Quién es ahora el alcalde?", True),
        ("Qui est le maire actuel ?", True),
        ("现任市长是谁？", True),
        ("Who was elected mayor?", False),
        ("What is known of the actual size?", False),
    ],
)
def test_words_of_the_present_ask_what_holds_now(question: str, *, is_present: bool) -> None:
    """Whenever it began."""
    assert is_about_present(question) is is_present


@pytest.mark.parametrize(
    ("question", "is_new"),
    [
        ("Which team won the finals this week?", True),
        ("Was geschah gestern?", True),
        ("最近发生了什么？", True),
        ("Who is the mayor now?", False),
        ("Who founded the agency?", False),
        ("What do we know about the renown of Newton?", False),
    ],
)
def test_words_of_the_day_say_that_news_are_meant(question: str, *, is_new: bool) -> None:
    """They make old articles less likely to answer."""
    assert is_about_now(question) is is_new
