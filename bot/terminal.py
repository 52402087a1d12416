"""Answers, sources and reindexes for a person at a terminal. Prints; never imports discord, and opens no file."""

import signal
import sys
from collections.abc import Sequence

import regex
from rich.console import Console
from rich.progress import BarColumn, Progress as Bar, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from bot.wording import Wording
from index import Answer, Attribution, Fault, Library, Listing, Progress, Quote, ReindexReport, Status

_CONTROLS = regex.compile(r"\p{Cc}")  # an article's control characters must not reach the terminal as commands
_SHOWN_KEPT = 5


def console(*, stderr: bool = False) -> Console:
    """A console that colours only a terminal, honours NO_COLOR, and breaks no line in a pipe."""
    made = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    made.soft_wrap = not made.is_terminal
    return made


async def chat(library: Library, wording: Wording, out: Console) -> None:
    """Answer questions until the input ends; each may lean on the one before."""
    coverage = await library.coverage()
    out.print(wording.text("terminal.chat", articles=wording.count("article", coverage.articles)), style="dim")
    signal.signal(signal.SIGINT, signal.default_int_handler)  # asyncio's handler waits for input() to return
    previous = None
    while (question := _typed()) is not None:
        if question.strip():
            answer = await library.answer(question, previous=previous)
            show(out, wording, answer)
            previous = answer.read_as or question


def _typed() -> str | None:
    try:
        return input("\n> " if sys.stdin.isatty() else "")
    except EOFError:
        return None


# One answer


def show(out: Console, wording: Wording, answer: Answer) -> None:
    """Print an answer: its quotes with whose words they are, or why there is none."""
    _show_reading(out, wording, answer)
    if answer.status is Status.NOT_FOUND:
        out.print(_literal(wording.not_found(answer)))
        return
    if answer.status is Status.UNSURE and answer.quotes:
        out.print(wording.text("answer.unsure"))
    for quote in answer.quotes_to_show:
        _show_quote(out, wording, quote)
    if answer.linked:
        out.print(f"\n{wording.text('answer.linked')}")
    for one in answer.linked:
        out.print(_literal(f"{wording.attribution(one)}: {_reference(wording, one)}"))


def _show_reading(out: Console, wording: Wording, answer: Answer) -> None:
    """What was made of the question's words, where that is not what was written."""
    if answer.read_as:
        out.print(_literal(wording.text("answer.read_as", question=answer.read_as)), style="dim")
    if answer.corrected:
        out.print(_literal(wording.corrected(answer.corrected)), style="dim")
    if answer.suggested:
        out.print(_literal(wording.suggested(answer.suggested)), style="dim")


def _show_quote(out: Console, wording: Wording, quote: Quote) -> None:
    out.print(_literal(f"\n{wording.attribution(quote.article)}:"), style="cyan")
    sentence = Text(_literal(quote.text))
    for start, end in quote.matched:
        sentence.stylize("bold", start, end)
    leaned_on = f"“{_literal(quote.before)}” " if quote.needs_before and quote.before else ""
    turned_by = f" “{_literal(quote.after)}”" if quote.needs_after else ""
    out.print(Text.assemble(leaned_on, "“", sentence, "”", " […]" if quote.partial else "", turned_by))
    out.print(_literal(_reference(wording, quote.article)), style="dim")
    if quote.others:
        others = "; ".join(f"{wording.attribution(one)}, {wording.link(one)}" for one in quote.others)
        out.print(_literal(wording.text("answer.same_sentence", others=others)), style="dim")


def _reference(wording: Wording, one: Attribution) -> str:
    return " · ".join(part for part in (one.author, wording.title(one), wording.link(one)) if part)


def _literal(text: str) -> str:
    """The text with a replacement character for each control character, so that offsets into it hold."""
    return _CONTROLS.sub(lambda found: found[0] if found[0] in "\n\t" else "\ufffd", text)


# All articles


def show_sources(out: Console, wording: Wording, listings: Sequence[Listing]) -> None:
    """Print the articles: a table in a terminal, lines parted by tabs in a pipe."""
    rows = [[_literal(cell).replace("\n", " ").replace("\t", " ") for cell in _row(wording, listing)] for listing in listings]
    if not out.is_terminal:
        out.file.writelines("\t".join(row) + "\n" for row in rows)  # rich would turn tabs into spaces
        return
    table = Table(*(wording.text(f"sources.{name}") for name in ("title", "source", "date")), box=None, pad_edge=False)
    table.add_column(wording.text("sources.passages"), justify="right")
    for row in rows:
        table.add_row(*map(Text, row))
    out.print(table)


def _row(wording: Wording, listing: Listing) -> tuple[str, str, str, str]:
    one = listing.article
    sample = f" ({wording.text('attribution.sample')})" if one.sample else ""
    return f"{wording.title(one)}{sample}", wording.source(one), wording.date(one), wording.number(listing.passages)


# A reindex


async def reindex(library: Library, wording: Wording, out: Console, *, rebuild: bool, allow_removals: bool) -> ReindexReport:
    """Reindex with a bar that shows the rate and the time left, where there is a terminal to draw it on."""
    columns = (BarColumn(), TextColumn("{task.fields[articles]}"), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    with Bar(*columns, console=out, transient=True, disable=not out.is_terminal) as bar:
        task = bar.add_task("", total=None, articles="", rate="")

        def advance(progress: Progress) -> None:
            seconds = bar.tasks[task].elapsed or 0
            rate = wording.text("reindex.rate", count=wording.number(int(progress.articles / seconds))) if seconds > 1 else ""
            articles = wording.count("article", progress.articles)
            bar.update(task, total=progress.bytes_total, completed=progress.bytes_done, articles=articles, rate=rate)

        return await library.reindex(rebuild=rebuild, allow_removals=allow_removals, progress=advance)


def show_report(out: Console, wording: Wording, report: ReindexReport) -> None:
    """Print what a reindex did, what its articles lack, and what it could not read."""
    counts = {name: wording.number(getattr(report, name)) for name in ("added", "changed", "removed", "unchanged")}
    out.print(wording.text("reindex.done", **counts, seconds=f"{report.seconds:.1f}"))
    if lacking := wording.warnings(report.warnings):
        out.print(wording.text("reindex.warnings", warnings=wording.listed(lacking, "and")), style="yellow")
    if report.kept:
        more = [wording.text("reindex.more", count=len(report.kept) - _SHOWN_KEPT)] if len(report.kept) > _SHOWN_KEPT else []
        out.print(_literal(wording.text("reindex.kept", ids=", ".join([*report.kept[:_SHOWN_KEPT], *more]))), style="yellow")
    show_faults(out, wording, report.faults)


def show_faults(out: Console, wording: Wording, faults: Sequence[Fault]) -> None:
    """Print the files and lines that gave no article."""
    if faults:
        out.print(wording.count("fault", len(faults)), style="red")
    for fault in faults:
        out.print(_literal(str(fault)))
