"""What belongs to servers and members: kept as ids, for 30 days, and erased where it is asked."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import time

import pytest

from bot.records import (
    EVERYWHERE,
    KEPT_DAYS,
    AnswerRecord,
    Records,
    RecordsError,
    Report,
    ServerSettings,
    Withdrawal,
    open_records,
    withdrawn,
)

ASKED = "Where is Zorblax hiding tonight"
REPORT = Report(1, 2, 3, 40, ASKED, "not true")


def privately(chosen: ServerSettings) -> ServerSettings:
    """A change that an admin makes."""
    return replace(chosen, private=True)


@pytest.fixture
async def records(tmp_path: Path) -> AsyncIterator[Records]:
    """The file, new."""
    async with open_records(tmp_path / "servers.sqlite3") as opened:
        yield opened


def bytes_of(folder: Path) -> bytes:
    """Everything on the disk, the write-ahead log with it."""
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_settings_are_defaults_until_they_are_chosen(records: Records) -> None:
    """For each server its own; none outside of servers."""
    chosen = ServerSettings(question_channel=5, channels=(6, 7), roles=(8,), private=True, language="de", quotes=1)
    assert await records.change_settings(1, lambda _: chosen) == chosen

    assert await records.settings(1) == chosen
    assert await records.settings(2) == ServerSettings()
    assert await records.settings(None) == ServerSettings()


async def test_no_admins_change_undoes_anothers(records: Records, tmp_path: Path) -> None:
    """At the same time, of this process and of another."""
    async with open_records(tmp_path / "servers.sqlite3") as other:
        await asyncio.gather(
            records.change_settings(1, privately),
            records.change_settings(1, lambda chosen: replace(chosen, quotes=1)),
            other.change_settings(1, lambda chosen: replace(chosen, cooldown=9)),
        )

    assert await records.settings(1) == ServerSettings(private=True, quotes=1, cooldown=9)


async def test_looking_at_settings_keeps_nothing(records: Records, tmp_path: Path) -> None:
    """A server whose admins chose nothing has no row."""
    assert await records.change_settings(1, replace) == ServerSettings()

    await records.copy(tmp_path / "copy.sqlite3")
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM setting").fetchone() == (0,)


async def test_an_answer_is_found_by_its_message_and_by_its_question(records: Records) -> None:
    """As long as it stands."""
    record = AnswerRecord(3, 1, 2, 30, 40, ("a.md", "b.md"))
    await records.add_answer(record)

    assert await records.answer(3) == await records.answer_to(30) == record

    await records.remove_answers(3)

    assert await records.answer(3) is None


async def test_reports_belong_to_one_server_newest_first(records: Records) -> None:
    """Another server's admins see none of them."""
    await records.add_report(REPORT)
    await records.add_report(Report(1, 2, None, 41, "Another?", None))

    assert [one.question for one in await records.reports(1)] == ["Another?", ASKED]
    assert await records.reports(2) == []


async def test_private_questions_are_only_counted(records: Records) -> None:
    """A server at a time."""
    for server in (1, 1, None):
        await records.tally(server, "unanswered")

    assert await records.tallies(1) == {"unanswered": 2}


async def test_a_withdrawal_holds_everywhere_and_a_hidden_article_in_one_server(records: Records, tmp_path: Path) -> None:
    """Both can be taken back."""
    await records.withdraw(Withdrawal("a.md", EVERYWHERE, "wrong", 40))
    await records.withdraw(Withdrawal("b.md", 1, "", 40))

    assert [one.article for one in await records.withdrawals(1)] == ["a.md", "b.md"]
    assert [one.article for one in await records.withdrawals(2)] == ["a.md"]
    assert [time() - one.at < 60 for one in await records.withdrawals()] == [True]
    assert await withdrawn(tmp_path / "servers.sqlite3") == {"a.md"}

    await records.restore("a.md", EVERYWHERE)

    assert await records.withdrawals() == []


async def test_reading_withdrawals_makes_no_file(tmp_path: Path) -> None:
    """The terminal leaves a folder as it was."""
    assert await withdrawn(tmp_path / "servers.sqlite3") == set()
    assert bytes_of(tmp_path) == b""


async def test_delete_mine_leaves_nothing_on_the_disk(records: Records, tmp_path: Path) -> None:
    """Not in the file, and not in its log."""
    await records.add_answer(AnswerRecord(3, 1, 2, 30, 40, ("a.md",)))
    await records.add_report(REPORT)
    assert ASKED.encode() in bytes_of(tmp_path)
    assert await records.answers_of(40) == 2

    await records.forget_member(40)

    assert await records.answers_of(40) == 0
    assert ASKED.encode() not in bytes_of(tmp_path)


async def test_delete_mine_erases_what_others_kept_of_a_member(records: Records, tmp_path: Path) -> None:
    """Their question in another's report, and their id at an article they withdrew, which stays withdrawn."""
    await records.add_answer(AnswerRecord(3, 1, 2, 30, 40, ("a.md",)))
    await records.add_report(Report(1, 2, 3, 99, ASKED, "not true"))
    await records.withdraw(Withdrawal("a.md", 1, "wrong", 40))
    assert await records.answers_of(40) == 2

    await records.forget_member(40)

    assert await records.reports(1) == []
    assert [(one.article, one.reason, one.member) for one in await records.withdrawals(1)] == [("a.md", "wrong", 0)]
    assert ASKED.encode() not in bytes_of(tmp_path)


