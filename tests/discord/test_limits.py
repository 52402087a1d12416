"""Who is answered how often, where and at all: by messages, commands and buttons alike."""

from collections.abc import Callable
from time import monotonic
from typing import Any

import discord
import pytest

from index import Status
from tests.discord.conftest import QUESTION, UNKNOWN, Gate, Judge, World, explained, labels, whole

WAIT = "That is a lot of questions."
CLOSED = "This bot answers in its own servers only."
Install = Callable[[dict[str, int]], None]

# How often


async def test_a_server_over_its_limit_gets_one_notice_for_a_member(world: World) -> None:
    """Then silence, until the minute is over."""
    await world.admin.slash(world.channel, "settings", per_minute=1)
    assert "Katherine" in whole(await world.ask(QUESTION))
    assert whole(await world.ask(QUESTION)).startswith(WAIT)
    assert await world.ask(QUESTION) is None

    world.bot.throttle._clock = lambda: monotonic() + 61

    assert "Katherine" in whole(await world.ask(QUESTION))


async def test_a_private_notice_is_not_the_mentions_one(world: World) -> None:
    """Nobody else has read it."""
    await world.admin.slash(world.channel, "settings", cooldown=600)
    await world.ask(QUESTION)
    private = await world.alice.slash(world.channel, "ask", question=QUESTION)
    assert whole(private.response).startswith(WAIT)

    assert whole(await world.ask(QUESTION)).startswith(WAIT)
    assert await world.ask(QUESTION) is None


async def test_a_busy_dm_holds_nobody_elses_back(world: World) -> None:
    """Outside of servers everybody has a limit of their own."""
    busy, bob = world.env.create_user("busy"), world.env.create_user("bob")
    for _ in range(25):
        await busy.send_dm(QUESTION)
    assert "That is a lot of questions." in [whole(one)[:27] for one in busy.dm_channel.history()]
    await bob.send_dm(QUESTION)

    assert "Katherine Menendez" in whole(bob.dm_channel.last_message)


async def test_in_a_dm_one_notice_is_enough(world: World) -> None:
    """However much is written."""
    bob = world.env.create_user("bob")
    for _ in range(23):
        await bob.send_dm(QUESTION)

    assert [whole(one).startswith(WAIT) for one in bob.dm_channel.history()].count(True) == 1


@pytest.mark.given(MESSAGE_CONTENT="1")
async def test_an_edit_to_what_a_question_channel_does_not_answer_counts_for_no_limit(world: World) -> None:
    """As if it had been asked so at first."""
    await world.choose("question_channel", world.channel)
    await world.admin.slash(world.channel, "settings", per_minute=2)
    sent = await world.alice.send(world.channel, QUESTION)
    await world.alice.edit(sent, UNKNOWN)
    assert world.channel.last_message.author.id == world.alice.id

    assert "Katherine" in whole(await world.ask(QUESTION))


