"""From the login to the end: signals, a drain, and what a refused login means. Knows no question."""

import asyncio
import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import aiohttp
import discord

from bot.client import VerbatimBot
from bot.errors import UnreachableError
from bot.settings import MissingTokenError, SettingsError

PORTAL = "https://discord.com/developers/applications"

_FAILURES = (discord.HTTPException, discord.RateLimited, discord.GatewayNotFound, discord.ConnectionClosed, TimeoutError)

_log = logging.getLogger(__name__)


async def run(bot: VerbatimBot) -> None:
    """Answer until SIGTERM or Ctrl-C, then let the questions that are being answered finish.

    Raises:
        SettingsError: Discord refused the token or an intent.
        UnreachableError: it could not be reached, or did not answer as it should.
    """
    running = asyncio.create_task(_connected(bot))
    stop = asyncio.create_task(_stopped())
    try:
        await asyncio.wait({running, stop}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
            return
        _log.info("Ending: no new questions, %d are being answered.", bot.questions)
        await bot.drain()
        await bot.close()
    finally:
        stop.cancel()
        running.cancel()  # it may still be logging in
        await asyncio.wait({running})


async def _stopped() -> None:
    stopped = asyncio.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows ends a process in its own ways
            asyncio.get_running_loop().add_signal_handler(one, stopped.set)
    await stopped.wait()


async def _connected(bot: VerbatimBot) -> None:
    with refusals():
        await bot.start(token(bot))


def token(bot: VerbatimBot) -> str:
    """The token to log in with.

    Raises:
        MissingTokenError: none is set.
    """
    if bot.settings.discord_token is None:
        raise MissingTokenError
    return bot.settings.discord_token


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what Discord refuses at the login into a sentence that names both places."""
    try:
        yield
    except discord.LoginFailure as error:
        remedy = f"Make a new one at {PORTAL} (Bot, Reset Token) and put it into .env."
        raise SettingsError("DISCORD_TOKEN", "was refused by Discord", remedy) from error
    except discord.PrivilegedIntentsRequired as error:
        remedy = f"Switch it on at {PORTAL} (Bot, Message Content Intent), or set MESSAGE_CONTENT=0 in .env."
        raise SettingsError("MESSAGE_CONTENT", "is 1, but the intent is off in Discord", remedy) from error
    except aiohttp.ClientConnectionError as error:
        raise UnreachableError(f"Discord cannot be reached ({error}). Check the connection, then start again.") from error
    except _FAILURES as error:
        why = str(error) or type(error).__name__
        raise UnreachableError(f"Discord refused or did not answer ({why}). Try again in a minute.") from error
