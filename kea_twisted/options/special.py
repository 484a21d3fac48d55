"""Options whose octets obey rules that no definition can tell: one row an option.

A row checks the structure of a body and may put it into the form in which a server sends it. The types of these
options in the tables are those of the text that configurations give.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kea_twisted.base import labels
from kea_twisted.errors import WireError
from kea_twisted.options import codec, suboptions
from kea_twisted.options.definition import OptionDefinition


def _shorter(minimum: int) -> Callable[[bytes], bytes]:
    """Return a check that a body has *minimum* octets or more."""

    def check(body: bytes) -> bytes:
        if len(body) < minimum:
            raise WireError(f"{minimum} octets wanted, {len(body)} left", 0)
        return body

    return check


_at_least_3: Final = _shorter(3)
_at_least_4: Final = _shorter(4)


def _scope(body: bytes) -> bytes:
    """Check a flag that is 0 or 1, then any text (RFC 2610 §4)."""
    if not body or body[0] > 1:
        raise WireError("the flag of the scope list is neither 0 nor 1", 0)
    return body


def _vendor_class4(body: bytes) -> bytes:
    """Check blocks of enterprise number and data (RFC 3925 §3)."""
    if len(body) != 4:  # a bare enterprise number may stand alone
        at = 0
        while at < len(body):
            if at + 5 > len(body):
                raise WireError("vendor class cut short", at)
            at += 5 + body[at + 4]
        suboptions.parse_vendor4(_at_least_4(body))
    return body


def _vendor4(body: bytes) -> bytes:
    """Return enterprise number and sub-options, without the empty block's length (RFC 3925 §4)."""
    blocks = suboptions.parse_vendor4(_at_least_4(body))
    if any(suboptions.parse4_length(octets) != len(octets) for _, octets in blocks):
        raise WireError("vendor option cut short", 4)
    return body if blocks[0][1] else body[:4]


def _vendor_class6(body: bytes) -> bytes:
    """Check an enterprise number and tuples (RFC 8415 §21.16)."""
    suboptions.parse_vendor_class6(body)
    return body


def _vendor6(body: bytes) -> bytes:
    """Check an enterprise number and whole sub-options (RFC 8415 §21.17)."""
    suboptions.check_vendor6(body)
    return body


def _fqdn6(body: bytes) -> bytes:
    """Check flags that do not contradict each other, and a name that may be partial (RFC 4704 §4)."""
    if not body:
        raise WireError("FQDN option without flags", 0)
    if body[0] & 5 == 5:
        raise WireError("the flags N and S of an FQDN option exclude each other", 0)
    client_name(body[1:])
    return body


def _excluded(body: bytes) -> bytes:
    """Check a prefix length and at least one octet of subnet ID (RFC 6603 §4.2)."""
    if len(body) < 2 or not 1 <= body[0] <= 128:
        raise WireError("excluded prefix without a length or a subnet ID", 0)
    return body


def client_name(octets: bytes) -> str:
    """Return the name of an FQDN option: absolute if *octets* end in a zero, else partial; "" if there are none.

    What follows the name is not looked at. RFC 4702 §3.3, RFC 4704 §4.2.
    """
    absolute = octets.endswith(b"\0")
    found, _, ended = labels.unpack_labels(octets if absolute else octets + b"\0")
    if not ended:
        raise WireError("domain name without its end", len(octets))
    return labels.labels_text(found, absolute)


ROWS: Final[dict[tuple[str, int], Callable[[bytes], bytes]]] = {
    ("dhcp4", 79): _scope,
    ("dhcp4", 81): _at_least_3,
    ("dhcp4", 124): _vendor_class4,
    ("dhcp4", 125): _vendor4,
    ("dhcp6", 3): _shorter(12),
    ("dhcp6", 5): _shorter(24),
    ("dhcp6", 13): _shorter(2),
    ("dhcp6", 16): _vendor_class6,
    ("dhcp6", 17): _vendor6,
    ("dhcp6", 25): _shorter(12),
    ("dhcp6", 26): _shorter(25),
    ("dhcp6", 39): _fqdn6,
    ("dhcp6", 67): _excluded,
}

TOLERATED: Final[frozenset[tuple[str, int]]] = frozenset((("dhcp4", 125), ("dhcp6", 17)))
"""Options that a query may carry cut short: it is answered as if they and all after them were not there."""


def check(definition: OptionDefinition, body: bytes) -> None:
    """Raise WireError unless a received *body* has the structure that *definition* and the rows here ask for."""
    canonical(definition, body)


def canonical(definition: OptionDefinition, body: bytes) -> bytes:
    """Return *body* as a server sends it; WireError if its structure is wrong."""
    if (definition.space, definition.code) in ROWS:
        return obedient(definition, body)
    return codec.canonical(definition, body)


def obedient(definition: OptionDefinition, body: bytes) -> bytes:
    """Return *body* as the rows here want it; WireError if it does not obey them."""
    row = ROWS.get((definition.space, definition.code))
    if row is None:
        return body
    try:
        return row(body)
    except WireError as error:
        raise WireError(error.reason, error.offset, definition.code) from error
