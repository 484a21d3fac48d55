"""DHCPv4-over-DHCPv6 as the DHCPv4 server sees it: which subnet serves, and the DHCPv6 message around the answer.

The query comes with its DHCPv6 message (``carrier``); everything else about it is a DHCPv4 query like others. RFC 7341;
ARM dhcp4-dhcp4o6-config.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.log.logger import PACKETS
from kea_twisted.log.message import DBG_BASIC
from kea_twisted.log.messages.dhcpsrv import DHCPSRV_SUBNET4O6_SELECT_FAILED
from kea_twisted.subnets.select import SubnetIndex4
from kea_twisted.subnets.v4 import Subnet4
from kea_twisted.wire.v6 import DHCPV4_RESPONSE, Packet6

_INTERFACE_ID: Final = 18


def find_subnet(index: SubnetIndex4, carrier: Packet6) -> Subnet4 | None:
    """Return the first subnet that is meant for where *carrier* came from, or None.

    Its `4o6-subnet` contains the address that the DHCPv6 message came from, its `4o6-interface-id` is that of the relay
    nearest to the client, or its `4o6-interface` is where the message came in.
    """
    remote = carrier.remote_address
    ids = carrier.relays[-1].options.get(_INTERFACE_ID) if carrier.relays else None
    interface_id = ids[0] if ids else b""
    for subnet in index.over6:
        span = subnet.four_over_six_subnet
        # A prefix of :: is none, as in Kea.
        if span is not None and span[0] and span[0] <= remote <= span[1]:
            return subnet
        if interface_id and subnet.four_over_six_interface_id == interface_id:
            return subnet
        if subnet.four_over_six_interface and subnet.four_over_six_interface == carrier.ifname:
            return subnet
    if PACKETS.rank >= DBG_BASIC:
        PACKETS.log(DHCPSRV_SUBNET4O6_SELECT_FAILED)
    return None


def start_response(query: Packet6) -> Packet6:
    """Return the DHCPv4-response to a DHCPv4-query, still without the DHCPv4 message: back the way it came.

    The flags are those of the query: they stand where other messages have their transaction id. RFC 7341 §6.
    """
    response = Packet6(DHCPV4_RESPONSE, query.transid)
    response.relays = [relay.reply() for relay in query.relays]
    response.ifname = query.ifname
    response.ifindex = query.ifindex
    response.remote_address = query.remote_address
    response.remote_port = query.remote_port
    return response
