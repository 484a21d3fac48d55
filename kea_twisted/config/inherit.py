"""Which value counts: a subnet's own, else its shared network's, else the global one. ARM dhcp4-configuration.

Each parameter is inherited by itself, the bounds of a lifetime too. `reservation-mode` sets the flags of
its scope at once. The keywords that moved out of `dhcp-ddns` count as global ones where the file has no global one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kea_twisted.base.lifetimes import Triplet
from kea_twisted.config.common import DhcpServer
from kea_twisted.config.ddns import MOVED
from kea_twisted.subnets.subnet import DdnsParameters

Values = Mapping[str, Any]
"""The values of one scope by field name, with what it inherited."""

DDNS: Final = tuple(
    (field, field if field.startswith("hostname") else f"ddns_{field}") for field in DdnsParameters.__dataclass_fields__
)
"""Fields of DdnsParameters and of the models."""

MODES: Final[dict[str, tuple[bool, bool, bool | None]]] = {
    "all": (False, True, False),
    "out-of-pool": (False, True, True),
    "global": (True, False, None),
    "disabled": (False, False, None),
}
"""What `reservation-mode` means for FLAGS; None where it leaves one to be inherited. ARM reservations4-tuning."""

FLAGS: Final = ("reservations_global", "reservations_in_subnet", "reservations_out_of_pool")
_SAY_FLAGS: Final = frozenset(("reservation_mode", *FLAGS))

COMMON: Final = (
    "valid_lifetime",
    "min_valid_lifetime",
    "max_valid_lifetime",
    "renew_timer",
    "rebind_timer",
    "calculate_tee_times",
    "t1_percent",
    "t2_percent",
    "cache_threshold",
    "cache_max_age",
    "store_extended_info",
    *(name for _, name in DDNS),
)
"""The fields that both families inherit, apart from FLAGS."""

ONLY4: Final = ("authoritative", "match_client_id", "next_server", "server_hostname", "boot_file_name")
ONLY6: Final = ("preferred_lifetime", "min_preferred_lifetime", "max_preferred_lifetime")
INHERITED: Final = {4: COMMON + ONLY4, 6: COMMON + ONLY6}
"""The inherited fields by family. A network's `interface`, `relay` and `interface-id` are looked up at run time."""

_INHERITED: Final = {number: frozenset(names) for number, names in INHERITED.items()}
_EMPTY_IS_UNSET: Final = ("next_server", "server_hostname", "boot_file_name")


def own_flags(scope: Any) -> tuple[bool | None, bool | None, bool | None]:
    """Return what FLAGS are in *scope* alone."""
    mode = scope.reservation_mode
    if mode is not None:
        return MODES[mode]
    return scope.reservations_global, scope.reservations_in_subnet, scope.reservations_out_of_pool


def global_values(model: DhcpServer, family: int) -> dict[str, Any]:
    """Return the values of the global scope, defaults included."""
    values = {name: getattr(model, name) for name in INHERITED[family]}
    if model.dhcp_ddns is not None:
        for moved, name in MOVED:
            value = getattr(model.dhcp_ddns, moved)
            if value is not None and name not in model.model_fields_set:
                values[name] = value
    for name, default, value in zip(FLAGS, MODES["all"], own_flags(model), strict=True):
        values[name] = default if value is None else value
    return values


def derive(scope: Any, above: dict[str, Any], family: int) -> dict[str, Any]:
    """Return the values of *scope*, a subnet or shared network, within *above*; *above* itself if it sets none."""
    given: set[str] = scope.model_fields_set
    own = {name: getattr(scope, name) for name in given & _INHERITED[family]}
    for name in _EMPTY_IS_UNSET:
        if own.get(name) == "":
            del own[name]
    if not given.isdisjoint(_SAY_FLAGS):
        own.update((name, flag) for name, flag in zip(FLAGS, own_flags(scope), strict=True) if flag is not None)
    return {**above, **own} if own else above


def triplet(values: Values, kind: str) -> Triplet:
    """Return the bounds of a lifetime. kind: `valid` or `preferred`."""
    default = values[f"{kind}_lifetime"]
    minimum, maximum = values[f"min_{kind}_lifetime"], values[f"max_{kind}_lifetime"]
    return Triplet(default if minimum is None else minimum, default, default if maximum is None else maximum)


def class_triplet(minimum: int | None, default: int | None, maximum: int | None) -> Triplet | None:
    """Return the lifetime of a class, where one value may stand for all; None if it has none."""
    value = default if default is not None else minimum if minimum is not None else maximum
    if value is None:
        return None
    return Triplet(value if minimum is None else minimum, value, value if maximum is None else maximum)


def ddns_parameters(values: Values) -> DdnsParameters:
    """Return the DDNS parameters among *values*."""
    return DdnsParameters(**{field: values[name] for field, name in DDNS})


def caching(values: Values) -> tuple[float | None, int | None]:
    """Return the effective `cache-threshold` and `cache-max-age`: None for what does not limit, both None for off.

    A threshold outside of 0.0 to 1.0 and an age of 0 turn caching off. ARM "Lease Caching".
    """
    threshold, age = values["cache_threshold"], values["cache_max_age"]
    if age == 0 or (threshold is not None and not 0.0 < threshold <= 1.0):
        return None, None
    return threshold, age
