"""Secrets do not go into logs: passwords and keys in configurations and commands are replaced by asterisks.

Not here: answers to commands, which carry them in clear text as in Kea. ARM security, information leakage.
"""

from __future__ import annotations

import json
from typing import Any, Final

HIDDEN: Final = "*****"


def redact(value: Any) -> Any:
    """Return *value* with every member hidden whose name ends in `password` or `secret`; *value* stays as it is.

    User contexts are left alone: what is in them is the operator's own.
    """
    if isinstance(value, dict):
        return {
            name: HIDDEN
            if name.endswith(("password", "secret"))
            else inner
            if name in ("user-context", "comment")
            else redact(inner)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [redact(each) for each in value]
    return value


def redacted_text(value: Any) -> str:
    """Return a JSON value in one line as it may stand in a log."""
    return json.dumps(redact(value), sort_keys=True)
