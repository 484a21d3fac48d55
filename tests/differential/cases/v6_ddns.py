"""Name change requests of DHCPv6: which of a lease's changes DNS is told of, and how."""

from __future__ import annotations

from typing import Any

from tests.differential.case import case
from tests.differential.cases.client6 import NA, PD, Client, network
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import Option, ia_na, iaaddr

POOL = "2001:db8:1::10-2001:db8:1::ff"


def updating(pool: str = POOL, subnet: Json | None = None, **rest: Any) -> Json:
    """Return a configuration that sends updates."""
    rest.setdefault("dhcp_ddns", {"enable-updates": True})
    rest.setdefault("ddns_qualifying_suffix", "example.org")
    return network(pool, None, subnet, **rest)


def fqdn(name: bytes, flags: int = 1) -> Option:
    """Return option 39 with *name*, partial unless it ends in a dot."""
    labels = b"".join(bytes((len(label),)) + label for label in name.split(b".") if label)
    return 39, bytes((flags,)) + labels + (b"\0" if name.endswith(b".") else b"")


def dns_changes(talk: Talk) -> None:
    first = Client(talk, 1, fqdn(b"one"))
    first.lease()
    first.renew()
    first.rebind()
    for name, flags in ((b"two", 1), (b"two", 0), (b"two", 4), (b"TWO", 1)):
        first.options = (fqdn(name, flags),)
        first.renew()
    first.options = (fqdn(b"three"),)
    first.renew()
    first.options = (fqdn(b"four"),)
    first.request()
    first.release()
    second = Client(talk, 2, fqdn(b"host"))
    second.lease()
    second.decline()
    third = Client(talk, 3, fqdn(b"host.example.com."))
    third.lease(NA, ia_na(2))
    third.release(ia_na(2, iaaddr("2001:db8:1::13")))
    Client(talk, 4).lease()
    fourth = Client(talk, 5, fqdn(b"none", 4))
    fourth.lease()
    fourth.release()
    fifth = Client(talk, 6, fqdn(b"prefix"))
    fifth.lease(PD)
    fifth.renew(PD, NA)
    sixth = Client(talk, 7, fqdn(b"rapid"), (14, b""))
    sixth.solicit(NA)
    sixth.solicit(NA)


def dns_leased_again(talk: Talk) -> None:
    client = Client(talk, 1, fqdn(b"one"))
    client.lease()
    client.lease()
    client.options = (fqdn(b"two"),)
    client.lease()


case(6, updating())(dns_leased_again)
case(6, updating(ddns_update_on_renew=True), variant="update-on-renew")(dns_leased_again)
case(6, updating(cache_threshold=0.5), variant="cached", ticking=True)(dns_leased_again)


def dns_of_several_ias(talk: Talk) -> None:
    first = Client(talk, 1, fqdn(b"one"))
    first.lease(NA, PD)
    first.renew()
    first.options = (fqdn(b"two"),)
    first.renew()
    second = Client(talk, 2, fqdn(b"both"))
    second.lease(NA, ia_na(2))
    second.renew()


case(6, updating())(dns_of_several_ias)


def dns_name_no_longer_sent(talk: Talk) -> None:
    client = Client(talk, 1, fqdn(b"one"))
    client.lease()
    client.options = ()
    client.renew()
    client.options = (fqdn(b"two"),)
    client.renew()


case(6, updating())(dns_name_no_longer_sent)


case(6, updating(), "V6-284", "V6-299", "V6-300", "V6-302", "V6-303", "V6-308", "DD-115")(dns_changes)
case(6, updating(subnet={"rapid-commit": True}), variant="rapid-commit")(dns_changes)
case(6, updating(ddns_update_on_renew=True), "V6-293", variant="update-on-renew")(dns_changes)
case(6, updating(cache_threshold=0.5), "V6-343", variant="cached", ticking=True)(dns_changes)
case(6, updating(cache_threshold=0.5, ddns_update_on_renew=True), variant="cached-update-on-renew", ticking=True)(
    dns_changes
)
case(6, updating(ddns_use_conflict_resolution=False), "V6-294", "V6-463", variant="no-conflict-resolution")(dns_changes)
case(6, updating(ddns_send_updates=False), "V6-292", variant="not-sent")(dns_changes)
case(
    6,
    updating(ddns_send_updates=False, subnet={"ddns-send-updates": True}),
    "V6-289",
    "V6-292",
    variant="sent-in-subnet",
)(dns_changes)
case(6, updating(ddns_override_client_update=True), "V6-305", variant="override-client")(dns_changes)
case(6, updating(ddns_override_no_update=True), "V6-306", variant="override-no-update")(dns_changes)
case(6, updating(ddns_replace_client_name="always"), variant="always")(dns_changes)
case(6, updating(ddns_replace_client_name="when-not-present"), variant="when-not-present")(dns_changes)


