"""What happens at once: events about one question that overtake each other, clicks, and many deletions."""

from typing import Any

import discord
import pytest

from tests.discord.conftest import QUESTION, UNKNOWN, Gate, World, texts, whole

OTHER = "Who closed the harbour of Duluth?"


def cog(world: World) -> Any:
    """The cog that answers messages."""
    return world.bot.get_cog("Messages")


async def test_a_question_deleted_before_its_answer_is_kept(world: World, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer goes all the same, and no lock is left."""
    gate.hold(monkeypatch, world.bot.records, "add_answer")
    sent = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    answer = world.channel.last_message
    with world.at_once(0.1):
        await world.alice.delete(sent)
    assert [one.id for one in world.channel.history()] == [answer.id]

    await gate.open()

    assert world.channel.history() == []
    assert await world.bot.records.answer(answer.id) is None
    assert not cog(world)._turns


async def test_a_question_edited_before_its_answer_is_kept(world: World, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is answered as it reads now."""
    gate.hold(monkeypatch, world.bot.records, "add_answer")
    sent = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    with world.at_once(0.1):
        await world.alice.edit(sent, f"{world.mention} {OTHER}")
    await gate.open()

    assert "The storm closed the harbour" in whole(world.channel.last_message)
    assert len(world.channel.history()) == 2


async def test_of_two_quick_edits_the_last_one_stands(world: World, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the first one's answer takes."""
    sent = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    gate.hold(monkeypatch, discord.Message, "edit")
    await world.alice.edit(sent, f"{world.mention} {OTHER}")
    with world.at_once(0.1):
        await world.alice.edit(sent, f"{world.mention} {QUESTION}")
    await gate.open()

    assert texts(world.channel.last_message)[0] == f"**{QUESTION}**"
    record = await world.bot.records.answer_to(sent.id)
    assert record
    assert record.articles == ("court.md",)


async def test_an_edited_question_deleted_meanwhile(world: World, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left of it."""
    sent = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    gate.hold(monkeypatch, discord.Message, "edit")
    await world.alice.edit(sent, f"{world.mention} {OTHER}")
    with world.at_once(0.1):
        await world.alice.delete(sent)
    await gate.open()

    assert world.channel.history() == []
    assert await world.bot.records.answer_to(sent.id) is None


async def test_many_deleted_questions_are_erased_in_one_go(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """With their answers; where nothing was kept, nothing is written."""
    erase, erased = world.bot.records._erase, []

    async def counted(*statements: Any) -> None:
        erased.append(statements)
        await erase(*statements)

    monkeypatch.setattr(world.bot.records, "_erase", counted)
    idle = [(await world.alice.send(world.channel, "hello")).id for _ in range(3)]
    asked = [(await world.alice.send(world.channel, f"{world.mention} {one}")).id for one in (QUESTION, UNKNOWN, OTHER)]

    world.env.backend.bulk_delete_messages(world.channel.id, idle)
    await world.env.settle()
    assert erased == []

    world.env.backend.bulk_delete_messages(world.channel.id, asked)
    await world.env.settle()
    assert len(erased) == 1
    assert world.channel.history() == []
    assert [await world.bot.records.answer_to(one) for one in asked] == [None, None, None]
    assert await world.bot.records.reports(world.guild.id) == []


async def pressed_at_once(world: World, message: Any, label: str) -> list[Any]:
    """Two clicks of alice's on a button, both there before the bot has done anything about the first."""
    with world.at_once():
        clicks = [await world.alice.click(message, label=label) for _ in range(2)]
    await world.env.settle()
    return clicks


async def test_two_clicks_at_once_share_once(world: World) -> None:
    """The second is told so."""
    private = await world.alice.slash(world.channel, "ask", question=QUESTION, private=True)
    clicks = await pressed_at_once(world, private.response, "Share")

    assert sum(not one.flags.ephemeral for one in world.channel.history()) == 1
    assert "This answer is shared already." in [whole(one) for click in clicks for one in click.followups]


async def test_two_clicks_at_once_delete_once(world: World) -> None:
    """The second reads that the message is no longer there."""
    answer = await world.ask(QUESTION)
    clicks = await pressed_at_once(world, answer, "Delete")

    assert answer.id not in [one.id for one in world.channel.history()]
    assert "That message is no longer there." in [whole(one) for click in clicks for one in click.followups]


async def test_two_clicks_at_once_are_both_shown_more(world: World) -> None:
    """Each for itself."""
    clicks = await pressed_at_once(world, await world.ask(QUESTION), "More")

    assert ["Cite as:" in whole(click.response) for click in clicks] == [True, True]


async def test_a_share_that_failed_may_be_pressed_again(world: World) -> None:
    """It is shared only when it was sent."""
    private = await world.alice.slash(world.channel, "ask", question=QUESTION, private=True)
    world.env.inject_error("POST", "/webhooks/*", status=500)
    failed = await world.alice.click(private.response, label="Share")
    assert "Discord has a problem." in whole(failed.followups[0])

    await world.alice.click(private.response, label="Share")

    assert "Menendez" in whole(world.channel.last_message)
    assert not world.channel.last_message.flags.ephemeral
