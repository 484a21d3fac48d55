"""One Kea server a family for the option tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.differential.options.option_oracle import Oracle
from tests.support.requirements import require, require_namespaces


@pytest.fixture(scope="session", params=[4, 6], ids=["dhcp4", "dhcp6"])
def oracle(request: pytest.FixtureRequest) -> Iterator[Oracle]:
    """Kea's server of either family."""
    family = request.param
    require(f"kea-dhcp{family}")
    require_namespaces()
    with Oracle(family) as running:
        yield running
