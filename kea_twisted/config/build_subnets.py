"""Subnets and shared networks: what they inherit, their ids, and what a link's subnets must have in common.

Kea numbers the subnets of shared networks before the others, so that is the order here. ARM ipv4-subnet-id,
dhcp4-address-config, shared-network4 and their DHCPv6 counterparts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from kea_twisted.base.address import Range, parse, parse4, parse6, prefix_range, to_text
from kea_twisted.config.build_context import MAX_FILE, MAX_SNAME, Building, octets, strip_space, wide
from kea_twisted.config.build_hosts import build_hosts
from kea_twisted.config.build_options import options_of
from kea_twisted.config.build_pools import build_pd_pools, build_pools
from kea_twisted.config.build_scope import check_scope
from kea_twisted.config.inherit import FLAGS, caching, ddns_parameters, derive, triplet
from kea_twisted.config.problems import Path
from kea_twisted.config.subnets import Link, SharedNetwork4, SharedNetwork6, Subnet
from kea_twisted.config.subnets import Subnet4 as Subnet4Model
from kea_twisted.config.subnets import Subnet6 as Subnet6Model
from kea_twisted.hosts.host import Host
from kea_twisted.subnets.subnet import SharedNetwork
from kea_twisted.subnets.subnet import Subnet as BuiltSubnet
from kea_twisted.subnets.v4 import Subnet4
from kea_twisted.subnets.v6 import Subnet6 as BuiltSubnet6

S = TypeVar("S", bound=BuiltSubnet)

Values = dict[str, Any]


@dataclass(slots=True)
class Numbering:
    """The ids and the prefixes in use; ids are handed out from 1 on, whether or not they are taken."""

    last: int = 0
    ids: set[int] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)

    def number(self, building: Building, subnet: Subnet, text: str, path: Path) -> int:
        """Return the id of a subnet, and note one that is taken."""
        if subnet.id:
            number = subnet.id
        else:
            self.last += 1
            number = self.last
        if number in self.ids:
            where = (*path, "id") if subnet.id else path
            building.problems.add(where, f"ID of the new subnet '{number}' is already in use")
        if text in self.prefixes:
            building.problems.add((*path, "subnet"), f"subnet with the prefix of '{text}' already exists")
        self.ids.add(number)
        self.prefixes.add(text)
        return number


@dataclass(slots=True)
class Built:
    """All subnets, shared networks and their reservations."""

    subnets: list[Any] = field(default_factory=list)
    networks: list[SharedNetwork] = field(default_factory=list)
    hosts: list[Host] = field(default_factory=list)


def build_all(
    building: Building,
    networks: Sequence[SharedNetwork4 | SharedNetwork6],
    subnets: Sequence[Subnet4Model | Subnet6Model],
    globals_: Values,
) -> Built:
    """Return everything that `shared-networks` and `subnet4` or `subnet6` describe; subnets in the order of ids."""
    built = Built()
    numbering = Numbering()
    shared = _Shared(building)
    names: set[str] = set()
    word = building.family.subnets
    for index, model in enumerate(networks):
        here: Path = ("shared-networks", index)
        if model.name in names:
            building.problems.add((*here, "name"), f"duplicate network '{model.name}' found in the configuration")
        names.add(model.name)
        values = derive(model, globals_, building.family.number)
        check_scope(building, model, values, here)
        network = _network(building, model, here)
        members: Sequence[Subnet4Model | Subnet6Model] = model.subnets
        inner = [
            _subnet(shared, subnet, values, (model, network), numbering, built, (*here, word, place))
            for place, subnet in enumerate(members)
        ]
        network.subnets = [subnet for subnet in inner if subnet is not None]
        _check_interfaces(building, network, here)
        if isinstance(model, SharedNetwork6):
            _check_link6(building, network, here)
        else:
            _check_link4(building, model, here)
        built.networks.append(network)
    for place, subnet_model in enumerate(subnets):
        _subnet(shared, subnet_model, globals_, None, numbering, built, (word, place))
    built.subnets.sort(key=lambda subnet: subnet.id)
    return built


class _Shared:
    """What many subnets have in common, computed once: what follows from equal values."""

    __slots__ = ("_fields", "_values", "building")

    def __init__(self, building: Building) -> None:
        self.building = building
        self._fields: dict[int, Values] = {}
        self._values: list[Values] = []

    def fields(self, values: Values) -> Values:
        """Return the fields of a subnet that follow from *values* alone, the same objects for the same values."""
        found = self._fields.get(id(values))
        if found is None:
            self._values.append(values)  # keeps the id from being used again
            found = self._fields[id(values)] = _FIELDS[self.building.family.number](values)
        return found


def _fields(values: Values) -> Values:
    """Return the fields of subnets of either family that follow from *values* alone."""
    threshold, max_age = caching(values)
    return {
        "valid": triplet(values, "valid"),
        "t1": values["renew_timer"],
        "t2": values["rebind_timer"],
        "cache_threshold": threshold,
        "cache_max_age": max_age,
        "ddns": ddns_parameters(values),
        **{name: values[name] for name in _AS_THEY_ARE},
    }


def _fields4(values: Values) -> Values:
    """Return the fields of DHCPv4 subnets that follow from *values* alone."""
    return {
        **_fields(values),
        "authoritative": values["authoritative"],
        "match_client_id": values["match_client_id"],
        "next_server": _inherited_server(values["next_server"]),
        "server_hostname": octets(values["server_hostname"] or ""),
        "boot_file_name": octets(values["boot_file_name"] or ""),
    }


def _fields6(values: Values) -> Values:
    """Return the fields of DHCPv6 subnets that follow from *values* alone."""
    return {**_fields(values), "preferred": triplet(values, "preferred")}


_AS_THEY_ARE: Final = ("calculate_tee_times", "t1_percent", "t2_percent", "store_extended_info", *FLAGS)
_FIELDS: Final = {4: _fields4, 6: _fields6}


def _network(building: Building, model: SharedNetwork4 | SharedNetwork6, path: Path) -> SharedNetwork:
    """Return a shared network without its subnets."""
    network = SharedNetwork(
        model.name,
        _interface(building, model, f"shared network {model.name}", path),
        _relays(building, model, path),
        wide(model.client_class or ""),
        tuple(map(wide, model.require_client_classes)),
        options_of(building, model.option_data, path),
        user_context=model.context,
    )
    if isinstance(model, SharedNetwork6):
        network.interface_id = octets(model.interface_id or "")
        _one_way_in(building, model, f"shared network {model.name}", path)
    else:
        _boot_fields(building, model, path)
    return network


def parse_subnet(text: str, building: Building) -> tuple[str, Range, int]:
    """Return the text, the range and the length of a `subnet`; ValueError if it is none. Host bits are allowed."""
    family = building.family
    plain = strip_space(text)
    start, slash, length = plain.partition("/")
    if not slash:
        raise ValueError(f"invalid subnet syntax (prefix/len expected): {text}")
    first = parse(start, family)
    bits = int(length) if length.isascii() and length.isdigit() else family.bits + 1
    if bits > family.bits:
        raise ValueError(f"invalid prefix length specified for subnet: {length}")
    return f"{to_text(first, family)}/{bits}", prefix_range(first, bits, family.bits), bits


def _subnet(
    shared: _Shared,
    model: Subnet4Model | Subnet6Model,
    above: Values,
    shared_network: tuple[SharedNetwork4 | SharedNetwork6, SharedNetwork] | None,
    numbering: Numbering,
    built: Built,
    path: Path,
) -> BuiltSubnet | None:
    """Return one subnet, and add it and its reservations to *built*; None if its prefix is no prefix.

    above: the values that it inherits. shared_network: its model and what was built of it.
    """
    building = shared.building
    link, network = shared_network if shared_network is not None else (None, None)
    try:
        text, span, length = parse_subnet(model.subnet, building)
    except ValueError as error:
        building.problems.add((*path, "subnet"), str(error))
        return None
    number = numbering.number(building, model, text, path)
    values = derive(model, above, building.family.number)
    if values is not above:
        check_scope(building, model, values, path)
    pools = build_pools(building, model.pools, span, text, path) if model.pools else []
    common: dict[str, Any] = {
        **shared.fields(values),
        "id": number,
        "first": span.first,
        "last": span.last,
        "prefix_length": length,
        "pools": tuple(pools),
        "interface": _interface(building, model, f"subnet {text}", path),
        "relays": _relays(building, model, path),
        "client_class": wide(model.client_class or ""),
        "require_client_classes": tuple(map(wide, model.require_client_classes)),
        "options": options_of(building, model.option_data, path),
        "network": network,
        "user_context": model.context,
        "text": text,
    }
    subnet: BuiltSubnet
    if isinstance(model, Subnet6Model):
        subnet = _finish6(building, model, common, path, link if isinstance(link, SharedNetwork6) else None)
    else:
        subnet = _finish4(building, model, common, path)
    if model.reservations:
        built.hosts.extend(build_hosts(building, model.reservations, number, span, text, path))
    built.subnets.append(subnet)
    return subnet


def _finish4(building: Building, model: Subnet4Model, common: dict[str, Any], path: Path) -> Subnet4:
    """Return a DHCPv4 subnet."""
    _boot_fields(building, model, path)
    subnet = Subnet4(**common)
    if model.four_over_six_interface:
        subnet.four_over_six_interface = model.four_over_six_interface
    if model.four_over_six_interface_id:
        subnet.four_over_six_interface_id = octets(model.four_over_six_interface_id)
    text = model.four_over_six_subnet
    if text:
        where = (*path, "4o6-subnet")
        start, slash, length = text.partition("/")
        if not slash or not (length.isascii() and length.isdigit() and int(length) <= 128):
            building.problems.add(where, f"4o6-subnet '{text}' is not of the form <prefix6/length>")
        else:
            try:
                span = prefix_range(parse6(start), int(length), 128)
                subnet.four_over_six_subnet = span.first, span.last
            except ValueError as error:
                building.problems.add(where, str(error))
    return subnet


def _finish6(
    building: Building, model: Subnet6Model, common: dict[str, Any], path: Path, above: SharedNetwork6 | None
) -> BuiltSubnet6:
    """Return a DHCPv6 subnet."""
    _one_way_in(building, model, f"subnet {common['text']}", path)
    return BuiltSubnet6(
        **common,
        pd_pools=tuple(build_pd_pools(building, model.pd_pools, common["pools"], common["text"], path))
        if model.pd_pools
        else (),
        rapid_commit=rapid_commit(model, above),
        interface_id=octets(model.interface_id or ""),
    )


def rapid_commit(model: Subnet6Model, network: SharedNetwork6 | None) -> bool:
    """Return whether a subnet has `rapid-commit`: its own, else its link's."""
    own = model.rapid_commit
    return own if own is not None else network is not None and network.rapid_commit is True


