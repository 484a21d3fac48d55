"""Which subnet serves a DHCPv6 query. ARM dhcp6-subnet-selection; RFC 8415 §13.1."""

from __future__ import annotations

from typing import Final

from kea_twisted.alloc.engine import admitted
from kea_twisted.hooks.callout import DROP, SKIP, CalloutHandle
from kea_twisted.log.logger import HOOKS, PACKETS
from kea_twisted.log.message import DBG_BASIC_DATA, DBG_DETAIL
from kea_twisted.log.messages.dhcp6 import (
    DHCP6_HOOK_SUBNET6_SELECT_DROP,
    DHCP6_HOOK_SUBNET6_SELECT_SKIP,
    DHCP6_SUBNET_DATA,
    DHCP6_SUBNET_SELECTED,
    DHCP6_SUBNET_SELECTION_FAILED,
)
from kea_twisted.server.outcome import Drop, Outcome
from kea_twisted.server.pipeline import HookPoint
from kea_twisted.server.v6.exchange import OPTION_INTERFACE_ID, Exchange6
from kea_twisted.subnets.select import SubnetIndex6
from kea_twisted.subnets.v6 import Subnet6
from kea_twisted.wire.v6 import Packet6

_LINK_LOCAL: Final = 0xFE80 << 112 >> 118


def find_subnet(index: SubnetIndex6, query: Packet6) -> Subnet6 | None:
    """Return the subnet for *query*, or None.

    Relayed, in this order: the interface that a relay names, the link address as that of a relay, the link address
    inside a prefix. Direct, or if no relay has a usable link address: the interface, the client's address.
    """
    classes = query.classes
    link = 0
    for relay in reversed(query.relays):
        address = relay.link_address
        if address and address >> 118 != _LINK_LOCAL:
            link = address
            break
    if not link:
        subnet = admitted(index.by_interface(query.ifname), classes)
        return subnet or admitted(index.by_address(query.remote_address), classes)
    interface_id = query.relay_option(OPTION_INTERFACE_ID)
    if interface_id:
        subnet = admitted(index.by_interface_id(interface_id), classes)
        if subnet is not None:
            return subnet
    subnet = admitted(index.by_relay(link), classes)
    return subnet or admitted(index.by_address(link), classes)


def select_subnet(exchange: Exchange6) -> Outcome | None:
    """Step: note the subnet that serves the query, if any."""
    exchange.subnet = subnet = find_subnet(exchange.config.index, exchange.query)
    if subnet is None:
        if PACKETS.rank >= DBG_DETAIL:
            PACKETS.log(DHCP6_SUBNET_SELECTION_FAILED, exchange.label)
    elif PACKETS.rank >= DBG_BASIC_DATA:
        PACKETS.log(DHCP6_SUBNET_SELECTED, exchange.label, subnet.id)
        PACKETS.log(DHCP6_SUBNET_DATA, exchange.label, subnet.text)
    return None


def _arguments(exchange: Exchange6) -> list[dict[str, object]]:
    """Return the arguments of subnet6_select."""
    return [
        {"query6": exchange.query, "subnet6": exchange.subnet, "subnet6collection": exchange.config.subnets},
    ]


def _settle(exchange: Exchange6, handle: CalloutHandle) -> Outcome | None:
    """Take the subnet that the callouts left; SKIP means none."""
    if handle.status == DROP:
        HOOKS.log(DHCP6_HOOK_SUBNET6_SELECT_DROP, exchange.label)
        return Drop("subnet6_select callout")
    if handle.status == SKIP:
        HOOKS.log(DHCP6_HOOK_SUBNET6_SELECT_SKIP, exchange.label)
        exchange.subnet = None
    else:
        exchange.subnet = handle["subnet6"]
    return None


SUBNET6_SELECT: Final[HookPoint[Exchange6]] = HookPoint("subnet6_select", _arguments, _settle)
