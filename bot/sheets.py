"""A card in the making: text components as long as Discord's limits leave room, and buttons below. Knows no answer."""

from collections.abc import Sequence

import discord

from bot.escaping import literal
from bot.wording import Wording

# https://docs.discord.com/developers/components/reference and discord-api-docs#8554, whose reporter measured the bytes:
# beyond about 10,170 bytes of text, with 12 more for each text component, Discord answers with an error 500.
TEXT_CHARACTERS = 4000
TEXT_BYTES = 9500
TEXT_COMPONENT_BYTES = 12
COMPONENTS = 40
CUSTOM_ID_CHARACTERS = 100

_FRAME = 7  # the container, and a row with its five buttons or two rows with a menu and two buttons


class Card(discord.ui.LayoutView):
    """A message of the bot's, and the ids of the ``articles`` that it quotes."""

    articles: tuple[str, ...] = ()


class Sheet:
    """Text components, taken as long as Discord's limits leave room for them."""

    def __init__(self) -> None:
        self._items: list[discord.ui.Item[discord.ui.LayoutView]] = []
        self._characters = 0
        self._bytes = 0

    def add(self, *contents: str, name: int | None = None, separated: bool = False) -> bool:
        """Add texts if there is room for all of them, and say whether there was. ``name`` is the id of the only one."""
        characters = self._characters + sum(map(len, contents))
        size = self._bytes + sum(len(content.encode()) + TEXT_COMPONENT_BYTES for content in contents)
        items = len(self._items) + len(contents) + separated
        if characters > TEXT_CHARACTERS or size > TEXT_BYTES or items > COMPONENTS - _FRAME:
            return False
        if separated:
            self._items.append(discord.ui.Separator())
        self._items += (discord.ui.TextDisplay(content, id=name) for content in contents)
        self._characters, self._bytes = characters, size
        return True

    def add_value(self, wording: Wording, key: str, value: str, name: int) -> None:
        """Add a line in small print whose one value can be read back."""
        self.add(f"-# {wording.text(key, value=f'**{literal(value)}**')}", name=name)

    def view(self, *rows: Sequence[discord.ui.Item[discord.ui.LayoutView]]) -> Card:
        """The card. It holds no callback, so that no client keeps it: views.py knows its buttons by their custom_ids."""
        view = Card(timeout=None)
        view.add_item(discord.ui.Container(*self._items))
        for row in filter(None, rows):
            view.add_item(discord.ui.ActionRow(*row))
        view.stop()
        return view


def notice(markdown: str, *buttons: discord.ui.Item[discord.ui.LayoutView]) -> Card:
    """The bot's own words, with buttons below; other people's words among them are literal already.

    Where there are too many, the last lines are left out, with the mark of it.
    """
    sheet = Sheet()
    if not sheet.add(markdown):
        kept = markdown[:TEXT_CHARACTERS]
        while not sheet.add(f"{kept}\n…"):
            kept = kept.rpartition("\n")[0] or kept[: len(kept) // 2]
    return sheet.view(buttons)


def custom_id(action: str, *arguments: str) -> str:
    """A button's name: what it does, and to what."""
    return "|".join(("v1", action, *arguments))


def button(
    label: str, name: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary
) -> discord.ui.Button[discord.ui.LayoutView]:
    """A button that :mod:`bot.views` knows by its custom_id."""
    return discord.ui.Button(label=label, style=style, custom_id=name)


def cut(text: str, characters: int) -> str:
    """A text that is no quote, shortened where it is too long, with the mark of it."""
    return text if len(text) <= characters else f"{text[: characters - 1].rstrip()}…"
