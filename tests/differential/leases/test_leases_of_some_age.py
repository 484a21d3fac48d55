"""Leases that are some time old when their clients come back: lease caching and extended information, as in Kea.

Both servers read a lease file that was written for the occasion, so that nobody has to wait. Both are asked in the same
second, because lifetimes in answers count down.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.differential.case import Case
from tests.differential.compare import compare
from tests.differential.pair import Pair, Side
from tests.differential.talk import Record, Talk
from tests.support.kea import Json
from tests.support.packets import (
    DISCOVER,
    REBIND,
    RENEW,
    REQUEST,
    REQUEST6,
    Option,
    duid,
    ia_na,
    ia_pd,
    iaaddr,
    iaprefix,
    ip4,
    mac,
    query4,
    query6,
    relayed6,
    tlv4,
    u32,
)

pytestmark = pytest.mark.peer("kea")

HEADER4 = "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context"
HEADER6 = (
    "address,duid,valid_lifetime,expire,subnet_id,pref_lifetime,lease_type,iaid,prefix_len,fqdn_fwd,fqdn_rev,hostname,"
    "hwaddr,state,user_context,hwtype,hwaddr_source"
)
Ask = Callable[[Talk], object]


class Meeting:
    """Two servers that are asked at the same time, however long each took to start. written: of their lease files."""

    def __init__(self) -> None:
        self.written = int(time.time())
        self.begin = 0.0
        self._barrier = Barrier(2, self._begin)

    def _begin(self) -> None:
        self.begin = int(time.time()) + 1.2

    def wait(self, second: int) -> None:
        """Wait until so many seconds after both had started."""
        if not second:
            self._barrier.wait(60)
        time.sleep(max(0.0, self.begin + second - time.time()))


def converse(
    meeting: Meeting,
    side: Side,
    configuration: Json,
    header: str,
    rows: Callable[[int], list[str]],
    asks: dict[int, list[Ask]],
) -> Record:
    """Start the server with *configuration* and a lease file of *rows* (given the time), and ask it.

    asks: by the second in which they are asked.
    """
    server = side.server
    server.stop()
    server._leases += 1
    server.lease_file.write_text("\n".join([header, *rows(meeting.written), ""]))
    server.start(configuration)
    talk = Talk(server, side.wire)
    talk.record.started = meeting.written
    for second, each in asks.items():
        meeting.wait(second)
        for ask in each:
            ask(talk)
    return talk.finish()


def check(pair: Pair, *rest: Any) -> Record:
    """Fail unless both servers have said the same; return Kea's record."""
    meeting = Meeting()
    with ThreadPoolExecutor(2) as both:
        kea, ours = both.map(lambda side: converse(meeting, side, *rest), (pair.kea, pair.ours))
    differences = compare(Case("leases-of-some-age", pair.family, {}, print, ticking=True), kea, ours)
    assert not differences, "\n".join(map(str, differences))
    return kea


# DHCPv4. One row a client: subnet, what the stored lease was like, and what the client does about it.

NETWORKS4 = {
    1: {"valid-lifetime": 1000},
    2: {"valid-lifetime": 2000, "cache-threshold": 0.25, "cache-max-age": 600},
    3: {"valid-lifetime": 3000, "cache-threshold": 0.25, "cache-max-age": 600},
    4: {"valid-lifetime": 1000, "cache-max-age": 0},
    5: {"valid-lifetime": 1000, "cache-max-age": 50},
    6: {"valid-lifetime": 1000},
    7: {"valid-lifetime": 1000, "cache-threshold": 0.1},
    9: {"valid-lifetime": 4294967295},
}
SHARED4 = {6: {"cache-threshold": 0.8}, 7: {"cache-threshold": 0.8}}

