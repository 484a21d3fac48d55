"""What configurations are mutated: the examples of Kea's package, those of our manual, and one with every keyword.

Interfaces become the one that test servers have. What belongs to a machine and not to a configuration stays out: hook
libraries by path, and comments, which Kea's own command does not know.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from kea_twisted.base.kea_json.parse import parse_text
from tests.support.namespaces import SERVER_INTERFACE

ROOT = Path(__file__).resolve().parents[3]
KEAS = Path("/usr/share/doc/kea/examples")
"""Where Debian's package kea-doc has Kea's examples; nothing of them is in this repository."""


def bases(family: int) -> dict[str, dict[str, Any]]:
    """Return whole configurations by name."""
    files = [
        *sorted((KEAS / f"kea{family}").glob("*.json")),
        *sorted((ROOT / f"docs/examples/kea{family}").glob("*.json")),
        ROOT / f"tests/golden/config/dhcp{family}-full.json",
    ]
    return {f"{file.parent.name}/{file.stem}": _localized(file, f"Dhcp{family}") for file in files}


def _localized(file: Path, root: str) -> dict[str, Any]:
    inner = _without_comments(parse_text(file.read_text("latin-1"), file.name).value[root])
    inner.pop("hooks-libraries", None)
    text = re.sub(r'"(eth\d+|lo|\*)(/[^"]*)?"', f'"{SERVER_INTERFACE}"', json.dumps(inner))
    return {root: json.loads(text)}


def _without_comments(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_comments(each) for key, each in value.items() if key != "comment"}
    return [_without_comments(each) for each in value] if isinstance(value, list) else value
