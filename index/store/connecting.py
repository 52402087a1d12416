"""An SQLite file opened for what is awaited, by a thread that never outlives the loop it reports to. Knows no table."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Literal

import aiosqlite

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

ROWS = 4096
"""Read in one hop to the thread: by 64, which is aiosqlite's choice, going through 40,000 files takes 2,600 hops."""


@asynccontextmanager
async def connected(
    path: Path, *, busy_seconds: float = 5.0, isolation_level: Literal["DEFERRED"] | None = "DEFERRED"
) -> AsyncIterator[aiosqlite.Connection]:
    """The file, as :func:`sqlite3.connect` opens it; it waits so many ``busy_seconds`` for another process.

    Raises:
        sqlite3.Error: it cannot be opened, or whatever is done with it fails.
    """
    opening = aiosqlite.connect(path, iter_chunk_size=ROWS, timeout=busy_seconds, isolation_level=isolation_level)
    try:
        connection = await opening
    except BaseException:
        thread = opening._thread  # noqa: SLF001  aiosqlite tells it to end, and does not wait until it did
        await asyncio.to_thread(thread.join)
        raise
    try:
        yield connection
    finally:
        await connection.close()
