"""DHCPv4-over-DHCPv6: two servers work together, whichever of them is Kea's and whichever is ours.

Four pairs hear the same packets; what the client hears, what the leases are and what is counted must be what a pair of
Kea's own servers makes of them. The sentences of the logs are not looked at.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

import pytest

from kea_twisted.base.kea_json.parse import parse_text
from tests.support.client import Wire, frame6
from tests.support.kea import Json, Kea, Server
from tests.support.namespaces import Link
from tests.support.ours import ROOT, Ours
from tests.support.packets import (
    DECLINE,
    DISCOVER,
    INFORM,
    INFORMATION_REQUEST,
    OFFER,
    RELEASE,
    REQUEST,
    Dhcp4,
    Dhcp6,
    Relay6,
    duid,
    flat4,
    flat6,
    innermost,
    ip4,
    mac,
    oro,
    parse4,
    parse6,
    query4,
    query6,
    relayed6,
    tlv4,
    tlv6,
    u32,
)
from tests.support.requirements import require, require_namespaces

pytestmark = pytest.mark.peer("kea")

DHCPV4_QUERY, DHCPV4_RESPONSE = 20, 21
PORT = 6767
UNICAST = {"source": "2001:db8:1::2", "destination": "2001:db8:1::1"}
FROM_SEVEN = {"source": "2001:db8:7::2", "destination": "2001:db8:1::1"}
EVEN_PATIENCE = 0.12
"""Seconds until silence is taken for an answer, once both servers have counted the packet."""

FOUR: Json = {
    "interfaces-config": {"interfaces": ["srv0"]},
    "dhcp4o6-port": PORT,
    "valid-lifetime": 4000,
    "authoritative": True,
    "option-data": [{"name": "domain-name-servers", "data": "192.0.2.53"}],
    "client-classes": [
        {
            "name": "by-ipv6-address",
            "test": "pkt.src == 2001:db8:1::2 and pkt.dst == 0.0.0.0 and pkt.iface == 'srv0'",
            "option-data": [{"name": "domain-name", "data": "one.example"}],
        },
        {"name": "never", "test": "pkt4.ciaddr == 9.9.9.9"},
    ],
    "subnet4": [
        {
            "id": 1,
            "subnet": "192.0.2.0/24",
            "4o6-subnet": "2001:db8:1::/64",
            "pools": [{"pool": "192.0.2.100-192.0.2.150"}],
            "reservations": [{"hw-address": mac(7).hex(":"), "ip-address": "192.0.2.7", "hostname": "seven"}],
        },
        {
            "id": 2,
            "subnet": "198.51.100.0/24",
            "4o6-interface-id": "port7",
            "pools": [{"pool": "198.51.100.10-198.51.100.20"}],
        },
        {
            "id": 3,
            "subnet": "203.0.113.0/24",
            "4o6-subnet": "2001:db8:8::/64",
            "client-class": "never",
            "pools": [{"pool": "203.0.113.10-203.0.113.20"}],
        },
        {
            "id": 4,
            "subnet": "10.0.0.0/24",
            "4o6-interface": "srv0",
            "pools": [{"pool": "10.0.0.10-10.0.0.20"}],
        },
    ],
}
SIX: Json = {
    "interfaces-config": {"interfaces": ["srv0/2001:db8:1::1"]},
    "dhcp4o6-port": PORT,
    "client-classes": [{"name": "DROP", "test": "pkt6.transid == 0x0000D0D0"}],
    "subnet6": [
        {"id": 1, "subnet": "2001:db8:1::/64", "interface": "srv0", "pools": [{"pool": "2001:db8:1::1:0/112"}]}
    ],
    "option-data": [{"name": "dhcp4o6-server-addr", "data": "2001:db8:1::1"}],
}


def inside(message: Dhcp4 | bytes, *options: tuple[int, bytes], flags: int = 0) -> Dhcp6:
    """Return a DHCPv4-query with *message* in it."""
    octets = message if isinstance(message, bytes) else message.pack()
    return Dhcp6(DHCPV4_QUERY, flags, [(87, octets), *options])


def selecting(client: int, address: str, **fields: Any) -> Dhcp4:
    """Return the DHCPREQUEST that takes an offered address."""
    return query4(REQUEST, client, (50, ip4(address)), (54, ip4("192.0.2.1")), **fields)


@dataclass
class Told:
    """What a pair of servers made of the packets."""

    answers: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    counted: dict[str, dict[str, int]] = field(default_factory=dict)
    leases: list[tuple[str, ...]] = field(default_factory=list)


class Two:
    """A DHCPv4 and a DHCPv6 server on one link."""

    def __init__(self, four: type[Server], six: type[Server]) -> None:
        addresses = ("192.0.2.1/24", "2001:db8:1::1/64", "2001:db8:7::1/64", "2001:db8:8::1/64")
        clients = ("192.0.2.2/24", "2001:db8:1::2/64", "2001:db8:7::2/64", "2001:db8:8::2/64")
        self.link = Link("over6", addresses, clients)
        self.four, self.six = four(4, self.link), six(6, self.link)
        self.wire = Wire(self.link)

    def start(self, four: Json = FOUR, six: Json = SIX) -> None:
        """Start both."""
        self.four.start(four)
        self.six.start(six)

    def counters(self) -> dict[str, int]:
        """Return the statistics of packets of both servers."""
        return {
            name: int(str(value))
            for server in (self.four, self.six)
            for name, value in server.statistics().items()
            if name.startswith("pkt")
        }

    def ask(self, message: Dhcp6 | Relay6, patience: float = 1.0, **around: Any) -> list[dict[str, str]]:
        """Return the answers to *message*, one if all is well."""
        self.wire.drain()
        self.wire.send(frame6(message.pack(), **around))
        answers = []
        frame = self.wire.receive(patience)
        while frame is not None:
            answer = parse6(frame.payload)
            view = {"from": f"{frame.source} {frame.source_port}"}
            view["to"] = f"{frame.destination} {frame.destination_port}"
            view.update(flat6(answer))
            for body in innermost(answer).all(87):
                view.update(flat4(parse4(body)))
            answers.append(view)
            frame = self.wire.receive(0.01)
        return answers

    def tell(self, packets: list[tuple[str, Dhcp6 | Relay6, dict[str, Any]]]) -> Told:
        """Send all packets, one after the other, and note what comes of them."""
        told = Told()
        before = self.counters()
        for label, message, around in packets:
            told.answers[label] = self.ask(message, EVEN_PATIENCE if label.startswith("-") else 2.0, **around)
            after = self.counters()
            told.counted[label] = {n: v - before.get(n, 0) for n, v in after.items() if v != before.get(n, 0)}
            before = after
        columns = ("address", "hwaddr", "client_id", "valid_lifetime", "subnet_id", "hostname", "state")
        told.leases = [tuple(row[name] for name in columns) for row in self.four.leases()]
        return told

    def close(self) -> None:
        """Stop both and remove the link."""
        self.four.close()
        self.six.close()
        self.wire.close()
        self.link.close()


def packets() -> list[tuple[str, Dhcp6 | Relay6, dict[str, Any]]]:
    """Return the conversation. A label with a dash before it: nobody answers."""
    discover = query4(DISCOVER, 1, (55, bytes((1, 3, 6, 15))))
    circuit, behind = (82, tlv4([(1, b"circuit")])), {"giaddr": "198.51.100.1", "hops": 1}
    relay = {**FROM_SEVEN, "source_port": 547}
    seven = (18, b"port7")
    vendor, own = (17, u32(9) + tlv6([(1, b"abc")])), (17, u32(2495) + tlv6([(1, b"abc")]))
    # The manual says that relayed queries are not supported (V6-324). Kea 2.2.0 answers them, and so do we.
    return [
        ("direct, by interface", inside(discover), {}),
        ("unicast, by address", inside(discover, flags=0x800000), UNICAST),
        ("take the offer", inside(selecting(1, "192.0.2.100")), UNICAST),
        ("renewal", inside(query4(REQUEST, 1, ciaddr="192.0.2.100"), flags=0x800000), UNICAST),
        ("inform", inside(query4(INFORM, 1, ciaddr="192.0.2.100")), UNICAST),
        ("inform as if relayed", inside(query4(INFORM, 1, circuit, ciaddr="192.0.2.100", **behind)), UNICAST),
        ("inform without ciaddr", inside(query4(INFORM, 1, circuit, **behind)), UNICAST),
        ("inform of nobody", inside(query4(INFORM, 1)), UNICAST),
        ("reserved", inside(query4(DISCOVER, 7, (12, b"other"))), UNICAST),
        ("take the reserved", inside(selecting(7, "192.0.2.7", flags=0x8000)), UNICAST),
        ("bystanders", inside(discover, (1, duid(1)), oro(88), vendor), UNICAST),
        ("ISC's own vendor options", inside(discover, own), UNICAST),
        ("the server's identifier", inside(discover, (2, bytes.fromhex("0002000004d2abcdef"))), UNICAST),
        ("giaddr counts for nothing", inside(query4(DISCOVER, 2, giaddr="198.51.100.1")), UNICAST),
        ("nor does option 118", inside(query4(DISCOVER, 2, (118, ip4("198.51.100.0")))), UNICAST),
        ("option 82 comes back", inside(query4(DISCOVER, 2, circuit)), UNICAST),
        ("nak", inside(query4(REQUEST, 9, (50, ip4("192.0.2.140")))), UNICAST),
        ("relayed, by interface-id", relayed6(inside(discover), "2001:db8:7::5", "fe80::7", seven), relay),
        ("relayed, by interface", relayed6(inside(discover), "2001:db8:1::5", "fe80::7", (18, b"port8")), relay),
        (
            "relayed twice, interface-id of the first",
            relayed6(relayed6(inside(discover), "::", "fe80::7", seven), "2001:db8:7::8", "fe80::8", hops=1),
            relay,
        ),
        (
            "relayed twice, interface-id of the second",
            relayed6(relayed6(inside(discover), "::", "fe80::7"), "2001:db8:7::8", "fe80::8", seven, hops=1),
            relay,
        ),
        (
            "relay with a port of its own",
            relayed6(inside(selecting(3, "198.51.100.12")), "2001:db8:7::5", "fe80::7", seven, (135, b"\0\0")),
            {**FROM_SEVEN, "source_port": 1547},
        ),
        ("information-request", query6(INFORMATION_REQUEST, 1, oro(88)), {}),
        ("- decline", inside(query4(DECLINE, 1, (50, ip4("192.0.2.100")), (54, ip4("192.0.2.1")))), UNICAST),
        ("- release", inside(query4(RELEASE, 7, (54, ip4("192.0.2.1")), ciaddr="192.0.2.7")), UNICAST),
        ("- class of the subnet", inside(query4(DISCOVER, 5)), {**UNICAST, "source": "2001:db8:8::2"}),
        ("- another server's", inside(query4(REQUEST, 1, (50, ip4("192.0.2.100")), (54, ip4("9.9.9.9")))), UNICAST),
        ("- no message type", inside(query4(None, 5)), UNICAST),
        ("- an answer", inside(query4(OFFER, 5)), UNICAST),
        ("- no DHCPv4 message", Dhcp6(DHCPV4_QUERY, 0, []), UNICAST),
        ("- two", Dhcp6(DHCPV4_QUERY, 0, [(87, discover.pack()), (87, discover.pack())]), UNICAST),
        ("- an empty one", inside(b""), UNICAST),
        ("- a cut one", inside(discover.pack()[:235]), UNICAST),
        ("- one without cookie", inside(discover.pack()[:236]), UNICAST),
        ("- two client identifiers", inside(discover, (1, duid(1)), (1, duid(2))), UNICAST),
        ("- another DHCPv6 server's", inside(discover, (2, duid(9))), UNICAST),
        ("- class DROP of the DHCPv6 server", inside(discover, flags=0x00D0D0), UNICAST),
        ("- a response from a client", Dhcp6(DHCPV4_RESPONSE, 0, [(87, discover.pack())]), UNICAST),
    ]


@pytest.fixture(scope="module")
def keas() -> Iterator[Told]:
    """What a pair of Kea's own servers says."""
    require("kea-dhcp4", "kea-dhcp6")
    require_namespaces()
    two = Two(Kea, Kea)
    try:
        two.start()
        yield two.tell(packets())
    finally:
        two.close()


