"""What an operator sets, read once from the environment. The only room that knows a setting's name."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

DEFAULT_SEEDS_DIR = "seeds"
DEFAULT_DATA_DIR = "data"
DEFAULT_QUOTE_CHARACTERS = 600
DEFAULT_OPEN_TO = "servers"
DEFAULT_LOG_LEVEL = "INFO"
LARGEST_ID = 2**63 - 1  # as SQLite takes it; Discord's own are smaller
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class SettingsError(Exception):
    """A setting that cannot be used; the message names it and the remedy."""

    def __init__(self, key: str, why: str, remedy: str) -> None:
        super().__init__(f"{key} {why}. {remedy}")
        self.key = key


class OpenTo(StrEnum):
    """Who is answered in Discord at all: the home servers, every server, or everyone, in servers and by user installs."""

    HOME = "home"
    SERVERS = "servers"
    EVERYONE = "everyone"


class MissingTokenError(SettingsError):
    """Discord was asked for without a token."""

    def __init__(self) -> None:
        super().__init__("DISCORD_TOKEN", "is not set", "See README, 'Discord'.")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, checked. Paths are absolute; ``quote_characters`` 0 is no limit; no token, no Discord.

    No ``home_servers`` means the only server, while there is one. ``reindex_every`` is in minutes, 0 is never.
    """

    seeds_dir: Path
    data_dir: Path
    quote_characters: int
    discord_token: str | None
    home_servers: frozenset[int]
    open_to: OpenTo
    reindex_every: int
    message_content: bool
    contact: str
    log_level: str

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """The settings in a mapping such as ``os.environ``; an empty value is the default.

        Raises:
            SettingsError: one cannot be used.
        """
        return cls(
            seeds_dir=_folder(env, "SEEDS_DIR", DEFAULT_SEEDS_DIR),
            data_dir=_folder(env, "DATA_DIR", DEFAULT_DATA_DIR),
            quote_characters=_count(env, "QUOTE_CHARACTERS", DEFAULT_QUOTE_CHARACTERS),
            discord_token=_token(env, "DISCORD_TOKEN"),
            home_servers=_ids(env, "HOME_SERVERS"),
            open_to=OpenTo(_choice(env, "OPEN_TO", DEFAULT_OPEN_TO, list(OpenTo))),
            reindex_every=_count(env, "REINDEX_EVERY", 0),
            message_content=_choice(env, "MESSAGE_CONTENT", "0", ["0", "1"]) == "1",
            contact=_given(env, "CONTACT"),
            log_level=_choice(env, "LOG_LEVEL", DEFAULT_LOG_LEVEL, LOG_LEVELS),
        )

    @property
    def records(self) -> Path:
        """The file of what belongs to servers."""
        return self.data_dir / "servers.sqlite3"

    def for_child(self) -> dict[str, str]:
        """The environment of a process of the bot's own that works on the same folders; it gets no token."""
        inherited = {key: value for key, value in os.environ.items() if key != "DISCORD_TOKEN"}
        return {**inherited, "SEEDS_DIR": str(self.seeds_dir), "DATA_DIR": str(self.data_dir), "DISCORD_TOKEN": ""}


def _given(env: Mapping[str, str], key: str) -> str:
    return env.get(key, "").strip()


def _token(env: Mapping[str, str], key: str) -> str | None:
    given = _given(env, key)
    if not re.fullmatch(r"[\w.-]*", given, re.ASCII):
        remedy = "Copy it anew from https://discord.com/developers/applications (Bot, Reset Token), and nothing else with it."
        raise SettingsError(key, "holds a character that no token has", remedy)
    return given or None


def _folder(env: Mapping[str, str], key: str, default: str) -> Path:
    path = Path(_given(env, key) or default).expanduser()
    if path.exists() and not path.is_dir():
        raise SettingsError(key, f"is a file ({path})", "Set it to a folder.")
    return path.resolve()


def _count(env: Mapping[str, str], key: str, default: int) -> int:
    given = _given(env, key)
    if not given:
        return default
    if not given.isdecimal():
        raise SettingsError(key, f"is no whole number ({given!r})", "Set it to 0 or more.")
    return int(given)


def _ids(env: Mapping[str, str], key: str) -> frozenset[int]:
    given = _given(env, key).replace(",", " ").split()
    if wrong := next((part for part in given if not part.isdecimal() or int(part) > LARGEST_ID), None):
        remedy = "Copy ids with Discord's developer mode, and part them by commas."
        raise SettingsError(key, f"holds {wrong!r}, which is no server's id", remedy)
    return frozenset(map(int, given))


def _choice(env: Mapping[str, str], key: str, default: str, choices: Sequence[str]) -> str:
    given = _given(env, key) or default
    known = {choice.casefold(): choice for choice in choices}
    if given.casefold() not in known:
        raise SettingsError(key, f"is {given!r}", f"Set it to one of {', '.join(choices)}.")
    return known[given.casefold()]
