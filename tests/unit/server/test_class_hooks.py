"""Where the hook points lie among the steps of classification, and what comes of classes that callouts assign."""

from __future__ import annotations

from typing import Any

import pytest

from kea_twisted.hooks.callout import CalloutHandle
from kea_twisted.wire import v4, v6
from tests.support.packets import duid, ia_na, mac
from tests.support.server4 import Server4
from tests.support.server6 import Server6, leased

Seen = list[tuple[str, list[str]]]


def _config(family: int, subnets: list[dict[str, Any]], host: dict[str, Any]) -> dict[str, Any]:
    identity = {"hw-address": mac(1).hex(":")} if family == 4 else {"duid": duid(1).hex(":")}
    subnets[0]["reservations"] = [{**identity, **host}]
    return {
        f"subnet{family}": subnets,
        "client-classes": [
            {"name": "DROP", "test": "member('EXTERNAL_drop')"},
            {"name": "early", "test": "member('ALL')"},
            {"name": "reserved"},
            {"name": "late", "test": "member('KNOWN')"},
            {"name": "required", "test": "member('EXTERNAL_hook')", "only-if-required": True},
        ],
    }


def _one_subnet(family: int) -> dict[str, Any]:
    prefix, pool = ("192.0.2.0/24", "192.0.2.10-192.0.2.19") if family == 4 else ("2001:db8:1::/64", "2001:db8:1::/80")
    subnet = {"id": 1, "subnet": prefix, "interface": "eth0", "require-client-classes": ["required"]}
    return _config(family, [{**subnet, "pools": [{"pool": pool}]}], {"client-classes": ["reserved"]})


def _trace(family: int, *points: str) -> tuple[Any, Seen]:
    """Return a server whose callouts note the classes of the query."""
    seen: Seen = []

    def note(handle: CalloutHandle) -> None:
        query = handle[f"query{family}"]
        seen.append((handle.point, list(query.classes)))
        if handle.point.startswith("pkt") and handle.point.endswith("receive"):
            query.add_class("EXTERNAL_hook")

    made = Server4 if family == 4 else Server6
    return made(_one_subnet(family), dict.fromkeys(points, note)), seen


@pytest.mark.arm("CL-008", "CL-011", "CL-016")
def test_each_hook_point_of_dhcpv4_sees_the_classes_known_by_then() -> None:
    server, seen = _trace(
        4, "pkt4_receive", "subnet4_select", "lease4_select", "lease4_renew", "leases4_committed", "pkt4_send"
    )
    assert server.say(v4.DHCPDISCOVER, 1).type == v4.DHCPOFFER
    hooked = ["ALL", "early", "EXTERNAL_hook"]
    located = ["ALL", "reserved", "early", "EXTERNAL_hook", "KNOWN", "late"]
    assert [point for point, _ in seen] == ["pkt4_receive", "subnet4_select", "lease4_select", "pkt4_send"]
    assert seen[0] == ("pkt4_receive", ["ALL", "early"])
    assert seen[1] == ("subnet4_select", hooked)
    assert sorted(seen[2][1]) == sorted(located)
    assert seen[3][1] == [*seen[2][1], "required"]
    seen.clear()
    server.say(v4.DHCPREQUEST, 1, (50, bytes((192, 0, 2, 10))), (54, bytes((192, 0, 2, 1))))
    seen.clear()
    server.say(v4.DHCPREQUEST, 1, ciaddr="192.0.2.10")
    assert [point for point, _ in seen] == [
        "pkt4_receive", "subnet4_select", "lease4_renew", "leases4_committed", "pkt4_send",
    ]  # fmt: skip
    assert sorted(seen[2][1]) == sorted(located)


@pytest.mark.arm("CL-008", "CL-011", "CL-016")
def test_each_hook_point_of_dhcpv6_sees_the_classes_known_by_then() -> None:
    server, seen = _trace(6, "pkt6_receive", "subnet6_select", "lease6_select", "lease6_renew", "lease6_rebind")
    hooked = ["ALL", "early", "EXTERNAL_hook"]
    located = sorted([*hooked, "reserved", "KNOWN", "late"])
    for kind, point in ((v6.REQUEST, "lease6_select"), (v6.RENEW, "lease6_renew"), (v6.REBIND, "lease6_rebind")):
        seen.clear()
        assert leased(server.say(kind, 1, ia_na(1)))
        assert [each for each, _ in seen] == ["pkt6_receive", "subnet6_select", point]
        assert [classes for _, classes in seen[:2]] == [["ALL", "early"], hooked]
        assert sorted(seen[2][1]) == located


