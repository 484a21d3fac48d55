"""What a DHCPv4 and a DHCPv6 subnet have in common, and shared networks. Inheritance is already applied.

Each parameter that the configuration language lets a subnet inherit (subnet ← shared network ← global) is here as the
value that counts. Objects are compared by identity and never changed once the configuration is in force.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kea_twisted.base.lifetimes import Triplet
from kea_twisted.options.definition import OptionSet
from kea_twisted.subnets.pool import Pool


@dataclass(frozen=True, slots=True)
class DdnsParameters:
    """The `ddns-*` and `hostname-char-*` parameters of one scope. ARM dhcp4-ddns-config."""

    send_updates: bool = True
    override_no_update: bool = False
    override_client_update: bool = False
    replace_client_name: str = "never"
    generated_prefix: str = "myhost"
    qualifying_suffix: str = ""
    hostname_char_set: str = "[^A-Za-z0-9.-]"
    hostname_char_replacement: str = ""
    update_on_renew: bool = False
    use_conflict_resolution: bool = True


@dataclass(slots=True, eq=False)
class Subnet:
    """One subnet.

    first, last: its addresses as ints. interface: "" if not limited to one. relays: addresses of relay agents.
    t1, t2: `renew-timer` and `rebind-timer`, None where not configured. cache_threshold, cache_max_age: None when off.
    network: the shared network it belongs to, or None.
    """

    id: int
    first: int
    last: int
    prefix_length: int
    valid: Triplet
    pools: tuple[Pool, ...] = ()
    interface: str = ""
    relays: frozenset[int] = frozenset()
    client_class: str = ""
    require_client_classes: tuple[str, ...] = ()
    options: OptionSet = ()
    t1: int | None = None
    t2: int | None = None
    calculate_tee_times: bool = False
    t1_percent: float = 0.5
    t2_percent: float = 0.875
    cache_threshold: float | None = None
    cache_max_age: int | None = None
    reservations_global: bool = False
    reservations_in_subnet: bool = True
    reservations_out_of_pool: bool = False
    store_extended_info: bool = False
    ddns: DdnsParameters = field(default_factory=DdnsParameters)
    network: SharedNetwork | None = None
    user_context: dict[str, object] | None = None
    text: str = ""
    """``192.0.2.0/24``, as in logs."""


@dataclass(slots=True, eq=False)
class SharedNetwork:
    """Subnets that share a link. subnets: in the order of configuration, filled in when they are built."""

    name: str
    interface: str = ""
    relays: frozenset[int] = frozenset()
    client_class: str = ""
    require_client_classes: tuple[str, ...] = ()
    options: OptionSet = ()
    interface_id: bytes = b""
    user_context: dict[str, object] | None = None
    subnets: list[Subnet] = field(default_factory=list)
