"""A sentence's tokens, and what each tells by itself."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from index import acronyms, analysed, analyzer
from index.analysed import Analysed
from index.model import Article, Attribution, Hit, IndexedArticle, Sentence


def sentence(text: str, language: str = "en") -> Analysed:
    """A text that is one sentence, analysed."""
    article = Article(Attribution("a"), text, language)
    hit = Hit(IndexedArticle(1, article, (Sentence(0, len(text)),), f"{language} {text}"), 0, 1, 1.0)
    return analysed.analysed(analysed.read(hit, 0))


def test_a_token_tells_what_it_may_be() -> None:
    """A name, a number, a date; a word at least."""
    found = {one.word: one for one in sentence("In May 1990 Ek’s twelve boats sank.").tokens}
    assert [word for word, one in found.items() if one.is_name] == ["in", "may", "ek’s"]
    assert [word for word, one in found.items() if one.is_number] == ["1990", "twelve"]
    assert [word for word, one in found.items() if one.is_date] == ["may", "1990"]
    assert found["ek’s"].terms == ("ek",)


@pytest.mark.parametrize(
    ("text", "language", "numbers", "dates"),
    [
        ("في شباط ١٩٩٠ غرقت وخمسة سفن", "ar", ["١٩٩٠", "وخمسة"], ["شباط", "١٩٩٠"]),
        ("मई १९९० में तीन जहाज डूबे", "hi", ["१९९०", "तीन"], ["मई", "१९९०"]),
    ],
)
def test_numbers_and_months_are_known_in_other_scripts(text: str, language: str, numbers: list[str], dates: list[str]) -> None:
    """In their own digits, and with what is written as one with them."""
    found = sentence(text, language).tokens
    assert [one.word for one in found if one.is_number] == numbers
    assert [one.word for one in found if one.is_date] == dates


@given(st.text(max_size=80), st.sampled_from(["en", "zh", "fr"]))
def test_the_tokens_are_the_analyzer_s(text: str, language: str) -> None:
    """Whatever was known before."""
    found = sentence(text, language)
    assert [token.word for token in found.tokens] == [token.casefold() for token in analyzer.tokens(text)]
    assert found.terms == analyzer.terms(text, language) == [term for token in found.tokens for term in token.terms]


@given(st.text(st.sampled_from("ABab (),or.\n")), st.sampled_from(["en", "de", "th"]))
def test_short_names_are_looked_for_wherever_they_may_stand(text: str, language: str) -> None:
    """A sentence without a sign of one is passed over, and loses nothing."""
    told = f"{text} Aa Bb (AB)"
    spelled = acronyms.spelled_out(told, language)
    found = sentence(told, language)
    assert found.terms == acronyms.terms(told, language, spelled) == [term for token in found.tokens for term in token.terms]
    article = IndexedArticle(1, Article(Attribution("a", title=text), told, language), (), f"{language} {told}")
    assert analysed.headline(article) == acronyms.terms(text, language, spelled)


def test_a_token_is_one_and_the_same_whatever_the_marks_around_it() -> None:
    """So that it can be looked up by identity."""
    first, second = sentence("Rain, (rain)").tokens
    assert first is not second, "they are written differently"
    first, second = sentence("rain, (rain)").tokens
    assert first is second
