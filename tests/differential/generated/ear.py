"""One side of a generated conversation: says a batch of messages, obeys the operator, keeps the record.

An answer is known by its transaction id, and silence by the server's own count of packets.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from ipaddress import IPv6Address

from tests.differential.generated.places import without
from tests.differential.generated.said import Ordered, Said
from tests.differential.pair import Side
from tests.differential.talk import BROADCAST, QUIET, Record, Step
from tests.support.client import Frame
from tests.support.kea import Json
from tests.support.packets import flat4, flat6, innermost, parse4, parse6

PATIENCE = 2.0
"""Seconds for a whole batch."""

PLAIN: Json = {"interfaces-config": {"interfaces": ["srv0"]}}


class Ear:
    """One side of a conversation in batches.

    received: how many packets the server had dealt with before a batch. configuration: the first one. counted: how many
    lease rows there were when the server counted its leases. lasting: subnets that were configured all the time.
    updating: whether DNS is told of anything under that configuration.
    """

    def __init__(self, side: Side, family: int) -> None:
        self.side = side
        self.family = family
        self.received = 0
        self.record = Record(0)
        self.configuration: Json = {}
        self.counted = 0
        self.lasting: set[str] = set()
        self.updating = False

    def open(self, configuration: Json, lease_file: str) -> str:
        """Load *configuration* with the leases of *lease_file* and fresh statistics; return why not, or nothing."""
        server = self.side.server
        if server.ended:
            server.load(PLAIN)
        # Kea takes what a new configuration leaves out from the running one while it checks it: start from a plain one.
        server.reload(PLAIN)
        server.control.ask("statistic-remove-all")
        answer = server.reload(configuration, lease_file)
        self.configuration = configuration
        self.counted = len(server.leases())
        self.record = Record(time.time())
        if answer["result"]:
            return str(answer["text"]) or "refused"
        self.lasting = self._configured()
        self.received = self._count()
        self.side.wire.drain()
        self.side.listener.all(0)
        self.updating = bool(configuration.get("dhcp-ddns", {}).get("enable-updates"))
        return ""

    def say(self, batch: Sequence[Said]) -> list[bytes | None]:
        """Send *batch*, note what comes back, and return the DHCP part of each answer."""
        wire = self.side.wire
        frames: dict[bytes, list[Frame]] = {said.xid: [] for said in batch}
        for said in batch:
            wire.send(said.frame)
        goal = self.received + len(batch)
        deadline = time.monotonic() + PATIENCE
        done = False
        while True:
            frame = wire.receive(0 if done else 0.003)
            if frame is not None:
                frames.setdefault(self._xid(frame.payload), []).append(frame)
                if not done and all(frames.values()):
                    done = True
                continue
            if done or time.monotonic() > deadline:
                break
            done = self._count() >= goal
        self.received = goal if all(frames.values()) else self._count()
        self._hear_requests(0)
        answers: list[bytes | None] = []
        for said in batch:
            found = frames.pop(said.xid)
            answers.append(found[0].payload if found else None)
            self.record.steps.append(Step(said.label, said.octets, self._view(found), found[0] if found else None))
        for stray in frames.values():
            self.record.steps.append(Step("stray answer", b"", self._view(stray), stray[0]))
        return answers

    def obey(self, order: Ordered) -> int:
        """Do what the operator wants, note what comes of it, and return the result."""
        server = self.side.server
        if order.command == "config-set":
            configuration = self.configuration
            for place in order.places:
                configuration = without(configuration, place) or configuration
            self._hear_requests(QUIET)
            answer = server.reconfigure(configuration)
            answer.pop("arguments", None)
            if answer["result"] == 0:
                self.counted = len(server.leases())
                self.lasting &= self._configured()
        else:
            answer = server.control.ask(order.command, order.arguments)
        self.record.steps.append(Step(order.label, b"", None, command=answer))
        return int(answer["result"])

    def _hear_requests(self, quiet: float) -> None:
        """Note which name change requests came since; *quiet*: seconds after which there are no more of them."""
        if self.updating:
            self.record.requests += [heard.request for heard in self.side.listener.all(quiet)]

    def _count(self) -> int:
        """Return how many packets the server has dealt with. Kea resets a connection to its control socket at times."""
        for _ in range(5):
            with suppress(OSError):
                return self.side.server.received()
            time.sleep(0.02)
        return self.side.server.received()

    def _xid(self, octets: bytes) -> bytes:
        if self.family == 4:
            return octets[4:8]
        with suppress(ValueError):
            message = parse6(octets)
            return innermost(message).xid.to_bytes(3, "big")
        return b""

    def _view(self, frames: list[Frame]) -> dict[str, str] | None:
        if not frames:
            return None
        frame = frames[0]
        view = {
            "to": f"{frame.destination} port {frame.destination_port}",
            "broadcast mac" if frame.destination == BROADCAST else "mac": frame.destination_mac.hex(":"),
            "from": f"{frame.source} port {frame.source_port}",
        }
        if len(frames) > 1:
            view["more answers"] = str(len(frames) - 1)
        try:
            view.update(flat4(parse4(frame.payload)) if self.family == 4 else flat6(parse6(frame.payload)))
        except ValueError as error:
            view["unreadable"] = f"{error}: {frame.payload.hex()}"
        return view

    def close(self) -> Record:
        """Return the record with lease rows and statistics."""
        self._hear_requests(QUIET)
        self.record.rows = self.side.server.leases()
        self.record.statistics = self._statistics()
        return self.record

    def refused(self) -> set[str]:
        """Return the IPv6 addresses that clients were told they had not got: with lifetimes of 0."""
        views = [step.view for step in self.record.steps if step.view]
        bodies = [body for view in views for name, body in view.items() if name.partition("#")[0].endswith("/option 5")]
        return {str(IPv6Address(bytes.fromhex(body[:32]))) for body in bodies if body[32:48] == "0" * 16}

    def _configured(self) -> set[str]:
        """Return the subnets that are configured, as statistics name them."""
        shown = self.side.server.control.ask("config-get")["arguments"][f"Dhcp{self.family}"]
        scopes = (shown, *shown.get("shared-networks", ()))
        return {f"subnet[{each['id']}]" for scope in scopes for each in scope.get(f"subnet{self.family}", ())}

    def _statistics(self) -> dict[str, object]:
        """Return the statistics, with those of subnets that were not configured all the time under another name."""
        found: dict[str, object] = {}
        for name, value in self.side.server.statistics().items():
            scope, dot, _ = name.partition(".")
            found[f"unconfigured {name}" if dot and scope not in self.lasting else name] = value
        return found

    def uncount(self) -> None:
        """Take out of Kea's statistics what it counts twice: the end of a reclaimed lease whose client moves.

        Such leases are known by the state in their last row; see the case v4-a-reclaimed-lease-given-up.
        """
        for row in self.record.rows[self.counted :]:
            name = f"subnet[{row['subnet_id']}].assigned-addresses"
            if row["valid_lifetime"] == "0" and row["state"] == "2" and name in self.record.statistics:
                self.record.statistics[name] = int(str(self.record.statistics[name])) + 1
