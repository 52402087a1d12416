"""The buttons of a card: after a restart, in another process, for the right people, and never without a word."""

from typing import Any

import discord
import pytest

from bot.records import EVERYWHERE, Report, Withdrawal
from bot.serving import open_bot
from bot.settings import Settings
from index import Status
from tests.discord.conftest import QUESTION, UNKNOWN, Gate, Judge, World, labels, texts, whole


async def test_more_is_private_and_says_why(world: World) -> None:
    """The sentences around, the matched terms, the citation."""
    answer = await world.ask(QUESTION)
    more = await world.admin.click(answer, label="More")

    assert more.ephemeral
    assert "> “She wrote that the harms were balanced.”" in whole(more.response)
    assert "Found by:" in whole(more.response)
    assert "Cite as: A. Writer, “Bid to halt the operation denied”, Example Times, 2 February 2026" in whole(more.response)


async def test_more_that_takes_long_shows_that_it_is_looked_for(world: World, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    """To who pressed it alone, and then what there is in its place."""
    answer = await world.ask(QUESTION)
    monkeypatch.setattr("bot.asking.PATIENCE_SECONDS", 0.1)
    gate.hold(monkeypatch, world.bot.library, "answer")
    more = await world.admin.click(answer, label="More")
    assert more.deferred
    assert more.ephemeral
    await gate.open()

    assert "Cite as:" in whole(more.response)
    assert more.followups == []


async def test_a_follow_up_leans_on_the_card(world: World) -> None:
    """And is public where the card is."""
    answer = await world.ask(QUESTION)
    form = await world.admin.click(answer, label="Follow up")
    result = await world.admin.submit_modal(form, {"question": "And when is another hearing?"})

    assert not result.ephemeral
    assert "Read together with the question before: **Which judge denied Minnesota's bid?**" in whole(result.response)

    again = await world.admin.click(result.response, label="Follow up")
    third = await world.admin.submit_modal(again, {"question": "And why?"})
    assert "before: **Which judge denied Minnesota's bid? And when is another hearing?**" in whole(third.response)


async def test_a_follow_up_to_a_private_answer_is_private(world: World) -> None:
    """It would give the first away."""
    first = await world.alice.slash(world.channel, "ask", question=QUESTION, private=True)
    form = await world.alice.click(first.response, label="Follow up")
    result = await world.alice.submit_modal(form, {"question": "And when is another hearing?"})

    assert result.ephemeral


async def test_a_report_reaches_the_admins_of_its_server(world: World) -> None:
    """The form says that it will."""
    answer = await world.ask(QUESTION)
    form = await world.admin.click(answer, label="Report")
    assert "shown to this server's admins" in str(form.modal)
    sent = await world.admin.submit_modal(form, {"reason": "It is **not** true."})
    assert whole(sent.response) == "Thank you. The report is noted."

    reports = await world.admin.slash(world.channel, "reports")
    assert reports.ephemeral
    assert "**Which judge denied Minnesota's bid?**" in whole(reports.response)
    assert "It is \\*\\*not\\*\\* true." in whole(reports.response)
    assert f"[answer](<{answer.jump_url}>)" in whole(reports.response)


async def test_a_report_of_a_private_answer_is_only_counted(world: World) -> None:
    """Nobody reads the question."""
    answer = await world.alice.slash(world.channel, "ask", question=QUESTION, private=True)
    form = await world.alice.click(answer.response, label="Report")
    assert "only counted" in str(form.modal)
    await world.alice.submit_modal(form, {"reason": "Hm."})

    reports = await world.admin.slash(world.channel, "reports")
    assert "Menendez" not in whole(reports.response)
    assert "Minnesota" not in whole(reports.response)
    assert "reports about private answers: 1" in whole(reports.response)


async def test_unanswered_questions_are_kept_only_where_everybody_could_read_them(world: World) -> None:
    """The answer to a command that nothing answers is private, whatever was wished for; those are counted."""
    unanswered = await world.ask(UNKNOWN)
    await world.alice.slash(world.channel, "ask", question="Who found the Zorblaxian treasure?", private=False)
    await world.alice.slash(world.channel, "ask", question="Who stole the Zorblaxian crown?", private=True)
    bob = world.env.create_user("bob")
    await bob.send_dm("Where is Zorblax?")

    reports = whole((await world.admin.slash(world.channel, "reports")).response)
    assert "**Who won the Zorblaxian football cup?**" in reports
    assert f"[answer](<{unanswered.jump_url}>)" in reports
    assert "treasure" not in reports
    assert "crown" not in reports
    assert "Where is" not in reports
    assert "private questions that nothing answered: 2" in reports


async def test_reports_say_how_many_more_there_are(world: World) -> None:
    """As many are shown as fit, however much their words grow by being shown literally; what was counted is never cut off."""
    for number in range(18):
        await world.bot.records.add_report(Report(world.guild.id, 1, 2, 3, "*" * 300, "_" * 300 if number % 2 else None))
    await world.bot.records.tally(world.guild.id, "unanswered")
    shown = (await world.admin.slash(world.channel, "reports")).response
    count = whole(shown).count("\n- ")

    assert 5 < count < 15
    assert f"\nand {18 - count} more\n" in whole(shown)
    assert "private questions that nothing answered: 1" in whole(shown)


async def test_only_the_asker_and_those_who_manage_messages_delete(world: World) -> None:
    """Anybody else is told who can."""
    bob = world.guild.add_member(world.env.create_user("bob"))
    answer = await world.ask(QUESTION)
    refused = await bob.click(answer, label="Delete")
    assert refused.ephemeral
    assert "Only who asked" in whole(refused.response)
    assert world.channel.last_message.id == answer.id

    await world.alice.click(answer, label="Delete")
    assert world.channel.last_message.id != answer.id
    assert await world.bot.records.answer(answer.id) is None

    second = await world.ask(QUESTION)
    await world.admin.click(second, label="Delete")
    assert world.channel.last_message.id != second.id


async def test_an_asker_deletes_an_answer_of_which_nothing_is_kept(world: World) -> None:
    """After "Delete mine" Discord still knows whom the bot answered; nobody else may."""
    bob = world.guild.add_member(world.env.create_user("bob"))
    command = await world.alice.slash(world.channel, "ask", question=QUESTION)
    for answer in (await world.ask(QUESTION), command.response):
        await world.bot.records.forget_member(world.alice.id)
        assert "Only who asked" in whole((await bob.click(answer, label="Delete")).response)
        await world.alice.click(answer, label="Delete")
        assert answer.id not in [one.id for one in world.channel.history()]


@pytest.mark.parametrize("label", ["More", "Share"])
async def test_an_end_waits_until_a_pressed_button_has_shown_its_answer(
    world: World, monkeypatch: pytest.MonkeyPatch, label: str
) -> None:
    """And not only until the answer is found."""
    private = await world.alice.slash(world.channel, "ask", question=QUESTION, private=True)
    at_work: list[int] = []

    def watch(owner: Any, name: str) -> None:
        send = getattr(owner, name)

        async def watched(*given: Any, **options: Any) -> Any:
            at_work.append(world.bot.questions)
            return await send(*given, **options)

        monkeypatch.setattr(owner, name, watched)

    watch(discord.InteractionResponse, "send_message")
    watch(discord.Webhook, "send")
    await world.alice.click(private.response, label=label)

    assert at_work == [1]
    assert world.bot.questions == 0


async def test_an_end_waits_for_a_form(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A report is kept, and the member reads so."""
    answer = await world.ask(QUESTION)
    form = await world.admin.click(answer, label="Report")
    keep, at_work = world.bot.records.add_report, []

    async def watched(*given: Any) -> None:
        at_work.append(world.bot.questions)
        await keep(*given)

    monkeypatch.setattr(world.bot.records, "add_report", watched)
    await world.admin.submit_modal(form, {"reason": "no"})

    assert at_work == [1]


async def test_an_old_cards_buttons_work_in_another_process(world: World, settings: Settings) -> None:
    """A second bot on the same data answers them, and the form that the first had opened."""
    answer = await world.ask(QUESTION)
    form = await world.alice.click(answer, label="Follow up")
    async with open_bot(settings, shard_count=1) as second:
        await world.env.restart_bot(second)

        more = await world.alice.click(answer, label="More")
        assert "Cite as:" in whole(more.response)
        followed = await world.alice.submit_modal(form, {"question": "And when is another hearing?"})
        assert "another hearing for March" in whole(followed.response)
        await world.alice.click(answer, label="Delete")
        assert await second.records.answer(answer.id) is None


async def test_a_quote_withdrawn_since_is_not_shown_again(world: World) -> None:
    """More says that it is gone."""
    answer = await world.ask(QUESTION)
    await world.bot.records.withdraw(Withdrawal("court.md", EVERYWHERE, "wrong", 1))
    more = await world.alice.click(answer, label="More")

    assert "An article quoted above was changed or withdrawn since." in whole(more.response)
    assert "Katherine" not in whole(more.response)


async def test_a_button_on_a_card_that_shows_no_question(world: World, judged: Judge) -> None:
    """A shared message's card cannot be reported with a question it does not hold: it is counted."""
    judged(Status.ANSWERED)
    sent = await world.admin.send(world.channel, "Judge Menendez denied Minnesota's bid.")
    found = await world.alice.context_menu(world.channel, "Find coverage", sent)
    await world.alice.click(found.response, label="Share")
    form = await world.alice.click(world.channel.last_message, label="Report")
    await world.alice.submit_modal(form, {"reason": "no"})

    assert await world.bot.records.reports(world.guild.id) == []
    assert await world.bot.records.tallies(world.guild.id) == {"reported": 1}


async def test_an_answer_deleted_while_its_button_is_pressed(world: World) -> None:
    """Ends in a sentence."""
    answer = await world.ask(QUESTION)
    world.env.inject_error("DELETE", "/webhooks/*", status=404, code=10008, message="Unknown Message")
    pressed = await world.alice.click(answer, label="Delete")

    assert whole(pressed.followups[0]) == "That message is no longer there."


@pytest.mark.parametrize("label", ["More", "Follow up", "Report", "Delete"])
async def test_no_button_begins_anything_while_the_bot_ends(world: World, label: str) -> None:
    """It says that it restarts."""
    answer: Any = await world.ask(QUESTION)
    await world.bot.drain()
    pressed = await world.alice.click(answer, label=label)

    assert whole(pressed.response) == "The bot is restarting. Please ask again in a minute."
    assert labels(pressed.response) == []
    assert len(texts(pressed.response)) == 1
