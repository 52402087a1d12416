"""What must hold for any text, any library and any history, across all the rooms of the library."""

import asyncio
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given, settings, strategies as st

from bot import jsonlines
from index import Folders, NoArticlesError, analyzer, open_library, ranking, store
from index.ranking import PositiveOkapi, WeightedList
from index.sentences import sentences
from tests import builders

# Texts of everything that is hard: astral and combining characters, line ends of all kinds, NULs, both directions, and words
# enough to be found by.
PIECES = st.sampled_from([
    "The zebra crossed the river. ", "She saw it. ", 'He said: "Rain. And hail." ', "Dr. No came… ", "But why?! ", "zebra",
    "斑马过了河。", "河马！", "しまうまは川を渡った。",
    "عبر الحمار النهر. ", "זברה חצתה. ", "\u202eabc\u202c ", "e\u0301\u0308", "𝔘𝔫𝔦 ", "🦓🏽\u200d♂️ ",
    "\r", "\n", "\r\n", "\n\n", "\t", "\0", "\x0b", "\x85", "\u2028", "\u3000", "\ufeff", "\u00a0",
    "“", "”", "»", "— ",
    "By Ann Lee\n", "# Zebra\n", "a" * 700, "zebra, " * 120,
])  # fmt: skip
TEXT = st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=25).map("".join)
ANCHOR = "\nA zebra crossed the river at noon.\n"


# Spans


@settings(max_examples=300)
@given(TEXT, st.sampled_from(["en", "de", "zh", "ja", "ar", "th", "xx"]))
def test_spans_are_ordered_disjoint_inside_a_paragraph_and_stripped(text: str, language: str) -> None:
    """And no word of the text is outside of them."""
    spans = sentences(text, language)

    bounds = [at for span in spans for at in (span.start, span.end)]
    assert bounds == sorted(bounds)
    assert all(span.start < span.end for span in spans)
    for span in spans:
        cut = text[span.start : span.end]
        assert cut == cut.strip()
        assert not any(line.isspace() or not line for line in cut.replace("\r\n", "\n").split("\n"))
        assert span.end - span.start <= 600
    outside = [text[end:start] for end, start in zip([0, *bounds[1::2]], [*bounds[::2], len(text)], strict=True)]
    assert not "".join(outside).strip()


@settings(max_examples=100)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=60), max_size=6))
def test_a_text_of_lines_has_no_sentence_across_them(lines: list[str]) -> None:
    """Lines of under forty characters are never taken for wrapped text."""
    text = "\n".join(line[:39] for line in lines)

    assert not any("\n" in text[span.start : span.end] for span in sentences(text, "en"))


# From an article to a line of JSON


@settings(max_examples=25)
@given(st.lists(TEXT, min_size=1, max_size=4), st.text(max_size=20))
def test_a_quote_is_the_given_text_at_its_offsets(given_texts: list[str], noise: str) -> None:
    """After a way through JSONL, the library and the line that scripts read."""
    rows = {f"{number}{noise}": f"{text}{ANCHOR}{text}" for number, text in enumerate(given_texts)}

    answers = asyncio.run(
        _asked(rows, ["Did a zebra cross the river at noon?", f"zebra {noise}", "斑马过河", given_texts[0] or "zebra"])
    )

    assert answers[0]["quotes"]
    for answer in answers:
        for quote in answer["quotes"]:
            given_text = rows[quote["article"]["id"]]
            assert quote["text"] == given_text[quote["start"] : quote["end"]]
            assert quote["before"] in given_text
            assert quote["after"] in given_text
            assert quote["article"]["title"] == noise


async def _asked(rows: dict[str, str], questions: list[str]) -> list[dict[str, Any]]:
    with TemporaryDirectory() as root:
        folders = builders.folders(Path(root))
        title = next(iter(rows)).removeprefix("0")
        builders.write_rows(folders.seeds / "a.jsonl", *(builders.row(name, text, title=title) for name, text in rows.items()))
        async with open_library(folders, characters=0) as library:
            await library.reindex()
            return [json.loads(await jsonlines.answer_line(library, question)) for question in questions]


# Any history


WORDS = ("rain", "snow", "hail", "sun", "wind")
BODY = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(lambda words: f"The {' and the '.join(words)} came."),
    st.tuples(st.sampled_from(WORDS), st.integers(250, 520)).map(lambda found: f"{found[0]} " * found[1] + "ended."),
    st.tuples(st.sampled_from(WORDS), st.integers(100, 300)).map(lambda found: f"{found[0]} sun came.\n" * found[1]),
)
FILE = st.one_of(
    st.none(),  # removed
    st.just(""),  # withdrawn
    st.just("not JSON"),  # unreadable: what it gave is kept
    st.dictionaries(st.sampled_from("wxyz"), BODY, min_size=1, max_size=3),
)
STEP = st.dictionaries(
    st.sampled_from(["a.jsonl", "b.jsonl", "sub/c.jsonl", "../data/added/d.jsonl"]), FILE, min_size=1, max_size=3
)


