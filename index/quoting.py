"""Hits → candidate sentences → ranked quotes, cut from their articles. Knows no SQL and no list; changes no character."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import regex

from index import analyzer
from index.model import Attribution, Hit, Quote
from index.ranking import sentence_scores

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PASSAGE_WEIGHT = 0.6
"""How much a passage's score counts beside its sentence's own; chosen on ../shared/data, before any set was looked at alone."""

# First words that point at the sentence before: without it a reader cannot know who "he" is, or what the "but" turns.
_LEANING = {
    "en": "he she they it this that these those his her their its but and or yet so however instead also then such both",
    "de": "er sie es dies diese dieser dieses seine ihre aber doch und oder jedoch dennoch trotzdem allerdings deshalb auch",
    "es": "él ella ellos ellas esto este esta estos estas eso ese esa su sus pero y o aunque además entonces también",
    "fr": "il elle ils elles ce cela ceci cette ces son sa ses leur leurs mais et ou cependant pourtant ainsi aussi",
    "zh": "他 她 它 这 那 但 而 然而 不过 因此 此外 同时",
}
# First words that turn the sentence before: quoted without what follows, it would say the opposite.
_TURNING = {
    "en": "but however yet nevertheless nonetheless still instead though although",
    "de": "aber doch jedoch dennoch trotzdem allerdings hingegen",
    "es": "pero sino embargo aunque",
    "fr": "mais cependant pourtant toutefois néanmoins",
    "zh": "但 然而 不过 可是 却",
}
_FIRST_WORD = regex.compile(r"[^\p{L}]*(\p{L}[\p{L}\p{M}]*)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted: the ``place``-th of its hit's article, with its terms and its score."""

    hit: Hit
    place: int
    terms: tuple[str, ...]
    score: float = 0.0

    @property
    def text(self) -> str:
        """The sentence."""
        return _text(self.hit, self.place)


def candidates(hits: Sequence[Hit], question: Mapping[str, float]) -> list[Candidate]:
    """The sentences of the hits, best first; ties go by article id, then by place.

    ``question`` has the idf of each of its terms.
    """
    found = [Candidate(hit, place, tuple(_terms(hit, place))) for hit in hits for place in range(hit.first, hit.first + hit.count)]
    own = sentence_scores([one.terms for one in found], question)
    scored = [replace(one, score=float(score) + PASSAGE_WEIGHT * one.hit.score) for one, score in zip(found, own, strict=True)]
    return sorted(scored, key=lambda one: (-one.score, one.hit.article.article.attribution.id, one.place))


def quotes(
    ranked: Sequence[Candidate], question: Mapping[str, float], *, limit: int, characters: int
) -> tuple[tuple[Quote, ...], tuple[Attribution, ...]]:
    """Up to ``limit`` quotes, best first, and the articles that fit as well but may only be linked.

    At most ``characters`` of one article are quoted, counting a sentence that a quote leans on; 0 is no limit. The same
    sentence in several articles is one quote, its further articles in ``others``.
    """
    chosen: dict[str, Quote] = {}
    linked: dict[str, Attribution] = {}
    spent: dict[int, int] = defaultdict(int)
    for one in ranked:
        article = one.hit.article
        attribution = article.article.attribution
        if not article.sentences[one.place].quotable:
            continue
        same = " ".join(one.text.casefold().split())
        if same in chosen:
            chosen[same] = _with_other(chosen[same], attribution)
        elif len(chosen) < limit and not attribution.quotable:
            linked[attribution.id] = attribution
        elif len(chosen) < limit:
            quote = _cut(one, question)
            cost = len(quote.text) + len(quote.before) * quote.needs_before + len(quote.after) * quote.needs_after
            if not characters or spent[article.key] + cost <= characters:
                spent[article.key] += cost
                chosen[same] = quote
    return tuple(chosen.values()), tuple(linked.values())


def leans(sentence: str, language: str) -> bool:
    """Whether a sentence opens with a word that points at the one before it."""
    return _opens_with(_LEANING, sentence, language)


def turns(sentence: str, language: str) -> bool:
    """Whether a sentence opens with a word that turns what the one before it says."""
    return _opens_with(_TURNING, sentence, language)


def _opens_with(openings: Mapping[str, str], sentence: str, language: str) -> bool:
    first = _FIRST_WORD.match(sentence)
    if first is None or language not in openings:
        return False
    words = openings[language].split()
    return first[1].startswith(tuple(words)) if language == "zh" else first[1].casefold() in words


def _cut(one: Candidate, question: Mapping[str, float]) -> Quote:
    article, place = one.hit.article, one.place
    sentence, language = article.sentences[place], article.article.language
    after = _neighbour(one.hit, place + 1)
    return Quote(
        text=one.text,
        start=sentence.start,
        end=sentence.end,
        partial=sentence.partial,
        score=one.score,
        before=_neighbour(one.hit, place - 1),
        after=after,
        needs_before=leans(one.text, language),
        needs_after=turns(after, language),
        matched=tuple(_matched(one, question)),
        revision=article.revision,
        article=article.article.attribution,
    )


def _with_other(quote: Quote, other: Attribution) -> Quote:
    known = {quote.article.id, *(one.id for one in quote.others)}
    return quote if other.id in known else replace(quote, others=(*quote.others, other))


def _matched(one: Candidate, question: Mapping[str, float]) -> Iterator[tuple[int, int]]:
    language = one.hit.article.article.language
    return ((start, end) for term, start, end in analyzer.occurrences(one.text, language) if term in question)


def _terms(hit: Hit, place: int) -> list[str]:
    return analyzer.terms(_text(hit, place), hit.article.article.language)


def _text(hit: Hit, place: int) -> str:
    sentence = hit.article.sentences[place]
    return hit.article.article.text[sentence.start : sentence.end]


def _neighbour(hit: Hit, place: int) -> str:
    spans = hit.article.sentences
    return _text(hit, place) if 0 <= place < len(spans) and spans[place].quotable else ""
