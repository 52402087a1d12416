"""How much of a question's wording stands in each candidate sentence, letter for letter. Knows no term and no score.

Terms leave out what questions turn on: "who has the most", "what led to", "before the war". And letters find what stemming parts:
"improvement" and "improved", a compound and its part, a word that a script writes together with its preposition.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from index.asked import marked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from index.analysed import Analysed
    from index.asked import Numbers, Presence, Terms

_LETTERS = 4
_LETTERS_UNSPACED = 2
_UNSPACED = {"zh", "ja"}
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # 2^64 divided by the golden ratio


def traits(sentences: Sequence[Analysed], terms: Terms) -> dict[str, Numbers]:
    """Each trait by its name, a value a sentence, 0 to 1.

    ``worded`` and ``lettered`` are the shares of the question's words, and of its runs of four letters, weighed by how rare
    they are among the sentences; ``worded_pairs`` is that of its words side by side.
    """
    words = [[token.word for token in one.tokens] for one in sentences]
    return {
        "worded": _share(_holding(terms.words, words)),
        "worded_pairs": _pairs(terms.words, words),
        "lettered": _share(_written(_runs(terms.words, terms.language), words)),
    }


def _holding(asked: Sequence[str], words: Sequence[Sequence[str]]) -> Presence:
    """Which of the question's words each sentence holds."""
    number = {word: at for at, word in enumerate(dict.fromkeys(asked))}
    return marked([[number[word] for word in number.keys() & told] for told in words], len(number))


def _pairs(asked: Sequence[str], words: Sequence[Sequence[str]]) -> Numbers:
    wanted = set(pairwise(asked))
    return np.array([len(wanted.intersection(pairwise(told))) for told in words]) / max(1, len(wanted))


def _runs(asked: Sequence[str], language: str) -> list[str]:
    """The question's runs of letters, words' ends included."""
    text, length = _joined(asked), _LETTERS_UNSPACED if language in _UNSPACED else _LETTERS
    return list(dict.fromkeys(text[at : at + length] for at in range(len(text) - length + 1)))


def _written(runs: Sequence[str], words: Sequence[Sequence[str]]) -> Presence:
    """Which of the runs, all of one length, each sentence holds.

    Looked up at once, as numbers, and first by sixteen bits of them, which most of a text's are ruled out by.
    """
    texts = [_joined(told) for told in words]
    here = np.zeros((len(texts), len(runs)), bool)
    if runs:
        length = len(runs[0])
        codes, wanted = _codes("\n".join(texts), length), _codes("".join(runs), length)[::length]
        is_wanted = np.zeros(1 << 16, bool)
        is_wanted[_sixteen_bits(wanted)] = True
        near = np.flatnonzero(is_wanted[_sixteen_bits(codes)])
        order = np.argsort(wanted)
        nearest = order[np.minimum(np.searchsorted(wanted, codes[near], sorter=order), len(runs) - 1)]
        is_found = wanted[nearest] == codes[near]
        ends = np.cumsum([len(text) + 1 for text in texts])
        here[np.searchsorted(ends, near[is_found], side="right"), nearest[is_found]] = True
    return here


def _codes(text: str, length: int) -> NDArray[np.uint64]:
    """Each run of so many letters as a number, of each letter the lower sixteen bits; none where the text is shorter."""
    letters = np.frombuffer(text.encode("utf-32-le"), "<u4").astype("<u2")
    runs = np.ndarray(max(0, len(letters) - length + 1), f"<u{2 * length}", letters, strides=(2,))  # each a letter further on
    return runs.astype(np.uint64)


def _sixteen_bits(codes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Of numbers that differ anywhere, mostly different: Knuth's multiplicative hashing."""
    return np.asarray(codes * _GOLDEN >> np.uint64(48), np.uint64)


def _joined(words: Sequence[str]) -> str:
    return f" {' '.join(words)} "


def _share(here: Presence) -> Numbers:
    """The share of the columns that each row holds, weighed by BM25's idf over the rows."""
    df = here.sum(axis=0)
    rarity = np.log(1 + (len(here) - df + 0.5) / (df + 0.5))
    return np.asarray(here @ rarity / max(float(rarity.sum()), 1e-9))
