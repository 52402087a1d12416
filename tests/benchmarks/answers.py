"""The whole answer, as a face asks for it: how long, how many at once, and how long the event loop stands still meanwhile.

    python -m tests.benchmarks.answers --articles FOLDER --questions FILE.jsonl[.gz] [--rounds 3]

Measured idle and while another process rebuilds the library; `taskset -c 0` before the command gives both one processor.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter

import numpy as np

from index import Folders, Library, open_library

AT_ONCE = (1, 8, 64)
_BEAT_SECONDS = 0.001


async def main() -> None:
    """Index once, then measure idle and during a rebuild."""
    options = _parser().parse_args()
    questions = _questions(options.questions)
    with tempfile.TemporaryDirectory() as place:
        folders = Folders(options.articles.resolve(), Path(place))
        async with open_library(folders) as library:
            await library.reindex()
            for question in questions:
                await library.answer(question)
            print(f"{'':<24}{'p50 ms':>10}{'p99 ms':>10}{'longest ms':>12}{'a second':>10}{'stall ms':>10}")
            for at_once in AT_ONCE:
                await _measure(f"{at_once} at once", library, questions * options.rounds, at_once)
            async with _rebuilding(folders) as process:
                for at_once in AT_ONCE:
                    await _measure(f"{at_once} at once, reindexing", library, questions, at_once)
                print(f"(the rebuild was {'still running' if process.returncode is None else 'done before the last row'})")


async def _measure(name: str, library: Library, questions: Sequence[str], at_once: int) -> None:
    waiting = list(reversed(questions))
    times: list[float] = []

    async def ask() -> None:
        while waiting:
            started = perf_counter()
            await library.answer(waiting.pop())
            times.append((perf_counter() - started) * 1000)

    started = perf_counter()
    async with _watched() as stalls:
        await asyncio.gather(*(ask() for _ in range(at_once)))
    rate = len(times) / (perf_counter() - started)
    p50, p99 = np.percentile(times, [50, 99])
    print(f"{name:<24}{p50:>10.1f}{p99:>10.1f}{max(times):>12.1f}{rate:>10.0f}{max(stalls) * 1000:>10.1f}")


@asynccontextmanager
async def _watched() -> AsyncIterator[list[float]]:
    """By how much each beat of the event loop came late, in seconds."""
    late: list[float] = []

    async def beat() -> None:
        while True:
            due = perf_counter() + _BEAT_SECONDS
            await asyncio.sleep(_BEAT_SECONDS)
            late.append(perf_counter() - due)

    task = asyncio.create_task(beat())
    try:
        yield late
    finally:
        task.cancel()


@asynccontextmanager
async def _rebuilding(folders: Folders) -> AsyncIterator[asyncio.subprocess.Process]:
    env = {**os.environ, "SEEDS_DIR": str(folders.seeds), "DATA_DIR": str(folders.data)}
    command = (sys.executable, "-m", "bot", "reindex", "--rebuild", "--json")
    process = await asyncio.create_subprocess_exec(*command, env=env, stdout=asyncio.subprocess.DEVNULL)
    await asyncio.sleep(1)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


def _questions(path: Path) -> list[str]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line)["question"] for line in content.splitlines() if line.strip()]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--questions", type=Path, required=True, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=3)
    return parser


if __name__ == "__main__":
    asyncio.run(main())
