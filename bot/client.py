"""VerbatimBot: the client, its command tree, who may do what with it, and what an error looks like. Knows no card and no cog.

Cogs are extensions, which import this module and are loaded by name.
"""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot import registering
from bot.access import Place, Refusal, homes, is_installed, refusal
from bot.explaining import NotAllowedError, begin, explain
from bot.records import Records, ServerSettings
from bot.registering import language_of
from bot.reindexing import Follow, ReindexFailedError, Reindexing
from bot.settings import OpenTo, Settings
from bot.sheets import notice
from bot.throttling import Throttle
from bot.wording import Wording, wording
from index import Library, LibraryError, ReindexReport

EXTENSIONS = ("bot.cogs.ask", "bot.cogs.messages", "bot.cogs.sources", "bot.cogs.admin", "bot.cogs.settings", "bot.cogs.help")
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)
RATE_LIMIT_SECONDS = 30.0
"""A wait that Discord asks for is kept up to this long; a longer one is an error that is explained."""

UNSENT = (discord.DiscordException, aiohttp.ClientError, OSError)
"""What sending to Discord may end in."""

DRAIN_SECONDS = 10.0
_HOUSEKEEPING_SECONDS = 3600.0
_REMEMBERED = 1000

_log = logging.getLogger(__name__)

discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it never speaks

Interaction = discord.Interaction["VerbatimBot"]
FormHandler = Callable[[Interaction, Sequence[str], dict[str, str]], Awaitable[None]]


