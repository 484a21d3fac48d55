"""What an answer holds besides the lease: configured options, fixed fields, server identifier, destination.

ARM dhcp4-std-options, dhcp4-next-server; RFC 2131 §4.1 for the destination, table 3 for the fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kea_twisted.family import V4
from kea_twisted.hooks.callout import DROP, SKIP, CalloutHandle
from kea_twisted.log.logger import HOOKS, PACKETS
from kea_twisted.log.message import DBG_DETAIL_DATA
from kea_twisted.log.messages.dhcp4 import (
    DHCP4_HOOK_BUFFER_SEND_SKIP,
    DHCP4_HOOK_PACKET_SEND_DROP,
    DHCP4_HOOK_PACKET_SEND_SKIP,
    DHCP4_RESPONSE_DATA,
)
from kea_twisted.options.definition import OptionSet
from kea_twisted.options.suboptions import pack4, parse4
from kea_twisted.server.outcome import Drop, Outcome, Send
from kea_twisted.server.pipeline import HookPoint, Rows
from kea_twisted.server.reply_options import OptionPlan, merge
from kea_twisted.server.v4.exchange import (
    BROADCAST,
    OPTION_RELAY_AGENT,
    OPTION_REQUEST_LIST,
    OPTION_SERVER_ID,
    Exchange4,
)
from kea_twisted.server.v4.hosts import add_reserved_classes
from kea_twisted.server.v4.reception import describe
from kea_twisted.subnets.pool import Pool
from kea_twisted.subnets.v4 import Subnet4
from kea_twisted.wire.v4 import BROADCAST_FLAG, DHCPINFORM, DHCPNAK, pack

BASIC_OPTIONS: Final = (3, 6, 15)
"""Routers, name servers and domain name go out whether the client asks for them or not."""


OPTION_VENDOR_CLASS: Final = 124
OPTION_VENDOR_OPTIONS: Final = 125
ENTERPRISE_CABLE_LABS: Final = 4491
_ENTERPRISE: Final = 4
"""Octets of an enterprise number."""
_VENDOR_REQUESTS: Final = 1
"""Sub-option of CableLabs' option 125 that lists the sub-options which a device requests."""
_RELAY_SOURCE_PORT: Final = 19
"""Sub-option of option 82, RFC 8357 §5.4."""


def add_options(exchange: Exchange4) -> Outcome | None:
    """Step: put the configured options into the reply."""
    query = exchange.query
    pool = exchange.pool
    if exchange.subnet is not None:
        if exchange.hosts:
            add_reserved_classes(exchange)
        _evaluate_required(exchange, exchange.subnet, pool)
    plan = _plan(exchange, pool)
    chosen = plan.select(query.options.get(OPTION_REQUEST_LIST, b""))
    exchange.options = options = {**chosen, **exchange.options}
    if plan.vendors or OPTION_VENDOR_OPTIONS in options:
        _add_vendor_options(exchange, plan.vendors)
    if OPTION_SERVER_ID not in options and OPTION_SERVER_ID in plan.bodies:
        options[OPTION_SERVER_ID] = plan.bodies[OPTION_SERVER_ID]
    return None


def _add_vendor_options(exchange: Exchange4, vendors: Mapping[int, Mapping[int, tuple[bytes, bool]]]) -> None:
    """Put sub-options of one vendor into option 125: those of `always-send`, and those a cable device requests.

    The vendor is that of the reply's option 125 if the configuration has put one there (then all its sub-options go
    along), else of the query's option 125, else of its option 124. RFC 3925; ARM dhcp4-vendor-opts.
    """
    options = exchange.options
    queried = exchange.query.options
    requested: bytes = b""
    own: dict[int, bytes] = {}
    enterprise = 0
    if OPTION_VENDOR_OPTIONS in queried and len(queried[OPTION_VENDOR_OPTIONS]) > _ENTERPRISE:
        body = queried[OPTION_VENDOR_OPTIONS]
        enterprise = int.from_bytes(body[:_ENTERPRISE], "big")
        if enterprise == ENTERPRISE_CABLE_LABS:
            requested = parse4(body[_ENTERPRISE + 1 : _ENTERPRISE + 1 + body[_ENTERPRISE]]).get(_VENDOR_REQUESTS, b"")
    if OPTION_VENDOR_OPTIONS in options:
        body = options[OPTION_VENDOR_OPTIONS]
        enterprise = int.from_bytes(body[:_ENTERPRISE], "big")
        own = parse4(body[_ENTERPRISE:])
    elif not enterprise and OPTION_VENDOR_CLASS in queried:
        enterprise = int.from_bytes(queried[OPTION_VENDOR_CLASS][:_ENTERPRISE], "big")
    offered = vendors.get(enterprise, {})
    whole = OPTION_VENDOR_OPTIONS in options
    chosen = {code: body for code, (body, unasked) in offered.items() if whole or unasked or code in requested}
    if chosen or whole:
        packed = pack4({**chosen, **own})
        options[OPTION_VENDOR_OPTIONS] = (
            enterprise.to_bytes(_ENTERPRISE, "big") + len(packed).to_bytes(1, "big") + packed
        )


