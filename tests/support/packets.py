"""DHCP messages by hand: a small encoder and decoder that shares nothing with the code under test.

Options are lists of (code, octets) in the order of the wire, so that anything can be written, right or wrong; DHCPv6
options nest through the helpers `ia_na`, `iaaddr` and so on.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

COOKIE = b"\x63\x82\x53\x63"
Option = tuple[int, bytes]

DISCOVER, OFFER, REQUEST, DECLINE, ACK, NAK, RELEASE, INFORM = range(1, 9)
TYPES4 = ("0", "DISCOVER", "OFFER", "REQUEST", "DECLINE", "ACK", "NAK", "RELEASE", "INFORM")

SOLICIT, ADVERTISE, REQUEST6, CONFIRM, RENEW, REBIND, REPLY, RELEASE6, DECLINE6, RECONFIGURE = range(1, 11)
INFORMATION_REQUEST, RELAY_FORW, RELAY_REPL = 11, 12, 13
TYPES6 = (
    *("0", "SOLICIT", "ADVERTISE", "REQUEST", "CONFIRM", "RENEW", "REBIND", "REPLY", "RELEASE", "DECLINE"),
    *("RECONFIGURE", "INFORMATION-REQUEST", "RELAY-FORW", "RELAY-REPL"),
)


def ip4(text: str) -> bytes:
    """Return the four octets of a dotted quad."""
    return socket.inet_aton(text)


def ip6(text: str) -> bytes:
    """Return the sixteen octets of an IPv6 address."""
    return socket.inet_pton(socket.AF_INET6, text)


def u32(value: int) -> bytes:
    """Return four octets."""
    return struct.pack("!I", value)


def u16(value: int) -> bytes:
    """Return two octets."""
    return struct.pack("!H", value)


def tlv4(options: Iterable[Option]) -> bytes:
    """Return options or sub-options in one-octet code, one-octet length form."""
    return b"".join(bytes((code, len(body))) + body for code, body in options)


def tlv6(options: Iterable[Option]) -> bytes:
    """Return options in two-octet code, two-octet length form."""
    return b"".join(struct.pack("!HH", code, len(body)) + body for code, body in options)


def mac(number: int) -> bytes:
    """Return the hardware address of test client *number*."""
    return b"\x02\x00\x00\x01" + number.to_bytes(2, "big")


@dataclass
class Dhcp4:
    """A DHCPv4 message, field by field. tail: octets after the last option (the end option by default)."""

    op: int = 1
    htype: int = 1
    hlen: int | None = None
    hops: int = 0
    xid: int = 0x01020304
    secs: int = 0
    flags: int = 0
    ciaddr: str = "0.0.0.0"
    yiaddr: str = "0.0.0.0"
    siaddr: str = "0.0.0.0"
    giaddr: str = "0.0.0.0"
    chaddr: bytes = mac(1)
    sname: bytes = b""
    file: bytes = b""
    options: list[Option] = field(default_factory=list)
    cookie: bytes = COOKIE
    tail: bytes = b"\xff"

    def pack(self) -> bytes:
        """Return the octets of the message."""
        hlen = len(self.chaddr) if self.hlen is None else self.hlen
        head = struct.pack("!BBBBIHH", self.op, self.htype, hlen, self.hops, self.xid, self.secs, self.flags)
        head += ip4(self.ciaddr) + ip4(self.yiaddr) + ip4(self.siaddr) + ip4(self.giaddr)
        head += self.chaddr[:16].ljust(16, b"\0") + self.sname[:64].ljust(64, b"\0") + self.file[:128].ljust(128, b"\0")
        return head + self.cookie + tlv4(self.options) + self.tail

    @property
    def type(self) -> int:
        """The message type, 0 if none."""
        body = self.option(53)
        return body[0] if body else 0

    def option(self, code: int) -> bytes | None:
        """Return the joined body of option *code*, None if absent."""
        bodies = [body for each, body in self.options if each == code]
        return b"".join(bodies) if bodies else None


def parse4(octets: bytes) -> Dhcp4:
    """Return the message in *octets*; ValueError if it is not one."""
    if len(octets) < 240:
        raise ValueError(f"{len(octets)} octets are no DHCPv4 message")
    op, htype, hlen, hops, xid, secs, flags = struct.unpack_from("!BBBBIHH", octets)
    addresses = [socket.inet_ntoa(octets[at : at + 4]) for at in (12, 16, 20, 24)]
    options: list[Option] = []
    at = 240
    while at < len(octets):
        code = octets[at]
        if code == 255:
            break
        if code == 0:
            at += 1
            continue
        length = octets[at + 1]
        body = octets[at + 2 : at + 2 + length]
        if len(body) < length:
            raise ValueError(f"option {code} overruns the message")
        options.append((code, body))
        at += 2 + length
    message = Dhcp4(op, htype, hlen, hops, xid, secs, flags, *addresses, octets[28 : 28 + min(hlen, 16)])
    return replace(
        message,
        sname=octets[44:108],
        file=octets[108:236],
        options=options,
        cookie=octets[236:240],
        tail=octets[at:],
    )


def query4(kind: int | None, client: int = 1, *options: Option, **fields: object) -> Dhcp4:
    """Return a client's message of type *kind* (None: BOOTP) from test client number *client*."""
    first = [] if kind is None else [(53, bytes((kind,)))]
    return replace(Dhcp4(chaddr=mac(client), xid=0x10000 + client), options=[*first, *options], **fields)  # type: ignore[arg-type]


