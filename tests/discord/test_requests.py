"""Each distinct request that the bot sends is valid against Discord's own schema, and against our rules for what that misses.

Every test's simulation is checked so when it ends, by the fixture ``world``; here is that the checks would find something.
"""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from tests.discord.rules import SCHEMA, body_schema, complaints, of_schema, wrong


def menu(*options: dict[str, str]) -> dict[str, Any]:
    """A menu of these options."""
    return {"type": 3, "custom_id": "a", "options": [*options]}


def form(**parts: Any) -> dict[str, Any]:
    """A form, with some parts of its own."""
    return {"title": "a", "custom_id": "a", "components": [{"type": 10, "content": "x"}], **parts}


def broken() -> Iterator[tuple[str, dict[str, Any]]]:
    """Bodies that no rule may let pass."""
    text = {"type": 10, "content": "x"}
    yield "characters", {"components": [{"type": 10, "content": "x" * 4001}]}
    yield "bytes", {"components": [{"type": 10, "content": "漢" * 3300}]}
    yield "same custom_id", {"components": [{"type": 2, "custom_id": "a"}] * 2}
    yield "custom_id of", {"components": [{"type": 2, "custom_id": "a" * 101}]}
    yield "empty text", {"components": [{"type": 10, "content": " "}]}
    yield "41 components", {"components": [text] * 41}
    yield "content beside", {"flags": 1 << 15, "content": "x", "components": [text]}
    yield "empty container", {"components": [{"type": 17, "components": []}]}
    yield "label", {"components": [{"type": 2, "custom_id": "a", "label": "x" * 81}]}
    yield "menu of 26 options", {"components": [menu(*({"label": "a", "value": str(number)} for number in range(26)))]}
    yield "menu of 0 options", {"components": [menu()]}
    yield "may be chosen", {"components": [{"type": 8, "custom_id": "a", "max_values": 26}]}
    yield "placeholder", {"components": [{"type": 8, "custom_id": "a", "placeholder": "x" * 151}]}
    yield "option's text", {"components": [menu({"label": "x" * 101, "value": "a"})]}
    yield "same value", {"components": [menu({"label": "a", "value": "a"}, {"label": "b", "value": "a"})]}
    yield "form's title", form(title="x" * 46)
    yield "form's custom_id", form(custom_id="x" * 101)
    yield "form of 6 parts", form(components=[text] * 6)
    yield "form's label", form(components=[{"type": 18, "label": "x" * 46, "component": {"type": 4, "custom_id": "a"}}])
    yield "form's field", form(components=[{"type": 4, "custom_id": "a", "max_length": 4001}])
    yield "same id", {"components": [{**text, "id": 5}] * 2}


@pytest.mark.parametrize(("complaint", "body"), list(broken()))
def test_a_rule_that_is_broken_complains(complaint: str, body: dict[str, Any]) -> None:
    """A check that cannot fail would be none."""
    assert any(complaint in one for one in complaints(body))


@pytest.mark.parametrize(
    ("complaint", "path", "body"),
    [
        ("previews of links", "/channels/1/messages", {"content": "x", "allowed_mentions": {"parse": []}}),
        ("previews of links", "/webhooks/1/t/messages/@original", {"flags": 4, "allowed_mentions": {"parse": []}}),
        ("may ping", "/channels/1/messages", {"flags": 4}),
        ("may ping", "/interactions/1/t/callback", {"type": 4, "data": {"allowed_mentions": {"parse": ["users"]}}}),
        ("may ping", "/channels/1/messages", {"flags": 4, "allowed_mentions": {"parse": [], "replied_user": True}}),
        ("description of 101", "/applications/1/commands", [{"name": "a", "description_localizations": {"de": "x" * 101}}]),
        ("same custom_id", "/channels/1/messages", {"components": [{"type": 2, "custom_id": "a"}] * 2}),
    ],
)
def test_a_request_that_breaks_a_rule_is_found(complaint: str, path: str, body: Any) -> None:
    """In whatever a simulation recorded."""
    found = list(wrong(SimpleNamespace(method="POST", path=path, json=given) for given in (None, body)))

    assert any(complaint in one and path in one for one in found)


@pytest.mark.skipif(not SCHEMA.exists(), reason="discord-openapi.json is not beside this checkout")
def test_a_body_that_is_broken_is_not_valid() -> None:
    """Nor would be a schema that lets everything pass."""
    long_label = {"type": 1, "components": [{"type": 2, "style": 2, "label": "x" * 81, "custom_id": "a"}]}

    def found(path: str, body: Any) -> tuple[str, ...]:
        return of_schema(body_schema("POST", path), json.dumps(body))

    assert found("/channels/1/messages", {"content": "x"}) == ()
    assert found("/channels/1/messages", {"components": [long_label]})
    assert found("/channels/1/messages", {"allowed_mentions": {"parse": ["nobody"]}})
    assert found("/channels/1/nothing", {}) == ("the schema does not know it",)
