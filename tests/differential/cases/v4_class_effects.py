"""What classes do to answers by the way a query came into them: lifetimes, fields, options, server identifiers."""

from __future__ import annotations

from typing import Any

from tests.differential.case import case
from tests.differential.cases.client4 import RELAY, SERVER, Client, asks, lifetime, network, option
from tests.differential.cases.v4_ddns import updating
from tests.differential.cases.v4_networks import link, subnet, whole
from tests.differential.talk import Talk
from tests.support.kea import Json

MAC1, MAC2, MAC3 = (f"02:00:00:01:00:0{number}" for number in (1, 2, 3))


def bringing(name: str, test: str | None, number: int, **rest: Any) -> Json:
    """Return a class that brings lifetimes, fields and options, all told by *number*."""
    return {
        "name": name,
        **({"test": test} if test else {}),
        "min-valid-lifetime": number * 100,
        "valid-lifetime": number * 100 + 50,
        "max-valid-lifetime": number * 100 + 99,
        "next-server": f"192.0.2.{100 + number}",
        "server-hostname": f"host{number}",
        "boot-file-name": f"/file{number}",
        "option-data": [
            option("routers", f"192.0.2.{100 + number}"),
            option("ntp-servers", f"192.0.2.{100 + number}", always_send=True),
        ],
        **{key.replace("_", "-"): value for key, value in rest.items()},
    }


def leases_and_renewals(talk: Talk) -> None:
    for number in (1, 2, 3):
        client = Client(talk, number, asks(3, 42))
        client.lease()
        client.renew()
        client.lease(lifetime(1))
        client.lease(lifetime(100000))
        client.inform()
        client.release()


WAYS = {
    "reserved": ([bringing("c", None, 1)], {}),
    "known": ([bringing("c", "member('KNOWN')", 2)], {}),
    "unknown": ([bringing("c", "not member('KNOWN')", 3)], {}),
    "required": ([bringing("r", "member('ALL')", 4, only_if_required=True)], {"require-client-classes": ["r"]}),
    "several": (
        [
            bringing("r", "option[61].exists or member('ALL')", 4, only_if_required=True),
            bringing("unknown", "member('UNKNOWN')", 3),
            bringing("c", None, 1),
            bringing("known", "member('KNOWN')", 2),
        ],
        {"require-client-classes": ["r"], "next-server": "192.0.2.99", "valid-lifetime": 555},
    ),
    "of-subnet-and-class": (
        [bringing("all", "member('ALL')", 5)],
        {
            "min-valid-lifetime": 300,
            "valid-lifetime": 333,
            "max-valid-lifetime": 366,
            "next-server": "192.0.2.99",
            "boot-file-name": "/subnet",
            "option-data": [option("routers", "192.0.2.99")],
        },
    ),
}
HOSTS = [{"hw-address": MAC1, "client-classes": ["c"]}, {"hw-address": MAC2, "hostname": "h"}]
ROWS = ("CL-107", "CL-114", "V4-324", "V4-392", "V4-D14")
for _name, (_classes, _subnet) in WAYS.items():
    case(4, network(subnet={"reservations": HOSTS, **_subnet}, client_classes=_classes), *ROWS, variant=_name)(
        leases_and_renewals
    )
    case(
        4,
        whole(
            link(
                {**subnet(1, 9), **_subnet},
                {**subnet(2, 9), **_subnet, "reservations": [*HOSTS, {"hw-address": MAC3, "ip-address": "10.2.0.99"}]},
                interface="srv0",
            ),
            client_classes=_classes,
        ),
        *ROWS,
        variant=f"{_name}-in-network",
    )(leases_and_renewals)


def identified_server(address: str, **rest: Any) -> Json:
    """Return a class with a server identifier of its own."""
    data = [option("dhcp-server-identifier", address)]
    return {"option-data": data, **{key.replace("_", "-"): value for key, value in rest.items()}}


@case(
    4,
    network(
        None,
        {
            "require-client-classes": ["late"],
            "pools": [
                {
                    "pool": "192.0.2.10-192.0.2.19",
                    "option-data": [option("dhcp-server-identifier", "192.0.2.241")],
                    "client-class": "pooled",
                },
                {"pool": "192.0.2.20-192.0.2.29"},
            ],
            "reservations": [
                {"hw-address": MAC1, "option-data": [option("dhcp-server-identifier", "192.0.2.242")]},
                {"hw-address": MAC2, "client-classes": ["reserved"]},
            ],
        },
        client_classes=[
            identified_server("192.0.2.243", name="late", test="option[60].text == 'late'", only_if_required=True),
            identified_server("192.0.2.244", name="early", test="option[60].text == 'early'"),
            identified_server("192.0.2.245", name="reserved"),
            {"name": "pooled", "test": "option[60].text == 'pooled'"},
        ],
    ),
    "V4-492",
    "V4-493",
)
def server_identifiers_of_all_scopes(talk: Talk) -> None:
    for number, vendor in ((1, b"x"), (2, b"x"), (3, b"late"), (4, b"early"), (5, b"pooled"), (6, b"x")):
        client = Client(talk, number, (60, vendor))
        client.lease()
        client.renew()
        client.inform()
        for last in range(241, 246):
            client.select("192.0.2.28", server=f"192.0.2.{last}")
        client.select("192.0.2.28", server=SERVER)
        Client(talk, number, (60, vendor), **RELAY).discover()
        client.reboot("192.0.2.77")
        client.release()


@case(
    4,
    network(
        subnet={
            "client-class": "two words",
            "reservations": [{"hw-address": MAC1, "client-classes": ["Größe", "two words", "two words", "nowhere"]}],
        },
        reservations=[{"hw-address": MAC2, "client-classes": ["two words"]}],
        reservations_global=True,
        early_global_reservations_lookup=True,
        client_classes=[
            {"name": "two words", "option-data": [option("routers", "192.0.2.1", always_send=True)]},
            {"name": "Größe", "option-data": [option("ntp-servers", "192.0.2.2", always_send=True)]},
            {"name": "x" * 128, "test": "member('two words') and member('Größe')"},
            {
                "name": "octets",
                "test": "option[60].hex == 'Größe' or member('VENDOR_CLASS_ÿ')",
                "option-data": [option("log-servers", "192.0.2.3", always_send=True)],
            },
        ],
    ),
    "CL-101",
    "CL-110",
)
def odd_names_of_classes(talk: Talk) -> None:
    for number in (1, 2, 3):
        Client(talk, number).lease()
        for text in ("Größe", "ÿ"):
            Client(talk, number, (60, text.encode("latin-1"))).discover()
            Client(talk, number, (60, text.encode())).discover()


@case(
    4,
    updating(
        subnet={"reservations": [{"hw-address": MAC1, "hostname": "reserved", "client-classes": ["SKIP_DDNS"]}]},
        client_classes=[{"name": "SKIP_DDNS", "test": "option[60].text == 'skip'"}],
    ),
    "CL-028",
)
def updates_of_members_of_skip_ddns(talk: Talk) -> None:
    """The class does nothing without the hook library that looks at it."""
    for number, vendor in ((1, b"x"), (2, b"skip"), (3, b"x")):
        client = Client(talk, number, (60, vendor), (12, b"host%d" % number))
        client.lease()
        client.release()
