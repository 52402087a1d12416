"""What a kill or a flipped byte does to the library: nothing that a reader could see.

    python -m tests.benchmarks.faults [--kills 100] [--damages 1000] [--seed 1]

A kill ends a reindex, with the merge at its end, or a backup at a random moment; every article must then answer as it was before
or as it is after, all of one kind, and the file must be whole; a backup is there whole or not at all. A damage flips one bit of
the file, or cuts it off; every question must then get the answer of the undamaged file or an error that names a remedy, never
another quote.
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
from dataclasses import replace
from pathlib import Path

from index import Folders, LibraryError, open_library
from index.answering import answer
from index.store import Reader

ARTICLES = 400
PARTS = 10
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
    """Kill reindexes, and every fourth time a backup, at random moments; and say what was wrong after any of them."""
    folders = Folders(place / "kills", place / "kills-data")
    folders.seeds.mkdir()
    asyncio.run(_written(folders, chance, 0, range(PARTS)))
    seconds = {"reindex": _timed(folders, "reindex"), "backup": _timed(folders, "backup", str(place / "first"))}
    failures, killed = [], 0
    for number in range(1, count + 1):
        if number % 4 == 0:
            copy = place / f"backup-{number}"
            killed += _killed(folders, chance.uniform(0.3, 1.1) * seconds["backup"], "backup", str(copy))
            failures += [f"kill {number}: {why}" for why in _backup_differences(folders, copy, number - 1)]
        asyncio.run(_written(folders, chance, number, range(PARTS - 1)))
        _write(folders.seeds, chance, number, PARTS - 1)
        killed += _killed(folders, chance.uniform(0.3, 1.1) * seconds["reindex"], "reindex")
        failures += [f"kill {number}: {why}" for why in _differences(folders, number - 1, number)]
        asyncio.run(_reindexed(folders))
        failures += [f"after kill {number}: {why}" for why in _differences(folders, number, number)]
        print(f"\r{number} of {count}", end="", file=sys.stderr)
    print(f"\n{killed} processes were killed before they had ended", file=sys.stderr)
    return failures


def damages(place: Path, chance: random.Random, count: int) -> list[str]:
    """Damage copies of a library, and say which answers were wrong."""
    folders = Folders(place / "damages", place / "damages-data")
    folders.seeds.mkdir()
    for part in range(PARTS):
        _write(folders.seeds, chance, 0, part, articles=60)
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


async def _written(folders: Folders, chance: random.Random, version: int, parts: range) -> None:
    """Write parts of the articles anew, each with a reindex of its own, so that there are segments to merge."""
    for part in parts:
        _write(folders.seeds, chance, version, part)
        await _reindexed(folders)


def _write(folder: Path, chance: random.Random, version: int, part: int, articles: int = ARTICLES) -> None:
    for number in range(part, articles, PARTS):
        sentences = (" ".join(chance.choices(WORDS, k=9)).capitalize() + "." for _ in range(12))
        (folder / f"{number}.txt").write_text(f"Version v{version}x of a{number}x\n" + "\n".join(sentences), "utf-8")


async def _reindexed(folders: Folders) -> None:
    async with open_library(folders) as library:
        await library.reindex()


def _command(folders: Folders, *arguments: str) -> subprocess.Popen[bytes]:
    env = {**os.environ, "SEEDS_DIR": str(folders.seeds), "DATA_DIR": str(folders.data)}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _timed(folders: Folders, *arguments: str) -> float:
    started = time.monotonic()
    _command(folders, *arguments).wait()
    return time.monotonic() - started


def _killed(folders: Folders, seconds: float, *arguments: str) -> bool:
    process = _command(folders, *arguments)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def _differences(folders: Folders, before: int, after: int) -> list[str]:
    """What is not as a reindex of the last part found it, nor as it left it."""
    found, passages, wrong = _state(folders.library, before, after)
    changing = sum(3 for _ in range(PARTS - 1, ARTICLES, PARTS))  # passages of the last part, twelve sentences an article
    done, not_begun = {before: 0, after: passages}, {before: changing, after: passages - changing}
    return wrong + ([] if before == after or found in (done, not_begun) else [f"passages by version: {found} of {passages}"])


def _backup_differences(folders: Folders, copy: Path, version: int) -> list[str]:
    """What is wrong with the library, or with a backup of it that has its name."""
    wrong = _state(folders.library, version, version)[2]
    return wrong + (_state(copy / folders.library.name, version, version)[2] if copy.exists() else [])


def _state(library: Path, before: int, after: int) -> tuple[dict[int, int], int, list[str]]:
    """The passages of each version, all passages, and what is wrong whatever the version."""
    with closing(sqlite3.connect(library)) as connection:
        (state,) = connection.execute("PRAGMA integrity_check").fetchone()
    with closing(Reader(library)) as reader, reader.snapshot():
        found = {version: reader.lists([f"v{version}x"]).get(f"v{version}x", (0,))[0] for version in {before, after}}
        articles, passages = reader.coverage().articles, reader.segments().statistics.passages
    wrong = [] if state == "ok" else [f"integrity_check says {state}"]
    return found, passages, wrong + ([] if articles == ARTICLES else [f"{articles} articles"])


def _damaged(whole: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(whole))
    if chance.random() < 0.1:
        return whole[:at]
    return whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :]


def _answered(library: Path, question: str) -> object:
    """What a question finds: its quotes with whose words they are, or the sentence of an error.

    Where an article's file lies is left out, which may change without a new revision and no digest is over.
    """
    try:
        with closing(Reader(library)) as reader:
            return [(quote.text, quote.start, replace(quote.article, path="")) for quote in answer(reader, question).quotes]
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
