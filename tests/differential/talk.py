"""One conversation with one server, and its record: answers, lease rows, statistics, command answers.

Of a DHCPv4 answer the record also says in which order options stand, and how long each part of one is.

The cases call :class:`Talk`; they do not know which server listens. Whether a packet stays without an answer is not
guessed by waiting: the server is asked how many packets it has dealt with.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from tests.support.client import Frame, Wire, frame4, frame6
from tests.support.kea import Json, Server
from tests.support.log_lines import Told
from tests.support.name_changes import Listener
from tests.support.packets import Dhcp4, Dhcp6, Relay6, flat4, flat6, parse4, parse6

BROADCAST = "255.255.255.255"
PATIENCE = 0.3
"""Seconds for an answer where the server does not even count the packet."""

QUIET = 0.03
"""Seconds without a name change request after which there are no more of them."""

Message = Dhcp4 | Dhcp6 | Relay6


@dataclass
class Step:
    """One packet or command, and what came of it. view: the answer's fields by name; None for silence."""

    label: str
    sent: bytes
    view: dict[str, str] | None
    frame: Frame | None = None
    command: Json | None = None
    rows: list[dict[str, str]] = field(default_factory=list)
    statistics: dict[str, object] = field(default_factory=dict)


@dataclass
class Record:
    """All that one conversation left behind.

    started: seconds of the epoch. requests: what was said to DDNS. loading, told: what the log tells of the
    configuration, None if the server was started with it, and of the conversation.
    """

    started: float
    steps: list[Step] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    statistics: dict[str, object] = field(default_factory=dict)
    requests: list[Json] = field(default_factory=list)
    loading: Told | None = None
    told: Told = field(default_factory=dict)
    error: str = ""


class Talk:
    """Say things to *server* through *wire* and keep the record.

    verbose: keep rows and statistics of every step. listener: hears the server's name change requests, if it sends any.
    """

    def __init__(self, server: Server, wire: Wire, verbose: bool = False, listener: Listener | None = None) -> None:
        self.server = server
        self.family = server.family
        self.wire = wire
        self.verbose = verbose
        self.listener = listener
        if listener is not None:
            listener.all(0)
        self.record = Record(time.time())
        self._rows = 0
        self._statistics: dict[str, object] = {}
        self._base = self._received()
        if verbose:
            self._statistics = server.statistics()
        wire.drain()

    def _received(self) -> int:
        with suppress(OSError, ValueError, KeyError):
            return self.server.received()
        return -1

    def _await(self) -> Frame | None:
        """Return the answer to the packet just sent, or None as soon as the server is known to be done with it."""
        frame = self.wire.receive(0.002)
        deadline = time.monotonic() + PATIENCE
        while frame is None and time.monotonic() < deadline:
            if self._base >= 0 and self._received() > self._base:
                frame = self.wire.receive(0.004)
                break
            frame = self.wire.receive(0.003)
        if self._base >= 0:
            self._base = self._received()
        return frame

    def raw(self, octets: bytes, label: str = "", **around: object) -> Message | None:
        """Send *octets* as a datagram; *around*: arguments of frame4 or frame6. Return the answer, None for silence."""
        make = frame4 if self.family == 4 else frame6
        return self.frame(make(octets, **around), label, octets)  # type: ignore[arg-type]

    def frame(self, whole: bytes, label: str, octets: bytes = b"") -> Message | None:
        """Send a whole Ethernet frame, as it is, and return the answer. octets: the message in it, for the record."""
        self.wire.send(whole)
        frame = self._await()
        extra = 0
        while self.wire.receive(0) is not None:
            extra += 1
        view: dict[str, str] | None = None
        message: Message | None = None
        if frame is not None:
            view = {
                "to": f"{frame.destination} port {frame.destination_port}",
                "broadcast mac" if frame.destination == BROADCAST else "mac": frame.destination_mac.hex(":"),
                "from": f"{frame.source} port {frame.source_port}",
                "ttl": str(frame.ttl),
            }
            if extra:
                view["more answers"] = str(extra)
            if self.family == 4:
                message = parse4(frame.payload)
                view.update(flat4(message))
                view["tail"] = message.tail.hex()
                view["option order"] = " ".join(f"{code}:{len(body)}" for code, body in message.options)
            else:
                message = parse6(frame.payload)
                view.update(flat6(message))
        self._note(Step(label, octets, view, frame))
        return message

    def ask(self, message: Message, label: str = "", **around: object) -> Message | None:
        """Send *message*; a DHCPv4 one with a giaddr goes as a relay sends it, from port 67 of that address."""
        if isinstance(message, Dhcp4) and message.giaddr != "0.0.0.0" and "source" not in around:
            around = {"source": message.giaddr, "source_port": 67, "destination": "192.0.2.1", **around}
        return self.raw(message.pack(), label, **around)

    def ask4(self, message: Dhcp4, label: str = "", **around: object) -> Dhcp4 | None:
        """Send a DHCPv4 message."""
        answer = self.ask(message, label, **around)
        assert answer is None or isinstance(answer, Dhcp4)
        return answer

    def ask6(self, message: Dhcp6 | Relay6, label: str = "", **around: object) -> Dhcp6 | Relay6 | None:
        """Send a DHCPv6 message."""
        answer = self.ask(message, label, **around)
        assert not isinstance(answer, Dhcp4)
        return answer

    def command(self, name: str, arguments: object = None) -> Json:
        """Send a command; its answer is part of the record."""
        answer = self.server.control.ask(name, arguments)
        self._note(Step(f"command {name}", b"", None, command=answer))
        return answer

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        time.sleep(seconds)

    def _note(self, step: Step) -> None:
        if self.verbose:
            rows = self.server.leases()
            step.rows, self._rows = rows[self._rows :], len(rows)
            statistics = self.server.statistics()
            step.statistics = {
                name: value for name, value in statistics.items() if value != self._statistics.get(name, 0)
            }
            self._statistics = statistics
        self.record.steps.append(step)

    def finish(self) -> Record:
        """Return the record, with the lease rows and statistics as they are now."""
        self.record.rows = self.server.leases()
        with suppress(OSError, ValueError, KeyError):
            self.record.statistics = self.server.statistics()
        if self.listener is not None:
            self.record.requests = [heard.request for heard in self.listener.all(QUIET)]
        return self.record


def offered(answer: Message | None) -> str:
    """Return yiaddr of a DHCPv4 answer, 0.0.0.0 if there is none."""
    return answer.yiaddr if isinstance(answer, Dhcp4) else "0.0.0.0"


def codes(answer: Message | None) -> Sequence[int]:
    """Return the option codes of an answer in the order of the wire."""
    return [code for code, _ in answer.options] if answer is not None else []
