"""What becomes of DHCPv6 leases when subnet numbers or the server's DUID change; stateless clients; huge pools."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client6 import NA, NET, PD, Client, address, network, option
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import REBIND, RENEW, REQUEST6, Option, ia_na, iaaddr, oro

WIDE = "2001:db8:1::10-2001:db8:1::ff"


def _unnumbered(*subnets: int) -> Json:
    return {
        "interfaces-config": {"interfaces": ["srv0"]},
        "subnet6": [
            {
                "subnet": f"2001:db8:{number}::/64",
                "interface": "srv0" if number == 2 else "lo",
                "pools": [{"pool": f"2001:db8:{number}::10-2001:db8:{number}::1f"}],
            }
            for number in subnets
        ],
    }


@case(6, _unnumbered(1, 2, 3), "V6-075", "V6-076", "V6-079")
def numbers_that_subnets_get(talk: Talk) -> None:
    one, two = Client(talk, 1), Client(talk, 2)
    one.lease()
    answer = talk.server.reconfigure(_unnumbered(2, 3))
    assert answer["result"] == 0, answer
    one.renew()
    two.lease()
    one.release()


@case(6, network(WIDE), "V6-407")
def clients_that_know_another_duid(talk: Talk) -> None:
    one = Client(talk, 1)
    one.lease(NA, PD)
    changed = {"server-id": {"type": "EN", "enterprise-id": 4321, "identifier": "FEDCBA", "persist": False}}
    answer = talk.server.reconfigure({**network(WIDE), **changed})
    assert answer["result"] == 0, answer
    new: Option = (2, bytes.fromhex("0002000010e1fedcba"))
    one.renew()
    one.say(RENEW, new, *one.granted)
    one.say(REBIND, *one.granted)
    one.say(REQUEST6, new, NA)
    one.solicit(NA)


@case(
    6,
    network(
        WIDE,
        option_data=[
            option("dns-servers", "2001:db8::53"),
            option("domain-search", "global.example"),
            option("information-refresh-time", "600"),
            option("sip-server-addr", "2001:db8::51"),
            option("inf-max-rt", "1234"),
        ],
        subnet={
            "option-data": [option("domain-search", "subnet.example")],
            "reservations": [
                {"duid": "00:03:00:01:02:00:00:01:00:02", "option-data": [option("domain-search", "host.example")]}
            ],
        },
        client_classes=[
            {
                "name": "stateless",
                "test": "pkt6.msgtype == 11",
                "option-data": [option("sip-server-addr", "2001:db8::52")],
            }
        ],
    ),
    "V6-409",
    "V6-410",
    "V6-412",
    "V6-460",
    "V6-461",
)
def stateless_beside_stateful(talk: Talk) -> None:
    for number in (1, 2):
        client = Client(talk, number, oro(22, 23, 24, 32, 83))
        client.information()
        client.lease()
        client.information()
        client.information(ia_na(1, address("10")))
        client.information(via=(NET + "2",))
        client.information(via=("2001:db8:99::2",))
    Client(talk, 3).information()
    Client(talk, 3).information(oro(23))


@case(
    6,
    {"interfaces-config": {"interfaces": ["srv0"]}, "option-data": [option("dns-servers", "2001:db8::53")]},
    "V6-411",
    "V6-262",
    "V6-460",
)
def a_server_without_subnets(talk: Talk) -> None:
    client = Client(talk, 1, oro(23))
    client.information()
    client.lease(NA, PD)
    client.renew(ia_na(1, address("10")))
    client.confirm(ia_na(1, address("10")))
    client.information(via=(NET + "2",))


@case(
    6,
    network(None, {}, {"pools": [{"pool": "2001:db8:1::/64"}],
                       "pd-pools": [{"prefix": "3000::", "prefix-len": 4, "delegated-len": 128}]}),
    "V6-084",
    "V6-092",
)  # fmt: skip
def enormous_pools(talk: Talk) -> None:
    for number in (1, 2):
        Client(talk, number).lease(NA, PD)
    Client(talk, 3).lease(ia_na(1, iaaddr(NET + "ffff:ffff:ffff:ffff")))
    Client(talk, 4).lease(ia_na(1, iaaddr(NET)))


def _boxed(*lines: Json) -> Json:
    return network(WIDE, option_data=list(lines))


@case(
    6,
    _boxed(
        {"name": "vendor-opts", "data": "4491"},
        {"name": "syslog-servers", "space": "vendor-4491", "data": "2001:db8::5", "always-send": True},
        {"name": "s46-cont-lw"},
        {"name": "s46-br", "space": "s46-cont-lw-options", "data": "2001:db8::6"},
        {"name": "new-posix-timezone", "data": "EST5EDT4\\,M3.2.0/02:00\\,M11.1.0/02:00"},
        {"name": "bootfile-param", "data": "one, two"},
    ),
    "V6-112",
    "V6-227",
)
def spaces_that_exist_by_themselves(talk: Talk) -> None:
    client = Client(talk, 1)
    client.information(oro(17, 96))
    client.information(oro(41, 60))
    client.lease(NA, oro(17, 96, 41, 60))


@case(
    6,
    network(
        subnet={
            "option-data": [{"code": 1234, "data": "0102"}, {"code": 23, "data": "2001:db8::1"}],
            "reservations": [
                {
                    "duid": "00:03:00:01:02:00:00:01:00:02",
                    "option-data": [{"code": 1235, "data": "'text'"}, {"code": 4, "space": "isc", "data": "aB"}],
                }
            ],
        }
    ),
    "V6-108",
)
def octets_without_csv_format(talk: Talk) -> None:
    for number in (1, 2):
        Client(talk, number).lease(NA, oro(1234, 1235, 23))
