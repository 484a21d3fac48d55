"""The one list of keywords that are read and kept but whose behaviour this version does not have yet.

Each gives a warning when a configuration uses it. A row leaves when the behaviour arrives; nothing else is accepted
without being obeyed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from kea_twisted.base.kea_json.parse import Document, Remark
from kea_twisted.config.common import DhcpServer
from kea_twisted.config.problems import path_text


@dataclass(frozen=True, slots=True)
class Later:
    """One keyword: its path below the root, when it is used, and what is missing."""

    path: tuple[str, ...]
    used: Callable[[DhcpServer], bool]
    missing: str


LATER: Final = (
    Later(
        ("lease-database", "type"),
        lambda m: m.lease_database.type != "memfile",
        "leases are kept in a file, not in a database",
    ),
    Later(("hosts-database",), lambda m: m.hosts_database is not None, "reservations are not read from databases"),
    Later(("hosts-databases",), lambda m: bool(m.hosts_databases), "reservations are not read from databases"),
    Later(("config-control",), lambda m: m.config_control is not None, "configuration is not read from databases"),
)


def warnings(model: DhcpServer, document: Document | None, root: str) -> Iterator[Remark]:
    """Return a warning for each keyword that *model* uses in vain."""
    for row in LATER:
        if row.used(model):
            path = (root, *row.path)
            position = document.position(path, True) if document else None
            yield Remark(f"not implemented yet: {row.missing}", position, path_text(path))
