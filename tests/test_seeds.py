"""The articles as shipped: they say what they are, and hold no sentence of what they were made from."""

from pathlib import Path

import pytest
import regex

from index import Fault, articles
from index.model import Article
from index.sentences import sentences

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
GIVEN = ROOT.parent / "shared" / "seeds"
RUN_WORDS = 8


def found_in(folder: Path) -> list[Article | Fault | None]:
    """What every file of a folder gives."""
    return [found for file in articles.files(folder) for _, found in articles.read(file)]


def shipped() -> list[Article]:
    """The shipped articles."""
    return [one for one in found_in(SEEDS) if isinstance(one, Article)]


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of so many words, whatever the case and the marks between them."""
    words = regex.findall(r"[\p{L}\p{M}\p{N}]+", text.casefold())
    return {tuple(words[at : at + RUN_WORDS]) for at in range(len(words) - RUN_WORDS + 1)}


def test_every_file_is_an_article() -> None:
    """None is a fault, none is withdrawn."""
    found = found_in(SEEDS)

    assert [str(one) for one in found if not isinstance(one, Article)] == []
    assert len(found) >= 5


def test_every_article_says_that_it_is_a_sample() -> None:
    """With a title, a source and a date, so that no answer has to say what is lacking."""
    lacking = [
        one.attribution.path
        for one in shipped()
        if not (one.attribution.sample and one.attribution.title and one.attribution.source and one.attribution.moment)
    ]

    assert lacking == []


def test_every_article_can_be_quoted() -> None:
    """Each has sentences that are whole."""
    assert all(any(span.quotable and not span.partial for span in sentences(one.text, one.language)) for one in shipped())


@pytest.mark.skipif(not GIVEN.is_dir(), reason="../shared/seeds, which the digests are of, is not here to compare with")
def test_no_words_of_the_original_are_shipped() -> None:
    """Facts are free; sentences, and runs of eight words, are their author's."""
    originals = [one for one in found_in(GIVEN) if isinstance(one, Article)]
    original_runs = set().union(*(runs(one.text) for one in originals))
    original_sentences = {one.text[span.start : span.end] for one in originals for span in sentences(one.text, one.language)}

    copied = {one.attribution.path: runs(one.text) & original_runs for one in shipped()}

    assert originals
    assert {path: found for path, found in copied.items() if found} == {}
    assert not [
        one.text[span.start : span.end]
        for one in shipped()
        for span in sentences(one.text, one.language)
        if one.text[span.start : span.end] in original_sentences
    ]
