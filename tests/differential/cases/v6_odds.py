"""Corners of DHCPv6: odd pools, relays at every level in expressions, what several pools exclude and send."""

from __future__ import annotations

from typing import Any

from tests.differential.case import case
from tests.differential.cases.client6 import NA, NET, PD, Client, address, network, option, prefix
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import Dhcp6, Relay6, ia_na, ia_pd, iaaddr, iaprefix, oro, query6, relayed6, u32

WIDE = "2001:db8:1::10-2001:db8:1::ff"


def pools(*addresses: str, prefixes: tuple[tuple[str, int, int], ...] = (), **members: Any) -> Json:
    """Return a configuration of one subnet with pools; prefixes: (prefix, length, delegated length)."""
    return network(
        None,
        {},
        {
            "pools": [{"pool": each} for each in addresses],
            "pd-pools": [
                {"prefix": first, "prefix-len": length, "delegated-len": delegated}
                for first, length, delegated in prefixes
            ],
            **{name.replace("_", "-"): value for name, value in members.items()},
        },
    )


def take(talk: Talk) -> None:
    for number in range(1, 6):
        Client(talk, number).lease(NA, PD)
    Client(talk, 6).lease(ia_na(1, address("5")), ia_pd(1, iaprefix("2001:db8:1:8000::/64")))
    Client(talk, 7).lease(ia_na(1, iaaddr("2001:db8:1::")), ia_pd(1, iaprefix("2001:db8:1::/64")))
    Client(talk, 1).renew(ia_na(1, address("0")), ia_pd(1, iaprefix("2001:db8:1:8000::/64")))


for _name, _config, _rows in (
    (
        "bits-beyond-the-prefix",
        pools("2001:db8:1::5/125", prefixes=(("2001:db8:2:8000::", 48, 64),)),
        ("V6-094", "V6-080"),
    ),
    ("one-of-each", pools("2001:db8:1::5-2001:db8:1::5", prefixes=(("2001:db8:2::", 64, 64),)), ("V6-090",)),
    ("a-host-pool", pools("2001:db8:1::5/128", "2001:db8:1::7/128"), ("V6-080", "V6-082")),
    ("long-prefixes", pools(prefixes=(("2001:db8:2::", 126, 128),)), ("V6-090", "V6-092")),
    ("pools-of-pools", pools("2001:db8:1::30/124", "2001:db8:1::2-2001:db8:1::3", "2001:db8:1::10/126"), ("V6-081",)),
    (
        "prefixes-of-lengths",
        pools(prefixes=(("2001:db8:3::", 63, 64), ("2001:db8:2::", 48, 48), ("2001:db8:4::", 59, 60))),
        ("V6-089",),
    ),
    (
        "the-end-of-the-subnet",
        pools(
            f"{NET}10-{NET}11",
            "2001:db8:1:0:ffff:ffff:ffff:fffe-2001:db8:1:0:ffff:ffff:ffff:ffff",
            prefixes=(("2001:db8:0:8::", 63, 64), ("2001:db8:1:fffe::", 63, 64), ("2001:db8:0:a::", 63, 64)),
            subnet="2001:db8::/47",
        ),
        ("V6-523",),
    ),
    ("the-last-addresses", pools(f"{NET}10-{NET}11", "2001:db8:1:0:8000::/65", f"{NET}30-{NET}31"), ("V6-523",)),
    ("a-subnet-with-bits", pools("2001:db8:1::/126", subnet="2001:db8:1::77/64"), ("V6-077",)),
):
    case(6, _config, *_rows, variant=_name)(take)


@case(6, pools(prefixes=(("2001:db8:2::1", 48, 64),)), "V6-094")
def bits_within_a_delegated_prefix(talk: Talk) -> None:
    Client(talk, 1).solicit(PD)


def _excluding(first: str, length: int, delegated: int, excluded: str, excluded_length: int, **rest: Any) -> Json:
    return {
        "prefix": first,
        "prefix-len": length,
        "delegated-len": delegated,
        "excluded-prefix": excluded,
        "excluded-prefix-len": excluded_length,
        **{name.replace("_", "-"): value for name, value in rest.items()},
    }


@case(
    6,
    network(
        None,
        {},
        {
            "pd-pools": [
                _excluding("2001:db8:1:8000::", 48, 64, "2001:db8:1:8000:cafe:80::", 72),
                _excluding("2001:db8:2::", 63, 64, "2001:db8:2:0:8000::", 65),
                {"prefix": "2001:db8:3::", "prefix-len": 63, "delegated-len": 64},
                _excluding("2001:db8:4::", 63, 64, "2001:db8:4::1234:5678:9abc:def0", 128),
            ],
            "reservations": [
                {"duid": "00:03:00:01:02:00:00:01:00:01", "prefixes": ["2001:db8:2:1::/64", "2001:db8:9::/48"]}
            ],
        },
    ),
    "V6-096",
    "V6-097",
    "V6-098",
    "V6-467",
)
def excluded_prefixes_of_several_pools(talk: Talk) -> None:
    for number in (1, 2):
        client = Client(talk, number, oro(67))
        client.lease(ia_pd(1), ia_pd(2), ia_pd(3))
        client.renew()
        client.lease(ia_pd(4, iaprefix("2001:db8:2::/64")), ia_pd(5, iaprefix("2001:db8:4:1::/64")))
        client.rebind(ia_pd(4, iaprefix("2001:db8:2::/64")), ia_pd(5, iaprefix("2001:db8:4:1::/64")))
        client.options = ()
        client.renew(ia_pd(4, iaprefix("2001:db8:2::/64")))
        client.options = (oro(23, 67),)
        client.renew(ia_pd(4, iaprefix("2001:db8:2::/64")))
        client.release(ia_pd(4, iaprefix("2001:db8:2::/64")))


