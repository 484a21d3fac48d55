"""Octets as text: the colon-separated form of identifiers, and the hex forms that configurations accept."""

from __future__ import annotations

from typing import Final

_DIGITS: Final = frozenset("0123456789abcdefABCDEF")


def colon_hex(octets: bytes) -> str:
    """Return ``01:0a:ff``; empty octets give an empty text."""
    return octets.hex(":") if octets else ""


def file_name(text: str) -> str:
    """Return the name of the file that *text* of a configuration means, as functions that open files want it.

    text: one character an octet, as configurations are read; the octets are the name, in UTF-8 or whatever else. Text
    with other characters, which JSON can say by their number, is a name already.
    """
    try:
        return text.encode("latin-1").decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text


def parse_colon_hex(text: str) -> bytes:
    """Return the octets of ``01:0a:ff``; one or two digits between colons; ValueError otherwise."""
    if not text:
        return b""
    out = bytearray()
    for part in text.split(":"):
        if not 1 <= len(part) <= 2:
            raise ValueError(f"'{text}' is not a list of octets separated by colons")
        try:
            out.append(int(part, 16))
        except ValueError as error:
            raise ValueError(f"'{part}' in '{text}' is not a hexadecimal octet") from error
    return bytes(out)


def parse_hex(text: str) -> bytes:
    """Return the octets of hexadecimal *text* in any form that configurations accept; "" gives b"".

    ``01:a:ff`` and ``01 a ff`` (one or two digits between single colons or single spaces), ``0x1aff``, ``1aff``; an
    odd number of digits gets a zero in front. ValueError for all else. ARM dhcp4-std-options.
    """
    if not text:
        return b""
    for separator in ":", " ":
        if separator in text:
            parts = text.split(separator)
            digits = "".join([part.zfill(2) for part in parts])
            if not all(parts) or len(digits) != 2 * len(parts) or not _DIGITS.issuperset(digits):
                break
            return bytes.fromhex(digits)
    else:
        digits = text[2:] if text.startswith("0x") else text
        if len(digits) & 1:
            digits = "0" + digits
        # Tabs and line ends between digits do not count, though they count for the zero in front.
        digits = "".join(digits.split())
        if digits and len(digits) & 1 == 0 and _DIGITS.issuperset(digits):
            return bytes.fromhex(digits)
    raise ValueError(f"'{text}' is not a string of hexadecimal digits")


def parse_quoted(text: str) -> bytes | None:
    """Return the octets of a text in single quotes (spaces around them do not count), None if it is not one.

    ``''`` is not one: no identifier and no option of the kind is empty. ARM dhcp4-std-options.
    """
    stripped = text.strip(" \t\n")
    if len(stripped) > 2 and stripped[0] == "'" == stripped[-1]:
        return stripped[1:-1].encode("utf-8", "surrogateescape")
    return None


def parse_hex_or_quoted(text: str) -> bytes:
    """Return the octets of *text*, in single quotes or hexadecimal; ValueError for all else."""
    quoted = parse_quoted(text)
    return parse_hex(text) if quoted is None else quoted
