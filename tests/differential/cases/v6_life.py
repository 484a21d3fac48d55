"""Clients that say what comes to their mind while the server's configuration changes again and again under them.

Random, but the same in every run: each variant has a seed. What the random conversations of `generated` do not have is
a server that is told another configuration while leases are held: subnets come and go, pools shrink, reservations and
classes take addresses away, networks are made of subnets.
"""

from __future__ import annotations

from random import Random
from typing import Any

from tests.differential.case import case
from tests.differential.cases.client6 import NET, Client, network
from tests.differential.cases.v6_shared import CLASSES, link
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import Dhcp6, Option, duid, iaaddr, iaprefix, options6, tlv6, u32

CLIENTS = 7
STEPS = 90
KINDS = (
    *("solicit", "rapid", "lease", "request", "request"),
    *("renew", "renew", "rebind", "release", "confirm", "decline"),
)
REMEMBERED = {"solicit": 0.3, "rapid": 0.3, "lease": 0.2, "request": 0.6}
"""How often a client says what it has, where it need not."""

Key = tuple[int, int]
"""Code of the IA and IAID."""

POOL = f"{NET}10-{NET}15"
PREFIXES: Json = {"prefix": "2001:db8:8::", "prefix-len": 53, "delegated-len": 56}
FIRST: Json = {"id": 1, "subnet": "2001:db8:1::/64", "pools": [{"pool": POOL}], "pd-pools": [PREFIXES]}
SECOND: Json = {
    "id": 2,
    "subnet": "2001:db8:2::/64",
    "pools": [{"pool": "2001:db8:2::10-2001:db8:2::13"}],
    "pd-pools": [{"prefix": "2001:db8:28::", "prefix-len": 55, "delegated-len": 56}],
}


def _host(number: int, *addresses: str, prefixes: tuple[str, ...] = (), **rest: Any) -> Json:
    """Return a reservation of test client *number*."""
    return {"duid": duid(number).hex(":"), "ip-addresses": list(addresses), "prefixes": list(prefixes), **rest}


NOT_THE_SECOND = {"name": "a", "test": f"not (option[1].hex == 0x{duid(2).hex()})"}
CONFIGURATIONS: tuple[Json, ...] = (
    network(POOL, PREFIXES),
    network(
        POOL,
        PREFIXES,
        {
            "reservations": [
                _host(1, f"{NET}12", f"{NET}200", prefixes=("2001:db8:8:100::/56",)),
                _host(2, prefixes=("3001::/48", "2001:db8:8:200::/64")),
            ]
        },
    ),
    network(
        POOL,
        PREFIXES,
        {"reservations": [_host(3, f"{NET}12")], "client-class": "a"},
        client_classes=[NOT_THE_SECOND],
    ),
    network(
        None,
        {},
        {
            "pools": [{"pool": POOL, "client-class": "KNOWN"}, {"pool": f"{NET}20-{NET}23"}],
            "pd-pools": [
                {**PREFIXES, "client-class": "UNKNOWN"},
                {"prefix": "2001:db8:9::", "prefix-len": 55, "delegated-len": 56},
            ],
            "reservations": [_host(1, hostname="known"), _host(4, f"{NET}21")],
        },
    ),
    link(FIRST, SECOND, net_rapid_commit=True),
    link(
        {**FIRST, "pools": [{"pool": f"{NET}12-{NET}13"}], "rapid-commit": True},
        {
            **SECOND,
            "rapid-commit": True,
            "reservations": [_host(1, "2001:db8:2::12"), _host(2, "2001:db8:2::99", prefixes=("3002::/48",))],
        },
        net_reservations_global=True,
        reservations=[_host(5, f"{NET}77", hostname="five")],
    ),
    link({**FIRST, "client-class": "a"}, {**SECOND, "client-class": "b"}, client_classes=CLASSES),
    network(
        POOL,
        PREFIXES,
        reservations_global=True,
        reservations=[_host(1, f"{NET}10", prefixes=("2001:db8:8::/56",)), _host(6, "3005::1")],
    ),
    network(f"{NET}30-{NET}35", {**PREFIXES, "prefix": "2001:db8:80::"}),
    network(
        POOL,
        PREFIXES,
        {"reservations": [_host(2, f"{NET}11", f"{NET}300")]},
        reservation_mode="out-of-pool",
        cache_threshold=0.5,
    ),
)


