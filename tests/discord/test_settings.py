"""What a server's admins choose, and what everyone may know."""

import sqlite3
from contextlib import closing
from time import time
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import discord
import pytest
from simcord import interactions

from bot.records import ServerSettings
from bot.settings import Settings
from bot.wording import wording
from tests.discord.conftest import QUESTION, UNKNOWN, World, labels, texts, whole


async def test_settings_are_shown_and_changed(world: World) -> None:
    """Those that are given; for this server alone."""
    shown = await world.admin.slash(world.channel, "settings", private=True, quotes=1, language="de")

    assert shown.ephemeral
    assert "Antworten auf /ask: **privat**" in whole(shown.response)
    assert "Zitate je Antwort, höchstens: **1**" in whole(shown.response)
    answer = await world.alice.slash(world.channel, "ask", question=QUESTION)
    assert answer.ephemeral
    await world.alice.slash(world.channel, "ask", question=UNKNOWN)
    assert await world.bot.records.reports(world.guild.id) == []
    assert len([text for text in texts(answer.response) if "> “" in text or "> „" in text]) == 1

    other = world.env.create_guild("Elsewhere")
    bob = other.add_member(world.env.create_user("bob"))
    assert not (await bob.slash(other.create_text_channel("talk"), "ask", question=QUESTION)).ephemeral


async def test_every_option_can_be_unset(world: World) -> None:
    """The language by a choice of its own, the others by what they were."""
    before = whole((await world.admin.slash(world.channel, "settings")).response)
    await world.admin.slash(world.channel, "settings", private=True, cooldown=9, per_minute=5, quotes=1, language="de")
    given = {"private": False, "cooldown": 0, "per_minute": 20, "quotes": 3, "language": "own"}
    after = await world.admin.slash(world.channel, "settings", **given)

    assert whole(after.response) == before
    assert await world.bot.records.settings(world.guild.id) == ServerSettings()


@pytest.mark.given(MESSAGE_CONTENT="1")
async def test_every_menu_can_be_emptied(world: World) -> None:
    """Channels, roles and the question channel."""
    role = world.guild.create_role("readers")
    shown = await world.admin.slash(world.channel, "settings")
    before = whole(shown.response)
    for name, chosen in (("channels", world.channel), ("question_channel", world.channel), ("roles", role)):
        await world.admin.select(shown.response, [chosen], custom_id=f"v1|set|{name}")
    assert whole(shown.response).count(f"<#{world.channel.id}>") == 2
    for name in ("channels", "question_channel", "roles"):
        await world.admin.select(shown.response, [], custom_id=f"v1|set|{name}")

    assert whole(shown.response) == before


async def test_what_a_member_asks_for_goes_before_the_default(world: World) -> None:
    """Public where the server's answers are private; a follow-up says nothing of it."""
    await world.admin.slash(world.channel, "settings", private=True)
    public = await world.alice.slash(world.channel, "ask", question=QUESTION, private=False)
    assert not public.ephemeral

    form = await world.alice.click(public.response, label="Follow up")
    assert (await world.alice.submit_modal(form, {"question": "And when is another hearing?"})).ephemeral


async def test_a_member_is_not_offered_the_settings(world: World) -> None:
    """Nor the reports."""
    assert not {"settings", "reports"} & set(world.alice.available_commands(world.channel))


async def test_channels_narrow_where_it_answers(world: World) -> None:
    """Elsewhere a mention is met with silence and a command with where to go."""
    other = world.guild.create_text_channel("other")
    shown = await world.admin.slash(world.channel, "settings")
    await world.admin.select(shown.response, [other], custom_id="v1|set|channels")
    assert f"Answers in: **<#{other.id}>**" in whole(shown.response)

    assert await world.ask(QUESTION) is None
    refused = await world.alice.slash(world.channel, "ask", question=QUESTION)
    assert refused.ephemeral
    assert whole(refused.response) == f"Questions are not answered in this channel. Ask in <#{other.id}>."
    assert "Katherine" in whole((await world.alice.slash(other, "ask", question=QUESTION)).response)

    await world.admin.select(shown.response, [], custom_id="v1|set|channels")
    assert "Katherine" in whole(await world.ask(QUESTION))


async def test_roles_narrow_who_may_ask(world: World) -> None:
    """Who has none of them is told privately."""
    role = world.guild.create_role("readers")
    reader = world.guild.add_member(world.env.create_user("reader"), roles=[role])
    shown = await world.admin.slash(world.channel, "settings")
    await world.admin.select(shown.response, [role], custom_id="v1|set|roles")

    assert await world.ask(QUESTION) is None
    refused = await world.alice.slash(world.channel, "ask", question=QUESTION)
    assert whole(refused.response) == "In this server only some roles may ask."
    assert "Katherine" in whole((await reader.slash(world.channel, "ask", question=QUESTION)).response)


