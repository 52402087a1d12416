"""What a question is about, without words that only ask: "What happened in …?", "Can you tell me …?". Knows words, no library."""

from __future__ import annotations

from functools import cache, lru_cache

import regex

# By language: words that ask for whatever there is to say, and words that only ask.
_ASKING = {
    "en": (
        r"""what(?:['’]s|\s+(?:is|was|has))?\s+(?:been\s+)?(?:happen(?:ed|ing|s)?|going\s+on)(?=\s+(?:in|at|on|with|around)\b)
        | what(?:['’]s|\s+is)\s+(?:new|the\s+(?:latest|news)(?:\s+news)?)(?=\s+(?:in|on|about|with|from|at)\b|\W*$)
        | what\s+(?:do|does|can)\s+(?:you|we|they|people)\s+(?:know|tell\s+(?:me|us))(?=\s+(?:about|of|on)\b)
        | (?:is\s+there\s+)?any(?:thing)?\s+(?:news?|updates?)(?=\s+(?:in|on|about|with|from|of)\b|\W*$)
        | (?:the\s+)?(?:latest|news|updates?)(?:\s+news)?(?=\s+(?:on|about|from|in|of)\b)
        | (?:can\s+you\s+|could\s+you\s+)?(?:summari[sz]e|sum\s+up|(?:give\s+(?:me|us)\s+)?a\s+summary(?=\s+of\b))
        | (?:can\s+you\s+|could\s+you\s+)?(?:tell|show|give)\s+(?:me|us)(?:\s+(?:more|everything))?(?=\s+(?:about|on)\b)""",
        r"""what(?:['’]s|\s+(?:is|was|are|has|had))?\s+(?:been\s+)?(?:happen(?:ed|ing|s)?|going\s+on)
        | (?:(?:can|could|would|will)\s+(?:you|anyone|somebody|someone)\s+)?(?:please\s+)?tell\s+(?:me|us)
        | (?:do|does)\s+(?:you|anyone|anybody|someone)\s+know | I(?:\s+want|\s+would\s+like|['’]d\s+like)\s+to\s+know""",
    ),
    "de": (
        r"""was\s+(?:ist|gibt\s+es|gibt['’]?s)\s+(?:neu(?:es)?|los)(?=\s+(?:in|aus|bei|mit|über|zu[mr]?|von)\b|\W*$)
        | was\s+(?:passierte?|geschah|geschieht)(?=\s+(?:in|bei|auf|am|im)\b)
        | was\s+(?:wissen\s+wir|weißt\s+du)(?=\s+(?:über|von)\b)
        | (?:gibt\s+es\s+)?(?:etwas\s+|das\s+)?(?:neueste|neues|neuigkeiten|nachrichten)(?=\s+(?:zu[mr]?|über|aus|von|in)\b)
        | erzähle?\s+(?:mir|uns)(?:\s+(?:etwas|mehr|alles))?(?=\s+(?:über|von)\b)""",
        r"""was\s+(?:passierte?|geschah|geschieht) | was\s+(?:ist|hat\s+sich)\s[^.!?]*?\K(?:passiert|geschehen|ereignet)(?=\W*$)
        | (?:(?:kannst\s+du|können\s+sie)\s+(?:mir|uns)\s+sagen|sag(?:en\s+sie)?\s+(?:mir|uns)) | (?:weiß\s+jemand|weißt\s+du)""",
    ),
    "es": (
        r"""qué\s+(?:pasó|pasa|ha\s+pasado|sucedió|ocurrió|está\s+pasando|hay\s+de\s+nuevo)(?=\s+(?:en|con|sobre)\b|\W*$)
        | qué\s+(?:se\s+sabe|sabes|sabemos)(?=\s+(?:de|del|sobre)\b) | cuéntame(?:\s+(?:algo|más|todo))?(?=\s+(?:de|del|sobre)\b)
        | (?:hay\s+)?(?:las\s+)?(?:últimas\s+)?(?:noticias?|novedades)(?=\s+(?:de|del|sobre|en)\b)""",
        r"qué\s+(?:le\s+)?(?:pasó|sucedió|ocurrió) | (?:me\s+)?puedes\s+decir(?:me)? | dime | (?:sabes|alguien\s+sabe)",
    ),
    "fr": (
        r"""(?:que\s+s['’]est[-\s]il\s+passé|que\s+se\s+passe[-\s]t[-\s]il)(?=\s+(?:à|en|au|aux|dans|avec)\b)
        | quoi\s+de\s+neuf | que\s+sait[-\s]on(?=\s+(?:de|du|des|sur)\b)
        | (?:les\s+)?(?:dernières\s+)?(?:nouvelles|actualités)(?=\s+(?:de|du|des|sur|à|en)\b)""",
        r"""que\s+s['’]est[-\s]il\s+passé
        | (?:peux[-\s]tu|pouvez[-\s]vous)\s+me\s+dire | dis[-\s]moi | (?:sais[-\s]tu|savez[-\s]vous)""",
    ),
    "zh": (
        r"发生了?什么(?:事情?)?|出了?什么事|有(?:没有)?什么新?(?:消息|新闻)|的?最新(?:消息|新闻|情况)",
        r"怎么了|(?:请|能)?告诉我|你知道",
    ),
}  # fmt: skip
_UNSPACED = {"zh"}
_GREETING = "and|so|but|ok|hey|hi|hello|please|und|aber|hallo|bitte|y|pero|hola|et|mais|bonjour"
_OPENING = rf"(?:\G|(?<=[.!?]\s))\W{{0,4}}(?:(?:{_GREETING})\W{{1,4}}){{0,2}}"  # without an end, marks alone would take seconds


def topic(question: str, language: str) -> str:
    """The question with blanks in place of the words that only ask, so that every other word stands where it stood."""
    for found in _found(question, language):
        start, end = found.span()
        question = f"{question[:start]}{' ' * (end - start)}{question[end:]}"
    return question


def is_broad(question: str, language: str) -> bool:
    """Whether a question asks for whatever there is to say about its topic ("Any news about …?")."""
    return any(found["broad"] for found in _found(question, language))


@lru_cache(maxsize=1)
def _found(question: str, language: str) -> list[regex.Match[str]]:
    """Where words only ask; looked for once, though passages and sentences are both ordered by whether they do so broadly."""
    asking = _asking(language)
    return [*asking.finditer(question)] if asking else []


@cache
def _asking(language: str) -> regex.Pattern[str] | None:
    if language not in _ASKING:
        return None
    broad, only = _ASKING[language]
    opening, edge = ("", "") if language in _UNSPACED else (_OPENING, r"\b")
    return regex.compile(rf"{opening}(?:(?P<broad>{broad})|{only}){edge}", regex.I | regex.X)
