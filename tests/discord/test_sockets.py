"""Real sockets, on loopback: what a simulation in one process cannot show."""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot import app, serving
from bot.client import VerbatimBot
from bot.errors import UnreachableError, UsageError
from bot.records import Report, open_records
from bot.running import run
from bot.serving import open_bot
from bot.settings import Settings, SettingsError
from tests.discord.conftest import QUESTION
from tests.discord.loopback import COMMANDS, HOME_COMMANDS, SERVER, Loopback, reply, served

REFUSED: Any = SimpleNamespace(status=403, reason="Forbidden")
TOKEN = "a.token.of-no-one"  # noqa: S105  it opens nothing


@asynccontextmanager
async def running(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Loopback, VerbatimBot, "asyncio.Task[None]"]]:
    """The bot as its own command runs it, connected."""
    given = replace(settings, discord_token=TOKEN)
    async with served(monkeypatch) as server, open_bot(given, shard_count=1) as bot:
        bot._connection.guild_ready_timeout = 0.1
        task = asyncio.create_task(run(bot))
        await server.until(lambda: server.identified or task.done())
        await bot.wait_until_ready()
        try:
            yield server, bot, task
        finally:
            if not task.done():
                os.kill(os.getpid(), signal.SIGTERM)
            await task


def said(server: Loopback) -> str:
    """All that the bot sent."""
    return str(server.sent)


