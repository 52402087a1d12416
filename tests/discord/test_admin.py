"""Reindexing and adding, for the admins of a home alone; and who is told what."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any

import aiohttp
import discord
import pytest

from bot.reindexing import Follow
from bot.settings import Settings
from index import Coverage, EmptyLibraryError, Fault, Progress, ReindexReport, Warnings
from tests.discord.conftest import ARTICLES, QUESTION, World, explained, labels, made_library, open_article, whole

NEW = b"""---
source: Gazette
url: https://gazette.example/x
published: 2026-02-03
---
Quillon Park opened a library on Monday. It has books.
"""


NOT_HOME = "These articles are shared by several servers. Only the operator can reindex them."
NOTHING_NEW = ReindexReport(0, 0, 0, 3, (), (), Warnings(0, 0, 0, 0, 0), 0.1)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Articles that a test may change; they take the place of the ones for reading only."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def indexed(seeds: Path, tmp_path: Path) -> Path:
    """A folder with their library."""
    return made_library(seeds, tmp_path / "indexed")


async def reindexed(world: World) -> None:
    """Wait for the bot's own first reindex."""

    async def is_idle() -> bool:
        return not (world.bot.reindexing.is_running or await world.bot.library.needs_reindex())

    await world.until(is_idle)


def followed(states: list[Progress], found: ReindexReport = NOTHING_NEW) -> Callable[..., Awaitable[ReindexReport]]:
    """A reindex that goes through these states."""

    async def run(*, allow_removals: bool, follow: Follow) -> ReindexReport:
        assert not allow_removals
        for state in states:
            await follow(state)
        return found

    return run


# /reindex


async def test_a_home_admin_reindexes_and_reads_what_changed(world: World, seeds: Path) -> None:
    """With paths below the articles' folder, and questions answered meanwhile."""
    await reindexed(world)
    (seeds / "new.md").write_bytes(NEW)
    (seeds / "bad.jsonl").write_text("[]\n", "utf-8")
    (seeds / "storm.md").unlink()
    result = await world.admin.slash(world.channel, "reindex")
    await reindexed(world)

    assert result.ephemeral
    assert "1 added, 0 changed, 1 removed, 2 unchanged in" in whole(result.response)
    assert "- bad.jsonl, line 1\\: the line is no JSON object." in whole(result.response) or "- bad.jsonl, line 1" in whole(
        result.response
    )
    assert str(seeds) not in whole(result.response)
    assert "Quillon Park" in whole(await world.ask("Who opened a library on Monday?"))


async def test_many_removals_ask_with_a_button(world: World, seeds: Path) -> None:
    """Nothing is removed before it is pressed."""
    for number in range(10):
        (seeds / f"{number}.txt").write_text(f"Number {number} is an article about bees.", "utf-8")
    await reindexed(world)
    await world.admin.slash(world.channel, "reindex")
    await reindexed(world)
    for number in range(10):
        (seeds / f"{number}.txt").unlink()
    result = await world.admin.slash(world.channel, "reindex")
    await reindexed(world)

    assert "This would remove 10 of 13 articles." in whole(result.response)
    assert labels(result.response) == ["Remove them"]
    assert (await world.bot.library.coverage()).articles == 13

    await world.admin.click(result.response, label="Remove them")
    await reindexed(world)
    assert "10 removed" in whole(result.response)
    assert (await world.bot.library.coverage()).articles == 3


async def test_many_faults_come_as_a_file(world: World, seeds: Path) -> None:
    """The first few are shown."""
    await reindexed(world)
    for number in range(9):
        (seeds / f"bad{number}.jsonl").write_text("[]\n", "utf-8")
    result = await world.admin.slash(world.channel, "reindex")
    await reindexed(world)

    assert "9 files or lines gave no article:" in whole(result.response)
    assert result.followups[0].attachments[0].filename == "faults.txt"


