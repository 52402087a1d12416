"""What in a sentence fits what is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from index import analyzer, fitting
from index.analysed import Analysed, analysed, read
from index.asked import Question, Terms
from index.dates import Period
from index.gazetteer import COUNTRIES, HAN, STATES
from index.kinds import kind
from index.model import Article, Attribution, Hit, IndexedArticle
from index.novelties import novelties
from index.sentences import sentences
from index.store import revision

if TYPE_CHECKING:
    from index.asked import Numbers


def told(text: str, language: str = "en") -> list[Analysed]:
    """The sentences of a text."""
    spans = sentences(text, language)
    article = Article(Attribution("a", title="", published="2026-09-07"), text, language)
    hit = Hit(IndexedArticle(1, article, spans, revision(article)), 0, len(spans), 1.0)
    return [analysed(read(hit, place)) for place in range(len(spans))]


def trait(name: str, question: str, text: str, language: str = "en") -> list[float]:
    """One trait of each of a text's sentences."""
    weights = dict.fromkeys(analyzer.terms(question, language), 1.0)
    terms = Terms(Question(question, language, weights, Period(1, 10**7)))
    return [float(value) for value in traits(told(text, language), terms)[name]]


def traits(found: list[Analysed], terms: Terms) -> dict[str, Numbers]:
    """All traits of some sentences."""
    return fitting.traits(found, novelties(found, terms), terms, kind(terms.asks, terms.language))


@pytest.mark.parametrize(
    ("name", "question", "text", "fits"),
    [
        ("quantities", "How many left?", "It happened on Feb. 26, 2019. Some 600 left.", [0, 1]),
        ("quantities", "How many left?", "It grew in the 1990s and closed on 3 May 2019. Seven men left.", [0, 1]),
        ("quantities", "How many of the 600 left?", "All 600 met. Of them 12 left.", [0, 1]),
        ("quantities", "Who left?", "Some 600 left.", [0]),
        ("near_quantity", "How many ships left?", "Six ships left. Six old wooden ships left.", [1, 1 / 3]),
        ("unit_fits", "How long will the repair take?", "It has 5 cranes. It takes five months.", [0, 1]),
        ("unit_fits", "How old is she?", "She won 3 times. Ek, 63, won.", [0, 1]),
        ("unit_fits", "How high is the tower?", "It has 40 floors. It is 330 metres high.", [0, 1]),
        ("unit_fits", "How much did the swing bridge cost?", "It took 3 years. It cost $2 million.", [0, 1]),
        ("unit_fits", "What percentage voted?", "Of 900 people some voted. Some 40% voted.", [0, 1]),
        ("unit_lacks", "How fast is it?", "It has 40 seats. It does 200 mph.", [1, 0]),
        ("unit_lacks", "Who sank it?", "It has 40 seats.", [0]),
        ("full_names", "Who beat Liz Cheney?", "Liz Cheney lost. Harriet Hageman beat Cheney.", [0, 1]),
        ("full_names", "What beat Liz Cheney?", "Harriet Hageman beat Cheney.", [0]),
        ("no_name", "Who runs it?", "It is run well. The boss is Ek.", [1, 0]),
        ("near_name", "Which firm sank it?", "The firm Acme sank it.", [1]),
        ("country_told", "In which country is it?", "It is in Texas. It is in Chile.", [0, 1]),
        ("country_told", "In which country is it?", "It is ours, not of us. It is in the U.S. now.", [0, 1]),
        ("country_told", "Which country fought Chile?", "Chile fought. Chile fought Peru's army.", [0, 1]),
        ("state_told", "Which state is it in?", "It is in Chile. It is in West Virginia.", [0, 1]),
        ("country_or_state_told", "Where is the pier?", "It is near. It is in Idaho. It is in Norway.", [0, 1, 1]),
        ("in_place", "Where is the pier?", "It is near. It is in downtown Port Ellery.", [0, 1]),
        ("in_place", "Where in Port Ellery is it?", "It is in Port Ellery.", [0]),
        ("time_told", "When did it open?", "It opened late. It opened on Monday. It opens next year.", [0, 1, 1]),
        ("time_told", "When did it open?", "It opened long ago. It opened two weeks ago. It took days.", [0, 1, 0]),
        ("year_told", "In what year did it open?", "It opened on Monday. It opened in 1931.", [0, 1]),
        ("hour_told", "What time does it open?", "It opens on Monday. It opens at 7:30 a.m. daily.", [0, 1]),
        ("title_told", "What is the song called?", "It is a song. It is “Night Ferry”.", [0, 1]),
        ("kind_told", "What colour is it?", "It is old. It is red, blue and green.", [0, 2]),
        ("kind_told", "What colour is the Red House?", "The Red House is old. The Red House is blue.", [0, 1]),
        ("kind_told", "Who owns it?", "It is red.", [0]),
        ("kind_lacks", "What colour is it?", "It is old. It is red.", [1, 0]),
        ("kind_lacks", "Who owns it?", "It is old.", [0]),
        ("near_kind", "What colour is the pier?", "The pier is red. The pier is old and red.", [1 / 2, 1 / 4]),
        ("near_kind", "Which university is Frome at?", "It is Ellery University. Frome is at Ellery University.", [0, 1 / 4]),
        ("cause_told", "Why did it close?", "It closed. It closed because of rust.", [0, 1]),
    ],
)
def test_a_sentence_has_what_is_asked_for(name: str, question: str, text: str, fits: list[float]) -> None:
    """A count and no date, the unit, a new full name, a place, a time, a title, one of a kind, a cause; else nothing."""
    assert trait(name, question, text) == pytest.approx(fits)