@pytest.mark.given(MESSAGE_CONTENT="1")
async def test_only_an_answer_in_a_question_channel_counts_for_the_limits(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """What is not answered there leaves no line either; what would be over a limit is met with silence."""
    await world.choose("question_channel", world.channel)
    await world.admin.slash(world.channel, "settings", cooldown=600, per_minute=2)
    with caplog.at_level("INFO", "bot"):
        for _ in range(3):
            await world.alice.send(world.channel, UNKNOWN)
    assert "answer" not in caplog.text

    await world.alice.send(world.channel, QUESTION)
    assert "Katherine" in whole(world.channel.last_message)
    await world.alice.send(world.channel, QUESTION)
    assert world.channel.last_message.content == QUESTION

    assert whole(await world.ask(QUESTION)).startswith(WAIT), "the silent one has taken the mention's notice"


async def test_a_button_waits_for_the_servers_limit_and_for_no_cooldown(world: World) -> None:
    """It asks no new question; of the answers a minute it takes one."""
    await world.admin.slash(world.channel, "settings", cooldown=600, per_minute=3)
    private = await world.alice.slash(world.channel, "ask", question=QUESTION, private=True)
    assert "Cite as:" in whole((await world.alice.click(private.response, label="More")).response)
    await world.alice.click(private.response, label="Share")
    shared = world.channel.last_message
    assert "Katherine" in whole(shared)

    refused = await world.alice.click(shared, label="More")
    assert refused.ephemeral
    assert whole(refused.response).startswith(WAIT)


async def test_a_share_over_the_limit_may_be_pressed_again(world: World) -> None:
    """When there is room."""
    await world.admin.slash(world.channel, "settings", per_minute=1)
    private = await world.alice.slash(world.channel, "ask", question=QUESTION, private=True)
    refused = await world.alice.click(private.response, label="Share")
    assert whole(refused.followups[0]).startswith(WAIT)

    world.bot.throttle._clock = lambda: monotonic() + 61
    await world.alice.click(private.response, label="Share")

    assert "Katherine" in whole(world.channel.last_message)


async def test_an_edited_question_waits_for_no_cooldown(world: World) -> None:
    """It is the same question."""
    await world.admin.slash(world.channel, "settings", cooldown=600)
    sent = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    await world.alice.edit(sent, f"{world.mention} Who closed the harbour of Duluth?")

    assert "The storm closed" in whole(world.channel.last_message)


# Where, and who


async def test_buttons_ask_only_where_and_for_whom_questions_are_answered(world: World, judged: Judge) -> None:
    """Each says why not, privately."""
    answer = await world.ask(QUESTION)
    private = await world.alice.slash(world.channel, "ask", question=QUESTION, private=True)
    form = await world.alice.click(answer, label="Follow up")
    judged(Status.UNSURE)
    unsure = await world.ask("harbour festival")
    await world.choose("roles", world.guild.create_role("readers"))

    pressed = [
        (await world.alice.click(answer, label="More")).response,
        (await world.alice.click(unsure, label="Closest sentences")).response,
        (await world.alice.click(private.response, label="Share")).followups[0],
        (await world.alice.submit_modal(form, {"question": "And when?"})).response,
    ]

    assert [whole(one) for one in pressed] == ["In this server only some roles may ask."] * 4
    assert all(one.flags.ephemeral for one in pressed)


# Whom the operator opened it to


async def asked_in(world: World, place: str, installed: Install, owners: dict[str, int]) -> str:
    """What alice's /ask is answered, where the bot was installed by these."""
    bob = world.env.create_user("bob")
    if place == "dm":
        installed({kind: {"0": 0, "1": bob.id}[kind] for kind in owners})
        return whole((await bob.slash("ask", question=QUESTION)).response)
    installed({kind: {"0": world.guild.id, "1": world.alice.id}[kind] for kind in owners})
    return whole((await world.alice.slash(world.channel, "ask", question=QUESTION)).response)


@pytest.mark.parametrize(
    ("place", "owners", "is_answered"),
    [
        ("server", "0", True),
        ("server", "01", True),
        ("server", "1", False),
        ("dm", "0", True),
        ("dm", "01", True),
        ("dm", "1", False),
    ],
)
async def test_by_default_a_persons_own_install_is_not_answered(
    world: World, installed: Install, place: str, owners: str, *, is_answered: bool
) -> None:
    """In somebody else's server or between members; in a server and in a DM with the bot everybody is."""
    said = await asked_in(world, place, installed, dict.fromkeys(owners, 0))

    assert ("Katherine" in said) == is_answered
    assert (said == CLOSED) != is_answered


@pytest.mark.given(OPEN_TO="everyone")
@pytest.mark.parametrize("place", ["server", "dm"])
async def test_everyone_includes_those_who_installed_it_for_themselves(world: World, installed: Install, place: str) -> None:
    """Wherever they are."""
    assert "Katherine" in await asked_in(world, place, installed, {"1": 0})


@pytest.mark.given(OPEN_TO="everyone")
async def test_a_persons_own_install_follows_no_servers_rules(world: World, installed: Install) -> None:
    """Nor does it leave its admins anything to read, or take of its answers a minute; others' buttons are no other's install."""
    await world.choose("roles", world.guild.create_role("readers"))
    await world.admin.slash(world.channel, "settings", per_minute=1)
    installed({"1": world.alice.id})
    answer = await world.alice.slash(world.channel, "ask", question=QUESTION)
    await world.alice.slash(world.channel, "ask", question=UNKNOWN)
    form = await world.admin.click(answer.response, label="Report")
    assert "only counted" in str(form.modal)
    await world.admin.submit_modal(form, {"reason": "no"})

    assert "Katherine" in whole(answer.response)
    assert await world.bot.records.reports(world.guild.id) == []


@pytest.mark.given(OPEN_TO="home", HOME_SERVERS="42")
@pytest.mark.parametrize("owners", ["0", "1"])
async def test_home_means_home_however_it_was_installed(world: World, installed: Install, owners: str) -> None:
    """A server that is none, and a DM of somebody who is in none."""
    for place in ("server", "dm"):
        assert await asked_in(world, place, installed, dict.fromkeys(owners, 0)) == CLOSED


@pytest.mark.given(OPEN_TO="home", HOME_SERVERS="42")
async def test_an_interaction_does_not_wait_for_discord_to_say_who_is_a_member(
    world: World, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past its time the asker sees that the answer is looked for; an interaction that is not answered at all fails."""
    home = world.env.create_guild("Home", id=42)
    bob = world.env.create_user("bob")
    home.add_member(bob)
    monkeypatch.setattr("bot.asking.PATIENCE_SECONDS", 0.1)
    gate.hold(monkeypatch, discord.Guild, "fetch_member")
    result = await bob.slash("ask", question=QUESTION)
    assert result.deferred
    await gate.open()

    assert "Katherine" in whole(result.response)


@pytest.mark.given(OPEN_TO="home", HOME_SERVERS="42")
async def test_the_articles_are_browsed_only_by_whom_the_operator_opened_them_to(world: World) -> None:
    """Elsewhere not even their opening lines are shown."""
    refused = await world.alice.slash(world.channel, "sources")
    assert whole(refused.response) == CLOSED
    assert explained(world) == "errors.closed"

    bob = world.env.create_user("bob")
    world.env.create_guild("Home", id=42).add_member(bob)
    assert "3 articles" in whole((await bob.slash("sources")).response)


async def test_nobody_waits_for_discord_to_say_who_the_owner_is(world: World) -> None:
    """It was asked at the start."""
    before = len(world.env.http_requests)
    await world.admin.slash(world.channel, "help")

    assert [one.path for one in world.env.http_requests[before:] if one.method == "GET"] == []


# Admins' commands


@pytest.mark.parametrize("command", ["settings", "reports"])
async def test_a_member_whom_discord_lets_use_an_admins_command_is_refused(world: World, command: str) -> None:
    """A server may give commands to anybody under Integrations; the code checks the permission itself."""
    listed = world.env.backend.commands[None][command, 1]
    world.guild.set_command_permissions(int(listed["id"]), {world.alice: True})
    refused: Any = await world.alice.slash(world.channel, command)

    assert refused.ephemeral
    assert whole(refused.response) == "For this you need the permission Manage Server."
    assert labels(refused.response) == []
    assert explained(world) == "errors.permission"
