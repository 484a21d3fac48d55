"""The form of received options where it matters in which order they stand: options in options, and vendor options.

Vendor options (17) that are cut short are not wrong: as in Kea they take along all that stands after the option of the
message in which they are found, however deep inside of it, and the query is answered without. What is malformed before
makes the query malformed; what is malformed after does no harm. So such a message is looked at from its first octet on.
Not here: ordinary messages, which :mod:`.reception` checks option by option, in any order.
RFC 8415 §21.17 (vendor options), §21.4 to §21.22 (IAs), RFC 6422 (option 66), RFC 7598 (options 94 to 96).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from kea_twisted.errors import WireError
from kea_twisted.family import V6
from kea_twisted.options import codec, special
from kea_twisted.options.definition import OptionDefinition
from kea_twisted.options.lenient import Tuples, shorten
from kea_twisted.options.spaces import STANDARD6, Definitions, Rule
from kea_twisted.options.suboptions import parse6
from kea_twisted.options.types import Integer
from kea_twisted.server.v6.exchange import (
    OPTION_CLIENT_ID,
    OPTION_FQDN,
    OPTION_IA_NA,
    OPTION_IA_PD,
    OPTION_IAADDR,
    OPTION_IAPREFIX,
    OPTION_SERVER_ID,
    OPTION_VENDOR_OPTS,
)
from kea_twisted.wire.v6 import (
    HEADER_LENGTH,
    HOP_COUNT_LIMIT,
    RELAY_FORW,
    RELAY_HEADER_LENGTH,
    RELAY_MSG,
    RELAY_REPL,
    parse_options,
)

BEFORE_OPTIONS: Final = {OPTION_IA_NA: 12, OPTION_IA_PD: 12, OPTION_IAADDR: 24, OPTION_IAPREFIX: 25}
"""How many octets options that hold options of the top space have before these."""

_UNCHECKED: Final = frozenset({OPTION_CLIENT_ID, OPTION_SERVER_ID})
"""What is looked at later in a message: what is wrong with them counts as a message of its type."""

_BOTH_S_AND_N: Final = 0x05
"""Flags of option 39 that contradict each other. RFC 4704 §4.1."""

ENTERPRISE_LENGTH: Final = 4
"""The octets of option 17 before its sub-options."""

_VENDOR_RULES: Final = STANDARD6.vendor_rules()
"""What sub-options of known vendors must obey; those of custom definitions are not looked at, as in Kea."""

_ANY: Final = 1 << 16

_DEEPEST: Final = 16
"""How many levels of options in options are looked at; five are more than any client has."""


class Cut(NamedTuple):
    """Where reading ends.

    relay: the type of the relay message that it ends in, 0 for the client's message. place: of the option with which it
    ends, from the first octet of the datagram.
    """

    relay: int
    place: int


class Plain(NamedTuple):
    """What the octets of an option are that needs no second look.

    fewest, most, multiple: how many they are, and what divides their number. row: the definition if more is to be
    checked.
    """

    fewest: int
    most: int
    multiple: int
    row: OptionDefinition | None


class _Holder(NamedTuple):
    """An option that holds options. row: its definition, None where *before* says how many octets come first."""

    row: OptionDefinition | None
    before: int
    space: str


class Forms:
    """What one configuration makes of received options.

    definitions: all that it knows. plain: how options of a message look that are in order, by code, those aside that
    are read in any case; relay_plain: the same of options that relays add. holders, relay_holders: options for which
    there is no telling without a look at what they hold. lenient: how tuples that overrun their option are let pass.
    """

    __slots__ = ("_holders", "definitions", "holders", "lenient", "plain", "relay_holders", "relay_plain")

    def __init__(self, definitions: Definitions, lenient: Mapping[int, Tuples]) -> None:
        self.definitions = definitions
        self._holders: dict[str, dict[int, _Holder]] = {}
        self.lenient = lenient
        holders = self._holders_of(V6.space)
        numbers = {code for code, holder in holders.items() if not holder.space}
        self.relay_holders = frozenset((*holders.keys() - numbers, OPTION_VENDOR_OPTS))
        self.holders = self.relay_holders - {OPTION_IA_NA, OPTION_IA_PD}
        self.relay_plain = {
            code: Plain(fewest, fewest if code in numbers else _ANY, multiple, row)
            for code, (fewest, multiple, row) in definitions.rules(V6.space).items()
        }
        elsewhere = (*_UNCHECKED, OPTION_IA_NA, OPTION_IA_PD)
        self.plain = {code: rule for code, rule in self.relay_plain.items() if code not in elsewhere}

    def first_cut(self, octets: bytes) -> Cut | None:
        """Return where vendor options that are cut short end the reading of a datagram, None if there are none.

        Raises WireError for the first malformed option before. What no message is has no options and no cut.
        """
        offset, end = 0, len(octets)
        for _hop in range(HOP_COUNT_LIMIT + 2):
            if end - offset < HEADER_LENGTH:
                return None
            kind = octets[offset]
            if kind not in (RELAY_FORW, RELAY_REPL) or end - offset < RELAY_HEADER_LENGTH:
                place = self._walk(octets, offset + HEADER_LENGTH, end, V6.space, 0, True)
                return None if place is None else Cut(0, place)
            start = offset + RELAY_HEADER_LENGTH
            place = self._walk(octets, start, end, V6.space, 0)
            if place is not None:
                return Cut(kind, place)
            inner = parse_options(octets, start, end, {}, RELAY_MSG)
            if inner is None:
                return None
            offset, end = inner
        return None

    def _walk(
        self, octets: bytes, start: int, end: int, space: str, depth: int, of_message: bool = False
    ) -> int | None:
        """Return which option between *start* and *end* is, or holds, the first vendor options that are cut short.

        of_message: the options are the client's; elsewhere a beginning of vendor options at the end does no harm.
        None if there are none. Raises WireError for a malformed option before.
        """
        rules = self.definitions.rules(space)
        holders = self._holders_of(space)
        top = space == V6.space
        while start + 4 <= end:
            code = octets[start] << 8 | octets[start + 1]
            body = start + 4
            stop = body + (octets[start + 2] << 8 | octets[start + 3])
            if stop > end:
                break
            if code == OPTION_VENDOR_OPTS:
                if end - body < ENTERPRISE_LENGTH and not of_message:
                    break  # nothing is lost but what is no option
                if _is_cut(octets[body:stop]):
                    return start
            else:
                if top and code == OPTION_FQDN:
                    check_name(octets[body:stop])
                rule = rules.get(code)
                if rule is not None and not (top and code in _UNCHECKED):
                    found = octets[body:stop]
                    if top and code in self.lenient:
                        found = shorten(found, self.lenient[code])
                    _check(code, found, rule)
                holder = holders.get(code)
                if holder is not None and depth < _DEEPEST:
                    before = holder.before
                    if holder.row is not None:
                        before = codec.fields_end(holder.row, octets[body:stop])
                    if self._walk(octets, body + before, stop, holder.space, depth + 1) is not None:
                        return start
            start = stop
        return None

    def _holders_of(self, space: str) -> dict[int, _Holder]:
        """Return the options of *space* that hold options: by their definition, or because of octets after a number."""
        found = self._holders.get(space)
        if found is None:
            found = {}
            for row in self.definitions.in_space(space):
                before = BEFORE_OPTIONS.get(row.code) if space == V6.space else None
                once, repeated = codec.layout(row)
                if before is not None:
                    found[row.code] = _Holder(None, before, V6.space)
                elif row.encapsulates:
                    found[row.code] = _Holder(row, 0, row.encapsulates)
                elif len(once) == 1 and repeated is None and isinstance(once[0], Integer):
                    found[row.code] = _Holder(row, 0, "")
            self._holders[space] = found
        return found


def _is_cut(body: bytes) -> bool:
    """Return whether vendor options are cut short; WireError for sub-options that are malformed before."""
    if len(body) < ENTERPRISE_LENGTH:
        return True
    found = parse6(body, ENTERPRISE_LENGTH)
    rules = _VENDOR_RULES.get(int.from_bytes(body[:4], "big"))
    if rules:
        for code, inner in found:
            rule = rules.get(code)
            if rule is not None:
                _check(code, inner, rule)
    return sum(len(inner) + 4 for _code, inner in found) != len(body) - ENTERPRISE_LENGTH


def _check(code: int, body: bytes, rule: Rule) -> None:
    """Raise WireError unless *body* is of the form of its definition."""
    minimum, multiple, row = rule
    if len(body) < minimum or len(body) % multiple:
        raise WireError(f"option of {len(body)} octets", 0, code)
    if row is not None:
        special.check(row, body)


def check_name(body: bytes) -> None:
    """Raise WireError for a name with flags that contradict each other."""
    if body and body[0] & _BOTH_S_AND_N == _BOTH_S_AND_N:
        raise WireError("client FQDN with both S and N", 0, OPTION_FQDN)
