"""The hook points ddns4_update and ddns6_update: what callouts see, and what they can change."""

from __future__ import annotations

from typing import Any

import pytest

from kea_twisted.config.build import build4
from kea_twisted.config.parse import load_object
from kea_twisted.family import V4
from kea_twisted.hooks.callout import Callout, CalloutHandle, Callouts
from kea_twisted.leases.memfile.manager import Memfile4
from kea_twisted.server.outcome import Send
from kea_twisted.server.v4.server import Dhcp4Server
from kea_twisted.stats.registry import Statistics
from kea_twisted.wire import v6
from tests.support.hostile import LOCAL4, NOW
from tests.support.packets import DISCOVER, REQUEST, Dhcp4, Option, ia_na, ia_pd, ip4, parse4, query4
from tests.support.server6 import Server6

UPDATES = {"dhcp-ddns": {"enable-updates": True}, "ddns-qualifying-suffix": "example.org"}
SUBNET4 = {"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.19"}]}
SUBNET6 = {
    "id": 1,
    "subnet": "2001:db8:1::/64",
    "interface": "eth0",
    "pools": [{"pool": "2001:db8:1::10-2001:db8:1::20"}],
    "pd-pools": [{"prefix": "2001:db8:8::", "prefix-len": 60, "delegated-len": 64}],
}
HOST: Option = 12, b"mine"
FQDN4: Option = 81, b"\1\0\0mine"
FQDN6: Option = 39, b"\1\4mine"


def _fail(error: Exception) -> None:
    raise error


class Server4:
    """A DHCPv4 server with one callout, and the requests that it makes."""

    def __init__(self, callout: Callout, **rest: Any) -> None:
        entries = {**UPDATES, "subnet4": [SUBNET4], **rest}
        config = build4(load_object({"Dhcp4": entries}, V4).model)
        callouts = Callouts({"ddns4_update": (("library", callout),)}, _fail)
        self.leases = Memfile4(None)
        self.server = Dhcp4Server(config, self.leases, Statistics(), callouts, NOW)

    def request(self, *options: Option, kind: int = REQUEST) -> Dhcp4:
        """Ask for 192.0.2.10 and return the answer."""
        chosen: tuple[Option, ...] = ((54, ip4("192.0.2.1")),) if kind == REQUEST else ()
        asked = query4(kind, 1, *chosen, (50, ip4("192.0.2.10")), *options)
        found = self.server.receive(asked.pack(), LOCAL4, NOW)
        assert isinstance(found, Send)
        return parse4(found.octets)

    @property
    def told(self) -> list[str]:
        """What DNS is told."""
        return [f"{each.fqdn} {each.forward:d}{each.reverse:d}" for each in self.server.updates.pending]


@pytest.mark.parametrize(("kind", "option"), [(DISCOVER, HOST), (REQUEST, HOST), (REQUEST, FQDN4)])
def test_a_dhcpv4_callout_sees_what_was_decided(kind: int, option: Option) -> None:
    seen: list[dict[str, Any]] = []
    server = Server4(lambda handle: seen.append(dict(handle.arguments)))
    server.request(option, kind=kind)
    assert len(seen) == 1
    arguments = seen[0]
    assert set(arguments) == {
        "query4", "response4", "subnet4", "hostname", "fwd-update", "rev-update", "ddns-params"
    }  # fmt: skip
    assert arguments["hostname"] == ("mine.example.org" if option is HOST else "mine.example.org.")
    assert arguments["fwd-update"] is arguments["rev-update"] is True
    assert arguments["subnet4"].id == 1
    assert arguments["ddns-params"].qualifying_suffix == "example.org"


def test_a_dhcpv4_callout_renames() -> None:
    def rename(handle: CalloutHandle) -> None:
        handle["hostname"] = "yours.example.net"

    server = Server4(rename)
    assert server.request(HOST).option(12) == b"yours.example.net"
    server = Server4(rename)
    answer = server.request(FQDN4)
    assert answer.option(81) == b"\1\0\0yours.example.net."
    assert server.told == ["yours.example.net. 11"]
    lease = server.leases.get(0xC000020A)
    assert lease is not None
    assert lease.hostname == "yours.example.net"


