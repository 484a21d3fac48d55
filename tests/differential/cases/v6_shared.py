"""Shared networks: which subnet a client's leases come from, and what else it gets from there."""

from __future__ import annotations

from typing import Any

from tests.differential.case import case
from tests.differential.cases.client6 import NA, PD, Client, network, option
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import ia_na, ia_pd, iaaddr, iaprefix, oro

DUID1 = "00:03:00:01:02:00:00:01:00:01"
DUID2 = "00:03:00:01:02:00:00:01:00:02"


def subnet(number: int, count: int = 2, **members: Any) -> Json:
    """Return subnet *number* with *count* addresses and as many prefixes."""
    last = f"2001:db8:{number}::{0x0F + count:x}"
    found: Json = {
        "id": number,
        "subnet": f"2001:db8:{number}::/64",
        "pools": [{"pool": f"2001:db8:{number}::10-{last}"}],
        "pd-pools": [{"prefix": f"2001:db8:{number}8::", "prefix-len": 57 - count, "delegated-len": 56}],
        "option-data": [option("dns-servers", f"2001:db8::{number}")],
    }
    found.update({name.replace("_", "-"): value for name, value in members.items()})
    return found


def link(*subnets: Json, **rest: Any) -> Json:
    """Return a shared network of *subnets* on srv0; *rest*: of the whole configuration, or of the network."""
    inside = {name: rest.pop(name) for name in list(rest) if name.startswith("net_")}
    one: Json = {"name": "one", "interface": "srv0", "subnet6": list(subnets)}
    one.update({name.removeprefix("net_").replace("_", "-"): value for name, value in inside.items()})
    whole: Json = {"interfaces-config": {"interfaces": ["srv0"]}, "shared-networks": [one]}
    whole.update({name.replace("_", "-"): value for name, value in rest.items()})
    return whole


@case(6, link(subnet(1, 1), subnet(2, 1), subnet(3, 1)), "V6-258", "V6-387", "V6-394", "V6-527")
def shared_network_with_full_subnets(talk: Talk) -> None:
    one = Client(talk, 1, oro(23))
    one.lease(ia_na(1), ia_na(2), ia_na(3), ia_na(4), ia_pd(1), ia_pd(2), ia_pd(3), ia_pd(4))
    one.renew()
    one.release(ia_na(2, iaaddr("2001:db8:2::10")))
    two = Client(talk, 2, oro(23))
    two.lease(NA, PD)
    two.renew()
    one.rebind()


@case(6, link(subnet(1), subnet(2), subnet(3)), "V6-387")
def hints_choose_the_subnet(talk: Talk) -> None:
    one = Client(talk, 1, oro(23))
    one.lease(ia_na(1, iaaddr("2001:db8:3::11")))
    one.lease(ia_na(2, iaaddr("2001:db8:2::11")), ia_pd(2, iaprefix("2001:db8:38::/56")))
    one.renew()
    one.request(ia_na(1, iaaddr("2001:db8:1::10")))
    two = Client(talk, 2, oro(23))
    two.lease(ia_na(1, iaaddr("2001:db8:2::11")))
    two.lease(ia_na(2, iaaddr("2001:db8:2::77")))
    two.lease(ia_na(3, iaaddr("2001:db8:9::77")))
    two.renew(ia_na(7, iaaddr("2001:db8:3::10")), ia_na(1, iaaddr("2001:db8:2::11")))


@case(
    6,
    link(
        subnet(1),
        subnet(2, reservations=[{"duid": DUID1, "ip-addresses": ["2001:db8:2::200"], "prefixes": ["3001:db8:2::/56"]}]),
        subnet(
            3, reservations=[{"duid": DUID1, "ip-addresses": ["2001:db8:3::200"]}, {"duid": DUID2, "hostname": "h"}]
        ),
    ),
    "V6-393",
)
def reservations_choose_the_subnet(talk: Talk) -> None:
    one, two = Client(talk, 1, oro(23, 39)), Client(talk, 2, oro(23, 39))
    one.lease(NA, PD)
    one.lease(ia_na(1), ia_na(2), ia_na(3), ia_pd(1), ia_pd(2))
    one.renew()
    two.lease(NA, PD, (39, b"\1\4mine\0"))
    two.request(ia_na(5, iaaddr("2001:db8:2::200")), ia_pd(5, iaprefix("3001:db8:2::/56")))
    one.release()
    one.solicit(ia_na(4, iaaddr("2001:db8:1::11")))


@case(
    6,
    link(
        subnet(1, 3, ddns_qualifying_suffix="first.example"),
        subnet(2, reservations=[{"duid": DUID1, "ip-addresses": ["2001:db8:2::200"], "hostname": "one.example.org"}]),
        subnet(
            3,
            reservations=[{"duid": DUID2, "prefixes": ["3001::/48"], "hostname": "two"}],
            ddns_qualifying_suffix="third.example",
        ),
    ),
    "V6-374",
    "V6-393",
)
def names_of_reservations_take_the_suffix_of_their_subnet(talk: Talk) -> None:
    for number in (1, 2):
        for options in ((), ((39, b"\1\2me"),)):
            client = Client(talk, number, *options)
            client.rebind(NA, ia_pd(2), ia_pd(3))
            client.lease(NA, PD)
            client.renew(ia_na(1, iaaddr("2001:db8:2::200")), PD, ia_na(2))
            client.release()


