"""Databases are configured as in Kea but not used yet: that is told, and leases go to the usual file."""

from __future__ import annotations

import pytest

from kea_twisted.config.parse import load_object
from kea_twisted.daemons.candidate import lease_place
from kea_twisted.family import V4, V6, Family


@pytest.mark.arm("V4-051", "V4-053")
@pytest.mark.parametrize("family", [V4, V6], ids=["dhcp4", "dhcp6"])
@pytest.mark.parametrize("kind", ["mysql", "postgresql"])
def test_leases_meant_for_a_database_go_to_the_usual_file(
    monkeypatch: pytest.MonkeyPatch, family: Family, kind: str
) -> None:
    monkeypatch.setenv("KEA_DHCP_DATA_DIR", "/data")
    entries = {"lease-database": {"type": kind, "name": "kea", "host": "", "user": "kea", "password": "secret"}}
    loaded = load_object({family.root: entries}, family)
    assert lease_place(loaded.model, family).path == f"/data/kea-leases{family.number}.csv"
    (warning,) = [str(each) for each in loaded.warnings]
    assert f"{family.root}/lease-database/type" in warning
    assert "secret" not in warning


@pytest.mark.arm("V4-065", "V4-067")
@pytest.mark.parametrize("family", [V4, V6], ids=["dhcp4", "dhcp6"])
@pytest.mark.parametrize(
    "entries",
    [
        {"hosts-database": {"type": "mysql", "name": "kea"}},
        {"hosts-databases": [{"type": "mysql", "name": "kea"}, {"type": "postgresql", "name": "kea"}]},
    ],
)
def test_that_reservations_of_a_database_are_not_read_is_told(family: Family, entries: dict[str, object]) -> None:
    (warning,) = [str(each) for each in load_object({family.root: entries}, family).warnings]
    assert f"{family.root}/{next(iter(entries))}" in warning
    assert "not implemented yet" in warning
