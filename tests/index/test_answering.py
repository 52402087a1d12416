"""A question gets its quotes, or is told why not; nothing that a person types breaks it."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest

from index import EmptyLibraryError, Folders, Library, Reason, Status, answering
from index.confidence import ANSWERED
from index.store import Reader
from tests.builders import row, write, write_rows

RULING = (
    "Judge Katherine Menendez denied Minnesota's bid for a restraining order. She said it was not a final judgment. "
    "The operation goes on."
)
FIRE = "A fire destroyed the old harbour in Bergen. Nobody was hurt. The mayor Anna Olsen promised to rebuild the harbour."
FIRE_AGAIN = "The harbour of Bergen burned in spring. The insurance of the harbour pays for the fire."
GERMAN = "Der Stadtrat von Gießen hat die neue Brücke über die Lahn genehmigt. Die Arbeiten beginnen im Mai und dauern lange."


@pytest.fixture(autouse=True)
async def _articles(folders: Folders, library: Library) -> None:
    write_rows(
        folders.seeds / "a.jsonl",
        row("ruling", RULING, title="Order denied", source="Reuters", published="2026-02-02", url="https://example.org/1"),
        row("fire", FIRE, source="Bergen Post", published="2026-01-10T23:30:00-02:00"),
        row("fire2", FIRE_AGAIN, source="Reuters", published="2025-12-01"),
        row("bridge", GERMAN, source="Lahn Bote"),
    )
    await library.reindex()


# Answers


async def test_an_answer_quotes_the_sentence_that_answers(library: Library) -> None:
    """With whose words they are, and what was searched."""
    answer = await library.answer("Which judge denied Minnesota's bid for a restraining order?")

    assert answer.status is Status.ANSWERED
    first = answer.quotes[0]
    assert first.text == "Judge Katherine Menendez denied Minnesota's bid for a restraining order."
    assert RULING[first.start : first.end] == first.text
    assert (first.article.id, first.article.source, first.article.url) == ("ruling", "Reuters", "https://example.org/1")
    assert (answer.searched.articles, answer.searched.newest) == (4, "2026-02-02")
    assert answer.searched.languages == ("en", "de")
    assert (answer.reason, answer.read_as, answer.missing) == (None, None, ())


async def test_a_headline_counts_with_the_text(library: Library) -> None:
    """A word that only the headline has finds the article."""
    answer = await library.answer("order denied Minnesota restraining")

    assert answer.quotes[0].article.id == "ruling"


async def test_a_text_without_a_word_is_quoted_as_it_is(library: Library, folders: Folders) -> None:
    """Its headline is what was found; there is nothing to compare."""
    write(folders.seeds / "a.jsonl", "")
    write(folders.seeds / "b.md", "---\ntitle: Rain bridge report\n---\n?!\n")
    await library.reindex(allow_removals=True)

    assert [one.text for one in (await library.answer("rain bridge report")).quotes] == ["?!"]


async def test_a_german_question_finds_a_german_article(library: Library) -> None:
    """Inflection is German's, then."""
    answer = await library.answer("Wann beginnt die Arbeit an den Brücken in Gießen?")

    assert {one.article.id for one in answer.quotes} == {"bridge"}


async def test_quotes_are_as_many_as_asked_for(library: Library) -> None:
    """One, if that is wanted."""
    assert len((await library.answer("harbour fire Bergen", limit=1)).quotes) == 1


@pytest.mark.parametrize(
    "question",
    [
        "Who burned the harbour?",
        "the",
        "up-to",
        "harbour-harbour up-to fire-fire",
        "😀",
        "Zanzibar?",
        "Menendez",
        "harbour " * 1_250,
        "Menendez\0\n\r\u202e\ud800?",
        "新桥开放了吗",
    ],
)
async def test_confidence_is_a_probability_and_the_answer_is_whole(library: Library, question: str) -> None:
    """Whatever was asked."""
    answer = await library.answer(question)

    assert 0 <= answer.confidence <= 1
    assert answer.question == question
    assert (answer.reason is None) == (answer.status is not Status.NOT_FOUND)
    assert answer.quotes or answer.status is Status.NOT_FOUND


