"""What in a sentence fits what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from index import analyzer, fitting
from index.analysed import Analysed, analysed
from index.asked import Question, Terms
from index.dates import Period
from index.gazetteer import COUNTRIES, STATES
from index.kinds import kind
from index.model import Article, Attribution, Hit, IndexedArticle
from index.novelties import novelties
from index.sentences import sentences
from index.store import revision

if TYPE_CHECKING:
    from index.asked import Numbers


def told(text: str, language: str = "en") -> list[Analysed]:
    """The sentences of a text."""
    spans = sentences(text, language)
    article = Article(Attribution("a", title="", published="2026-09-07"), text, language)
    hit = Hit(IndexedArticle(1, article, spans, revision(article)), 0, len(spans), 1.0)
    return [analysed(hit, place) for place in range(len(spans))]


def trait(name: str, question: str, text: str, language: str = "en") -> list[float]:
    """One trait of each of a text's sentences."""
    weights = dict.fromkeys(analyzer.terms(question, language), 1.0)
    terms = Terms(Question(question, language, weights, Period(1, 10**7)))
    return [float(value) for value in traits(told(text, language), terms, language)[name]]


def traits(found: list[Analysed], terms: Terms, language: str = "en") -> dict[str, Numbers]:
    """All traits of some sentences."""
    return fitting.traits(found, novelties(found, terms), terms, kind(terms.asks, language), language)


@pytest.mark.parametrize(
    ("name", "question", "text", "fits"),
    [
        ("quantities", "How many left?", "It happened on Feb. 26, 2019. Some 600 left.", [0, 1]),
        ("quantities", "How many left?", "It grew in the 1990s and closed on 3 May 2019. Seven men left.", [0, 1]),
        ("quantities", "How many of the 600 left?", "All 600 met. Of them 12 left.", [0, 1]),
        ("quantities", "Who left?", "Some 600 left.", [0]),
        ("near_quantity", "How many ships left?", "Six ships left. Six old wooden ships left.", [1, 1 / 3]),
        ("unit_fits", "How long will the repair take?", "It has 5 cranes. It takes five months.", [0, 1]),
        ("unit_fits", "How old is she?", "She won 3 times. Ek, 63, won.", [0, 1]),
        ("unit_fits", "How high is the tower?", "It has 40 floors. It is 330 metres high.", [0, 1]),
        ("unit_fits", "How much did the swing bridge cost?", "It took 3 years. It cost $2 million.", [0, 1]),
        ("unit_fits", "What percentage voted?", "Of 900 people some voted. Some 40% voted.", [0, 1]),
        ("unit_lacks", "How fast is it?", "It has 40 seats. It does 200 mph.", [1, 0]),
        ("unit_lacks", "Who sank it?", "It has 40 seats.", [0]),
        ("full_names", "Who beat Liz Cheney?", "Liz Cheney lost. Harriet Hageman beat Cheney.", [0, 1]),
        ("full_names", "What beat Liz Cheney?", "Harriet Hageman beat Cheney.", [0]),
        ("no_name", "Who runs it?", "It is run well. The boss is Ek.", [1, 0]),
        ("near_name", "Which firm sank it?", "The firm Acme sank it.", [1]),
        ("country_told", "In which country is it?", "It is in Texas. It is in Chile.", [0, 1]),
        ("country_told", "In which country is it?", "It is ours, not of us. It is in the U.S. now.", [0, 1]),
        ("country_told", "Which country fought Chile?", "Chile fought. Chile fought Peru's army.", [0, 1]),
        ("state_told", "Which state is it in?", "It is in Chile. It is in West Virginia.", [0, 1]),
        ("country_or_state_told", "Where is the pier?", "It is near. It is in Idaho. It is in Norway.", [0, 1, 1]),
        ("in_place", "Where is the pier?", "It is near. It is in downtown Port Ellery.", [0, 1]),
        ("in_place", "Where in Port Ellery is it?", "It is in Port Ellery.", [0]),
        ("time_told", "When did it open?", "It opened late. It opened on Monday. It opens next year.", [0, 1, 1]),
        ("year_told", "In what year did it open?", "It opened on Monday. It opened in 1931.", [0, 1]),
        ("hour_told", "What time does it open?", "It opens on Monday. It opens at 7:30 a.m. daily.", [0, 1]),
        ("title_told", "What is the song called?", "It is a song. It is “Night Ferry”.", [0, 1]),
        ("cause_told", "Why did it close?", "It closed. It closed because of rust.", [0, 1]),
    ],
)
def test_a_sentence_has_what_is_asked_for(name: str, question: str, text: str, fits: list[float]) -> None:
    """A count and no date, the unit, a new full name, a place, a time, a title, a cause; nothing where none is asked for."""
    assert trait(name, question, text) == pytest.approx(fits)


def test_every_trait_is_there_for_every_question() -> None:
    """The ranker reads them by name."""
    text = "It is in Chile."
    found = [
        traits(told(text), Terms(Question(question, "en", {"x": 1.0}, Period(1, 10**7))))
        for question in ("How many?", "Who?", "Where?", "When?", "Why?", "What?", "Tell me")
    ]
    assert len({frozenset(one) for one in found}) == 1
    assert all(np.isfinite(column).all() and len(column) == 1 for one in found for column in one.values())


def test_the_gazetteer_is_in_lower_case_and_holds_one_of_each() -> None:
    """As tokens are compared."""
    assert all(name == name.lower() for name in COUNTRIES | STATES)
    assert {"chile", "united states", "türkiye"} <= COUNTRIES
    assert {"idaho", "york"} <= STATES
