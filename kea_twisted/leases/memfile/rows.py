"""Rows of lease files: one line of text ⇄ one lease, by the column tables of leases.v4 and leases.v6.

Encoding is on the path of every packet and decoding on that of every start, so both are written out column by column;
a test holds them against the tables. Not here: which row counts, and files.

Text is str; octets that are not UTF-8 travel as surrogate escapes, so that every octet of a file survives.
"""

from __future__ import annotations

import json
from re import Match
from re import compile as regex
from socket import AF_INET, AF_INET6, inet_ntop, inet_pton
from typing import Final

from kea_twisted.base.address import text6
from kea_twisted.base.octets import parse_colon_hex
from kea_twisted.leases.lease import DECLINED, IA_PD, Lease4, Lease6
from kea_twisted.leases.v4 import SCHEMA4
from kea_twisted.leases.v6 import SCHEMA6
from kea_twisted.log.logger import DHCPSRV
from kea_twisted.log.messages.dhcpsrv import DHCPSRV_MEMFILE_READ_HWADDR_FAIL

MAX_HWADDR: Final = 20
MAX_DUID: Final = 128
MIN_CLIENT_ID: Final = 2
NO_DUID: Final = b"\x00"
"""What stands in the file for no DUID, as the leases of declined addresses have it."""
ETHERNET: Final = 1
MEMO_LIMIT: Final = 65536

_COLUMNS4: Final = len(SCHEMA4.columns)
_COLUMNS6: Final = len(SCHEMA6.columns)
_DEFAULTS4: Final = SCHEMA4.defaults
_DEFAULTS6: Final = SCHEMA6.defaults
_NAMES6: Final = [column.name for column in SCHEMA6.columns]
_HWADDR6: Final = _NAMES6.index("hwaddr")
_LEAST6: Final = _NAMES6.index("hwtype")
_FLAGS: Final = {"0": False, "1": True}
_ESCAPED: Final = regex("&#x([0-9A-Fa-f]{2})")
_INTEGER: Final = regex("[+-]?[0-9]+")
_ESCAPES: Final = str.maketrans({",": "&#x2c", "&": "&#x26", "\n": "&#x0a", "\r": "&#x0d"})


def escape(text: str) -> str:
    """Return *text* as it stands in a row. Kea leaves line ends as they are and then loses the row; it reads ours."""
    return text.translate(_ESCAPES)


def _character(found: Match[str]) -> str:
    """Return one octet as text; the upper half as surrogate escapes, see the module's docstring."""
    value = int(found[1], 16)
    return chr(value if value < 0x80 else 0xDC00 + value)


def unescape(text: str) -> str:
    """Return the text that a row's field stands for; what is no whole escape stays as it is."""
    return _ESCAPED.sub(_character, text)


def unsigned32(text: str) -> int:
    """Return a decimal number of 32 bits; a negative one wraps around, as Kea has it. ValueError otherwise."""
    if not _INTEGER.fullmatch(text):
        raise ValueError(f"'{text}' is not a number")
    value = int(text)
    if not -0xFFFFFFFF <= value <= 0xFFFFFFFF:
        raise ValueError(f"{text} does not fit 32 bits")
    return value & 0xFFFFFFFF


def signed64(text: str) -> int:
    """Return a decimal number of 64 bits; ValueError otherwise."""
    if not _INTEGER.fullmatch(text):
        raise ValueError(f"'{text}' is not a number")
    value = int(text)
    if not -(1 << 63) <= value < 1 << 63:
        raise ValueError(f"{text} does not fit 64 bits")
    return value


def octets(text: str) -> bytes:
    """Return the octets of ``01:0a:ff``."""
    if len(text) == 2:
        return parse_colon_hex(text)
    try:
        found = bytes.fromhex(text.replace(":", ""))
    except ValueError:
        return parse_colon_hex(text)
    return found if found.hex(":") == text else parse_colon_hex(text)


def context(text: str) -> str:
    """Return *text* if it is a JSON map, else ValueError."""
    try:
        value = json.loads(text)
    except RecursionError:
        raise ValueError("user context is nested too deep") from None
    if not isinstance(value, dict):
        raise ValueError(f"user context '{text}' is not a JSON map")
    return text


