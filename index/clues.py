"""Patterns by what they tell, each in the languages' own words: a unit, a time, a cause, a title, a name. Knows words, no trait.

A language without words of its own is read by those of the Latin script. Arabic writes "and", "by", "to" and the article in front
of a word as one with it, and Chinese writes no spaces. Every repetition is bounded or of one kind of letter, so that a search
takes time in proportion to the text.
"""

from __future__ import annotations

import regex

_LATIN = "latin"
_AR = r"\b[وفبلك]{0,2}(?:ال)?"  # what Arabic may write in front of a word
_HOW_MUCH_AR = r"\b(?:[وفب]?كم|[وف]?ما|[أا]ي|هو|هي|كان|كانت|يبلغ|تبلغ|بلغ|بلغت)\s(?:ال)?"
_ARABIC_YEAR = r"(?<!\d)(?:[1١]\d|[2٢][0٠])\d\d(?!\d)"
_HINDI_YEAR = r"(?<!\d)(?:[1१]\d|[2२][0०])\d\d(?!\d)"
_HAN_YEAR = r"(?<!\d)(?:1\d|20)\d\d(?!\d)"
_HAN_NUMBER = r"(?:\d[\d.,]{0,20}\s?|[两二三四五六七八九十百千数几])[十百千万亿]{0,3}多?"


class Clue(dict[str, regex.Pattern[str]]):
    """A pattern by language, compiled once it is asked for: to compile all takes longer than to start."""

    def __init__(self, latin: str, *, flags: int = regex.I, **others: str) -> None:
        super().__init__()
        self._words = {_LATIN: latin, **others}
        self._flags = flags

    def __missing__(self, language: str) -> regex.Pattern[str]:
        own = language in self._words
        found = self[language] = regex.compile(self._words[language], self._flags) if own else self[_LATIN]
        return found


_AN = r"\b(?:\d[\d.,]{0,20}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|a|half)\b"
_TIMES = (
    r"years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|centur(?:y|ies)|jahren?|monaten?|wochen?|tagen?|stunden?|"
    r"minuten?|años?|mes(?:es)?|semanas?|días?|horas?|minutos?|ans?|mois|semaines?|jours?|heures?"
)
_LENGTHS = r"miles?|feet|foot|ft|k?m|[cm]m|(?:kilo|centi)?met(?:er|re)s?|inch(?:es)?|yards?|mi|(?:kilo)?metern?|(?:kiló)?metros?"

