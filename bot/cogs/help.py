"""/help and /privacy: how to ask, what is kept of it, and how to have it erased."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Interaction, VerbatimBot
from bot.escaping import literal
from bot.records import KEPT_DAYS
from bot.sheets import button, custom_id, notice
from bot.views import Button, Pressed
from bot.wording import wording

_english = wording().text


class Help(commands.Cog):
    """What everyone should know."""

    @app_commands.command(description=_english("commands.help"))
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    async def help(self, interaction: Interaction) -> None:
        """Say how to ask; to an admin, also how to begin."""
        bot = interaction.client
        words = await bot.private_wording(interaction)
        parts = [words.text("help.members", bot=bot.user.mention if bot.user else "")]
        if interaction.guild_id and interaction.permissions.manage_guild:
            parts.append(words.text("help.home_admins" if await bot.is_home_admin(interaction) else "help.admins"))
        await bot.tell(interaction, "\n\n".join(parts))

    @app_commands.command(description=_english("commands.privacy"))
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    @app_commands.allowed_installs(guilds=True, users=True)
    async def privacy(self, interaction: Interaction) -> None:
        """Say what is kept, and offer to erase it."""
        bot = interaction.client
        words = await bot.private_wording(interaction)
        contact = literal(bot.settings.contact) or words.text("privacy.no_contact")
        kept = await bot.records.answers_of(interaction.user.id)
        text = words.text("privacy.text", days=KEPT_DAYS, contact=contact, kept=words.count("row", kept))
        erase = button(words.text("button.erase"), custom_id("erase"), discord.ButtonStyle.danger)
        await bot.show(interaction, notice(text, erase))


class Erase(Pressed[Button], template=r"v1\|erase"):
    """Erases what is kept of the person who presses it."""

    async def pressed(self, interaction: Interaction) -> None:
        """Do it."""
        bot = interaction.client
        await bot.records.forget_member(interaction.user.id)
        words = await bot.private_wording(interaction)
        await interaction.response.edit_message(view=notice(words.text("privacy.erased")), suppress_embeds=True)


async def setup(bot: VerbatimBot) -> None:
    """Add the cog and its button."""
    bot.add_dynamic_items(Erase)
    await bot.add_cog(Help())
