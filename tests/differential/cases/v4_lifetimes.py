"""Lease times and the two timers."""

from __future__ import annotations

from tests.differential.case import case
from tests.differential.cases.client4 import Client, asks, lifetime, network, wants
from tests.differential.talk import Talk
from tests.support.kea import Json

INFINITE = 0xFFFFFFFF
WISHES = (100, 300, 500, 700, 900, 0, INFINITE)


def wished_lifetimes(talk: Talk) -> None:
    for number, seconds in enumerate(WISHES, 1):
        client = Client(talk, number)
        client.discover(lifetime(seconds))
        client.select(None, lifetime(seconds))
    client = Client(talk, 1)
    client.select("192.0.2.10", lifetime(450))
    client.select("192.0.2.10")
    client.renew("192.0.2.10", lifetime(650))


case(
    4,
    network(min_valid_lifetime=300, valid_lifetime=500, max_valid_lifetime=800),
    "V4-029",
    "V4-032",
    variant="bounded",
)(wished_lifetimes)
case(4, network(valid_lifetime=500), "V4-029", variant="fixed")(wished_lifetimes)
case(4, network(min_valid_lifetime=300, valid_lifetime=500), variant="lower-bound")(wished_lifetimes)
case(4, network(valid_lifetime=500, max_valid_lifetime=800), variant="upper-bound")(wished_lifetimes)
case(4, network(valid_lifetime=0xFFFFFFFF), variant="infinite")(wished_lifetimes)
case(
    4,
    network(
        subnet={"min-valid-lifetime": 600, "valid-lifetime": 650, "max-valid-lifetime": 660},
        min_valid_lifetime=300,
        valid_lifetime=500,
        max_valid_lifetime=800,
    ),
    "V4-031",
    variant="subnet",
)(wished_lifetimes)


@case(
    4,
    network(
        valid_lifetime=500,
        client_classes=[
            {"name": "a", "test": "option[60].text == 'a'", "valid-lifetime": 1111},
            {
                "name": "b",
                "test": "substring(option[60].text,0,1) == 'a'",
                "min-valid-lifetime": 10,
                "valid-lifetime": 20,
                "max-valid-lifetime": 30,
            },
        ],
    ),
    "V4-031",
)
def lifetimes_of_classes(talk: Talk) -> None:
    Client(talk, 1).lease()
    Client(talk, 2, (60, b"a")).lease()
    Client(talk, 3, (60, b"ab")).lease()
    Client(talk, 4, (60, b"ab")).lease(lifetime(25))
    Client(talk, 5, (60, b"ab")).lease(lifetime(2500))
    Client(talk, 2, (60, b"a")).renew("192.0.2.11")
    Client(talk, 4, (60, b"ab")).renew("192.0.2.13", lifetime(25))


def timers(talk: Talk) -> None:
    client = Client(talk, 1)
    client.lease()
    client.renew()
    Client(talk, 2).lease(asks(58, 59))
    Client(talk, 3).lease(asks(1))


case(4, network(renew_timer=1000, rebind_timer=2000, valid_lifetime=4000), "V4-033", variant="both")(timers)
case(4, network(renew_timer=1000, valid_lifetime=4000), "V4-035", variant="t1")(timers)
case(4, network(rebind_timer=2000, valid_lifetime=4000), "V4-034", variant="t2")(timers)
case(4, network(renew_timer=1000, rebind_timer=5000, valid_lifetime=4000), "V4-034", variant="t2-too-long")(timers)
case(4, network(renew_timer=4000, rebind_timer=5000, valid_lifetime=4000), "V4-035", variant="both-too-long")(timers)
case(4, network(renew_timer=2000, rebind_timer=2000, valid_lifetime=4000), "V4-035", variant="equal")(timers)
case(4, network(renew_timer=3999, valid_lifetime=4000), variant="t1-just-fits")(timers)
case(4, network(rebind_timer=4000, valid_lifetime=4000), variant="t2-just-not")(timers)
case(4, network(renew_timer=0, rebind_timer=0), variant="zero")(timers)
case(4, network(calculate_tee_times=True, valid_lifetime=4001), "V4-036", "V4-037", "V4-038", variant="calculated")(
    timers
)
case(
    4,
    network(calculate_tee_times=True, t1_percent=0.333, t2_percent=0.777, valid_lifetime=1009),
    "V4-037",
    variant="calculated-odd",
)(timers)
case(
    4, network(calculate_tee_times=True, renew_timer=77, valid_lifetime=4000), "V4-039", variant="calculated-but-t1-set"
)(timers)
case(4, network(calculate_tee_times=True, valid_lifetime=0xFFFFFFFF), variant="calculated-infinite")(timers)
case(4, network(calculate_tee_times=True, valid_lifetime=1), variant="calculated-one-second")(timers)
case(
    4,
    network(subnet={"renew-timer": 11, "rebind-timer": 22}, renew_timer=100, rebind_timer=200),
    "V4-040",
    variant="subnet",
)(timers)


