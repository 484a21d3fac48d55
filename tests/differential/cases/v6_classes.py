"""Classes of DHCPv6 clients: required ones by scope, reservations before the subnet, hardware addresses by source."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client6 import NA, NET, PD, Client, network, option
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import SOLICIT, Dhcp6, Option, duid, mac, relayed6, tlv6

SCOPES = ("network", "subnet", "pool", "prefixes")
SERVERS = ("sip-server-addr", "nis-servers", "nisp-servers", "sntp-servers")


def _required() -> list[Json]:
    return [
        {
            "name": scope,
            "test": "member('ALL')",
            "only-if-required": True,
            "option-data": [option(name, f"2001:db8::{place}", always_send=True)],
        }
        for place, (scope, name) in enumerate(zip(SCOPES, SERVERS, strict=True), 1)
    ]


@case(
    6,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "client-classes": _required(),
        "shared-networks": [
            {
                "name": "one",
                "interface": "srv0",
                "require-client-classes": ["network"],
                "subnet6": [
                    {
                        "id": 1,
                        "subnet": "2001:db8:1::/64",
                        "require-client-classes": ["subnet"],
                        "pools": [{"pool": "2001:db8:1::10-2001:db8:1::1f", "require-client-classes": ["pool"]}],
                        "pd-pools": [
                            {
                                "prefix": "2001:db8:8::",
                                "prefix-len": 48,
                                "delegated-len": 56,
                                "require-client-classes": ["prefixes"],
                            }
                        ],
                    }
                ],
            }
        ],
    },
    "V6-282",
)
def required_classes_by_scope(talk: Talk) -> None:
    Client(talk, 1).lease(NA)
    Client(talk, 2).lease(PD)
    Client(talk, 3).lease(NA, PD)
    Client(talk, 3).information()


def _early(wanted: bool) -> Json:
    return network(
        subnet={"client-class": "marked"},
        client_classes=[{"name": "marked"}],
        reservations=[{"duid": duid(1).hex(":"), "client-classes": ["marked"]}],
        reservations_global=True,
        early_global_reservations_lookup=wanted,
    )


def _two_clients(talk: Talk) -> None:
    Client(talk, 1).lease(NA)
    Client(talk, 2).lease(NA)
    Client(talk, 1).lease(NA, via=(NET + "2",))


@case(6, _early(True), "V6-278")
def early_lookup(talk: Talk) -> None:
    _two_clients(talk)


@case(6, _early(False), "V6-278")
def no_early_lookup(talk: Talk) -> None:
    _two_clients(talk)


EUI = "fe80::200:ff:fe01:76"
VENDOR = b"\0\0\x11\x8b"
HARDWARE = {
    "duid": mac(1),
    "ipv6-link-local": bytes.fromhex("000000010076"),
    "client-link-addr-option": mac(0x77),
    "remote-id": mac(0x78),
    "subscriber-id": mac(0x79),
    "docsis-cmts": mac(0x7A),
    "docsis-modem": mac(0x7B),
}
"""What each source finds in the same query."""


def _sources(*names: str) -> Json:
    hosts = [
        {"hw-address": octets.hex(":"), "ip-addresses": [f"2001:db8:1::{octets[-1]:x}00"]}
        for octets in HARDWARE.values()
    ]
    return network(subnet={"reservations": hosts}, mac_sources=list(names))


def hardware_address_by_source(talk: Talk) -> None:
    of_relay: dict[str, Option] = {
        "client-link-addr-option": (79, b"\0\1" + HARDWARE["client-link-addr-option"]),
        "remote-id": (37, b"\0\0\0\1" + HARDWARE["remote-id"]),
        "subscriber-id": (38, HARDWARE["subscriber-id"]),
        "docsis-cmts": (17, VENDOR + tlv6([(1026, HARDWARE["docsis-cmts"])])),
    }
    modem = (17, VENDOR + tlv6([(36, HARDWARE["docsis-modem"])]))
    left = list(HARDWARE)
    # Each time one source less, in an order that tells which of the others is asked first.
    for gone in ("", "client-link-addr-option", "duid", "ipv6-link-local", "remote-id", "docsis-cmts", "docsis-modem"):
        left = [name for name in left if name != gone]
        identity = duid(1) if "duid" in left else b"\0\2\0\0\0\1abc"
        query = Dhcp6(SOLICIT, 7, [(1, identity), NA, *([modem] if "docsis-modem" in left else [])])
        relay = [of_relay[name] for name in left if name in of_relay]
        peer = EUI if "ipv6-link-local" in left else "fe80::1"
        talk.ask6(relayed6(query, NET + "2", peer, *relay), f"without {gone or 'nothing'}", source_port=547)


for _name in (*HARDWARE, "raw", "any"):
    case(6, _sources(_name), variant=_name)(hardware_address_by_source)
_RELAYS_FIRST = _sources("subscriber-id", "remote-id", "client-link-addr-option", "duid")
case(6, _RELAYS_FIRST, variant="relays-first")(hardware_address_by_source)
