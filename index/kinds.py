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


_WHAT_AR = r"[وفبلك]?(?:[أا]ي[ةّ]?|ما|كم)(?:\s(?:هو|هي|هم|كان|كانت))?"
_PLACES_AR = "مدينة|مدن|دولة|دول|بلد|بلاد|بلدان|مكان|قارة|ولاية|منطقة|مقاطعة|نهر|بحر|محيط|موقع|إقليم|جزيرة"
_WHICH_HI = r"(?:किस|किन|कौन[-\s]?स[ाीे])"
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
        (Kind.NUMBER, r"[وفبل]?كم|نسبة"),
        (Kind.NUMBER, rf"{_WHAT_AR}\s(?:ال)?(?:عدد|نسبة|مقدار|طول|ارتفاع|مساحة|سعر|تكلفة|عمر|سرعة|حجم|وزن|كمية|معدل)"),
        (Kind.TIME, rf"متى|{_WHAT_AR}\s(?:ال)?(?:عام|سنة|تاريخ|شهر|يوم|قرن|عقد|وقت|ساعة|موعد|فترة)"),
        (Kind.PLACE, rf"[وفبل]?[أا]ين|{_WHAT_AR}\s(?:ال)?(?:{_PLACES_AR})"),
        (Kind.PERSON, r"[وفبل]?من\s+(?:هو|هي|هم|الذي|التي|الذين|كان|كانت)|مَن|لمن|ممن|^\W*[وف]?من(?!\s+[أا]ي)"),
        (Kind.PERSON, rf"{_WHAT_AR}\s(?:اسم\s)?(?:ال)?(?:شخص|رئيس|ملك|ملكة|حاكم|عالم|كاتب|مؤلف|لاعب|ممثل|قائد|مخرج|فنان)"),
        (Kind.REASON, rf"لماذا|{_WHAT_AR}\s(?:ال)?(?:سبب|أسباب|دافع)|(?:ما\s+الذي|ماذا)\s+(?:أدى|تسبب|سبب|جعل|دفع)"),
        (Kind.NAME, r"[وفبل]?(?:ما|ماذا|[أا]ي|أية)|بم|فيم|عم"),
    ),
    "hi": (
        (Kind.NUMBER, r"कितन[ेीाों]{1,2}|प्रतिशत"),
        (Kind.TIME, rf"कब|{_WHICH_HI}\s+(?:वर्ष|साल|सन|तारीख|महीने|दिन|सदी|शताब्दी|दशक|समय)"),
        (Kind.PERSON, rf"कौन(?![-\s]?स[ाीे]\b)|किसने|किन्होंने|किसके|{_WHICH_HI}\s+(?:व्यक्ति|राजा|रानी|नेता|राष्ट्रपति|लेखक|वैज्ञानिक)"),
        (Kind.PLACE, rf"कहाँ|कहां|{_WHICH_HI}\s+(?:शहर|देश|देशों|राज्य|स्थान|महाद्वीप|जगह|क्षेत्र|नदी|प्रांत|महासागर)"),
        (Kind.REASON, r"क्यों|किस\s+(?:कारण|वजह)|क्या\s+(?:कारण|वजह)"),
        (Kind.NAME, r"क्या|किस|किन|कौन"),
    ),
    "zh": (
        (Kind.NUMBER, r"多少|几(?:[个人次名位种岁天条座所家层倍分]|年级)|多[长高大远久快重深宽]|百分|占比"),
        (Kind.TIME, r"何时|什么(?:时[候间期]|日期|年份|年代)|哪一?[年月天]|几[年月日号]|何年"),
        (Kind.TIME, r"哪一?个?(?:世纪|年代|月份|年份|时期|日期)"),
        (Kind.PERSON, r"谁|哪一?[位名]|何人|哪个人|什么人|哪些人"),
        (Kind.PLACE, r"哪里|哪儿|何处|何地|在哪|哪[个些]?(?:城市|国家?|州|地方|地区|大洲|省|市|县|河|岛)"),
        (Kind.PLACE, r"什么(?:地方|城市|国家)"),
        (Kind.REASON, r"(?<![称叫作视认译分名])为(?:什么|何)|原因|什么导致"),
        (Kind.NAME, r"什么|哪|何"),
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