def dns_ends(talk: Talk) -> None:
    Client(talk, 1, fqdn(b"first")).lease()
    talk.wait(2.1)
    second = Client(talk, 2, fqdn(b"second"))
    second.lease()
    talk.wait(2.1)
    second.options = (fqdn(b"third"),)
    second.request()
    talk.wait(2.1)
    talk.command("leases-reclaim", {"remove": False})
    second.renew()
    talk.wait(2.1)
    Client(talk, 3).lease()
    talk.wait(2.1)
    Client(talk, 4, fqdn(b"fifth")).lease()
    talk.wait(2.1)
    talk.command("leases-reclaim", {"remove": True})


def dns_of_ended_lease_renewed(talk: Talk) -> None:
    client = Client(talk, 1, fqdn(b"same"))
    client.lease()
    talk.wait(2.1)
    client.renew()
    talk.wait(2.1)
    client.options = (fqdn(b"other"),)
    client.renew()


QUICK: Json = {
    "valid_lifetime": 1,
    "preferred_lifetime": 1,
    "expired_leases_processing": {"reclaim-timer-wait-time": 0},
}
case(6, updating("2001:db8:1::10-2001:db8:1::10", **QUICK), "V6-296")(dns_ends)
case(6, updating(**QUICK))(dns_of_ended_lease_renewed)


def dns_lifetimes(talk: Talk) -> None:
    for number, seconds in enumerate((1, 600, 1799, 1800, 1801, 7200, 86400, 0xFFFFFFFF), 1):
        client = Client(talk, number, fqdn(b"name"))
        client.lease(ia_na(1, iaaddr("::", seconds, seconds)))
        client.release()


_ANY = {"min": 1, "max": 0xFFFFFFFF}
case(
    6,
    updating(**{f"{bound}_{kind}_lifetime": value for kind in ("valid", "preferred") for bound, value in _ANY.items()}),
)(dns_lifetimes)


def dns_names(talk: Talk) -> None:
    for number, option in enumerate(
        (
            fqdn(b"plain.example.com."),
            fqdn(b"MiXeD.Example.COM."),
            fqdn(b""),
            fqdn(b"."),
            fqdn(b"x" * 63),
            fqdn(b"bad_!.name"),
            fqdn(b"!!!"),
            fqdn(b"\xff\xfe"),
            fqdn(b"s.n", 5),
            fqdn(b"CAF\xc3\x89.a b\xff"),
            fqdn(b"has.example.org"),
            fqdn(b"myhost-$[123.org"),
        ),
        1,
    ):
        Client(talk, number, option).lease()
    Client(talk, 20).lease()
    Client(talk, 21, identity=b"\0\1x").lease()
    Client(talk, 22, fqdn(b"long"), identity=b"\0\1" + bytes(128)).lease()


for _suffix, _rows in (
    ("", ("V6-312",)),
    ("example.org", ("V6-308", "V6-313", "V6-315", "V6-318", "V6-319")),
    ("example.org.", ("V6-313",)),
):
    case(6, updating(ddns_qualifying_suffix=_suffix), *_rows, variant=f"suffix-{_suffix}")(dns_names)
for _mode in ("always", "when-present", "when-not-present"):
    _rows = ("V6-309", "V6-311", "V6-314", *(("V6-307",) if _mode == "always" else ()))
    case(6, updating(ddns_replace_client_name=_mode), *_rows, variant=_mode)(dns_names)
    case(6, updating(ddns_replace_client_name=_mode, ddns_qualifying_suffix=""), variant=f"{_mode}-no-suffix")(
        dns_names
    )
case(
    6,
    updating(hostname_char_set="[^A-Za-z0-9.-]", hostname_char_replacement="x"),
    *("V6-316", "V6-317", "V6-320"),
    variant="replaced",
)(dns_names)


def dns_reserved(talk: Talk) -> None:
    for number in range(1, 8):
        client = Client(talk, number, fqdn(b"mine"))
        client.lease()
        client.renew()
        client.release()
        client.options = ()
        client.lease()
        client.release()


_RESERVED: Json = {
    "reservations": [
        {"duid": "00:03:00:01:02:00:00:01:00:04", "hostname": "bob.example.org"},
        {"duid": "00:03:00:01:02:00:00:01:00:05", "hostname": "Carol.Example.ORG."},
        {"duid": "00:03:00:01:02:00:00:01:00:06", "hostname": "example.org"},
        {"duid": "00:03:00:01:02:00:00:01:00:07", "hostname": "xexample.org"},
        {"duid": "00:03:00:01:02:00:00:01:00:01", "hostname": "alice"},
        {
            "duid": "00:03:00:01:02:00:00:01:00:02",
            "hostname": "full.example.com.",
            "ip-addresses": ["2001:db8:1::20"],
        },
        {"duid": "00:03:00:01:02:00:00:01:00:03", "ip-addresses": ["2001:db8:1::21"]},
    ]
}
case(6, updating(subnet=_RESERVED), "V6-321")(dns_reserved)
case(6, updating(subnet=_RESERVED, ddns_replace_client_name="always"), variant="always")(dns_reserved)