class VerbatimBot(commands.AutoShardedBot):
    """The bot, made of what the composition root opened. ``forms`` has what to do with a form, by its action's name."""

    def __init__(self, settings: Settings, library: Library, records: Records, *, shard_count: int | None = None) -> None:
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        intents.message_content = settings.message_content
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=CommandTree,
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=RATE_LIMIT_SECONDS,
            shard_count=shard_count,
        )
        self.settings = settings
        self.library = library
        self.records = records
        self.reindexing = Reindexing(settings)
        self.throttle = Throttle()
        self.forms: dict[str, FormHandler] = {}
        self.home_commands: list[app_commands.Command[Any, ..., Any]] = []
        self.is_closing = False
        self._claimed: deque[int] = deque(maxlen=_REMEMBERED)
        self._working: set[asyncio.Task[Any]] = set()
        self._chores: list[asyncio.Task[None]] = []

    # From start to end

    async def setup_hook(self) -> None:
        """Load the cogs, bring Discord's list of commands up to date, and begin the chores."""
        await self.load_cogs()
        assert self.user  # noqa: S101  the login comes first
        await self.is_owner(self.user)  # lets discord.py ask who the owner is now, and not while somebody waits for an answer
        await registering.sync(self.tree, self.records)
        for server in self.settings.home_servers:
            await self.sync_home(server)
        _log.info("Invite: %s", self.invite)
        chores = (_logged(self._first_reindex), self._reindex_regularly(), self._keep_house())
        self._chores = [asyncio.create_task(chore) for chore in chores]

    async def load_cogs(self) -> None:
        """Make the bot know its commands, listeners and buttons."""
        await self.tree.set_translator(registering.Translator())
        for extension in EXTENSIONS:
            await self.load_extension(extension)

    async def on_ready(self) -> None:
        """Bring the home's commands up to date; where there is no home, those of each server, for the owner to use there."""
        for server in self.homes or [guild.id for guild in self.guilds]:
            await self.sync_home(server)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The same, for one server; if it had some before, they went with the bot."""
        if guild.id in (self.homes or {guild.id}):
            await self.sync_home(guild.id, is_forced=True)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Forget a server that the bot was removed from."""
        await self.records.forget_server(guild.id)

    async def on_message(self, message: discord.Message) -> None:
        """Nothing: there are no prefix commands, and the cogs listen for themselves."""

    @property
    def questions(self) -> int:
        """How many are being answered."""
        return len(self._working)

    async def drain(self) -> None:
        """Take no further question, end a running reindex, and let the questions that are being answered finish."""
        self.is_closing = True
        self.reindexing.end()
        if self._working:
            await asyncio.wait(self._working, timeout=DRAIN_SECONDS)

    async def close(self) -> None:
        """End a running reindex, the chores and the connection."""
        self.reindexing.end()
        for chore in self._chores:
            chore.cancel()
        await asyncio.gather(*self._chores, return_exceptions=True)
        await super().close()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Let :meth:`drain` wait for the current task, whose lines in the log get a reference."""
        begin()
        task = asyncio.current_task()
        assert task  # noqa: S101  coroutines run in tasks
        self._working.add(task)
        try:
            yield
        finally:
            self._working.discard(task)

    def claim(self, message: discord.Message | None) -> bool:
        """Whether this is the first time that something is done once for a message: events and clicks may come twice."""
        name = message.id if message else 0
        if name in self._claimed:
            return False
        self._claimed.append(name)
        return True

    def release(self, message: discord.Message | None) -> None:
        """Take a claim back, since what it was for did not happen."""
        name = message.id if message else 0
        if name in self._claimed:
            self._claimed.remove(name)

    def check_open(self) -> None:
        """Let nothing begin while the bot ends.

        Raises:
            NotAllowedError: it ends.
        """
        if self.is_closing:
            raise NotAllowedError("errors.closing")

    async def _first_reindex(self) -> None:
        try:
            if await self.library.needs_reindex():
                await self.reindex_unasked()
        except LibraryError as error:
            _log.error("%s", error)

    async def _reindex_regularly(self) -> None:
        while self.settings.reindex_every:
            await asyncio.sleep(self.settings.reindex_every * 60)
            await _logged(self.reindex_unasked)

    async def reindex_unasked(self) -> None:
        """Reindex; why it failed is kept for the admins."""
        with suppress(ReindexFailedError):
            await self.reindex()

    async def reindex(self, *, allow_removals: bool = False, follow: Follow | None = None) -> ReindexReport:
        """Reindex, as :meth:`Reindexing.run` does, and keep why it failed.

        Raises:
            ReindexFailedError: nothing was changed.
        """
        try:
            report = await self.reindexing.run(allow_removals=allow_removals, follow=follow)
        except ReindexFailedError as error:
            _log.warning("reindex: %s", error)
            await self.records.keep("failed_reindex", f"{datetime.now(UTC).isoformat(timespec='seconds')} {error}")
            raise
        await self.records.keep("failed_reindex", "")
        return report

    async def reindex_failure(self) -> str:
        """Why the last reindex failed; "" where none did, or one succeeded since, in whichever process."""
        at, _, why = (await self.records.about("failed_reindex") or "").partition(" ")
        succeeded = await self.library.reindexed_at()
        return "" if why and succeeded and succeeded > datetime.fromisoformat(at) else why

    async def _keep_house(self) -> None:
        while True:
            await _logged(self.records.drop_expired)
            await asyncio.sleep(_HOUSEKEEPING_SECONDS)

    # Commands as Discord lists them

    @property
    def invite(self) -> str:
        """The address that adds the bot to a server, with exactly the permissions it needs."""
        scopes = ("bot", "applications.commands")
        return discord.utils.oauth_url(self.application_id or 0, permissions=PERMISSIONS, scopes=scopes)

    def at_home(self, server: int) -> discord.Object:
        """A server whose commands are those that change the articles."""
        home = discord.Object(server)
        for command in self.home_commands:
            self.tree.add_command(command, guild=home, override=True)
        return home

    async def sync_home(self, server: int, *, is_forced: bool = False) -> None:
        """Register the commands that change the articles in a server."""
        try:
            await registering.sync(self.tree, self.records, self.at_home(server), is_forced=is_forced)
        except discord.HTTPException as error:
            _log.warning("Home server %s has no commands of its own (%s). Invite the bot there: %s", server, error, self.invite)

    # Who may do what

    @property
    def homes(self) -> frozenset[int]:
        """The servers whose admins may change the articles. Before all servers are known, one is not taken for the only one."""
        return homes(self.settings, [guild.id for guild in self.guilds] if self.is_ready() else [])

    async def refusal(self, place: Place, chosen: ServerSettings) -> Refusal | None:
        """Why a question from this place is not answered; None where it is."""
        is_home = self.settings.open_to is not OpenTo.HOME or await self._is_at_home(place)
        return refusal(place, self.settings.open_to, chosen, is_home=is_home)

    async def _is_at_home(self, place: Place) -> bool:
        if place.server is not None:
            return place.server in self.homes
        guilds = [guild for guild in self.guilds if guild.id in self.homes]
        return any([await _is_member(guild, place.member) for guild in guilds])

    async def check_admin(self, interaction: Interaction) -> None:
        """Let pass who may change the settings of the server they are in.

        Raises:
            NotAllowedError: anybody else.
        """
        if interaction.guild_id is None or not is_installed(interaction):
            raise NotAllowedError("errors.server_only")
        if not interaction.permissions.manage_guild:
            raise NotAllowedError("errors.permission")

    async def check_home_admin(self, interaction: Interaction) -> None:
        """Let pass who may change the articles: the owner, and the admins of a home server.

        Raises:
            NotAllowedError: anybody else.
        """
        if await self.is_owner(interaction.user):
            return
        if interaction.guild_id not in self.homes:
            raise NotAllowedError("errors.not_home")
        await self.check_admin(interaction)

    async def is_home_admin(self, interaction: Interaction) -> bool:
        """Whether :meth:`check_home_admin` lets pass."""
        try:
            await self.check_home_admin(interaction)
        except NotAllowedError:
            return False
        return True

    # What it says, and in which language

    async def private_wording(self, interaction: Interaction) -> Wording:
        """The words for one person: in the server's language where its admins chose one, else in the person's."""
        chosen = await self.records.settings(interaction.guild_id)
        return wording(chosen.language or language_of(interaction.locale))

    async def public_wording(self, guild: discord.Guild | None) -> Wording:
        """The words for everyone in a server, or in a DM."""
        chosen = await self.records.settings(guild.id if guild else None)
        return wording(chosen.language or (language_of(guild.preferred_locale) if guild else ""))

    async def tell(self, interaction: Interaction, text: str) -> None:
        """Say a sentence privately, whatever the interaction's state."""
        await self.show(interaction, notice(text))

    async def show(self, interaction: Interaction, view: discord.ui.LayoutView) -> None:
        """Show a card privately, whatever the interaction's state; in the place of "thinking" where that is shown."""
        if not interaction.response.is_done():
            await interaction.response.send_message(view=view, ephemeral=True, suppress_embeds=True)
        elif interaction.response.type is discord.InteractionResponseType.deferred_channel_message:
            await interaction.edit_original_response(view=view)
        else:
            await interaction.followup.send(view=view, ephemeral=True, suppress_embeds=True)

    async def explain(self, interaction: Interaction, error: BaseException) -> None:
        """Tell a person why what they asked for did not happen."""
        text = explain(error, await self.private_wording(interaction), self.reindexing)
        try:
            await self.tell(interaction, text)
        except UNSENT as failure:  # the interaction is over, or Discord is; nobody is left to tell
            _log.warning("An error could not be shown (%s).", failure)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Hand a form that was sent to whoever can read it, in whichever process it was opened."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        data: dict[str, Any] = {**(interaction.data or {})}
        _, action, *arguments = data["custom_id"].split("|")
        try:
            self.check_open()
            async with self.at_work():
                await self.forms[action](interaction, arguments, _values(data))
        except Exception as error:  # noqa: BLE001  the one place where forms' errors end
            await self.explain(interaction, error)

    async def on_error(self, event_method: str, /, *_args: object, **_kwargs: object) -> None:
        """Log what a listener did not expect."""
        _log.exception("%s", event_method)


class CommandTree(app_commands.CommandTree[VerbatimBot]):
    """The commands; each of their errors ends in a sentence."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Take no command while the bot ends."""
        client = interaction.client
        if client.is_closing and interaction.type is not discord.InteractionType.autocomplete:
            await client.explain(interaction, NotAllowedError("errors.closing"))
        return not client.is_closing

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Explain it."""
        await interaction.client.explain(interaction, error)


async def _logged(chore: Callable[[], Awaitable[None]]) -> None:
    """Do a chore; what it did not expect is logged, so that it is done again when it is due."""
    try:
        await chore()
    except Exception:  # noqa: BLE001  the one place where chores' errors end
        _log.exception("A chore failed.")


async def _is_member(guild: discord.Guild, member: int) -> bool:
    try:
        await guild.fetch_member(member)
    except discord.NotFound:
        return False
    return True


def _values(form: dict[str, Any]) -> dict[str, str]:
    """What was typed into a form, by its fields' names."""
    fields = [label["component"] for label in form["components"] if "component" in label]
    return {field["custom_id"]: field["value"] for field in fields}
