"""`interfaces-config` of DHCPv4 on real interfaces: who is heard, on how many sockets, and where answers leave.

Each conversation is held with Kea 2.2.0 and with us, in links alike, and what comes back is compared.
"""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.client import Wire, frame4
from tests.support.kea import Json, Kea, Server
from tests.support.namespaces import SERVER_MAC, Link, entered
from tests.support.ours import Ours
from tests.support.packets import DISCOVER, INFORM, Dhcp4, parse4, query4
from tests.support.requirements import require, require_namespaces

pytestmark = pytest.mark.peer("kea")

FAR = "10.5.0.9"
"""A relay that is behind the second interface, and may send through the first."""
LATE_MAC = bytes.fromhex("02000000fe05")
LATE_PEER_MAC = "02:00:00:00:c1:05"
PATIENCE = 3.0
"""Seconds to wait for an answer that must come."""
SILENCE = 0.06
"""Seconds to listen for answers that must not come."""
Heard = tuple[str, str, str, str, int]
"""The interface an answer came out of, its destination, the destination in its frame, its source, its type."""


class Machine:
    """One server with two interfaces, srv0 with two addresses and late0 with one, and the other ends of both."""

    def __init__(self, server_type: type[Server]) -> None:
        self.link = link = Link(server_type.name, ("192.0.2.1/24", "192.0.2.2/24"), ("192.0.2.77/24",))
        self.server = server_type(4, link)
        self.wires = {"srv0": Wire(link)}
        self.add_late()
        self.wires["late0"] = Wire(link, "late1")

    def add_late(self) -> None:
        """Add the second interface."""
        link = self.link
        peer = ("type", "veth", "peer", "name", "late1", "netns", link.client, "address", LATE_PEER_MAC)
        link.run(link.server, "link", "add", "late0", "address", LATE_MAC.hex(":"), *peer)
        for namespace, name, address in ((link.server, "late0", "10.5.0.1/24"), (link.client, "late1", f"{FAR}/24")):
            link.run(namespace, "link", "set", name, "up")
            link.add_address(namespace, name, address)

    def exchange(self, message: Dhcp4, count: int, interface: str = "srv0", **around: Any) -> list[Heard]:
        """Send *message* into *interface*; return all that is heard on both interfaces, sorted. count: expected."""
        for wire in self.wires.values():
            wire.drain()
        self.wires[interface].send(frame4(message.pack(), **around))
        deadline = time.monotonic() + (PATIENCE if count else SILENCE)
        heard: list[Heard] = []
        while time.monotonic() < deadline:
            for name, wire in self.wires.items():
                frame = wire.receive(0.005)
                if frame is not None and frame.source_port == 67:
                    kind = parse4(frame.payload).type
                    where = "everybody" if frame.destination == "255.255.255.255" else frame.destination_mac.hex(":")
                    heard.append((name, frame.destination, where, frame.source, kind))
                    if len(heard) == count:
                        deadline = time.monotonic() + SILENCE
        if len(heard) > 1:
            # A second answer is one too many wherever it comes from: Kea sends both from the interface's first address.
            heard = [(*each[:3], "", each[4]) for each in heard]
        return sorted(heard)

    def load(self, section: Json, **rest: Any) -> None:
        """Serve with `interfaces-config` *section*."""
        self.server.load(configuration(section, **rest))

    def close(self) -> None:
        """Stop the server and remove the interfaces."""
        self.server.close()
        for wire in self.wires.values():
            wire.close()
        self.link.close()


def configuration(section: Json, **rest: Any) -> Json:
    """Return a configuration for all that the tests send."""
    subnets = [
        {"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.100-192.0.2.200"}]},
        {"id": 2, "subnet": "10.5.0.0/24", "pools": [{"pool": "10.5.0.100-10.5.0.200"}]},
    ]
    return {"interfaces-config": section, "subnet4": subnets, **rest}


@pytest.fixture(scope="module")
def machines() -> Iterator[list[Machine]]:
    require("kea-dhcp4")
    require_namespaces()
    made = [Machine(Kea), Machine(Ours)]
    yield made
    for machine in made:
        machine.close()


def relayed(destination: str = "192.0.2.1", giaddr: str = "192.0.2.77", source: str = "") -> tuple[Dhcp4, Json]:
    """Return a DISCOVER that a relay sends to an address of srv0, and what is around it."""
    around = {"source": source or giaddr, "source_port": 67, "destination": destination, "destination_mac": SERVER_MAC}
    return query4(DISCOVER, 1, giaddr=giaddr, hops=1), around


def both(machines: list[Machine], section: Json, counts: list[int]) -> list[list[list[Heard]]]:
    """Return what each server answers to a broadcast on either interface and to relays on all addresses."""
    found = []
    for machine in machines:
        machine.load(section)
        answers = [
            machine.exchange(query4(DISCOVER, 1), counts[0]),
            machine.exchange(query4(DISCOVER, 2), counts[1], "late0"),
        ]
        for count, address in zip(counts[2:4], ("192.0.2.1", "192.0.2.2"), strict=True):
            message, around = relayed(address)
            answers.append(machine.exchange(message, count, **around))
        message, around = relayed("10.5.0.1", FAR)
        answers.append(machine.exchange(message, counts[4], "late0", **{**around, "destination_mac": LATE_MAC}))
        found.append(answers)
    return found


