"""The buttons of an answer's card and the forms they open. Any process can read them, at any time: the card is their state."""

from collections.abc import Sequence
from re import Match
from typing import Any, Generic, Self, TypeVar

import discord

from bot.access import Place, is_installed
from bot.asking import Face, answered, answered_in_time, keep_answer, objection, reply, too_soon
from bot.client import Interaction, VerbatimBot
from bot.explaining import GoneError, NotAllowedError
from bot.presenting import (
    FOLLOW_UP,
    PRIVATE_ACTIONS,
    QUESTION_CHARACTERS,
    REPORT,
    Asked,
    card,
    message_link,
    more,
    question,
    read,
)
from bot.records import AnswerRecord, Report
from bot.sheets import custom_id

REASON_CHARACTERS = 500
_FURTHER_QUOTES = 10

Button = discord.ui.Button[discord.ui.LayoutView]
PressedItem = TypeVar("PressedItem", bound=discord.ui.Item[Any])


class Pressed(discord.ui.DynamicItem[PressedItem], Generic[PressedItem], template=r"(?!)"):
    """What the buttons and menus share: made from their custom_id, whose parts are ``match``'s groups, and never silent."""

    match: Match[str]

    @classmethod
    async def from_custom_id(cls, _interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: Match[str], /) -> Self:
        """The one that was pressed."""
        pressed = cls(item)  # type: ignore[arg-type]  # the template says which kind it is
        pressed.match = match
        return pressed

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what it is for, or say why not."""
        try:
            interaction.client.check_open()
            async with interaction.client.at_work():
                await self.pressed(interaction)
        except Exception as error:  # noqa: BLE001  discord.py would only log it
            await interaction.client.explain(interaction, error)

    async def pressed(self, interaction: Interaction) -> None:
        """Do what it is for."""
        raise NotImplementedError


# The buttons


class More(Pressed[Button], template=r"v1\|more\|(?P<addresses>[\w.,]*)"):
    """Shows the asker, or anyone, what else there is about the quotes, privately."""

    async def pressed(self, interaction: Interaction) -> None:
        """Ask the card's question again, for more quotes than the card had room for."""
        bot, asked = interaction.client, _shown(interaction)
        chosen = await bot.records.settings(interaction.guild_id)
        if answer := await answered_in_time(interaction, asked, chosen, Face.BUTTON, most=_FURTHER_QUOTES):
            addresses, limit = self.match["addresses"].split(","), bot.settings.quote_characters
            view = more(answer, addresses, asked, await bot.private_wording(interaction), characters=limit)
            await bot.show(interaction, view)


class Closest(Pressed[Button], template=r"v1\|closest"):
    """Shows the sentences that an unsure answer only named the articles of, privately."""

    async def pressed(self, interaction: Interaction) -> None:
        """Ask the card's question again."""
        bot, asked = interaction.client, _shown(interaction)
        chosen = await bot.records.settings(interaction.guild_id)
        if answer := await answered_in_time(interaction, asked, chosen, Face.BUTTON, most=chosen.quotes):
            words = await bot.private_wording(interaction)
            await bot.show(interaction, card(answer, asked, words, most=chosen.quotes, actions=PRIVATE_ACTIONS))


class Share(Pressed[Button], template=r"v1\|share\|(?P<place>[\w@/]*)"):
    """Posts a private answer for everyone; where a message was the question, with a link to it."""

    async def pressed(self, interaction: Interaction) -> None:
        """Do it once for each card; what failed may be tried again."""
        bot = interaction.client
        await interaction.response.defer()
        if not bot.claim(interaction.message):
            raise NotAllowedError("errors.shared")
        is_shared = False
        try:
            is_shared = await self._share(interaction)
        finally:
            if not is_shared:
                bot.release(interaction.message)

    async def _share(self, interaction: Interaction) -> bool:
        """Ask the card's question again and post the answer, or say why not."""
        bot, place, asked = interaction.client, Place.of_interaction(interaction), _shown(interaction)
        chosen = await bot.records.settings(place.server)
        words = await bot.private_wording(interaction)
        against = await objection(bot, asked, place, chosen, words) or too_soon(bot, place, chosen, words, is_new=False)
        if against:
            await bot.tell(interaction, against.text)
            return False
        answer = await answered(bot, asked, place, Face.BUTTON, most=chosen.quotes)
        if self.match["place"]:
            asked = Asked(asked.question, link=message_link(self.match["place"]))
        view = card(answer, asked, await bot.public_wording(interaction.guild), most=chosen.quotes, is_shared=True)
        sent = await interaction.followup.send(view=view, wait=True, suppress_embeds=True)
        await keep_answer(bot, place, sent.id, view.articles)
        return True


class FollowUp(Pressed[Button], template=r"v1\|follow(?:\|\w+)?"):
    """Opens a form for the next question."""

    async def pressed(self, interaction: Interaction) -> None:
        """Open it."""
        words = await interaction.client.private_wording(interaction)
        field = text_field(words.text("form.question"), "question", most=QUESTION_CHARACTERS)
        await interaction.response.send_modal(form(words.text("form.follow_up"), custom_id(FOLLOW_UP), field))


