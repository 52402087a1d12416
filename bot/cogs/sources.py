"""/sources: browsing the articles, asking about one, and leaving one out, in one server or everywhere."""

from collections.abc import Sequence

import discord
from discord import app_commands
from discord.ext import commands

from bot.access import Place, is_installed
from bot.asking import Face, in_time, reply
from bot.browsing import ABOUT, PAGE_ARTICLES, WITHDRAW, Page, Standing, article, headlines
from bot.client import Interaction, VerbatimBot
from bot.cogs.ask import matching_publishers
from bot.explaining import GoneError, NotAllowedError
from bot.presenting import QUESTION_CHARACTERS, Asked, question
from bot.records import EVERYWHERE, ServerSettings, Withdrawal
from bot.reindexing import ReindexFailedError
from bot.sheets import custom_id
from bot.views import REASON_CHARACTERS, Button, Pressed, form, text_field
from bot.wording import wording
from index import EmptyLibraryError, IndexedArticle

_OPENING_CHARACTERS = 600  # where QUOTE_CHARACTERS sets no limit
_REVISION = r"(?P<revision>\w+)"
_english = wording().text


class Sources(commands.Cog):
    """The articles, to be browsed."""

    @app_commands.command(description=_english("commands.sources"))
    @app_commands.describe(publisher=_english("commands.sources_publisher"))
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    async def sources(self, interaction: Interaction, publisher: str = "") -> None:
        """Show the first page."""
        view = await in_time(interaction, _first_page(interaction, publisher))
        await interaction.client.show(interaction, view)

    @sources.autocomplete("publisher")
    async def publishers(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The publishers that what was typed is part of."""
        return await matching_publishers(interaction.client, typed)


# Pages


async def _first_page(interaction: Interaction, source: str) -> discord.ui.LayoutView:
    """The first page, for whom the operator opened the articles to at all."""
    if await interaction.client.refusal(Place.of_interaction(interaction), ServerSettings()):
        raise NotAllowedError("errors.closed")
    return await _page(interaction, 0, source)


async def _page(interaction: Interaction, number: int, source: str) -> discord.ui.LayoutView:
    bot = interaction.client
    words = await bot.private_wording(interaction)
    coverage = await bot.library.coverage()
    is_admin = _is_admin(interaction)
    failure = await bot.reindex_failure() if is_admin else ""
    if not coverage.articles and failure and not bot.reindexing.is_running:
        raise ReindexFailedError(failure)
    if not coverage.articles:
        raise EmptyLibraryError
    left_out = {one.article for one in await bot.records.withdrawals(interaction.guild_id)}
    found = await bot.library.sources(source or None, first=number * PAGE_ARTICLES, limit=PAGE_ARTICLES)
    listings = [one for one in found if is_admin or one.article.id not in left_out]
    articles = await _count(bot, source, coverage.articles)
    page = Page(listings, number, -(-articles // PAGE_ARTICLES), source, left_out)
    return headlines(page, coverage, await bot.library.reindexed_at(), failure, words)


async def _count(bot: VerbatimBot, source: str, articles: int) -> int:
    if not source:
        return articles
    return next((count for name, count in (await bot.library.publishers()).items() if name.casefold() == source.casefold()), 0)


class Turn(Pressed[Button], template=r"v1\|page\|(?P<number>\d+)\|(?P<source>.*)"):
    """Turns to another page, in place."""

    async def pressed(self, interaction: Interaction) -> None:
        """Show it."""
        view = await _page(interaction, int(self.match["number"]), self.match["source"])
        await interaction.response.edit_message(view=view, suppress_embeds=True)


class Open(Pressed[discord.ui.Select[discord.ui.LayoutView]], template=r"v1\|article"):
    """Opens one of a page's articles."""

    async def pressed(self, interaction: Interaction) -> None:
        """Show its card."""
        indexed = await _article(interaction, self.item.values[0])
        await interaction.client.show(interaction, await _card(interaction, indexed))


# One article


async def _article(interaction: Interaction, revision: str) -> IndexedArticle:
    """The article, if it is still there and this person may see it."""
    indexed = await interaction.client.library.article(revision)
    if indexed is None:
        raise GoneError
    left_out = {one.article for one in await interaction.client.records.withdrawals(interaction.guild_id)}
    if indexed.article.attribution.id in left_out and not _is_admin(interaction):
        raise GoneError
    return indexed


async def _card(interaction: Interaction, indexed: IndexedArticle) -> discord.ui.LayoutView:
    bot, name = interaction.client, indexed.article.attribution.id
    found = {one.server: one for one in await bot.records.withdrawals(interaction.guild_id) if one.article == name}
    standing = Standing(
        is_hidden=interaction.guild_id in found,
        withdrawal=found.get(EVERYWHERE),
        may_hide=_is_admin(interaction),
        may_withdraw=await bot.is_home_admin(interaction),
    )
    characters = bot.settings.quote_characters or _OPENING_CHARACTERS
    return article(indexed, standing, characters, await bot.private_wording(interaction))


def _is_admin(interaction: Interaction) -> bool:
    return interaction.guild_id is not None and is_installed(interaction) and interaction.permissions.manage_guild


class About(Pressed[Button], template=rf"v1\|about\|{_REVISION}"):
    """Opens a form for a question about one article."""

    async def pressed(self, interaction: Interaction) -> None:
        """Open it."""
        words = await interaction.client.private_wording(interaction)
        await _article(interaction, self.match["revision"])
        field = text_field(words.text("form.question"), "question", most=QUESTION_CHARACTERS)
        await interaction.response.send_modal(form(words.text("form.about"), custom_id(ABOUT, self.match["revision"]), field))


async def ask_about(interaction: Interaction, arguments: Sequence[str], values: dict[str, str]) -> None:
    """Answer a question from one article alone."""
    await reply(interaction, Asked(question(values["question"]), article=arguments[0]), Face.ABOUT, is_private=True)


class Hide(Pressed[Button], template=rf"v1\|hide\|{_REVISION}"):
    """Leaves an article out of one server's answers."""

    async def pressed(self, interaction: Interaction) -> None:
        """Hide it there."""
        await interaction.client.check_admin(interaction)
        await _leave_out(interaction, self.match["revision"], interaction.guild_id or 0, "")


class Show(Pressed[Button], template=rf"v1\|show\|{_REVISION}"):
    """Takes that back."""

    async def pressed(self, interaction: Interaction) -> None:
        """Show it there again."""
        await interaction.client.check_admin(interaction)
        await _take_back(interaction, self.match["revision"], interaction.guild_id or 0)


class Withdraw(Pressed[Button], template=rf"v1\|withdraw\|{_REVISION}"):
    """Opens a form for why an article has to leave all answers."""

    async def pressed(self, interaction: Interaction) -> None:
        """Open it."""
        await interaction.client.check_home_admin(interaction)
        words = await interaction.client.private_wording(interaction)
        field = text_field(words.text("form.reason"), "reason", most=REASON_CHARACTERS, is_long=True)
        await interaction.response.send_modal(form(words.text("form.withdraw"), custom_id(WITHDRAW, self.match["revision"]), field))


async def withdraw(interaction: Interaction, arguments: Sequence[str], values: dict[str, str]) -> None:
    """Leave an article out everywhere."""
    await interaction.client.check_home_admin(interaction)
    await _leave_out(interaction, arguments[0], EVERYWHERE, values["reason"])


class Restore(Pressed[Button], template=rf"v1\|restore\|{_REVISION}"):
    """Takes a withdrawal back."""

    async def pressed(self, interaction: Interaction) -> None:
        """Let it be quoted again."""
        await interaction.client.check_home_admin(interaction)
        await _take_back(interaction, self.match["revision"], EVERYWHERE)


async def _leave_out(interaction: Interaction, revision: str, server: int, reason: str) -> None:
    indexed = await _article(interaction, revision)
    name = indexed.article.attribution.id
    await interaction.client.records.withdraw(Withdrawal(name, server, reason, interaction.user.id))
    await interaction.response.edit_message(view=await _card(interaction, indexed), suppress_embeds=True)


async def _take_back(interaction: Interaction, revision: str, server: int) -> None:
    indexed = await _article(interaction, revision)
    await interaction.client.records.restore(indexed.article.attribution.id, server)
    await interaction.response.edit_message(view=await _card(interaction, indexed), suppress_embeds=True)


async def setup(bot: VerbatimBot) -> None:
    """Add the cog, its buttons and its forms."""
    bot.add_dynamic_items(Turn, Open, About, Hide, Show, Withdraw, Restore)
    bot.forms.update({ABOUT: ask_about, WITHDRAW: withdraw})
    await bot.add_cog(Sources())
