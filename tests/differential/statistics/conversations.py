"""What makes every statistic move: one conversation a family, with a note of all statistics after each transition.

A transition is a message, a command, time that passes, or a new configuration.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.differential.cases import client4, client6
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import ACK, DISCOVER, NAK, OFFER, Dhcp6, ia_na, ia_pd, query4

HELD = 1.2
"""Seconds after which short leases and short probations have ended, with the second they are granted in."""

Figures = dict[str, object]


@dataclass
class Story:
    """One conversation with one server, and the statistics after each of its steps."""

    talk: Talk
    steps: list[tuple[str, Figures]] = field(default_factory=list)

    def note(self, label: str) -> None:
        """Keep the statistics as they are now."""
        self.steps.append((label, self.talk.server.statistics()))

    def configure(self, configuration: Json) -> None:
        """Have the server take another configuration."""
        answer = self.talk.server.reconfigure(configuration)
        assert answer["result"] == 0, answer

    def tell(self, label: str, *does: Callable[[], Any]) -> None:
        """Do something, and keep the statistics after it."""
        for each in does:
            each()
        self.note(label)


def configuration4(later: bool) -> Json:
    """Return a configuration. later: with more addresses, and one of them reserved."""
    first: Json = {"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.12"}]}
    if later:
        first["pools"].append({"pool": "192.0.2.100-192.0.2.109"})
        first["reservations"] = [{"hw-address": "02:00:00:01:00:09", "ip-address": "192.0.2.12"}]
    return {
        "interfaces-config": {"interfaces": ["srv0"]},
        "expired-leases-processing": {"reclaim-timer-wait-time": 0, "flush-reclaimed-timer-wait-time": 0},
        "decline-probation-period": 1,
        "subnet4": [first, {"id": 3, "subnet": "10.3.0.0/24"}],
        "shared-networks": [
            {
                "name": "shared",
                "subnet4": [
                    {"id": 2, "subnet": "10.2.0.0/24", "valid-lifetime": 1, "pools": [{"pool": "10.2.0.9/32"}]}
                ],
            }
        ],
    }


def converse4(talk: Talk) -> Story:
    """Make every DHCPv4 statistic move."""
    story = Story(talk)
    one, two, three, four = (client4.Client(talk, number) for number in range(1, 5))
    shared = {"giaddr": "10.2.0.1", "hops": 1}
    five, six = (client4.Client(talk, number, **shared) for number in (5, 6))
    seven = client4.Client(talk, 7, giaddr="10.3.0.1", hops=1)
    nine = client4.Client(talk, 9)
    story.note("start")
    story.tell("discover", one.discover)
    story.tell("assign", one.select)
    story.tell("renew", one.renew)
    story.tell("another", two.lease)
    story.tell("inform", one.inform)
    for kind in (OFFER, ACK, NAK, 200):
        story.tell(f"type {kind}", lambda kind=kind: one.say(kind))  # type: ignore[misc]
    story.tell("no type", lambda: one.say(None))
    story.tell("no cookie", lambda: talk.raw(b"\1\1\6\0" + bytes(236), "no cookie"))
    story.tell("an option cut off", lambda: talk.raw(query4(DISCOVER, 1).pack()[:240] + b"\x35\x09\1", "cut off"))
    story.tell("wrong address", lambda: one.reboot("192.0.2.99"))
    story.tell("another server's", lambda: three.select("192.0.2.12", server="192.0.2.77"))
    story.tell("decline", two.decline)
    story.tell("the last address", three.lease)
    story.tell("used up", four.discover)
    story.tell("used up, request", lambda: four.say(client4.REQUEST, client4.server_id()))
    story.tell("shared network", five.lease)
    story.tell("shared network used up", six.discover)
    story.tell("no pools", seven.discover)
    story.tell("release", one.release)
    talk.wait(HELD + 1)
    story.tell("end and recovery", lambda: talk.command("leases-reclaim", {"remove": False}))
    story.tell("the held lease again", five.lease)
    talk.wait(HELD + 1)
    story.tell("taken over", six.lease)
    story.tell("reconfigure", lambda: story.configure(configuration4(True)))
    story.tell("reservation conflict", nine.discover)
    story.tell("assign again", one.lease)
    talk.wait(HELD + 1)
    story.tell("end and removal", lambda: talk.command("leases-reclaim", {"remove": True}))
    return story


def configuration6(later: bool) -> Json:
    """Return a configuration. later: with more addresses and prefixes."""
    first: Json = {
        "id": 1,
        "subnet": "2001:db8:1::/64",
        "interface": "srv0",
        "pools": [{"pool": "2001:db8:1::10-2001:db8:1::12"}],
        "pd-pools": [{"prefix": "2001:db8:8::", "prefix-len": 63, "delegated-len": 64}],
    }
    if later:
        first["pools"].append({"pool": "2001:db8:1:0:1::/80"})
        first["pd-pools"].append({"prefix": "2001:db8:9::", "prefix-len": 48, "delegated-len": 56})
    lifetimes = {"valid-lifetime": 1, "preferred-lifetime": 1}
    shared: Json = {"id": 2, "subnet": "2001:db8:2::/64", **lifetimes, "pools": [{"pool": "2001:db8:2::9/128"}]}
    shared["pd-pools"] = [{"prefix": "2001:db8:a::", "prefix-len": 64, "delegated-len": 64}]
    return {
        "interfaces-config": {"interfaces": ["srv0"]},
        "expired-leases-processing": {"reclaim-timer-wait-time": 0, "flush-reclaimed-timer-wait-time": 0},
        "decline-probation-period": 1,
        "subnet6": [first, {"id": 3, "subnet": "2001:db8:3::/64"}],
        "shared-networks": [{"name": "shared", "subnet6": [shared]}],
    }


class Relayed:
    """A client behind a relay of another link."""

    def __init__(self, talk: Talk, number: int, link: str) -> None:
        self.client = client6.Client(talk, number)
        self.via = (link,)

    def solicit(self) -> object:
        return self.client.solicit(ia_na(1), ia_pd(2), via=self.via)

    def lease(self) -> object:
        return self.client.lease(ia_na(1), ia_pd(2), via=self.via)

    def decline(self) -> object:
        return self.client.decline(self.client.granted[0], via=self.via)


def converse6(talk: Talk) -> Story:
    """Make every DHCPv6 statistic move."""
    story = Story(talk)
    one, two, three, four = (client6.Client(talk, number) for number in range(1, 5))
    five, six = (Relayed(talk, number, "2001:db8:2::1") for number in (5, 6))
    seven = Relayed(talk, 7, "2001:db8:3::1")
    ias = ia_na(1), ia_pd(2)
    story.note("start")
    story.tell("solicit", lambda: one.solicit(*ias))
    story.tell("assign", one.request)
    story.tell("renew", one.renew)
    story.tell("rebind", one.rebind)
    story.tell("confirm", lambda: one.confirm(one.granted[0]))
    story.tell("another", lambda: two.lease(*ias))
    story.tell("information", one.information)
    for kind in (2, 7, 10, 20, 21, 13, 200):
        story.tell(f"type {kind}", lambda kind=kind: talk.raw(Dhcp6(kind, 7, [(1, b"\0\1\2")]).pack()))  # type: ignore[misc]
    story.tell("malformed", lambda: talk.raw(b"\1\0\0", "malformed"))
    story.tell("options cut off", lambda: talk.raw(b"\1\0\0\7\0\1\0\x20\0", "options cut off"))
    story.tell("another server's", lambda: three.say(client6.REQUEST6, (2, b"\0\1\2\3"), *ias))
    story.tell("decline", lambda: two.decline(two.granted[0]))
    story.tell("the last address", lambda: three.lease(ia_na(1)))
    story.tell("used up", lambda: four.solicit(*ias))
    story.tell("used up, request", lambda: four.request(*ias))
    story.tell("shared network", five.lease)
    story.tell("shared network used up", six.solicit)
    story.tell("no pools", seven.solicit)
    story.tell("release", one.release)
    talk.wait(HELD + 1)
    story.tell("end and recovery", lambda: talk.command("leases-reclaim", {"remove": False}))
    story.tell("the held lease again", five.lease)
    talk.wait(HELD + 1)
    story.tell("taken over", six.lease)
    story.tell("reconfigure", lambda: story.configure(configuration6(True)))
    story.tell("assign again", lambda: one.lease(*ias))
    talk.wait(HELD + 1)
    story.tell("end and removal", lambda: talk.command("leases-reclaim", {"remove": True}))
    return story