CLASSES = [
    {"name": "a", "test": "option[1].hex == 0x00030001020000010001"},
    {"name": "b", "test": "option[1].hex == 0x00030001020000010002"},
]


@case(
    6,
    link(subnet(1, client_class="a"), subnet(2, client_class="b"), subnet(3), client_classes=CLASSES),
    "V6-274",
    "V6-391",
    "V6-445",
)
def classes_bar_subnets_of_a_network(talk: Talk) -> None:
    for number in (1, 2, 3):
        Client(talk, number, oro(23)).lease(
            ia_na(1), ia_na(2), ia_na(3), ia_na(4), ia_na(5), ia_pd(1), ia_pd(2), ia_pd(3)
        )
    two = Client(talk, 2, oro(23))
    two.lease(ia_na(8, iaaddr("2001:db8:1::10")))
    two.renew(ia_na(1, iaaddr("2001:db8:1::10")))


@case(6, link(subnet(1, client_class="a"), subnet(2, client_class="b"), client_classes=CLASSES), "V6-445")
def a_network_without_a_subnet_for_all(talk: Talk) -> None:
    for number in (1, 2, 3):
        client = Client(talk, number, oro(23))
        client.lease(NA, PD)
        client.renew()
        client.information()


@case(
    6,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "client-classes": CLASSES,
        "subnet6": [
            subnet(1, 1, interface="srv0", client_class="a"),
            subnet(2, 1, interface="srv0", client_class="b"),
            subnet(3, 1, interface="srv0"),
        ],
    },
    "V6-259",
    "V6-392",
    "V6-280",
)
def classes_choose_among_plain_subnets(talk: Talk) -> None:
    for number in (1, 2, 3, 4):
        client = Client(talk, number, oro(23))
        client.lease(NA, PD)
        client.renew()
        client.confirm()


@case(
    6,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "client-classes": CLASSES[:1],
        "subnet6": [subnet(1, 1, interface="srv0", client_class="a")],
    },
    "V6-280",
)
def no_class_no_service(talk: Talk) -> None:
    for number in (1, 2):
        client = Client(talk, number, oro(23))
        client.lease(NA, PD)
        client.information(oro(23))
        client.confirm(ia_na(1, iaaddr("2001:db8:1::10")))


@case(
    6,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "shared-networks": [
            {
                "name": "lab-network3",
                "interface": "srv0",
                "valid-lifetime": 600,
                "option-data": [option("dns-servers", "2001:db8::8888")],
                "subnet6": [
                    {
                        "id": 1,
                        "subnet": "2001:db8:1::/64",
                        "pools": [{"pool": "2001:db8:1::10-2001:db8:1::10"}],
                        "valid-lifetime": 1200,
                        "option-data": [option("dns-servers", "2001:db8::1:2"), option("unicast", "2001:abcd::1")],
                    },
                    {
                        "id": 2,
                        "subnet": "2001:db8:2::/64",
                        "pools": [{"pool": "2001:db8:2::10-2001:db8:2::10"}],
                        "option-data": [option("dns-servers", "2001:db8:cafe::1")],
                    },
                ],
            }
        ],
    },
    "V6-395",
)
def the_manuals_inheritance(talk: Talk) -> None:
    Client(talk, 1, oro(23, 12)).lease()
    Client(talk, 2, oro(23, 12)).lease()


RELAYED = {
    "interfaces-config": {"interfaces": ["srv0"]},
    "shared-networks": [
        {
            "name": "one",
            "relay": {"ip-addresses": ["2001:db8:77::1"]},
            "subnet6": [subnet(1, 1), subnet(2, 1, relay={"ip-addresses": ["2001:db8:77::2"]})],
        },
        {
            "name": "two",
            "interface-id": "port2",
            "subnet6": [subnet(3, 1), subnet(4, 1)],
        },
    ],
    "subnet6": [subnet(5, 1)],
}


@case(6, RELAYED, "V6-258", "V6-389", "V6-390")
def relays_of_a_network(talk: Talk) -> None:
    for number, (via, options) in enumerate(
        (
            ("2001:db8:77::1", ()),
            ("2001:db8:77::1", ()),
            ("2001:db8:77::1", ()),
            ("2001:db8:77::2", ()),
            ("2001:db8:2::99", ()),
            ("::", ((18, b"port2"),)),
            ("2001:db8:5::1", ((18, b"port2"),)),
            ("2001:db8:4::1", ((18, b"other"),)),
            ("2001:db8:4::1", ()),
        ),
        1,
    ):
        client = Client(talk, number, oro(23))
        client.lease(NA, PD, via=(via,), relay_options=options)
        client.renew(via=(via,), relay_options=options)


