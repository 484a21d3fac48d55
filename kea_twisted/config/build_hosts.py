"""Reservations: identifiers, what they give, and what must be unique. ARM host-reservation-v4, host-reservation-v6."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from kea_twisted.base.address import Range, parse4, parse6
from kea_twisted.base.octets import parse_hex_or_quoted
from kea_twisted.config.build_context import MAX_SNAME, Building, wide
from kea_twisted.config.build_options import options_of
from kea_twisted.config.problems import Path
from kea_twisted.config.reservations import Reservation, Reservation4, Reservation6
from kea_twisted.hosts.configured import duplicates
from kea_twisted.hosts.host import Host, IdentifierType

MAX_HW_ADDRESS: Final = 20
MAX_HOST_FILE: Final = 127
"""The octets of `boot-file-name` that databases keep."""

IDENTIFIERS: Final = {
    4: tuple((kind, kind.name.lower()) for kind in IdentifierType),
    6: tuple(
        (kind, kind.name.lower()) for kind in (IdentifierType.HW_ADDRESS, IdentifierType.DUID, IdentifierType.FLEX_ID)
    ),
}
"""The identifiers that reservations of a family may have, and the fields of the models."""


def build_hosts(
    building: Building, models: Sequence[Reservation], subnet_id: int, prefix: Range | None, name: str, path: Path
) -> list[Host]:
    """Return the reservations of one subnet, or the global ones with subnet_id 0 and prefix None."""
    hosts: list[Host] = []
    places: dict[int, tuple[Reservation, Path]] = {}
    for index, model in enumerate(models):
        here = (*path, "reservations", index)
        identifier = _identifier(building, model, here)
        if identifier is None:
            continue
        host = Host(
            identifier[0],
            identifier[1],
            subnet_id,
            hostname=wide(model.hostname) if model.hostname else "",
            classes=tuple(wide(each) for each in model.client_classes if each.strip()),
            user_context=model.context,
        )
        told = len(building.problems.errors)
        if isinstance(model, Reservation4):
            _fill4(building, host, model, prefix, name, here)
        elif isinstance(model, Reservation6):
            _fill6(building, host, model, prefix, name, here)
        if model.option_data:
            host.options = options_of(building, model.option_data, here)
        elif not _gives_something(host) and len(building.problems.errors) == told:
            # What is wrong was meant to give something.
            message = "a reservation must include at least one of: hostname, address, prefix, options, client classes"
            building.problems.add(here, message)
        places[id(host)] = model, here
        hosts.append(host)
    for found in duplicates(hosts, building.family, building.model.ip_reservations_unique):
        model, here = places[id(found.host)]
        where = here if found.address is None else _address_path(model, found.address, here)
        building.problems.add(where, found.reason)
    return hosts


def _gives_something(host: Host) -> bool:
    return bool(
        host.hostname
        or host.address
        or host.addresses
        or host.prefixes
        or host.classes
        or host.next_server
        or host.server_hostname
        or host.boot_file_name
    )


def _identifier(building: Building, model: Reservation, path: Path) -> tuple[IdentifierType, bytes] | None:
    """Return the identifier of a reservation; None after noting why there is none."""
    stored = model.__dict__
    given = [(kind, stored[name]) for kind, name in IDENTIFIERS[building.family.number] if stored[name] is not None]
    if len(given) != 1:
        words = ", ".join(kind.keyword for kind, _ in IDENTIFIERS[building.family.number])
        if given:
            message = f"{' and '.join(kind.keyword for kind, _ in given)} exclude one another"
        else:
            message = f"one of the supported identifiers must be specified for host reservation: {words}"
        building.problems.add(path, message)
        return None
    kind, text = given[0]
    try:
        value = parse_hex_or_quoted(wide(text))
    except ValueError:
        building.problems.add((*path, kind.keyword), f"invalid host identifier value '{text}'")
        return None
    if not value:
        building.problems.add((*path, kind.keyword), "empty host identifier")
        return None
    if kind is IdentifierType.HW_ADDRESS and len(value) > MAX_HW_ADDRESS:
        message = f"a hardware address has at most {MAX_HW_ADDRESS} octets, this has {len(value)}"
        building.problems.add((*path, kind.keyword), message)
        return None
    return kind, value


def _fill4(building: Building, host: Host, model: Reservation4, prefix: Range | None, name: str, path: Path) -> None:
    if model.ip_address is not None:
        where = (*path, "ip-address")
        try:
            address = parse4(model.ip_address)
        except ValueError as error:
            building.problems.add(where, str(error))
        else:
            if address in (0, 0xFFFFFFFF):
                building.problems.add(where, f"must not make reservation for the '{model.ip_address}' address")
            elif prefix is not None and not prefix.first <= address <= prefix.last:
                message = f"specified reservation '{model.ip_address}' is not within the IPv4 subnet '{name}'"
                building.problems.add(where, message)
            else:
                host.address = address
    if model.next_server is not None:
        if model.next_server == "":
            building.problems.add((*path, "next-server"), "invalid next-server: '' is not an IPv4 address")
        else:
            host.next_server = building.next_server(model.next_server, path)
    host.server_hostname = building.boot_field(model, "server_hostname", path, MAX_SNAME)
    host.boot_file_name = building.boot_field(model, "boot_file_name", path, MAX_HOST_FILE)


def _fill6(building: Building, host: Host, model: Reservation6, prefix: Range | None, name: str, path: Path) -> None:
    addresses: list[int] = []
    for index, text in enumerate(model.ip_addresses):
        where = (*path, "ip-addresses", index)
        try:
            address = parse6(text)
        except ValueError as error:
            building.problems.add(where, str(error))
            continue
        if prefix is not None and not prefix.first <= address <= prefix.last:
            message = f"specified reservation '{text}' is not within the IPv6 subnet '{name}'"
            building.problems.add(where, message)
        elif address in addresses:
            building.problems.add(where, f"the address {text} stands twice in a reservation")
        else:
            addresses.append(address)
    prefixes: list[tuple[int, int]] = []
    for index, text in enumerate(model.prefixes):
        where = (*path, "prefixes", index)
        start, slash, length = text.partition("/")
        if not slash:
            building.problems.add(where, f"prefix reservation requires prefix length be specified in '{text}'")
            continue
        try:
            first = parse6(start)
        except ValueError as error:
            building.problems.add(where, str(error))
            continue
        if not (length.isascii() and length.isdigit() and int(length) <= 128):
            building.problems.add(where, f"invalid prefix length '{length}' for new IPv6 reservation")
        elif (first, int(length)) in prefixes:
            building.problems.add(where, f"the prefix {text} stands twice in a reservation")
        else:
            prefixes.append((first, int(length)))
    host.addresses, host.prefixes = tuple(addresses), tuple(prefixes)


def _address_path(model: Any, address: int, path: Path) -> Path:
    """Return where a reserved address stands."""
    if isinstance(model, Reservation4):
        return (*path, "ip-address")
    for word, texts in (("ip-addresses", model.ip_addresses), ("prefixes", model.prefixes)):
        for index, text in enumerate(texts):
            try:
                if parse6(text.partition("/")[0]) == address:
                    return (*path, word, index)
            except ValueError:
                continue
    return path
