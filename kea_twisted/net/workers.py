"""Threads for calls that block, and the way back from them into the thread of the reactor.

Calls wait here until a thread takes them, so that the line can be as short as the operator wants it. The threads are
Twisted's; what is done announces itself on a descriptor that is watched beside the service sockets, so that a busy
server notices within a millisecond. Not here: which calls block.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IReadDescriptor
from twisted.python.failure import Failure
from twisted.python.threadpool import ThreadPool
from zope.interface import implementer

from kea_twisted.net.reactor import Watcher

NO_LIMIT: Final = 0

_SPANS: Final = (10, 100, 1000)


class GivenUp(BaseException):
    """A call was not made, or nobody waits for it any more. No Exception: what stands between must let it pass."""


class _Thread(threading.Thread):
    """A thread that does not keep the process alive: a call may hang for good."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(daemon=True, **arguments)


class _Pool(ThreadPool):
    """Threads for :class:`Workers`."""

    threadFactory: type[threading.Thread] = _Thread  # noqa: N815


@dataclass(frozen=True, slots=True, eq=False)
class _Call:
    """A call and who waits for it."""

    function: Callable[[], Any]
    result: Deferred[Any]


@implementer(IReadDescriptor)
class Workers:
    """A pool of threads.

    watcher: watches the descriptor. overflowed: called with how many calls were given up because too many waited; the
    oldest ones go. size: how many threads, 0 until :meth:`configure`. limit: how many calls may wait for a thread,
    NO_LIMIT for any number.
    """

    def __init__(self, watcher: Watcher, overflowed: Callable[[int], None]) -> None:
        self.size = 0
        self.limit = NO_LIMIT
        self._watcher = watcher
        self._overflowed = overflowed
        self._pool: ThreadPool | None = None
        self._descriptor = -1
        self._threads = 0
        self._calls: dict[_Call, None] = {}
        self._means = [0.0 for _ in _SPANS]
        # The only things that threads touch. Both ends of a deque can be used by several.
        self._waiting: deque[_Call] = deque()
        self._done: deque[tuple[_Call | None, Any]] = deque()

    @property
    def pending(self) -> int:
        """How many calls run or wait."""
        return len(self._calls)

    @property
    def means(self) -> list[float]:
        """How many calls waited, as the last 10, 100 and 1,000 found it; earlier ones count less and less."""
        return list(self._means)

    def configure(self, size: int, limit: int) -> None:
        """Go on with *size* threads and *limit*. Threads start when they are needed; those too many end when idle."""
        self.size = size
        self.limit = limit
        if self._pool is not None:
            # What waits is done even if the next configuration has no threads.
            self._pool.adjustPoolsize(0, max(size, 1))
            self._shorten()
            self._begin()

    def run(self, function: Callable[..., Any], *arguments: Any) -> Deferred[Any]:
        """Call *function* in a thread. The Deferred fires with what it returns or raises; GivenUp if it is not called.

        To cancel the Deferred is to wait no more: what runs goes on to its end.
        """
        if self._pool is None:
            self._open()
        length = len(self._waiting)
        self._means = [mean + (length - mean) / span for mean, span in zip(self._means, _SPANS, strict=True)]
        call = _Call(partial(function, *arguments), Deferred(_give_up))
        self._calls[call] = None
        self._waiting.append(call)
        self._begin()
        self._shorten()
        return call.result

    def stop(self) -> None:
        """Give up all calls, and let the threads end without waiting for them."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        self._watcher.removeReader(self)
        self._waiting.clear()
        # Twisted joins the threads; one that hangs would hang us.
        threading.Thread(target=_end, args=(pool, self._descriptor), name="workers end", daemon=True).start()
        calls, self._calls = self._calls, {}
        for call in calls:
            call.result.cancel()

    def _open(self) -> None:
        """Make the pool; its threads come with the calls."""
        self._descriptor = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._watcher.addReader(self)
        self._pool = _Pool(0, max(self.size, 1), "worker")
        self._pool.start()

    def _begin(self) -> None:
        """Have as many threads at work as there is work for."""
        pool = self._pool
        assert pool is not None
        wanted = min(len(self._waiting), pool.max - self._threads)
        for _ in range(wanted):
            self._threads += 1
            pool.callInThread(_work, self._waiting, self._done, self._descriptor)

    def _shorten(self) -> None:
        """Give up the oldest calls if more wait than may.

        That is announced like the end of a call: who is told at once may bring the next call, and overflow the stack.
        """
        given_up = 0
        try:
            while self.limit != NO_LIMIT and len(self._waiting) > self.limit:
                self._done.append((self._waiting.popleft(), Failure(GivenUp("too many calls wait"))))
                given_up += 1
        except IndexError:
            pass  # a thread was quicker
        if given_up:
            os.eventfd_write(self._descriptor, 1)
            self._overflowed(given_up)

    # What a reactor asks of a descriptor.

    def fileno(self) -> int:
        """Return the descriptor on which threads announce what is done."""
        return self._descriptor

    def logPrefix(self) -> str:
        """Return what Twisted shows in its own log lines."""
        return "workers"

    def connectionLost(self, reason: Failure) -> None:
        """Do nothing: the owner stops the workers."""

    def doRead(self) -> None:
        """Go on with what waited for the calls that are done."""
        os.eventfd_read(self._descriptor)
        done = [self._done.popleft() for _ in range(len(self._done))]
        for call, _value in done:
            if call is None:
                self._threads -= 1
            else:
                self._calls.pop(call, None)
        self._begin()
        for call, value in done:
            if call is not None and not call.result.called:
                call.result.callback(value)


def _work(waiting: deque[_Call], done: deque[tuple[_Call | None, Any]], descriptor: int) -> None:
    """Make calls as long as some wait: what a thread does."""
    while True:
        try:
            call = waiting.popleft()
        except IndexError:
            break
        value: Any = None
        if not call.result.called:
            try:
                value = call.function()
            except BaseException:
                value = Failure()
        done.append((call, value))
        os.eventfd_write(descriptor, 1)
    done.append((None, None))
    os.eventfd_write(descriptor, 1)


def _end(pool: ThreadPool, descriptor: int) -> None:
    """Wait until the threads have ended; only then does nobody announce anything any more."""
    pool.stop()
    os.close(descriptor)


def _give_up(result: Deferred[Any]) -> None:
    """Tell who waits for a call that there is nothing to wait for."""
    result.errback(Failure(GivenUp("no longer waited for")))
