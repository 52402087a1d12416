"""Posting lists say exactly which passages hold a term, and survive their bytes, files and merges."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from index import postings
from index.postings import Inverter, Passages, PostingList, checksum, list_checksum, mergeable

WORDS = st.lists(st.sampled_from(["a", "b", "ü", "新桥", "𝔘"]), max_size=12)
LARGEST = 2**32 - 1
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
    monkeypatch.setattr(postings, "HELD_TERMS", held)

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


@pytest.mark.parametrize("count", [1, 2, 31, 3_000])
@pytest.mark.parametrize("passages", [3_000, 90_000, 40_000_000])
@pytest.mark.parametrize("most", [1, 2, 255, 256, 70_000])
def test_a_posting_list_survives_its_bytes(count: int, passages: int, most: int) -> None:
    """Short and long, dense and sparse, with narrow gaps and wide ones."""
    chance = np.random.default_rng(count + passages + most)
    ordinals = np.sort(chance.choice(passages, count, replace=False))
    frequencies = np.where(chance.random(count) < 0.1, chance.integers(1, most + 1, count), 1)
    frequencies[-1] = most

    again = PostingList.decoded(PostingList.of(ordinals, frequencies, most, 7).encoded(), count, most, 7)

    assert again.ordinals.tolist() == ordinals.tolist()
    assert again.frequencies.tolist() == frequencies.tolist()
    assert (len(again), again.most, again.shortest) == (count, most, 7)


def test_lists_that_are_written_together_have_the_bytes_of_each_alone() -> None:
    """Short and long ones, alike and unlike, each of its own frequencies."""
    chance = np.random.default_rng(7)
    passages = [[f"w{word}" for word in chance.zipf(1.3, 40).tolist() if word < 2_000] for _ in range(500)]
    inverter = _inverted(passages)
    lists = _lists(inverter)

    assert {term: _rows(one) for term, one in lists.items()} == _expected(passages)
    assert {term: blob for term, *_, blob in inverter.lists()} == {term: one.encoded() for term, one in lists.items()}


def test_lists_of_several_segments_join_with_their_offsets() -> None:
    """Ordinals go on where the segment before ends."""
    first, second = (
        PostingList.of(np.array(places), np.array([1, most]), most, 9 - most) for places, most in (([0, 3], 2), ([1, 2], 4))
    )

    joined = PostingList.joined([(0, first), (10, second)])

    assert joined.ordinals.tolist() == [0, 3, 11, 12]
    assert joined.frequencies.tolist() == [1, 2, 1, 4]
    assert (joined.most, joined.shortest) == (4, 5)


@given(st.lists(st.tuples(*[st.integers(0, LARGEST)] * 5)))
def test_passages_survive_their_bytes(rows: list[tuple[int, int, int, int, int]]) -> None:
    """Five columns, in their order."""
    table = np.array(rows, np.int64).reshape(-1, 5)

    again = Passages.decoded(Passages.of(table[:, :4], table[:, 4]).encoded())

    columns = (again.articles, again.firsts, again.counts, again.days, again.lengths)
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == rows
    assert len(again) == len(rows)


@given(st.dictionaries(st.integers(1, 99), st.integers(1, 10_000), max_size=30))
def test_merging_leaves_no_more_segments_than_a_question_may_cost(sizes: dict[int, int]) -> None:
    """And takes the smallest ones."""
    taken = mergeable(sizes)

    assert len(sizes) - len(taken) + bool(taken) <= postings.MOST_SEGMENTS
    assert max((sizes[key] for key in taken), default=0) <= min((sizes[key] for key in sizes.keys() - taken), default=10_000)


def test_a_large_segment_is_not_written_anew_for_small_ones() -> None:
    """One more article a day must not copy the archive each week."""
    sizes = {1: 1_000_000, **dict.fromkeys(range(2, 11), 5)}

    assert mergeable(sizes) == list(range(2, 11))


def test_a_checksum_is_of_all_its_blobs_in_order() -> None:
    """A flipped bit shows in any of them."""
    assert checksum(b"ab", b"c") == checksum(b"abc") != checksum(b"abb")
    rows = [
        (1, 1, "a", 1, 2, 3, b"x"),
        (2, 1, "a", 1, 2, 3, b"x"),
        (1, 1, "b", 1, 2, 3, b"x"),
        (1, 1, "a", 1, 2, 4, b"x"),
        (1, 1, "a", 12, 2, 3, b"x"),
        (1, 11, "a", 1, 2, 3, b"x"),
        (11, 1, "a", 1, 2, 3, b"x"),
    ]
    assert len({list_checksum(*row) for row in rows}) == len(rows)