SERVED: tuple[tuple[str, Json, list[int]], ...] = (
    ("V4-075 V4-083", {"interfaces": ["srv0"]}, [2, 0, 1, 1, 0]),
    ("V4-010 V4-074", {"interfaces": ["*"]}, [2, 1, 1, 1, 1]),
    ("V4-076", {"interfaces": ["*", "late0"]}, [2, 1, 1, 1, 1]),
    ("V4-077 V4-081", {"interfaces": ["srv0/192.0.2.2"]}, [1, 0, 0, 1, 0]),
    ("V4-078 V4-083", {"interfaces": ["srv0/192.0.2.2", "srv0/192.0.2.1", "late0"]}, [2, 1, 1, 1, 1]),
    ("V4-079 V4-080", {"interfaces": ["*"], "dhcp-socket-type": "raw"}, [2, 1, 1, 1, 1]),
    ("V4-079 V4-082", {"interfaces": ["*"], "dhcp-socket-type": "udp"}, [0, 0, 1, 1, 1]),
    ("V4-024", {"interfaces": []}, [0, 0, 0, 0, 0]),
)
"""Rows, `interfaces-config`, how many answers come to broadcasts on both interfaces and relays to all addresses."""


@pytest.mark.parametrize(
    ("section", "counts"),
    [pytest.param(*rest, id=rows, marks=pytest.mark.arm(*rows.split())) for rows, *rest in SERVED],
)
def test_interfaces_and_addresses_are_served_as_by_kea(
    machines: list[Machine], section: Json, counts: list[int]
) -> None:
    kea, ours = both(machines, section, counts)
    assert ours == kea
    assert [len(heard) for heard in ours] == counts


@pytest.mark.arm("V4-085")
@pytest.mark.parametrize(
    ("section", "leaves"),
    [
        ({"dhcp-socket-type": "udp", "outbound-interface": "same-as-inbound"}, "srv0"),
        ({"dhcp-socket-type": "udp"}, "srv0"),
        ({"dhcp-socket-type": "udp", "outbound-interface": "use-routing"}, "late0"),
        ({"dhcp-socket-type": "raw", "outbound-interface": "use-routing"}, "srv0"),
    ],
)
def test_answers_leave_where_outbound_interface_says(machines: list[Machine], section: Json, leaves: str) -> None:
    found = []
    for machine in machines:
        machine.load({"interfaces": ["*"], **section})
        message, around = relayed(giaddr=FAR)
        found.append(machine.exchange(message, 1, **around))
    kea, ours = found
    assert ours == kea
    assert [heard[0] for heard in ours] == [leaves]


@pytest.mark.arm("V4-093")
@pytest.mark.arm("V4-094")
@pytest.mark.parametrize("kind", ["udp", "raw"])
def test_an_inform_answer_that_arp_cannot_deliver_is_lost_with_udp_only(machines: list[Machine], kind: str) -> None:
    found = []
    for machine in machines:
        machine.load({"interfaces": ["srv0"], "dhcp-socket-type": kind})
        message = query4(INFORM, 1, ciaddr="192.0.2.99", giaddr="192.0.2.77", hops=1)
        around = relayed()[1]
        heard = machine.exchange(message, 1 if kind == "raw" else 0, **around)
        statistics = machine.server.statistics()
        found.append((heard, statistics["pkt4-inform-received"], statistics["pkt4-ack-sent"], statistics["pkt4-sent"]))
        log = machine.server.log.read_text()
        assert "PACKET_SEND_FAIL" not in log
    kea, ours = found
    assert ours == kea
    assert len(ours[0]) == (1 if kind == "raw" else 0)
    assert ours[1:] == (1, 1, 1)


@pytest.mark.arm("V4-086")
@pytest.mark.parametrize("wanted", [True, False])
def test_interfaces_are_detected_anew_as_configured(machines: list[Machine], wanted: bool) -> None:
    found = []
    for machine in machines:
        machine.server.stop()
        link = machine.link
        link.run(link.server, "link", "delete", "late0")
        machine.load({"interfaces": ["srv0"], "re-detect": False})
        machine.add_late()
        machine.wires["late0"].close()
        machine.wires["late0"] = Wire(link, "late1")
        whole = machine.server.complete(configuration({"interfaces": ["late0"], "re-detect": wanted}))
        tested = machine.server.control.ask("config-test", whole)["result"]
        answer = machine.server.control.ask("config-set", whole)["result"]
        found.append((tested, answer, machine.exchange(query4(DISCOVER, 1), int(wanted), "late0")))
    kea, ours = found
    assert ours == kea
    assert (ours[1] == 0) is wanted