CACHED4: list[tuple[int, int, int, dict[str, Any]]] = [
    (1, 1000, 100, {}),
    (1, 1000, 100, {"kind": DISCOVER}),
    (1, 1000, 100, {"reboot": True}),
    (1, 1000, 480, {}),
    (1, 1000, 520, {}),
    (1, 1000, 990, {}),
    (1, 1000, 1100, {}),
    (1, 1000, 100, {"state": 2}),
    (1, 1000, 100, {"hostname": "old", "sent": "new"}),
    (1, 1000, 100, {"hostname": "same", "sent": "same"}),
    (1, 1000, 100, {"hostname": "gone"}),
    (1, 2000, 100, {}),
    (1, 2000, 700, {}),
    (1, 500, 100, {}),
    (1, 500, 400, {}),
    (1, 1000, 100, {"wish": 600}),
    (1, 1000, 100, {"client_id": b"\1abc", "sent_id": b"\1abc"}),
    (2, 2000, 480, {}),
    (2, 2000, 520, {}),
    (3, 3000, 580, {}),
    (3, 3000, 620, {}),
    (4, 1000, 10, {}),
    (5, 1000, 30, {}),
    (5, 1000, 70, {}),
    (6, 1000, 700, {}),
    (7, 1000, 60, {}),
    (7, 1000, 150, {}),
    (9, 4294967295, 5000, {}),
    (9, 4294967295, 5000, {"kind": DISCOVER}),
]


def configuration4(**rest: Any) -> Json:
    subnets = {
        number: {"id": number, "subnet": f"10.{number}.0.0/24", "pools": [{"pool": f"10.{number}.0.0/24"}], **keywords}
        for number, keywords in NETWORKS4.items()
    }
    shared = [
        {"name": f"n{number}", "subnet4": [subnets.pop(number)], **keywords} for number, keywords in SHARED4.items()
    ]
    return {
        "interfaces-config": {"interfaces": ["srv0"]},
        "cache-threshold": 0.5,
        "calculate-tee-times": True,
        "subnet4": list(subnets.values()),
        "shared-networks": shared,
        **rest,
    }


def rows4(now: int) -> list[str]:
    return [
        f"10.{subnet}.0.{place},{mac(place).hex(':')},{rest.get('client_id', b'').hex(':')},{valid},"
        f"{now - age + valid},{subnet},0,0,{rest.get('hostname', '')},"
        f"{rest.get('state', 0)},"
        for place, (subnet, valid, age, rest) in enumerate(CACHED4, 10)
    ]


def ask4(place: int, subnet: int, rest: dict[str, Any]) -> Ask:
    address, giaddr = f"10.{subnet}.0.{place}", f"10.{subnet}.0.1"
    options: list[Option] = []
    ciaddr = address
    if rest.get("kind") == DISCOVER or rest.get("reboot"):
        options.append((50, ip4(address)))
        ciaddr = "0.0.0.0"
    if "sent" in rest:
        options.append((12, rest["sent"].encode()))
    if "sent_id" in rest:
        options.append((61, rest["sent_id"]))
    if "wish" in rest:
        options.append((51, u32(rest["wish"])))
    message = query4(rest.get("kind", REQUEST), place, *options, ciaddr=ciaddr, giaddr=giaddr, hops=1)
    return lambda talk: talk.ask4(message, f"{address} {rest}")


@pytest.mark.arm("V4-423", "V4-424", "V4-425", "V4-426", "V4-427", "V4-428", "V4-429")
def test_dhcp4_leases_are_cached_as_by_kea(pair4: Pair) -> None:
    asks = [ask4(place, subnet, rest) for place, (subnet, _valid, _age, rest) in enumerate(CACHED4, 10)]
    kea = check(pair4, configuration4(), HEADER4, rows4, {0: asks[:15], 1: asks[15:]})
    written = {row["address"] for row in kea.rows[len(CACHED4) :]}
    assert "10.1.0.10" not in written and "10.2.0.28" in written, "some were cached and some were not"


# DHCPv4, extended information.

KEPT4 = [
    ("", True),
    ("", False),
    ('{ "ISC": { "relay-agent-info": "0x01020304" } }', True),
    ('{ "ISC": { "relay-agent-info": "0x01020304" } }', False),
    ('{ "ISC": { "more": 1, "relay-agent-info": "0x01020304" }, "mine": [ 1, 2 ] }', True),
    ('{ "mine": { "ISC": 3 } }', True),
    ('{ "mine": { "a": "b" } }', False),
]


def kept4(now: int) -> list[str]:
    return [
        f"10.{subnet}.0.{place},{mac(subnet * 20 + place).hex(':')},,1000,{now + 900},{subnet},0,0,,0,"
        + context.replace(",", "&#x2c")
        for subnet in (1, 6, 7)
        for place, (context, _agent) in enumerate(KEPT4, 10)
    ]


def renew4(subnet: int, place: int, agent: bool) -> Ask:
    options = [(82, tlv4([(1, bytes.fromhex("AABBCCDD"))]))] if agent else []
    address = f"10.{subnet}.0.{place}"
    message = query4(REQUEST, subnet * 20 + place, *options, ciaddr=address, giaddr=f"10.{subnet}.0.1", hops=1)
    return lambda talk: talk.ask4(message, f"{address} {agent}")