def _assigning(name: str) -> Any:
    return lambda handle: handle.arguments[next(iter(handle.arguments))].add_class(name)


@pytest.mark.arm("CL-029", "CL-115")
def test_a_class_of_a_callout_selects_subnet_and_options() -> None:
    subnets = [
        {"id": 1, "subnet": "192.0.2.0/24", "interface": "eth0", "client-class": "EXTERNAL_a",
         "pools": [{"pool": "192.0.2.10-192.0.2.19"}]},
        {"id": 2, "subnet": "192.0.3.0/24", "interface": "eth0", "pools": [{"pool": "192.0.3.10-192.0.3.19"}]},
    ]  # fmt: skip
    options = [{"name": "routers", "data": "192.0.2.254", "always-send": True}]
    config = {"subnet4": subnets, "client-classes": [{"name": "EXTERNAL_a", "option-data": options}]}
    plain = Server4(config).say(v4.DHCPDISCOVER, 1)
    assert (plain.yiaddr, plain.option(3)) == ("192.0.3.10", None)
    member = Server4(config, {"pkt4_receive": _assigning("EXTERNAL_a")}).say(v4.DHCPDISCOVER, 1)
    assert (member.yiaddr, member.option(3)) == ("192.0.2.10", bytes((192, 0, 2, 254)))


@pytest.mark.arm("CL-008", "CL-115")
@pytest.mark.parametrize("family", [4, 6])
def test_a_callout_may_drop_by_class_after_the_tests_were_evaluated(family: int) -> None:
    config = _one_subnet(family)
    if family == 4:
        server: Any = Server4(config, {"pkt4_receive": _assigning("DROP")})
        assert server.say(v4.DHCPDISCOVER, 1) is None
    else:
        server = Server6(config, {"pkt6_receive": _assigning("DROP")})
        assert server.say(v6.SOLICIT, 1, ia_na(1)) is None
    assert server.reason == "class DROP"


@pytest.mark.arm("CL-026", "CL-027")
@pytest.mark.parametrize("name", ["HA_server1", "BOOTP"])
def test_the_classes_of_libraries_select_pools(name: str) -> None:
    pools = [{"pool": "192.0.2.10-192.0.2.19", "client-class": name}, {"pool": "192.0.2.20-192.0.2.29"}]
    config = {"subnet4": [{"id": 1, "subnet": "192.0.2.0/24", "pools": pools}]}
    assert Server4(config).say(v4.DHCPDISCOVER, 1).yiaddr == "192.0.2.20"
    server = Server4(config, {"subnet4_select": _assigning(name)})
    assert server.say(v4.DHCPDISCOVER, 1).yiaddr == "192.0.2.10"


@pytest.mark.arm("CL-100")
def test_every_test_is_evaluated_for_every_query_unless_required() -> None:
    """A test that fails each time is seen each time: its class never drops out of the evaluation."""
    server, seen = _trace(4, "pkt4_receive")
    for _ in range(3):
        server.say(v4.DHCPDISCOVER, 2)
    assert [classes for _, classes in seen] == [["ALL", "early"]] * 3


@pytest.mark.arm("CL-009", "CL-011", "CL-111")
@pytest.mark.parametrize("family", [4, 6])
@pytest.mark.parametrize("early", [False, True])
def test_the_client_is_identified_where_its_reservation_is_looked_up(family: int, early: bool) -> None:
    seen: list[str] = []
    points = (f"pkt{family}_receive", f"host{family}_identifier", f"subnet{family}_select", f"pkt{family}_send")
    config = {
        **_one_subnet(family),
        "host-reservation-identifiers": ["flex-id"],
        "early-global-reservations-lookup": early,
        "reservations": [{"flex-id": "'x'", "client-classes": ["reserved"]}],
    }
    made: Any = (Server4 if family == 4 else Server6)(
        config, dict.fromkeys(points, lambda handle: seen.append(handle.point))
    )
    if family == 4:
        made.say(v4.DHCPDISCOVER, 1)
    else:
        made.say(v6.SOLICIT, 1, ia_na(1))
    select, identify = f"subnet{family}_select", f"host{family}_identifier"
    assert seen == [points[0], *([identify, select] if early else [select, identify]), points[3]]
