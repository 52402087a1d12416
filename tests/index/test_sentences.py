"""Spans are cut where a reader would cut them, and marked by whether they may be quoted."""

import pytest

from index.sentences import LONGEST_SENTENCE_CHARACTERS, passages, sentences


def cut(text: str, language: str = "en") -> list[str]:
    """The text's sentences."""
    return [text[one.start : one.end] for one in sentences(text, language)]


def quotable(text: str, language: str = "en") -> list[str]:
    """Those that may be quoted."""
    return [text[one.start : one.end] for one in sentences(text, language) if one.quotable]


def test_a_quotation_stays_whole() -> None:
    """A full stop inside quotation marks ends no sentence of the reporter."""
    text = 'He said: "I left. It was late." Then he sat down.'

    assert cut(text) == ['He said: "I left. It was late."', "Then he sat down."]


def test_abbreviations_and_numbers_end_no_sentence() -> None:
    """Dr. Smith and 3.5 per cent stay in their sentence."""
    text = "Dr. Smith of the U.S. Navy paid 3.5 per cent. He was content."

    assert cut(text) == ["Dr. Smith of the U.S. Navy paid 3.5 per cent.", "He was content."]


def test_a_sentence_never_crosses_a_paragraph() -> None:
    """A line that is no sentence does not run into the next."""
    assert cut("The council met\nThe bridge was approved. It rained.") == [
        "The council met",
        "The bridge was approved.",
        "It rained.",
    ]


def test_white_space_around_a_sentence_is_not_its_own() -> None:
    """No-break spaces and tabs are left outside, too."""
    assert cut("\u00a0 It rained.\t \u3000It snowed. \r\n") == ["It rained.", "It snowed."]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("市议会周一批准了新桥。工程将于五月开始。", "zh", ["市议会周一批准了新桥。", "工程将于五月开始。"]),
        ("أعلنت الحكومة عن خطة. هل ستنجح؟ لا أحد يعلم.", "ar", ["أعلنت الحكومة عن خطة.", "هل ستنجح؟", "لا أحد يعلم."]),
        ("परिषद ने पुल को मंजूरी दी। काम मई में शुरू होगा।", "hi", ["परिषद ने पुल को मंजूरी दी।", "काम मई में शुरू होगा।"]),
    ],
)
def test_other_scripts_are_cut_at_their_own_stops(text: str, language: str, expected: list[str]) -> None:
    """Each script has its own full stop."""
    assert cut(text, language) == expected


def test_text_wrapped_at_a_column_is_one_paragraph_a_block() -> None:
    """Mail and old text files break lines inside sentences."""
    first = "The council of the city approved the new bridge over the river late on\n"
    second = "Monday evening after a debate that had gone on for most of the day and\n"
    third = "had seen more than forty speakers. It rained.\n"
    text = f"{first}{second}{third}\n{first}{second}{third}"

    found = cut(text)

    assert found[0].endswith("more than forty speakers.")
    assert found == [found[0], "It rained."] * 2


def test_a_line_above_a_paragraph_is_not_wrapped_text() -> None:
    """A headline as long as a column does not run into the text below it."""
    headline = "Council approves the new bridge over the river after a debate"

    assert quotable(f"{headline}\nThe mayor was content with that.") == ["The mayor was content with that."]


def test_a_line_of_spaces_parts_blocks_too() -> None:
    """A blank line stays one with a space in it."""
    line = "The council of the city approved the new bridge over the river late on\nMonday evening and the mayor went home to the\n"

    found = cut(f"{line}north of the\n \n{line}south of the\n \t\n{line}east.\n")

    assert len(found) == 3


@pytest.mark.parametrize(
    "line",
    [
        "Violence reported",
        "# What happened next. A chronicle.",
        "By Ann Lee and Bo Ray",
        "Von Anna Müller",
        "Photo: Ann Lee",
        "(AP Photo/Ann Lee)",
        "Firefighters at the bridge on Monday / Reuters",
        "Read more: The bridge that nobody wanted.",
        "READ MORE",
        "© 2026 Leeds Post. All rights reserved.",
        "Sign up for our newsletter.",
        "Advertisement",
        "市议会批准新桥",
    ],
)
def test_headings_bylines_credits_and_pointers_are_not_quoted(line: str) -> None:
    """What stands around an article is kept and never quoted."""
    text = f"{line}\nThe council approved the bridge. It rained."

    assert quotable(text) == ["The council approved the bridge.", "It rained."]
    assert cut(text)[0].startswith(line.split(".", maxsplit=1)[0])


@pytest.mark.parametrize(
    "sentence",
    ["The minister told Reuters.", "By Monday the rain had stopped.", "Read the letter, he said.", "Photo agencies protested."],
)
def test_sentences_that_look_like_credits_are_quoted(sentence: str) -> None:
    """A pattern must not swallow news."""
    assert quotable(f"It rained on the bridge. {sentence}") == ["It rained on the bridge.", sentence]


def test_a_text_without_one_full_stop_can_be_quoted() -> None:
    """Where everything looks like a heading, nothing is one; a credit still is."""
    text = "the bridge opened on monday\nthe mayor cut the ribbon\nPhoto: Ann Lee"

    assert quotable(text) == ["the bridge opened on monday", "the mayor cut the ribbon"]


def test_a_sentence_of_ten_thousand_words_is_cut_at_clauses() -> None:
    """Every piece fits, is marked, and starts and ends at a word."""
    text = "and then it rained on the bridge, " * 1_400 + "and it stopped."
    found = sentences(text, "en")

    assert all(one.partial and one.end - one.start <= LONGEST_SENTENCE_CHARACTERS for one in found)
    assert all(text[one.start : one.end].endswith(("bridge,", "stopped.")) for one in found)
    assert " ".join(text[one.start : one.end] for one in found) == text


def test_ten_thousand_characters_without_a_space_are_cut_anywhere() -> None:
    """Where nothing offers a place, the length decides, and no character is lost."""
    text = "𠀀" * 10_000
    found = sentences(text, "zh")

    assert "".join(text[one.start : one.end] for one in found) == text
    assert all(one.partial and one.end - one.start <= LONGEST_SENTENCE_CHARACTERS for one in found)


def test_a_sentence_of_six_hundred_characters_is_whole() -> None:
    """The limit is included."""
    text = "a" * 599 + "."

    assert [one.partial for one in sentences(text, "en")] == [False]
    assert {one.partial for one in sentences("a" + text, "en")} == {True}


@pytest.mark.parametrize("text", ["", " \n\t", "\r\n\r\n", "\u2028\u3000"])
def test_white_space_has_no_sentence(text: str) -> None:
    """Nothing gives nothing."""
    assert sentences(text, "en") == ()


def test_passages_are_neighbours_in_fours() -> None:
    """Each sentence is in exactly one passage."""
    assert passages(0) == []
    assert passages(4) == [(0, 4)]
    assert passages(9) == [(0, 4), (4, 4), (8, 1)]