@settings(max_examples=15)
@given(st.lists(STEP, min_size=2, max_size=6))
@example([{"a.jsonl": dict.fromkeys(names, "The rain came.")} for names in ("wxyz", "xyz", "yz", "z")])
def test_any_history_scores_like_a_fresh_build(steps: list[dict[str, dict[str, str] | str | None]]) -> None:
    """Adding, changing, moving, withdrawing and removing leave exact statistics behind, and rank_bm25's scores."""
    asyncio.run(_live_through(steps))


async def _live_through(steps: list[dict[str, dict[str, str] | str | None]]) -> None:
    with TemporaryDirectory() as root:
        folders = builders.folders(Path(root))
        builders.write_rows(folders.seeds / "anchor.jsonl", builders.row("anchor", "Rain and snow. Hail."))
        async with open_library(folders) as library:
            await library.reindex()
            for step in steps:
                _take(folders, step)
                await library.reindex(allow_removals=True)
                lived = _scores(folders)
                texts = {one.article.id: await library.article(one.revision) for one in await library.sources()}
                fresh = await _built_afresh(Path(root) / "fresh", {name: one.article.text for name, one in texts.items() if one})
                assert lived.keys() == fresh.keys()
                assert lived == pytest.approx(fresh, abs=1e-9)
                assert lived == pytest.approx(_reference(folders), abs=1e-6)


def _take(folders: Folders, step: dict[str, dict[str, str] | str | None]) -> None:
    for name, content in step.items():
        path = folders.seeds / name
        if content is None:
            path.unlink(missing_ok=True)
        elif isinstance(content, str):
            builders.write(path, content)
        else:
            builders.write_rows(path, *(builders.row(key, text) for key, text in content.items()))


async def _built_afresh(root: Path, texts: dict[str, str]) -> dict[tuple[str, int], float]:
    with TemporaryDirectory(prefix=root.name) as place:
        folders = builders.folders(Path(place))
        builders.write_rows(folders.seeds / "all.jsonl", *(builders.row(name, text) for name, text in texts.items()))
        async with open_library(folders) as library:
            await library.reindex()
        return _scores(folders)


def _scores(folders: Folders) -> dict[tuple[str, int], float]:
    """The score of every passage that is alive, by article and first sentence, for a question of all words."""
    terms = analyzer.terms(" ".join(WORDS), "en")
    reader = store.Reader(folders.library)
    with reader.snapshot():
        segments, lists = reader.segments(), reader.lists(terms)
        weighed = [WeightedList(ranking.idf(segments.statistics.passages, df), found) for _, (df, found) in sorted(lists.items())]
        places, scores = segments.scorer.top(weighed, len(segments.alive), segments.alive)
        articles = reader.articles(segments.passages.articles[segments.alive].tolist())
    reader.close()
    total = dict(zip(places.tolist(), scores.tolist(), strict=True))
    return {
        (articles[int(segments.passages.articles[at])].article.attribution.id, int(segments.passages.firsts[at])): total.get(
            at, 0.0
        )
        for at in segments.alive.nonzero()[0].tolist()
    }


def _reference(folders: Folders) -> dict[tuple[str, int], float]:
    """The same by rank_bm25 over the terms of the passages as they are stored."""
    reader = store.Reader(folders.library)
    passages: dict[tuple[str, int], list[str]] = {}
    with reader.snapshot():
        segments = reader.segments()
        for article in reader.articles(segments.passages.articles[segments.alive].tolist()).values():
            text, spans = article.article.text, article.sentences
            for first in range(0, len(spans), 4):
                cut = text[spans[first].start : spans[min(first + 3, len(spans) - 1)].end]
                passages[article.article.attribution.id, first] = analyzer.terms(cut, article.article.language)
    reader.close()
    found = PositiveOkapi(list(passages.values())).get_scores(analyzer.terms(" ".join(WORDS), "en"))
    return dict(zip(passages, map(float, found), strict=True))


@settings(max_examples=20)
@given(st.dictionaries(st.sampled_from(["a.txt", "b.md", "c.html", "d.jsonl", "e"]), st.binary(max_size=400), min_size=1))
def test_no_bytes_in_a_file_end_a_reindex(files: dict[str, bytes]) -> None:
    """Each file gives an article, a withdrawal or a fault; what was indexed before stays."""
    asyncio.run(_reindexed(files))


async def _reindexed(files: dict[str, bytes]) -> None:
    with TemporaryDirectory() as root:
        folders = builders.folders(Path(root))
        async with open_library(folders) as library:
            for name, content in files.items():
                builders.write(folders.seeds / name, content)
            try:
                await library.reindex()
            except NoArticlesError:
                assert await library.sources() == []
            builders.write(folders.seeds / "good.txt", "The zebra crossed the river.")
            report = await library.reindex()
            assert "good.txt" in {one.article.id for one in await library.sources()}
            assert {fault.path for fault in report.faults} <= files.keys()
