"""Kea's daemons, one a test, with the library that shows and changes leases."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from glob import glob
from pathlib import Path
from typing import Any

import pytest

from tests.support.kea import Kea
from tests.support.namespaces import Link
from tests.support.requirements import require, require_namespaces

StartKea = Callable[..., Kea]

SUBNETS: dict[int, list[dict[str, Any]]] = {
    4: [
        {"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.100"}, {"pool": "192.0.2.110/32"}]},
        {"id": 2, "subnet": "192.0.3.0/24"},
    ],
    6: [
        {
            "id": 1,
            "subnet": "2001:db8:1::/64",
            "pools": [{"pool": "2001:db8:1::10-2001:db8:1::100"}],
            "pd-pools": [{"prefix": "2001:db8:8::", "prefix-len": 56, "delegated-len": 64}],
        },
        {"id": 2, "subnet": "2001:db8:2::/64"},
    ],
}


@pytest.fixture(scope="session")
def lease_link() -> Iterator[Link]:
    """Where Kea lives."""
    require("kea-dhcp4", "kea-dhcp6")
    require_namespaces()
    link = Link("leases")
    yield link
    link.close()


@pytest.fixture
def kea(lease_link: Link, tmp_path: Path) -> Iterator[StartKea]:
    """A function that starts Kea: family, the files of its lease database by suffix, database parameters."""
    started: list[Kea] = []
    library = next(iter(glob("/usr/lib/*/kea/hooks/libdhcp_lease_cmds.so")), None)
    if library is None:
        pytest.skip("libdhcp_lease_cmds.so not installed: run `make test-deps`")

    def start(family: int, files: dict[str, bytes] | None = None, **database: Any) -> Kea:
        for server in started:
            server.stop()
        directory = tmp_path / f"kea{len(started)}"
        directory.mkdir()
        server = Kea(family, lease_link, directory)
        started.append(server)
        for suffix, octets in (files or {}).items():
            server.lease_file.with_name(server.lease_file.name + suffix).write_bytes(octets)
        server.start(
            {
                "interfaces-config": {"interfaces": []},
                "lease-database": {
                    "type": "memfile",
                    "name": str(server.lease_file),
                    "lfc-interval": 0,
                    **database,
                },
                "expired-leases-processing": {"reclaim-timer-wait-time": 0, "flush-reclaimed-timer-wait-time": 0},
                "hooks-libraries": [{"library": library}],
                f"subnet{family}": SUBNETS[family],
            }
        )
        return server

    yield start
    for server in started:
        server.stop()
        shutil.rmtree(server.directory, ignore_errors=True)
