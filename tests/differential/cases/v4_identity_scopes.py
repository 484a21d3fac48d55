"""What a keyword means at each scope that may have it: fields, client identifiers, authority, reservation flags."""

from __future__ import annotations

from typing import Any

from tests.differential.case import case
from tests.differential.cases.client4 import RELAY, Client, network, wants
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import REQUEST

MAC1 = "02:00:00:01:00:01"
NAME, OTHER = (61, b"\1abcdef"), (61, b"\1zzz")


def kebab(**keywords: Any) -> Json:
    """Return *keywords* as a configuration spells them."""
    return {name.replace("_", "-"): value for name, value in keywords.items()}


def nested(
    everywhere: Json | None = None, of_network: Json | None = None, of_subnet: Json | None = None, **more: Any
) -> Json:
    """Return a configuration with keywords at the global scope, in a shared network, and in its first subnet."""
    return {
        "interfaces-config": {"interfaces": ["srv0"]},
        **(everywhere or {}),
        "shared-networks": [
            {
                "name": "n",
                **(of_network or {}),
                "subnet4": [
                    {
                        "id": 1,
                        "subnet": "192.0.2.0/24",
                        "pools": [{"pool": "192.0.2.10-192.0.2.19"}],
                        **(of_subnet or {}),
                    },
                    {"id": 2, "subnet": "10.1.0.0/16", "pools": [{"pool": "10.1.0.10-10.1.0.19"}]},
                ],
            }
        ],
        **more,
    }


def fields(talk: Talk) -> None:
    client = Client(talk, 1)
    client.lease()
    client.inform()
    Client(talk, 2).lease(wants("10.1.0.10"))


_ALL = kebab(next_server="192.0.2.50", server_hostname="global.example.org", boot_file_name="/global")
_NET = kebab(next_server="192.0.2.51", server_hostname="network.example.org", boot_file_name="/network")
_SUB = kebab(next_server="192.0.2.52", server_hostname="subnet.example.org", boot_file_name="/subnet")
_NONE = kebab(next_server="0.0.0.0", server_hostname="", boot_file_name="")
_UNSET = kebab(next_server="", server_hostname="", boot_file_name="")
for _name, _scopes in {
    "global": (_ALL, {}, {}),
    "network": (_ALL, _NET, {}),
    "subnet": (_ALL, _NET, _SUB),
    "subnet-alone": ({}, {}, _SUB),
    "none-in-subnet": (_ALL, _NET, _NONE),
    "unset-in-subnet": (_ALL, _NET, _UNSET),
    "unset-in-network": (_ALL, _UNSET, {}),
}.items():
    case(4, nested(*_scopes), "V4-389", "V4-390", "V4-391", variant=_name)(fields)


def reconfigured_identity(talk: Talk, first: Json, second: Json) -> None:
    """Let clients lease under one configuration and come back under the other."""
    one, two, three = Client(talk, 1, NAME), Client(talk, 2), Client(talk, 3, OTHER)
    for client in (one, two, three):
        client.lease()
    answer = talk.server.reconfigure(second)
    assert answer["result"] == 0, answer
    one.renew()
    Client(talk, 1, OTHER).renew(one.address)
    Client(talk, 1, OTHER).lease()
    Client(talk, 9, NAME).lease()
    Client(talk, 2, NAME).renew(two.address)
    Client(talk, 2, (61, b"\1new")).lease()
    three.renew()
    Client(talk, 3).renew(three.address)
    three.release(three.address)
    answer = talk.server.reconfigure(first)
    assert answer["result"] == 0, answer
    one.renew()
    one.lease()
    Client(talk, 1, OTHER).lease()
    two.lease()


_MATCHED, _IGNORED = network(), network(match_client_id=False)


@case(4, _MATCHED, "V4-395", "V4-396", "V4-398", "V4-400")
def client_ids_no_longer_matched(talk: Talk) -> None:
    reconfigured_identity(talk, _MATCHED, _IGNORED)


