"""DHCPv4 messages: RFC 2131 §2, options split and joined by RFC 3396, overload by RFC 2132 §9.3.

Options stay raw octets by code; repeated options are joined on the way in and split on the way out. Any octets give a
packet or a WireError.
"""

from __future__ import annotations

from struct import Struct
from typing import Final

from kea_twisted.base.octets import colon_hex
from kea_twisted.errors import WireError
from kea_twisted.wire.packet import Packet, Receipt
from kea_twisted.wire.v6 import Packet6

BOOTREQUEST: Final = 1
BOOTREPLY: Final = 2

DHCPDISCOVER: Final = 1
DHCPOFFER: Final = 2
DHCPREQUEST: Final = 3
DHCPDECLINE: Final = 4
DHCPACK: Final = 5
DHCPNAK: Final = 6
DHCPRELEASE: Final = 7
DHCPINFORM: Final = 8
DHCPFORCERENEW: Final = 9
DHCPLEASEQUERY: Final = 10
DHCPLEASEUNASSIGNED: Final = 11
DHCPLEASEUNKNOWN: Final = 12
DHCPLEASEACTIVE: Final = 13
DHCPBULKLEASEQUERY: Final = 14
DHCPLEASEQUERYDONE: Final = 15
DHCPACTIVELEASEQUERY: Final = 16
DHCPLEASEQUERYSTATUS: Final = 17
DHCPTLS: Final = 18

NAMES: Final[dict[int, str]] = {
    0: "BOOTP",
    DHCPDISCOVER: "DHCPDISCOVER",
    DHCPOFFER: "DHCPOFFER",
    DHCPREQUEST: "DHCPREQUEST",
    DHCPDECLINE: "DHCPDECLINE",
    DHCPACK: "DHCPACK",
    DHCPNAK: "DHCPNAK",
    DHCPRELEASE: "DHCPRELEASE",
    DHCPINFORM: "DHCPINFORM",
    DHCPFORCERENEW: "DHCPFORCERENEW",
    DHCPLEASEQUERY: "DHCPLEASEQUERY",
    DHCPLEASEUNASSIGNED: "DHCPLEASEUNASSIGNED",
    DHCPLEASEUNKNOWN: "DHCPLEASEUNKNOWN",
    DHCPLEASEACTIVE: "DHCPLEASEACTIVE",
    DHCPBULKLEASEQUERY: "DHCPBULKLEASEQUERY",
    DHCPLEASEQUERYDONE: "DHCPLEASEQUERYDONE",
    DHCPACTIVELEASEQUERY: "DHCPACTIVELEASEQUERY",
    DHCPLEASEQUERYSTATUS: "DHCPLEASEQUERYSTATUS",
    DHCPTLS: "DHCPTLS",
}
"""Message type to name; 0 is a BOOTP message, which has no type. RFC 2132 §9.6, RFC 4388, RFC 6926, RFC 7724."""

BROADCAST_FLAG: Final = 0x8000
MAGIC_COOKIE: Final = 0x63825363
HEADER_LENGTH: Final = 236
MAX_HLEN: Final = 16

_HEADER: Final = Struct("!BBBBIHHIIII16s64s128s")
_ANSWER_HEADER: Final = Struct("!BBBBIHHIIII16s64s128sI")

_NO_TYPE: Final = b"\xff\xff"
"""Stands for the types of a message that has more than one."""

_PAD: Final = 0
_END: Final = 255
_MESSAGE_TYPE: Final = 53
_OVERLOAD: Final = 52
_CLIENT_ID: Final = 61
_RELAY_AGENT: Final = 82


_SHORTEST: Final = bytearray(256)
for _code, _length in {
    1: 4,
    2: 4,
    50: 4,
    51: 4,
    53: 1,
    54: 4,
    55: 1,
    57: 2,
    58: 4,
    59: 4,
    81: 3,
    116: 1,
    118: 4,
}.items():
    _SHORTEST[_code] = _length
