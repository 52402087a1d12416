"""Verbatim's lists beside other engines, on the same passages and questions, in one run.

    python -m tests.benchmarks.engines --passages 100000 [--engines verbatim,tantivy] [--rounds 3] [--json PATH]
    python -m tests.benchmarks.engines --real [FOLDER]     # the articles of a folder, or of RealTime QA

Needs tests/benchmarks/requirements.txt. Every engine builds in a process of its own and answers in others, in turn; each
figure is the median of the rounds. ``overlap`` is the share of the ten best that belong to the ten best of exact BM25, where a
passage that scores the same as the tenth belongs as well.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from index.ranking import K1, B, idf
from tests.benchmarks import corpus
from tests.benchmarks.adapters import ENGINES, TOP
from tests.benchmarks.corpus import Corpus
from tests.benchmarks.measures import peak_mb
from tests.quality import sets

SLOW_ENGINES = {"rank_bm25": 100_000}
"""What walks every passage for every term is left out above this many."""

_REAL = Path()

COLUMNS = ("build_s", "build_mb", "bytes", "open_ms", "p50_ms", "p95_ms", "p99_ms", "peak_mb", "overlap")


def main() -> None:
    """Measure, print the table, write the rows."""
    options = _parser().parse_args()
    if options.step:
        print(json.dumps(_build(*options.step[1:]) if options.step[0] == "build" else _ask(*options.step[1:])))
        return
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        seeds = sets.seeds("realtimeqa") if options.real is _REAL else options.real
        made = corpus.real(seeds) if seeds else corpus.zipf(options.passages)
        made.save(work)
        names = [name for name in options.engines.split(",") if len(made.passages) <= SLOW_ENGINES.get(name, len(made.passages))]
        rows = _measured(work, names, options.rounds, made)
    _show(rows)
    if options.json:
        options.json.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def _measured(work: Path, names: list[str], rounds: int, made: Corpus) -> list[dict[str, Any]]:
    wanted = _exact(made)
    built: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    asked: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            built[name].append(_step("build", name, work))
    for _ in range(rounds):
        for name in names:
            asked[name].append(_step("ask", name, work))
    return [_row(name, len(made.passages), built[name], asked[name], wanted) for name in names]


def _row(
    name: str, passages: int, built: list[dict[str, Any]], asked: list[dict[str, Any]], wanted: list[dict[int, float]]
) -> dict[str, Any]:
    figures = {key: median(one[key] for one in built) for key in ("build_s", "bytes", "build_mb")}
    figures |= {key: median(one[key] for one in asked) for key in ("open_ms", "p50_ms", "p95_ms", "p99_ms", "peak_mb")}
    overlaps = [
        sum(place in best for place in top) / min(TOP, len(best)) for top, best in zip(asked[0]["tops"], wanted, strict=False)
    ]
    return {"engine": name, "passages": passages, **figures, "overlap": sum(overlaps) / len(overlaps)}


def _step(step: str, name: str, work: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.engines", "--step", step, name, str(work)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _build(name: str, work: str) -> dict[str, Any]:
    passages = Corpus.load(Path(work)).passages
    place = Path(work) / name
    shutil.rmtree(place, ignore_errors=True)
    place.unlink(missing_ok=True)
    before = peak_mb()
    started = perf_counter()
    ENGINES[name].build(passages, place)
    return {"build_s": perf_counter() - started, "bytes": _size(place), "build_mb": peak_mb() - before}


def _ask(name: str, work: str) -> dict[str, Any]:
    warming, questions = json.loads((Path(work) / "questions.json").read_text("utf-8"))
    started = perf_counter()
    engine = ENGINES[name].open(Path(work) / name)
    engine(warming[0])
    opened = perf_counter() - started
    for question in warming[1 : None if name not in SLOW_ENGINES else 2]:
        engine(question)
    times, tops = [], []
    for question in questions if name not in SLOW_ENGINES else questions[:20]:
        started = perf_counter()
        tops.append(engine(question))
        times.append((perf_counter() - started) * 1000)
    p50, p95, p99 = np.percentile(times, [50, 95, 99]).tolist()
    return {"open_ms": opened * 1000, "p50_ms": p50, "p95_ms": p95, "p99_ms": p99, "peak_mb": peak_mb(), "tops": tops}


def _exact(made: Corpus) -> list[dict[int, float]]:
    """For each question the passages that score as the tenth best or better, by the formula alone."""
    wanted = {term for question in made.questions for term in question}
    holders: dict[str, list[tuple[int, int]]] = {term: [] for term in wanted}
    lengths = np.zeros(len(made.passages))
    for ordinal, passage in enumerate(made.passages):
        terms = passage.split()
        lengths[ordinal] = len(terms)
        for term, count in Counter(term for term in terms if term in wanted).items():
            holders[term].append((ordinal, count))
    norms = K1 * (1 - B + B * lengths / lengths.mean())
    return [_best(question, holders, norms) for question in made.questions]


def _best(question: list[str], holders: dict[str, list[tuple[int, int]]], norms: np.ndarray[Any, Any]) -> dict[int, float]:
    scores: Counter[int] = Counter()
    for term in question:
        weight = idf(len(norms), len(holders[term]))
        for ordinal, count in holders[term]:
            scores[ordinal] += weight * count * (K1 + 1) / (count + norms[ordinal])
    tenth = min(score for _, score in scores.most_common(TOP))
    return {ordinal: score for ordinal, score in scores.items() if score >= tenth - 1e-6}


def _size(place: Path) -> int:
    return sum(file.stat().st_size for file in ([place] if place.is_file() else place.rglob("*")) if file.is_file())


def _show(rows: list[dict[str, Any]]) -> None:
    print(f"{'engine':<12}" + "".join(f"{column:>12}" for column in COLUMNS))
    for row in rows:
        print(f"{row['engine']:<12}" + "".join(_figure(row[column]) for column in COLUMNS))
    ours = next((row for row in rows if row["engine"] == "verbatim"), None)
    for row in rows:
        if ours and row is not ours:
            ratios = "".join(_ratio(row[column], ours[column]) for column in COLUMNS[:-1])
            print(f"{'× ours: ' + row['engine']:<19}" + ratios[7:])


def _figure(value: float) -> str:
    return f"{value:>12,.{0 if value >= 10_000 else 3}f}"


def _ratio(other: float, ours: float) -> str:
    """None where ours is nothing, as when a build took no more memory than its passages had before."""
    return f"{other / ours:>12,.2f}" if ours else f"{'–':>12}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--real", type=Path, metavar="FOLDER", nargs="?", const=_REAL, help="the articles of a folder instead")
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, metavar="PATH", help="write the rows as JSON lines")
    parser.add_argument("--step", nargs=3, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    main()
