"""From octets to a query that is worth an answer: parsing, classes, acceptance. ARM dhcp4-srv; RFC 2131 §4.3."""

from __future__ import annotations

from typing import Final

from kea_twisted.base.address import text4
from kea_twisted.base.octets import colon_hex
from kea_twisted.errors import WireError
from kea_twisted.family import V4
from kea_twisted.hooks.callout import CONTINUE, DROP, SKIP, CalloutHandle
from kea_twisted.log.logger import BAD_PACKETS, HOOKS, OPTIONS, PACKETS
from kea_twisted.log.message import DBG_BASIC_DATA, DBG_DETAIL, DBG_DETAIL_DATA, DBG_PACKET
from kea_twisted.log.messages.dhcp4 import (
    DHCP4_HOOK_BUFFER_RCVD_DROP,
    DHCP4_HOOK_BUFFER_RCVD_SKIP,
    DHCP4_HOOK_PACKET_RCVD_SKIP,
    DHCP4_PACKET_DROP_0001,
    DHCP4_PACKET_DROP_0002,
    DHCP4_PACKET_DROP_0003,
    DHCP4_PACKET_DROP_0004,
    DHCP4_PACKET_DROP_0005,
    DHCP4_PACKET_DROP_0006,
    DHCP4_PACKET_DROP_0007,
    DHCP4_PACKET_DROP_0010,
    DHCP4_PACKET_OPTIONS_SKIPPED,
    DHCP4_PACKET_RECEIVED,
    DHCP4_QUERY_DATA,
)
from kea_twisted.options.lenient import shorten4
from kea_twisted.options.spaces import malformed
from kea_twisted.server.outcome import Drop, Outcome
from kea_twisted.server.pipeline import HookPoint
from kea_twisted.server.v4 import names
from kea_twisted.server.v4.exchange import BROADCAST, OPTION_CLIENT_ID, OPTION_SERVER_ID, Exchange4, label
from kea_twisted.server.v4.select import find_subnet
from kea_twisted.wire.v4 import (
    DHCPDECLINE,
    DHCPDISCOVER,
    DHCPINFORM,
    DHCPRELEASE,
    DHCPREQUEST,
    NAMES,
    Packet4,
    unpack,
)

SERVED: Final = frozenset({DHCPDISCOVER, DHCPREQUEST, DHCPDECLINE, DHCPRELEASE, DHCPINFORM})
_SHORTEST_CLIENT_ID: Final = 2
_LONGEST_CLIENT_ID: Final = 128
_ANY_CLIENT_ID: Final = b"\0\0"


def parse_query(exchange: Exchange4) -> Outcome | None:
    """Step: turn the octets into a packet, unless a callout did."""
    query = exchange.query
    if not exchange.parsed:
        try:
            unpack(query)
        except WireError as error:
            return _malformed(exchange, str(error))
        options = query.options
        if exchange.server.lenient:
            shorten4(options, exchange.server.lenient)
        # A client identifier that is too short is left to check(): Kea counts it as a message of its type.
        if len(options.get(OPTION_CLIENT_ID, _ANY_CLIENT_ID)) >= _SHORTEST_CLIENT_ID:
            wrong = malformed(exchange.server.definitions, V4.space, options) or names.problem(options)
            if wrong:
                return _malformed(exchange, wrong)
        if query.unparsed and OPTIONS.rank >= DBG_DETAIL:
            OPTIONS.log(DHCP4_PACKET_OPTIONS_SKIPPED, query.unparsed)
    exchange.server.counters.received_type(query.message_type).add(1, exchange.now)
    return None


def _malformed(exchange: Exchange4, reason: str) -> Outcome:
    """Count and drop what cannot be read."""
    if BAD_PACKETS.rank >= DBG_PACKET:
        query = exchange.query
        where = (text4(query.remote_address), text4(query.local_address), query.ifname)
        BAD_PACKETS.log(DHCP4_PACKET_DROP_0001, *where, reason)
    exchange.server.counters.parse_failed.add(1, exchange.now)
    exchange.server.counters.dropped.add(1, exchange.now)
    return Drop("malformed")


def accept(exchange: Exchange4) -> Outcome | None:
    """Step: drop what is not for this server: unserved types, links without subnet, other servers' requests."""
    query = exchange.query
    kind = query.message_type
    if kind not in SERVED:
        _log_unserved(query)
        return _dropped(exchange, "message type not served")
    options = query.options
    if not query.giaddr:
        if kind == DHCPINFORM and not query.remote_address and not query.ciaddr:
            return _no_subnet(exchange)
        if query.local_address == BROADCAST:
            exchange.subnet = find_subnet(exchange.config.index, query)
            if exchange.subnet is None:
                return _no_subnet(exchange)
    if OPTION_SERVER_ID in options and not exchange.server.is_ours(query, options[OPTION_SERVER_ID]):
        if BAD_PACKETS.rank >= DBG_PACKET:
            BAD_PACKETS.log(DHCP4_PACKET_DROP_0003, exchange.label, query.ifname)
        return _dropped(exchange, "another server's")
    if PACKETS.rank >= DBG_BASIC_DATA:
        PACKETS.log(
            DHCP4_PACKET_RECEIVED,
            exchange.label,
            query.name,
            kind,
            text4(query.remote_address),
            text4(query.local_address),
            query.ifname,
        )
        if PACKETS.rank >= DBG_DETAIL_DATA:
            PACKETS.log(DHCP4_QUERY_DATA, exchange.label, describe(query))
    return None


