"""What a DHCPv4 and a DHCPv6 packet have in common: where it came from, where it goes, and its classes.

Not here: sockets. A :class:`Receipt` is what the socket layer knows about one datagram, as plain values.
"""

from __future__ import annotations


class Receipt:
    """Where one datagram came in: interface, addresses and ports.

    local_address, remote_address: ints of the family; local_address is the destination as sent, for a broadcast the
    broadcast address. interface_address: the address of the interface that the socket stands for, which answers come
    from. source_mac: the link-layer sender, b"" where the socket does not tell. socket: the object to answer through,
    opaque here. direct: whether it can answer a client that has no address yet.
    """

    __slots__ = (
        "direct",
        "ifindex",
        "ifname",
        "interface_address",
        "local_address",
        "local_port",
        "remote_address",
        "remote_port",
        "socket",
        "source_mac",
    )

    def __init__(
        self,
        ifname: str,
        ifindex: int,
        local_address: int,
        local_port: int,
        remote_address: int,
        remote_port: int,
        source_mac: bytes = b"",
        socket: object = None,
        interface_address: int = 0,
        direct: bool = True,
    ) -> None:
        self.ifname = ifname
        self.ifindex = ifindex
        self.local_address = local_address
        self.local_port = local_port
        self.remote_address = remote_address
        self.remote_port = remote_port
        self.source_mac = source_mac
        self.socket = socket
        self.interface_address = interface_address
        self.direct = direct


class Packet:
    """The part of a packet that is the same in both families.

    classes: the client classes it belongs to, in the order of assignment (the values are not used). octets: what came
    in, before it was parsed.
    A query holds the receipt's addresses; in a reply ``remote_address`` and ``remote_port`` are the destination.
    """

    __slots__ = (
        "classes",
        "direct",
        "ifindex",
        "ifname",
        "interface_address",
        "local_address",
        "local_port",
        "octets",
        "remote_address",
        "remote_port",
        "socket",
        "source_mac",
    )

    classes: dict[str, None]
    ifname: str
    ifindex: int
    local_address: int
    local_port: int
    remote_address: int
    remote_port: int
    source_mac: bytes
    socket: object
    interface_address: int
    direct: bool
    octets: bytes

    def receive(self, octets: bytes, receipt: Receipt) -> None:
        """Note where the packet came in, and what came in."""
        self.classes = {}
        self.octets = octets
        self.ifname = receipt.ifname
        self.ifindex = receipt.ifindex
        self.local_address = receipt.local_address
        self.local_port = receipt.local_port
        self.remote_address = receipt.remote_address
        self.remote_port = receipt.remote_port
        self.source_mac = receipt.source_mac
        self.socket = receipt.socket
        self.interface_address = receipt.interface_address
        self.direct = receipt.direct

    def add_class(self, name: str) -> None:
        """Put the packet into the client class *name*."""
        self.classes[name] = None

    def in_class(self, name: str) -> bool:
        """Return whether the packet belongs to the client class *name*."""
        return name in self.classes
