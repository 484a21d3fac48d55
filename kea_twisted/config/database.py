"""Databases: for leases, for reservations, for configuration. ARM database-configuration4, hosts4-storage, dhcp4-cb."""

# ruff: noqa: RUF012 (pydantic gives each instance its own copy of a default)
from __future__ import annotations

from typing import Literal

from kea_twisted.config.section import ANYTHING, TEXT, FileName, Maybe, Section, Uint16, Uint32

DatabaseType = Literal["memfile", "mysql", "postgresql"]
OnFail = Literal["stop-retry-exit", "serve-retry-exit", "serve-retry-continue"]


class Database(Section):
    """How to reach a database."""

    overlooked = TEXT

    type: DatabaseType
    """The kind of database."""
    name: Maybe[FileName] = None
    """The database, or the file for `memfile`."""
    host: Maybe[str] = None
    """The host; empty for this machine."""
    port: Maybe[Uint16] = None
    """The TCP port, if it is not the usual one."""
    user: Maybe[str] = None
    """The user."""
    password: Maybe[str] = None
    """The user's password."""
    connect_timeout: Maybe[Uint32] = None
    """Seconds to wait for a connection, 5 if not given."""
    max_reconnect_tries: Maybe[Uint32] = None
    """How often to try to connect again; 0, the default, never."""
    reconnect_wait_time: Maybe[Uint32] = None
    """Milliseconds between two tries; 0, the default, never tries."""
    on_fail: Maybe[OnFail] = None
    """Whether service goes on while connecting again, and what follows if that fails."""
    persist: Maybe[bool] = None
    """`memfile`: whether leases are written to a file; true if not given."""
    lfc_interval: Maybe[Uint32] = None
    """`memfile`: seconds between two cleanups of the file, 3600 if not given; 0 for none."""
    trust_anchor: Maybe[str] = None
    """File or directory of the certification authorities."""
    cert_file: Maybe[str] = None
    """File of the client certificate."""
    key_file: Maybe[str] = None
    """File of the private key."""
    cipher_list: Maybe[str] = None
    """Ciphers, in OpenSSL's notation."""


class LeaseDatabase(Database):
    """`lease-database`: where leases are kept."""

    max_row_errors: Maybe[Uint32] = None
    """`memfile`: how many bad rows of the file may be skipped; 0, the default, any number."""


class HostsDatabase(Database):
    """`hosts-database`, or one of `hosts-databases`: where more reservations are kept."""

    readonly: Maybe[bool] = None
    """Whether reservations are only read."""


class ConfigDatabase(Database):
    """One of `config-databases`."""


class ConfigControl(Section):
    """`config-control`: configuration that comes from a database. ARM dhcp4-cb-json."""

    overlooked = ANYTHING

    config_databases: list[ConfigDatabase] = []
    """The databases; at most one is used."""
    config_fetch_wait_time: Maybe[Uint16] = None
    """Seconds between two looks at the database, 30 if not given."""
