"""What is said in the log of reservations: which were looked for, and which found.

Not here: the looking. A lookup asks for the rank of the logger before it calls any of this. ARM logging.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from kea_twisted.base.address import text4, text6, to_text
from kea_twisted.base.octets import file_name
from kea_twisted.family import Family
from kea_twisted.hosts.host import Host, Identifier, IdentifierType
from kea_twisted.log.logger import HOSTS
from kea_twisted.log.message import DBG_BASIC_DATA, DBG_DETAIL_DATA, Message
from kea_twisted.log.messages import hosts as messages

_NAMES: Final = {IdentifierType.HW_ADDRESS: "hwaddr"}
"""Identifiers that the log calls otherwise than the configuration does."""


class _Lookup(NamedTuple):
    """The messages of a lookup by address.

    one, found, none: of the one reservation; every, each, total: of all.
    through_all: a lookup of the one goes through those of all, as in Kea.
    """

    one: Message
    found: Message
    none: Message
    every: Message
    each: Message
    total: Message
    through_all: bool


_BY_ADDRESS: Final = {
    4: _Lookup(
        messages.HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS4,
        messages.HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS4_HOST,
        messages.HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS4_NULL,
        messages.HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS4,
        messages.HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS4_HOST,
        messages.HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS4_COUNT,
        False,
    ),
    6: _Lookup(
        messages.HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS6,
        messages.HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS6_HOST,
        messages.HOSTS_CFG_GET_ONE_SUBNET_ID_ADDRESS6_NULL,
        messages.HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS6,
        messages.HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS6_HOST,
        messages.HOSTS_CFG_GET_ALL_SUBNET_ID_ADDRESS6_COUNT,
        True,
    ),
}


def identifier_text(identifier: Identifier) -> str:
    """Return an identifier as Kea's log has it, as in ``hwaddr=020000010001``."""
    kind, octets = identifier
    return f"{_NAMES.get(kind, kind.keyword)}={octets.hex().upper()}"


def host_text(host: Host) -> str:
    """Return all of a reservation on one line."""
    reserved = [text4(host.address)] if host.address else []
    reserved += [text6(address) for address in host.addresses]
    reserved += [f"{text6(first)}/{length}" for first, length in host.prefixes]
    return (
        f"{identifier_text((host.identifier_type, host.identifier))} subnet-id={host.subnet_id} "
        f"hostname={host.hostname or '(none)'} reserved={','.join(reserved) or '(nothing)'} "
        f"siaddr={text4(host.next_server) if host.next_server else '(none)'} "
        f"sname={_octets(host.server_hostname)} file={_octets(host.boot_file_name)} "
        f"classes={','.join(host.classes) or '(none)'}"
    )


def _octets(octets: bytes) -> str:
    return file_name(octets.decode("latin-1")) if octets else "(none)"


def log_host(host: Host) -> None:
    """Say that a configuration has a reservation."""
    HOSTS.log(messages.HOSTS_CFG_ADD_HOST, host_text(host))


def log_by_identifiers(family: Family, subnet_id: int, identifiers: Sequence[Identifier], found: Host | None) -> None:
    """Say which identifiers were looked for in a subnet, one after the other, and whose reservation was *found*."""
    for identifier in identifiers:
        text = identifier_text(identifier)
        HOSTS.log(messages.HOSTS_CFG_GET_ONE_SUBNET_ID_IDENTIFIER, f"IPv{family.number}", subnet_id, text)
        if found is not None and identifier == (found.identifier_type, found.identifier):
            if HOSTS.rank >= DBG_BASIC_DATA:
                message = messages.HOSTS_CFG_GET_ONE_SUBNET_ID_IDENTIFIER_HOST
                HOSTS.log(message, subnet_id, text, host_text(found))
            return
        HOSTS.log(messages.HOSTS_CFG_GET_ONE_SUBNET_ID_IDENTIFIER_NULL, subnet_id, text)


def log_by_address(family: Family, unique: bool, subnet_id: int, address: int, found: Iterable[Host]) -> None:
    """Say which address was looked for in a subnet, and the reservations *found*. unique: there is at most one."""
    lookup = _BY_ADDRESS[family.number]
    what = subnet_id, to_text(address, family)
    hosts = list(found)
    if unique:
        HOSTS.log(lookup.one, *what)
    if not unique or lookup.through_all:
        HOSTS.log(lookup.every, *what)
        if HOSTS.rank >= DBG_DETAIL_DATA:
            for host in hosts:
                HOSTS.log(lookup.each, *what, host_text(host))
        HOSTS.log(lookup.total, *what, len(hosts))
    if unique and not hosts:
        HOSTS.log(lookup.none, *what)
    elif unique and HOSTS.rank >= DBG_BASIC_DATA:
        HOSTS.log(lookup.found, *what, host_text(hosts[0]))
