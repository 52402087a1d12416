"""Questions and passages come to the same terms, whatever they are written in."""

import pytest
import regex
from hypothesis import given, strategies as st

from index import analyzer
from index.analyzer import language, occurrences, pieces, terms, tokens


def test_terms_are_folded_and_stemmed_without_stop_words() -> None:
    """Case, inflection and function words make no difference."""
    assert terms("The Judges were RULING on it", "en") == terms("judge ruled", "en") == ["judg", "rule"]


def test_terms_keep_order_and_repeats() -> None:
    """BM25 counts how often a term stands."""
    assert terms("Rain, rain and snow", "en") == ["rain", "rain", "snow"]


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("Müller’s", "MÜLLER", "en"),
        ("ﬁre", "fire", "en"),
        ("cafe\u0301", "café", "fr"),
        ("l'eau", "eau", "fr"),
        ("dell’arte", "arte", "it"),
        ("Straßen", "STRASSE", "de"),
        ("１９９９", "1999", "en"),
        ("1,314", "1314", "en"),
        ("٢٠٢١", "2021", "ar"),
        ("wrote", "writing", "en"),
        ("Children", "child", "en"),
        ("geschrieben", "schreiben", "de"),
        ("murió", "muerte", "es"),
        ("السيناريو", "سيناريو", "ar"),
        ("وَالحكومة", "حكومه", "ar"),
        ("أحمد", "احمد", "ar"),
        ("اللاعبون", "لاعبين", "ar"),
        ("لتسلا", "تسلا", "ar"),
        ("بفيكتوريا", "فيكتوريا", "ar"),
        ("البريطاني", "بريطاني", "ar"),
    ],
)
def test_two_ways_to_write_a_word_are_one_term(one: str, other: str, code: str) -> None:
    """Normal forms, apostrophes and groups of digits are matters of typing."""
    assert terms(one, code) == terms(other, code) != []


@pytest.mark.parametrize(
    ("hyphenated", "solid"),
    [
        ("cease-fire", "ceasefires"),
        ("Co-operation", "cooperate"),
        ("e\u2011mail", "email"),
        ("COVID-19", "Covid19"),
        ("CEASE-FIRE", "Ceasefire"),
    ],
)
def test_a_hyphenated_word_is_also_written_as_one(hyphenated: str, solid: str) -> None:
    """And as two: it has the terms of its halves as well."""
    whole, *halves = terms(hyphenated, "en")

    assert [whole] == terms(solid, "en")
    assert halves == terms(regex.sub(r"\W", " ", hyphenated), "en") != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("the up-to", []), ("19-20", ["19", "20"]), ("semi-transparently", ["semi", "transpar"]), ("Ann-Kristin", ["ann", "kristin"])],
)
def test_what_nobody_writes_as_one_word_is_none(text: str, expected: list[str]) -> None:
    """Function words, numbers, long words, names."""
    assert terms(text, "en") == expected


def test_scripts_without_spaces_become_bigrams() -> None:
    """Every two neighbours are a term, and one alone is one."""
    assert terms("新桥开放 a雨", "zh") == ["新桥", "桥开", "开放", "a", "雨"]


@pytest.mark.parametrize("text", ["", "the of and", "😀", "?!…", "\0", "\u0301", "\ud800"])
def test_what_names_nothing_has_no_terms(text: str) -> None:
    """Stop words, an emoji, marks and broken characters leave no term."""
    assert terms(text, "en") == []


_SHORT_FORMS = st.sampled_from(["United  States", "the United\nNations.", "United", "U.S."])
_WRITTEN = st.text("aZUSé'’.,-19 \n\u2003\x1c桥ก٣क्") | _SHORT_FORMS


@given(st.lists(_WRITTEN | st.text(max_size=8), max_size=6).map(" ".join))
def test_no_token_spans_two_pieces(text: str) -> None:
    """Found piece by piece, a text's tokens are the same."""
    assert [token for piece in pieces(text) for token in tokens(piece)] == tokens(text)


