"""What an answer holds besides the lease: configured options, fixed fields, server identifier, destination.

ARM dhcp4-std-options, dhcp4-next-server; RFC 2131 §4.1 for the destination, table 3 for the fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kea_twisted.base.address import text4
from kea_twisted.log.logger import PACKETS
from kea_twisted.log.message import DBG_DETAIL
from kea_twisted.log.messages.dhcp4 import DHCP4_INFORM_DIRECT_REPLY
from kea_twisted.options.suboptions import pack4, pack_vendor4, parse4
from kea_twisted.server import sending
from kea_twisted.server.outcome import Outcome
from kea_twisted.server.pipeline import HookPoint, Rows
from kea_twisted.server.scopes import plan_of
from kea_twisted.server.v4.exchange import (
    BROADCAST,
    OPTION_RELAY_AGENT,
    OPTION_REQUEST_LIST,
    OPTION_SERVER_ID,
    OPTION_VENDOR_OPTIONS,
    Exchange4,
)
from kea_twisted.wire.v4 import BROADCAST_FLAG, DHCPINFORM, DHCPNAK

ENTERPRISE_CABLE_LABS: Final = 4491
_ENTERPRISE: Final = 4
"""Octets of an enterprise number."""
_VENDOR_REQUESTS: Final = 1
"""Sub-option of CableLabs' option 125 that lists the sub-options which a device requests."""
_RELAY_SOURCE_PORT: Final = 19
"""Sub-option of option 82, RFC 8357 §5.4."""


def add_options(exchange: Exchange4) -> Outcome | None:
    """Step: put the configured options into the reply; only a client of some subnet gets any, be they global."""
    if exchange.subnet is None:
        return None
    plan = plan_of(exchange)
    chosen = plan.select(exchange.query.options.get(OPTION_REQUEST_LIST, b""))
    exchange.options = options = {**chosen, **exchange.options}
    if plan.vendors or OPTION_VENDOR_OPTIONS in options:
        _add_vendor_options(exchange, plan.vendors)
    if OPTION_SERVER_ID not in options and OPTION_SERVER_ID in plan.bodies:
        options[OPTION_SERVER_ID] = plan.bodies[OPTION_SERVER_ID]
    return None


def _add_vendor_options(exchange: Exchange4, vendors: Mapping[int, Mapping[int, tuple[bytes, bool]]]) -> None:
    """Put sub-options of one vendor into option 125: those of `always-send`, and those a cable device requests.

    The vendor is that of the reply's option 125 if the configuration has put one there, else of the query's option 125.
    The query's option 124 says what the device is, and asks for nothing. RFC 3925; ARM dhcp4-vendor-opts.
    """
    options = exchange.options
    queried = exchange.query.options
    query = queried.get(OPTION_VENDOR_OPTIONS, b"")
    configured = options.get(OPTION_VENDOR_OPTIONS)
    own = _first_block(configured) if configured is not None else {}
    enterprise = int.from_bytes((query if configured is None else configured)[:_ENTERPRISE], "big")
    requested: bytes = b""
    if enterprise == ENTERPRISE_CABLE_LABS == int.from_bytes(query[:_ENTERPRISE], "big"):
        requested = _first_block(query).get(_VENDOR_REQUESTS, b"")
    offered = vendors.get(enterprise, {})
    chosen = {code: body for code, (body, unasked) in offered.items() if unasked or code in requested}
    if chosen or configured is not None:
        options[OPTION_VENDOR_OPTIONS] = pack_vendor4(enterprise, pack4({**chosen, **own}))


def _first_block(body: bytes) -> dict[int, bytes]:
    """Return the sub-options of the first vendor in option 125, the only one that counts."""
    block = body[_ENTERPRISE:]
    return parse4(block[1 : 1 + block[0]]) if block else {}


