"""What identifies a DHCPv6 client. ARM host-reservation-v6."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kea_twisted.hosts.host import IdentifierType
from kea_twisted.server.v6.exchange import Exchange6
from kea_twisted.server.v6.hwaddr import find_hwaddr


def _duid(exchange: Exchange6) -> bytes:
    """Return the DUID."""
    return exchange.client_id


READERS: Final[dict[IdentifierType, Callable[[Exchange6], bytes]]] = {
    IdentifierType.HW_ADDRESS: find_hwaddr,
    IdentifierType.DUID: _duid,
}
"""How to read each identifier out of a query; a flexible one comes from callouts of host6_identifier."""
