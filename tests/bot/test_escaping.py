"""Nothing that an article or a member writes becomes live in Discord, and all of it can be read back."""

import re

import pytest
from hypothesis import given, strategies as st

from bot.escaping import LONGEST_LINK, link, literal, quoted, shown, unescaped

CONSTRUCTS = [
    "*i*",
    "**b**",
    "_i_",
    "__u__",
    "~~s~~",
    "||spoiler||",
    "`c`",
    "```c```",
    "# h",
    "## h",
    "-# small",
    "> q",
    ">>> q",
    "- l",
    "* l",
    "+ l",
    "1. l",
    "12) l",
    "[t](https://a.example)",
    "[x] **bold** [y](z)",
    "<@1>",
    "<@!1>",
    "<@&1>",
    "<#1>",
    "</ask:1>",
    "<:e:1>",
    "<a:e:1>",
    "<t:1:R>",
    "<id:home>",
    "@everyone",
    "@here",
    "https://a.example",
    "http://a.example",
    "www.a.example",
    "discord.gg/abc",
    "discord.com/invite/abc",
    ":smile:",
    ":+1::skin-tone-2:",
    "\\",
    "\n",
    "  ",
    "a",
    "\u202e",
    "\u2066",
    "\x00",
    "\ud800",
    "\r",
    "¯\\_(ツ)_/¯",
]
texts = st.lists(st.one_of(st.sampled_from(CONSTRUCTS), st.text(max_size=5)), max_size=12).map("".join)

# An escaped character stands for itself. What is left raw must hold none of what Discord acts upon.
ESCAPED = re.compile(r"\\[^0-9A-Za-z\s]")
LIVE = re.compile(
    r"""[*_~`|<>\[\]()\\] | ^\s*(?:\#{1,3}|-\#|[-*+]|\d+\.)\s | :// | :[\w+~-]+: | @(?:everyone|here) | \bwww\. | \w\.[a-z]{2,}/""",
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)


@given(texts)
def test_escaping_loses_nothing(text: str) -> None:
    """Unescaping gives back the text, without what no display may be given."""
    assert unescaped(literal(text)) == shown(text)


@given(texts)
def test_nothing_stays_live(text: str) -> None:
    """No construct of Discord's survives, on whichever line it stands."""
    raw = ESCAPED.sub("\ue000", literal(text))

    assert not LIVE.search(raw), raw


@pytest.mark.parametrize("construct", CONSTRUCTS)
@pytest.mark.parametrize("before", ["", "a\n", "  ", "a\n ", "a "])
def test_no_construct_stays_live_wherever_it_stands(construct: str, before: str) -> None:
    """Each of them, at the start of a text, of a line, and within one."""
    assert not LIVE.search(ESCAPED.sub("\ue000", literal(before + construct)))


@given(texts)
def test_nothing_stays_live_in_a_block_quote(text: str) -> None:
    """Nor does one where each line is quoted, and each line is."""
    lines = quoted(f"“{literal(text)}”").split("\n")

    assert all(line.startswith("> ") for line in lines)
    assert not any(LIVE.search(ESCAPED.sub("\ue000", line[2:])) for line in lines)


@given(texts)
def test_what_is_dropped_is_only_what_acts(text: str) -> None:
    """Direction overrides, controls and halves of surrogates go; everything else stays."""
    acts = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

    assert shown(text) == "".join(char for char in text if not acts.match(char))


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://a.example/", "https://user@a.example/", "//a.example", "a", "", "http://[::1"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    """An address that is no plain http one is no link."""
    assert link(url) is None


@given(st.text(max_size=80), st.text(max_size=300))
def test_a_link_cannot_break_out(path: str, sentence: str) -> None:
    """Whatever an address and a sentence hold, the link has no character that ends it."""
    address = link(f"https://a.example/{path}", sentence)

    assert address is None or not re.search(r"[\s()<>\[\]*|`\"\\]|[^\x21-\x7e]", address)


def test_a_link_opens_at_the_sentence() -> None:
    """The fragment names the sentence, or its first and last words."""
    assert link("https://a.example/b", "She denied it.") == "https://a.example/b#:~:text=She%20denied%20it."
    assert link("https://a.example/b#c", "A-b, c.") == "https://a.example/b#c:~:text=A%2Db%2C%20c."

    long = " ".join(f"w{number}" for number in range(60))
    assert link("https://a.example/", long) == "https://a.example/#:~:text=w0%20w1%20w2%20w3%20w4,w55%20w56%20w57%20w58%20w59"


def test_a_link_that_is_too_long_loses_its_fragment_first() -> None:
    """Then it is none at all."""
    base = "https://a.example/" + "b" * (LONGEST_LINK - 30)

    assert link(base, "word " * 20) == base
    assert link(base + "b" * 30) is None


def test_an_international_host_is_shown_as_it_is_looked_up() -> None:
    """No look-alike letters in a link."""
    assert link("https://münchen.example/ä") == "https://xn--mnchen-3ya.example/%C3%A4"
