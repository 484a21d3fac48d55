"""Which subnet serves a DHCPv4 query. ARM dhcp4-subnet-selection; RFC 3527 (link selection), RFC 3011."""

from __future__ import annotations

from typing import Final

from kea_twisted.alloc.engine import admitted
from kea_twisted.hooks.callout import DROP, SKIP, CalloutHandle
from kea_twisted.log.logger import PACKETS
from kea_twisted.log.message import DBG_BASIC_DATA, DBG_DETAIL
from kea_twisted.log.messages.dhcp4 import (
    DHCP4_HOOK_SUBNET4_SELECT_DROP,
    DHCP4_HOOK_SUBNET4_SELECT_SKIP,
    DHCP4_SUBNET_SELECTED,
    DHCP4_SUBNET_SELECTION_FAILED,
)
from kea_twisted.options.suboptions import parse4
from kea_twisted.server.outcome import Drop, Outcome
from kea_twisted.server.pipeline import HookPoint
from kea_twisted.server.v4.exchange import BROADCAST, OPTION_RELAY_AGENT, OPTION_SUBNET_SELECTION, Exchange4
from kea_twisted.subnets.select import SubnetIndex4
from kea_twisted.subnets.v4 import Subnet4
from kea_twisted.wire.v4 import Packet4

_LINK_SELECTION: Final = 5
"""Sub-option of option 82, RFC 3527."""


def find_subnet(index: SubnetIndex4, query: Packet4) -> Subnet4 | None:
    """Return the subnet for *query*, or None.

    In this order: the link that a relay or the client names, the relay's address, the client's own address in unicast
    queries, the interface by its name, the interface by its address.
    """
    classes = query.classes
    options = query.options
    named = 0
    if OPTION_RELAY_AGENT in options:
        link = parse4(options[OPTION_RELAY_AGENT]).get(_LINK_SELECTION)
        if link is not None and len(link) == 4:
            named = int.from_bytes(link, "big")
    if not named and OPTION_SUBNET_SELECTION in options:
        named = int.from_bytes(options[OPTION_SUBNET_SELECTION][:4], "big")
    if named:
        return admitted(index.by_address(named), classes)
    giaddr = query.giaddr
    if giaddr:
        subnet = admitted(index.by_relay(giaddr), classes)
        return subnet or admitted(index.by_address(giaddr), classes)
    if query.local_address != BROADCAST:
        if query.ciaddr:
            return admitted(index.by_address(query.ciaddr), classes)
        if query.remote_address:
            return admitted(index.by_address(query.remote_address), classes)
    subnet = admitted(index.by_interface(query.ifname), classes)
    return subnet or admitted(index.by_address(query.interface_address), classes)


def select_subnet(exchange: Exchange4) -> Outcome | None:
    """Step: note the subnet that serves the query, if any; for a broadcast it was found when the query was accepted."""
    subnet = exchange.subnet
    if subnet is None:
        exchange.subnet = subnet = find_subnet(exchange.config.index, exchange.query)
    if subnet is None:
        if PACKETS.rank >= DBG_DETAIL:
            PACKETS.log(DHCP4_SUBNET_SELECTION_FAILED, exchange.label)
    elif PACKETS.rank >= DBG_BASIC_DATA:
        PACKETS.log(DHCP4_SUBNET_SELECTED, exchange.label, subnet.id)
    return None


def _arguments(exchange: Exchange4) -> list[dict[str, object]]:
    """Return the arguments of subnet4_select."""
    return [
        {"query4": exchange.query, "subnet4": exchange.subnet, "subnet4collection": exchange.config.subnets},
    ]


def _settle(exchange: Exchange4, handle: CalloutHandle) -> Outcome | None:
    """Take the subnet that the callouts left; SKIP means none."""
    if handle.status == DROP:
        PACKETS.log(DHCP4_HOOK_SUBNET4_SELECT_DROP, exchange.label)
        return Drop("subnet4_select callout")
    if handle.status == SKIP:
        PACKETS.log(DHCP4_HOOK_SUBNET4_SELECT_SKIP, exchange.label)
        exchange.subnet = None
    else:
        exchange.subnet = handle["subnet4"]
    return None


SUBNET4_SELECT: Final[HookPoint[Exchange4]] = HookPoint("subnet4_select", _arguments, _settle)