class ReportButton(Pressed[Button], template=r"v1\|report"):
    """Opens a form for what is wrong with an answer, which says who will read it."""

    async def pressed(self, interaction: Interaction) -> None:
        """Open it."""
        words = await interaction.client.private_wording(interaction)
        note = words.text("form.report_note" if _is_reported_to_admins(interaction) else "form.report_count")
        field = text_field(words.text("form.reason"), "reason", most=REASON_CHARACTERS, is_long=True)
        await interaction.response.send_modal(
            form(words.text("form.report"), custom_id(REPORT), discord.ui.TextDisplay(note), field)
        )


class Delete(Pressed[Button], template=r"v1\|delete"):
    """Takes an answer back: for its asker, and for those who may delete messages."""

    async def pressed(self, interaction: Interaction) -> None:
        """Delete the message and what is kept of it."""
        message = interaction.message
        assert message  # noqa: S101  a button is on a message
        is_manager = interaction.guild_id is not None and interaction.permissions.manage_messages
        if not is_manager and await _asker(interaction, message) != interaction.user.id:
            raise NotAllowedError("errors.not_asker")
        await interaction.response.defer()
        await interaction.delete_original_response()
        await interaction.client.records.remove_answers(message.id)


async def _asker(interaction: Interaction, answer: discord.Message) -> int | None:
    """Whom an answer was given to: as kept, or, where that was erased, as Discord knows of the message."""
    if isinstance(interaction.channel, discord.DMChannel):
        return interaction.user.id
    if record := await interaction.client.records.answer(answer.id):
        return record.asker
    if answer.interaction_metadata:
        return answer.interaction_metadata.user.id
    asked = answer.reference.resolved if answer.reference else None
    return asked.author.id if isinstance(asked, discord.Message) else None


BUTTONS = (More, Closest, Share, FollowUp, ReportButton, Delete)


# The forms


def form(title: str, name: str, *items: discord.ui.Item[Any]) -> discord.ui.Modal:
    """A form whose name says what is to be done with it; no process remembers that it opened one."""
    modal = discord.ui.Modal(title=title, custom_id=name, timeout=None)
    for item in items:
        modal.add_item(item)
    modal.stop()
    return modal


def text_field(label: str, name: str, *, most: int, is_long: bool = False) -> discord.ui.Label[Any]:
    """A field of a form for at least one and at most so many characters."""
    style = discord.TextStyle.paragraph if is_long else discord.TextStyle.short
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(custom_id=name, style=style, max_length=most)
    return discord.ui.Label(text=label, component=field)


async def follow_up(interaction: Interaction, _arguments: Sequence[str], values: dict[str, str]) -> None:
    """Answer a question that may lean on the card's."""
    before = _read(interaction)
    asked = Asked(question(values["question"]), previous=topic(before), article=before.article if before else None)
    await reply(interaction, asked, Face.FOLLOW_UP, is_private=_is_private(interaction) or None)


async def report(interaction: Interaction, _arguments: Sequence[str], values: dict[str, str]) -> None:
    """Keep a report for the server's admins, or count it where there are none, or where the question was private."""
    bot, place, message = interaction.client, Place.of_interaction(interaction), interaction.message
    if place.server is None or not _is_reported_to_admins(interaction) or message is None:
        await bot.records.tally(place.server, "reported")
    else:
        reason, asked = values["reason"].strip(), _shown(interaction)
        await _keep_with_report(interaction, place, message)
        await bot.records.add_report(Report(place.server, place.channel, message.id, place.member, asked.question, reason))
    await bot.tell(interaction, (await bot.private_wording(interaction)).text("form.reported"))


async def _keep_with_report(interaction: Interaction, place: Place, message: discord.Message) -> None:
    """Keep where an answer stands for as long as its report: that goes when the answer or its question is deleted."""
    records = interaction.client.records
    record = await records.answer(message.id)
    if record is None:
        asker = await _asker(interaction, message) or 0
        question_message = message.reference.message_id if message.reference else None
        record = AnswerRecord(message.id, place.server, place.channel, question_message, asker)
    await records.add_answer(record)


def register(bot: VerbatimBot) -> None:
    """Make a bot know the buttons and the forms."""
    bot.add_dynamic_items(*BUTTONS)
    bot.forms.update({FOLLOW_UP: follow_up, REPORT: report})


# What a card says


def _shown(interaction: Interaction) -> Asked:
    asked = _read(interaction)
    if asked is None:
        raise GoneError
    return asked


def _read(interaction: Interaction) -> Asked | None:
    return read(discord.ui.LayoutView.from_message(interaction.message, timeout=None)) if interaction.message else None


def topic(asked: Asked | None) -> str | None:
    """What the next question may lean on: the question, with the one before where it leaned on that itself."""
    if asked is None:
        return None
    whole = f"{asked.previous} {asked.question}" if asked.previous else asked.question
    return whole if len(whole) <= QUESTION_CHARACTERS else asked.question


def _is_private(interaction: Interaction) -> bool:
    return interaction.message is None or interaction.message.flags.ephemeral


def _is_reported_to_admins(interaction: Interaction) -> bool:
    is_in_server = interaction.guild_id is not None and is_installed(interaction)
    return is_in_server and not _is_private(interaction) and _read(interaction) is not None
