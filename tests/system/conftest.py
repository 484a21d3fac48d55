"""Servers for real clients: one daemon a test, in a link of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.kea import Json
from tests.support.namespaces import CLIENT_INTERFACE, ChainedLink, Link, RelayedLink
from tests.support.ours import Twistd
from tests.support.requirements import require_namespaces

CONFIGURATION: dict[int, Json] = {
    4: {
        "interfaces-config": {"interfaces": ["srv0"]},
        "valid-lifetime": 4000,
        "renew-timer": 1000,
        "rebind-timer": 2000,
        "option-data": [
            {"name": "routers", "data": "192.0.2.1"},
            {"name": "domain-name-servers", "data": "192.0.2.53"},
            {"name": "domain-name", "data": "example.org"},
        ],
        "subnet4": [
            {"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.99"}]},
            {"id": 9, "subnet": "10.9.0.0/24", "pools": [{"pool": "10.9.0.10-10.9.0.99"}]},
        ],
    },
    6: {
        "interfaces-config": {"interfaces": ["srv0", "srv0/2001:db8:1::1"]},
        "option-data": [{"name": "dns-servers", "data": "2001:db8::53"}],
        "subnet6": [
            {
                "id": 1,
                "subnet": "2001:db8:1::/64",
                "interface": "srv0",
                "pools": [{"pool": "2001:db8:1::10-2001:db8:1::99"}],
                "pd-pools": [{"prefix": "2001:db8:8::", "prefix-len": 48, "delegated-len": 56}],
            },
            {"id": 9, "subnet": "2001:db8:9::/64", "pools": [{"pool": "2001:db8:9::10-2001:db8:9::99"}]},
        ],
    },
}


def _serve(family: int, link: Link) -> Iterator[Twistd]:
    server = Twistd(family, link)
    try:
        server.start(CONFIGURATION[family])
        yield server
        assert "Traceback" not in server.log.read_text(errors="replace")
    finally:
        server.close()
        link.close()


@pytest.fixture
def server4() -> Iterator[Twistd]:
    """kea-dhcp4 under twistd; the client namespace has no address yet."""
    require_namespaces()
    yield from _serve(4, Link("sys4", ["192.0.2.1/24"]))


@pytest.fixture
def server6() -> Iterator[Twistd]:
    """kea-dhcp6 under twistd."""
    require_namespaces()
    yield from _serve(6, Link("sys6", ["2001:db8:1::1/64"]))


@pytest.fixture
def relayed4() -> Iterator[Twistd]:
    """kea-dhcp4 with a namespace for a relay between it and the client."""
    require_namespaces()
    yield from _serve(4, RelayedLink("rel4", ["192.0.2.1/24"], ["192.0.2.2/24"], ["10.9.0.1/24"]))


@pytest.fixture
def relayed6() -> Iterator[Twistd]:
    """kea-dhcp6 with a namespace for a relay between it and the client."""
    require_namespaces()
    yield from _serve(6, RelayedLink("rel6", ["2001:db8:1::1/64"], ["2001:db8:1::2/64"], ["2001:db8:9::1/64"]))


@pytest.fixture
def chained6() -> Iterator[Twistd]:
    """kea-dhcp6 with namespaces for two relays between it and the client."""
    require_namespaces()
    link = ChainedLink("cha6", ["2001:db8:1::1/64"], ["2001:db8:1::2/64"], ["2001:db8:5::1/64"], ["2001:db8:9::1/64"])
    link.add_address(link.far, CLIENT_INTERFACE, "2001:db8:5::2/64")
    yield from _serve(6, link)
