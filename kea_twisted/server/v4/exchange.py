"""One DHCPv4 query on its way through the pipeline, and what it may use on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kea_twisted.alloc.request4 import Choice, Request4
from kea_twisted.base.address import text4
from kea_twisted.base.octets import colon_hex
from kea_twisted.config.server_config import ServerConfig4
from kea_twisted.leases.lease import Lease4
from kea_twisted.options.suboptions import parse4
from kea_twisted.server.exchange import Exchange
from kea_twisted.server.v4.over6 import start_response
from kea_twisted.subnets.pool import Pool
from kea_twisted.subnets.v4 import Subnet4
from kea_twisted.wire.v4 import BOOTREPLY, Packet4

if TYPE_CHECKING:
    from kea_twisted.server.v4.server import Dhcp4Server

OPTION_SUBNET_MASK: Final = 1
OPTION_HOST_NAME: Final = 12
OPTION_REQUESTED_ADDRESS: Final = 50
OPTION_LEASE_TIME: Final = 51
OPTION_MESSAGE_TYPE: Final = 53
OPTION_SERVER_ID: Final = 54
OPTION_REQUEST_LIST: Final = 55
OPTION_T1: Final = 58
OPTION_T2: Final = 59
OPTION_CLIENT_ID: Final = 61
OPTION_FQDN: Final = 81
OPTION_RELAY_AGENT: Final = 82
OPTION_SUBNET_SELECTION: Final = 118
OPTION_VENDOR_OPTIONS: Final = 125
"""The options that the server itself reads or writes. RFC 2132, RFC 4702, RFC 3046, RFC 3011."""

BROADCAST: Final = 0xFFFFFFFF


class Exchange4(Exchange["Dhcp4Server", ServerConfig4, Packet4, Subnet4, dict[int, bytes]]):
    """The notes of one DHCPv4 query.

    request, choice: what the allocation engine was asked and chose. lease: the lease that is answered with; deleted:
    the client's lease that ended by this query. options: the dynamic options of the reply, which win over configured
    ones.
    """

    __slots__ = ("choice", "deleted", "lease", "request")

    def __init__(self, server: Dhcp4Server, query: Packet4, now: float) -> None:
        Exchange.__init__(self, server, server.config, query, now)
        self.request: Request4 | None = None
        self.choice: Choice | None = None
        self.lease: Lease4 | None = None
        self.deleted: Lease4 | None = None
        self.options = {}

    @property
    def label(self) -> str:
        """What identifies the query in a log line, in Kea's form."""
        return self.query.label

    def read_again(self) -> None:
        """Forget the subnet that was selected by what the query said before."""
        self.subnet = None

    def pools(self) -> tuple[Pool, ...]:
        """Return the pool that the reply's address is in, whatever classes it admits, or nothing."""
        reply = self.reply
        if self.subnet is not None and reply is not None and reply.yiaddr:
            for pool in self.subnet.pools:
                if pool.first <= reply.yiaddr <= pool.last:
                    return (pool,)
        return ()

    def start_reply(self, message_type: int) -> Packet4:
        """Make the reply with what is copied from the query: RFC 2131 table 3, RFC 3046 §2.2, RFC 6842 §3."""
        query = self.query
        reply = Packet4(message_type, query.xid)
        reply.op = BOOTREPLY
        reply.htype = query.htype
        reply.hops = query.hops
        reply.flags = query.flags
        reply.giaddr = query.giaddr
        reply.chaddr = query.chaddr
        reply.ifname = query.ifname
        reply.ifindex = query.ifindex
        reply.source_mac = query.source_mac
        reply.socket = query.socket
        if query.carrier is not None:
            reply.carrier = start_response(query.carrier)
        self.reply = reply
        options = self.options
        queried = query.options
        if OPTION_CLIENT_ID in queried and self.config.echo_client_id:
            options[OPTION_CLIENT_ID] = queried[OPTION_CLIENT_ID]
        if OPTION_RELAY_AGENT in queried and parse4(queried[OPTION_RELAY_AGENT]):
            options[OPTION_RELAY_AGENT] = queried[OPTION_RELAY_AGENT]
        if OPTION_SUBNET_SELECTION in queried:
            options[OPTION_SUBNET_SELECTION] = queried[OPTION_SUBNET_SELECTION]
        return reply


def describe(packet: Packet4) -> str:
    """Return all of a packet on one line, for the log."""
    fields = (
        f"op={packet.op} htype={packet.htype} hops={packet.hops} xid=0x{packet.xid:x} secs={packet.secs} "
        f"flags=0x{packet.flags:x} ciaddr={text4(packet.ciaddr)} yiaddr={text4(packet.yiaddr)} "
        f"siaddr={text4(packet.siaddr)} giaddr={text4(packet.giaddr)} chaddr={colon_hex(packet.chaddr)}"
    )
    options = ", ".join(f"{code}={body.hex()}" for code, body in sorted(packet.options.items()))
    return f"{packet.name} {fields} options: {options}"
