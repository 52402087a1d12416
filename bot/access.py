"""Who is answered where: whose bot it is, whom the operator opened it to, and what a server's admins chose. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import discord

from bot.records import ServerSettings
from bot.settings import OpenTo, Settings


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question comes from, as ids.

    ``server`` is None outside of servers; ``channels`` are a channel and, of a thread, its parent; ``is_installed`` is
    False where only the asker's own install brought the bot there.
    """

    server: int | None
    channels: tuple[int, ...]
    member: int
    roles: frozenset[int] = frozenset()
    is_installed: bool = True

    @property
    def channel(self) -> int:
        """The channel, or the thread."""
        return self.channels[0]

    @property
    def budget(self) -> int:
        """Whose answers a minute are counted together: a server's; elsewhere everybody has their own."""
        return self.server if self.server and self.is_installed else self.member

    @classmethod
    def of_message(cls, message: discord.Message) -> "Place":
        """Where a message stands."""
        return cls(
            message.guild.id if message.guild else None, _channels(message.channel), message.author.id, _roles(message.author)
        )

    @classmethod
    def of_interaction(cls, interaction: discord.Interaction) -> "Place":
        """Where a command or a button was used."""
        channels = _channels(interaction.channel) if interaction.channel else (interaction.channel_id or 0,)
        return cls(interaction.guild_id, channels, interaction.user.id, _roles(interaction.user), is_installed(interaction))


def is_installed(interaction: discord.Interaction) -> bool:
    """Whether the bot is there for everyone, and not only by somebody's own install.

    Discord names who installed it, by the kind of install: a server adds it under 0, which holds in that server and in a DM
    with the bot. ``is_guild_integration`` is False in every DM, and ``is_user_integration`` for others than who installed it.
    """
    owners = interaction._integration_owners  # noqa: SLF001  discord.py has no other name for it
    return discord.app_commands.AppInstallationType.GUILD in owners or not owners  # a simulation names nobody


class Refusal(StrEnum):
    """Why a question is not answered in its place."""

    CLOSED = "closed"
    CHANNEL = "channel"
    ROLE = "role"


def homes(settings: Settings, servers: Collection[int]) -> frozenset[int]:
    """The servers whose admins may change the articles: as set, else the only one while there is one."""
    return settings.home_servers or (frozenset(servers) if len(servers) == 1 else frozenset())


def refusal(place: Place, open_to: OpenTo, chosen: ServerSettings, *, is_home: bool) -> Refusal | None:
    """Why a question from this place is not answered; None where it is."""
    if (open_to is OpenTo.HOME and not is_home) or (open_to is not OpenTo.EVERYONE and not place.is_installed):
        return Refusal.CLOSED
    if place.server is None or not place.is_installed:
        return None
    if chosen.channels and not {*place.channels} & {*chosen.channels, chosen.question_channel}:
        return Refusal.CHANNEL
    if chosen.roles and not place.roles & {*chosen.roles}:
        return Refusal.ROLE
    return None


def _channels(channel: object) -> tuple[int, ...]:
    place: int = channel.id  # type: ignore[attr-defined]  # every kind of channel has one
    return (place, channel.parent_id) if isinstance(channel, discord.Thread) else (place,)


def _roles(user: discord.abc.User) -> frozenset[int]:
    return frozenset(role.id for role in user.roles) if isinstance(user, discord.Member) else frozenset()
