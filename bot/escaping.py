"""Other people's text → text that Discord shows literally, and their links → links that are only that.

Knows Discord's markup and no card. Discord drops a backslash before any character that is no letter, digit or space, so
that escaping one that was harmless shows the same; what was live and stays unescaped would not.
"""

from urllib.parse import quote, urlsplit

import regex

LONGEST_LINK = 700
"""Characters of one link; three of them leave a card room for three quotes."""

_FRAGMENT_CHARACTERS = 120
_FRAGMENT_WORDS = 5

_DROPPED = regex.compile(r"[\p{Cc}--\n\t]|[\u202A-\u202E\u2066-\u2069\p{Cs}]", regex.V1)
"""What Discord or a terminal may act upon instead of showing it: controls, direction overrides, halves of surrogates."""

_LIVE = regex.compile(
    r"""
      [\\`*_~|<>\[\]()]                 # emphasis, code, spoilers, links; mentions, timestamps and emoji, which stand in <>
    | (?<=^[ \t]*) [-+\#]               # lists, headings, small print
    | (?<=^[ \t]*\d+) \.                # numbered lists
    | : (?=// | [^\s:]+:)               # addresses and :emoji:
    | @ (?=everyone | here)
    | (?<=\bwww) \.
    | (?<=\w) \. (?=\p{L}{2,}/)         # invites and addresses without a scheme
    """,
    regex.X | regex.M | regex.I | regex.V1,
)
_ESCAPED = regex.compile(r"\\([^0-9A-Za-z\s])")


def literal(text: str) -> str:
    """The text, escaped so that Discord shows each of its characters and acts upon none; see :func:`shown`."""
    return _LIVE.sub(lambda found: "\\" + found[0], shown(text))


def shown(text: str) -> str:
    """The text without the characters that no display may be given."""
    return _DROPPED.sub("", text)


def unescaped(markdown: str) -> str:
    """The text that :func:`literal` was given, without what :func:`shown` drops."""
    return _ESCAPED.sub(r"\1", markdown)


def quoted(lines: str) -> str:
    """A block quote of markdown that may have several lines."""
    return "> " + lines.replace("\n", "\n> ")


def link(url: str, sentence: str = "") -> str | None:
    """An article's address, percent-encoded, opening at a sentence of it; None where it is no http link or too long.

    The sentence is named by a text fragment: https://wicg.github.io/scroll-to-text-fragment/
    """
    address = _address(url.strip())
    if address is None or len(address) > LONGEST_LINK:
        return None
    if not sentence:
        return address
    pointed = f"{address}{'' if '#' in address else '#'}:~:text={_fragment(sentence)}"
    return pointed if len(pointed) <= LONGEST_LINK else address


def _address(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # UnicodeError, of a host that is none, is one
        return None
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        return None
    path = quote(parts.path or "/", safe="/%:;,=+$&!@~-.'")
    query = f"?{quote(parts.query, safe='/%:;,=+$&!@~-.?')}" if parts.query else ""
    fragment = f"#{quote(parts.fragment, safe='/%:;,=+$&!@~-.?')}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{port}{path}{query}{fragment}"


def _fragment(sentence: str) -> str:
    """The sentence for a text fragment: whole where it is short, else its first and its last words."""
    words = shown(sentence).split()
    whole = " ".join(words)
    if len(whole) <= _FRAGMENT_CHARACTERS or len(words) <= 2 * _FRAGMENT_WORDS:
        return _encoded(whole)
    return ",".join(_encoded(" ".join(part)) for part in (words[:_FRAGMENT_WORDS], words[-_FRAGMENT_WORDS:]))


def _encoded(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D").replace("_", "%5F")
