"""Answer → Components V2 card, and a card → the question it shows. Pure: knows no client and no library.

A card is its own state: what has to be known again when one of its buttons is pressed stands in its text, found by the
``id`` of the text's component and parted from the words around it by bold type, or in the button's custom_id.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import inf

import discord
import regex

from bot.escaping import link, literal, quoted, shown, unescaped
from bot.settings import DEFAULT_QUOTE_CHARACTERS
from bot.sheets import Card, Sheet, button, custom_id, cut, notice
from bot.wording import Wording
from index import Answer, Attribution, Quote, Status

QUESTION_CHARACTERS = 300
TITLE_CHARACTERS = 200
NAME_CHARACTERS = 100
SHOWN_OTHERS = 3
SHOWN_HEADLINES = 3
SPARE_QUOTES = 3
"""How many quotes more than a card may show are asked for, to take the place of those that are too long for it."""

_SENTENCE_CHARACTERS = 500
_REMARK_CHARACTERS = 200
_QUESTION, _PREVIOUS, _SOURCE, _SINCE, _ARTICLE = range(1001, 1006)  # far from the ids 1, 2, … that Discord gives the rest
_BOLD = regex.compile(r"\*\*((?:\\.|[^\\*])+)\*\*", regex.S)

MORE, FOLLOW_UP, REPORT, DELETE, SHARE, CLOSEST = "more", "follow", "report", "delete", "share", "closest"
PUBLIC_ACTIONS = (MORE, FOLLOW_UP, REPORT, DELETE)
PRIVATE_ACTIONS = (MORE, FOLLOW_UP, SHARE, REPORT)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a person put it.

    ``article`` is the revision of the only article to look in; ``link`` is the address of the message that is the question,
    shown in its place: then the card repeats none of its words.
    """

    question: str
    previous: str | None = None
    source: str | None = None
    since: date | None = None
    article: str | None = None
    link: str | None = None


def question(typed: str) -> str:
    """What a person typed, as one line without the characters that no display may be given."""
    return " ".join(shown(typed).split())


def message_link(place: str) -> str:
    """The address of a message, from its server, channel and id parted by slashes."""
    return f"https://discord.com/channels/{place}"


def address(quote: Quote) -> str:
    """A quote's place, short enough for three of them in a custom_id; compared with those of one answer only."""
    return f"{quote.revision[:8]}.{quote.start:x}.{quote.end - quote.start:x}"


# The card of an answer


def card(
    answer: Answer,
    asked: Asked,
    wording: Wording,
    *,
    most: int = 3,
    actions: Sequence[str] = PUBLIC_ACTIONS,
    share: str = "",
    is_edited: bool = False,
    is_shared: bool = False,
) -> Card:
    """The answer with its question and with at most ``most`` quotes: those, best first, for which there is room.

    ``share`` is what the Share button has to know of the message that is the question: see :func:`message_link`.
    ``is_shared`` says that everyone will read it away from the asker's own message: words that nothing has are not named.
    """
    sheet = Sheet()
    _head(sheet, answer, asked, wording, is_shared=is_shared or bool(asked.link))
    if is_edited:
        sheet.add(f"-# {literal(wording.text('card.edited'))}")
    shown_quotes = _body(sheet, answer, wording, most)
    addresses = ",".join(address(quote) for quote in shown_quotes)
    arguments = {MORE: (addresses,), FOLLOW_UP: (asked.article,) if asked.article else (), SHARE: (share,)}
    offered = [action for action in actions if action != MORE or (shown_quotes and not asked.link)]
    view = sheet.view([_action_button(action, wording, *arguments.get(action, ())) for action in offered])
    view.articles = tuple(dict.fromkeys(quote.article.id for quote in shown_quotes))
    return view


def closest(answer: Answer, asked: Asked, wording: Wording) -> Card:
    """An unsure answer in one line: headlines and links, and a button that shows the sentences. It quotes nothing."""
    sheet = Sheet()
    _ask_head(sheet, asked, answer, wording)
    articles = dict.fromkeys([*(quote.article for quote in answer.quotes), *answer.linked])
    opening = f"{literal(wording.text('answer.unsure'))} "
    _add_fitting(sheet, opening, " · ", [_headline(one, wording) for one in list(articles)[:SHOWN_HEADLINES]])
    return sheet.view([_action_button(action, wording) for action in (CLOSEST, DELETE)])