OUT = (
    *("bootfile-url", "new-posix-timezone", "new-tzdb-timezone", "v6-captive-portal"),
    *("v6-lost", "aftr-name", "v6-access-domain", "erp-local-domain-name", "nis-domain-name", "nisp-domain-name"),
)


def _levels(what: str) -> Json:
    """Return classes that try an expression at every level, four to either side."""
    return network(
        WIDE,
        client_classes=[
            {
                "name": f"l{level}",
                "test": what.replace("#", str(level)),
                "option-data": [option(OUT[level + 4], f"level{level + 4}", always_send=True)],
            }
            for level in range(-4, 4)
        ],
    )


def every_level(talk: Talk) -> None:
    for depth in range(5):
        message: Dhcp6 | Relay6 = query6(1, depth + 1, NA)
        for hop in range(depth):
            extra = [(18, b"port%d" % hop), (37, u32(9) + b"id")] if hop % 2 == 0 else [(38, b"sub")]
            message = relayed6(
                message, NET + "2" if hop == 0 else f"2001:db8:{hop}::1", f"fe80::{hop + 1}", *extra, hops=hop
            )
        talk.ask6(message, f"{depth} relays", **({"source_port": 547} if depth else {}))


for _name, _test in (
    ("peer", "relay6[#].peeraddr == fe80::1"),
    ("link", "relay6[#].linkaddr == 2001:db8:1::1"),
    ("option", "relay6[#].option[18].exists"),
    ("octets", "relay6[#].option[18].hex == 0x706f727430"),
    ("text", "substring(relay6[#].option[37].hex, 4, all) == 'id'"),
    ("not", "not relay6[#].option[38].exists"),
    ("no-address", "relay6[#].peeraddr == ''"),
):
    case(6, _levels(_test), "V6-273", "V6-260", variant=_name)(every_level)


@case(
    6,
    network(
        None,
        {},
        {
            "pools": [
                {
                    "pool": f"2001:db8:1::{first}0-2001:db8:1::{first}0",
                    "option-data": [option("dns-servers", f"2001:db8::{first}"), *more],
                }
                for first, more in (
                    (1, [option("sntp-servers", "2001:db8:1::1")]),
                    (2, [option("nis-servers", "2001:db8:2::1")]),
                    (3, []),
                )
            ],
            "pd-pools": [
                {
                    "prefix": "2001:db8:8::",
                    "prefix-len": 56,
                    "delegated-len": 56,
                    "option-data": [option("nisp-servers", "2001:db8:3::1")],
                }
            ],
        },
    ),
    "V6-118",
)
def options_of_several_pools(talk: Talk) -> None:
    client = Client(talk, 1, oro(31, 27, 28))
    client.lease(ia_na(1), ia_na(2), ia_pd(1))
    client.renew()
    client.renew(ia_na(1, address("10")))
    client.renew(ia_pd(1, prefix("0")))
    client.information()
    client.release()
    Client(talk, 2, oro(23)).lease(ia_na(1, address("30")))
    Client(talk, 3, oro(23)).lease(ia_na(1, address("20")))


@case(
    6,
    network(
        WIDE,
        option_data=[
            {"name": "vendor-class", "csv-format": False, "data": "0000118b0003616263"},
            option("user-class", "0003616263", always_send=True),
            option("subscriber-id", "0102", always_send=True),
            option("status-code", "0, fine", always_send=True),
            option("rapid-commit", "", always_send=True),
        ],
    ),
    "V6-121",
    "V6-234",
    "V6-202",
)
def options_that_servers_do_not_send(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2, oro(13, 14, 15, 16, 38)).lease()
    Client(talk, 3, oro(13, 14, 15, 16, 38)).information()


@case(
    6,
    network(
        WIDE,
        option_data=[
            {"name": name, "data": data, "always-send": True}
            for name, data in (
                ("clientid", "0102030405"),
                ("serverid", "0102030405"),
                ("oro", "23"),
                ("elapsed-time", "5"),
                ("interface-id", "0102"),
                ("preference", "5"),
                ("unicast", "2001:db8:1::1"),
            )
        ],
    ),
    "V6-190",
    "V6-191",
    "V6-115",
)
def options_of_the_engine_configured(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2).lease(NA, via=(NET + "2",), relay_options=((18, b"mine"),))
    Client(talk, 3).information()


@case(
    6,
    network(
        "2001:db8:1::10-2001:db8:1::11",
        subnet={
            "rapid-commit": True,
            "reservations": [{"duid": "00:03:00:01:02:00:00:01:00:01", "ip-addresses": [NET + "200"]}],
        },
    ),
    "V6-263",
    "V6-200",
    "V6-266",
)
def rapid_commit_and_reservations(talk: Talk) -> None:
    for number in (1, 2, 3, 4):
        Client(talk, number).solicit(NA, PD, (14, b""))
        Client(talk, number).solicit(ia_na(2), (14, b""), via=(NET + "2",))
    Client(talk, 1).renew(ia_na(1, address("200")))
