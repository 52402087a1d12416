"""BM25 over posting lists is rank_bm25's, and rank_bm25's is the paper's."""

from collections import Counter
from collections.abc import Iterator
from math import exp, log

import numpy as np
import pytest
from hypothesis import given, strategies as st

from index import ranking
from index.dates import Period
from index.inverting import Inverter
from index.postings import PostingList
from index.ranking import K1, RECENCY_DAYS, B, PositiveOkapi, Scorer, WeightedList, idf, recency, sentence_scores

WORDS = ["rain", "snow", "hail", "sun", "wind"]
CORPUS = st.lists(st.lists(st.sampled_from(WORDS), max_size=20), min_size=1, max_size=12).filter(any)
QUESTION = st.lists(st.sampled_from([*WORDS, "unheard"]), unique=True, min_size=1)


@pytest.fixture(autouse=True, scope="module", params=[3, ranking.BATCH])
def _batches(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lists that are added together, and lists of which few are while the others are looked up."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "BATCH", request.param)
        yield


def bm25(corpus: list[list[str]], question: list[str]) -> list[float]:
    """Robertson and Zaragoza (2009), equation 3.15, with Lucene's idf, which adds 1 inside the logarithm."""
    mean = sum(map(len, corpus)) / len(corpus)
    total = []
    for passage in corpus:
        score = 0.0
        for term in question:
            tf = Counter(passage)[term]
            df = sum(term in other for other in corpus)
            weight = log(1 + (len(corpus) - df + 0.5) / (df + 0.5))
            score += weight * tf * (K1 + 1) / (tf + K1 * (1 - B + B * len(passage) / mean))
        total.append(score)
    return total


def _found(
    corpus: list[list[str]], question: list[str], size: int, count: int, admitted: list[bool] | None = None
) -> dict[int, float]:
    """The best passages with their scores, of the corpus in segments of so many passages, as the library finds them."""
    parts: dict[str, list[tuple[int, PostingList]]] = {term: [] for term in question}
    for start in range(0, len(corpus), size):
        inverter = Inverter()
        for passage in corpus[start : start + size]:
            inverter.add(passage)
        for term, *numbers, blob in inverter.lists():
            if term in parts:
                parts[term].append((start, PostingList.decoded(blob, *numbers)))
    joined = {term: PostingList.joined(lists) for term, lists in parts.items() if lists}
    lists = [WeightedList(idf(len(corpus), len(one)), one) for one in joined.values()]
    lengths = np.array([len(passage) for passage in corpus])
    scorer = Scorer(lengths, float(lengths.mean()))
    scorer.top(lists, count)  # one question leaves nothing behind for the next
    places, scores = scorer.top(lists, count, None if admitted is None else np.array(admitted))
    return dict(zip(places.tolist(), scores.tolist(), strict=True))


@given(CORPUS, QUESTION)
def test_rank_bm25_with_the_positive_idf_is_the_papers_formula(corpus: list[list[str]], question: list[str]) -> None:
    """On any corpus, however small."""
    assert PositiveOkapi(corpus).get_scores(question) == pytest.approx(bm25(corpus, question), abs=1e-9)


@given(CORPUS, QUESTION, st.integers(1, 5))
def test_posting_lists_score_like_rank_bm25(corpus: list[list[str]], question: list[str], size: int) -> None:
    """However many segments the passages are in."""
    expected = PositiveOkapi(corpus).get_scores(question)

    found = _found(corpus, question, size, len(corpus))

    assert found == {place: pytest.approx(score, abs=1e-6) for place, score in enumerate(expected) if score > 0}


@given(CORPUS, QUESTION, st.integers(1, 5), st.data())
def test_pruning_finds_the_best_with_ties_to_the_lower_ordinal(
    corpus: list[list[str]], question: list[str], count: int, data: st.DataObject
) -> None:
    """As a plain sort says, of the passages that are admitted."""
    admitted = data.draw(st.lists(st.booleans(), min_size=len(corpus), max_size=len(corpus)))
    scores = PositiveOkapi(corpus).get_scores(question)
    places = sorted(
        (at for at, score in enumerate(scores) if score > 0 and admitted[at]), key=lambda at: (-round(scores[at], 9), at)
    )

    found = _found(corpus, question, 4, count, admitted)

    assert list(found) == places[:count]
    assert list(found.values()) == pytest.approx([scores[at] for at in places[:count]], abs=1e-6)


@given(CORPUS, QUESTION, st.integers(1, 5), st.integers(1, 20))
def test_lists_scored_in_parts_find_the_same(corpus: list[list[str]], question: list[str], count: int, part: int) -> None:
    """The same scores and order, wherever the parts end."""
    whole = _found(corpus, question, 4, count)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "PART", part)
        assert list(_found(corpus, question, 4, count).items()) == list(whole.items())


