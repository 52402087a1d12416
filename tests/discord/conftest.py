"""A simulated Discord with the bot in it, on a few articles of one test's own."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import sleep
from typing import Any

import discord
import pytest
from simcord import interactions
from simcord.env import Env

from bot.client import VerbatimBot
from bot.explaining import NotAllowedError
from bot.serving import open_bot
from bot.settings import Settings
from index import Answer, Folders, Status, open_library
from tests.discord.rules import walked, wrong

ARTICLES = {
    "court.md": """---
title: Bid to halt the operation denied
source: Example Times
author: A. Writer
url: https://times.example/court
published: 2026-02-02
---
Judge Katherine Menendez denied Minnesota's bid to halt the federal operation. She wrote that the harms were balanced.
The state had asked for a restraining order in January. But the court set another hearing for March.
""",
    "storm.md": """---
title: Storm closes the harbour
source: Harbour Post
url: https://harbour.example/storm
published: 2026-02-01T08:00:00+00:00
---
The storm closed the harbour of Duluth on Sunday. Twelve ships waited outside the harbour overnight.
""",
    "odd.md": """---
title: "**Odd** [click](https://evil.example) @everyone"
source: "<@1> _Post_"
url: https://odd.example/a_(b)
published: 2026-01-15
---
The mayor of Zumbrota said *nothing* and ||hid|| the <@123> budget of https://evil.example on Friday. It was discord.gg/abc again.
""",
}
QUESTION = "Which judge denied Minnesota's bid?"
UNKNOWN = "Who won the Zorblaxian football cup?"


Judge = Callable[[Status], None]


def texts(message: Any) -> list[str]:
    """The texts of a message's card."""
    components = [one if isinstance(one, dict) else one.to_dict() for one in message.components]
    return [one["content"] for one in walked(components) if one["type"] == 10]


def whole(message: Any) -> str:
    """All that a message says."""
    return "\n".join(texts(message))


def labels(message: Any) -> list[str]:
    """Its buttons."""
    components = [one if isinstance(one, dict) else one.to_dict() for one in message.components]
    return [one["label"] for one in walked(components) if one["type"] == 2]


def explained(world: "World") -> str:
    """The one expected error of a command, by the key of its sentence; simcord would fail the test for one not looked at."""
    (error,) = world.env.errors
    assert isinstance(error.__cause__, NotAllowedError)
    return error.__cause__.key


def pytest_configure(config: pytest.Config) -> None:
    """Know the marker of the settings fixture."""
    config.addinivalue_line("markers", "given(**settings): settings of the bot in a test")


@dataclass
class World:
    """The bot in a server, with a member and an admin in a channel.

    What simcord gives back is None where nothing was answered; a test that expects an answer fails on that just as well, so
    its handles are not typed further.
    """

    env: Any
    bot: VerbatimBot
    guild: Any
    channel: Any
    alice: Any
    admin: Any

    @property
    def mention(self) -> str:
        """The bot's name in a message."""
        return f"<@{self.bot.user.id}>" if self.bot.user else ""

    async def ask(self, question: str, **options: Any) -> Any:
        """Alice's message to the bot, and the bot's answer to it."""
        sent = await self.alice.send(self.channel, f"{self.mention} {question}", **options)
        return next((one for one in self.channel.history() if one.reference and one.reference.message_id == sent.id), None)

    async def choose(self, name: str, *chosen: Any) -> None:
        """Let the admin choose channels or roles in /settings."""
        shown = await self.admin.slash(self.channel, "settings")
        await self.admin.select(shown.response, [*chosen], custom_id=f"v1|set|{name}")

    @contextmanager
    def at_once(self, seconds: float = 0.0) -> Iterator[None]:
        """Let the next events come so soon after each other, whatever the bot still has to do about the first."""

        async def unsettled(**_options: Any) -> None:
            if seconds:  # otherwise the bot has no turn between them, however slow the machine is
                await asyncio.to_thread(sleep, seconds)

        settle, self.env._settle_internal = self.env._settle_internal, unsettled
        try:
            yield
        finally:
            self.env._settle_internal = settle

    async def until(self, condition: Callable[[], Awaitable[object]]) -> None:
        """Wait for what happens in another thread or process, of which the simulation knows nothing."""
        for _ in range(300):
            if await condition():
                return
            await asyncio.to_thread(sleep, 0.02)
            await self.env.settle()
        raise AssertionError("it did not happen")

    def admin_of(self, guild: Any, name: str = "boss") -> Any:
        """A member who may manage a server."""
        role = guild.create_role("admins", permissions=discord.Permissions(manage_guild=True, manage_messages=True))
        return guild.add_member(self.env.create_user(name), roles=[role])


