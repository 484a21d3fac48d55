"""What an answer holds besides leases: configured options, vendor options, what relays supply, destination.

ARM dhcp6-std-options, dhcp6-vendor-opts, dhcp6-rsoo; RFC 8415 §18.3.10 and §19.3, RFC 6422, RFC 8357.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kea_twisted.base.address import text6
from kea_twisted.errors import WireError
from kea_twisted.hooks.callout import DROP, SKIP, CalloutHandle
from kea_twisted.log.logger import HOOKS, PACKETS
from kea_twisted.log.message import DBG_BASIC, DBG_DETAIL_DATA
from kea_twisted.log.messages.dhcp6 import (
    DHCP6_HOOK_BUFFER_SEND_SKIP,
    DHCP6_HOOK_PACKET_SEND_DROP,
    DHCP6_HOOK_PACKET_SEND_SKIP,
    DHCP6_PACK_FAIL,
    DHCP6_PACKET_SEND,
    DHCP6_RESPONSE_DATA,
)
from kea_twisted.options.definition import OptionSet
from kea_twisted.options.suboptions import pack6, parse6
from kea_twisted.server.outcome import Drop, Outcome, Send
from kea_twisted.server.pipeline import HookPoint, Rows
from kea_twisted.server.reply_options import OptionPlan, merge
from kea_twisted.server.v6.exchange import (
    OPTION_RELAY_SOURCE_PORT,
    OPTION_REQUEST_LIST,
    OPTION_RSOO,
    OPTION_VENDOR_CLASS,
    OPTION_VENDOR_OPTS,
    Exchange6,
)
from kea_twisted.server.v6.hosts import add_reserved_classes
from kea_twisted.server.v6.reception import describe
from kea_twisted.subnets.pool import PdPool, Pool
from kea_twisted.wire.identifiers import ENTERPRISE_CABLE_LABS
from kea_twisted.wire.v6 import pack

_VENDOR_ORO: Final = 1
"""The request list inside CableLabs' vendor options."""


def evaluate_required(exchange: Exchange6) -> Outcome | None:
    """Step: classes that the network, the subnet and the pools require, in this order; before them those reserved."""
    subnet = exchange.subnet
    if subnet is None:
        return None
    if exchange.hosts:
        add_reserved_classes(exchange)
    network = subnet.network
    required = exchange.server.classes.required
    if network is not None and network.require_client_classes:
        required(exchange.query, network.require_client_classes)
    if subnet.require_client_classes:
        required(exchange.query, subnet.require_client_classes)
    if exchange.server.pools_require:
        for pool in exchange.pools():
            if pool.require_client_classes:
                required(exchange.query, pool.require_client_classes)
    return None


def add_options(exchange: Exchange6) -> Outcome | None:
    """Step: put the configured options into the reply; what is in it already stays."""
    queried = exchange.query.options
    plan = _plan(exchange)
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


def _plan(exchange: Exchange6) -> OptionPlan:
    """Return the option plan of the query's scopes; plans without a reservation's options are kept."""
    subnet = exchange.subnet
    configured = exchange.config.classes
    classes = exchange.query.classes
    names = tuple([name for name in classes if name in configured]) if configured else ()
    pools = exchange.pools() if exchange.server.pools_have_options else ()
    host = exchange.host if exchange.hosts else None
    if host is not None and host.options:
        return _merge(exchange, names, pools, host.options)
    plans = exchange.server.plans
    key = (subnet, pools, names)
    plan = plans.get(key)
    return plan if plan is not None else plans.put(key, _merge(exchange, names, pools, ()))