def test_pruning_finds_the_best_of_many() -> None:
    """Where most passages are never scored: common terms are only looked up for the candidates of rare ones."""
    chance = np.random.default_rng(1)
    terms = np.minimum(chance.zipf(1.3, (5_000, 40)), 2_000)
    corpus = [[f"t{number}" for number in row] for row in terms]
    okapi = PositiveOkapi(corpus)

    for question in (["t1", "t2", "t900"], ["t3", "t40", "t500", "t5"], ["t1"], [f"t{number}" for number in range(1, 12)]):
        scores = okapi.get_scores(question)
        found = _found(corpus, question, 1_999, 10)
        assert list(found.values()) == pytest.approx(sorted(scores, reverse=True)[:10], abs=1e-6)
        assert [scores[place] for place in found] == pytest.approx(list(found.values()), abs=1e-6)


def test_long_passages_and_frequent_terms_score_like_rank_bm25() -> None:
    """Over 255 terms in a passage, over 255 times one term, and over 65,535 as well."""
    corpus = [["rain"] * 300, ["rain"] * 256 + ["snow"] * 700, ["snow"], ["rain"] * 70_000 + ["hail"]]
    question = ["rain", "snow", "hail"]

    expected = PositiveOkapi(corpus).get_scores(question)

    assert _found(corpus, question, 2, 4) == {place: pytest.approx(score, abs=1e-6) for place, score in enumerate(expected)}
    assert expected == pytest.approx(bm25(corpus, question), abs=1e-9)


def test_the_idf_is_positive_on_any_library() -> None:
    """Also where every passage has the term, and for a term that none has."""
    assert 0 < idf(1, 1) < idf(10, 10) + 1
    assert idf(10, 0) > idf(10, 1) > idf(10, 10) > 0


def test_no_list_finds_nothing() -> None:
    """An empty library divides by nothing."""
    assert [found.tolist() for found in Scorer(np.zeros(0, np.uint32), 0.0).top([], 5)] == [[], []]
    assert [found.tolist() for found in Scorer(np.ones(3, np.uint32), 1.0).top([], 5)] == [[], []]


def test_recency_doubles_today_and_never_vetoes() -> None:
    """An undated passage counts as it is, one of tomorrow as one of today."""
    asked = 1_000
    days = np.array([0, 1, asked - RECENCY_DAYS, asked, asked + 1], np.uint32)

    assert recency(days, Period(asked, asked + 1)) == pytest.approx([1, 1, 1 + exp(-1), 2, 2], abs=1e-9)


def test_recency_falls_off_on_both_sides_of_the_days_asked_about() -> None:
    """A question about March 2021 is nearest to what was written then."""
    days = np.array([970, 1_000, 1_030, 1_060], np.uint32)

    assert recency(days, Period(1_000, 1_030)) == pytest.approx([1 + exp(-1), 2, 2, 1 + exp(-1)], abs=1e-9)


def test_sentence_scores_weigh_with_the_librarys_idf() -> None:
    """A rare word counts for more than the candidates alone would say."""
    candidates = [["rain", "bridge"], ["snow", "bridge"], []]

    found = sentence_scores(candidates, {"rain": 1.0, "snow": 5.0, "unheard": 9.0})

    assert found[1] > found[0] > found[2] == 0


def test_sentences_without_terms_score_nothing() -> None:
    """rank_bm25 alone would divide by zero."""
    assert sentence_scores([[], []], {"rain": 1.0}).tolist() == [0, 0]
    assert sentence_scores([], {"rain": 1.0}).tolist() == []
