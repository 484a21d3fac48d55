"""Where values stand in a text that was parsed before: looked up when somebody asks.

The members of the maps and lists on the way are noted for the next who asks, and all else is passed over, from bracket
to bracket. So nobody pays while all is well, and then it takes a pass or a few over the text, each faster than parsing.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from typing import Final

from kea_twisted.base.kea_json.source import COMMENT
from kea_twisted.base.kea_json.tokens import STRING, match_space, match_string, unescaped

Path = Sequence[str | int]

_pass_over: Final = re.compile(rf'(?:[^"{{}}\[\]#/]++|{STRING}|{COMMENT})*+').match
_scalar: Final = re.compile(r"[^,}\] \t\r\n#/]*+").match


class Places:
    """The places of the values in *text*, which is free of errors."""

    __slots__ = ("_known", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[int, dict[str, int] | array[int]] = {}

    def find(self, path: Path, name: bool = False) -> int:
        """Return the offset of the value at *path*, or of its keyword with *name*.

        A path that leads nowhere gives the innermost value that exists.
        """
        offset = self._space(0)
        for place, step in enumerate(path, 1):
            if self._text[offset : offset + 1] not in ("{", "["):
                break
            if offset not in self._known:
                self._note(offset, path[place - 1 :])
            members = self._known[offset]
            if isinstance(members, dict):
                if not isinstance(step, str) or step not in members:
                    break
                offset = members[step] if name and place == len(path) else self._value(members[step])
            else:
                if not isinstance(step, int) or not 0 <= step < len(members):
                    break
                offset = members[step]
        return offset

    def _note(self, start: int, path: Path) -> int:
        """Note the offsets of the names in the map, or of the values in the list, at *start*; return where it ends.

        path: the way on from there, along which members are noted, too.
        """
        text = self._text
        is_map = text[start] == "{"
        names: dict[str, int] = {}
        values = array("Q")
        self._known[start] = names if is_map else values
        step, rest = path[0], path[1:]
        offset = start + 1
        while True:
            offset = self._space(offset)
            char = text[offset]
            if char == ",":
                offset += 1
                continue
            if char in "}]":
                return offset + 1
            if is_map:
                match = match_string(text, offset)
                assert match is not None
                name = unescaped(match[1])
                names[name] = offset
                wanted = name == step
                offset = self._value(offset)
                char = text[offset]
            else:
                wanted = len(values) == step
                values.append(offset)
            if char in "{[":
                offset = self._note(offset, rest) if wanted and rest else self._end(offset)
            else:
                match = match_string(text, offset) if char == '"' else _scalar(text, offset)
                assert match is not None
                offset = match.end()

    def _end(self, offset: int) -> int:
        """Return the offset after the map or list at *offset*."""
        text, depth = self._text, 0
        while True:
            depth += 1 if text[offset] in "{[" else -1
            if not depth:
                return offset + 1
            match = _pass_over(text, offset + 1)
            assert match is not None
            offset = match.end()

    def _value(self, at_name: int) -> int:
        """Return the offset of the value whose name is at *at_name*."""
        match = match_string(self._text, at_name)
        assert match is not None
        return self._space(self._space(match.end()) + 1)

    def _space(self, offset: int) -> int:
        """Return the offset after space and comments."""
        match = match_space(self._text, offset)
        assert match is not None
        return match.end()
