"""What a question's wording shows that its terms do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, strategies as st

from index import analyzer, phrasing
from index.analysed import analysed, read
from index.asked import Question, Terms
from index.dates import Period
from index.model import Article, Attribution, Hit, IndexedArticle
from index.sentences import sentences

if TYPE_CHECKING:
    from index.asked import Numbers


def traits(question: str, text: str, language: str = "en") -> dict[str, Numbers]:
    """The traits of a text's sentences."""
    spans = sentences(text, language)
    hit = Hit(IndexedArticle(1, Article(Attribution("a"), text, language), spans, text), 0, len(spans), 1.0)
    terms = Terms(Question(question, language, dict.fromkeys(analyzer.terms(question, language), 1.0), Period(1, 1)))
    return phrasing.traits([analysed(read(hit, place)) for place in range(len(spans))], terms)


@pytest.mark.parametrize(
    ("question", "text", "language", "trait"),
    [
        ("Who has the most wins?", "She took all of her wins in May. He has the most wins.", "en", "worded"),
        ("What led to the war?", "The war to come led to fear. A quarrel led to the war.", "en", "worded_pairs"),
        ("What was improved?", "The old pump was rusty. Savery made an improvement.", "en", "lettered"),
        ("Wie alt ist die Brücke?", "Das Haus steht seit 1900. Die Brückenbauer kamen 1950.", "de", "lettered"),
        ("ما هي فيكتوريا؟", "كانت مدينة صغيرة. وصلوا بفيكتوريا.", "ar", "lettered"),
        ("桥有多长？", "今天下雨。没人知道桥有多高。", "zh", "lettered"),
    ],
)
def test_the_sentence_that_is_worded_alike_has_more(question: str, text: str, language: str, trait: str) -> None:
    """Function words, their order, and letters that stemming parts."""
    found = traits(question, text, language)[trait]
    assert int(np.argmax(found)) == 1, found


def test_shares_are_between_nothing_and_all() -> None:
    """A sentence that is the question has all of it."""
    found = traits("The barge hit the bridge", "The barge hit the bridge. Snow fell on Rome.")
    assert all(values.tolist() == [1, 0] for values in found.values()), found


_WORDS = st.lists(st.text("abcé桥", min_size=1, max_size=4), max_size=6)


@given(_WORDS, st.lists(_WORDS, max_size=4), st.sampled_from(["en", "zh"]))
def test_a_run_is_found_where_it_is_written(asked: list[str], sentences: list[list[str]], language: str) -> None:
    """As a search in each sentence finds it; a sentence without a word, as "?!", has none."""
    runs = phrasing._runs(asked, language)

    found = phrasing._written(runs, sentences)

    assert found.tolist() == [[run in f" {' '.join(words)} " for run in runs] for words in sentences]