async def test_over_a_limit_a_mention_gets_one_notice(world: World) -> None:
    """Then silence."""
    await world.admin.slash(world.channel, "settings", cooldown=600)

    assert "Katherine" in whole(await world.ask(QUESTION))
    assert "That is a lot of questions." in whole(await world.ask(QUESTION))
    assert await world.ask(QUESTION) is None
    private = await world.alice.slash(world.channel, "ask", question=QUESTION)
    assert private.ephemeral
    assert "That is a lot of questions." in whole(private.response)


async def test_a_server_that_removes_the_bot_is_forgotten(world: World) -> None:
    """With what its admins chose."""
    await world.admin.slash(world.channel, "settings", private=True)
    guild = world.bot.get_guild(world.guild.id)
    assert guild
    world.bot.dispatch("guild_remove", guild)

    async def is_forgotten() -> bool:
        return not (await world.bot.records.settings(world.guild.id)).private

    await world.until(is_forgotten)


# Languages


async def test_the_bots_words_follow_the_reader_and_quotes_never_do(world: World) -> None:
    """Public ones the server's language, private ones the reader's."""
    german = world.env.create_guild("Redaktion", preferred_locale="de")
    channel = german.create_text_channel("nachrichten")
    bob = german.add_member(world.env.create_user("bob"))
    await bob.send(channel, f"{world.mention} {QUESTION}")

    answer = channel.last_message
    assert labels(answer) == ["Mehr", "Nachfragen", "Melden", "Löschen"]
    assert "Example Times, 2\\. Februar 2026:\n> „Judge Katherine Menendez denied" in whole(answer)
    await bob.send(channel, f"{world.mention} {UNKNOWN}")
    assert whole(channel.last_message).startswith("Nichts hier beantwortet das.")


