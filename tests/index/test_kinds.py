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
        ("بكم بيع القصر؟", "ar", Kind.NUMBER),
        ("ما هو عدد السكان؟", "ar", Kind.NUMBER),
        ("في أي عام تأسست؟", "ar", Kind.TIME),
        ("من كان أول ملك؟", "ar", Kind.PERSON),
        ("لمن هذا القصر؟", "ar", Kind.PERSON),
        ("إلى أين ذهبت؟", "ar", Kind.PLACE),
        ("من أين جاءت؟", "ar", Kind.PLACE),
        ("من أي دولة جاءت؟", "ar", Kind.PLACE),
        ("ما الدولة التي خسرت؟", "ar", Kind.PLACE),
        ("لماذا استقالت؟", "ar", Kind.REASON),
        ("بماذا اشتهرت؟", "ar", Kind.NAME),
        ("فيم كتبت؟", "ar", Kind.NAME),
        ("ما اسم النهر؟", "ar", Kind.NAME),
        ("किसने जीता?", "hi", Kind.PERSON),
        ("वह कौन था?", "hi", Kind.PERSON),
        ("कौन सा दल जीता?", "hi", Kind.NAME),
        ("कौन से वर्ष में?", "hi", Kind.TIME),
        ("桥有多长？", "zh", Kind.NUMBER),
        ("为什么关闭？", "zh", Kind.REASON),
        ("它被称为什么？", "zh", Kind.NAME),
        ("哪个世纪建成？", "zh", Kind.TIME),
        ("कितने लोग मारे गए?", "hi", Kind.NUMBER),
        ("特斯拉是哪一年去世的？", "zh", Kind.TIME),
        ("誰が勝ちましたか？", "ja", Kind.PERSON),
        ("Kuka voitti?", "fi", Kind.NONE),
    ],
)
def test_question_words_say_what_is_asked_for(question: str, language: str, asked: Kind) -> None:
    """In the languages that have a list; NONE in others."""
    assert kind(question, language) is asked
