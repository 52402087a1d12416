"""The commands that need Discord: settings → library, records → bot. Opens all that the bot needs.

Apart from app.py, since a command of the terminal needs none of it, and to import Discord's library takes a third of its start.
"""

import gc
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot import doctor, running
from bot.app import open_articles
from bot.client import VerbatimBot
from bot.records import open_records
from bot.settings import MissingTokenError, Settings


@asynccontextmanager
async def open_bot(settings: Settings, *, shard_count: int | None = None) -> AsyncIterator[VerbatimBot]:
    """The bot with all that it needs, not yet logged in."""
    async with (
        open_articles(settings) as library,
        open_records(settings.records) as records,
        VerbatimBot(settings, library, records, shard_count=shard_count) as bot,
    ):
        yield bot


async def run(settings: Settings) -> int:
    """Answer in Discord until told to end."""
    if settings.discord_token is None:
        raise MissingTokenError
    log_to_stderr(settings.log_level)
    async with open_bot(settings) as bot:
        await bot.library.prepare()
        gc.freeze()  # what was imported and read stays; to look through it for garbage took 40 ms, in which no event was heard
        await running.run(bot)
    return 0


def log_to_stderr(level: str) -> None:
    """Log what is at least as important as ``level``; of the libraries nothing below INFO, where they log what members write."""
    logging.basicConfig(level=level, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for library in ("discord", "aiosqlite", "asyncio"):
        logging.getLogger(library).setLevel(max(logging.INFO, logging.getLogger().level))


async def examine(settings: Settings, *, sync: bool) -> int:
    """Say what is well and what is to be done; 1 where something is."""
    is_well = True
    async with (
        open_articles(settings) as library,
        open_records(settings.records) as records,
        doctor.ExaminedBot(settings, library, records) as bot,
    ):
        async for finding in doctor.examine(bot, is_sync_forced=sync):
            print(finding)
            is_well &= not finding.remedy
    return 0 if is_well else 1
