"""The same conversation with two servers whose configurations differ in one keyword: does it make a difference?

The conversation has something for every keyword that packets can show: relays, vendor classes, names, reservations,
wished lifetimes, renewals, releases, declines. What counts is all that comes out: answers, drops, leases.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

from kea_twisted.alloc.recount import recount4
from kea_twisted.base.address import parse4 as address4
from kea_twisted.base.address import text6
from kea_twisted.config.build import build4
from kea_twisted.config.parse import load_object
from kea_twisted.errors import ConfigErrors
from kea_twisted.family import V4
from kea_twisted.hooks.callout import NO_CALLOUTS
from kea_twisted.leases.memfile.manager import Memfile4
from kea_twisted.server.outcome import Send
from kea_twisted.server.v4.server import Dhcp4Server
from kea_twisted.stats.registry import Statistics
from kea_twisted.wire.packet import Receipt
from tests.support.packets import (
    CONFIRM,
    DECLINE,
    DECLINE6,
    DISCOVER,
    INFORM,
    INFORMATION_REQUEST,
    REBIND,
    RELEASE,
    RELEASE6,
    RENEW,
    REQUEST,
    REQUEST6,
    SOLICIT,
    Dhcp4,
    Dhcp6,
    Option,
    duid,
    ia_na,
    ia_pd,
    iaaddr,
    iaprefix,
    ip4,
    mac,
    oro,
    parse4,
    query4,
    query6,
    relayed6,
    tlv4,
    u32,
)
from tests.support.server6 import SERVER_ID, START, Server6

Json = dict[str, Any]
DROP: Final = object()
"""In place of a value: the keyword is taken out."""

PRL: Final = (55, bytes((1, 3, 6, 12, 15, 66, 200, 201)))

BASE4: Final[Json] = {
    "dhcp-ddns": {"enable-updates": True},
    "option-def": [{"name": "own", "code": 200, "type": "uint8"}],
    "option-data": [{"name": "own", "data": "7"}],
    "client-classes": [
        {"name": "late", "test": "member('ALL')", "only-if-required": True,
         "option-data": [{"name": "domain-name", "data": "late.example"}]},
        {"name": "phones", "test": "option[60].text == 'phone'", "option-data": [{"name": "own", "data": "9"}]},
        {"name": "marked", "option-data": [{"name": "domain-name", "data": "marked.example"}]},
    ],
    "reservations": [{"hw-address": mac(9).hex(":"), "hostname": "nine"}],
    "shared-networks": [
        {
            "name": "one",
            "subnet4": [
                {
                    "id": 1,
                    "subnet": "192.0.2.0/24",
                    "pools": [{"pool": "192.0.2.10 - 192.0.2.60"}],
                    "reservations": [{"hw-address": mac(8).hex(":"), "ip-address": "192.0.2.11"}],
                }
            ],
        }
    ],
}  # fmt: skip

BASE6: Final[Json] = {
    "dhcp-ddns": {"enable-updates": True},
    "option-def": [{"name": "own", "code": 1200, "type": "uint8"}],
    "option-data": [{"name": "own", "data": "7"}],
    "client-classes": [
        {"name": "late", "test": "member('ALL')", "only-if-required": True,
         "option-data": [{"name": "bootfile-url", "data": "late"}]},
        {"name": "phones", "test": "option[15].exists", "option-data": [{"name": "own", "data": "9"}]},
        {"name": "marked", "option-data": [{"name": "bootfile-url", "data": "marked"}]},
    ],
    "reservations": [{"duid": duid(9).hex(":"), "hostname": "ninth"}],
    "shared-networks": [
        {
            "name": "one",
            "interface": "eth0",
            "subnet6": [
                {
                    "id": 1,
                    "subnet": "2001:db8:1::/64",
                    "pools": [{"pool": "2001:db8:1::10 - 2001:db8:1::60"}],
                    "pd-pools": [{"prefix": "2001:db8:8::", "prefix-len": 48, "delegated-len": 64}],
                    "reservations": [{"duid": duid(8).hex(":"), "ip-addresses": ["2001:db8:1::11"]}],
                }
            ],
        }
    ],
}  # fmt: skip

PLACES: Final = {
    "Dhcp4": "", "Dhcp6": "",
    "SharedNetwork4": "shared-networks/0", "SharedNetwork6": "shared-networks/0",
    "Subnet4": "shared-networks/0/subnet4/0", "Subnet6": "shared-networks/0/subnet6/0",
    "Pool/4": "shared-networks/0/subnet4/0/pools/0", "Pool/6": "shared-networks/0/subnet6/0/pools/0",
    "PdPool": "shared-networks/0/subnet6/0/pd-pools/0",
    "Reservation4": "shared-networks/0/subnet4/0/reservations/0",
    "Reservation6": "shared-networks/0/subnet6/0/reservations/0",
    "ClientClass4": "client-classes/1", "ClientClass6": "client-classes/1",
    "OptionDef": "option-def/0", "OptionData": "option-data/0",
    "Compatibility": "compatibility", "DhcpDdns": "dhcp-ddns", "ExpiredLeasesProcessing": "expired-leases-processing",
}  # fmt: skip
"""Where the sections of :data:`BASE4` and :data:`BASE6` stand, by model."""


def change(configuration: Json, changes: Mapping[str, Any]) -> Json:
    """Return *configuration* with values put at paths like ``shared-networks/0/name``; DROP takes one out."""
    whole = deepcopy(configuration)
    for path, value in changes.items():
        at: Any = whole
        *above, last = path.split("/")
        for step in above:
            at = at[int(step)] if isinstance(at, list) else at.setdefault(step, {})
        if value is DROP:
            del at[last]
        elif isinstance(at, list):
            at[int(last) :] = [deepcopy(value)]
        else:
            at[last] = deepcopy(value)
    return whole


def outcome(family: int, changes: Mapping[str, Any]) -> list[str]:
    """Return all that comes out of the conversation under the base configuration with *changes*."""
    base = BASE4 if family == 4 else BASE6
    try:
        return _talk4(change(base, changes)) if family == 4 else _talk6(change(base, changes))
    except ConfigErrors as errors:
        return ["refused", str(errors)]


def _rows(leases: Any) -> list[str]:
    found = [lease for subnet in (0, 1, 2, 3) for lease in leases.by_subnet(subnet)]
    return sorted(repr([getattr(lease, name) for name in type(lease).__slots__]) for lease in found)


def _talk4(configuration: Json) -> list[str]:
    config = build4(load_object({"Dhcp4": configuration}, V4).model)
    leases, statistics, now = Memfile4(None), Statistics(), START
    server = Dhcp4Server(config, leases, statistics, NO_CALLOUTS, now)
    recount4(statistics, config.subnets, leases, now)
    seen: list[str] = []

    def ask(message: Dhcp4, interface: str = "eth0", own: str = "192.0.2.1") -> Dhcp4 | None:
        relayed = message.giaddr != "0.0.0.0"
        target, sender = (own, message.giaddr) if relayed else ("255.255.255.255", "0.0.0.0")
        port = 67 if relayed else 68
        receipt = Receipt(
            interface, 2, address4(target), 67, address4(sender), port, message.chaddr, None, address4(own), True
        )
        found = server.receive(message.pack(), receipt, now)
        seen.append(repr(found.octets) if isinstance(found, Send) else getattr(found, "reason", ""))
        return parse4(found.octets) if isinstance(found, Send) else None

    def lease(client: int, *options: Option, **fields: Any) -> str:
        offer = ask(query4(DISCOVER, client, PRL, *options, **fields))
        if offer is None:
            return "192.0.2.250"
        choice: list[Option] = [(50, ip4(offer.yiaddr)), (54, offer.option(54) or b"")]
        ask(query4(REQUEST, client, PRL, *choice, *options, **fields))
        return offer.yiaddr

    relay: Json = {"giaddr": "192.0.2.2", "hops": 1}
    agent = (82, tlv4([(1, b"port"), (2, b"remote")]))
    first = lease(1, (12, b"cl_ient"), (61, b"one"), (60, b"phone"))
    lease(2, (51, u32(100)))
    lease(3, (51, u32(1_000_000)))
    lease(8, (60, b"phone"))
    lease(9)
    now += 10
    ask(query4(REQUEST, 1, PRL, (12, b"cl_ient"), (61, b"one"), (60, b"phone"), ciaddr=first))
    lease(1, (61, b"other"))
    ask(query4(REQUEST, 20, (50, ip4("192.0.2.200"))))
    lease(21, agent, **relay)
    lease(22, agent, giaddr="10.9.9.9", hops=1)
    ask(query4(DISCOVER, 23, PRL), "eth1", "10.1.1.1")
    for client, flags in ((24, 0x08), (25, 0), (26, 1)):
        lease(client, (81, bytes((flags, 0, 0)) + b"na_me"))
    ask(query4(DISCOVER, 27, (124, b"\0\0\x11\x8b\x05ab")))
    ask(query4(INFORM, 28, PRL, ciaddr="192.0.2.99"))
    declined = lease(29)
    ask(query4(DECLINE, 29, (50, ip4(declined)), (54, ip4("192.0.2.1"))))
    released = lease(30)
    ask(query4(RELEASE, 30, (54, ip4("192.0.2.1")), ciaddr=released))
    seen.extend(_rows(leases))
    server.reclaimer.all(now + 9000, False)
    seen.extend(_rows(leases))
    return seen


def _talk6(configuration: Json) -> list[str]:
    server = Server6(configuration)
    seen: list[str] = []

    def ask(kind: int, client: int, *options: Option, **where: Any) -> Dhcp6 | None:
        answer = server.ask(query6(kind, client, *options), **where)
        seen.append(repr(server.outcome.octets) if isinstance(server.outcome, Send) else server.reason)
        return answer  # type: ignore[no-any-return]

    def lease(client: int, *options: Option) -> None:
        ask(SOLICIT, client, asked, *options)
        ask(REQUEST6, client, (2, SERVER_ID), asked, *options)

    def relayed(client: int, link: str, *agent: Option) -> None:
        query = query6(REBIND, client, asked, ia_na(1))
        server.ask(relayed6(query, link, "fe80::77", *agent))
        seen.append(repr(server.outcome.octets) if isinstance(server.outcome, Send) else server.reason)

    asked = oro(23, 39, 59, 67, 1200, 1201)
    phone = (15, b"\0\5phone")
    lease(1, phone, ia_na(1), ia_pd(1))
    lease(2, ia_na(1, iaaddr("::", 50, 100)), ia_pd(1, iaprefix("::/0", 50, 100)))
    lease(3, ia_na(1, iaaddr("::", 900_000, 1_000_000)))
    lease(8, phone, ia_na(1))
    lease(9, ia_na(1), (39, b"\1\4nine"))
    server.now += 10
    ask(RENEW, 1, (2, SERVER_ID), asked, phone, ia_na(1, iaaddr("2001:db8:1::10")), ia_pd(1))
    ask(SOLICIT, 20, (14, b""), asked, ia_na(1))
    relayed(21, "2001:db8:1::1", (18, b"port"), (37, b"\0\0\0\1" + mac(77)), (38, mac(78)), (79, b"\0\1" + mac(79)))
    relayed(22, "2001:db8:9::9")
    relayed(23, "2001:db8:9::5", (18, b"port"))
    relayed(24, "2001:db8:1::1", (66, b"\0\x17\0\x10" + bytes(16)))
    ask(SOLICIT, 25, asked, ia_na(1), interface="eth1")
    for client, flags in ((26, 4), (27, 0), (28, 1)):
        lease(client, ia_na(1), (39, bytes((flags,)) + b"\5na_me"))
    lease(29, ia_na(1), (39, b"\1"))
    ask(SOLICIT, 30, asked, ia_na(1), (16, b"\0\0\x11\x8b\0\5ab"))
    ask(INFORMATION_REQUEST, 31, asked)
    ask(CONFIRM, 1, ia_na(1, iaaddr("2001:db8:1::10")))
    held = {kind: text6(found.address) for kind in (0, 2) for found in server.leases.by_ia(kind, duid(1), 1)}
    ask(DECLINE6, 1, (2, SERVER_ID), ia_na(1, iaaddr(held.get(0, "::"))))
    ask(RELEASE6, 1, (2, SERVER_ID), ia_pd(1, iaprefix(f"{held.get(2, '::')}/64")))
    seen.extend(_rows(server.leases))
    server.server.reclaimer.all(server.now + 9000, False)
    seen.extend(_rows(server.leases))
    return seen
