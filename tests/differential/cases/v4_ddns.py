"""Name change requests of DHCPv4: which of a lease's changes DNS is told of, and how."""

from __future__ import annotations

from typing import Any

from tests.differential.case import case
from tests.differential.cases.client4 import Client, asks, network
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import Option

POOL = "192.0.2.10-192.0.2.99"


def updating(pool: str = POOL, subnet: Json | None = None, **rest: Any) -> Json:
    """Return a configuration that sends updates."""
    rest.setdefault("dhcp_ddns", {"enable-updates": True})
    rest.setdefault("ddns_qualifying_suffix", "example.org")
    return network(pool, subnet, **rest)


def fqdn(name: bytes, flags: int = 1) -> Option:
    """Return option 81 with *name* as ASCII text."""
    return 81, bytes((flags, 0, 0)) + name


def dns_transitions(talk: Talk) -> None:
    first = Client(talk, 1, fqdn(b"one"))
    first.lease()
    first.renew()
    first.rebind()
    first.options = (fqdn(b"two"),)
    first.renew()
    first.options = (fqdn(b"two", 0),)
    first.renew()
    first.options = (fqdn(b"two", 8),)
    first.renew()
    first.options = (fqdn(b"TWO", 1),)
    first.renew()
    first.options = ()
    first.renew()
    first.options = (fqdn(b"three"),)
    first.renew()
    first.release()
    second = Client(talk, 2, (12, b"host"))
    second.lease()
    second.renew()
    second.decline()
    third = Client(talk, 3, (12, b"host"))
    third.lease()
    third.lease()
    third.reboot()
    Client(talk, 4).lease()
    fourth = Client(talk, 5, fqdn(b"none", 8))
    fourth.lease()
    fourth.release()


case(
    4,
    updating(),
    *("V4-333", "V4-335", "V4-359", "V4-360", "V4-361", "V4-362", "V4-363", "V4-364", "V4-365", "DD-115"),
    *("V4-590", "V4-D12", "V4-D13"),
    "V4-369",
)(dns_transitions)
case(4, updating(ddns_update_on_renew=True), "V4-351", variant="update-on-renew")(dns_transitions)
case(4, updating(cache_threshold=0.5), variant="cached", ticking=True)(dns_transitions)
case(4, updating(cache_threshold=0.5, ddns_update_on_renew=True), variant="cached-update-on-renew", ticking=True)(
    dns_transitions
)
case(4, updating(ddns_use_conflict_resolution=False), "V4-352", "V4-591", variant="no-conflict-resolution")(
    dns_transitions
)
case(4, updating(ddns_send_updates=False), "V4-345", "V4-354", variant="not-sent")(dns_transitions)
case(4, updating(subnet={"ddns-send-updates": False}), "V4-344", "V4-354", variant="not-sent-in-subnet")(
    dns_transitions
)
case(4, updating(ddns_send_updates=False, subnet={"ddns-send-updates": True}), variant="sent-in-subnet")(
    dns_transitions
)
case(4, updating(ddns_override_client_update=True), "V4-347", "V4-366", variant="override-client")(dns_transitions)
case(4, updating(ddns_override_no_update=True), "V4-346", "V4-367", variant="override-no-update")(dns_transitions)
case(4, updating(ddns_replace_client_name="always"), variant="always")(dns_transitions)
case(4, updating(ddns_replace_client_name="when-not-present"), variant="when-not-present")(dns_transitions)


def dns_moves(talk: Talk) -> None:
    first = Client(talk, 1, fqdn(b"mover"))
    first.lease()
    first.select("192.0.2.50")
    first.options = (fqdn(b"moved"),)
    first.select("192.0.2.60")
    first.select("192.0.2.70", asks(12))


case(4, updating())(dns_moves)
case(4, updating(ddns_update_on_renew=True), variant="update-on-renew")(dns_moves)


