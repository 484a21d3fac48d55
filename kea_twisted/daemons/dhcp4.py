"""kea-dhcp4: the pieces of the DHCPv4 daemon, and its console script."""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import Any

from kea_twisted.alloc.recount import recount4
from kea_twisted.alloc.sanity import LeaseCheck, LeaseCheck4
from kea_twisted.config.build import build4
from kea_twisted.config.common import DhcpServer
from kea_twisted.config.server_config import ServerConfig
from kea_twisted.daemons.dispatcher import DispatchMessages
from kea_twisted.daemons.options import DhcpOptions
from kea_twisted.daemons.over6 import Over6V4
from kea_twisted.daemons.parts import DaemonMessages, DhcpServerCore, FamilyParts
from kea_twisted.daemons.service import run
from kea_twisted.family import V4
from kea_twisted.hooks.callout import Callouts
from kea_twisted.leases.lease import Lease4
from kea_twisted.leases.memfile.manager import Memfile4
from kea_twisted.log.logger import DHCP4, DHCPSRV
from kea_twisted.log.messages import dhcp4 as messages
from kea_twisted.log.messages.dhcpsrv import DHCPSRV_CFGMGR_SOCKET_RAW_UNSUPPORTED
from kea_twisted.net.reader import SocketRules
from kea_twisted.net.selection import Selection
from kea_twisted.net.v4 import RAW_SUPPORTED, SocketRules4
from kea_twisted.server.v4.server import Dhcp4Server
from kea_twisted.stats.registry import Statistics


class Options(DhcpOptions):
    """The command line of kea-dhcp4."""

    family = V4


class Parts4(FamilyParts):
    """Makes the pieces of kea-dhcp4."""

    family = V4
    raw_supported = RAW_SUPPORTED
    lease_check = LeaseCheck4
    logger = DHCP4
    over6 = Over6V4
    messages = DaemonMessages(
        starting=messages.DHCP4_STARTING,
        started=messages.DHCP4_STARTED,
        start_info=messages.DHCP4_START_INFO,
        shutdown=messages.DHCP4_SHUTDOWN,
        shutdown_request=messages.DHCP4_SHUTDOWN_REQUEST,
        init_fail=messages.DHCP4_INIT_FAIL,
        already_running=messages.DHCP4_ALREADY_RUNNING,
        server_failed=messages.DHCP4_SERVER_FAILED,
        config_warning=messages.DHCP4_CONFIG_SYNTAX_WARNING,
        config_received=messages.DHCP4_CONFIG_RECEIVED,
        config_start=messages.DHCP4_CONFIG_START,
        config_complete=messages.DHCP4_CONFIG_COMPLETE,
        config_load_fail=messages.DHCP4_CONFIG_LOAD_FAIL,
        parser_fail=messages.DHCP4_PARSER_FAIL,
        sockets_failed=messages.DHCP4_OPEN_SOCKETS_FAILED,
        reconfiguring=messages.DHCP4_DYNAMIC_RECONFIGURATION,
        reconfigured=messages.DHCP4_DYNAMIC_RECONFIGURATION_SUCCESS,
        reconfigure_fail=messages.DHCP4_DYNAMIC_RECONFIGURATION_FAIL,
        multi_threading=messages.DHCP4_MULTI_THREADING_INFO,
        lookup_first=messages.DHCP4_RESERVATIONS_LOOKUP_FIRST_ENABLED,
        request_send_failed=messages.DHCP4_DDNS_REQUEST_SEND_FAILED,
        packet_queue=messages.DHCP4_CONFIG_PACKET_QUEUE,
        packet_queue_full=messages.DHCP4_PACKET_QUEUE_FULL,
        reclaim_failed=messages.DHCP4_RECLAIM_EXPIRED_LEASES_FAIL,
        dispatch=DispatchMessages(
            failed=messages.DHCP4_PACKET_PROCESS_STD_EXCEPTION,
            send_failed=messages.DHCP4_PACKET_SEND_FAIL,
            disabled=messages.DHCP4_PACKET_DROP_0008,
            parking_full=messages.DHCP4_HOOK_LEASES4_PARKING_LOT_FULL,
        ),
    )

    def socket_rules(self, model: Any, selection: Selection, port: int) -> SocketRules:
        """Return which sockets the configuration wants."""
        section = model.interfaces_config
        raw = section.dhcp_socket_type == "raw"
        if raw and not self.raw_supported:
            DHCPSRV.log(DHCPSRV_CFGMGR_SOCKET_RAW_UNSUPPORTED)
            raw = False
        return SocketRules4(selection, port, raw, section.outbound_interface == "use-routing")

    def build(self, model: Any, interfaces: Collection[str]) -> ServerConfig:
        """Return the snapshot of a configuration. Raises ConfigErrors."""
        return build4(model, interfaces)

    def open_leases(self, path: str | None, max_row_errors: int, check: LeaseCheck[Lease4]) -> Memfile4:
        """Return the lease store. Raises StoreError."""
        return Memfile4(path, max_row_errors, None if check.mode == "none" else check)

    def make_server(
        self, config: Any, leases: Any, statistics: Statistics, callouts: Callouts, now: float, client_port: int
    ) -> DhcpServerCore:
        """Return a server."""
        return Dhcp4Server(config, leases, statistics, callouts, now, client_port)

    def reconfigure(self, server: Dhcp4Server, config: Any, now: float) -> None:
        """Have *server* work from another configuration."""
        server.reconfigure(config, now)

    def set_addresses(self, server: Dhcp4Server, addresses: frozenset[int]) -> None:
        """Tell *server* the addresses of its open sockets: clients name one of them as server identifier."""
        server.addresses = addresses

    def recount(self, statistics: Statistics, config: Any, leases: Any, now: float) -> None:
        """Begin the statistics of a configuration."""
        recount4(statistics, config.subnets, leases, now)

    def summary(self, model: DhcpServer, config: Any) -> str:
        """Return the text that sums a configuration up in the log."""
        ddns = "enabled" if model.dhcp_ddns is not None and model.dhcp_ddns.enable_updates else "disabled"
        return f"added IPv4 subnets: {len(config.subnets)}; DDNS: {ddns}"


def main() -> int:
    """Run kea-dhcp4 from a shell."""
    return run(Options(), Parts4(), sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
