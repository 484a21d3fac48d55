"""RENEW, REBIND, CONFIRM, RELEASE, DECLINE, INFORMATION-REQUEST. RFC 8415 section 18.3."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client6 import NA, NET, PD, SERVER_ID, Client, address, network, option, prefix
from tests.differential.talk import Talk
from tests.support.namespaces import SERVER_LINK_LOCAL
from tests.support.packets import (
    CONFIRM,
    DECLINE6,
    INFORMATION_REQUEST,
    REBIND,
    RELEASE6,
    RENEW,
    REQUEST6,
    SOLICIT,
    Dhcp6,
    ia_na,
    ia_pd,
    iaaddr,
    iaprefix,
    oro,
)

TIMES = {"renew_timer": 100, "rebind_timer": 200, "preferred_lifetime": 300, "valid_lifetime": 400}
FAR = "2001:db8:9::1"
STRANGER = (2, b"\0\2xxxx")
OPTIONS = [option("dns-servers", "2001:db8::53, 2001:db8::54"), option("domain-search", "example.org")]


@case(6, network(**TIMES), "V6-415")
def renew(talk: Talk) -> None:
    one, two, three = Client(talk, 1), Client(talk, 2), Client(talk, 3)
    one.lease()
    two.lease(PD)
    talk.wait(1.1)
    one.renew()
    one.renew(NA)
    one.renew(ia_na(1, address("10"), address("1a"), iaaddr(FAR)))
    three.renew(ia_na(1, address("10")))
    three.renew(ia_na(2, address("1b")))
    Client(talk, 4).renew(ia_na(2, iaaddr(FAR)))
    one.say(RENEW, STRANGER, ia_na(1, address("10")))
    one.say(RENEW, ia_na(1, address("10")))
    one.say(RENEW, SERVER_ID)
    two.renew()
    two.renew(ia_pd(1, prefix("0", 60)))
    two.renew(PD)
    Client(talk, 5).renew(ia_pd(1, prefix("300")))
    Client(talk, 6).renew(ia_pd(1, iaprefix("2001:db8:9::/56")))
    one.renew(ia_na(1, address("10", 1000, 2000)))
    one.renew(ia_na(1, address("10"), t1=5, t2=6), oro(23))


@case(6, network(**TIMES), "V6-415")
def rebind(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2)
    one.lease()
    two.lease(PD)
    one.rebind()
    one.rebind(NA)
    Client(talk, 3).rebind(ia_na(1, address("10")))
    Client(talk, 4).rebind(ia_na(1, address("1c")))
    Client(talk, 5).rebind(ia_na(1, iaaddr(FAR)))
    one.say(REBIND, SERVER_ID, ia_na(1, address("10")))
    two.rebind()
    Client(talk, 6).rebind(ia_pd(1, prefix("400")))
    Client(talk, 7).rebind(ia_pd(1, iaprefix("2001:db8:9::/56")))
    Client(talk, 8).rebind(ia_na(1, address("10")), ia_pd(1, prefix("0")))
    one.say(REBIND)


@case(6, network(option_data=OPTIONS), "V6-418")
def confirm(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease()
    one.confirm()
    Client(talk, 9).confirm(ia_na(1, address("99")))
    one.confirm(ia_na(1, iaaddr(FAR)))
    one.confirm(ia_na(1, address("10"), iaaddr(FAR)))
    one.confirm(ia_na(1, address("10")), ia_na(2, iaaddr(FAR)))
    one.confirm(NA)
    one.say(CONFIRM)
    one.say(CONFIRM, SERVER_ID, ia_na(1, address("10")))
    one.confirm(ia_pd(1, prefix("0")))
    one.confirm(ia_na(1, address("10")), ia_pd(1, prefix("0")))
    talk.ask6(Dhcp6(CONFIRM, 5, [ia_na(1, address("10"))]), "CONFIRM without a client identifier")
    one.confirm(ia_na(1, address("10")), oro(23))


@case(6, network(option_data=OPTIONS), "V6-419", "V6-420")
def release(talk: Talk) -> None:
    one, two, three = Client(talk, 1), Client(talk, 2), Client(talk, 3)
    one.lease()
    two.lease(NA, PD)
    three.lease(ia_na(1), ia_na(2))
    two.release(ia_na(1, address("10")))
    one.release(ia_na(2, address("10")))
    one.release(NA)
    one.say(RELEASE6, SERVER_ID)
    one.say(RELEASE6, ia_na(1, address("10")))
    one.say(RELEASE6, STRANGER, ia_na(1, address("10")))
    one.release(ia_na(1, address("10")))
    one.release(ia_na(1, address("10")))
    two.release(ia_na(1, address("11")), ia_pd(1, prefix("0")), oro(23))
    three.release(ia_na(1, address("12")), ia_na(2, address("19")))
    three.release(ia_na(2, address("19")), ia_na(2, address("13")))
    one.solicit(NA)
    four = Client(talk, 4)
    four.lease(PD)
    four.release(ia_pd(1, prefix("100", 60)))
    four.release(ia_pd(2))
    four.release(ia_pd(9, prefix("900")))
    four.release(ia_pd(1, prefix("100")))


@case(6, network(decline_probation_period=1000), "V6-425", "V6-427")
def decline(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2)
    one.lease()
    two.lease(NA, PD)
    two.decline(ia_na(1, address("10")))
    one.decline(ia_na(2, address("10")))
    one.decline(NA)
    one.say(DECLINE6, SERVER_ID)
    one.say(DECLINE6, ia_na(1, address("10")))
    one.decline(ia_na(1, address("10")), oro(23))
    one.decline(ia_na(1, address("10")))
    two.decline(ia_pd(1, prefix("0")))
    two.decline()
    one.solicit(NA)
    one.solicit(ia_na(1, address("10")))
    one.renew(ia_na(1, address("10")))
    Client(talk, 3).decline(ia_na(1, address("10")), ia_na(2, address("1f")))


@case(6, network(option_data=OPTIONS), "V6-409", "V6-412")
def information_request(talk: Talk) -> None:
    one = Client(talk, 1)
    one.information(oro(23, 24, 32))
    one.information()
    talk.ask6(Dhcp6(INFORMATION_REQUEST, 7, [oro(23, 24)]), "no client identifier")
    talk.ask6(Dhcp6(INFORMATION_REQUEST, 7, []), "no options")
    talk.ask6(Dhcp6(INFORMATION_REQUEST, 7, [(1, b""), oro(23)]), "empty client identifier")
    one.information(SERVER_ID, oro(23))
    one.information(STRANGER, oro(23))
    one.information(NA, oro(23))
    one.information(oro(82, 83))
    one.information((14, b""), oro(23))
    one.information(oro(23), via=(NET + "2",))
    one.information(oro(23), via=("2001:db8:77::1",))


def unicast(talk: Talk) -> None:
    leased = ia_na(1, address("10"))
    for kind, options in (
        (SOLICIT, (NA,)),
        (REQUEST6, (SERVER_ID, NA)),
        (RENEW, (SERVER_ID, leased)),
        (RELEASE6, (SERVER_ID, leased)),
        (REBIND, (leased,)),
        (INFORMATION_REQUEST, (oro(23),)),
        (CONFIRM, (leased,)),
        (DECLINE6, (SERVER_ID, leased)),
    ):
        one = Client(talk, 1)
        one.say(kind, *options, around={"source": "2001:db8:1::2", "destination": "2001:db8:1::1"})
        one.say(kind, *options, around={"destination": SERVER_LINK_LOCAL})


case(6, network(), "V6-065", variant="link-local-only")(unicast)
case(6, network(interfaces_config={"interfaces": ["srv0", "srv0/2001:db8:1::1"]}), "V6-062", variant="global-too")(
    unicast
)
case(
    6,
    network(
        option_data=[option("unicast", "2001:db8:1::1")],
        interfaces_config={"interfaces": ["srv0", "srv0/2001:db8:1::1"]},
    ),
    "V6-066",
    variant="offered",
)(unicast)


@case(
    6,
    {
        "interfaces-config": {"interfaces": ["srv0"]},
        "option-data": OPTIONS,
        "subnet6": [{"id": 1, "subnet": "2001:db8:77::/64", "pools": [{"pool": "2001:db8:77::/80"}]}],
    },
    "V6-262",
)
def no_subnet(talk: Talk) -> None:
    one = Client(talk, 1)
    leased = ia_na(1, address("10"))
    one.lease(NA, PD, oro(23))
    one.request(NA, PD)
    one.renew(leased, ia_pd(1, prefix("0")))
    one.rebind(leased, ia_pd(1, prefix("0")))
    one.release(leased, ia_pd(1, prefix("0")))
    one.decline(leased)
    one.confirm(leased)
    one.information(oro(23))


@case(6, network(), "V6-251")
def server_identifiers(talk: Talk) -> None:
    one = Client(talk, 1)
    one.say(SOLICIT, SERVER_ID, NA)
    one.say(REQUEST6, NA)
    one.say(REQUEST6, STRANGER, NA)
    one.say(REQUEST6, (2, b""), NA)
    one.say(REQUEST6, SERVER_ID, SERVER_ID, NA)
    one.say(REQUEST6, SERVER_ID)
    one.say(REQUEST6, SERVER_ID, NA)
