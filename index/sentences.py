"""Text → sentence spans → passages, by code-point offsets. Splits and marks; never changes a character, knows no terms."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import regex
import sentencex

from index.model import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VERSION = 2
"""Raised whenever the same text would give other spans or passages: the library is then rebuilt."""

LONGEST_SENTENCE_CHARACTERS = 600
PASSAGE_SENTENCES = 4
"""With 2, 3, 4, 6 and 8, one of the first three quotes by BM25 answers .79, .78, .80, .80 and .80 of four sets' questions.

And the weighed sentences hold an answer to .966, .972, .978, .977 and .979. Passages that share one or two sentences with the next:
.78, .79 and .975, .975. On realtimeqa, qed, selqa and squad2_dev: `python -m tests.quality.passages`.
"""

_LINE = regex.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_BLOCK = regex.compile(r"[^\r\n]+(?:\r?\n(?![^\S\r\n]*+[\r\n])[^\r\n]+)*")  # a line of spaces is as good as a blank one
_ENDS_SENTENCE = regex.compile(r"""\p{Sentence_Terminal}[\p{Pf}\p{Pi}\p{Pe}"'„*_\s]*$""")
_TRAILING_MARK = regex.compile(r"""\s(["'„‚\p{Pi}])$""")
_CLAUSE_MARK = regex.compile(r"[,;:–—،؛，；：、](?=\s|\p{Han}|\p{Hiragana}|\p{Katakana}|$)")

_COLUMNS = range(40, 120)  # where text is wrapped: 65 to 100 in most editors and mails
_WRAPPED_LINES = 2  # one line above another may be a heading
_OPEN_ENDED_SHARE = 0.6
_MARKED_HEADING = regex.compile(r"\s*\#{1,6}\s")  # Markdown's
_HEADING_WORDS = 12
_HEADING_CHARACTERS = 80  # for scripts without spaces, where a heading is one "word"
# Lines that stand around an article rather than in it. Each is anchored, so that "he told Reuters." stays a sentence.
_CREDITS = (
    regex.compile(r"\s*(?:read|see|watch)\s+(?:more|also|next)\b|\s*also\s+read\b|\s*(?:read|watch|related|more)\s*:", regex.I),
    regex.compile(r"\s*related\s+(?:articles?|stories|coverage)\b|\s*more\s+on\s+this\b|\s*advertisement\W*$", regex.I),
    regex.compile(r"\s*(?:click\s+here|sign\s+up\s+(?:for|to|here)|subscribe\s+(?:to|now)|follow\s+us|share\s+this)\b", regex.I),
    regex.compile(r"\s*\(?(?:photo|image|picture|foto|bild|credit|source)s?(?:\s+(?:credit|source)s?)?\s*[:/|]", regex.I),
    regex.compile(r"\s*\(?(?:photo(?:graph)?|image)s?\s+(?:by|courtesy)\b|\s*\(?AP\s+Photo\b", regex.I),
    regex.compile(r"\s*(?:©|\(c\)\s|copyright\s+(?:©|\(c\)|\d{4})|all\s+rights\s+reserved)", regex.I),
    regex.compile(
        r".*(?:/|\||\bvia\s)\s*(?:getty(?:\s+images)?|afp|ap|reuters|epa|alamy|shutterstock)\s*\)?\s*$", regex.I | regex.S
    ),
    regex.compile(r"\s*(?i:by|von|por|par)\s+(?:\p{Lu}[\p{L}\p{M}.'’-]*(?:,|\s+(?:and|und|y|et)\b)?\s*)+$"),  # a byline
)
_CREDIT_CHARACTERS = 120


def sentences(text: str, language: str) -> tuple[Sentence, ...]:
    """The text's sentences: ordered, disjoint, each inside one paragraph, without white space around them.

    A paragraph is a line, or a block between blank lines where the text is wrapped at a column. Where nothing at all would
    be quotable, as in a text without one full stop, everything but credits is.
    """
    found = tuple(sentence for start, end in _paragraphs(text) for sentence in _paragraph_sentences(text, start, end, language))
    if any(sentence.quotable for sentence in found):
        return found
    return tuple(Sentence(one.start, one.end, one.partial, quotable=not _is_credit(text[one.start : one.end])) for one in found)


