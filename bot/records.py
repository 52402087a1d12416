"""data/servers.sqlite3: what belongs to servers and members. All SQL of it; migrated, never rebuilt, and no article's text.

Of an answer it keeps ids alone, for 30 days; of a question its words only where somebody reported the answer, or where
nothing answered a message to the bot: they go with the answer. What is erased is overwritten (``secure_delete``) and leaves
the write-ahead log as well.
"""

import asyncio
import json
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from time import time
from typing import Any

import aiosqlite

from index import connected

KEPT_DAYS = 30
EVERYWHERE = 0
"""The server of a withdrawal that holds in all of them."""

_log = logging.getLogger(__name__)

_DAMAGED = "Restore it from a backup, or move it away to start anew."
_CLOSED = "Make sure that DATA_DIR is a folder that may be written, and that its disk has room."
_ANSWERS_OF = "SELECT answer FROM answer WHERE asker = ?"
_DAY_SECONDS = 86_400
_BUSY_SECONDS = 10

# One script a version; ``PRAGMA user_version`` counts those that were run. Two processes may start at once: IF NOT EXISTS.
_MIGRATIONS = (
    """
    CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS setting (server INTEGER PRIMARY KEY, choices TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS answer (
        answer INTEGER PRIMARY KEY,
        server INTEGER,
        channel INTEGER NOT NULL,
        question INTEGER,
        asker INTEGER NOT NULL,
        articles TEXT NOT NULL,
        at INTEGER NOT NULL
    );
    CREATE INDEX IF NOT EXISTS answer_question ON answer (question);
    CREATE INDEX IF NOT EXISTS answer_asker ON answer (asker);
    CREATE TABLE IF NOT EXISTS report (
        key INTEGER PRIMARY KEY,
        server INTEGER NOT NULL,
        channel INTEGER NOT NULL,
        answer INTEGER,
        member INTEGER NOT NULL,
        question TEXT NOT NULL,
        reason TEXT,  -- NULL where nobody reported it and nothing answered
        at INTEGER NOT NULL
    );
    CREATE INDEX IF NOT EXISTS report_server ON report (server, at);
    CREATE TABLE IF NOT EXISTS tally (
        day INTEGER NOT NULL,
        server INTEGER NOT NULL,  -- 0 outside of servers
        what TEXT NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (day, server, what)
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS withdrawal (
        article TEXT NOT NULL,
        server INTEGER NOT NULL,
        reason TEXT NOT NULL,
        member INTEGER NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (article, server)
    ) WITHOUT ROWID;
    """,
)


class RecordsError(Exception):
    """The file of the servers' records cannot be used; the message says what to do."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What a server's admins chose. Ids are Discord's; no channels means all of them, no roles means everybody.

    ``cooldown`` is in seconds between two questions of one member, ``per_minute`` in answers of the whole server.
    """

    question_channel: int | None = None
    channels: tuple[int, ...] = ()
    roles: tuple[int, ...] = ()
    private: bool = False
    cooldown: int = 0
    per_minute: int = 20
    language: str = ""
    quotes: int = 3


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """Where an answer stands and whom it answered, as ids. ``question`` is the message that asked, where there is one."""

    answer: int
    server: int | None
    channel: int
    question: int | None
    asker: int
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A question whose answer somebody reported, or, with ``reason`` None, that nothing answered. ``at`` is Unix time."""

    server: int
    channel: int
    answer: int | None
    member: int
    question: str
    reason: str | None
    at: int = 0


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An article that leaves all answers, or those of one server. ``member`` 0 is one that was erased, ``at`` is Unix time."""

    article: str
    server: int
    reason: str
    member: int
    at: int = 0