@pytest.fixture
def ours() -> Iterator[Two]:
    """A pair of ours."""
    require_namespaces()
    two = Two(Ours, Ours)
    try:
        two.start()
        yield two
    finally:
        two.close()


PAIRS = {"ours": (Ours, Ours), "our DHCPv4 server": (Ours, Kea), "our DHCPv6 server": (Kea, Ours)}


@pytest.mark.arm("V4-405", "V4-406", "V4-407", "V4-408", "V4-409")
@pytest.mark.arm("V6-322", "V6-323", "V6-324", "V6-325", "V6-326", "V6-327", "V6-328")
@pytest.mark.parametrize("pair", PAIRS)
def test_a_client_hears_the_same_from_every_pair_of_servers(keas: Told, pair: str) -> None:
    two = Two(*PAIRS[pair])
    try:
        two.start()
        told = two.tell(packets())
    finally:
        two.close()
    assert {label: bool(answers) for label, answers in keas.answers.items()} == {
        label: not label.startswith("-") for label in keas.answers
    }
    differences = [
        f"{label}: {name}: Kea's {one.get(name)}, here {two.get(name)}"
        for label, answers in keas.answers.items()
        for one, two in zip_longest(answers, told.answers[label], fillvalue={"": ""})
        for name in {**one, **two}
        if one.get(name) != two.get(name)
    ]
    assert not differences, "\n".join(differences)
    assert told.leases == keas.leases
    assert told.counted == keas.counted


