"""Posting lists say exactly which passages hold a term, whatever fits into memory."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from index import inverting
from index.inverting import Inverter
from index.postings import PostingList, stored

WORDS = st.lists(st.sampled_from(["a", "b", "ü", "新桥", "𝔘"]), max_size=12)
Rows = list[tuple[int, int]]


def _expected(passages: list[list[str]]) -> dict[str, Rows]:
    return {
        term: [(place, Counter(words)[term]) for place, words in enumerate(passages) if term in words]
        for term in sorted({term for words in passages for term in words})
    }


def _rows(one: PostingList) -> Rows:
    return list(zip(one.ordinals.tolist(), one.frequencies.tolist(), strict=True))


def _lists(inverter: Inverter) -> dict[str, PostingList]:
    """The lists as they are read again, in their order."""
    return {term: PostingList.decoded(blob, *numbers) for term, *numbers, blob in inverter.lists()}


def _inverted(passages: list[list[str]], scratch: Path | None = None) -> Inverter:
    inverter = Inverter(scratch)
    for passage in passages:
        own = Inverter()
        own.add(passage)
        inverter.extend(own.parcel())
    return inverter


@given(st.lists(WORDS, max_size=12))
def test_a_list_has_every_passage_of_its_term_with_its_frequency(passages: list[list[str]]) -> None:
    """As a plain count says, terms in code-point order, ordinals ascending."""
    found = {term: _rows(one) for term, one in _lists(_inverted(passages)).items()}

    assert list(found.items()) == list(_expected(passages).items())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=30), st.integers(1, 40))
def test_what_does_not_fit_into_memory_gives_the_same_lists(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passages: list[list[str]], held: int
) -> None:
    """Through files, which are gone afterwards."""
    monkeypatch.setattr(inverting, "HELD_TERMS", held)

    found = {term: _rows(one) for term, one in _lists(_inverted(passages, tmp_path)).items()}

    assert list(found.items()) == list(_expected(passages).items())
    assert list(tmp_path.iterdir()) == []


@given(st.lists(WORDS, max_size=12))
def test_a_list_bounds_its_scores(passages: list[list[str]]) -> None:
    """By the highest of its frequencies and the shortest of its passages."""
    lists = _lists(_inverted(passages))

    assert {term: one.most for term, one in lists.items()} == {
        term: max(count for _, count in rows) for term, rows in _expected(passages).items()
    }
    assert {term: one.shortest for term, one in lists.items()} == {
        term: min(len(passages[place]) for place, _ in rows) for term, rows in _expected(passages).items()
    }


def test_a_parcel_names_a_term_once() -> None:
    """Later ones mean it by its number, whatever comes from elsewhere in between."""
    first, second, together = Inverter(), Inverter(), Inverter()
    named = []
    for one, terms in ((first, ["a", "b"]), (second, ["b", "c"]), (first, ["b", "d"]), (second, ["d", "c"])):
        one.add(terms)
        parcel = one.parcel()
        named.append(parcel.terms)
        together.extend(parcel)

    assert named == [["a", "b"], ["b", "c"], ["d"], ["d"]]
    found = {term: one.ordinals.tolist() for term, one in _lists(together).items()}
    assert found == {"a": [0], "b": [0, 1, 2], "c": [1, 3], "d": [2, 3]}


def test_frequencies_over_255_are_exact() -> None:
    """A byte would be too small."""
    found = _lists(_inverted([["a"] * 70_000, ["b"], ["a"]]))

    assert found["a"].frequencies.tolist() == [70_000, 1]


def test_lists_that_are_written_together_have_the_bytes_of_each_alone() -> None:
    """Short and long ones, alike and unlike, each of its own frequencies."""
    chance = np.random.default_rng(7)
    passages = [[f"w{word}" for word in chance.zipf(1.3, 40).tolist() if word < 2_000] for _ in range(500)]
    inverter = _inverted(passages)
    lists = _lists(inverter)

    assert {term: _rows(one) for term, one in lists.items()} == _expected(passages)
    assert {term: blob for term, *_, blob in inverter.lists()} == {term: _alone(one, inverter) for term, one in lists.items()}


def _alone(one: PostingList, inverter: Inverter) -> bytes:
    ((*_, blob),) = stored(["term"], np.array([len(one)]), one.ordinals, one.frequencies, inverter.lengths)
    return blob
