"""Answer → Components V2 card, and a card → the question it shows. Pure: knows no client and no library.

A card is its own state: what has to be known again when one of its buttons is pressed stands in its text, found by the
``id`` of the text's component and parted from the words around it by bold type, or in the button's custom_id.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import discord
import regex

from bot.escaping import link, literal, quoted, shown, unescaped
from bot.sheets import Sheet, button, custom_id, cut
from bot.wording import Wording
from index import Answer, Attribution, Quote, Status

QUESTION_CHARACTERS = 300
TITLE_CHARACTERS = 200
NAME_CHARACTERS = 100
SHOWN_OTHERS = 3
SHOWN_HEADLINES = 3
SPARE_QUOTES = 3
"""How many quotes more than a card may show are asked for, to take the place of those that are too long for it."""

_SENTENCE_CHARACTERS = 1000
_QUESTION, _PREVIOUS, _SOURCE, _SINCE, _ARTICLE = range(1001, 1006)  # far from the ids 1, 2, … that Discord gives the rest
_BOLD = regex.compile(r"\*\*((?:\\.|[^\\*])+)\*\*", regex.S)

MORE, FOLLOW_UP, REPORT, DELETE, SHARE, CLOSEST = "more", "follow", "report", "delete", "share", "closest"
PUBLIC_ACTIONS = (MORE, FOLLOW_UP, REPORT, DELETE)
PRIVATE_ACTIONS = (MORE, FOLLOW_UP, SHARE, REPORT)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a person put it.

    ``article`` is the revision of the only article to look in; ``link`` is the address of the message that is the question,
    shown in its place.
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
) -> discord.ui.LayoutView:
    """The answer with its question and with at most ``most`` quotes: those, best first, for which there is room.

    ``share`` is what the Share button has to know of the message that is the question: see :func:`message_link`.
    """
    sheet = Sheet()
    _head(sheet, answer, asked, wording)
    shown_quotes = _body(sheet, answer, wording, most)
    if is_edited:
        sheet.add(f"-# {literal(wording.text('card.edited'))}")
    addresses = ",".join(address(quote) for quote in shown_quotes)
    arguments = {MORE: (asked.article or "", addresses), SHARE: (share,)}
    offered = [action for action in actions if action != MORE or (shown_quotes and not asked.link)]
    return sheet.view([_action_button(action, wording, *arguments.get(action, ())) for action in offered])


def closest(answer: Answer, asked: Asked, wording: Wording) -> discord.ui.LayoutView:
    """An unsure answer in one line: headlines and links, and a button that shows the sentences."""
    sheet = Sheet()
    _ask_head(sheet, asked, answer, wording)
    articles = dict.fromkeys([*(quote.article for quote in answer.quotes), *answer.linked])
    headlines = " · ".join(_headline(one, wording) for one in list(articles)[:SHOWN_HEADLINES])
    sheet.add(f"{literal(wording.text('answer.unsure'))} {headlines}")
    return sheet.view([_action_button(action, wording) for action in (CLOSEST, DELETE)])


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


def _head(sheet: "Sheet", answer: Answer, asked: Asked, wording: Wording) -> None:
    _ask_head(sheet, asked, answer, wording)
    if answer.status is Status.UNSURE:
        sheet.add(literal(wording.text("answer.unsure")))
    elif answer.status is Status.NOT_FOUND:
        sheet.add(literal(cut(wording.not_found(answer), _SENTENCE_CHARACTERS)))


def _ask_head(sheet: "Sheet", asked: Asked, answer: Answer, wording: Wording) -> None:
    """The question, and all that has to be known besides to ask it again."""
    if asked.link:
        sheet.add(f"**[{wording.text('card.message')}](<{asked.link}>)**")
    else:
        sheet.add(f"**{literal(asked.question)}**", name=_QUESTION)
    if asked.previous and answer.read_as:
        sheet.add_value(wording, "card.previous", asked.previous, _PREVIOUS)
    elif answer.read_as:
        sheet.add(f"-# {literal(wording.text('answer.read_as', question=answer.read_as))}")
    if answer.suggested:
        sheet.add(f"-# {literal(wording.suggested(answer.suggested))}")
    if asked.source:
        sheet.add_value(wording, "card.source", asked.source, _SOURCE)
    if asked.since:
        sheet.add_value(wording, "card.since", asked.since.isoformat(), _SINCE)
    if asked.article:
        title = wording.title(answer.quotes[0].article) if answer.quotes else wording.text("card.this_article")
        sheet.add_value(wording, "card.article", cut(title, TITLE_CHARACTERS), _ARTICLE)


def _body(sheet: "Sheet", answer: Answer, wording: Wording, most: int) -> list[Quote]:
    """The quotes there is room for; where there is room for none, their articles as headlines."""
    if answer.status is Status.NOT_FOUND:
        return []
    fitting: list[Quote] = []
    for quote in answer.quotes_to_show:
        if len(fitting) < most and sheet.add(*_block(quote, wording), separated=True):
            fitting.append(quote)
    linked = [*answer.linked, *(() if fitting else dict.fromkeys(quote.article for quote in answer.quotes))]
    if linked:
        lines = "\n".join(f"{whose(one, wording)}: {_headline(one, wording)}" for one in linked[:SHOWN_HEADLINES])
        sheet.add(f"{literal(wording.text('answer.linked'))}\n{lines}", separated=True)
    return fitting


def _block(quote: Quote, wording: Wording) -> tuple[str, str]:
    """One quote: whose words, the words, and where to read them."""
    words = "\n".join([f"{whose(quote.article, wording)}:", *_sentences(quote, wording)])
    return words, "\n".join(_small_print(quote, wording))


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
        others = "; ".join(f"{whose(one, wording)} ({source_link(wording, one)})" for one in quote.others[:SHOWN_OTHERS])
        yield f"-# {wording.text('answer.same_sentence', others=others)}"
    if shown(quote.text) != quote.text:
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


def more(answer: Answer, addresses: Sequence[str], asked: Asked, wording: Wording) -> discord.ui.LayoutView:
    """The further quotes of an answer, and about those that its card shows: what stands around, why, and the citation."""
    sheet = Sheet()
    _ask_head(sheet, asked, answer, wording)
    known = [quote for quote in answer.quotes if address(quote) in addresses]
    for quote in known:
        sheet.add(*_surroundings(quote, wording), separated=True)
    if len(known) < len(addresses):
        sheet.add(f"-# {literal(wording.text('card.gone'))}")
    further = [quote for quote in answer.quotes if address(quote) not in addresses]
    if further:
        sheet.add(literal(wording.text("card.further")), separated=True)
    for quote in further:
        sheet.add(*_block(quote, wording))
    return sheet.view()


def _surroundings(quote: Quote, wording: Wording) -> tuple[str, str]:
    around = [quotation(sentence, wording) for sentence in (quote.before, quote.text, quote.after) if sentence]
    terms = dict.fromkeys(quote.text[start:end].casefold() for start, end in quote.matched)
    matched = wording.text("card.matched", terms=wording.listed([literal(term) for term in terms], "and")) if terms else ""
    cited = wording.text("card.citation", citation=literal(citation(quote.article, wording)))
    small = "\n".join(f"-# {line}" for line in (matched, cited) if line)
    return "\n".join([f"{whose(quote.article, wording)}:", *around]), small


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
    names = [item.custom_id or "" for item in view.walk_children() if isinstance(item, discord.ui.Button)]
    more_names = [name.split("|") for name in names if name.startswith(custom_id(MORE, ""))]
    return more_names[0][2] or None if more_names else None
