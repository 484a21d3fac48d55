"""The form of received options where it matters in which order they stand: vendor options.

Vendor options (125) that are cut short are not wrong: as in Kea they take along all options after them, and the query
is answered without. What is malformed before makes the query malformed; what is malformed after does no harm.
Not here: all other options, which :mod:`.reception` checks in any order. RFC 3925 §4.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.errors import WireError
from kea_twisted.options import spaces
from kea_twisted.options.spaces import STANDARD4
from kea_twisted.options.suboptions import parse4, parse4_length
from kea_twisted.server.v4.exchange import OPTION_VENDOR_OPTIONS
from kea_twisted.wire.v4 import Packet4, first_place, unpack

_ENTERPRISE: Final = 4
"""Octets of the enterprise number in option 125; one more says how many belong to that vendor."""
_VENDOR_RULES: Final = STANDARD4.vendor_rules()
"""What sub-options of known vendors must obey; those of custom definitions are not looked at, as in Kea."""


def read(query: Packet4) -> str:
    """Read the octets of *query*; return what is wrong with them, "" if nothing is.

    Vendor options that are cut short are not wrong: they take all options after them along, good and bad ones, and
    the query is answered without.
    """
    wrong = ""
    try:
        unpack(query)
    except WireError as error:
        wrong = str(error)
        if not error.code:
            return wrong  # it has come to no options
    if OPTION_VENDOR_OPTIONS not in query.options:
        return wrong
    try:
        if not _is_cut(query.options[OPTION_VENDOR_OPTIONS]):
            return wrong
        unpack(query, first_place(query, OPTION_VENDOR_OPTIONS))
    except WireError as error:
        return str(error)
    query.options.pop(OPTION_VENDOR_OPTIONS, None)  # what came in file or sname
    query.unparsed = "the vendor option is cut short"
    return ""


def _is_cut(body: bytes) -> bool:
    """Return whether the sub-options of the first vendor in option 125 are cut short; WireError if one is malformed."""
    block = body[_ENTERPRISE + 1 :]
    if len(body) > _ENTERPRISE:
        length = body[_ENTERPRISE]
        if length > len(block):
            return True
        block = block[:length]
    elif len(body) < _ENTERPRISE:
        return True
    rules = _VENDOR_RULES.get(int.from_bytes(body[:_ENTERPRISE], "big"))
    wrong = spaces.disobeyed(rules, parse4(block)) if rules else ""
    if wrong:
        raise WireError(wrong, _ENTERPRISE + 1, OPTION_VENDOR_OPTIONS)
    return parse4_length(block) != len(block)