def nothing(answer: Answer, wording: Wording) -> Card:
    """One line below a member's own message: how it was read, that nothing answers it, and what was searched."""
    return notice(literal(" ".join([*_readings(answer, wording), _why(answer, wording)])))


def read(view: discord.ui.LayoutView) -> Asked | None:
    """The question that a card shows; None where it shows none, or a link in its place."""
    values = {item.id: _bold(item.content) for item in view.walk_children() if isinstance(item, discord.ui.TextDisplay)}
    if not (asked := values.get(_QUESTION)):
        return None
    since = values.get(_SINCE)
    return Asked(
        question=asked,
        previous=values.get(_PREVIOUS),
        source=values.get(_SOURCE),
        since=date.fromisoformat(since) if since else None,
        article=_article(view) if _ARTICLE in values else None,
    )


def _head(sheet: Sheet, answer: Answer, asked: Asked, wording: Wording, *, is_shared: bool) -> None:
    _ask_head(sheet, asked, answer, wording)
    if answer.status is Status.UNSURE:
        sheet.add(literal(wording.text("answer.unsure")))
    elif answer.status is Status.NOT_FOUND:
        sheet.add(literal(wording.searched(answer.searched) if is_shared else _why(answer, wording)))


def _why(answer: Answer, wording: Wording) -> str:
    """Why there is no answer, shortened where it is long, and what was searched, whole."""
    return f"{cut(wording.reason(answer), _SENTENCE_CHARACTERS)} {wording.searched(answer.searched)}"


def _ask_head(sheet: Sheet, asked: Asked, answer: Answer, wording: Wording) -> None:
    """The question, how it was read, and all that has to be known besides to ask it again."""
    if asked.link:
        sheet.add(f"**[{wording.text('card.message')}](<{asked.link}>)**")
    else:
        _add_words(sheet, asked, answer, wording)
    if asked.source:
        sheet.add_value(wording, "card.source", asked.source, _SOURCE)
    if asked.since:
        sheet.add_value(wording, "card.since", asked.since.isoformat(), _SINCE)
    if asked.article:
        title = wording.title(answer.quotes[0].article) if answer.quotes else wording.text("card.this_article")
        sheet.add_value(wording, "card.article", cut(title, TITLE_CHARACTERS), _ARTICLE)


def _add_words(sheet: Sheet, asked: Asked, answer: Answer, wording: Wording) -> None:
    """The question's words, and what was made of them."""
    sheet.add(f"**{literal(asked.question)}**", name=_QUESTION)
    if asked.previous and answer.read_as:
        sheet.add_value(wording, "card.previous", asked.previous, _PREVIOUS)
    for remark in _remarks(answer, wording):
        sheet.add(f"-# {literal(remark)}")


def _readings(answer: Answer, wording: Wording) -> Iterator[str]:
    """All that was made of a question, where the question itself stands elsewhere."""
    if answer.read_as:
        yield wording.text("answer.read_as", question=answer.read_as)
    yield from _remarks(answer, wording)


def _remarks(answer: Answer, wording: Wording) -> Iterator[str]:
    """Which slips were corrected, and which names may be meant."""
    if answer.corrected:
        yield cut(wording.corrected(answer.corrected), _REMARK_CHARACTERS)
    if answer.suggested:
        yield cut(wording.suggested(answer.suggested), _REMARK_CHARACTERS)


def _add_fitting(sheet: Sheet, opening: str, parting: str, lines: Sequence[str], *, separated: bool = False) -> None:
    """As many of the lines as there is room for, as one text with the words that open them."""
    for count in range(len(lines), 0, -1):
        if sheet.add(opening + parting.join(lines[:count]), separated=separated):
            return


