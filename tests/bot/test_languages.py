"""Each language says all that English says, with the same values to fill in, and no description too long for Discord."""

import string
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from bot.wording import LANGUAGES, wording


def catalogue(language: str) -> dict[str, Any]:
    """A language's file."""
    return tomllib.loads((files("bot") / "languages" / f"{language}.toml").read_text("utf-8"))


def entries(table: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """Every text of a catalogue, by its whole key."""
    found = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found.update(entries(value, f"{prefix}{key}."))
        elif isinstance(value, str):
            found[f"{prefix}{key}"] = value
    return found


ENGLISH = entries(catalogue("en"))


def fields(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_a_language_says_all_of_it(language: str) -> None:
    """Nothing is missing, nothing is more, and nothing that is filled in is lost."""
    there = entries(catalogue(language))

    assert there.keys() == ENGLISH.keys()
    assert {key: fields(text) for key, text in there.items()} == {key: fields(text) for key, text in ENGLISH.items()}
    assert len(catalogue(language)["date"]["months"]) == 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_and_descriptions_fit(language: str) -> None:
    """Descriptions of commands 100 characters, buttons 80, forms' titles and labels 45."""
    there = catalogue(language)

    assert all(len(text) <= 100 for text in there["commands"].values())
    assert all(len(text) <= 34 for text in there["button"].values())
    assert all(len(text) <= 45 for key, text in there["form"].items() if key not in {"report_note", "report_count", "reported"})


def test_a_description_is_found_by_its_english() -> None:
    """One that is no description has no translation."""
    assert wording("de").described(ENGLISH["commands.help"]) == "Wie man fragt"
    assert wording("de").described("ask") is None
