"""A DHCP server of either family as a pure object: octets and a time in, an outcome out.

The only state it has of its own is what a configuration determines (pipelines, plans, allocator positions); leases and
statistics are given to it. Nothing here waits: a hook that does parks the exchange, and the caller resumes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Generic, TypeVar

from kea_twisted.hooks.callout import Callouts
from kea_twisted.log.logger import PACKETS
from kea_twisted.log.message import DBG_BASIC
from kea_twisted.server.counters import Counters
from kea_twisted.server.exchange import AnyExchange
from kea_twisted.server.outcome import Drop, Outcome
from kea_twisted.server.pipeline import Rows, Step, compile_steps, run
from kea_twisted.server.reception import log_arrival
from kea_twisted.server.reply_options import PlanCache
from kea_twisted.server.turns import Turns, await_turn
from kea_twisted.server.words import Words
from kea_twisted.stats.registry import Statistics
from kea_twisted.subnets.pool import PdPool, Pool
from kea_twisted.subnets.subnet import Subnet
from kea_twisted.wire.packet import Receipt

E = TypeVar("E", bound=AnyExchange)
K = TypeVar("K", bound=Counters)


class DhcpServer(Generic[E, K]):
    """The server of one configuration at a time.

    words: what the family calls things. reception: the steps of every query; messages: all steps by message type,
    those of *reception* first. client_port: 0, or the port that all answers go to instead of the standard ones (-P).
    counters: its statistics of packets. turns: the clients whose packets wait. pools_have_options, pools_require:
    whether any pool has options or requires classes; if not, nobody looks for the pool of a lease.
    """

    counters: K

    def __init__(
        self,
        words: Words,
        reception: Rows[E],
        messages: Mapping[int, Rows[E]],
        statistics: Statistics,
        callouts: Callouts,
        client_port: int,
    ) -> None:
        self.words: Final = words
        self.statistics = statistics
        self.client_port = client_port
        self.turns: Final = Turns(words.clients)
        self.plans: PlanCache[tuple[Subnet | None, tuple[Pool | PdPool, ...], tuple[str, ...]]] = PlanCache()
        self.pools_have_options = False
        self.pools_require = False
        self._reception_rows: Final = reception
        self._message_rows: Final = messages
        self._callouts = callouts
        self.compile_pipelines()

    def begin(self, octets: bytes, receipt: Receipt, now: float) -> E:
        """Return the exchange for one datagram."""
        raise NotImplementedError

    def forget_plans(self, pools: Iterable[Pool | PdPool]) -> None:
        """Begin with the options of a new configuration, which has *pools*."""
        self.plans = PlanCache()
        self.pools_have_options = self.pools_require = False
        for pool in pools:
            self.pools_have_options = self.pools_have_options or bool(pool.options)
            self.pools_require = self.pools_require or bool(pool.require_client_classes)

    @property
    def callouts(self) -> Callouts:
        """The callouts of the loaded hook libraries."""
        return self._callouts

    @callouts.setter
    def callouts(self, callouts: Callouts) -> None:
        self._callouts = callouts
        self.compile_pipelines()

    def compile_pipelines(self) -> None:
        """Make the pipelines, without the hook points that nobody uses."""
        callouts = self._callouts
        rows = self._reception_rows
        self._reception: tuple[Step[E], ...] = compile_steps(rows, callouts)
        self._messages: dict[int, tuple[Step[E], ...]] = {
            kind: compile_steps(steps[len(rows) :], callouts) for kind, steps in self._message_rows.items()
        }

    def receive(self, octets: bytes, receipt: Receipt, now: float) -> Outcome:
        """Return what becomes of one datagram."""
        self.counters.received.add(1, now)
        exchange = self.begin(octets, receipt, now)
        if PACKETS.rank >= DBG_BASIC:
            log_arrival(exchange)
        outcome = run(exchange, self._reception)
        if outcome is None:
            outcome = run(exchange, self._messages[exchange.query.message_type])
        return outcome if outcome is not None else Drop("nothing to answer")

    def resume(self, exchange: E, now: float) -> Outcome:
        """Return what becomes of a query that was parked."""
        exchange.now = now
        steps: Any = exchange.steps
        outcome = run(exchange, steps, exchange.at)
        # The pipelines may be others by now, because libraries came or went.
        if outcome is None and await_turn in steps:
            outcome = run(exchange, self._messages[exchange.query.message_type])
        return outcome if outcome is not None else Drop("nothing to answer")

    def note_parked(self, exchange: E) -> None:
        """Note that a query is parked: the next one of its client waits until it has ended."""
        if await_turn not in exchange.steps[exchange.at :]:
            self.turns.take(exchange)

    def note_ended(self, exchange: E) -> None:
        """Note that a query that was parked has come to its end."""
        self.turns.give(exchange)
