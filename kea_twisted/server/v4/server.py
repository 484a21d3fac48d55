"""The DHCPv4 server: the table of its messages, and what a configuration means to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kea_twisted.alloc.reclaim import reclaimer4
from kea_twisted.alloc.v4 import Engine4
from kea_twisted.base.address import mask
from kea_twisted.classes.v4 import ClassEvaluator4
from kea_twisted.config.server_config import ServerConfig4
from kea_twisted.ddns.v4 import Updates4
from kea_twisted.family import V4
from kea_twisted.hooks.callout import Callouts
from kea_twisted.leases.manager import LeaseManager4
from kea_twisted.options.definition import OptionSet
from kea_twisted.options.lenient import lenient_options
from kea_twisted.options.spaces import Definitions
from kea_twisted.options.suboptions import parse4
from kea_twisted.server import reservations, selection
from kea_twisted.server.dhcp_server import DhcpServer
from kea_twisted.server.outcome import Outcome
from kea_twisted.server.pipeline import HookPoint, Rows, Step, compile_steps, run
from kea_twisted.server.reception import query_arguments, settle_buffer, settle_packet
from kea_twisted.server.turns import await_turn
from kea_twisted.server.v4 import decline, discover, inform, reception, release, request
from kea_twisted.server.v4.counters import Counters4
from kea_twisted.server.v4.exchange import BROADCAST, OPTION_RELAY_AGENT, OPTION_SERVER_ID, Exchange4
from kea_twisted.server.v4.words import WORDS
from kea_twisted.stats.registry import Statistics
from kea_twisted.wire.packet import Receipt
from kea_twisted.wire.v4 import (
    DHCPDECLINE,
    DHCPDISCOVER,
    DHCPINFORM,
    DHCPRELEASE,
    DHCPREQUEST,
    Packet4,
)
from kea_twisted.wire.v6 import Packet6

RECEPTION: Final[Rows[Exchange4]] = (
    HookPoint("buffer4_receive", query_arguments, settle_buffer),
    reception.parse_query,
    reservations.classify,
    reception.accept,
    await_turn,
    HookPoint("pkt4_receive", query_arguments, settle_packet),
    reservations.drop_class,
    reception.check,
    reservations.identify,
    HookPoint("host4_identifier", reservations.early_identifier_arguments, reservations.settle_identifier),
    reservations.find_global_early,
)
"""What every query goes through."""

LOCATION: Final[Rows[Exchange4]] = (
    selection.select_subnet,
    HookPoint("subnet4_select", selection.selection_arguments, selection.settle_selection),
    HookPoint("host4_identifier", reservations.identifier_arguments, reservations.settle_identifier),
    reservations.find_hosts,
)
"""What a query goes through whose answer depends on the link."""

MESSAGES: Final[dict[int, Rows[Exchange4]]] = {
    DHCPDISCOVER: (*RECEPTION, *LOCATION, *discover.STEPS),
    DHCPREQUEST: (*RECEPTION, *LOCATION, *request.STEPS),
    DHCPRELEASE: (*RECEPTION, *release.STEPS),
    DHCPDECLINE: (*RECEPTION, *decline.STEPS),
    DHCPINFORM: (*RECEPTION, *LOCATION, *inform.STEPS),
}
"""The life of each message, from octets to outcome: the table to read first."""

_SERVER_ID_OVERRIDE: Final = 11
"""Sub-option of option 82, RFC 5107."""

_TWO_ADDRESSES: Final = 8
"""Octets of an option that came twice, and was joined. RFC 3396 §7."""

_NETMASKS: Final = tuple(mask(length, 32).to_bytes(4, "big") for length in range(33))


class Dhcp4Server(DhcpServer[Exchange4, Counters4]):
    """The DHCPv4 server of one configuration at a time.

    reclaimer: takes ended leases back; the daemon runs its cycles. addresses: those of the open sockets as ints; the
    daemon keeps them up to date. updates: what DNS is to be told; the daemon passes it on.
    """

    default_client_port: Final = V4.client_port
    relay_port: Final = V4.server_port
    netmasks: Final = _NETMASKS

    def __init__(
        self,
        config: ServerConfig4,
        leases: LeaseManager4,
        statistics: Statistics,
        callouts: Callouts,
        now: float,
        client_port: int = 0,
    ) -> None:
        DhcpServer.__init__(self, WORDS, RECEPTION, MESSAGES, statistics, callouts, client_port)
        self.leases = leases
        self.reclaimer = reclaimer4(leases, statistics)
        self.updates = Updates4()
        self.addresses: frozenset[int] = frozenset()
        self.reconfigure(config, now)

    def reconfigure(self, config: ServerConfig4, now: float) -> None:
        """Work from *config* from the next query on."""
        self.config = config
        self.updates.configure(config.ddns_enabled, config.subnets)
        self.counters = Counters4(self.statistics, now)
        self.definitions = Definitions(config.definitions, V4)
        self.lenient = lenient_options(self.definitions, V4) if config.lenient_option_parsing else {}
        self.classes = ClassEvaluator4(config.classes)
        self.classes_with_fields = {
            name: found
            for name, found in config.classes.items()
            if found.next_server or found.server_hostname or found.boot_file_name
        }
        self.classes_with_lifetime = {name: found.valid for name, found in config.classes.items() if found.valid}
        self.engine = Engine4(self.leases, config.hosts, config.reservations_in_use, config.reservations_lookup_first)
        self.forget_plans(pool for subnet in config.subnets for pool in subnet.pools)
        scopes = [config.options]
        scopes.extend(network.options for network in config.networks)
        scopes.extend(subnet.options for subnet in config.subnets)
        self._server_ids = _server_ids(scopes)
        # As in Kea, zero stands for what a subnet or network leaves open, and for nothing where all of them have one.
        if not all(_server_ids([scope]) for scope in scopes[1:]):
            self._server_ids |= {0}
        self._class_server_ids = {name: _server_ids([found.options]) for name, found in config.classes.items()}

    def compile_pipelines(self) -> None:
        """Make the pipelines, and the one that goes on where an answer has become a DHCPNAK."""
        DhcpServer.compile_pipelines(self)
        self._refusal: tuple[Step[Exchange4], ...] = compile_steps(request.REFUSAL, self.callouts)

    def begin(self, octets: bytes, receipt: Receipt, now: float) -> Exchange4:
        """Return the exchange for one datagram."""
        query = Packet4.__new__(Packet4)
        query.receive(octets, receipt)
        query.unparsed = ""
        query.carrier = None
        return Exchange4(self, query, now)

    def receive_over6(self, octets: bytes, carrier: Packet6, receipt: Receipt, now: float) -> Outcome:
        """Return what becomes of a DHCPv4 message that came inside the DHCPv6 message *carrier*.

        receipt: with the remote address and interface of *carrier*, and a local address of 0.
        """
        self.counters.received.add(1, now)
        exchange = self.begin(octets, receipt, now)
        exchange.query.carrier = carrier
        exchange.steps = self._reception
        return self.resume(exchange, now)

    def run_refusal(self, exchange: Exchange4) -> Outcome | None:
        """Go on with an exchange whose answer has become a DHCPNAK."""
        return run(exchange, self._refusal)

    def is_ours(self, query: Packet4, server_id: bytes) -> bool:
        """Return whether a client's server identifier means this server.

        It does if it is the address of a socket, an identifier configured for all or for a class of the query, zero
        where some subnet has no identifier, or the one that the relay agent put in place of them (RFC 5107). Of two
        identifiers none counts.
        """
        if len(server_id) >= _TWO_ADDRESSES:
            return False
        address = int.from_bytes(server_id[:4], "big")
        if address == query.interface_address or address == query.local_address != BROADCAST:
            return True
        if address in self.addresses or address in self._server_ids:
            return True
        if any(address in self._class_server_ids[name] for name in query.classes if name in self._class_server_ids):
            return True
        relay_agent = query.options.get(OPTION_RELAY_AGENT)
        return relay_agent is not None and parse4(relay_agent).get(_SERVER_ID_OVERRIDE) == server_id[:4]


def _server_ids(scopes: Iterable[OptionSet]) -> frozenset[int]:
    """Return the server identifiers that the options of *scopes* give."""
    return frozenset(
        int.from_bytes(option.body[:4], "big")
        for scope in scopes
        for option in scope
        if option.space == V4.space and option.code == OPTION_SERVER_ID
    )
