"""Which subnet serves a DHCPv4 query. ARM dhcp4-subnet-selection; RFC 3527 (link selection), RFC 3011."""

from __future__ import annotations

from typing import Final

from kea_twisted.alloc.engine import admitted
from kea_twisted.base.address import text4
from kea_twisted.log.logger import DHCPSRV
from kea_twisted.log.message import DBG_BASIC
from kea_twisted.log.messages.dhcpsrv import (
    DHCPSRV_CFGMGR_SUBNET4_ADDR,
    DHCPSRV_CFGMGR_SUBNET4_IFACE,
    DHCPSRV_CFGMGR_SUBNET4_RELAY,
    DHCPSRV_SUBNET4_SELECT_BY_ADDRESS_NO_MATCH,
    DHCPSRV_SUBNET4_SELECT_BY_INTERFACE_NO_MATCH,
    DHCPSRV_SUBNET4_SELECT_BY_RELAY_ADDRESS_NO_MATCH,
    DHCPSRV_SUBNET4_SELECT_NO_RAI_OPTIONS,
    DHCPSRV_SUBNET4_SELECT_NO_RELAY_ADDRESS,
    DHCPSRV_SUBNET4_SELECT_NO_USABLE_ADDRESS,
)
from kea_twisted.options.suboptions import parse4
from kea_twisted.server.selection import log_choice
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
    told = DHCPSRV.rank >= DBG_BASIC
    address = 0
    if OPTION_RELAY_AGENT in options:
        link = parse4(options[OPTION_RELAY_AGENT]).get(_LINK_SELECTION)
        if link is not None and len(link) == 4:
            address = int.from_bytes(link, "big")
    if not address and OPTION_SUBNET_SELECTION in options:
        address = int.from_bytes(options[OPTION_SUBNET_SELECTION][:4], "big")
    if not address:
        if told:
            DHCPSRV.log(DHCPSRV_SUBNET4_SELECT_NO_RAI_OPTIONS)
        giaddr = query.giaddr
        if giaddr:
            subnet = admitted(index.by_relay(giaddr), classes)
            if told:
                missed = DHCPSRV_SUBNET4_SELECT_BY_RELAY_ADDRESS_NO_MATCH
                log_choice(subnet, DHCPSRV_CFGMGR_SUBNET4_RELAY, missed, text4(giaddr))
            if subnet is not None:
                return subnet
            address = giaddr
        else:
            if told:
                DHCPSRV.log(DHCPSRV_SUBNET4_SELECT_NO_RELAY_ADDRESS)
            if query.local_address != BROADCAST:
                address = query.ciaddr or query.remote_address
        if not address:
            subnet = admitted(index.by_interface(query.ifname), classes)
            if told:
                missed = DHCPSRV_SUBNET4_SELECT_BY_INTERFACE_NO_MATCH
                log_choice(subnet, DHCPSRV_CFGMGR_SUBNET4_IFACE, missed, query.ifname)
            if subnet is not None:
                return subnet
            address = query.interface_address
    subnet = admitted(index.by_address(address), classes)
    if told and address:
        log_choice(subnet, DHCPSRV_CFGMGR_SUBNET4_ADDR, DHCPSRV_SUBNET4_SELECT_BY_ADDRESS_NO_MATCH, text4(address))
    elif told:
        DHCPSRV.log(DHCPSRV_SUBNET4_SELECT_NO_USABLE_ADDRESS)
    return subnet