async def test_what_one_person_reads_is_in_their_own_language(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless the server's admins chose one; the simulation's readers all read English."""
    payload = interactions.base_payload

    def french(*given: Any, **options: Any) -> Any:
        record, made = payload(*given, **options)
        return record, {**made, "locale": "fr"}

    monkeypatch.setattr(interactions, "base_payload", french)
    private = await world.alice.slash(world.channel, "ask", question=QUESTION, private=True)
    assert labels(private.response) == [wording("fr").text(f"button.{name}") for name in ("more", "follow", "share", "report")]
    assert "“Judge" not in whole(private.response)
    assert "Judge Katherine Menendez denied" in whole(private.response)
    public = await world.alice.slash(world.channel, "ask", question=QUESTION)
    assert labels(public.response)[0] == "More"

    await world.admin.slash(world.channel, "settings", language="es")
    chosen = await world.alice.slash(world.channel, "ask", question=QUESTION, private=True)
    assert labels(chosen.response)[1] == wording("es").text("button.follow")


# Help and privacy


async def test_help_tells_an_admin_how_to_begin(world: World) -> None:
    """A member only how to ask."""
    member = whole((await world.alice.slash(world.channel, "help")).response)
    admin = whole((await world.admin.slash(world.channel, "help")).response)

    assert "/ask" in member
    assert "first three steps" not in member
    assert "first three steps" in admin
    assert "/reindex" in admin

    other = world.env.create_guild("Elsewhere")
    boss = world.admin_of(other)
    elsewhere = whole((await boss.slash(other.create_text_channel("talk"), "help")).response)
    assert "The articles themselves are the operator's." in elsewhere
    assert "/reindex" not in elsewhere


@pytest.mark.given(CONTACT="news@example.org")
async def test_privacy_says_what_is_kept_and_erases_it(world: World, settings: Settings) -> None:
    """Of one member, from the disk."""
    await world.ask(QUESTION)
    await world.ask(UNKNOWN)
    shown = await world.alice.slash(world.channel, "privacy")
    assert shown.ephemeral
    assert "Of you: 3 rows." in whole(shown.response)
    assert "news@example.org" in whole(shown.response)

    await world.alice.click(shown.response, label="Delete mine")
    assert whole(shown.response) == "Erased. Nothing about you is kept any more."
    assert await world.bot.records.answers_of(world.alice.id) == 0
    on_disk = b"".join(file.read_bytes() for file in settings.data_dir.glob("servers.sqlite3*"))
    assert b"Zorblaxian" not in on_disk


def kept(settings: Settings) -> str:
    """All that stands in the file of the records, table by table."""
    with closing(sqlite3.connect(settings.records)) as reader:
        tables = [name for (name,) in reader.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {table: reader.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    assert {"answer", "report", "tally", "about"} <= rows.keys()
    return str(rows)


async def test_after_a_round_of_questions_no_word_of_them_is_kept(
    world: World, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """By no way to ask, in no table and no line of the log, even while somebody reads the file."""
    await world.bot.records._connection.execute_fetchall("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(settings.records, isolation_level=None)) as reader, caplog.at_level("INFO", "bot"):
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM report").fetchall()
        answer = await world.ask(QUESTION)
        await world.alice.click(answer, label="More")
        for private in (True, False):
            for question in (QUESTION, UNKNOWN):
                await world.alice.slash(world.channel, "ask", question=question, private=private)
        form = await world.alice.click(answer, label="Follow up")
        await world.alice.submit_modal(form, {"question": "And Zorblaxian?"})
        shared = await world.admin.send(world.channel, "Zorblaxian judges denied Minnesota's bid.")
        await world.alice.context_menu(world.channel, "Find coverage", shared)
        await world.env.create_user("bob").send_dm(UNKNOWN)
        sent = await world.alice.send(world.channel, f"{world.mention} {UNKNOWN}")
        assert "Zorblaxian" in kept(settings), "a message to the bot that nothing answered is the one exception"
        await world.alice.delete(sent)

        text = kept(settings) + caplog.text

    assert [word for word in ("Minnesota", "Zorblaxian", "football", "alice", "bob") if word in text] == []
    assert "'unanswered'" in text


async def test_the_words_of_a_message_go_when_it_is_edited_or_its_answer_deleted(world: World, settings: Settings) -> None:
    """What nothing answered may be kept as it reads now, and no longer than its answer."""
    sent = await world.alice.send(world.channel, f"{world.mention} {UNKNOWN}")
    await world.alice.edit(sent, f"{world.mention} Where is Quuxland?")
    (report,) = await world.bot.records.reports(world.guild.id)
    assert report.question == "Where is Quuxland?"
    assert report.answer == world.channel.last_message.id

    await world.alice.edit(sent, f"{world.mention} {QUESTION}")
    assert await world.bot.records.reports(world.guild.id) == []
    form = await world.admin.click(world.channel.last_message, label="Report")
    await world.admin.submit_modal(form, {"reason": "no"})
    assert "Minnesota" in kept(settings)

    await world.alice.click(world.channel.last_message, label="Delete")
    assert "Minnesota" not in kept(settings)


async def test_a_report_goes_with_its_answer_however_old_that_is(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept of an answer is kept as long as its report."""
    start = time()
    sent = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    monkeypatch.setattr("bot.records.time", lambda: start + 20 * 86_400)
    form = await world.admin.click(world.channel.last_message, label="Report")
    await world.admin.submit_modal(form, {"reason": "no"})
    monkeypatch.setattr("bot.records.time", lambda: start + 40 * 86_400)
    await world.bot.records.drop_expired()
    assert "Minnesota" in kept(settings)

    await world.alice.delete(sent)

    assert "Minnesota" not in kept(settings)


async def test_a_report_after_delete_mine_still_goes_with_the_question(world: World, settings: Settings) -> None:
    """Discord knows which message was answered, and who wrote it."""
    sent = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    await world.bot.records.forget_member(world.alice.id)
    form = await world.admin.click(world.channel.last_message, label="Report")
    await world.admin.submit_modal(form, {"reason": "no"})
    assert "Minnesota" in kept(settings)

    await world.alice.delete(sent)

    assert "Minnesota" not in kept(settings)
    assert world.channel.history() == []


async def test_no_word_of_a_question_is_kept_or_logged(world: World, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """Of one that was answered."""
    with caplog.at_level("INFO"):
        await world.ask(QUESTION)

    assert "answer" in caplog.text
    assert "mention answered" in caplog.text
    assert "Minnesota" not in caplog.text
    assert "alice" not in caplog.text
    on_disk = b"".join(file.read_bytes() for file in settings.data_dir.glob("servers.sqlite3*"))
    assert b"Minnesota" not in on_disk


# Whom the operator opened it to


@pytest.mark.given(OPEN_TO="home", HOME_SERVERS="42")
async def test_only_home_is_answered_where_the_operator_says_so(world: World) -> None:
    """Elsewhere a mention is met with silence; a DM of a home's member is answered."""
    assert await world.ask(QUESTION) is None
    refused = await world.alice.slash(world.channel, "ask", question=QUESTION)
    assert whole(refused.response) == "This bot answers in its own servers only."

    home = world.env.create_guild("Home", id=42)
    home.create_text_channel("news")
    bob = world.env.create_user("bob")
    home.add_member(bob)
    await bob.send_dm(QUESTION)
    assert "Katherine" in whole(bob.dm_channel.last_message)
    stranger = world.env.create_user("stranger")
    await stranger.send_dm(QUESTION)
    assert "its own servers only" in whole(stranger.dm_channel.last_message)


async def test_the_bot_asks_for_what_it_needs(world: World) -> None:
    """No privileged intent, and exactly the permissions that it uses: none to manage anything."""
    invited = dict(parse_qsl(urlsplit(world.bot.invite).query))

    assert world.bot.intents.value == 4609
    assert invited["client_id"] == str(world.bot.application_id)
    assert invited["scope"].split() == ["bot", "applications.commands"]
    assert [name for name, is_asked in discord.Permissions(int(invited["permissions"])) if is_asked] == [
        "read_messages",
        "send_messages",
        "embed_links",
        "attach_files",
        "read_message_history",
        "send_messages_in_threads",
    ]
