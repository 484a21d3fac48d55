"""The servers of the differential suite, started once a family."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.differential.pair import Pair
from tests.support.requirements import require, require_namespaces


@pytest.fixture(scope="session")
def pair4() -> Iterator[Pair]:
    """Kea's and our DHCPv4 server."""
    require("kea-dhcp4")
    require_namespaces()
    pair = Pair(4)
    yield pair
    pair.close()


@pytest.fixture(scope="session")
def pair6() -> Iterator[Pair]:
    """Kea's and our DHCPv6 server."""
    require("kea-dhcp6")
    require_namespaces()
    pair = Pair(6)
    yield pair
    pair.close()
