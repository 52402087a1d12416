"""Posting lists and passages survive their bytes and merges."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from index import postings
from index.postings import Passages, PostingList, checksum, list_checksum, mergeable, stored

LARGEST = 2**32 - 1


@pytest.mark.parametrize("count", [1, 2, 31, 3_000])
@pytest.mark.parametrize("passages", [3_000, 90_000, 40_000_000])
@pytest.mark.parametrize("most", [1, 2, 255, 256, 70_000])
def test_a_posting_list_survives_its_bytes(count: int, passages: int, most: int) -> None:
    """Short and long, dense and sparse, with narrow gaps and wide ones."""
    chance = np.random.default_rng(count + passages + most)
    ordinals = np.sort(chance.choice(passages, count, replace=False))
    frequencies = np.where(chance.random(count) < 0.1, chance.integers(1, most + 1, count), 1)
    frequencies[-1] = most

    ((_, *numbers, blob),) = stored(["term"], np.array([count]), ordinals, frequencies, np.full(passages, 7))
    again = PostingList.decoded(blob, *numbers)

    assert again.ordinals.tolist() == ordinals.tolist()
    assert again.frequencies.tolist() == frequencies.tolist()
    assert (len(again), again.most, again.shortest) == (count, most, 7)


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