@case(6, RELAYED, "V6-390")
def moved_to_another_relay(talk: Talk) -> None:
    one = Client(talk, 1, oro(23))
    one.lease(NA, PD, via=("2001:db8:77::1",))
    granted = one.granted
    one.renew(via=("2001:db8:77::2",))
    one.renew(*granted, via=("2001:db8:5::1",))
    one.rebind(*granted, via=("2001:db8:4::1",))
    one.confirm(*granted, via=("2001:db8:5::1",))
    one.confirm(*granted, via=("2001:db8:2::1",))
    one.release(*granted, via=("2001:db8:5::1",))


OVERLAP = {
    "interfaces-config": {"interfaces": ["srv0"]},
    "subnet6": [
        subnet(1, 1, subnet="2001:db8::/32", interface="srv0"),
        subnet(2, 1, pools=[{"pool": "2001:db8:2::10-2001:db8:2::11"}]),
        {
            **subnet(3, 1, subnet="2001:db8:2::/48", pools=[{"pool": "2001:db8:2::10-2001:db8:2::11"}]),
            "pd-pools": [{"prefix": "2001:db8:28::", "prefix-len": 56, "delegated-len": 56}],
            "relay": {"ip-addresses": ["2001:db8:77::3"]},
        },
    ],
}


@case(6, OVERLAP, "V6-078", "V6-087", "V6-093")
def pools_that_overlap_between_subnets(talk: Talk) -> None:
    one, two = Client(talk, 1, oro(23)), Client(talk, 2, oro(23))
    one.lease(NA, PD, via=("2001:db8:2::1",))
    two.lease(NA, PD, via=("2001:db8:77::3",))
    granted = one.granted
    one.renew(*granted, via=("2001:db8:77::3",))
    one.lease(NA, PD, via=("2001:db8:77::3",))
    two.lease(ia_na(2), ia_pd(2), via=("2001:db8:2::1",))


@case(
    6,
    link(
        subnet(1, 1),
        subnet(2, 1),
        net_reservations_in_subnet=False,
        net_reservations_global=True,
        reservations=[{"duid": DUID1, "ip-addresses": ["2001:db8:2::10"], "client-classes": ["a"]}],
    ),
    "V6-369",
    "V6-363",
)
def flags_of_a_network(talk: Talk) -> None:
    Client(talk, 2, oro(23)).lease(NA, PD)
    Client(talk, 1, oro(23)).lease(NA, PD)
    Client(talk, 1, oro(23)).renew(ia_na(1, iaaddr("2001:db8:2::10")))


@case(
    6,
    link(
        subnet(1, 1, client_class="special"),
        subnet(2, 1),
        client_classes=[{"name": "special"}],
        reservations=[{"duid": DUID1, "client-classes": ["special"]}],
        reservations_global=True,
        reservations_in_subnet=False,
    ),
    "V6-380",
)
def a_class_of_a_global_reservation_chooses_the_subnet(talk: Talk) -> None:
    for number in (2, 1, 3):
        client = Client(talk, number, oro(23))
        client.lease(NA, PD)
        client.renew()


@case(
    6,
    link(
        subnet(1, 1, pools=[{"pool": "2001:db8:1::10-2001:db8:1::11", "client-class": "special"}]),
        subnet(2, 1, pools=[{"pool": "2001:db8:2::10-2001:db8:2::11", "client-class": "plain"}]),
        client_classes=[{"name": "special"}, {"name": "plain", "test": "not member('special')"}],
        reservations=[{"duid": DUID1, "client-classes": ["special"]}],
        reservations_global=True,
        reservations_in_subnet=False,
    ),
    "V6-380",
    "V6-377",
)
def a_class_of_a_global_reservation_chooses_the_pool(talk: Talk) -> None:
    for number in (2, 1, 3):
        client = Client(talk, number, oro(23))
        client.lease(NA, PD)
        client.renew()


@case(6, link(), "V6-386", "V6-262")
def an_empty_network(talk: Talk) -> None:
    Client(talk, 1).lease(NA, PD)


@case(6, {**link(subnet(1, 1)), "subnet6": [subnet(7, 1, interface="srv0")]}, "V6-386")
def a_network_of_one_beside_a_plain_subnet(talk: Talk) -> None:
    Client(talk, 1, oro(23)).lease(NA, PD)
    Client(talk, 2, oro(23)).lease(NA, PD)


def fast(talk: Talk) -> None:
    Client(talk, 1).solicit(NA, PD, (14, b""))
    Client(talk, 2).solicit(NA, PD, (14, b""))


case(6, link(subnet(1, 1), subnet(2, 1), net_rapid_commit=True), "V6-265", "V6-266", "V6-200", variant="network")(fast)
case(6, link(subnet(1, 1, rapid_commit=True), subnet(2, 1, rapid_commit=True)), "V6-265", variant="subnets")(fast)
case(6, network(subnet={"rapid-commit": False}), "V6-264", variant="off")(fast)
