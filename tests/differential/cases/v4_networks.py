"""Shared networks: which subnet a client gets, by class, reservation, hint, relay and what is left."""

from __future__ import annotations

from typing import Any

from tests.differential.case import case
from tests.differential.cases.client4 import RELAY, Client, asks, option, wants
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import REQUEST, ip4, tlv4

MAC1, MAC2, MAC3 = (f"02:00:00:01:00:0{number}" for number in (1, 2, 3))


def subnet(number: int, size: int = 2, **keywords: Any) -> Json:
    """Return subnet 10.NUMBER.0.0/16 with a pool of *size* addresses."""
    found: Json = {
        "id": number,
        "subnet": f"10.{number}.0.0/16",
        "pools": [{"pool": f"10.{number}.0.10 - 10.{number}.0.{9 + size}"}],
    }
    found.update({name.replace("_", "-"): value for name, value in keywords.items()})
    return found


def link(*subnets: Json, name: str = "n", **keywords: Any) -> Json:
    """Return one shared network."""
    found: Json = {"name": name, "subnet4": list(subnets)}
    found.update({key.replace("_", "-"): value for key, value in keywords.items()})
    return found


def whole(*networks: Json, plain: tuple[Json, ...] = (), **keywords: Any) -> Json:
    """Return a configuration of shared networks and plain subnets."""
    found: Json = {"interfaces-config": {"interfaces": ["srv0"]}, "shared-networks": list(networks)}
    if plain:
        found["subnet4"] = list(plain)
    found.update({key.replace("_", "-"): value for key, value in keywords.items()})
    return found


AT_HOME = {"interface": "srv0"}
CLASSES = [
    {"name": "phones", "test": "option[60].text == 'phone'"},
    {"name": "others", "test": "not member('phones')"},
]


def shared_network_by_class(talk: Talk) -> None:
    for number in range(1, 7):
        client = Client(talk, number, (60, b"phone" if number % 2 else b"pc"))
        client.lease()
        client.renew()
    Client(talk, 7, (60, b"pc")).lease(wants("10.1.0.11"))
    Client(talk, 8, (60, b"phone")).lease(wants("10.2.0.11"))
    Client(talk, 1, (60, b"pc")).renew("10.1.0.10")
    Client(talk, 1, (60, b"pc")).lease()


case(
    4,
    whole(link(subnet(1, client_class="phones"), subnet(2, 4), **AT_HOME), client_classes=CLASSES),
    "V4-478",
    "V4-485",
    "V4-501",
    variant="one-class",
)(shared_network_by_class)
case(
    4,
    whole(link(subnet(1, client_class="phones"), subnet(2, client_class="others"), **AT_HOME), client_classes=CLASSES),
    "V4-485",
    "V4-487",
    variant="two-classes",
)(shared_network_by_class)
case(
    4,
    whole(
        link(
            subnet(1, pools=[{"pool": "10.1.0.10 - 10.1.0.11", "client-class": "phones"}]),
            subnet(2, pools=[{"pool": "10.2.0.10 - 10.2.0.11", "client-class": "others"}]),
            subnet(3, 1),
            **AT_HOME,
        ),
        client_classes=CLASSES,
    ),
    "CL-113",
    "V4-478",
    "V4-D22",
    variant="pools",
)(shared_network_by_class)
case(
    4,
    whole(
        link(subnet(1), subnet(2), client_class="phones", **AT_HOME),
        plain=(subnet(3, 4, **AT_HOME),),
        client_classes=CLASSES,
    ),
    "V4-318",
    "V4-477",
    "V4-486",
    variant="network",
)(shared_network_by_class)


@case(4, whole(link(subnet(1, 1), subnet(2, 2), subnet(3, 1), **AT_HOME)), "V4-478", "V4-479", "V4-480")
def addresses_run_out_one_subnet_after_the_other(talk: Talk) -> None:
    clients = [Client(talk, number) for number in range(1, 7)]
    for client in clients:
        client.lease()
    clients[0].release()
    clients[4].lease()
    clients[5].lease()
    clients[1].renew()
    clients[0].lease()


