"""Asking by message: by mention, reply, DM and in a question channel; and questions that change."""

from typing import Any

import discord
import pytest

from index import Status
from tests.discord.conftest import QUESTION, UNKNOWN, Gate, Judge, World, labels, texts, whole

# In a channel


async def test_a_mention_is_answered_with_the_sentence_and_whose_it_is(world: World) -> None:
    """A reply that pings nobody, after typing."""
    answer = await world.ask(QUESTION)

    assert texts(answer)[0] == "**Which judge denied Minnesota's bid?**"
    assert texts(answer)[1] == (
        "Example Times, 2 February 2026:\n> “Judge Katherine Menendez denied Minnesota's bid to halt the federal operation.”"
    )
    assert texts(answer)[2].startswith("-# A. Writer · [Read at source](<https://times.example/court#:~:text=Judge%20Katherine")
    assert labels(answer) == ["More", "Follow up", "Report", "Delete"]
    sent = [one for one in world.env.http_requests if one.method == "POST"]
    assert sent[-2].path.endswith("/typing")
    assert sent[-1].json["allowed_mentions"] == {"parse": [], "replied_user": False}
    assert sent[-1].json["flags"] & 4


async def test_what_nothing_answers_is_one_line(world: World) -> None:
    """Below the member's own message, so that the missing words may be named."""
    answer = await world.ask(UNKNOWN)

    assert len(texts(answer)) == 1
    assert texts(answer)[0].startswith("Nothing here answers this. No article mentions")
    assert labels(answer) == []


async def test_an_unsure_answer_is_headlines_and_a_button(world: World, judged: Judge) -> None:
    """The sentences only for whoever asks for them."""
    judged(Status.UNSURE)
    answer = await world.ask("harbour festival")

    assert labels(answer) == ["Closest sentences", "Delete"]
    assert "Storm closes the harbour ([Read at source](<https://harbour.example/storm>))" in texts(answer)[1]

    shown = await world.alice.click(answer, label="Closest sentences")

    assert shown.ephemeral
    assert "“The storm closed the harbour of Duluth on Sunday.”" in whole(shown.response)


async def test_a_pinging_reply_leans_on_the_question_before(world: World) -> None:
    """And the card says how it was read."""
    first = await world.ask(QUESTION)
    second = await world.ask("And when is another hearing?", reply_to=first)

    assert "Read together with the question before: **Which judge denied Minnesota's bid?**" in whole(second)
    assert "But the court set another hearing for March." in whole(second)


async def test_a_reply_asks_where_it_pings_the_bot(world: World) -> None:
    """Without a word of its name; one that pings nobody is talk about the answer."""
    first = await world.ask(QUESTION)
    await world.alice.send(world.channel, "And when is another hearing?", reply_to=first)

    assert "another hearing for March" in whole(world.channel.last_message)


async def test_a_dm_is_answered(world: World, judged: Judge) -> None:
    """Without a mention, and whole even where it is unsure."""
    user = world.env.create_user("bob")
    await user.send_dm(QUESTION)
    assert "Katherine Menendez" in whole(user.dm_channel.last_message)

    judged(Status.UNSURE)
    await user.send_dm("harbour festival")
    assert "The closest:" in whole(user.dm_channel.last_message)
    assert "“The storm closed the harbour" in whole(user.dm_channel.last_message)


async def test_only_a_mention_gets_an_example(world: World) -> None:
    """A sentence that says what to do."""
    assert "Ask a question about the news" in whole(await world.ask(""))


async def test_a_question_over_the_limit_is_told_the_limit(world: World) -> None:
    """And is not answered in part."""
    assert whole(await world.ask("why " * 100)) == "Please ask in at most 300 characters."


async def test_bots_webhooks_and_everyone_are_not_answered(world: World) -> None:
    """Nor is a message that is not addressed to the bot."""
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    await robot.send(world.channel, f"{world.mention} {QUESTION}")
    await world.guild.create_webhook(world.channel).send(f"{world.mention} {QUESTION}")
    await world.alice.send(world.channel, QUESTION)

    assert all(one.author != world.bot.user for one in world.channel.history())


async def test_where_the_bot_may_not_write_it_is_silent(world: World) -> None:
    """Nothing is tried that Discord would refuse."""
    closed = world.guild.create_text_channel(
        "closed", overwrites={world.bot.user: discord.PermissionOverwrite(send_messages=False)}
    )
    await world.alice.send(closed, f"{world.mention} {QUESTION}")

    assert len(closed.history()) == 1
    assert not world.env.errors


async def test_the_same_message_twice_is_answered_once(world: World) -> None:
    """Discord delivers an event again after a resume."""
    sent = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    world.bot.dispatch("message", sent)
    await world.env.settle()

    assert sum(one.author == world.bot.user for one in world.channel.history()) == 1


# A question that changes


async def test_a_deleted_question_deletes_its_answer(world: World) -> None:
    """And what is kept of it."""
    sent = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    answer = world.channel.last_message
    assert await world.bot.records.answer_to(sent.id)

    await world.alice.delete(sent)

    assert world.channel.history() == []
    assert await world.bot.records.answer(answer.id) is None


async def test_an_edited_question_is_answered_anew_in_place(world: World) -> None:
    """Marked as edited."""
    sent = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    await world.alice.edit(sent, f"{world.mention} Who closed the harbour of Duluth?")

    answers = [one for one in world.channel.history() if one.author == world.bot.user]
    assert len(answers) == 1
    assert "“The storm closed the harbour of Duluth on Sunday.”" in whole(answers[0])
    assert "edited: the question was changed" in whole(answers[0])


