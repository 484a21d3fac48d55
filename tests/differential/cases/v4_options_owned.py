"""Options that belong to the server, the relay or the client: what comes of configuring them all the same."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import RELAY, Client, asks, lifetime, network
from tests.differential.talk import Talk
from tests.support.packets import REQUEST, ip4, tlv4, u32

OWNED: tuple[tuple[str, int, dict[str, object]], ...] = (
    ("V4-230", 1, {"data": "255.0.0.0"}),
    ("V4-231", 12, {"data": "configured"}),
    ("V4-232", 50, {"data": "192.0.2.77"}),
    ("V4-233", 51, {"data": "77"}),
    ("V4-176", 52, {"data": "3"}),
    ("V4-234", 53, {"data": "7"}),
    ("V4-177", 54, {"data": "192.0.2.250"}),
    ("V4-235", 55, {"data": "1, 2"}),
    ("V4-236", 58, {"data": "55"}),
    ("V4-237", 59, {"data": "66"}),
    ("V4-238", 61, {"data": "010203"}),
    ("V4-239", 81, {"data": "0100000161016200", "csv-format": False}),
    ("V4-240", 82, {"data": ""}),
    ("V4-241", 90, {"data": "010203"}),
    ("V4-242", 91, {"data": "5"}),
    ("V4-243", 92, {"data": "192.0.2.5"}),
    ("V4-244", 118, {"data": "192.0.2.0"}),
)
"""Row, code, what is configured."""

ALL = asks(1, 12, 50, 51, 52, 53, 54, 55, 58, 59, 61, 81, 82, 90, 91, 92, 118)
SAID = (
    (12, b"said"),
    (61, b"\1said"),
    (82, tlv4([(1, b"circuit")])),
    (90, b"\1\2\3\4"),
    (91, u32(9)),
    (92, ip4("192.0.2.9")),
    lifetime(200),
)


def owned_options(talk: Talk) -> None:
    """Ask for them and not, with and without saying them."""
    Client(talk, 1).lease(ALL)
    Client(talk, 2, *SAID, **RELAY).lease(ALL)
    Client(talk, 3, (81, b"\1\0\0\4host\0"), **RELAY).lease()
    Client(talk, 4).inform("192.0.2.50", ALL)
    Client(talk, 4).inform()
    Client(talk, 1).say(REQUEST, ALL, (50, ip4("172.16.0.1")))


for _row, _code, _entry in OWNED:
    for _always in (False, True):
        case(
            4,
            network(
                option_data=[{"code": _code, "always-send": _always, **_entry}],
                renew_timer=1000,
                rebind_timer=2000,
                min_valid_lifetime=100,
                valid_lifetime=4000,
                max_valid_lifetime=4000,
                authoritative=True,
            ),
            _row,
            variant=f"{_code}{'-always' if _always else ''}",
        )(owned_options)


@case(
    4,
    network(),
    "V4-232",
    "V4-235",
    "V4-241",
    "V4-242",
    "V4-243",
)
def options_of_clients_do_not_come_back(talk: Talk) -> None:
    Client(talk, 1, *SAID).lease(ALL)
    Client(talk, 1, *SAID).inform("192.0.2.50", ALL)
