"""/settings: what a server's admins choose. Numbers and words as options of the command, channels and roles in menus below."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import Interaction, VerbatimBot
from bot.records import ServerSettings
from bot.sheets import Sheet, custom_id
from bot.views import Pressed
from bot.wording import LANGUAGES, Wording, wording

MOST_CHOSEN = 25  # a menu of Discord's
_english = wording().text
_NO_LANGUAGE = "own"
_LANGUAGE_CHOICES = [
    app_commands.Choice(name=app_commands.locale_str(_english("commands.settings_language_own")), value=_NO_LANGUAGE),
    *(app_commands.Choice(name=wording(code).own_name, value=code) for code in LANGUAGES),
]

ChannelMenu = discord.ui.ChannelSelect[discord.ui.LayoutView]
RoleMenu = discord.ui.RoleSelect[discord.ui.LayoutView]


class Settings(commands.Cog):
    """A server's settings."""

    @app_commands.command(description=_english("commands.settings"))
    @app_commands.describe(
        private=_english("commands.settings_private"),
        cooldown=_english("commands.settings_cooldown"),
        per_minute=_english("commands.settings_per_minute"),
        quotes=_english("commands.settings_quotes"),
        language=_english("commands.settings_language"),
    )
    @app_commands.choices(language=_LANGUAGE_CHOICES)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def settings(
        self,
        interaction: Interaction,
        private: bool | None = None,  # noqa: FBT001  an option of the command
        cooldown: app_commands.Range[int, 0, 3600] | None = None,
        per_minute: app_commands.Range[int, 1, 600] | None = None,
        quotes: app_commands.Range[int, 1, 3] | None = None,
        language: str | None = None,
    ) -> None:
        """Change what is given, and show how things stand."""
        code = "" if language == _NO_LANGUAGE else language
        given = {"private": private, "cooldown": cooldown, "per_minute": per_minute, "quotes": quotes, "language": code}
        changes = {name: value for name, value in given.items() if value is not None}
        view = await _changed(interaction, lambda chosen: replace(chosen, **changes))  # type: ignore[arg-type]  # by name
        await interaction.response.send_message(view=view, ephemeral=True, suppress_embeds=True)


async def _changed(interaction: Interaction, change: Callable[[ServerSettings], ServerSettings]) -> discord.ui.LayoutView:
    """Change the settings of the server, and give the card that shows them."""
    bot, server = interaction.client, interaction.guild_id or 0
    await bot.check_admin(interaction)
    chosen = await bot.records.change_settings(server, change)
    return _card(chosen, await bot.private_wording(interaction), has_message_content=bot.settings.message_content)


def _card(chosen: ServerSettings, words: Wording, *, has_message_content: bool) -> discord.ui.LayoutView:
    sheet = Sheet()
    sheet.add("\n".join(_lines(chosen, words)))
    if not has_message_content:
        sheet.add(f"-# {words.text('settings.no_message_content')}")
    channels = _channel_menu("channels", chosen.channels, MOST_CHOSEN, words)
    asked = [chosen.question_channel] if chosen.question_channel else []
    question_channel = _channel_menu("question_channel", asked, 1, words)
    roles: RoleMenu = discord.ui.RoleSelect(
        custom_id=custom_id("set", "roles"),
        placeholder=words.text("settings.roles"),
        min_values=0,
        max_values=MOST_CHOSEN,
        default_values=_objects(chosen.roles, discord.Role),
    )
    return sheet.view([question_channel] if has_message_content else [], [channels], [roles])


def _channel_menu(name: str, chosen: Sequence[int], most: int, words: Wording) -> ChannelMenu:
    return discord.ui.ChannelSelect(
        custom_id=custom_id("set", name),
        placeholder=words.text(f"settings.{name}"),
        channel_types=[discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum],
        min_values=0,
        max_values=most,
        default_values=_objects(chosen, discord.TextChannel),
    )


def _objects(ids: Sequence[int], kind: type[discord.abc.Snowflake]) -> list[discord.Object]:
    return [discord.Object(one, type=kind) for one in ids]


def _lines(chosen: ServerSettings, words: Wording) -> list[str]:
    everywhere, everyone = words.text("settings.everywhere"), words.text("settings.everyone")
    values = {
        "question_channel": f"<#{chosen.question_channel}>" if chosen.question_channel else words.text("settings.none"),
        "channels": words.listed([f"<#{one}>" for one in chosen.channels] or [everywhere], "and"),
        "roles": words.listed([f"<@&{one}>" for one in chosen.roles] or [everyone], "and"),
        "private": words.text("settings.private_on" if chosen.private else "settings.private_off"),
        "cooldown": words.count("second", chosen.cooldown),
        "per_minute": words.number(chosen.per_minute),
        "quotes": words.number(chosen.quotes),
        "language": wording(chosen.language).own_name if chosen.language else words.text("settings.each_own"),
    }
    return [f"{words.text(f'settings.{name}')}: **{value}**" for name, value in values.items()]


class ChooseChannels(Pressed[ChannelMenu], template=r"v1\|set\|(?P<name>question_channel|channels)"):
    """Chooses the question channel, or the channels it answers in."""

    async def pressed(self, interaction: Interaction) -> None:
        """Keep the choice."""
        ids = tuple(channel.id for channel in self.item.values)
        if self.match["name"] == "question_channel":
            view = await _changed(interaction, lambda chosen: replace(chosen, question_channel=ids[0] if ids else None))
        else:
            view = await _changed(interaction, lambda chosen: replace(chosen, channels=ids))
        await interaction.response.edit_message(view=view, suppress_embeds=True)


class ChooseRoles(Pressed[RoleMenu], template=r"v1\|set\|roles"):
    """Chooses who may ask."""

    async def pressed(self, interaction: Interaction) -> None:
        """Keep the choice."""
        ids = tuple(role.id for role in self.item.values)
        view = await _changed(interaction, lambda chosen: replace(chosen, roles=ids))
        await interaction.response.edit_message(view=view, suppress_embeds=True)


async def setup(bot: VerbatimBot) -> None:
    """Add the cog and its menus."""
    bot.add_dynamic_items(ChooseChannels, ChooseRoles)
    await bot.add_cog(Settings())