async def test_few_faults_that_are_long_come_as_a_file_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message cuts them; of many articles that were kept it says how many more."""
    faults = tuple(Fault(f"{'long' * 60}{number}.txt", None, "it is binary, not text", "Use text.") for number in range(4))
    await reindexed(world)
    found = replace(NOTHING_NEW, faults=faults, kept=tuple(f"article-{number}" for number in range(7)))
    monkeypatch.setattr(world.bot.reindexing, "run", followed([], found))
    result = await world.admin.slash(world.channel, "reindex")

    assert "article-4, and 2 more" in whole(result.response)
    assert "4 files or lines gave no article:" in whole(result.response)
    (file,) = result.followups[0].attachments
    assert (await file.read()).decode() == "\n".join(map(str, faults))


@pytest.mark.given(REINDEX_EVERY="5")
async def test_a_failed_run_shows_to_admins_in_sources(world: World, seeds: Path) -> None:
    """One that the bot began by itself; nobody else sees it."""
    await reindexed(world)
    for name in ARTICLES:
        (seeds / name).unlink()
    await world.env.advance_time(301)
    await world.until(world.bot.reindex_failure)

    assert "The last reindex failed:" in whole((await world.admin.slash(world.channel, "sources")).response)
    assert "failed" not in whole((await world.alice.slash(world.channel, "sources")).response)


async def test_an_admin_of_an_empty_library_sees_why(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A member reads that there is nothing yet."""
    await reindexed(world)

    async def nothing() -> Coverage:
        return Coverage(0, "", ())

    monkeypatch.setattr(world.bot.library, "coverage", nothing)
    await world.bot.records.keep("failed_reindex", "2999-01-01T00:00:00+00:00 SEEDS_DIR holds no article.")

    assert "SEEDS\\_DIR holds no article." in whole((await world.admin.slash(world.channel, "sources")).response)
    member = whole((await world.alice.slash(world.channel, "sources")).response)
    assert member == "No articles are indexed yet. An admin can add them with /add or /reindex."
    assert [type(one.__cause__).__name__ for one in world.env.errors] == ["ReindexFailedError", "EmptyLibraryError"]


async def test_a_member_cannot_reindex(world: World) -> None:
    """Discord does not offer it; where a server gives it to a member all the same, the code checks again."""
    assert not {"reindex", "add"} & set(world.alice.available_commands(world.channel))
    assert {"reindex", "add"} <= set(world.admin.available_commands(world.channel))
    listed = world.env.backend.commands[world.guild.id]
    for command, given in (("reindex", {}), ("add", {"file": ("park.md", NEW)})):
        world.guild.set_command_permissions(int(listed[command, 1]["id"]), {world.alice: True})
        refused = await world.alice.slash(world.channel, command, **given)
        assert whole(refused.response) == "For this you need the permission Manage Server."

    assert [str(error.__cause__) for error in world.env.errors] == ["errors.permission"] * 2


async def test_an_admin_of_a_second_server_is_refused(world: World) -> None:
    """The articles are no longer one server's; and they see no report of the first."""
    await reindexed(world)
    answer = await world.ask(QUESTION)
    form = await world.alice.click(answer, label="Report")
    await world.alice.submit_modal(form, {"reason": "no"})
    other = world.env.create_guild("Elsewhere")
    channel = other.create_text_channel("talk")
    boss = world.admin_of(other)

    assert "reindex" not in boss.available_commands(channel)
    assert "Menendez" not in whole((await boss.slash(channel, "reports")).response)
    refused = await world.admin.slash(world.channel, "reindex")
    assert whole(refused.response) == NOT_HOME
    assert explained(world) == "errors.not_home"


async def test_an_admin_of_a_server_that_is_no_home_changes_no_article(world: World) -> None:
    """By no command, and by no button or form that was there before another server came; the code checks each again."""
    await reindexed(world)
    card = await open_article(world, world.admin, "Storm")
    withdrawal = await world.admin.click(card.response, label="Withdraw")
    preview = await world.admin.slash(world.channel, "add", file=("park.md", NEW))
    other = world.env.create_guild("Elsewhere")
    channel = other.create_text_channel("talk")
    boss = world.admin_of(other)
    await world.bot.on_guild_join(next(guild for guild in world.bot.guilds if guild.id == other.id))

    refused = [
        await boss.slash(channel, "reindex"),
        await boss.slash(channel, "add", file=("park.md", NEW)),
        await world.admin.click(card.response, label="Withdraw"),
        await world.admin.submit_modal(withdrawal, {"reason": "It is wrong."}),
        await world.admin.click(preview.response, label="Add"),
    ]

    assert {whole(one.response) for one in refused} == {NOT_HOME}
    assert labels((await open_article(world, boss, "Storm", channel)).response) == ["Ask about this article", "Hide in this server"]
    assert await world.bot.records.withdrawals() == []
    assert (await world.bot.library.coverage()).articles == 3
    assert len(world.env.errors) == 2


