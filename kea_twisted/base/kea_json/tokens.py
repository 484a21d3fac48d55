"""The smallest pieces of a text in Kea's JSON dialect, as regular expressions: space, comments, strings."""

from __future__ import annotations

import re
from typing import Final

from kea_twisted.base.kea_json.source import COMMENT

SPACE: Final = rf"[ \t\r\n]*+(?:(?:{COMMENT})[ \t\r\n]*+)*+"
STRING: Final = r'"((?:[^"\\]|\\[\s\S])*+)"'

match_space: Final = re.compile(SPACE).match
match_string: Final = re.compile(STRING).match

_escape: Final = re.compile(r"\\(u00([0-9a-fA-F]{2})|.)", re.DOTALL)
_ESCAPES: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def unescaped(body: str) -> str:
    """Return the text that stands between quotes as *body*."""
    return _escape.sub(_unescape, body) if "\\" in body else body


def _unescape(match: re.Match[str]) -> str:
    """Return the character of one escape sequence."""
    if match[2]:
        return chr(int(match[2], 16))
    return _ESCAPES.get(match[1], match[1])