def _inherited_server(text: str | None) -> int:
    """Return a `next-server` whose mistakes were noted where it stands."""
    try:
        return parse4(text) if text else 0
    except ValueError:
        return 0


def _boot_fields(building: Building, model: Any, path: Path) -> None:
    """Check what a scope itself says for siaddr, sname and file."""
    if model.next_server:
        building.next_server(model.next_server, path, broadcast=True)
    if model.server_hostname:
        building.boot_field(model, "server_hostname", path, MAX_SNAME)
    if model.boot_file_name:
        building.boot_field(model, "boot_file_name", path, MAX_FILE)


def _interface(building: Building, model: Link, what: str, path: Path) -> str:
    """Return the `interface` of a link."""
    name = model.interface or ""
    if name and building.interfaces is not None and name not in building.interfaces:
        message = f"specified network interface name {name} for {what} is not present in the system"
        building.problems.add((*path, "interface"), message)
    return name


def _relays(building: Building, model: Link, path: Path) -> frozenset[int]:
    """Return the relay addresses of a link."""
    if model.relay is None:
        return frozenset()
    found: set[int] = set()
    old = model.relay.ip_address is not None
    if old and model.relay.ip_addresses is not None:
        building.problems.add((*path, "relay"), "give either ip-address or ip-addresses, not both")
    if not old and model.relay.ip_addresses is None:
        building.problems.add((*path, "relay"), "missing parameter 'ip-addresses'")
    for index, text in enumerate(model.relay.addresses):
        where = (*path, "relay", "ip-address") if old else (*path, "relay", "ip-addresses", index)
        if old and text == "":
            continue
        address = building.address(text, where)
        if address is None:
            continue
        if address in found:
            building.problems.add(where, f"the relay address {text} stands twice in the list")
        found.add(address)
    return frozenset(found)


