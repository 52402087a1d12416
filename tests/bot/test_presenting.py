"""Cards: inside Discord's limits whatever an article holds, whole quotes or none, and readable back."""

from dataclasses import replace
from datetime import date
from typing import Any

import discord
import pytest
from hypothesis import given, settings, strategies as st

from bot.escaping import unescaped
from bot.presenting import PRIVATE_ACTIONS, Asked, address, card, citation, closest, more, nothing, question, read
from bot.sheets import notice
from bot.wording import LANGUAGES, Wording, wording
from index import Answer, Quote, Reason, Status
from tests.bot.answers import answer, attribution, quote
from tests.discord.rules import complaints, walked

WORDS = wording()
ASKED = Asked("Was it denied?")


def components(view: discord.ui.LayoutView) -> list[dict[str, Any]]:
    """A card's components as they are sent."""
    return list(view.to_components())  # type: ignore[no-untyped-call]  # discord.py's own


def body(view: discord.ui.LayoutView) -> dict[str, Any]:
    """A card as it is sent."""
    return {"flags": 1 << 15, "components": components(view)}


def texts(view: discord.ui.LayoutView) -> list[str]:
    """A card's texts."""
    return [one["content"] for one in walked(components(view)) if one["type"] == 10]


def received(view: discord.ui.LayoutView) -> discord.ui.LayoutView:
    """A card as Discord gives it back: with an id for each component that had none."""
    parts = components(view)
    for number, one in enumerate(walked(parts), 1):
        one["id"] = one.get("id") or number
    message = discord.Object(0)
    message.components = [discord.components._component_factory(one) for one in parts]  # type: ignore[attr-defined, arg-type]
    return discord.ui.LayoutView.from_message(message, timeout=None)  # type: ignore[arg-type]


# What a card says


def test_a_quote_is_shown_with_whose_words_it_is() -> None:
    """Publisher and date before the sentence, author and a link to it after."""
    view = card(answer(quote()), ASKED, WORDS)

    assert texts(view) == [
        "**Was it denied?**",
        "Example Times, 2 February 2026:\n> “The bid was denied.”",
        "-# A. Writer · [Read at source](<https://example.org/a#:~:text=The%20bid%20was%20denied.>)",
    ]


def test_only_an_instant_is_shown_in_the_readers_own_zone() -> None:
    """A day would become another one."""
    instant = card(answer(quote(article=attribution(published="2026-02-02T09:54:00+00:00"))), ASKED, WORDS)
    local = card(answer(quote(article=attribution(published="2026-02-02 09:54"))), ASKED, WORDS)

    assert "Example Times, <t:1770026040:D>:" in texts(instant)[1]
    assert "Example Times, 2 February 2026, 09:54:" in texts(local)[1]


def test_what_is_missing_is_said() -> None:
    """No author, no date and no link are not left blank."""
    nothing = attribution(source="", author="", published="", url="")

    assert texts(card(answer(quote(article=nothing)), ASKED, WORDS))[1:] == [
        "source not given \\(a.md\\), undated:\n> “The bid was denied.”",
        "-# no link given",
    ]


def test_a_sample_and_an_agency_are_named() -> None:
    """Every face labels them."""
    text = texts(card(answer(quote(article=attribution(sample=True, agency="Xinhua"))), ASKED, WORDS))[1]

    assert text.startswith("Example Times, 2 February 2026 via Xinhua (sample text):")


def test_a_sentence_that_leans_never_stands_alone() -> None:
    """With the sentence before it, or with the headline where there is none to show."""
    denied = quote("She denied it.", needs_before=True, before="Ms Smith was accused.")

    assert "> “Ms Smith was accused.”\n> “She denied it.”" in texts(card(answer(denied), ASKED, WORDS))[1]
    assert "-# Headline: Bid blocked\n> “She denied it.”" in texts(card(answer(replace(denied, before="")), ASKED, WORDS))[1]


def test_a_sentence_that_is_turned_is_shown_with_what_turns_it() -> None:
    """It would say the opposite."""
    turned = quote("It was approved.", needs_after=True, after="But a judge stopped it.")

    assert "> “It was approved.”\n> “But a judge stopped it.”" in texts(card(answer(turned), ASKED, WORDS))[1]


