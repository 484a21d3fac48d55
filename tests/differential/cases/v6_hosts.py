"""DHCPv6 host reservations: addresses, prefixes, options, and how they spread over IAs."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client6 import NA, NET, PD, Client, address, network, option, prefix
from tests.differential.talk import Talk
from tests.support.packets import ia_na, ia_pd, mac, oro

DUID1 = "00:03:00:01:02:00:00:01:00:01"
HOST = {"duid": DUID1, "ip-addresses": ["2001:db8:1::200"], "prefixes": ["2001:db8:8:100::/56"]}
IN_POOL = {"duid": DUID1, "ip-addresses": ["2001:db8:1::11"], "prefixes": ["2001:db8:8:100::/56"]}


def reserved_resources(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2)
    one.lease(NA, PD)
    one.renew()
    one.solicit(ia_na(1, address("15")))
    two.solicit(ia_na(1, address("200")))
    two.request(ia_na(1, address("200")))
    two.request(ia_pd(1, prefix("100")))
    two.lease(NA, PD)
    two.renew(ia_na(1, address("200")))
    Client(talk, 3).lease(NA, PD)
    one.release()
    two.solicit(ia_na(2, address("200")), ia_pd(2, prefix("100")))


case(6, network(subnet={"reservations": [HOST]}), variant="out-of-pool-address")(reserved_resources)
case(6, network(subnet={"reservations": [IN_POOL]}), variant="in-pool-address")(reserved_resources)
case(6, network(subnet={"reservations": [HOST], "reservations-out-of-pool": True}), variant="out-of-pool-flag")(
    reserved_resources
)
case(
    6, network(subnet={"reservations": [IN_POOL], "reservations-out-of-pool": True}), variant="out-of-pool-flag-in-pool"
)(reserved_resources)
case(6, network(subnet={"reservations": [HOST], "reservations-in-subnet": False}), variant="in-subnet-off")(
    reserved_resources
)
case(6, network(subnet={"reservations": [HOST], "reservation-mode": "disabled"}), variant="mode-disabled")(
    reserved_resources
)
case(6, network(reservations=[HOST], reservations_global=True), variant="global")(reserved_resources)
case(6, network(reservations=[HOST], reservation_mode="global"), variant="mode-global")(reserved_resources)
case(6, network(reservations=[HOST]), variant="global-not-enabled")(reserved_resources)
case(6, network(subnet={"reservations": [IN_POOL]}, reservations_lookup_first=True), variant="lookup-first")(
    reserved_resources
)


@case(
    6,
    network(
        subnet={
            "reservations": [
                {
                    **HOST,
                    "hostname": "resv",
                    "option-data": [option("dns-servers", "2001:db8::77")],
                    "client-classes": ["special"],
                },
                {"duid": "00:03:00:01:02:00:00:01:00:02", "ip-addresses": ["2001:db8:1::15", "2001:db8:1::201"]},
                {"hw-address": "02:00:00:01:00:03", "ip-addresses": ["2001:db8:1::203"]},
                {"duid": "00:03:00:01:02:00:00:01:00:04", "prefixes": ["2001:db8:99::/48", "2001:db8:8:500::/56"]},
                {"duid": "00:03:00:01:02:00:00:01:00:05", "hostname": "full.example.org"},
            ]
        },
        option_data=[option("dns-servers", "2001:db8::1")],
        client_classes=[{"name": "special", "option-data": [option("domain-search", "special")]}],
    ),
)
def what_a_reservation_brings(talk: Talk) -> None:
    Client(talk, 1).lease(NA, PD, oro(23, 24, 39))
    Client(talk, 1).lease(NA, (39, b"\1\6client\0"))
    Client(talk, 2).lease(ia_na(1), ia_na(2), ia_na(3))
    Client(talk, 2).renew(ia_na(1, address("201")), ia_na(2, address("15")))
    Client(talk, 3).lease(NA)
    Client(talk, 4).lease(ia_pd(1), ia_pd(2), ia_pd(3))
    Client(talk, 5).lease(NA, (39, b"\1\6client\0"))
    Client(talk, 1).request(ia_na(7, address("18")))
    Client(talk, 6).solicit(ia_na(1, address("15")), ia_pd(1, prefix("500")))


@case(
    6,
    network(
        subnet={
            "reservations": [
                {"hw-address": "02:00:00:01:00:09", "ip-addresses": ["2001:db8:1::209"]},
                {"duid": "00:02:00:00:00:09:61", "ip-addresses": ["2001:db8:1::20a"]},
            ]
        }
    ),
)
def hardware_addresses(talk: Talk) -> None:
    """Where the hardware address of a DHCPv6 client comes from, seen in reservations and lease rows."""
    Client(talk, 1, identity=b"\0\2\0\0\0\1abc").lease()
    Client(talk, 2, identity=b"\0\1\0\1\1\2\3\4" + mac(5)).lease()
    Client(talk, 3, identity=b"\0\2\0\0\0\1xyw").lease(via=(NET + "2",), relay_options=((79, b"\0\1" + mac(9)),))
    Client(talk, 4, identity=b"\0\2\0\0\0\1xyz").lease(around={"source": "fe80::200:ff:fe01:9"})
    Client(talk, 5, identity=b"\0\4" + bytes(range(16))).lease()
    Client(talk, 6, identity=b"\0\2\0\0\0\x09a").lease()
    Client(talk, 7, identity=b"\0\3\0\1" + mac(9)).lease()
    Client(talk, 8, identity=b"\0\3\0\x06" + mac(9)).lease()


@case(
    6,
    network(
        None,
        {},
        {
            "pools": [
                {"pool": "2001:db8:1::10-2001:db8:1::11", "client-class": "KNOWN"},
                {"pool": "2001:db8:1::20-2001:db8:1::21", "client-class": "UNKNOWN"},
            ],
            "reservations": [{"duid": DUID1, "hostname": "known"}],
        },
    ),
    "V6-275",
)
def known_and_unknown(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2).lease()


@case(6, network("2001:db8:1::10-2001:db8:1::12"))
def conflict_with_a_dynamic_lease(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2)
    one.lease()
    two_has = {"duid": "00:03:00:01:02:00:00:01:00:02", "ip-addresses": ["2001:db8:1::10"]}
    answer = talk.server.reconfigure(network("2001:db8:1::10-2001:db8:1::12", subnet={"reservations": [two_has]}))
    assert answer["result"] == 0, answer
    two.lease()
    one.renew(ia_na(1, address("10")))
    two.renew()
    one.lease()
    two.lease()
