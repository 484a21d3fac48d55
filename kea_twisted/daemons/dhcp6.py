"""kea-dhcp6: the pieces of the DHCPv6 daemon, and its console script."""

from __future__ import annotations

import sys
import time
from collections.abc import Collection
from dataclasses import replace
from typing import Any, Final

from kea_twisted.alloc.recount import recount6
from kea_twisted.alloc.sanity import LeaseCheck, LeaseCheck6
from kea_twisted.base.octets import colon_hex
from kea_twisted.config.build import build6
from kea_twisted.config.common import DhcpServer
from kea_twisted.config.server_config import ServerConfig
from kea_twisted.daemons.dispatcher import DispatchMessages
from kea_twisted.daemons.options import DhcpOptions
from kea_twisted.daemons.over6 import Over6V6
from kea_twisted.daemons.parts import DaemonMessages, DhcpServerCore, FamilyParts
from kea_twisted.daemons.server_id import ServerIdSpec, server_duid
from kea_twisted.daemons.service import run
from kea_twisted.family import V6
from kea_twisted.hooks.callout import Callouts
from kea_twisted.leases.lease import Lease6
from kea_twisted.leases.memfile.manager import Memfile6
from kea_twisted.log.logger import DHCP6
from kea_twisted.log.messages import dhcp6 as messages
from kea_twisted.net.interfaces import Interfaces
from kea_twisted.net.reader import SocketRules
from kea_twisted.net.selection import Selection
from kea_twisted.net.v6 import SocketRules6
from kea_twisted.server.v6.server import Dhcp6Server
from kea_twisted.stats.registry import Statistics

SPEC_FIELDS: Final = {"type", "identifier", "htype", "time", "enterprise_id", "persist"}


class Options(DhcpOptions):
    """The command line of kea-dhcp6."""

    family = V6


class Parts6(FamilyParts):
    """Makes the pieces of kea-dhcp6."""

    family = V6
    lease_check = LeaseCheck6
    counts_ignored = True
    logger = DHCP6
    over6 = Over6V6
    messages = DaemonMessages(
        starting=messages.DHCP6_STARTING,
        started=messages.DHCP6_STARTED,
        start_info=messages.DHCP6_START_INFO,
        shutdown=messages.DHCP6_SHUTDOWN,
        shutdown_request=messages.DHCP6_SHUTDOWN_REQUEST,
        init_fail=messages.DHCP6_INIT_FAIL,
        already_running=messages.DHCP6_ALREADY_RUNNING,
        server_failed=messages.DHCP6_SERVER_FAILED,
        config_warning=messages.DHCP6_CONFIG_SYNTAX_WARNING,
        config_received=messages.DHCP6_CONFIG_RECEIVED,
        config_start=messages.DHCP6_CONFIG_START,
        config_complete=messages.DHCP6_CONFIG_COMPLETE,
        config_load_fail=messages.DHCP6_CONFIG_LOAD_FAIL,
        parser_fail=messages.DHCP6_PARSER_FAIL,
        sockets_failed=messages.DHCP6_OPEN_SOCKETS_FAILED,
        reconfiguring=messages.DHCP6_DYNAMIC_RECONFIGURATION,
        reconfigured=messages.DHCP6_DYNAMIC_RECONFIGURATION_SUCCESS,
        reconfigure_fail=messages.DHCP6_DYNAMIC_RECONFIGURATION_FAIL,
        multi_threading=messages.DHCP6_MULTI_THREADING_INFO,
        lookup_first=messages.DHCP6_RESERVATIONS_LOOKUP_FIRST_ENABLED,
        request_send_failed=messages.DHCP6_DDNS_REQUEST_SEND_FAILED,
        packet_queue=messages.DHCP6_CONFIG_PACKET_QUEUE,
        packet_queue_full=messages.DHCP6_PACKET_QUEUE_FULL,
        reclaim_failed=messages.DHCP6_RECLAIM_EXPIRED_LEASES_FAIL,
        dispatch=DispatchMessages(
            failed=messages.DHCP6_PACKET_PROCESS_STD_EXCEPTION,
            send_failed=messages.DHCP6_PACKET_SEND_FAIL,
            disabled=messages.DHCP6_PACKET_DROP_DHCP_DISABLED,
            parking_full=messages.DHCP6_HOOK_LEASES6_PARKING_LOT_FULL,
        ),
    )

    def socket_rules(self, model: Any, selection: Selection, port: int) -> SocketRules:
        """Return which sockets the configuration wants."""
        return SocketRules6(selection, port)

    def build(self, model: Any, interfaces: Collection[str]) -> ServerConfig:
        """Return the snapshot of a configuration. Raises ConfigErrors."""
        return build6(model, interfaces=interfaces)

    def settle(self, model: Any, config: Any, interfaces: Interfaces, data_directory: str) -> Any:
        """Return *config* with the server's DUID in it. Raises KeaError."""
        configured = model.server_id
        spec = ServerIdSpec() if configured is None else ServerIdSpec(**configured.model_dump(include=SPEC_FIELDS))
        duid, path = server_duid(spec, data_directory, interfaces.values(), time.time())
        self.logger.log(messages.DHCP6_USING_SERVERID, colon_hex(duid), path)
        return replace(config, server_id=duid)

    def open_leases(self, path: str | None, max_row_errors: int, check: LeaseCheck[Lease6]) -> Memfile6:
        """Return the lease store. Raises StoreError."""
        return Memfile6(path, max_row_errors, None if check.mode == "none" else check)

    def make_server(
        self, config: Any, leases: Any, statistics: Statistics, callouts: Callouts, now: float, client_port: int
    ) -> DhcpServerCore:
        """Return a server."""
        return Dhcp6Server(config, leases, statistics, callouts, now, client_port)

    def reconfigure(self, server: Dhcp6Server, config: Any, now: float) -> None:
        """Have *server* work from another configuration."""
        server.reconfigure(config)

    def set_addresses(self, server: Dhcp6Server, addresses: frozenset[int]) -> None:
        """Do nothing: DHCPv6 servers are named by their DUID."""

    def recount(self, statistics: Statistics, config: Any, leases: Any, now: float) -> None:
        """Begin the statistics of a configuration."""
        recount6(statistics, config.subnets, leases, now)

    def summary(self, model: DhcpServer, config: Any) -> str:
        """Return the text that sums a configuration up in the log."""
        ddns = "enabled" if model.dhcp_ddns is not None and model.dhcp_ddns.enable_updates else "disabled"
        return f"added IPv6 subnets: {len(config.subnets)}; DDNS: {ddns}"


def main() -> int:
    """Run kea-dhcp6 from a shell."""
    return run(Options(), Parts6(), sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