def test_the_next_quote_is_taken_where_one_does_not_fit() -> None:
    """Whole or not at all."""
    long = quote("*" * 1900, needs_before=True, before="_" * 1900)
    short = quote("Short.", start=5000)
    view = card(answer(long, short), ASKED, WORDS)

    assert "Short." in texts(view)[1]
    assert not list(complaints(body(view)))


def test_where_no_quote_fits_the_articles_are_linked() -> None:
    """Something to read is left."""
    view = card(answer(quote("*" * 2500)), ASKED, WORDS)

    assert "Bid blocked" in texts(view)[1]
    assert "[Read at source](<https://example.org/a>)" in texts(view)[1]


def test_part_of_a_sentence_is_marked_outside_the_quotation() -> None:
    """The mark is the bot's, not the article's."""
    assert "> “The bid was denied.” […]" in texts(card(answer(quote(partial=True)), ASKED, WORDS))[1]


def test_what_is_not_shown_of_a_sentence_is_said() -> None:
    """A direction override is dropped, and the card says so, whichever of an article's words it stood in."""
    override = "The \u202ebid."
    leaning, turned = quote(needs_before=True), quote(needs_after=True, after=override)
    affected = [
        quote(override),
        turned,
        replace(leaning, before=override),
        replace(leaning, article=attribution(title=override)),
    ]

    assert all("Invisible characters" in texts(card(answer(one), ASKED, WORDS))[2] for one in affected)
    assert "Invisible characters" in texts(more(answer(turned), [address(turned)], ASKED, WORDS))[2]
    assert "Invisible characters" not in texts(card(answer(quote(before=override)), ASKED, WORDS))[2]


def test_other_outlets_are_named_once() -> None:
    """With where to read them."""
    other = attribution(id="b", source="Other Post", url="https://other.example/b")
    text = "\n".join(texts(card(answer(quote(others=(other,))), ASKED, WORDS)))

    assert text.count("Other Post") == 1
    assert "The same sentence: Other Post, 2 February 2026 ([Read at source](<https://other.example/b>))" in text


def test_of_many_other_outlets_it_is_said_how_many_more() -> None:
    """None is left out in silence."""
    others = [attribution(id=str(number), source=f"Post {number}", url="https://other.example/b") for number in range(5)]
    few, many = ("\n".join(texts(card(answer(quote(others=tuple(others[:count]))), ASKED, WORDS))) for count in (3, 5))

    assert "Post 2, 2 February 2026" in few
    assert "more" not in few
    assert many.endswith("; and 2 more")


def test_a_card_knows_the_articles_that_it_quotes() -> None:
    """Not those of quotes that it has no room for, or only names."""
    quotes = [quote(start=number, article=attribution(id=str(number))) for number in range(5)]
    long = replace(quotes[0], text="*" * 2500)

    assert card(answer(*quotes), ASKED, WORDS, most=2).articles == ("0", "1")
    assert card(answer(long, *quotes[1:]), ASKED, WORDS, most=2).articles == ("1", "2")
    assert closest(answer(*quotes, status=Status.UNSURE), ASKED, WORDS).articles == ()


def test_why_there_is_nothing_leaves_room_for_what_was_searched() -> None:
    """However long the reason is; in one line, a slip is said before it."""
    missing = answer(
        status=Status.NOT_FOUND,
        reason=Reason.MISSING,
        missing=("x" * 200,) * 5,
        corrected=(("jugde", "judge"),),
        suggested=("Menendez",),
    )
    searched = "… Searched 3 articles, newest 2 February 2026. That does not mean it did not happen."

    assert texts(card(missing, ASKED, WORDS))[-1].endswith(searched)
    (line,) = texts(nothing(missing, WORDS))
    assert unescaped(line).startswith(
        "Searched for “judge” (you wrote “jugde”). Did you mean “Menendez”? Nothing here answers this."
    )
    assert line.endswith(searched)


