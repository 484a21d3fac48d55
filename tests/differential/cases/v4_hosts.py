"""Host reservations in the configuration, by every identifier and in every mode."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import RELAY, Client, asks, network, option, wants
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import tlv4

MAC1 = "02:00:00:01:00:01"
MAC2 = "02:00:00:01:00:02"
OPTIONS = [option("routers", "192.0.2.1"), option("domain-name", "example.org")]


def reserved_address(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease()
    one.renew()
    one.discover(wants("192.0.2.15"))
    two = Client(talk, 2)
    two.discover(wants("192.0.2.200"))
    two.select("192.0.2.200")
    two.lease()
    two.renew("192.0.2.200")
    Client(talk, 3).lease()
    one.release()
    two.discover(wants("192.0.2.200"))


HOST = {"hw-address": MAC1, "ip-address": "192.0.2.200"}
IN_POOL = {"hw-address": MAC1, "ip-address": "192.0.2.11"}

case(4, network(subnet={"reservations": [HOST]}), "V4-430", "V4-436", variant="out-of-pool-address")(reserved_address)
case(4, network(subnet={"reservations": [IN_POOL]}), "V4-437", variant="in-pool-address")(reserved_address)
case(
    4,
    network(subnet={"reservations": [HOST], "reservations-out-of-pool": True}),
    "V4-463",
    variant="out-of-pool-flag",
)(reserved_address)
case(
    4,
    network(subnet={"reservations": [IN_POOL], "reservations-out-of-pool": True}),
    "V4-463",
    variant="out-of-pool-flag-in-pool-address",
)(reserved_address)
case(4, network(subnet={"reservations": [HOST], "reservations-in-subnet": False}), "V4-462", variant="in-subnet-off")(
    reserved_address
)
case(4, network(subnet={"reservations": [HOST], "reservation-mode": "disabled"}), "V4-459", variant="mode-disabled")(
    reserved_address
)
case(
    4,
    network(subnet={"reservations": [IN_POOL], "reservation-mode": "out-of-pool"}),
    "V4-457",
    variant="mode-out-of-pool",
)(reserved_address)
case(4, network(reservations=[HOST], reservation_mode="global"), "V4-458", "V4-468", variant="mode-global")(
    reserved_address
)
case(4, network(reservations=[HOST]), "V4-461", variant="global-not-enabled")(reserved_address)
case(4, network(reservations=[HOST], reservations_global=True), "V4-468", variant="global")(reserved_address)
case(4, network(reservations=[IN_POOL], reservations_global=True), "V4-444", variant="global-in-pool")(reserved_address)
case(
    4,
    network(
        subnet={"reservations": [{"hw-address": MAC1, "ip-address": "192.0.2.201", "hostname": "subnet"}]},
        reservations=[{**HOST, "hostname": "global"}],
        reservations_global=True,
    ),
    "V4-466",
    variant="global-and-subnet",
)(reserved_address)
case(
    4,
    network(reservations=[{"hw-address": MAC1, "hostname": "name-only"}], reservations_global=True),
    variant="global-name",
)(reserved_address)
case(
    4,
    network(subnet={"reservations": [HOST]}, reservations_lookup_first=True),
    "V4-476",
    variant="lookup-first",
)(reserved_address)
case(
    4,
    network(subnet={"reservations": [IN_POOL]}, reservations_lookup_first=True),
    "V4-476",
    variant="lookup-first-in-pool",
)(reserved_address)
case(
    4,
    network(subnet={"reservations": [IN_POOL]}, multi_threading={"enable-multi-threading": True}),
    variant="threads",
)(reserved_address)


@case(
    4,
    network(
        subnet={
            "reservations": [
                {
                    **HOST,
                    "hostname": "resv",
                    "next-server": "192.0.2.8",
                    "server-hostname": "hs",
                    "boot-file-name": "hf",
                    "option-data": [option("routers", "192.0.2.77"), option("log-servers", "192.0.2.78")],
                },
                {"client-id": "01:63:69:64", "ip-address": "192.0.2.15"},
                {"hw-address": "02:00:00:01:00:04", "hostname": "onlyname"},
                {"hw-address": "02:00:00:01:00:05", "option-data": [option("routers", "192.0.2.79")]},
            ]
        },
        option_data=OPTIONS,
    ),
    "V4-433",
    "V4-448",
    "V4-445",
)
def what_a_reservation_brings(talk: Talk) -> None:
    Client(talk, 1).lease(asks(3, 7, 12))
    Client(talk, 1, (12, b"clientname")).lease()
    Client(talk, 1, (81, b"\0\0\0clientname")).lease()
    Client(talk, 1).select("192.0.2.12")
    Client(talk, 3, (61, b"\1cid")).lease()
    Client(talk, 4).lease()
    Client(talk, 5).lease()
    Client(talk, 6).lease()


@case(
    4,
    network(
        None,
        {
            "pools": [{"pool": "192.0.2.10-192.0.2.19"}],
            "reservations": [
                {"circuit-id": "01:02:03", "ip-address": "192.0.2.201"},
                {"circuit-id": "'charter950'", "ip-address": "192.0.2.202"},
                {"duid": "00:03:00:01:02:00:00:01:00:07", "ip-address": "192.0.2.203"},
                {"client-id": "01:0a:0b", "ip-address": "192.0.2.204"},
                {"client-id": "'text'", "ip-address": "192.0.2.205"},
            ],
        },
    ),
    "V4-431",
    "V4-432",
)
def reservations_by_every_identifier(talk: Talk) -> None:
    Client(talk, 1, (82, tlv4([(1, b"\1\2\3")])), **RELAY).lease()
    Client(talk, 2, (82, tlv4([(1, b"charter950")])), **RELAY).lease()
    Client(talk, 3, (82, tlv4([(1, b"charter950")]))).lease()
    Client(talk, 4, (61, b"\xff\0\0\0\1\0\3\0\1\2\0\0\1\0\7")).lease()
    Client(talk, 5, (61, b"\1\x0a\x0b")).lease()
    Client(talk, 6, (61, b"text")).lease()
    Client(talk, 7, (61, b"\0text")).lease()


SAME = [
    {"hw-address": MAC1, "ip-address": "192.0.2.201"},
    {"client-id": "01:0a:0b", "ip-address": "192.0.2.202"},
    {"circuit-id": "01:02:03", "ip-address": "192.0.2.203"},
]


def identifier_order(talk: Talk) -> None:
    Client(talk, 1, (61, b"\1\x0a\x0b"), (82, tlv4([(1, b"\1\2\3")])), **RELAY).lease()
    Client(talk, 2, (61, b"\1\x0a\x0b"), (82, tlv4([(1, b"\1\2\3")])), **RELAY).lease()
    Client(talk, 3, (61, b"\1\x0a\x0b")).lease()


case(4, network(subnet={"reservations": SAME}), "V4-467", variant="default")(identifier_order)
case(
    4,
    network(subnet={"reservations": SAME}, host_reservation_identifiers=["client-id", "circuit-id", "hw-address"]),
    "V4-467",
    variant="client-id-first",
)(identifier_order)
case(
    4,
    network(subnet={"reservations": SAME}, host_reservation_identifiers=["circuit-id"]),
    "V4-467",
    variant="circuit-id-only",
)(identifier_order)


CONFLICT = network("192.0.2.10-192.0.2.12", {"reservations": [{"hw-address": MAC2, "ip-address": "192.0.2.10"}]})
PLAIN = network("192.0.2.10-192.0.2.12")


@case(4, PLAIN, "V4-438", "V4-439", "V4-440", "V4-441", "V4-442")
def conflict_with_a_dynamic_lease(talk: Talk) -> None:
    """A takes .10; then the file reserves it for B; both keep asking."""
    one, two = Client(talk, 1), Client(talk, 2)
    one.lease()
    answer = talk.server.reconfigure(CONFLICT)
    assert answer["result"] == 0, answer
    two.lease()
    one.renew("192.0.2.10")
    two.renew()
    one.lease()
    two.lease()
    two.renew()


@case(
    4,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "shared-networks": [
            {
                "name": "n",
                "subnet4": [
                    {"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.19"}]},
                    {
                        "id": 2,
                        "subnet": "10.1.0.0/16",
                        "pools": [{"pool": "10.1.0.10-10.1.0.19"}],
                        "reservations": [
                            {"hw-address": MAC1, "ip-address": "10.1.0.200", "hostname": "h"},
                            {"hw-address": MAC2, "hostname": "no-address"},
                        ],
                    },
                ],
            }
        ],
    },
    "V4-488",
    "V4-489",
)
def reservation_in_another_subnet_of_the_network(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 1).renew("10.1.0.200")
    Client(talk, 2, (12, b"x")).lease()
    Client(talk, 3).lease(wants("10.1.0.200"))


@case(
    4,
    network(
        None,
        {
            "pools": [
                {"pool": "192.0.2.10-192.0.2.14", "client-class": "KNOWN"},
                {"pool": "192.0.2.20-192.0.2.24", "client-class": "UNKNOWN"},
            ],
            "reservations": [
                {"hw-address": MAC1, "client-classes": ["special"]},
                {"hw-address": MAC2, "hostname": "known"},
            ],
        },
        client_classes=[
            {"name": "special", "option-data": [option("routers", "192.0.2.66")]},
            {"name": "dependent", "test": "member('special')", "option-data": [option("domain-name", "dep")]},
        ],
    ),
    "V4-450",
    "V4-451",
    "V4-452",
)
def known_and_reserved_classes(talk: Talk) -> None:
    for number in (1, 2, 3):
        Client(talk, number).lease()


@case(
    4,
    network(
        None,
        {
            "pools": [
                {"pool": "192.0.2.10-192.0.2.14", "client-class": "reserved_class"},
                {"pool": "192.0.2.20-192.0.2.24", "client-class": "unreserved_class"},
            ],
            "reservations": [{"hw-address": MAC1, "client-classes": ["reserved_class"]}],
        },
        client_classes=[
            {"name": "reserved_class"},
            {"name": "unreserved_class", "test": "not member('reserved_class')"},
        ],
    ),
    "V4-469",
    "V4-470",
)
def pool_by_reserved_class(talk: Talk) -> None:
    for number in (1, 2):
        Client(talk, number).lease()


@case(
    4,
    network(
        subnet={
            "reservations": [
                {"hw-address": MAC1, "ip-address": "192.0.2.200"},
                {"hw-address": MAC2, "ip-address": "192.0.2.200"},
            ]
        },
        ip_reservations_unique=False,
    ),
    "V4-472",
)
def one_address_reserved_for_two(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2)
    one.lease()
    two.lease()
    one.release()
    two.lease()
    one.lease()
    Client(talk, 3).discover(wants("192.0.2.200"))


def _early(wanted: bool) -> Json:
    return network(
        subnet={"client-class": "marked"},
        client_classes=[{"name": "marked"}],
        reservations=[{"hw-address": MAC1, "client-classes": ["marked"]}],
        reservations_global=True,
        early_global_reservations_lookup=wanted,
    )


@case(4, _early(True), variant="early")
@case(4, _early(False), variant="late")
def global_reservation_opens_the_subnet(talk: Talk) -> None:
    for number in (1, 2):
        Client(talk, number).lease()
        Client(talk, number, **RELAY).lease()
