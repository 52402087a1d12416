"""Each distinct request that the bot sends is valid against Discord's own schema, and against our rules for what that misses."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from index import Status
from tests.discord.conftest import ARTICLES, QUESTION, UNKNOWN, Judge, World
from tests.discord.rules import SCHEMA, command_complaints, complaints, loaded_schema, sent, shows_embeds

_V2 = "https://discord.test/openapi"


async def everything(world: World) -> list[Any]:
    """Use all there is to use, and give the requests it took."""
    answer = await world.ask(QUESTION)
    await world.ask(UNKNOWN)
    for label in ("More", "Follow up", "Report"):
        shown = await world.alice.click(answer, label=label)
        if shown.modal:
            await world.alice.submit_modal(shown, {"question": "And when?"} if label == "Follow up" else {"reason": "no"})
    private = await world.alice.slash(world.channel, "ask", question=QUESTION, private=True)
    await world.alice.click(private.response, label="Share")
    await world.alice.autocomplete(world.channel, "ask", "source", "e")
    await world.alice.context_menu(world.channel, "Find coverage", answer)
    for command in ("sources", "help", "privacy", "settings", "reports"):
        await world.admin.slash(world.channel, command)
    page = await world.admin.slash(world.channel, "sources")
    (menu,) = [one for row in page.response.components for one in row.get("components", []) if one["type"] == 3]
    opened = await world.admin.select(page.response, [menu["options"][0]["value"]], custom_id="v1|article")
    form = await world.admin.click(opened.response, label="Withdraw")
    await world.admin.submit_modal(form, {"reason": "wrong"})
    await world.admin.click(opened.response, label="Take withdrawal back")
    await world.alice.click(answer, label="Delete")
    preview = await world.admin.slash(world.channel, "add", file=("storm.md", ARTICLES["storm.md"].encode()))
    await world.admin.click(preview.response, label="Cancel")
    assert not [error for error in world.env.errors if "no_text" not in str(error)]
    return [one for one in world.env.http_requests if one.json is not None]


async def test_all_requests_follow_our_own_rules(world: World) -> None:
    """Limits that Discord enforces and its schema does not state."""
    found = []
    for one in await everything(world):
        if one.path.endswith("/commands"):
            found += [complaint for command in one.json for complaint in command_complaints(command)]
        else:
            found += list(complaints(one.json.get("data") or one.json))

    assert found == []


async def test_embeds_are_suppressed_in_all_that_is_sent_or_edited(world: World, judged: Judge) -> None:
    """And no message can ping."""
    await everything(world)
    judged(Status.UNSURE)
    unsure = await world.ask("harbour festival")
    await world.alice.click(unsure, label="Closest sentences")
    edited = await world.alice.send(world.channel, f"{world.mention} {QUESTION}")
    await world.alice.edit(edited, f"{world.mention} Who closed the harbour?")
    requests = [one for one in world.env.http_requests if one.json is not None]
    messages = [(one.method, one.path, message) for one in requests if (message := sent(one.path, one.json))]

    assert {method for method, _, _ in messages} == {"POST", "PATCH"}
    assert [path for _, path, message in messages if shows_embeds(path, message)] == []
    assert all(message["allowed_mentions"]["parse"] == [] for _, _, message in messages)
    assert all("users" not in message["allowed_mentions"] for _, _, message in messages)


@pytest.mark.skipif(not SCHEMA.exists(), reason="discord-openapi.json is not beside this checkout")
async def test_all_requests_are_valid_against_discords_schema(world: World) -> None:
    """Each distinct one, by its method, its path's pattern and its body's shape."""
    checked = 0
    for one in await everything(world):
        schema = body_schema(one.method, one.path)
        assert schema, f"{one.method} {one.path} is not in the schema"
        errors = list(validator(schema).iter_errors(one.json))
        assert not errors, f"{one.method} {one.path}: {[error.message[:300] for error in errors[:3]]}"
        checked += 1

    assert checked > 25


@cache
def specification() -> dict[str, Any]:
    """The schema, read once."""
    return loaded_schema()


def body_schema(method: str, path: str) -> str:
    """Where the schema describes the body of a request; "" where it does not know the path."""
    for pattern, operations in specification()["paths"].items():
        if method.lower() in operations and _matches(pattern, path):
            content = operations[method.lower()].get("requestBody", {}).get("content", {})
            if "application/json" in content:
                escaped = pattern.replace("~", "~0").replace("/", "~1")
                return f"{_V2}#/paths/{escaped}/{method.lower()}/requestBody/content/application~1json/schema"
    return ""


def _matches(pattern: str, path: str) -> bool:
    wanted, given = pattern.strip("/").split("/"), path.strip("/").split("/")
    return len(wanted) == len(given) and all(one.startswith("{") or one == two for one, two in zip(wanted, given, strict=True))


@cache
def validator(reference: str) -> Any:
    """A validator of one body."""
    registry: Any = Registry().with_resource(_V2, DRAFT202012.create_resource(specification()))
    return Draft202012Validator({"$ref": reference}, registry=registry)


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


@pytest.mark.skipif(not SCHEMA.exists(), reason="discord-openapi.json is not beside this checkout")
def test_a_body_that_is_broken_is_not_valid() -> None:
    """Nor would be a schema that lets everything pass."""
    reference = body_schema("POST", "/channels/1/messages")
    long_label = {"type": 1, "components": [{"type": 2, "style": 2, "label": "x" * 81, "custom_id": "a"}]}

    assert validator(reference).is_valid({"content": "x"})
    assert not validator(reference).is_valid({"components": [long_label]})
    assert not validator(reference).is_valid({"allowed_mentions": {"parse": ["nobody"]}})
