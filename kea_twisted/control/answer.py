"""Answers to commands: result codes, and how an answer looks on the wire. ARM ctrl-channel-syntax."""

from __future__ import annotations

import json
from typing import Any, Final

SUCCESS: Final = 0
ERROR: Final = 1
UNSUPPORTED: Final = 2
EMPTY: Final = 3
CONFLICT: Final = 4

Answer = dict[str, Any]


def answer(result: int, text: str | None = None, arguments: Any = None) -> Answer:
    """Return an answer; without text or arguments it has no such members."""
    made: Answer = {"result": result}
    if text is not None:
        made["text"] = text
    if arguments is not None:
        made["arguments"] = arguments
    return made


def encode(value: Any) -> bytes:
    """Return the octets of an answer. Members are sorted as in Kea; strings are Latin-1 inside, ASCII outside."""
    return json.dumps(value, sort_keys=True, separators=(", ", ": ")).encode("ascii")
