"""What identifies a DHCPv4 client. ARM host-reservation-v4."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kea_twisted.hosts.host import IdentifierType
from kea_twisted.options.suboptions import parse4
from kea_twisted.server.v4.exchange import OPTION_RELAY_AGENT, Exchange4

_CIRCUIT_ID: Final = 1
_DUID_CLIENT_ID: Final = 255
_DUID_OFFSET: Final = 5
"""A client identifier of type 255 holds an IAID of four octets and a DUID. RFC 4361 §6.1."""


def _hw_address(exchange: Exchange4) -> bytes:
    """Return the link-layer address."""
    return exchange.query.chaddr


def _duid(exchange: Exchange4) -> bytes:
    """Return the DUID inside the client identifier, if it is of that kind."""
    client_id = exchange.client_id
    if len(client_id) > _DUID_OFFSET and client_id[0] == _DUID_CLIENT_ID:
        return client_id[_DUID_OFFSET:]
    return b""


def _circuit_id(exchange: Exchange4) -> bytes:
    """Return the circuit identifier that a relay agent added."""
    relay_agent = exchange.query.options.get(OPTION_RELAY_AGENT)
    return parse4(relay_agent).get(_CIRCUIT_ID, b"") if relay_agent else b""


def _client_id(exchange: Exchange4) -> bytes:
    """Return the client identifier."""
    return exchange.client_id


READERS: Final[dict[IdentifierType, Callable[[Exchange4], bytes]]] = {
    IdentifierType.HW_ADDRESS: _hw_address,
    IdentifierType.DUID: _duid,
    IdentifierType.CIRCUIT_ID: _circuit_id,
    IdentifierType.CLIENT_ID: _client_id,
}
"""How to read each identifier out of a query; a flexible one comes from callouts of host4_identifier."""
