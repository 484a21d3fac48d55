"""A JSON Schema of the configuration file, for editors: made from the models, so that it cannot differ from them."""

from __future__ import annotations

from typing import Any

from kea_twisted.config.parse import MODELS
from kea_twisted.family import Family


def json_schema(family: Family) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a configuration file of *family*."""
    inner = _without_nulls(MODELS[family.number].model_json_schema(by_alias=True))
    definitions = inner.pop("$defs", {})
    definitions[family.root] = inner
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Configuration of {family.daemon}",
        "type": "object",
        "properties": {family.root: {"$ref": f"#/$defs/{family.root}"}},
        "required": [family.root],
        "$defs": definitions,
    }


def _without_nulls(value: Any) -> Any:
    """Return a schema without the default null, which means "not given" and may not be written."""
    if isinstance(value, dict):
        return {key: _without_nulls(each) for key, each in value.items() if not (key == "default" and each is None)}
    if isinstance(value, list):
        return [_without_nulls(each) for each in value]
    return value
