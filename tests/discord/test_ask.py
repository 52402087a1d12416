"""Asking by command: /ask, and the menu of a message."""

import asyncio
from typing import Any

import pytest

from index import Answer, Status
from tests.discord.conftest import QUESTION, UNKNOWN, Judge, World, explained, labels, texts, whole

# /ask


async def test_an_answer_is_for_everyone_as_asked(world: World) -> None:
    """One answer looks the same everywhere."""
    result = await world.alice.slash(world.channel, "ask", question=QUESTION)
    mention = await world.ask(QUESTION)

    assert not result.ephemeral
    assert texts(result.response) == texts(mention)


async def test_an_answer_may_be_private(world: World) -> None:
    """With a button that shares it, once."""
    result = await world.alice.slash(world.channel, "ask", question=QUESTION, private=True)
    assert result.ephemeral
    assert labels(result.response) == ["More", "Follow up", "Share", "Report"]

    await world.alice.click(result.response, label="Share")
    second = await world.alice.click(result.response, label="Share")

    shared = [one for one in world.channel.history() if not one.flags.ephemeral]
    assert len(shared) == 1
    assert texts(shared[0]) == texts(result.response)
    assert whole(second.followups[0]) == "This answer is shared already."


async def test_what_nothing_answers_is_only_for_the_asker(world: World) -> None:
    """With the words that no article has; shared, without."""
    result = await world.alice.slash(world.channel, "ask", question=UNKNOWN, private=False)

    assert result.ephemeral
    assert "No article mentions “won”, “Zorblaxian”, “football” or “cup”." in whole(result.response)
    assert labels(result.response) == ["Follow up", "Share", "Report"]

    await world.alice.click(result.response, label="Share")
    assert texts(world.channel.last_message)[0] == f"**{UNKNOWN}**"
    assert "No article mentions" not in whole(world.channel.last_message)


async def test_the_closest_sentences_are_only_for_the_asker(world: World, judged: Judge) -> None:
    """Until they are shared."""
    judged(Status.UNSURE)
    result = await world.alice.slash(world.channel, "ask", question="harbour festival", private=False)
    assert result.ephemeral
    assert "No sentence here clearly answers this. The closest:" in whole(result.response)
    assert "“The storm closed the harbour of Duluth on Sunday.”" in whole(result.response)

    await world.alice.click(result.response, label="Share")
    assert texts(world.channel.last_message) == texts(result.response)


async def test_source_and_since_narrow_the_search_and_are_shown(world: World) -> None:
    """And are still known when a button is pressed."""
    result = await world.alice.slash(
        world.channel, "ask", question="Who closed the harbour?", source="harbour post", since="2026-02-01"
    )
    assert "-# Only from **harbour post**\n-# Only since **2026-02-01**" in whole(result.response)

    other = await world.alice.slash(world.channel, "ask", question=QUESTION, source="Harbour Post")
    assert other.ephemeral
    assert "Nothing from Harbour Post answers this." in whole(other.response)

    more = await world.alice.click(result.response, label="More")
    assert "Menendez" not in whole(more.response)


async def test_publishers_are_offered_as_they_are_typed(world: World) -> None:
    """Those that what was typed is part of."""
    assert [one["value"] for one in await world.alice.autocomplete(world.channel, "ask", "source", "post")] == [
        "<@1> _Post_",
        "Harbour Post",
    ]
    assert [one["value"] for one in await world.alice.autocomplete(world.channel, "ask", "source", "times")] == ["Example Times"]


async def test_a_date_that_is_none_is_explained(world: World) -> None:
    """With an example."""
    result = await world.alice.slash(world.channel, "ask", question=QUESTION, since="last week")

    assert result.ephemeral
    assert whole(result.response) == "Write the date as YYYY-MM-DD, for example 2026-02-01."
    assert explained(world) == "errors.no_date"


async def test_an_answer_that_takes_long_is_private(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past one and a half seconds the asker alone sees that it is looked for."""
    answer, ready = world.bot.library.answer, asyncio.Event()

    async def slow(*given: Any, **options: Any) -> Answer:
        await world.env.external_wait(ready.wait(), reason="a slow library")
        return await answer(*given, **options)

    monkeypatch.setattr(world.bot.library, "answer", slow)
    result = await world.alice.slash(world.channel, "ask", question=QUESTION)
    assert result.deferred
    ready.set()
    await world.env.settle()

    assert result.ephemeral
    assert "Menendez" in whole(result.response)


# Find coverage


async def test_the_menu_takes_a_message_as_the_question(world: World) -> None:
    """Privately; what is shared links the message instead of repeating it."""
    sent = await world.admin.send(world.channel, "I heard that a judge denied Minnesota's bid to halt the operation.")
    result = await world.alice.context_menu(world.channel, "Find coverage", sent)
    assert result.ephemeral
    assert "Katherine Menendez" in whole(result.response)

    await world.alice.click(result.response, label="Share")

    shared = world.channel.last_message
    assert texts(shared)[0] == f"**[Coverage of this message](<{sent.jump_url}>)**"
    assert "I heard" not in whole(shared)
    assert labels(shared) == ["Follow up", "Report", "Delete"]


async def test_a_message_without_text_cannot_be_searched_for(world: World) -> None:
    """A picture, for example."""
    sent = await world.admin.send(world.channel, "", attachments=[("a.png", b"x")])
    result = await world.alice.context_menu(world.channel, "Find coverage", sent)

    assert whole(result.response) == "That message has no text to search for."
    assert explained(world) == "errors.no_text"


async def test_a_long_message_is_cut_at_a_word(world: World) -> None:
    """The question is what the card shows."""
    sent = await world.admin.send(world.channel, "Judge Menendez denied the bid. " + "blah " * 200)
    result = await world.alice.context_menu(world.channel, "Find coverage", sent)

    assert texts(result.response)[0].endswith("blah**")
    assert len(texts(result.response)[0]) <= 304