# Filters


async def test_source_leaves_out_other_outlets(library: Library) -> None:
    """Whatever the case of its letters."""
    answer = await library.answer("harbour fire Bergen", source="reuters")

    assert {one.article.id for one in answer.quotes} == {"fire2"}
    assert answer.source == "reuters"


async def test_since_leaves_out_older_and_undated_articles(library: Library) -> None:
    """The day itself counts."""
    fire = await library.answer("harbour fire Bergen", since=date(2026, 1, 11))
    later = await library.answer("harbour fire Bergen", since=date(2026, 1, 12))
    undated = await library.answer("Stadtrat Gießen Brücke", since=date(1, 1, 1))

    assert {one.article.id for one in fire.quotes} == {"fire"}
    assert (later.quotes, undated.quotes) == ((), ())


async def test_asked_at_allows_one_day_more(library: Library) -> None:
    """Days differ by time zone; an instant counts by its day in UTC, and the undated always do."""
    on_the_day_before = await library.answer("harbour fire Bergen", asked_at=date(2026, 1, 10))
    two_days_before = await library.answer("harbour fire Bergen", asked_at=date(2026, 1, 9))
    undated = await library.answer("Stadtrat Gießen Brücke", asked_at=date(1990, 1, 1))

    assert {one.article.id for one in on_the_day_before.quotes} == {"fire", "fire2"}
    assert {one.article.id for one in two_days_before.quotes} == {"fire2"}
    assert undated.quotes


async def test_a_live_question_leaves_nothing_out(library: Library, folders: Folders) -> None:
    """Also not what is dated tomorrow, or in fifty years."""
    now = datetime.now(UTC).date()
    rows = [row(f"f{days}", f"Comet Kohoutek passes in {days} days.", published=str(now + timedelta(days))) for days in (1, 18_000)]
    write_rows(folders.seeds / "b.jsonl", *rows)
    await library.reindex()

    answer = await library.answer("When does comet Kohoutek pass?")

    assert {one.article.id for one in answer.quotes} == {"f1", "f18000"}


async def test_one_article_can_be_looked_in(library: Library) -> None:
    """By its id; one that is not there has nothing."""
    inside = await library.answer("harbour Bergen", article="fire2")
    nowhere = await library.answer("harbour Bergen", article="unheard")

    assert {one.article.id for one in inside.quotes} == {"fire2"}
    assert (nowhere.quotes, nowhere.status) == ((), Status.NOT_FOUND)


async def test_articles_can_be_left_out(library: Library) -> None:
    """By their ids; one that is not there leaves out nothing."""
    answer = await library.answer("harbour Bergen", without=["fire", "unheard"])

    assert {one.article.id for one in answer.quotes} == {"fire2"}


async def test_a_removed_article_is_not_found(library: Library, folders: Folders) -> None:
    """Although its passages stand in the lists until their whole segment goes."""
    staying = row("fire2", FIRE_AGAIN, source="Reuters", published="2025-12-01")
    write_rows(folders.seeds / "a.jsonl", staying)
    await library.reindex()

    answer = await library.answer("Which judge denied the fire in the harbour of Bergen?")

    assert {one.article.id for one in answer.quotes} == {"fire2"}


async def test_an_id_with_a_nul_is_told_apart(library: Library, folders: Folders) -> None:
    """An id is compared to its end."""
    write_rows(folders.seeds / "b.jsonl", row("k\0a", "Comet Kohoutek passed."), row("k\0b", "Comet Kohoutek came back."))
    await library.reindex()

    inside = await library.answer("comet Kohoutek", article="k\0b")
    without = await library.answer("comet Kohoutek", without=["k\0b"])

    assert [one.article.id for one in inside.quotes] == ["k\0b"]
    assert [one.article.id for one in without.quotes] == ["k\0a"]


