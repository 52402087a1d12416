"""The articles, for the admins of a home: /reindex and /add. And /reports, for the admins of every server."""

import io
import logging
from collections.abc import Mapping, Sequence
from time import monotonic

import discord
from discord import app_commands
from discord.ext import commands

from bot.additions import LARGEST_BYTES, Addition, Additions
from bot.client import UNSENT, Interaction, VerbatimBot
from bot.escaping import literal
from bot.explaining import GoneError, NotAllowedError
from bot.presenting import NAME_CHARACTERS, TITLE_CHARACTERS, message_link, question, whose
from bot.records import Report
from bot.reindexing import ReindexFailedError, ReindexGuardedError
from bot.sheets import Sheet, button, custom_id, cut, notice
from bot.views import Button, Pressed
from bot.wording import Wording, wording
from index import Fault, Progress, ReindexReport, is_article_file

PROGRESS_PERCENT = 30  # three times until the end
PROGRESS_SECONDS = 5.0
SHOWN_FAULTS = 5
SHOWN_FAULT_CHARACTERS = 1000
"""Of faults that are longer together all are in a file as well, since the message cuts them."""

SHOWN_ARTICLES = 3
SHOWN_REPORTS = 15

_log = logging.getLogger(__name__)
_english = wording().text


# /reindex


@app_commands.command(description=_english("commands.reindex"))
@app_commands.default_permissions(manage_guild=True)
async def reindex(interaction: Interaction) -> None:
    """Reindex, and say what changed."""
    await interaction.client.check_home_admin(interaction)
    words = await interaction.client.private_wording(interaction)
    await interaction.response.send_message(view=notice(words.text("reindexing.running")), ephemeral=True, suppress_embeds=True)
    async with interaction.client.at_work():
        await _reindex(interaction, words)


class AllowRemovals(Pressed[Button], template=r"v1\|removals"):
    """Reindexes although over a third of the articles goes."""

    async def pressed(self, interaction: Interaction) -> None:
        """Do it."""
        await interaction.client.check_home_admin(interaction)
        words = await interaction.client.private_wording(interaction)
        await interaction.response.edit_message(view=notice(words.text("reindexing.running")), suppress_embeds=True)
        await _reindex(interaction, words, allow_removals=True)


async def _reindex(interaction: Interaction, words: Wording, *, allow_removals: bool = False) -> None:
    """Reindex, with the outcome in the place of the interaction's message."""
    follow = _ProgressEdits(interaction, words)
    try:
        report = await interaction.client.reindex(allow_removals=allow_removals, follow=follow)
    except ReindexGuardedError as error:
        articles = words.count("article", error.articles)
        text = words.text("reindexing.guarded", removed=words.number(error.removed), articles=articles)
        allow = button(words.text("button.removals"), custom_id("removals"), discord.ButtonStyle.danger)
        await _conclude(interaction, text, allow)
    except ReindexFailedError as error:
        await _conclude(interaction, words.text("errors.reindex", why=literal(str(error))))
    else:
        await _conclude(interaction, reported(report, words), faults=report.faults)


async def _conclude(interaction: Interaction, text: str, *buttons: Button, faults: Sequence[Fault] = ()) -> None:
    """Show the outcome in the place of the interaction's message.

    Discord allows that for 15 minutes, and a reindex may take longer: then it goes to the admin as a direct message, without
    the button, which is for a server. What failed stands in /sources as well.
    """
    try:
        await interaction.edit_original_response(view=notice(text, *buttons))
        if len(faults) > SHOWN_FAULTS or sum(len(str(fault)) for fault in faults) > SHOWN_FAULT_CHARACTERS:
            await interaction.followup.send(file=_faults_file(faults), ephemeral=True, suppress_embeds=True)
    except UNSENT as error:
        _log.info("The outcome of a reindex could not be shown in its place (%s).", error)
        await _write_to(interaction.user, text)


async def _write_to(admin: discord.abc.Messageable, text: str) -> None:
    try:
        await admin.send(view=notice(text), suppress_embeds=True)
    except UNSENT as error:
        _log.warning("The outcome of a reindex could not be shown (%s).", error)


class _ProgressEdits:
    """Shows how far a reindex is, in a few edits of the interaction's message. An edit that fails stops nothing."""

    def __init__(self, interaction: Interaction, words: Wording) -> None:
        self._interaction = interaction
        self._words = words
        self._percent = PROGRESS_PERCENT
        self._next = monotonic() + PROGRESS_SECONDS

    async def __call__(self, progress: Progress) -> None:
        percent = 100 * progress.bytes_done // max(1, progress.bytes_total)
        if percent < self._percent or monotonic() < self._next:
            return
        self._percent = percent - percent % PROGRESS_PERCENT + PROGRESS_PERCENT
        self._next = monotonic() + PROGRESS_SECONDS
        text = self._words.text("reindexing.progress", articles=self._words.count("article", progress.articles), percent=percent)
        try:
            await self._interaction.edit_original_response(view=notice(text))
        except UNSENT as error:
            _log.info("The progress of a reindex could not be shown (%s).", error)


def reported(report: ReindexReport, words: Wording) -> str:
    """What a reindex did, as markdown; of many faults the first few."""
    counts = {name: words.number(getattr(report, name)) for name in ("added", "changed", "removed", "unchanged")}
    lines = [words.text("reindex.done", **counts, seconds=f"{report.seconds:.1f}")]
    if lacking := words.warnings(report.warnings):
        lines.append(words.text("reindex.warnings", warnings=words.listed(lacking, "and")))
    if report.kept:
        shown = [cut(name, NAME_CHARACTERS) for name in report.kept[:SHOWN_FAULTS]]
        ids = words.text("list.comma").join([*shown, *_more(len(report.kept) - len(shown), words)])
        lines.append(literal(words.text("reindex.kept", ids=ids)))
    return "\n".join([*lines, *_fault_lines(report.faults, words)])


