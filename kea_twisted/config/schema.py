"""A JSON Schema of the configuration file, for editors: made from the models, so that it cannot differ from them.

The descriptions are the docstrings below the fields. Pydantic could collect those itself, but it would do so whenever a
program starts.
"""

from __future__ import annotations

import ast
import inspect
from itertools import pairwise
from typing import Any

from kea_twisted.config.parse import MODELS
from kea_twisted.config.section import Section, keyword
from kea_twisted.family import Family


def json_schema(family: Family) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a configuration file of *family*."""
    inner = _without_nulls(MODELS[family.number].model_json_schema(by_alias=True))
    definitions = inner.pop("$defs", {})
    definitions[family.root] = inner
    models = sections()
    for name, schema in definitions.items():
        model = MODELS[family.number] if name == family.root else models[name]
        said = descriptions(model)
        for word, entry in schema["properties"].items():
            if word in said:
                entry["description"] = said[word]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Configuration of {family.daemon}",
        "type": "object",
        "properties": {family.root: {"$ref": f"#/$defs/{family.root}"}},
        "required": [family.root],
        "$defs": definitions,
    }


def sections(base: type[Section] = Section) -> dict[str, type[Section]]:
    """Return the models of all sections by name."""
    found = {base.__name__: base}
    for each in base.__subclasses__():
        found.update(sections(each))
    return found


def descriptions(model: type[Section]) -> dict[str, str]:
    """Return what the docstrings below the fields of *model* say, by keyword."""
    found: dict[str, str] = {}
    for each in reversed(model.__mro__):
        if not issubclass(each, Section):
            continue
        (definition,) = ast.parse(inspect.getsource(each)).body
        assert isinstance(definition, ast.ClassDef)
        for field, text in pairwise(definition.body):
            if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(field.target, ast.Name):
                info = each.model_fields.get(field.target.id)
                if info is not None:
                    found[info.alias or keyword(field.target.id)] = inspect.cleandoc(ast.literal_eval(text.value))
    return found


def _without_nulls(value: Any) -> Any:
    """Return a schema without the default null, which means "not given" and may not be written."""
    if isinstance(value, dict):
        return {key: _without_nulls(each) for key, each in value.items() if not (key == "default" and each is None)}
    if isinstance(value, list):
        return [_without_nulls(each) for each in value]
    return value
