"""Where the first JSON value of a stream of octets ends: the framing of the control sockets.

A look at brackets, strings and comments only, so that it costs next to nothing beside parsing; what it delivers is
parsed afterwards. It tells apart what is incomplete (more octets may come) and what can never become a value.
"""

from __future__ import annotations

import re
from typing import Final

from kea_twisted.base.kea_json.parse import MAX_DEPTH

_plain: Final = re.compile(rb'[^"{}\[\]#/]*+').match
_inside: Final = re.compile(rb'(?:[^"{}\[\]#/]++|"(?:[^"\\]|\\.)*+")*+', re.DOTALL).match
"""Passes over whole strings, too: inside of a value there may be any number of them."""
_in_string: Final = re.compile(rb'(?:[^"\\]|\\.)*+', re.DOTALL).match
_line: Final = re.compile(rb"[^\n]*+").match
_CLOSING: Final = {0x7B: 0x7D, 0x5B: 0x5D}
_BLANK: Final = b" \t\r\n"


class ValueScanner:
    """Find the end of the first map or list in octets that arrive in pieces.

    Each octet is looked at once, however the pieces are cut.
    """

    __slots__ = ("_expected", "_mode", "_octets", "_offset")

    def __init__(self) -> None:
        self._octets = bytearray()
        self._offset = 0
        self._expected = bytearray()
        self._mode = b""  # b"" outside, or what opened the string or comment we are in

    @property
    def octets(self) -> bytes:
        """All that was fed so far."""
        return bytes(self._octets)

    @property
    def empty(self) -> bool:
        """Whether nothing but white space came so far."""
        return not self._expected and not self._octets.strip(_BLANK)

    def feed(self, octets: bytes) -> int | None:
        """Take more octets; return the offset after the first value, or None while it is incomplete.

        Raises ValueError if what came can never be a map or a list.
        """
        data = self._octets
        data += octets
        end = len(data)
        offset = self._offset
        while offset < end:
            mode = self._mode
            if mode == b'"':
                match = _in_string(data, offset)
                assert match is not None
                offset = match.end()
                if offset == end or data[offset] != 0x22:  # the second: a backslash is the last octet so far
                    break
                self._mode = b""
                offset += 1
            elif mode == b"#":
                match = _line(data, offset)
                assert match is not None
                offset = match.end()
                if offset < end:
                    self._mode = b""
            elif mode == b"/*":
                close = data.find(b"*/", offset)
                if close < 0:
                    offset = max(offset, end - 1)
                    break
                self._mode = b""
                offset = close + 2
            else:
                match = _inside(data, offset) if self._expected else _plain(data, offset)
                assert match is not None
                if not self._expected and data[offset : match.end()].strip(_BLANK):
                    raise ValueError("a value must begin with '{' or '['")
                offset = match.end()
                if offset == end:
                    break
                octet = data[offset]
                if octet == 0x22:
                    if not self._expected:
                        raise ValueError("a value must begin with '{' or '['")
                    self._mode = b'"'
                    offset += 1
                elif octet == 0x23:
                    self._mode = b"#"
                elif octet == 0x2F:
                    if offset + 1 == end:
                        break
                    follows = data[offset + 1]
                    if follows == 0x2F:
                        self._mode = b"#"
                    elif follows == 0x2A:
                        self._mode = b"/*"
                    else:
                        raise ValueError("'/' begins no comment")
                    offset += 2
                elif octet in _CLOSING:
                    self._expected.append(_CLOSING[octet])
                    if len(self._expected) > MAX_DEPTH:
                        raise ValueError(f"maps and lists nest more than {MAX_DEPTH} deep")
                    offset += 1
                else:
                    if not self._expected or self._expected.pop() != octet:
                        raise ValueError(f"'{chr(octet)}' closes nothing")
                    offset += 1
                    if not self._expected:
                        self._offset = offset
                        return offset
        self._offset = offset
        return None


def first_value_end(octets: bytes) -> int | None:
    """Return the offset after the first value of *octets*, None if it is incomplete; ValueError if it is wrong."""
    return ValueScanner().feed(octets)
