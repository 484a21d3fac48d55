"""`interfaces-config`: where the server listens. ARM dhcp4-interface-configuration, dhcp6-interface-configuration."""

# ruff: noqa: RUF012 (pydantic gives each instance its own copy of a default)
from __future__ import annotations

from typing import Literal

from kea_twisted.config.section import Commented, Uint32


class InterfacesConfig(Commented):
    """Where the server listens, both families."""

    interfaces: list[str] = []
    """Names of interfaces, `*` for all, or `name/address` for one address of an interface."""
    re_detect: bool = True
    """Whether interfaces are detected again at each reconfiguration."""
    service_sockets_require_all: bool = False
    """Whether the server stops if a socket cannot be opened."""
    service_sockets_max_retries: Uint32 = 0
    """How often opening a socket is tried again."""
    service_sockets_retry_wait_time: Uint32 = 5000
    """Milliseconds between two tries."""


class InterfacesConfig4(InterfacesConfig):
    """Where the DHCPv4 server listens."""

    dhcp_socket_type: Literal["raw", "udp"] = "raw"
    """`raw` also hears clients without an address; `udp` only relayed traffic."""
    outbound_interface: Literal["same-as-inbound", "use-routing"] = "same-as-inbound"
    """Where answers leave: where the query came in, or as the kernel routes them (with `udp` only)."""


class InterfacesConfig6(InterfacesConfig):
    """Where the DHCPv6 server listens."""