def passages(sentence_count: int) -> list[tuple[int, int]]:
    """Which sentences each passage holds, as (first, count): neighbours in fours, without overlap."""
    return [(first, min(PASSAGE_SENTENCES, sentence_count - first)) for first in range(0, sentence_count, PASSAGE_SENTENCES)]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    pattern = _BLOCK if _is_wrapped(text) else _LINE
    return (match.span() for match in pattern.finditer(text) if not match.group().isspace())


def _is_wrapped(text: str) -> bool:
    """Whether line breaks stand at a column rather than at paragraphs: lines of like length that end anywhere."""
    blocks = [block.group().splitlines() for block in _BLOCK.finditer(text)]
    inner = [line for block in blocks for line in block[:-1]]
    longest = max((len(line) for block in blocks for line in block), default=0)
    if len(inner) < _WRAPPED_LINES or longest > _COLUMNS.stop:
        return False
    open_ended = sum(not _ENDS_SENTENCE.search(line) for line in inner)
    return int(median(map(len, inner))) in _COLUMNS and open_ended > len(inner) * _OPEN_ENDED_SHARE


def _paragraph_sentences(text: str, start: int, end: int, language: str) -> Iterator[Sentence]:
    paragraph = text[start:end]
    is_heading = _is_heading(paragraph)
    for first, last in _whole(paragraph, language):
        quotable = not is_heading and not _is_credit(paragraph[first:last])
        yield from _whole_or_pieces(text, start + first, start + last, quotable=quotable)


def _whole(paragraph: str, language: str) -> Iterator[tuple[int, int]]:
    """Sentencex's sentences, without white space around them.

    Two are joined where the first does not end like a sentence, or where the next goes on in lower case; a quotation mark
    that sentencex leaves at the end of one moves to the next if it opens there.
    """
    first = last = 0
    for boundary in sentencex.get_sentence_boundaries(language, paragraph):
        start, end = _stripped(paragraph, boundary["start_index"], boundary["end_index"])
        if first < last and start < end and _ENDS_SENTENCE.search(paragraph, first, last) and not paragraph[start].islower():
            start = _opening_mark(paragraph, first, last) or start
            yield _stripped(paragraph, first, min(start, last))
            first = start
        first, last = (first if first < last else start), max(last, end)
    if first < last:
        yield first, last


def _opening_mark(paragraph: str, start: int, end: int) -> int | None:
    """Where a quotation mark stands behind the end of a sentence that it does not close."""
    mark = _TRAILING_MARK.search(paragraph, start, end)
    if mark is None or (mark[1] in "\"'" and paragraph.count(mark[1], start, end) % 2 == 0):
        return None
    return mark.start(1)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - (len(inside) - len(inside.rstrip()))


def _is_heading(paragraph: str) -> bool:
    if _MARKED_HEADING.match(paragraph):
        return True
    if _ENDS_SENTENCE.search(paragraph):
        return False
    return len(paragraph.split()) <= _HEADING_WORDS and len(paragraph) <= _HEADING_CHARACTERS


def _is_credit(sentence: str) -> bool:
    return len(sentence) <= _CREDIT_CHARACTERS and any(pattern.match(sentence) for pattern in _CREDITS)


def _whole_or_pieces(text: str, start: int, end: int, *, quotable: bool) -> Iterator[Sentence]:
    if end - start <= LONGEST_SENTENCE_CHARACTERS:
        yield Sentence(start, end, quotable=quotable)
        return
    while start < end:
        first, last = _stripped(text, start, _cut(text, start, end))
        yield Sentence(first, last, partial=True, quotable=quotable)
        start = _stripped(text, last, end)[0]


def _cut(text: str, start: int, end: int) -> int:
    """Where to cut a sentence that is too long: behind the last clause mark that fits, else the last space, else anywhere."""
    limit = start + LONGEST_SENTENCE_CHARACTERS
    if end <= limit:
        return end
    marks: Sequence[int] = [mark.end() for mark in _CLAUSE_MARK.finditer(text, start, limit)]
    if marks:
        return marks[-1]
    space = max(text.rfind(" ", start + 1, limit), text.rfind("\n", start + 1, limit))
    return space if space > start else limit
