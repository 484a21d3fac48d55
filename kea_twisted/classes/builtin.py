"""The client classes that exist without being configured. ARM classification-using-vendor.

Not here: who assigns them; that column of the table only says it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ALL: Final = "ALL"
KNOWN: Final = "KNOWN"
UNKNOWN: Final = "UNKNOWN"
DROP: Final = "DROP"
BOOTP: Final = "BOOTP"
SKIP_DDNS: Final = "SKIP_DDNS"
VENDOR_CLASS_PREFIX: Final = "VENDOR_CLASS_"
HA_PREFIX: Final = "HA_"
AFTER_PREFIX: Final = "AFTER_"
EXTERNAL_PREFIX: Final = "EXTERNAL_"


@dataclass(frozen=True, slots=True)
class Builtin:
    """One row. prefix: the name is only the beginning, something must follow. testable: a `test` may be configured."""

    name: str
    prefix: bool
    testable: bool
    assigned: str
    source: str


BUILTIN: Final[tuple[Builtin, ...]] = (
    Builtin(ALL, False, False, "to every packet, first of all", "CL-022"),
    Builtin(KNOWN, False, False, "when the client has a host reservation", "CL-023"),
    Builtin(UNKNOWN, False, False, "when the client has no host reservation", "CL-023"),
    Builtin(BOOTP, False, False, "to BOOTP queries, by the BOOTP hook", "CL-027"),
    Builtin(SKIP_DDNS, False, True, "by the DDNS tuning hook, to leave DNS alone", "CL-028"),
    Builtin(VENDOR_CLASS_PREFIX, True, True, "for the content of the vendor class option", "CL-025"),
    Builtin(HA_PREFIX, True, True, "by the High Availability hook, for the server that is to answer", "CL-026"),
    Builtin(AFTER_PREFIX, True, True, "by nobody yet", "CL-029"),
    Builtin(EXTERNAL_PREFIX, True, True, "by hooks, freely", "CL-029"),
)
"""Every built-in class. DROP is not among them: it has a meaning, but an expression may name it only if configured."""

_NAMES: Final = {row.name for row in BUILTIN if not row.prefix}
_PREFIXES: Final = tuple(row.name for row in BUILTIN if row.prefix)
_UNTESTABLE: Final = {row.name for row in BUILTIN if not row.testable}


def is_builtin(name: str) -> bool:
    """Return whether a class exists without being configured."""
    return name in _NAMES or (name.startswith(_PREFIXES) and name not in _PREFIXES)


def may_have_test(name: str) -> bool:
    """Return whether the configuration may give the class *name* a `test`."""
    return name not in _UNTESTABLE
