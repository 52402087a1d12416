"""The commands as Discord lists them: registered only where they changed, and described in the catalogues' languages."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands

from bot.records import Records
from bot.wording import LANGUAGES, wording

Tree = app_commands.CommandTree[Any]

_DESCRIPTIONS = {
    app_commands.TranslationContextLocation.command_description,
    app_commands.TranslationContextLocation.parameter_description,
    app_commands.TranslationContextLocation.choice_name,
}


async def sync(tree: Tree, records: Records, server: discord.Object | None = None, *, is_forced: bool = False) -> bool:
    """Register the commands of everywhere, or of one server, if they are not the ones that were; say whether they had to be."""
    digest = await _digest(tree, server)
    of = server.id if server else None
    if not is_forced and await records.about("commands", of) == digest:
        return False
    await tree.sync(guild=server)
    await records.keep("commands", digest, of)
    return True


async def is_synced(tree: Tree, records: Records, server: discord.Object | None = None) -> bool:
    """Whether Discord lists the commands of everywhere, or of one server, as they are.

    It is asked for all but the translations, which it lists in another way than it takes them: those are as they were registered.
    """
    listed = [_outline(one.to_dict()) for one in await tree.fetch_commands(guild=server)]
    own = [_outline(one.to_dict(tree)) for one in tree.get_commands(guild=server)]
    registered = await records.about("commands", server.id if server else None)
    return sorted(listed) == sorted(own) and registered == await _digest(tree, server)


def _outline(command: Mapping[str, Any]) -> tuple[Any, ...]:
    options = [_outline(option) for option in command.get("options", ())]
    return command["type"], command["name"], command.get("description", ""), options


async def _digest(tree: Tree, server: discord.Object | None) -> str:
    translator = tree.translator
    assert translator  # noqa: S101  set before anything is registered
    payload = [await command.get_translated_payload(tree, translator) for command in tree.get_commands(guild=server)]
    about = [discord.__version__, tree.client.application_id, payload]
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()


class Translator(app_commands.Translator):
    """Descriptions in the languages of the catalogues. Names of commands stay as they are."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """The catalogue's entry whose English is the string."""
        code = language_of(locale)
        return wording(code).described(string.message) if code and context.location in _DESCRIPTIONS else None


def language_of(locale: discord.Locale) -> str:
    """The catalogue for a locale; "" where there is none."""
    code = locale.value.partition("-")[0]
    return code if code in LANGUAGES else ""