def _fault_lines(faults: Sequence[Fault], words: Wording) -> list[str]:
    """How many there are, and the first few."""
    if not faults:
        return []
    shown = [f"- {literal(cut(str(fault), 2 * TITLE_CHARACTERS))}" for fault in faults[:SHOWN_FAULTS]]
    return [words.count("fault", len(faults)), *shown]


def _more(count: int, words: Wording) -> list[str]:
    return [words.text("reindex.more", count=words.number(count))] if count > 0 else []


def _faults_file(faults: Sequence[Fault]) -> discord.File:
    text = "\n".join(str(fault) for fault in faults)
    return discord.File(io.BytesIO(text.encode()), filename="faults.txt")


# /add


@app_commands.command(description=_english("commands.add"))
@app_commands.describe(file=_english("commands.add_file"))
@app_commands.default_permissions(manage_guild=True)
async def add(interaction: Interaction, file: discord.Attachment) -> None:
    """Show what a file would add."""
    bot = interaction.client
    await bot.check_home_admin(interaction)
    if file.size > LARGEST_BYTES:
        raise NotAllowedError("errors.large_file")
    if not is_article_file(file.filename):
        raise NotAllowedError("errors.file_format")
    await interaction.response.defer(ephemeral=True, thinking=True)
    addition = await Additions(bot.settings.data_dir).prepare(file.filename, interaction.id, await file.read())
    words = await bot.private_wording(interaction)
    await interaction.edit_original_response(view=_preview(addition, words))


def _preview(addition: Addition, words: Wording) -> discord.ui.LayoutView:
    lines = [words.text("add.found", articles=words.count("article", len(addition.articles)), file=literal(addition.name))]
    if addition.replaces:
        lines.append(words.text("add.replaces"))
    for one in addition.articles[:SHOWN_ARTICLES]:
        title = literal(cut(words.title(one.article), TITLE_CHARACTERS))
        link = literal(cut(words.link(one.article), TITLE_CHARACTERS))
        lines.append(f"- **{title}** · {whose(one.article, words)} · {link} · {words.count('sentence', one.sentences)}")
    lines += [*_more(len(addition.articles) - SHOWN_ARTICLES, words), *_fault_lines(addition.faults, words)]
    cancel = button(words.text("button.cancel"), custom_id("cancel", str(addition.number)))
    confirm = button(words.text("button.add"), custom_id("add", str(addition.number)), discord.ButtonStyle.primary)
    return notice("\n".join(lines), *([confirm] if addition.articles else []), cancel)


class Add(Pressed[Button], template=r"v1\|add\|(?P<number>\d+)"):
    """Saves a file that was previewed, and indexes it."""

    async def pressed(self, interaction: Interaction) -> None:
        """Do it; two clicks save it once."""
        bot = interaction.client
        await bot.check_home_admin(interaction)
        if not await Additions(bot.settings.data_dir).accept(int(self.match["number"])):
            raise GoneError
        words = await bot.private_wording(interaction)
        await interaction.response.edit_message(view=notice(words.text("reindexing.running")), suppress_embeds=True)
        await _reindex(interaction, words)


class Cancel(Pressed[Button], template=r"v1\|cancel\|(?P<number>\d+)"):
    """Forgets a file that was previewed."""

    async def pressed(self, interaction: Interaction) -> None:
        """Do it."""
        bot = interaction.client
        await bot.check_home_admin(interaction)
        await Additions(bot.settings.data_dir).cancel(int(self.match["number"]))
        words = await bot.private_wording(interaction)
        await interaction.response.edit_message(view=notice(words.text("add.cancelled")), suppress_embeds=True)


# /reports


class Admin(commands.Cog):
    """What the admins of every server may see."""

    @app_commands.command(description=_english("commands.reports"))
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def reports(self, interaction: Interaction) -> None:
        """Show this server's reports."""
        bot = interaction.client
        await bot.check_admin(interaction)
        server = interaction.guild_id or 0
        words = await bot.private_wording(interaction)
        found, tallies = await bot.records.reports(server), await bot.records.tallies(server)
        await bot.show(interaction, reports_card(found, tallies, words))


def reports_card(found: Sequence[Report], tallies: Mapping[str, int], words: Wording) -> discord.ui.LayoutView:
    """As many of the reports as there is room for, how many more there are, and what was only counted."""
    counted = [f"-# {words.text(f'reports.{what}_privately', count=words.number(count))}" for what, count in tallies.items()]
    lines = [_report_line(one, words) for one in found[:SHOWN_REPORTS]] or [words.text("reports.none")]
    sheet = Sheet()
    while not sheet.add("\n".join([words.text("reports.title"), *lines, *_more(len(found) - len(lines), words), *counted])):
        lines.pop()
    return sheet.view()


def _report_line(report: Report, words: Wording) -> str:
    at = f"<t:{report.at}:R>"
    where = message_link(f"{report.server}/{report.channel}/{report.answer}") if report.answer else ""
    what = words.text("reports.reported" if report.reason is not None else "reports.unanswered", at=at)
    link = f" [{words.text('reports.answer')}](<{where}>)" if where else ""
    reason = f": {literal(cut(question(report.reason), NAME_CHARACTERS))}" if report.reason else ""
    return f"- {what}{link}{reason}\n  **{literal(cut(report.question, NAME_CHARACTERS))}**"


async def setup(bot: VerbatimBot) -> None:
    """Add the cog, the buttons, and the commands that exist in home servers alone."""
    bot.add_dynamic_items(AllowRemovals, Add, Cancel)
    bot.home_commands += [reindex, add]
    await bot.add_cog(Admin())
