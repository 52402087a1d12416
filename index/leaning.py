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
    "ar": "هو هي هم هذا هذه ذلك تلك هؤلاء وهو وهي وهم وهذا وهذه وذلك لكن ولكن لكنه لكنها ولكنه ولكنها "
    "أيضا وأيضا لذلك ولذلك بل كذلك",
    "hi": "वह वे यह ये इस इन उस उन इसके इसकी इसका उनके उनकी उनका उसके उसकी इसने उन्होंने उसने इन्होंने लेकिन परंतु परन्तु किंतु और या हालांकि इसलिए फिर",
    "zh": "他 她 它 这 那 但 而 然而 不过 因此 此外 同时",
}
# First words that turn the sentence before: quoted without what follows, it would say the opposite.
_TURNING = {
    "en": "but however yet nevertheless nonetheless still instead though although",
    "de": "aber doch jedoch dennoch trotzdem allerdings hingegen",
    "es": "pero sino embargo aunque",
    "fr": "mais cependant pourtant toutefois néanmoins",
    "ar": "لكن ولكن لكنه ولكنه لكنها ولكنها بل",
    "hi": "लेकिन परंतु परन्तु किंतु किन्तु मगर हालांकि हालाँकि",
    "zh": "但 然而 不过 可是 却",
}
_UNSPACED = {"zh"}


def _patterns(openings: Mapping[str, str]) -> dict[str, regex.Pattern[str]]:
    edges = {language: "" if language in _UNSPACED else r"(?![\p{L}\p{M}])" for language in openings}
    return {
        language: regex.compile(rf"[^\p{{L}}]*+(?:{'|'.join(words.split())}){edges[language]}", regex.I)
        for language, words in openings.items()
    }


_LEANS, _TURNS = _patterns(_LEANING), _patterns(_TURNING)


def leans(sentence: str, language: str) -> bool:
    """Whether a sentence opens with a word that points at the one before it."""
    return language in _LEANS and bool(_LEANS[language].match(sentence))


def turns(sentence: str, language: str) -> bool:
    """Whether a sentence opens with a word that turns what the one before it says."""
    return language in _TURNS and bool(_TURNS[language].match(sentence))
