"""The words' vectors as shipped: of length 1, alike where the words mean alike, and none for a word that is not there."""

from __future__ import annotations

import numpy as np
import pytest

from index.vectors import FOLDER, vectors

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.npz"))


def likeness(language: str, one: str, other: str) -> float:
    """The cosine of two words' vectors."""
    known = vectors(language)
    first, second = known.of(np.array(known.rows((one, other)), np.intp))
    return float(np.einsum("d,d->", first, second))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_a_vector_of_length_1_for_each_word(language: str) -> None:
    """And one of no length for all others; common words weigh less."""
    known = vectors(language)
    assert len(known.directions) == len(known.scales) == len(known.weights) == len(known.row) + 1
    lengths = np.linalg.norm(known.of(np.arange(len(known.scales))), axis=1)
    assert lengths[0] == 0
    assert np.allclose(lengths[1:], 1, atol=1e-5)
    assert (np.diff(known.weights[1:]) >= 0).all(), "the words stand in order of how common they are"


@pytest.mark.parametrize(
    ("language", "asked", "alike", "other"),
    [
        ("de", "stadt", "dorf", "richter"),
        ("es", "ciudad", "pueblo", "abogado"),
        ("ar", "مدينة", "قرية", "محام"),
        ("zh", "城市", "都市", "律师"),
        ("ja", "都市", "都会", "弁護"),
    ],
)
def test_words_that_mean_alike_are_nearer(language: str, asked: str, alike: str, other: str) -> None:
    """Than words about something else."""
    assert likeness(language, asked, alike) > 0.3 > likeness(language, asked, other)


def test_a_word_or_a_language_without_vectors_is_near_nothing() -> None:
    """Not even itself."""
    assert vectors("de").rows(("zzyzxquux", "stadt"))[0] == 0
    assert likeness("de", "zzyzxquux", "zzyzxquux") == 0
    assert vectors("fi").rows(("kaupunki",)) == ()
    assert vectors("fi").of(np.zeros(2, np.intp)).tolist() == [[0], [0]]