@pytest.mark.arm("V4-405", "V4-D15", "V6-322")
def test_the_port_changes_and_goes_with_the_configuration(ours: Two) -> None:
    discover = inside(query4(DISCOVER, 1))
    four, six = ours.four, ours.six
    assert ours.ask(discover, **UNICAST)
    assert "DHCPv4-over-DHCPv6 on ::1 port 6768, with the other server on port 6767" in four.log.read_text()
    held = ours.link.socket(ours.link.server, socket.AF_INET6, socket.SOCK_DGRAM)
    held.bind(("::1", 7001))
    refused = four.reconfigure({**FOUR, "dhcp4o6-port": 7000})
    assert refused["result"] == 1
    assert "dhcp4o6-port 7000" in refused["text"] and "7001" in refused["text"]
    assert ours.ask(discover, **UNICAST), "the former connection goes on"
    held.close()
    for server, whole in ((four, FOUR), (six, SIX)):
        assert server.reconfigure({**whole, "dhcp4o6-port": 7000})["result"] == 0
        assert server.control.ask("config-get")["arguments"][f"Dhcp{server.family}"]["dhcp4o6-port"] == 7000
    assert ours.ask(discover, **UNICAST)
    assert four.reconfigure(FOUR)["result"] == 0
    assert not ours.ask(discover, EVEN_PATIENCE, **UNICAST)
    assert not ours.ask(discover, EVEN_PATIENCE, **UNICAST)
    assert six.log.read_text().count("DHCP6_DHCP4O6_SEND_FAIL") == 1, "an outage is told once"
    assert six.reconfigure({**SIX, "dhcp4o6-port": 0})["result"] == 0
    assert not ours.ask(discover, EVEN_PATIENCE, **UNICAST)
    assert six.reconfigure(SIX)["result"] == 0
    assert ours.ask(discover, **UNICAST)
    assert four.reconfigure({**FOUR, "interfaces-config": {"interfaces": []}})["result"] == 0
    assert not ours.ask(discover, EVEN_PATIENCE, **UNICAST), "there is no address to answer in the name of"
    four.control.ask("dhcp-disable")
    assert four.reconfigure(FOUR)["result"] == 0
    assert not ours.ask(discover, EVEN_PATIENCE, **UNICAST)
    four.control.ask("dhcp-enable")
    assert ours.ask(discover, **UNICAST)


@pytest.mark.arm("V4-407", "V6-325")
def test_the_shipped_examples_work_together(ours: Two) -> None:
    for server in (ours.four, ours.six):
        text = (ROOT / "etc" / "kea" / f"over6-dhcp{server.family}.conf").read_text().replace("eth0", "srv0")
        whole = parse_text(text).value[f"Dhcp{server.family}"]
        for own in ("control-socket", "lease-database", "loggers"):
            del whole[own]
        assert server.reconfigure(whole)["result"] == 0
    (answer,) = ours.ask(query6(INFORMATION_REQUEST, 1, oro(88)))
    assert answer["option 88"] == "20010db8000100000000000000000001"
    (answer,) = ours.ask(inside(query4(DISCOVER, 1)), **UNICAST)
    assert answer["yiaddr"] == "192.0.2.100"