def _body(sheet: Sheet, answer: Answer, wording: Wording, most: int) -> list[Quote]:
    """The quotes there is room for; where there is room for none, their articles as headlines."""
    if answer.status is Status.NOT_FOUND:
        return []
    fitting: list[Quote] = []
    for quote in answer.quotes_to_show:
        if len(fitting) < most and sheet.add(*_block(quote, wording), separated=True):
            fitting.append(quote)
    linked = [*answer.linked, *(() if fitting else dict.fromkeys(quote.article for quote in answer.quotes))]
    lines = [f"{whose(one, wording)}: {_headline(one, wording)}" for one in linked[:SHOWN_HEADLINES]]
    _add_fitting(sheet, f"{literal(wording.text('answer.linked'))}\n", "\n", lines, separated=True)
    return fitting


def _block(quote: Quote, wording: Wording) -> tuple[str, str]:
    """One quote: whose words, the words, and where to read them."""
    words = "\n".join([f"{whose(quote.article, wording)}:", *_sentences(quote, wording)])
    leaned_on = (quote.before or wording.title(quote.article)) if quote.needs_before else ""
    displayed = f"{leaned_on}{quote.text}{quote.after if quote.needs_after else ''}"
    return words, "\n".join([*_small_print(quote, wording), *_dropped(displayed, wording)])


def _sentences(quote: Quote, wording: Wording) -> Iterator[str]:
    if quote.needs_before and quote.before:
        yield quotation(quote.before, wording)
    elif quote.needs_before:
        yield f"-# {wording.text('card.headline', title=literal(cut(wording.title(quote.article), TITLE_CHARACTERS)))}"
    yield quotation(quote.text, wording, is_partial=quote.partial)
    if quote.needs_after:
        yield quotation(quote.after, wording)


def quotation(sentence: str, wording: Wording, *, is_partial: bool = False) -> str:
    """A sentence in quotation marks, as a block quote; what is left out is marked outside of them."""
    marked = wording.text("answer.word", word=literal(sentence))
    return quoted(f"{marked} […]" if is_partial else marked)


def _small_print(quote: Quote, wording: Wording) -> Iterator[str]:
    author = literal(cut(quote.article.author, NAME_CHARACTERS))
    yield "-# " + " · ".join(part for part in (author, source_link(wording, quote.article, quote.text)) if part)
    if quote.others:
        others = [f"{whose(one, wording)} ({source_link(wording, one)})" for one in quote.others[:SHOWN_OTHERS]]
        left = len(quote.others) - len(others)
        more_others = [wording.text("reindex.more", count=wording.number(left))] if left else []
        yield f"-# {wording.text('answer.same_sentence', others='; '.join([*others, *more_others]))}"


def _dropped(displayed: str, wording: Wording) -> Iterator[str]:
    """That characters of an article's words are not shown, where that is so."""
    if shown(displayed) != displayed:
        yield f"-# {literal(wording.text('card.dropped'))}"


def whose(one: Attribution, wording: Wording) -> str:
    """Publisher and date, with the agency and the label of a sample where there is one."""
    line = wording.text("attribution.line", source=literal(cut(wording.source(one), NAME_CHARACTERS)), date=_date(one, wording))
    agency = wording.text("attribution.agency", agency=literal(cut(one.agency, NAME_CHARACTERS))) if one.agency else ""
    sample = f"({wording.text('attribution.sample')})" if one.sample else ""
    return " ".join(part for part in (line, agency, sample) if part)


def _date(one: Attribution, wording: Wording) -> str:
    """A timestamp, which each reader sees in their own zone, only where the article states an instant; else as published."""
    match one.moment:
        case datetime() as moment if moment.tzinfo is not None:
            return f"<t:{int(moment.astimezone(UTC).timestamp())}:D>"
        case _:
            return literal(cut(wording.date(one), NAME_CHARACTERS))


def _headline(one: Attribution, wording: Wording) -> str:
    return f"{literal(cut(wording.title(one), TITLE_CHARACTERS))} ({source_link(wording, one)})"


def source_link(wording: Wording, one: Attribution, sentence: str = "") -> str:
    """Where to read an article, opened at a sentence of it; said where it gives no link, or none that can be shown."""
    if not one.url:
        return literal(wording.text("attribution.no_link"))
    if address := link(one.url, sentence):
        return f"[{wording.text('card.read')}](<{address}>)"
    return literal(wording.text("card.unusable_link", url=cut(one.url, NAME_CHARACTERS)))


# Everything else about an answer: privately