UNITS = (
    (
        Clue(
            r"\bhow (?:old|young)\b|\bwhat age\b|wie alt\b|\bqué edad|\bquel âge",
            ar=r"كم\s(?:كان\s|يبلغ\s)?عمر|(?:ما|هو)\s(?:عمر|سن)\b",
            hi=r"उम्र|आयु|कितने\s(?:साल|वर्ष)\sक[ाीे]\b",
            zh=r"多大年[纪龄]|几岁|多大了|多少岁|年龄",
        ),
        Clue(
            r"\b\d{1,3}[- ](?:years?[- ]old|jahre|años|ans)|,\s\d{1,3}\s?[,.]|\baged?\s(?:of\s)?\d|"
            r"\bat\s(?:the age of\s)?\d\d\b",
            ar=rf"{_AR}(?:عمر\w{{0,3}}|سن)\s|(?:\d|مليون|مليار)\s(?:عام|سنة)",
            hi=r"उम्र|आयु|\d\s?(?:साल|वर्ष)\b|वर्षीय",
            zh=r"\d\s?岁|[一二三四五六七八九十]岁",
        ),
    ),
    (
        Clue(
            r"%|per ?cent|\bshare of|\bproportion|\brate|\bhow much of\b|prozent|ciento|porcentaje|pourcentage|प्रतिशत|"
            r"نسبة|百分",
            ar=rf"{_HOW_MUCH_AR}نسبة|مئوية|بالم[ئا]ئ?ة",
            zh=r"%|百分|比例|占比|[几多]成",
        ),
        Clue(
            r"%|percent|per cent|\bone in\b|\bhalf\b|\bthirds?\b|\bquarters?\b|prozent|ciento|प्रतिशत|百分",
            ar=rf"[%٪]|{_AR}(?:مئة|مائة|نصف|ثلث|ربع|نسبة)\b",
            hi=r"%|प्रतिशत|फ़?ीसदी|\b(?:आधे|आधा|तिहाई|चौथाई)\b",
            zh=r"[%％]|百分|分之|一半|\d\s?[比:：]\s?\d|[一二三四五六七八九]成",
        ),
    ),
    (
        Clue(
            r"\bhow (?:long|soon)\b|\bhow (?:many|much) (?:years|months|weeks|days|hours|minutes|time)\b|\bwie lange|"
            r"cuánto tiempo",
            ar=r"كم\s(?:من\s)?(?:ال)?(?:عام[اً]{1,2}|سنة|سنوات|شهر|يوم[اً]{1,2}|ساعة|دقيقة|وقت|مدة|استغرق|استمر|دام)|"
            r"\b(?:كم|ما|هي)\s(?:ال)?مدة|منذ متى",
            hi=r"कितन[ेाी]\s(?:लंबे\s)?(?:समय|साल|वर्ष|वर्षों|सालों|महीने|दिन|दिनों|घंटे|मिनट|देर)",
            zh=r"多久|多长时间|[几多少](?:年|个月|天|小时|分钟|个世纪)",
            ja=r"どれ(?:くらい|ぐらい|だけ)の(?:間|期間)|何[年日週]間|何か月|何時間",
        ),
        Clue(
            rf"{_AN}[-\s](?:\w+[-\s]){{0,2}}(?:{_TIMES})\b|\b(?:since|until|till|seit|desde|hasta|depuis)\b",
            ar=rf"{_AR}(?:سنوات|سنة|عام[اً]{{1,2}}|عامين|أعوام|سنتين|أشهر|شهر[اً]{{1,2}}|شهرين|أسابيع|أسبوع|أيام|يوم[اً]{{1,2}}|"
            rf"يومين|ساعات|ساعة|دقائق|دقيقة|عقود|قرون|منذ|حتى)\b",
            hi=r"(?:\d|दो|तीन|चार|पाँच|पांच|छह|सात|आठ|नौ|दस|कई|कुछ)\s?(?:साल|वर्ष|महीन|दिन|घंट|मिनट|सप्ताह|हफ्त|दशक|सदि|"
            r"शताब्दि)|\bसे\sलेकर\b|\bतक\b",
            zh=rf"{_HAN_NUMBER}\s?个?(?:年|月|天|周|星期|小时|分钟|秒|世纪|年代)|[自从].{{1,20}}(?:以来|起)|直到|持续",
            ja=r"\d\s?(?:年|か月|ヶ月|週|日|時|分)間|以来|まで",
        ),
    ),
    (
        Clue(
            r"\bhow (?:far|high|tall|deep|wide|big|large|close)\b|\bdistance\b|\baltitude|\bheight\b|\bwie (?:weit|"
            r"hoch|tief)\b",
            ar=rf"{_HOW_MUCH_AR}(?:طول|ارتفاع|مسافة|مساحة|عمق|عرض|تبعد|يبعد|حجم)",
            hi=r"कितन[ेाी]\s(?:लंब|ऊँच|ऊंच|गहर|चौड़|बड़|दूर)|दूरी|ऊँचाई|ऊंचाई|लंबाई|क्षेत्रफल|गहराई",
            zh=r"多[远高深宽长](?!时间)|距离|高度|长度|面积|海拔|深度",
            de=r"\bwie (?:weit|hoch|tief|groß|lang|breit)\b|\b(?:entfernung|höhe|länge|fläche|tiefe)\b",
            es=r"\bqué (?:distancia|altura|tamaño|profundidad|longitud)\b|\bdistancia\b|\baltura\b|\bsuperficie\b",
        ),
        Clue(
            rf"{_AN}[-\s](?:\w+[-\s])?(?:{_LENGTHS})\b|\bacres\b",
            ar=rf"{_AR}(?:كم|كيلومتر\w{{0,3}}|متر\w{{0,3}}|أمتار|سم|مم|ميل|ميل[اً]{{1,2}}|أميال|قدم|أقدام|قدم[اً]{{1,2}}|"
            rf"هكتار\w{{0,3}}|فدان\w{{0,3}}|بوصة)\b",
            hi=r"\b(?:किमी|कि\.मी|किलोमीटर|मीटर|सेमी|मील|फीट|फुट|फ़ीट|इंच|एकड़|हेक्टेयर)",
            zh=r"[\d万千百十]\s?(?:多)?(?:平方)?(?:公里|千米|米|厘米|毫米|英里|英尺|英寸|公顷|英亩|码)|\d\s?(?:km|m|cm|mm)\b",
        ),
    ),
    (
        Clue(
            r"\bhow heavy\b|\bweigh|wie schwer",
            ar=rf"{_HOW_MUCH_AR}(?:وزن|يزن|تزن|طن|كتلة)",
            hi=r"वजन|वज़न|कितना\sभारी",
            zh=r"多重|重量|体重",
        ),
        Clue(
            r"\d[\d.,]{0,20}\s?(?:pounds?|lbs?|kg|kilo\w*|tons?|tonnes?|tonnen|ounces?|grams?)\b",
            ar=rf"{_AR}(?:كجم|كغ|كيلوغرام\w{{0,3}}|كيلوجرام\w{{0,3}}|طن|أطنان|رطل|رطلا|أرطال|غرام\w{{0,3}}|جرام\w{{0,3}})\b",
            hi=r"\b(?:किग्रा|किलोग्राम|किलो|टन|पाउंड|ग्राम)",
            zh=r"公斤|千克|吨|[\d百千]\s?磅|克(?![\p{Han}])",
        ),
    ),
    (
        Clue(r"\bhow fast\b|\bspeed|wie schnell", ar=rf"{_HOW_MUCH_AR}سرعة", hi=r"गति|रफ्तार|कितनी\sतेज", zh=r"多快|速度|时速"),
        Clue(
            r"\b(?:mph|k?m/h|kph|(?:miles|kilomet(?:er|re)s) (?:per|an) hour|knots|mach)\b",
            ar=r"كم/س|في الساعة|في الثانية|عقدة",
            hi=r"प्रति\s(?:घंट|सेकंड)|किमी/",
            zh=r"每(?:小时|秒)|时速|公里/|米/|节",
        ),
    ),
    (
        Clue(
            r"\bhow (?:hot|cold|warm)\b|\btemperature",
            ar=r"درجة\s(?:ال)?حرارة|درجات\s(?:ال)?حرارة",
            hi=r"तापमान",
            zh=r"温度|气温|多[冷热]",
        ),
        Clue(r"\bdegrees?\b|\bgrad\b|°", ar=rf"{_AR}(?:درجة|درجات|مئوية|فهرنهايت)\b|°", hi=r"डिग्री|°", zh=r"度|°|℃|℉"),
    ),
    (
        Clue(r"\bhow (?:often|frequently)\b", ar=r"كم\sمرة|معدل\sتكرار", hi=r"कितनी\sबार", zh=r"多[久长]一次|频率|多少次|几次"),
        Clue(
            r"\b(?:every|each|once|twice|times|per|(?:dai|week|month|year|annual)ly)\b",
            ar=rf"{_AR}(?:كل|مرة|مرات|مرتين|سنوي[اً]{{1,2}}|شهري[اً]{{1,2}}|يومي[اً]{{1,2}}|أسبوعي[اً]{{1,2}})\b",
            hi=r"\b(?:हर|प्रति|बार|प्रतिदिन|सालाना|वार्षिक|रोज)\b",
            zh=r"每|次",
        ),
    ),
    (Clue(r"\bmagnitude\b|\bhow strong\b"), Clue(r"\b(?:magnitude|category)\b")),
    (
        Clue(
            r"\bhow much\b|\bcost|\bpri(?:ce|x)|\bworth|\bpa(?:id|y)\b|\bmoney|\bwie viel\b|kosten|preis\b|precio|"
            r"cuesta|多少钱",
            ar=rf"\bبكم\b|{_HOW_MUCH_AR}(?:سعر|تكلفة|كلفة|ثمن|قيمة|مبلغ|ميزانية|راتب|دولار)|كم\s(?:كلف|تكلف|يكلف|دفع|بلغت\sتكلفة)",
            hi=r"कीमत|क़ीमत|लागत|कितन[ेाी]\s(?:पैस|रुपय|डॉलर|धन|राशि|खर्च)|मूल्य|वेतन|बजट",
            zh=r"多少钱|多少(?:美|欧|英|日)?[元镑]|价格|成本|费用|花费|预算|金额|收入",
        ),
        Clue(
            r"[$€£¥]|\d\s(?:(?:m|b|tr)illion\s)?(?:dollars?|euros?|pounds?|cents?|yuan)|美元",
            ar=rf"[$€£¥]|{_AR}(?:دولار\w{{0,3}}|يورو|جنيه\w{{0,3}}|دينار\w{{0,3}}|ريال\w{{0,3}}|درهم\w{{0,3}}|سنت|ين|فرنك)\b",
            hi=r"[$€£¥₹]|डॉलर|यूरो|पाउंड|रुपय|रुपए",
            zh=r"[$€£¥￥]|[\d万亿千百]\s?(?:多)?(?:美元|欧元|英镑|日元|人民币|元|法郎|镑)",
        ),
    ),
)
"""What asks for a unit, and what has it; the first that asks decides."""

