"""Checks of the global scope's sections: DDNS, identifiers, hardware addresses, the server's DUID.

What needs a look at the machine (does this interface exist, can this file be written) is the daemons' to check, and so
is the list of interfaces (kea_twisted.net.selection).
"""

from __future__ import annotations

import re
from typing import Final

from kea_twisted.base.address import parse4, parse6
from kea_twisted.config.build_context import Building
from kea_twisted.config.database import ConfigControl, ConfigDatabase
from kea_twisted.config.ddns import DhcpDdns
from kea_twisted.config.inherit import FLAGS
from kea_twisted.config.problems import Path
from kea_twisted.config.processing import QueueControl
from kea_twisted.config.v4 import Dhcp4
from kea_twisted.config.v6 import Dhcp6
from kea_twisted.options.spaces import Definitions

_DIGITS_OF_UUID: Final = 32

MAC_SOURCES: Final = {
    "any": "any",
    "raw": "raw",
    "duid": "duid",
    "ipv6-link-local": "ipv6-link-local",
    "client-link-addr-option": "client-link-addr-option",
    "rfc6939": "client-link-addr-option",
    "remote-id": "remote-id",
    "rfc4649": "remote-id",
    "subscriber-id": "subscriber-id",
    "rfc4580": "subscriber-id",
    "docsis-cmts": "docsis-cmts",
    "docsis-modem": "docsis-modem",
}
"""Methods of finding a hardware address, with the other names of some. ARM mac-in-dhcpv6."""

ALWAYS_SUPPLIED: Final = 65
"""The option that relay agents may always supply. RFC 6440 §5."""


def check_globals(building: Building, model: Dhcp4 | Dhcp6) -> None:
    """Note mistakes in the global scope's sections."""
    seen: set[str] = set()
    for index, identifier in enumerate(model.host_reservation_identifiers):
        if identifier in seen:
            where: Path = ("host-reservation-identifiers", index)
            building.problems.add(where, f"duplicate host identifier '{identifier}'")
        seen.add(identifier)
    if model.config_control is not None:
        _check_databases(building, model.config_control)
    if model.dhcp_ddns is not None:
        _check_ddns(building, model.dhcp_ddns)
    if model.dhcp_queue_control is not None and not model.multi_threaded:
        _check_queue(building, model.dhcp_queue_control, bool(model.hooks_libraries))


def _check_databases(building: Building, control: ConfigControl) -> None:
    """Note a configuration database that is given twice."""
    seen: list[ConfigDatabase] = []
    for index, database in enumerate(control.config_databases):
        if database in seen:
            where: Path = ("config-control", "config-databases", index)
            building.problems.add(where, "the same database stands twice in the list")
        seen.append(database)


def _check_queue(building: Building, control: QueueControl, hooks: bool) -> None:
    """Note a queue that cannot be; what hook libraries may bring is known only when they are loaded."""
    if not control.enable_queue:
        return
    ring = f"kea-ring{building.family.number}"
    if control.queue_type not in (None, ring):
        if not hooks:
            message = f"the type of the packet queue: '{control.queue_type}' is not supported; there is {ring}"
            building.problems.add(("dhcp-queue-control", "queue-type"), message)
    elif control.capacity == 0:
        building.problems.add(("dhcp-queue-control", "capacity"), "a queue of capacity 0 would drop every packet")


def _check_ddns(building: Building, ddns: DhcpDdns) -> None:
    """Note addresses of the DDNS connection that do not go together."""
    families: dict[str, int] = {}
    for word, text in (("server-ip", ddns.server_ip), ("sender-ip", ddns.sender_ip)):
        if text == "" and word == "sender-ip":
            continue
        for number, read in ((4, parse4), (6, parse6)):
            try:
                read(text)
            except ValueError:
                continue
            families[word] = number
        if word not in families:
            building.problems.add(("dhcp-ddns", word), f"'{text}' is not an IP address")
    if len(families) == 2 and families["server-ip"] != families["sender-ip"]:
        message = (
            f"address family mismatch: server-ip {ddns.server_ip} is IPv{families['server-ip']} "
            f"while sender-ip {ddns.sender_ip} is IPv{families['sender-ip']}"
        )
        building.problems.add(("dhcp-ddns", "sender-ip"), message)
    elif ddns.server_ip == ddns.sender_ip and ddns.server_port == ddns.sender_port:
        message = f"server and sender cannot share the same address and port: {ddns.server_ip}/{ddns.server_port}"
        building.problems.add(("dhcp-ddns", "sender-ip"), message)
    if ddns.ncr_protocol != "UDP":
        building.problems.add(("dhcp-ddns", "ncr-protocol"), f"NCR Protocol: {ddns.ncr_protocol} is not supported")


def mac_sources(building: Building, model: Dhcp6) -> tuple[str, ...]:
    """Return the methods of `mac-sources` by their first names."""
    found: list[str] = []
    for index, text in enumerate(model.mac_sources):
        name = MAC_SOURCES.get(text)
        if name is None:
            building.problems.add(("mac-sources", index), f"'{text}' is not a known MAC source")
        elif name in found:
            building.problems.add(("mac-sources", index), f"the mac-sources value '{name}' was specified twice")
        else:
            found.append(name)
    return tuple(found)


def relay_supplied_options(building: Building, definitions: Definitions, model: Dhcp6) -> frozenset[int]:
    """Return the codes of `relay-supplied-options`."""
    codes: set[int] = {ALWAYS_SUPPLIED}
    for index, text in enumerate(model.relay_supplied_options):
        where: Path = ("relay-supplied-options", index)
        if text.isascii() and text.isdigit() and int(text) > 0:
            if int(text) > 0xFFFF:
                message = f"invalid option code value specified '{text}', it must not be greater than '65535'"
                building.problems.add(where, message)
            codes.add(int(text))
            continue
        definition = definitions.find_name(building.family.space, text)
        if definition is None:
            building.problems.add(where, f"there is no option '{text}'")
        else:
            codes.add(definition.code)
    return frozenset(codes)


def check_server_id(building: Building, model: Dhcp6) -> None:
    """Note an `identifier` of the DUID that is not hexadecimal, or too short or long for its type."""
    section = model.server_id
    if section is None or not section.identifier:
        return
    message = ""
    if not re.fullmatch(r"(?:[0-9a-fA-F]{2})*", section.identifier):
        message = f"identifier '{section.identifier}' is not a valid string of hexadecimal digits"
    elif section.type == "UUID" and len(section.identifier) != _DIGITS_OF_UUID:
        message = f"a UUID has {_DIGITS_OF_UUID} hexadecimal digits, not {len(section.identifier)}"
    if message:
        building.problems.add(("server-id", "identifier"), message)


def reservations_used(subnets: list[object], globals_: dict[str, object]) -> tuple[bool, bool]:
    """Return whether any scope uses reservations of subnets, and global ones."""
    scopes = [*subnets]
    in_subnet = any(getattr(subnet, FLAGS[1]) for subnet in scopes) if scopes else bool(globals_[FLAGS[1]])
    in_global = bool(globals_[FLAGS[0]]) or any(getattr(subnet, FLAGS[0]) for subnet in scopes)
    return in_subnet, in_global