def dns_ends(talk: Talk) -> None:
    first = Client(talk, 1, fqdn(b"first"))
    first.lease()
    talk.wait(2.1)
    Client(talk, 2, fqdn(b"second")).lease()
    talk.wait(2.1)
    Client(talk, 2, fqdn(b"second")).lease()
    talk.wait(2.1)
    Client(talk, 2, fqdn(b"third")).lease()
    talk.wait(2.1)
    talk.command("leases-reclaim", {"remove": False})
    Client(talk, 2, fqdn(b"fourth")).lease()
    talk.wait(2.1)
    Client(talk, 3).lease()
    talk.wait(2.1)
    talk.command("leases-reclaim", {"remove": True})


QUICK: Json = {"valid_lifetime": 1, "expired_leases_processing": {"reclaim-timer-wait-time": 0}}
case(4, updating("192.0.2.10-192.0.2.10", **QUICK), "V4-358", ticking=True)(dns_ends)


def dns_lifetimes(talk: Talk) -> None:
    for number, seconds in enumerate((1, 600, 1799, 1800, 1801, 7200, 86400, 0xFFFFFFFF), 1):
        client = Client(talk, number, fqdn(b"name"), (51, seconds.to_bytes(4, "big")))
        client.lease()
        client.release()


case(4, updating(valid_lifetime=4000, min_valid_lifetime=1, max_valid_lifetime=0xFFFFFFFF), "V4-356")(dns_lifetimes)


def dns_identities(talk: Talk) -> None:
    duid = bytes.fromhex("00030001020000010001")
    for number, identifier in enumerate(
        (
            b"\1\2\0\0\1\0\1",
            b"\xff\0\0\0\1" + duid,
            b"\xff\0\0\0\2" + duid,
            b"\xff\0\0\0\1\0",
            b"\xff\0\0\0\1",
            b"\xff\0",
            b"\xff\0\0\0\1" + bytes(130),
            b"\xff\0\0\0\1" + bytes(131),
            b"\0text",
            bytes(200),
        ),
        1,
    ):
        client = Client(talk, number, fqdn(b"name"), (61, identifier))
        client.lease()
        client.release()
    for number, htype, chaddr in ((30, 6, b"\2\0\0\1\0\30"), (31, 1, b"\2\0\0"), (32, 32, bytes(16))):
        Client(talk, number, fqdn(b"name"), htype=htype, chaddr=chaddr).lease()


case(4, updating(), "DD-125", "DD-020", "V4-399", "V4-653")(dns_identities)
case(4, updating(match_client_id=False), "V4-399", variant="by-hardware")(dns_identities)


def dns_names(talk: Talk) -> None:
    for number, options in enumerate(
        (
            (fqdn(b"plain.example.com."),),
            (fqdn(b"MiXeD.Example.COM."),),
            (fqdn(b""),),
            (fqdn(b"a..b"),),
            (fqdn(b"x" * 63),),
            (fqdn(b"x" * 64),),
            ((81, b"\5\0\0\4wire\4test\0"),),
            ((81, b"\5\0\0\4wire"),),
            ((12, b"HOST"),),
            ((12, b"host.example.com"),),
            ((12, b"host.example.com."),),
            ((12, b"."),),
            ((12, b"bad_name!"),),
            ((12, b"!!!"),),
            (fqdn(b"!!!"),),
            (fqdn(b"\xff\xfe"),),
            ((81, b"\5\0\0\5CAF\xc3\x89\4a b\xff\0"),),
            (fqdn(b"caf\xc3\xa9"),),
            ((12, b"CAF\xc3\x89"),),
            (fqdn(b"both"), (12, b"host")),
            (fqdn(b"has.example.org"),),
            ((12, b"has.example.org"),),
            (fqdn(b"myhost-$[123.org"),),
            ((12, b"myhost-$[123.org"),),
            (asks(12),),
        ),
        1,
    ):
        Client(talk, number, *options).lease()


for _suffix, _rows in (
    ("", ("V4-381",)),
    ("example.org", ("V4-350", "V4-371", "V4-372", "V4-373", "V4-374", "V4-375", "V4-382", "V4-386", "V4-387")),
    ("example.org.", ()),
):
    case(4, updating(ddns_qualifying_suffix=_suffix), *_rows, variant=f"suffix-{_suffix}")(dns_names)