async def test_an_answer_somebody_replied_to_stays(world: World) -> None:
    """What they replied to must not change under them."""
    sent = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    answer = world.channel.last_message
    await world.admin.send(world.channel, "Interesting!", reply_to=answer)
    await world.alice.edit(sent, f"{world.mention} Who closed the harbour of Duluth?")

    assert "Menendez" in whole(await _again(world, answer))


async def test_a_question_edited_later_stays(world: World) -> None:
    """Five minutes are for typing errors."""
    sent = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    answer = world.channel.last_message
    await world.env.advance_time(301)
    await world.alice.edit(sent, f"{world.mention} Who closed the harbour of Duluth?")

    assert "Menendez" in whole(await _again(world, answer))


async def test_an_answer_waits_for_no_typing_and_needs_none(world: World, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is shown while that is still being asked for."""
    gate.hold(monkeypatch, world.bot.http, "send_typing")

    assert "Menendez" in whole(await world.ask(QUESTION))
    await gate.open()


@pytest.mark.parametrize("status", [403, 404, 500])
async def test_typing_that_discord_refuses_costs_no_answer(world: World, status: int, caplog: pytest.LogCaptureFixture) -> None:
    """The log says so."""
    world.env.inject_error("POST", "/channels/*/typing", status=status, times=None)
    with caplog.at_level("INFO"):
        assert "Menendez" in whole(await world.ask(QUESTION))

    assert "Typing could not be shown" in caplog.text


@pytest.mark.parametrize("is_archived", [False, True])
async def test_a_mention_in_a_thread_is_answered_there(world: World, *, is_archived: bool) -> None:
    """One that is archived is opened again by the message itself."""
    started = await world.alice.send(world.channel, "Court news")
    created = world.env.backend.create_thread(world.channel.id, "court", owner_id=world.alice.id, message_id=started.id)
    await world.env.settle()
    thread = next(one for one in world.channel.threads if one.id == created.id)
    thread._channel.thread_metadata.archived = is_archived
    await world.choose("channels", world.channel)
    await world.alice.send(thread, f"{world.mention} {QUESTION}")

    assert "Menendez" in whole(thread.last_message)


async def test_a_locked_thread_is_met_with_silence(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Discord takes no message there."""
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=50083, message="Thread is archived")

    assert await world.ask(QUESTION) is None
    assert "Thread is archived" in caplog.text


async def _again(world: World, message: Any) -> Any:
    return next(one for one in world.channel.history() if one.id == message.id)


# The question channel


@pytest.mark.given(MESSAGE_CONTENT="1")
async def test_a_question_channel_answers_what_it_can_and_is_silent_otherwise(world: World) -> None:
    """And keeps nothing about what it did not answer."""
    shown = await world.admin.slash(world.channel, "settings")
    await world.admin.select(shown.response, [world.channel], custom_id="v1|set|question_channel")

    for text in (UNKNOWN, "Menendez denied the bid.", "?", "harbour festival?"):
        await world.alice.send(world.channel, text)
    assert all(one.author != world.bot.user for one in world.channel.history())
    assert await world.bot.records.reports(world.guild.id) == []
    assert await world.bot.records.tallies(world.guild.id) == {}

    sent = await world.alice.send(world.channel, QUESTION.replace("?", "？"))
    assert "Menendez" in whole(world.channel.last_message)
    await world.alice.send(world.channel, QUESTION, reply_to=sent)
    assert world.channel.last_message.author != world.bot.user


@pytest.mark.given(MESSAGE_CONTENT="1")
async def test_a_question_of_a_question_channel_is_short_and_ends_in_a_question_mark(world: World, judged: Judge) -> None:
    """Of a person."""
    await world.choose("question_channel", world.channel)
    judged(Status.ANSWERED)
    longest = "Menendez " * 33 + "??"
    answered = ("Menendez?", "Menendez ？", "Menendez؟ ", longest + "?", "1 ?")
    silent = ("Menendez", "Menendez?!", longest + "??", "?!", "1?")
    for text in (*answered, *silent):
        await world.alice.send(world.channel, text)
    robot = world.guild.add_member(world.env.create_user("robot", bot=True))
    await robot.send(world.channel, QUESTION)

    replied = {one.reference.message_id for one in world.channel.history() if one.reference}
    assert [one.content for one in world.channel.history() if one.id in replied] == [*answered]


@pytest.mark.given(MESSAGE_CONTENT="1")
async def test_threads_and_posts_of_a_question_channel_belong_to_it(world: World) -> None:
    """A forum has nothing but posts."""
    await world.choose("question_channel", world.channel)
    created = world.env.backend.create_thread(world.channel.id, "court", owner_id=world.alice.id)
    await world.env.settle()
    thread = next(one for one in world.channel.threads if one.id == created.id)
    await world.alice.send(thread, QUESTION)

    assert "Menendez" in whole(thread.last_message)


@pytest.mark.given(MESSAGE_CONTENT="1")
async def test_a_channel_question_edited_into_one_that_nothing_answers_loses_its_answer(world: World) -> None:
    """Silence, as if it had been asked so at first; one that is answered keeps its place."""
    shown = await world.admin.slash(world.channel, "settings")
    await world.admin.select(shown.response, [world.channel], custom_id="v1|set|question_channel")
    sent = await world.alice.send(world.channel, QUESTION)
    await world.alice.edit(sent, "Who closed the harbour of Duluth?")
    assert "The storm closed the harbour" in whole(world.channel.last_message)

    await world.alice.edit(sent, UNKNOWN)

    assert [one.author.id for one in world.channel.history()] == [world.alice.id]
    assert await world.bot.records.answer_to(sent.id) is None


async def test_without_the_intent_there_is_no_question_channel(world: World) -> None:
    """And /settings says what it would need."""
    shown = await world.admin.slash(world.channel, "settings")

    assert "needs MESSAGE_CONTENT=1" in whole(shown.response)
    assert world.bot.intents.value == 4609
