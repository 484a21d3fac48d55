"""Every standard DHCPv4 option of the manual's tables, and every data type: configured, asked for, and on the wire.

One configuration holds them all; what Kea 2.2.0 and we send is compared octet for octet. Options that the server itself
fills in are not here but in tests/differential/cases/v4_options_owned.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pytest

from tests.differential.cases.client4 import asks, network
from tests.differential.pair import Pair
from tests.support.client import frame4
from tests.support.packets import DISCOVER, Dhcp4, Option, parse4, query4

pytestmark = pytest.mark.peer("kea")

UNASKED: Final = {3, 6, 15}
"""The options that come without being asked for: the manual's table says "returned if not requested"."""

ADDRESSES: Final = "192.0.2.61, 192.0.2.62"
TEXT: Final = "Some text\\, with /a comma"
STANDARD: Final[tuple[tuple[str, int, str, str], ...]] = (
    ("V4-129", 2, "time-offset", "-3600"),
    ("V4-130", 3, "routers", ADDRESSES),
    ("V4-131", 4, "time-servers", ADDRESSES),
    ("V4-132", 5, "name-servers", ADDRESSES),
    ("V4-133", 6, "domain-name-servers", ADDRESSES),
    ("V4-134", 7, "log-servers", ADDRESSES),
    ("V4-135", 8, "cookie-servers", ADDRESSES),
    ("V4-136", 9, "lpr-servers", ADDRESSES),
    ("V4-137", 10, "impress-servers", ADDRESSES),
    ("V4-138", 11, "resource-location-servers", ADDRESSES),
    ("V4-139", 13, "boot-size", "1400"),
    ("V4-140", 14, "merit-dump", TEXT),
    ("V4-141", 15, "domain-name", "example.org"),
    ("V4-142", 16, "swap-server", "192.0.2.61"),
    ("V4-143", 17, "root-path", TEXT),
    ("V4-144", 18, "extensions-path", TEXT),
    ("V4-145", 19, "ip-forwarding", "true"),
    ("V4-146", 20, "non-local-source-routing", "true"),
    ("V4-147", 21, "policy-filter", ADDRESSES),
    ("V4-148", 22, "max-dgram-reassembly", "1400"),
    ("V4-149", 23, "default-ip-ttl", "64"),
    ("V4-150", 24, "path-mtu-aging-timeout", "305419896"),
    ("V4-151", 25, "path-mtu-plateau-table", "68, 296, 508"),
    ("V4-152", 26, "interface-mtu", "1400"),
    ("V4-153", 27, "all-subnets-local", "true"),
    ("V4-154", 28, "broadcast-address", "192.0.2.61"),
    ("V4-155", 29, "perform-mask-discovery", "true"),
    ("V4-156", 30, "mask-supplier", "true"),
    ("V4-157", 31, "router-discovery", "true"),
    ("V4-158", 32, "router-solicitation-address", "192.0.2.61"),
    ("V4-159", 33, "static-routes", ADDRESSES),
    ("V4-160", 34, "trailer-encapsulation", "true"),
    ("V4-161", 35, "arp-cache-timeout", "305419896"),
    ("V4-162", 36, "ieee802-3-encapsulation", "true"),
    ("V4-163", 37, "default-tcp-ttl", "64"),
    ("V4-164", 38, "tcp-keepalive-interval", "305419896"),
    ("V4-165", 39, "tcp-keepalive-garbage", "true"),
    ("V4-166", 40, "nis-domain", TEXT),
    ("V4-167", 41, "nis-servers", ADDRESSES),
    ("V4-168", 42, "ntp-servers", ADDRESSES),
    ("V4-169", 43, "vendor-encapsulated-options", ""),
    ("V4-170", 44, "netbios-name-servers", ADDRESSES),
    ("V4-171", 45, "netbios-dd-server", ADDRESSES),
    ("V4-172", 46, "netbios-node-type", "64"),
    ("V4-173", 47, "netbios-scope", TEXT),
    ("V4-174", 48, "font-servers", ADDRESSES),
    ("V4-175", 49, "x-display-manager", ADDRESSES),
    ("V4-178", 56, "dhcp-message", TEXT),
    ("V4-179", 57, "dhcp-max-message-size", "1400"),
    ("V4-180", 60, "vendor-class-identifier", TEXT),
    ("V4-181", 62, "nwip-domain-name", TEXT),
    ("V4-182", 63, "nwip-suboptions", "0123456789abcdef"),
    ("V4-183", 64, "nisplus-domain-name", TEXT),
    ("V4-184", 65, "nisplus-servers", ADDRESSES),
    ("V4-185", 66, "tftp-server-name", TEXT),
    ("V4-186", 67, "boot-file-name", TEXT),
    ("V4-187", 68, "mobile-ip-home-agent", ADDRESSES),
    ("V4-188", 69, "smtp-server", ADDRESSES),
    ("V4-189", 70, "pop-server", ADDRESSES),
    ("V4-190", 71, "nntp-server", ADDRESSES),
    ("V4-191", 72, "www-server", ADDRESSES),
    ("V4-192", 73, "finger-server", ADDRESSES),
    ("V4-193", 74, "irc-server", ADDRESSES),
    ("V4-194", 75, "streettalk-server", ADDRESSES),
    ("V4-195", 76, "streettalk-directory-assistance-server", ADDRESSES),
    ("V4-196", 77, "user-class", "0123456789abcdef"),
    ("V4-197", 78, "slp-directory-agent", "true, 192.0.2.61, 192.0.2.62"),
    ("V4-198", 79, "slp-service-scope", "true, scope-a\\,scope-b"),
    ("V4-199", 85, "nds-servers", ADDRESSES),
    ("V4-200", 86, "nds-tree-name", TEXT),
    ("V4-201", 87, "nds-context", TEXT),
    ("V4-202", 88, "bcms-controller-names", "a.example.org, example.org"),
    ("V4-203", 89, "bcms-controller-address", ADDRESSES),
    ("V4-204", 93, "client-system", "68, 296, 508"),
    ("V4-205", 94, "client-ndi", "1, 3, 16"),
    ("V4-206", 97, "uuid-guid", "0, 00112233445566778899aabbccddeeff"),
    ("V4-207", 98, "uap-servers", TEXT),
    ("V4-208", 99, "geoconf-civic", "0123456789abcdef"),
    ("V4-209", 100, "pcode", TEXT),
    ("V4-210", 101, "tcode", TEXT),
    ("V4-211", 108, "v6-only-preferred", "305419896"),
    ("V4-212", 112, "netinfo-server-address", ADDRESSES),
    ("V4-213", 113, "netinfo-server-tag", TEXT),
    ("V4-214", 114, "v4-captive-portal", TEXT),
    ("V4-215", 116, "auto-config", "64"),
    ("V4-216", 117, "name-service-search", "68, 296, 508"),
    ("V4-217", 119, "domain-search", "a.example.org, example.org"),
    ("V4-218", 124, "vivco-suboptions", "4491, 03666f6f"),
    ("V4-219", 125, "vivso-suboptions", "4491"),
    ("V4-220", 136, "pana-agent", ADDRESSES),
    ("V4-221", 137, "v4-lost", "www.example.org"),
    ("V4-222", 138, "capwap-ac-v4", ADDRESSES),
    ("V4-223", 141, "sip-ua-cs-domains", "a.example.org, example.org"),
    ("V4-224", 146, "rdnss-selection", "1, 192.0.2.61, 192.0.2.62, example.org, example.com"),
    ("V4-225", 159, "v4-portparams", "4, 3/4"),
    ("V4-226", 212, "option-6rd", "24, 32, 2001:db8::, 192.0.2.61, 192.0.2.62"),
    ("V4-227", 213, "v4-access-domain", "www.example.org"),
)
"""Row, code, name, text of the value: the manual's table of options that an administrator configures.

The options that speak of the message itself, 52 and 54, are in tests/differential/cases/v4_options_owned.py.
"""