RELAYED = whole(
    link(
        subnet(1),
        subnet(2),
        name="up",
        relay={"ip-addresses": ["192.0.2.2"]},
        option_data=[option("routers", "1.1.1.1")],
    ),
    link(subnet(3), subnet(4, relay={"ip-addresses": ["172.16.0.4"]}), name="down"),
    link(name="empty"),
    plain=(subnet(5, relay={"ip-addresses": ["172.16.0.5"]}),),
)


@case(4, RELAYED, "V4-477", "V4-480", "V4-484", "V4-500", "V4-502", "V4-D17")
def networks_behind_relays(talk: Talk) -> None:
    number = 0
    for giaddr in (
        "192.0.2.2",
        "10.1.0.1",
        "10.2.0.1",
        "10.3.0.1",
        "172.16.0.4",
        "10.4.0.9",
        "172.16.0.5",
        "172.16.0.6",
    ):
        for _ in range(3):
            number += 1
            Client(talk, number, asks(3), giaddr=giaddr, hops=1).discover()
        client = Client(talk, number, giaddr=giaddr, hops=1)
        client.lease()
        client.inform("10.1.0.50")
        client.reboot("10.2.0.11")


HOSTS1 = [{"hw-address": MAC1, "ip-address": "10.1.0.100"}, {"hw-address": MAC2, "hostname": "second"}]
HOSTS2 = [
    {"hw-address": MAC1, "ip-address": "10.2.0.100"},
    {"hw-address": MAC2, "ip-address": "10.2.0.101", "option-data": [option("routers", "2.2.2.2")]},
    {"hw-address": MAC3, "ip-address": "10.2.0.10"},
]


def reserved_in_networks(talk: Talk) -> None:
    for number in (1, 2, 3, 4):
        client = Client(talk, number, asks(3, 12))
        client.lease()
        client.renew()
    Client(talk, 1).lease(wants("10.2.0.100"))
    Client(talk, 2).select("10.1.0.11")
    Client(talk, 5).lease(wants("10.2.0.10"))
    Client(talk, 6).lease()


case(
    4,
    whole(link(subnet(1, 3, reservations=HOSTS1), subnet(2, reservations=HOSTS2), **AT_HOME)),
    "V4-479",
    "V4-488",
    "V4-489",
    variant="both",
)(reserved_in_networks)
for _name, _first, _second in (("second-only", False, True), ("first-only", True, False)):
    case(
        4,
        whole(
            link(
                subnet(1, 3, reservations=HOSTS1, reservations_in_subnet=_first),
                subnet(2, reservations=HOSTS2, reservations_in_subnet=_second),
                **AT_HOME,
            )
        ),
        *("V4-462", "V4-489"),
        variant=_name,
    )(reserved_in_networks)
case(
    4,
    whole(
        link(subnet(1, 3, reservations=HOSTS1), subnet(2, reservations=HOSTS2, client_class="phones"), **AT_HOME),
        client_classes=CLASSES,
    ),
    "V4-489",
    variant="closed-subnet",
)(reserved_in_networks)
case(
    4,
    whole(
        link(subnet(1, 3), subnet(2), reservations_global=True, **AT_HOME),
        reservations=[{"hw-address": MAC1, "ip-address": "10.2.0.100"}, {"hw-address": MAC2, "ip-address": "10.9.0.1"}],
    ),
    "V4-444",
    "V4-468",
    variant="global",
)(reserved_in_networks)

RESERVED = [{"hw-address": MAC1, "client-classes": ["reserved_class"]}, {"hw-address": MAC2, "hostname": "h"}]
BY_CLASS = [{"name": "reserved_class"}, {"name": "unreserved_class", "test": "not member('reserved_class')"}]


def shared_network_by_reserved_class(talk: Talk) -> None:
    for number in (3, 1, 2, 4):
        client = Client(talk, number)
        client.lease()
        client.renew()
        client.reboot()


