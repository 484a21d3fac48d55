"""`interfaces-config` of DHCPv6 on real interfaces: who is heard, on which addresses, and where answers leave.

Each conversation is held with Kea 2.2.0 and with us, in links alike, and what comes back is compared.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.support.client import Wire, frame6
from tests.support.kea import Json, Kea, Server
from tests.support.namespaces import CLIENT_MAC, SERVER_MAC, Link
from tests.support.ours import Ours
from tests.support.packets import REQUEST6, SOLICIT, Option, ia_na, innermost, parse6, query6, relayed6
from tests.support.requirements import require, require_namespaces

pytestmark = pytest.mark.peer("kea")

SERVER_ID: Option = (2, bytes.fromhex("0002000004d2abcdef"))
INTERFACES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("late0", "02:00:00:00:fe:05", ("fe80::5/64", "2001:db8:5::1/64")),
    ("bare0", "02:00:00:00:fe:06", ("2001:db8:6::1/64",)),
    ("two0", "02:00:00:00:fe:07", ("fe80::71/64", "fe80::72/64")),
)
"""Name, MAC and addresses of the interfaces beside srv0, which has fe80::fe01, 2001:db8:1::1 and 2001:db8:1::3."""

ADDRESSED: dict[str, tuple[str, str]] = {
    "group": ("srv0", "ff02::1:2"),
    "link": ("srv0", "fe80::fe01"),
    "first": ("srv0", "2001:db8:1::1"),
    "second": ("srv0", "2001:db8:1::3"),
    "late-group": ("late0", "ff02::1:2"),
    "late-link": ("late0", "fe80::5"),
    "bare-group": ("bare0", "ff02::1:2"),
    "bare": ("bare0", "2001:db8:6::1"),
    "two-first": ("two0", "fe80::71"),
    "two-second": ("two0", "fe80::72"),
}
"""Where messages are sent to in each test: interface and destination, by a name for it."""

PATIENCE = 3.0
SILENCE = 0.05


class Machine:
    """One server with four interfaces, and the other ends of all."""

    def __init__(self, server_type: type[Server]) -> None:
        self.link = link = Link(server_type.name, ("2001:db8:1::1/64", "2001:db8:1::3/64"), ("2001:db8:1::2/64",))
        self.macs = {"srv0": SERVER_MAC}
        self.wires = {"srv0": Wire(link)}
        for name, mac, addresses in INTERFACES:
            peer = f"c{name}"
            whole = ("type", "veth", "peer", "name", peer, "netns", link.client, "address", CLIENT_MAC.hex(":"))
            link.run(link.server, "link", "add", name, "address", mac, *whole)
            for namespace, end in ((link.server, name), (link.client, peer)):
                link.run(namespace, "link", "set", end, "addrgenmode", "none")
                link.run(namespace, "link", "set", end, "up")
            for address in addresses:
                link.add_address(link.server, name, address)
            link.add_address(link.client, peer, "2001:db8:6::2/64" if name == "bare0" else "fe80::c101/64")
            self.macs[name] = bytes.fromhex(mac.replace(":", ""))
            self.wires[name] = Wire(link, peer)
        self.server = server_type(6, link)

    def ask(self, name: str, destination: str, wanted: bool, source: str = "fe80::c101") -> str:
        """Send a relayed SOLICIT, or a REQUEST where multicast is not used; return who answers, "" for silence."""
        multicast = destination.startswith("ff")
        kind, options = (SOLICIT, ()) if multicast else (REQUEST6, (SERVER_ID,))
        message = relayed6(query6(kind, 1, *options, ia_na(1)), "2001:db8:1::9")
        mac = None if multicast else self.macs[name]
        if name == "bare0":  # Without a link-local address, the server cannot answer one.
            source = "2001:db8:6::2"
        wire = self.wires[name]
        wire.drain()
        wire.send(frame6(message.pack(), source, destination, destination_mac=mac, source_port=547))
        answer = wire.receive(PATIENCE if wanted else SILENCE)
        if answer is not None:
            assert innermost(parse6(answer.payload)).type in (2, 7)
        return "" if answer is None else answer.source

    def close(self) -> None:
        """Stop the server and remove the interfaces."""
        self.server.close()
        for wire in self.wires.values():
            wire.close()
        self.link.close()


def configuration(section: Json) -> Json:
    """Return a configuration whose subnet serves relays on any interface."""
    pools = [{"pool": "2001:db8:1::100-2001:db8:1::1ff"}]
    return {"interfaces-config": section, "subnet6": [{"id": 1, "subnet": "2001:db8:1::/64", "pools": pools}]}


@pytest.fixture(scope="module")
def machines() -> Iterator[list[Machine]]:
    require("kea-dhcp6")
    require_namespaces()
    made = [Machine(Kea), Machine(Ours)]
    yield made
    for machine in made:
        machine.close()


SRV0 = "group link"
EVERYTHING = "group link late-group late-link two-first two-second"
SERVED: tuple[tuple[str, list[str], str], ...] = (
    ("V6-065", ["srv0"], SRV0),
    ("V6-058 V6-060 V6-065", ["*"], EVERYTHING),
    ("V6-058", ["two0", "*"], EVERYTHING),
    ("V6-058", ["srv0", "late0"], f"{SRV0} late-group late-link"),
    ("V6-062", ["srv0/2001:db8:1::3"], f"{SRV0} second"),
    ("V6-062", ["srv0", "srv0/2001:db8:1::1"], f"{SRV0} first"),
    ("V6-062", ["srv0/2001:db8:1::1", "*"], f"{EVERYTHING} first"),
    ("V6-062 V6-065", ["srv0/fe80::fe01"], SRV0),
    ("V6-062 V6-065", ["two0/fe80::72"], "two-first two-second"),
    ("V6-061", ["bare0"], ""),
    ("V6-061 V6-062", ["bare0/2001:db8:6::1"], "bare"),
    ("V6-060", ["lo"], ""),
    ("V6-022", [], ""),
)
"""Rows, `interfaces`, what is served."""


@pytest.mark.parametrize(
    ("names", "served"),
    [
        pytest.param(names, served.split(), id=" ".join(names) or "none", marks=pytest.mark.arm(*rows.split()))
        for rows, names, served in SERVED
    ],
)
def test_interfaces_and_addresses_are_served_as_by_kea(
    machines: list[Machine], names: list[str], served: list[str]
) -> None:
    found = []
    for machine in machines:
        machine.server.load(configuration({"interfaces": names}))
        found.append({label: machine.ask(*where, label in served) for label, where in ADDRESSED.items()})
    kea, ours = found
    assert ours == kea
    assert {label for label, source in ours.items() if source} == set(served)


@pytest.mark.arm("V6-062", "V6-065")
@pytest.mark.parametrize(
    ("names", "answers"),
    [
        (["srv0"], ["fe80::fe01", "fe80::fe01"]),
        (["srv0/2001:db8:1::3"], ["2001:db8:1::3", "fe80::fe01"]),
        (["srv0/fe80::fe01"], ["fe80::fe01", "fe80::fe01"]),
    ],
)
def test_answers_to_global_addresses_come_from_one_if_there_is_one(
    machines: list[Machine], names: list[str], answers: list[str]
) -> None:
    for machine in machines:
        machine.server.load(configuration({"interfaces": names}))
        found = [machine.ask("srv0", "ff02::1:2", True, source) for source in ("2001:db8:1::2", "fe80::c101")]
        assert found == answers, machine.server.name


@pytest.mark.parametrize(
    ("names", "good"),
    [
        pytest.param(names, good, id=" ".join(names), marks=pytest.mark.arm(row))
        for row, names, good in (
            ("V6-058", ["*", "*"], False),
            ("V6-058", ["srv0", "srv0"], False),
            ("V6-058", ["*", "srv0", "late0"], True),
            ("V6-059", ["nosuch"], False),
            ("V6-062", ["srv0/2001:db8:1::1", "srv0"], True),
            ("V6-062", ["srv0/2001:db8:1::1", "srv0/2001:db8:1::1"], False),
            ("V6-062", ["*/2001:db8:1::1"], False),
            ("V6-064", ["srv0/2001:db8:1::99"], False),
            ("V6-064", ["srv0/ff02::1:2"], False),
            ("V6-064", ["srv0/::"], False),
            ("V6-064", ["srv0/192.0.2.1"], False),
        )
    ],
)
def test_lists_of_interfaces_are_judged_as_by_kea(machines: list[Machine], names: list[str], good: bool) -> None:
    for machine in machines:
        if machine.server.ended:
            machine.server.load(configuration({"interfaces": ["srv0"]}))
        answer = machine.server.reconfigure(configuration({"interfaces": names}))
        assert (answer["result"] == 0) is good, answer["text"]


@pytest.mark.arm("V6-061", "V6-069")
@pytest.mark.parametrize("names", [["bare0/2001:db8:6::1"], ["*"], ["srv0/fe80::fe01"]])
def test_all_sockets_that_an_interface_can_have_are_all_that_is_required(
    machines: list[Machine], names: list[str]
) -> None:
    for machine in machines:
        machine.server.stop()
        machine.server.start(configuration({"interfaces": names, "service-sockets-require-all": True}))
        time.sleep(0.1)
        assert not machine.server.ended, machine.server.log.read_text()[-2000:]
