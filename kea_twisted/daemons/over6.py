"""DHCPv4-over-DHCPv6: one server's end of the connection between kea-dhcp6 and kea-dhcp4. RFC 7341.

With `dhcp4o6-port` N the DHCPv6 server has ::1 port N and the DHCPv4 server ::1 port N+1. What goes between them is
laid out by :mod:`kea_twisted.wire.over6`. Whatever arrives there, the worst that comes of it is a line in the log.
ARM dhcp4-dhcp4o6-config, dhcp6-dhcp4o6-config.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Final

from kea_twisted.base.address import text6
from kea_twisted.errors import KeaError, WireError
from kea_twisted.family import V4
from kea_twisted.log.logger import DHCPSRV, PACKETS
from kea_twisted.log.message import DBG_BASIC, DBG_DETAIL, DBG_DETAIL_DATA, Message
from kea_twisted.log.messages import dhcp4 as messages4
from kea_twisted.log.messages import dhcp6 as messages6
from kea_twisted.log.messages.dhcpsrv import DHCPSRV_DHCP4O6_RECEIVED_BAD_PACKET
from kea_twisted.log.messages.twisted import KEA_TWISTED_INFO
from kea_twisted.net.peer import PeerSocket, interface_index
from kea_twisted.net.v6 import is_link_local
from kea_twisted.server.v4.exchange import describe
from kea_twisted.wire.over6 import OPTION_DHCPV4_MSG, OPTION_VENDOR_OPTS, unwrap, wrap
from kea_twisted.wire.packet import Receipt
from kea_twisted.wire.v4 import Packet4
from kea_twisted.wire.v6 import DHCPV4_RESPONSE, Packet6

if TYPE_CHECKING:
    from kea_twisted.daemons.candidate import Candidate
    from kea_twisted.daemons.dhcp import DhcpDaemon

_SHORTEST: Final = 236
"""Octets of a DHCPv4 message without options. RFC 2131 §2."""


class Over6(ABC):
    """The end of one daemon.

    port: `dhcp4o6-port`, 0 while there is no connection. offsets: what is added to it for this server's own port and
    for the other's.
    """

    receiving: Message
    receive_failed: Message
    offsets: tuple[int, int]

    def __init__(self, daemon: DhcpDaemon) -> None:
        self.port = 0
        self._daemon = daemon
        self._socket: PeerSocket | None = None
        self._prepared: PeerSocket | None = None
        self._unreachable = False

    @abstractmethod
    def handle(self, packet: Packet6) -> None:
        """Have the server deal with what the other one sent."""

    def prepare(self, candidate: Candidate) -> None:
        """Open the socket of a new configuration, unless it has none or the open one stays. Raises KeaError."""
        port = candidate.config.dhcp4o6_port
        if not port or port == self.port:
            return
        own, peer = (port + offset for offset in self.offsets)
        try:
            self._prepared = PeerSocket(self._daemon.reactor, own, peer, self.received, self.failed)
        except OSError as error:
            reason = error.strerror or str(error)
            raise KeaError(f"dhcp4o6-port {port}: UDP port {own} of ::1 cannot be opened: {reason}") from error

    def discard(self) -> None:
        """Close what was prepared."""
        if self._prepared is not None:
            self._prepared.close()
            self._prepared = None

    def adopt(self, candidate: Candidate) -> None:
        """Go on with what was prepared, and close the former socket unless it stays."""
        port = candidate.config.dhcp4o6_port
        if port == self.port:
            return
        self.close()
        self.port = port
        self._socket, self._prepared = self._prepared, None
        if port:
            own, peer = (port + offset for offset in self.offsets)
            told = f"DHCPv4-over-DHCPv6 on ::1 port {own}, with the other server on port {peer}"
            self._daemon.parts.logger.log(KEA_TWISTED_INFO, "net", told)
        if self._daemon.running:
            self.start()

    def start(self) -> None:
        """Begin to receive."""
        if self._socket is not None:
            self._socket.start()

    def close(self) -> None:
        """Close the connection; harmless when repeated."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        self.port = 0
        self._unreachable = False

    def received(self, octets: bytes) -> None:
        """Take one message from the other server."""
        self._unreachable = False
        if PACKETS.rank >= DBG_DETAIL:
            PACKETS.log(self.receiving)
        try:
            packet = unwrap(octets)
            packet.ifindex = interface_index(packet.ifname)
            if not packet.ifindex:
                raise WireError(f"there is no interface {packet.ifname}", 0, OPTION_VENDOR_OPTS)
        except WireError as error:
            if error.code == OPTION_VENDOR_OPTS:
                DHCPSRV.log(DHCPSRV_DHCP4O6_RECEIVED_BAD_PACKET, error.reason)
            self.failed(error)
            return
        self.handle(packet)

    def failed(self, error: OSError | WireError) -> None:
        """Note what could not be received; a partner that is not there, too, is only noticed now."""
        if PACKETS.rank >= DBG_DETAIL:
            PACKETS.log(self.receive_failed, getattr(error, "strerror", None) or str(error))
        if isinstance(error, ConnectionRefusedError):
            self.missed()

    def missed(self) -> None:
        """Say, once an outage, that the other server is not there."""
        if not self._unreachable:
            self._unreachable = True
            port = self.port + self.offsets[1]
            self.say_unreachable(f"nobody listens on ::1 port {port}; is the other server running?")

    @abstractmethod
    def say_unreachable(self, reason: str) -> None:
        """Log that what was sent did not reach the other server."""

    def forward(self, octets: bytes) -> None:
        """Send one message to the other server."""
        try:
            if self._socket is None:
                raise OSError("the connection to the other server is closed")
            self._socket.send(octets)
        except ConnectionRefusedError:
            self.missed()
        except OSError as error:
            self.say_unreachable(error.strerror or str(error))


