"""A newsroom's archive: files of made-up articles, taken in, asked, and one of them added, changed and removed.

    python -m tests.benchmarks.archive [--articles 40000] [--json PATH]

An article has 25 passages of four sentences. ``reindex`` is the command, run as an operator does: its seconds, and the most
memory that it and its workers held together (each page counted once). ``ask`` is a fresh process: until its first answer, and
its peak memory after a hundred. A change is one file; its seconds end when an answer shows it, over the median of the rounds.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from index import Folders, Library, open_library
from tests.benchmarks.measures import peak_mb

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = 100
VOCABULARY = 200_000
ROUNDS = 5
_LETTERS = "bdfgklmnprst"
_WATCH_SECONDS = 0.05


def main() -> None:
    """Write the files, measure, print."""
    options = _parser().parse_args()
    if options.ask:
        print(json.dumps(asyncio.run(_asked(*map(Path, options.ask)))))
        return
    with tempfile.TemporaryDirectory() as place:
        folders = Folders(Path(place) / "articles", Path(place) / "data")
        folders.seeds.mkdir()
        for number, text in enumerate(_texts(options.articles)):
            (folders.seeds / f"{number}.txt").write_text(text, "utf-8")
        figures = _reindexed(folders) | _step(folders) | asyncio.run(_changed(folders))
    for name, value in figures.items():
        print(f"{name:<24}{value:>12,.1f}")
    if options.json:
        options.json.write_text(json.dumps({"articles": options.articles, **figures}) + "\n", "utf-8")


def _texts(count: int) -> Iterator[str]:
    random = np.random.default_rng(7)
    words = np.array([_word(number) for number in range(VOCABULARY)], dtype=object)
    chances = np.cumsum(1 / np.arange(1, VOCABULARY + 1) ** 1.05)
    for number in range(count):
        lengths = random.integers(8, 22, SENTENCES)
        drawn = words[np.minimum(np.searchsorted(chances, random.random(lengths.sum()) * chances[-1]), VOCABULARY - 1)]
        ends = np.cumsum(lengths)
        sentences = (" ".join(drawn[end - length : end]).capitalize() for end, length in zip(ends, lengths, strict=True))
        yield f"Report {number} on {drawn[0]}\n\n" + ". ".join(sentences) + ".\n"


def _word(number: int) -> str:
    """A word of its own for each number, of consonants and vowels."""
    word = ""
    while number or not word:
        number, letter = divmod(number, len(_LETTERS) * 5)
        word += _LETTERS[letter // 5] + "aeiou"[letter % 5]
    return word


def _reindexed(folders: Folders) -> dict[str, float]:
    env = {**os.environ, "SEEDS_DIR": str(folders.seeds), "DATA_DIR": str(folders.data)}
    started, peak = time.perf_counter(), 0.0
    process = subprocess.Popen([sys.executable, "-m", "bot", "reindex"], env=env, stdout=subprocess.DEVNULL, cwd=ROOT)
    while process.poll() is None:
        peak = max(peak, sum(map(_held_mb, [process.pid, *_children(process.pid)])))
        time.sleep(_WATCH_SECONDS)
    if process.returncode:
        sys.exit("The reindex failed.")
    size = sum(file.stat().st_size for file in folders.data.rglob("*") if file.is_file())
    return {"reindex_s": time.perf_counter() - started, "reindex_peak_mb": peak, "library_mb": size / 1e6}


def _held_mb(pid: int) -> float:
    """What a process holds, pages that it shares counted in part; nothing once it has ended."""
    with suppress(FileNotFoundError, ProcessLookupError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss_Anon:")) / 1000
    return 0.0


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text("ascii").split())
    return found


def _step(folders: Folders) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.archive", "--ask", str(folders.seeds), str(folders.data)]
    return dict(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout))


async def _asked(seeds: Path, data: Path) -> dict[str, float]:
    texts = sorted(seeds.glob("*.txt"))[:: max(1, len(list(seeds.glob("*.txt"))) // 100)]
    questions = [" ".join(path.read_text("utf-8").split()[20:26]) for path in texts]
    times = []
    async with open_library(Folders(seeds, data)) as library:
        for question in questions:
            started = time.perf_counter()
            await library.answer(question)
            times.append((time.perf_counter() - started) * 1000)
    return {"first_answer_ms": times[0], "answer_p50_ms": median(times[1:]), "asking_peak_mb": peak_mb()}


async def _changed(folders: Folders) -> dict[str, float]:
    """Seconds from a file's writing to the answer that shows it; each kind once a round, so that segments get merged too."""
    seconds: dict[str, list[float]] = {"added_s": [], "changed_s": [], "removed_s": []}
    file = folders.seeds / "new.txt"
    async with open_library(folders) as library:
        await library.answer("warm")
        for number in range(ROUNDS):
            seconds["added_s"].append(await _seen(library, lambda: file.write_text(_news("zuzzwick"), "utf-8"), "zuzzwick"))
            seconds["changed_s"].append(await _seen(library, lambda: file.write_text(_news("quorvath"), "utf-8"), "quorvath"))
            seconds["removed_s"].append(await _seen(library, file.unlink, ""))
            print(f"round {number + 1} of {ROUNDS}", file=sys.stderr)
    return {name: median(found) for name, found in seconds.items()}


async def _seen(library: Library, change: Callable[[], Any], word: str) -> float:
    """How long it takes until an answer has the word, or no answer has either word."""
    change()
    started = time.perf_counter()
    await library.reindex()
    found = await library.answer(f"What happened to {word or 'quorvath'} bridge?")
    if (found.quotes[0].article.id if found.quotes else "") != ("new.txt" if word else "") and word:
        sys.exit(f"The answer does not show {word!r}.")
    return time.perf_counter() - started


def _news(word: str) -> str:
    return f"Report on {word}\n\nThe {word} bridge fell on Monday. Nobody was hurt there.\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=40_000)
    parser.add_argument("--json", type=Path, metavar="PATH")
    parser.add_argument("--ask", nargs=2, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    main()
