"""Reindexes as a child process, so that the bot's loop and memory never feel one. Follows its progress; knows no Discord."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import monotonic
from typing import Any

from bot.jsonlines import read_report
from bot.settings import Settings
from index import Progress, ReindexReport

_ROOT = Path(__file__).resolve().parents[1]
_LONGEST_LINE_BYTES = 64 * 2**20  # a report lists every fault
_ENDED = "The bot was ended before the reindex was done. Start it again."

Follow = Callable[[Progress], Awaitable[None]]


class ReindexFailedError(Exception):
    """A reindex that changed nothing; the message says why, and names no folder of the machine's."""


class ReindexGuardedError(ReindexFailedError):
    """A reindex that was refused only because it would remove so many of the articles."""

    def __init__(self, message: str, removed: int, articles: int) -> None:
        super().__init__(message)
        self.removed = removed
        self.articles = articles


class Reindexing:
    """The reindexes of one bot, one at a time; a second caller waits for the first and then runs its own."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = asyncio.Lock()
        self._started = 0.0
        self._process: Process | None = None
        self._is_ended = False
        self.progress: Progress | None = None

    @property
    def is_running(self) -> bool:
        """Whether one is under way."""
        return self._lock.locked()

    @property
    def minutes_left(self) -> int:
        """How long the one under way may still take, at least 1."""
        if self.progress is None or not self.progress.bytes_done:
            return 1
        left = (self.progress.bytes_total - self.progress.bytes_done) / self.progress.bytes_done
        return max(1, round((monotonic() - self._started) * left / 60))

    async def run(self, *, allow_removals: bool = False, follow: Follow | None = None) -> ReindexReport:
        """Reindex to the end; ``follow`` is told how far it is. Cancelled, it ends the child, which then changed nothing.

        Raises:
            ReindexFailedError: nothing was changed.
        """
        async with self._lock:
            self._started = monotonic()
            process = self._process = await self._start(["--allow-removals"] if allow_removals else [])
            try:
                if self._is_ended:
                    raise ReindexFailedError(_ENDED)
                return await self._followed(process, follow)
            finally:
                self.progress = None
                _terminate(process)
                await process.wait()

    def end(self) -> None:
        """Let none begin from now on, and end the one under way: who waits for it is told that it failed."""
        self._is_ended = True
        if self._process:
            _terminate(self._process)

    async def _start(self, options: list[str]) -> Process:
        command = (sys.executable, "-m", "bot", "reindex", "--json", *options)
        return await asyncio.create_subprocess_exec(
            *command,
            cwd=_ROOT,
            env=self._settings.for_child(),
            stdout=PIPE,
            stderr=PIPE,
            limit=_LONGEST_LINE_BYTES,
            start_new_session=True,  # a terminal's Ctrl-C is for the bot to hear, which ends the child
        )

    async def _followed(self, process: Process, follow: Follow | None) -> ReindexReport:
        assert process.stdout  # noqa: S101  it is a pipe
        assert process.stderr  # noqa: S101  it is a pipe
        complaint = asyncio.create_task(process.stderr.read())
        try:
            last = await self._last_line(process.stdout, follow)
            reason = (await complaint).decode(errors="replace").strip().rpartition("\n")[2]
        finally:
            complaint.cancel()
        await process.wait()
        if last.get("event") == "report":
            return read_report(last)
        raise self._failure(last, reason or f"The reindex ended with exit code {process.returncode}.")

    async def _last_line(self, lines: asyncio.StreamReader, follow: Follow | None) -> dict[str, Any]:
        """What the child says at last; its progress is followed until then."""
        last: dict[str, Any] = {}
        async for line in lines:
            last = json.loads(line)
            if last["event"] == "progress":
                self.progress = _progress(last)
                if follow:
                    await follow(self.progress)
        return last

    def _failure(self, last: dict[str, Any], reason: str) -> ReindexFailedError:
        message = _ENDED if self._is_ended else str(last.get("message", reason))
        message = message.replace(str(self._settings.seeds_dir), "SEEDS_DIR").replace(str(self._settings.data_dir), "DATA_DIR")
        if "removed" in last:
            return ReindexGuardedError(message, last["removed"], last["articles"])
        return ReindexFailedError(message)


def _terminate(process: Process) -> None:
    if process.returncode is None:
        process.terminate()


def _progress(values: dict[str, Any]) -> Progress:
    return Progress(**{name: values[name] for name in Progress.__slots__})