def test_occurrences_say_where_the_terms_stand() -> None:
    """Spans are of the text as it is written, astral characters counted as one."""
    text = "😀 Judges ruled: 新桥开 e-mail"

    assert [(term, text[start:end]) for term, start, end in occurrences(text, "en")] == [
        ("judg", "Judges"),
        ("rule", "ruled"),
        ("新桥", "新桥"),
        ("桥开", "桥开"),
        ("email", "e-mail"),
        ("e", "e-mail"),
        ("mail", "e-mail"),
    ]


@given(st.text(), st.sampled_from(sorted(analyzer.NAMES)))
def test_occurrences_and_terms_agree(text: str, code: str) -> None:
    """The same terms in the same order, on any text in any language."""
    found = list(occurrences(text, code))

    assert [term for term, _, _ in found] == terms(text, code)
    assert all(0 <= start < end <= len(text) for _, start, end in found)
    assert [start for _, start, _ in found] == sorted(start for _, start, _ in found)


def test_occurrences_may_be_those_of_some_tokens_alone() -> None:
    """As the text writes them."""
    text = "Judges ruled: 新桥开 judges"

    assert [*occurrences(text, "en", {"Judges", "新桥开"})] == [("judg", 0, 6), ("新桥", 14, 16), ("桥开", 15, 17)]


@given(st.text(st.sampled_from("aB1é'’-\u2011 .,桥新ा")))
def test_both_engines_find_the_same_words(text: str) -> None:
    """Text of plain Latin letters goes another way; a letter of another script sends it the first."""
    assert analyzer.tokens(text) == analyzer.tokens(f"{text} \u0416")[:-1]


@given(st.text(), st.text(), st.sampled_from(["en", "de", "fr", "zh", "ar", "ru"]))
def test_terms_of_two_paragraphs_are_those_of_each(one: str, other: str, code: str) -> None:
    """No term reaches over a line break, so a passage has its sentences' terms."""
    assert terms(f"{one}\n{other}", code) == terms(one, code) + terms(other, code)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which judge ruled on the bid?", "en"),
        ("Welcher Richter hat über den Antrag entschieden?", "de"),
        ("¿Qué juez decidió sobre la solicitud de los vecinos?", "es"),
        ("Quel juge s'est prononcé sur la demande que la ville avait faite pour ce pont ?", "fr"),
        ("哪位法官裁定了这一请求?", "zh"),
        ("どの裁判官が判決を下しましたか", "ja"),
        ("어느 판사가 판결했습니까", "ko"),
        ("Какой судья принял решение?", "ru"),
        ("من هو القاضي", "ar"),
        ("😀", "en"),
        ("", "en"),
    ],
)
def test_a_language_is_told_by_script_or_stop_words(text: str, expected: str) -> None:
    """English where nothing tells."""
    assert language(text) == expected


def test_a_question_is_in_a_language_that_the_library_holds() -> None:
    """Two words could be anything, and are read as what can be found."""
    assert language("Menendez Minnesota", ["de", "es"]) == "de"


def test_the_librarys_languages_do_not_hide_another_script() -> None:
    """A Chinese question is not read as English because all articles are."""
    assert language("哪位法官裁定了这一请求?", ["en"]) == "zh"


def test_every_named_language_has_stop_words() -> None:
    """A language without a list would let its function words outweigh names; these few have none to be had."""
    lacking = {code for code in analyzer.NAMES if not analyzer.stop_words(code)}

    assert not lacking & {"en", "de", "es", "fr", "zh", "ru", "ar", "ja", "it", "nl", "pt", "tr"}


def test_won_is_no_stop_word() -> None:
    """The list has it for "won't" alone."""
    assert terms("who won", "en") == terms("win", "en") != []


def test_what_is_known_is_bounded_and_found_once() -> None:
    """When it is full it begins anew, and nothing is lost."""
    asked: list[str] = []

    def upper(text: str) -> str:
        asked.append(text)
        return text.upper()

    known = analyzer.Known(upper, 2)

    assert [known[text] for text in ("a", "b", "a", "c", "b")] == ["A", "B", "A", "C", "B"]
    assert asked == ["a", "b", "c", "b"]
    assert len(known) == 2