# Newer first, never only


async def test_of_two_alike_the_newer_comes_first(library: Library, folders: Folders) -> None:
    """As seen from the day of the question."""
    rows = [
        row(f"c{day}", f"Comet Kohoutek passed the {name}.", published=day)
        for day, name in (("2020-01-01", "moon"), ("2020-03-01", "sun"))
    ]
    write_rows(folders.seeds / "b.jsonl", *rows)
    await library.reindex()

    answer = await library.answer("comet Kohoutek", asked_at=date(2020, 3, 2))

    assert [one.article.id for one in answer.quotes] == ["c2020-03-01", "c2020-01-01"]


# Follow-ups


@pytest.mark.parametrize(
    ("question", "previous"),
    [
        ("And who was the judge?", "Who denied Minnesota's bid for an order?"),
        ("What did she say?", "Who denied Minnesota's bid for an order?"),
        ("When?", "Who denied Minnesota's bid for an order?"),
        ("Und wann beginnt sie?", "Was wird aus der Brücke in Gießen?"),
    ],
)
async def test_a_follow_up_is_completed_by_the_question_before(library: Library, question: str, previous: str) -> None:
    """And says how it was read."""
    answer = await library.answer(question, previous=previous)

    assert answer.read_as == f"{previous} {question}"
    assert answer.question == question
    assert answer.quotes


@pytest.mark.parametrize("question", ["Who promised to rebuild the harbour in Bergen?", "Did Anna Olsen say it?"])
async def test_a_question_that_names_its_subject_is_no_follow_up(library: Library, question: str) -> None:
    """It is read as it was written."""
    answer = await library.answer(question, previous="Who denied Minnesota's bid for an order?")

    assert answer.read_as is None
    assert {one.article.id for one in answer.quotes} <= {"fire", "fire2"}


async def test_without_a_question_before_there_is_no_follow_up(library: Library) -> None:
    """A pronoun alone changes nothing."""
    assert (await library.answer("And who was she?")).read_as is None


# Nothing found


@pytest.mark.parametrize(
    "question", ["What happened in Minnesota?", "Any news about Minnesota?", "Hey, do you know what happened in Minnesota?"]
)
async def test_words_that_only_ask_are_not_searched_for(library: Library, question: str) -> None:
    """No article has them, and none has to."""
    answer = await library.answer(question)

    assert answer.quotes[0].text == "Judge Katherine Menendez denied Minnesota's bid for a restraining order."
    assert (answer.status is not Status.NOT_FOUND, answer.missing, answer.corrected, answer.read_as) == (True, (), (), None)


async def test_whatever_there_is_to_say_is_said_first(library: Library, folders: Folders) -> None:
    """By articles' first sentences, however often what follows has the word."""
    filler = " ".join(f"Glacier glacier glacier {number}." for number in range(60))
    leads = [f"The glacier near village {number} lost metres of ice." for number in range(3)]
    write_rows(folders.seeds / "b.jsonl", *(row(f"ice{number}", f"{lead} {filler}") for number, lead in enumerate(leads)))
    await library.reindex()

    answer = await library.answer("What is the latest on the glacier?")

    assert {quote.text for quote in answer.quotes} == set(leads)


async def test_beside_them_an_unknown_word_is_still_named(library: Library) -> None:
    """As it was written."""
    answer = await library.answer("What happened in Zanzibar?")

    assert (answer.status, answer.missing) == (Status.NOT_FOUND, ("Zanzibar",))


@pytest.mark.parametrize("question", ["the of and", "😀", "?!", "\u200b", "who is it?", "What happened?", "What's new?"])
async def test_a_question_that_names_nothing_is_told_so(library: Library, question: str) -> None:
    """Only stop words, an emoji, marks, or words that only ask."""
    answer = await library.answer(question)

    assert (answer.status, answer.reason, answer.quotes) == (Status.NOT_FOUND, Reason.NO_TERMS, ())


