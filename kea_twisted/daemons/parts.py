"""What differs between the two DHCP daemons: their messages, and how their pieces are made.

The composition itself is in :mod:`.dhcp`, the rows for each family in :mod:`.dhcp4` and :mod:`.dhcp6`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Protocol

from kea_twisted.alloc.reclaim import Reclaimer
from kea_twisted.alloc.sanity import LeaseCheck
from kea_twisted.config.common import DhcpServer
from kea_twisted.config.server_config import ServerConfig
from kea_twisted.daemons.dispatcher import DispatchMessages, Server
from kea_twisted.daemons.over6 import Over6
from kea_twisted.ddns.updates import Updates
from kea_twisted.family import Family
from kea_twisted.hooks.callout import Callouts
from kea_twisted.log.logger import Logger
from kea_twisted.log.message import Message
from kea_twisted.net.interfaces import Interfaces
from kea_twisted.net.reader import SocketRules
from kea_twisted.net.selection import Selection
from kea_twisted.stats.registry import Statistics


class DhcpServerCore(Server, Protocol):
    """A pure server as the daemons hold it."""

    @property
    def reclaimer(self) -> Reclaimer[Any]:
        """What takes back its expired leases."""

    @property
    def updates(self) -> Updates[Any]:
        """What DNS is to be told."""

    @property
    def counters(self) -> Any:
        """What counts its messages."""

    @property
    def callouts(self) -> Callouts:
        """The callouts of the loaded hook libraries."""

    @callouts.setter
    def callouts(self, callouts: Callouts) -> None: ...


@dataclass(frozen=True, slots=True)
class DaemonMessages:
    """The messages of a daemon's life, which both families have under their own ids."""

    starting: Message
    started: Message
    start_info: Message
    shutdown: Message
    shutdown_request: Message
    init_fail: Message
    already_running: Message
    server_failed: Message
    config_warning: Message
    config_received: Message
    config_start: Message
    config_complete: Message
    config_load_fail: Message
    parser_fail: Message
    sockets_failed: Message
    reconfiguring: Message
    reconfigured: Message
    reconfigure_fail: Message
    multi_threading: Message
    lookup_first: Message
    request_send_failed: Message
    packet_queue: Message
    packet_queue_full: Message
    reclaim_failed: Message
    dispatch: DispatchMessages


class FamilyParts(ABC):
    """Makes the pieces of one family's daemon from a configuration.

    lease_check: makes the check of what is read from a lease file. counts_ignored: packets that come while service is
    switched off are counted as received. logger: of the daemon's own lines. over6: makes the connection to the server
    of the other family.
    """

    family: Family
    lease_check: type[LeaseCheck[Any]]
    counts_ignored = False
    logger: Logger
    messages: DaemonMessages
    over6: type[Over6]

    @abstractmethod
    def socket_rules(self, model: Any, selection: Selection, port: int) -> SocketRules:
        """Return which sockets the configuration wants."""

    @abstractmethod
    def build(self, model: Any, interfaces: Collection[str]) -> ServerConfig:
        """Return the snapshot of a configuration. interfaces: names of the machine's. Raises ConfigErrors."""

    def settle(self, model: Any, config: Any, interfaces: Interfaces, data_directory: str) -> Any:
        """Return *config* with what the machine contributes; called once it is clear that it will be put in force.

        data_directory: where the server keeps what it must remember. Raises KeaError.
        """
        return config

    @abstractmethod
    def open_leases(self, path: str | None, max_row_errors: int, check: LeaseCheck[Any]) -> Any:
        """Return the lease store. path: None to keep nothing. check: of the leases that are read. Raises StoreError."""

    @abstractmethod
    def make_server(
        self, config: Any, leases: Any, statistics: Statistics, callouts: Callouts, now: float, client_port: int
    ) -> DhcpServerCore:
        """Return a server."""

    @abstractmethod
    def reconfigure(self, server: Any, config: Any, now: float) -> None:
        """Have *server* work from another configuration."""

    @abstractmethod
    def set_addresses(self, server: Any, addresses: frozenset[int]) -> None:
        """Tell *server* the addresses of its open sockets, if it wants to know."""

    @abstractmethod
    def recount(self, statistics: Statistics, config: Any, leases: Any, now: float) -> None:
        """Begin the statistics of a configuration."""

    @abstractmethod
    def summary(self, model: DhcpServer, config: Any) -> str:
        """Return the text that sums a configuration up in the log."""
