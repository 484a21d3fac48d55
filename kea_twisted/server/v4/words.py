"""What the DHCPv4 server calls what both servers have."""

from __future__ import annotations

from typing import Final

from kea_twisted.base.address import text4, text6
from kea_twisted.family import V4
from kea_twisted.log.messages import dhcp4 as messages
from kea_twisted.server.v4.exchange import OPTION_CLIENT_ID, Exchange4, describe
from kea_twisted.server.v4.hosts import READERS
from kea_twisted.server.v4.select import find_subnet
from kea_twisted.server.words import Words
from kea_twisted.wire.v4 import Packet4, pack


def _response_data(exchange: Exchange4, description: str) -> tuple[object, ...]:
    """Return what the log says of a reply in full."""
    reply = exchange.reply
    assert reply is not None
    return exchange.label, reply.name, reply.message_type, description


def _client_id(query: Packet4) -> bytes:
    return query.options.get(OPTION_CLIENT_ID, b"")


def _hardware(query: Packet4) -> tuple[int, bytes] | None:
    return (query.htype, query.chaddr) if query.chaddr else None


def _text(address: int) -> str:
    """Return an address as text: an IPv6 one is that of a client that speaks DHCPv4 over DHCPv6."""
    return text6(address) if address >> V4.bits else text4(address)


WORDS: Final = Words(
    query="query4",
    response="response4",
    subnet="subnet4",
    subnets="subnet4collection",
    space=V4.space,
    basic_options=(3, 6, 15),
    readers=READERS,
    selected_decides=True,
    clients=((_client_id, messages.DHCP4_PACKET_DROP_0011), (_hardware, messages.DHCP4_PACKET_DROP_0012)),
    find_subnet=find_subnet,
    pack=pack,
    text=_text,
    describe=describe,
    response_data=_response_data,
    arrived=messages.DHCP4_BUFFER_RECEIVED,
    unpacking=messages.DHCP4_BUFFER_UNPACK,
    malformed=messages.DHCP4_PACKET_DROP_0001,
    received=messages.DHCP4_PACKET_RECEIVED,
    query_data=messages.DHCP4_QUERY_DATA,
    buffer_receive_drop=messages.DHCP4_HOOK_BUFFER_RCVD_DROP,
    buffer_receive_skip=messages.DHCP4_HOOK_BUFFER_RCVD_SKIP,
    packet_receive_skip=messages.DHCP4_HOOK_PACKET_RCVD_SKIP,
    drop_class=messages.DHCP4_PACKET_DROP_0010,
    drop_class_early=messages.DHCP4_PACKET_DROP_0014,
    drop_class_late=messages.DHCP4_PACKET_DROP_0013,
    subnet_selected=messages.DHCP4_SUBNET_SELECTED,
    subnet_data=messages.DHCP4_SUBNET_DATA,
    subnet_selection_failed=messages.DHCP4_SUBNET_SELECTION_FAILED,
    subnet_select_drop=messages.DHCP4_HOOK_SUBNET4_SELECT_DROP,
    subnet_select_skip=messages.DHCP4_HOOK_SUBNET4_SELECT_SKIP,
    committed_drop=messages.DHCP4_HOOK_LEASES4_COMMITTED_DROP,
    packet_send_drop=messages.DHCP4_HOOK_PACKET_SEND_DROP,
    packet_send_skip=messages.DHCP4_HOOK_PACKET_SEND_SKIP,
    buffer_send_skip=messages.DHCP4_HOOK_BUFFER_SEND_SKIP,
    packing=messages.DHCP4_PACKET_PACK,
    pack_failed=messages.DHCP4_PACKET_PACK_FAIL,
    sending=messages.DHCP4_PACKET_SEND,
    logs_response_data=messages.DHCP4_RESPONSE_DATA,
)