def check(exchange: Exchange4) -> Outcome | None:
    """Step: drop members of DROP, and queries that nobody can answer; note the client identifier."""
    query = exchange.query
    if "DROP" in query.classes:
        if BAD_PACKETS.rank >= DBG_PACKET:
            BAD_PACKETS.log(DHCP4_PACKET_DROP_0010, exchange.label)
        return _dropped(exchange, "class DROP")
    if query.giaddr == BROADCAST:
        return _unanswerable(exchange, "a relay agent cannot have the broadcast address")
    client_id = query.options.get(OPTION_CLIENT_ID)
    if client_id is not None:
        if not _SHORTEST_CLIENT_ID <= len(client_id) <= _LONGEST_CLIENT_ID:
            return _unanswerable(exchange, f"client identifier of {len(client_id)} octets")
        exchange.client_id = client_id
    elif not query.chaddr:
        return _unanswerable(exchange, "neither client identifier nor hardware address")
    if query.message_type == DHCPDISCOVER and OPTION_SERVER_ID in query.options:
        return _unanswerable(exchange, "server identifier in DHCPDISCOVER")
    return None


def _unanswerable(exchange: Exchange4, reason: str) -> Outcome:
    """Drop a query that breaks the protocol."""
    if BAD_PACKETS.rank >= DBG_PACKET:
        BAD_PACKETS.log(DHCP4_PACKET_DROP_0007, exchange.label, reason)
    return _dropped(exchange, reason)


def _no_subnet(exchange: Exchange4) -> Outcome:
    """Drop a query from a link for which there is no subnet."""
    if BAD_PACKETS.rank >= DBG_PACKET:
        BAD_PACKETS.log(DHCP4_PACKET_DROP_0002, exchange.label, exchange.query.ifname)
    return _dropped(exchange, "no subnet")


def _dropped(exchange: Exchange4, reason: str) -> Outcome:
    """Count and drop."""
    exchange.server.counters.dropped.add(1, exchange.now)
    return Drop(reason)


def _log_unserved(query: Packet4) -> None:
    """Say why a message type is not served."""
    if BAD_PACKETS.rank < DBG_PACKET:
        return
    kind = query.message_type
    if not kind:
        BAD_PACKETS.log(DHCP4_PACKET_DROP_0004, label(query), query.ifname)
    elif kind in NAMES:
        BAD_PACKETS.log(DHCP4_PACKET_DROP_0006, label(query), kind)
    else:
        BAD_PACKETS.log(DHCP4_PACKET_DROP_0005, label(query), kind)


def describe(packet: Packet4) -> str:
    """Return all of a packet on one line, for the log."""
    fields = (
        f"op={packet.op} htype={packet.htype} hops={packet.hops} xid=0x{packet.xid:x} secs={packet.secs} "
        f"flags=0x{packet.flags:x} ciaddr={text4(packet.ciaddr)} yiaddr={text4(packet.yiaddr)} "
        f"siaddr={text4(packet.siaddr)} giaddr={text4(packet.giaddr)} chaddr={colon_hex(packet.chaddr)}"
    )
    options = ", ".join(f"{code}={body.hex()}" for code, body in sorted(packet.options.items()))
    return f"{packet.name} {fields} options: {options}"


def _buffer_settle(exchange: Exchange4, handle: CalloutHandle) -> Outcome | None:
    """DROP ends the packet; SKIP says that the callout parsed it itself."""
    query = exchange.query
    if handle.status == CONTINUE:
        return None
    where = (text4(query.remote_address), text4(query.local_address), query.ifname)
    if handle.status == DROP:
        HOOKS.log(DHCP4_HOOK_BUFFER_RCVD_DROP, *where)
        return _dropped(exchange, "buffer4_receive callout")
    HOOKS.log(DHCP4_HOOK_BUFFER_RCVD_SKIP, *where)
    exchange.parsed = True
    return None


def _packet_settle(exchange: Exchange4, handle: CalloutHandle) -> Outcome | None:
    """SKIP and DROP both end the packet."""
    if handle.status in (SKIP, DROP):
        HOOKS.log(DHCP4_HOOK_PACKET_RCVD_SKIP, exchange.label)
        return _dropped(exchange, "pkt4_receive callout")
    exchange.query = handle["query4"]
    exchange.subnet = None  # the callout may have changed what it was selected by
    return None


def _query_arguments(exchange: Exchange4) -> list[dict[str, object]]:
    """Return the only argument of the receive points."""
    return [{"query4": exchange.query}]


BUFFER4_RECEIVE: Final[HookPoint[Exchange4]] = HookPoint("buffer4_receive", _query_arguments, _buffer_settle)
PKT4_RECEIVE: Final[HookPoint[Exchange4]] = HookPoint("pkt4_receive", _query_arguments, _packet_settle)
