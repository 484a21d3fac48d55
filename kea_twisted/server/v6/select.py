"""Which subnet serves a DHCPv6 query. ARM dhcp6-subnet-selection; RFC 8415 §13.1."""

from __future__ import annotations

from typing import Final

from kea_twisted.alloc.engine import admitted
from kea_twisted.server.v6.exchange import OPTION_INTERFACE_ID
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
    interface_id = query.first_relay_option(OPTION_INTERFACE_ID)
    if interface_id:
        subnet = admitted(index.by_interface_id(interface_id), classes)
        if subnet is not None:
            return subnet
    subnet = admitted(index.by_relay(link), classes)
    return subnet or admitted(index.by_address(link), classes)