class Person:
    """A client with a memory. held: what the server last said of each IA."""

    def __init__(self, talk: Talk, number: int) -> None:
        self.client = Client(talk, number, *([(39, b"\1\2me\0")] if number % 2 else []))
        self.held: dict[Key, list[Option]] = {}

    def learn(self, answer: Dhcp6 | None) -> None:
        """Remember the leases of an answer."""
        for code, body in [] if answer is None else answer.options:
            inside = [each for each in options6(body[12:]) if each[0] in (5, 26)] if code in (3, 25) else []
            if inside:
                self.held[(code, int.from_bytes(body[:4], "big"))] = inside


def _wishes(random: Random, person: Person, others: list[Person], remembered: float) -> list[Option]:
    """Return up to three IAs with what the client has, sometimes with what others have, or what nobody has."""
    found = []
    for _ in range(random.randint(1, 3)):
        key = random.choice((3, 3, 25)), random.randint(1, 3)
        inside = list(person.held.get(key, ())) if random.random() < remembered else []
        if random.random() < 0.15:
            theirs = [leases for other in others for each, leases in other.held.items() if each[0] == key[0]]
            inside += random.choice(theirs) if theirs else []
        if not inside and random.random() < 0.2:
            number = random.randrange(8)
            any_address = iaaddr(f"2001:db8:{random.choice('12')}::1{number}")
            inside = [iaprefix(f"2001:db8:8:{number}00::/56") if key[0] == 25 else any_address]
        timeless = [(code, b[:16] + bytes(8) if code == 5 else bytes(8) + b[8:25]) for code, b in inside]
        found.append((key[0], u32(key[1]) + bytes(8) + tlv6(timeless)))
    return found


def reconfigured_all_the_time(talk: Talk, seed: int) -> None:
    random = Random(seed)
    people = [Person(talk, number) for number in range(1, CLIENTS + 1)]
    for _ in range(STEPS):
        if random.random() < 0.08:
            answer = talk.server.reconfigure(random.choice(CONFIGURATIONS))
            assert answer["result"] == 0, answer
        person = random.choice(people)
        client = person.client
        kind = random.choice(KINDS)
        ias = _wishes(random, person, people, REMEMBERED.get(kind, 0.95))
        if kind == "rapid":
            person.learn(client.solicit(*ias, (14, b"")))
        elif kind in ("lease", "request", "renew", "rebind"):
            person.learn(getattr(client, kind)(*ias))
        elif kind != "decline" or random.random() < 0.3:
            getattr(client, kind)(*ias)
    # Kea counts leases of subnets that are not there once more at each configuration, so end with all of them. It keeps
    # the failures of subnets that are gone; the manual has removed subnets lose their statistics.
    answer = talk.server.reconfigure(CONFIGURATIONS[4])
    assert answer["result"] == 0, answer
    for name in talk.server.statistics():
        if "].v6-allocation-fail" in name:
            talk.server.control.ask("statistic-remove", {"name": name})


def _register(seed: int) -> None:
    def reconfigured(talk: Talk) -> None:
        reconfigured_all_the_time(talk, seed)

    case(
        6,
        CONFIGURATIONS[seed % len(CONFIGURATIONS)],
        *("V6-079", "V6-371", "V6-372", "V6-387", "V6-423", "V6-532"),
        variant=str(seed),
        ticking=True,
    )(reconfigured)


for _seed in range(1, 5):
    _register(_seed)
