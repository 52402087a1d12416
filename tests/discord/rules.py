"""What Discord demands of a message, a form or a command beyond its published schema: our own rules, and that schema.

The numbers stand here once more, so that a change of the bot's own is noticed; their sources stand in ``bot/sheets.py``.
"""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

SCHEMA = Path(__file__).resolve().parents[3] / "shared" / "reference" / "discord-openapi.json"

COMPONENTS = 40
CUSTOM_ID_CHARACTERS = 100
TEXT_CHARACTERS = 4000
TEXT_BYTES = 9500
TEXT_COMPONENT_BYTES = 12

_COMPONENTS_V2, _SUPPRESS_EMBEDS = 1 << 15, 1 << 2
_CONTAINER, _TEXT, _LABEL, _FIELD, _MENU = 17, 10, 18, 4, 3
_MENUS = {_MENU, 5, 6, 7, 8}
_INTERACTIVE = {2, *_MENUS}
_ORIGINAL = "/messages/@original"
_MESSAGES = {4, 7}  # the kinds of an interaction's response that are a message, or change one
_V2 = "https://discord.test/openapi"


def wrong(requests: Iterable[Any]) -> Iterator[str]:
    """What is wrong with the requests that a simulation recorded; nothing where all is well."""
    for one in requests:
        if one.json is not None:
            yield from (f"{one.method} {one.path}: {complaint}" for complaint in _of_request(one.method, one.path, one.json))


def _of_request(method: str, path: str, body: Any) -> Iterator[str]:
    if SCHEMA.exists():
        yield from of_schema(body_schema(method, path), json.dumps(body, sort_keys=True))
    if path.endswith("/commands"):
        yield from (complaint for command in body for complaint in command_complaints(command))
        return
    yield from complaints(body.get("data") or body)
    if (message := sent(path, body)) is not None:
        yield from _of_message(path, message)


def _of_message(path: str, message: dict[str, Any]) -> Iterator[str]:
    if shows_embeds(path, message):
        yield "previews of links"
    mentions = message.get("allowed_mentions", {})
    if mentions.get("parse") != [] or mentions.get("users") or mentions.get("roles") or mentions.get("replied_user"):
        yield f"a message that may ping: {mentions}"