def _merge(
    exchange: Exchange6, names: tuple[str, ...], pools: tuple[Pool | PdPool, ...], host_options: OptionSet
) -> OptionPlan:
    """Return the plan of all scopes, the most specific first."""
    scopes: list[OptionSet] = [host_options]
    subnet = exchange.subnet
    if subnet is not None:
        scopes.extend(pool.options for pool in pools)
        scopes.append(subnet.options)
        if subnet.network is not None:
            scopes.append(subnet.network.options)
    scopes.extend(exchange.config.classes[name].options for name in names)
    scopes.append(exchange.config.options)
    return merge(scopes, "dhcp6", ())


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

    The relay nearest to the client comes first.
    """
    relays = exchange.query.relays
    if not relays:
        return None
    for relay in reversed(relays):
        for container in relay.options.get(OPTION_RSOO, ()):
            for code, body in parse6(container):
                if code in exchange.config.relay_supplied_options and code not in exchange.options:
                    exchange.options[code] = [body]
    return None


def address_reply(exchange: Exchange6) -> Outcome | None:
    """Step: say where the reply goes: back to where the query came from, to the port of a client or a relay."""
    query = exchange.query
    reply = exchange.reply
    assert reply is not None
    server = exchange.server
    reply.local_address = query.local_address
    reply.local_port = query.local_port
    reply.remote_address = query.remote_address
    if server.client_port:
        reply.remote_port = server.client_port
    elif not query.relays:
        reply.remote_port = server.default_client_port
    elif OPTION_RELAY_SOURCE_PORT in query.relays[0].options:
        reply.remote_port = query.remote_port
    else:
        reply.remote_port = server.relay_port
    return None


def finish(exchange: Exchange6) -> Outcome | None:
    """Step: the reply's options are complete."""
    reply = exchange.reply
    assert reply is not None
    reply.options = exchange.options
    return None


def send(exchange: Exchange6) -> Outcome | None:
    """Step: pack, unless a callout did."""
    reply = exchange.reply
    assert reply is not None
    if not reply.octets:
        try:
            reply.octets = pack(reply)
        except WireError:
            PACKETS.log(DHCP6_PACK_FAIL)
            return Drop("cannot be packed")
    return None


def deliver(exchange: Exchange6) -> Outcome | None:
    """Step: count the reply and give it to the network."""
    reply = exchange.reply
    assert reply is not None
    if PACKETS.rank >= DBG_BASIC:
        PACKETS.log(
            DHCP6_PACKET_SEND,
            exchange.label,
            reply.name,
            reply.message_type,
            text6(reply.local_address),
            reply.local_port,
            text6(reply.remote_address),
            reply.remote_port,
            reply.ifname,
        )
        if PACKETS.rank >= DBG_DETAIL_DATA:
            PACKETS.log(DHCP6_RESPONSE_DATA, reply.message_type, describe(reply))
    counters = exchange.server.counters
    counters.sent.add(1, exchange.now)
    counters.sent_type(reply.message_type).add(1, exchange.now)
    return Send(reply, reply.octets)


def _send_arguments(exchange: Exchange6) -> list[dict[str, object]]:
    """Return the arguments of pkt6_send."""
    return [{"query6": exchange.query, "response6": exchange.reply, "subnet6": exchange.subnet}]


def _send_settle(exchange: Exchange6, handle: CalloutHandle) -> Outcome | None:
    """DROP ends the packet; SKIP says that the callout packed the reply into ``octets``."""
    if handle.status == DROP:
        HOOKS.log(DHCP6_HOOK_PACKET_SEND_DROP, exchange.label)
        return Drop("pkt6_send callout")
    exchange.reply = handle["response6"]
    if handle.status == SKIP:
        HOOKS.log(DHCP6_HOOK_PACKET_SEND_SKIP, exchange.label)
        if exchange.reply is None or not exchange.reply.octets:
            return Drop("pkt6_send callout left nothing to send")
    return None


def _buffer_arguments(exchange: Exchange6) -> list[dict[str, object]]:
    """Return the argument of buffer6_send."""
    return [{"response6": exchange.reply}]


def _buffer_settle(exchange: Exchange6, handle: CalloutHandle) -> Outcome | None:
    """SKIP and DROP both keep the reply back."""
    if handle.status in (SKIP, DROP):
        HOOKS.log(DHCP6_HOOK_BUFFER_SEND_SKIP, exchange.label)
        return Drop("buffer6_send callout")
    exchange.reply = handle["response6"]
    return None


PKT6_SEND: Final[HookPoint[Exchange6]] = HookPoint("pkt6_send", _send_arguments, _send_settle)
BUFFER6_SEND: Final[HookPoint[Exchange6]] = HookPoint("buffer6_send", _buffer_arguments, _buffer_settle)

ADDRESSING: Final[Rows[Exchange6]] = (add_relay_supplied, address_reply)
"""The steps that every answer goes through before leases6_committed."""

SENDING: Final[Rows[Exchange6]] = (finish, PKT6_SEND, send, BUFFER6_SEND, deliver)
"""The steps that end every query that is answered."""