def test_a_follow_up_that_nothing_answers_says_how_it_was_read() -> None:
    """The line stands below the member's message, and the question before does not."""
    (line,) = texts(nothing(answer(status=Status.NOT_FOUND, read_as="Which bid? Was it denied?"), WORDS))

    assert unescaped(line).startswith("Read together with the question before, as: “Which bid? Was it denied?”")


def test_an_unsure_answer_says_so_and_an_empty_one_why() -> None:
    """No sentence is shown as an answer that is none."""
    unsure = card(answer(quote(), status=Status.UNSURE), ASKED, WORDS)
    nothing = card(answer(quote(), status=Status.NOT_FOUND, reason=Reason.MISSING, missing=("Zorblax*",)), ASKED, WORDS)

    assert texts(unsure)[1] == "No sentence here clearly answers this. The closest:"
    assert "No article mentions “Zorblax\\*”." in texts(nothing)[1]
    assert len(texts(nothing)) == 2


def test_slips_are_said_and_are_no_follow_up() -> None:
    """The question before is named only where it was used; in a follow-up with a slip both are said."""
    asked, slips = replace(ASKED, previous="Which bid?"), (("dneied", "denied"),)
    alone = texts(card(answer(quote(), corrected=slips), asked, WORDS))
    both = texts(card(answer(quote(), corrected=slips, read_as="Which bid? Was it dneied?"), asked, WORDS))

    assert unescaped(alone[1]) == "-# Searched for “denied” (you wrote “dneied”)."
    assert both[1:3] == ["-# Read together with the question before: **Which bid?**", alone[1]]
    assert not any("question before" in text for text in alone)


def test_a_full_card_still_says_that_it_was_edited() -> None:
    """However much room the last of its quotes leaves."""
    long = [quote("漢" * 600, start=1_000 * number) for number in range(4)]
    cards = [
        texts(card(answer(*long, quote("漢" * size, start=9_000)), ASKED, WORDS, most=9, is_edited=True))
        for size in range(100, 600, 5)
    ]

    assert all("-# edited: the question was changed" in shown for shown in cards)


def test_one_line_of_headlines_for_an_unsure_answer() -> None:
    """In a channel, with a button for the sentences."""
    view = closest(answer(quote(), quote(start=9), status=Status.UNSURE), ASKED, WORDS)

    assert texts(view)[1].count("Bid blocked") == 1
    assert [one["custom_id"] for one in walked(components(view)) if "custom_id" in one] == ["v1|closest", "v1|delete"]


def test_more_shows_what_stands_around_and_why() -> None:
    """The sentences around, the matched terms, the citation, and the quotes the card had no room for."""
    first = quote(before="Before.", after="After.", matched=((4, 7),))
    second = quote("Further.", start=90)
    view = more(answer(first, second), [address(first)], ASKED, WORDS)
    whole = "\n".join(texts(view))

    assert "> “Before.”\n> “The bid was denied.”\n> “After.”" in whole
    assert "Found by: bid" in whole
    assert unescaped(whole).count("A. Writer, “Bid blocked”, Example Times, 2 February 2026, https://example.org/a.") == 1
    assert "Further sentences:" in whole


def test_more_has_no_heading_without_a_sentence_below_it() -> None:
    """Where there is no room for any of them; the next is taken where one does not fit."""
    first, long, short = quote(), quote("*" * 1900, start=50, before="_" * 200, needs_before=True), quote("Short.", start=90)
    full = texts(more(answer(first, long), [address(first)], ASKED, WORDS))
    rest = texts(more(answer(first, long, short), [address(first)], ASKED, WORDS))

    assert "Further sentences:" not in full
    assert rest[-3] == "Further sentences:"
    assert "“Short.”" in rest[-2]


def test_more_parts_each_sentence_from_the_next() -> None:
    """As a card does."""
    quotes = [quote(f"Sentence {number}.", start=50 * number) for number in range(4)]
    view = more(answer(*quotes), [address(quotes[0])], ASKED, WORDS)

    assert sum(isinstance(item, discord.ui.Separator) for item in view.walk_children()) == 4


