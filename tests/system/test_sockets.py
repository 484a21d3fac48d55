"""Our sockets on real interfaces: who is heard, on which interface, and how answers travel."""

from __future__ import annotations

import os
import select
import socket
import time
from collections.abc import Iterator

import pytest

from kea_twisted.base.address import parse4, parse6
from kea_twisted.family import V4, V6
from kea_twisted.net.interfaces import Interface, InterfaceWatch, detect
from kea_twisted.net.reader import Batch, ServiceSocket
from kea_twisted.net.selection import parse_entries
from kea_twisted.net.v4 import SocketRules4
from kea_twisted.net.v6 import SocketRules6
from kea_twisted.wire import frame
from kea_twisted.wire.v4 import Packet4
from tests.support.namespaces import CLIENT_INTERFACE, CLIENT_MAC, SERVER_INTERFACE, SERVER_MAC, Link, entered
from tests.support.ours import Ours
from tests.support.requirements import require, require_namespaces

EVERYBODY = 0xFFFFFFFF


class NoReactor:
    """The tests turn the crank themselves."""

    def addReader(self, reader: object) -> None:
        """Forget it."""

    def removeReader(self, reader: object) -> None:
        """Forget it."""

    def callLater(self, delay: float, function: object, *args: object) -> None:
        """Call at once."""
        function(*args)  # type: ignore[operator]


@pytest.fixture
def link() -> Iterator[Link]:
    require_namespaces()
    with Link("net", ("192.0.2.1/24", "192.0.2.2/24", "2001:db8::1/64"), ("192.0.2.77/24", "2001:db8::77/64")) as made:
        yield made


def interface_of(link: Link) -> Interface:
    with entered(link.server):
        return detect()[SERVER_INTERFACE]


def open4(link: Link, entry: str, batch: Batch, raw: bool = True) -> ServiceSocket:
    selection, errors = parse_entries([entry], V4)
    assert not errors
    rules = SocketRules4(selection, 67, raw)
    with entered(link.server):
        (endpoint,), reason = rules.endpoints(detect()[SERVER_INTERFACE])
        assert reason == ""
        return rules.open_socket(endpoint, NoReactor(), batch.extend)


def pump(opened: ServiceSocket, batch: Batch, count: int = 1) -> Batch:
    """Read until *count* datagrams are there, or two seconds have passed."""
    deadline = time.monotonic() + 2
    while len(batch) < count and time.monotonic() < deadline:
        opened.doRead()
        time.sleep(0.005)
    return batch


def client_frames(link: Link) -> socket.socket:
    opened = link.socket(link.client, socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0800))
    opened.bind((CLIENT_INTERFACE, 0x0800))
    opened.settimeout(2)
    return opened


def query(text: bytes, destination: int, port: int = 67, mac: bytes = frame.BROADCAST_MAC) -> bytes:
    return frame.build(text, CLIENT_MAC, mac, 0, 68, destination, port)


def test_the_machine_is_seen_as_it_is(link: Link) -> None:
    interface = interface_of(link)
    assert interface.mac == SERVER_MAC
    assert interface.is_up
    assert not interface.is_loopback
    assert interface.addresses4 == (parse4("192.0.2.1"), parse4("192.0.2.2"))
    assert parse6("fe80::fe01") in interface.addresses6


@pytest.mark.arm("V4-080")
@pytest.mark.arm("V4-081")
def test_a_raw_socket_hears_broadcasts_and_its_own_address_and_nothing_else(link: Link) -> None:
    batch: Batch = []
    opened = open4(link, f"{SERVER_INTERFACE}/192.0.2.1", batch)
    out = client_frames(link)
    mine = parse4("192.0.2.1")
    out.send(query(b"wrong port", EVERYBODY, 68))
    out.send(query(b"other address", parse4("192.0.2.2"), 67, SERVER_MAC))
    out.send(query(b"unicast", mine, 67, SERVER_MAC))
    out.send(query(b"broadcast", EVERYBODY))
    pump(opened, batch, 2)
    assert [octets for octets, _ in batch] == [b"unicast", b"broadcast"]
    receipts = [receipt for _, receipt in batch]
    assert [receipt.local_address for receipt in receipts] == [mine, EVERYBODY]
    assert {receipt.interface_address for receipt in receipts} == {mine}
    assert {(r.ifname, r.ifindex) for r in receipts} == {(SERVER_INTERFACE, interface_of(link).index)}
    assert {receipt.source_mac for receipt in receipts} == {CLIENT_MAC}
    opened.close()


