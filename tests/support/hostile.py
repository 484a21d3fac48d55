"""Servers in this process with a bit of everything configured, and messages that are wrong in every way.

The client classes are all the expressions of the language's own test file, so that every accessor meets every packet.
Randomness comes from hypothesis alone; it shrinks what it finds.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from kea_twisted.base.address import parse4, parse6
from kea_twisted.config.build import build4, build6
from kea_twisted.config.parse import load_object
from kea_twisted.errors import ExpressionError
from kea_twisted.expression.compile import compile_test
from kea_twisted.family import V4, V6, Family
from kea_twisted.hooks.callout import NO_CALLOUTS
from kea_twisted.leases.memfile.manager import Memfile4, Memfile6
from kea_twisted.options.spaces import STANDARD_OF
from kea_twisted.server.v4.server import Dhcp4Server
from kea_twisted.server.v6.server import Dhcp6Server
from kea_twisted.stats.registry import Statistics
from kea_twisted.wire.packet import Receipt
from tests.support import expressions
from tests.support.packets import (
    Dhcp4,
    Dhcp6,
    Relay6,
    duid,
    ia_na,
    ia_pd,
    ia_ta,
    iaaddr,
    iaprefix,
    ip4,
    mac,
    query4,
    query6,
    tlv4,
    tlv6,
    u16,
    u32,
)

NOW = 1_700_000_000.0
SERVER_ID = duid(0xFE)
CRASHES = Path(__file__).parent.parent / "corpus" / "crashes"
LOCAL4 = Receipt("srv0", 2, parse4("255.255.255.255"), 67, 0, 68, mac(1), None, parse4("192.0.2.1"), True)
UNICAST4 = Receipt("srv0", 2, parse4("192.0.2.1"), 67, parse4("192.0.2.10"), 68, b"", None, parse4("192.0.2.1"), False)
LOCAL6 = Receipt("srv0", 2, parse6("ff02::1:2"), 547, parse6("fe80::1"), 546, b"", None, parse6("fe80::fe01"))
UNICAST6 = Receipt("srv0", 2, parse6("2001:db8:1::1"), 547, parse6("2001:db8:1::9"), 546)


def _classes(family: Family) -> list[dict[str, Any]]:
    """Return a class for every expression of the language file that compiles."""
    classes: list[dict[str, Any]] = [
        {"name": "HA_phones", "test": "option[60].text == 'phone'" if family is V4 else "option[15].exists"},
        {"name": "late", "only-if-required": True, "test": "member('KNOWN') or not member('UNKNOWN')"},
    ]
    for text in dict.fromkeys(line.text for line in expressions.read() if line.sample.family is family):
        try:
            compiled = compile_test(text, family, STANDARD_OF[family.number], lambda _name: True)
        except ExpressionError:
            continue
        if compiled.classes <= {"ALL", "KNOWN", "UNKNOWN", "BOOTP"}:
            classes.append({"name": f"class {len(classes)}", "test": text})
    return classes


_NAMES = {
    "hostname-char-set": "[^A-Za-z0-9.-]",
    "hostname-char-replacement": "x",
    "ddns-qualifying-suffix": "example.org.",
}


def configuration(family: Family) -> dict[str, Any]:
    """Return a configuration with reservations by every identifier, shared networks, relays, names and vendors."""
    whole = _configuration4() if family is V4 else _configuration6()
    return {family.root: {**whole, "client-classes": _classes(family)}}


def _configuration4() -> dict[str, Any]:
    return {
        "valid-lifetime": 4000,
        "store-extended-info": True,
        "cache-threshold": 0.25,
        "host-reservation-identifiers": ["flex-id", "client-id", "circuit-id", "duid", "hw-address"],
        "reservations-global": True,
        "reservations-in-subnet": True,
        "dhcp-ddns": {"enable-updates": True},
        "ddns-replace-client-name": "when-not-present",
        **_NAMES,
        "option-def": [
            {"name": "box", "code": 222, "type": "empty", "encapsulate": "inner"},
            {"name": "first", "code": 1, "space": "inner", "type": "record", "record-types": "uint8, string"},
        ],
        "option-data": [
            {"name": "domain-name-servers", "data": "192.0.2.1, 192.0.2.2", "always-send": True},
            {"name": "box"},
            {"name": "first", "space": "inner", "data": "7, seven"},
            {"name": "domain-search", "data": "a.example.org, b.example.org"},
            {"name": "vivso-suboptions", "data": "4491"},
            {"name": "tftp-servers", "space": "vendor-4491", "data": "192.0.2.9"},
        ],
        "reservations": [
            {"hw-address": "02:00:00:01:00:07", "hostname": "anywhere", "client-classes": ["late"]},
        ],
        "subnet4": [
            {
                "id": 1,
                "subnet": "192.0.2.0/24",
                "interface": "srv0",
                "require-client-classes": ["late"],
                "pools": [
                    {"pool": "192.0.2.10 - 192.0.2.60", "require-client-classes": ["late"]},
                    {"pool": "192.0.2.128/26", "client-class": "HA_phones"},
                ],
                "reservations": [
                    {"hw-address": "02:00:00:01:00:01", "ip-address": "192.0.2.201", "hostname": "alpha"},
                    {"duid": "00:03:00:01:02:00:00:01:00:02", "ip-address": "192.0.2.202"},
                    {"client-id": "'visitor'", "ip-address": "192.0.2.203", "hostname": "visitor.example.com."},
                    {"circuit-id": "0a0b", "ip-address": "192.0.2.204"},
                    {"flex-id": "01:02:03", "ip-address": "192.0.2.205"},
                ],
            }
        ],
        "shared-networks": [
            {
                "name": "floor",
                "relay": {"ip-addresses": ["10.0.0.1"]},
                "subnet4": [
                    {"id": 101, "subnet": "10.1.0.0/24", "pools": [{"pool": "10.1.0.1 - 10.1.0.3"}]},
                    {"id": 102, "subnet": "10.2.0.0/16", "pools": [{"pool": "10.2.1.0/24"}]},
                ],
            }
        ],
    }


def _configuration6() -> dict[str, Any]:
    return {
        "preferred-lifetime": 3000,
        "valid-lifetime": 4000,
        "store-extended-info": True,
        "host-reservation-identifiers": ["flex-id", "duid", "hw-address"],
        "mac-sources": ["any", "duid", "ipv6-link-local", "client-link-addr-option", "remote-id", "docsis-cmts"],
        "relay-supplied-options": ["65", "67"],
        "reservations-global": True,
        "reservations-in-subnet": True,
        "dhcp-ddns": {"enable-updates": True},
        "ddns-replace-client-name": "when-not-present",
        **_NAMES,
        "option-data": [
            {"name": "dns-servers", "data": "2001:db8::53", "always-send": True},
            {"name": "domain-search", "data": "a.example.org, b.example.org"},
            {"name": "vendor-opts", "data": "4491"},
            {"name": "tftp-servers", "space": "vendor-4491", "data": "2001:db8::99"},
        ],
        "reservations": [{"duid": "00:03:00:01:02:00:00:01:00:07", "hostname": "anywhere", "client-classes": ["late"]}],
        "subnet6": [
            {
                "id": 1,
                "subnet": "2001:db8:1::/64",
                "interface": "srv0",
                "rapid-commit": True,
                "require-client-classes": ["late"],
                "pools": [{"pool": "2001:db8:1::10-2001:db8:1::99"}, {"pool": "2001:db8:1::1:0/112"}],
                "pd-pools": [
                    {
                        "prefix": "2001:db8:8::",
                        "prefix-len": 48,
                        "delegated-len": 56,
                        "excluded-prefix": "2001:db8:8:0:80::",
                        "excluded-prefix-len": 72,
                    }
                ],
                "reservations": [
                    {
                        "duid": "00:03:00:01:02:00:00:01:00:01",
                        "ip-addresses": ["2001:db8:1::201"],
                        "prefixes": ["2001:db8:9::/56"],
                        "hostname": "alpha",
                    },
                    {"hw-address": "02:00:00:01:00:02", "ip-addresses": ["2001:db8:1::202"]},
                    {"flex-id": "01:02:03", "ip-addresses": ["2001:db8:1::203"]},
                ],
            }
        ],
        "shared-networks": [
            {
                "name": "floor",
                "interface-id": "port7",
                "relay": {"ip-addresses": ["2001:db8:ffff::1"]},
                "subnet6": [
                    {"id": 101, "subnet": "2001:db8:2::/64", "pools": [{"pool": "2001:db8:2::1-2001:db8:2::3"}]},
                    {"id": 102, "subnet": "2001:db8:3::/64", "pools": [{"pool": "2001:db8:3::/80"}]},
                ],
            }
        ],
    }


def server4(path: str | None = None) -> Dhcp4Server:
    """Return a DHCPv4 server of :func:`configuration`."""
    config = build4(load_object(configuration(V4), V4).model)
    return Dhcp4Server(config, Memfile4(path), Statistics(), NO_CALLOUTS, NOW)


def server6(path: str | None = None) -> Dhcp6Server:
    """Return a DHCPv6 server of :func:`configuration`."""
    config = build6(load_object(configuration(V6), V6).model, SERVER_ID)
    return Dhcp6Server(config, Memfile6(path), Statistics(), NO_CALLOUTS, NOW)


def crash_inputs(family: int) -> list[tuple[str, bytes]]:
    """Return (file name, octets) of the messages that once did harm to a server of *family*."""
    found = []
    for path in sorted(CRASHES.glob(f"dhcp{family}-*.hex")):
        text = re.sub(r"#.*", "", path.read_text())
        found.append((path.name, bytes.fromhex("".join(text.split()))))
    return found


# Messages

_short = st.binary(max_size=20)
_body = st.one_of(_short, st.binary(max_size=255))
_label = st.one_of(
    st.sampled_from(
        ["", "host", "host.example.org", "host.", "a..b", ".", "x" * 63, "x" * 64, "a,b\nc", "\0", "..", "é"]
    ).map(lambda text: text.encode("latin-1")),
    st.binary(max_size=80),
)
_wire_name = st.one_of(
    st.lists(st.binary(max_size=63), max_size=5).map(
        lambda labels: b"".join(bytes((len(label),)) + label for label in labels) + b"\0"
    ),
    st.sampled_from([b"\xc0\x00", b"\xc0\xff", b"\x3fabc", b"\x04host", b"\0", b"\0\0", b"\x80", b"\xff" * 255]),
    _body,
)
_address4 = st.sampled_from(
    [
        "0.0.0.0",
        "255.255.255.255",
        "192.0.2.10",
        "192.0.2.201",
        "10.0.0.1",
        "10.1.0.1",
        "10.2.1.9",
        "127.0.0.1",
        "224.0.0.1",
    ]
)


def _nested4(inner: SearchStrategy[bytes]) -> SearchStrategy[bytes]:
    """Options inside an option, whole or cut."""
    pairs = st.lists(st.tuples(st.integers(0, 255), inner.filter(lambda body: len(body) < 100)), max_size=4)
    return st.one_of(pairs.map(tlv4), st.tuples(pairs.map(tlv4), st.integers(0, 20)).map(lambda cut: cut[0][: cut[1]]))


_suboptions4 = st.recursive(_short, _nested4, max_leaves=6)
_vendor4 = st.lists(
    st.tuples(st.sampled_from([0, 4491, 3561, 0xFFFFFFFF]), _suboptions4.filter(lambda body: len(body) < 60)),
    max_size=3,
).map(lambda parts: b"".join(u32(number) + bytes((len(body),)) + body for number, body in parts))

_OPTIONS4: dict[int, SearchStrategy[bytes]] = {
    12: _label,
    43: _suboptions4,
    50: st.one_of(_address4.map(ip4), _short),
    51: st.one_of(st.sampled_from([b"\0" * 4, b"\xff" * 4]), _short),
    52: st.binary(max_size=2),
    53: st.one_of(st.integers(0, 20).map(lambda kind: bytes((kind,))), _short),
    54: st.one_of(_address4.map(ip4), _short),
    55: st.one_of(_body, st.just(bytes(range(255)))),
    57: _short,
    60: _body,
    61: st.one_of(st.just(b""), st.just(b"\xff"), st.just(b"\xff" + b"\0\0\0\1" + duid(2)), st.just(b"visitor"), _body),
    77: _body,
    81: st.tuples(st.binary(min_size=3, max_size=3), st.one_of(_label, _wire_name)).map(b"".join),
    82: st.one_of(
        _suboptions4, st.just(tlv4([(1, b"\x0a\x0b"), (2, b""), (5, ip4("10.1.0.0")), (11, ip4("10.1.0.1"))]))
    ),
    116: _short,
    118: st.one_of(_address4.map(ip4), _short),
    119: _wire_name,
    121: _body,
    124: st.one_of(_vendor4, _body),
    125: st.one_of(_vendor4, _body),
}

_option4 = st.one_of(
    st.sampled_from(sorted(_OPTIONS4)).flatmap(lambda code: st.tuples(st.just(code), _OPTIONS4[code])),
    st.tuples(st.integers(1, 254), _body),
).map(lambda option: (option[0], option[1][:255]))


@st.composite
def messages4(draw: st.DrawFn) -> bytes:
    """DHCPv4 messages: mostly right, with options of any kind, and now and then octets changed, cut or added."""
    kind = draw(st.sampled_from([1, 1, 1, 3, 3, 3, 4, 7, 8, None, 2, 13]))
    extra = draw(st.lists(_option4, max_size=6))
    message: Dhcp4 = query4(kind, draw(st.integers(1, 9)), *extra)
    message.htype = draw(st.sampled_from([1, 1, 1, 0, 6, 32, 255]))
    message.hlen = draw(st.sampled_from([6, 6, 6, 0, 1, 16, 17, 255]))
    message.hops = draw(st.sampled_from([0, 1, 255]))
    message.flags = draw(st.sampled_from([0, 0x8000, 0xFFFF]))
    message.ciaddr = draw(st.one_of(st.just("0.0.0.0"), _address4))
    message.giaddr = draw(st.one_of(st.just("0.0.0.0"), _address4))
    message.sname = draw(st.one_of(st.just(b""), st.binary(max_size=64), _suboptions4))
    message.file = draw(st.one_of(st.just(b""), st.binary(max_size=128), _suboptions4))
    message.tail = draw(st.one_of(st.just(b"\xff"), st.just(b""), _body))
    return draw(damaged(message.pack()))


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """*whole*, usually; or with octets changed, put in, taken out, repeated or cut off at the end."""
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 1, 3]))):
        at = draw(st.integers(0, len(whole)))
        how = draw(st.sampled_from(["set", "insert", "remove", "cut", "repeat"]))
        if how == "set":
            whole = (
                whole[:at] + bytes((draw(st.sampled_from([0, 1, 4, 0x3F, 0x7F, 0x80, 0xC0, 0xFF])),)) + whole[at + 1 :]
            )
        elif how == "insert":
            whole = whole[:at] + draw(_short) + whole[at:]
        elif how == "remove":
            whole = whole[:at] + whole[at + draw(st.integers(1, 8)) :]
        elif how == "cut":
            whole = whole[:at]
        else:
            whole = whole[:at] + whole[at : at + 40] * draw(st.integers(1, 4)) + whole[at:]
    return whole[:9000]


_address6 = st.sampled_from(
    [
        "::",
        "2001:db8:1::10",
        "2001:db8:1::201",
        "2001:db8:8::",
        "2001:db8:8:100::",
        "ff02::1",
        "::1",
        "2001:db8:2::1",
        "fe80::1",
    ]
)
_lifetime = st.sampled_from([0, 1, 3000, 0x7FFFFFFF, 0xFFFFFFFF])


def _nested6(inner: SearchStrategy[list[tuple[int, bytes]]]) -> SearchStrategy[list[tuple[int, bytes]]]:
    """Options inside options."""
    return st.lists(st.tuples(st.sampled_from([3, 4, 5, 13, 17, 25, 26, 67, 9999]), inner.map(tlv6)), max_size=3)


_suboptions6 = st.recursive(st.lists(st.tuples(st.integers(0, 300), _short), max_size=2), _nested6, max_leaves=6)
_iaaddr = st.tuples(_address6, _lifetime, _lifetime, _suboptions6).map(lambda v: iaaddr(v[0], v[1], v[2], *v[3]))
_iaprefix = st.tuples(_address6, st.integers(0, 255), _lifetime, _lifetime).map(
    lambda v: iaprefix(f"{v[0]}/{v[1]}", v[2], v[3])
)
_in_ia = st.lists(st.one_of(_iaaddr, _iaprefix, st.tuples(st.sampled_from([5, 13, 26]), _short)), max_size=3)
_iaid = st.sampled_from([0, 1, 2, 0xFFFFFFFF])
_vendor6 = st.tuples(st.sampled_from([0, 4491, 3561, 0xFFFFFFFF]), _suboptions6).map(lambda v: u32(v[0]) + tlv6(v[1]))
_class6 = st.tuples(st.sampled_from([4491, 0]), st.lists(_body, max_size=3)).map(
    lambda v: u32(v[0]) + b"".join(u16(len(body)) + body for body in v[1])
)

_OPTIONS6: dict[int, SearchStrategy[bytes]] = {
    1: st.one_of(st.sampled_from([b"", b"\0", b"\0\3", bytes(128), bytes(129), b"\0\1\0\1", duid(2)]), _body),
    2: st.one_of(st.sampled_from([SERVER_ID, b"", duid(9)]), _body),
    6: st.one_of(_body, st.just(b"".join(map(u16, range(200))))),
    8: _short,
    9: _body,
    13: _body,
    14: _short,
    15: st.one_of(st.lists(_short, max_size=3).map(lambda parts: b"".join(u16(len(p)) + p for p in parts)), _body),
    16: st.one_of(_class6, _body),
    17: st.one_of(_vendor6, _body),
    18: st.one_of(st.just(b"port7"), _body),
    19: _short,
    20: _short,
    37: _body,
    38: _body,
    39: st.tuples(st.binary(min_size=1, max_size=1), st.one_of(_wire_name, _label)).map(b"".join),
    66: _suboptions6.map(tlv6),
    79: st.one_of(st.just(b"\0\1" + mac(2)), _body),
    135: _short,
}

_option6 = st.one_of(
    st.sampled_from(sorted(_OPTIONS6)).flatmap(lambda code: st.tuples(st.just(code), _OPTIONS6[code])),
    st.tuples(_iaid, _in_ia).map(lambda v: ia_na(v[0], *v[1])),
    st.tuples(_iaid, _in_ia).map(lambda v: ia_pd(v[0], *v[1])),
    st.tuples(_iaid, _in_ia).map(lambda v: ia_ta(v[0], *v[1])),
    st.tuples(st.sampled_from([3, 4, 25]), _short),
    st.tuples(st.integers(0, 65535), _body),
)


@st.composite
def messages6(draw: st.DrawFn) -> bytes:
    """DHCPv6 messages, in none to forty relay messages, with octets changed now and then."""
    kind = draw(st.sampled_from([1, 1, 1, 3, 3, 4, 5, 5, 6, 8, 9, 11, 0, 2, 20, 255]))
    options = draw(st.lists(_option6, max_size=6))
    if kind in (3, 5, 8, 9) and draw(st.integers(0, 3)):
        options.insert(0, (2, SERVER_ID))
    message: Dhcp6 | Relay6 = query6(kind, draw(st.integers(1, 9)), *options)
    if not draw(st.integers(0, 5)):
        message.options.pop(0)
    for hops in range(draw(st.sampled_from([0, 0, 0, 0, 1, 2, 31, 32, 33, 40]))):
        outer = draw(st.lists(_option6, max_size=2)) if hops < 3 else []
        link = draw(_address6) if hops < 3 else "2001:db8:ffff::1"
        message = Relay6(12, hops, link, "fe80::9", [*outer, (9, message.pack()), *outer])
    return draw(damaged(message.pack()))


def mutants(whole: list[bytes], count: int, seed: int) -> list[bytes]:
    """Return *count* messages: pure noise, or ones of *whole* with octets changed, cut, doubled or added."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        octets = bytearray(chance.choice(whole))
        for _ in range(chance.randrange(5)):
            at = chance.randrange(len(octets) + 1)
            how = chance.randrange(6)
            if how == 0:
                octets = octets[:at]
            elif how == 1:
                octets[at:at] = chance.randbytes(chance.randrange(40))
            elif how == 2:
                octets[at:at] = octets[at : at + 60] * chance.randrange(8)
            elif how == 3:
                octets = bytearray(chance.randbytes(chance.randrange(1400)))
            else:
                octets[at : at + 1] = bytes((chance.choice((0, 1, 3, 16, 63, 64, 127, 128, 192, 255)),))
        made.append(bytes(octets[:8000]))
    return made