TYPES: Final[tuple[tuple[str, dict[str, Any], str, str], ...]] = (
    ("V4-245", {"type": "binary"}, "0a0bff", "0a0bff"),
    ("V4-246", {"type": "boolean"}, "true", "01"),
    ("V4-246", {"type": "boolean"}, "false", "00"),
    ("V4-247", {"type": "empty"}, "", ""),
    ("V4-248", {"type": "fqdn"}, "www.example.com", "03777777076578616d706c6503636f6d00"),
    ("V4-249", {"type": "ipv4-address"}, "192.0.2.7", "c0000207"),
    ("V4-250", {"type": "ipv6-address"}, "2001:db8::1", "20010db8000000000000000000000001"),
    ("V4-251", {"type": "ipv6-prefix"}, "2001:db8:1::/64", "4020010db800010000"),
    ("V4-252", {"type": "psid"}, "3/4", "043000"),
    ("V4-253", {"type": "record", "record-types": "uint8, fqdn, string"}, "5, a.b, c d", "050161016200632064"),
    ("V4-253", {"type": "record", "record-types": "uint8, uint16", "array": True}, "5, 6, 7", "0500060007"),
    ("V4-254", {"type": "string"}, "any text", "616e792074657874"),
    ("V4-255", {"type": "tuple"}, "abc", "03616263"),
    ("V4-255", {"type": "tuple", "array": True}, "abc, d", "036162630164"),
    ("V4-256", {"type": "uint8"}, "255", "ff"),
    ("V4-257", {"type": "uint16"}, "65535", "ffff"),
    ("V4-258", {"type": "uint32"}, "4294967295", "ffffffff"),
    ("V4-259", {"type": "int8"}, "-128", "80"),
    ("V4-260", {"type": "int16"}, "-32768", "8000"),
    ("V4-261", {"type": "int32"}, "-2147483648", "80000000"),
    ("V4-275", {"type": "uint16", "array": True}, "1, 2, 3", "000100020003"),
    (
        "V4-276",
        {"type": "record", "record-types": "ipv4-address, uint16", "array": True},
        "192.0.2.1, 1, 2",
        "c000020100010002",
    ),
    (
        "V4-277",
        {"type": "record", "record-types": "ipv4-address, uint16, boolean, string"},
        "192.0.2.100, 123, true, Hello World",
        "c0000264007b0148656c6c6f20576f726c64",
    ),
    ("V4-278", {"type": "uint32"}, "12345", "00003039"),
    ("V4-280", {"type": "uint16"}, "abcd", "abcd"),
    ("V4-280", {"type": "uint16"}, "0xabcd", "abcd"),
)
"""Row, definition, text of the value, octets."""


