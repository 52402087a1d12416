"""What goes wrong ends in one clear sentence, or in silence where that is right; never in "interaction failed"."""

import logging
import re
from typing import Any

import pytest

from bot.registering import is_synced, sync
from index import DamagedLibraryError, Status
from tests.discord.conftest import QUESTION, Judge, World, explained, whole


async def fail(*_given: Any, **_options: Any) -> Any:
    """A defect."""
    raise ZeroDivisionError


async def test_an_unexpected_error_shows_a_reference_into_the_log(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """By every way to ask; the traceback is in the log alone."""
    monkeypatch.setattr(world.bot.library, "answer", fail)
    mention = whole(await world.ask(QUESTION))
    command = await world.alice.slash(world.channel, "ask", question=QUESTION)

    assert mention.startswith("Something went wrong (ref ")
    assert command.ephemeral
    ref = whole(command.response)[len("Something went wrong (ref ") : -2]
    assert f"ref {ref}" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert len(world.env.errors) == 1


@pytest.mark.parametrize("face", ["mention", "slash", "button"])
async def test_one_reference_joins_the_answers_line_the_traceback_and_what_is_shown(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, face: str
) -> None:
    """Whether the library fails, or Discord takes the answer no more."""
    answer = await world.ask(QUESTION)
    monkeypatch.setattr(world.bot.library, "answer", fail)
    with caplog.at_level("INFO", "bot"):
        if face == "mention":
            shown = await world.ask(QUESTION)
        elif face == "slash":
            shown = (await world.alice.slash(world.channel, "ask", question=QUESTION)).response
            assert world.env.errors
        else:
            shown = (await world.alice.click(answer, label="More")).response
    ref = whole(shown)[-6:-2]

    line, traceback = (one for one in caplog.messages if ref in one)
    assert re.fullmatch(rf"answer {ref} {face} failed - \d+ ms", line)
    assert traceback == f"ref {ref}"
    assert "Minnesota" not in line + traceback


async def test_an_answer_that_discord_refuses_is_found_in_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Under the reference that is shown."""
    world.env.inject_error("POST", "/interactions/*", status=500)
    with caplog.at_level("INFO", "bot"):
        result = await world.alice.slash(world.channel, "ask", question=QUESTION)
    ref = whole(result.response)[-6:-2]

    assert [one.split()[:2] for one in caplog.messages if ref in one] == [["answer", ref], ["ref", ref]]
    assert len(world.env.errors) == 1


async def test_each_question_has_a_reference_of_its_own(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """One line each."""
    with caplog.at_level("INFO", "bot"):
        for _ in range(3):
            await world.ask(QUESTION)
    lines = [one for one in caplog.messages if one.startswith("answer ")]

    assert len(lines) == len({one.split()[1] for one in lines}) == 3
    assert all(re.fullmatch(r"answer [0-9A-F]{4} mention answered [01]\.\d\d \d+ ms", one) for one in lines)


async def test_a_button_that_fails_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord would only say that the interaction failed."""
    answer = await world.ask(QUESTION)
    monkeypatch.setattr(world.bot.library, "answer", fail)
    pressed = await world.alice.click(answer, label="More")

    assert whole(pressed.response).startswith("Something went wrong (ref ")


async def test_an_unavailable_library_is_explained_without_a_path(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The operator finds the path and the remedy in the log."""

    async def damaged(*_given: Any, **_options: Any) -> Any:
        raise DamagedLibraryError(world.bot.library.folders.library, "a checksum does not match")

    monkeypatch.setattr(world.bot.library, "answer", damaged)

    assert whole(await world.ask(QUESTION)).startswith("The articles cannot be read right now.")
    assert "reindex --rebuild" in caplog.text


@pytest.mark.parametrize(
    ("status", "code", "said"),
    [
        (403, 50013, "The bot lacks a permission here"),
        (404, 10008, "That message is no longer there."),
        (400, 50083, "This thread is archived."),
        (429, 0, "Discord asks the bot to slow down."),
        (500, 0, "Discord has a problem."),
    ],
)
async def test_what_discord_refuses_is_explained(world: World, status: int, code: int, said: str) -> None:
    """Each of its answers with what to do."""
    world.env.inject_error("POST", "/interactions/*", status=status, code=code, message="no")
    result = await world.alice.slash(world.channel, "ask", question=QUESTION)

    assert whole(result.response).startswith(said)
    assert len(world.env.errors) == 1


@pytest.mark.parametrize("status", [403, 404, 500])
async def test_a_reply_that_discord_refuses_ends_in_silence(world: World, status: int, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody can be told; the log says why."""
    world.env.inject_error("POST", "/channels/*/messages", status=status, message="no", times=None)

    assert await world.ask(QUESTION) is None
    assert "A message could not be answered" in caplog.text


async def test_a_question_deleted_while_it_is_answered(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Its answer is dropped without a word."""
    text = "In message_reference: Unknown message"
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=50035, message=text)

    with caplog.at_level(logging.WARNING):
        assert await world.ask(QUESTION) is None
    assert "could not be answered" not in caplog.text


async def test_an_interaction_that_is_over_ends_in_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """When even the sentence cannot be shown."""
    world.env.inject_error("POST", "/interactions/*", status=404, code=10062, message="Unknown interaction", times=None)
    await world.alice.slash(world.channel, "ask", question=QUESTION)

    assert "An error could not be shown" in caplog.text
    assert len(world.env.errors) == 1


async def test_no_question_is_taken_while_the_bot_ends(world: World) -> None:
    """A command says so, a mention is met with silence."""
    await world.bot.drain()

    assert await world.ask(QUESTION) is None
    result = await world.alice.slash(world.channel, "ask", question=QUESTION)
    assert whole(result.response) == "The bot is restarting. Please ask again in a minute."


async def test_text_of_articles_and_members_is_shown_literally(world: World, judged: Judge) -> None:
    """No markdown, mention, invite or link of theirs becomes live."""
    judged(Status.ANSWERED)
    answer = await world.ask("What did the mayor of Zumbrota say of the budget? <@&5> **b** discord.gg/x")
    text = whole(answer)

    assert "\\<@&5\\> \\*\\*b\\*\\* discord\\.gg/x" in text
    assert "said nothing and \\|\\|hid\\|\\| the \\<@123\\> budget of https\\://evil.example on Friday." in text
    assert "\\<@1\\> \\_Post\\_, 15 January 2026" in text
    assert "(<https://odd.example/a_%28b%29" in text


async def test_commands_are_registered_once_while_they_do_not_change(world: World) -> None:
    """A second start sends nothing; a forced one does."""
    tree, records = world.bot.tree, world.bot.records

    assert await is_synced(tree, records)
    assert not await sync(tree, records)
    assert not await sync(tree, records, world.bot.at_home(world.guild.id))
    assert await sync(tree, records, is_forced=True)


async def test_a_home_that_the_bot_is_not_in_does_not_stop_it(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """The log says how to invite it."""
    world.env.inject_error("PUT", "/applications/*/guilds/4711/commands", status=403, code=50001, message="Missing Access")

    await world.bot.sync_home(4711)

    assert "Home server 4711 has no commands of its own" in caplog.text
    assert "https://discord.com/oauth2/authorize?client_id=" in caplog.text


async def test_a_date_is_explained_in_the_readers_language(world: World) -> None:
    """Errors are in the bot's words, too."""
    await world.admin.slash(world.channel, "settings", language="es")
    result = await world.alice.slash(world.channel, "ask", question=QUESTION, since="ayer")

    assert whole(result.response) == "Escriba la fecha como AAAA-MM-DD, por ejemplo 2026-02-01."
    assert explained(world) == "errors.no_date"


async def test_a_chore_that_fails_is_logged_and_done_again(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing ends for good without a line."""
    monkeypatch.setattr(world.bot.records, "drop_expired", fail)
    for _ in range(2):
        await world.env.advance_time(3601)

    assert caplog.text.count("A chore failed.") == 2
    assert "ZeroDivisionError" in caplog.text