class Records:
    """The file, opened; see :func:`open_records`."""

    def __init__(self, path: Path, connection: aiosqlite.Connection) -> None:
        self._path = path
        self._connection = connection
        self._writing = asyncio.Lock()  # tasks share the connection: no statement may join another task's transaction

    # Facts about the bot itself

    async def about(self, name: str, server: int | None = None) -> str | None:
        """A fact that was kept under this name, of a server where one is given."""
        row = await self._row("SELECT value FROM about WHERE name = ?", _fact(name, server))
        return row[0] if row else None

    async def keep(self, name: str, value: str, server: int | None = None) -> None:
        """Keep a fact."""
        await self._write("INSERT OR REPLACE INTO about VALUES (?, ?)", _fact(name, server), value)

    # Servers

    async def settings(self, server: int | None) -> ServerSettings:
        """A server's settings; the defaults where its admins chose none, and outside of servers."""
        row = await self._row("SELECT choices FROM setting WHERE server = ?", server)
        return _settings(json.loads(row[0])) if row else ServerSettings()

    async def change_settings(self, server: int, change: Callable[[ServerSettings], ServerSettings]) -> ServerSettings:
        """Change a server's settings and give them; nobody else's change comes between reading and writing."""
        async with self._transaction():
            before = await self.settings(server)
            chosen = change(before)
            if chosen != before:
                await self._rows("INSERT OR REPLACE INTO setting VALUES (?, ?)", server, json.dumps(asdict(chosen)))
        return chosen

    async def forget_server(self, server: int) -> None:
        """Erase all that a server's admins and members left, and what the bot kept about it."""
        tables = ("setting", "answer", "report", "tally", "withdrawal")
        erasures = [f"DELETE FROM {table} WHERE server = ?" for table in tables]
        erasures.append("DELETE FROM about WHERE name LIKE '% of ' || ?")
        await self._erase(*((statement, server) for statement in erasures))

    # Answers

    async def add_answer(self, record: AnswerRecord) -> None:
        """Keep where an answer stands."""
        values = (record.answer, record.server, record.channel, record.question, record.asker, json.dumps(record.articles), _now())
        await self._write("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?, ?, ?)", *values)

    async def answer(self, answer: int) -> AnswerRecord | None:
        """The record of an answer, by its message."""
        return next(iter(await self._answers("answer = ?", answer)), None)

    async def answer_to(self, question: int) -> AnswerRecord | None:
        """The record of the answer to a message."""
        return next(iter(await self._answers("question = ?", question)), None)

    async def answers_about(self, messages: Collection[int]) -> list[AnswerRecord]:
        """The records of which one of these messages is the question or the answer."""
        given, ids = "(SELECT value FROM json_each(?))", json.dumps([*messages])
        return await self._answers(f"answer IN {given} OR question IN {given}", ids, ids)

    async def _answers(self, where: str, *values: object) -> list[AnswerRecord]:
        rows = await self._rows(f"SELECT answer, server, channel, question, asker, articles FROM answer WHERE {where}", *values)
        return [
            AnswerRecord(answer, server, channel, question, asker, tuple(json.loads(articles)))
            for answer, server, channel, question, asker, articles in rows
        ]

    async def remove_answers(self, *answers: int) -> None:
        """Erase the records of answers that are no longer there, with the words that were kept of their questions."""
        tables = ("answer", "report")
        await self._erase(*((f"DELETE FROM {table} WHERE answer = ?", answer) for table in tables for answer in answers))

    async def answers_of(self, member: int) -> int:
        """How many answers and reports are kept with a member's id, or with a question of theirs."""
        reports = f"SELECT count(*) FROM report WHERE member = ? OR answer IN ({_ANSWERS_OF})"
        row = await self._row(f"SELECT (SELECT count(*) FROM answer WHERE asker = ?) + ({reports})", member, member, member)
        return int(row[0]) if row else 0

    async def forget_member(self, member: int) -> None:
        """Erase a member's rows, what others reported of the answers to them, and that it was they who withdrew an article."""
        statements = (
            "DELETE FROM report WHERE member = ?",
            f"DELETE FROM report WHERE answer IN ({_ANSWERS_OF})",
            "DELETE FROM answer WHERE asker = ?",
            "UPDATE withdrawal SET member = 0 WHERE member = ?",
        )
        await self._erase(*((statement, member) for statement in statements))

    # Reports

    async def add_report(self, report: Report) -> None:
        """Keep a question for its server's admins."""
        values = (report.server, report.channel, report.answer, report.member, report.question, report.reason, _now())
        await self._write("INSERT INTO report VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", *values)

    async def reports(self, server: int) -> list[Report]:
        """A server's reports, newest first."""
        columns = "server, channel, answer, member, question, reason, at"
        query = f"SELECT {columns} FROM report WHERE server = ? ORDER BY at DESC, key DESC"
        return [Report(*row) for row in await self._rows(query, server)]

    async def tally(self, server: int | None, what: str) -> None:
        """Count something of which nothing else is kept."""
        insert = "INSERT INTO tally VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1"
        await self._write(insert, _now() // _DAY_SECONDS, server or 0, what)

    async def tallies(self, server: int) -> dict[str, int]:
        """What was counted in a server, over all the days that are kept."""
        query = "SELECT what, sum(count) FROM tally WHERE server = ? GROUP BY what ORDER BY what"
        return dict(await self._rows(query, server))

    # Withdrawals

    async def withdraw(self, withdrawal: Withdrawal) -> None:
        """Leave an article out from now on."""
        values = (withdrawal.article, withdrawal.server, withdrawal.reason, withdrawal.member, _now())
        await self._write("INSERT OR REPLACE INTO withdrawal VALUES (?, ?, ?, ?, ?)", *values)

    async def restore(self, article: str, server: int) -> None:
        """Take a withdrawal back."""
        await self._write("DELETE FROM withdrawal WHERE article = ? AND server = ?", article, server)

    async def withdrawals(self, server: int | None = None) -> list[Withdrawal]:
        """What is left out of a server's answers, everywhere first; without a server, what is left out everywhere."""
        query = "SELECT article, server, reason, member, at FROM withdrawal WHERE server IN (?, ?) ORDER BY server, article"
        return [Withdrawal(*row) for row in await self._rows(query, EVERYWHERE, server)]

    # The file

    async def drop_expired(self) -> None:
        """Erase what was kept long enough."""
        oldest = _now() - KEPT_DAYS * _DAY_SECONDS
        await self._erase(
            ("DELETE FROM answer WHERE at < ?", oldest),
            ("DELETE FROM report WHERE at < ?", oldest),
            ("DELETE FROM tally WHERE day < ?", oldest // _DAY_SECONDS),
        )

    async def copy(self, path: Path) -> None:
        """Write the records as they are now to a new file, while others use them."""
        with _translated(path):
            async with self._writing, connected(path) as target:
                await self._connection.backup(target)

    async def _row(self, query: str, *values: object) -> tuple[Any, ...] | None:
        rows = await self._rows(query, *values)
        return rows[0] if rows else None

    async def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """All rows at once: a cursor left open while others run would keep the log from being emptied."""
        with _translated(self._path):
            return [tuple(row) for row in await self._connection.execute_fetchall(query, values)]

    async def _write(self, statement: str, *values: object) -> None:
        async with self._writing:
            await self._rows(statement, *values)

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[None]:
        """All or nothing of what is written within, and no other task or process between."""
        async with self._writing:
            await self._rows("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                await self._connection.rollback()
                raise
            await self._rows("COMMIT")

    async def _erase(self, *statements: tuple[str, int]) -> None:
        """Change, all or nothing, and empty the write-ahead log, which would still hold what was written before.

        While another process reads, the log cannot be emptied; :meth:`drop_expired` does it within the hour.
        """
        async with self._transaction():
            for statement, value in statements:
                await self._rows(statement, value)
        async with self._writing:
            ((is_busy, *_),) = await self._rows("PRAGMA wal_checkpoint(TRUNCATE)")
        if is_busy:
            _log.warning("The log of the records could not be emptied while another process reads. It is tried again.")


async def withdrawn(path: Path) -> set[str]:
    """The ids of the articles that are left out everywhere; makes no file where there is none."""
    if not await asyncio.to_thread(path.exists):
        return set()
    async with open_records(path) as records:
        return {one.article for one in await records.withdrawals()}


@asynccontextmanager
async def open_records(path: Path) -> AsyncIterator[Records]:
    """The file, made or migrated where it has to be.

    Raises:
        RecordsError: it cannot be used, or a newer Verbatim wrote it; then and by whatever is done with the records later.
    """
    async with AsyncExitStack() as stack:
        with _translated(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = await stack.enter_async_context(connected(path, busy_seconds=_BUSY_SECONDS, isolation_level=None))
            await connection.execute_fetchall("PRAGMA journal_mode = WAL")
            await connection.execute_fetchall("PRAGMA secure_delete = ON")
            await _migrate(path, connection)
        yield Records(path, connection)


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """What SQLite or the file system refuses, as a sentence with a remedy."""
    try:
        yield
    except (OSError, sqlite3.DatabaseError, UnicodeDecodeError) as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        is_damaged = isinstance(error, UnicodeDecodeError) or code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
        why, remedy = getattr(error, "strerror", error), _DAMAGED if is_damaged else _CLOSED
        raise RecordsError(f"{path} cannot be used ({why}). {remedy}") from error


async def _migrate(path: Path, connection: aiosqlite.Connection) -> None:
    async with connection.execute("PRAGMA user_version") as rows:
        (version,) = await rows.fetchone() or (0,)
    if version > len(_MIGRATIONS):
        raise RecordsError(f"{path} was written by a newer Verbatim. Update Verbatim, or point DATA_DIR at another folder.")
    for number, script in enumerate(_MIGRATIONS[version:], version + 1):
        await connection.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; COMMIT;")


def _fact(name: str, server: int | None) -> str:
    return name if server is None else f"{name} of {server}"


def _settings(choices: dict[str, object]) -> ServerSettings:
    known = {field.name for field in fields(ServerSettings)}
    given = {name: tuple(value) if isinstance(value, list) else value for name, value in choices.items() if name in known}
    return ServerSettings(**given)  # type: ignore[arg-type]  # as change_settings wrote them


def _now() -> int:
    return int(time())
