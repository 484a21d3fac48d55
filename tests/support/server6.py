"""A DHCPv6 server in this process, and clients that talk to it in octets: no socket, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kea_twisted.alloc.recount import recount6
from kea_twisted.base.address import parse6 as address6
from kea_twisted.base.address import text6
from kea_twisted.config.build import build6
from kea_twisted.config.parse import load_object
from kea_twisted.family import V6
from kea_twisted.hooks.callout import Callout, Callouts
from kea_twisted.leases.lease import Lease6
from kea_twisted.leases.memfile.manager import Memfile6
from kea_twisted.server.outcome import Outcome, Send
from kea_twisted.server.v6.server import Dhcp6Server
from kea_twisted.stats.registry import Statistics
from kea_twisted.wire import v6
from kea_twisted.wire.packet import Receipt
from tests.support.packets import Dhcp6, Option, Relay6, parse6, query6

START = 1_700_000_000.0
SERVER_ID = bytes.fromhex("00030001020000000001")
LINK = "ff02::1:2"


class Server6:
    """A server with a configuration, an empty lease store, and a time that the test moves.

    config: what stands in ``Dhcp6``. callouts: hook point → callout. reason: why the last query was not answered.
    """

    def __init__(self, config: Mapping[str, Any], callouts: Mapping[str, Callout] | None = None) -> None:
        self.now = START
        self.reason = ""
        self.leases = Memfile6()
        self.statistics = Statistics()
        self.outcome: Outcome | None = None
        points = {point: (("library", callout),) for point, callout in (callouts or {}).items()}
        snapshot = self._snapshot(config)
        self.server = Dhcp6Server(snapshot, self.leases, self.statistics, Callouts(points, self._failed), self.now)
        recount6(self.statistics, snapshot.subnets, self.leases, self.now)

    @staticmethod
    def _failed(error: Exception) -> None:
        raise error

    @staticmethod
    def _snapshot(config: Mapping[str, Any]) -> Any:
        whole = {"lease-database": {"type": "memfile", "persist": False}, **config}
        return build6(load_object({"Dhcp6": whole}, V6).model, server_id=SERVER_ID)

    def reconfigure(self, config: Mapping[str, Any]) -> None:
        """Give the server another configuration."""
        self.server.reconfigure(self._snapshot(config))

    def send(self, octets: bytes, to: str = LINK, port: int = 546, interface: str = "eth0") -> Any:
        """Return the answer to *octets*, parsed, or None."""
        receipt = Receipt(interface, 2, address6(to), 547, address6("fe80::99"), port)
        self.outcome = self.server.receive(octets, receipt, self.now)
        return self._answer(self.outcome)

    def _answer(self, outcome: Outcome) -> Any:
        self.reason = "" if isinstance(outcome, Send) else getattr(outcome, "reason", "")
        return parse6(outcome.octets) if isinstance(outcome, Send) else None

    def resume(self) -> Any:
        """Go on with a parked query."""
        self.outcome = self.server.resume(self.outcome.exchange, self.now)  # type: ignore[union-attr, arg-type]
        return self._answer(self.outcome)

    def ask(self, message: Dhcp6 | Relay6, **where: Any) -> Any:
        """Return the answer to a message, or None."""
        return self.send(message.pack(), **where)

    def say(self, kind: int, client: int, *options: Option, own: bool = True, **where: Any) -> Any:
        """Send a message of a client, with the server identifier where its type demands one."""
        if kind in (v6.REQUEST, v6.RENEW, v6.RELEASE, v6.DECLINE) and own:
            options = ((2, SERVER_ID), *options)
        return self.ask(query6(kind, client, *options), **where)

    def count(self, name: str) -> Any:
        """Return the value of a statistic, 0 if it is not listed."""
        found = self.statistics.observations.get(name)
        return found.value if found is not None else 0

    def lease(self, address: str, kind: int = 0) -> Lease6 | None:
        """Return the lease of an address or prefix."""
        return self.leases.get(kind, address6(address))


def leased(answer: Dhcp6, code: int = 3) -> list[str]:
    """Return ``address preferred valid`` (``prefix/length …`` for code 25) of all that the IAs of an answer hold."""
    found = []
    for body in answer.all(code):
        inside = v6.parse_ia(body).options
        for each in inside.get(5, ()):
            address, preferred, valid = v6.parse_iaaddr(each)
            found.append(f"{text6(address)} {preferred} {valid}")
        for each in inside.get(26, ()):
            address, length, preferred, valid = v6.parse_iaprefix(each)
            found.append(f"{text6(address)}/{length} {preferred} {valid}")
    return found


def statuses(answer: Dhcp6, code: int = 3) -> list[int]:
    """Return the status codes in the IAs of an answer."""
    return [v6.parse_status(each)[0] for body in answer.all(code) for each in v6.parse_ia(body).options.get(13, ())]
