"""Asking by command: /ask, and "Find coverage" on a message. Knows no message that is written to the bot."""

import asyncio
from datetime import date
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import views
from bot.asking import Face, reply
from bot.client import Interaction, VerbatimBot
from bot.explaining import NotAllowedError
from bot.presenting import QUESTION_CHARACTERS, Asked, message_link, question as as_question
from bot.wording import wording
from index import LibraryError

CHOICES = 25
CHOICE_CHARACTERS = 100
_AUTOCOMPLETE_SECONDS = 1.0

_english = wording().text


class DateTransformer(app_commands.Transformer):
    """A day typed as YYYY-MM-DD."""

    async def transform(self, _interaction: discord.Interaction[Any], value: str, /) -> date:
        """The day."""
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            raise NotAllowedError("errors.no_date") from None


class Ask(commands.Cog):
    """The commands that ask."""

    def __init__(self, bot: VerbatimBot) -> None:
        self.bot = bot
        self._menu = app_commands.ContextMenu(name="Find coverage", callback=self.find_coverage)
        bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take the menu away."""
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(description=_english("commands.ask"))
    @app_commands.describe(
        question=_english("commands.ask_question"),
        source=_english("commands.ask_source"),
        since=_english("commands.ask_since"),
        private=_english("commands.ask_private"),
    )
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    async def ask(
        self,
        interaction: Interaction,
        question: app_commands.Range[str, 1, QUESTION_CHARACTERS],
        source: str | None = None,
        since: app_commands.Transform[date, DateTransformer] | None = None,
        private: bool | None = None,  # noqa: FBT001  an option of the command
    ) -> None:
        """Answer a question."""
        asked = Asked(as_question(question), source=source, since=since)
        async with self.bot.at_work():
            await reply(interaction, asked, Face.SLASH, is_private=private)

    @ask.autocomplete("source")
    async def publishers(self, _interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The publishers that what was typed is part of."""
        return await matching_publishers(self.bot, typed)

    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    async def find_coverage(self, interaction: Interaction, message: discord.Message) -> None:
        """Take a message's text as the question; one that is too long is cut at a word."""
        asked = Asked(_cut(as_question(message.content)))
        if not asked.question:
            raise NotAllowedError("errors.no_text")
        place = message.jump_url.removeprefix(message_link(""))
        async with self.bot.at_work():
            await reply(interaction, asked, Face.COVERAGE, is_private=True, share=place)


async def matching_publishers(bot: VerbatimBot, typed: str) -> list[app_commands.Choice[str]]:
    """The publishers that what was typed is part of, most articles first; none rather than late."""
    try:
        names = await asyncio.wait_for(bot.library.publishers(), _AUTOCOMPLETE_SECONDS)
    except (TimeoutError, LibraryError):
        return []
    fitting = [name for name in names if typed.casefold() in name.casefold() and len(name) <= CHOICE_CHARACTERS]
    return [app_commands.Choice(name=name, value=name) for name in fitting[:CHOICES]]


def _cut(text: str) -> str:
    """The text, or as many whole words from its start as a question may have."""
    if len(text) <= QUESTION_CHARACTERS:
        return text
    return text[: QUESTION_CHARACTERS + 1].rpartition(" ")[0] or text[:QUESTION_CHARACTERS]


async def setup(bot: VerbatimBot) -> None:
    """Add the cog and the buttons of its cards."""
    views.register(bot)
    await bot.add_cog(Ask(bot))