async def test_words_that_no_article_has_are_named(library: Library) -> None:
    """As they were written, each once."""
    answer = await library.answer("Did Zanzibar sue Krakatoa, or Zanzibar nobody?")

    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.MISSING)
    assert answer.missing[:1] == ("Zanzibar",)
    assert {"Zanzibar", "Krakatoa"} <= set(answer.missing)
    assert len(set(answer.missing)) == len(answer.missing)


@pytest.mark.parametrize(("written", "asked"), [("e-mail", "email"), ("email", "e-mail"), ("ceasefire", "cease-fire")])
async def test_another_spelling_is_found_and_not_missing(library: Library, folders: Folders, written: str, asked: str) -> None:
    """Nor taken for a slip."""
    text = f"The {written} of Bodø came on Monday."
    write_rows(folders.seeds / "b.jsonl", row("one", text))
    await library.reindex()

    answer = await library.answer(f"When did the {asked} of Bodø come?")

    assert (answer.quotes[0].text, answer.reason) == (text, None)
    assert (answer.missing, answer.corrected, answer.suggested) == ((), (), ())


async def test_a_spelling_that_nobody_wrote_does_not_count(library: Library, folders: Folders) -> None:
    """Of "e-mail", "e" and "mail" weigh nothing where all articles write "email"; what none has in any spelling is missing."""
    write_rows(folders.seeds / "b.jsonl", row("one", "The email of Bodø came on Monday."))
    await library.reindex()

    with closing(Reader(folders.library)) as reader:
        hyphenated, solid = [answering.search(reader, f"Which {one}?", answering.Scope()) for one in ("e-mail", "email")]

    assert hyphenated.question.weights == solid.question.weights
    assert (await library.answer("Which harbour-gravel?")).missing == ("harbour-gravel",)


async def test_an_unknown_language_is_told(library: Library) -> None:
    """A question in Chinese to articles in English and German."""
    answer = await library.answer("哪位法官裁定了这一请求?")

    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.LANGUAGE)


async def test_a_filter_that_leaves_nothing_is_told(library: Library) -> None:
    """The words are there, but not from there."""
    answer = await library.answer("harbour fire Bergen", source="Lahn Bote", since=date(2026, 1, 1))

    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.FILTERED)
    assert (answer.source, answer.since) == ("Lahn Bote", date(2026, 1, 1))


async def test_words_that_never_stand_together_are_told(library: Library) -> None:
    """Every word is known, and nothing answers."""
    answer = await library.answer("bid operation judgment spring insurance promised destroyed hurt final mayor rebuild")

    assert answer.missing == ()
    assert answer.status is not Status.ANSWERED
    assert answer.reason in {None, Reason.APART}


async def test_missing_words_of_unspaced_text_are_words_again(library: Library) -> None:
    """Bigrams side by side are one."""
    answer = await library.answer("新桥开放了吗")

    assert answer.missing
    assert all(word in "新桥开放了吗" for word in answer.missing)
    assert max(map(len, answer.missing)) > 2


# Linked, never quoted


async def test_what_may_not_be_quoted_is_linked(library: Library, folders: Folders) -> None:
    """Found, and shown by its link alone."""
    path = folders.seeds / "comet.md"
    path.write_text("---\nquote: none\nsource: Sky\n---\nComet Kohoutek passed the sun on Monday.\n")
    await library.reindex()

    answer = await library.answer("When did comet Kohoutek pass the sun?")

    assert ([one.id for one in answer.linked], answer.quotes) == (["comet.md"], ())
    assert answer.status is not Status.NOT_FOUND


# Nothing indexed