@case(4, _IGNORED, "V4-396", "V4-398", "V4-401")
def client_ids_matched_from_now_on(talk: Talk) -> None:
    reconfigured_identity(talk, _IGNORED, _MATCHED)


def two_names_one_card(talk: Talk) -> None:
    Client(talk, 1, NAME).lease()
    Client(talk, 1, OTHER).lease()
    Client(talk, 9, NAME).lease(wants("10.1.0.10"))
    Client(talk, 9, OTHER).lease(wants("10.1.0.10"))


_ON, _OFF = kebab(match_client_id=True), kebab(match_client_id=False)
case(4, nested(_ON, _OFF, {}), "V4-398", variant="off-in-network")(two_names_one_card)
case(4, nested(_OFF, {}, _ON), "V4-398", variant="on-in-subnet")(two_names_one_card)


@case(4, network(echo_client_id=False), "V4-393", "V4-592", variant="off")
@case(4, network(), "V4-393", "V4-395", "V4-592", variant="on")
def client_id_in_every_answer(talk: Talk) -> None:
    one = Client(talk, 1, NAME)
    one.lease()
    one.renew()
    one.inform()
    one.reboot("192.0.2.77")
    Client(talk, 2).lease()
    Client(talk, 3, (61, b"\xff\0\0\0\1\0\3\0\1abcdef"), **RELAY).lease()


@case(
    4,
    network(
        subnet={
            "reservations": [
                {"duid": "00:03:00:01:61:62:63:64:65:66", "ip-address": "192.0.2.200"},
                {"client-id": "01:61", "ip-address": "192.0.2.201"},
            ]
        }
    ),
    "V4-394",
)
def client_id_with_a_duid(talk: Talk) -> None:
    Client(talk, 1, (61, b"\xff\0\0\0\1\0\3\0\1abcdef")).lease()
    Client(talk, 2, (61, b"\xff\0\0\0\2\0\3\0\1abcdef")).lease()
    Client(talk, 3, (61, b"\1\0\3\0\1abcdef")).lease()
    Client(talk, 4, (61, b"\xff\0\0\0\1")).lease()
    Client(talk, 5, (61, b"\1a")).lease()


def authority(talk: Talk) -> None:
    """Ask for what is not there, is somebody else's, or belongs elsewhere."""
    one = Client(talk, 1)
    one.lease()
    for address in ("192.0.2.10", "192.0.2.11", "192.0.2.99", "10.1.0.10", "172.30.1.1"):
        one.reboot(address)
        Client(talk, 2).reboot(address)
        Client(talk, 2, **RELAY).reboot(address)
        Client(talk, 3).rebind(address)
        Client(talk, 3).renew(address)
    Client(talk, 4).say(REQUEST)


_YES, _NO = {"authoritative": True}, {"authoritative": False}
case(4, nested(), "V4-402", variant="nowhere")(authority)
case(4, nested(_YES), "V4-403", variant="global")(authority)
case(4, nested({}, _YES), "V4-402", "V4-403", variant="network")(authority)
case(4, nested(_YES, _NO), "V4-402", variant="not-in-network")(authority)
case(4, network(authoritative=True, subnet=_NO), "V4-402", variant="not-in-subnet")(authority)

HOST = {"hw-address": MAC1, "ip-address": "192.0.2.200", "hostname": "here"}
HOSTS = {"reservations": [HOST, {"hw-address": "02:00:00:01:00:02", "ip-address": "192.0.2.11"}]}
EVERYWHERE = [{"hw-address": MAC1, "ip-address": "192.0.2.210", "hostname": "global"},
              {"hw-address": "02:00:00:01:00:04", "ip-address": "192.0.2.12"}]  # fmt: skip


def reserved_and_not(talk: Talk) -> None:
    for number in (1, 2, 3, 4, 5):
        client = Client(talk, number, (12, b"x"))
        client.lease()
        client.renew()
    Client(talk, 6).discover(wants("192.0.2.11"))
    Client(talk, 6).discover(wants("192.0.2.200"))
    Client(talk, 6).select("192.0.2.12")


