"""DHCPv6 sockets: the link-local address and the multicast group of each interface, and unicast addresses.

As in Kea, an interface named alone is served on its link-local address and on All_DHCP_Relay_Agents_and_Servers
(ff02::1:2); ``name/address`` adds one unicast address. RFC 8415 §7.1; ARM dhcp6-unicast.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kea_twisted.base.address import text6
from kea_twisted.net.interfaces import Interface
from kea_twisted.net.reactor import Watcher
from kea_twisted.net.reader import (
    BATCH,
    LARGEST,
    Batch,
    BatchReader,
    Deliver,
    Endpoint,
    ServiceSocket,
    SocketRules,
    enlarge,
)
from kea_twisted.net.selection import Selection
from kea_twisted.wire.packet import Packet, Receipt

ALL_AGENTS_AND_SERVERS: Final = 0xFF020000000000000000000000010002
_LINK_LOCAL: Final = 0xFE80 >> 6
_PKTINFO_SPACE: Final = socket.CMSG_SPACE(20)


def is_link_local(address: int) -> bool:
    """Return whether an address is in fe80::/10."""
    return address >> 118 == _LINK_LOCAL


def _open(address: int, ifindex: int, port: int) -> socket.socket:
    """Return a bound UDP socket."""
    opened = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    try:
        opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        enlarge(opened)
        scoped = is_link_local(address) or address == ALL_AGENTS_AND_SERVERS
        if address == ALL_AGENTS_AND_SERVERS:
            membership = address.to_bytes(16, "big") + struct.pack("=i", ifindex)
            # Other programs may hold the group's port on other interfaces.
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, membership)
        opened.bind((text6(address), port, 0, ifindex if scoped else 0))
    except OSError:
        opened.close()
        raise
    return opened


class _GroupReader(BatchReader):
    """Hear the multicast group of an interface. Answers leave through its link-local socket.

    abroad: the socket for those who did not send from a link-local address, the unicast one of the interface if it has
    one: as in Kea, like answers like.
    """

    def __init__(self, opened: socket.socket, link: LinkSocket6, watcher: Watcher, deliver: Deliver) -> None:
        super().__init__(opened, f"{link.endpoint.ifname}/ff02::1:2", watcher, deliver)
        self._link = link
        self.abroad: ServiceSocket = link

    def _receive(self, batch: Batch) -> None:
        """Receive datagrams."""
        link = self._link
        _receive_on(self._socket, link.endpoint, ALL_AGENTS_AND_SERVERS, link.port, (link, self.abroad), batch)


def _receive_on(
    opened: socket.socket,
    endpoint: Endpoint,
    local: int,
    port: int,
    answering: tuple[ServiceSocket, ServiceSocket],
    batch: Batch,
) -> None:
    """Append datagrams of a socket that belongs to one interface; ends by OSError or by the count.

    answering: the sockets for answers to link-local addresses and to others.
    """
    near, abroad = answering
    receive, pton = opened.recvfrom, socket.inet_pton
    ifname, ifindex = endpoint.ifname, endpoint.ifindex
    for _ in range(BATCH):
        message, remote = receive(LARGEST)
        source = int.from_bytes(pton(socket.AF_INET6, remote[0].partition("%")[0]), "big")
        through = near if source >> 118 == _LINK_LOCAL else abroad
        receipt = Receipt(ifname, ifindex, local, port, source, remote[1], b"", through, through.address)
        batch.append((message, receipt))


class LinkSocket6(ServiceSocket):
    """The link-local address of an interface, and beside it the multicast group."""

    def __init__(self, endpoint: Endpoint, port: int, watcher: Watcher, deliver: Deliver) -> None:
        opened = _open(endpoint.address, endpoint.ifindex, port)
        try:
            group = _open(ALL_AGENTS_AND_SERVERS, endpoint.ifindex, port)
        except OSError:
            opened.close()
            raise
        super().__init__(opened, endpoint, port, watcher, deliver)
        self._group = _GroupReader(group, self, watcher, deliver)

    def start(self) -> None:
        """Begin to read both sockets."""
        super().start()
        self._group.start()

    def close(self) -> None:
        """Close both sockets."""
        super().close()
        self._group.close()

    def _receive(self, batch: Batch) -> None:
        """Receive datagrams."""
        _receive_on(self._socket, self.endpoint, self.address, self.port, (self, self), batch)

    def meet(self, neighbours: Sequence[ServiceSocket]) -> None:
        """Answer the group's queries from global addresses through the unicast socket of the interface, if any."""
        unicast = [each for each in neighbours if isinstance(each, UnicastSocket6)]
        self._group.abroad = unicast[-1] if unicast else self

    def send(self, octets: bytes, reply: Packet) -> None:
        """Send a datagram out of this interface."""
        port = reply.remote_port
        self._socket.sendto(octets, (text6(reply.remote_address), port, 0, self.endpoint.ifindex))