class Decoder:
    """What the decoders of one load share: values that come again and again exist once.

    columns: how many the header of the file has. least: how short a row may be. Thrown away after the load.
    """

    __slots__ = ("columns", "counts", "least", "times")

    def __init__(self, columns: int) -> None:
        self.columns = self.least = columns
        self.counts: dict[str, int] = {}
        self.times: dict[int, int] = {}

    def count(self, text: str) -> int:
        """Return a number of 32 bits; equal ones are the same object."""
        found = self.counts.get(text)
        if found is None:
            found = unsigned32(text)
            if len(self.counts) < MEMO_LIMIT:
                self.counts[text] = found
        return found

    def fill(self, fields: list[str], defaults: tuple[str, ...]) -> list[str]:
        """Return *fields* with as many as *defaults* has: padded if the file is older, cut if the row is longer."""
        ours = len(defaults)
        if len(fields) < ours:
            if len(fields) < self.least:
                raise ValueError(f"the row has {len(fields)} columns, not {self.columns}")
            fields.extend(defaults[len(fields) :])
        return fields[:ours]


class Decoder4(Decoder):
    """Read rows of DHCPv4 lease files."""

    __slots__ = ()

    def decode(self, line: str) -> Lease4:
        """Return the lease of one row, whose valid_lifetime of 0 means removal; ValueError if the row is bad."""
        fields = line.split(",")
        if len(fields) != _COLUMNS4:
            fields = self.fill(fields, _DEFAULTS4)
        address, hw, client, valid, expire, subnet, fwd, rev, hostname, state, user_context = fields
        try:
            number = int.from_bytes(inet_pton(AF_INET, address), "big")
        except OSError:
            raise ValueError(f"'{address}' is not an IPv4 address") from None
        counts = self.counts
        lifetime = counts.get(valid)
        if lifetime is None:
            lifetime = self.count(valid)
        subnet_id = counts.get(subnet)
        if subnet_id is None:
            subnet_id = self.count(subnet)
        lease_state = counts.get(state)
        if lease_state is None:
            lease_state = self.count(state)
        cltt = (int(expire) if expire.isdecimal() and len(expire) < 18 else signed64(expire)) - lifetime
        times = self.times
        known = times.get(cltt)
        if known is not None:
            cltt = known
        elif len(times) < MEMO_LIMIT:
            times[cltt] = cltt
        try:
            forward, reverse = _FLAGS[fwd], _FLAGS[rev]
        except KeyError as error:
            raise ValueError(f"{error.args[0]!r} is neither 0 nor 1") from None
        hwaddr = octets(hw) if hw else b""
        client_id = octets(client) if client else b""
        if hostname:
            hostname = (unescape(hostname) if "&" in hostname else hostname).lower()
        if user_context:
            user_context = context(unescape(user_context) if "&" in user_context else user_context)
        if len(hwaddr) > MAX_HWADDR:
            raise ValueError(f"hardware address of {len(hwaddr)} octets, at most {MAX_HWADDR} are possible")
        if client and not MIN_CLIENT_ID <= len(client_id) <= MAX_DUID:
            raise ValueError(f"client-id of {len(client_id)} octets, {MIN_CLIENT_ID} to {MAX_DUID} are possible")
        if not hwaddr and not client_id and lease_state != DECLINED:
            raise ValueError(f"lease of {address} has neither a hardware address nor a client id")
        return Lease4(
            number,
            hwaddr,
            client_id,
            lifetime,
            cltt,
            subnet_id,
            forward,
            reverse,
            hostname,
            lease_state,
            user_context,
        )


def encode4(lease: Lease4) -> str:
    """Return the row of *lease* with its line end."""
    hostname = lease.hostname
    if hostname and ("," in hostname or "&" in hostname or "\n" in hostname or "\r" in hostname):
        hostname = escape(hostname)
    user_context = lease.user_context
    if user_context:
        user_context = escape(user_context)
    hwaddr = lease.hwaddr
    client_id = lease.client_id
    valid = lease.valid_lifetime
    return (
        f"{inet_ntop(AF_INET, lease.address.to_bytes(4, 'big'))},{hwaddr.hex(':') if hwaddr else ''},"
        f"{client_id.hex(':') if client_id else ''},{valid},{lease.cltt + valid},{lease.subnet_id},"
        f"{'1' if lease.fqdn_fwd else '0'},{'1' if lease.fqdn_rev else '0'},{hostname},{lease.state},{user_context}\n"
    )


def removal4(lease: Lease4) -> str:
    """Return the row that removes *lease*: valid lifetime 0. LE-064."""
    gone = lease.copy()
    gone.valid_lifetime = 0
    return encode4(gone)


