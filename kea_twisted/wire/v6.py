"""DHCPv6 messages: RFC 8415 §8 and §9, relay chains included, and the layout of the options that carry leases.

Options stay raw octets by code, repeated ones in the order received. What the octets of an option mean is
:mod:`kea_twisted.options`; only IA_NA, IA_PD, IAADDR, IAPREFIX and STATUS_CODE are laid out here, because they are in
every message. Any octets give a packet or a WireError.
"""

from __future__ import annotations

from struct import Struct
from typing import Final

from kea_twisted.base.octets import colon_hex
from kea_twisted.errors import WireError
from kea_twisted.wire.packet import Packet, Receipt

SOLICIT: Final = 1
ADVERTISE: Final = 2
REQUEST: Final = 3
CONFIRM: Final = 4
RENEW: Final = 5
REBIND: Final = 6
REPLY: Final = 7
RELEASE: Final = 8
DECLINE: Final = 9
RECONFIGURE: Final = 10
INFORMATION_REQUEST: Final = 11
RELAY_FORW: Final = 12
RELAY_REPL: Final = 13
LEASEQUERY: Final = 14
LEASEQUERY_REPLY: Final = 15
LEASEQUERY_DONE: Final = 16
LEASEQUERY_DATA: Final = 17
RECONFIGURE_REQUEST: Final = 18
RECONFIGURE_REPLY: Final = 19
DHCPV4_QUERY: Final = 20
DHCPV4_RESPONSE: Final = 21

NAMES: Final[dict[int, str]] = {
    SOLICIT: "SOLICIT",
    ADVERTISE: "ADVERTISE",
    REQUEST: "REQUEST",
    CONFIRM: "CONFIRM",
    RENEW: "RENEW",
    REBIND: "REBIND",
    REPLY: "REPLY",
    RELEASE: "RELEASE",
    DECLINE: "DECLINE",
    RECONFIGURE: "RECONFIGURE",
    INFORMATION_REQUEST: "INFORMATION_REQUEST",
    RELAY_FORW: "RELAY_FORWARD",
    RELAY_REPL: "RELAY_REPLY",
    LEASEQUERY: "LEASEQUERY",
    LEASEQUERY_REPLY: "LEASEQUERY_REPLY",
    LEASEQUERY_DONE: "LEASEQUERY_DONE",
    LEASEQUERY_DATA: "LEASEQUERY_DATA",
    RECONFIGURE_REQUEST: "RECONFIGURE_REQUEST",
    RECONFIGURE_REPLY: "RECONFIGURE_REPLY",
    DHCPV4_QUERY: "DHCPV4_QUERY",
    DHCPV4_RESPONSE: "DHCPV4_RESPONSE",
}
"""Message type to name. RFC 8415 §7.3, RFC 5007, RFC 5460, RFC 6977, RFC 7341."""

SUCCESS: Final = 0
UNSPEC_FAIL: Final = 1
NO_ADDRS_AVAIL: Final = 2
NO_BINDING: Final = 3
NOT_ON_LINK: Final = 4
USE_MULTICAST: Final = 5
NO_PREFIX_AVAIL: Final = 6
"""Status codes, RFC 8415 §21.13."""

HEADER_LENGTH: Final = 4
RELAY_HEADER_LENGTH: Final = 34
HOP_COUNT_LIMIT: Final = 32
"""The highest hop count: one relay more than this may stand in line. RFC 8415 §7.6 says 8, RFC 3315 said 32."""

RELAY_MSG: Final = 9
INTERFACE_ID: Final = 18
RELAY_SOURCE_PORT: Final = 135

OptionMap = dict[int, list[bytes]]
"""Option code to the bodies of that code, in the order in which they stand in the message."""

