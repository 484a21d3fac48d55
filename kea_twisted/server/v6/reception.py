"""From octets to a query that is worth an answer: parsing and acceptance. RFC 8415 §16; ARM dhcp6-std."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kea_twisted.base.address import text6
from kea_twisted.base.octets import colon_hex
from kea_twisted.errors import WireError
from kea_twisted.log.logger import BAD_PACKETS, OPTIONS
from kea_twisted.log.message import DBG_DETAIL, DBG_PACKET
from kea_twisted.log.messages.dhcp6 import (
    DHCP6_PACKET_DROP_SERVERID_MISMATCH,
    DHCP6_PACKET_DROP_UNICAST,
    DHCP6_PACKET_OPTIONS_SKIPPED,
    DHCP6_REQUIRED_OPTIONS_CHECK_FAIL,
    DHCP6_UNKNOWN_MSG_RECEIVED,
)
from kea_twisted.options import special
from kea_twisted.options.lenient import shorten6
from kea_twisted.options.spaces import STANDARD6, Rule
from kea_twisted.options.suboptions import parse6
from kea_twisted.server.outcome import Outcome
from kea_twisted.server.reception import dropped, log_query, log_unpacking, malformed
from kea_twisted.server.v6.exchange import (
    MULTICAST_FIRST,
    OPTION_CLIENT_ID,
    OPTION_FQDN,
    OPTION_IA_NA,
    OPTION_IA_PD,
    OPTION_IA_TA,
    OPTION_IAADDR,
    OPTION_IAPREFIX,
    OPTION_SERVER_ID,
    OPTION_VENDOR_OPTS,
    Exchange6,
)
from kea_twisted.wire.v6 import (
    CONFIRM,
    DECLINE,
    DHCPV4_QUERY,
    INFORMATION_REQUEST,
    REBIND,
    RELEASE,
    RENEW,
    REQUEST,
    SOLICIT,
    OptionMap,
    Packet6,
    cut_before,
    parse_ia,
    unpack,
)

_MULTICAST_ONLY: Final = frozenset({SOLICIT, CONFIRM, REBIND, INFORMATION_REQUEST})
"""What must not be sent to a unicast address. RFC 8415 §16."""

_SHORTEST_DUID: Final = 3
_LONGEST_DUID: Final = 128

_FORBIDDEN: Final = 0
_OPTIONAL: Final = 1
_MANDATORY: Final = 2

_DEMANDS: Final = {
    SOLICIT: (_MANDATORY, _FORBIDDEN),
    REQUEST: (_MANDATORY, _MANDATORY),
    CONFIRM: (_MANDATORY, _FORBIDDEN),
    RENEW: (_MANDATORY, _MANDATORY),
    REBIND: (_MANDATORY, _FORBIDDEN),
    RELEASE: (_MANDATORY, _MANDATORY),
    DECLINE: (_MANDATORY, _MANDATORY),
    INFORMATION_REQUEST: (_OPTIONAL, _OPTIONAL),
    DHCPV4_QUERY: (_OPTIONAL, _OPTIONAL),
}
"""Message type to what it demands of client identifier and server identifier. RFC 8415 §16.2 to §16.12."""

_BOTH_S_AND_N: Final = 0x05
"""Flags of option 39 that contradict each other. RFC 4704 §4.1."""

_ENTERPRISE_LENGTH: Final = 4
"""The octets of option 17 before its sub-options."""

_VENDOR_RULES: Final = STANDARD6.vendor_rules()
"""What sub-options of known vendors must obey; those of custom definitions are not looked at, as in Kea."""

_BEFORE_OPTIONS: Final = {OPTION_IA_NA: 12, OPTION_IA_TA: 4, OPTION_IA_PD: 12, OPTION_IAADDR: 24, OPTION_IAPREFIX: 25}
"""How many octets options that hold options have before these."""

_NO_RULES: Final[dict[int, Rule]] = {}

_DEEPEST: Final = 8
"""How many levels of options in options are looked at; four are more than any client has."""


def parse_query(exchange: Exchange6) -> Outcome | None:
    """Step: turn the octets into a packet, unless a callout did, and refuse options that are malformed."""
    query = exchange.query
    if not exchange.parsed:
        if OPTIONS.rank >= DBG_DETAIL:
            log_unpacking(exchange)
        try:
            unpack(query)
            _check_options(exchange, query)
        except WireError as error:
            return malformed(exchange, str(error))
    exchange.server.counters.received_type(query.message_type).add(1, exchange.now)
    return None


def _check_options(exchange: Exchange6, query: Packet6) -> None:
    """Parse the IAs, and raise WireError for options that are not of the form that their definitions ask for."""
    options = query.options
    ias = exchange.ias
    rules = exchange.server.rules
    lenient = exchange.server.lenient
    if lenient:
        for scope in (options, *(relay.options for relay in query.relays)):
            shorten6(scope, lenient)
    if OPTION_VENDOR_OPTS in options or (query.relays and query.relay_option(OPTION_VENDOR_OPTS) is not None):
        _check_vendors(query)
        options = query.options
    for code in options:
        if code == OPTION_IA_NA or code == OPTION_IA_PD:
            for place, body in enumerate(options[code]):
                ia = parse_ia(body)
                if ia.options and not _is_plain(ia.options) and _holds_cut(body, 12, rules):
                    _say_skipped(query)
                    cut_before(query, code, place)
                    ias.clear()
                    _check_options(exchange, query)
                    return
                ias.append((code, ia))
            continue
        if code == OPTION_IAADDR or code == OPTION_IAPREFIX:  # astray: not in an IA
            for body in options[code]:
                _holds_cut(body, _BEFORE_OPTIONS[code], rules)
        rule = rules.get(code)
        if rule is not None:
            _check_bodies(code, options[code], rule)
    for relay in query.relays:
        rules = exchange.server.relay_rules
        for code, bodies in relay.options.items():
            rule = rules.get(code)
            if rule is not None:
                _check_bodies(code, bodies, rule)
    if OPTION_FQDN in options:
        _check_names(options[OPTION_FQDN])
    if len(ias) > 1:
        ias.sort(key=_by_code)


def _check_bodies(code: int, bodies: list[bytes], rule: Rule) -> None:
    """Raise WireError if one of *bodies* is not of the form of its definition."""
    minimum, multiple, row = rule
    for body in bodies:
        if len(body) < minimum or len(body) % multiple:
            raise WireError(f"option of {len(body)} octets", 0, code)
        if row is not None:
            special.check(row, body)


def _by_code(pair: tuple[int, object]) -> int:
    """Return the option code of an IA."""
    return pair[0]


def _check_names(bodies: list[bytes]) -> None:
    """Raise WireError for a name with flags that contradict each other."""
    for body in bodies:
        if body and body[0] & _BOTH_S_AND_N == _BOTH_S_AND_N:
            raise WireError("client FQDN with both S and N", 0, OPTION_FQDN)


def _is_plain(options: OptionMap) -> bool:
    """Return whether all that stands in an IA is addresses and prefixes without options of their own."""
    for code, bodies in options.items():
        if code != OPTION_IAADDR and code != OPTION_IAPREFIX:
            return False
        length = _BEFORE_OPTIONS[code]
        for body in bodies:
            if len(body) != length:
                return False
    return True


def _holds_cut(octets: bytes, start: int, rules: Mapping[int, Rule], depth: int = 0) -> bool:
    """Return whether vendor options are cut short among the options that *octets* hold from *start* on, or in these.

    Raises WireError for one that is not of the form of its definition: options have the same form wherever they stand.
    rules: none for what is in an IA_TA, which nobody serves.
    """
    end = len(octets)
    while start + 4 <= end:
        code = octets[start] << 8 | octets[start + 1]
        stop = start + 4 + (octets[start + 2] << 8 | octets[start + 3])
        if stop > end:
            break
        body = octets[start + 4 : stop]
        if code == OPTION_VENDOR_OPTS and _is_cut(body, end - start - 4):
            return True
        start = stop
        if not rules:
            continue
        before = _BEFORE_OPTIONS.get(code, -1)
        if len(body) < before:
            raise WireError(f"option of {len(body)} octets, at least {before} expected", 0, code)
        if before < 0:
            if code == OPTION_FQDN:
                _check_names([body])
            rule = rules.get(code)
            if rule is not None:
                _check_bodies(code, [body], rule)
        elif len(body) > before and depth < _DEEPEST:
            if _holds_cut(body, before, _NO_RULES if code == OPTION_IA_TA else rules, depth + 1):
                return True
    return False


def _is_cut(body: bytes, left: int) -> bool:
    """Return whether vendor options inside an IA are cut short. left: octets after the header, to the end of the IA."""
    if len(body) < _ENTERPRISE_LENGTH:
        return left >= _ENTERPRISE_LENGTH  # else they are the end, and nothing is lost
    return _first_cut({OPTION_VENDOR_OPTS: [body]}) is not None


def _check_vendors(query: Packet6) -> None:
    """Check the sub-options of vendors; one that is cut short takes all options after its option 17 along.

    Raises WireError for sub-options that are not of the form of their definition. The relays' are checked, too: what
    stands after a broken one is lost, and without a message in it a relay message is one that nobody serves.
    """
    for relay in query.relays:
        if _first_cut(relay.options) is not None:
            _say_skipped(query)
            query.message_type = relay.message_type
            query.relays = []
            query.options = {}
            return
    place = _first_cut(query.options, _ENTERPRISE_LENGTH)
    if place is not None:
        _say_skipped(query)
        cut_before(query, OPTION_VENDOR_OPTS, place)


def _first_cut(options: OptionMap, least: int = 0) -> int | None:
    """Return which of several options 17 is the first that is cut short or below *least* octets, None if none is."""
    for place, body in enumerate(options.get(OPTION_VENDOR_OPTS, ())):
        if len(body) < _ENTERPRISE_LENGTH:
            if len(body) < least:
                return place
            continue
        found = parse6(body, _ENTERPRISE_LENGTH)
        rules = _VENDOR_RULES.get(int.from_bytes(body[:4], "big"))
        if rules:
            for code, inner in found:
                rule = rules.get(code)
                if rule is not None:
                    _check_bodies(code, [inner], rule)
        if sum(len(inner) + 4 for _code, inner in found) != len(body) - _ENTERPRISE_LENGTH:
            return place
    return None


def _say_skipped(query: Packet6) -> None:
    if OPTIONS.rank >= DBG_DETAIL:
        OPTIONS.log(DHCP6_PACKET_OPTIONS_SKIPPED, f"vendor options of {query.label} are cut short")


def accept(exchange: Exchange6) -> Outcome | None:
    """Step: drop what is for another server, and what came to a unicast address but must not."""
    query = exchange.query
    kind = query.message_type
    server_ids = query.options.get(OPTION_SERVER_ID)
    if server_ids is not None and server_ids[0] != exchange.config.server_id:
        if BAD_PACKETS.rank >= DBG_PACKET:
            BAD_PACKETS.log(
                DHCP6_PACKET_DROP_SERVERID_MISMATCH,
                exchange.label,
                colon_hex(server_ids[0]),
                colon_hex(exchange.config.server_id),
            )
        return dropped(exchange, "another server's")
    if kind in _MULTICAST_ONLY and not query.relays and query.local_address < MULTICAST_FIRST:
        if BAD_PACKETS.rank >= DBG_PACKET:
            BAD_PACKETS.log(DHCP6_PACKET_DROP_UNICAST, exchange.label, query.name)
        return dropped(exchange, "unicast")
    log_query(exchange)
    return None


def check(exchange: Exchange6) -> Outcome | None:
    """Step: drop unserved message types and wrong identifiers; note the client identifier."""
    query = exchange.query
    demands = _DEMANDS.get(query.message_type)
    if demands is None:
        if BAD_PACKETS.rank >= DBG_PACKET:
            BAD_PACKETS.log(DHCP6_UNKNOWN_MSG_RECEIVED, query.message_type, query.ifname)
        return dropped(exchange, "message type not served")
    options = query.options
    fault = _fault(options.get(OPTION_CLIENT_ID), demands[0], "client")
    fault = fault or _fault(options.get(OPTION_SERVER_ID), demands[1], "server")
    if fault:
        if BAD_PACKETS.rank >= DBG_PACKET:
            BAD_PACKETS.log(
                DHCP6_REQUIRED_OPTIONS_CHECK_FAIL, query.name, text6(query.remote_address), f"{fault} in {query.name}"
            )
        return dropped(exchange, fault)
    if OPTION_CLIENT_ID in options:
        exchange.client_id = options[OPTION_CLIENT_ID][0]
    return None


def _fault(bodies: list[bytes] | None, demand: int, whose: str) -> str:
    """Return what is wrong with the identifiers of one kind, "" if nothing."""
    if bodies is None:
        return f"no {whose} identifier" if demand == _MANDATORY else ""
    if demand == _FORBIDDEN:
        return f"{whose} identifier not expected"
    if len(bodies) != 1:
        return f"{len(bodies)} {whose} identifiers"
    if not _SHORTEST_DUID <= len(bodies[0]) <= _LONGEST_DUID:
        return f"{whose} identifier of {len(bodies[0])} octets"
    return ""
