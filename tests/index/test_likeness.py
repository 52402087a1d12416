"""How near a sentence comes to the question in meaning: by other words, within one language, and never less than by the same."""

from __future__ import annotations

import numpy as np
import pytest

from index.likeness import NAMES
from tests.index.test_features import hit, traits

TOLD = "Die Schriftstellerin Ada Frome kam in einem kleinen Dorf zur Welt. Der Hafen wurde im Mai gesperrt."
ASKED = "Welche Autorin stammt aus einer Ortschaft?"


def test_other_words_of_the_same_meaning_count() -> None:
    """No term of the question is told, and still the first sentence is the nearest."""
    found = traits(ASKED, hit(TOLD, title="", language="de"))
    assert found["covered"].tolist() == [0, 0]
    assert int(np.argmax(found["alike"])) == int(np.argmax(found["new_alike_in_mean"])) == 0
    assert found["alike"].tolist() == found["alike_only"].tolist() == found["new_alike"].tolist()


def test_the_same_word_counts_whole() -> None:
    """Whether it has a vector or not, in the sentence and in the headline."""
    found = traits("Zzyzxquux?", hit("Zzyzxquux ist Pilotin. Geboren wurde sie im Mai.", title="Zzyzxquux", language="de"))
    assert found["alike"].tolist() == [1, 0]
    assert found["alike_only"].tolist() == [0, 0]
    assert found["alike_with_title"].tolist() == [1, 1]
    assert found["new_alike"].tolist() == [0, 0], "what the question holds is not new"


def test_what_is_asked_for_is_near_what_is_one() -> None:
    """A question about a city wants the name of one."""
    found = traits("Welche Stadt sah sie?", hit("Sie sah zuerst Hamburg. Sie sah zuerst Donnerstag.", title="", language="de"))
    assert found["new_alike_phrase"][0] > found["new_alike_phrase"][1] + 0.1


@pytest.mark.parametrize("question", [ASKED, "Wann wurde der Hafen gesperrt?", "Zzyzxquux?"])
def test_traits_are_in_range(question: str) -> None:
    """From -1 to 1."""
    found = traits(question, hit(TOLD, language="de"))
    assert all((np.abs(found[name]) <= 1 + 1e-6).all() for name in NAMES)


def test_words_are_compared_within_a_language() -> None:
    """A row of another language's vectors says nothing of this one's words."""
    found = traits(ASKED, hit("Una escritora nació en un pueblo.", title="Pueblo", language="es"), language="de")
    assert found["alike"].tolist() == found["new_alike_phrase"].tolist() == [0]


def test_a_language_without_vectors_has_none_of_it() -> None:
    """English, whose first quotes gain nothing by them, does without."""
    found = traits("Who hit the bridge?")
    assert not any(found[name].any() for name in NAMES)
