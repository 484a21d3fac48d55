"""Between the sockets and a server: a batch of datagrams in, their answers out, and packets that have to wait.

The leases of a batch are made durable before its first answer leaves. Whatever goes wrong with one packet costs that
packet only. Not here: what an answer says, and statistics, which the server keeps.
"""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable, Generator
from dataclasses import dataclass
from functools import partial
from threading import get_ident
from typing import Any, Final, Protocol

from twisted.internet.defer import CancelledError, Deferred

from kea_twisted.errors import KeaError
from kea_twisted.hooks.callout import PacketGivenUp
from kea_twisted.hooks.parking import Ticket
from kea_twisted.log.logger import BAD_PACKETS, Logger
from kea_twisted.log.message import DBG_PACKET, Message
from kea_twisted.net.reader import Batch, ServiceSocket
from kea_twisted.net.workers import GivenUp
from kea_twisted.server.outcome import Drop, Forward, Outcome, Park, Send
from kea_twisted.wire.packet import Receipt


class Server(Protocol):
    """The pure server behind the sockets: Dhcp4Server or Dhcp6Server."""

    @property
    def updates(self) -> Pending:
        """What DNS is to be told."""

    def receive(self, octets: bytes, receipt: Receipt, now: float) -> Outcome:
        """Return what becomes of a datagram."""

    def resume(self, exchange: Any, now: float) -> Outcome:
        """Go on with a packet that waited."""

    def note_parked(self, exchange: Any) -> None:
        """Note that a packet waits."""

    def note_ended(self, exchange: Any) -> None:
        """Note that a packet that waited has come to its end."""


class Pending(Protocol):
    """What waits for leases to be stored: ddns.updates.Updates."""

    def flush(self) -> None:
        """Hand over what is about the leases that are stored now."""

    def forget(self) -> None:
        """Throw away what is about leases that could not be stored."""


class Switch(Protocol):
    """Whether the server answers at all: control.network_state.NetworkState."""

    enabled: bool


class Store(Protocol):
    """The part of a lease manager that the dispatcher calls."""

    def commit(self) -> None:
        """Make all writes so far durable."""


class Lines(Protocol):
    """The log, where lines can gather: log.sink.Sink."""

    def hold(self, thread: int) -> None:
        """Let lines of a thread gather from now on."""

    def release(self) -> None:
        """Write what has gathered."""


class Threads(Protocol):
    """Where callouts that block run: net.workers.Workers."""

    @property
    def pending(self) -> int:
        """How many of them run or wait."""


class DispatchListener(Protocol):
    """Who wants to know how packets fare: the daemon, which counts them."""

    def packet_dropped(self) -> None:
        """Note that a packet is given up here."""

    def packets_ignored(self, count: int) -> None:
        """Note how many packets came while service is switched off."""

    def leases_committed(self) -> None:
        """Note that the leases of a batch are stored."""

    def answers_taken_back(self, sends: list[Send]) -> None:
        """Note which answers stay here: the leases of their batch could not be stored, or they could not be sent."""


@dataclass(frozen=True, slots=True)
class DispatchMessages:
    """A family's messages for what happens here."""

    failed: Message
    send_failed: Message
    disabled: Message
    parking_full: Message


NO_LIMIT: Final = 0