def dns_given_up(talk: Talk) -> None:
    """Client 1 loses its lease because the address is reserved for client 2 from some time on."""
    first = Client(talk, 1, fqdn(b"first"))
    first.lease()
    taken = updating(
        subnet={
            "reservations": [{"duid": "00:03:00:01:02:00:00:01:00:02", "ip-addresses": ["2001:db8:1::10"]}],
        }
    )
    talk.server.reconfigure(taken)
    first.solicit(NA)
    first.renew(ia_na(1, iaaddr("2001:db8:1::10")))
    Client(talk, 2, fqdn(b"second")).lease()


case(6, updating())(dns_given_up)


@case(6, updating(), "V6-289", "V6-292", "V6-293")
def dns_parameters_change(talk: Talk) -> None:
    """What DNS knows of a lease goes with the parameters at its renewal: where none are sent, entries stay."""
    clients = [Client(talk, 1, fqdn(b"one")), Client(talk, 2, fqdn(b"two", 0)), Client(talk, 3)]
    for client in clients:
        client.lease()
    silent: Json = {"ddns-send-updates": False}
    changes: tuple[Json, ...] = (
        {"ddns_send_updates": False},
        {},
        {"ddns_send_updates": False, "ddns_update_on_renew": True},
        {"ddns_update_on_renew": True},
        {"subnet": silent},
        {"ddns_qualifying_suffix": "new.test"},
        {"ddns_send_updates": False},
    )
    for parameters in changes:
        assert talk.server.reconfigure(updating(**parameters))["result"] == 0
        for client in clients:
            client.renew()
    clients[0].lease()
    clients[1].release()


_HOSTS: Json = {
    "reservations": [
        {"duid": f"00:03:00:01:02:00:00:01:00:0{number}", "ip-addresses": [f"2001:db8:1::2{number}"], "hostname": name}
        for number, name in ((1, "h"), (2, "UPPER"), (3, "Up.Example.COM."))
    ]
}


@case(6, updating(subnet=_HOSTS, ddns_replace_client_name="when-not-present"), "V6-321", "V6-293")
def dns_reserved_addresses_with_names(talk: Talk) -> None:
    """The name of a reservation is compared with that of the lease as it is written, and added in small letters."""
    for number in (1, 2, 3):
        client = Client(talk, number)
        mine = ia_na(1, iaaddr(f"2001:db8:1::2{number}"))
        client.lease(mine)
        client.request(mine)
        client.renew(mine)
        client.options = (fqdn(b"Mine"),)
        for _ in range(2):
            client.renew(mine)
            client.request(mine)
        client.release(mine)
        client.renew(mine)
        client.request(mine)


@case(6, updating("2001:db8:1::10-2001:db8:1::10"), "V6-296")
def dns_without_a_lease(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2, fqdn(b"one")).renew(ia_na(1, iaaddr("2001:db8:1::10")))


def dns_in_a_network(talk: Talk) -> None:
    """Requests to add have the conflict resolution of the subnet that was selected, those to remove of the lease's."""
    client = Client(talk, 1, fqdn(b"one"))
    client.renew(ia_na(1))
    client.request(NA)
    client.options = (fqdn(b"two"),)
    client.renew()
    client.release()


def _network(first: bool, second: bool, **rest: Any) -> Json:
    whole = updating()
    (subnet,) = whole.pop("subnet6")
    other = {**subnet, "id": 2, "subnet": "2001:db8:2::/64", "pools": [{"pool": "2001:db8:2::10-2001:db8:2::1f"}]}
    subnet = {**subnet, **rest, "pools": [], "pd-pools": [], "ddns-use-conflict-resolution": first}
    other = {**other, "pd-pools": [], "ddns-use-conflict-resolution": second}
    for each in (subnet, other):
        each.pop("interface", None)
    whole["shared-networks"] = [{"name": "net", "interface": "srv0", "subnet6": [subnet, other]}]
    return whole


case(6, _network(True, False), "V6-294", variant="resolving-first")(dns_in_a_network)
case(6, _network(False, True), "V6-294", variant="resolving-second")(dns_in_a_network)


@case(
    6,
    _network(True, True, reservations=_HOSTS["reservations"], **{"ddns-replace-client-name": "when-not-present"}),
    "V6-293",
)
def dns_reserved_in_a_network(talk: Talk) -> None:
    client = Client(talk, 1)
    for _ in range(2):
        client.request(ia_na(1, iaaddr("2001:db8:1::21")))


_APART = _network(True, True, **{"ddns-replace-client-name": "when-not-present"})
_APART["shared-networks"][0]["subnet6"][1]["reservations"] = [
    {"duid": "00:03:00:01:02:00:00:01:00:01", "ip-addresses": ["2001:db8:2::21"], "hostname": "h"}
]


@case(6, _APART, "V6-293")
def dns_reserved_in_another_subnet(talk: Talk) -> None:
    client = Client(talk, 1)
    for _ in range(2):
        client.request(ia_na(1, iaaddr("2001:db8:2::21")))
    client.release(ia_na(1, iaaddr("2001:db8:2::21")))
