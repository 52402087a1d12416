"""An exception → the one sentence that a person in Discord sees. What it cannot explain gets a reference into the log."""

import logging
from contextvars import ContextVar
from secrets import token_hex

import discord
from discord import app_commands

from bot.escaping import literal
from bot.reindexing import ReindexFailedError, Reindexing
from bot.wording import Wording
from index import EmptyLibraryError, LibraryError

_log = logging.getLogger(__name__)

# https://docs.discord.com/developers/topics/opcodes-and-status-codes
_ANSWERS_OF_DISCORD = {
    10003: "errors.message_gone",  # unknown channel
    10008: "errors.message_gone",
    50001: "errors.bot_permission",
    50013: "errors.bot_permission",
    50083: "errors.archived",
}
_TOO_MANY_REQUESTS = 429

_reference: ContextVar[str] = ContextVar("reference")


def begin() -> None:
    """Give what the current task does from now on a reference of its own."""
    _reference.set(token_hex(2).upper())


def reference() -> str:
    """What joins the lines of the log about one question, and the sentence that a person was shown, if it failed."""
    return _reference.get("") or token_hex(2).upper()


class GoneError(Exception):
    """What a button or a form is about was changed or removed since."""


class NotAllowedError(Exception):
    """A member asked for what only some may do; ``key`` is the wording that says who."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


_EXPECTED: tuple[tuple[type[BaseException], str], ...] = (
    (GoneError, "errors.gone"),
    (app_commands.MissingPermissions, "errors.permission"),
    (app_commands.NoPrivateMessage, "errors.server_only"),
    (app_commands.CommandNotFound, "errors.outdated"),
    (app_commands.CommandSignatureMismatch, "errors.outdated"),
    (discord.RateLimited, "errors.busy"),
)
_UNEXPECTED: tuple[tuple[type[BaseException], str], ...] = (
    (discord.HTTPException, "errors.discord"),
    (LibraryError, "errors.library"),
)


def explain(error: BaseException, wording: Wording, reindexing: Reindexing) -> str:
    """The sentence for an error; one that is the bot's own fault, or the operator's to mend, is logged under a reference."""
    if isinstance(error, app_commands.CommandInvokeError | app_commands.TransformerError) and error.__cause__:
        error = error.__cause__
    if isinstance(error, EmptyLibraryError):
        return empty(wording, reindexing)
    if isinstance(error, ReindexFailedError):
        return wording.text("errors.reindex", why=literal(str(error)))
    if key := _expected(error):
        return wording.text(key)
    key = next((key for kind, key in _UNEXPECTED if isinstance(error, kind)), "errors.unexpected")
    return wording.text(key, ref=_logged(error))


def empty(wording: Wording, reindexing: Reindexing) -> str:
    """What there is to say while nothing is indexed."""
    progress = reindexing.progress
    if progress is None or not progress.bytes_done:
        return wording.text("errors.indexing_starts" if reindexing.is_running else "errors.empty")
    total = max(progress.articles, progress.articles * progress.bytes_total // progress.bytes_done)
    done, minutes = wording.number(progress.articles), wording.count("minute", reindexing.minutes_left)
    return wording.text("errors.indexing", done=done, total=wording.count("article", total), minutes=minutes)


def _expected(error: BaseException) -> str | None:
    """The wording for what may well happen; None for what should not."""
    if isinstance(error, NotAllowedError):
        return error.key
    if isinstance(error, discord.HTTPException):
        return _ANSWERS_OF_DISCORD.get(error.code) or ("errors.busy" if error.status == _TOO_MANY_REQUESTS else None)
    return next((key for kind, key in _EXPECTED if isinstance(error, kind)), None)


def _logged(error: BaseException) -> str:
    ref = reference()
    _log.error("ref %s", ref, exc_info=error)
    return ref
