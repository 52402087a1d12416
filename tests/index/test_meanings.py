"""Which words may be said for one another."""

import pytest

from index import analyzer, meanings

LISTED = sorted(path.stem for path in meanings.FOLDER.glob("*.txt"))


def told(word: str, language: str = "en") -> frozenset[str]:
    """The terms that may be said for a word."""
    ((term,),) = analyzer.parts([word], language)
    return meanings.meant(term, language)


@pytest.mark.parametrize(
    ("asked", "word", "language"),
    [
        ("wrote", "author", "en"),
        ("authors", "written", "en"),
        ("killed", "murder", "en"),
        ("المدن", "لمدينة", "ar"),
        ("الجيوش", "بالجيش", "ar"),
        ("يستخدم", "استعمال", "ar"),
        ("أسس", "تأسيس", "ar"),
        ("लेखक", "लिखा", "hi"),
    ],
)
def test_words_of_a_line_may_be_said_for_one_another(asked: str, word: str, language: str) -> None:
    """In every form that the analyzer knows, and those of Arabic that it does not: plurals and what is made of a verb."""
    ((term,),) = analyzer.parts([word], language)
    assert term in told(asked, language)


def test_a_word_is_none_of_its_others() -> None:
    """What a sentence holds by itself is counted elsewhere."""
    assert all(term not in meanings.meant(term, "en") for term in meanings.lines("en"))


def test_lines_are_not_joined() -> None:
    """Who "leads" something "runs" it, and a "candidate" also "runs", but leads nothing."""
    assert "run" in told("lead")
    assert "candid" not in told("lead")


def test_names_and_other_languages_have_none() -> None:
    """Only listed words are said otherwise."""
    assert told("Menendez") == frozenset()
    assert meanings.lines("fi") == {}


@pytest.mark.parametrize("language", LISTED)
def test_every_line_parts_words(language: str) -> None:
    """A line whose words are all one term, or a word twice in it, would add nothing."""
    lines = (meanings.FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        words = line.split()
        assert len({term for parts in analyzer.parts(words, language) for term in parts}) > 1, line
        assert len(words) == len(set(words)), line
    assert len(lines) == len(set(lines))