def set_fixed_fields(exchange: Exchange4) -> Outcome | None:
    """Step: fill siaddr, sname and file: reservation before class before subnet."""
    reply = exchange.reply
    assert reply is not None
    subnet = exchange.subnet
    if subnet is not None:
        reply.siaddr = subnet.next_server
        reply.sname = subnet.server_hostname
        reply.file = subnet.boot_file_name
    classes = exchange.server.classes_with_fields
    if classes:
        siaddr, sname, file = 0, b"", b""
        for name in exchange.query.classes:
            found = classes.get(name)
            if found is not None:
                siaddr = siaddr or found.next_server
                sname = sname or found.server_hostname
                file = file or found.boot_file_name
        reply.siaddr = siaddr or reply.siaddr
        reply.sname = sname or reply.sname
        reply.file = file or reply.file
    if exchange.hosts:
        host = exchange.host
        if host is not None:
            reply.siaddr = host.next_server or reply.siaddr
            reply.sname = host.server_hostname or reply.sname
            reply.file = host.boot_file_name or reply.file
    return None


def address_reply(exchange: Exchange4) -> Outcome | None:
    """Step: say where the reply goes and where it comes from, and put the server identifier in."""
    query = exchange.query
    reply = exchange.reply
    assert reply is not None
    server = exchange.server
    local = query.local_address
    reply.local_address = query.interface_address if local == BROADCAST or not local else local
    reply.local_port = query.local_port
    if query.message_type == DHCPINFORM:
        _address_inform(exchange)
    elif query.carrier is not None:
        reply.remote_address = query.remote_address
    elif query.giaddr:
        reply.remote_address = query.giaddr
    elif query.ciaddr:
        reply.remote_address = query.ciaddr
    elif reply.message_type == DHCPNAK:
        reply.remote_address = BROADCAST
    elif reply.yiaddr:
        broadcast = query.flags & BROADCAST_FLAG or not query.direct
        reply.remote_address = BROADCAST if broadcast else reply.yiaddr
    else:
        reply.remote_address = query.remote_address
    # A relay that informs itself of its own address is a client.
    relayed = reply.giaddr and not (query.message_type == DHCPINFORM and query.ciaddr)
    reply.remote_port = server.client_port or (_relay_port(exchange) if relayed else server.default_client_port)
    options = exchange.options
    if OPTION_SERVER_ID not in options:
        options[OPTION_SERVER_ID] = reply.local_address.to_bytes(4, "big")
    return None


def _relay_port(exchange: Exchange4) -> int:
    """Return the port of the relay agent: the standard one, or its own if it says that it uses another (RFC 8357)."""
    query = exchange.query
    relay_agent = query.options.get(OPTION_RELAY_AGENT)
    if relay_agent is not None and _RELAY_SOURCE_PORT in parse4(relay_agent):
        return query.remote_port
    return exchange.server.relay_port


def _address_inform(exchange: Exchange4) -> None:
    """Answer a DHCPINFORM to ciaddr, even if a relay forwarded it; what the relay added then stays out.

    One that a DHCPv6 server passed on goes back there.
    """
    query = exchange.query
    reply = exchange.reply
    assert reply is not None
    if query.carrier is not None:
        reply.remote_address = query.remote_address
    elif query.ciaddr:
        reply.remote_address = query.ciaddr
    elif query.giaddr:
        reply.remote_address = query.giaddr
        reply.flags |= BROADCAST_FLAG
    else:
        reply.remote_address = query.remote_address
    if reply.remote_address != query.giaddr:
        reply.hops = 0
        reply.giaddr = 0
        exchange.options.pop(OPTION_RELAY_AGENT, None)
        if PACKETS.rank >= DBG_DETAIL:
            PACKETS.log(DHCP4_INFORM_DIRECT_REPLY, exchange.label, text4(reply.remote_address), query.ifname)


PKT4_SEND: Final[HookPoint[Exchange4]] = HookPoint("pkt4_send", sending.packet_arguments, sending.settle_packet)
BUFFER4_SEND: Final[HookPoint[Exchange4]] = HookPoint("buffer4_send", sending.buffer_arguments, sending.settle_buffer)

SENDING: Final[Rows[Exchange4]] = (sending.finish, PKT4_SEND, sending.pack, BUFFER4_SEND, sending.deliver)
"""The steps that end every query that is answered."""
