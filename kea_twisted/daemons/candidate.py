"""A configuration on trial: everything about it that can fail is done here, while the running one stays in force."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kea_twisted.base.octets import file_name
from kea_twisted.config.common import DhcpServer
from kea_twisted.config.server_config import ServerConfig
from kea_twisted.daemons.parts import FamilyParts
from kea_twisted.errors import ConfigError, ConfigErrors, Position
from kea_twisted.family import Family
from kea_twisted.net.interfaces import Interfaces
from kea_twisted.net.reader import SocketRules
from kea_twisted.net.selection import Selection, check_against, parse_entries
from kea_twisted.net.sockets import RetryPolicy

DEFAULT_DATA_DIRECTORY: Final = "/var/lib/kea"


@dataclass(frozen=True, slots=True)
class LeasePlace:
    """Where leases are kept; configurations with the same place share the open store. path: None to keep nothing."""

    path: str | None
    max_row_errors: int
    lfc_interval: int

    def same_store(self, other: LeasePlace | None) -> bool:
        """Return whether the open store of *other* serves as well: a file's, or one that is in memory only."""
        return other is not None and self.path == other.path


@dataclass(frozen=True, slots=True)
class Candidate:
    """A configuration that may be put in force."""

    model: Any
    config: ServerConfig
    selection: Selection
    rules: SocketRules
    policy: RetryPolicy
    place: LeasePlace
    interfaces: Interfaces
    absent: tuple[ConfigError, ...] = ()
    """Interfaces and addresses that the machine does not have, or not yet."""


def data_directory(model: DhcpServer) -> str:
    """Return where a server keeps what it must remember."""
    configured = getattr(model, "data_directory", None)
    return file_name(configured or "") or os.environ.get("KEA_DHCP_DATA_DIR") or DEFAULT_DATA_DIRECTORY


def lease_place(model: DhcpServer, family: Family) -> LeasePlace:
    """Return where `lease-database` wants leases."""
    database = model.lease_database
    # The name of a database is not that of a file.
    name = database.name if database.type == "memfile" else None
    path: str | None = file_name(name or "") or str(Path(data_directory(model)) / f"kea-leases{family.number}.csv")
    if database.persist is False:
        path = None
    interval = database.lfc_interval
    return LeasePlace(path, database.max_row_errors or 0, 3600 if interval is None else interval)


def try_configuration(
    model: Any, parts: FamilyParts, port: int, interfaces: Interfaces, starting: bool = False
) -> Candidate:
    """Return *model* as something that can be put in force. Raises ConfigErrors with all mistakes, or KeaError.

    starting: there is no configuration to go on with, so what the machine lacks is only noted: it may come later.
    """
    family = parts.family
    section = model.interfaces_config
    selection, errors = parse_entries(section.interfaces, family, _positions(model, family))
    absent = check_against(selection, interfaces, family, _positions(model, family))
    if not starting or section.service_sockets_require_all:
        errors += absent
    errors += _check_data_directory(model, family)
    config: ServerConfig | None = None
    try:
        config = parts.build(model, interfaces.keys())
    except ConfigErrors as found:
        errors += found.errors
    if errors:
        raise ConfigErrors(sorted(errors, key=_place))
    assert config is not None
    return Candidate(
        model,
        config,
        selection,
        parts.socket_rules(model, selection, port),
        RetryPolicy(
            section.service_sockets_require_all,
            section.service_sockets_max_retries,
            section.service_sockets_retry_wait_time,
        ),
        lease_place(model, family),
        interfaces,
        tuple(absent),
    )


def _check_data_directory(model: DhcpServer, family: Family) -> list[ConfigError]:
    """Return a mistake for a `data-directory` that is none: one that does not exist is a slip of the pen, as in Kea."""
    configured = getattr(model, "data_directory", None)
    if configured is None or os.path.isdir(file_name(configured)):
        return []
    what = "is no directory" if os.path.exists(file_name(configured)) else "does not exist"
    position = None if model.document is None else model.document.position((family.root, "data-directory"))
    return [ConfigError(f"'{configured}' {what}", f"{family.root}/data-directory", position)]


def _positions(model: Any, family: Family) -> Callable[[int], Position | None]:
    """Return what tells where an entry of the list of interfaces stands in the text."""
    document = model.document

    def position(place: int) -> Position | None:
        if document is None:
            return None
        found: Position = document.position((family.root, "interfaces-config", "interfaces", place))
        return found

    return position


def _place(error: ConfigError) -> tuple[str, int, int]:
    position = error.position
    return ("", 0, 0) if position is None else (position.file, position.line, position.column)
