"""Interfaces that come after the server, or get their address later, are served."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.client import Frame, Wire, frame4, frame6
from tests.support.kea import Json
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.packets import DISCOVER, SOLICIT, ia_na, query4, query6, relayed6
from tests.support.requirements import require_namespaces
from tests.system.real_clients import wait_for

SUBNET4: Json = {"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.99"}]}
LATE4: Json = {"id": 2, "subnet": "10.5.0.0/24", "pools": [{"pool": "10.5.0.10-10.5.0.99"}]}
SUBNET6: Json = {"id": 1, "subnet": "2001:db8:1::/64", "interface": "srv0", "pools": [{"pool": "2001:db8:1::/80"}]}
LATE6: Json = {"id": 2, "subnet": "2001:db8:5::/64", "pools": [{"pool": "2001:db8:5::/80"}]}


def _ask(wire: Wire, make: Callable[[], bytes]) -> Frame | None:
    wire.send(make())
    return wire.receive(0.3)


def _discover() -> bytes:
    return frame4(query4(DISCOVER, 1).pack())


def _solicit() -> bytes:
    """Return a SOLICIT that some relay passed on: a subnet cannot name an interface that is not there yet."""
    return frame6(relayed6(query6(SOLICIT, 1, ia_na(1)), "2001:db8:5::1").pack(), source_port=547)


def _add_late_interface(link: Link) -> None:
    link.run(link.server, "link", "add", "late0", "type", "veth", "peer", "name", "late1", "netns", link.client)
    for namespace, name in ((link.server, "late0"), (link.client, "late1")):
        link.run(namespace, "link", "set", name, "up")
    link.add_address(link.server, "late0", "fe80::5e/64")
    link.add_address(link.client, "late1", "fe80::c101/64")
    link.add_address(link.server, "late0", "10.5.0.1/24")


@pytest.mark.arm("V6-010")
@pytest.mark.arm("V6-058")
@pytest.mark.parametrize("family", [4, 6])
@pytest.mark.parametrize("names", [["*"], ["srv0", "late0"]])
def test_interface_that_appears_is_served(family: int, names: list[str]) -> None:
    require_namespaces()
    with Link("late", ["192.0.2.1/24", "2001:db8:1::1/64"]) as link:
        server = Ours(family, link)
        try:
            server.start(
                {
                    "interfaces-config": {"interfaces": names},
                    f"subnet{family}": [SUBNET4, LATE4] if family == 4 else [SUBNET6, LATE6],
                }
            )
            _add_late_interface(link)
            wire = Wire(link, "late1")
            make = _discover if family == 4 else _solicit
            wait_for(lambda: _ask(wire, make) is not None, "an answer on the new interface", server.log)
            wire.close()
            wire = Wire(link)
            assert _ask(wire, make) is not None, "the first interface is served as before"
            wire.close()
            link.run(link.server, "link", "delete", "late0")
            wire = Wire(link)
            wait_for(lambda: _ask(wire, make) is not None, "service after the interface has gone", server.log)
            wire.close()
        finally:
            server.close()


def test_interface_that_gets_its_address_later_is_served() -> None:
    require_namespaces()
    with Link("noaddr") as link:
        server = Ours(4, link)
        try:
            server.start({"interfaces-config": {"interfaces": ["srv0"]}, "subnet4": [SUBNET4]})
            wire = Wire(link)
            assert _ask(wire, _discover) is None
            link.add_address(link.server, "srv0", "192.0.2.1/24")
            wait_for(lambda: _ask(wire, _discover) is not None, "an answer after the address", server.log)
            link.run(link.server, "address", "delete", "192.0.2.1/24", "dev", "srv0")
            wait_for(lambda: _ask(wire, _discover) is None, "silence without an address", server.log)
            link.add_address(link.server, "srv0", "192.0.2.1/24")
            wait_for(lambda: _ask(wire, _discover) is not None, "an answer after the address is back", server.log)
            wire.close()
        finally:
            server.close()


def test_interface_that_goes_down_and_up_is_served() -> None:
    require_namespaces()
    with Link("updown", ["192.0.2.1/24"]) as link:
        server = Ours(4, link)
        try:
            server.start({"interfaces-config": {"interfaces": ["srv0"]}, "subnet4": [SUBNET4]})
            wire = Wire(link)
            assert _ask(wire, _discover) is not None
            link.run(link.server, "link", "set", "srv0", "down")
            link.run(link.server, "link", "set", "srv0", "up")
            wait_for(lambda: _ask(wire, _discover) is not None, "an answer after the link is up again", server.log)
            wire.close()
        finally:
            server.close()
