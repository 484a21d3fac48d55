"""JSON as Kea writes it: a space inside brackets and after colons and commas, on one line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence


def to_text(value: object) -> str:
    """Return *value* as Kea prints it: ``{ "a": 1, "b": [ true, "c" ] }``, keys in ascending order.

    value: dictionaries with text keys, lists, texts, numbers, booleans and None, nested.
    """
    if isinstance(value, Mapping):
        if not value:
            return "{  }"
        return "{ " + ", ".join(f"{json.dumps(key)}: {to_text(value[key])}" for key in sorted(value)) + " }"
    if isinstance(value, Sequence) and not isinstance(value, str):
        if not value:
            return "[  ]"
        return "[ " + ", ".join(to_text(item) for item in value) + " ]"
    return json.dumps(value, ensure_ascii=False)