def flags(everywhere: bool | None, in_subnet: bool | None, out_of_pool: bool | None) -> Json:
    """Return the three flags, those that are not None."""
    values = zip(("global", "in-subnet", "out-of-pool"), (everywhere, in_subnet, out_of_pool), strict=True)
    return {f"reservations-{name}": value for name, value in values if value is not None}


for _flags in range(8):
    _bits = bool(_flags & 4), bool(_flags & 2), bool(_flags & 1)
    _rows = ["V4-462", "V4-463", "V4-464"] + (["V4-465"] if _bits[1:] == (False, True) else [])
    case(
        4,
        nested(flags(*_bits), {}, HOSTS, reservations=EVERYWHERE),
        *_rows,
        variant="".join("FT"[bit] for bit in _bits),
    )(reserved_and_not)
for _mode, _row in (("all", "V4-456"), ("out-of-pool", "V4-457"), ("global", "V4-458"), ("disabled", "V4-459")):
    case(
        4,
        nested({"reservation-mode": _mode}, {}, HOSTS, reservations=EVERYWHERE),
        *("V4-455", "V4-464", _row),
        variant=f"mode-{_mode}",
    )(reserved_and_not)
for _name, _modes in {
    "network-over-global": ("disabled", "all", None),
    "subnet-over-network": ("all", "all", "disabled"),
    "subnet-over-all": ("disabled", "disabled", "global"),
    "plain-subnet": ("global", None, "out-of-pool"),
}.items():
    case(
        4,
        nested(
            *({"reservation-mode": mode} if mode else {} for mode in _modes[:2]),
            {**HOSTS, **({"reservation-mode": _modes[2]} if _modes[2] else {})},
            reservations=EVERYWHERE,
        ),
        *("V4-455", "V4-460"),
        variant=f"mode-{_name}",
    )(reserved_and_not)
for _name, _scopes in {
    "global-flag-network": ({}, flags(True, None, None), {}),
    "network-flag-subnet": (flags(None, False, None), {}, flags(None, True, None)),
    "network-flag-all": (flags(True, False, False), flags(False, True, True), flags(None, None, False)),
}.items():
    case(
        4,
        nested(_scopes[0], _scopes[1], {**HOSTS, **_scopes[2]}, reservations=EVERYWHERE),
        *("V4-461", "V4-462"),
        variant=_name,
    )(reserved_and_not)

_TWICE = {
    "reservations": [
        {"hw-address": MAC1, "ip-address": "192.0.2.200"},
        {"hw-address": "02:00:00:01:00:02", "ip-address": "192.0.2.200"},
    ]
}
_SHARED = network(subnet=_TWICE, ip_reservations_unique=False)


@case(4, _SHARED, "V4-472", "V4-475")
def uniqueness_wanted_again(talk: Talk) -> None:
    """With duplicates left in it the configuration is refused. (Kea serves nobody until it gets one that it takes.)"""
    one, two = Client(talk, 1), Client(talk, 2)
    one.lease()
    assert talk.server.reconfigure(network(subnet=_TWICE))["result"] == 1
    once = {"reservations": _TWICE["reservations"][:1]}
    assert talk.server.reconfigure(network(subnet=once))["result"] == 0
    two.lease()
    one.lease()
    assert talk.server.reconfigure(_SHARED)["result"] == 0
    one.release()
    two.lease()


@case(4, network(), "V4-395", "V4-396")
def first_lease_of_a_card_stays_the_first(talk: Talk) -> None:
    """Without client identifier a client is taken for the holder of the lease that its card got first."""
    Client(talk, 1, NAME).lease()
    Client(talk, 1, OTHER).lease()
    Client(talk, 1).renew("192.0.2.10")
    Client(talk, 1).renew("192.0.2.10")
    Client(talk, 1).renew("192.0.2.11")
    Client(talk, 1).discover()
    Client(talk, 1, OTHER).discover()
