"""The control socket: framing, time, size, files. Protocols on a clock; sockets where the kernel matters."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import stat
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_twisted
from twisted.internet import reactor
from twisted.internet.defer import Deferred
from twisted.internet.endpoints import UNIXClientEndpoint, connectProtocol
from twisted.internet.error import ConnectionDone
from twisted.internet.protocol import Protocol
from twisted.internet.task import Clock, deferLater
from twisted.internet.testing import StringTransport
from twisted.internet.threads import deferToThread
from twisted.python.failure import Failure

from kea_twisted.control.answer import Answer, answer
from kea_twisted.control.command import READ, Command
from kea_twisted.control.dispatch import Dispatcher, Request
from kea_twisted.control.io import MAX_HELD, MAX_REQUEST, TIMEOUT, ControlProtocol, ControlSocket
from kea_twisted.errors import CommandError

BIG = "x" * 3_000_000


def dispatcher() -> Dispatcher:
    made = Dispatcher()
    made.register_hook("echo", lambda request: answer(0, arguments=request.arguments), "test")
    made.register_hook("big", lambda _request: answer(0, BIG), "test")
    return made


class Line:
    """One connection without a kernel."""

    def __init__(self, commands: Dispatcher | None = None) -> None:
        self.clock = Clock()
        self.service = ControlSocket(self.clock, "unused", commands or dispatcher())
        self.protocol = ControlProtocol(self.service, 1)
        self.transport = StringTransport()
        self.aborted = False
        self.transport.abortConnection = self.abort  # type: ignore[method-assign]
        self.protocol.makeConnection(self.transport)

    def abort(self) -> None:
        self.aborted = True

    def say(self, text: str | bytes) -> None:
        self.protocol.dataReceived(text.encode() if isinstance(text, str) else text)

    def answered(self) -> Answer:
        """Read all of the answer as a client that is fast."""
        while self.transport.producer is not None:
            self.transport.producer.resumeProducing()
        made: Answer = json.loads(self.transport.value())
        return made

    @property
    def closed(self) -> bool:
        return bool(self.transport.disconnecting)


@pytest.mark.arm("CT-069", "CT-070", "CT-071", "CT-083")
@pytest.mark.parametrize(
    "text",
    [
        '{"command":"echo","arguments":7}',
        '\n\n {"command":"echo","arguments":7}\n',
        '{"command":"echo","arguments":7} and more',
        '{"command":"echo","arguments":7}{"command":"big"}',
        '# a comment\n{"command":"echo","arguments":7}',
        '// a comment\n{"command":/* another */"echo","arguments":7}',
        '{"command":"big","command":"echo","arguments":7}',
    ],
)
@pytest.mark.parametrize("size", [1, 5, 1000])
def test_the_end_of_a_request_is_found_without_newline_or_end(text: str, size: int) -> None:
    line = Line()
    for start in range(0, len(text), size):
        line.say(text[start : start + size])
    assert line.answered() == {"result": 0, "arguments": 7}
    assert line.closed


@pytest.mark.arm("CT-165")
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1", "invalid first character 1"),
        ('"x"', 'invalid first character "'),
        ("null", "invalid first character n"),
        (" # c\n }", "invalid first character }"),
    ],
)
def test_what_can_never_be_a_request_is_answered_at_once(text: str, reason: str) -> None:
    line = Line()
    line.say(text)
    assert line.answered() == {"result": 1, "text": reason}
    assert line.closed


@pytest.mark.arm("CT-165")
@pytest.mark.parametrize("text", ['{"command":list}', '{"command" "x"}', "{]", '{"a":"\\x"}', '{"a": 1 2}'])
def test_json_that_is_wrong_is_answered_at_once(text: str) -> None:
    line = Line()
    line.say(text)
    assert line.answered()["result"] == 1
    assert line.closed


@pytest.mark.arm("CT-068", "CT-165")
@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ("", "Connection over control channel timed out"),
        ('{"command":"echo"', "Connection over control channel timed out, discarded partial command of 17 bytes"),
    ],
)
def test_a_silent_client_is_told_after_ten_seconds(sent: str, text: str) -> None:
    line = Line()
    if sent:
        line.say(sent)
    line.clock.advance(TIMEOUT - 0.01)
    assert not line.transport.value()
    line.clock.advance(0.02)
    assert line.answered() == {"result": 1, "text": text}
    assert line.closed


@pytest.mark.arm("CT-068")
def test_every_octet_gives_ten_more_seconds() -> None:
    line = Line()
    for octet in '{"command":"echo"}':
        line.say(octet)
        line.clock.advance(TIMEOUT - 1)
    assert line.answered() == {"result": 0}


@pytest.mark.arm("CT-068")
def test_a_client_that_does_not_read_is_left() -> None:
    line = Line()
    line.say('{"command":"big"}')
    line.transport.producer.resumeProducing()
    line.clock.advance(TIMEOUT + 1)
    assert line.aborted


@pytest.mark.arm("CT-071")
def test_a_large_answer_is_sent_in_pieces_and_whole() -> None:
    line = Line()
    line.say('{"command":"big"}')
    assert len(line.transport.value()) == 0
    line.transport.producer.resumeProducing()
    assert len(line.transport.value()) == 65536
    assert line.answered()["text"] == BIG


def test_a_request_that_is_too_long_is_refused_without_keeping_it() -> None:
    line = Line()
    line.say('{"command":"')
    piece = b"x" * 1_000_000
    tracemalloc.start()
    for _ in range(100):
        line.say(piece)
    peak = tracemalloc.get_traced_memory()[1]
    kept = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert peak < 3 * MAX_REQUEST
    assert kept < 1_000_000
    assert line.answered() == {"result": 1, "text": f"the command is longer than {MAX_REQUEST} bytes"}
    assert not line.closed
    line.clock.advance(2)
    assert line.aborted


def test_a_slow_command_does_not_run_into_the_timeout() -> None:
    waiting: Deferred[Answer] = Deferred()
    commands = dispatcher()
    commands.register_hook("slow", lambda _request: waiting, "test")
    line = Line(commands)
    line.say('{"command":"slow"}')
    line.clock.advance(TIMEOUT * 5)
    waiting.callback(answer(0, "done"))
    assert line.answered() == {"result": 0, "text": "done"}


def test_a_client_that_left_costs_nothing() -> None:
    waiting: Deferred[Answer] = Deferred()
    commands = dispatcher()
    commands.register_hook("slow", lambda _request: waiting, "test")
    line = Line(commands)
    line.say('{"command":"slow"}')
    line.protocol.connected = 0
    line.protocol.connectionLost(Failure(ConnectionDone()))
    waiting.callback(answer(0, "done"))
    assert not line.transport.value()
    assert not line.clock.getDelayedCalls()


@pytest.mark.arm("CT-073")
def test_commands_that_change_the_configuration_wait_for_one_another() -> None:
    order: list[str] = []
    gates: list[Deferred[Answer]] = []

    def change(_request: Request) -> Deferred[Answer]:
        order.append("begin")
        gates.append(Deferred())
        return gates[-1]

    commands = dispatcher()
    commands.register_hook("change", change, "test", Command("change", (), READ, "", exclusive=True))
    first = Line(commands)
    second = ControlProtocol(first.service, 2)
    transport = StringTransport()
    second.makeConnection(transport)
    first.say('{"command":"change"}')
    second.dataReceived(b'{"command":"change"}')
    assert order == ["begin"]
    gates[0].callback(answer(0, "one"))
    assert order == ["begin", "begin"]
    assert first.answered()["text"] == "one"
    gates[1].callback(answer(0, "two"))


def test_an_answer_that_is_not_json_is_an_error() -> None:
    commands = dispatcher()
    commands.register_hook("odd", lambda _request: answer(0, arguments={"a": object()}), "test")
    line = Line(commands)
    line.say('{"command":"odd"}')
    assert line.answered()["result"] == 1


# With the kernel


class Client(Protocol):
    def __init__(self) -> None:
        self.received = bytearray()
        self.done: Deferred[bytes] = Deferred()

    def dataReceived(self, data: bytes) -> None:
        self.received += data

    def connectionLost(self, reason: Failure = None) -> None:  # type: ignore[assignment]
        self.done.callback(bytes(self.received))


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[ControlSocket]:
    made = ControlSocket(reactor, str(tmp_path / "kea.sock"), dispatcher())
    made.open()
    yield made
    pytest_twisted.blockon(made.close())


async def talk(path: str, *pieces: bytes, half_close: bool = False) -> bytes:
    client = await connectProtocol(UNIXClientEndpoint(reactor, path), Client())
    for piece in pieces:
        client.transport.write(piece)
    if half_close:
        client.transport.loseWriteConnection()
    received: bytes = await client.done
    return received


@pytest_twisted.ensureDeferred
async def test_an_answer_over_a_socket(opened: ControlSocket) -> None:
    assert json.loads(await talk(opened.path, b'{"command":', b'"list-commands"}'))["result"] == 0


@pytest.mark.arm("CT-071")
@pytest_twisted.ensureDeferred
async def test_three_megabytes_over_a_socket(opened: ControlSocket) -> None:
    assert len(json.loads(await talk(opened.path, b'{"command":"big"}'))["text"]) == len(BIG)


@pytest.mark.parametrize(
    ("text", "result"), [('{"command":"none","arguments":[%s1]}', 2), ('{"command":"none","arguments":[%s1] 7}', 1)]
)
@pytest_twisted.ensureDeferred
async def test_others_are_served_while_a_long_request_is_parsed(opened: ControlSocket, text: str, result: int) -> None:
    answered: list[str] = []
    long = talk(opened.path, (text % ("[]," * 400_000)).encode())
    waiting = Deferred.fromCoroutine(long).addCallback(lambda answer: answered.append("long") or answer)
    while not opened.parsing:
        await deferLater(reactor, 0.001)
    assert json.loads(await talk(opened.path, b'{"command":"echo"}'))["result"] == 0
    answered.append("short")
    answer = json.loads(await waiting)
    assert answered == ["short", "long"]
    assert answer["result"] == result
    assert ("syntax error" in answer["text"]) == (result == 1)


@pytest_twisted.ensureDeferred
async def test_a_client_that_closes_its_half_still_gets_the_answer(opened: ControlSocket) -> None:
    assert json.loads(await talk(opened.path, b'{"command":"big"}', half_close=True))["result"] == 0


@pytest_twisted.ensureDeferred
async def test_half_a_request_and_the_end_is_closed_without_a_word(opened: ControlSocket) -> None:
    assert await talk(opened.path, b'{"command":', half_close=True) == b""


@pytest_twisted.ensureDeferred
async def test_a_client_that_sends_far_too_much_reads_why(opened: ControlSocket) -> None:
    def send() -> bytes:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(20)
            client.connect(opened.path)
            client.sendall(b'{"command":"')
            for _ in range(50):
                client.sendall(b"x" * 1_000_000)
            return client.recv(1000)

    assert "is longer than" in json.loads(await deferToThread(send))["text"]


@pytest.mark.arm("CT-072")
@pytest_twisted.ensureDeferred
async def test_the_socket_of_a_dead_daemon_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "kea.sock"
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))
    (tmp_path / "kea.sock.lock").touch()
    service = ControlSocket(reactor, str(path), dispatcher())
    service.open()
    assert json.loads(await talk(str(path), b'{"command":"echo"}'))["result"] == 0
    await service.close()


@pytest.mark.arm("CT-166")
@pytest_twisted.ensureDeferred
async def test_the_socket_of_a_living_daemon_is_refused(opened: ControlSocket) -> None:
    with pytest.raises(CommandError, match="belongs to another process"):
        ControlSocket(reactor, opened.path, dispatcher()).open()
    assert json.loads(await talk(opened.path, b'{"command":"echo"}'))["result"] == 0


@pytest.mark.arm("CT-166")
@pytest_twisted.ensureDeferred
async def test_socket_and_lock_are_removed_at_the_end(tmp_path: Path) -> None:
    service = ControlSocket(reactor, str(tmp_path / "kea.sock"), dispatcher())
    service.open()
    assert sorted(os.listdir(tmp_path)) == ["kea.sock", "kea.sock.lock"]
    await service.close()
    assert os.listdir(tmp_path) == []


@pytest.mark.arm("CT-067")
@pytest_twisted.ensureDeferred
async def test_who_may_connect_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        service = ControlSocket(reactor, str(tmp_path / "kea.sock"), dispatcher())
        service.open()
        assert stat.S_IMODE((tmp_path / "kea.sock").stat().st_mode) == 0o750
        assert stat.S_IMODE((tmp_path / "kea.sock.lock").stat().st_mode) == 0o600
        await service.close()
    finally:
        os.umask(before)


def test_a_directory_that_does_not_exist_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot create the lock file"):
        ControlSocket(reactor, str(tmp_path / "no" / "kea.sock"), dispatcher()).open()


@pytest.mark.parametrize("kind", ["file", "directory"])
def test_what_is_no_socket_is_not_removed(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "kea.conf"
    path.write_text("precious") if kind == "file" else path.mkdir()
    with pytest.raises(CommandError, match=r"cannot open the control socket .*kea.conf: .* which is no socket"):
        ControlSocket(reactor, str(path), dispatcher()).open()
    assert os.listdir(tmp_path) == ["kea.conf"]
    assert path.is_dir() or path.read_text() == "precious"


def test_a_path_that_is_too_long_is_a_clear_error_and_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 120)
    with pytest.raises(CommandError, match="cannot open the control socket"):
        ControlSocket(reactor, str(path), dispatcher()).open()
    assert os.listdir(tmp_path) == []


def test_a_request_for_which_there_is_no_memory_is_refused() -> None:
    line = Line()

    class Full:
        def feed(self, data: bytes) -> None:
            raise MemoryError

    line.protocol._scanner = Full()  # type: ignore[assignment]
    line.say("[ ")
    assert line.answered() == {"result": 1, "text": "there is not enough memory for a command of 2 bytes"}
    line.say(b"x" * 1000)
    assert line.service.held == 0


def test_the_dispatcher_needs_no_reactor() -> None:
    made: Any = asyncio.run(dispatcher().answer({"command": "echo", "arguments": [1]}))
    assert made == {"result": 0, "arguments": [1]}


def test_all_connections_together_cannot_hold_more_than_a_few_requests() -> None:
    line = Line()
    others = [ControlProtocol(line.service, number) for number in (2, 3)]
    for other in others:
        other.makeConnection(StringTransport())
        other.dataReceived(b"[" + bytes((0x20,)) * (MAX_HELD // 2 - 1))
    line.say("[ ")
    assert "too much is being sent" in line.answered()["text"]
    for each in (line.protocol, *others):
        each.connectionLost(Failure(ConnectionDone()))
    assert line.service.held == 0
