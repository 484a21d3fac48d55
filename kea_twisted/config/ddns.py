"""`dhcp-ddns`: the connection to the DDNS daemon. ARM dhcpv4-d2-io-config.

Keywords that once stood here and belong to the global scope now are still read: :func:`kea_twisted.config.inherit`
gives them to the global scope where that does not say otherwise.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BeforeValidator

from kea_twisted.config.network import ReplaceClientName
from kea_twisted.config.section import ANYTHING, Commented, Maybe, Uint16, Uint32


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


class DhcpDdns(Commented):
    """How name change requests reach the DDNS daemon."""

    overlooked = ANYTHING

    enable_updates: bool
    """Whether requests are sent at all."""
    server_ip: str = "127.0.0.1"
    """Where the daemon listens."""
    server_port: Uint16 = 53001
    """The port where the daemon listens."""
    sender_ip: str = ""
    """The address to send from, empty for any."""
    sender_port: Uint16 = 0
    """The port to send from, 0 for any."""
    max_queue_size: Uint32 = 1024
    """How many requests may wait."""
    ncr_protocol: Annotated[Literal["UDP", "TCP"], BeforeValidator(_upper)] = "UDP"
    """The transport; only UDP is implemented."""
    ncr_format: Annotated[Literal["JSON"], BeforeValidator(_upper)] = "JSON"
    """The encoding of requests."""
    override_no_update: Maybe[bool] = None
    """Moved: the global `ddns-override-no-update`."""
    override_client_update: Maybe[bool] = None
    """Moved: the global `ddns-override-client-update`."""
    replace_client_name: Maybe[ReplaceClientName] = None
    """Moved: the global `ddns-replace-client-name`."""
    generated_prefix: Maybe[str] = None
    """Moved: the global `ddns-generated-prefix`."""
    qualifying_suffix: Maybe[str] = None
    """Moved: the global `ddns-qualifying-suffix`."""
    hostname_char_set: Maybe[str] = None
    """Moved: the global keyword of the same name."""
    hostname_char_replacement: Maybe[str] = None
    """Moved: the global keyword of the same name."""


MOVED: Final = (
    ("override_no_update", "ddns_override_no_update"),
    ("override_client_update", "ddns_override_client_update"),
    ("replace_client_name", "ddns_replace_client_name"),
    ("generated_prefix", "ddns_generated_prefix"),
    ("qualifying_suffix", "ddns_qualifying_suffix"),
    ("hostname_char_set", "hostname_char_set"),
    ("hostname_char_replacement", "hostname_char_replacement"),
)
"""Fields of DhcpDdns and the global fields that replaced them."""
