"""Options as octets, as values and as text, by their definition.

A body is what stands after code and length. A definition says which fields it has; what follows them is sub-options if
the definition encapsulates a space (:func:`fields_end` says where), and is not looked at otherwise, as Kea does.
Text errors are ValueError, wrong octets are WireError. Not here: the text for people (:mod:`.text`), and the rules of
the `option-data` entry around the text (:mod:`.configured`). ARM dhcp4-std-options, dhcp4-custom-options.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from kea_twisted.base import labels
from kea_twisted.base.octets import parse_hex_or_quoted
from kea_twisted.errors import WireError
from kea_twisted.family import V4, V6
from kea_twisted.options import suboptions
from kea_twisted.options.definition import OptionDefinition
from kea_twisted.options.types import FIELDS, Field, Integer, Name, Text, Tuple, Value

_BLANKS: Final = " \t\n"
_between_commas: Final[Callable[[str], list[str]]] = re.compile(r"(?:[^,\\]++|\\[\s\S]?)++").findall
_escaped: Final = re.compile(r"\\([,\\])")
_COMPRESSED: Final = {V4.number: True, V6.number: False}
"""Whether the names of a list may point into it: RFC 3397 §2 says so, RFC 8415 §10 forbids it."""

_FEWEST: Final = {V4.number: 2, V6.number: 0}
"""The fewest octets of an array of tuples: in DHCPv4 it must hold one that is not empty."""

PADDED_SPACE: Final = "vendor-encapsulated-options-space"
"""The space in which the codes 0 and 255 are pad and end. RFC 2132 §8.4."""

_WHOLE: Final = {V4.number: suboptions.whole4, V6.number: suboptions.whole6}

EMPTY_LISTS: Final = ("ipv4-address", "ipv6-address")
"""The types of fixed length whose arrays may be empty."""


class Layout(NamedTuple):
    """The fields of a definition: those that occur once, and the one that repeats after them, if any."""

    once: tuple[Field, ...]
    repeated: Field | None


@lru_cache(maxsize=4096)
def layout(definition: OptionDefinition) -> Layout:
    """Return the fields of *definition*; KeyError for a type that does not exist."""
    known = FIELDS[definition.family.number]
    if definition.type == "empty":
        return Layout((), None)
    if definition.type != "record":
        found = known[definition.type]
        return Layout((), found) if definition.array else Layout((found,), None)
    once = tuple(known[name] for name in definition.record)
    return Layout(once, once[-1] if definition.array else None)


def split_csv(text: str) -> list[str]:
    r"""Return the values between the commas of *text*, blanks around them removed; ``\,`` is a comma in a value.

    Nothing between two commas is no value, but blanks are an empty one.
    """
    values = _between_commas(text)
    if "\\" in text:  # which means itself unless it stands before a comma or a backslash
        values = [_escaped.sub(r"\1", value) for value in values]
    return [value.strip(_BLANKS) for value in values]


def join_csv(values: Sequence[str]) -> str:
    r"""Return *values* with commas between them, commas and backslashes inside them escaped."""
    return ", ".join(value.replace("\\", "\\\\").replace(",", "\\,") for value in values)


def encode_csv(definition: OptionDefinition, text: str) -> bytes:
    """Return the body for comma-separated *text*; ValueError if it does not suit *definition*.

    Values beyond those that the definition has are not looked at. The body is checked as a received one would be, and
    :func:`canonical`.
    """
    values = split_csv(text)
    once, repeated = layout(definition)
    if definition.type == "empty":
        if values:
            raise ValueError("this option has no value of its own")
        return b""
    if len(values) < len(once):
        many = "a value" if len(once) == 1 else f"{len(once)} values"
        raise ValueError(f"{many} expected, {len(values) or 'none'} given")
    body = bytearray()
    for found, value in zip(once, values, strict=False):
        packed = found.pack(found.parse(value))
        if isinstance(found, Name) and "\\" in labels.labels_text(labels.parse_labels(value)[0], True):
            raise ValueError(f"'{value}' has a character that no host name has")
        body += packed
    if repeated is not None:
        for value in values[len(once) :]:
            body += repeated.pack(repeated.parse(value))
    try:
        return canonical(definition, bytes(body))
    except WireError as error:
        raise ValueError(error.reason) from error


def encode_hex(text: str) -> bytes:
    """Return the octets of *text* in any form that `csv-format` false allows; ValueError for all else."""
    return parse_hex_or_quoted(text)


def encode(definition: OptionDefinition, values: Sequence[Value]) -> bytes:
    """Return the body that holds *values*; ValueError if they do not suit *definition*."""
    once, repeated = layout(definition)
    if len(values) < len(once) or (repeated is None and len(values) > len(once)):
        raise ValueError(f"{len(once)} values expected, {len(values)} given")
    body = b"".join(found.pack(value) for found, value in zip(once, values, strict=False))
    if repeated is not None:
        body += b"".join(map(repeated.pack, values[len(once) :]))
    try:
        split(definition, body)
    except WireError as error:
        raise ValueError(error.reason) from error
    return body


def decode(definition: OptionDefinition, body: bytes) -> tuple[Value, ...]:
    """Return the values in *body*; WireError if it is too short or a value is impossible."""
    parts, _ = split(definition, body)
    try:
        return tuple(found.unpack(octets) for found, octets in parts)
    except WireError as error:
        raise WireError(error.reason, error.offset, definition.code) from error


def to_csv(definition: OptionDefinition, body: bytes) -> str:
    """Return the text from which :func:`encode_csv` makes *body* again; WireError as :func:`decode`."""
    once, repeated = layout(definition)
    values = decode(definition, body)
    fields = (*once, *(repeated for _ in values[len(once) :]))
    return join_csv([found.format(value) for found, value in zip(fields, values, strict=True) if found is not None])


def canonical(definition: OptionDefinition, body: bytes) -> bytes:
    """Return *body* as a server sends it: names uncompressed, zeros after text and octets after the fields dropped.

    Sub-options after the fields stay: of a definition that encapsulates a space, and after a single integer, where any
    option may have them (Kea 2.2.0). WireError if a field is cut short. Values are not checked.
    """
    parts, end = split(definition, body)
    out = b"".join(octets for _, octets in parts)
    if end < len(body) and (definition.encapsulates or (len(parts) == 1 and isinstance(parts[0][0], Integer))):
        padded = definition.encapsulates == PADDED_SPACE
        return out + _WHOLE[definition.family.number](body[end:], padded)
    return out


def fields_end(definition: OptionDefinition, body: bytes) -> int:
    """Return where the fields of *body* end and the sub-options begin; WireError if a field is cut short."""
    return split(definition, body)[1]


def split(definition: OptionDefinition, body: bytes) -> tuple[list[tuple[Field, bytes]], int]:
    """Return the fields of *body* with their octets, and where they end; WireError if one is cut short."""
    once, repeated = layout(definition)
    parts: list[tuple[Field, bytes]] = []
    at = 0
    try:
        for found in once:
            stop = found.end(body, at)
            octets = body[at:stop]
            if isinstance(found, Text) and len(once) == 1:
                octets = octets.rstrip(b"\0")
                if not octets:
                    raise WireError("text without a character", 0)
            parts.append((found, octets))
            at = stop
        if repeated is None:
            return parts, at
        if isinstance(repeated, Name) and not once and _COMPRESSED[definition.family.number]:
            return _names(repeated, body), len(body)
        return _repeat(definition, repeated, body, at, parts)
    except WireError as error:
        raise WireError(error.reason, error.offset, definition.code) from error


def _repeat(
    definition: OptionDefinition, repeated: Field, body: bytes, at: int, parts: list[tuple[Field, bytes]]
) -> tuple[list[tuple[Field, bytes]], int]:
    """Append the fields of an array that begins at *at* to *parts*."""
    width = repeated.width
    end = len(body)
    if width:
        # Integers and addresses fill the option; of the other types a rest too short for one more is not looked at.
        exact = not parts and (isinstance(repeated, Integer) or definition.type in EMPTY_LISTS)
        if exact and (end - at) % width:
            raise WireError(f"{end - at} octets are no multiple of {width}", at)
        if not parts and end - at < width and definition.type not in EMPTY_LISTS:
            raise WireError("array without a value", at)
        for start in range(at, end - width + 1, width):
            parts.append((repeated, body[start : start + width]))
            at = start + width
        return parts, at
    if not parts and end - at < _FEWEST[definition.family.number] and isinstance(repeated, Tuple):
        raise WireError("array without a value", at)
    while at < end:
        if _is_root(repeated, body, at):
            break
        stop = repeated.end(body, at)
        parts.append((repeated, body[at:stop]))
        at = stop
    return parts, at


def _is_root(found: Field, body: bytes, at: int) -> bool:
    """Return whether *found* is a name and the root domain stands at *at*, which ends a list of names."""
    return isinstance(found, Name) and body[at] == 0


def _names(found: Field, body: bytes) -> list[tuple[Field, bytes]]:
    """Return the names of a list that may be compressed, each without compression."""
    if not body:
        raise WireError("list without a name", 0)
    parts: list[tuple[Field, bytes]] = []
    at = 0
    ended = False  # by the root domain: names after it must be whole, and do not count
    while at < len(body):
        parsed, at, absolute = labels.unpack_labels(body, at, True)
        if not absolute:
            raise WireError("domain name without its end", len(body))
        ended = ended or not parsed
        if not ended:
            parts.append((found, labels.pack_labels(parsed, True)))
    return parts