@pytest.mark.arm("V4-080")
def test_a_raw_socket_answers_a_client_that_has_no_address(link: Link) -> None:
    opened = open4(link, f"{SERVER_INTERFACE}/192.0.2.1", [])
    hears = client_frames(link)
    reply = Packet4(2)
    reply.remote_address, reply.remote_port, reply.source_mac = parse4("192.0.2.50"), 68, CLIENT_MAC
    opened.send(b"answer", reply)
    octets = hears.recv(2000)
    assert octets[:6] == CLIENT_MAC
    message, mac, source, source_port, destination, port = frame.parse(octets) or pytest.fail("not a datagram")
    assert (message, mac, source, source_port) == (b"answer", SERVER_MAC, parse4("192.0.2.1"), 67)
    assert (destination, port) == (parse4("192.0.2.50"), 68)
    reply.remote_address = EVERYBODY
    opened.send(b"to all", reply)
    assert hears.recv(2000)[:6] == frame.BROADCAST_MAC
    opened.close()


def test_the_kernel_does_not_say_that_the_port_is_closed(link: Link) -> None:
    batch: Batch = []
    opened = open4(link, f"{SERVER_INTERFACE}/192.0.2.1", batch)
    client = link.socket(link.client, socket.AF_INET, socket.SOCK_DGRAM)
    client.connect(("192.0.2.1", 67))
    client.settimeout(0.2)
    for _ in range(3):
        client.send(b"hello")
        with pytest.raises(TimeoutError):  # and not ConnectionRefusedError
            client.recv(1)
    assert len(pump(opened, batch, 3)) == 3
    opened.close()


@pytest.mark.arm("V4-088")
def test_a_port_that_is_taken_is_an_error(link: Link) -> None:
    opened = open4(link, f"{SERVER_INTERFACE}/192.0.2.1", [])
    for raw in (True, False):
        with pytest.raises(OSError, match="in use"):
            open4(link, f"{SERVER_INTERFACE}/192.0.2.1", [], raw)
    opened.close()


@pytest.mark.arm("V4-082")
def test_a_udp_socket_hears_unicast_only_and_answers_from_its_address(link: Link) -> None:
    batch: Batch = []
    opened = open4(link, f"{SERVER_INTERFACE}/192.0.2.2", batch, raw=False)
    client_frames(link).send(query(b"broadcast", EVERYBODY))
    relay = link.socket(link.client, socket.AF_INET, socket.SOCK_DGRAM)
    relay.bind(("192.0.2.77", 67))
    relay.settimeout(2)
    relay.sendto(b"relayed", ("192.0.2.2", 67))
    ((octets, receipt),) = pump(opened, batch)
    assert octets == b"relayed"
    assert (receipt.remote_address, receipt.remote_port) == (parse4("192.0.2.77"), 67)
    assert (receipt.ifname, receipt.local_address) == (SERVER_INTERFACE, parse4("192.0.2.2"))
    assert not receipt.direct
    reply = Packet4(2)
    reply.ifindex, reply.remote_address, reply.remote_port = receipt.ifindex, receipt.remote_address, 67
    opened.send(b"answer", reply)
    assert relay.recvfrom(100) == (b"answer", ("192.0.2.2", 67))
    opened.close()


