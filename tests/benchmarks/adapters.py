"""The engines that are compared, each as a way to build from passages and a way to open and ask for the ten best."""

from __future__ import annotations

import asyncio
import pickle
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.answering import Scope, retrieve
from index.articles import File
from index.inverting import Inverter, Parcel
from index.model import Article, Attribution
from index.preparing import available_processors, chunks, in_order
from index.ranking import PositiveOkapi
from index.store import NewArticle, Publication, Reader, opened

TOP = 10
PASSAGES_OF_A_CHUNK = 1600

Ask = Callable[[list[str]], list[int]]
"""A question's terms → the ordinals of the ten best passages, best first."""


@dataclass(frozen=True, slots=True)
class Engine:
    """How an engine is built into a file or a folder, and opened from there."""

    build: Callable[[list[str], Path], None]
    open: Callable[[Path], Ask]


# Verbatim: the store's own writing and reading, articles without text


def _build_verbatim(passages: list[str], place: Path) -> None:
    place.mkdir()
    asyncio.run(_write_verbatim(passages, place))


async def _write_verbatim(passages: list[str], place: Path) -> None:
    file = File.at(str(place.parent), "passages.txt")
    terms = Inverter(place)
    async with opened(place / "library.sqlite3") as library:
        segment = await library.new_segment()
        given = in_order(_inverted, chunks(passages, PASSAGES_OF_A_CHUNK), available_processors())
        for number, (chunk, own) in enumerate(given):
            terms.extend(own)
            await segment.add([_article(number, len(chunk), file)])
        key = await segment.finish(terms)
        await library.publish(Publication((key,), (), (), ((file, True),), (), place, 0))


def _inverted(passages: list[str], inverter: Inverter) -> Parcel:
    for passage in passages:
        inverter.add(passage.split())
    return inverter.parcel()


def _article(number: int, passages: int, file: File) -> NewArticle:
    return NewArticle(Article(Attribution(str(number)), "", "en"), file, (), tuple((first, 1) for first in range(passages)))


def _open_verbatim(place: Path) -> Ask:
    reader = Reader(place / "library.sqlite3")

    def ask(question: list[str]) -> list[int]:
        with reader.snapshot():
            return [int(ordinal) for ordinal in retrieve(reader, question, Scope(), TOP).ordinals]

    return ask


# rank_bm25, with the idf that is positive everywhere


def _build_rank_bm25(passages: list[str], place: Path) -> None:
    place.write_bytes(pickle.dumps(PositiveOkapi([passage.split() for passage in passages])))


def _open_rank_bm25(place: Path) -> Ask:
    model = pickle.loads(place.read_bytes())  # our own file
    return lambda question: np.argsort(-model.get_scores(question), kind="stable")[:TOP].tolist()


# bm25s with numba


def _build_bm25s(passages: list[str], place: Path) -> None:
    import bm25s

    tokens = bm25s.tokenize(passages, stopwords=None, lower=False, token_pattern=r"\S+", show_progress=False)
    model = bm25s.BM25(method="lucene", k1=1.2, b=0.75, backend="numba")
    model.index(tokens, show_progress=False)
    model.save(place)


def _open_bm25s(place: Path) -> Ask:
    import bm25s

    model = bm25s.BM25.load(place)
    model.backend = "numba"

    def ask(question: list[str]) -> list[int]:
        found, _ = model.retrieve([question], k=TOP, show_progress=False, n_threads=1)
        return [int(ordinal) for ordinal in found[0]]

    return ask


# tantivy


def _tantivy_schema() -> Any:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=False, tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("ordinal", stored=False, fast=True)
    return builder.build()


def _build_tantivy(passages: list[str], place: Path) -> None:
    import tantivy

    place.mkdir(exist_ok=True)
    writer = tantivy.Index(_tantivy_schema(), path=str(place), reuse=False).writer(heap_size=512_000_000, num_threads=2)
    for ordinal, passage in enumerate(passages):
        writer.add_document(tantivy.Document(ordinal=ordinal, body=passage))
    writer.commit()
    writer.wait_merging_threads()


def _open_tantivy(place: Path) -> Ask:
    import tantivy

    schema = _tantivy_schema()
    searcher = tantivy.Index(schema, path=str(place)).searcher()

    def ask(question: list[str]) -> list[int]:
        terms = [tantivy.Query.term_query(schema, "body", term, index_option="freq") for term in question]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        hits = searcher.search(query, TOP).hits
        return [int(str(value)) for value in searcher.fast_field_values("ordinal", [address for _, address in hits])]

    return ask


# SQLite FTS5


def _build_fts5(passages: list[str], place: Path) -> None:
    with closing(sqlite3.connect(place)) as connection, connection:
        connection.execute("DROP TABLE IF EXISTS passage")
        connection.execute("CREATE VIRTUAL TABLE passage USING fts5(body, content='')")
        connection.executemany("INSERT INTO passage (rowid, body) VALUES (?, ?)", enumerate(passages, 1))
        connection.execute("INSERT INTO passage (passage) VALUES ('optimize')")


def _open_fts5(place: Path) -> Ask:
    connection = sqlite3.connect(place)
    query = f"SELECT rowid - 1 FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT {TOP}"

    def ask(question: list[str]) -> list[int]:
        return [ordinal for (ordinal,) in connection.execute(query, (" OR ".join(f'"{term}"' for term in question),))]

    return ask


ENGINES = {
    "verbatim": Engine(_build_verbatim, _open_verbatim),
    "rank_bm25": Engine(_build_rank_bm25, _open_rank_bm25),
    "bm25s": Engine(_build_bm25s, _open_bm25s),
    "tantivy": Engine(_build_tantivy, _open_tantivy),
    "fts5": Engine(_build_fts5, _open_fts5),
}
