"""python -m bot, end to end: what it prints, and its exit codes."""

import io
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main

RULING = "Judge Menendez denied Minnesota's bid for a restraining order."


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one article, and an environment that points at it and at nothing else."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ruling.txt").write_text(f"A ruling\nUpdated: 2026-02-02 09:54\n{RULING}\nIt rained in Oslo on Monday.\n", "utf-8")
    for key in ("DISCORD_TOKEN", "QUOTE_CHARACTERS"):
        monkeypatch.delenv(key, raising=False)
    monkeypatch.setenv("SEEDS_DIR", str(folder))
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return folder


def test_a_first_question_indexes_answers_and_says_what_is_next(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line on stderr, the quote on stdout, three lines for a newcomer."""
    assert main(["ask", "Which judge denied the bid?"]) == 0

    shown = capsys.readouterr()
    assert shown.err == f"Indexed 1 article from {seeds}.\n"
    assert f"“{RULING}”" in shown.out
    assert len(shown.out.rstrip().split("\n\n")[-1].split("\n")) == 3


def test_a_second_question_says_no_more_than_its_answer(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The newcomer's lines come once."""
    assert seeds.exists()
    main(["ask", "Which judge denied the bid?"])
    capsys.readouterr()

    main(["ask", "Which judge denied the bid?"])

    shown = capsys.readouterr()
    assert shown.err == ""
    assert "python -m bot chat" not in shown.out


def test_changed_files_are_noted_and_not_read(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The operator decides when to reindex."""
    main(["ask", "Which judge denied the bid?"])
    capsys.readouterr()
    (seeds / "new.txt").write_text("A new article says something new.", "utf-8")

    main(["ask", "Which judge denied the bid?"])

    assert capsys.readouterr().err == "Files changed since the last reindex. Take them in with: python -m bot reindex\n"


def test_json_gives_the_keys_of_the_contract_on_one_line(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Scripts outside read these."""
    assert main(["ask", "Which judge denied the bid?", "--json"]) == 0

    (line,) = capsys.readouterr().out.splitlines()
    answer = json.loads(line)
    assert list(answer) == ["id", "question", "status", "confidence", "read_as", "elapsed_ms", "quotes"]
    quote = answer["quotes"][0]
    assert list(quote) == ["text", "start", "end", "partial", "score", "before", "after", "article"]
    assert quote["article"] == {
        "id": "ruling.txt", "title": "A ruling", "source": "", "author": "", "url": "", "published": "2026-02-02 09:54",
    }  # fmt: skip
    assert (seeds / "ruling.txt").read_text("utf-8").split("\n", 2)[2][quote["start"] : quote["end"]] == quote["text"] == RULING


def test_a_batch_answers_in_order_and_names_bad_lines(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A bad line gives an error and exit code 1; the rest is answered."""
    batch = seeds.parent / "questions.jsonl"
    lines = [
        '{"id": 1, "question": "Which judge denied the bid?"}', "", "nonsense", "[]", '{"id": "x"}',
        '{"id": 2, "question": "Rain in Oslo?", "asked_at": "yesterday"}',
        '{"id": 3, "question": "Rain in Oslo?", "asked_at": "2026-02-01"}',
        '{"id": 4, "question": "\\ud800?"}',
    ]  # fmt: skip
    batch.write_text("\n".join(lines), "utf-8")

    assert main(["ask", "--batch", str(batch), "--json"]) == 1

    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["id"] for answer in answers] == [1, None, None, "x", 2, 3, 4]
    assert [answer.get("error", "")[:7] for answer in answers] == ["", "Line 3 ", "Line 4 ", "Line 5 ", "Line 6 ", "", ""]
    assert answers[5]["quotes"][0]["text"] == "It rained in Oslo on Monday."


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["ask", "   "], "it is empty"),
        (["ask"], "one of the arguments question --batch is required"),
        (["ask", "Who?", "--at", "2026-13-01"], "2026-13-01 is no day. Write it as YYYY-MM-DD."),
        (["ask", "--batch", "missing.jsonl", "--json"], "missing.jsonl cannot be read"),
        (["ask", "--batch", __file__], "--batch answers in JSON. Add --json."),
        (["aks"], "invalid choice"),
    ],
)
def test_wrong_usage_exits_with_2(seeds: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], why: str) -> None:
    """The code of argparse, with a sentence of ours."""
    assert seeds.exists()
    with pytest.raises(SystemExit) as exit_:
        main(arguments)

    assert exit_.value.code == 2
    assert why in capsys.readouterr().err


@pytest.mark.parametrize("question", ["😀", "what is it", "?", "Who? " * 2_000, "mot\x00 \u202eabc"])
def test_an_odd_question_gets_a_sentence_and_code_0(seeds: Path, capsys: pytest.CaptureFixture[str], question: str) -> None:
    """Nothing found is an answer."""
    assert seeds.exists()
    assert main(["ask", question]) == 0

    assert "Searched 1 article, newest 2 February 2026." in capsys.readouterr().out


def test_a_missing_folder_exits_with_1(seeds: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """It says which setting names it."""
    monkeypatch.setenv("SEEDS_DIR", str(seeds / "nowhere"))

    assert main(["reindex"]) == 1

    assert "Set SEEDS_DIR to the folder that holds the articles." in capsys.readouterr().err


def test_a_folder_without_an_article_names_its_faults_and_exits_with_1(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The faults say why there is none."""
    (seeds / "ruling.txt").unlink()
    (seeds / "report.pdf").write_bytes(b"%PDF")

    assert main(["reindex"]) == 1

    shown = capsys.readouterr()
    assert "report.pdf: .pdf is not a format of articles." in shown.out
    assert "holds no article" in shown.err


def test_reindex_in_json_ends_with_its_report(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The bot follows these lines."""
    (seeds / "broken.jsonl").write_text("{", "utf-8")

    assert main(["reindex", "--json"]) == 0

    report = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (report["event"], report["added"], report["faults"][0]["path"]) == ("report", 1, "broken.jsonl")


def test_a_bad_setting_exits_with_78(seeds: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """EX_CONFIG, so that a service manager does not loop."""
    assert seeds.exists()
    monkeypatch.setenv("QUOTE_CHARACTERS", "few")

    assert main(["sources"]) == 78

    assert capsys.readouterr().err.startswith("QUOTE_CHARACTERS is no whole number")


def test_without_a_token_two_lines_say_what_to_do(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The terminal needs none."""
    assert seeds.exists()
    assert main([]) == 78

    assert capsys.readouterr().err == (
        "No DISCORD_TOKEN. Create a bot at https://discord.com/developers/applications (README, 'Discord') "
        "and put its token into .env.\n"
        'Without one: python -m bot ask "…" or python -m bot chat.\n'
    )


def test_chat_reads_a_question_with_the_one_before(
    seeds: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says how it read it."""
    assert seeds.exists()
    monkeypatch.setattr("sys.stdin", io.StringIO("Who denied Minnesota's bid?\n\nand who was the judge?\n"))

    assert main(["chat"]) == 0

    shown = capsys.readouterr().out
    assert "Read together with the question before, as: “Who denied Minnesota's bid? and who was the judge?”" in shown
    assert shown.splitlines().count(f"“{RULING}”") == 2


def test_sources_lists_every_article(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Headline, source, date, passages."""
    assert seeds.exists()
    assert main(["sources"]) == 0

    assert capsys.readouterr().out == "A ruling\tsource not given (ruling.txt)\t2 February 2026, 09:54\t1\n"


def test_settings_may_stand_in_a_file(seeds: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """.env is read from the working folder, whichever editor wrote it; the environment goes first."""
    monkeypatch.delenv("SEEDS_DIR")
    (seeds.parent / ".env").write_text(f"SEEDS_DIR={seeds}\n", "utf-8-sig")

    assert main(["sources"]) == 0

    monkeypatch.delenv("SEEDS_DIR", raising=False)
    assert capsys.readouterr().out.startswith("A ruling")


def test_removing_too_much_exits_with_1_until_it_is_allowed(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong folder costs a sentence, not the library."""
    for number in range(9):
        (seeds / f"{number}.txt").write_text(RULING, "utf-8")
    main(["reindex"])
    for number in range(9):
        (seeds / f"{number}.txt").unlink()
    capsys.readouterr()

    assert main(["reindex"]) == 1
    assert capsys.readouterr().err == (
        f"This would remove 9 of 10 articles. Is SEEDS_DIR ({seeds}) the right folder? If so: --allow-removals\n"
    )
    assert main(["reindex", "--allow-removals"]) == 0


def test_a_backup_into_no_new_folder_is_wrong_usage(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One that is there is never written over; one that cannot be is one sentence."""
    main(["reindex"])
    assert main(["backup", str(seeds.parent / "copy")]) == 0
    capsys.readouterr()

    for path, why in (
        (seeds.parent / "copy", "is there already. Name a new folder."),
        (seeds / "ruling.txt" / "x", "cannot be made"),
    ):
        assert main(["backup", str(path)]) == 2
        assert why in capsys.readouterr().err
    assert sorted(file.name for file in seeds.parent.iterdir()) == ["articles", "copy", "data"]


def test_a_backup_that_fails_leaves_nothing(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No half of one lies about."""
    main(["reindex"])
    (seeds.parent / "data" / "servers.sqlite3").write_bytes(b"not a database at all" * 100)

    assert main(["backup", str(seeds.parent / "copy")]) == 1
    assert "Restore it from a backup" in capsys.readouterr().err
    assert sorted(file.name for file in seeds.parent.iterdir()) == ["articles", "data"]


def test_a_backup_of_nothing_is_refused(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """DATA_DIR may be another folder than the bot's."""
    assert main(["backup", str(seeds.parent / "copy")]) == 1
    assert capsys.readouterr().err.startswith("No articles are indexed yet.")
    assert not (seeds.parent / "copy").exists()


def test_the_doctor_names_a_missing_folder_and_goes_on(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It ends with what comes after."""
    main(["reindex"])
    seeds.rename(seeds.parent / "moved")

    assert main(["doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert f"to do  {seeds} is no folder. Set SEEDS_DIR to the folder that holds the articles." in lines
    assert lines[-1].startswith("to do  CONTACT is empty.")


def test_the_doctor_names_samples_in_a_live_library(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And files that are not taken in yet."""
    (seeds / "sample.md").write_text("---\nsample: true\n---\nIt snowed in Oslo on Tuesday.\n", "utf-8")
    main(["reindex"])
    (seeds / "new.txt").write_text("A new article says something new.", "utf-8")
    capsys.readouterr()

    assert main(["doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "to do  DISCORD_TOKEN is not set. See README, 'Discord'." in lines
    assert "ok     2 articles are indexed." in lines
    assert "to do  1 of them are sample texts. Set SEEDS_DIR to a folder of your own articles." in lines
    assert "to do  Files changed since the last reindex. Take them in: python -m bot reindex" in lines


def test_a_file_of_settings_that_cannot_be_read_is_a_setting(seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Saved in an old encoding."""
    (seeds.parent / ".env").write_bytes("CONTACT=Müller\n".encode("latin-1"))

    assert main(["sources"]) == 78
    assert capsys.readouterr().err.endswith("Save it as UTF-8, for this user to read.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="there Ctrl-C reaches a process in another way")
def test_an_interrupt_during_the_imports_leaves_no_traceback() -> None:
    """They take a second, in which somebody may think better of it."""
    command = [sys.executable, "-X", "importtime", "-m", "bot", "sources"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        while "dotenv.main" not in process.stderr.readline():
            pass
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()

    assert process.returncode == -signal.SIGINT
    assert "Traceback" not in rest