_OPTION: Final = Struct("!HH")
_RELAY: Final = Struct("!BB16s16s")
_IA: Final = Struct("!III")
_IA_HEADER: Final = Struct("!HHIII")
_IAADDR: Final = Struct("!16sII")
_IAADDR_OPTION: Final = Struct("!HH16sII")
_IAPREFIX: Final = Struct("!IIB16s")
_IAPREFIX_OPTION: Final = Struct("!HHIIB16s")
_STATUS: Final = Struct("!HHH")
_unpack_option = _OPTION.unpack_from
_pack_option = _OPTION.pack

_IA_TA: Final = 4
_IAADDR_CODE: Final = 5
_CLIENT_ID: Final = 1
_STATUS_CODE: Final = 13
_IAPREFIX_CODE: Final = 26


class Relay6:
    """One Relay-forward or Relay-reply around a message. RFC 8415 §9.

    link_address, peer_address: ints. options: all but the relayed message itself.
    """

    __slots__ = ("hop_count", "link_address", "message_type", "options", "peer_address")

    def __init__(
        self,
        message_type: int,
        hop_count: int,
        link_address: int,
        peer_address: int,
        options: OptionMap | None = None,
    ) -> None:
        self.message_type = message_type
        self.hop_count = hop_count
        self.link_address = link_address
        self.peer_address = peer_address
        self.options: OptionMap = {} if options is None else options

    def reply(self) -> Relay6:
        """Return the layer of a Relay-reply that mirrors this one, with what a relay wants back.

        Interface-Id (RFC 8415 §21.18) and Relay Source Port (RFC 8357 §5.3) are echoed.
        """
        options: OptionMap = {}
        for code in (INTERFACE_ID, RELAY_SOURCE_PORT):
            bodies = self.options.get(code)
            if bodies:
                options[code] = bodies[:1]
        return Relay6(RELAY_REPL, self.hop_count, self.link_address, self.peer_address, options)


class Packet6(Packet):
    """One DHCPv6 message, without the relay messages around it.

    message_type, transid, options: of the innermost message. relays: the layers around it, the outermost (that of the
    relay nearest to the server) first.
    """

    __slots__ = ("message_type", "options", "relays", "transid")

    def __init__(self, message_type: int = 0, transid: int = 0) -> None:
        self.message_type = message_type
        self.transid = transid
        self.options: OptionMap = {}
        self.relays: list[Relay6] = []
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
        """What identifies the message in a log line, in Kea's form: ``duid=[00:03:00:01:…], tid=0x10001``."""
        client_id = self.options.get(_CLIENT_ID)
        return f"duid=[{colon_hex(client_id[0]) if client_id else 'no info'}], tid=0x{self.transid:x}"

    @property
    def name(self) -> str:
        """The name of the message type, for logs."""
        return NAMES.get(self.message_type, "UNKNOWN")

    @property
    def is_relayed(self) -> bool:
        """Whether a relay agent forwarded the message."""
        return bool(self.relays)

    def option(self, code: int) -> bytes | None:
        """Return the body of the first option *code* of the message, None if there is none."""
        bodies = self.options.get(code)
        return bodies[0] if bodies else None

    def add(self, code: int, body: bytes) -> None:
        """Append one more option *code*."""
        bodies = self.options.get(code)
        if bodies is None:
            self.options[code] = [body]
        else:
            bodies.append(body)

    def first_relay_option(self, code: int) -> bytes | None:
        """Return the option *code* that the relay nearest to the client added, None if that one did not."""
        bodies = self.relays[-1].options.get(code) if self.relays else None
        return bodies[0] if bodies else None

    def relay_option(self, code: int) -> bytes | None:
        """Return the option *code* that a relay added; the relay nearest to the client wins."""
        for relay in reversed(self.relays):
            bodies = relay.options.get(code)
            if bodies:
                return bodies[0]
        return None


def parse(octets: bytes, receipt: Receipt) -> Packet6:
    """Return the message in *octets*; WireError as :func:`unpack`."""
    packet = Packet6.__new__(Packet6)
    packet.receive(octets, receipt)
    unpack(packet)
    return packet


