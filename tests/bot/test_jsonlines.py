"""Answers as lines of JSON, for scripts."""

import json
from typing import Any

import pytest

from bot.jsonlines import answer_line
from index import Answer
from tests.bot.answers import answer, quote


class Library:
    """Gives one answer to every question."""

    def __init__(self, given: Answer) -> None:
        self._given = given

    async def answer(self, _question: str, **_options: Any) -> Answer:
        """The one."""
        return self._given


@pytest.mark.parametrize(
    ("question", "made", "read_as"),
    [
        ("Was it denied?", {}, None),
        ("Was it dneied?", {"corrected": (("dneied", "denied"),)}, "Was it denied?"),
        ("And Zumbrota, dneied?", {"corrected": (("dneied", "denied"), ("Zumbrota", "Zumbrotta"))}, "And Zumbrotta, denied?"),
        (
            "Was it dneied?",
            {"read_as": "Which bid? Was it dneied?", "corrected": (("dneied", "denied"),)},
            "Which bid? Was it denied?",
        ),
        ("Was it denied?", {"read_as": "Which bid? Was it denied?"}, "Which bid? Was it denied?"),
        ("an and Anan?", {"corrected": (("an", "on"),)}, "on and Anan?"),
    ],
)
async def test_read_as_is_the_question_as_it_was_searched_for(question: str, made: dict[str, Any], read_as: str | None) -> None:
    """Completed from the question before and without its slips; null where it was read as it was written."""
    library: Any = Library(answer(quote(), question=question, **made))
    line = json.loads(await answer_line(library, question, name=7))

    assert line["id"] == 7
    assert line["question"] == question
    assert line["read_as"] == read_as
