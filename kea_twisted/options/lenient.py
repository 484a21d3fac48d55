"""Tuples that claim to be longer than their option, let pass: `lenient-option-parsing`. ARM dhcp4-compatibility.

Such a tuple is made as long as what is left, before anything else looks at the option. As in Kea 2.2.0 that goes for
vendor classes and for options that are arrays of tuples; a tuple whose length itself is cut stays a mistake.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Final, NamedTuple

from kea_twisted.family import Family
from kea_twisted.options.spaces import Definitions


class Tuples(NamedTuple):
    """How the tuples of an option lie. head: octets before all; before: octets before each; width: of a length."""

    head: int
    before: int
    width: int


_VENDOR_CLASS: Final = {4: (124, Tuples(0, 4, 1)), 6: (16, Tuples(4, 0, 2))}
"""Option 124 (RFC 3925 §3) and option 16 (RFC 8415 §21.16), whose definitions do not speak of tuples."""
_ARRAY: Final = {4: Tuples(0, 0, 1), 6: Tuples(0, 0, 2)}


def lenient_options(definitions: Definitions, family: Family) -> Mapping[int, Tuples]:
    """Return the options that are read leniently, by code."""
    code, vendor_class = _VENDOR_CLASS[family.number]
    arrays = (row.code for row in definitions.in_space(family.space) if row.type == "tuple" and row.array)
    return {**dict.fromkeys(arrays, _ARRAY[family.number]), code: vendor_class}


def shorten4(options: MutableMapping[int, bytes], rows: Mapping[int, Tuples]) -> None:
    """Shorten the overrunning tuples of DHCPv4 *options*."""
    for code in rows.keys() & options.keys():
        options[code] = shorten(options[code], rows[code])


def shorten6(options: MutableMapping[int, list[bytes]], rows: Mapping[int, Tuples]) -> None:
    """Shorten the overrunning tuples of DHCPv6 *options*."""
    for code in rows.keys() & options.keys():
        options[code] = [shorten(body, rows[code]) for body in options[code]]


def shorten(body: bytes, row: Tuples) -> bytes:
    """Return *body* with a tuple that overruns it made as long as what is left."""
    head, before, width = row
    at, end = head, len(body)
    while at + before + width <= end:
        start = at + before + width
        at = start + int.from_bytes(body[start - width : start], "big")
        if at > end:
            return body[: start - width] + (end - start).to_bytes(width, "big") + body[start:]
    return body
