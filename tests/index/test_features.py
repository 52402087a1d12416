"""What the ranker sees of candidate sentences: by name, in range, and only what the words themselves say."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, strategies as st

from index import analyzer, features
from index.analysed import analysed, read
from index.asked import Question
from index.dates import Period
from index.model import Article, Attribution, Hit, IndexedArticle
from index.ranker import learned
from index.sentences import sentences
from index.store import revision

if TYPE_CHECKING:
    from index.asked import Numbers

TEXT = (
    "The swing bridge was hit by a barge on Friday. Nobody was hurt. Engineers expect that the repair takes five months. "
    "“My steering had failed,” the captain Jonas Ek said. Is the pier safe?"
)


def hit(text: str = TEXT, title: str = "Swing bridge closed", published: str = "2026-09-07", language: str = "en") -> Hit:
    """A passage that is all of a text."""
    spans = sentences(text, language)
    article = Article(Attribution("a", title=title, published=published), text, language)
    return Hit(IndexedArticle(1, article, spans, revision(article)), 0, len(spans), 4.0)


def traits(question: str, found: Hit | None = None, asked: str = "2026-09-08", language: str | None = None) -> dict[str, Numbers]:
    """The traits of a hit's sentences for a question asked on a day, in the article's language unless another is given."""
    one = found or hit()
    told = [read(one, place) for place in range(one.count)]
    language = language or one.article.article.language
    weights = dict.fromkeys(analyzer.terms(question, language), 2.0)
    day = np.datetime64(asked).astype(object).toordinal()
    asked_about = Question(question, language, weights, Period(day, 10**7))
    return features.traits([*map(analysed, told)], np.ones(len(told)), told, asked_about)


def test_the_ranker_knows_every_trait_by_name() -> None:
    """A trait added or renamed needs another training: python -m tests.quality.train --fresh."""
    assert set(learned().names) == set(traits("Who hit the bridge?"))


def test_coverage_counts_the_question_s_terms() -> None:
    """Alone, with the headline, and with the neighbours."""
    found = traits("barge hit bridge pier")
    assert found["covered"].tolist() == [0.75, 0, 0, 0, 0.25]
    assert found["covered_with_title"].tolist() == [0.75, 0.25, 0.25, 0.25, 0.5]
    assert found["covered_with_before"].tolist()[1] == 0.75
    assert found["covered_by_passage"].tolist() == [1.0] * 5


@pytest.mark.parametrize(
    ("question", "trait", "best"),
    [
        ("How many months does the repair take?", "number_wanted", 2),
        ("Who is the captain?", "person_wanted", 3),
        ("When was the bridge hit?", "date_wanted", 0),
    ],
)
def test_what_a_question_asks_for_is_seen_where_it_is(question: str, trait: str, best: int) -> None:
    """A number, a name, a day."""
    assert int(np.argmax(traits(question)[trait])) == best


def test_what_the_question_names_is_no_answer() -> None:
    """The captain's name answers only a question that does not hold it."""
    assert traits("Who is Jonas Ek?")["person_wanted"][3] == 0
    assert traits("Who is the captain?")["person_wanted"][3] == 2


def test_the_last_sentence_is_what_asks() -> None:
    """What is before it sets the scene, or is the question that it follows."""
    found = traits("When was the bridge hit? And which captain said it?")
    assert found["name_at_phrase"].tolist() == [0, 0, 0, 1, 0]
    assert traits("When was the bridge hit? And who is the captain?")["person_wanted"][3] == 2
    assert traits("When was it hit? And who said it?")["worded"].tolist() == traits("And who said it?")["worded"].tolist()


@pytest.mark.parametrize("blank", [" ", "\n", "\u3000"])
def test_a_blank_at_the_end_asks_for_nothing(blank: str) -> None:
    """The question before it does."""
    found, plain = (traits(question) for question in (f"Which captain said it?{blank}", "Which captain said it?"))
    assert {name: column.tolist() for name, column in found.items()} == {name: column.tolist() for name, column in plain.items()}


