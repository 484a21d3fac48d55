"""An option as the text that ``option[...].text`` compares with.

Texts (type ``string``) are themselves. Every other option is shown with its code, length and typed values, the way Kea
2.2.0 shows it; expressions written for Kea go on to match. Not here: the text of configurations (kea_twisted.options).
"""

from __future__ import annotations

from typing import Final

from kea_twisted.base.address import text4, text6
from kea_twisted.base.octets import colon_hex
from kea_twisted.family import Family
from kea_twisted.options.definition import OptionDefinition

_INTEGERS: Final = {"uint8": (1, False), "uint16": (2, False), "uint32": (4, False), "int8": (1, True)} | {
    "int16": (2, True),
    "int32": (4, True),
}
_ADDRESSES: Final = {"ipv4-address": 4, "ipv6-address": 16}


def option_text(definition: OptionDefinition | None, code: int, body: bytes, family: Family) -> bytes:
    """Return the text of an option; in hexadecimal if its octets are not what *definition* says."""
    if definition is not None and definition.type == "string" and not definition.array:
        return body
    digits = 3 if family.number == 4 else 5
    head = f"type={code:0{digits}d}, len={len(body):0{digits}d}: "
    values = _values(definition, body) if definition is not None else None
    return (head + (colon_hex(body) if values is None else values)).encode()


def _values(definition: OptionDefinition, body: bytes) -> str | None:
    """Return the values of a body, None if it does not follow its definition."""
    kind = definition.type
    if kind == "binary":
        return None
    if definition.array and kind in _INTEGERS:
        width, signed = _INTEGERS[kind]
        if not body or len(body) % width:
            return None
        parts = (body[i : i + width] for i in range(0, len(body), width))
        return " ".join(f"{int.from_bytes(part, 'big', signed=signed)}({kind})" for part in parts)
    if definition.array and kind in _ADDRESSES:
        width = _ADDRESSES[kind]
        if not body or len(body) % width:
            return None
        return " ".join(_address(body[i : i + width]) for i in range(0, len(body), width))
    kinds = list(definition.record) if kind == "record" else [kind]
    out: list[str] = []
    offset = 0
    while kinds:
        kind = kinds.pop(0)
        shown = _value(kind, body, offset)
        if shown is None:
            return None
        text, offset = shown
        if text:
            out.append(f"{text} ({kind})")
        if not kinds and definition.array and offset < len(body):
            kinds.append(kind)
    return " ".join(out)


def _address(octets: bytes) -> str:
    """Return the text of 4 or 16 octets."""
    number = int.from_bytes(octets, "big")
    return text4(number) if len(octets) == 4 else text6(number)


def _value(kind: str, body: bytes, offset: int) -> tuple[str, int] | None:
    """Return the text of the value at *offset* and where the next one begins, None if it is malformed."""
    left = len(body) - offset
    if kind == "empty":
        return "", offset
    if kind == "binary":
        return body[offset:].hex().upper(), len(body)
    if kind == "string":
        return f'"{body[offset:].rstrip(bytes(1)).decode("latin-1")}"', len(body)
    if kind == "fqdn":
        return _name(body, offset)
    width, signed = _INTEGERS.get(kind, (0, False))
    if kind == "boolean":
        width = 1
    elif kind in _ADDRESSES:
        width = _ADDRESSES[kind]
    if not width or left < width:
        return None
    octets = body[offset : offset + width]
    if kind == "boolean":
        return ("true" if octets[0] else "false"), offset + 1
    if kind in _ADDRESSES:
        return _address(octets), offset + width
    return str(int.from_bytes(octets, "big", signed=signed)), offset + width


def _name(body: bytes, offset: int) -> tuple[str, int] | None:
    """Return an uncompressed domain name in quotes, with its final dot."""
    labels: list[str] = []
    while offset < len(body):
        length = body[offset]
        offset += 1
        if length == 0:
            return f'"{".".join(labels)}."', offset
        if length > 63 or offset + length > len(body):
            return None
        labels.append(body[offset : offset + length].decode("latin-1").lower())
        offset += length
    return None