def _one_way_in(building: Building, model: SharedNetwork6 | Subnet6Model, what: str, path: Path) -> None:
    """Note a link that is both directly attached and behind a relay that names it."""
    if model.interface and model.interface_id:
        message = f"interface (for local links) and interface-id (for relays) cannot both be defined for {what}"
        building.problems.add((*path, "interface-id"), message)


def _pairs(network: SharedNetwork, path: Path, word: str) -> Iterator[tuple[Any, Path]]:
    for index, subnet in enumerate(network.subnets):
        yield subnet, (*path, word, index)


def _check_interfaces(building: Building, network: SharedNetwork, path: Path) -> None:
    """Note subnets of one link with different interfaces."""
    common = network.interface
    for subnet, here in _pairs(network, path, building.family.subnets):
        if not subnet.interface:
            continue
        if common and subnet.interface != common:
            message = (
                f"subnet {subnet.text} has specified interface {subnet.interface}, but earlier subnet in the same "
                f"shared network or the shared network itself used {common}"
            )
            building.problems.add((*here, "interface"), message)
        common = common or subnet.interface


def _check_link4(building: Building, model: SharedNetwork4, path: Path) -> None:
    """Note subnets that say otherwise than their link whether they are `authoritative`.

    As in Kea, what stands at the global scope is not looked at: a link that says nothing counts as saying false.
    """
    wanted = model.authoritative is True
    for place, subnet in enumerate(model.subnet4):
        if subnet.authoritative is not None and subnet.authoritative != wanted:
            message = (
                f"subnet {subnet.subnet} has different authoritative setting {str(subnet.authoritative).lower()} "
                f"than the shared network itself: {str(wanted).lower()}"
            )
            building.problems.add((*path, "subnet4", place, "authoritative"), message)


def _check_link6(building: Building, network: SharedNetwork, path: Path) -> None:
    """Note subnets that differ in `rapid-commit`, be it their own or that of their link."""
    common: bool | None = None
    for subnet, here in _pairs(network, path, "subnet6"):
        if common is not None and subnet.rapid_commit != common:
            message = f"all subnets in a shared network must have the same rapid-commit value, {subnet.text} differs"
            building.problems.add((*here, "rapid-commit"), message)
        common = subnet.rapid_commit if common is None else common