# DHCPv6


@dataclass
class Dhcp6:
    """A DHCPv6 client or server message. tail: octets after the last option."""

    type: int = SOLICIT
    xid: int = 0x010203
    options: list[Option] = field(default_factory=list)
    tail: bytes = b""

    def pack(self) -> bytes:
        """Return the octets of the message."""
        return bytes((self.type,)) + self.xid.to_bytes(3, "big") + tlv6(self.options) + self.tail

    def option(self, code: int) -> bytes | None:
        """Return the body of the first option *code*, None if absent."""
        return next((body for each, body in self.options if each == code), None)

    def all(self, code: int) -> list[bytes]:
        """Return the bodies of all options *code*."""
        return [body for each, body in self.options if each == code]


@dataclass
class Relay6:
    """A DHCPv6 relay message."""

    type: int = RELAY_FORW
    hops: int = 0
    link: str = "::"
    peer: str = "fe80::1"
    options: list[Option] = field(default_factory=list)

    def pack(self) -> bytes:
        """Return the octets of the message."""
        return bytes((self.type, self.hops)) + ip6(self.link) + ip6(self.peer) + tlv6(self.options)

    def option(self, code: int) -> bytes | None:
        """Return the body of the first option *code*, None if absent."""
        return next((body for each, body in self.options if each == code), None)

    @property
    def inner(self) -> Dhcp6 | Relay6:
        """The relayed message."""
        return parse6(self.option(9) or b"")


def options6(octets: bytes) -> list[Option]:
    """Return the options in *octets*; ValueError if the last one is cut."""
    options = []
    at = 0
    while at < len(octets):
        if at + 4 > len(octets):
            raise ValueError("a cut option header")
        code, length = struct.unpack_from("!HH", octets, at)
        body = octets[at + 4 : at + 4 + length]
        if len(body) < length:
            raise ValueError(f"option {code} overruns the message")
        options.append((code, body))
        at += 4 + length
    return options


def parse6(octets: bytes) -> Dhcp6 | Relay6:
    """Return the message in *octets*; ValueError if it is not one."""
    if len(octets) < 4:
        raise ValueError(f"{len(octets)} octets are no DHCPv6 message")
    if octets[0] in (RELAY_FORW, RELAY_REPL):
        if len(octets) < 34:
            raise ValueError("a cut relay header")
        link, peer = (socket.inet_ntop(socket.AF_INET6, octets[at : at + 16]) for at in (2, 18))
        return Relay6(octets[0], octets[1], link, peer, options6(octets[34:]))
    return Dhcp6(octets[0], int.from_bytes(octets[1:4], "big"), options6(octets[4:]))


def innermost(message: Dhcp6 | Relay6) -> Dhcp6:
    """Return the client or server message inside any number of relay messages."""
    while isinstance(message, Relay6):
        message = message.inner
    return message


