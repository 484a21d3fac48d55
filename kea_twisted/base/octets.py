"""Octets as text: the colon-separated form of identifiers, and the hex forms that configurations accept."""

from __future__ import annotations


def colon_hex(octets: bytes) -> str:
    """Return ``01:0a:ff``; empty octets give an empty text."""
    return octets.hex(":") if octets else ""


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