def test_a_dhcpv4_callout_names_a_client_that_sent_no_name() -> None:
    def name(handle: CalloutHandle) -> None:
        assert handle["hostname"] == ""
        handle["hostname"] = "yours.example.net"
        handle["fwd-update"] = handle["rev-update"] = True

    server = Server4(name)
    assert server.request().option(12) is None
    assert server.told == ["yours.example.net. 11"]


def test_a_dhcpv4_callout_switches_updates_off() -> None:
    def refuse(handle: CalloutHandle) -> None:
        handle["fwd-update"] = handle["rev-update"] = False

    server = Server4(refuse)
    assert server.request(FQDN4).option(81) == b"\x08\0\0mine.example.org."
    assert server.told == []


def test_a_name_of_a_dhcpv4_callout_that_cannot_be_written_stays_out_of_the_answer() -> None:
    def spoil(handle: CalloutHandle) -> None:
        handle["hostname"] = "a..b"

    server = Server4(spoil)
    assert server.request(FQDN4).option(81) is None
    assert server.told == []


def test_a_dhcpv4_callout_has_a_name_generated_by_taking_it_away() -> None:
    def forget(handle: CalloutHandle) -> None:
        handle["hostname"] = ""

    server = Server4(forget)
    assert server.request(HOST).option(12) == b"myhost-192-0-2-10.example.org"
    assert server.told == ["myhost-192-0-2-10.example.org. 11"]


def _server6(callout: Callout) -> Server6:
    return Server6({**UPDATES, "subnet6": [SUBNET6]}, {"ddns6_update": callout})


def _told(server: Server6) -> list[str]:
    return [f"{each.fqdn} {each.forward:d}{each.reverse:d}" for each in server.server.updates.pending]


@pytest.mark.parametrize("kind", [v6.SOLICIT, v6.REQUEST, v6.RENEW, v6.REBIND])
def test_a_dhcpv6_callout_sees_what_was_decided(kind: int) -> None:
    seen: list[dict[str, Any]] = []
    server = _server6(lambda handle: seen.append(dict(handle.arguments)))
    assert server.say(kind, 1, ia_na(1), FQDN6) is not None
    assert len(seen) == 1
    arguments = seen[0]
    assert set(arguments) == {
        "query6", "response6", "subnet6", "hostname", "fwd-update", "rev-update", "ddns-params"
    }  # fmt: skip
    assert arguments["hostname"] == "mine.example.org."
    assert arguments["fwd-update"] is arguments["rev-update"] is True


def test_a_dhcpv6_callout_is_not_called_for_a_client_without_a_name() -> None:
    seen: list[CalloutHandle] = []
    assert _server6(seen.append).say(v6.REQUEST, 1, ia_na(1)) is not None
    assert not seen


def test_a_dhcpv6_callout_renames() -> None:
    def rename(handle: CalloutHandle) -> None:
        handle["hostname"] = "yours.example.net."
        handle["fwd-update"] = False

    server = _server6(rename)
    answer = server.say(v6.REQUEST, 1, ia_na(1), ia_pd(1), FQDN6)
    assert answer.all(39) == [b"\1\5yours\7example\3net\0"]
    assert _told(server) == ["yours.example.net. 01"]
    lease = server.lease("2001:db8:1::10")
    assert lease is not None
    assert lease.hostname == "yours.example.net."


def test_a_dhcpv6_callout_switches_updates_off() -> None:
    def refuse(handle: CalloutHandle) -> None:
        handle["fwd-update"] = handle["rev-update"] = False

    server = _server6(refuse)
    assert server.say(v6.REQUEST, 1, ia_na(1), FQDN6).all(39) == [b"\4\4mine\7example\3org\0"]
    assert _told(server) == []
