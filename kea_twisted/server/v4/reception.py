"""From octets to a query that is worth an answer: parsing, classes, acceptance. ARM dhcp4-srv; RFC 2131 §4.3."""

from __future__ import annotations

from typing import Final

from kea_twisted.alloc.engine import admitted, members
from kea_twisted.family import V4
from kea_twisted.log.logger import BAD_PACKETS, OPTIONS, PACKETS
from kea_twisted.log.message import DBG_DETAIL, DBG_PACKET
from kea_twisted.log.messages.dhcp4 import (
    DHCP4_BUFFER_RECEIVE_FAIL,
    DHCP4_PACKET_DROP_0002,
    DHCP4_PACKET_DROP_0003,
    DHCP4_PACKET_DROP_0004,
    DHCP4_PACKET_DROP_0005,
    DHCP4_PACKET_DROP_0006,
    DHCP4_PACKET_DROP_0007,
    DHCP4_PACKET_DROP_0009,
    DHCP4_PACKET_OPTIONS_SKIPPED,
    DHCP4_SUBNET_SELECTION_FAILED,
)
from kea_twisted.options import spaces
from kea_twisted.options.lenient import shorten4
from kea_twisted.server.outcome import Drop, Outcome
from kea_twisted.server.reception import dropped, log_query, log_unpacking, malformed, unreadable
from kea_twisted.server.v4 import names
from kea_twisted.server.v4.exchange import (
    BROADCAST,
    OPTION_CLIENT_ID,
    OPTION_MESSAGE_TYPE,
    OPTION_REQUESTED_ADDRESS,
    OPTION_SERVER_ID,
    Exchange4,
)
from kea_twisted.server.v4.forms import read
from kea_twisted.server.v4.select import find_subnet
from kea_twisted.wire.v4 import (
    DHCPDECLINE,
    DHCPDISCOVER,
    DHCPINFORM,
    DHCPRELEASE,
    DHCPREQUEST,
    HEADER_LENGTH,
    NAMES,
    Packet4,
)

SERVED: Final = frozenset({DHCPDISCOVER, DHCPREQUEST, DHCPDECLINE, DHCPRELEASE, DHCPINFORM})
_ALLOCATING: Final = frozenset({DHCPDISCOVER, DHCPREQUEST})
_WITHOUT_SUBNET: Final = frozenset((DHCPDISCOVER, DHCPREQUEST, DHCPINFORM))
"""What is told no, ignored or answered where no subnet serves the client."""

_SHORTEST_CLIENT_ID: Final = 2
_LONGEST_CLIENT_ID: Final = 128


def parse_query(exchange: Exchange4) -> Outcome | None:
    """Step: turn the octets into a packet, unless a callout did."""
    query = exchange.query
    if not exchange.parsed:
        if OPTIONS.rank >= DBG_DETAIL:
            log_unpacking(exchange)
        wrong = read(query)
        if wrong:
            if len(query.octets) < HEADER_LENGTH:
                PACKETS.log(DHCP4_BUFFER_RECEIVE_FAIL, wrong)
                return unreadable(exchange)
            return malformed(exchange, wrong)
        options = query.options
        if exchange.server.lenient:
            shorten4(options, exchange.server.lenient)
        wrong = spaces.malformed(exchange.server.definitions, V4.space, options) or names.problem(options)
        if wrong:
            return malformed(exchange, wrong)
        if query.unparsed and OPTIONS.rank >= DBG_DETAIL:
            OPTIONS.log(DHCP4_PACKET_OPTIONS_SKIPPED, query.unparsed)
    exchange.server.counters.received_type(query.message_type).add(1, exchange.now)
    return None


