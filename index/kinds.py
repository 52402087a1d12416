"""What a question asks for (a number, a time, a person …), by its language's question words. Knows words, no library."""

from __future__ import annotations

from enum import IntEnum
from functools import cache

import regex


class Kind(IntEnum):
    """What would answer a question; NONE where its words do not say."""

    NONE = 0
    NUMBER = 1
    TIME = 2
    PERSON = 3
    PLACE = 4
    REASON = 5
    NAME = 6


# The first pattern that a question holds decides, so that "how many" comes before "how" and "what year" before "what".
_PATTERNS = {
    "en": (
        (Kind.NUMBER, r"how\s+(?:many|much|long|old|far|large|big|tall|often|fast|high|heavy|deep|soon)|percent\w*|population"),
        (Kind.TIME, r"when|(?:what|which)\s+(?:year|date|month|day|decade|century|time)"),
        (Kind.PERSON, r"who|whom|whose"),
        (Kind.PERSON, r"(?:which|what)\s+(?:\w+\s+){0,3}(?:act(?:or|ress)|singer|president|leader|player|star|politician|person)"),
        (Kind.PERSON, r"(?:which|what)\s+(?:\w+\s+){0,3}(?:author|senator|minister|artist|athlete|ceo|director|king|queen|judge)"),
        (Kind.PLACE, r"where|(?:what|which)\s+(?:\w+\s+){0,2}(?:city|country|state|nation|place|continent|county|region|ocean)"),
        (Kind.REASON, r"why|what\s+caused|for\s+what\s+reason"),
        (Kind.NAME, r"what|which"),
    ),
    "de": (
        (Kind.NUMBER, r"wie\s*(?:viele?n?|lange?|alt|weit|groß|hoch|oft|schnell|schwer|tief)|wieviele?|prozent\w*"),
        (Kind.TIME, r"wann|seit\s+wann|welche[msnr]\s+(?:jahr\w*|datum|monat|tag|jahrhundert\w*|jahrzehnt)"),
        (Kind.PERSON, r"wer|wen|wem|wessen"),
        (Kind.PLACE, r"wo|woher|wohin|welche[msnr]?\s+(?:\w+\s+)?(?:stadt|land|staat|ort|kontinent|region|ozean)"),
        (Kind.REASON, r"warum|weshalb|wieso|weswegen"),
        (Kind.NAME, r"was|welche[msnr]?|wie\s+(?:heißt|hieß)"),
    ),
    "es": (
        (Kind.NUMBER, r"cuánt[oa]s?|qué\s+(?:porcentaje|cantidad|edad|altura)|por\s*ciento"),
        (Kind.TIME, r"cuándo|(?:qué|cuál)\s+(?:\w+\s+)?(?:año|fecha|mes|día|década|siglo)"),
        (Kind.PERSON, r"quién(?:es)?"),
        (Kind.PLACE, r"dónde|adónde|qué\s+(?:\w+\s+)?(?:ciudad|país|estado|lugar|continente|región|océano)"),
        (Kind.REASON, r"por\s+qué"),
        (Kind.NAME, r"qué|cuál(?:es)?"),
    ),
    "fr": (
        (Kind.NUMBER, r"combien|quel(?:le)?\s+(?:pourcentage|âge|taille)"),
        (Kind.TIME, r"quand|quel(?:le)?\s+(?:\w+\s+)?(?:année|date|mois|jour|siècle)"),
        (Kind.PERSON, r"qui"),
        (Kind.PLACE, r"où|quel(?:le)?\s+(?:\w+\s+)?(?:ville|pays|état|lieu|continent|région|océan)"),
        (Kind.REASON, r"pourquoi"),
        (Kind.NAME, r"que|quoi|quel(?:le)?s?|qu['’]\w+"),
    ),
    "ar": (
        (Kind.NUMBER, r"كم|نسبة"),
        (Kind.TIME, r"متى|أي\s+(?:عام|سنة|تاريخ|شهر|يوم|قرن|عقد)"),
        (Kind.PERSON, r"من\s+(?:هو|هي|هم|الذي|التي)|مَن|^\W*من"),
        (Kind.PLACE, r"أين|(?:أي|ما)\s+(?:هي\s+)?(?:مدينة|دولة|بلد|مكان|قارة|ولاية)"),
        (Kind.REASON, r"لماذا|ما\s+سبب"),
        (Kind.NAME, r"ما|ماذا|أي"),
    ),
    "hi": (
        (Kind.NUMBER, r"कितन[ेीा]|प्रतिशत"),
        (Kind.TIME, r"कब|किस\s+(?:वर्ष|साल|तारीख|महीने|दिन|सदी|दशक)"),
        (Kind.PERSON, r"कौन|किसने|किसके"),
        (Kind.PLACE, r"कहाँ|कहां|किस\s+(?:शहर|देश|राज्य|स्थान|महाद्वीप)"),
        (Kind.REASON, r"क्यों"),
        (Kind.NAME, r"क्या|किस"),
    ),
    "zh": (
        (Kind.NUMBER, r"多少|几[个人年次名]|多[长高大远久]|百分"),
        (Kind.TIME, r"何时|什么时候|哪[一]?年|几[年月]|哪[一]?天"),
        (Kind.PERSON, r"谁|哪位|何人"),
        (Kind.PLACE, r"哪里|哪儿|何处|在哪|哪个?(?:城市|国家|州|地方|地区|大洲)|什么地方"),
        (Kind.REASON, r"为什么|为何|原因"),
        (Kind.NAME, r"什么|哪"),
    ),
    "ja": (
        (Kind.NUMBER, r"いくつ|どれ(?:くらい|ぐらい|だけ)|何[人個年歳回本％]|いくら"),
        (Kind.TIME, r"いつ|何[年月日]|何世紀"),
        (Kind.PERSON, r"誰|だれ"),
        (Kind.PLACE, r"どこ|何[県市国]|どの(?:国|都市|州)"),
        (Kind.REASON, r"なぜ|どうして|理由"),
        (Kind.NAME, r"何|どの|なに"),
    ),
}  # fmt: skip
_UNSPACED = {"zh", "ja"}


def kind(question: str, language: str) -> Kind:
    """What a question asks for."""
    return next((one for one, pattern in _compiled(language) if pattern.search(question)), Kind.NONE)


@cache
def _compiled(language: str) -> tuple[tuple[Kind, regex.Pattern[str]], ...]:
    edge = "" if language in _UNSPACED else r"\b"
    return tuple((one, regex.compile(f"{edge}(?:{words}){edge}", regex.I)) for one, words in _PATTERNS.get(language, ()))