def test_another_word_may_be_said_for_a_term() -> None:
    """Of "boss", "injured" and "bridge" the second sentence has "hurt" for one, which is not the word itself."""
    found = traits("boss injured bridge")
    assert found["covered"].tolist() == [pytest.approx(1 / 3), 0, 0, 0, 0]
    assert found["meant"].tolist() == [pytest.approx(1 / 3), pytest.approx(1 / 3), 0, 0, 0]
    assert found["meant_only"].tolist() == [0, pytest.approx(1 / 3), 0, 0, 0]
    assert found["meant_with_title"].tolist()[:2] == [pytest.approx(1 / 3), pytest.approx(2 / 3)]


def test_an_old_article_counts_against_a_question_about_this_week() -> None:
    """And an undated one does not."""
    assert traits("Who was hurt this week?", asked="2028-01-01")["old_though_asked_new"].tolist() == [pytest.approx(1)] * 5
    assert traits("Who was hurt?", asked="2028-01-01")["old_though_asked_new"].tolist() == [0] * 5
    assert traits("Who was hurt this week?", hit(published=""))["old_though_asked_new"].tolist() == [0] * 5


def test_what_the_headline_says_needs_no_saying() -> None:
    """Of the question's terms that are left, the first sentence has one of two."""
    found = traits("swing bridge barge pier")
    assert found["left_by_title"].tolist() == [0.5] * 5
    assert found["beyond_title"].tolist() == [0.5, 0, 0, 0, 0.5]
    assert traits("swing bridge")["beyond_title"].tolist() == [0] * 5


def test_an_answer_stands_by_what_is_asked_for() -> None:
    """The captain's name right behind "captain", the number right before "months"."""
    assert traits("Which captain said it?")["name_at_phrase"].tolist() == [0, 0, 0, 1, 0]
    assert traits("How many months does the repair take?")["number_at_phrase"].tolist() == [0, 0, 1, 0, 0]


def test_a_sentence_that_says_what_a_thing_is() -> None:
    """It opens with the thing, and goes on with a form of "be"."""
    found = traits("What is a barge?", hit("A barge is a flat boat. It took a barge down the river. Why is the barge here?"))
    assert found["definition_wanted"].tolist() == [1, 0, 0]
    assert found["opening"].tolist() == [0.5, 0.25, 0.25]
    assert traits("How long is a barge?", hit("A barge is a flat boat."))["definition_wanted"].tolist() == [0]


@pytest.mark.parametrize(
    ("text", "language", "question"),
    [
        ("الصندل هو قارب مسطح. غرق الصندل.", "ar", "ما هو الصندل؟"),
        ("驳船是一种平底船。他们造了驳船。", "zh", "什么是驳船？"),
    ],
)
def test_it_is_said_in_other_scripts_what_a_thing_is(text: str, language: str, question: str) -> None:
    """Also where no space stands in front of "is"."""
    assert traits(question, hit(text, language=language))["definition_wanted"].tolist() == [1, 0]


@pytest.mark.parametrize(
    ("text", "language", "question"),
    [
        ("特斯拉于 1943 年 1 月 7 日去世。他的专利为他赚了钱。", "zh", "特斯拉是哪一年去世的？"),
        ("توفي تسلا عام 1943. كان مهندسا.", "ar", "متى توفي تسلا؟"),
        ("टेस्ला की मृत्यु 1943 में हुई। वह इंजीनियर थे।", "hi", "टेस्ला की मृत्यु कब हुई?"),
    ],
)
def test_other_scripts_have_the_same_traits(text: str, language: str, question: str) -> None:
    """The sentence with the year covers most, and has what is asked for."""
    found = traits(question, hit(text, title="", language=language))
    assert int(np.argmax(found["covered"])) == 0
    assert found["time_wanted"][0] > 0


@given(st.text(max_size=200), st.text(max_size=60))
def test_every_trait_is_a_finite_number(text: str, question: str) -> None:
    """Whatever is written."""
    found = hit(f"{text}\nThe end came.")
    if analyzer.terms(question, "en"):
        for name, values in traits(question, found).items():
            assert len(values) == found.count, name
            assert all(math.isfinite(value) for value in values), name