async def test_an_empty_library_says_how_to_index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Before the first reindex there is nothing to ask."""
    from index import open_library  # noqa: PLC0415
    from tests.builders import folders  # noqa: PLC0415

    async with open_library(folders(tmp_path_factory.mktemp("empty"))) as library:
        with pytest.raises(EmptyLibraryError, match="python -m bot reindex"):
            await library.answer("rain?")


# Slips


async def test_a_slip_is_corrected_and_said(library: Library) -> None:
    """In a word of the library, in lower case; that makes no follow-up of it."""
    answer = await library.answer("Which jugde denied the order?", previous="Who is Katherine?")

    assert answer.corrected == (("jugde", "judge"),)
    assert answer.quotes[0].article.id == "ruling"
    assert (answer.question, answer.read_as) == ("Which jugde denied the order?", None)


async def test_a_follow_up_with_a_slip_says_both(library: Library) -> None:
    """How it was completed, and what was corrected, each slip once."""
    answer = await library.answer("And who was the jugde?", previous="Which jugde denied the order?")

    assert answer.read_as == "Which jugde denied the order? And who was the jugde?"
    assert answer.corrected == (("jugde", "judge"),)


async def test_a_name_is_suggested_and_never_replaced(library: Library) -> None:
    """Somebody else may be called so."""
    answer = await library.answer("Did Menendes deny it?")

    assert (answer.read_as, answer.suggested) == (None, ("Menendez",))
    assert answer.missing == ("Menendes",)


async def test_what_a_better_quote_shows_beside_itself_is_not_shown_again(library: Library, folders: Folders) -> None:
    """A script gets both quotes; a person would read the same sentence twice."""
    write(folders.seeds / "a.txt", "The mayor opened the old bridge. He also closed the old bridge and the old road.")
    await library.reindex()

    answer = await library.answer("who closed the old bridge and the old road")

    opened = "The mayor opened the old bridge."
    assert [quote.text[:3] for quote in answer.quotes][:2] == ["He ", "The"]
    assert opened in [quote.text for quote in answer.quotes]
    assert opened not in [quote.text for quote in answer.quotes_to_show]


async def test_an_answer_is_sure_of_what_it_quotes(library: Library, folders: Folders) -> None:
    """Not of an article that fits, and may only be linked."""
    write(folders.seeds / "z.md", "---\nquote: none\n---\nThe Aletsch glacier lost nine metres of ice in the summer.")
    await library.reindex()

    answer = await library.answer("How many metres did the Aletsch glacier lose in the summer?")

    assert [one.id for one in answer.linked] == ["z.md"]
    assert answer.status is not Status.ANSWERED


async def test_what_nobody_says_does_not_answer_what_somebody_said(library: Library, folders: Folders) -> None:
    """However many of the question's words a sentence has."""
    promise = await library.answer("What did the mayor Anna Olsen say about the harbour?")
    write_rows(folders.seeds / "b.jsonl", row("said", "The mayor Anna Olsen said that the harbour has to wait for money."))
    await library.reindex()
    said = await library.answer("What did the mayor Anna Olsen say about the harbour?")

    assert (promise.status, said.status) == (Status.UNSURE, Status.ANSWERED)
    assert promise.confidence > ANSWERED


async def test_words_about_something_else_are_no_answer(library: Library, folders: Folders) -> None:
    """What they are asked about stands neither in the sentence nor beside it nor in the headline."""
    write_rows(
        folders.seeds / "b.jsonl", row("said", "The mayor Anna Olsen said that the school opens in May.", title="New school")
    )
    await library.reindex()

    for about, expected in (("the school", Status.ANSWERED), ("the trams", Status.UNSURE), ("the new building", Status.ANSWERED)):
        answer = await library.answer(f"What did the mayor Anna Olsen say about {about}?")
        assert (answer.quotes[0].article.id, answer.status) == ("said", expected), about


async def test_a_question_of_a_thousand_unknown_words_is_read_quickly(library: Library) -> None:
    """Only the first few are looked for among the library's words."""
    answer = await library.answer(" ".join(f"operatoin{number} zebrax{chr(97 + number % 26)}" for number in range(1_000)))

    assert answer.status is Status.NOT_FOUND
    assert len(answer.corrected) + len(answer.suggested) <= answering.CORRECTED_WORDS
