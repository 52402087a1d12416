"""Light stemming of Arabic: one spelling for letters that are written several ways, and no article, "and" or ending. Knows words.

Larkey, Ballesteros and Connell, "Light Stemming for Arabic Information Retrieval" (2007): light10. Snowball's takes single
letters off the front as well, which parts "فيكتوريا" from "بفيكتوريا" and "سيناريو" from "السيناريو".
"""

from __future__ import annotations

_LETTERS = str.maketrans(dict.fromkeys("أإآٱ", "ا") | {"ى": "ي", "ة": "ه"} | dict.fromkeys("ـًٌٍَُِّْٰ", ""))
_OPENINGS = ("وال", "بال", "كال", "فال", "ال", "لل")
_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_SHORTEST = 2  # letters that are left of a word
_SHORTEST_AFTER_AND = 3


def stem(word: str) -> str:
    """The stem of a word."""
    plain = word.translate(_LETTERS)
    for opening in _OPENINGS:
        if plain.startswith(opening) and len(plain) >= len(opening) + _SHORTEST:
            plain = plain[len(opening) :]
            break
    else:
        if plain.startswith("و") and len(plain) > _SHORTEST_AFTER_AND:
            plain = plain[1:]
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) >= len(ending) + _SHORTEST:
            plain = plain[: -len(ending)]
    return plain
