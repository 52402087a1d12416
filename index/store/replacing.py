"""The library's file as a whole: who may write it, and how one built aside takes its place."""

from __future__ import annotations

import os
import sqlite3
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from index.errors import ReindexRunningError
from index.store.connecting import connected
from index.store.schema import BUSY_SECONDS, is_damage, translated

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@asynccontextmanager
async def reindex_lock(path: Path) -> AsyncIterator[None]:
    """Hold the lock that one reindex at a time may have; a process that is killed lets go of it.

    Whoever holds it says so in a file beside it, since nobody can read a locked database.

    Raises:
        ReindexRunningError: another process holds it.
    """
    with translated(path):
        async with connected(path, busy_seconds=0, isolation_level=None) as lock:
            try:
                await lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
                raise ReindexRunningError(_holder(path)) from error
            _sign(path)
            yield


def _sign(lock: Path) -> None:
    lock.with_suffix(".holder").write_text(f"process {os.getpid()}, since {datetime.now().astimezone():%H:%M}", "utf-8")


def _holder(lock: Path) -> str:
    try:
        return lock.with_suffix(".holder").read_text("utf-8")
    except FileNotFoundError:  # it holds the lock for so short a time that it has not said so yet
        return "another process"


async def replace(path: Path, rebuilt: Path) -> None:
    """Put a library that was built aside in the place of the old one, in one transaction; its readers see one or the other."""
    async with connected(rebuilt) as source:
        try:
            async with connected(path, busy_seconds=BUSY_SECONDS) as target:
                await source.backup(target)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            _empty(path)
            async with connected(path) as target:
                await source.backup(target)
    remove(rebuilt)


def _empty(path: Path) -> None:
    """Make a file that is no database an empty one, in its place, for those who have it open."""
    _remove_beside(path)
    path.write_bytes(b"")


def remove(path: Path) -> None:
    """Delete a library file with what SQLite keeps beside it."""
    path.unlink(missing_ok=True)
    _remove_beside(path)


def _remove_beside(path: Path) -> None:
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
