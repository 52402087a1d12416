"""A question in Discord, whichever way it came: whether it is answered, the answer, and what is kept of it. Knows no cog."""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from enum import StrEnum
from time import perf_counter
from typing import Any, TypeVar

from bot.access import Place
from bot.client import Interaction, VerbatimBot
from bot.explaining import GoneError, reference
from bot.presenting import PRIVATE_ACTIONS, PUBLIC_ACTIONS, QUESTION_CHARACTERS, SPARE_QUOTES, Asked, card
from bot.records import AnswerRecord, Report, ServerSettings
from bot.sheets import Card
from bot.wording import Wording
from index import Answer, Status

PATIENCE_SECONDS = 1.5
"""An answer that is there within this time chooses who sees it; Discord waits 3 s, and the network takes its part."""

Found = TypeVar("Found")

_log = logging.getLogger(__name__)


class Face(StrEnum):
    """By which way a question came."""

    MENTION = "mention"
    DM = "dm"
    CHANNEL = "channel"
    SLASH = "slash"
    COVERAGE = "coverage"
    FOLLOW_UP = "follow-up"
    ABOUT = "about"
    BUTTON = "button"


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a question is not answered, and for how many ``seconds`` where it only has to wait.

    Where everybody would read it, it is said if it ``is_public``; a wait, once.
    """

    text: str
    is_public: bool = False
    seconds: float = 0.0


async def objection(bot: VerbatimBot, asked: Asked, place: Place, chosen: ServerSettings, words: Wording) -> Objection | None:
    """Why this question is not answered in its place; None where it is."""
    if bot.is_closing:
        return Objection(words.text("errors.closing"))
    if refused := await bot.refusal(place, chosen):
        return Objection(_refused(refused, chosen, words))
    if not asked.question:
        return Objection(words.text("errors.no_question"), is_public=True)
    if len(asked.question) > QUESTION_CHARACTERS:
        return Objection(words.text("errors.long_question", limit=QUESTION_CHARACTERS), is_public=True)
    return None


def too_soon(bot: VerbatimBot, place: Place, chosen: ServerSettings, words: Wording, *, is_new: bool = True) -> Objection | None:
    """That a question has to wait; None where it has not, and then it is counted.

    One that is not new, since a button or an edit puts it again, has only the server's answers a minute to wait for.
    """
    member = place.member if is_new else None
    wait = bot.throttle.admit(place.budget, member, cooldown=chosen.cooldown, per_minute=chosen.per_minute)
    if not wait:
        return None
    return Objection(words.text("errors.wait", seconds=words.count("second", max(1, round(wait)))), seconds=wait)


def _refused(refused: str, chosen: ServerSettings, words: Wording) -> str:
    channels = [f"<#{channel}>" for channel in chosen.channels] or [""]
    return words.text(f"errors.{refused}", channels=words.listed(channels, "or"))


async def answered(bot: VerbatimBot, asked: Asked, place: Place, face: Face, *, most: int) -> Answer:
    """The answer, without what was withdrawn or is hidden there; one line of the log, without a word of the question.

    What a question channel does not answer leaves no line.

    Raises:
        GoneError: the one article that was asked about was changed, removed or withdrawn since.
        LibraryError: the library cannot answer.
    """
    started = perf_counter()
    try:
        answer = await _looked_up(bot, asked, place, limit=most + SPARE_QUOTES)
    except Exception:
        _log_line(face, "failed -", started)
        raise
    if face is not Face.CHANNEL or answer.status is Status.ANSWERED:
        _log_line(face, f"{answer.status.value} {answer.confidence:.2f}", started)
    return answer


def _log_line(face: Face, outcome: str, started: float) -> None:
    _log.info("answer %s %s %s %.0f ms", reference(), face.value, outcome, (perf_counter() - started) * 1000)


async def _looked_up(bot: VerbatimBot, asked: Asked, place: Place, *, limit: int) -> Answer:
    without = {one.article for one in await bot.records.withdrawals(place.server)}
    return await bot.library.answer(
        asked.question,
        source=asked.source,
        since=asked.since,
        previous=asked.previous,
        article=await _only_article(bot, asked, without),
        without=without,
        limit=limit,
    )


async def _only_article(bot: VerbatimBot, asked: Asked, without: set[str]) -> str | None:
    if asked.article is None:
        return None
    indexed = await bot.library.article(asked.article)
    if indexed is None or indexed.article.attribution.id in without:
        raise GoneError
    return indexed.article.attribution.id


# What is kept of it


async def keep_answer(bot: VerbatimBot, place: Place, sent: int, articles: tuple[str, ...], question: int | None = None) -> None:
    """Keep where a public answer stands, and which articles it quotes."""
    await bot.records.add_answer(AnswerRecord(sent, place.server, place.channel, question, place.member, articles))


async def keep_unanswered(bot: VerbatimBot, place: Place, asked: Asked, sent: int) -> None:
    """Keep a message's question that nothing answered, for the server's admins; outside of servers, that there was one."""
    if place.server is None:
        await bot.records.tally(None, "unanswered")
    else:
        await bot.records.add_report(Report(place.server, place.channel, sent, place.member, asked.question, None))


# Commands, forms and buttons


async def reply(interaction: Interaction, asked: Asked, face: Face, *, is_private: bool | None = None, share: str = "") -> None:
    """Answer a command or a form: as wished where there is an answer, privately where there is none or it took long.

    ``is_private`` None leaves it to the server's settings. A question that nothing answered was shown to nobody else: it is
    only counted.
    """
    bot, place = interaction.client, Place.of_interaction(interaction)
    chosen = await bot.records.settings(place.server)
    answer = await answered_in_time(interaction, asked, chosen, face, most=chosen.quotes)
    if answer is None:
        return
    if answer.status is not Status.ANSWERED:
        await bot.records.tally(place.server, "unanswered")
    is_meant_for_all = not (chosen.private if is_private is None else is_private)
    if is_meant_for_all and answer.status is Status.ANSWERED and not interaction.response.is_done():
        view = card(answer, asked, await bot.public_wording(interaction.guild), most=chosen.quotes, actions=PUBLIC_ACTIONS)
        await _show_to_all(interaction, view, place)
    else:
        words = await bot.private_wording(interaction)
        view = card(answer, asked, words, most=chosen.quotes, actions=PRIVATE_ACTIONS, share=share)
        await bot.show(interaction, view)


async def _show_to_all(interaction: Interaction, view: Card, place: Place) -> None:
    sent = await interaction.response.send_message(view=view, suppress_embeds=True)
    if sent.message_id:
        await keep_answer(interaction.client, place, sent.message_id, view.articles)


async def answered_in_time(
    interaction: Interaction, asked: Asked, chosen: ServerSettings, face: Face, *, most: int
) -> Answer | None:
    """The answer; None where there is an objection, which the person is told."""
    outcome = await in_time(interaction, _outcome(interaction, asked, chosen, face, most))
    if isinstance(outcome, Answer):
        return outcome
    await interaction.client.tell(interaction, outcome.text)
    return None


async def _outcome(interaction: Interaction, asked: Asked, chosen: ServerSettings, face: Face, most: int) -> Answer | Objection:
    bot, place = interaction.client, Place.of_interaction(interaction)
    words = await bot.private_wording(interaction)
    against = await objection(bot, asked, place, chosen, words)
    against = against or too_soon(bot, place, chosen, words, is_new=face is not Face.BUTTON)
    return against or await answered(bot, asked, place, face, most=most)


async def in_time(interaction: Interaction, looking: Coroutine[Any, Any, Found]) -> Found:
    """What is looked for; where it takes long, the person alone sees that it is."""
    task = asyncio.create_task(looking)
    try:
        await asyncio.wait({task}, timeout=PATIENCE_SECONDS)
        if not task.done():
            await interaction.response.defer(ephemeral=True, thinking=True)
        return await task
    finally:
        task.cancel()