async def test_reading_never_stands_in_the_way_of_erasing_or_copying(records: Records, tmp_path: Path) -> None:
    """All tasks share one connection: a read is over before anything else begins."""
    for number in range(30):
        await records.add_report(REPORT)
        await records.withdraw(Withdrawal(f"{number}.md", 1, "", 40))

    async def read() -> None:
        for _ in range(50):
            await asyncio.gather(records.reports(1), records.tallies(1), records.withdrawals(1), records.answer(1))

    async def erase() -> None:
        for number in range(50):
            await records.remove_answers(number)
            await records.copy(tmp_path / f"copy{number}.sqlite3")

    await asyncio.gather(read(), erase())


async def test_a_log_that_another_process_reads_is_emptied_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Erasing does not fail because of it, and housekeeping ends what it could not."""
    monkeypatch.setattr("bot.records._BUSY_SECONDS", 0.05)
    async with open_records(tmp_path / "servers.sqlite3") as records:
        await records.add_report(REPORT)
        reader = sqlite3.connect(tmp_path / "servers.sqlite3", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM report").fetchall()
        await records.forget_member(40)
        assert "could not be emptied" in caplog.text
        assert ASKED.encode() in bytes_of(tmp_path)

        reader.close()
        await records.drop_expired()
        assert ASKED.encode() not in bytes_of(tmp_path)


async def test_a_server_that_is_left_is_forgotten(records: Records, tmp_path: Path) -> None:
    """With all that its members left, and nobody else's."""
    await records.add_report(REPORT)
    await records.change_settings(1, privately)
    await records.change_settings(2, privately)

    for server in (1, 11, None):
        await records.keep("commands", "digest", server)

    await records.forget_server(1)

    assert [await records.about("commands", server) for server in (1, 11, None)] == [None, "digest", "digest"]
    assert await records.settings(1) == ServerSettings()
    assert await records.settings(2) == ServerSettings(private=True)
    assert ASKED.encode() not in bytes_of(tmp_path)


async def test_what_was_kept_long_enough_is_erased(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    """After 30 days, and not before."""
    await records.add_report(REPORT)
    await records.add_answer(AnswerRecord(3, 1, 2, 30, 40))
    await records.tally(1, "unanswered")
    now = time()
    monkeypatch.setattr("bot.records.time", lambda: now + (KEPT_DAYS - 1) * 86_400)
    await records.drop_expired()
    assert await records.reports(1)

    monkeypatch.setattr("bot.records.time", lambda: now + (KEPT_DAYS + 2) * 86_400)
    await records.drop_expired()

    assert await records.reports(1) == []
    assert await records.answer(3) is None
    assert await records.tallies(1) == {}


async def test_two_processes_share_the_file(records: Records, tmp_path: Path) -> None:
    """What one writes the other reads."""
    async with open_records(tmp_path / "servers.sqlite3") as other:
        await records.add_answer(AnswerRecord(3, 1, 2, 30, 40))

        assert await other.answer(3)


async def test_a_copy_can_be_opened(records: Records, tmp_path: Path) -> None:
    """While the original is in use."""
    await records.keep("name", "value")
    await records.copy(tmp_path / "copy.sqlite3")

    async with open_records(tmp_path / "copy.sqlite3") as copy:
        assert await copy.about("name") == "value"


async def test_a_file_that_is_none_of_its_own_is_refused(tmp_path: Path) -> None:
    """With a remedy, and nothing in it is changed."""
    file = tmp_path / "servers.sqlite3"
    file.write_bytes(b"not a database at all" * 100)

    with pytest.raises(RecordsError, match="Restore it from a backup"):
        async with open_records(file):
            pass
    assert file.read_bytes().startswith(b"not a database")


async def test_a_file_whose_schema_is_no_text_is_refused(tmp_path: Path) -> None:
    """SQLite says which word it does not understand, and that cannot be decoded."""
    file = tmp_path / "servers.sqlite3"
    async with open_records(file):
        pass
    content = file.read_bytes()
    assert b"CREATE INDEX answer_asker" in content
    file.write_bytes(content.replace(b"CREATE INDEX answer_asker", b"CREATE \xf2NDEX answer_asker"))

    with pytest.raises(RecordsError, match="Restore it from a backup"):
        async with open_records(file):
            pass


async def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    """Reading on would misread it."""
    file = tmp_path / "servers.sqlite3"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA user_version = 99")

    with pytest.raises(RecordsError, match="newer Verbatim"):
        async with open_records(file):
            pass


async def test_a_folder_that_cannot_be_used_is_one_sentence(tmp_path: Path) -> None:
    """A folder in the file's place, and a file in the folder's."""
    (tmp_path / "servers.sqlite3").mkdir()
    (tmp_path / "data").touch()

    for path in (tmp_path / "servers.sqlite3", tmp_path / "data" / "servers.sqlite3", tmp_path / "data" / "x" / "servers.sqlite3"):
        with pytest.raises(RecordsError, match=r"^/.* cannot be used \(.+\)\. Make sure that DATA_DIR is a folder .+\.$"):
            async with open_records(path):
                pass


async def test_what_cannot_be_written_is_one_sentence(records: Records) -> None:
    """Of every write, whenever it comes; and the next one may go well."""
    await records._connection.execute("PRAGMA query_only = ON")
    for write in (records.keep("name", "value"), records.change_settings(1, privately), records.forget_member(1)):
        with pytest.raises(RecordsError, match=r"attempt to write a readonly database\)\. Make sure that"):
            await write
    await records._connection.execute("PRAGMA query_only = OFF")

    await records.keep("name", "value")
    assert await records.change_settings(1, privately) == ServerSettings(private=True)
