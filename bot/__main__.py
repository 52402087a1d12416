"""python -m bot: parses the command line, loads .env, gives the exit code. Knows no more of a command than its name."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Coroutine, Sequence
from datetime import date
from pathlib import Path

from dotenv import load_dotenv

from bot import app
from bot.errors import UnreachableError, UsageError
from bot.records import RecordsError
from bot.settings import MissingTokenError, Settings, SettingsError
from bot.wording import wording
from index import LibraryError

EXIT_CODES: dict[type[Exception], int] = {
    LibraryError: 1,
    RecordsError: 1,
    UnreachableError: 1,
    UsageError: 2,  # as argparse has it
    SettingsError: 78,  # EX_CONFIG of sysexits.h: a service manager need not try again
}
EXIT_INTERRUPTED = 130  # 128 + SIGINT, as a shell reports it


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 library or article error, 2 usage, 78 settings."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # see bot/__init__.py
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    options = _parsed(arguments)
    try:
        _load(Path.cwd() / ".env")
        return asyncio.run(_command(options, Settings.from_env(os.environ)))
    except tuple(EXIT_CODES) as error:
        print(wording().text("terminal.no_token") if isinstance(error, MissingTokenError) else error, file=sys.stderr)
        return next(code for kind, code in EXIT_CODES.items() if isinstance(error, kind))
    except BrokenPipeError:  # whoever reads the pipe has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED


def _load(path: Path) -> None:
    try:
        load_dotenv(path, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(str(path), f"cannot be read ({error})", "Save it as UTF-8, for this user to read.") from error


def _command(options: argparse.Namespace, settings: Settings) -> Coroutine[None, None, int]:  # noqa: PLR0911  a command a line
    match options.command:
        case "ask" if options.batch:
            return app.ask_batch(settings, options.batch)
        case "ask":
            return app.ask(settings, options.question, options.at, as_json=options.json)
        case "chat":
            return app.chat(settings)
        case "reindex":
            return app.reindex(settings, rebuild=options.rebuild, allow_removals=options.allow_removals, as_json=options.json)
        case "sources":
            return app.sources(settings)
        case "backup":
            return app.backup(settings, options.folder)
        case _:
            return _in_discord(options, settings)


def _in_discord(options: argparse.Namespace, settings: Settings) -> Coroutine[None, None, int]:
    """The commands that need Discord's library, which the others spare: to import it takes a third of a command's start."""
    from bot import serving  # noqa: PLC0415

    return serving.examine(settings, sync=options.sync) if options.command == "doctor" else serving.run(settings)


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command == "ask" and options.batch and not options.json:
        parser.error("--batch answers in JSON. Add --json.")
    if options.command == "ask" and options.batch and options.at:
        parser.error("--at is for one question. In a batch give each line its asked_at.")
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="Answers questions about articles with their own sentences.")
    commands = parser.add_subparsers(dest="command", metavar="command")
    commands.add_parser("run", help="answer in Discord (the default)")
    ask = commands.add_parser("ask", help="answer one question, or a file of them")
    asked = ask.add_mutually_exclusive_group(required=True)
    asked.add_argument("question", nargs="?", type=_question, help="the question, in quotation marks")
    asked.add_argument(
        "--batch", type=_readable, metavar="FILE.jsonl", help='one {"id", "question", "asked_at"?} a line; needs --json'
    )
    ask.add_argument("--at", type=_day, metavar="YYYY-MM-DD", help="answer as of that day's end")
    ask.add_argument("--json", action="store_true", help="one line of JSON an answer")
    commands.add_parser("chat", help="keep asking; a question may lean on the one before")
    reindex = commands.add_parser("reindex", help="take in new, changed and removed articles")
    reindex.add_argument("--rebuild", action="store_true", help="build the library anew from the articles")
    reindex.add_argument("--allow-removals", action="store_true", help="even if over a third of the articles goes")
    reindex.add_argument("--json", action="store_true", help="progress and report as lines of JSON")
    commands.add_parser("sources", help="list the articles")
    doctor = commands.add_parser("doctor", help="say what is wrong, and the remedy of each")
    doctor.add_argument("--sync", action="store_true", help="register the commands with Discord anew")
    backup = commands.add_parser("backup", help="copy both data files, while the bot runs")
    backup.add_argument("folder", type=Path, metavar="PATH", help="a folder, made where it is missing")
    return parser


def _question(given: str) -> str:
    if not given.strip():
        raise argparse.ArgumentTypeError('it is empty. Type one: python -m bot ask "…"')
    return given


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{given} is no day. Write it as YYYY-MM-DD.") from error


def _readable(given: str) -> Path:
    path = Path(given)
    try:
        path.open("rb").close()
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{given} cannot be read ({error.strerror}).") from error
    return path


if __name__ == "__main__":
    sys.exit(main())