def _refuses(machine: Machine, section: Json, seconds: float = 8) -> tuple[int, float]:
    """Start a server that cannot open its socket; return its exit status and how long that took."""
    server = machine.server
    server.stop()
    path = server.directory / "refused.json"
    path.write_text(json.dumps(server.complete(configuration(section))))
    started = time.monotonic()
    with server.log.open("wb") as log:
        process = machine.link.start(
            machine.link.server, server.command("-c", str(path)), log.fileno(), server.environment()
        )
    return process.wait(seconds), time.monotonic() - started


def _occupy(machine: Machine) -> socket.socket:
    with entered(machine.link.server):
        taken = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        taken.bind(("10.5.0.1", 67))
    return taken


@pytest.mark.arm("V4-088")
@pytest.mark.arm("V4-092")
@pytest.mark.parametrize("retries", [0, 100])
def test_a_port_in_use_keeps_one_address_from_service_until_it_is_free(machines: list[Machine], retries: int) -> None:
    found = []
    for machine in machines:
        machine.server.stop()
        section = {
            "interfaces": ["*"],
            "service-sockets-max-retries": retries,
            "service-sockets-retry-wait-time": 200,
        }
        with _occupy(machine):
            machine.load(section)
            during = [machine.exchange(query4(DISCOVER, 1), *rest) for rest in ((2, "srv0"), (0, "late0"))]
            assert "DHCPSRV_OPEN_SOCKET_FAIL" in machine.server.log.read_text()
        time.sleep(0.6)
        # Kea looks at a new socket only when another event wakes it.
        after = [machine.exchange(query4(DISCOVER, 1), 0, "late0") for _ in range(10)]
        found.append(([len(heard) for heard in during], any(after)))
    kea, ours = found
    assert ours == kea == ([2, 0], retries > 0)


@pytest.mark.arm("V4-089")
@pytest.mark.arm("V4-090")
@pytest.mark.arm("V4-091")
@pytest.mark.arm("V4-092")
@pytest.mark.parametrize(("retries", "least"), [(0, 0.0), (3, 0.9)])
def test_a_server_that_needs_all_sockets_ends_once_its_retries_are_used_up(
    machines: list[Machine], retries: int, least: float
) -> None:
    for machine in machines:
        machine.server.stop()
        section = {
            "interfaces": ["*"],
            "service-sockets-require-all": True,
            "service-sockets-max-retries": retries,
            "service-sockets-retry-wait-time": 300,
        }
        with _occupy(machine):
            status, seconds = _refuses(machine, section)
        assert status == 1, machine.server.name
        assert least <= seconds < least + 3, machine.server.name


LISTED: tuple[tuple[str, list[str], bool], ...] = (
    ("V4-074", ["*", "*"], False),
    ("V4-074", ["*/192.0.2.1"], False),
    ("V4-075", ["srv0", "srv0"], False),
    ("V4-075", ["nosuch"], False),
    ("V4-075", [""], False),
    ("V4-076", ["*", "srv0", "late0"], True),
    ("V4-077", ["srv0/192.0.2.99"], False),
    ("V4-077", ["srv0/2001:db8::1"], False),
    ("V4-077", ["srv0/"], False),
    ("V4-078", ["srv0/192.0.2.1", "srv0/192.0.2.2"], True),
    ("V4-078", ["srv0/192.0.2.1", "srv0/192.0.2.1"], False),
    ("V4-078", ["srv0/192.0.2.1", "srv0"], False),
    ("V4-087", ["lo"], True),
)
"""Row, list of interfaces, whether a running server takes it."""


@pytest.mark.parametrize(
    ("names", "good"),
    [
        pytest.param(names, good, id=" ".join(names) or "none", marks=pytest.mark.arm(row))
        for row, names, good in LISTED
    ],
)
def test_lists_of_interfaces_are_judged_as_by_kea(machines: list[Machine], names: list[str], good: bool) -> None:
    for machine in machines:
        if machine.server.process is None:
            machine.load({"interfaces": ["srv0"]})
        answer = machine.server.reconfigure(configuration({"interfaces": names}))
        assert (answer["result"] == 0) is good, answer["text"]


@pytest.mark.arm("V4-087")
@pytest.mark.parametrize(
    ("section", "served"),
    [
        ({"interfaces": ["lo"], "dhcp-socket-type": "udp"}, True),
        ({"interfaces": ["lo"], "dhcp-socket-type": "raw"}, False),
        ({"interfaces": ["*"], "dhcp-socket-type": "udp"}, False),
    ],
)
def test_loopback_is_served_by_name_and_with_udp_only(machines: list[Machine], section: Json, served: bool) -> None:
    for machine in machines:
        machine.load(section)
        with entered(machine.link.server), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as relay:
            relay.bind(("127.0.0.2", 67))
            relay.settimeout(3 if served else 0.2)
            relay.sendto(query4(DISCOVER, 1, giaddr="127.0.0.2", hops=1).pack(), ("127.0.0.1", 67))
            deadline = time.monotonic() + (3 if served else 0.2)
            while not (received := machine.server.received()) and time.monotonic() < deadline:
                time.sleep(0.01)
        assert bool(received) is served, machine.server.name
