"""Clients of the control socket that mean no good: clear answers or a closed connection, and DHCP goes on meanwhile."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator

import pytest

from tests.support.client import Wire, frame4
from tests.support.kea import Json, resident_kib
from tests.support.ours import Twistd
from tests.support.packets import DISCOVER, OFFER, parse4, query4
from tests.system.conftest import CONFIGURATION

PATIENCE = 2.0
"""Seconds a DISCOVER may take while the control socket is abused; the test machine is slow, the server is not."""


class Abused:
    """A server, a DHCP client to look whether it still serves, and connections that are closed in the end."""

    def __init__(self, server: Twistd) -> None:
        self.server = server
        self.wire = Wire(server.link)
        self._sockets: list[socket.socket] = []
        self._number = 0

    def connect(self, timeout: float = 15) -> socket.socket:
        """Return a new connection; wait while the backlog is full."""
        made = socket.socket(socket.AF_UNIX)
        self._sockets.append(made)
        deadline = time.monotonic() + timeout
        while True:
            try:
                made.connect(str(self.server.control.path))
                break
            except BlockingIOError:
                assert time.monotonic() < deadline
                time.sleep(0.001)
        made.settimeout(timeout)
        return made

    def say(self, octets: bytes) -> Json | None:
        """Return the answer to *octets*, None if the connection was closed without one."""
        with self.connect() as channel:
            try:
                channel.sendall(octets)
            except (BrokenPipeError, ConnectionResetError):
                pass  # It has been answered already.
            answer = read(channel)
        return json.loads(answer) if answer else None

    def serves(self) -> None:
        """Have a client discover."""
        self._number += 1
        self.wire.drain()
        query = query4(DISCOVER, 1, xid=self._number)
        self.wire.send(frame4(query.pack()))
        frame = self.wire.receive(PATIENCE)
        assert frame is not None, "DHCP is delayed"
        answer = parse4(frame.payload)
        assert (answer.type, answer.xid) == (OFFER, query.xid)

    @property
    def memory(self) -> int:
        assert self.server.process is not None
        return resident_kib(self.server.process.pid)

    def close(self) -> None:
        """Close all connections."""
        for each in self._sockets:
            each.close()
        self._sockets.clear()


def read(channel: socket.socket) -> bytes:
    """Return all that the server says."""
    answer = bytearray()
    try:
        while piece := channel.recv(1 << 16):
            answer += piece
    except ConnectionResetError:
        pass
    return bytes(answer)


@pytest.fixture
def abused(server4: Twistd) -> Iterator[Abused]:
    made = Abused(server4)
    yield made
    made.close()
    made.wire.close()


def nested(depth: int, opening: bytes = b"[", closing: bytes = b"]") -> bytes:
    """Return a value that nests."""
    return b'{"command": "version-get", "arguments": ' + opening * depth + b"1" + closing * depth + b"}"


def test_what_is_no_command_is_told_so(abused: Abused) -> None:
    for octets in (
        b"garbage",
        b"\0\xff\xfe",
        b"[]",
        b"{}",
        b'{"command": 1}',
        b'{"command": null}',
        b'{"command": "no-such"}',
        b'{"command": "version-get", "extra": 1}',
        b'{"command": "version-get" "arguments"}',
        b'{"command": "\\q"}',
        b"{]",
        b'{"command": ' + b"9" * 100_000 + b"}",
        b'{"command": "' + b"x" * 1_000_000 + b'"}',
        nested(1000),
        nested(100_000),
        nested(1000, b'{"a": ', b"}"),
        b"[" * 200_000,
        b"[" + b'"\\q",\n' * 200_000 + b"1]",
        b'{"command": "config-test", "arguments": {"Dhcp4": {"subnet4": [' + b"1,\n" * 200_000 + b"1]}}}",
    ):
        answer = abused.say(octets)
        assert answer is not None
        assert answer["result"] in (1, 2), octets[:80]
        assert answer["text"]
        abused.serves()
    assert abused.say(nested(200)) == abused.say(b'{"command": "version-get"}')


WRONG = (None, True, 0, -1, 1 << 62, 1.5, "", "\0", "\u00e9" * 300, [], [[]], {}, {"": None})
"""Values of every type, in places where they do not belong."""

NAMES = {
    "config-set": ["Dhcp4", "Dhcp6", "hash"],
    "config-test": ["Dhcp4", "Dhcp6", "hash"],
    "config-write": ["filename"],
    "dhcp-disable": ["max-period", "origin"],
    "dhcp-enable": ["origin"],
    "leases-reclaim": ["remove"],
    "statistic-get": ["name"],
    "statistic-remove": ["name"],
    "statistic-reset": ["name"],
    "statistic-sample-age-set": ["name", "duration"],
    "statistic-sample-age-set-all": ["duration"],
    "statistic-sample-count-set": ["name", "max-samples"],
    "statistic-sample-count-set-all": ["max-samples"],
}
"""Commands with arguments, and what they are called. shutdown has its own test: some of its answers end the server."""


def test_commands_with_arguments_of_wrong_types_are_answered(abused: Abused) -> None:
    known = abused.server.control.ask("list-commands")["arguments"]
    assert set(NAMES) <= set(known)
    for command in known:
        if command in ("shutdown", "config-reload", "libreload"):
            continue
        for wrong in WRONG:
            requests: list[object] = [wrong]
            requests += [{name: wrong} for name in NAMES.get(command, [])]
            if len(NAMES.get(command, [])) == 2:
                first, second = NAMES[command]
                requests += [{first: "pkt4-received", second: wrong}, {first: wrong, second: 1}]
            for arguments in requests:
                if command == "config-set" and arguments == {"Dhcp4": {}}:
                    continue  # This is a configuration, one without a control socket.
                answer = abused.server.control.ask(command, arguments)
                assert answer["result"] in (0, 1, 2, 3), (command, arguments)
                assert "text" in answer or "arguments" in answer
        abused.server.control.ask("dhcp-enable")
        abused.serves()
    assert "COMMAND_PROCESS_ERROR2" not in abused.server.log.read_text(errors="replace")
    for wrong in (None, True, 1.5, "", [], {"exit-value": "1"}, {"exit-value": None}, {"exit-value": 1.5}):
        if wrong is not None:
            assert abused.server.control.ask("shutdown", wrong)["result"] == 1
    abused.serves()


def test_a_hundred_megabytes_are_refused_and_not_kept(abused: Abused) -> None:
    blob = bytes((0x20,)) * (1 << 20)
    sizes = []
    for _ in range(3):
        channel = abused.connect()
        channel.sendall(b'{"a": "')
        sent = 0
        while sent < 100:
            channel.sendall(blob)
            sent += 1
            if sent % 20 == 0:
                abused.serves()
        channel.shutdown(socket.SHUT_WR)
        assert "longer than" in json.loads(read(channel))["text"]
        sizes.append(abused.memory)
    assert sizes[2] - sizes[0] < 40_000, sizes
    abused.serves()


def test_hundreds_of_idle_clients_leave_room_for_dhcp_and_go_away(abused: Abused) -> None:
    before = abused.memory
    idle = [abused.connect() for _ in range(500)]
    for number, channel in enumerate(idle):
        if number % 2:
            try:
                channel.sendall(b'{"command": "version-')
            except BrokenPipeError:
                pass  # There are too many already.
    abused.serves()
    abused.close()
    _wait(lambda: abused.say(b'{"command": "version-get"}') is not None)
    assert abused.memory - before < 10_000
    abused.serves()


def test_silent_half_and_deaf_clients_are_given_up_after_ten_seconds(abused: Abused) -> None:
    server = abused.server
    whole = server.complete({**CONFIGURATION[4], "user-context": {"large": "x" * 5_000_000}})
    assert server.control.ask("config-set", whole)["result"] == 0
    silent = abused.connect()
    half = abused.connect()
    half.sendall(b'{"command": "version-get", ')
    deaf = abused.connect()
    deaf.sendall(b'{"command": "config-get"}')
    started = time.monotonic()
    while time.monotonic() - started < 9:
        abused.serves()
        time.sleep(1)
    assert "timed out" in json.loads(read(silent))["text"]
    assert "discarded partial command of 27 bytes" in json.loads(read(half))["text"]
    assert 9 < time.monotonic() - started < 14
    time.sleep(0.2)
    assert 0 < len(read(deaf)) < 5_000_000
    abused.serves()


def _wait(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
