"""The hook library that users copy works as its page says."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from twisted.internet.defer import Deferred
from twisted.internet.task import Clock

from kea_twisted.control.access import READ
from kea_twisted.control.dispatch import Dispatcher
from kea_twisted.errors import HookError
from kea_twisted.hooks.callout import DROP, CalloutHandle
from kea_twisted.hooks.io import find_library
from kea_twisted.hooks.library import HookEntry, HookManager

EXAMPLE = Path(__file__).parents[3] / "etc" / "kea" / "hooks" / "example.py"


class Site:
    def __init__(self, daemon: str = "kea-dhcp4", **parameters: Any) -> None:
        self.clock = Clock()
        self.dispatcher = Dispatcher()
        self.hooks = HookManager(daemon, find_library, {"reactor": self.clock}, self.dispatcher.hooks_changed)
        self.hooks.load([HookEntry(str(EXAMPLE), parameters)])

    def packet(self, query: Any, context: dict[str, Any], family: int = 4) -> CalloutHandle:
        handle = CalloutHandle(f"pkt{family}_receive", {f"query{family}": query}, context)
        assert self.hooks.callouts.call(handle) is None
        return handle

    def ask(self, **arguments: Any) -> Any:
        return asyncio.run(self.dispatcher.answer({"command": "example-seen", "arguments": arguments}))


CLIENT = SimpleNamespace(chaddr=b"\x02\0\0\0\0\x01")
BLOCKED = SimpleNamespace(chaddr=b"\x02\0\0\0\0\x66")


def test_a_blocked_client_is_dropped_and_not_counted() -> None:
    site = Site(blocked=["02:00:00:00:00:66"])
    assert site.packet(BLOCKED, {}).status == DROP
    assert site.ask()["arguments"] == {}


def test_clients_are_counted_and_the_command_tells() -> None:
    site = Site()
    for _ in range(3):
        site.packet(CLIENT, {})
    assert site.ask() == {"result": 0, "text": "1 clients", "arguments": {"02:00:00:00:00:01": 3}}
    assert site.ask(client="02:00:00:00:00:01")["arguments"] == {"02:00:00:00:00:01": 3}
    assert site.ask(client="nobody")["result"] == 3
    assert site.ask(client=1)["result"] == 1
    assert site.dispatcher.access("example-seen") is READ


def test_the_first_answer_to_a_client_waits_and_the_second_does_not() -> None:
    site = Site(delay=0.05)
    for delays in (True, False):
        context: dict[str, Any] = {}
        site.packet(CLIENT, context)
        handle = CalloutHandle("leases4_committed", {"query4": CLIENT, "leases4": [], "deleted_leases4": []}, context)
        waiting = site.hooks.callouts.call(handle)
        assert waiting is not None
        done: list[object] = []
        Deferred.fromCoroutine(waiting).addCallback(done.append)  # type: ignore[arg-type]
        assert bool(done) is not delays
        site.clock.advance(0.06)
        assert done == [None]


def test_dhcpv6_clients_are_known_by_their_duid() -> None:
    site = Site("kea-dhcp6")
    site.packet(SimpleNamespace(options={1: [b"\0\x03\0\x01\x02"]}), {}, family=6)
    assert site.ask()["arguments"] == {"00:03:00:01:02": 1}


def test_a_wrong_parameter_refuses_the_configuration() -> None:
    with pytest.raises(HookError, match="'load' failed"):
        Site(blocked=["not an address"])


def test_unloading_takes_the_command_away() -> None:
    site = Site()
    site.hooks.unload()
    assert site.ask()["result"] == 2
