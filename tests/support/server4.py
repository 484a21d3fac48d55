"""A DHCPv4 server in this process, and clients that talk to it in octets: no socket, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kea_twisted.alloc.recount import recount4
from kea_twisted.base.address import parse4 as address4
from kea_twisted.config.build import build4
from kea_twisted.config.parse import load_object
from kea_twisted.family import V4
from kea_twisted.hooks.callout import Callout, Callouts
from kea_twisted.leases.memfile.manager import Memfile4
from kea_twisted.server.outcome import Outcome, Send
from kea_twisted.server.v4.server import Dhcp4Server
from kea_twisted.stats.registry import Statistics
from kea_twisted.wire.packet import Receipt
from tests.support.packets import Option, mac, parse4, query4

START = 1_700_000_000.0


class Server4:
    """A server with a configuration, an empty lease store, and a time that the test moves.

    config: what stands in ``Dhcp4``. callouts: hook point → callout. reason: why the last query was not answered.
    """

    def __init__(self, config: Mapping[str, Any], callouts: Mapping[str, Callout] | None = None) -> None:
        self.now = START
        self.reason = ""
        self.leases = Memfile4(None)
        self.statistics = Statistics()
        self.outcome: Outcome | None = None
        points = {point: (("library", callout),) for point, callout in (callouts or {}).items()}
        snapshot = build4(load_object({"Dhcp4": dict(config)}, V4).model)
        self.server = Dhcp4Server(snapshot, self.leases, self.statistics, Callouts(points, self._failed), self.now)
        recount4(self.statistics, snapshot.subnets, self.leases, self.now)

    @staticmethod
    def _failed(error: Exception) -> None:
        raise error

    def say(self, kind: int | None, client: int, *options: Option, **fields: Any) -> Any:
        """Return the answer to a client's broadcast or unicast (with ciaddr) message, parsed, or None."""
        message = query4(kind, client, *options)
        for name, value in fields.items():
            setattr(message, name, value)
        direct = "ciaddr" in fields
        local = address4("192.0.2.1" if direct else "255.255.255.255")
        source = address4(fields["ciaddr"]) if direct else 0
        receipt = Receipt("eth0", 2, local, 67, source, 68, mac(client), None, address4("192.0.2.1"), True)
        self.outcome = self.server.receive(message.pack(), receipt, self.now)
        self.reason = "" if isinstance(self.outcome, Send) else getattr(self.outcome, "reason", "")
        return parse4(self.outcome.octets) if isinstance(self.outcome, Send) else None
