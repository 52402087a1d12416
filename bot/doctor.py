"""What may be wrong with a bot, and the remedy of each, before a member finds out. Logs in, and answers nobody."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

import discord

from bot import registering
from bot.client import PERMISSIONS, VerbatimBot
from bot.errors import UnreachableError
from bot.running import PORTAL, refusals, token
from bot.settings import SettingsError
from index import Library, LibraryError

_LOOKED_AT_SERVERS = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``remedy`` is "" where all is well."""

    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"to do  {self.what} {self.remedy}" if self.remedy else f"ok     {self.what}"


class ExaminedBot(VerbatimBot):
    """The bot with its commands and without its chores: logging in changes nothing."""

    async def setup_hook(self) -> None:
        """Load the cogs alone."""
        await self.load_cogs()


async def examine(bot: ExaminedBot, *, is_sync_forced: bool) -> AsyncIterator[Finding]:
    """All that can be looked at, in the order in which it has to be mended."""
    async for finding in _of_discord(bot, is_sync_forced=is_sync_forced):
        yield finding
    async for finding in _of_library(bot.library):
        yield finding
    if bot.settings.contact:
        yield Finding(f"Members are told to write to {bot.settings.contact}.")
    else:
        yield Finding("CONTACT is empty.", "Set it to an address that /privacy shows to members.")


async def _of_discord(bot: ExaminedBot, *, is_sync_forced: bool) -> AsyncIterator[Finding]:
    try:
        with refusals():
            await bot.login(token(bot))
            yield Finding(f"Discord knows the token: {bot.user}.")
            yield _intents(bot)
            servers = [guild async for guild in bot.fetch_guilds(limit=None)]
            async for finding in _permissions(bot, servers):
                yield finding
            for place in (None, *(bot.settings.home_servers or (guild.id for guild in servers))):
                yield await _commands(bot, place, is_forced=is_sync_forced)
    except (SettingsError, UnreachableError) as error:
        yield _of_error(error)


def _intents(bot: ExaminedBot) -> Finding:
    flags = bot.application_flags
    is_granted = flags.gateway_message_content or flags.gateway_message_content_limited
    if bot.settings.message_content and not is_granted:
        return Finding("MESSAGE_CONTENT is 1, but the intent is off.", f"Switch it on at {PORTAL} (Bot, Message Content Intent).")
    return Finding("The intents asked for are granted.")


async def _permissions(bot: ExaminedBot, servers: Sequence[discord.Guild]) -> AsyncIterator[Finding]:
    if not servers:
        yield Finding("The bot is in no server.", f"Invite it: {bot.invite}")
    if len(servers) > 1 and not bot.settings.home_servers:
        remedy = "Set HOME_SERVERS to the ids of those whose admins may."
        yield Finding(f"The bot is in {len(servers)} servers, and in none may admins change the articles.", remedy)
    for partial in servers[:_LOOKED_AT_SERVERS]:
        guild = await bot.fetch_guild(partial.id)
        me = await guild.fetch_member(bot.user.id if bot.user else 0)
        missing = [name for name, is_needed in PERMISSIONS if is_needed and not getattr(me.guild_permissions, name)]
        if missing:
            yield Finding(f"{guild.name} does not give {', '.join(missing)}.", "Give its role these, or invite it again.")
        else:
            yield Finding(f"{guild.name} gives every permission needed.")


async def _commands(bot: ExaminedBot, server: int | None, *, is_forced: bool) -> Finding:
    """Those of everywhere, or those for the admins of one server."""
    what = f"the commands for the admins of server {server}" if server else "the commands"
    place = bot.at_home(server) if server else None
    try:
        if is_forced:
            await registering.sync(bot.tree, bot.records, place, is_forced=True)
            return Finding(f"Registered anew: {what}.")
        if await registering.is_synced(bot.tree, bot.records, place):
            return Finding(f"Discord lists {what} as they are.")
    except (discord.Forbidden, discord.NotFound) as error:
        return Finding(f"Discord does not take {what} ({error}).", f"Invite the bot there: {bot.invite}")
    return Finding(f"Discord does not list {what} as they are.", "Start the bot, or: python -m bot doctor --sync")


async def _of_library(library: Library) -> AsyncIterator[Finding]:
    try:
        if await library.needs_reindex():
            yield Finding("The articles are not indexed.", "Index them: python -m bot reindex")
            return
        listings = await library.sources()
        yield Finding(f"{len(listings):,} articles are indexed.")
        if samples := sum(one.article.sample for one in listings):
            yield Finding(f"{samples:,} of them are sample texts.", "Set SEEDS_DIR to a folder of your own articles.")
        if await library.is_stale():
            yield Finding("Files changed since the last reindex.", "Take them in: python -m bot reindex")
    except LibraryError as error:
        yield _of_error(error)


def _of_error(error: Exception) -> Finding:
    """What an error's sentences say; the last is its remedy."""
    what, _, remedy = str(error).rpartition(". ")
    return Finding(f"{what}.", remedy)
