"""Text in Kea's JSON dialect to Python values, fast, with the places of values found only when somebody asks.

Differences from RFC 8259: comments (``#``, ``//``, ``/* */``); surplus commas, each with a warning; numbers such as
``.5``, ``5.`` and ``007``; strings hold octets (Latin-1); integers are 64 bits wide; the same name twice in a map is
an error in files, while in commands the last one wins. A syntax error ends the parse; lesser mistakes are collected.

The parser is one loop over an explicit stack, so that depth costs no recursion. It keeps no positions: a document that
must name one has :mod:`.places` look for it in the text. ARM json-format.
"""

from __future__ import annotations

import re
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

from kea_twisted.base.kea_json.places import Path, Places
from kea_twisted.base.kea_json.source import Read, Source, join
from kea_twisted.base.kea_json.tokens import SPACE, match_space, match_string, unescaped
from kea_twisted.errors import ConfigError, ConfigErrors, Position

MAX_DEPTH: Final = 250
"""How deep maps and lists may nest."""

MAX_INTEGER: Final = (1 << 63) - 1

SLICE: Final = 2048
"""How many members of maps and lists are read between two pauses."""

MAX_ERRORS: Final = 100
"""How many mistakes, and how many warnings, one text may have before the rest of them goes unsaid."""

# One match reads a member: its name, and a plain value with the punctuation that follows or the bracket of a container.
_PLAIN: Final = r'"([^"\\\x00-\x1f]*+)"'
_VALUE: Final = rf"(?:{_PLAIN}{SPACE}([,}}\]])|(-?[0-9]++)(?![.eE]){SPACE}([,}}\]])|([{{\[]))?+"
_member: Final = re.compile(rf"{SPACE}{_PLAIN}{SPACE}:{SPACE}{_VALUE}").match
_element: Final = re.compile(rf"{SPACE}(){_VALUE}").match
_NEITHER: Final = 1
_STRING: Final = 3
_INTEGER: Final = 5
_CONTAINER: Final = 6
"""The last group of a match tells what was read: 1 is the name; 2 a string, 3 what follows it; 4 and 5 an integer's."""
_delimiter: Final = re.compile(rf"{SPACE}([,}}\]])").match
_number: Final = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?").match
_word: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*").match
_fault: Final = re.compile(r"[\x00-\x1f]|\\(?!u00[0-9a-fA-F]{2}|[\"\\/bfnrt])|[^\x00-\xff]")
_WORDS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Remark:
    """A warning about a configuration text. path: as in ConfigError."""

    message: str
    position: Position | None = None
    path: str = ""

    def __str__(self) -> str:
        place = f" ({self.position})" if self.position else ""
        return f"{self.path}: {self.message}{place}" if self.path else f"{self.message}{place}"


@dataclass(slots=True)
class Document:
    """A parsed text: its value, the warnings, and where things stand in it.

    prefix: where in the text *value* stands, () for all of it; paths count from there.
    """

    source: Source
    value: Any
    warnings: list[Remark] = field(default_factory=list)
    prefix: Path = ()
    _places: Places | None = field(default=None, repr=False)

    def position(self, path: Path, name: bool = False) -> Position:
        """Return the position of the value at *path*, or of its keyword with *name*.

        A path that leads nowhere gives the innermost value that exists.
        """
        if self._places is None:
            self._places = Places(self.source.text)
        return self.source.position(self._places.find((*self.prefix, *path), name))

    def inside(self, *path: str | int) -> Document:
        """Return the part of the document at *path*; its positions are those in the whole text. KeyError if missing."""
        value = self.value
        for step in path:
            value = value[step]
        return replace(self, value=value, prefix=(*self.prefix, *path))

    def without_value(self) -> Document:
        """Return what is needed to find positions, without the value."""
        return replace(self, value=None, warnings=[])


def parse_text(text: str, file: str = "<string>", read: Read | None = None, unique: bool = True) -> Document:
    """Parse a configuration text.

    text: decoded as Latin-1. read: how includes are read, None to refuse them. unique: whether a name twice in one map
    is an error. Raises ConfigErrors.
    """
    return _all(parse_in_slices(text, file, read, unique))


def parse_in_slices(
    text: str, file: str = "<string>", read: Read | None = None, unique: bool = True
) -> Generator[None, None, Document]:
    """Parse as `parse_text` does, and pause now and then, so that a long text does not keep others from working."""
    source = join(text, file, read)
    parser = _Parser(source, unique)
    value = yield from parser.parse()
    if parser.errors:
        raise ConfigErrors(sorted(parser.errors, key=_place))
    return Document(source, value, parser.warnings)


def _all(work: Generator[None, None, T]) -> T:
    """Do *work* without a pause and return its result."""
    while True:
        try:
            next(work)
        except StopIteration as stop:
            result: T = stop.value
            return result