def _evaluate_required(exchange: Exchange4, subnet: Subnet4, pool: Pool | None) -> None:
    """Evaluate the classes that the network, the subnet and the pool require, in this order."""
    network = subnet.network
    if network is not None and network.require_client_classes:
        exchange.server.classes.required(exchange.query, network.require_client_classes)
    if subnet.require_client_classes:
        exchange.server.classes.required(exchange.query, subnet.require_client_classes)
    if pool is not None and pool.require_client_classes:
        exchange.server.classes.required(exchange.query, pool.require_client_classes)


def _plan(exchange: Exchange4, pool: Pool | None) -> OptionPlan:
    """Return the option plan of the query's scopes; plans without a reservation's options are kept."""
    subnet = exchange.subnet
    configured = exchange.config.classes
    names = tuple([name for name in exchange.query.classes if name in configured]) if configured else ()
    host = exchange.host if exchange.hosts else None
    if host is not None and host.options:
        return _merge(exchange, pool, names, host.options)
    plans = exchange.server.plans
    key = (pool if pool is not None else subnet, names)
    plan = plans.get(key)
    return plan if plan is not None else plans.put(key, _merge(exchange, pool, names, ()))


def _merge(exchange: Exchange4, pool: Pool | None, names: tuple[str, ...], host_options: OptionSet) -> OptionPlan:
    """Return the plan of all scopes, the most specific first."""
    scopes: list[OptionSet] = [host_options]
    subnet = exchange.subnet
    if subnet is not None:
        if pool is not None:
            scopes.append(pool.options)
        scopes.append(subnet.options)
        if subnet.network is not None:
            scopes.append(subnet.network.options)
    scopes.extend(exchange.config.classes[name].options for name in names)
    scopes.append(exchange.config.options)
    return merge(scopes, V4.space, BASIC_OPTIONS)


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
    reply.local_address = query.interface_address if query.local_address == BROADCAST else query.local_address
    reply.local_port = query.local_port
    if query.message_type == DHCPINFORM:
        _address_inform(exchange)
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
    reply.remote_port = server.client_port or (_relay_port(exchange) if reply.giaddr else server.default_client_port)
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
    """Answer a DHCPINFORM to ciaddr, even if a relay forwarded it; what the relay added then stays out."""
    query = exchange.query
    reply = exchange.reply
    assert reply is not None
    if query.ciaddr:
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


def finish(exchange: Exchange4) -> Outcome | None:
    """Step: the reply's options are complete."""
    reply = exchange.reply
    assert reply is not None
    reply.options = exchange.options
    return None


def send(exchange: Exchange4) -> Outcome | None:
    """Step: pack, unless a callout did, and send."""
    reply = exchange.reply
    assert reply is not None
    if not reply.octets:
        reply.octets = pack(reply)
    return None


def deliver(exchange: Exchange4) -> Outcome | None:
    """Step: count the reply and give it to the network."""
    reply = exchange.reply
    assert reply is not None
    if PACKETS.rank >= DBG_DETAIL_DATA:
        PACKETS.log(DHCP4_RESPONSE_DATA, exchange.label, reply.name, reply.message_type, describe(reply))
    counters = exchange.server.counters
    counters.sent.add(1, exchange.now)
    counters.sent_type(reply.message_type).add(1, exchange.now)
    return Send(reply, reply.octets)


def _send_arguments(exchange: Exchange4) -> list[dict[str, object]]:
    """Return the arguments of pkt4_send."""
    return [{"query4": exchange.query, "response4": exchange.reply, "subnet4": exchange.subnet}]


def _send_settle(exchange: Exchange4, handle: CalloutHandle) -> Outcome | None:
    """DROP ends the packet; SKIP says that the callout packed the reply into ``octets``."""
    if handle.status == DROP:
        HOOKS.log(DHCP4_HOOK_PACKET_SEND_DROP, exchange.label)
        return Drop("pkt4_send callout")
    exchange.reply = handle["response4"]
    if handle.status == SKIP:
        HOOKS.log(DHCP4_HOOK_PACKET_SEND_SKIP, exchange.label)
        if exchange.reply is None or not exchange.reply.octets:
            return Drop("pkt4_send callout left nothing to send")
    return None


def _buffer_arguments(exchange: Exchange4) -> list[dict[str, object]]:
    """Return the argument of buffer4_send."""
    return [{"response4": exchange.reply}]


def _buffer_settle(exchange: Exchange4, handle: CalloutHandle) -> Outcome | None:
    """SKIP and DROP both keep the reply back."""
    if handle.status in (SKIP, DROP):
        HOOKS.log(DHCP4_HOOK_BUFFER_SEND_SKIP, exchange.label)
        return Drop("buffer4_send callout")
    exchange.reply = handle["response4"]
    return None


PKT4_SEND: Final[HookPoint[Exchange4]] = HookPoint("pkt4_send", _send_arguments, _send_settle)
BUFFER4_SEND: Final[HookPoint[Exchange4]] = HookPoint("buffer4_send", _buffer_arguments, _buffer_settle)

SENDING: Final[Rows[Exchange4]] = (finish, PKT4_SEND, send, BUFFER4_SEND, deliver)
"""The steps that end every query that is answered."""