class Decoder6(Decoder):
    """Read rows of DHCPv6 lease files.

    As in Kea, a row that lacks the last two columns only loses its hardware address, and times are of 32 bits.
    """

    __slots__ = ()

    def __init__(self, columns: int) -> None:
        super().__init__(columns)
        self.least = min(columns, _LEAST6)

    def decode(self, line: str) -> Lease6:
        """Return the lease of one row, whose valid_lifetime of 0 means removal; ValueError if the row is bad."""
        fields = line.split(",")
        if len(fields) != _COLUMNS6:
            if len(fields) < self.columns and len(fields) >= self.least:
                fields[_HWADDR6] = ""
                DHCPSRV.log(DHCPSRV_MEMFILE_READ_HWADDR_FAIL, f"the row has {len(fields)} columns, not {self.columns}")
            fields = self.fill(fields, _DEFAULTS6)
        (
            address, client, valid, expire, subnet, preferred, kind, iaid, length, fwd, rev, hostname, hw, state,
            user_context, hwtype, source,
        ) = fields  # fmt: skip
        try:
            number = int.from_bytes(inet_pton(AF_INET6, address), "big")
        except OSError:
            raise ValueError(f"'{address}' is not an IPv6 address") from None
        count = self.count
        lifetime = count(valid)
        lease_state = count(state)
        lease_type = count(kind)
        prefix_length = count(length)
        cltt = (int(expire) if expire.isdecimal() and len(expire) < 18 else signed64(expire)) - lifetime & 0xFFFFFFFF
        times = self.times
        known = times.get(cltt)
        if known is not None:
            cltt = known
        elif len(times) < MEMO_LIMIT:
            times[cltt] = cltt
        try:
            forward, reverse = _FLAGS[fwd], _FLAGS[rev]
        except KeyError as error:
            raise ValueError(f"{error.args[0]!r} is neither 0 nor 1") from None
        duid = octets(client)
        if not 1 <= len(duid) <= MAX_DUID:
            raise ValueError(f"DUID of {len(duid)} octets, 1 to {MAX_DUID} are possible")
        if duid == NO_DUID:
            if lease_state != DECLINED:
                raise ValueError("only the lease of a declined address may have no DUID")
            duid = b""
        if lease_type > IA_PD:
            raise ValueError(f"{kind} is not a lease type")
        if lease_type != IA_PD:
            prefix_length = 128
        elif prefix_length > 128:
            raise ValueError(f"{length} is not a prefix length")
        if hostname and "&" in hostname:
            hostname = unescape(hostname)
        if user_context:
            user_context = context(unescape(user_context) if "&" in user_context else user_context)
        hwaddr, hardware, origin = self._hardware(hw, hwtype, source) if hw else (b"", 0, 0)
        return Lease6(
            lease_type,
            number,
            prefix_length,
            duid,
            count(iaid),
            count(preferred),
            lifetime,
            cltt,
            count(subnet),
            forward,
            reverse,
            hostname,
            hwaddr,
            hardware,
            origin,
            lease_state,
            user_context,
        )

    def _hardware(self, hw: str, hwtype: str, source: str) -> tuple[bytes, int, int]:
        """Return address, type and source of the hardware address; a bad one counts as none, as in Kea."""
        try:
            hwaddr = octets(hw)
            hardware = self.count(hwtype) & 0xFFFF if hwtype else ETHERNET
            origin = self.count(source) if source else 0
            if len(hwaddr) > MAX_HWADDR:
                raise ValueError(f"{len(hwaddr)} octets, at most {MAX_HWADDR} are possible")
        except ValueError as error:
            DHCPSRV.log(DHCPSRV_MEMFILE_READ_HWADDR_FAIL, error)
            return b"", 0, 0
        return hwaddr, hardware, origin


def encode6(lease: Lease6) -> str:
    """Return the row of *lease* with its line end."""
    hostname = lease.hostname
    if hostname and ("," in hostname or "&" in hostname or "\n" in hostname or "\r" in hostname):
        hostname = escape(hostname)
    user_context = lease.user_context
    if user_context:
        user_context = escape(user_context)
    hwaddr = lease.hwaddr
    valid = lease.valid_lifetime
    return (
        f"{text6(lease.address)},{lease.duid.hex(':') if lease.duid else '00'},"
        f"{valid},{lease.cltt + valid},{lease.subnet_id},{lease.preferred_lifetime},{lease.lease_type},{lease.iaid},"
        f"{lease.prefix_length},{'1' if lease.fqdn_fwd else '0'},{'1' if lease.fqdn_rev else '0'},{hostname},"
        f"{hwaddr.hex(':') if hwaddr else ''},{lease.state},{user_context},"
        f"{lease.hwtype if hwaddr else ''},{lease.hwaddr_source if hwaddr else ''}\n"
    )


def removal6(lease: Lease6) -> str:
    """Return the row that removes *lease*: valid and preferred lifetime 0. LE-064."""
    gone = lease.copy()
    gone.valid_lifetime = gone.preferred_lifetime = 0
    return encode6(gone)