"""The least length of options that the server reads; RFC 2132, RFC 4702 §2.1, RFC 2563 §2, RFC 3011 §2."""


class Packet4(Packet):
    """One DHCPv4 or BOOTP message.

    options: code to body; a body longer than 255 octets is split when packed. chaddr: hlen octets.
    sname, file: raw fields without trailing zeros. message_type: the value of option 53, 0 for BOOTP.
    unparsed: why the rest of the options could not be read, "" if all were. carrier: the DHCPv6 message that this one
    came in or goes out in (RFC 7341), None for a message of its own; then addresses of the receipt are IPv6 ones.
    """

    __slots__ = (
        "carrier",
        "chaddr",
        "ciaddr",
        "file",
        "flags",
        "giaddr",
        "hops",
        "htype",
        "message_type",
        "op",
        "options",
        "secs",
        "siaddr",
        "sname",
        "unparsed",
        "xid",
        "yiaddr",
    )

    def __init__(self, message_type: int = 0, xid: int = 0) -> None:
        self.message_type = message_type
        self.xid = xid
        self.op = BOOTREQUEST
        self.htype = 1
        self.hops = 0
        self.secs = 0
        self.flags = 0
        self.ciaddr = 0
        self.yiaddr = 0
        self.siaddr = 0
        self.giaddr = 0
        self.chaddr = b""
        self.sname = b""
        self.file = b""
        self.options: dict[int, bytes] = {}
        self.unparsed = ""
        self.carrier: Packet6 | None = None
        self.classes = {}
        self.ifname = ""
        self.ifindex = 0
        self.local_address = 0
        self.local_port = 0
        self.remote_address = 0
        self.remote_port = 0
        self.source_mac = b""
        self.socket = None
        self.interface_address = 0
        self.direct = True
        self.octets = b""

    @property
    def label(self) -> str:
        """What identifies the message in a log line, in Kea's form: ``[hwtype=1 02:…], cid=[01:aa], tid=0x10001``."""
        client_id = colon_hex(self.options.get(_CLIENT_ID, b"")) or "no info"
        return f"[hwtype={self.htype} {colon_hex(self.chaddr)}], cid=[{client_id}], tid=0x{self.xid:x}"

    @property
    def name(self) -> str:
        """The name of the message type, for logs."""
        return NAMES.get(self.message_type, "UNKNOWN")

    @property
    def is_relayed(self) -> bool:
        """Whether a relay agent forwarded the message."""
        return self.giaddr != 0


def parse(octets: bytes, receipt: Receipt) -> Packet4:
    """Return the message in *octets*; WireError if it has no DHCPv4 header or no options."""
    packet = Packet4.__new__(Packet4)
    packet.receive(octets, receipt)
    unpack(packet)
    return packet


def unpack(packet: Packet4, end: int | None = None) -> None:
    """Fill *packet* from its octets; WireError if they have no DHCPv4 header, no options, or an option too short.

    An option that runs past the end ends the options, as ``unparsed`` then says; what came before it stays. After a
    WireError for an option the options before it are there. end: where the options end, if before the last octet.
    """
    octets = packet.octets[:end]
    if len(octets) < HEADER_LENGTH:
        raise WireError(f"DHCPv4 message of {len(octets)} octets, at least {HEADER_LENGTH} expected", len(octets))
    (
        packet.op,
        packet.htype,
        hlen,
        packet.hops,
        packet.xid,
        packet.secs,
        packet.flags,
        packet.ciaddr,
        packet.yiaddr,
        packet.siaddr,
        packet.giaddr,
        chaddr,
        sname,
        file,
    ) = _HEADER.unpack_from(octets)
    if hlen > MAX_HLEN:
        raise WireError(f"hardware address of {hlen} octets, at most {MAX_HLEN} expected", 2)
    packet.chaddr = chaddr[:hlen]
    if len(octets) == HEADER_LENGTH:
        raise WireError("BOOTP message without vendor extensions", HEADER_LENGTH)
    if octets[HEADER_LENGTH : HEADER_LENGTH + 4] != b"\x63\x82\x53\x63":
        raise WireError("no DHCP magic cookie", HEADER_LENGTH)
    options: dict[int, bytes] = {}
    packet.options = options
    packet.unparsed = parse_options(octets, HEADER_LENGTH + 4, options)
    overload = options.get(_OVERLOAD)
    if overload and overload[0] & 3:
        if overload[0] & 1:
            parse_options(file, 0, options)
            file = b""
        if overload[0] & 2:
            parse_options(sname, 0, options)
            sname = b""
    packet.sname = sname.rstrip(b"\0")
    packet.file = file.rstrip(b"\0")
    kind = options.get(_MESSAGE_TYPE)
    packet.message_type = kind[0] if kind else 0


