"""One DHCPv6 query on its way through the pipeline, and what it may use on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kea_twisted.alloc.engine import current_host
from kea_twisted.alloc.request6 import Association, Request6
from kea_twisted.base.address import text6
from kea_twisted.config.server_config import ServerConfig6
from kea_twisted.hooks.callout import CalloutHandle
from kea_twisted.hosts.host import Host
from kea_twisted.leases.lease import IA_PD, Lease6
from kea_twisted.server.exchange import Exchange
from kea_twisted.server.procedure import Course
from kea_twisted.subnets.pool import PdPool, Pool
from kea_twisted.subnets.v6 import Subnet6
from kea_twisted.wire.v6 import Ia6, OptionMap, Packet6, parse_ia

if TYPE_CHECKING:
    from kea_twisted.server.v6.server import Dhcp6Server

OPTION_CLIENT_ID: Final = 1
OPTION_SERVER_ID: Final = 2
OPTION_IA_NA: Final = 3
OPTION_IA_TA: Final = 4
OPTION_IAADDR: Final = 5
OPTION_REQUEST_LIST: Final = 6
OPTION_STATUS_CODE: Final = 13
OPTION_RAPID_COMMIT: Final = 14
OPTION_VENDOR_CLASS: Final = 16
OPTION_VENDOR_OPTS: Final = 17
OPTION_INTERFACE_ID: Final = 18
OPTION_IA_PD: Final = 25
OPTION_IAPREFIX: Final = 26
OPTION_REMOTE_ID: Final = 37
OPTION_FQDN: Final = 39
OPTION_RSOO: Final = 66
OPTION_PD_EXCLUDE: Final = 67
OPTION_CLIENT_LINKLAYER_ADDR: Final = 79
OPTION_RELAY_SOURCE_PORT: Final = 135
"""The options that the server itself reads or writes. RFC 8415 §21, RFC 4649, 4704, 6422, 6603, 6939, 8357."""

MULTICAST_FIRST: Final = 0xFF << 120
"""The first multicast address; all after it are multicast, too."""


class Exchange6(Exchange["Dhcp6Server", ServerConfig6, Packet6, Subnet6, OptionMap]):
    """The notes of one DHCPv6 query.

    hwaddr, hwtype, hwaddr_source: the link-layer address, once it was looked for. ias: the IA_NA and IA_PD options of
    the query, in the order in which they are answered. request: what the allocation engine is asked. associations:
    what it decided. deleted: leases that ended by this query. options: the options of the reply. suspended: the
    procedure that waits for a callout.
    """

    __slots__ = (
        "associations",
        "declined",
        "deleted",
        "hwaddr",
        "hwaddr_known",
        "hwaddr_source",
        "hwtype",
        "ias",
        "request",
        "suspended",
    )

    def __init__(self, server: Dhcp6Server, query: Packet6, now: float) -> None:
        Exchange.__init__(self, server, server.config, query, now)
        self.hwaddr = b""
        self.hwtype = 0
        self.hwaddr_source = 0
        self.hwaddr_known = False
        self.ias: list[tuple[int, Ia6]] = []
        self.request: Request6 | None = None
        self.associations: list[Association] = []
        self.deleted: list[Lease6] = []
        self.declined: list[Lease6] = []
        self.options = {}
        self.suspended: tuple[Course, CalloutHandle] | None = None

    @property
    def label(self) -> str:
        """What identifies the query in a log line, in Kea's form."""
        return self.query.label

    def read_again(self) -> None:
        """Read the IAs of the query, which a callout may have changed or parsed itself."""
        options = self.query.options
        self.ias = [(code, parse_ia(body)) for code in (OPTION_IA_NA, OPTION_IA_PD) for body in options.get(code, ())]

    @property
    def host(self) -> Host | None:
        """The reservation that counts: of the subnet that gave something reserved, else of the selected subnet."""
        request = self.request
        subnet = self.subnet if request is None or request.host_subnet is None else request.host_subnet
        return current_host(subnet, self.hosts)

    def pools(self) -> tuple[Pool | PdPool, ...]:
        """Return the pools of the selected subnet that the leases of the reply came from, each once."""
        subnet = self.subnet
        if subnet is None or not self.associations:
            return ()
        found: list[Pool | PdPool] = []
        for association in self.associations:
            for lease in association.leases:
                address = lease.address
                pools: tuple[Pool | PdPool, ...] = subnet.pd_pools if lease.lease_type == IA_PD else subnet.pools
                for pool in pools:
                    if pool.first <= address <= pool.last:
                        if pool not in found:
                            found.append(pool)
                        break
        return tuple(found)

    def start_reply(self, message_type: int) -> Packet6:
        """Make the reply with what is copied from the query: client identifier and relay messages. RFC 8415 §19.3."""
        query = self.query
        reply = Packet6(message_type, query.transid)
        reply.ifname = query.ifname
        reply.ifindex = query.ifindex
        reply.source_mac = query.source_mac
        reply.socket = query.socket
        if query.relays:
            reply.relays = [relay.reply() for relay in query.relays]
        self.reply = reply
        options = self.options
        client_id = query.options.get(OPTION_CLIENT_ID)
        if client_id:
            options[OPTION_CLIENT_ID] = client_id[:1]
        options[OPTION_SERVER_ID] = [self.config.server_id]
        return reply

    def add(self, code: int, body: bytes) -> None:
        """Append an option to the reply."""
        bodies = self.options.get(code)
        if bodies is None:
            self.options[code] = [body]
        else:
            bodies.append(body)


def describe(packet: Packet6) -> str:
    """Return all of a packet on one line, for the log."""
    options = ", ".join(f"{code}={body.hex()}" for code in sorted(packet.options) for body in packet.options[code])
    relays = "".join(
        f" relay(hop={relay.hop_count} link={text6(relay.link_address)} peer={text6(relay.peer_address)} "
        f"options={len(relay.options)})"
        for relay in packet.relays
    )
    return f"type={packet.message_type}({packet.name}) tid=0x{packet.transid:x} options: {options}{relays}"
