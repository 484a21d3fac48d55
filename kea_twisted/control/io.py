"""The control channel over a UNIX stream socket, under Twisted.

One request a connection: the server finds the end of the JSON text itself, sends one answer, and closes. A connection
on which nothing moves for ten seconds is told so and closed. Not here: what requests mean. ARM ctrl-channel.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import stat
import time
from collections.abc import Generator
from typing import Any, Final, cast

from twisted.internet.defer import Deferred, DeferredLock
from twisted.internet.error import CannotListenError
from twisted.internet.interfaces import IHalfCloseableProtocol, IPullProducer
from twisted.internet.protocol import Protocol, ServerFactory
from twisted.python.failure import Failure
from zope.interface import implementer

from kea_twisted.base.kea_json.parse import Document, parse_in_slices, parse_text
from kea_twisted.base.kea_json.scan import ValueScanner
from kea_twisted.control.answer import ERROR, Answer, answer, encode
from kea_twisted.control.dispatch import Dispatcher
from kea_twisted.errors import CommandError, ConfigErrors
from kea_twisted.log.logger import COMMANDS
from kea_twisted.log.messages.command import (
    COMMAND_ACCEPTOR_START,
    COMMAND_PROCESS_ERROR1,
    COMMAND_PROCESS_ERROR2,
    COMMAND_SOCKET_ACCEPT_FAIL,
    COMMAND_SOCKET_CLOSED_BY_FOREIGN_HOST,
    COMMAND_SOCKET_CONNECTION_CLOSED,
    COMMAND_SOCKET_CONNECTION_OPENED,
    COMMAND_SOCKET_CONNECTION_TIMEOUT,
    COMMAND_SOCKET_READ,
    COMMAND_SOCKET_WRITE,
)

TIMEOUT: Final = 10.0
"""Seconds without progress after which a connection is given up. ARM ctrl-channel."""

MAX_REQUEST: Final = 32 * 1024 * 1024
"""The longest request. A configuration with a hundred thousand reservations is well below it."""

MAX_HELD: Final = 2 * MAX_REQUEST
"""How many octets of unfinished requests all connections may hold together."""

AT_ONCE: Final = 256 * 1024
"""The longest request that is parsed without a pause."""

BUSY: Final = 0.004
"""Seconds for which a longer one is parsed before clients are served again."""

MAX_PATH: Final = 107
"""The longest path of a socket on Linux; other systems report their limit themselves."""

MAX_CONNECTIONS: Final = 128
CHUNK: Final = 65536
LINGER: Final = 1.0
"""Seconds without a word from a client whose request is too long, after which its connection is closed."""

_FIRST: Final = re.compile(rb"(?:[ \t\r\n]+|#[^\n]*|//[^\n]*|/\*.*?\*/)*", re.DOTALL)


@implementer(IHalfCloseableProtocol, IPullProducer)
class ControlProtocol(Protocol):
    """One connection. number: for the log. Reads a request, hands it to the service, writes the answer, closes."""

    def __init__(self, service: ControlSocket, number: int) -> None:
        self.service = service
        self.number = number
        self._scanner: ValueScanner | None = ValueScanner()
        self._received = 0
        self._held = 0
        self._out: memoryview | None = None
        self._sent = 0
        self._refused = False
        self._call: Any = None

    def connectionMade(self) -> None:
        """Start the clock."""
        COMMANDS.log(COMMAND_SOCKET_CONNECTION_OPENED, self.number)
        self._progress()

    def dataReceived(self, data: bytes) -> None:
        """Take octets until there is a request; what follows it is left unread."""
        if self._refused:
            self._wait(LINGER, self._give_up)
            return
        scanner = self._scanner
        if scanner is None:
            return
        self._progress()
        if COMMANDS.rank >= COMMAND_SOCKET_READ.rank:
            COMMANDS.log(COMMAND_SOCKET_READ, len(data), self.number)
        self._received += len(data)
        self._held += len(data)
        self.service.held += len(data)
        try:
            end = scanner.feed(data)
            request = scanner.octets[:end].decode("latin-1") if end is not None else ""
        except ValueError as error:
            self._reply(answer(ERROR, self._fault(scanner.octets, str(error))))
            return
        except MemoryError:
            self._refuse(f"there is not enough memory for a command of {self._received} bytes")
            return
        if end is not None:
            self._scanner = None
            self._stop_clock()
            self._let_go()
            self.service.carry_out(request, self._reply)
        elif self._received > MAX_REQUEST:
            self._refuse(f"the command is longer than {MAX_REQUEST} bytes")
        elif self.service.held > MAX_HELD:
            self._refuse("too much is being sent to the control socket at once")

    def _refuse(self, reason: str) -> None:
        """Answer without the whole request.

        Going on to read without keeping anything lets the client read the answer: a socket that is closed with octets
        unread resets the connection.
        """
        self._refused = True
        self._scanner = None
        self._reply(answer(ERROR, reason))

    @staticmethod
    def _fault(octets: bytes, reason: str) -> str:
        """Return why octets are no request."""
        match = _FIRST.match(octets)
        first = octets[match.end() : match.end() + 1] if match else b""
        text = reason if first in b"{[" else f"invalid first character {first.decode('latin-1')}"
        COMMANDS.log(COMMAND_PROCESS_ERROR1, text)
        return text

    def _reply(self, made: Answer) -> None:
        """Send the answer in pieces as fast as the client reads."""
        self._scanner = None
        self._let_go()
        if not self.connected:
            return
        try:
            self._out = memoryview(encode(made))
        except (TypeError, ValueError) as error:
            COMMANDS.log(COMMAND_PROCESS_ERROR2, f"the answer is not JSON: {error}")
            self._out = memoryview(encode(answer(ERROR, f"the answer is not JSON: {error}")))
        self._progress()
        cast(Any, self.transport).registerProducer(self, False)

    def resumeProducing(self) -> None:  # noqa: N802
        """Write the next piece; the client has read the one before."""
        transport = cast(Any, self.transport)
        if self._out is None:
            return
        if self._sent >= len(self._out):
            self._out = None
            transport.unregisterProducer()
            if self._refused:
                self._wait(LINGER, self._give_up)
            else:
                self._stop_clock()
                transport.loseConnection()
            return
        piece = self._out[self._sent : self._sent + CHUNK]
        self._sent += len(piece)
        if COMMANDS.rank >= COMMAND_SOCKET_WRITE.rank:
            COMMANDS.log(COMMAND_SOCKET_WRITE, len(piece), len(self._out) - self._sent, self.number)
        self._progress()
        transport.write(bytes(piece))

    def stopProducing(self) -> None:  # noqa: N802
        """Forget the answer: the client is gone."""
        self._out = None

    def readConnectionLost(self) -> None:  # noqa: N802
        """Let a client that has said all it will say have its answer, if it sent a whole request."""
        if self._scanner is not None or (self._refused and self._out is None):
            self._give_up()

    def writeConnectionLost(self) -> None:  # noqa: N802
        """Close: nobody reads the answer."""
        self._give_up()

    def connectionLost(self, reason: Failure = None) -> None:  # type: ignore[assignment]
        """Stop the clock and forget the connection."""
        if self._out is not None and self._sent < len(self._out):
            COMMANDS.log(COMMAND_SOCKET_CLOSED_BY_FOREIGN_HOST, self.number, reason.getErrorMessage())
        self._stop_clock()
        self._scanner = None
        self._let_go()
        self._out = None
        self.service.connections.discard(self)
        COMMANDS.log(COMMAND_SOCKET_CONNECTION_CLOSED, self.number)

    def _let_go(self) -> None:
        """Note that the octets of the request are not held any longer."""
        self.service.held -= self._held
        self._held = 0

    def _progress(self) -> None:
        """Something moved: ten more seconds."""
        self._wait(TIMEOUT, self._timed_out)

    def _wait(self, seconds: float, then: Any) -> None:
        self._stop_clock()
        self._call = self.service.reactor.callLater(seconds, then)

    def _stop_clock(self) -> None:
        if self._call is not None and self._call.active():
            self._call.cancel()
        self._call = None

    def _timed_out(self) -> None:
        """Tell a client that is silent, and leave one that does not read."""
        COMMANDS.log(COMMAND_SOCKET_CONNECTION_TIMEOUT, self.number)
        if self._out is not None or self._refused:
            self._give_up()
            return
        text = "Connection over control channel timed out"
        if self._received:
            text += f", discarded partial command of {self._received} bytes"
        self._reply(answer(ERROR, text))

    def _give_up(self) -> None:
        """Close at once, whatever is left to send."""
        self._stop_clock()
        cast(Any, self.transport).abortConnection()


class ControlFactory(ServerFactory):
    """Makes a protocol for each connection, up to a limit."""

    noisy = False

    def __init__(self, service: ControlSocket) -> None:
        self.service = service
        self._count = 0

    def buildProtocol(self, addr: object) -> ControlProtocol | None:  # noqa: N802
        """Return a protocol, or None when too many clients are connected; the connection is then closed."""
        service = self.service
        if len(service.connections) >= MAX_CONNECTIONS:
            COMMANDS.log(COMMAND_SOCKET_ACCEPT_FAIL, service.path, "too many connections")
            return None
        self._count += 1
        made = ControlProtocol(service, self._count)
        made.factory = self
        service.connections.add(made)
        return made


class ControlSocket:
    """The control socket of one daemon.

    path: of the socket, at most 107 octets on Linux. File permissions, which follow the umask, say who may connect.
    Beside it lies ``path.lock``, locked while the socket is open, so that a living daemon's socket is never taken over
    and a dead one's is. held: octets of unfinished requests.
    """

    def __init__(self, reactor: Any, path: str, dispatcher: Dispatcher) -> None:
        self.reactor = reactor
        self.path = path
        self.dispatcher = dispatcher
        self.connections: set[ControlProtocol] = set()
        self.held = 0
        self._exclusive = DeferredLock()
        self._parsing = DeferredLock()
        self._lock = -1
        self._port: Any = None
        self._restoring = False

    def open(self) -> None:
        """Listen. CommandError if another process owns the socket, or it cannot be made."""
        if len(os.fsencode(self.path)) > MAX_PATH:
            raise CommandError(f"cannot open the control socket {self.path}: its path exceeds {MAX_PATH} bytes")
        self._lock = _lock(f"{self.path}.lock")
        try:
            _remove_socket(self.path)
            self._port = self.reactor.listenUNIX(self.path, ControlFactory(self), mode=0o777 & ~_umask())
        except (CannotListenError, OSError) as error:
            self._unlock()
            reason = error.strerror if isinstance(error, OSError) else error
            raise CommandError(f"cannot open the control socket {self.path}: {reason}") from error
        COMMANDS.log(COMMAND_ACCEPTOR_START, self.path)

    def restore(self) -> None:
        """Open the socket anew, soon, if somebody has removed its file; a failure is logged."""
        if self._port is None or os.path.lexists(self.path):
            return
        closed = self.close()
        self._restoring = True
        closed.addCallback(self._open_again)

    def _open_again(self, _closed: None) -> None:
        if not self._restoring:
            return
        try:
            self.open()
        except CommandError as error:
            COMMANDS.log(COMMAND_SOCKET_ACCEPT_FAIL, self.path, error.text)

    @property
    def parsing(self) -> bool:
        """Whether a long request is being parsed."""
        return bool(self._parsing.locked)

    def close(self) -> Deferred[None]:
        """Stop listening and remove the socket; connections that wait for an answer still get it."""
        port, self._port = self._port, None
        self._restoring = False
        done: Deferred[Any] = Deferred()
        if port is None:
            done.callback(None)
        else:
            stopped = port.stopListening()
            if isinstance(stopped, Deferred):
                done = stopped.addErrback(_close_all_the_same, port)
            else:
                done.callback(None)
            if not getattr(self.reactor, "running", True):
                _remove(self.path)  # the reactor would do so in its next round, but it will not run
        self._unlock()
        return done.addCallback(lambda _result: None)

    def _unlock(self) -> None:
        if self._lock >= 0:
            _remove(f"{self.path}.lock")
            os.close(self._lock)
            self._lock = -1

    def carry_out(self, text: str, reply: Any) -> None:
        """Have the request in *text*, an octet a character, carried out, and call *reply* with the answer.

        A long one is parsed little by little, one at a time: clients are served meanwhile.
        """
        if len(text) > AT_ONCE:
            parsed: Deferred[Document] = self._parsing.run(self._parse, text)
            made: Deferred[Answer] = parsed.addCallback(self._carry_out)
        else:
            try:
                document = parse_text(text, unique=False)
            except ConfigErrors as error:
                reply(_malformed(error))
                return
            made = self._carry_out(document)
        made.addErrback(_unexpected)
        made.addCallback(reply)

    def _carry_out(self, document: Document) -> Deferred[Answer]:
        if self.dispatcher.exclusive(document.value):
            return self._exclusive.run(self._answer, document)
        return self._answer(document)

    def _answer(self, document: Document) -> Deferred[Answer]:
        return Deferred.fromCoroutine(self.dispatcher.answer(document.value, document))

    def _parse(self, text: str) -> Deferred[Document]:
        """Parse a long request."""
        done: Deferred[Document] = Deferred()
        self._go_on(parse_in_slices(text, unique=False), done)
        return done

    def _go_on(self, slices: Generator[None, None, Document], done: Deferred[Document]) -> None:
        """Parse for a while, and come back for the rest."""
        begun = time.perf_counter()
        try:
            while time.perf_counter() - begun < BUSY:
                next(slices)
        except StopIteration as stop:
            done.callback(stop.value)
        except Exception:
            done.errback()
        else:
            self.reactor.callLater(0, self._go_on, slices, done)


def _malformed(error: ConfigErrors) -> Answer:
    """Return the answer to what is no JSON."""
    COMMANDS.log(COMMAND_PROCESS_ERROR1, str(error))
    return answer(ERROR, str(error))


def _unexpected(failure: Failure) -> Answer:
    """Turn an error of the program into an answer."""
    if isinstance(failure.value, ConfigErrors):
        return _malformed(failure.value)
    COMMANDS.log(COMMAND_PROCESS_ERROR2, failure.getErrorMessage())
    return answer(ERROR, f"Error during command processing: {failure.getErrorMessage()}")


def _lock(path: str) -> int:
    """Lock the file *path*, made if need be; CommandError if another process holds it."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CommandError(f"cannot create the lock file {path} of the control socket: {error.strerror}") from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(file)
        raise CommandError(f"cannot lock {path}: the control socket belongs to another process") from error
    return file


def _close_all_the_same(failure: Failure, port: Any) -> None:
    """Close a port whose file cannot be removed, because somebody else did or may: Twisted gives up there."""
    failure.trap(OSError)
    from twisted.internet import tcp  # it imports OpenSSL, which -t and -v have no need of

    tcp.Port.connectionLost(port, failure)


def _remove_socket(path: str) -> None:
    """Remove what a dead daemon left; OSError if it is no socket, for somebody may need it."""
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(mode):
        raise OSError(errno.EEXIST, "there is something else of that name, which is no socket")
    _remove(path)


def _remove(path: str) -> None:
    """Remove a file that may not be there."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass


def _umask() -> int:
    """Return the process's umask; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


__all__ = ["MAX_REQUEST", "TIMEOUT", "ControlFactory", "ControlProtocol", "ControlSocket"]
