"""A short name that an article spells out finds the long one, and the long one the short; nothing else is taken for one."""

import pytest
from hypothesis import given, strategies as st

from index import Folders, Library, acronyms, analyzer
from tests.builders import row, write_rows


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("The Federation of Quay Workers (FQW) met.", "FQW", "Federation Quay Workers"),
        ("The FQW (Federation of Quay Workers) met.", "FQW", "Federation Quay Workers"),
        ("The National Office of Lighthouses, or NOL, met.", "NOL", "National Office Lighthouses"),
        ("The town's Department of Old Walls (DOOW) met.", "DOOW", "Department Old Walls"),
        ("Two low-frequency antennas (LFAs) stand there.", "LFA", "low-frequency antennas"),
        ("Friends for Food (FF) met.", "FF", "Friends Food"),
    ],
)
def test_a_name_is_spelled_out_before_or_behind(text: str, short: str, long: str) -> None:
    """Small words need no letter, and may have one."""
    assert acronyms.spelled_out(text, "en") == {short: tuple(analyzer.terms(long, "en"))}


@pytest.mark.parametrize(
    "text",
    [
        "OSTBY (KHP) – The port opened.",
        "The quay workers met in Ostby (FQW).",
        "The workers of the quay (FQW) met.",
        "The Federation\nof Quay Workers\n(FQW) met.",
        "Was it for Ostby, or US ports?",
        "(FQW)",
    ],
)
def test_what_has_other_initials_is_no_name(text: str) -> None:
    """A dateline, a place, another order, another line."""
    assert acronyms.spelled_out(text, "en") == {}


def test_the_first_spelling_counts() -> None:
    """An article means one thing by a name."""
    text = "The Old Pier Club (OPC) and the Open Port Committee (OPC) met."

    assert acronyms.spelled_out(text, "en")["OPC"] == ("old", "pier", "club")


def test_where_one_form_stands_the_other_is_added() -> None:
    """To its last word; where both stand, neither counts twice."""
    told = "The Ice Cream Enterprise (ICE) was founded. ICE's ice is good. The Ice Cream Enterprise grew."
    both, short, long = [acronyms.terms(one, "en", acronyms.spelled_out(told, "en")) for one in told.split(". ")]

    assert both == ["ice", "cream", "enterpris", "ice", "found"]
    assert short == ["ice", "ice", "cream", "enterpris", "ice", "good"]
    assert long == ["ice", "cream", "enterpris", "ice", "grow"]


@given(st.text(st.sampled_from("ABab (),or.\n")), st.sampled_from(["en", "de", "zh", "th"]))
def test_terms_are_only_added(text: str, code: str) -> None:
    """Each token keeps its own terms first, whatever an article spells out."""
    tokens = analyzer.tokens(text)
    found = acronyms.parts(tokens, code, acronyms.spelled_out(f"{text} Aa Bb (AB)", code))

    assert len(found) == len(tokens)
    assert all(more[: len(own)] == own for own, more in zip(analyzer.parts(tokens, code), found, strict=True))


async def test_a_question_finds_the_other_name(library: Library, folders: Folders) -> None:
    """In passages that have but one of them."""
    filler = "It rained. The wind turned. Gulls cried. " * 2
    text = (
        f"The Federation of Quay Workers (FQW) met. {filler}The FQW demands a crane. {filler}The Federation of Quay Workers waits."
    )
    other = "Quay workers demand a pause. The federation of bakers waits."
    write_rows(folders.seeds / "a.jsonl", row("one", text), row("two", other))
    await library.reindex()

    demand = await library.answer("What does the Federation of Quay Workers demand?")
    waits = await library.answer("Does the FQW wait?")

    assert "The FQW demands a crane." in [one.text for one in demand.quotes]
    assert waits.quotes[0].text == "The Federation of Quay Workers waits."