@pytest.mark.arm("V6-062")
@pytest.mark.arm("V6-065")
def test_dhcpv6_is_heard_on_the_group_the_link_local_and_the_unicast_address(link: Link) -> None:
    batch: Batch = []
    selection, errors = parse_entries([f"{SERVER_INTERFACE}/2001:db8::1"], V6)
    assert not errors
    rules = SocketRules6(selection, 547)
    with entered(link.server):
        endpoints, reason = rules.endpoints(detect()[SERVER_INTERFACE])
        assert reason == ""
        opened = [rules.open_socket(endpoint, NoReactor(), batch.extend) for endpoint in endpoints]
    client = link.socket(link.client, socket.AF_INET6, socket.SOCK_DGRAM)
    client.bind(("fe80::c101", 546, 0, _client_index(link)))
    client.settimeout(2)
    targets = ("ff02::1:2", "fe80::fe01", "2001:db8::1")
    for target in targets:
        client.sendto(target.encode(), (target, 547, 0, _client_index(link)))
    readers = [*opened, *(one._group for one in opened if hasattr(one, "_group"))]
    deadline = time.monotonic() + 2
    while len(batch) < 3 and time.monotonic() < deadline:
        for reader in readers:
            reader.doRead()
    heard = {octets.decode(): receipt for octets, receipt in batch}
    assert set(heard) == set(targets)
    for target, receipt in heard.items():
        assert receipt.local_address == parse6(target)
        assert receipt.remote_address == parse6("fe80::c101")
        assert receipt.ifname == SERVER_INTERFACE
        answering = receipt.socket
        assert isinstance(answering, ServiceSocket)
        reply = Packet4(2)
        reply.ifindex, reply.remote_address, reply.remote_port = receipt.ifindex, receipt.remote_address, 546
        answering.send(b"answer", reply)
        octets, sender = client.recvfrom(100)
        assert octets == b"answer"
        assert sender[0] == ("2001:db8::1" if target == "2001:db8::1" else "fe80::fe01")
    for one in opened:
        one.close()


def _client_index(link: Link) -> int:
    with entered(link.client):
        return socket.if_nametoindex(CLIENT_INTERFACE)


def test_a_change_of_addresses_is_noticed(link: Link) -> None:
    changes: list[int] = []
    watch = InterfaceWatch(NoReactor(), lambda: changes.append(1))
    with entered(link.server):
        watch.start()
    link.add_address(link.server, SERVER_INTERFACE, "198.51.100.1/24")
    readable, _, _ = select.select([watch], [], [], 2)
    assert readable
    watch.doRead()
    assert changes == [1]
    assert parse4("198.51.100.1") in interface_of(link).addresses4
    watch.stop()


@pytest.mark.parametrize("family", [4, 6])
def test_a_server_with_more_interfaces_than_descriptors_serves_on_those_it_has(family: int) -> None:
    require_namespaces()
    require("prlimit")
    addresses = [f"192.0.2.{number}/24" for number in range(1, 60)] if family == 4 else ["2001:db8:1::1/64"]
    with Link("few", addresses) as link:
        for number in range(0 if family == 4 else 24):
            link.run(link.server, *f"link add v{number} type veth peer name w{number}".split())
            for end in (f"v{number}", f"w{number}"):
                link.run(link.server, *f"link set {end} addrgenmode none up".split())
                link.add_address(link.server, end, f"fe80::{number + 1:x}/64")
        server = Limited(family, link)
        try:
            server.start({"interfaces-config": {"interfaces": ["*"]}, f"subnet{family}": []})
            told = server.control.ask("status-get")["arguments"]
            assert told["sockets"]["status"] == "failed"
            assert "Too many open files; what limits it" in told["sockets"]["errors"][-1]
            assert 50 < len(os.listdir(f"/proc/{told['pid']}/fd")) < 70
            assert "CRITICAL" not in server.log.read_text()
        finally:
            server.close()


class Limited(Ours):
    """Our server with few file descriptors to be had."""

    def command(self, *arguments: str) -> list[str]:
        return ["prlimit", "--nofile=80:80", *super().command(*arguments)]
