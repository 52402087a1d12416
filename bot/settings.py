"""What an operator sets, read once from the environment. The only room that knows a setting's name."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_SEEDS_DIR = "seeds"
DEFAULT_DATA_DIR = "data"
DEFAULT_QUOTE_CHARACTERS = 600


class SettingsError(Exception):
    """A setting that cannot be used; the message names it and the remedy."""

    def __init__(self, key: str, why: str, remedy: str) -> None:
        super().__init__(f"{key} {why}. {remedy}")
        self.key = key


class MissingTokenError(SettingsError):
    """Discord was asked for without a token."""

    def __init__(self) -> None:
        super().__init__("DISCORD_TOKEN", "is not set", "See README, 'Discord'.")


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, checked. Paths are absolute; ``quote_characters`` 0 is no limit; no token, no Discord."""

    seeds_dir: Path
    data_dir: Path
    quote_characters: int
    discord_token: str | None

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
            discord_token=_given(env, "DISCORD_TOKEN") or None,
        )


def _given(env: Mapping[str, str], key: str) -> str:
    return env.get(key, "").strip()


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