@pytest.mark.arm("V4-417", "V4-418", "V4-419")
def test_dhcp4_relay_information_joins_what_is_kept_with_a_lease(pair4: Pair) -> None:
    configuration = {
        "interfaces-config": {"interfaces": ["srv0"]},
        "store-extended-info": True,
        "valid-lifetime": 1000,
        "subnet4": [{"id": 1, "subnet": "10.1.0.0/24", "pools": [{"pool": "10.1.0.0/24"}]}],
        "shared-networks": [
            {
                "name": "off",
                "store-extended-info": False,
                "subnet4": [
                    {"id": 6, "subnet": "10.6.0.0/24", "pools": [{"pool": "10.6.0.0/24"}], "store-extended-info": True}
                ],
            },
            {
                "name": "off too",
                "store-extended-info": False,
                "subnet4": [{"id": 7, "subnet": "10.7.0.0/24", "pools": [{"pool": "10.7.0.0/24"}]}],
            },
        ],
    }
    asks = [renew4(subnet, place, agent) for subnet in (1, 6, 7) for place, (_, agent) in enumerate(KEPT4, 10)]
    kea = check(pair4, configuration, HEADER4, kept4, {0: asks})
    last = {row["address"]: row["user_context"] for row in kea.rows}
    assert "AABBCCDD" in last["10.1.0.10"] and "AABBCCDD" in last["10.6.0.10"]
    assert last["10.7.0.10"] == "" == last["10.1.0.11"]


# DHCPv6. Kea takes leases of a file for as old as its reading of them, so these age in real seconds.

TIMES6 = {"valid-lifetime": 10, "preferred-lifetime": 8}
NETWORKS6 = {
    1: TIMES6,
    2: {**TIMES6, "cache-max-age": 1},
    3: {**TIMES6, "cache-max-age": 0},
    4: {"valid-lifetime": 10, "preferred-lifetime": 2},
    5: {"valid-lifetime": 4294967295},
    6: TIMES6,
    7: {**TIMES6, "cache-threshold": 0.1},
    8: {**TIMES6, "min-valid-lifetime": 5, "max-valid-lifetime": 20},
}
SHARED6 = {6: {"cache-threshold": 0.8}, 7: {"cache-threshold": 0.8}}

CACHED6: list[tuple[int, int, dict[str, Any]]] = [
    (1, 2, {}),
    (1, 2, {"kind": REBIND}),
    (1, 2, {"kind": REQUEST6}),
    (1, 2, {"pd": True}),
    (1, 2, {"pd": True, "kind": REBIND}),
    (1, 2, {"sent": b"\0\3new\0"}),
    (2, 2, {}),
    (3, 2, {}),
    (4, 3, {}),
    (5, 3, {}),
    (7, 3, {}),
    (8, 3, {"first": 20, "wish": 20}),
    (8, 3, {"first": 20, "wish": 7}),
    (8, 3, {"first": 7, "wish": 20}),
    (1, 6, {}),
    (1, 6, {"kind": REQUEST6}),
    (1, 6, {"pd": True}),
    (6, 6, {}),
]
"""Subnet, how many seconds after the first REQUEST the client comes back, and how."""


def address6(subnet: int, place: int, pd: bool) -> str:
    return f"2001:db8:1{subnet}:{place}00::" if pd else f"2001:db8:{subnet}::{place}"


def configuration6(networks: dict[int, Json], shared: dict[int, Json], **rest: Any) -> Json:
    subnets = {
        number: {
            "id": number,
            "subnet": f"2001:db8:{number}::/64",
            "pools": [{"pool": f"2001:db8:{number}::/64"}],
            "pd-pools": [{"prefix": f"2001:db8:1{number}::", "prefix-len": 48, "delegated-len": 56}],
            **keywords,
        }
        for number, keywords in networks.items()
    }
    links = [{"name": f"n{number}", "subnet6": [subnets.pop(number)], **each} for number, each in shared.items()]
    return {
        "interfaces-config": {"interfaces": ["srv0"]},
        "subnet6": list(subnets.values()),
        "shared-networks": links,
        **rest,
    }