@dataclass
class Sent:
    """What the two servers put into their answers, option by option."""

    kea: dict[int, bytes]
    ours: dict[int, bytes]

    def check(self, code: int) -> bytes:
        """Return the octets of an option that both servers sent alike."""
        assert code in self.kea, "Kea does not send it"
        assert self.ours.get(code) == self.kea[code]
        return self.kea[code]


def ask(pair: Pair, configuration: dict[str, Any] | None, *options: Option) -> Sent:
    """Return what is in the two answers to a DISCOVER."""
    found = []
    for side in (pair.kea, pair.ours):
        if configuration is not None:
            side.server.load(configuration)
        side.wire.drain()
        side.wire.send(frame4(query4(DISCOVER, 1, *options).pack()))
        frame = side.wire.receive(5)
        assert frame is not None, f"{side.server.name} does not answer"
        answer: Dhcp4 = parse4(frame.payload)
        found.append({code: answer.option(code) or b"" for code, _ in answer.options})
    return Sent(*found)


def merged(pair: Pair, configuration: dict[str, Any], codes: list[int]) -> Sent:
    """Return what the servers send when asked for *codes*, some at a time so that the answers stay small."""
    whole = Sent({}, {})
    for start in range(0, len(codes), 30):
        part = ask(pair, configuration if start == 0 else None, asks(*codes[start : start + 30]))
        whole.kea.update(part.kea)
        whole.ours.update(part.ours)
    return whole


@pytest.fixture(scope="module")
def standard(pair4: Pair) -> Sent:
    """All standard options, asked for."""
    data = [{"name": name, "data": value} for _, code, name, value in STANDARD]
    return merged(pair4, network(option_data=data), [code for _, code, _, _ in STANDARD])


@pytest.fixture(scope="module")
def unasked(pair4: Pair, standard: Sent) -> Sent:
    """All standard options, with a query that asks for none. It needs the configuration of the other fixture."""
    data = [{"code": code, "data": value} for _, code, _, value in STANDARD]
    return ask(pair4, network(option_data=data))


@pytest.mark.parametrize(
    ("code", "name", "value"),
    [pytest.param(*rest, id=f"{rest[0]}-{rest[1]}", marks=pytest.mark.arm(row)) for row, *rest in STANDARD],
)
def test_standard_options_are_sent_as_kea_sends_them(
    standard: Sent, unasked: Sent, code: int, name: str, value: str
) -> None:
    octets = standard.check(code)
    assert octets or name == "vendor-encapsulated-options"
    assert (code in unasked.ours) == (code in unasked.kea) == (code in UNASKED)


@pytest.fixture(scope="module")
def types(pair4: Pair) -> Sent:
    """All data types, each in an option of its own, unasked: they are always sent."""
    definitions = [{"name": f"t{224 + at}", "code": 224 + at, **row[1]} for at, row in enumerate(TYPES)]
    data = [{"name": f"t{224 + at}", "data": row[2], "always-send": True} for at, row in enumerate(TYPES)]
    return ask(pair4, network(option_def=definitions, option_data=data))


@pytest.mark.parametrize(
    ("place", "octets"),
    [
        pytest.param(at, row[3], id=f"{row[1]['type']}-{row[2]}", marks=pytest.mark.arm(row[0]))
        for at, row in enumerate(TYPES)
    ],
)
def test_values_of_every_type_are_sent_as_kea_sends_them(types: Sent, place: int, octets: str) -> None:
    assert types.check(224 + place).hex() == octets


@pytest.mark.arm("V4-228")
def test_no_other_standard_options_come_unasked(unasked: Sent) -> None:
    listed = {code for _, code, _, _ in STANDARD}
    assert listed & set(unasked.ours) == listed & set(unasked.kea) == UNASKED
    assert 54 in unasked.ours