def walked(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All components, nested ones too."""
    for component in components:
        yield component
        yield from walked(component.get("components", []))
        yield from walked([component[key] for key in ("component", "accessory") if key in component])


def sent(path: str, body: Any) -> dict[str, Any] | None:
    """The message that a request sends or changes; None where it is about something else."""
    if path.endswith("/callback"):
        return body.get("data") if body["type"] in _MESSAGES else None
    return body if "/messages" in path or path.startswith("/webhooks/") else None


def shows_embeds(path: str, message: dict[str, Any]) -> bool:
    """Whether Discord may show previews of the links in a message: neither suppressed, nor of a kind that has none.

    discord.py has no parameter for suppressing them where it edits an interaction's response; there it has to be of that kind.
    """
    return not message.get("flags", 0) & (_COMPONENTS_V2 if path.endswith(_ORIGINAL) else _SUPPRESS_EMBEDS)


def complaints(body: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a message or a form as it is sent; nothing where it is well."""
    components = list(walked(body.get("components") or []))
    yield from _of_text([one["content"] for one in components if one["type"] == _TEXT])
    yield from _of_names([one["custom_id"] for one in components if "custom_id" in one])
    ids = [one["id"] for one in components if one.get("id")]
    if len(ids) != len(set(ids)):
        yield "two components have the same id"
    if len(components) > COMPONENTS:
        yield f"{len(components)} components"
    if any(one["type"] == _CONTAINER and not one["components"] for one in components):
        yield "an empty container"
    if any(len(one.get("label") or "x") > 80 for one in components if one["type"] in _INTERACTIVE):
        yield "a label over 80 characters"
    if body.get("flags", 0) & _COMPONENTS_V2 and (body.get("content") or body.get("embeds")):
        yield "content beside Components V2"
    for menu in (one for one in components if one["type"] in _MENUS):
        yield from _of_menu(menu)
    if "title" in body:
        yield from _of_form(body, components)


def _of_text(texts: list[str]) -> Iterator[str]:
    if sum(map(len, texts)) > TEXT_CHARACTERS:
        yield f"{sum(map(len, texts))} characters of text"
    size = sum(len(text.encode()) + TEXT_COMPONENT_BYTES for text in texts)
    if size > TEXT_BYTES:
        yield f"{size} bytes of text"
    if not all(text.strip() for text in texts):
        yield "an empty text"


def _of_menu(menu: dict[str, Any]) -> Iterator[str]:
    options = menu.get("options", [])
    if len(options) > 25 or (menu["type"] == _MENU and not options):
        yield f"a menu of {len(options)} options"
    if max(menu.get("min_values", 1), menu.get("max_values", 1), len(menu.get("default_values", []))) > 25:
        yield "a menu of which over 25 may be chosen"
    if len(menu.get("placeholder") or "") > 150:
        yield "a placeholder over 150 characters"
    texts = [option.get(key) or "x" for option in options for key in ("label", "value", "description")]
    if not all(1 <= len(text) <= 100 for text in texts):
        yield "an option's text over 100 characters"
    values = [option["value"] for option in options if "value" in option]
    if len(values) != len(set(values)):
        yield "two options have the same value"


def _of_form(form: dict[str, Any], components: list[dict[str, Any]]) -> Iterator[str]:
    if not 1 <= len(form["title"]) <= 45:
        yield f"a form's title of {len(form['title'])} characters"
    if not 1 <= len(form["custom_id"]) <= CUSTOM_ID_CHARACTERS:
        yield f"a form's custom_id of {len(form['custom_id'])} characters"
    if not 1 <= len(form["components"]) <= 5:
        yield f"a form of {len(form['components'])} parts"
    labels = [one for one in components if one["type"] == _LABEL]
    if any(not 1 <= len(one["label"]) <= 45 or len(one.get("description") or "") > 100 for one in labels):
        yield "a form's label over its limit"
    fields = [one for one in components if one["type"] == _FIELD]
    if any(not 1 <= one.get("max_length", 4000) <= 4000 or len(one.get("placeholder") or "") > 100 for one in fields):
        yield "a form's field over its limit"


def _of_names(names: list[str]) -> Iterator[str]:
    if len(names) != len(set(names)):
        yield "two components have the same custom_id"
    yield from (f"a custom_id of {len(name)} characters" for name in names if not 1 <= len(name) <= CUSTOM_ID_CHARACTERS)


def command_complaints(command: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a command as it is registered."""
    texts = [command.get("name", ""), command.get("description", "")]
    for option in command.get("options", []):
        texts += [option["name"], option["description"]]
        if not 1 <= len(option["description"]) <= 100:
            yield f"{command['name']}: an option's description of {len(option['description'])} characters"
    for localised in (command.get("description_localizations") or {}).values():
        if not 1 <= len(localised) <= 100:
            yield f"{command['name']}: a description of {len(localised)} characters"
    if sum(map(len, texts)) > 8000:
        yield f"{command['name']}: over 8,000 characters"


def body_schema(method: str, path: str) -> str:
    """Where the schema describes the body of a request; "" where it does not know the path."""
    for pattern, operations in _specification()["paths"].items():
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
def of_schema(schema: str, body: str) -> tuple[str, ...]:
    """What a body, as JSON, has against a part of the schema. Each distinct one is looked at once."""
    if not schema:
        return ("the schema does not know it",)
    return tuple(error.message[:300] for error in _validator(schema).iter_errors(json.loads(body)))


@cache
def _validator(reference: str) -> Any:
    registry: Any = Registry().with_resource(_V2, DRAFT202012.create_resource(_specification()))
    return Draft202012Validator({"$ref": reference}, registry=registry)


@cache
def _specification() -> dict[str, Any]:
    """Discord's own description of its interface."""
    schema: dict[str, Any] = _loosened(json.loads(SCHEMA.read_text("utf-8")))
    return schema


def _loosened(schema: Any) -> Any:
    """The schema with what testing.md says has to be relaxed: ids may be numbers, and ``oneOf`` is read as ``anyOf``."""
    if isinstance(schema, list):
        return [_loosened(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    loose = {("anyOf" if key == "oneOf" else key): _loosened(value) for key, value in schema.items()}
    if loose.get("format") == "snowflake" or (loose.get("type") == "integer" and "enum" not in loose):
        loose["type"] = ["string", "integer"]
    return loose
