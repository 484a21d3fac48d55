"""Several identity associations in one message: what each gets, renewed, refused, withdrawn, moved."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client6 import NA, PD, Client, address, network, option, prefix
from tests.differential.talk import Talk
from tests.support.packets import Option, ia_na, ia_pd, ia_ta, iaaddr, iaprefix, oro

TWO = {"prefix": "2001:db8:8::", "prefix-len": 55, "delegated-len": 56}
DUID1 = "00:03:00:01:02:00:00:01:00:01"


def _all(kind: object, count: int) -> list[Option]:
    return [kind(number) for number in range(1, count + 1)]  # type: ignore[operator]


@case(6, network("2001:db8:1::10-2001:db8:1::12", TWO), "V6-192", "V6-194", "V6-205", "V6-206", "V6-421", "V6-430")
def more_ias_than_leases(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease(*_all(ia_na, 5), *_all(ia_pd, 4))
    one.renew()
    one.rebind()
    Client(talk, 2).lease(NA, PD)
    one.release(ia_na(2, address("11")), ia_pd(1, prefix("0")))
    Client(talk, 2).lease(NA, PD)
    one.renew()
    one.release()


@case(6, network("2001:db8:1::10-2001:db8:1::1f"), "V6-101", "V6-430")
def one_lease_an_ia(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease(ia_na(1, address("12"), address("13"), address("14")))
    one.lease(ia_pd(1, prefix("200"), prefix("300")))
    one.renew(ia_na(1, address("12"), address("13")), ia_pd(1, prefix("200"), prefix("300")))
    one.release(ia_na(1, address("12"), address("13")))
    one.lease(ia_na(1, address("1e"), address("1f")), ia_na(2, address("1e")))


@case(6, network("2001:db8:1::10-2001:db8:1::12", {}), "V6-422")
def addresses_but_no_prefixes(talk: Talk) -> None:
    one = Client(talk, 1)
    one.solicit(NA, PD)
    one.request(ia_na(1), ia_pd(1), ia_pd(2))
    one.renew()
    one.renew(ia_na(1, address("10")), ia_pd(1, prefix("0")))
    one.rebind(ia_na(1, address("10")), ia_pd(1, prefix("0")))


@case(6, network(None, TWO), "V6-422")
def prefixes_but_no_addresses(talk: Talk) -> None:
    one = Client(talk, 1)
    one.solicit(NA, PD)
    one.request(ia_na(1), ia_na(2), ia_pd(1))
    one.renew()
    one.rebind(ia_na(1, address("10")), ia_pd(1, prefix("0")))


@case(
    6,
    network("2001:db8:1::10-2001:db8:1::1f", renew_timer=100, rebind_timer=200),
    "V6-250",
    "V6-423",
    "V6-424",
    "V6-469",
)
def a_missing_ia_comes_with_the_renewal(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2)
    one.lease(NA)
    one.renew(ia_na(1, address("10")), PD)
    one.renew(ia_na(1, address("10")), ia_pd(1, prefix("0")), ia_na(2), ia_pd(2, iaprefix("::/56")))
    one.renew(ia_na(7, iaaddr("::")))
    two.lease(PD)
    two.renew(ia_pd(1, prefix("200")), NA)
    two.rebind(ia_pd(1, prefix("200")), ia_na(1, address("13")), ia_na(3))


def timers_of_ias(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease(
        ia_na(1, address("12", 300, 400)),
        ia_na(2, address("13", 900, 1000)),
        ia_pd(1, iaprefix("2001:db8:8:500::/56", 5000, 6000)),
        ia_na(3),
        ia_na(4, address("14", 0xFFFFFFFF, 0xFFFFFFFF)),
    )
    one.renew()
    one.rebind()
    one.renew(ia_na(1, address("12", 301, 400)), ia_pd(1, iaprefix("2001:db8:8:500::/56", 5000, 6000)))
    one.renew(ia_na(2, address("13", 900, 1000)), ia_na(9), ia_pd(1, iaprefix("2001:db8:7:500::/56")), ia_pd(2))
    one.request(ia_pd(7, iaprefix("::/56", 77, 88)), ia_na(7, address("16", 66, 99)))
    one.release()


ANY_LIFETIME = {
    **{f"min_{kind}_lifetime": 10 for kind in ("preferred", "valid")},
    **{f"max_{kind}_lifetime": 0xFFFFFFFF for kind in ("preferred", "valid")},
}
TIMER_ROWS = ("V6-250", "V6-424", "V6-469")
case(6, network(**ANY_LIFETIME), *TIMER_ROWS)(timers_of_ias)
case(6, network("2001:db8:1::10-2001:db8:1::12", **ANY_LIFETIME, renew_timer=100), *TIMER_ROWS, variant="t1")(
    timers_of_ias
)
case(6, network(**ANY_LIFETIME, calculate_tee_times=False), *TIMER_ROWS, variant="none")(timers_of_ias)


def no_preferred_lifetime(talk: Talk) -> None:
    one = Client(talk, 1)
    wishes = (ia_na(1, address("12", 300, 400)), ia_na(2), ia_pd(1))
    held = (ia_na(1, address("12", 300, 400)), ia_na(2, address("10")), ia_pd(1, prefix("0")))
    one.solicit(*wishes)
    one.request(*wishes)
    one.renew(*held)
    one.rebind(*held)
    one.rebind(ia_na(1, address("13", 300, 400)), ia_na(7), ia_pd(7))
    one.request(*held)


case(6, network(preferred_lifetime=0), "V6-247", variant="at-all")(no_preferred_lifetime)
case(6, network(preferred_lifetime=0, max_preferred_lifetime=200), "V6-247", variant="unasked")(no_preferred_lifetime)


@case(6, network(), "V6-193", "V6-429", "V6-473")
def temporary_addresses(talk: Talk) -> None:
    one = Client(talk, 1)
    one.solicit(ia_ta(1))
    one.solicit(NA, ia_ta(1), ia_ta(2, address("15")))
    one.request(ia_ta(1, address("15")))
    one.request(NA, ia_ta(1))
    one.renew(ia_na(1, address("10")), ia_ta(1, address("15")))
    one.rebind(ia_ta(1, address("15")))
    one.release(ia_ta(1, address("15")))
    one.decline(ia_ta(1, address("15")))
    one.confirm(ia_ta(1, address("15")))


@case(6, network("2001:db8:1::10-2001:db8:1::1f"), "V6-420", "V6-526", "V6-529")
def what_belongs_to_others(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2)
    one.lease(NA, PD)
    two.lease(NA, PD)
    two.release(ia_na(1, address("10")), ia_pd(1, prefix("0")))
    two.release(ia_na(1, address("11")), ia_pd(1, prefix("0")))
    one.release(ia_na(9, address("10")), ia_pd(9, prefix("0")))
    two.renew(ia_na(1, address("10")), ia_pd(1, prefix("0")))
    two.renew(ia_na(5, address("10")), ia_pd(5, prefix("0")))
    one.renew(ia_na(9, address("10")), ia_pd(9, prefix("0")))
    two.rebind(ia_na(1, address("10")), ia_pd(1, prefix("0")))
    two.request(ia_na(6, address("10")), ia_pd(6, prefix("0")))
    two.decline(ia_na(1, address("10")))


@case(6, network("2001:db8:1::10-2001:db8:1::1f"), "V6-532")
def addresses_of_another_link(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease(NA, PD)
    far, far_prefix = iaaddr("2001:db8:77::1", 100, 200), iaprefix("2001:db8:77::/56", 100, 200)
    one.renew(ia_na(1, far), ia_pd(1, far_prefix))
    one.renew(ia_na(1, address("10"), far), ia_pd(1, prefix("0"), far_prefix))
    one.rebind(ia_na(1, far), ia_pd(1, far_prefix))
    one.request(ia_na(1, far), ia_pd(1, far_prefix))
    Client(talk, 2).request(ia_na(1, far), ia_pd(1, far_prefix))
    Client(talk, 3).renew(ia_na(1, far), ia_pd(1, far_prefix))
    Client(talk, 4).rebind(ia_na(1, far), ia_pd(1, far_prefix))


NEW = "2001:db8:1::30-2001:db8:1::3f"
NEW_PREFIXES = {"prefix": "2001:db8:9::", "prefix-len": 48, "delegated-len": 56}


@case(6, network("2001:db8:1::10-2001:db8:1::1f"), "V6-532")
def renumbering(talk: Talk) -> None:
    clients = [Client(talk, number) for number in range(1, 6)]
    for client in clients:
        client.lease(NA, PD)
    clients[0].lease(ia_na(2))
    answer = talk.server.reconfigure(network(NEW, NEW_PREFIXES))
    assert answer["result"] == 0, answer
    clients[0].renew(ia_na(1, address("10")), ia_na(2, address("15")), ia_pd(1, prefix("0")))
    clients[1].rebind()
    clients[2].lease(NA, PD)
    clients[3].confirm(ia_na(1, address("13")))
    clients[3].release()
    clients[4].decline(ia_na(1, address("14")))
    clients[4].renew()
    clients[0].renew()


@case(
    6,
    network(
        "2001:db8:1::10-2001:db8:1::12",
        subnet={
            "reservations": [
                {
                    "duid": DUID1,
                    "ip-addresses": ["2001:db8:1::11", "2001:db8:1::201", "2001:db8:1::202"],
                    "prefixes": ["2001:db8:8:100::/56", "2001:db8:9::/48", "2001:db8:8:200::/60"],
                }
            ]
        },
    ),
    "V6-357",
    "V6-358",
)
def reserved_things_and_ias(talk: Talk) -> None:
    one, two, three = Client(talk, 1), Client(talk, 2), Client(talk, 3)
    two.lease(ia_na(1, address("11")), ia_pd(1, prefix("100")))
    one.lease(NA, PD)
    one.lease(ia_na(1), ia_na(2), ia_na(3), ia_na(4), ia_pd(1), ia_pd(2), ia_pd(3), ia_pd(4))
    one.renew()
    three.lease(ia_na(1, address("202")), ia_pd(1, iaprefix("2001:db8:9::/48")))
    one.release(ia_na(1, address("201")))
    three.lease(ia_na(1), ia_na(2), ia_na(3))
    one.lease(ia_na(9, address("12")), ia_pd(9))
    one.rebind()


@case(
    6,
    network(
        "2001:db8:1::10-2001:db8:1::1f",
        subnet={
            "reservations": [
                {"duid": DUID1, "ip-addresses": ["2001:db8:1::11"]},
                {"duid": "00:03:00:01:02:00:00:01:00:02", "prefixes": ["2001:db8:8:300::/56"]},
            ]
        },
    ),
    "V6-357",
)
def reservations_of_one_kind(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2)
    one.lease(NA, PD)
    one.lease(ia_na(5), ia_pd(5))
    two.lease(NA, PD)
    two.lease(ia_na(5), ia_pd(5))
    one.renew(ia_na(1, address("11")), ia_na(5, address("10")))
    two.renew()


@case(6, network("2001:db8:1::10-2001:db8:1::1f", option_data=[option("dns-servers", "2001:db8::1")]), "V6-195")
def what_is_copied_and_what_is_requested(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease(NA, oro(23, 24, 1, 2, 3, 25))
    one.renew(ia_na(1, address("10")), oro(23))
    one.rebind(ia_na(1, address("10")), oro(23))
    one.confirm(ia_na(1, address("10")), oro(23))
    one.decline(ia_na(1, address("10")), oro(23))
    Client(talk, 2).lease(NA, oro(23))
    Client(talk, 2).release(ia_na(1, address("11")), oro(23))
