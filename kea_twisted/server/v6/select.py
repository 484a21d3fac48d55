"""Which subnet serves a DHCPv6 query. ARM dhcp6-subnet-selection; RFC 8415 §13.1."""

from __future__ import annotations

from typing import Final

from kea_twisted.alloc.engine import admitted
from kea_twisted.base.address import text6
from kea_twisted.base.octets import colon_hex
from kea_twisted.log.logger import DHCPSRV
from kea_twisted.log.message import DBG_BASIC
from kea_twisted.log.messages.dhcpsrv import (
    DHCPSRV_CFGMGR_SUBNET6,
    DHCPSRV_CFGMGR_SUBNET6_IFACE,
    DHCPSRV_CFGMGR_SUBNET6_IFACE_ID,
    DHCPSRV_CFGMGR_SUBNET6_RELAY,
    DHCPSRV_SUBNET6_SELECT_BY_ADDRESS_NO_MATCH,
    DHCPSRV_SUBNET6_SELECT_BY_INTERFACE_ID_NO_MATCH,
    DHCPSRV_SUBNET6_SELECT_BY_INTERFACE_NO_MATCH,
)
from kea_twisted.server.selection import log_choice
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
    told = DHCPSRV.rank >= DBG_BASIC
    if not link:
        address = query.remote_address
        subnet = admitted(index.by_interface(query.ifname), classes)
        if told:
            log_choice(subnet, DHCPSRV_CFGMGR_SUBNET6_IFACE, DHCPSRV_SUBNET6_SELECT_BY_INTERFACE_NO_MATCH, query.ifname)
        if subnet is not None:
            return subnet
    else:
        address = link
        interface_id = query.first_relay_option(OPTION_INTERFACE_ID)
        if interface_id:
            subnet = admitted(index.by_interface_id(interface_id), classes)
            if told:
                missed = DHCPSRV_SUBNET6_SELECT_BY_INTERFACE_ID_NO_MATCH
                log_choice(subnet, DHCPSRV_CFGMGR_SUBNET6_IFACE_ID, missed, colon_hex(interface_id))
            if subnet is not None:
                return subnet
        subnet = admitted(index.by_relay(link), classes)
        if subnet is not None:
            if told:
                DHCPSRV.log(DHCPSRV_CFGMGR_SUBNET6_RELAY, subnet.text, text6(link))
            return subnet
    subnet = admitted(index.by_address(address), classes)
    if told:
        log_choice(subnet, DHCPSRV_CFGMGR_SUBNET6, DHCPSRV_SUBNET6_SELECT_BY_ADDRESS_NO_MATCH, text6(address))
    return subnet