_SUBNETS = (subnet(1, client_class="reserved_class"), subnet(2, client_class="unreserved_class"))
_POOLS = (
    subnet(1, pools=[{"pool": "10.1.0.10 - 10.1.0.11", "client-class": "reserved_class"}]),
    subnet(2, pools=[{"pool": "10.2.0.10 - 10.2.0.12", "client-class": "unreserved_class"}]),
)
for _name, _members in (("subnets", _SUBNETS), ("pools", _POOLS)):
    case(
        4,
        whole(link(*_members, **AT_HOME), reservations=RESERVED, reservations_global=True, client_classes=BY_CLASS),
        *("V4-453", "V4-469", "V4-471"),
        variant=f"global-{_name}",
    )(shared_network_by_reserved_class)
    case(
        4,
        whole(
            link(_members[0], {**_members[1], "reservations": RESERVED}, **AT_HOME),
            client_classes=BY_CLASS,
        ),
        *("V4-469", "V4-471"),
        variant=f"in-subnet-{_name}",
    )(shared_network_by_reserved_class)
case(
    4,
    whole(
        plain=(
            subnet(
                1,
                **AT_HOME,
                reservations=RESERVED,
                require_client_classes=["unreserved_class"],
                pools=[
                    {"pool": "10.1.0.10 - 10.1.0.11", "client-class": "reserved_class"},
                    {"pool": "10.1.0.20 - 10.1.0.22", "client-class": "unreserved_class"},
                ],
            ),
        ),
        client_classes=[BY_CLASS[0], {**BY_CLASS[1], "only-if-required": True}],
    ),
    "V4-452",
    "V4-D18",
    variant="required-too-late",
)(shared_network_by_reserved_class)
case(
    4,
    whole(
        plain=(
            subnet(
                1,
                **AT_HOME,
                reservations=RESERVED,
                pools=[
                    {"pool": "10.1.0.10 - 10.1.0.11", "client-class": "reserved_class"},
                    {"pool": "10.1.0.20 - 10.1.0.22", "client-class": "unreserved_class"},
                ],
            ),
        ),
        client_classes=BY_CLASS,
    ),
    "V4-452",
    "V4-470",
    "V4-D18",
    variant="of-a-subnet",
)(shared_network_by_reserved_class)

