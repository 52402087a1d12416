"""Passages and questions to measure engines on: Zipf-like ones of any number, or the analysed passages of real articles."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index import analyzer, articles, sentences
from index.model import Article

VOCABULARY = 200_000
SKEW = 1.05
SHORTEST, LONGEST = 30, 90
COMMONEST = 100  # what a question does not ask for, as stop words are not
QUESTIONS = 200
_SEED = 7


@dataclass(frozen=True, slots=True)
class Corpus:
    """Analysed passages, each its terms joined by spaces; questions to warm an engine with, and others to time."""

    passages: list[str]
    warming: list[list[str]]
    questions: list[list[str]]

    def save(self, folder: Path) -> None:
        """Write it for the engines' processes."""
        (folder / "passages.txt").write_text("\n".join(self.passages), "utf-8")
        (folder / "questions.json").write_text(json.dumps([self.warming, self.questions]), "utf-8")

    @staticmethod
    def load(folder: Path) -> Corpus:
        """Read what :meth:`save` wrote."""
        warming, questions = json.loads((folder / "questions.json").read_text("utf-8"))
        return Corpus((folder / "passages.txt").read_text("utf-8").split("\n"), warming, questions)


def zipf(passages: int) -> Corpus:
    """Passages of 30 to 90 terms out of 200,000, and questions of 3 to 7 terms of one passage."""
    random = np.random.default_rng(_SEED)
    chances = 1 / np.arange(1, VOCABULARY + 1) ** SKEW
    lengths = random.integers(SHORTEST, LONGEST + 1, passages)
    drawn = np.searchsorted(np.cumsum(chances / chances.sum()), random.random(lengths.sum()))
    terms = np.array([f"w{number}x" for number in range(VOCABULARY)], dtype=object)[np.minimum(drawn, VOCABULARY - 1)]
    ends = np.cumsum(lengths)
    texts = [" ".join(terms[end - length : end]) for end, length in zip(ends, lengths, strict=True)]
    return Corpus(texts, *_questions(random, texts))


def real(folder: Path) -> Corpus:
    """The passages of articles in a folder, analysed as the library does."""
    random = np.random.default_rng(_SEED)
    found = [one for file in articles.files(folder) for _, one in articles.read(file) if isinstance(one, Article)]
    texts = [" ".join(terms) for article in found for terms in _passages(article)]
    return Corpus(texts, *_questions(random, texts))


def _passages(article: Article) -> list[list[str]]:
    spans = sentences.sentences(article.text, article.language)
    cuts = (article.text[spans[first].start : spans[first + count - 1].end] for first, count in sentences.passages(len(spans)))
    return [analyzer.terms(cut, article.language) for cut in cuts]


def _questions(random: np.random.Generator, texts: list[str]) -> tuple[list[list[str]], list[list[str]]]:
    common = _commonest(texts[:10_000])
    questions: list[list[str]] = []
    while len(questions) < 2 * QUESTIONS:
        size = int(random.integers(3, 8))
        terms = sorted(set(texts[int(random.integers(len(texts)))].split()) - common)
        if len(terms) >= size:
            questions.append([str(term) for term in random.choice(terms, size, replace=False)])
    return questions[:QUESTIONS], questions[QUESTIONS:]


def _commonest(texts: list[str]) -> set[str]:
    terms, counts = np.unique(" ".join(texts).split(), return_counts=True)
    return set(terms[np.argsort(-counts)[:COMMONEST]].tolist())
