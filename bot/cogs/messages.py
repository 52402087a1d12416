"""Asking by message: a mention, a reply, a DM, a question channel; and what becomes of an answer whose question changes."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import discord
from discord.ext import commands

if TYPE_CHECKING:
    from discord.abc import MessageableChannel

from bot.access import Place
from bot.asking import Face, Objection, answered, keep_answer, keep_unanswered, objection, too_soon
from bot.client import VerbatimBot
from bot.explaining import explain
from bot.presenting import QUESTION_CHARACTERS, Asked, card, closest, nothing, question as as_question, read
from bot.records import AnswerRecord, ServerSettings
from bot.sheets import Card, notice
from bot.views import topic
from bot.wording import Wording
from index import Answer, Status

SHORTEST_CHANNEL_QUESTION = 3
EDITABLE = timedelta(minutes=5)
_QUESTION_MARKS = ("?", "？", "؟")

_log = logging.getLogger(__name__)


class Messages(commands.Cog):
    """The messages that ask."""

    def __init__(self, bot: VerbatimBot) -> None:
        self.bot = bot
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer what is addressed to the bot, and in a question channel what looks like a question."""
        if not self._is_from_a_person(message) or self.bot.is_closing:
            return
        face = self._face(message)
        async with self._turn(message.id):
            if face is Face.CHANNEL and not await self._is_channel_question(message):
                return
            if not _may_answer_in(message.channel) or not self.bot.claim(message):
                return
            async with self.bot.at_work():
                await self._answer_or_explain(message, face)

    def _turn(self, question: int) -> asyncio.Lock:
        """Held while something is done about a message's answer: its edits and its end wait, in their order.

        A lock that nobody holds or waits for is forgotten.
        """
        return self._turns.setdefault(question, asyncio.Lock())

    def _is_from_a_person(self, message: discord.Message) -> bool:
        is_message = message.type in {discord.MessageType.default, discord.MessageType.reply}
        return is_message and not message.author.bot and message.webhook_id is None

    def _face(self, message: discord.Message) -> Face:
        """By which way a message asks: what is not addressed to the bot can only be a question in a question channel."""
        if message.guild is None:
            return Face.DM
        return Face.MENTION if self.bot.user in message.mentions else Face.CHANNEL

    async def _is_channel_question(self, message: discord.Message) -> bool:
        text = message.content.strip()
        if not text.endswith(_QUESTION_MARKS) or not SHORTEST_CHANNEL_QUESTION <= len(text) <= QUESTION_CHARACTERS:
            return False
        if not self.bot.settings.message_content or message.guild is None or message.reference:
            return False
        chosen = await self.bot.records.settings(message.guild.id)
        return chosen.question_channel in Place.of_message(message).channels

    async def _answer_or_explain(self, message: discord.Message, face: Face) -> None:
        words = await self.bot.public_wording(message.guild)
        try:
            if face is Face.CHANNEL:
                await self._answer_if_known(message, words)
            else:
                await self._answer(message, words, face)
        except discord.HTTPException as error:
            if "message_reference" not in error.text:  # else the question was deleted while it was being answered
                _log.warning("A message could not be answered (%s).", error)
        except Exception as error:  # noqa: BLE001  a person waits for an answer
            text = explain(error, words, self.bot.reindexing)
            if face is not Face.CHANNEL:
                await _reply(message, notice(text))

    async def _answer(self, message: discord.Message, words: Wording, face: Face) -> None:
        """Answer a message to the bot."""
        place, asked = Place.of_message(message), self._asked(message)
        chosen = await self.bot.records.settings(place.server)
        against = await objection(self.bot, asked, place, chosen, words) or too_soon(self.bot, place, chosen, words)
        if against:
            if self._is_said(against, place):
                await _reply(message, notice(against.text))
            return
        async with _typing(message.channel):
            answer = await answered(self.bot, asked, place, face, most=chosen.quotes)
        view = _view(answer, asked, words, chosen, face)
        sent = await _reply(message, view)
        await self._keep(place, asked, answer, view, sent=sent.id, question=message.id)

    def _is_said(self, against: Objection, place: Place) -> bool:
        """Whether an objection is for everybody to read: of a limit there is one notice, until it is over."""
        if against.seconds:
            return self.bot.throttle.is_notice_due(place.budget, place.member, against.seconds)
        return against.is_public or place.server is None

    async def _keep(self, place: Place, asked: Asked, answer: Answer, view: Card, *, sent: int, question: int) -> None:
        """Keep where the answer to a message to the bot stands, and, if it is none, what was asked."""
        await keep_answer(self.bot, place, sent, view.articles, question)
        if answer.status is not Status.ANSWERED:
            await keep_unanswered(self.bot, place, asked, sent)

    async def _answer_if_known(self, message: discord.Message, words: Wording) -> None:
        """Answer in a question channel, or leave no trace of the question: only an answer counts for the limits."""
        place, asked = Place.of_message(message), self._asked(message)
        chosen = await self.bot.records.settings(place.server)
        if await objection(self.bot, asked, place, chosen, words):
            return
        answer = await answered(self.bot, asked, place, Face.CHANNEL, most=chosen.quotes)
        if answer.status is Status.ANSWERED and not too_soon(self.bot, place, chosen, words):
            view = card(answer, asked, words, most=chosen.quotes)
            sent = await _reply(message, view)
            await keep_answer(self.bot, place, sent.id, view.articles, message.id)

    def _asked(self, message: discord.Message) -> Asked:
        """What a message asks; a reply to a card may lean on the card's question."""
        assert self.bot.user  # noqa: S101  messages come after the login
        text = as_question(re.sub(f"<@!?{self.bot.user.id}>", " ", message.content))
        before = message.reference.resolved if message.reference else None
        if not isinstance(before, discord.Message) or before.author.id != self.bot.user.id:
            return Asked(text)
        return Asked(text, previous=topic(read(discord.ui.LayoutView.from_message(before, timeout=None))))

    # Questions that change after their answer

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Answer an edited question anew, in place, if nobody has replied to its answer yet.

        An answer in a question channel to what is now none that can be answered is taken away.
        """
        message = payload.message
        if message.edited_at is None or message.edited_at - message.created_at > EDITABLE or self.bot.is_closing:
            return
        async with self._turn(message.id):
            record = await self.bot.records.answer_to(message.id)
            if record is None:
                return
            try:
                async with self.bot.at_work():
                    await self._answer_anew(message, record)
            except discord.HTTPException as error:
                _log.warning("An edited question could not be answered anew (%s).", error)

    async def _answer_anew(self, message: discord.Message, record: AnswerRecord) -> None:
        asked, place = self._asked(message), Place.of_message(message)
        answer_message = await message.channel.fetch_message(record.answer)
        if not asked.question or asked.question == _question_on(answer_message) or await _has_reply(answer_message):
            return
        chosen = await self.bot.records.settings(place.server)
        words = await self.bot.public_wording(message.guild)
        if await objection(self.bot, asked, place, chosen, words):
            return
        face = self._face(message)
        answer = await answered(self.bot, asked, place, face, most=chosen.quotes)
        if face is Face.CHANNEL and answer.status is not Status.ANSWERED:
            await self._forget([message.id])
            return
        if too_soon(self.bot, place, chosen, words, is_new=False):
            return
        view = _view(answer, asked, words, chosen, face, is_edited=True)
        no_one = discord.AllowedMentions.none()  # of the edits that carry no content, discord.py leaves that to Discord
        await answer_message.edit(view=view, suppress=True, allowed_mentions=no_one)
        await self.bot.records.remove_answers(record.answer)  # with the words of the question as it was
        await self._keep(place, asked, answer, view, sent=record.answer, question=message.id)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Delete the answer to a deleted question."""
        await self._forget_in_turn([payload.message_id])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Delete the answers to deleted questions."""
        await self._forget_in_turn(payload.message_ids)

    async def _forget_in_turn(self, messages: Collection[int]) -> None:
        """Forget deleted messages once what was begun about them is over; nothing is begun about them any more."""
        for message in messages:
            async with self._turn(message):
                pass
        await self._forget(messages)

    async def _forget(self, messages: Collection[int]) -> None:
        """Delete the answers to these messages, and erase what is kept of these and of those that are answers themselves."""
        if found := await self.bot.records.answers_about(messages):
            await self.bot.records.remove_answers(*(record.answer for record in found))
        for record in found:
            if record.answer not in messages:
                await self._delete(record)

    async def _delete(self, record: AnswerRecord) -> None:
        channel = self.bot.get_partial_messageable(record.channel)
        try:
            await channel.get_partial_message(record.answer).delete()
        except discord.HTTPException as error:
            _log.info("The answer to a deleted question was not deleted (%s).", error)


def _view(answer: Answer, asked: Asked, words: Wording, chosen: ServerSettings, face: Face, *, is_edited: bool = False) -> Card:
    """An answer to a message: whole where it answers or nobody else reads it, else a line."""
    if answer.status is Status.ANSWERED or face is Face.DM:
        return card(answer, asked, words, most=chosen.quotes, is_edited=is_edited)
    if answer.status is Status.UNSURE:
        return closest(answer, asked, words)
    return nothing(answer, words)


async def _reply(message: discord.Message, view: discord.ui.LayoutView) -> discord.Message:
    """Reply, and ping nobody."""
    return await message.reply(view=view, mention_author=False, suppress_embeds=True)


@asynccontextmanager
async def _typing(channel: "MessageableChannel") -> AsyncIterator[None]:
    """Show that an answer is being written. It is not waited for, and what Discord refuses of it is no reason for no answer."""
    task = asyncio.create_task(_keep_typing(channel))
    try:
        yield
    finally:
        task.cancel()
        (outcome,) = await asyncio.gather(task, return_exceptions=True)
        if not isinstance(outcome, asyncio.CancelledError):
            _log.info("Typing could not be shown (%s).", outcome)


async def _keep_typing(channel: "MessageableChannel") -> None:
    async with channel.typing():
        await asyncio.Event().wait()


def _may_answer_in(channel: "MessageableChannel") -> bool:
    """Whether the bot may write there; it is silent where it may not."""
    if isinstance(channel, discord.DMChannel | discord.GroupChannel | discord.PartialMessageable):
        return True
    allowed = channel.permissions_for(channel.guild.me)
    is_thread = isinstance(channel, discord.Thread)
    return allowed.read_message_history and (allowed.send_messages_in_threads if is_thread else allowed.send_messages)


def _question_on(message: discord.Message) -> str | None:
    asked = read(discord.ui.LayoutView.from_message(message, timeout=None))
    return asked.question if asked else None


async def _has_reply(answer: discord.Message) -> bool:
    later = answer.channel.history(after=answer, limit=100)
    return any([message.reference is not None and message.reference.message_id == answer.id async for message in later])


async def setup(bot: VerbatimBot) -> None:
    """Add the cog."""
    await bot.add_cog(Messages(bot))
