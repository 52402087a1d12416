"""What Discord demands of a message, a form or a command beyond its published schema: our own rules, and that schema.

The numbers stand here once more, so that a change of the bot's own is noticed; their sources stand in ``bot/sheets.py``.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).resolve().parents[3] / "shared" / "reference" / "discord-openapi.json"

COMPONENTS = 40
CUSTOM_ID_CHARACTERS = 100
TEXT_CHARACTERS = 4000
TEXT_BYTES = 9500
TEXT_COMPONENT_BYTES = 12

_COMPONENTS_V2 = 1 << 15
_CONTAINER, _TEXT = 17, 10
_INTERACTIVE = {2, 3, 5, 6, 7, 8}


def walked(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All components, nested ones too."""
    for component in components:
        yield component
        yield from walked(component.get("components", []))
        yield from walked([component[key] for key in ("component", "accessory") if key in component])


def complaints(body: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a message as it is sent; nothing where it is well."""
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


def _of_text(texts: list[str]) -> Iterator[str]:
    if sum(map(len, texts)) > TEXT_CHARACTERS:
        yield f"{sum(map(len, texts))} characters of text"
    size = sum(len(text.encode()) + TEXT_COMPONENT_BYTES for text in texts)
    if size > TEXT_BYTES:
        yield f"{size} bytes of text"
    if not all(text.strip() for text in texts):
        yield "an empty text"


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


def loosened(schema: Any) -> Any:
    """The schema with what testing.md says has to be relaxed: ids may be numbers, and ``oneOf`` is read as ``anyOf``."""
    if isinstance(schema, list):
        return [loosened(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    loose = {("anyOf" if key == "oneOf" else key): loosened(value) for key, value in schema.items()}
    if loose.get("format") == "snowflake" or (loose.get("type") == "integer" and "enum" not in loose):
        loose["type"] = ["string", "integer"]
    return loose


def loaded_schema() -> dict[str, Any]:
    """Discord's own description of its interface."""
    schema: dict[str, Any] = loosened(json.loads(SCHEMA.read_text("utf-8")))
    return schema
