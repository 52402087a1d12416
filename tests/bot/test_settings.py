"""Settings: defaults, paths, and the sentence that a bad value gives."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError


def test_an_empty_environment_gives_the_defaults() -> None:
    """What nobody sets is as .env.example says, relative to the working folder."""
    settings = Settings.from_env({})

    assert settings.seeds_dir == Path("seeds").resolve()
    assert settings.data_dir == Path("data").resolve()
    assert settings.quote_characters == 600
    assert settings.discord_token is None


def test_an_empty_value_is_the_default() -> None:
    """A line of .env.example that was left as it is sets nothing."""
    assert Settings.from_env({"QUOTE_CHARACTERS": " ", "DISCORD_TOKEN": ""}) == Settings.from_env({})


def test_zero_quote_characters_is_no_limit_and_no_default() -> None:
    """0 is a value of its own."""
    assert Settings.from_env({"QUOTE_CHARACTERS": "0"}).quote_characters == 0


@pytest.mark.parametrize("given", ["many", "-1", "1.5", "6e2"])
def test_a_number_that_is_none_is_refused_by_its_name(given: str) -> None:
    """The message names the key, the value and what to write."""
    with pytest.raises(SettingsError, match=r"QUOTE_CHARACTERS is no whole number .* Set it to 0 or more\."):
        Settings.from_env({"QUOTE_CHARACTERS": given})


def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    """SEEDS_DIR that names an article rather than its folder is a common slip."""
    file = tmp_path / "article.txt"
    file.touch()

    with pytest.raises(SettingsError, match="SEEDS_DIR is a file"):
        Settings.from_env({"SEEDS_DIR": str(file)})


def test_only_the_levels_that_are_documented_are_taken() -> None:
    """In any case of letters; the message lists them."""
    assert Settings.from_env({"LOG_LEVEL": "debug"}).log_level == "DEBUG"
    for given in ("NOTSET", "FATAL", "WARN", "CRITICAL", "10"):
        with pytest.raises(SettingsError, match=rf"^LOG_LEVEL is '{given}'\. Set it to one of DEBUG, INFO, WARNING, ERROR\.$"):
            Settings.from_env({"LOG_LEVEL": given})


@pytest.mark.parametrize("given", ["Bot abc.def-g_h", '"abc.def"', "abc\ndef", "täken.abc"])
def test_a_token_that_can_be_none_is_refused_unsaid(given: str) -> None:
    """What is copied along with it is a common slip; a secret is not repeated in a log."""
    with pytest.raises(SettingsError, match=r"^DISCORD_TOKEN holds a character that no token has\. Copy it anew") as refused:
        Settings.from_env({"DISCORD_TOKEN": given})

    assert "abc" not in str(refused.value)
    assert Settings.from_env({"DISCORD_TOKEN": " abc.def-g_h "}).discord_token == "abc.def-g_h"  # noqa: S105  it opens nothing


@pytest.mark.parametrize("given", ["newsroom", "12;13", "-1", "99999999999999999999"])
def test_a_server_that_has_no_such_id_is_refused(given: str) -> None:
    """Rather than a home that no server is."""
    assert Settings.from_env({"HOME_SERVERS": "12, 13 14"}).home_servers == {12, 13, 14}
    with pytest.raises(SettingsError, match=rf"^HOME_SERVERS holds '{given}', which is no server's id\."):
        Settings.from_env({"HOME_SERVERS": given})