def first_place(packet: Packet4, code: int) -> int:
    """Return where in the octets of *packet* its first option *code* begins, their end if it has none there."""
    octets = packet.octets
    offset, end = HEADER_LENGTH + 4, len(packet.octets)
    while offset < end and octets[offset] not in (code, _END):
        offset += 1 if octets[offset] == _PAD or offset + 1 == end else 2 + octets[offset + 1]
    return offset if offset < end and octets[offset] == code else end


def parse_options(octets: bytes, offset: int, options: dict[int, bytes]) -> str:
    """Add the options of *octets* to *options*, joining those of one code (RFC 3396 §7).

    Returns "" or why reading ended before the end option or the end of the octets. Raises WireError for an option
    shorter than its type allows.
    """
    end = len(octets)
    while offset < end:
        code = octets[offset]
        if code == _PAD:
            offset += 1
            continue
        if code == _END:
            break
        body = offset + 2
        if body > end:
            return f"option {code} has no length"
        offset = body + octets[offset + 1]
        if offset > end:
            return f"option {code} of {offset - body} octets, {end - body} left"
        if offset - body < _SHORTEST[code]:
            raise WireError(f"option of {offset - body} octets, at least {_SHORTEST[code]} expected", body, code)
        if code in options:
            # A message has one type: of two, neither counts (two octets are no type).
            options[code] = _NO_TYPE if code == _MESSAGE_TYPE else options[code] + octets[body:offset]
        else:
            options[code] = octets[body:offset]
    return ""


def pack(packet: Packet4) -> bytes:
    """Return the octets of *packet*: option 53 first, then by code, option 82 last (RFC 3046 §2.1), end option."""
    chaddr = packet.chaddr
    out = bytearray(
        _ANSWER_HEADER.pack(
            packet.op,
            packet.htype,
            len(chaddr),
            packet.hops,
            packet.xid,
            packet.secs,
            packet.flags,
            packet.ciaddr,
            packet.yiaddr,
            packet.siaddr,
            packet.giaddr,
            chaddr,
            packet.sname,
            packet.file,
            MAGIC_COOKIE,
        )
    )
    options = packet.options
    if packet.message_type:
        out += b"\x35\x01"
        out.append(packet.message_type)
    for code in sorted(options):
        if code == _MESSAGE_TYPE or code == _RELAY_AGENT:
            continue
        body = options[code]
        length = len(body)
        if length > 255:
            _put_long(out, code, body)
        else:
            out.append(code)
            out.append(length)
            out += body
    relay_agent = options.get(_RELAY_AGENT)
    if relay_agent is not None:
        _put_long(out, _RELAY_AGENT, relay_agent)
    out.append(_END)
    return bytes(out)


def _put_long(out: bytearray, code: int, body: bytes) -> None:
    """Append one option, split into parts of 255 octets (RFC 3396 §5)."""
    for start in range(0, len(body) or 1, 255):
        part = body[start : start + 255]
        out.append(code)
        out.append(len(part))
        out += part