PLACES = whole(
    plain=(
        {"id": 9, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10 - 192.0.2.19"}]},
        subnet(1, 9),
        subnet(2, 9),
        subnet(3, 9, relay={"ip-addresses": ["172.16.0.3"]}),
        subnet(4, 9, interface="srv0"),
    )
)


@case(4, PLACES, "V4-495", "V4-496", "V4-497", "V4-498", "V4-499", "V4-585", "V4-587", "V4-D19")
def what_counts_more_in_selecting_a_subnet(talk: Talk) -> None:
    """Each pair of what may name a link: sub-option 5, option 118, giaddr, relay, ciaddr, source, interface."""
    named, wanted = (82, tlv4([(5, ip4("10.1.0.0"))])), (118, ip4("10.2.0.0"))
    nowhere, empty = (82, tlv4([(5, ip4("172.31.0.0"))])), (82, tlv4([(1, b"port")]))
    for relay in ({}, RELAY, {"giaddr": "10.2.0.1", "hops": 1}, {"giaddr": "172.16.0.3", "hops": 1}):
        for number, options in enumerate(
            ((), (named,), (wanted,), (named, wanted), (nowhere, wanted), (empty, wanted), (nowhere,)), 1
        ):
            Client(talk, number, *options, **relay).discover()
    Client(talk, 1).discover(ciaddr="10.1.0.10")
    Client(talk, 1).discover(ciaddr="10.1.0.10", around={"source": "10.2.0.10"})
    Client(talk, 1).renew("10.1.0.10")
    Client(talk, 1, wanted).renew("10.1.0.10")
    Client(talk, 1, named).renew("10.1.0.10")
    Client(talk, 1, **RELAY).say(REQUEST, ciaddr="10.1.0.10")
    Client(talk, 1).inform("10.2.0.50")
    Client(talk, 1, wanted).inform("10.1.0.50")
    Client(talk, 1, **RELAY).inform("10.2.0.50")
    Client(talk, 1, named, **RELAY).inform("10.2.0.50")


def stranger_to_the_subnet(talk: Talk) -> None:
    for number in (1, 2, 3):
        client = Client(talk, number)
        client.lease()
        client.renew()
        client.rebind("10.1.0.10")
        client.reboot()
        client.inform("10.1.0.99")
        client.release()


FAR = [{"hw-address": MAC1, "ip-address": "10.2.0.100"}, {"hw-address": MAC2, "ip-address": "10.9.0.1"}]
EVERYWHERE = {"reservations": FAR, "reservations_global": True}
_FIRST = subnet(1, 3, reservations_global=True)
case(
    4, whole(plain=(subnet(1, 3, **AT_HOME),), **EVERYWHERE), "V4-444", "V4-458", "V4-468", variant="reserved-elsewhere"
)(stranger_to_the_subnet)
case(4, whole(link(subnet(1, 3), subnet(2, 3), **AT_HOME), **EVERYWHERE), "V4-468", variant="reserved-on-the-link")(
    stranger_to_the_subnet
)
case(
    4, whole(link(_FIRST, subnet(2, 3), **AT_HOME), reservations=FAR), "V4-462", variant="reserved-by-the-first-subnet"
)(stranger_to_the_subnet)
case(
    4,
    whole(link(subnet(2, 3), _FIRST, **AT_HOME), reservations=FAR),
    "V4-462",
    variant="reserved-by-the-second-subnet",
)(stranger_to_the_subnet)

CLOSED = subnet(1, 3, client_class="unreserved_class")
FIRST_ONLY = {"reservations": [RESERVED[0]], "reservations_global": True, "client_classes": BY_CLASS}
case(4, whole(plain=({**CLOSED, **AT_HOME},), **FIRST_ONLY), "V4-471", "V4-487", variant="class-closes-the-subnet")(
    stranger_to_the_subnet
)
case(4, whole(link(CLOSED, subnet(2, 3), **AT_HOME), **FIRST_ONLY), "V4-471", variant="class-moves-the-client")(
    stranger_to_the_subnet
)
case(
    4,
    whole(link(CLOSED, subnet(2, 3, client_class="other"), **AT_HOME), **FIRST_ONLY),
    "V4-471",
    "V4-487",
    variant="class-closes-the-link",
)(stranger_to_the_subnet)

ONLY_GLOBAL = {"reservations_global": True, "reservations_in_subnet": False}
_SECOND = subnet(2, reservations=[*HOSTS2, {"hw-address": "02:00:00:01:00:04", "hostname": "fourth"}])
_NAMED = [{"hw-address": MAC2, "hostname": "everywhere"}, {"hw-address": MAC3, "client-classes": ["c"]}]
_MARKED = [
    {"name": "c"},
    {
        "name": "k",
        "test": "member('KNOWN')",
        "option-data": [option("ntp-servers", "192.0.2.66", always_send=True)],
    },
]
for _name, _early in (("late", False), ("early", True)):
    case(
        4,
        whole(
            link(subnet(1, 3, **ONLY_GLOBAL), _SECOND, **AT_HOME),
            reservations=_NAMED,
            early_global_reservations_lookup=_early,
            client_classes=_MARKED,
        ),
        *("V4-322", "V4-462", "V4-489"),
        variant=f"only-global-first-{_name}",
    )(reserved_in_networks)


@case(
    4,
    whole(
        plain=(subnet(1, 3, **AT_HOME, reservations=[{"hw-address": MAC1, "hostname": "here"}]),),
        reservations=[{"hw-address": MAC1, "ip-address": "10.1.0.99"}],
        reservations_global=True,
    ),
    "V4-466",
)
def subnet_host_without_address_beside_a_global_one(talk: Talk) -> None:
    Client(talk, 2).lease()
    Client(talk, 1).say(REQUEST)
    Client(talk, 1).discover()


@case(
    4,
    whole(
        link(
            subnet(1, reservations_in_subnet=False, client_class="other"),
            subnet(1, reservations_in_subnet=False, pools=[]) | {"id": 4, "subnet": "10.4.0.0/16"},
            subnet(2, 3, reservations=[{"hw-address": MAC1, "ip-address": "10.2.0.10"}]),
            **AT_HOME,
        ),
    ),
    "V4-437",
    "V4-462",
)
def owner_that_nobody_looks_for(talk: Talk) -> None:
    """The address is kept from others, and from its owner too where the selected subnet knows of no reservations."""
    for number in (1, 2, 3):
        Client(talk, number).lease()
