"""What the DHCPv6 server calls what both servers have."""

from __future__ import annotations

from typing import Final

from kea_twisted.base.address import text6
from kea_twisted.family import V6
from kea_twisted.log.messages import dhcp6 as messages
from kea_twisted.server.v6.exchange import OPTION_CLIENT_ID, Exchange6, describe
from kea_twisted.server.v6.hosts import READERS
from kea_twisted.server.v6.select import find_subnet
from kea_twisted.server.words import Words
from kea_twisted.wire.v6 import Packet6, pack


def _response_data(exchange: Exchange6, description: str) -> tuple[object, ...]:
    """Return what the log says of a reply in full."""
    reply = exchange.reply
    assert reply is not None
    return reply.message_type, description


def _duid(query: Packet6) -> bytes:
    bodies = query.options.get(OPTION_CLIENT_ID)
    return bodies[0] if bodies else b""


WORDS: Final = Words(
    query="query6",
    response="response6",
    subnet="subnet6",
    subnets="subnet6collection",
    space=V6.space,
    basic_options=(),
    readers=READERS,
    selected_decides=False,
    clients=((_duid, messages.DHCP6_PACKET_DROP_DUPLICATE),),
    find_subnet=find_subnet,
    pack=pack,
    text=text6,
    describe=describe,
    response_data=_response_data,
    arrived=messages.DHCP6_BUFFER_RECEIVED,
    unpacking=messages.DHCP6_BUFFER_UNPACK,
    malformed=messages.DHCP6_PACKET_DROP_PARSE_FAIL,
    received=messages.DHCP6_PACKET_RECEIVED,
    query_data=messages.DHCP6_QUERY_DATA,
    buffer_receive_drop=messages.DHCP6_HOOK_BUFFER_RCVD_DROP,
    buffer_receive_skip=messages.DHCP6_HOOK_BUFFER_RCVD_SKIP,
    packet_receive_skip=messages.DHCP6_HOOK_PACKET_RCVD_SKIP,
    drop_class=messages.DHCP6_PACKET_DROP_DROP_CLASS,
    drop_class_early=messages.DHCP6_PACKET_DROP_DROP_CLASS_EARLY,
    drop_class_late=messages.DHCP6_PACKET_DROP_DROP_CLASS2,
    subnet_selected=messages.DHCP6_SUBNET_SELECTED,
    subnet_data=messages.DHCP6_SUBNET_DATA,
    subnet_selection_failed=messages.DHCP6_SUBNET_SELECTION_FAILED,
    subnet_select_drop=messages.DHCP6_HOOK_SUBNET6_SELECT_DROP,
    subnet_select_skip=messages.DHCP6_HOOK_SUBNET6_SELECT_SKIP,
    committed_drop=messages.DHCP6_HOOK_LEASES6_COMMITTED_DROP,
    packet_send_drop=messages.DHCP6_HOOK_PACKET_SEND_DROP,
    packet_send_skip=messages.DHCP6_HOOK_PACKET_SEND_SKIP,
    buffer_send_skip=messages.DHCP6_HOOK_BUFFER_SEND_SKIP,
    packing=None,
    pack_failed=messages.DHCP6_PACK_FAIL,
    sending=messages.DHCP6_PACKET_SEND,
    logs_response_data=messages.DHCP6_RESPONSE_DATA,
)