def parse_command(text: str) -> Any:
    """Return the value of a command's text: comments are allowed, the last of two equal names counts."""
    return parse_text(text, unique=False).value


def _place(error: ConfigError) -> Position:
    assert error.position is not None
    return error.position


class _Parser:
    """One pass over one text."""

    __slots__ = ("errors", "source", "text", "unique", "warnings")

    def __init__(self, source: Source, unique: bool) -> None:
        self.source = source
        self.text = source.text
        self.unique = unique
        self.errors: list[ConfigError] = []
        self.warnings: list[Remark] = []

    def parse(self) -> Generator[None, None, Any]:
        """Return the value; syntax errors raise, lesser ones are in `errors`. Pauses after every SLICE members."""
        text = self.text
        end = self.space(0)
        char = text[end : end + 1]
        if char == "{" or char == "[":
            value, end = yield from self.containers(end)
        else:
            value, end = self.scalar(end)
        end = self.space(end)
        if end < len(text):
            raise self.failure(end, f"unexpected {self.describe(end)} after the end of the configuration")
        return value

    def containers(self, start: int) -> Generator[None, None, tuple[Any, int]]:
        """Return the map or list at *start* and the offset after it."""
        left = SLICE
        text, unique = self.text, self.unique
        stack: list[tuple[Any, bool]] = []
        opening = text[start]
        is_map = opening == "{"
        top: Any = {} if is_map else []
        current: Any = top
        offset = start + 1
        name = ""
        fresh = True  # nothing read yet in this map or list, so a comma is wrong
        delimiter: str | None
        after: str | None
        value: Any = None
        while True:
            left -= 1
            if not left:
                left = SLICE
                yield
            # A name and a value, an element, a surplus comma or the end of the container.
            comma = offset - 1
            delimiter = after = None  # what stands where a member is expected; what follows a member
            match = _member(text, offset) if is_map else _element(text, offset)
            if match is not None:
                kind = match.lastindex
                offset = match.end()
                if is_map:
                    name = match[1]
                    if unique and name in current:
                        self.duplicate(name, match.start(1) - 1, stack, current)
                elif kind == _NEITHER:
                    offset = self.space(offset)
                    char = text[offset : offset + 1]
                    delimiter = char if char == "," or char == "]" or char == "}" else None
                if kind == _STRING:
                    value, after = match[2], match[3]
                elif kind == _INTEGER and len(match[4]) < 19:
                    value, after = int(match[4]), match[5]
                elif kind == _INTEGER or kind == _CONTAINER:
                    offset = match.start(4 if kind == _INTEGER else _CONTAINER)
            else:
                offset = self.space(offset)
                delimiter = text[offset : offset + 1]
                if delimiter == '"':
                    at_name = offset
                    name, offset = self.quoted(offset)
                    offset = self.space(offset)
                    if text[offset : offset + 1] != ":":
                        raise self.failure(
                            offset, f"unexpected {self.describe(offset)}, expecting ':' after \"{name}\""
                        )
                    offset = self.space(offset + 1)
                    if unique and name in current:
                        self.duplicate(name, at_name, stack, current)
                    delimiter = None
            if delimiter is None:
                fresh = False
                if after is None:
                    char = text[offset : offset + 1]
                    if char == "{" or char == "[":
                        value = {} if char == "{" else []
                        if is_map:
                            current[name] = value
                        else:
                            current.append(value)
                        stack.append((current, is_map))
                        if len(stack) >= MAX_DEPTH:
                            raise self.failure(offset, f"maps and lists nest more than {MAX_DEPTH} deep")
                        current, is_map, fresh = value, char == "{", True
                        offset += 1
                        continue
                    value, offset = self.scalar(offset)
                if is_map:
                    current[name] = value
                else:
                    current.append(value)
                if after is None:
                    offset = self.space(offset)
                    after = text[offset : offset + 1]
                    offset += 1
                if after == ",":
                    continue
                delimiter = after
            else:
                # A surplus comma, or the end of the container after nothing or after a comma.
                if delimiter == ",":
                    if fresh:
                        raise self.failure(offset, "unexpected ',' before the first value")
                    self.surplus(comma)
                    offset += 1
                    continue
                if delimiter != ("}" if is_map else "]"):
                    wanted = "a name or '}'" if is_map else "a value or ']'"
                    raise self.failure(offset, f"unexpected {self.describe(offset)}, expecting {wanted}")
                if not fresh:
                    self.surplus(comma)
                offset += 1
            # The end of one or more containers.
            while True:
                if delimiter != ("}" if is_map else "]"):
                    wanted = "',' or '}'" if is_map else "',' or ']'"
                    raise self.failure(offset - 1, f"unexpected {self.describe(offset - 1)}, expecting {wanted}")
                if not stack:
                    return top, offset
                current, is_map = stack.pop()
                fresh = False
                match = _delimiter(text, offset)
                if match is not None:
                    delimiter, offset = match[1], match.end()
                else:
                    offset = self.space(offset)
                    delimiter = text[offset : offset + 1]
                    offset += 1
                if delimiter == ",":
                    break

    def scalar(self, offset: int) -> tuple[Any, int]:
        """Return the string, number or word at *offset* and the offset after it."""
        if self.text[offset : offset + 1] == '"':
            return self.quoted(offset)
        match = _number(self.text, offset)
        if match is not None:
            return self.number(match[0], offset), match.end()
        match = _word(self.text, offset)
        if match is None:
            raise self.failure(offset, f"unexpected {self.describe(offset)}, expecting a value")
        word = match[0]
        if word in _WORDS:
            return _WORDS[word], match.end()
        if word.lower() in _WORDS:
            raise self.failure(offset, f"{word} must be written in lower case")
        raise self.failure(offset, f"unexpected word {word}, expecting a value")

    def number(self, text: str, offset: int) -> int | float:
        """Return the number that *text* is."""
        if text.lstrip("-").isdigit():
            value = int(text) if len(text) < 100 else MAX_INTEGER + 1
            if not -MAX_INTEGER - 1 <= value <= MAX_INTEGER:
                self.complain(offset, f"{text[:100]} does not fit 64 bits")
                return 0
            return value
        real = float(text)
        if real in (float("inf"), float("-inf")):
            self.complain(offset, f"{text[:100]} is too large for a floating point number")
            return 0.0
        return real

    def quoted(self, offset: int) -> tuple[str, int]:
        """Return the string at *offset* and the offset after it."""
        match = match_string(self.text, offset)
        if match is None:
            raise self.failure(offset, "this string never ends")
        body = match[1]
        fault = _fault.search(body.replace("\\\\", "\\/"))
        if fault is not None:
            at = offset + 1 + fault.start()
            char = self.text[at]
            if char == "\n":
                raise self.failure(offset, "this string does not end in its line")
            if char == "\\":
                escape = self.text[at : at + (6 if self.text[at + 1] == "u" else 2)]
                beyond = escape[1:2] == "u" and re.fullmatch(r"\\u[0-9a-fA-F]{4}", escape)
                reason = f"{escape} is beyond Latin-1" if beyond else f"{escape} is no escape sequence"
            elif char < " ":
                reason = f"control character {ord(char):#04x} in a string"
            else:
                reason = f"character {char} is beyond Latin-1"
            self.complain(at, reason)
            return "", match.end()
        return unescaped(body), match.end()

    def space(self, offset: int) -> int:
        """Return the offset after white space and comments."""
        match = match_space(self.text, offset)
        assert match is not None
        end = match.end()
        if self.text.startswith("/*", end):
            raise self.failure(end, "this comment never ends")
        return end

    def duplicate(self, name: str, offset: int, stack: list[tuple[Any, bool]], current: Any) -> None:
        """Note a name that its map has already."""
        keyword = ""
        if stack:
            parent, parent_is_map = stack[-1]
            if parent_is_map:
                keyword = next((key for key, value in parent.items() if value is current), "")
            elif len(stack) > 1 and stack[-2][1]:
                keyword = next((key for key, value in stack[-2][0].items() if value is parent), "")
        of = f" of {keyword}" if keyword else ""
        self.complain(offset, f"duplicate entry '{name}' in a map{of}")

    def surplus(self, offset: int) -> None:
        """Warn of a comma that separates nothing."""
        if len(self.warnings) >= MAX_ERRORS:
            return
        message = "extraneous comma: a piece of configuration may have been omitted"
        self.warnings.append(Remark(message, self.source.position(offset)))

    def describe(self, offset: int) -> str:
        """Return what stands at *offset*, for messages."""
        char = self.text[offset : offset + 1]
        if not char:
            return "end of file"
        if char == '"':
            match = match_string(self.text, offset)
            return f"string {match[0][:60]}" if match else "string"
        match = _number(self.text, offset) or _word(self.text, offset)
        if match:
            return f"'{match[0][:60]}'"
        return f"'{char}'" if " " <= char <= "~" else f"character {ord(char):#04x}"

    def complain(self, offset: int, message: str) -> None:
        """Note an error that does not stop the parse, unless there are too many by now."""
        if len(self.errors) >= MAX_ERRORS:
            last = ConfigError(
                "too many mistakes, this and what follows is not looked at", "", self.source.position(offset)
            )
            raise ConfigErrors([*sorted(self.errors, key=_place), last])
        self.errors.append(ConfigError(message, position=self.source.position(offset)))

    def failure(self, offset: int, message: str) -> ConfigErrors:
        """Return what stops the parse: a syntax error, and those noted before."""
        self.complain(offset, f"syntax error, {message}")
        return ConfigErrors(sorted(self.errors, key=_place))