def test_more_repeats_no_sentence_that_a_quote_shows_beside_itself() -> None:
    """A further quote is one that was not to be read yet."""
    first = quote("She denied it.", start=30, needs_before=True, before="Ms Smith was accused.")
    beside = quote("Ms Smith was accused.")

    assert "\n".join(texts(more(answer(first, beside), [address(first)], ASKED, WORDS))).count("accused") == 1


def test_more_marks_a_part_of_a_sentence() -> None:
    """As the card does."""
    part = quote(partial=True)

    assert "> “The bid was denied.” […]" in texts(more(answer(part), [address(part)], ASKED, WORDS))[1]


def test_more_keeps_to_what_may_be_quoted_of_one_article() -> None:
    """What a quote needs is shown; what else stands around, while there is room in its article."""
    first = quote("a" * 30, before="b" * 20, after="c" * 20, needs_after=True)
    second = quote("d" * 10, start=900, before="e" * 20, after="f" * 20)
    views = {
        characters: "\n".join(
            texts(more(answer(first, second), [address(first), address(second)], ASKED, WORDS, characters=characters))
        )
        for characters in (60, 80, 100, 0)
    }

    shown = {characters: {letter for letter in "abcdef" if letter * 10 in view} for characters, view in views.items()}
    assert shown == {60: set("acd"), 80: set("abcd"), 100: set("abcde"), 0: set("abcdef")}


def test_more_says_that_a_quote_is_gone() -> None:
    """Its article was changed or withdrawn since."""
    assert any("changed or withdrawn" in text for text in texts(more(answer(quote()), ["ffffffff.0.5"], ASKED, WORDS)))


def test_a_shared_message_is_linked_and_not_repeated() -> None:
    """And its card cannot be asked for more, since it does not hold the question."""
    view = card(answer(quote()), replace(ASKED, link="https://discord.com/channels/1/2/3"), WORDS)

    assert texts(view)[0] == "**[Coverage of this message](<https://discord.com/channels/1/2/3>)**"
    assert read(received(view)) is None
    assert "v1|more" not in str(components(view))


def test_a_shared_message_is_not_repeated_by_what_was_made_of_its_words() -> None:
    """No slip, no name like one of its own, no missing word; what was searched is said."""
    asked = Asked("Was Zorblax dneied?", link="https://discord.com/channels/1/2/3")
    made = {"corrected": (("dneied", "denied"),), "suggested": ("Zorblatt",), "read_as": "Who is Zorblax? Was Zorblax dneied?"}
    found = card(answer(quote(), **made), asked, WORDS)
    nothing = card(answer(status=Status.NOT_FOUND, reason=Reason.MISSING, missing=("Zorblax",), **made), asked, WORDS)

    assert texts(found)[1].startswith("Example Times")
    assert texts(nothing)[1:] == ["Searched 3 articles, newest 2 February 2026. That does not mean it did not happen."]


def test_a_shared_answer_names_no_missing_words() -> None:
    """They are named privately, or below the member's own message."""
    nothing = answer(status=Status.NOT_FOUND, reason=Reason.MISSING, missing=("Zorblax",))

    assert "Zorblax" in texts(card(nothing, ASKED, WORDS))[1]
    assert "Zorblax" not in texts(card(nothing, ASKED, WORDS, is_shared=True))[1]


def test_a_citation_is_plain_text() -> None:
    """To paste anywhere."""
    assert citation(attribution(author=""), WORDS) == "“Bid blocked”, Example Times, 2 February 2026, https://example.org/a."


# Limits

