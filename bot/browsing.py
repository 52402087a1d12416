"""The articles → cards to browse: a page of headlines, and one article with its opening lines. Pure, like presenting.py."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import discord

from bot.escaping import literal
from bot.presenting import NAME_CHARACTERS, TITLE_CHARACTERS, question, quotation, source_link, whose
from bot.records import Withdrawal
from bot.sheets import Sheet, button, custom_id, cut
from bot.wording import Wording
from index import Coverage, IndexedArticle, Listing

PAGE_ARTICLES = 10
OPTION_CHARACTERS = 100

PAGE, ARTICLE, ABOUT, HIDE, SHOW, WITHDRAW, RESTORE = "page", "article", "about", "hide", "show", "withdraw", "restore"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the sources. ``number`` counts from 0; ``left_out`` are the ids that are in no answer here."""

    listings: Sequence[Listing]
    number: int
    pages: int
    source: str
    left_out: Collection[str]


def headlines(
    page: Page, coverage: Coverage, reindexed_at: datetime | None, failure: str, wording: Wording
) -> discord.ui.LayoutView:
    """A page of the sources, with a menu that opens one of them. ``failure`` is why the last reindex failed, for admins."""
    sheet = Sheet()
    sheet.add(_heading(coverage, reindexed_at, wording))
    if failure:
        sheet.add(wording.text("browse.failed", why=literal(cut(failure, TITLE_CHARACTERS))))
    if page.source:
        sheet.add(wording.text("card.source", value=f"**{literal(page.source)}**"))
    numbered = enumerate(page.listings, page.number * PAGE_ARTICLES + 1)
    lines = [f"{number}\\. {_line(one, page, wording)}" for number, one in numbered]
    for place, line in enumerate(lines or [wording.text("browse.none")]):
        sheet.add(line, separated=not place)
    if page.pages > 1:
        sheet.add(f"-# {wording.text('browse.page', number=page.number + 1, pages=page.pages)}")
    return sheet.view(*_navigation(page, wording))


def _heading(coverage: Coverage, reindexed_at: datetime | None, wording: Wording) -> str:
    at = discord.utils.format_dt(reindexed_at, "R") if reindexed_at else wording.text("browse.never")
    return f"{literal(wording.covered(coverage))} {wording.text('browse.reindexed', at=at)}"


def _line(listing: Listing, page: Page, wording: Wording) -> str:
    one = listing.article
    mark = f" ({wording.text('browse.left_out')})" if one.id in page.left_out else ""
    return f"**{literal(cut(wording.title(one), NAME_CHARACTERS))}** · {whose(one, wording)}{mark}"


def _navigation(page: Page, wording: Wording) -> Iterator[list[discord.ui.Item[discord.ui.LayoutView]]]:
    if page.listings:
        options = [_option(one, wording) for one in page.listings]
        menu: discord.ui.Select[discord.ui.LayoutView] = discord.ui.Select(
            custom_id=custom_id(ARTICLE), placeholder=wording.text("browse.open"), options=options
        )
        yield [menu]
    turns = {"newer": page.number - 1, "older": page.number + 1}
    buttons = [
        button(wording.text(f"button.{name}"), custom_id(PAGE, str(number), page.source))
        for name, number in turns.items()
        if 0 <= number < page.pages and len(page.source) <= _SOURCE_CHARACTERS
    ]
    if buttons:
        yield [*buttons]


_SOURCE_CHARACTERS = 80  # as much of a custom_id as the rest of it leaves; a longer publisher's pages cannot be turned


def _option(listing: Listing, wording: Wording) -> discord.SelectOption:
    one = listing.article
    described = cut(wording.attribution(one), OPTION_CHARACTERS)
    return discord.SelectOption(label=cut(wording.title(one), OPTION_CHARACTERS), value=listing.revision, description=described)


# One article


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds for an article in the place it is looked at from, and what the person there may do about it."""

    is_hidden: bool
    withdrawal: Withdrawal | None
    may_hide: bool
    may_withdraw: bool


def article(indexed: IndexedArticle, standing: Standing, characters: int, wording: Wording) -> discord.ui.LayoutView:
    """An article's headline, attribution, link and opening sentences, whole, of at most so many characters."""
    one = indexed.article.attribution
    sheet = Sheet()
    author = literal(cut(one.author, NAME_CHARACTERS))
    about = " · ".join(part for part in (whose(one, wording), author, source_link(wording, one)) if part)
    sheet.add(f"**{literal(cut(wording.title(one), TITLE_CHARACTERS))}**\n{about}")
    if standing.withdrawal:
        sheet.add(wording.text("browse.withdrawn"))
    if standing.withdrawal and standing.may_withdraw:
        sheet.add(_why_withdrawn(standing.withdrawal))
    if standing.is_hidden:
        sheet.add(wording.text("browse.hidden"))
    opening = list(_opening(indexed, characters)) if one.quotable else []
    all(sheet.add(quotation(sentence, wording)) for sentence in opening)  # none after one that finds no room
    if not opening:
        sheet.add(literal(wording.text("browse.unquotable")))
    return sheet.view(_article_buttons(indexed.revision, standing, wording))


def _why_withdrawn(one: Withdrawal) -> str:
    """When, by whom, unless that was erased, and why."""
    by = [f"<@{one.member}>"] if one.member else []
    return f"-# {' · '.join([f'<t:{one.at}:D>', *by, literal(question(one.reason))])}"


def _opening(indexed: IndexedArticle, characters: int) -> Iterator[str]:
    room = characters
    for sentence in indexed.sentences:
        if not sentence.quotable or sentence.partial:
            continue
        room -= sentence.end - sentence.start
        if room < 0:
            return
        yield indexed.article.text[sentence.start : sentence.end]


def _article_buttons(revision: str, standing: Standing, wording: Wording) -> list[discord.ui.Item[discord.ui.LayoutView]]:
    is_left_out = standing.is_hidden or standing.withdrawal
    hide = [SHOW if standing.is_hidden else HIDE] if standing.may_hide else []
    withdraw = [RESTORE if standing.withdrawal else WITHDRAW] if standing.may_withdraw else []
    actions = [*([] if is_left_out else [ABOUT]), *hide, *withdraw]
    return [button(wording.text(f"button.{action}"), custom_id(action, revision)) for action in actions]
