"""Cards of the articles: inside Discord's limits whatever they are called."""

from datetime import UTC, datetime

import discord
import pytest

from bot.browsing import PAGE_ARTICLES, Page, Standing, article, headlines
from bot.cogs.sources import Turn
from bot.records import EVERYWHERE, Withdrawal
from bot.views import REASON_CHARACTERS
from bot.wording import LANGUAGES, wording
from index import Coverage, IndexedArticle, Listing
from index.model import Article, Sentence
from tests.bot.answers import attribution
from tests.bot.test_presenting import LONG_URL, WORST, body, texts
from tests.discord.rules import complaints

REVISION = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WORST)
def test_the_worst_names_stay_within_the_limits(name: str, language: str) -> None:
    """A full page of them, and the card of one."""
    one = attribution(title=name, source=name, author=name, agency=name, published=name, url=LONG_URL, sample=True, id=name)
    listings = [Listing(one, 3, f"{number:032x}") for number in range(PAGE_ARTICLES)]
    page = Page(listings, 1, 9, name, {name})
    words = wording(language)
    withdrawal = Withdrawal("a.md", EVERYWHERE, (name * REASON_CHARACTERS)[:REASON_CHARACTERS], 10**19, 10**10)
    views = [
        headlines(page, Coverage(99, "2026-02-02", ("en",)), datetime.now(UTC), name, words),
        article(_indexed(name * 9, 9 * len(name), **_named(name)), Standing(True, withdrawal, True, True), 600, words),
    ]

    assert [list(complaints(body(view))) for view in views] == [[], []]


def test_an_article_that_must_not_be_quoted_is_not() -> None:
    """It may be read at its source, as its front matter says."""
    view = article(_indexed("The bid was denied.", 19, quotable=False), Standing(False, None, False, False), 600, wording())

    assert "The bid was denied." not in str(texts(view))
    assert "may be read at its source" in str(texts(view))


@pytest.mark.parametrize(
    ("may_withdraw", "member", "shown"),
    [
        (True, 40, ["-# <t:1769932800:D> · <@40> · It is \\*wrong\\*."]),
        (True, 0, ["-# <t:1769932800:D> · It is \\*wrong\\*."]),
        (False, 40, []),
    ],
)
def test_only_who_can_take_a_withdrawal_back_reads_why_it_was(*, may_withdraw: bool, member: int, shown: list[str]) -> None:
    """With when and who, as long as that is kept."""
    withdrawal = Withdrawal("a.md", EVERYWHERE, "It is\n*wrong*.", member, 1769932800)
    standing = Standing(False, withdrawal, True, may_withdraw)
    view = article(_indexed("The bid was denied.", 19), standing, 600, wording())

    assert [text for text in texts(view) if text.startswith("-# ")] == shown


def _named(name: str) -> dict[str, str]:
    return {"title": name, "source": name, "author": name, "agency": name, "url": LONG_URL}


def _indexed(text: str, end: int, **given: object) -> IndexedArticle:
    return IndexedArticle(1, Article(attribution(**given), text, "en"), (Sentence(0, end),), REVISION)


@pytest.mark.parametrize(("source", "turns"), [("A|B", ["v1|page|0|A|B", "v1|page|2|A|B"]), ("x" * 81, [])])
def test_pages_are_turned_within_their_publisher_or_not_at_all(source: str, turns: list[str]) -> None:
    """Never into the pages of all of them."""
    page = Page([Listing(attribution(), 3, REVISION)], 1, 9, source, ())
    view = headlines(page, Coverage(99, "2026-02-02", ("en",)), None, "", wording())

    assert [item.custom_id for item in view.walk_children() if isinstance(item, discord.ui.Button)] == turns
    for name in turns:
        assert Turn.__discord_ui_compiled_template__.fullmatch(name)