class Over6V4(Over6):
    """The DHCPv4 server's end: queries come in, answers go back. It stands for the socket that a query came from."""

    receiving = messages4.DHCP4_DHCP4O6_RECEIVING
    receive_failed = messages4.DHCP4_DHCP4O6_RECEIVE_FAIL
    offsets = (1, 0)

    def handle(self, packet: Packet6) -> None:
        """Have the DHCPv4 message in *packet* answered."""
        if PACKETS.rank >= DBG_BASIC:
            PACKETS.log(
                messages4.DHCP4_DHCP4O6_PACKET_RECEIVED,
                packet.message_type,
                text6(packet.remote_address),
                packet.ifname,
            )
        bodies = packet.options.pop(OPTION_DHCPV4_MSG, [])
        if len(bodies) != 1 or len(bodies[0]) < _SHORTEST:
            if PACKETS.rank >= DBG_DETAIL:
                many = f"{len(bodies)} DHCPv4 messages in it"
                short = f"DHCPv4 message of {len(bodies[0])} octets" if bodies else ""
                PACKETS.log(messages4.DHCP4_DHCP4O6_BAD_PACKET, short if len(bodies) == 1 else many)
            return
        daemon = self._daemon
        server: Any = daemon.server
        sockets = daemon.sockets.on(packet.ifname)
        receipt = Receipt(
            packet.ifname,
            packet.ifindex,
            0,
            V4.server_port,
            packet.remote_address,
            V4.client_port,
            socket=self,
            interface_address=sockets[0].address if sockets else 0,
        )
        daemon.handle(lambda now: server.receive_over6(bodies[0], packet, receipt, now))

    def send(self, octets: bytes, reply: Packet4) -> None:
        """Send an answer to the DHCPv6 server, inside the DHCPv6 message that was made for it."""
        carrier = reply.carrier
        if PACKETS.rank >= DBG_BASIC:
            self._log_reply(reply)
        if carrier is None:
            reason = "a callout has replaced the answer by one without its DHCPv6 message"
            PACKETS.log(messages4.DHCP4_DHCP4O6_PACKET_SEND_FAIL, reply.label, reason)
            return
        carrier.options[OPTION_DHCPV4_MSG] = [octets]
        self.forward(wrap(carrier))

    def say_unreachable(self, reason: str) -> None:
        """Log that an answer did not reach the DHCPv6 server."""
        PACKETS.log(messages4.DHCP4_DHCP4O6_PACKET_SEND_FAIL, "answer", reason)

    @staticmethod
    def _log_reply(reply: Packet4) -> None:
        """Say what is sent, and where to."""
        name, kind, client = reply.name, reply.message_type, text6(reply.remote_address)
        PACKETS.log(
            messages4.DHCP4_DHCP4O6_PACKET_SEND,
            *(reply.label, name, kind, client, reply.remote_port, reply.ifname, reply.label, name, kind),
        )
        if PACKETS.rank >= DBG_DETAIL_DATA:
            PACKETS.log(messages4.DHCP4_DHCP4O6_RESPONSE_DATA, reply.label, name, kind, describe(reply))


class Over6V6(Over6):
    """The DHCPv6 server's end: queries go out, and the answers to clients come back."""

    receiving = messages6.DHCP6_DHCP4O6_RECEIVING
    receive_failed = messages6.DHCP6_DHCP4O6_RECEIVE_FAIL
    offsets = (0, 1)

    def handle(self, packet: Packet6) -> None:
        """Have *packet* sent on to the client or relay that it is for."""
        if PACKETS.rank >= DBG_BASIC:
            PACKETS.log(
                messages6.DHCP6_DHCP4O6_PACKET_RECEIVED,
                packet.message_type,
                text6(packet.remote_address),
                packet.remote_port,
                packet.ifname,
            )
        if packet.message_type != DHCPV4_RESPONSE or OPTION_DHCPV4_MSG not in packet.options:
            self.failed(WireError(f"{packet.name} is no DHCPv4-response with a DHCPv4 message", 0))
            return
        daemon = self._daemon
        server: Any = daemon.server
        sockets = daemon.sockets.on(packet.ifname)
        if not sockets:
            PACKETS.log(messages6.DHCP6_DHCP4O6_SEND_FAIL, f"there is no open IPv6 socket on {packet.ifname}")
            return
        local = is_link_local(packet.remote_address)
        packet.socket = next((each for each in sockets if is_link_local(each.address) == local), sockets[0])
        daemon.handle(lambda now: server.receive_response(packet, now))

    def say_unreachable(self, reason: str) -> None:
        """Log that a query did not reach the DHCPv4 server."""
        PACKETS.log(messages6.DHCP6_DHCP4O6_SEND_FAIL, reason)
