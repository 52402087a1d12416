"""Whose words are asked for, and which sentences hold them."""

import time

import pytest
from hypothesis import given, strategies as st

from index import Folders, Library, analyzer, quoting
from index.analysed import analysed, read
from index.asked import Question
from index.dates import Period
from index.speech import speaker, spoken
from tests.builders import hit, indexed, row, write_rows

WALL = (
    "The harbour master Ines Vail walked along the wall. “We will not wait for spring,” she said. It was built in 1911. "
    "It is of granite. Otto Brand said that concrete cracks."
)


def likely(question: str, text: str = WALL, language: str = "en") -> list[float]:
    """How likely each sentence is to hold the words asked for."""
    found = hit(indexed(text, language=language))
    asked = Question(question, language, dict.fromkeys(analyzer.terms(question, language), 1.0), Period(1, 1))
    return [float(one) for one in spoken([analysed(read(found, place)) for place in range(found.count)], asked)]


@pytest.mark.parametrize(
    ("question", "language", "who"),
    [
        ("What did Ines Vail say about the wall?", "en", "Ines Vail"),
        ("What does the mayor of Karst think of it?", "en", "the mayor of Karst"),
        ("The wall broke. What has Otto Brand told the council?", "en", "Otto Brand"),
        ("Was sagte Otto Brand über die Mauer?", "de", "Otto Brand"),
        ("Was sagen die Fischer zu den Preisen?", "de", "die Fischer"),
        ("Was hat die Ministerin über den Zug gesagt?", "de", "die Ministerin"),
        ("¿Qué dijo la alcaldesa sobre el puerto?", "es", "la alcaldesa"),
        ("Qu’a dit Luc Marin sur le pont ?", "fr", "Luc Marin"),
        ("Que dit Luc Marin ?", "fr", "Luc Marin"),
    ],
)
def test_a_question_asks_for_somebodys_words(question: str, language: str, who: str) -> None:
    """In four languages."""
    assert speaker(question, language) == who


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Who said that concrete cracks?", "en"),
        ("What did Ines Vail build?", "en"),
        ("Was hat Otto Brand gebaut?", "de"),
        ("布兰德说了什么？", "zh"),
    ],
)
def test_other_questions_do_not(question: str, language: str) -> None:
    """Nor those in other languages."""
    assert speaker(question, language) == ""


def test_a_quotation_whose_speaker_is_named_beside_it_counts() -> None:
    """And a verb of saying; what stands beside a quotation does not, nor another's words."""
    assert likely("What did Ines Vail say about the wall?") == [0, 1, 0, 0, 0]
    assert likely("What did Otto Brand say?") == [0, 0, 0, 0, 1]
    assert likely("What did Otto Vail say?") == [0, 0.5, 0, 0, 0.5]
    assert likely("Who built the wall?") == [0] * 5


def test_what_another_says_beside_it_does_not_count() -> None:
    """Only a sentence that leaves out who speaks may lean on the one beside it."""
    text = "Frome wrote that bats live there. The village says that lorries ruin its road. She added that it was late."
    assert likely("What did Frome say?", text) == [1, 0, 0]
    assert likely("What did the village say?", text) == [0, 1, 1]


@pytest.mark.parametrize(
    ("introduction", "expected"),
    [
        ("A judge, Ada Frome, stopped the quarry.", 1),
        ("Ada Frome, a federal judge, stopped the quarry.", 1),
        ("A judge in Karst, Ada Frome, stopped the quarry.", 1),
        ("On Monday Judge Frome stopped the quarry.", 1),
        ("In Frome, the judge stopped the quarry.", 0),
        ("Ada Frome wrote to the judge.", 0),
        ("Ada Frome, who had sued, saw at once what the judge meant.", 0),
    ],
)
def test_somebody_may_be_called_by_what_they_are(introduction: str, expected: int) -> None:
    """Where the article puts the name beside it."""
    text = f"{introduction} Frome wrote that nobody had counted the bats."
    assert likely("What did the judge say?", text)[-1] == expected
    assert likely("What did Judge Ada say?", text)[-1] == 0


def test_a_date_is_no_name() -> None:
    """As American papers write, the judge Monday said."""
    assert likely("What did the judge say?", "The judge Monday stopped it. Monday began badly, Otto Brand said.") == [0, 0]


@pytest.mark.parametrize("repeated", ["was hat ", "was hat er gesagt ", "what did he "])
def test_a_long_text_is_looked_at_once(repeated: str) -> None:
    """Not once from every place of it, which took minutes."""
    started = time.process_time()

    for language in ("en", "de"):
        speaker(repeated * 5_000, language)

    assert time.process_time() - started < 2


@given(st.text(max_size=120), st.text(max_size=40), st.sampled_from(["en", "de", "es", "fr", "ar"]))
def test_any_text_is_likely_or_not(text: str, who: str, language: str) -> None:
    """Between 0 and 1."""
    for question in (f"What did {who} say?", f"Was sagte {who}?", f"¿Qué dijo {who}?", f"Que dit {who} ?"):
        assert all(0 <= one <= 1 for one in likely(question, f"{text}\nThe end came.", language))


async def test_the_words_asked_for_are_lifted(library: Library, folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above a sentence that has more of the question's words."""
    write_rows(folders.seeds / "a.jsonl", row("one", WALL))
    await library.reindex()
    first = {}
    for weight in (0.0, quoting.SPOKEN + 1):
        monkeypatch.setattr(quoting, "SPOKEN", weight)
        first[weight] = (await library.answer("What did Ines Vail say about the wall?")).quotes[0].text

    assert list(first.values()) == [
        "The harbour master Ines Vail walked along the wall.",
        "“We will not wait for spring,” she said.",
    ]