def row6(subnet: int, place: int, times: tuple[int, int, int], rest: dict[str, Any]) -> str:
    preferred, valid, expire = times
    pd = bool(rest.get("pd"))
    client = subnet * 100 + place
    return (
        f"{address6(subnet, place, pd)},{duid(client).hex(':')},{valid},{expire},{subnet},{preferred},"
        f"{2 if pd else 0},1,{56 if pd else 128},0,0,{rest.get('hostname', '')},{mac(client).hex(':')},"
        f"{rest.get('state', 0)},{rest.get('context', '').replace(',', '&#x2c')},1,2"
    )


def ask6(subnet: int, place: int, rest: dict[str, Any]) -> Ask:
    pd = bool(rest.get("pd"))
    address = address6(subnet, place, pd)
    wish = rest.get("wish", 0)
    ia = ia_pd(1, iaprefix(f"{address}/56", 0, wish)) if pd else ia_na(1, iaaddr(address, 0, wish))
    kind = rest.get("kind", RENEW)
    options: list[Option] = [ia]
    if kind != REBIND:
        options.insert(0, (2, bytes.fromhex("0002000004d2abcdef")))
    if "sent" in rest:
        options.append((39, rest["sent"]))
    extra = rest.get("relay_options", ())
    message = relayed6(
        query6(kind, subnet * 100 + place, *options), rest.get("link", f"2001:db8:{subnet}::1"), "fe80::7", *extra
    )
    if rest.get("twice"):
        message = relayed6(message, "::", "fe80::8", (18, b"second"), hops=1)
    return lambda talk: talk.ask6(message, f"{address} {rest}", source_port=547)


@pytest.mark.arm("V6-341", "V6-342", "V6-343", "V6-344", "V6-345", "V6-346", "V6-348")
def test_dhcp6_leases_are_cached_as_by_kea(pair6: Pair) -> None:
    def first(subnet: int, place: int, rest: dict[str, Any]) -> Ask:
        return ask6(subnet, place, {"kind": REQUEST6, "pd": rest.get("pd"), "wish": rest.get("first", 0)})

    clients = [(subnet, place, after, rest) for place, (subnet, after, rest) in enumerate(CACHED6, 10)]
    asks = {0: [first(subnet, place, rest) for subnet, place, _after, rest in clients]}
    for subnet, place, after, rest in clients:
        asks.setdefault(after, []).append(ask6(subnet, place, rest))
    configuration = configuration6(NETWORKS6, SHARED6, **{"cache-threshold": 0.5, "calculate-tee-times": True})
    kea = check(pair6, configuration, HEADER6, lambda _now: [], asks)
    written = [row["address"] for row in kea.rows]
    assert written.count("2001:db8:1::10") == 1 and written.count("2001:db8:1::24") == 2


KEPT6: list[tuple[str, dict[str, Any]]] = [
    ("", {}),
    ("", {"relay_options": ((18, b"ifid"), (37, u32(9) + b"rem"))}),
    ("", {"twice": True, "relay_options": ((18, b"ifid"),)}),
    ("", {"kind": REBIND, "relay_options": ((18, b"ifid"),)}),
    ("", {"kind": REQUEST6}),
    ('{ "ISC": { "more": 1, "relays": [ { "hop": 3, "link": "::", "peer": "fe80::1" } ] } }', {}),
    ('{ "mine": [ 1, 2 ] }', {}),
    ('{ "mine": [ 1, 2 ] }', {"pd": True}),
]


@pytest.mark.arm("V6-332", "V6-333", "V6-334")
def test_dhcp6_relay_information_joins_what_is_kept_with_a_lease(pair6: Pair) -> None:
    lifetimes = {"valid-lifetime": 1000, "preferred-lifetime": 800}
    networks = {1: lifetimes, 6: {**lifetimes, "store-extended-info": True}, 7: lifetimes}
    off = {"store-extended-info": False}
    configuration = configuration6(networks, {6: off, 7: off}, **{"store-extended-info": True})
    cases = [
        (subnet, place, {**rest, "context": context})
        for subnet in networks
        for place, (context, rest) in enumerate(KEPT6, 10)
    ]

    def rows(now: int) -> list[str]:
        return [row6(subnet, place, (800, 1000, now + 900), rest) for subnet, place, rest in cases]

    kea = check(pair6, configuration, HEADER6, rows, {0: [ask6(*each) for each in cases]})
    last = {row["address"]: row["user_context"] for row in kea.rows}
    assert "relays" in last["2001:db8:1::10"] and "relays" in last["2001:db8:6::10"]
    assert last["2001:db8:7::10"] == ""
