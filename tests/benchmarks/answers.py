"""The whole answer, as a face asks for it: how long, how many at once, and how long the event loop stands still meanwhile.

    python -m tests.benchmarks.answers [--rounds 3]        # on RealTime QA
    python -m tests.benchmarks.answers --articles FOLDER --questions FILE.jsonl

A library is opened anew for each measurement and warmed with one half of the questions; the other half is timed, then the
halves change places. Measured idle and while another process rebuilds the library; `taskset -c 0` before the command gives both
one processor.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

from index import Folders, Library, open_library
from tests.quality import sets

AT_ONCE = (1, 8, 64)
_BEAT_SECONDS = 0.005  # often enough to see a stall of 50 ms, and no more: each beat waits for the interpreter, too


async def main() -> None:
    """Index once, then measure idle and during a rebuild."""
    options = _parser().parse_args()
    articles = options.articles.resolve() if options.articles else sets.seeds("realtimeqa")
    questions = _given(options.questions) if options.questions else [one.question for one in sets.questions("realtimeqa")]
    with tempfile.TemporaryDirectory() as place:
        folders = Folders(articles, Path(place))
        async with open_library(folders) as library:
            await library.reindex()
            await library.prepare()
        gc.freeze()  # as the bot does
        print(f"{'':<24}{'p50 ms':>10}{'p99 ms':>10}{'longest ms':>12}{'a second':>10}{'stall ms':>10}")
        for at_once in AT_ONCE:
            await _measure(f"{at_once} at once", folders, questions, at_once, options.rounds)
        async with _rebuilding(folders) as rebuilds:
            for at_once in AT_ONCE:
                await _measure(f"{at_once} at once, reindexing", folders, questions, at_once, options.rounds)
            print(f"({rebuilds.qsize()} rebuilds had ended meanwhile)")


async def _measure(name: str, folders: Folders, questions: Sequence[str], at_once: int, rounds: int) -> None:
    halves = questions[::2], questions[1::2]
    times: list[float] = []
    rates, stalls = [], []
    for warming, timed in [halves, halves[::-1]] * rounds:
        async with open_library(folders) as library:
            await _asked(library, warming, at_once)
            started = perf_counter()
            async with _watched() as late:
                times += await _asked(library, timed, at_once)
            rates.append(len(timed) / (perf_counter() - started))
            stalls.append(max(late))
    p50, p99 = np.percentile(times, [50, 99])
    print(f"{name:<24}{p50:>10.1f}{p99:>10.1f}{max(times):>12.1f}{median(rates):>10.0f}{max(stalls) * 1000:>10.1f}")


async def _asked(library: Library, questions: Sequence[str], at_once: int) -> list[float]:
    """Milliseconds that each question took, ``at_once`` of them always waiting for their answers."""
    waiting = list(reversed(questions))
    times: list[float] = []

    async def ask() -> None:
        while waiting:
            started = perf_counter()
            await library.answer(waiting.pop())
            times.append((perf_counter() - started) * 1000)

    await asyncio.gather(*(ask() for _ in range(at_once)))
    return times


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
async def _rebuilding(folders: Folders) -> AsyncIterator[asyncio.Queue[None]]:
    """Other processes that rebuild the library, one after the other; an item for each that has ended."""
    env = {**os.environ, "SEEDS_DIR": str(folders.seeds), "DATA_DIR": str(folders.data)}
    command = (sys.executable, "-m", "bot", "reindex", "--rebuild", "--json")
    ended: asyncio.Queue[None] = asyncio.Queue()

    async def rebuild() -> None:
        while True:
            process = await asyncio.create_subprocess_exec(*command, env=env, stdout=asyncio.subprocess.DEVNULL)
            try:
                await process.wait()
            finally:
                if process.returncode is None:
                    process.terminate()
                    await process.wait()
            ended.put_nowait(None)

    task = asyncio.create_task(rebuild())
    await asyncio.sleep(1)
    try:
        yield ended
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def _given(path: Path) -> list[str]:
    return [json.loads(line)["question"] for line in path.read_text("utf-8").splitlines() if line.strip()]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, metavar="FOLDER")
    parser.add_argument("--questions", type=Path, metavar="FILE")
    parser.add_argument("--rounds", type=int, default=3)
    return parser


if __name__ == "__main__":
    asyncio.run(main())
