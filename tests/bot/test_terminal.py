"""The terminal's look: what stands where, and that an article's bytes cannot command the terminal."""

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from bot import terminal
from bot.wording import wording
from index import Answer, Attribution, Coverage, Fault, Listing, Quote, ReindexReport, Status, Warnings

QUOTE = Quote(
    text="Giuseppe Sala spoke.",
    start=0,
    end=20,
    partial=False,
    score=1.0,
    before="It rained.",
    after="",
    needs_before=False,
    needs_after=False,
    matched=((9, 13),),
    revision="0",
    article=Attribution("a", "A headline", "The Daily", "Jane Doe", "https://example.org/a", "2026-02-02"),
)


def _answer(
    *quotes: Quote,
    status: Status = Status.ANSWERED,
    read_as: str | None = None,
    linked: tuple[Attribution, ...] = (),
    corrected: tuple[tuple[str, str], ...] = (),
) -> Answer:
    searched = Coverage(1, "2026-02-02", ("en",))
    return Answer("?", status, 0.9, quotes, linked, read_as, (), None, searched, None, None, corrected=corrected)


def _shown(answer: Answer, *, is_terminal: bool = False) -> str:
    out = Console(file=StringIO(), force_terminal=is_terminal, width=200, highlight=False, markup=False, emoji=False)
    terminal.show(out, wording(), answer)
    assert isinstance(out.file, StringIO)
    return out.file.getvalue()


def test_a_quote_stands_between_its_publisher_and_its_link() -> None:
    """Publisher and date before it, the sentence in quotation marks, then author, headline and link."""
    assert _shown(_answer(QUOTE)).split("\n")[1:4] == [
        "The Daily, 2 February 2026:",
        "“Giuseppe Sala spoke.”",
        "Jane Doe · A headline · https://example.org/a",
    ]


def test_matched_terms_are_bold_in_a_terminal() -> None:
    """SGR 1 opens and 0 closes."""
    assert "Giuseppe \x1b[1mSala\x1b[0m spoke." in _shown(_answer(QUOTE), is_terminal=True)


def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    """https://no-color.org: colours go; bold is no colour and stays."""
    monkeypatch.setenv("NO_COLOR", "1")

    shown = _shown(_answer(QUOTE), is_terminal=True)

    assert "\x1b[36m" not in shown
    assert "The Daily" in shown


def test_a_leaning_quote_is_shown_with_the_sentence_before_it() -> None:
    """Who "he" is stands in the sentence before."""
    leaning = replace(QUOTE, text="He left.", matched=(), needs_before=True)

    assert "“It rained.” “He left.”" in _shown(_answer(leaning))


def test_a_turned_quote_is_shown_with_the_sentence_after_it() -> None:
    """Alone it would say the opposite."""
    turned = replace(QUOTE, needs_after=True, after="But nobody\x07 came.")

    assert "“Giuseppe Sala spoke.” “But nobody\ufffd came.”" in _shown(_answer(turned))


def test_control_characters_of_an_article_do_not_reach_the_terminal() -> None:
    """An escape sequence in a text would recolour, retitle or clear the terminal."""
    evil = replace(QUOTE, text="a\x1b[2Jb\x07c\x9bd", matched=())

    shown = _shown(_answer(evil))

    assert "“a�[2Jb�c�d”" in shown


def test_markup_of_an_article_is_shown_as_it_is() -> None:
    """Square brackets are rich's markup and a journalist's insertion."""
    assert "“[bold]He[/bold] :smile: left.”" in _shown(_answer(replace(QUOTE, text="[bold]He[/bold] :smile: left.", matched=())))


def test_the_closest_sentences_are_said_to_be_only_that() -> None:
    """Unsure is never dressed as an answer."""
    assert _shown(_answer(QUOTE, status=Status.UNSURE)).startswith("No sentence here clearly answers this. The closest:")


def test_nothing_found_shows_no_quote() -> None:
    """Its closest quotes are for scripts alone."""
    shown = _shown(_answer(QUOTE, status=Status.NOT_FOUND))

    assert "Nothing here answers this." in shown
    assert QUOTE.text not in shown


def test_a_piece_of_a_sentence_is_marked_outside_the_quotation() -> None:
    """Nothing is put into the mouth of the source."""
    assert "“Giuseppe Sala spoke.” […]" in _shown(_answer(replace(QUOTE, partial=True)))


def test_other_outlets_with_the_same_sentence_are_named_once() -> None:
    """One quote, several sources."""
    other = Attribution("b", source="The Weekly", published="2026-02-03")

    assert "The same sentence: The Weekly, 3 February 2026, no link given" in _shown(_answer(replace(QUOTE, others=(other,))))


def test_what_may_only_be_linked_is_linked() -> None:
    """quote: none."""
    shown = _shown(_answer(linked=(QUOTE.article,)))

    assert "The Daily, 2 February 2026: Jane Doe · A headline · https://example.org/a" in shown


def test_what_was_read_differently_is_said_first() -> None:
    """A follow-up says how it was completed, a slip what was searched for."""
    both = _answer(QUOTE, read_as="Who? And wehn?", corrected=(("wehn", "when"),))

    assert _shown(both).split("\n")[:2] == [
        "Read together with the question before, as: “Who? And wehn?”",
        "Searched for “when” (you wrote “wehn”).",
    ]


def test_sources_in_a_pipe_are_lines_parted_by_tabs() -> None:
    """So cut -f2 gives the publishers; an article's own tabs and line ends cannot break a line."""
    out = Console(file=StringIO(), width=40)
    out.soft_wrap = True
    odd = replace(QUOTE.article, title="A\ttitle\nover lines", sample=True)

    terminal.show_sources(out, wording(), [Listing(odd, 1_234, "0")])

    assert isinstance(out.file, StringIO)
    assert out.file.getvalue() == "A title over lines (sample text)\tThe Daily\t2 February 2026\t1,234\n"


def test_a_report_counts_and_names_each_fault() -> None:
    """Where, why and what to do, a line each."""
    out = Console(file=StringIO(), width=200)
    fault = Fault("a.jsonl", 3, "the line is not JSON", "Write one JSON object a line.")
    report = ReindexReport(1_000, 2, 3, 4, tuple("abcdefg"), (fault,), Warnings(5, 0, 0, 0, 0), 1.25)

    terminal.show_report(out, wording(), report)

    assert isinstance(out.file, StringIO)
    assert out.file.getvalue().split("\n") == [
        "1,000 added, 2 changed, 3 removed, 4 unchanged in 1.2 s.",
        "Of these articles, 5 have no date.",
        "Kept, since their file could not be read: a, b, c, d, e, and 2 more",
        "1 file or line gave no article:",
        "a.jsonl, line 3: the line is not JSON. Write one JSON object a line.",
        "",
    ]
