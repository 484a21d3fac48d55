"""What an answer holds besides leases: configured options, vendor options, what relays supply, destination.

ARM dhcp6-std-options, dhcp6-vendor-opts, dhcp6-rsoo; RFC 8415 §18.3.10 and §19.3, RFC 6422, RFC 8357.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from kea_twisted.options.suboptions import pack6, parse6
from kea_twisted.server import sending
from kea_twisted.server.outcome import Outcome
from kea_twisted.server.pipeline import HookPoint, Rows
from kea_twisted.server.scopes import evaluate_required, plan_of
from kea_twisted.server.v6.exchange import (
    OPTION_RELAY_SOURCE_PORT,
    OPTION_REQUEST_LIST,
    OPTION_RSOO,
    OPTION_VENDOR_CLASS,
    OPTION_VENDOR_OPTS,
    Exchange6,
)
from kea_twisted.wire.identifiers import ENTERPRISE_CABLE_LABS
from kea_twisted.wire.v6 import REPLY, Packet6

if TYPE_CHECKING:
    from kea_twisted.server.v6.server import Dhcp6Server

_VENDOR_ORO: Final = 1
"""The request list inside CableLabs' vendor options."""


def start(exchange: Exchange6) -> Outcome | None:
    """Step: begin the REPLY."""
    exchange.start_reply(REPLY)
    return None


def add_options(exchange: Exchange6) -> Outcome | None:
    """Step: put the configured options into the reply; what is in it already stays."""
    queried = exchange.query.options
    plan = plan_of(exchange)
    if plan.bodies:
        lists = queried.get(OPTION_REQUEST_LIST)
        requested = lists[0] if lists else b""
        chosen = plan.select_codes(requested, _codes(requested))
        if chosen:
            options = exchange.options
            for code, body in chosen.items():
                if code not in options:
                    options[code] = [body]
    if plan.vendors:
        _add_vendor_options(exchange, plan.vendors)
    return None


def _codes(requested: bytes) -> Iterable[int]:
    """Yield the codes of a request list."""
    return (requested[at] << 8 | requested[at + 1] for at in range(0, len(requested) - 1, 2))


def _add_vendor_options(exchange: Exchange6, vendors: Mapping[int, Mapping[int, tuple[bytes, bool]]]) -> None:
    """Add sub-options of one vendor: those of `always-send`, and those that a cable device requests.

    The vendor is that of option 17 in the reply, if the configuration has put it there (then only the former), else
    that of the query's option 17, else of its option 16.
    """
    options = exchange.options
    queried = exchange.query.options
    configured = options.get(OPTION_VENDOR_OPTS)
    requested: set[int] = set()
    if configured is not None:
        enterprise = int.from_bytes(configured[0][:4], "big")
    elif exchange.subnet is None:
        return
    elif OPTION_VENDOR_OPTS in queried:
        body = queried[OPTION_VENDOR_OPTS][0]
        enterprise = int.from_bytes(body[:4], "big")
        if enterprise == ENTERPRISE_CABLE_LABS:
            for code, wanted in parse6(body, 4):
                if code == _VENDOR_ORO:
                    requested.update(_codes(wanted))
    elif OPTION_VENDOR_CLASS in queried:
        enterprise = int.from_bytes(queried[OPTION_VENDOR_CLASS][0][:4], "big")
    else:
        return
    offered = vendors.get(enterprise)
    if not offered:
        return
    chosen = [(code, offered[code][0]) for code in sorted(offered) if offered[code][1] or code in requested]
    if chosen:
        options[OPTION_VENDOR_OPTS] = [enterprise.to_bytes(4, "big") + pack6(chosen)]


def add_relay_supplied(exchange: Exchange6) -> Outcome | None:
    """Step: options that relays supply go in where allowed and where the server has none. RFC 6422 §6.

    The relay nearest to the client comes first; of several containers of a relay only the first counts.
    """
    relays = exchange.query.relays
    if not relays:
        return None
    for relay in reversed(relays):
        for container in relay.options.get(OPTION_RSOO, ())[:1]:
            for code, body in parse6(container):
                if code in exchange.config.relay_supplied_options and code not in exchange.options:
                    exchange.options[code] = [body]
    return None


def address_reply(exchange: Exchange6) -> Outcome | None:
    """Step: say where the reply goes: back to where the query came from, to the port of a client or a relay."""
    query = exchange.query
    reply = exchange.reply
    assert reply is not None
    reply.local_address = query.local_address
    reply.local_port = query.local_port
    reply.remote_address = query.remote_address
    reply.remote_port = port_of(query, exchange.server)
    return None


def port_of(packet: Packet6, server: Dhcp6Server) -> int:
    """Return the port that an answer goes to: of the client, of the relay, or the one that the relay sent from."""
    if server.client_port:
        return server.client_port
    if not packet.relays:
        return server.default_client_port
    if OPTION_RELAY_SOURCE_PORT in packet.relays[0].options:
        return packet.remote_port
    return server.relay_port


PKT6_SEND: Final[HookPoint[Exchange6]] = HookPoint("pkt6_send", sending.packet_arguments, sending.settle_packet)
BUFFER6_SEND: Final[HookPoint[Exchange6]] = HookPoint("buffer6_send", sending.buffer_arguments, sending.settle_buffer)

CONFIGURED: Final[Rows[Exchange6]] = (evaluate_required, add_options)
"""The steps that put into an answer what is configured for the client."""

ADDRESSING: Final[Rows[Exchange6]] = (add_relay_supplied, address_reply)
"""The steps that every answer goes through before leases6_committed."""

SENDING: Final[Rows[Exchange6]] = (sending.finish, PKT6_SEND, sending.pack, BUFFER6_SEND, sending.deliver)
"""The steps that end every query that is answered."""
