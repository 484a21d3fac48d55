"""Which addresses and prefixes a DHCPv6 client gets, from empty pools to exhausted ones."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client6 import NA, PD, Client, address, network, option, prefix
from tests.differential.talk import Talk
from tests.support.packets import ia_na, ia_pd, iaaddr, iaprefix, oro

FEW = {"prefix": "2001:db8:8::", "prefix-len": 55, "delegated-len": 56}


@case(6, network())
def first_lease_and_again(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease()
    one.solicit(NA)
    one.lease()
    one.lease(ia_na(2))
    Client(talk, 2).lease(ia_na(1, t1=10, t2=20))


@case(6, network())
def offers_reserve_nothing(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2)
    one.solicit(NA, PD)
    one.solicit(NA, PD)
    two.solicit(NA)
    one.request(ia_na(1, address("10")))
    two.request(ia_na(1, address("11")))
    two.solicit(NA)


@case(6, network())
def hints(talk: Talk) -> None:
    Client(talk, 1).lease()
    two = Client(talk, 2)
    two.solicit(ia_na(1, address("15")))
    two.solicit(ia_na(1, address("10")))
    two.solicit(ia_na(1, iaaddr("2001:db8:9::1")))
    two.solicit(ia_na(1, address("200")))
    two.solicit(ia_na(1, iaaddr("::")))
    two.solicit(ia_na(1, iaaddr("fe80::1")))
    two.solicit(ia_na(1, iaaddr("ff02::1")))
    two.solicit(ia_na(1, address("16"), address("17")))
    two.request(ia_na(1, address("18"), address("19")))
    Client(talk, 3).request(ia_na(9, address("18")))
    Client(talk, 3).request(ia_na(9))
    Client(talk, 4).request(ia_na(9, iaaddr("2001:db8:9::1")))


@case(6, network())
def prefix_hints(talk: Talk) -> None:
    Client(talk, 1).lease(PD)
    two = Client(talk, 2)
    for hint in (
        "::/60",
        "::/52",
        "::/56",
        "2001:db8:8:500::/56",
        "2001:db8:8:600::/64",
        "2001:db8:8::/56",
        "2001:db8:9::/56",
        "::/0",
        "::/128",
    ):
        two.solicit(ia_pd(1, iaprefix(hint)))
    two.lease(ia_pd(1, iaprefix("2001:db8:8:700::/56")))
    two.request(ia_pd(2, iaprefix("2001:db8:8:800::/60")))


@case(
    6,
    network(
        None,
        subnet={
            "pd-pools": [
                {"prefix": "2001:db8:8::", "prefix-len": 48, "delegated-len": 56},
                {"prefix": "2001:db8:9::", "prefix-len": 48, "delegated-len": 60},
                {"prefix": "2001:db8:a::", "prefix-len": 48, "delegated-len": 64},
            ]
        },
    ),
)
def prefix_hint_by_length(talk: Talk) -> None:
    for number, length in enumerate((48, 56, 57, 60, 62, 64, 65), 1):
        Client(talk, number).lease(ia_pd(1, iaprefix(f"::/{length}")))
    Client(talk, 9).lease(PD)


@case(6, network())
def several_ias(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease(ia_na(1), ia_na(2), ia_na(3), ia_pd(1), ia_pd(2))
    one.renew()
    one.renew(ia_na(1, address("10")), ia_na(2, address("10")), ia_na(7, address("1e")))
    one.release(ia_na(1, address("10")), ia_pd(2, prefix("100")))
    one.solicit(ia_na(1), ia_na(2), ia_pd(1), ia_pd(2))


@case(6, network())
def same_iaid_for_address_and_prefix(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease(ia_na(5), ia_pd(5))
    one.renew()
    one.lease(ia_na(5), ia_na(5))
    Client(talk, 2).lease(ia_na(5), ia_pd(5))


@case(6, network("2001:db8:1::10-2001:db8:1::11", FEW))
def exhausted(talk: Talk) -> None:
    clients = [Client(talk, number) for number in (1, 2, 3)]
    for client in clients:
        client.lease(NA, PD)
    clients[2].renew(ia_na(1, address("10")))
    clients[2].rebind(ia_na(1, address("10")))
    clients[0].release()
    clients[2].lease(NA, PD)
    clients[0].lease(NA)


@case(6, network(None, {}))
def no_pools(talk: Talk) -> None:
    one = Client(talk, 1)
    one.solicit(NA)
    one.solicit(PD)
    one.solicit(NA, PD)
    one.request(NA, PD)
    one.solicit(NA, (14, b""))
    one.renew(ia_na(1, address("10")), ia_pd(1, prefix("1")))
    one.rebind(ia_na(1, address("10")))


@case(
    6,
    network(
        None,
        {},
        {
            "pools": [{"pool": "2001:db8:1::20-2001:db8:1::21"}, {"pool": "2001:db8:1::10-2001:db8:1::11"}],
            "pd-pools": [
                {"prefix": "2001:db8:9::", "prefix-len": 63, "delegated-len": 64},
                {"prefix": "2001:db8:8::", "prefix-len": 55, "delegated-len": 56},
            ],
        },
    ),
)
def pools_in_order_of_address(talk: Talk) -> None:
    for number in range(1, 6):
        Client(talk, number).lease(NA, PD)


@case(6, network("2001:db8:1::/126", {}), "V6-082")
def prefix_pool_gives_first_and_last_address(talk: Talk) -> None:
    for number in range(1, 6):
        Client(talk, number).lease()


def _excluded(prefix_: str, length: int) -> dict[str, object]:
    return {
        "prefix": "2001:db8:8::",
        "prefix-len": 48,
        "delegated-len": 56,
        "excluded-prefix": prefix_,
        "excluded-prefix-len": length,
    }


def excluded_prefix(talk: Talk) -> None:
    Client(talk, 1).lease(PD)
    for number in (2, 3, 4):
        Client(talk, number).lease(PD, oro(67))


case(6, network(prefixes=_excluded("2001:db8:8:0:80::", 72)), "V6-095", "V6-096", "V6-467", variant="zeros")(
    excluded_prefix
)
case(6, network(prefixes=_excluded("2001:db8:8:35::", 64)), "V6-097", "V6-098", "V6-467", variant="octet")(
    excluded_prefix
)
case(6, network(prefixes=_excluded("2001:db8:8:a0::", 59)), "V6-097", "V6-098", "V6-467", variant="three-bits")(
    excluded_prefix
)

SHARED = {
    "interfaces-config": {"interfaces": ["srv0"]},
    "shared-networks": [
        {
            "name": "n",
            "interface": "srv0",
            "subnet6": [
                {
                    "id": 2,
                    "subnet": "2001:db8:1::/64",
                    "pools": [{"pool": "2001:db8:1::10-2001:db8:1::10"}],
                    "pd-pools": [{"prefix": "2001:db8:8::", "prefix-len": 56, "delegated-len": 56}],
                },
                {
                    "id": 1,
                    "subnet": "2001:db8:5::/64",
                    "pools": [{"pool": "2001:db8:5::10-2001:db8:5::11"}],
                    "pd-pools": [{"prefix": "2001:db8:9::", "prefix-len": 56, "delegated-len": 56}],
                },
            ],
        }
    ],
}


@case(6, SHARED)
def shared_network_spills_over(talk: Talk) -> None:
    for number in range(1, 5):
        Client(talk, number).lease(NA, PD)
    one = Client(talk, 1)
    one.solicit(ia_na(2))
    one.renew(ia_na(1, iaaddr("2001:db8:5::11")))
    one.renew(ia_na(1, iaaddr("2001:db8:5::10")))


@case(6, SHARED)
def shared_network_two_ias(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease(ia_na(1), ia_na(2), ia_na(3), ia_na(4), ia_pd(1), ia_pd(2), ia_pd(3))
    one.renew()
    one.release()
    Client(talk, 2).lease(ia_na(1, iaaddr("2001:db8:1::10")))


@case(
    6,
    network(
        None,
        {},
        {
            "pools": [
                {"pool": "2001:db8:1::10-2001:db8:1::11", "client-class": "a"},
                {"pool": "2001:db8:1::20-2001:db8:1::21"},
            ],
            "pd-pools": [{**FEW, "client-class": "a"}],
        },
        client_classes=[{"name": "a", "test": "option[1].hex == 0x00030001020000010002"}],
    ),
    "V6-273",
)
def pools_for_a_class(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease(NA, PD)
    one.solicit(ia_na(1, address("10")))
    two = Client(talk, 2)
    two.lease(ia_na(1), ia_na(2), ia_na(3), PD)


@case(
    6,
    network(
        preferred_lifetime=1,
        valid_lifetime=1,
        pool="2001:db8:1::10-2001:db8:1::10",
        expired_leases_processing={"reclaim-timer-wait-time": 0},
    ),
    "V6-021",
)
def expired_lease(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2)
    one.lease()
    two.solicit(NA)
    talk.wait(2.1)
    one.solicit(NA)
    one.lease()
    talk.wait(2.1)
    one.renew()
    talk.wait(2.1)
    one.rebind()


@case(
    6,
    network(subnet={"rapid-commit": True}, option_data=[option("dns-servers", "2001:db8::1")]),
    "V6-263",
)
def rapid_commit(talk: Talk) -> None:
    Client(talk, 1).solicit(NA, (14, b""), oro(23))
    Client(talk, 1).solicit(NA, (14, b""))
    Client(talk, 2).solicit(NA, (14, b"x"))
    Client(talk, 3).solicit(NA)
    Client(talk, 4).solicit((14, b""))
    Client(talk, 5).solicit(ia_na(1, address("10")), PD, (14, b""))


@case(6, network(), "V6-264")
def rapid_commit_off(talk: Talk) -> None:
    Client(talk, 1).solicit(NA, (14, b""))
    Client(talk, 1).request()
    Client(talk, 1).solicit(NA, (14, b""))
