"""The text of a configuration: one file and what it includes, and where each character came from.

Texts are Latin-1: one character is one octet, whatever encoding the author used, so that nothing is lost on the way to
the wire or back to a file. Files are read by the caller's `read`; nothing here touches a disk.
ARM "Configuration Files Inclusion".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from typing import Final

from kea_twisted.errors import ConfigError, ConfigErrors, Position

Read = Callable[[str], str]
"""Return the content of a file, decoded as Latin-1; OSError if it cannot be read."""

MAX_INCLUDES: Final = 10
"""How deep files may include files."""

MAX_PIECES: Final = 100_000
"""Of how many pieces a text may consist: files that include one another many times make a huge one out of little."""

COMMENT: Final = r"\#[^\n]*+|//[^\n]*+|/\*[\s\S]*?\*/"
"""The three forms of comments, as a regular expression."""

_STEP: Final = re.compile(
    rf'"(?:[^"\\]|\\.)*+"|{COMMENT}|(?P<include><\?include[ \t\r\n]*"(?P<path>[^"\n]*)"[ \t\r\n]*\?>)'
)
_NEWLINE: Final = re.compile("\n")


class Source:
    """The joined text of a file and its includes.

    text: without include statements. file: the name of the outermost file.
    """

    __slots__ = ("_files", "_lines", "_starts", "file", "text")

    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self._starts: list[int] = [0]
        self._files: list[tuple[str, str, int]] = [(file, text, 0)]
        self._lines: dict[str, list[int]] = {}

    def position(self, offset: int) -> Position:
        """Return the file, line and column of the character at *offset*."""
        place = bisect_right(self._starts, offset) - 1
        file, text, start = self._files[place]
        lines = self._lines.get(file)
        if lines is None:
            lines = self._lines[file] = [0, *(match.end() for match in _NEWLINE.finditer(text))]
        within = start + offset - self._starts[place]
        line = bisect_right(lines, within)
        return Position(file, line, within - lines[line - 1] + 1)

    def _assemble(self, pieces: list[tuple[str, str, int, int]]) -> None:
        """Join (file, its text, start, end) pieces."""
        self._starts, self._files, parts, length = [], [], [], 0
        for file, text, start, end in pieces:
            self._starts.append(length)
            self._files.append((file, text, start))
            parts.append(text[start:end])
            length += end - start
        self.text = "".join(parts)


def place_in(text: str, offset: int, file: str) -> Position:
    """Return the position of the character at *offset* in *text*."""
    return Position(file, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def join(text: str, file: str, read: Read | None) -> Source:
    """Return *text* with its include statements replaced by what *read* gives for them.

    read: None where includes are not allowed (commands); a statement is then a ConfigErrors, as is one that nests
    deeper than ten files or names a file that cannot be read.
    """
    source = Source(text, file)
    if "<?include" in text:
        pieces: list[tuple[str, str, int, int]] = []
        _expand(text, file, read, 0, pieces)
        source._assemble(pieces)
    return source


def _expand(text: str, file: str, read: Read | None, depth: int, pieces: list[tuple[str, str, int, int]]) -> None:
    """Append the pieces of *text* and of all that it includes."""
    start = 0
    for match in _STEP.finditer(text):
        if match["include"] is None:
            continue
        pieces.append((file, text, start, match.start()))
        start = match.end()
        path = match["path"]
        where = place_in(text, match.start(), file)
        if len(pieces) > MAX_PIECES:
            raise ConfigErrors([ConfigError("too many files are included", position=where)])
        if read is None:
            raise ConfigErrors([ConfigError("file inclusion is not allowed here", position=where)])
        if depth >= MAX_INCLUDES:
            raise ConfigErrors(
                [ConfigError(f"files include one another more than {MAX_INCLUDES} deep", position=where)]
            )
        try:
            included = read(path)
        except (OSError, ValueError) as error:
            # ValueError: a NUL in the name.
            reason = getattr(error, "strerror", None) or str(error)
            raise ConfigErrors([ConfigError(f"cannot include '{path}': {reason}", position=where)]) from error
        _expand(included, path, read, depth + 1, pieces)
    pieces.append((file, text, start, len(text)))