@pytest.mark.parametrize(
    ("name", "language", "question", "text", "fits"),
    [
        ("quantities", "ar", "كم عدد السفن؟", "حدث ذلك في 5 مارس 1990. غرقت خمس سفن. غرقت 12 سفينة.", [0, 1, 1]),
        ("quantities", "hi", "कितने लोग थे?", "यह मई 1990 में हुआ। वहाँ तीन लोग थे।", [0, 1]),
        ("quantities", "zh", "有多少艘船？", "1990年5月3日起雾。沉没三艘船。来了12人。", [0, 1, 1]),
        ("unit_fits", "ar", "كم عمر الجسر؟", "طوله 90 مترا. يبلغ من العمر 30 سنة.", [0, 1]),
        ("unit_fits", "ar", "ما هو ارتفاع البرج؟", "فيه 40 طابقا. يرتفع 330 مترا.", [0, 1]),
        ("unit_fits", "ar", "كم كلف الجسر؟", "استغرق 3 سنوات. أنفق عليه مليون دولار.", [0, 1]),
        ("unit_fits", "hi", "कितने साल लगे?", "इसमें 5 क्रेन हैं। इसमें 5 साल लगे।", [0, 1]),
        ("unit_fits", "zh", "这座桥有多长？", "它有5座塔。全长330米。", [0, 1]),
        ("unit_fits", "zh", "花了多少钱？", "用了3年。花了200万美元。", [0, 1]),
        ("unit_lacks", "ar", "من بنى الجسر؟", "فيه 40 طابقا.", [0]),
        ("time_told", "ar", "متى افتتح؟", "افتتح متأخرا. افتتح في شباط. افتتح عام ١٩٣١.", [0, 1, 1]),
        ("time_told", "hi", "यह कब खुला?", "यह देर से खुला। यह मई में खुला। यह १९३१ में खुला।", [0, 1, 1]),
        ("time_told", "zh", "何时开放？", "开放得很晚。它在1931年开放。", [0, 1]),
        ("time_told", "de", "Wann öffnete es?", "Es öffnete spät. Es öffnete im Oktober.", [0, 1]),
        ("time_told", "es", "¿Cuándo abrió?", "Abrió tarde. Abrió en marzo.", [0, 1]),
        ("year_told", "ar", "في أي عام افتتح؟", "افتتح في مارس. افتتح في عام 1931.", [0, 1]),
        ("year_told", "hi", "यह किस वर्ष खुला?", "यह मई में खुला। यह 1931 में खुला।", [0, 1]),
        ("year_told", "zh", "哪一年开放？", "它在5月开放。它在1931年开放。", [0, 1]),
        ("hour_told", "zh", "几点开门？", "周一开门。上午7点开门。", [0, 1]),
        ("cause_told", "ar", "لماذا أغلق؟", "أغلق الجسر. أغلق بسبب الصدأ.", [0, 1]),
        ("cause_told", "hi", "यह क्यों बंद हुआ?", "यह बंद हुआ। जंग के कारण यह बंद हुआ।", [0, 1]),
        ("cause_told", "zh", "为什么关闭？", "它关闭了。因为生锈关闭。", [0, 1]),
        ("cause_told", "de", "Warum schloss es?", "Es schloss. Es schloss aufgrund von Rost.", [0, 1]),
        ("title_told", "ar", "ما اسم الأغنية؟", "هي أغنية. هي «عبارة الليل».", [0, 1]),
        ("title_told", "zh", "这首歌叫什么？", "是一首歌。歌名是《夜渡》。", [0, 1]),
        ("title_told", "de", "Wie heißt das Lied?", "Es ist ein Lied. Es ist „Nachtfähre“.", [0, 1]),
        ("country_told", "ar", "في أي دولة يقع؟", "يقع في الوادي. يقع بفرنسا.", [0, 1]),
        ("country_told", "hi", "यह किस देश में है?", "यह घाटी में है। यह फ्रांस में है।", [0, 1]),
        ("country_told", "zh", "它在哪个国家？", "它在山谷里。它在智利。", [0, 1]),
        ("country_or_state_told", "ar", "أين تقع فرنسا؟", "تقع فرنسا هنا. تقع فرنسا بجوار ألمانيا.", [0, 1]),
        ("in_place", "ar", "أين المرفأ؟", "هو قريب. هو في مدينة إليري.", [0, 1]),
        ("in_place", "hi", "घाट कहाँ है?", "वह पास है। वह एलेरी शहर में है।", [0, 1]),
        ("in_place", "zh", "码头在哪里？", "很近。位于艾勒里市。", [0, 1]),
        ("in_place", "es", "¿Dónde está el muelle?", "Está cerca. Está en la ciudad de Elera.", [0, 1]),
        ("full_names", "ar", "من افتتح الجسر؟", "افتتح الجسر. افتتحه الملك هاكون.", [0, 1]),
        ("full_names", "hi", "पुल किसने बनाया?", "पुल बना। हारून एक ने पुल बनाया।", [0, 1]),
        ("full_names", "zh", "谁造了桥？", "桥造好了。约翰·埃克造了桥。", [0, 1]),
        ("no_name", "zh", "谁造了桥？", "桥造好了。约翰·埃克造了桥。", [1, 0]),
    ],
)
def test_other_languages_have_it_in_words_of_their_own(
    name: str, language: str, question: str, text: str, fits: list[float]
) -> None:
    """Whatever they write together, and in whichever digits; without capitals, by the words that names stand beside."""
    assert trait(name, question, text, language) == pytest.approx(fits)


def test_every_trait_is_there_for_every_question() -> None:
    """The ranker reads them by name."""
    text = "It is in Chile."
    found = [
        traits(told(text), Terms(Question(question, "en", {"x": 1.0}, Period(1, 10**7))))
        for question in ("How many?", "Who?", "Where?", "When?", "Why?", "What?", "Tell me")
    ]
    assert len({frozenset(one) for one in found}) == 1
    assert all(np.isfinite(column).all() and len(column) == 1 for one in found for column in one.values())


def test_the_gazetteer_is_in_lower_case_and_holds_one_of_each() -> None:
    """As tokens are compared."""
    assert all(name == name.lower() for name in COUNTRIES | STATES)
    assert {"chile", "united states", "türkiye"} <= COUNTRIES
    assert {"idaho", "york"} <= STATES


def test_countries_are_found_in_a_run_of_letters() -> None:
    """The longest name that stands there."""
    assert HAN.findall("从法国到印度尼西亚") == ["法国", "印度尼西亚"]