def accept(exchange: Exchange4) -> Outcome | None:
    """Step: drop what is not for this server: unserved types, links without subnet, other servers' requests."""
    query = exchange.query
    kind = query.message_type
    if kind not in SERVED:
        _log_unserved(query)
        return dropped(exchange, "message type not served")
    options = query.options
    if not query.giaddr:
        if kind == DHCPINFORM and not query.remote_address and not query.ciaddr:
            return _no_subnet(exchange)
        if query.local_address == BROADCAST:
            exchange.subnet = find_subnet(exchange.config.index, query)
            if exchange.subnet is None:
                if PACKETS.rank >= DBG_DETAIL:
                    PACKETS.log(DHCP4_SUBNET_SELECTION_FAILED, exchange.label)
                return _no_subnet(exchange)
    if OPTION_SERVER_ID in options and not exchange.server.is_ours(query, options[OPTION_SERVER_ID]):
        if BAD_PACKETS.rank >= DBG_PACKET:
            BAD_PACKETS.log(DHCP4_PACKET_DROP_0003, exchange.label, query.ifname)
        return dropped(exchange, "another server's")
    log_query(exchange)
    return None if query.carrier is None else _accept_over6(exchange)


def _accept_over6(exchange: Exchange4) -> Outcome | None:
    """Drop what came over DHCPv6 and cannot be served: without an address of ours, or for the classes of the client."""
    query = exchange.query
    if not query.interface_address:
        return _unanswerable(exchange, f"no IPv4 socket on {query.ifname} to answer in the name of")
    subnet = find_subnet(exchange.config.index, query)
    if subnet is not None and query.message_type in _ALLOCATING:
        subnet = admitted(members(subnet), query.classes)
        if subnet is None:
            return Drop("no subnet for the classes of the client")
    exchange.subnet = subnet
    return None


def check(exchange: Exchange4) -> Outcome | None:
    """Step: drop queries that nobody can answer; note the client identifier."""
    query = exchange.query
    if query.giaddr == BROADCAST:
        return _unanswerable(exchange, "a relay agent cannot have the broadcast address")
    client_id = query.options.get(OPTION_CLIENT_ID)
    if client_id is not None:
        if not _SHORTEST_CLIENT_ID <= len(client_id) <= _LONGEST_CLIENT_ID:
            outcome = _bad_client_id(exchange, f"client identifier of {len(client_id)} octets")
            if outcome is not None:
                return outcome
        else:
            exchange.client_id = client_id
    elif not query.chaddr:
        return _unanswerable(exchange, "neither client identifier nor hardware address")
    if query.message_type == DHCPDISCOVER and OPTION_SERVER_ID in query.options:
        return _unanswerable(exchange, "server identifier in DHCPDISCOVER")
    return None


def _bad_client_id(exchange: Exchange4, reason: str) -> Outcome | None:
    """Drop a query with an impossible client identifier, unless there is no subnet: then nobody looks at it."""
    query = exchange.query
    kind = query.message_type
    early = exchange.config.early_global_reservations_lookup
    if early or (kind == DHCPDECLINE and OPTION_REQUESTED_ADDRESS in query.options):
        return Drop(reason)  # Kea does not count these
    if kind in _WITHOUT_SUBNET and exchange.subnet is None and find_subnet(exchange.config.index, query) is None:
        return None
    return _unanswerable(exchange, reason)


def _unanswerable(exchange: Exchange4, reason: str) -> Outcome:
    """Drop a query that breaks the protocol."""
    if BAD_PACKETS.rank >= DBG_PACKET:
        BAD_PACKETS.log(DHCP4_PACKET_DROP_0007, exchange.label, reason)
    return dropped(exchange, reason)


def _no_subnet(exchange: Exchange4) -> Outcome:
    """Drop a query from a link for which there is no subnet."""
    if BAD_PACKETS.rank >= DBG_PACKET:
        BAD_PACKETS.log(DHCP4_PACKET_DROP_0002, exchange.label, exchange.query.ifname)
    return dropped(exchange, "no subnet")


def _log_unserved(query: Packet4) -> None:
    """Say why a message type is not served."""
    if BAD_PACKETS.rank < DBG_PACKET:
        return
    kind = query.message_type
    if not kind:
        BAD_PACKETS.log(DHCP4_PACKET_DROP_0009, query.label)
    elif len(query.options.get(OPTION_MESSAGE_TYPE, b"")) != 1:
        BAD_PACKETS.log(DHCP4_PACKET_DROP_0004, query.label, query.ifname)
    elif kind in NAMES:
        BAD_PACKETS.log(DHCP4_PACKET_DROP_0006, query.label, kind)
    else:
        BAD_PACKETS.log(DHCP4_PACKET_DROP_0005, query.label, kind)
