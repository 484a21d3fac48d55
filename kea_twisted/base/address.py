"""IPv4 and IPv6 addresses, prefixes and ranges as integers, and their text.

Addresses are plain ints everywhere inside; text exists at the edges (configuration, logs, commands, lease files).
The standard library's ipaddress objects are not used: they cost microseconds where an int costs nanoseconds.
"""

from __future__ import annotations

import socket
from functools import lru_cache
from typing import Final, NamedTuple

from kea_twisted.family import Family

MAX4 = 0xFFFFFFFF
MAX6 = (1 << 128) - 1

RECENT: Final = 4096
"""Addresses whose text is kept: each exchange writes its own several times, and the C library takes 2 µs for one."""


class Prefix(NamedTuple):
    """A network prefix: the first address, and the number of leading bits that are fixed."""

    first: int
    length: int


class Range(NamedTuple):
    """An inclusive range of addresses."""

    first: int
    last: int


def parse4(text: str) -> int:
    """Return the integer of a dotted quad; ValueError for anything else."""
    try:
        return int.from_bytes(socket.inet_pton(socket.AF_INET, text), "big")
    except (OSError, UnicodeError, ValueError) as error:
        raise ValueError(f"'{text}' is not an IPv4 address") from error


def parse6(text: str) -> int:
    """Return the integer of an IPv6 address in any textual form; ValueError for anything else."""
    try:
        return int.from_bytes(socket.inet_pton(socket.AF_INET6, text), "big")
    except (OSError, UnicodeError, ValueError) as error:
        raise ValueError(f"'{text}' is not an IPv6 address") from error


def text4(address: int) -> str:
    """Return the dotted quad of an integer."""
    return f"{address >> 24}.{address >> 16 & 255}.{address >> 8 & 255}.{address & 255}"


@lru_cache(RECENT)
def text6(address: int) -> str:
    """Return the RFC 5952 text of an integer."""
    return socket.inet_ntop(socket.AF_INET6, address.to_bytes(16, "big"))


def parse(text: str, family: Family) -> int:
    """Return the integer of an address of *family*; ValueError for anything else."""
    return parse4(text) if family.bits == 32 else parse6(text)


def to_text(address: int, family: Family) -> str:
    """Return the text of an address of *family*."""
    return text4(address) if family.bits == 32 else text6(address)


def mask(length: int, bits: int) -> int:
    """Return the netmask of *length* leading ones in *bits* bits."""
    return ((1 << length) - 1) << (bits - length)


def prefix_range(first: int, length: int, bits: int) -> Range:
    """Return the addresses of a prefix; host bits of *first* are ignored."""
    low = first & mask(length, bits)
    return Range(low, low | ((1 << (bits - length)) - 1))
