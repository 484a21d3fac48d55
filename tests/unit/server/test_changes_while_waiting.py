"""What happens to a lease while its query waits for a callout counts when the query goes on."""

from __future__ import annotations

from typing import Any

import pytest

from kea_twisted.hooks.callout import Callouts
from kea_twisted.leases.lease import DEFAULT
from kea_twisted.server.outcome import Outcome, Park, Send
from kea_twisted.wire import v6
from kea_twisted.wire.packet import Receipt
from tests.scenarios.scenario import VERBS, Line, World
from tests.support.packets import ia_na, iaaddr, parse4
from tests.support.server6 import Server6, leased, statuses

CONFIG6 = {
    "valid-lifetime": 100,
    "preferred-lifetime": 50,
    "subnet6": [
        {"id": 1, "subnet": "2001:db8:1::/64", "interface": "eth0", "pools": [{"pool": "2001:db8:1::10/128"}]},
    ],
}
IA = ia_na(1, iaaddr("2001:db8:1::10"))


def waiting6(kind: int, point: str, client: int) -> tuple[Server6, list[Any]]:
    """Return a server with an ended lease of client 1, and a message of *client* that waits at *point*."""
    tickets: list[Any] = []
    asleep = True

    def callout(handle: Any) -> None:
        if not asleep:
            tickets.append(handle.park())

    server = Server6(CONFIG6, {point: callout})
    server.say(v6.REQUEST, 1, IA)
    server.now += 101
    asleep = False
    server.say(kind, client, IA)
    assert isinstance(server.outcome, Park)
    return server, tickets


def value(server: Server6, name: str) -> object:
    return server.statistics.get(name, server.now).value


@pytest.mark.parametrize("remove", [False, True])
@pytest.mark.parametrize(("kind", "point", "client"), [(v6.REQUEST, "lease6_select", 2), (v6.RENEW, "lease6_renew", 1)])
def test_a_lease_that_is_reclaimed_meanwhile_is_given_and_counted_once(
    kind: int, point: str, client: int, remove: bool
) -> None:
    server, _tickets = waiting6(kind, point, client)
    server.server.reclaimer.all(server.now, remove)
    assert leased(server.resume(), 3) == ["2001:db8:1::10 50 100"]
    assert [lease.state for lease in server.leases] == [DEFAULT]
    assert value(server, "subnet[1].assigned-nas") == 1
    assert value(server, "reclaimed-leases") == 1
    assert value(server, "cumulative-assigned-nas") == 2


def test_an_address_that_somebody_else_got_meanwhile_is_not_given() -> None:
    server, _tickets = waiting6(v6.REQUEST, "lease6_select", 2)
    (held,) = server.leases
    other = held.copy()
    other.duid, other.cltt = b"\0\1other", int(server.now)
    server.leases.update(other)
    answer = server.resume()
    assert leased(answer, 3) == []
    assert statuses(answer) == [2]
    assert list(server.leases) == [other]


def test_a_renewal_is_not_for_what_somebody_else_got_meanwhile() -> None:
    server, _tickets = waiting6(v6.RENEW, "lease6_renew", 1)
    (held,) = server.leases
    other = held.copy()
    other.duid, other.cltt = b"\0\1other", int(server.now)
    server.leases.update(other)
    assert leased(server.resume(), 3) == ["2001:db8:1::10 0 0"]
    assert list(server.leases) == [other]


class Waiting4(World):
    """A DHCPv4 server with an ended lease of client 1, and a message of *client* that waits at *point*."""

    outcome: Outcome | None = None

    def __init__(self, point: str, client: int) -> None:
        super().__init__(4)
        asleep = True

        def callout(handle: Any) -> None:
            if not asleep:
                handle.park()

        self.callouts = Callouts({point: (("library", callout),)}, lambda failure: pytest.fail(str(failure)))
        pool = '"pools": [ { "pool": "192.0.2.10/32" } ]'
        self.configure(f'{{ "valid-lifetime": 100, "subnet4": [ {{ "id": 1, "subnet": "192.0.2.0/24", {pool} }} ] }}')
        self.say("REQUEST", 1)
        self.now += 101
        asleep = False
        self.say("REQUEST", client)
        assert isinstance(self.outcome, Park)

    def say(self, kind: str, client: int) -> None:
        words = [kind, f"client={client}", "server=192.0.2.1", "requested=192.0.2.10"]
        VERBS["SEND"](self, Line(0, "SEND", words))

    def receive(self, octets: bytes, receipt: Receipt) -> None:
        self.outcome = self.server.receive(octets, receipt, self.now)

    def resume(self) -> tuple[int, str]:
        """Go on and return type and address of the answer."""
        assert isinstance(self.outcome, Park)
        outcome = self.server.resume(self.outcome.exchange, self.now)
        assert isinstance(outcome, Send)
        answer = parse4(outcome.octets)
        return answer.type, answer.yiaddr

    def value(self, name: str) -> object:
        return self.statistics.get(name, self.now).value


@pytest.mark.parametrize("remove", [False, True])
@pytest.mark.parametrize(("point", "client"), [("lease4_select", 2), ("lease4_renew", 1)])
def test_a_dhcpv4_lease_that_is_reclaimed_meanwhile_is_given_and_counted_once(
    point: str, client: int, remove: bool
) -> None:
    world = Waiting4(point, client)
    world.server.reclaimer.all(world.now, remove)
    assert world.resume() == (5, "192.0.2.10")
    assert [lease.state for lease in world.leases] == [DEFAULT]
    assert world.value("subnet[1].assigned-addresses") == 1
    assert world.value("reclaimed-leases") == 1
    assert world.value("cumulative-assigned-addresses") == 2


@pytest.mark.parametrize(("point", "client"), [("lease4_select", 2), ("lease4_renew", 1)])
def test_a_dhcpv4_address_that_somebody_else_got_meanwhile_is_refused(point: str, client: int) -> None:
    world = Waiting4(point, client)
    (held,) = world.leases
    other = held.copy()
    other.hwaddr, other.cltt = b"\2other", int(world.now)
    world.leases.update(other)
    assert world.resume() == (6, "0.0.0.0")
    assert list(world.leases) == [other]
    assert world.value("subnet[1].assigned-addresses") == 1
