"""The parameters that subnets inherit from shared networks, and these from the global scope.

Unset is None here; :mod:`.inherit` finds the value that counts. The global models give the defaults.
"""

# ruff: noqa: RUF012 (pydantic gives each instance its own copy of a default)
from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator

from kea_twisted.config.options import OptionData
from kea_twisted.config.section import Commented, Maybe, Real, Uint32

ReservationMode = Literal["all", "out-of-pool", "global", "disabled"]


def _replace_client_name(value: object) -> object:
    """Accept the keyword in any case; say why true and false no longer do."""
    if isinstance(value, bool):
        raise ValueError("boolean values for replace-client-name are no longer supported")
    return value.lower() if isinstance(value, str) else value


ReplaceClientName = Annotated[
    Literal["never", "always", "when-present", "when-not-present"], BeforeValidator(_replace_client_name)
]


class NetworkParameters(Commented):
    """What the global scope, shared networks and subnets have in common in both families."""

    valid_lifetime: Maybe[Uint32] = None
    """Valid lifetime of leases, seconds."""
    min_valid_lifetime: Maybe[Uint32] = None
    """Lower bound of the valid lifetime."""
    max_valid_lifetime: Maybe[Uint32] = None
    """Upper bound of the valid lifetime."""
    renew_timer: Maybe[Uint32] = None
    """T1, seconds."""
    rebind_timer: Maybe[Uint32] = None
    """T2, seconds."""
    calculate_tee_times: Maybe[bool] = None
    """Whether T1 and T2 are fractions of the lifetime where they are not given."""
    t1_percent: Maybe[Real] = None
    """T1 as a fraction."""
    t2_percent: Maybe[Real] = None
    """T2 as a fraction."""
    cache_threshold: Maybe[Real] = None
    """The fraction of the lifetime during which a lease is reused unchanged."""
    cache_max_age: Maybe[Uint32] = None
    """The age in seconds up to which a lease is reused unchanged."""
    store_extended_info: Maybe[bool] = None
    """Whether what relay agents add is kept with leases."""
    reservation_mode: Maybe[ReservationMode] = None
    """Which reservations are used; the three flags below replace it."""
    reservations_global: Maybe[bool] = None
    """Whether global reservations are used."""
    reservations_in_subnet: Maybe[bool] = None
    """Whether the subnet's reservations are used."""
    reservations_out_of_pool: Maybe[bool] = None
    """Whether reserved addresses are all outside the pools."""
    ddns_send_updates: Maybe[bool] = None
    """Whether DNS is updated."""
    ddns_override_no_update: Maybe[bool] = None
    """Whether DNS is updated for clients that ask for no update."""
    ddns_override_client_update: Maybe[bool] = None
    """Whether the server updates DNS for clients that want to do so themselves."""
    ddns_replace_client_name: Maybe[ReplaceClientName] = None
    """When a generated name replaces the client's."""
    ddns_generated_prefix: Maybe[str] = None
    """How generated names begin."""
    ddns_qualifying_suffix: Maybe[str] = None
    """What is appended to partial names."""
    ddns_update_on_renew: Maybe[bool] = None
    """Whether DNS is updated when a lease is renewed unchanged."""
    ddns_use_conflict_resolution: Maybe[bool] = None
    """Whether DNS entries of others are respected, RFC 4703."""
    hostname_char_set: Maybe[str] = None
    """Regular expression of the characters that are not allowed in host names."""
    hostname_char_replacement: Maybe[str] = None
    """What replaces those characters."""
    option_data: list[OptionData] = []
    """Options for all clients of this scope."""


class NetworkParameters4(NetworkParameters):
    """The same for DHCPv4."""

    authoritative: Maybe[bool] = None
    """Whether unknown clients that ask for an address they hold are told no."""
    match_client_id: Maybe[bool] = None
    """Whether the client identifier identifies a client."""
    next_server: Maybe[str] = None
    """For the field siaddr."""
    server_hostname: Maybe[str] = None
    """For the field sname."""
    boot_file_name: Maybe[str] = None
    """For the field file."""


class NetworkParameters6(NetworkParameters):
    """The same for DHCPv6."""

    preferred_lifetime: Maybe[Uint32] = None
    """Preferred lifetime of leases, seconds."""
    min_preferred_lifetime: Maybe[Uint32] = None
    """Lower bound of the preferred lifetime."""
    max_preferred_lifetime: Maybe[Uint32] = None
    """Upper bound of the preferred lifetime."""
