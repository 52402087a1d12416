"""What a question asks for."""

from __future__ import annotations

import pytest

from index.kinds import Kind, kind


@pytest.mark.parametrize(
    ("question", "language", "asked"),
    [
        ("How many people live there?", "en", Kind.NUMBER),
        ("When was it founded?", "en", Kind.TIME),
        ("In what year was it founded?", "en", Kind.TIME),
        ("Which judge ruled?", "en", Kind.PERSON),
        ("Which ocean did it fall into?", "en", Kind.PLACE),
        ("Why did she resign?", "en", Kind.REASON),
        ("What is it called?", "en", Kind.NAME),
        ("Tell me more.", "en", Kind.NONE),
        ("Whatever, somewhere", "en", Kind.NONE),
        ("Wie viele Menschen leben dort?", "de", Kind.NUMBER),
        ("Wo steht es?", "de", Kind.PLACE),
        ("¿Quién ganó?", "es", Kind.PERSON),
        ("Pourquoi a-t-elle démissionné ?", "fr", Kind.REASON),
        ("متى تأسست؟", "ar", Kind.TIME),
        ("कितने लोग मारे गए?", "hi", Kind.NUMBER),
        ("特斯拉是哪一年去世的？", "zh", Kind.TIME),
        ("誰が勝ちましたか？", "ja", Kind.PERSON),
        ("Kuka voitti?", "fi", Kind.NONE),
    ],
)
def test_question_words_say_what_is_asked_for(question: str, language: str, asked: Kind) -> None:
    """In the languages that have a list; NONE in others."""
    assert kind(question, language) is asked
