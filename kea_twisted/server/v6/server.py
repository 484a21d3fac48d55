"""The DHCPv6 server: the table of its messages, and what a configuration means to it."""

from __future__ import annotations

from typing import Final

from kea_twisted.alloc.reclaim import reclaimer6
from kea_twisted.alloc.store6 import Store6
from kea_twisted.alloc.v6 import Engine6
from kea_twisted.classes.v6 import ClassEvaluator6
from kea_twisted.config.server_config import ServerConfig6
from kea_twisted.ddns.v6 import Updates6
from kea_twisted.family import V6
from kea_twisted.hooks.callout import Callouts
from kea_twisted.leases.manager import LeaseManager6
from kea_twisted.options.lenient import lenient_options
from kea_twisted.options.spaces import STANDARD6, Definitions
from kea_twisted.server import reservations, selection
from kea_twisted.server.counters import Counters
from kea_twisted.server.dhcp_server import DhcpServer
from kea_twisted.server.outcome import Outcome
from kea_twisted.server.pipeline import HookPoint, Rows, Step, compile_steps
from kea_twisted.server.reception import query_arguments, settle_buffer, settle_packet
from kea_twisted.server.turns import await_turn
from kea_twisted.server.v6 import (
    confirm,
    decline,
    information_request,
    over6,
    rebind,
    reception,
    release,
    renew,
    request,
    solicit,
)
from kea_twisted.server.v6.counters import RECEIVED, SENT
from kea_twisted.server.v6.exchange import Exchange6
from kea_twisted.server.v6.forms import Forms
from kea_twisted.server.v6.hwaddr import sources_of
from kea_twisted.server.v6.reply import port_of
from kea_twisted.server.v6.words import WORDS
from kea_twisted.stats.registry import Statistics
from kea_twisted.subnets.pool import PdPool, Pool
from kea_twisted.wire.packet import Receipt
from kea_twisted.wire.v6 import (
    CONFIRM,
    DECLINE,
    DHCPV4_QUERY,
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
    reservations.classify,
    await_turn,
    HookPoint("pkt6_receive", query_arguments, settle_packet),
    reservations.drop_class,
    reception.check,
    reservations.identify,
    HookPoint("host6_identifier", reservations.early_identifier_arguments, reservations.settle_identifier),
    reservations.find_global_early,
)
"""What every query goes through."""

LOCATION: Final[Rows[Exchange6]] = (
    selection.select_subnet,
    HookPoint("subnet6_select", selection.selection_arguments, selection.settle_selection),
    HookPoint("host6_identifier", reservations.identifier_arguments, reservations.settle_identifier),
    reservations.find_hosts,
)
"""What a query goes through whose answer depends on the link."""

MESSAGES: Final[dict[int, Rows[Exchange6]]] = {
    SOLICIT: (*RECEPTION, *LOCATION, *solicit.STEPS),
    REQUEST: (*RECEPTION, *LOCATION, *request.STEPS),
    CONFIRM: (*RECEPTION, *LOCATION, *confirm.STEPS),
    RENEW: (*RECEPTION, *LOCATION, *renew.STEPS),
    REBIND: (*RECEPTION, *LOCATION, *rebind.STEPS),
    RELEASE: (*RECEPTION, *LOCATION, *release.STEPS),
    DECLINE: (*RECEPTION, *LOCATION, *decline.STEPS),
    INFORMATION_REQUEST: (*RECEPTION, *LOCATION, *information_request.STEPS),
    DHCPV4_QUERY: (*RECEPTION, *over6.STEPS),
}
"""The life of each message, from octets to outcome: the table to read first."""


class Dhcp6Server(DhcpServer[Exchange6, Counters]):
    """The DHCPv6 server of one configuration at a time.

    reclaimer: takes ended leases back; the daemon runs its cycles. store: the leases with their statistics. updates:
    what DNS is to be told; the daemon passes it on.
    """

    default_client_port: Final = V6.client_port
    relay_port: Final = V6.server_port

    def __init__(
        self,
        config: ServerConfig6,
        leases: LeaseManager6,
        statistics: Statistics,
        callouts: Callouts,
        now: float,
        client_port: int = 0,
    ) -> None:
        DhcpServer.__init__(self, WORDS, RECEPTION, MESSAGES, statistics, callouts, client_port)
        self.leases = leases
        self.reclaimer = reclaimer6(leases, statistics)
        self.updates = Updates6()
        self.store = Store6(leases, statistics, self.reclaimer, self.updates.remove)
        self.counters = Counters(statistics, now, "pkt6", RECEIVED, SENT)
        self.reconfigure(config)

    def reconfigure(self, config: ServerConfig6) -> None:
        """Work from *config* from the next query on."""
        self.config = config
        self.updates.configure(config.ddns_enabled, config.subnets)
        self.classes = ClassEvaluator6(config.classes)
        self.classes_with_lifetimes = {
            name: (found.preferred, found.valid)
            for name, found in config.classes.items()
            if found.preferred or found.valid
        }
        self.engine = Engine6(self.store, config.hosts, config.reservations_in_use)
        self.mac_sources = sources_of(config.mac_sources)
        definitions = Definitions(config.definitions, V6) if config.definitions else STANDARD6
        self.forms = Forms(definitions, lenient_options(definitions, V6) if config.lenient_option_parsing else {})
        pools: list[Pool | PdPool] = []
        for subnet in config.subnets:
            pools += subnet.pools
            pools += subnet.pd_pools
        self.forget_plans(pools)

    def begin(self, octets: bytes, receipt: Receipt, now: float) -> Exchange6:
        """Return the exchange for one datagram."""
        query = Packet6.__new__(Packet6)
        query.receive(octets, receipt)
        return Exchange6(self, query, now)

    def compile_pipelines(self) -> None:
        """Make the pipelines, and that of what the DHCPv4 server has answered."""
        DhcpServer.compile_pipelines(self)
        self._response: tuple[Step[Exchange6], ...] = compile_steps(over6.RESPONSE, self.callouts)

    def receive_response(self, packet: Packet6, now: float) -> Outcome:
        """Return what becomes of a DHCPv4-response: *packet* says which socket and address it goes to."""
        exchange = Exchange6(self, packet, now)
        exchange.reply = packet
        exchange.steps = self._response
        packet.remote_port = port_of(packet, self)
        return self.resume(exchange, now)
