"""From octets to a query that is worth an answer: parsing and acceptance. RFC 8415 §16; ARM dhcp6-std."""

from __future__ import annotations

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
from kea_twisted.server.outcome import Outcome
from kea_twisted.server.reception import dropped, log_query, log_unpacking, malformed
from kea_twisted.server.v6.exchange import (
    MULTICAST_FIRST,
    OPTION_CLIENT_ID,
    OPTION_FQDN,
    OPTION_IA_NA,
    OPTION_IA_PD,
    OPTION_IAADDR,
    OPTION_IAPREFIX,
    OPTION_SERVER_ID,
    Exchange6,
)
from kea_twisted.server.v6.forms import BEFORE_OPTIONS, Plain, check_name
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

_IAS: Final = (OPTION_IA_NA, OPTION_IA_PD)
"""The options that ask for leases, in the order in which they are answered."""

_ADDRESS_LENGTHS: Final = {code: BEFORE_OPTIONS[code] for code in (OPTION_IAADDR, OPTION_IAPREFIX)}
"""How many octets addresses and prefixes in an IA have, without options of their own."""


def parse_query(exchange: Exchange6) -> Outcome | None:
    """Step: turn the octets into a packet, unless a callout did, and refuse options that are malformed."""
    query = exchange.query
    if not exchange.parsed:
        if OPTIONS.rank >= DBG_DETAIL:
            log_unpacking(exchange)
        wrong = ""
        try:
            unpack(query)
            plain = _is_plain(exchange, query)
        except WireError as error:
            plain, wrong = False, str(error)
        if not plain:
            outcome = _look_closely(exchange, query, wrong)
            if outcome is not None:
                return outcome
    exchange.server.counters.received_type(query.message_type).add(1, exchange.now)
    return None


def _is_plain(exchange: Exchange6, query: Packet6) -> bool:
    """Read the IAs; return whether no option needs a closer look. WireError for some that are malformed."""
    options = query.options
    forms = exchange.server.forms
    if forms.lenient:
        for scope in (options, *(relay.options for relay in query.relays)):
            shorten6(scope, forms.lenient)
    plain = forms.holders.isdisjoint(options)
    rules = forms.plain
    ias = exchange.ias
    for code in options:
        if code == OPTION_IA_NA or code == OPTION_IA_PD:
            for body in options[code]:
                ia = parse_ia(body)
                if ia.options and not _holds_addresses(ia.options):
                    plain = False
                ias.append((code, ia))
            continue
        rule = rules.get(code)
        if rule is not None and not _obeys(options[code], rule):
            return False
    for relay in query.relays:
        rules = forms.relay_plain
        for code, bodies in relay.options.items():
            rule = rules.get(code)
            if rule is not None and not _obeys(bodies, rule):
                return False
        plain = plain and forms.relay_holders.isdisjoint(relay.options)
    if OPTION_FQDN in options:
        for body in options[OPTION_FQDN]:
            check_name(body)
    if len(ias) > 1:
        ias.sort(key=_by_code)
    return plain


def _obeys(bodies: list[bytes], rule: Plain) -> bool:
    """Return whether all of *bodies* are as *rule* says; WireError if one does not fit its definition."""
    fewest, most, multiple, row = rule
    for body in bodies:
        length = len(body)
        if not fewest <= length <= most or length % multiple:
            return False
        if row is not None:
            special.check(row, body)
    return True


def _by_code(pair: tuple[int, object]) -> int:
    """Return the option code of an IA."""
    return pair[0]


def _holds_addresses(options: OptionMap) -> bool:
    """Return whether all that stands in an IA is addresses and prefixes without options of their own."""
    for code, bodies in options.items():
        length = _ADDRESS_LENGTHS.get(code)
        if length is None:
            return False
        for body in bodies:
            if len(body) != length:
                return False
    return True


def _look_closely(exchange: Exchange6, query: Packet6, wrong: str) -> Outcome | None:
    """Read a query again as far as vendor options are not cut short; drop it if it is malformed up to there.

    wrong: what is wrong with it in any order of its options, "" if nothing is. A relay message without a message in it
    is one that nobody serves.
    """
    forms = exchange.server.forms
    try:
        cut = forms.first_cut(query.octets)
    except WireError as error:
        return malformed(exchange, str(error))
    if cut is None:
        if wrong:
            return malformed(exchange, wrong)
    elif cut.relay:
        query.message_type, query.transid = cut.relay, 0
        query.relays = []
        query.options = {}
    else:
        unpack(query, cut.place)
        shorten6(query.options, forms.lenient)
    if cut is not None and OPTIONS.rank >= DBG_DETAIL:
        OPTIONS.log(DHCP6_PACKET_OPTIONS_SKIPPED, f"vendor options of {query.label} are cut short")
    options = query.options
    exchange.ias = [(code, parse_ia(body)) for code in _IAS if code in options for body in options[code]]
    return None


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