COUNTS = Clue(
    r"\A(?!)",  # none, seen at once: words with spaces around them are counted as tokens
    zh=r"[两二三四五六七八九十百千]{1,6}多?(?=[万亿]|"
    r"[个名位人次种条座所家岁艘部项支间层倍辆头只台件片张颗届枚块对组队场类代份门]{1})|数[十百千万]|"
    r"[二两三四五六七八九十百千\d][万亿]",
    ja=r"[二三四五六七八九十百千]{1,6}(?=[人個名回種本台件匹頭つ万億])|[二三四五六七八九十百千\d][万億]",
)
"""Numbers that stand in a run of letters without spaces, but for "one", which is an article as often."""

HAN_DATE = ("年", "月", "日", "世纪", "世紀", "号")
"""What makes a date of the number in front of it."""

TOLD_TIME = Clue(
    r"\b(?:(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october|(?:jan|feb|aug|sept?|oct|nov|dec)\.|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tonight|tomorrow|(?:1\d|20)\d\ds?|century|"
    r"(?:next|last|this)\s(?:week|month|year|spring|summer|fall|autumn|winter|weekend)|(?<=\w\s)(?:hour|day|week|month|"
    r"year)s?\sago)\b",
    de=r"\b(?:januar|februar|märz|april|mai|ju[nl]i|august|(?:sept|nov|dez)ember|oktober|\w{3,10}tags?|mittwoch|sonnabend|"
    r"gestern|heute|morgen|(?:1\d|20)\d\d(?:er)?|jahrhunderts?|\w*jahrzehnts?|(?:letzte|nächste|diese)\w?\s(?:woche|"
    r"monat|jahr)\w*|"
    r"vor\s\w+\s(?:stunden|tagen|wochen|monaten|jahren))\b",
    es=r"\b(?:enero|febrero|marzo|abril|mayo|ju[nl]io|agosto|sep?tiembre|octubre|noviembre|diciembre|lunes|martes|"
    r"miércoles|jueves|"
    r"viernes|sábado|domingo|ayer|hoy|mañana|(?:1\d|20)\d\d|siglos?|décadas?|hace\s\w+\s(?:horas|días|semanas|meses|años))\b",
    ar=rf"{_ARABIC_YEAR}|{_AR}(?:عام|سنة|قرن|عقد|أمس|اليوم|غدا|يناير|فبراير|مارس|أبريل|إبريل|مايو|يونيو|يوليو|أغسطس|"
    rf"سبتمبر|أكتوبر|"
    r"نوفمبر|ديسمبر|كانون|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين|جانفي|فيفري|أفريل|ماي|جوان|جويلية|أوت|"
    r"اثنين|ثلاثاء|أربعاء|خميس|جمعة|سبت|أحد|ثمانينات|تسعينات|سبعينات|ستينات|خمسينات|\w{3,6}ينيات)\b",
    hi=rf"{_HINDI_YEAR}|\b(?:जनवरी|फरवरी|फ़रवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|सितम्बर|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|दिसंबर|दिसम्बर|"
    r"सोमवार|मंगलवार|बुधवार|गुरुवार|शुक्रवार|शनिवार|रविवार|कल|आज|सदी|शताब्दी|दशक|(?:साल|वर्ष|दिन|महीने)\sपहले)\b",
    zh=r"\d\s?(?:年|月|日|世纪|号)|[〇○零一二三四五六七八九十]世纪|年代|昨[天日]|今[天日年]|明[天年]|去年|"
    r"星期[一二三四五六日天]|周[一二三四五六日]|"
    r"(?:年|月|周|天)前|时期|期间",
    ja=r"\d\s?(?:年|月|日|世紀)|年代|昨日|今日|明日|去年|昨年|[月火水木金土日]曜",
)
TOLD_YEAR = Clue(r"\b(?:1\d|20)\d\ds?\b", ar=_ARABIC_YEAR, hi=_HINDI_YEAR, zh=_HAN_YEAR, ja=_HAN_YEAR)
TOLD_HOUR = Clue(
    r"\b\d{1,2}(?:\s?:\s?\d\d)?\s?[ap]\.?m\b|\b(?:noon|midnight)\b",
    de=r"\b\d{1,2}(?:[:.]\d\d)?\s?uhr\b|\bmitternacht\b|\bmittags?\b",
    es=r"\b\d{1,2}:\d\d\b|\ba\sla\w?s?\s\d|\bmedianoche\b|\bmediodía\b",
    ar=rf"{_AR}ساعة\s|\b\d{{1,2}}:\d\d|{_AR}(?:ظهرا|منتصف\sالليل)\b",
    hi=r"\bबजे|\d{1,2}:\d\d|आधी\sरात|दोपहर",
    zh=r"\d\s?[点时]|[一二三四五六七八九十]点|午夜|正午|\d:\d\d",
)
ASKS_YEAR = Clue(
    r"\b(?:what|which) year\b|\bwelche\w* jahr|\bqué año|\bquelle année",
    ar=r"[أا]ي[ةّ]?\s(?:عام|سنة)\b|\b(?:ما|هو|هي)\sال(?:عام|سنة)\b",
    hi=r"(?:किस|कौन[-\s]?स[ाे])\s(?:वर्ष|साल|सन)",
    zh=r"哪一?年|何年|[什哪]么?个?年份?",
    ja=r"何年(?!間)",
)
ASKS_HOUR = Clue(
    r"\b(?:what time|which hour)\b",
    de=r"\bwie viel uhr\b|\bwie spät\b",
    es=r"\bqué hora\b",
    ar=r"[أا]ي\sساعة|كم\sالساعة",
    hi=r"कितने\sबजे",
    zh=r"几点",
)
ASKS_COUNTRY = Clue(
    r"\b(?:what|which)\s+(?:\w+\s+){0,2}(?:country|nation)\b",
    ar=r"(?:[أا]ي[ةّ]?|ما|هي|هو)\s(?:ال)?(?:دول|دولة|بلد|بلاد|بلدان)\b",
    hi=r"(?:किस|किन|कौन[-\s]?स[ाे])\s(?:देश|राष्ट्र)",
    zh=r"哪[个些一]{0,2}国|什么国家",
)
ASKS_STATE = Clue(r"\b(?:what|which)\s+(?:\w+\s+){0,2}state\b")
ASKS_WHERE = Clue(r"\bwhere\b", ar=r"[أا]ين\b", hi=r"कहाँ|कहां", zh=r"哪里|哪儿|何处|在哪|何地")
ASKS_TITLE = Clue(
    r"\b(?:called|named|titled?|name of|nickname|known as|song|album|movie|film|book|show|slogan)\b",
    de=r"\b(?:heiß|hieß|genannt|name|titel|lied|album|film|buch|bezeich|spitzname)",
    es=r"\b(?:llam\w|nombre|títul|apodo|conoc\w|canci|álbum|película|libro|denomin)",
    ar=rf"{_AR}(?:اسم|أسماء|يسمى|تسمى|سمي|سميت|يدعى|تدعى|يطلق|أطلق|عنوان|لقب|كتاب|رواية|فيلم|أغنية|ألبوم|مصطلح|معروف|"
    rf"يعرف|تعرف|شعار)\b",
    hi=r"नाम|कहा\sजाता|कहते|शीर्षक|फिल्म|फ़िल्म|गीत|गाना|पुस्तक|किताब|शब्द|नारा",
    zh=r"称为|称作|叫|名[字称]|[书片曲]名|标题|绰号|电影|歌曲|专辑|术语|口号|小说",
)
_CAUSE = r"\b(?:because|due to|since|reason|caused?|so that|after|result|led to|in order to|weil|wegen|porque|debido)\b"
CAUSE = Clue(
    _CAUSE,
    de=r"\b(?:weil|wegen|da|denn|aufgrund|grund|gründe\w?|ursache|damit|führten?|verursach\w+|deshalb|daher|infolge|"
    r"ergebnis|nachdem)\b",
    es=r"\b(?:porque|debido|causa\w{0,3}|raz(?:ón|ones)|motivos?|ya\sque|puesto\sque|gracias\sa|resultado|"
    r"provoc\w{1,6}|para\sque|a\sfin)\b",
    ar=r"\b[وف]?(?:لأن\w{0,3}|بسبب|سبب\w{0,2}|أسباب|نتيجة|نظر[اً]{1,2}|أدى|أدت|يؤدي|تؤدي|لكي|كي|من\sأجل|بفضل|مما|إذ|حيث|"
    r"بهدف|بغرض|لذلك|جراء|تسبب\w?)\b",
    hi=r"क्योंकि|कारण|वजह|इसलिए|ताकि|परिणाम|चूँकि|चूंकि|\bचलते\b|फलस्वरूप",
    zh=r"因为|由于|因此|导致|原因|所以|为了|造成|以便|因而|使得|出于|引起|以[防免]",
    ja=r"ため|ので|から|によって|原因|理由",
)
QUOTED = Clue(
    r"[“\"‘]([^”\"’]{2,60})[”\"’]",
    de=r"[„“\"‘»‚]([^”“\"’«]{2,60})[”“\"’«]",
    es=r"[“\"‘«]([^”\"’»]{2,60})[”\"’»]",
    ar=r"[“”\"‘«]([^“”\"’»]{2,60})[“”\"’»]",
    zh=r"[“\"‘「『《〈]([^”\"’」』》〉]{2,60})[”\"’」』》〉]",
    ja=r"[“\"‘「『《〈]([^”\"’」』》〉]{2,60})[”\"’」』》〉]",
)
_PLACE_WORDS_AR = (
    r"مدينة|بلدة|قرية|ولاية|مقاطعة|محافظة|إقليم|منطقة|جزيرة|جزر|دولة|مملكة|جمهورية|نهر|بحر|جبل|جبال|وادي|شارع|جامعة|مطار|حي"
)
IN_PLACE = Clue(
    r"\b(?:in|at|near|off|outside|from|to|into|across|on)\s+(?:the\s+)?"
    r"(?:(?:(?:north|south|east|west)\w*|central|downtown|nearby|city|state|town|island|village)\s+(?:of\s+)?)*"
    r"((?:\p{Lu}[\w.'’-]+\s?)+)",
    flags=0,
    es=r"\b(?:en|de|desde|hasta|hacia|a|cerca de)\s(?:el\s|la\s|los\s|las\s)?"
    r"(?:(?:ciudad|estado|provincia|norte|sur|este|oeste|isla|región)\s(?:de\s)?)?((?:\p{Lu}[\w.'’-]+\s?)+)",
    ar=rf"{_AR}(?:{_PLACE_WORDS_AR})\s(\w{{3,20}})|\b(?:شمال|جنوب|شرق|غرب|وسط)\s(\w{{3,20}})",
    hi=r"\b(\w{2,20})\s(?:शहर|नगर|राज्य|प्रांत|प्रान्त|जिले|ज़िले|गाँव|गांव|द्वीप|नदी|घाटी|काउंटी|क्षेत्र|विश्वविद्यालय|सड़क)|"
    r"\b(?:उत्तरी|दक्षिणी|पूर्वी|पश्चिमी|मध्य)\s(\w{2,20})",
    zh=r"(?:[在于到]|来自|前往)(\p{Han}{2,8}?)(?:[市省州县郡镇村岛国城区山河湖海]|大学)|[东南西北](\p{Han}{1,4}?)[部岸]",
)
"""What stands behind a word that says that it is a place; the name is a group."""

