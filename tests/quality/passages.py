"""What a passage is, one thing changed at a time: how many sentences, how many shared with the next, how often its headline counts.

    python -m tests.quality.passages            # the first quote's and the first three's accuracy by BM25, a line a variant

Each variant is a library of its own, made in one process so that what is changed here holds there. Swept on sets that may train.
"""

from __future__ import annotations

import asyncio
import gzip
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from index import Folders, acronyms, indexing, open_library, preparing, sentences, store
from tests.quality import sets
from tests.quality.sweep import accuracies

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.model import Article, Sentence

SWEPT = ("realtimeqa", "qed", "selqa", "squad2_dev")


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to cut passages."""

    size: int = sentences.PASSAGE_SENTENCES
    shared: int = 0
    headlines: int = 1

    def passages(self, count: int) -> list[tuple[int, int]]:
        """As index.sentences.passages."""
        return [(first, min(self.size, count - first)) for first in range(0, count, self.size - self.shared)]

    def passage_terms(self, article: Article, spans: Sequence[Sentence]) -> Iterator[list[str]]:
        """As index.preparing.passage_terms."""
        spelled = acronyms.spelled_out(article.text, article.language)
        headline = acronyms.terms(article.attribution.title, article.language, spelled) * self.headlines
        for first, count in self.passages(len(spans)):
            text = article.text[spans[first].start : spans[first + count - 1].end]
            yield headline + acronyms.terms(text, article.language, spelled)


VARIANTS = (
    Variant(), Variant(size=2), Variant(size=3), Variant(size=6), Variant(size=8),
    Variant(shared=1), Variant(shared=2), Variant(headlines=0), Variant(headlines=2),
)  # fmt: skip


async def _library(name: str, folder: Path) -> Path:
    seeds = folder / "seeds"
    seeds.mkdir()
    (seeds / "articles.jsonl").write_bytes(gzip.decompress((sets.DATA / name / "articles.jsonl.gz").read_bytes()))
    folders = Folders(seeds, folder / "data")
    async with open_library(folders) as opened:
        await opened.reindex()
    return folders.library


def figures(name: str, variant: Variant) -> str:
    """The accuracies on one set."""
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(sentences, "passages", variant.passages),
        patch.object(preparing, "passage_terms", variant.passage_terms),
        patch.object(indexing, "available_processors", lambda: 1),
    ):
        reader = store.Reader(asyncio.run(_library(name, Path(folder))))
        try:
            return accuracies(name, reader)
        finally:
            reader.close()


def main() -> None:
    """Print a line for each variant."""
    for variant in VARIANTS:
        print(variant, "".join(figures(name, variant) for name in SWEPT), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
