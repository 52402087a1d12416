"""What is one of the kind that a question asks for."""

import pytest

from index import analyzer, instances
from index.analysed import analysed, read
from index.model import Article, Attribution, Hit, IndexedArticle
from index.sentences import sentences
from index.store import revision

LISTED = sorted(path.stem for path in instances.FOLDER.glob("*.txt"))


def told(question: str, text: str) -> list[str]:
    """The words of a sentence that are of the kind that a question asks for, in order."""
    kind = instances.wanted(question, "en")
    assert kind is not None
    article = Article(Attribution("a", title="", published="2026-09-07"), text, "en")
    spans = sentences(text, "en")
    tokens = analysed(read(Hit(IndexedArticle(1, article, spans, revision(article)), 0, 1, 1.0), 0)).tokens
    found = kind.among(tokens, frozenset(analyzer.terms(question, "en")))
    return [token.word for token in tokens if token in found]


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("What colour was the door?", "The door was red.", ["red"]),
        ("Which language did she speak?", "She spoke Norwegian.", ["norwegian"]),
        ("Which US city was hit?", "Houston was hit.", ["houston"]),
        ("What is Ada Frome's current team?", "Frome plays for the Bruins.", ["bruins"]),
        ("What was her father's occupation?", "Her father was a blacksmith.", ["blacksmith"]),
        ("What was the name of the river that rose?", "The Elbe rose.", ["elbe"]),
        ("Which of the planets has rings?", "Saturn has rings.", ["saturn"]),
        ("Name the largest mountain there.", "Ararat is the largest there.", ["ararat"]),
        ("What kind of metal is the pier of?", "The pier is of steel.", ["steel"]),
        ("What kinds of animals live there?", "Otters and foxes live there.", ["otters", "foxes"]),
        ("What is the cause of death?", "He died of a stroke.", ["stroke"]),
        ("What form of government has it?", "It is a monarchy.", ["monarchy"]),
        ("What programming language is it written in?", "It is written in Fortran, not in French.", ["fortran"]),
        ("What diseases did it cure?", "It cured measles.", ["measles"]),
    ],
)
def test_the_noun_behind_the_question_word_says_the_kind(question: str, text: str, words: list[str]) -> None:
    """In any number, behind adjectives, "is the" or "kind of"; several words may be one kind."""
    assert told(question, text) == words


@pytest.mark.parametrize(
    "question",
    [
        "Who won?",
        "What did the team say?",
        "What happened to the city?",
        "Which rock band played?",
        "Which football player left?",
        "Say it",
    ],
)
def test_other_questions_ask_for_none(question: str) -> None:
    """A kind's noun behind a function word is no kind asked for, and what "rock" stands before is no rock."""
    assert instances.wanted(question, "en") is None


def test_names_count_only_with_a_capital() -> None:
    """A team is "Heat", a month "May"."""
    assert told("Which team won?", "The heat was on when the Heat won.") == ["heat"]
    assert told("In which month is it?", "It may be in May.") == ["may"]


def test_what_the_question_says_is_no_answer() -> None:
    """But for the word that asks, which marks the names of its kind."""
    assert told("Which city is larger than Boston?", "Chicago is larger than Boston.") == ["chicago"]
    assert told("Which university is it?", "It is Ellery University.") == ["university"]
    assert told("Which highway is it?", "It is the Ellery Highway.") == ["highway"]


def test_an_organization_is_no_organ() -> None:
    """Though both have one term."""
    assert told("Which organ failed?", "A kidney failed, said NASA.") == ["kidney"]
    assert told("Which organization failed?", "A kidney failed, said NASA.") == ["nasa"]


def test_languages_without_a_list_have_no_kinds() -> None:
    """Nothing is asked for then."""
    assert instances.listed("fi") == {}


@pytest.mark.parametrize("language", LISTED)
def test_every_line_says_something(language: str) -> None:
    """Each noun asks for something, each instance is one word with one term, and none stands in a line twice."""
    lines = (instances.FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        nouns, _, words = line.partition(":")
        assert all(analyzer.terms(noun, language) for noun in nouns.split(", ")), line
        assert all(len(analyzer.terms(word, language)) == 1 for word in words.split()), line
        for some in (nouns.split(", "), words.split()):
            assert len(some) == len(set(some)), line
    assert len(lines) == len(set(lines))
