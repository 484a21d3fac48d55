"""What `interfaces-config.interfaces` asks for: names, addresses on them, or everything. Pure text work and checks.

Not here: what a family makes of it (:mod:`.v4`, :mod:`.v6`). ARM dhcp4-interface-configuration, dhcp6-unicast.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kea_twisted.base.address import parse, to_text
from kea_twisted.errors import ConfigError, Position
from kea_twisted.family import Family
from kea_twisted.net.interfaces import Interfaces


@dataclass(frozen=True, slots=True)
class Entry:
    """One string of the list. address: None for the whole interface; name ``*`` for all. place: its index."""

    place: int
    name: str
    address: int | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """The whole list. everything: whether ``*`` is in it."""

    entries: tuple[Entry, ...] = ()
    everything: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The interfaces asked for by name, each once."""
        return tuple(dict.fromkeys(entry.name for entry in self.entries))

    def named(self, name: str) -> bool:
        """Return whether the interface is asked for by name, with or without an address."""
        return any(entry.name == name for entry in self.entries)

    def addresses(self, name: str) -> tuple[int, ...]:
        """Return the addresses asked for on an interface, in order."""
        return tuple(entry.address for entry in self.entries if entry.name == name and entry.address is not None)

    def whole(self, name: str) -> bool:
        """Return whether the interface is asked for without an address, by name or by ``*``."""
        return self.everything or any(entry.name == name and entry.address is None for entry in self.entries)


def path_of(family: Family, place: int) -> str:
    """Return where in the configuration an entry stands."""
    return f"{family.root}/interfaces-config/interfaces[{place}]"


Positions = Callable[[int], Position | None]
"""Tells where in the configuration text an entry stands."""


def _nowhere(_place: int) -> Position | None:
    """Stand in for a configuration that never was text."""
    return None


def parse_entries(
    texts: Sequence[str], family: Family, positions: Positions = _nowhere
) -> tuple[Selection, list[ConfigError]]:
    """Return the selection that *texts* ask for, and every mistake that can be seen without looking at the machine."""
    entries: list[Entry] = []
    errors: list[ConfigError] = []
    everything = False
    for place, text in enumerate(texts):
        try:
            entry = _parse_entry(text, place, family)
            if entry.name == "*":
                if everything:
                    raise ValueError("'*' stands here twice")
                everything = True
            else:
                _check_repetition(entry, entries, family)
                entries.append(entry)
        except ValueError as error:
            errors.append(ConfigError(str(error), path_of(family, place), positions(place)))
    return Selection(tuple(entries), everything), errors


def _parse_entry(text: str, place: int, family: Family) -> Entry:
    """Return one entry; ValueError with the reason if it cannot be meant."""
    name, slash, address = (part.strip() for part in text.partition("/"))
    if not name:
        raise ValueError("an interface name is missing")
    if not slash:
        return Entry(place, name)
    if name == "*":
        raise ValueError("'*' cannot have an address")
    if not address:
        raise ValueError(f"the address after '{name}/' is missing")
    parsed = parse(address, family)
    if not 0 < parsed < family.beyond_unicast:
        raise ValueError(f"{to_text(parsed, family)} is no unicast address")
    return Entry(place, name, parsed)


def _check_repetition(entry: Entry, earlier: list[Entry], family: Family) -> None:
    """Raise ValueError if *entry* asks for what an earlier one has asked for already."""
    mine = [other for other in earlier if other.name == entry.name]
    if entry.address is None:
        if any(other.address is None for other in mine) or (mine and family.bits == 32):
            raise ValueError(f"interface '{entry.name}' is listed already")
        return
    if family.bits == 32 and any(other.address is None for other in mine):
        raise ValueError(f"interface '{entry.name}' is listed already, with all its addresses")
    if any(other.address == entry.address for other in mine):
        raise ValueError(f"address {to_text(entry.address, family)} of interface '{entry.name}' is listed already")
    if family.bits == 128 and any(other.address is not None for other in mine):
        raise ValueError(f"interface '{entry.name}' has a unicast address already; it can have one")


def check_against(
    selection: Selection, interfaces: Interfaces, family: Family, positions: Positions = _nowhere
) -> list[ConfigError]:
    """Return a mistake for each entry that names what the machine does not have, as Kea does when it loads."""
    errors = []
    for entry in selection.entries:
        interface = interfaces.get(entry.name)
        if interface is None:
            text = f"interface '{entry.name}' does not exist"
        elif entry.address is not None and entry.address not in interface.addresses(family):
            text = f"interface '{entry.name}' does not have the address {to_text(entry.address, family)}"
        else:
            continue
        errors.append(ConfigError(text, path_of(family, entry.place), positions(entry.place)))
    return errors
