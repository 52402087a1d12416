"""A card in the making: what finds no room is never left out in silence."""

import discord
import pytest

from bot.sheets import TEXT_BYTES, TEXT_CHARACTERS, notice


def text(markdown: str) -> str:
    """What a notice shows."""
    (shown,) = (item for item in notice(markdown).walk_children() if isinstance(item, discord.ui.TextDisplay))
    return shown.content


def test_a_notice_is_shown_as_it_is() -> None:
    """As long as there is room."""
    longest = "x" * TEXT_CHARACTERS

    assert text("Erased.") == "Erased."
    assert text(longest) == longest


@pytest.mark.parametrize("line", ["a short line", "漢" * 50, "x" * 9000, "漢" * 9000])
def test_a_notice_that_is_too_long_says_that_there_is_more(line: str) -> None:
    """Whole lines, where there are any."""
    shown = text("\n".join([line] * 900))

    assert shown.endswith("\n…")
    assert len(shown) <= TEXT_CHARACTERS
    assert TEXT_BYTES / 5 < len(shown.encode()) < TEXT_BYTES
    assert {*shown.splitlines()[:-1]} == {line if line in shown else shown.splitlines()[0]}
