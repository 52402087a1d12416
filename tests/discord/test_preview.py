"""The way to try the bot without a token."""

import json

from tests.discord.preview import QUESTION, page


async def test_the_preview_shows_an_answer_of_the_seeds_with_live_buttons() -> None:
    """The page that the README names, and the picture in it."""
    async with page(QUESTION, layout="channel") as preview:
        shown = json.dumps(await preview.snapshot(), ensure_ascii=False)
        assert preview.url.startswith("http://127.0.0.1:")

    assert "Katherine Menendez" in shown
    assert all(f'"{label}"' in shown for label in ("More", "Follow up", "Report", "Delete"))
