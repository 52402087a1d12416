"""Quotes are whole sentences, best first, cut from their articles character for character."""

from collections.abc import Sequence

import pytest

from index.asked import Question
from index.dates import Period
from index.leaning import leans, turns
from index.model import Attribution, Hit, Quote
from index.quoting import WEIGHED_SENTENCES, candidates, quotes
from tests.builders import hit, indexed

QUESTION = Question("rain bridge", "en", {"rain": 2.0, "bridg": 1.0}, Period(738_000, 738_001))


def quoted(*hits: Hit, limit: int = 3, characters: int = 0) -> tuple[tuple[Quote, ...], tuple[Attribution, ...]]:
    """What the hits give for a question after rain on a bridge."""
    return quotes(candidates(hits, QUESTION), QUESTION.weights, limit=limit, characters=characters)


def texts(found: Sequence[Quote]) -> list[str]:
    """The quotes' words."""
    return [one.text for one in found]


def test_the_sentence_with_the_questions_terms_comes_first() -> None:
    """Wherever it stands in its passage."""
    found, _ = quoted(hit(indexed("The mayor slept. Rain fell on the bridge. Snow fell. Nobody came.")))

    assert found[0].text == "Rain fell on the bridge."
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_only_the_sentences_that_bm25_ranks_best_are_weighed() -> None:
    """Those with the question's terms, wherever they stand; of the others the earlier ones."""
    text = " ".join([*(f"Snow fell on day {day}." for day in range(40)), "Rain fell on the bridge."])

    ranked = candidates([hit(indexed(text))], QUESTION)

    assert len(ranked) == WEIGHED_SENTENCES
    assert sorted(one.place for one in ranked) == [*range(WEIGHED_SENTENCES - 1), 40]


def test_a_quote_is_its_articles_text_at_its_offsets() -> None:
    """Astral characters and combining marks count as code points."""
    text = "😀 𝔘𝔫𝔦 first.\r\nRain fe\u0301ll on the bridge 🌉 today. Snow."
    article = indexed(text)

    found, _ = quoted(hit(article))

    assert all(one.text == text[one.start : one.end] for one in found)
    assert found[0].text == "Rain fe\u0301ll on the bridge 🌉 today."
    assert found[0].revision == article.revision


def test_matched_terms_are_spans_of_the_quote() -> None:
    """What a face shows in bold."""
    found, _ = quoted(hit(indexed("It snowed. Bridges saw rain and 𝔘 raining.")))

    assert [found[0].text[start:end] for start, end in found[0].matched] == ["Bridges", "rain", "raining"]


def test_there_are_at_most_as_many_as_asked_for() -> None:
    """And from different sentences."""
    article = indexed("Rain on the bridge came. Rain on the tower came. Rain at sea came. Rain in town came.")

    found, _ = quoted(hit(article), limit=2)

    assert len(set(texts(found))) == 2


def test_neighbours_are_given_and_headings_are_not() -> None:
    """A heading is no sentence of the article."""
    article = indexed("A heading\nRain fell on the bridge. Snow fell on the tower. Hail fell at sea.")

    found, _ = quoted(hit(article))
    by_text = {one.text: one for one in found}

    assert "A heading" not in by_text
    assert (by_text["Rain fell on the bridge."].before, by_text["Rain fell on the bridge."].after) == (
        "",
        "Snow fell on the tower.",
    )
    assert (by_text["Hail fell at sea."].before, by_text["Hail fell at sea."].after) == ("Snow fell on the tower.", "")


def test_neighbours_come_from_outside_the_passage_too() -> None:
    """A passage's edge is not the article's."""
    article = indexed("One went by. Two went by. Three went by. Four went by. Rain fell on the bridge. Six went by.")

    found, _ = quoted(Hit(article, 4, 1, 1.0))

    assert [(one.before, one.after) for one in found] == [("Four went by.", "Six went by.")]


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("She denied it.", "en"),
        ("“But it rained.”", "en"),
        ("THEY left.", "en"),
        ("Er bestritt es.", "de"),
        ("Ella lo negó.", "es"),
        ("Mais il pleuvait.", "fr"),
        ("他否认了。", "zh"),
        ("وهو ينكر ذلك.", "ar"),
        ("उन्होंने इनकार किया।", "hi"),
    ],
)
def test_a_sentence_that_points_back_leans(sentence: str, language: str) -> None:
    """Its first word cannot be understood alone."""
    assert leans(sentence, language)


@pytest.mark.parametrize("sentence", ["Henry denied it.", "Italy won.", "Butter is dear.", "1,314 people came.", "…", ""])
def test_a_sentence_that_names_its_subject_stands_alone(sentence: str) -> None:
    """A word that only begins like "he" is no pronoun."""
    assert not leans(sentence, "en")


def test_a_sentence_that_turns_the_one_before_is_told() -> None:
    """Quoted without it, the one before would say the opposite."""
    assert turns("However, it rained.", "en")
    assert turns("لكنها أمطرت.", "ar")
    assert turns("लेकिन बारिश हुई।", "hi")
    assert not turns("It rained, however.", "en")


def test_quotes_say_which_neighbours_they_need() -> None:
    """A pronoun needs what is before, a "but" after it needs what follows."""
    found, _ = quoted(hit(indexed("The mayor came. She saw rain on the bridge. But nobody was hurt. Rain at sea was heavy.")))
    by_text = {one.text: (one.needs_before, one.needs_after) for one in quotes_of(found)}

    assert by_text["She saw rain on the bridge."] == (True, True)
    assert by_text["Rain at sea was heavy."] == (False, False)