def duid(number: int) -> bytes:
    """Return the DUID (type LL) of test client *number*."""
    return b"\0\3\0\1" + mac(number)


def ia_na(iaid: int, *inner: Option, t1: int = 0, t2: int = 0) -> Option:
    """Return an IA_NA option."""
    return 3, struct.pack("!III", iaid, t1, t2) + tlv6(inner)


def ia_ta(iaid: int, *inner: Option) -> Option:
    """Return an IA_TA option."""
    return 4, struct.pack("!I", iaid) + tlv6(inner)


def ia_pd(iaid: int, *inner: Option, t1: int = 0, t2: int = 0) -> Option:
    """Return an IA_PD option."""
    return 25, struct.pack("!III", iaid, t1, t2) + tlv6(inner)


def iaaddr(address: str, preferred: int = 0, valid: int = 0, *inner: Option) -> Option:
    """Return an IAADDR option."""
    return 5, ip6(address) + struct.pack("!II", preferred, valid) + tlv6(inner)


def iaprefix(prefix: str, preferred: int = 0, valid: int = 0, *inner: Option) -> Option:
    """Return an IAPREFIX option; *prefix* is ``2001:db8::/56``."""
    address, _, length = prefix.partition("/")
    return 26, struct.pack("!IIB", preferred, valid, int(length)) + ip6(address) + tlv6(inner)


def oro(*codes: int) -> Option:
    """Return an option request option."""
    return 6, b"".join(map(u16, codes))


def query6(kind: int, client: int = 1, *options: Option, xid: int | None = None) -> Dhcp6:
    """Return a message of type *kind* from test client number *client*: its client-id, then *options*."""
    return Dhcp6(kind, 0x10000 + client if xid is None else xid, [(1, duid(client)), *options])


def relayed6(message: Dhcp6 | Relay6, link: str, peer: str = "fe80::1", *options: Option, hops: int = 0) -> Relay6:
    """Return *message* as a relay forwards it; *options* stand before the relay message option."""
    return Relay6(RELAY_FORW, hops, link, peer, [*options, (9, message.pack())])


# Flat views, for comparing and for reading


def flat4(message: Dhcp4) -> dict[str, str]:
    """Return every field and option of a message by name, as text. Options repeat under one name, joined."""
    view = {
        name: str(getattr(message, name))
        for name in ("op", "htype", "hlen", "hops", "xid", "secs", "flags", "ciaddr", "yiaddr", "siaddr", "giaddr")
    }
    for name in ("chaddr", "sname", "file"):
        view[name] = getattr(message, name).rstrip(b"\0").hex() if name != "chaddr" else message.chaddr.hex()
    for code in sorted({code for code, _ in message.options}):
        view[f"option {code}"] = (message.option(code) or b"").hex()
    return view


_CONTAINERS = {3: (12, "IA_NA"), 4: (4, "IA_TA"), 25: (12, "IA_PD"), 5: (24, "IAADDR"), 26: (25, "IAPREFIX")}


def _flat_options6(options: Sequence[Option], prefix: str, view: dict[str, str]) -> None:
    seen: dict[str, int] = {}
    for code, body in options:
        name = f"{prefix}option {code}"
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name += f"#{seen[name]}"
        if code in _CONTAINERS and len(body) >= _CONTAINERS[code][0]:
            fixed, _ = _CONTAINERS[code]
            view[name] = body[:fixed].hex()
            _flat_options6(options6(body[fixed:]), f"{name}/", view)
        elif code == 9:
            view.update(flat6(parse6(body), f"{name}/"))
        else:
            view[name] = body.hex()


def flat6(message: Dhcp6 | Relay6, prefix: str = "") -> dict[str, str]:
    """Return every field and option of a message by name, nested ones by path, as text."""
    view = {f"{prefix}type": str(message.type)}
    if isinstance(message, Relay6):
        view.update({f"{prefix}{name}": str(getattr(message, name)) for name in ("hops", "link", "peer")})
    else:
        view[f"{prefix}xid"] = f"{message.xid:06x}"
    _flat_options6(message.options, prefix, view)
    return view