@case(4, network(cache_threshold=0.25, valid_lifetime=1000, calculate_tee_times=True), "V4-429", ticking=True)
def cached_lease(talk: Talk) -> None:
    client = Client(talk, 1, (12, b"name"))
    client.lease()
    talk.wait(1.2)
    client.renew()
    client.select()
    client.options = ((12, b"other"),)
    client.renew()
    client.renew()
    client.lease()


@case(4, network(cache_threshold=0.25, cache_max_age=1, valid_lifetime=1000), ticking=True)
def cached_lease_too_old(talk: Talk) -> None:
    client = Client(talk, 1)
    client.lease()
    client.renew()
    talk.wait(2.2)
    client.renew()


@case(4, network(valid_lifetime=1000))
def renewal_moves_the_end(talk: Talk) -> None:
    client = Client(talk, 1)
    client.lease()
    talk.wait(1.1)
    client.renew()
    client.rebind()
    client.select()


def lifetimes_of_scopes(talk: Talk) -> None:
    """Clients 12, 22 and 32 are in the class of BOOTP clients, whose leases never end."""
    for number, giaddr in enumerate(("192.0.2.2", "10.1.0.1", "10.2.0.1"), 1):
        for place, vendor in enumerate((b"", b"a", b"", b"ab")):
            options = ((60, vendor),) if vendor else ()
            client = Client(talk, 10 * number + place, *options, giaddr=giaddr, hops=1)
            client.lease()
            client.discover(lifetime(50))


_NETWORKS = {
    "interfaces-config": {"interfaces": ["srv0"]},
    "client-classes": [
        {"name": "a", "test": "substring(option[60].hex,0,1) == 'a'", "valid-lifetime": 111},
        {"name": "ab", "test": "option[60].text == 'ab'", "valid-lifetime": 222},
    ],
    "subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.19"}]}],
    "reservations": [
        {"hw-address": f"02:00:00:01:00:{number:02x}", "client-classes": ["BOOTP"]} for number in (12, 22, 32)
    ],
    "reservations-global": True,
    "shared-networks": [
        {
            "name": "n",
            "valid-lifetime": 3000,
            "subnet4": [
                {"id": 2, "subnet": "10.1.0.0/16", "pools": [{"pool": "10.1.0.10-10.1.0.19"}]},
            ],
        },
        {
            "name": "m",
            "valid-lifetime": 3000,
            "subnet4": [
                {
                    "id": 3,
                    "subnet": "10.2.0.0/16",
                    "min-valid-lifetime": 900,
                    "valid-lifetime": 1000,
                    "max-valid-lifetime": 1100,
                    "pools": [{"pool": "10.2.0.10-10.2.0.19"}],
                },
            ],
        },
    ],
}
case(4, _NETWORKS, "V4-028", "V4-030", "V4-031", variant="with-the-default")(lifetimes_of_scopes)
case(
    4,
    {**_NETWORKS, "min-valid-lifetime": 40, "valid-lifetime": 2000, "max-valid-lifetime": 5000},
    "V4-028",
    "V4-029",
    "V4-030",
    "V4-031",
    variant="with-a-global-one",
)(lifetimes_of_scopes)


def lifetimes_of_all_sizes(talk: Talk) -> None:
    """Nothing waits for the end of a lease here: the longest lifetimes, wished and granted, kept and put into DNS."""
    one = Client(talk, 1, (12, b"one"), asks(58, 59))
    one.lease()
    for seconds in (0, 1, 599, 1 << 31, INFINITE - 1):
        one.renew(None, lifetime(seconds))
    one.reboot()
    one.lease()
    two = Client(talk, 2)
    two.lease(lifetime(INFINITE))
    two.decline()
    Client(talk, 3).lease(wants(two.address))
    Client(talk, 4).lease()
    one.release()
    two.lease()


_BOUNDS: Json = {"min_valid_lifetime": 1, "max_valid_lifetime": INFINITE}
_DNS: Json = {"dhcp_ddns": {"enable-updates": True}}
for _variant, _entries in (
    ("infinite", {"valid_lifetime": INFINITE, "renew_timer": 100, "rebind_timer": 200}),
    ("infinite-cached", {"valid_lifetime": INFINITE, "cache_threshold": 0.5, "calculate_tee_times": True}),
    ("nearly-infinite", {"valid_lifetime": INFINITE - 1, "cache_max_age": 100, "calculate_tee_times": True}),
    ("infinite-in-dns", {"valid_lifetime": INFINITE, **_DNS}),
    ("large-in-dns", {"valid_lifetime": 1 << 31, "t1_percent": 0.333, "t2_percent": 0.9999, **_BOUNDS, **_DNS}),
    ("wished", {"valid_lifetime": 1000, "calculate_tee_times": True, **_BOUNDS}),
    ("endless-probation", {"decline_probation_period": INFINITE}),
):
    case(4, network("192.0.2.10-192.0.2.12", **_entries), "V4-029", "V4-032", variant=_variant, ticking=True)(
        lifetimes_of_all_sizes
    )