def more(
    answer: Answer, addresses: Sequence[str], asked: Asked, wording: Wording, *, characters: int = DEFAULT_QUOTE_CHARACTERS
) -> discord.ui.LayoutView:
    """The further quotes of an answer, and about those that its card shows: what stands around, why, and the citation.

    What stands around is shown as far as at most ``characters`` of one article are quoted with it; 0 is no limit.
    """
    sheet = Sheet()
    _ask_head(sheet, asked, answer, wording)
    known = [quote for quote in answer.quotes if address(quote) in addresses]
    further = [quote for quote in answer.quotes_to_show if address(quote) not in addresses]
    left = _left([*known, *further], characters)
    for quote in known:
        around = _around(quote, left[quote.article.id])
        left[quote.article.id] -= _length(around) - _length(_needed(quote))
        sheet.add(*_surroundings(quote, around, wording), separated=True)
    if len(known) < len(addresses):
        sheet.add(f"-# {literal(wording.text('card.gone'))}")
    _add_further(sheet, further, wording)
    return sheet.view()


def _add_further(sheet: Sheet, quotes: Iterable[Quote], wording: Wording) -> None:
    """The quotes that there is room for, the first of them below a heading."""
    heading = [literal(wording.text("card.further"))]
    for quote in quotes:
        if sheet.add(*heading, *_block(quote, wording), separated=True):
            heading = []


def _left(quotes: Sequence[Quote], characters: int) -> dict[str, float]:
    """How many characters of each article may be quoted besides these quotes and the sentences that they need."""
    left: dict[str, float] = defaultdict(lambda: characters or inf)
    for quote in quotes:
        left[quote.article.id] -= len(quote.text) + _length(_needed(quote))
    return left


def _needed(quote: Quote) -> tuple[str, str]:
    """The sentences before and after that a quote is not shown without; "" for one that it does not need."""
    return quote.before if quote.needs_before else "", quote.after if quote.needs_after else ""


def _around(quote: Quote, left: float) -> tuple[str, str]:
    """The sentences before and after a quote: those it needs, and those that there are characters ``left`` for."""
    before, after = _needed(quote)
    if not before and len(quote.before) <= left:
        before, left = quote.before, left - len(quote.before)
    if not after and len(quote.after) <= left:
        after = quote.after
    return before, after


def _length(texts: Iterable[str]) -> int:
    return sum(map(len, texts))


def _surroundings(quote: Quote, around: tuple[str, str], wording: Wording) -> tuple[str, str]:
    before, after = ([quotation(sentence, wording)] if sentence else [] for sentence in around)
    sentences = [*before, quotation(quote.text, wording, is_partial=quote.partial), *after]
    terms = dict.fromkeys(quote.text[start:end].casefold() for start, end in quote.matched)
    matched = wording.text("card.matched", terms=wording.listed([literal(term) for term in terms], "and")) if terms else ""
    cited = wording.text("card.citation", citation=literal(citation(quote.article, wording)))
    small = [*(f"-# {line}" for line in (matched, cited) if line), *_dropped("".join((quote.text, *around)), wording)]
    return "\n".join([f"{whose(quote.article, wording)}:", *sentences]), "\n".join(small)


def citation(one: Attribution, wording: Wording) -> str:
    """Whose words and where to find them, as plain text to paste."""
    title = wording.text("answer.word", word=cut(wording.title(one), TITLE_CHARACTERS))
    parts = (one.author, title, wording.source(one), wording.date(one), one.url)
    return wording.text("list.comma").join(cut(part, TITLE_CHARACTERS) for part in parts if part) + "."


# Small parts


def _action_button(action: str, wording: Wording, *arguments: str) -> discord.ui.Button[discord.ui.LayoutView]:
    return button(wording.text(f"button.{action}"), custom_id(action, *arguments))


def _bold(content: str) -> str | None:
    found = _BOLD.search(content)
    return unescaped(found[1]) if found else None


def _article(view: discord.ui.LayoutView) -> str | None:
    """The article's revision, which Follow up knows: that button is on every card."""
    names = [item.custom_id or "" for item in view.walk_children() if isinstance(item, discord.ui.Button)]
    opening = custom_id(FOLLOW_UP, "")
    return next((name.removeprefix(opening) for name in names if name.startswith(opening)), None)
