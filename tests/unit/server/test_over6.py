"""DHCPv4-over-DHCPv6 in the servers themselves: hook points, statistics, and packets that wait."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kea_twisted.base.address import parse4, parse6
from kea_twisted.config.build import build4
from kea_twisted.config.parse import load_object
from kea_twisted.family import V4
from kea_twisted.hooks.callout import CalloutHandle, Callouts
from kea_twisted.leases.memfile.manager import Memfile4
from kea_twisted.server.outcome import Drop, Forward, Outcome, Park, Send
from kea_twisted.server.v4.server import Dhcp4Server
from kea_twisted.stats.registry import Statistics
from kea_twisted.wire.over6 import unwrap
from kea_twisted.wire.packet import Receipt
from kea_twisted.wire.v6 import DHCPV4_QUERY, DHCPV4_RESPONSE, RELAY_FORW, RELAY_REPL, Packet6, Relay6
from tests.support.packets import DISCOVER, Dhcp6, query4
from tests.support.server6 import Server6

NOW = 1_700_000_000.0
FOUR = {
    "lease-database": {"type": "memfile", "persist": False},
    "subnet4": [{"subnet": "192.0.2.0/24", "4o6-interface": "eth0", "pools": [{"pool": "192.0.2.0/24"}]}],
}
SIX = {"subnet6": [{"subnet": "2001:db8::/64"}], "dhcp4o6-port": 6767}
POINTS4 = ("buffer4_receive", "pkt4_receive", "host4_identifier", "subnet4_select", "lease4_select")
POINTS4 += ("leases4_committed", "pkt4_send", "buffer4_send")
POINTS6 = ("buffer6_receive", "pkt6_receive", "subnet6_select", "pkt6_send", "buffer6_send")


def four(callouts: dict[str, Any]) -> Dhcp4Server:
    """Return a DHCPv4 server with *callouts*."""

    def failed(error: Exception) -> None:
        raise error

    config = build4(load_object({"Dhcp4": FOUR}, V4).model)
    points = {point: (("library", callout),) for point, callout in callouts.items()}
    return Dhcp4Server(config, Memfile4(), Statistics(), Callouts(points, failed), NOW)


def ask4(server: Dhcp4Server) -> Outcome:
    """Return what becomes of a DHCPDISCOVER that a relay and a DHCPv6 server passed on."""
    carrier = Packet6(DHCPV4_QUERY, 0x800000)
    carrier.ifname, carrier.remote_address, carrier.remote_port = "eth0", parse6("2001:db8::2"), 1547
    carrier.relays = [Relay6(RELAY_FORW, 3, 1, 2, {18: [b"x"], 135: [b"\0\0"], 79: [b"\0\1abcdef"]})]
    receipt = Receipt("eth0", 2, 0, 67, carrier.remote_address, 68, interface_address=parse4("192.0.2.1"))
    return server.receive_over6(query4(DISCOVER).pack(), carrier, receipt, NOW)


def test_the_dhcpv4_server_calls_all_hook_points_with_the_dhcpv4_messages() -> None:
    seen: list[str] = []
    carriers: list[int] = []

    def note(handle: CalloutHandle) -> None:
        seen.append(handle.point)
        if handle.point == "pkt4_send":
            carriers.extend(handle[name].carrier.message_type for name in ("query4", "response4"))

    server = four(dict.fromkeys(POINTS4, note))
    outcome = ask4(server)
    assert isinstance(outcome, Send)
    assert seen == [point for point in POINTS4 if point not in ("host4_identifier", "leases4_committed")]
    assert carriers == [DHCPV4_QUERY, DHCPV4_RESPONSE]


@pytest.mark.arm("V6-327")
def test_the_response_goes_back_the_way_it_came() -> None:
    outcome = ask4(four({}))
    assert isinstance(outcome, Send)
    reply: Any = outcome.reply
    carrier = reply.carrier
    assert (carrier.message_type, carrier.transid, carrier.remote_port) == (DHCPV4_RESPONSE, 0x800000, 1547)
    (relay,) = carrier.relays
    assert (relay.message_type, relay.hop_count) == (RELAY_REPL, 3)
    assert relay.options == {18: [b"x"], 135: [b"\0\0"]}, "what RFC 8415 and RFC 8357 have echoed"


def test_a_query_may_wait_for_a_hook() -> None:
    async def wait(handle: CalloutHandle) -> None:
        await asyncio.sleep(0)

    server = four({"buffer4_receive": wait, "pkt4_send": wait})
    outcome = ask4(server)
    for _ in range(2):
        assert isinstance(outcome, Park)
        waiting: Any = outcome.waiting
        asyncio.run(waiting)
        outcome = server.resume(outcome.exchange, NOW)
    assert isinstance(outcome, Send)
    assert outcome.reply.carrier is not None  # type: ignore[attr-defined]


def query6(*options: tuple[int, bytes]) -> bytes:
    return Dhcp6(DHCPV4_QUERY, 0, list(options)).pack()


@pytest.mark.arm("V6-323", "V6-326", "ST-062")
def test_the_dhcpv6_server_passes_queries_on_and_calls_no_other_hook_points_than_kea() -> None:
    seen: list[str] = []
    server = Server6(SIX, dict.fromkeys(POINTS6, lambda handle: seen.append(handle.point)))
    assert server.send(query6((87, b"abc"))) is None
    outcome = server.outcome
    assert isinstance(outcome, Forward)
    assert seen == ["buffer6_receive", "pkt6_receive"]
    packet = unwrap(outcome.octets)
    assert (packet.ifname, packet.remote_port, packet.options) == ("eth0", 546, {87: [b"abc"]})
    assert server.count("pkt6-dhcpv4-query-received") == 1
    packet.message_type = DHCPV4_RESPONSE
    packet.remote_port = 9
    sent = server.server.receive_response(packet, NOW)
    assert isinstance(sent, Send)
    assert sent.octets == Dhcp6(DHCPV4_RESPONSE, 0, [(87, b"abc")]).pack()
    assert sent.reply.remote_port == 546
    assert seen[2:] == ["buffer6_send"]
    assert (server.count("pkt6-dhcpv4-response-sent"), server.count("pkt6-sent")) == (1, 1)


def test_a_callout_keeps_a_response_back() -> None:
    server = Server6(SIX, {"buffer6_send": lambda handle: handle.skip()})
    packet = Packet6(DHCPV4_RESPONSE)
    packet.options = {87: [b"abc"]}
    assert isinstance(server.server.receive_response(packet, NOW), Drop)
    assert server.count("pkt6-sent") == 0


@pytest.mark.parametrize(
    ("config", "options", "dropped"),
    [
        (SIX, (), 0),
        ({**SIX, "dhcp4o6-port": 0}, ((87, b"abc"),), 0),
        (SIX, ((87, b"abc"), (1, b"x")), 1),
    ],
)
def test_a_query_that_cannot_be_passed_on_is_dropped(config: Any, options: Any, dropped: int) -> None:
    server = Server6(config)
    server.send(query6(*options))
    assert isinstance(server.outcome, Drop)
    assert server.count("pkt6-receive-drop") == dropped