class UnicastSocket6(ServiceSocket):
    """One unicast address."""

    def __init__(self, endpoint: Endpoint, port: int, watcher: Watcher, deliver: Deliver) -> None:
        opened = _open(endpoint.address, endpoint.ifindex, port)
        opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_RECVPKTINFO, 1)
        super().__init__(opened, endpoint, port, watcher, deliver)

    def _receive(self, batch: Batch) -> None:
        """Receive datagrams with the interface that each came in on."""
        receive, names, pton = self._socket.recvmsg, self._names, socket.inet_pton
        for _ in range(BATCH):
            message, ancillary, _flags, remote = receive(LARGEST, _PKTINFO_SPACE)
            index = self.endpoint.ifindex
            if ancillary:
                (index,) = struct.unpack_from("=i", ancillary[0][2], 16)
            name = names.get(index) or self.interface_name(index)
            source = int.from_bytes(pton(socket.AF_INET6, remote[0].partition("%")[0]), "big")
            receipt = Receipt(name, index, self.address, self.port, source, remote[1], b"", self, self.address)
            batch.append((message, receipt))

    def send(self, octets: bytes, reply: Packet) -> None:
        """Send a datagram; link-local destinations are those of the interface the query came in on."""
        address = reply.remote_address
        scope = reply.ifindex if is_link_local(address) else 0
        self._socket.sendto(octets, (text6(address), reply.remote_port, 0, scope))


@dataclass(frozen=True)
class SocketRules6(SocketRules):
    """DHCPv6 sockets as `interfaces-config` wants them."""

    selection: Selection
    port: int

    @property
    def names(self) -> tuple[str, ...]:
        """The interfaces asked for by name."""
        return self.selection.names

    def endpoints(self, interface: Interface) -> tuple[list[Endpoint], str]:
        """Return the sockets to open on *interface*; and why something asked for is missing, "" if nothing is."""
        name, selection = interface.name, self.selection
        unicast = selection.addresses(name)
        if not unicast and not selection.whole(name):
            return [], ""
        if interface.is_loopback and not selection.named(name):
            return [], ""
        if not interface.is_up:
            return [], "the interface is down"
        present = [a for a in unicast if a in interface.addresses6]
        found = [self._endpoint("unicast", interface, address) for address in present if not is_link_local(address)]
        if len(present) < len(unicast):
            return found, "the interface lost an address"
        if interface.is_loopback:
            return found, "" if found else "a loopback interface has no link-local address; name one of its addresses"
        # A link-local address that is named is served as it is anyway, with the group.
        local = [self._endpoint("link", interface, a) for a in interface.addresses6 if is_link_local(a)]
        deaf = not found and not local and selection.named(name)
        return found + local, "the interface has no link-local address" if deaf else ""

    def _endpoint(self, kind: str, interface: Interface, address: int) -> Endpoint:
        label = f"{interface.name}/{text6(address)}"
        return Endpoint(kind, interface.name, interface.index, interface.mac, address, label)

    def open_socket(self, endpoint: Endpoint, watcher: Watcher, deliver: Deliver) -> ServiceSocket:
        """Return the open socket of *endpoint*, not reading yet. Raises OSError."""
        if endpoint.kind == "link":
            return LinkSocket6(endpoint, self.port, watcher, deliver)
        return UnicastSocket6(endpoint, self.port, watcher, deliver)