def unpack(packet: Packet6, stop: int = 0) -> None:
    """Fill *packet* from its octets, unwrapped from its relay messages.

    stop: where the options of the message end, if before its end.

    WireError for less than a header, a relay message without a message in it, and more than 33 relays. An option that
    runs past the end ends the options of its message; what came before it stays. A relay message that is too short for
    its own header is taken for a message of its type, which nobody serves, as Kea does.
    """
    octets = packet.octets
    end = len(octets)
    if end < HEADER_LENGTH:
        raise WireError(f"DHCPv6 message of {end} octets, at least {HEADER_LENGTH} expected", end)
    offset = 0
    kind = octets[0]
    relays: list[Relay6] = []
    packet.relays = relays
    while kind == RELAY_FORW or kind == RELAY_REPL:
        if end - offset < RELAY_HEADER_LENGTH:
            break
        if len(relays) > HOP_COUNT_LIMIT:
            raise WireError(f"more than {HOP_COUNT_LIMIT} relays before the last", offset)
        _kind, hop_count, link, peer = _RELAY.unpack_from(octets, offset)
        layer: OptionMap = {}
        inner = parse_options(octets, offset + RELAY_HEADER_LENGTH, end, layer, RELAY_MSG)
        if inner is None or inner[0] == inner[1]:
            raise WireError("relay message without a message in it", offset, RELAY_MSG)
        relays.append(Relay6(kind, hop_count, int.from_bytes(link, "big"), int.from_bytes(peer, "big"), layer))
        offset, end = inner
        kind = octets[offset]
    if end - offset < HEADER_LENGTH:
        raise WireError(f"relayed message of {end - offset} octets, at least {HEADER_LENGTH} expected", offset)
    packet.message_type = kind
    packet.transid = octets[offset + 1] << 16 | octets[offset + 2] << 8 | octets[offset + 3]
    options: OptionMap = {}
    packet.options = options
    offset += HEADER_LENGTH
    if stop:
        end = stop
    while offset + 4 <= end:
        code, length = _unpack_option(octets, offset)
        offset += 4
        stop = offset + length
        if stop > end:
            break
        if code in options:
            options[code].append(octets[offset:stop])
        else:
            options[code] = [octets[offset:stop]]
        offset = stop


def parse_options(
    octets: bytes, offset: int, end: int, options: OptionMap, without: int = -1
) -> tuple[int, int] | None:
    """Add the options between *offset* and *end* to *options*, but none of code *without*.

    Returns (start, end) of the body of the last option *without*, None if there was none. A truncated option ends
    the reading.
    """
    left_out = None
    while offset + 4 <= end:
        code, length = _unpack_option(octets, offset)
        offset += 4
        stop = offset + length
        if stop > end:
            break
        if code == without:
            left_out = (offset, stop)
        elif code in options:
            options[code].append(octets[offset:stop])
        else:
            options[code] = [octets[offset:stop]]
        offset = stop
    return left_out


def pack_options(options: OptionMap) -> bytes:
    """Return the octets of *options*, ascending by code."""
    out = bytearray()
    for code in sorted(options):
        for body in options[code]:
            out += _pack_option(code, len(body))
            out += body
    return bytes(out)


def pack(packet: Packet6) -> bytes:
    """Return the octets of *packet* inside its relay messages.

    Options go out ascending by code, the relayed message after the other options of its relay message. WireError if
    an option is longer than its length field can say.
    """
    options = packet.options
    parts = [(packet.message_type << 24 | packet.transid).to_bytes(4, "big")]
    try:
        for code in sorted(options):
            for body in options[code]:
                parts += (_pack_option(code, len(body)), body)
        message = b"".join(parts)
        for relay in reversed(packet.relays):
            message = b"".join(
                (
                    _RELAY.pack(
                        relay.message_type,
                        relay.hop_count,
                        relay.link_address.to_bytes(16, "big"),
                        relay.peer_address.to_bytes(16, "big"),
                    ),
                    pack_options(relay.options),
                    _pack_option(RELAY_MSG, len(message)),
                    message,
                )
            )
    except Exception as error:
        raise WireError(f"message cannot be packed: {error}") from error
    return message


