"""Which subnet serves a DHCPv4 query. ARM dhcp4-subnet-selection; RFC 3527 (link selection), RFC 3011."""

from __future__ import annotations

from typing import Final

from kea_twisted.alloc.engine import admitted
from kea_twisted.options.suboptions import parse4
from kea_twisted.server.v4 import over6
from kea_twisted.server.v4.exchange import BROADCAST, OPTION_RELAY_AGENT, OPTION_SUBNET_SELECTION
from kea_twisted.subnets.select import SubnetIndex4
from kea_twisted.subnets.v4 import Subnet4
from kea_twisted.wire.v4 import Packet4

_LINK_SELECTION: Final = 5
"""Sub-option of option 82, RFC 3527."""


def find_subnet(index: SubnetIndex4, query: Packet4) -> Subnet4 | None:
    """Return the subnet for *query*, or None.

    In this order: the link that a relay or the client names, the relay's address, the client's own address in unicast
    queries, the interface by its name, the interface by its address. What comes through a DHCPv6 server has rules of
    its own.
    """
    if query.carrier is not None:
        return over6.find_subnet(index, query.carrier)
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
