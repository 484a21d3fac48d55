"""The connection between the two servers: whatever arrives on it, nothing is raised and nothing is answered wrongly."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kea_twisted.daemons.over6 import Over6V4, Over6V6
from kea_twisted.log import logger as loggers
from kea_twisted.log.message import Message
from kea_twisted.log.sink import MAX_DEBUGLEVEL, message_text
from kea_twisted.wire.over6 import wrap
from kea_twisted.wire.v4 import Packet4
from kea_twisted.wire.v6 import DHCPV4_QUERY, DHCPV4_RESPONSE, REPLY, Packet6

LINES: list[str] = []
V4_MESSAGE = b"\1\1\6\0".ljust(236, b"\0") + bytes.fromhex("63825363350101ff")


class Daemon:
    """As much of a daemon as the connection sees. handled: the work that it was given."""

    def __init__(self, *addresses: int) -> None:
        self.running = True
        self.handled: list[Any] = []
        self.reactor = None
        opened = [SimpleNamespace(address=address) for address in addresses]
        self.sockets = SimpleNamespace(on=lambda name: opened if name == "lo" else [])
        self.server = SimpleNamespace(
            receive_over6=lambda *arguments: arguments, receive_response=lambda *arguments: arguments
        )

    def handle(self, work: Any) -> None:
        self.handled.append(work(1.0))


@pytest.fixture(autouse=True)
def _lines() -> Iterator[None]:
    """Have every debug line made."""

    def emit(_logger: loggers.Logger, message: Message, arguments: tuple[object, ...]) -> None:
        LINES.append(message.id + " " + message_text(message, arguments))

    def adopt(logger: loggers.Logger) -> None:
        logger.rank = MAX_DEBUGLEVEL
        logger.emit = emit

    LINES.clear()
    loggers.install(adopt)
    yield
    loggers.uninstall()


def message(kind: int, *bodies: bytes, ifname: str = "lo", to: int = 0x20010DB8 << 96) -> bytes:
    packet = Packet6(kind)
    packet.ifname, packet.remote_address, packet.remote_port = ifname, to, 546
    packet.options = {87: list(bodies)} if bodies else {}
    return wrap(packet)


def test_a_query_reaches_the_dhcpv4_server_with_the_address_of_the_interface() -> None:
    daemon: Any = Daemon(0xC0000201, 0xC0000202)
    Over6V4(daemon).received(message(DHCPV4_QUERY, V4_MESSAGE))
    ((octets, carrier, receipt, _now),) = daemon.handled
    assert octets == V4_MESSAGE
    assert carrier.options == {}
    assert (receipt.ifname, receipt.local_address, receipt.interface_address) == ("lo", 0, 0xC0000201)
    assert receipt.remote_address == carrier.remote_address


@pytest.mark.parametrize("bodies", [(), (b"",), (V4_MESSAGE[:235],), (V4_MESSAGE, V4_MESSAGE)])
def test_what_is_not_one_dhcpv4_message_is_a_debug_line(bodies: tuple[bytes, ...]) -> None:
    daemon: Any = Daemon(0xC0000201)
    Over6V4(daemon).received(message(DHCPV4_QUERY, *bodies))
    assert daemon.handled == []
    assert LINES[-1].startswith("DHCP4_DHCP4O6_BAD_PACKET ")


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        (message(REPLY, b"abc"), "DHCP6_DHCP4O6_RECEIVE_FAIL"),
        (message(DHCPV4_RESPONSE), "DHCP6_DHCP4O6_RECEIVE_FAIL"),
        (message(DHCPV4_RESPONSE, b"abc", ifname="nope"), "DHCP6_DHCP4O6_RECEIVE_FAIL"),
        (b"\x15\0\0\0", "DHCP6_DHCP4O6_RECEIVE_FAIL"),
    ],
)
def test_what_is_no_response_is_a_debug_line(octets: bytes, expected: str) -> None:
    daemon: Any = Daemon(1)
    Over6V6(daemon).received(octets)
    assert daemon.handled == []
    assert LINES[-1].startswith(expected)


def test_a_response_leaves_through_the_socket_that_fits_its_destination() -> None:
    local, unicast, other = 0xFE80 << 112 | 1, 0x20010DB8 << 96 | 1, 0xFE80 << 112 | 9
    daemon: Any = Daemon(local, unicast)
    over6 = Over6V6(daemon)
    over6.received(message(DHCPV4_RESPONSE, b"abc"))
    over6.received(message(DHCPV4_RESPONSE, b"abc", to=other))
    assert [packet.socket.address for packet, _now in daemon.handled] == [unicast, local]
    silent: Any = Daemon()
    Over6V6(silent).received(message(DHCPV4_RESPONSE, b"abc"))
    assert silent.handled == []
    assert LINES[-1].startswith("DHCP6_DHCP4O6_SEND_FAIL ")


def test_an_outage_is_told_once_until_the_other_server_is_heard() -> None:
    daemon: Any = Daemon(1)
    over6 = Over6V6(daemon)
    refused = ConnectionRefusedError(errno.ECONNREFUSED, "refused")
    for _ in range(3):
        over6.failed(refused)
    assert sum(line.startswith("DHCP6_DHCP4O6_SEND_FAIL") for line in LINES) == 1
    over6.received(message(DHCPV4_RESPONSE, b"abc"))
    over6.failed(refused)
    assert sum(line.startswith("DHCP6_DHCP4O6_SEND_FAIL") for line in LINES) == 2


def test_an_answer_without_its_dhcpv6_message_or_without_connection_is_an_error_line() -> None:
    daemon: Any = Daemon(1)
    over6 = Over6V4(daemon)
    reply = Packet4(2)
    over6.send(b"abc", reply)
    assert LINES[-1].startswith("DHCP4_DHCP4O6_PACKET_SEND_FAIL ")
    reply.carrier = Packet6(DHCPV4_RESPONSE)
    over6.send(b"abc", reply)
    assert LINES[-1].startswith("DHCP4_DHCP4O6_PACKET_SEND_FAIL ")
    assert "closed" in LINES[-1]


@given(octets=st.binary(max_size=120), at=st.integers(0, 60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_octets_are_at_worst_a_line(octets: bytes, at: int) -> None:
    good = message(DHCPV4_QUERY, V4_MESSAGE)
    for kind in (Over6V4, Over6V6):
        daemon: Any = Daemon(1)
        over6 = kind(daemon)
        over6.received(octets)
        over6.received(good[:at] + octets + good[at + len(octets) :])
