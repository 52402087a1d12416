"""What a kill or a flipped byte does to the library: nothing that a reader could see.

    python -m tests.benchmarks.faults [--kills 100] [--damages 1000] [--seed 1]

A kill ends a reindex (and the merge at its end) at a random moment; every article must then answer as it was before or as it is
after, all of one kind, and the file must be whole. A damage flips one byte of the file, or cuts it off; every question must then
get the answer of the undamaged file or an error that names a remedy, never another quote.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from index import Folders, LibraryError, open_library
from index.answering import answer
from index.store import Reader

ARTICLES = 400
WORDS = [f"{first}{second}" for first in "bdfgklmnprst" for second in ("aro", "elin", "ipos", "onda", "urim", "ystel")]


def main() -> None:
    """Run both, and exit with the number of failures."""
    options = _parser().parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as place:
        failures = [*kills(Path(place), chance, options.kills), *damages(Path(place), chance, options.damages)]
    for failure in failures:
        print(failure)
    print(f"{options.kills} kills and {options.damages} damages, {len(failures)} failures")
    sys.exit(bool(failures))


def kills(place: Path, chance: random.Random, count: int) -> list[str]:
    """Kill reindexes at random moments, and say what was wrong after any of them."""
    folders = Folders(place / "kills", place / "kills-data")
    folders.seeds.mkdir()
    _write(folders.seeds, chance, version=0)
    asyncio.run(_reindexed(folders))
    failures, length = [], _timed(folders)
    for number in range(1, count + 1):
        _write(folders.seeds, chance, version=number)
        killed = _killed(folders, chance.uniform(0.2, 1.1) * length)
        failures += [f"kill {number}: {why}" for why in _differences(folders, number - 1, number)]
        asyncio.run(_reindexed(folders))
        failures += [f"after kill {number}: {why}" for why in _differences(folders, number, number)]
        print(f"\rkill {number} of {count} ({'killed' if killed else 'was done'})", end="", file=sys.stderr)
    return failures


def damages(place: Path, chance: random.Random, count: int) -> list[str]:
    """Damage copies of a library, and say which answers were wrong."""
    folders = Folders(place / "damages", place / "damages-data")
    folders.seeds.mkdir()
    _write(folders.seeds, chance, version=0, articles=60)
    asyncio.run(_reindexed(folders))
    whole = folders.library.read_bytes()
    questions = [" ".join(chance.sample(WORDS, 3)) for _ in range(5)]
    wanted = [_answered(folders.library, question) for question in questions]
    copy, failures, refused = place / "damaged.sqlite3", [], 0
    for number in range(1, count + 1):
        copy.write_bytes(_damaged(whole, chance))
        for question, right in zip(questions, wanted, strict=True):
            found = _answered(copy, question)
            refused += isinstance(found, str)
            if found != right and not isinstance(found, str):
                failures.append(f"damage {number}: {question!r} got another answer")
    print(f"\n{refused} of {count * len(questions)} questions were refused with a remedy", file=sys.stderr)
    return failures


def _write(folder: Path, chance: random.Random, version: int, articles: int = ARTICLES) -> None:
    for number in range(articles):
        sentences = (" ".join(chance.choices(WORDS, k=9)).capitalize() + "." for _ in range(12))
        (folder / f"{number}.txt").write_text(f"Version v{version}x of a{number}x\n" + "\n".join(sentences), "utf-8")


async def _reindexed(folders: Folders) -> None:
    async with open_library(folders) as library:
        await library.reindex()


def _command(folders: Folders) -> subprocess.Popen[bytes]:
    env = {**os.environ, "SEEDS_DIR": str(folders.seeds), "DATA_DIR": str(folders.data)}
    return subprocess.Popen([sys.executable, "-m", "bot", "reindex"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _timed(folders: Folders) -> float:
    started = time.monotonic()
    for file in folders.seeds.iterdir():
        file.touch()
    _command(folders).wait()
    return (time.monotonic() - started) * 1.5


def _killed(folders: Folders, seconds: float) -> bool:
    process = _command(folders)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def _differences(folders: Folders, before: int, after: int) -> list[str]:
    """What is not all of the one version or all of the other."""
    with closing(sqlite3.connect(folders.library)) as connection:
        (state,) = connection.execute("PRAGMA integrity_check").fetchone()
    with closing(Reader(folders.library)) as reader, reader.snapshot():
        found = {version: reader.lists([f"v{version}x"]).get(f"v{version}x", (0,))[0] for version in {before, after}}
        articles = reader.coverage().articles
        passages = reader.segments().statistics.passages
    wrong = [] if state == "ok" else [f"integrity_check says {state}"]
    wrong += [] if articles == ARTICLES else [f"{articles} articles"]
    wrong += [] if sorted(found.values()) in ([0, passages], [passages]) else [f"passages by version: {found} of {passages}"]
    return wrong


def _damaged(whole: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(whole))
    if chance.random() < 0.1:
        return whole[:at]
    return whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :]


def _answered(library: Path, question: str) -> object:
    """What a question finds: its quotes with whose words they are, or the sentence of an error."""
    try:
        with closing(Reader(library)) as reader:
            return [(quote.text, quote.start, quote.article) for quote in answer(reader, question).quotes]
    except LibraryError as error:
        return str(error)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--damages", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    main()
