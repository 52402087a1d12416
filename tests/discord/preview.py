"""The bot on the seeds in a local browser page: its real answers, its real buttons, no token and no Discord.

python -m tests.discord.preview              prints an address to open
python -m tests.discord.preview --png FILE   writes a picture of an answer; needs Debian's chromium on PATH

A picture taken before the page was connected shows grey buttons: take it again.
"""

import argparse
import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

import simcord
from PIL import Image, ImageChops
from simcord.preview import Preview

from bot.serving import open_bot
from bot.settings import Settings

QUESTION = "Which judge turned down Minnesota's request for a restraining order?"
SEEDS = Path(__file__).resolve().parents[2] / "seeds"
_WIDTH, _HEIGHT = 760, 900
_BAR, _MARGIN, _NOISE = 222, 24, 16  # in the picture's pixels, two for one of the page's
_BROWSER = (
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--virtual-time-budget=30000",
    "--force-device-scale-factor=2",
)  # fmt: skip


@asynccontextmanager
async def page(question: str, *, layout: Literal["message", "channel"]) -> AsyncIterator[Preview]:
    """A channel in which alice has asked the bot, served on loopback."""
    with tempfile.TemporaryDirectory() as data:
        settings = Settings.from_env({"SEEDS_DIR": str(SEEDS), "DATA_DIR": data})
        async with open_bot(settings, shard_count=1) as bot:
            await bot.library.reindex()
            running = simcord.run(bot, settle_timeout=30)
            running._env.backend.bot_user.name = "Verbatim"
            async with running as env:
                guild = env.create_guild("Newsroom")
                channel = guild.create_text_channel("news")
                alice = guild.add_member(env.create_user("alice"))
                await bot.on_guild_join(bot.guilds[0])
                await alice.send(channel, f"<@{env.backend.bot_user.id}> {question}")
                async with env.preview(channel, viewers=[alice], layout=layout, width=_WIDTH, height=_HEIGHT) as preview:
                    await preview.show(channel.last_message)
                    yield preview


async def serve(question: str) -> None:
    """Serve the page until it is closed."""
    async with page(question, layout="channel") as preview:
        mention = f"<@{preview.env.backend.bot_user.id}>"  # the page's box makes none of a name
        print(f"Open {preview.url}\nAsk in the box below the answer: type /ask, or {mention} and your question. Ctrl-C ends.")  # noqa: T201  a person started it
        await preview.wait_closed()


async def picture(question: str, file: Path) -> None:
    """Write a picture of the answer's card."""
    async with page(question, layout="message") as preview:
        taken = (*_BROWSER, f"--window-size={_WIDTH},{_HEIGHT}", f"--screenshot={file}", preview.url)
        browser = await asyncio.create_subprocess_exec(*taken, stderr=asyncio.subprocess.DEVNULL)
        await browser.wait()
    _crop(file)


def _crop(file: Path) -> None:
    """Leave the message alone: without the page's bar above it, and what is empty below and beside it."""
    with Image.open(file) as whole:
        below = whole.convert("RGB").crop((0, _BAR, *whole.size))
    empty = Image.new("RGB", below.size, below.getpixel((below.width - 1, below.height - 1)))
    box = ImageChops.difference(below, empty).point(lambda value: 255 * (value > _NOISE)).getbbox()
    if box:
        left, top, right, bottom = box
        below.crop((max(0, left - _MARGIN), max(0, top - _MARGIN), right + _MARGIN, bottom + _MARGIN)).save(file)


def main() -> None:
    """Parse the command line and do it."""
    parser = argparse.ArgumentParser(prog="python -m tests.discord.preview", description="Try the bot without a token.")
    parser.add_argument("question", nargs="?", default=QUESTION)
    parser.add_argument("--png", type=Path, metavar="FILE", help="write a picture of the answer instead")
    options = parser.parse_args()
    if options.png and not shutil.which("chromium"):
        parser.error("--png needs chromium. Install it: apt install chromium")
    asyncio.run(picture(options.question, options.png.resolve()) if options.png else serve(options.question))


if __name__ == "__main__":
    main()
