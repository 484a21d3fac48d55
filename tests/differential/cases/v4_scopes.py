"""Options of every scope at once: host, pool, subnet, shared network, class, global; with and without `always-send`."""

from __future__ import annotations

from itertools import combinations

from tests.differential.case import case
from tests.differential.cases.client4 import RELAY, Client, asks, option
from tests.differential.talk import Talk
from tests.support.kea import Json

SCOPES = ("host", "pool", "subnet", "network", "class", "global")
FIRST = 200
"""The first of the codes in use: they have no definition up to 207, the others are free from 224 on."""


def _codes() -> dict[int, tuple[str, ...]]:
    """Return a code for each pair of scopes and each scope alone: it is configured in these and no others."""
    groups = [*combinations(SCOPES, 1), *combinations(SCOPES, 2)]
    free = [*range(200, 208), *range(224, 251)]
    return dict(zip(free, groups, strict=False))


CODES = _codes()


def _options(scope: str, always: str) -> list[Json]:
    number = SCOPES.index(scope) + 1
    return [
        {
            "code": code,
            "csv-format": False,
            "data": f"{number:02x}",
            **({"always-send": True} if scope == always else {}),
        }
        for code, scopes in CODES.items()
        if scope in scopes
    ]


def configuration(always: str) -> Json:
    """Return a configuration in which the options of scope *always* are always sent."""
    return {
        "interfaces-config": {"interfaces": ["srv0"]},
        "option-data": _options("global", always),
        "client-classes": [
            {"name": "a", "test": "option[60].text == 'a'", "option-data": _options("class", always)},
            {"name": "b", "test": "option[60].text == 'a'", "option-data": [option("ntp-servers", "192.0.2.2")]},
            {"name": "c", "test": "option[60].text == 'a'", "option-data": [option("ntp-servers", "192.0.2.3")]},
        ],
        "shared-networks": [
            {
                "name": "n",
                "option-data": _options("network", always),
                "subnet4": [
                    {
                        "id": 1,
                        "subnet": "192.0.2.0/24",
                        "option-data": _options("subnet", always),
                        "pools": [
                            {"pool": "192.0.2.10-192.0.2.19", "option-data": _options("pool", always)},
                            {"pool": "192.0.2.30-192.0.2.39"},
                        ],
                        "reservations": [
                            {
                                "hw-address": "02:00:00:01:00:01",
                                "ip-address": "192.0.2.12",
                                "option-data": _options("host", always),
                            },
                            {
                                "hw-address": "02:00:00:01:00:02",
                                "ip-address": "192.0.2.100",
                                "option-data": _options("host", always),
                            },
                        ],
                    }
                ],
            }
        ],
    }


def all_scopes(talk: Talk) -> None:
    everything = asks(*CODES, 42)
    Client(talk, 1, (60, b"a")).lease(everything)
    Client(talk, 1).lease()
    Client(talk, 2, (60, b"a")).lease()
    Client(talk, 2).lease(everything)
    Client(talk, 3, (60, b"a")).lease(everything)
    Client(talk, 3).lease()
    Client(talk, 4, (60, b"a"), **RELAY).discover()
    Client(talk, 5).select("192.0.2.35", everything)
    Client(talk, 6, (60, b"a")).inform("192.0.2.11", everything)
    Client(talk, 1, (60, b"a")).inform("192.0.2.12")
    Client(talk, 7).inform("192.0.2.99")


for _always in ("", *SCOPES):
    case(
        4,
        configuration(_always),
        *(("V4-119", "V4-120") if _always else ("V4-109", "V4-111", "V4-121", "V4-122", "V4-123")),
        variant=f"always-{_always}" if _always else "asked",
    )(all_scopes)
