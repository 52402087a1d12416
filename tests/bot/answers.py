"""Builders of answers for tests; no logic."""

from typing import Any

from index import Answer, Attribution, Coverage, Quote, Status

COVERAGE = Coverage(articles=3, newest="2026-02-02", languages=("en",))


def attribution(**given: Any) -> Attribution:
    """An article with all that one can say of itself."""
    facts = {
        "id": "a.md", "title": "Bid blocked", "source": "Example Times", "author": "A. Writer", "url": "https://example.org/a",
        "published": "2026-02-02", "path": "a.md",
    }  # fmt: skip
    return Attribution(**{**facts, **given})


def quote(text: str = "The bid was denied.", *, start: int = 0, **given: Any) -> Quote:
    """A quote of an article."""
    facts = {
        "partial": False, "score": 1.0, "before": "", "after": "", "needs_before": False, "needs_after": False, "matched": (),
        "revision": "0123456789abcdef0123456789abcdef", "article": attribution(),
    }  # fmt: skip
    return Quote(text=text, start=start, end=start + len(text), **{**facts, **given})


def answer(*quotes: Quote, **given: Any) -> Answer:
    """An answer with these quotes, answered unless told otherwise."""
    facts = {
        "question": "Was it denied?", "status": Status.ANSWERED, "confidence": 0.9, "linked": (), "read_as": None, "missing": (),
        "reason": None, "searched": COVERAGE, "source": None, "since": None,
    }  # fmt: skip
    return Answer(quotes=quotes, **{**facts, **given})