class Ia6:
    """An IA_NA or IA_PD as a client or server writes it. RFC 8415 §21.4, §21.21."""

    __slots__ = ("iaid", "options", "t1", "t2")

    def __init__(self, iaid: int, t1: int, t2: int, options: OptionMap) -> None:
        self.iaid = iaid
        self.t1 = t1
        self.t2 = t2
        self.options = options


def parse_ia(body: bytes) -> Ia6:
    """Return the IA in the body of option 3 or 25; WireError if it is shorter than 12 octets."""
    if len(body) < 12:
        raise WireError(f"IA of {len(body)} octets, at least 12 expected", len(body))
    iaid, t1, t2 = _IA.unpack_from(body)
    options: OptionMap = {}
    if len(body) > 12:
        parse_options(body, 12, len(body), options)
    return Ia6(iaid, t1, t2, options)


def build_ia(iaid: int, t1: int, t2: int, options: bytes) -> bytes:
    """Return the body of an IA_NA or IA_PD; *options* are packed already."""
    return _IA.pack(iaid, t1, t2) + options


def parse_iaaddr(body: bytes) -> tuple[int, int, int]:
    """Return (address, preferred lifetime, valid lifetime) of option 5; WireError below 24 octets. RFC 8415 §21.6."""
    if len(body) < 24:
        raise WireError(f"IA address of {len(body)} octets, at least 24 expected", len(body), _IAADDR_CODE)
    address, preferred, valid = _IAADDR.unpack_from(body)
    return int.from_bytes(address, "big"), preferred, valid


def build_iaaddr(address: int, preferred: int, valid: int, options: bytes = b"") -> bytes:
    """Return a whole IAADDR option, code and length included."""
    return _IAADDR_OPTION.pack(_IAADDR_CODE, 24 + len(options), address.to_bytes(16, "big"), preferred, valid) + options


def parse_iaprefix(body: bytes) -> tuple[int, int, int, int]:
    """Return (first address, length, preferred lifetime, valid lifetime) of option 26. RFC 8415 §21.22.

    Bits beyond the length are cleared. WireError below 25 octets and for a length over 128.
    """
    if len(body) < 25:
        raise WireError(f"IA prefix of {len(body)} octets, at least 25 expected", len(body), _IAPREFIX_CODE)
    preferred, valid, length, prefix = _IAPREFIX.unpack_from(body)
    if length > 128:
        raise WireError(f"prefix length {length}", 8, _IAPREFIX_CODE)
    host = 128 - length
    return int.from_bytes(prefix, "big") >> host << host, length, preferred, valid


def build_iaprefix(first: int, length: int, preferred: int, valid: int, options: bytes = b"") -> bytes:
    """Return a whole IAPREFIX option, code and length included."""
    return (
        _IAPREFIX_OPTION.pack(_IAPREFIX_CODE, 25 + len(options), preferred, valid, length, first.to_bytes(16, "big"))
        + options
    )


def parse_status(body: bytes) -> tuple[int, str]:
    """Return (status code, message) of option 13; WireError below 2 octets. RFC 8415 §21.13."""
    if len(body) < 2:
        raise WireError(f"status code of {len(body)} octets, at least 2 expected", len(body), _STATUS_CODE)
    return body[0] << 8 | body[1], body[2:].decode("utf-8", "replace")


def build_status(code: int, message: str) -> bytes:
    """Return a whole STATUS_CODE option, code and length included."""
    text = message.encode()
    return _STATUS.pack(_STATUS_CODE, 2 + len(text), code) + text
