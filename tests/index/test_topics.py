"""What a question is about, without the words that only ask."""

import time

import pytest
from hypothesis import given, strategies as st

from index.topics import is_broad, topic


@pytest.mark.parametrize(
    ("question", "language", "left"),
    [
        ("What happened in Minnesota?", "en", "in Minnesota?"),
        ("What’s new?", "en", "?"),
        ("Any news about Milan?", "en", "about Milan?"),
        ("the latest news on the strike", "en", "on the strike"),
        ("What do we know about the ferry?", "en", "about the ferry?"),
        ("Can you summarize the strike?", "en", "the strike?"),
        ("Hi! Do you know what is going on in Karst?", "en", "in Karst?"),
        ("Please tell me about ICE", "en", "about ICE"),
        ("Was ist neu in Mailand?", "de", "in Mailand?"),
        ("Gibt es Neues zum Streik?", "de", "zum Streik?"),
        ("¿Qué pasó en Milán?", "es", "en Milán?"),
        ("Que s’est-il passé à Milan ?", "fr", "à Milan ?"),
        ("明尼苏达发生了什么？", "zh", "明尼苏达？"),
    ],
)
def test_a_broad_question_asks_for_whatever_there_is_to_say(question: str, language: str, left: str) -> None:
    """In five languages."""
    assert topic(question, language).split() == left.replace("？", "     ？").split()
    assert is_broad(question, language)


@pytest.mark.parametrize(
    ("question", "language", "left"),
    [
        ("What happened to the boy?", "en", "to the boy?"),
        ("Hey, can you tell me how old he is?", "en", "how old he is?"),
        ("Does anyone know who won?", "en", "who won?"),
        ("Who is the mayor? And what happened to him?", "en", "Who is the mayor? to him?"),
        ("Was ist in Mailand passiert?", "de", "Was ist in Mailand ?"),
        ("Können Sie mir sagen, wer gewonnen hat?", "de", ", wer gewonnen hat?"),
        ("Sais-tu qui a gagné ?", "fr", "qui a gagné ?"),
    ],
)
def test_others_only_begin_or_end_so(question: str, language: str, left: str) -> None:
    """They ask for one thing."""
    assert topic(question, language).split() == left.split()
    assert not is_broad(question, language)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("What is New Orleans famous for?", "en"),
        ("What is the latest version of the law?", "en"),
        ("Which news agency reported what happened?", "en"),
        ("Was ist die Hauptstadt?", "de"),
        ("What happened in Milan?", "ar"),
    ],
)
def test_words_that_are_part_of_the_topic_stay(question: str, language: str) -> None:
    """And so does all of a question in another language."""
    assert topic(question, language) == question
    assert not is_broad(question, language)


@given(st.text(max_size=60), st.sampled_from(["en", "de", "es", "fr", "zh", "hi"]))
def test_every_other_word_stands_where_it_stood(text: str, language: str) -> None:
    """Only blanks are new."""
    for question in (text, f"What happened in {text}", f"Was ist {text} passiert?"):
        found = topic(question, language)
        assert len(found) == len(question)
        assert all(one in {" ", other} for one, other in zip(found, question, strict=True))


@pytest.mark.parametrize("repeated", ["! ", ". and ", "what is ", "was ist passiert ", "any "])
def test_a_long_text_is_looked_at_once(repeated: str) -> None:
    """Not once from every place of it, which took minutes."""
    started = time.process_time()

    for language in ("en", "de"):
        topic(repeated * 5_000, language)

    assert time.process_time() - started < 2
