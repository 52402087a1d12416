"""Which sentences cannot stand alone: their first word points at the sentence before, or turns it. Knows words only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Mapping

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
