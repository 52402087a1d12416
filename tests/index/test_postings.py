"""Posting lists say exactly which passages hold a term, and survive their bytes."""

from collections import Counter

import numpy as np
from hypothesis import given, strategies as st

from index.postings import Passages, PostingList, checksum, invert

WORDS = st.lists(st.sampled_from(["a", "b", "ü", "新桥", "𝔘"]), max_size=12)
LARGEST = 2**32 - 1


@given(st.lists(WORDS, max_size=12))
def test_a_list_has_every_passage_of_its_term_with_its_frequency(passages: list[list[str]]) -> None:
    """As a plain count says, terms in code-point order, ordinals ascending."""
    expected = {
        term: [(place, Counter(words)[term]) for place, words in enumerate(passages) if term in words]
        for term in sorted({term for words in passages for term in words})
    }

    found = list(invert(passages))

    assert [term for term, _ in found] == list(expected)
    assert {term: list(zip(one.ordinals.tolist(), one.frequencies.tolist(), strict=True)) for term, one in found} == expected


def test_frequencies_over_255_are_exact() -> None:
    """A byte would be too small."""
    found = dict(invert([["a"] * 70_000, ["b"], ["a"]]))

    assert found["a"].frequencies.tolist() == [70_000, 1]


@given(st.lists(st.tuples(st.integers(0, LARGEST), st.integers(1, LARGEST))))
def test_a_posting_list_survives_its_bytes(rows: list[tuple[int, int]]) -> None:
    """What is decoded is what was encoded."""
    ordinals, frequencies = (np.array(column, np.uint32) for column in (zip(*rows, strict=True) if rows else ([], [])))

    again = PostingList.decoded(PostingList(ordinals, frequencies).encoded())

    assert again.ordinals.tolist() == ordinals.tolist()
    assert again.frequencies.tolist() == frequencies.tolist()
    assert len(again) == len(rows)


@given(st.lists(st.tuples(*[st.integers(0, LARGEST)] * 5)))
def test_passages_survive_their_bytes(rows: list[tuple[int, int, int, int, int]]) -> None:
    """Five columns, in their order."""
    again = Passages.decoded(Passages.of(rows).encoded())

    columns = (again.articles, again.firsts, again.counts, again.lengths, again.days)
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == rows
    assert len(again) == len(rows)


def test_a_checksum_is_of_all_its_blobs_in_order() -> None:
    """A flipped bit shows in any of them."""
    assert checksum(b"ab", b"c") == checksum(b"abc") != checksum(b"abb")