class Dispatcher:
    """Drive one server.

    network: while it is not enabled, queries are read and thrown away (`dhcp-disable`). parked_limit:
    `parked-packet-limit`, NO_LIMIT for none; what is pending in *threads* has a limit of its own. lines: the log, to
    which the lines of a batch go with one write. forward: called with what is for the server of the other family.
    """

    def __init__(
        self,
        server: Server,
        leases: Store,
        network: Switch,
        clock: Callable[[], float],
        logger: Logger,
        messages: DispatchMessages,
        lines: Lines,
        threads: Threads,
        listener: DispatchListener,
    ) -> None:
        self.server = server
        self.leases = leases
        self.network = network
        self.parked_limit = 256
        self.forward: Callable[[bytes], None] = lambda _octets: None
        self._clock = clock
        self._logger = logger
        self._messages = messages
        self._lines = lines
        self._threads = threads
        self._listener = listener
        self._stopped = False
        self._parked: set[Deferred[None]] = set()

    @property
    def parked(self) -> int:
        """How many packets wait."""
        return len(self._parked)

    def deliver(self, batch: Batch) -> None:
        """Answer a batch."""
        if not self.network.enabled:
            self._listener.packets_ignored(len(batch))
            if BAD_PACKETS.rank >= DBG_PACKET:
                for octets, _receipt in batch:
                    BAD_PACKETS.log(self._messages.disabled, f"a message of {len(octets)} octets, not read")
            return
        now = self._clock()
        receive = self.server.receive
        sends: list[Send] = []
        self._lines.hold(get_ident())
        for octets, receipt in batch:
            try:
                outcome = receive(octets, receipt, now)
            except Exception as error:
                self._failed(error)
                self._listener.packet_dropped()
                continue
            if isinstance(outcome, Send):
                sends.append(outcome)
            elif isinstance(outcome, Park):
                self._park(outcome)
            elif isinstance(outcome, Forward):
                self.forward(outcome.octets)
        self._finish(sends)

    def handle(self, work: Callable[[float], Outcome]) -> None:
        """Do *work*, given the time, for a packet that came another way than through a service socket."""
        if not self.network.enabled:
            BAD_PACKETS.log(self._messages.disabled, "a message of the other server, not read")
            return
        try:
            outcome = work(self._clock())
        except Exception as error:
            self._failed(error)
            self._listener.packet_dropped()
            return
        if isinstance(outcome, Park):
            self._park(outcome)
        else:
            self._finish([outcome] if isinstance(outcome, Send) else [])

    @property
    def stopped(self) -> bool:
        """Whether all packets that waited have been given up."""
        return self._stopped

    def stop(self) -> None:
        """Give up all packets that wait."""
        self._stopped = True
        for waiting in list(self._parked):
            waiting.cancel()
        self._parked.clear()

    def _finish(self, sends: list[Send]) -> None:
        """Make the leases durable, then send."""
        updates = self.server.updates
        try:
            self.leases.commit()
        except (KeaError, OSError) as error:
            updates.forget()
            # An answer would promise a lease that a restart forgets; the client will ask again.
            self._failed(error)
            for _ in sends:
                self._listener.packet_dropped()
            self._listener.answers_taken_back(sends)
            return
        finally:
            self._lines.release()
        self._listener.leases_committed()
        updates.flush()
        for send in sends:
            reply = send.reply
            socket = reply.socket
            try:
                socket.send(send.octets, reply)  # type: ignore[attr-defined]
            except OSError as error:
                self._logger.log(self._messages.send_failed, _where(socket), error.strerror or str(error))
                self._listener.answers_taken_back([send])

    def _failed(self, error: Exception) -> None:
        """Log what no one expected, with the place where it happened."""
        text = f"{type(error).__name__}: {error}"
        if not isinstance(error, KeaError | OSError):
            frame = traceback.extract_tb(error.__traceback__)[-1:]
            text += "".join(f" (in {place.name}, {place.filename}:{place.lineno})" for place in frame)
        self._logger.log(self._messages.failed, text)

    def _park(self, park: Park) -> None:
        """Let a packet wait, if there is room for it."""
        if self.parked_limit != NO_LIMIT and len(self._parked) - self._threads.pending >= self.parked_limit:
            self._logger.log(self._messages.parking_full, self.parked_limit, type(park.exchange).__name__)
            self._listener.packet_dropped()
            _abandon(park)
            return
        waiting = Deferred.fromCoroutine(self._wait(park))
        if not waiting.called:
            self._parked.add(waiting)
            waiting.addBoth(lambda _result: self._parked.discard(waiting))

    async def _wait(self, park: Park) -> None:
        """See a packet through all its waits, to its answer or its end."""
        outcome: Outcome = park
        try:
            while isinstance(outcome, Park):
                self.server.note_parked(park.exchange)
                if outcome.waiting is not None:
                    await _Watched(outcome.waiting, self)
                if outcome.ticket is not None and not await _released(outcome.ticket):
                    self._listener.packet_dropped()
                    outcome = Drop("dropped by the hook library that parked it")
                    break
                if self._stopped:
                    return
                outcome = self.server.resume(outcome.exchange, self._clock())
        except CancelledError:
            return
        except GivenUp:
            self._listener.packet_dropped()
            outcome = Drop("more came than callouts could look at")
        except Exception as error:
            self._failed(error)
            self._listener.packet_dropped()
            outcome = Drop("failed")
        if isinstance(outcome, Forward):
            self.forward(outcome.octets)
        self._finish([outcome] if isinstance(outcome, Send) else [])
        if not self._stopped:
            self.server.note_ended(park.exchange)


class _Ended(PacketGivenUp, CancelledError):
    """What a callout that waits gets when the dispatcher stops: the cancellation that it may be ready for."""


class _Watched:
    """Callouts that a packet waits for. What ends their waiting after the dispatcher has stopped is that it has."""

    def __init__(self, waiting: Awaitable[object], dispatcher: Dispatcher) -> None:
        self._waiting = waiting
        self._dispatcher = dispatcher

    def __await__(self) -> Generator[Any, Any, None]:
        inner: Any = self._waiting.__await__()
        step = partial(inner.send, None)
        while True:
            try:
                wanted = step()
            except StopIteration:
                return
            try:
                step = partial(inner.send, (yield wanted))
            except GeneratorExit:
                inner.close()
                raise
            except BaseException as error:
                ended = self._dispatcher.stopped and isinstance(error, Exception)
                step = partial(inner.throw, _Ended() if ended else error)


def _released(ticket: Ticket) -> Deferred[bool]:
    """Return a Deferred that fires with whether the packet goes on."""
    released: Deferred[bool] = Deferred()
    ticket.when_released(lambda goes_on: None if released.called else released.callback(goes_on))
    return released


def _abandon(park: Park) -> None:
    """Close the coroutine of a packet that will not be waited for."""
    close = getattr(park.waiting, "close", None)
    if close is not None:
        close()


def _where(socket: object) -> str:
    """Return the name of a socket for a log line."""
    return socket.endpoint.label if isinstance(socket, ServiceSocket) else "no socket"