WORST = [
    "\U0001f9ff" * 600, "*" * 600, "漢" * 600, "a" * 600, "_\n" * 300, "https://a.example/" * 30, "[x](y)" * 100,
]  # fmt: skip
LONG_URL = "https://example.org/" + "ü" * 600


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sentence", WORST)
def test_the_worst_cases_stay_within_the_limits(sentence: str, language: str) -> None:
    """Longest quotes, four-byte characters, longest titles and addresses, in every card."""
    long = attribution(
        title=sentence * 2, source=sentence, author=sentence, url=LONG_URL, agency=sentence, published=sentence, sample=True
    )
    worst = [
        quote(sentence, start=number, article=long, before=sentence, after=sentence, needs_before=True, needs_after=True,
              others=(long,) * 9, partial=True, matched=((0, 300),))
        for number in range(6)
    ]  # fmt: skip
    plain = [quote(sentence, start=number) for number in range(6)]
    words = wording(language)
    asked = Asked(sentence[:300], previous=sentence[:300], source=sentence[:300], since=date(2026, 1, 1), article="f" * 32)
    for quotes in (worst, plain):
        for status in Status:
            found = answer(
                *quotes, status=status, read_as=sentence, missing=(sentence,) * 9, reason=Reason.MISSING, linked=(long,) * 9,
                corrected=(("漢" * 40, "漢" * 40),) * 9, suggested=("漢" * 40,) * 9,
            )  # fmt: skip
            addresses = [address(one) for one in quotes[:3]]
            views = [
                card(found, asked, words, actions=PRIVATE_ACTIONS, share="9" * 62, is_edited=True),
                closest(found, asked, words),
                more(found, addresses, asked, words),
                notice("x" * 5000),
            ]
            assert [list(complaints(body(view))) for view in views] == [[], [], [], []]
            assert _opening(status, found, words) in "\n".join(texts(views[0]))
            assert words.text("answer.unsure") in texts(views[1])[-1]
            assert len(texts(views[1])[-1]) > len(words.text("answer.unsure")) + 10, "no headline follows"


def _opening(status: Status, found: Answer, words: Wording) -> str:
    """The beginning of the words that a card may never lack."""
    openings = {Status.ANSWERED: "", Status.UNSURE: words.text("answer.unsure"), Status.NOT_FOUND: words.not_found(found)[:20]}
    return openings[status]


articles = st.builds(
    attribution,
    title=st.text(max_size=400),
    source=st.text(max_size=200),
    url=st.sampled_from(["", "x", LONG_URL, "https://a.example/"]),
)
quotes = st.builds(
    quote,
    st.text(min_size=1, max_size=600),
    start=st.integers(0, 2_000_000),
    before=st.text(max_size=600),
    needs_before=st.booleans(),
    needs_after=st.booleans(),
    article=articles,
)


@settings(max_examples=60)
@given(st.lists(quotes, max_size=6), st.sampled_from(Status))
def test_any_answer_stays_within_the_limits(found: list[Quote], status: Status) -> None:
    """Whatever the articles hold."""
    made = answer(*found, status=status, reason=Reason.APART)

    assert not list(complaints(body(card(made, ASKED, WORDS))))


# A card is its own state


@given(st.text(max_size=300).map(question).filter(bool))
def test_a_card_gives_back_its_question(asked: str) -> None:
    """Whatever was asked, and as Discord gives the card back."""
    assert read(received(card(answer(quote()), Asked(asked), WORDS))) == Asked(asked)


state = st.text(min_size=1, max_size=200).map(question).filter(bool)


@settings(max_examples=60)
@given(state, st.none() | state, st.none() | state, st.none() | st.dates(), st.sampled_from(LANGUAGES))
def test_a_card_gives_back_what_was_asked_with_it(
    asked: str, previous: str | None, source: str | None, since: date | None, language: str
) -> None:
    """The question before, the source, the day, the one article: in every language of the bot's words."""
    whole = Asked(asked, previous, source, since, "0123456789abcdef0123456789abcdef")
    found: Answer = answer(quote(), read_as="together")

    assert read(received(card(found, whole, wording(language)))) == whole
    assert read(received(card(answer(status=Status.NOT_FOUND, read_as="b a"), whole, wording(language)))) == whole


def test_three_addresses_and_an_article_fit_into_a_name() -> None:
    """Of the longest articles that can be indexed."""
    far = [quote("x" * 600, start=1_999_000 + number) for number in range(3)]
    view = card(answer(*far), Asked("?", article="f" * 32), WORDS)

    assert len([one for one in walked(components(view)) if one["type"] == 10]) >= 4
    assert not list(complaints(body(view)))
