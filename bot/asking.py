"""A question in Discord, whichever way it came: whether it is answered, the answer, and what is kept of it. Knows no cog."""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from enum import StrEnum
from secrets import token_hex
from time import perf_counter
from typing import Any

from bot.access import Place
from bot.client import Interaction, VerbatimBot
from bot.explaining import GoneError
from bot.presenting import PRIVATE_ACTIONS, PUBLIC_ACTIONS, QUESTION_CHARACTERS, SPARE_QUOTES, Asked, card
from bot.records import AnswerRecord, Report, ServerSettings
from bot.wording import Wording
from index import Answer, Status

PATIENCE_SECONDS = 1.5
"""An answer that is there within this time chooses who sees it; Discord waits 3 s, and the network takes its part."""

_log = logging.getLogger(__name__)


class Face(StrEnum):
    """By which way a question came."""

    MENTION = "mention"
    DM = "dm"
    CHANNEL = "channel"
    SLASH = "slash"
    COVERAGE = "coverage"
    FOLLOW_UP = "follow-up"
    BUTTON = "button"


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a question is not answered. Where everybody would read it, it is said only if it ``is_public``."""

    text: str
    is_public: bool


async def objection(bot: VerbatimBot, asked: Asked, place: Place, chosen: ServerSettings, words: Wording) -> Objection | None:
    """Why this question is not answered; None where it is, and then it is counted."""
    if bot.is_closing:
        return Objection(words.text("errors.closing"), is_public=False)
    if refused := await bot.refusal(place, chosen):
        return Objection(_refused(refused, chosen, words), is_public=False)
    if not asked.question:
        return Objection(words.text("errors.no_question"), is_public=True)
    if len(asked.question) > QUESTION_CHARACTERS:
        return Objection(words.text("errors.long_question", limit=QUESTION_CHARACTERS), is_public=True)
    wait = bot.throttle.admit(place.server or place.member, place.member, cooldown=chosen.cooldown, per_minute=chosen.per_minute)
    if wait:
        seconds = words.count("second", max(1, round(wait.seconds)))
        return Objection(words.text("errors.wait", seconds=seconds), is_public=wait.is_notice_due)
    return None


def _refused(refused: str, chosen: ServerSettings, words: Wording) -> str:
    channels = [f"<#{channel}>" for channel in chosen.channels] or [""]
    return words.text(f"errors.{refused}", channels=words.listed(channels, "or"))


async def answered(bot: VerbatimBot, asked: Asked, place: Place, face: Face, *, most: int) -> Answer:
    """The answer, without what was withdrawn or is hidden there; one line of the log, without a word of the question.

    Raises:
        GoneError: the one article that was asked about was changed, removed or withdrawn since.
        LibraryError: the library cannot answer.
    """
    started = perf_counter()
    without = {one.article for one in await bot.records.withdrawals(place.server)}
    answer = await bot.library.answer(
        asked.question,
        source=asked.source,
        since=asked.since,
        previous=asked.previous,
        article=await _only_article(bot, asked, without),
        without=without,
        limit=most + SPARE_QUOTES,
    )
    elapsed = (perf_counter() - started) * 1000
    _log.info("answer %s %s %s %.2f %.0f ms", token_hex(2).upper(), face.value, answer.status.value, answer.confidence, elapsed)
    return answer


async def _only_article(bot: VerbatimBot, asked: Asked, without: set[str]) -> str | None:
    if asked.article is None:
        return None
    indexed = await bot.library.article(asked.article)
    if indexed is None or indexed.article.attribution.id in without:
        raise GoneError
    return indexed.article.attribution.id


async def keep_unanswered(bot: VerbatimBot, asked: Asked, place: Place, answer: Answer, *, is_public: bool) -> None:
    """Keep a public question that nothing answered for the server's admins; of any other, that there was one."""
    if answer.status is Status.ANSWERED:
        return
    if is_public and place.server is not None and place.is_installed:
        await bot.records.add_report(Report(place.server, place.channel, None, place.member, asked.question, None))
    else:
        await bot.records.tally(place.server, "unanswered")


async def keep_answer(bot: VerbatimBot, place: Place, sent: int, answer: Answer, question: int | None = None) -> None:
    """Keep where a public answer stands."""
    articles = tuple(dict.fromkeys(quote.article.id for quote in answer.quotes))
    await bot.records.add_answer(AnswerRecord(sent, place.server, place.channel, question, place.member, articles))


async def reply(interaction: Interaction, asked: Asked, face: Face, *, is_private: bool | None = None, share: str = "") -> None:
    """Answer a command or a form: as wished where there is an answer, privately where there is none or it took long.

    ``is_private`` None leaves it to the server's settings.
    """
    bot, place = interaction.client, Place.of_interaction(interaction)
    chosen = await bot.records.settings(place.server)
    if against := await objection(bot, asked, place, chosen, await bot.private_wording(interaction)):
        await bot.tell(interaction, against.text)
        return
    answer = await _in_time(interaction, answered(bot, asked, place, face, most=chosen.quotes))
    is_meant_for_all = not (chosen.private if is_private is None else is_private)
    await keep_unanswered(bot, asked, place, answer, is_public=is_meant_for_all)
    is_public = is_meant_for_all and answer.status is Status.ANSWERED and not interaction.response.is_done()
    await _send(interaction, asked, answer, chosen, place, share=share, is_public=is_public)


async def _in_time(interaction: Interaction, answering: Coroutine[Any, Any, Answer]) -> Answer:
    """The answer; where it takes long, the asker alone sees that it is being looked for."""
    task = asyncio.create_task(answering)
    try:
        await asyncio.wait({task}, timeout=PATIENCE_SECONDS)
        if not task.done():
            await interaction.response.defer(ephemeral=True, thinking=True)
        return await task
    finally:
        task.cancel()


async def _send(
    interaction: Interaction, asked: Asked, answer: Answer, chosen: ServerSettings, place: Place, *, share: str, is_public: bool
) -> None:
    bot = interaction.client
    words = await (bot.public_wording(interaction.guild) if is_public else bot.private_wording(interaction))
    actions = PUBLIC_ACTIONS if is_public else PRIVATE_ACTIONS
    view = card(answer, asked, words, most=chosen.quotes, actions=actions, share=share)
    if interaction.response.is_done():
        await interaction.edit_original_response(view=view)
        return
    sent = await interaction.response.send_message(view=view, ephemeral=not is_public)
    if is_public and sent.message_id:
        await keep_answer(bot, place, sent.message_id, answer)