# The characters that write the sounds of foreign names: three of them in a row are seldom anything else.
_SOUNDS = (
    "阿埃艾奥巴贝比波伯布查达戴丹德迪多厄恩尔法费弗福盖戈格古哈赫亨霍基吉加杰卡凯坎科克肯库拉莱兰劳勒雷里利林卢鲁伦罗洛马曼梅蒙米莫姆纳内尼"
    "诺欧帕佩皮普奇乔切琼萨塞桑森什史斯苏索塔泰坦特汤托瓦维温沃乌西希夏肖谢辛休雅亚扬耶伊尤约扎泽詹兹佐茨"
)
PERSONS = {
    "ar": regex.compile(
        r"\b[وفبلك]?(?:السيدة?|الملكة?|الرئيس|الأميرة?|القائد|الدكتورة?|الجنرال|البابا|القديسة?|الإمبراطورة?|السلطان|"
        r"الخليفة|الشيخ|"
        r"الإمام|اللورد|السير|الوزير|الفيزيائي|المهندس|المخترع|المؤرخ|الكاتب|الشاعر|الممثلة?|المغني|المخرج|الأستاذ|"
        r"الدوق|الكونت|"
        r"الفيلسوف|اللاعب|المدرب|القاضي|السيناتور)\s(?!ال)(\w{3,20}(?:\s(?!ال|في|من|على|إلى|عن|أن)\w{3,20})?)|"
        r"\b(\w{2,15}\s(?:بن|ابن|فون|فان|دي|دو|لا|أبو|أبي|ماك)\s\w{2,15})"
    ),
    "hi": regex.compile(
        r"\b(?:श्री|श्रीमती|राजा|रानी|राष्ट्रपति|प्रधानमंत्री|डॉ|डॉक्टर|सर|लॉर्ड|सम्राट|सुल्तान|राजकुमार|जनरल|पोप|संत|मंत्री|लेखक|"
        r"वैज्ञानिक|अभिनेता|"
        r"अभिनेत्री|गायक|निर्देशक|प्रोफेसर|न्यायाधीश|कप्तान)\.?\s(\w{2,20}(?:\s\w{2,20})?)|\b(\w{2,20}\s\w{2,20})\sने\b"
    ),
    "zh": regex.compile(
        rf"(\p{{Han}}{{1,8}}[·•‧]\p{{Han}}{{1,8}})|([{_SOUNDS}]{{3,12}})|"
        r"(?:总统|国王|女王|皇帝|总理|首相|教授|博士|将军|教皇|主席|导演|作家|诗人|科学家|歌手|演员|主教|部长|爵士|"
        r"公爵)(\p{Han}{2,4})"
    ),
}
"""What looks like a person's name in a script without capitals; the name is a group."""