def quotes_of(found: Sequence[Quote]) -> Sequence[Quote]:
    """The quotes, of which there is at least one."""
    assert found
    return found


def test_the_same_sentence_in_several_articles_is_one_quote() -> None:
    """Its further sources are named once each, whatever the case, the spaces and the form of the marks."""
    hits = [
        hit(indexed("Rain fell on the city’s bridge.", key=1, id="a"), 3.0),
        hit(indexed("RAIN fell  on the city's bridge.", key=2, id="b"), 2.0),
        hit(indexed("Rain fell on the city’s bridge. Rain fell on the city’s bridge.", key=3, id="c"), 1.0),
    ]

    found, _ = quoted(*hits)

    assert [(one.article.id, [other.id for other in one.others]) for one in found] == [("a", ["b", "c"])]


def test_an_article_that_may_not_be_quoted_is_linked() -> None:
    """None of its words is shown, and what may be quoted still is."""
    hits = [
        hit(indexed("Rain fell on the bridge at noon.", key=1, id="a", quotable=False), 3.0),
        hit(indexed("Rain was seen.", key=2, id="b"), 1.0),
    ]

    found, linked = quoted(*hits)

    assert (texts(found), [one.id for one in linked]) == (["Rain was seen."], ["a"])


def test_no_more_than_so_many_characters_of_one_article_are_quoted() -> None:
    """Sentences that a quote leans on count, other articles do not."""
    long = "Rain fell on the bridge " + "and on the river " * 10 + "today."
    article = indexed(f"{long} {long.replace('today', 'at noon')} Rain is short.", key=1, id="a")
    other = indexed(long.replace("today", "at night"), key=2, id="b")

    found, _ = quoted(hit(article), hit(other), characters=len(long) + 20)
    unlimited, _ = quoted(hit(article), hit(other), characters=0)

    spent = sum(len(one.text) for one in found if one.article.id == "a")
    assert spent <= len(long) + 20
    assert {one.article.id for one in found} == {"a", "b"}
    assert sum(len(one.text) for one in unlimited if one.article.id == "a") > len(long) + 20


def test_a_needed_neighbour_counts_towards_the_characters() -> None:
    """It is shown with the quote."""
    article = indexed("The mayor of the town came on Monday. She saw rain on the bridge. Rain was near.")

    found, _ = quoted(hit(article), characters=50)

    assert "She saw rain on the bridge." not in texts(found)
    assert "Rain was near." in texts(found)


def test_a_piece_of_a_long_sentence_is_marked_partial() -> None:
    """A face shows […] outside the quotation."""
    article = indexed("and it went on, " * 60 + "and rain fell on the bridge, " + "and it went on, " * 60)

    found, _ = quoted(hit(article))

    assert found[0].partial
    assert "rain fell on the bridge," in found[0].text


def test_ties_go_by_article_id_and_then_by_place() -> None:
    """The same question gives the same answer."""
    hits = [hit(indexed("Rain a. Rain b.", key=key, id=name)) for key, name in ((1, "z"), (2, "m"))]

    found, _ = quoted(*hits, limit=9)
    again, _ = quoted(*reversed(hits), limit=9)

    assert [(one.article.id, one.text) for one in found] == [(one.article.id, one.text) for one in again]
    assert found[0].article.id == "m"


def test_no_hit_gives_no_quote() -> None:
    """Nothing comes of nothing."""
    assert quoted() == ((), ())


def test_a_question_answers_none() -> None:
    """However many of the question's words it has."""
    toll = Question("What is the toll for the bridge?", "en", {"toll": 2.0, "bridg": 1.0}, Period(1, 2))

    found = candidates(
        [hit(indexed("What is the toll for the bridge in Karst? It is three crowns. The bridge toll rose in May."))], toll
    )

    assert found[0].text == "The bridge toll rose in May."
    assert found[-1].text == "What is the toll for the bridge in Karst?"


def test_articles_open_with_what_there_is_to_say() -> None:
    """Of their first sentences, the one that names all that the question is about; else the ranker decides."""
    about = "Rain came to the bridge of Karst. The bridge of Karst stood in the rain on Monday when 40 people saw the rain."
    hits = [hit(indexed(about, key=1, id="1")), hit(indexed(f"It was late. {about}", key=2, id="2"))]

    def places(text: str) -> list[int]:
        asked = Question(text, "en", {"rain": 1.0, "bridg": 1.0, "karst": 1.0}, Period(1, 2))
        return [one.place for one in candidates(hits, asked)]

    assert places("What happened in the rain on the bridge of Karst?")[0] == 0
    assert places("Who saw the rain on the bridge of Karst?")[0] != 0


def test_what_holds_now_is_in_the_newest_article() -> None:
    """Of sentences that say the same of different years; a question that does not say "now" may mean any of them."""
    days = ("2018-05-14", "2026-05-18", "2022-05-16", "")
    hits = [hit(indexed("Someone was elected mayor.", key=key, id=str(key), published=day)) for key, day in enumerate(days)]

    def newest_first(text: str) -> list[str]:
        asked = Question(text, "en", {"mayor": 1.0}, Period(1, 2))
        return [one.hit.article.article.attribution.published for one in candidates(hits, asked)]

    assert newest_first("Who is the mayor now?")[:2] == ["2026-05-18", "2022-05-16"]
    assert newest_first("Who was the mayor?")[0] == "2018-05-14"