async def open_article(world: World, who: Any, title: str, channel: Any = None) -> Any:
    """An article's card, opened from the first page."""
    page = await who.slash(channel or world.channel, "sources")
    (menu,) = [one for row in page.response.components for one in row.get("components", []) if one["type"] == 3]
    (revision,) = [option["value"] for option in menu["options"] if option["label"].startswith(title)]
    return await who.select(page.response, [revision], custom_id="v1|article")


def made_library(seeds: Path, folder: Path) -> Path:
    """The folder, with the articles' library in it."""

    async def reindex() -> None:
        async with open_library(Folders(seeds, folder)) as library:
            await library.reindex()

    with asyncio.Runner() as runner:
        runner.run(reindex())
    return folder


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The articles' folder, for reading only."""
    folder = tmp_path_factory.mktemp("seeds")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="session")
def indexed(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with their library, made once."""
    return made_library(seeds, tmp_path_factory.mktemp("indexed"))


@pytest.fixture
def settings(seeds: Path, indexed: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """Every setting's default on the articles above; ``@pytest.mark.given(KEY="value")`` gives others.

    ``is_indexed=False`` begins with an empty library.
    """
    marker = request.node.get_closest_marker("given")
    given = dict(marker.kwargs) if marker else {}
    data = tmp_path / "data"
    if given.pop("is_indexed", True):
        shutil.copytree(indexed, data)
    return Settings.from_env({"SEEDS_DIR": str(seeds), "DATA_DIR": str(data), **given})


@pytest.fixture
async def simcord_bot(settings: Settings) -> AsyncIterator[VerbatimBot]:
    """The bot that simcord's own fixture runs."""
    async with open_bot(settings, shard_count=1) as bot:
        yield bot


@pytest.fixture
async def world(simcord_env: Env, simcord_bot: VerbatimBot) -> AsyncIterator[World]:
    """The bot in a server. At the end, whatever the test was about, each request that it sent is checked."""
    guild = simcord_env.create_guild("Newsroom")
    channel = guild.create_text_channel("news")
    alice = guild.add_member(simcord_env.create_user("alice"))
    made = World(simcord_env, simcord_bot, guild, channel, alice, alice)
    made.admin = made.admin_of(guild, "admin")
    await simcord_bot.on_guild_join(simcord_bot.guilds[0])  # simcord announces a new server as one that is available again
    yield made
    assert list(wrong(simcord_env.http_requests)) == []


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, int]], None]:
    """Make Discord name who installed the bot, by the kind of install: "0" a server, "1" a person. The simulation names none."""
    payload = interactions.base_payload

    def install(owners: dict[str, int]) -> None:
        def named(*given: Any, **options: Any) -> Any:
            record, made = payload(*given, **options)
            return record, {**made, "authorizing_integration_owners": {kind: str(owner) for kind, owner in owners.items()}}

        monkeypatch.setattr(interactions, "base_payload", named)

    return install


@dataclass
class Gate:
    """A call that waits, once it has begun, until the gate is opened."""

    env: Any
    opened: asyncio.Event

    def hold(self, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
        """Let a method's calls wait before they do anything."""
        method = getattr(owner, name)

        async def waiting(*given: Any, **options: Any) -> Any:
            if not self.opened.is_set():
                await self.env.external_wait(self.opened.wait(), reason=name)
            return await method(*given, **options)

        monkeypatch.setattr(owner, name, waiting)

    async def open(self) -> None:
        """Let them go on, and all that follows happen."""
        self.opened.set()
        await self.env.settle()


@pytest.fixture
def gate(world: World) -> Gate:
    """A gate, closed."""
    return Gate(world.env, asyncio.Event())


@pytest.fixture
def judged(world: World, monkeypatch: pytest.MonkeyPatch) -> Judge:
    """Make the library judge its answers otherwise than it would."""
    answer = world.bot.library.answer

    def judge(status: Status) -> None:
        async def other(*given: Any, **options: Any) -> Answer:
            return replace(await answer(*given, **options), status=status)

        monkeypatch.setattr(world.bot.library, "answer", other)

    return judge
