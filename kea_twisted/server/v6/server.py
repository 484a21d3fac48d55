"""The DHCPv6 server as a pure object: octets and a time in, an outcome out.

The only state it has of its own is what a configuration determines (pipelines, plans, allocator positions); leases and
statistics are given to it. Nothing here waits: a hook that does parks the exchange, and the caller resumes it.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.alloc.reclaim import reclaimer6
from kea_twisted.alloc.store6 import Store6
from kea_twisted.alloc.v6 import Engine6
from kea_twisted.classes.v6 import ClassEvaluator6
from kea_twisted.config.server_config import ServerConfig6
from kea_twisted.family import V6
from kea_twisted.hooks.callout import Callouts
from kea_twisted.leases.manager import LeaseManager6
from kea_twisted.options.lenient import lenient_options
from kea_twisted.options.spaces import STANDARD6, Definitions
from kea_twisted.server import reservations, selection
from kea_twisted.server.outcome import Drop, Outcome
from kea_twisted.server.pipeline import HookPoint, Rows, Step, compile_steps, run
from kea_twisted.server.reception import query_arguments, settle_buffer, settle_packet
from kea_twisted.server.reply_options import PlanCache
from kea_twisted.server.v6 import (
    confirm,
    decline,
    information_request,
    rebind,
    reception,
    release,
    renew,
    request,
    solicit,
)
from kea_twisted.server.v6.counters import Counters6
from kea_twisted.server.v6.exchange import (
    OPTION_CLIENT_ID,
    OPTION_IA_NA,
    OPTION_IA_PD,
    OPTION_SERVER_ID,
    Exchange6,
)
from kea_twisted.server.v6.hwaddr import sources_of
from kea_twisted.server.v6.words import WORDS
from kea_twisted.stats.registry import Statistics
from kea_twisted.subnets.pool import PdPool, Pool
from kea_twisted.subnets.v6 import Subnet6
from kea_twisted.wire.packet import Receipt
from kea_twisted.wire.v6 import (
    CONFIRM,
    DECLINE,
    INFORMATION_REQUEST,
    REBIND,
    RELEASE,
    RENEW,
    REQUEST,
    SOLICIT,
    Packet6,
)

RECEPTION: Final[Rows[Exchange6]] = (
    HookPoint("buffer6_receive", query_arguments, settle_buffer),
    reception.parse_query,
    reception.accept,
    HookPoint("pkt6_receive", query_arguments, settle_packet),
    reception.check,
    reservations.identify,
    HookPoint("host6_identifier", reservations.identifier_arguments, reservations.settle_identifier),
    reservations.find_global_early,
    reservations.classify,
    reservations.drop_class,
    selection.select_subnet,
    HookPoint("subnet6_select", selection.selection_arguments, selection.settle_selection),
    reservations.find_hosts,
)
"""What every query goes through."""

MESSAGES: Final[dict[int, Rows[Exchange6]]] = {
    SOLICIT: (*RECEPTION, *solicit.STEPS),
    REQUEST: (*RECEPTION, *request.STEPS),
    CONFIRM: (*RECEPTION, *confirm.STEPS),
    RENEW: (*RECEPTION, *renew.STEPS),
    REBIND: (*RECEPTION, *rebind.STEPS),
    RELEASE: (*RECEPTION, *release.STEPS),
    DECLINE: (*RECEPTION, *decline.STEPS),
    INFORMATION_REQUEST: (*RECEPTION, *information_request.STEPS),
}
"""The life of each message, from octets to outcome: the table to read first."""


_CHECKED_ELSEWHERE: Final = frozenset({OPTION_CLIENT_ID, OPTION_SERVER_ID, OPTION_IA_NA, OPTION_IA_PD})
"""Options whose form is looked at where they are read."""


class Dhcp6Server:
    """The server of one configuration at a time.

    reclaimer: takes ended leases back; the daemon runs its cycles. client_port: 0, or the port that all answers go to
    instead of the standard ones (switch -P).
    """

    default_client_port: Final = V6.client_port
    relay_port: Final = V6.server_port
    words: Final = WORDS

    def __init__(
        self,
        config: ServerConfig6,
        leases: LeaseManager6,
        statistics: Statistics,
        callouts: Callouts,
        now: float,
        client_port: int = 0,
    ) -> None:
        self.leases = leases
        self.statistics = statistics
        self.reclaimer = reclaimer6(leases, statistics)
        self.store = Store6(leases, statistics, self.reclaimer)
        self.client_port = client_port
        self._callouts = callouts
        self.counters = Counters6(statistics, now)
        self.reconfigure(config)

    def reconfigure(self, config: ServerConfig6) -> None:
        """Work from *config* from the next query on."""
        self.config = config
        self.classes = ClassEvaluator6(config.classes)
        self.classes_with_lifetimes = {
            name: (found.preferred, found.valid)
            for name, found in config.classes.items()
            if found.preferred or found.valid
        }
        self.engine = Engine6(self.store, config.hosts, config.reservations_in_use)
        self.mac_sources = sources_of(config.mac_sources)
        definitions = Definitions(config.definitions, V6) if config.definitions else STANDARD6
        self.lenient = lenient_options(definitions, V6) if config.lenient_option_parsing else {}
        self.rules = {
            code: rule for code, rule in definitions.rules(V6.space).items() if code not in _CHECKED_ELSEWHERE
        }
        pools: list[Pool | PdPool] = []
        for subnet in config.subnets:
            pools += subnet.pools
            pools += subnet.pd_pools
        self.pools_have_options = any(pool.options for pool in pools)
        self.pools_require = any(pool.require_client_classes for pool in pools)
        self.plans: PlanCache[tuple[Subnet6 | None, tuple[Pool | PdPool, ...], tuple[str, ...]]] = PlanCache()
        self._compile()

    @property
    def callouts(self) -> Callouts:
        """The callouts of the loaded hook libraries."""
        return self._callouts

    @callouts.setter
    def callouts(self, callouts: Callouts) -> None:
        self._callouts = callouts
        self._compile()

    def _compile(self) -> None:
        """Make the pipelines, without the hook points that nobody uses."""
        callouts = self._callouts
        self._reception: tuple[Step[Exchange6], ...] = compile_steps(RECEPTION, callouts)
        skipped = len(RECEPTION)
        self._messages: dict[int, tuple[Step[Exchange6], ...]] = {
            kind: compile_steps(rows[skipped:], callouts) for kind, rows in MESSAGES.items()
        }

    def receive(self, octets: bytes, receipt: Receipt, now: float) -> Outcome:
        """Return what becomes of one datagram."""
        self.counters.received.add(1, now)
        query = Packet6.__new__(Packet6)
        query.receive(octets, receipt)
        exchange = Exchange6(self, query, now)
        outcome = run(exchange, self._reception)
        if outcome is None:
            outcome = run(exchange, self._messages[exchange.query.message_type])
        return outcome if outcome is not None else Drop("nothing to answer")

    def resume(self, exchange: Exchange6, now: float) -> Outcome:
        """Return what becomes of a query that was parked."""
        exchange.now = now
        steps = exchange.steps
        outcome = run(exchange, steps, exchange.at)
        if outcome is None and steps is self._reception:
            outcome = run(exchange, self._messages[exchange.query.message_type])
        return outcome if outcome is not None else Drop("nothing to answer")
