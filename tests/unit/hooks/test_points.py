"""The table of hook points."""

from __future__ import annotations

import pytest

from kea_twisted.hooks.points import BY_NAME, POINTS, points_of

V4 = {
    "dhcp4_srv_configured", "cb4_updated", "command_processed", "buffer4_receive", "pkt4_receive", "host4_identifier",
    "subnet4_select", "lease4_select", "lease4_renew", "lease4_release", "lease4_decline", "ddns4_update",
    "leases4_committed", "pkt4_send", "buffer4_send", "lease4_expire", "lease4_recover",
}  # fmt: skip
V6 = {name.replace("4", "6") for name in V4} | {"lease6_rebind"}


@pytest.mark.parametrize(("daemon", "names"), [("kea-dhcp4", V4), ("kea-dhcp6", V6)])
def test_every_hook_point_of_kea_is_there(daemon: str, names: set[str]) -> None:
    assert {point.name for point in points_of(daemon)} == names


def test_names_are_unique() -> None:
    assert len(BY_NAME) == len(POINTS)


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.name)
def test_rows_are_complete(point: object) -> None:
    row = BY_NAME[point.name]  # type: ignore[attr-defined]
    assert row.summary.endswith(".")
    assert row.source
    assert row.arguments
    for argument in row.arguments:
        assert argument.type
        assert argument.direction in ("in", "out", "in/out")


def test_packets_are_parked_only_where_kea_parks_them() -> None:
    assert {point.name for point in POINTS if point.park} == {"leases4_committed", "leases6_committed"}