async def test_the_owner_of_a_bot_in_several_servers_can_reindex(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no home among them the command is in each, and refuses everybody else."""
    await reindexed(world)
    other = world.env.create_guild("Elsewhere")
    channel = other.create_text_channel("talk")
    owner = world.admin_of(other)
    await world.bot.on_guild_join(next(guild for guild in world.bot.guilds if guild.id == other.id))
    assert await world.bot.is_owner(owner) is False
    refused = await owner.slash(channel, "reindex")
    assert whole(refused.response) == NOT_HOME
    assert explained(world) == "errors.not_home"

    async def is_owner(_user: object) -> bool:
        return True

    monkeypatch.setattr(world.bot, "is_owner", is_owner)
    result = await owner.slash(channel, "reindex")
    await reindexed(world)
    assert "0 added" in whole(result.response)


# /add


async def test_an_added_file_is_previewed_then_indexed_at_once(world: World, settings: Settings) -> None:
    """Nothing is kept before Add is pressed."""
    await reindexed(world)
    preview = await world.admin.slash(world.channel, "add", file=("park.md", NEW))
    assert preview.ephemeral
    assert "1 article in park.md:" in whole(preview.response)
    assert "Gazette, 3 February 2026 · https\\://gazette\\.example/x" in whole(preview.response)
    assert "2 sentences" in whole(preview.response)
    assert labels(preview.response) == ["Add", "Cancel"]
    assert not (settings.data_dir / "added" / "park.md").exists()

    await world.admin.click(preview.response, label="Add")
    await reindexed(world)
    assert "1 added" in whole(preview.response)
    assert (settings.data_dir / "added" / "park.md").read_bytes() == NEW
    assert "Quillon Park" in whole(await world.ask("Who opened a library on Monday?"))


async def test_a_preview_says_how_much_more_there_is(world: World) -> None:
    """Of articles and of faults."""
    row = '{"id": "%d", "title": "Bees", "source": "Gazette", "text": "Bees are back."}\n'
    lines = [*(row % number for number in range(5)), *(["[]\n"] * 7)]
    preview = await world.admin.slash(world.channel, "add", file=("bees.jsonl", "".join(lines).encode()))

    text = whole(preview.response)
    assert "5 articles in bees.jsonl:\n- **Bees** · Gazette, undated · no link given · 1 sentence\n" in text
    assert text.count("- **Bees**") == 3
    assert "\nand 2 more\n7 files or lines gave no article:\n- bees.jsonl, line 6" in text
    assert text.count("- bees.jsonl") == 5


async def test_an_added_file_can_be_cancelled(world: World, settings: Settings) -> None:
    """And leaves nothing."""
    preview = await world.admin.slash(world.channel, "add", file=("park.md", NEW))
    await world.admin.click(preview.response, label="Cancel")

    assert whole(preview.response) == "Nothing was added."
    assert not list((settings.data_dir / "added").rglob("*.md"))


@pytest.mark.parametrize("name", ["park.pdf", "park"])
async def test_a_file_of_another_kind_is_refused_by_its_name(world: World, name: str) -> None:
    """It is not even read."""
    refused = await world.admin.slash(world.channel, "add", file=(name, NEW))

    assert whole(refused.response) == "Use a .txt, .md, .html or .jsonl file."
    assert explained(world) == "errors.file_format"


async def test_a_file_that_lies_about_its_type_shows_its_fault(world: World) -> None:
    """And cannot be added."""
    preview = await world.admin.slash(world.channel, "add", file=("park.txt", b"\x00\x01\x02" * 100))

    assert "it is binary, not text" in whole(preview.response)
    assert labels(preview.response) == ["Cancel"]


async def test_a_file_that_is_too_large_is_not_even_read(world: World) -> None:
    """Its size is known before."""
    refused = await world.admin.slash(world.channel, "add", file=("park.md", b"x" * 10_000_001))

    assert whole(refused.response).startswith("The file is larger than 10 MB.")
    assert explained(world) == "errors.large_file"


@pytest.mark.given(REINDEX_EVERY="5")
async def test_the_bot_reindexes_by_itself(world: World, seeds: Path) -> None:
    """As often as the operator says."""
    await reindexed(world)
    (seeds / "new.md").write_bytes(NEW)
    await world.env.advance_time(301)

    async def is_taken_in() -> bool:
        return (await world.bot.library.coverage()).articles == 4

    await world.until(is_taken_in)


@pytest.mark.parametrize(
    ("is_many", "shown"), [(False, "0 added, 0 changed, 0 removed"), (True, "This would remove 10 of 13 articles.")]
)
async def test_a_reindex_that_outlives_its_message_is_told_directly(
    world: World, seeds: Path, *, is_many: bool, shown: str
) -> None:
    """Discord lets a message of an interaction be edited for 15 minutes; a button for a server is not in a direct message."""
    for number in range(10):
        (seeds / f"{number}.txt").write_text(f"Number {number} is an article about bees.", "utf-8")
    await reindexed(world)
    await world.bot.reindex()
    for number in range(10 * is_many):
        (seeds / f"{number}.txt").unlink()
    world.env.inject_error("PATCH", "/webhooks/*", status=401, code=50027, message="Invalid Webhook Token", times=None)
    await world.admin.slash(world.channel, "reindex")
    await reindexed(world)

    told = world.admin.user.dm_channel.last_message
    assert shown in whole(told)
    assert labels(told) == []
    assert ("The last reindex failed" in whole((await world.admin.slash(world.channel, "sources")).response)) is is_many


async def test_a_reindex_of_which_nobody_can_be_told_still_ends(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """The log has it, and /sources when it was."""
    await reindexed(world)
    world.env.inject_error("PATCH", "/webhooks/*", status=401, code=50027, message="Invalid Webhook Token", times=None)
    world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007, message="Cannot send", times=None)
    await world.admin.slash(world.channel, "reindex")
    await reindexed(world)

    assert "The outcome of a reindex could not be shown (403" in caplog.text


@pytest.mark.parametrize("error", [aiohttp.ServerDisconnectedError(), OSError(), discord.RateLimited(60)])
async def test_progress_that_cannot_be_shown_stops_no_reindex(
    world: World, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Whatever the reason: the edit is only a courtesy."""

    async def refused(*_given: object, **_options: object) -> None:
        raise error

    await reindexed(world)
    monkeypatch.setattr(discord.Interaction, "edit_original_response", refused)
    monkeypatch.setattr(world.bot.reindexing, "run", followed([Progress(9, 90, 100)]))
    await world.admin.slash(world.channel, "reindex")

    assert "0 added" in whole(world.admin.user.dm_channel.last_message)


async def test_a_long_reindex_edits_its_message_three_times_at_most(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over its whole length; the outcome is one more."""
    edits: list[str] = []
    edit = discord.Interaction.edit_original_response

    async def counted(interaction: Any, *, view: discord.ui.LayoutView) -> Any:
        edits.extend(item.content for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay))
        return await edit(interaction, view=view)

    await reindexed(world)
    now = count(step=10)
    monkeypatch.setattr(sys.modules["bot.cogs.admin"], "monotonic", lambda: next(now))
    monkeypatch.setattr(discord.Interaction, "edit_original_response", counted)
    monkeypatch.setattr(world.bot.reindexing, "run", followed([Progress(100 * done, done, 200) for done in range(201)]))
    await world.admin.slash(world.channel, "reindex")

    *progress, outcome = edits
    assert len(progress) == 3
    assert "Reindexing: 6,000 articles, 30 % read." in progress[0]
    assert "90 % read" in progress[2]
    assert "0 added" in outcome


async def test_an_end_ends_a_reindex_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The admin is told, and nothing was changed."""
    await reindexed(world)
    start = world.bot.reindexing._start
    ending: list[asyncio.Task[None]] = []

    async def started(options: list[str]) -> asyncio.subprocess.Process:
        process = await start(options)
        ending.append(asyncio.create_task(world.bot.drain()))
        return process

    monkeypatch.setattr(world.bot.reindexing, "_start", started)
    result = await world.admin.slash(world.channel, "reindex")
    await ending[0]

    assert not world.bot.questions
    assert whole(result.response).startswith("Nothing was changed. The bot was ended before the reindex was done.")


async def test_a_success_in_another_process_outdates_a_failure(world: World, settings: Settings) -> None:
    """The operator may have mended it in the terminal."""
    await reindexed(world)
    await world.bot.records.keep("failed_reindex", "2026-01-01T00:00:00+00:00 The disk is full.")

    assert "failed" not in whole((await world.admin.slash(world.channel, "sources")).response)
    assert settings.data_dir.exists()


# While there is nothing to answer from


async def test_a_first_build_says_how_far_it_is_and_how_long_it_takes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """As far as its files are read."""
    await reindexed(world)

    async def nothing(*_given: object, **_options: object) -> None:
        raise EmptyLibraryError

    monkeypatch.setattr(world.bot.library, "answer", nothing)
    world.bot.reindexing.progress = Progress(12_300, 12_300_000, 40_000_000)
    world.bot.reindexing._started = monotonic() - 80
    asked = await world.alice.slash(world.channel, "ask", question=QUESTION)

    assert whole(asked.response) == "Indexing 12,300 of 40,000 articles. Please ask again in about 3 minutes."
    assert whole(await world.ask(QUESTION)) == whole(asked.response)
    assert [type(error.__cause__) for error in world.env.errors] == [EmptyLibraryError]


@pytest.mark.given(is_indexed=False)
async def test_an_empty_library_says_what_to_do_and_is_built_by_itself(world: World) -> None:
    """The bot starts the first reindex."""
    question = await world.alice.slash(world.channel, "ask", question=QUESTION)
    text = whole(question.response)
    assert (
        text
        in {
            "No articles are indexed yet. An admin can add them with /add or /reindex.",
            "The articles are being indexed. Please ask again in a minute.",
        }
        or "Katherine" in text
    )

    await reindexed(world)
    assert "Katherine" in whole(await world.ask(QUESTION))
    assert all(type(error.__cause__).__name__ == "EmptyLibraryError" for error in world.env.errors)