async def test_a_dropped_connection_is_resumed_and_answers(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The session goes on where it was, without another login. The log of its start says how to invite the bot."""
    caplog.set_level("INFO", "bot")
    async with running(settings, monkeypatch) as (server, bot, _):
        assert f"Invite: {bot.invite}" in caplog.messages
        await server.drop()
        await server.until(lambda: server.resumed)
        await server.ask(QUESTION)
        await server.until(lambda: server.sent)

        assert "Katherine Menendez" in said(server)
        assert server.resumed[0]["session_id"] == "one"
        assert server.identified == 1


async def test_too_many_requests_and_a_broken_discord_are_tried_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is sent once, with the nonce it had at first."""
    async with running(settings, monkeypatch) as (server, _, _):
        server.refusals += [
            reply({"message": "slow down", "retry_after": 0.2, "global": False}, 429, Retry_After="1", X_RateLimit_Scope="user"),
            reply({"message": "500: Internal Server Error", "code": 0}, 500),
        ]
        await server.ask(QUESTION)
        await server.until(lambda: server.sent)

        assert server.attempts == 3
        assert len(server.sent) == 1
        assert server.sent[0]["enforce_nonce"]
        assert "Katherine Menendez" in said(server)


async def test_an_end_during_a_question_still_delivers_the_answer(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """SIGTERM takes no further question, and waits for the one that is being answered."""
    async with running(settings, monkeypatch) as (server, bot, task):
        answer, begun, ready = bot.library.answer, asyncio.Event(), asyncio.Event()

        async def slow(*given: Any, **options: Any) -> Any:
            begun.set()
            await ready.wait()
            return await answer(*given, **options)

        monkeypatch.setattr(bot.library, "answer", slow)
        await server.ask(QUESTION)
        await begun.wait()
        os.kill(os.getpid(), signal.SIGTERM)
        async with asyncio.timeout(5):
            while not bot.is_closing:  # noqa: ASYNC110  the bot tells nobody that it begins to end
                await asyncio.sleep(0.01)
        await server.ask("Who closed the harbour?")
        await asyncio.sleep(0.2)
        ready.set()
        await task

        assert len(server.sent) == 1
        assert "Katherine Menendez" in said(server)
        assert bot.is_closed()


async def test_an_end_does_not_wait_for_a_login(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord may take its time with it."""
    begun = asyncio.Event()

    async def login(*_given: Any) -> None:
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(VerbatimBot, "login", login)
    async with open_bot(replace(settings, discord_token=TOKEN), shard_count=1) as bot, asyncio.timeout(5):
        task = asyncio.create_task(run(bot))
        await begun.wait()
        os.kill(os.getpid(), signal.SIGTERM)
        await task


# What the operator has to mend


async def test_a_refused_token_names_both_places(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a setting's error, which ends the process with 78."""
    async with served(monkeypatch) as server:
        server.knows_token = False
        with pytest.raises(SettingsError, match=r"DISCORD_TOKEN was refused .*discord.com/developers.*\.env"):
            await serving.run(replace(settings, discord_token=TOKEN))


async def test_a_refused_intent_names_both_places(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where to switch it on, and how to do without."""
    async with served(monkeypatch) as server:
        server.refuses_intents = True
        with pytest.raises(SettingsError, match=r"MESSAGE_CONTENT is 1.*discord.com/developers.*MESSAGE_CONTENT=0 in .env"):
            await serving.run(replace(settings, discord_token=TOKEN, message_content=True))


async def test_no_connection_is_one_sentence(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to do."""
    async with served(monkeypatch):
        pass
    monkeypatch.setattr("discord.http.Route.BASE", "http://127.0.0.1:9/api/v10")

    with pytest.raises(UnreachableError, match="Check the connection"):
        await serving.run(replace(settings, discord_token=TOKEN))


@pytest.mark.parametrize("error", [TimeoutError(), discord.DiscordServerError(REFUSED, "no"), discord.RateLimited(60)])
async def test_a_discord_that_does_not_answer_is_one_sentence(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    """For the command, which may be started again, and for the doctor, which goes on."""

    async def login(*_given: Any) -> None:
        raise error

    given = replace(settings, discord_token=TOKEN)
    monkeypatch.setattr(VerbatimBot, "login", login)
    with pytest.raises(UnreachableError, match=r"^Discord refused or did not answer \(.+\)\. Try again in a minute\.$"):
        await serving.run(given)

    assert await serving.examine(given, sync=False) == 1
    assert "3 articles are indexed." in capsys.readouterr().out


async def test_the_doctor_goes_on_where_discord_breaks_after_the_login(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A refused look at a server is a line, too."""

    async def refused(*_given: Any) -> None:
        raise discord.Forbidden(REFUSED, {"code": 50001, "message": "Missing Access"})

    monkeypatch.setattr(VerbatimBot, "fetch_guild", refused)
    async with served(monkeypatch):
        assert await serving.examine(replace(settings, discord_token=TOKEN), sync=False) == 1

    out = capsys.readouterr().out
    assert "to do  Discord refused or did not answer (403 Forbidden (error code: 50001): Missing Access). Try again" in out
    assert "3 articles are indexed." in out


async def test_nothing_that_members_write_is_logged_even_at_debug(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The libraries would log each statement with its values."""
    libraries = [logging.getLogger(name) for name in ("discord", "aiosqlite", "asyncio")]
    before = [(one, one.level) for one in (logging.getLogger(), *libraries)]
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    try:
        serving.log_to_stderr("DEBUG")
        logging.getLogger("bot").debug("is shown")
        async with open_records(settings.records) as records:
            await records.add_report(Report(1, 2, 3, 4, QUESTION, "no"))
    finally:
        for one, level in before:
            one.setLevel(level)

    logged = capsys.readouterr().err
    assert "is shown" in logged
    assert QUESTION not in logged


async def test_the_doctor_names_what_is_to_do(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line each, and changes nothing."""
    given = replace(settings, discord_token=TOKEN, message_content=True)
    async with served(monkeypatch) as server:
        assert await serving.examine(given, sync=False) == 1
        lines = capsys.readouterr().out.splitlines()
        assert server.commands == {}

        assert "ok     Discord knows the token: verbatim." in lines
        assert any(
            line.startswith("to do  MESSAGE_CONTENT is 1, but the intent is off. Switch it on at https://") for line in lines
        )
        assert "ok     Newsroom gives every permission needed." in lines
        assert f"to do  {UNLISTED} Start the bot, or: python -m bot doctor --sync" in lines
        assert "ok     3 articles are indexed." in lines
        assert any(line.startswith("to do  CONTACT is empty.") for line in lines)


UNLISTED = "Discord does not list the commands as they are."
UNLISTED_AT_HOME = f"Discord does not list the commands for the admins of server {SERVER} as they are."


async def test_the_doctor_asks_discord_for_its_commands(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those of everywhere and those for admins: of the only server where no other is the home; --sync registers both."""
    given = replace(settings, discord_token=TOKEN, contact="me")
    async with served(monkeypatch) as server:

        async def said(*, sync: bool = False) -> str:
            await serving.examine(given, sync=sync)
            return capsys.readouterr().out

        assert "Registered anew: the commands." in await said(sync=True)
        assert {one["name"] for one in server.commands[COMMANDS]} >= {"ask", "sources", "help", "privacy", "settings", "reports"}
        assert [one["name"] for one in server.commands[HOME_COMMANDS]] == ["reindex", "add"]
        described = next(one for one in server.commands[COMMANDS] if one["name"] == "help")
        assert described["description"] == "How to ask"
        assert described["description_localizations"]["de"] == "Wie man fragt"
        assert {code.partition("-")[0] for code in described["description_localizations"]} == {"de", "en", "es", "fr", "zh"}
        assert not described.get("name_localizations")
        assert "to do" not in await said()

        server.commands[COMMANDS].pop()
        assert UNLISTED in await said()
        await said(sync=True)
        server.commands[HOME_COMMANDS][1]["description"] = "another"
        found = await said()
        assert UNLISTED_AT_HOME in found
        assert UNLISTED not in found


async def test_the_doctor_names_a_permission_that_is_missing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And whose role has to be given it."""
    given = discord.Permissions(view_channel=True, send_messages=True, embed_links=True, read_message_history=True)
    monkeypatch.setattr("tests.discord.loopback._EVERYTHING", str(given.value))
    async with served(monkeypatch):
        assert await serving.examine(replace(settings, discord_token=TOKEN, contact="me"), sync=False) == 1

    missing = "Newsroom does not give attach_files, send_messages_in_threads. Give its role these, or invite it again."
    assert f"to do  {missing}" in capsys.readouterr().out.splitlines()


async def test_the_doctor_names_a_home_that_has_no_bot(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong id in HOME_SERVERS is one of these."""
    given = replace(settings, discord_token=TOKEN, home_servers=frozenset({42}))
    async with served(monkeypatch) as server:
        server.forbidden = HOME_COMMANDS.replace(SERVER, "42")
        for sync in (False, True):
            assert await serving.examine(given, sync=sync) == 1
            out = capsys.readouterr().out
            assert "to do  Discord does not take the commands for the admins of server 42 (403 Forbidden" in out
            assert "Invite the bot there: https://" in out


async def test_the_doctor_goes_on_where_discord_refuses_the_token(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The library can be looked at all the same."""
    async with served(monkeypatch) as server:
        server.knows_token = False
        assert await serving.examine(replace(settings, discord_token=TOKEN), sync=False) == 1

    out = capsys.readouterr().out
    assert "to do  DISCORD_TOKEN was refused by Discord. Make a new one" in out
    assert "3 articles are indexed." in out


async def test_a_backup_holds_both_files_while_the_bot_runs(settings: Settings, tmp_path: Path) -> None:
    """And is never written over another."""
    async with open_bot(settings, shard_count=1) as bot:
        await bot.records.keep("name", "value")
        assert await app.backup(settings, tmp_path / "copy") == 0

    with pytest.raises(UsageError, match=r"is there already\. Name a new folder\."):
        await app.backup(settings, tmp_path / "copy")
    async with open_bot(replace(settings, data_dir=tmp_path / "copy"), shard_count=1) as copied:
        assert await copied.records.about("name") == "value"
        assert (await copied.library.coverage()).articles == 3