for _mode, _rows in (
    ("always", ("V4-348", "V4-376", "V4-380", "V4-349")),
    ("when-present", ("V4-377",)),
    ("when-not-present", ("V4-378",)),
):
    case(4, updating(ddns_replace_client_name=_mode), *_rows, variant=_mode)(dns_names)
    case(4, updating(ddns_replace_client_name=_mode, ddns_qualifying_suffix=""), variant=f"{_mode}-no-suffix")(
        dns_names
    )
case(
    4,
    updating(hostname_char_set="[^A-Za-z0-9.-]", hostname_char_replacement="x"),
    *("V4-353", "V4-383", "V4-384", "V4-385"),
    variant="replaced",
)(dns_names)


def dns_reserved(talk: Talk) -> None:
    for number in range(1, 8):
        client = Client(talk, number, fqdn(b"mine"))
        client.lease()
        client.options = ((12, b"mine"),)
        client.renew()
        client.options = ()
        client.renew()
        client.release()


_RESERVED: Json = {
    "reservations": [
        {"hw-address": "02:00:00:01:00:04", "hostname": "bob.example.org"},
        {"hw-address": "02:00:00:01:00:05", "hostname": "Carol.Example.ORG."},
        {"hw-address": "02:00:00:01:00:06", "hostname": "example.org"},
        {"hw-address": "02:00:00:01:00:07", "hostname": "xexample.org"},
        {"hw-address": "02:00:00:01:00:01", "hostname": "alice"},
        {"hw-address": "02:00:00:01:00:02", "hostname": "full.example.com.", "ip-address": "192.0.2.20"},
        {"hw-address": "02:00:00:01:00:03", "ip-address": "192.0.2.21"},
    ]
}
case(4, updating(subnet=_RESERVED), "V4-445")(dns_reserved)
case(4, updating(subnet=_RESERVED, ddns_replace_client_name="always"), variant="always")(dns_reserved)


_OTHER_SUFFIX: Json = {"ddns_qualifying_suffix": "new.test"}
_FROM_THEN_ON: tuple[Json, ...] = (
    _OTHER_SUFFIX,
    {**_OTHER_SUFFIX, "ddns_send_updates": False},
    {**_OTHER_SUFFIX, "ddns_replace_client_name": "always", "ddns_generated_prefix": "gen"},
    {**_OTHER_SUFFIX, "ddns_replace_client_name": "when-not-present"},
    {"ddns_override_no_update": True, "ddns_override_client_update": True, "ddns_update_on_renew": True},
    {"ddns_use_conflict_resolution": False, "ddns_update_on_renew": True, "subnet": {"ddns-send-updates": False}},
    {"dhcp_ddns": {"enable-updates": False}},
    {},
    {"subnet": {"reservations": [{"hw-address": "02:00:00:01:00:01", "hostname": "reserved"}]}},
)


@case(4, updating(), "V4-351", "V4-354", "V4-360")
def dns_parameters_change(talk: Talk) -> None:
    """What DNS knows of a lease goes with the parameters at its renewal: where none are sent, entries stay."""
    clients = [
        Client(talk, 1, (12, b"one")),
        Client(talk, 2, fqdn(b"two.example.org.")),
        Client(talk, 3, (81, b"\5\0\0\5three")),
        Client(talk, 4),
        Client(talk, 5, fqdn(b"", 0)),
        Client(talk, 6, fqdn(b"six", 8)),
    ]
    for client in clients:
        client.lease()
    for parameters in _FROM_THEN_ON:
        assert talk.server.reconfigure(updating(**parameters))["result"] == 0
        for client in clients:
            client.renew()
            client.reboot()
    clients[0].release()
    clients[1].decline()


def _apart() -> Json:
    whole = updating("10.0.2.10-10.0.2.19", {"id": 2, "subnet": "10.0.2.0/24"})
    first: Json = {"id": 1, "subnet": "192.0.2.0/24"}
    first["reservations"] = [{"hw-address": "02:00:00:01:00:01", "hostname": "alone"}]
    whole["shared-networks"] = [{"name": "net", "subnet4": [first, *whole.pop("subnet4")]}]
    return whole


@case(4, _apart(), "V4-333")
def dns_reserved_in_another_subnet(talk: Talk) -> None:
    client = Client(talk, 1)
    for _ in range(2):
        client.lease()
    client.renew()
    client.release()
