"""BM25 over posting lists is rank_bm25's, and rank_bm25's is the paper's."""

from collections import Counter
from math import exp, log

import numpy as np
import pytest
from hypothesis import given, strategies as st

from index.dates import Period
from index.postings import invert
from index.ranking import K1, RECENCY_DAYS, B, PositiveOkapi, best, idf, recency, scores, sentence_scores

WORDS = ["rain", "snow", "hail", "sun", "wind"]
CORPUS = st.lists(st.lists(st.sampled_from(WORDS), max_size=20), min_size=1, max_size=12).filter(any)
QUESTION = st.lists(st.sampled_from([*WORDS, "unheard"]), unique=True, min_size=1)


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


def by_posting_lists(corpus: list[list[str]], question: list[str], segments: int) -> list[float]:
    """The corpus in so many segments, scored as the library scores it."""
    parts = [(start, corpus[start : start + segments]) for start in range(0, len(corpus), segments)]
    lists = [(offset, dict(invert(part))) for offset, part in parts]
    df = {term: sum(len(one[term]) for _, one in lists if term in one) for term in question}
    lengths = np.array([len(passage) for passage in corpus], np.uint32)
    weighed = [(idf(len(corpus), df[term]), [(at, one[term]) for at, one in lists if term in one]) for term in question]
    return list(map(float, scores(weighed, lengths, float(lengths.mean()))))


@given(CORPUS, QUESTION)
def test_rank_bm25_with_the_positive_idf_is_the_papers_formula(corpus: list[list[str]], question: list[str]) -> None:
    """On any corpus, however small."""
    assert PositiveOkapi(corpus).get_scores(question) == pytest.approx(bm25(corpus, question), abs=1e-9)


@given(CORPUS, QUESTION, st.integers(1, 5))
def test_posting_lists_score_like_rank_bm25(corpus: list[list[str]], question: list[str], segments: int) -> None:
    """However many segments the passages are in."""
    expected = PositiveOkapi(corpus).get_scores(question)

    assert by_posting_lists(corpus, question, segments) == pytest.approx(expected, abs=1e-6)


def test_long_passages_and_frequent_terms_score_like_rank_bm25() -> None:
    """Over 255 terms in a passage, over 255 times one term, and over 65,535 as well."""
    corpus = [["rain"] * 300, ["rain"] * 256 + ["snow"] * 700, ["snow"], ["rain"] * 70_000 + ["hail"]]
    question = ["rain", "snow", "hail"]

    expected = PositiveOkapi(corpus).get_scores(question)

    assert by_posting_lists(corpus, question, 2) == pytest.approx(expected, abs=1e-6)
    assert expected == pytest.approx(bm25(corpus, question), abs=1e-9)


def test_the_idf_is_positive_on_any_library() -> None:
    """Also where every passage has the term, and for a term that none has."""
    assert 0 < idf(1, 1) < idf(10, 10) + 1
    assert idf(10, 0) > idf(10, 1) > idf(10, 10) > 0


def test_no_passage_scores_nothing() -> None:
    """An empty library divides by nothing."""
    assert scores([], np.zeros(0, np.uint32), 0.0).tolist() == []
    assert scores([], np.zeros(2, np.uint32), 0.0).tolist() == [0, 0]


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0])), st.integers(1, 8))
def test_the_best_are_the_highest_with_ties_to_the_lower_place(total: list[float], count: int) -> None:
    """As a plain sort says; nothing that scored nothing."""
    expected = sorted((at for at, score in enumerate(total) if score > 0), key=lambda at: (-total[at], at))[:count]

    assert best(np.array(total), count).tolist() == expected


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
