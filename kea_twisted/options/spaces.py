"""Option spaces: which definition a code or a name has in a space.

A standard definition comes before one of the configuration, and that before one of last resort: standard options
cannot be redefined, option 43 can. ARM dhcp4-custom-options, dhcp4-option-spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from kea_twisted.errors import WireError
from kea_twisted.family import V4, V6, Family
from kea_twisted.options import codec, special, suboptions, v4, v6, vendor
from kea_twisted.options.definition import OptionDefinition
from kea_twisted.options.types import Integer

_NAME: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?")

_ALIASES: Final = {V4.space: v4.ALIASES, V6.space: v6.ALIASES}

CLASS_DEFINABLE: Final = {V4.number: v4.CLASS_DEFINABLE, V6.number: v6.CLASS_DEFINABLE}
"""The codes of the top space that a client class may define, by family."""


_DEFERRED: Final = {V4.space: v4.DEFERRED, V6.space: v6.DEFERRED}

_FEWEST_RECEIVED: Final = {(V6.space, 1): 1, (V6.space, 2): 1}
"""How many octets identifiers have at least when received; configurations may give shorter ones.

A client identifier of DHCPv4 is looked at later: one that is too short counts as a message of its type.
"""

_LAST_RESORTS: Final = frozenset((*v4.LAST_RESORT, *v6.LAST_RESORT))
"""Rows that a configuration may take the code of; their names stay."""

Rule = tuple[int, int, OptionDefinition | None]
"""The fewest octets of a body, what divides their number, and the definition if more is to be checked."""


class Definitions:
    """All option definitions that one server knows.

    custom: those of `option-def`, by (space, code). family: whose vendor spaces are meant; the other spaces are known
    in both (DHCPv4-over-DHCPv6 needs them).
    """

    __slots__ = ("_by_code", "_by_name", "_containers", "_rules", "custom", "family")

    def __init__(self, custom: Mapping[tuple[str, int], OptionDefinition] | None = None, family: Family = V4) -> None:
        self.custom: dict[tuple[str, int], OptionDefinition] = dict(custom or {})
        self.family = family
        self._by_code: dict[tuple[str, int], OptionDefinition] = {}
        self._by_name: dict[tuple[str, str], OptionDefinition] = {}
        self._rules: dict[str, dict[int, Rule]] = {}
        self._containers: dict[str, dict[int, OptionDefinition]] = {}
        for rows in (v4.LAST_RESORT, v6.LAST_RESORT, self.custom.values(), standard(family)):
            for row in rows:
                self._add(row)

    def _add(self, row: OptionDefinition) -> None:
        key = row.space, row.code
        replaced = self._by_code.get(key)
        if replaced is not None and replaced not in _LAST_RESORTS:
            self._by_name.pop((replaced.space, replaced.name), None)
        self._by_code[key] = row
        self._by_name[row.space, row.name] = row

    def find(self, space: str, code: int) -> OptionDefinition | None:
        """Return the definition of an option, None if it has none."""
        return self._by_code.get((space, code))

    def find_name(self, space: str, name: str) -> OptionDefinition | None:
        """Return the definition of the option that *space* calls *name*, None if it has none."""
        found = self._by_name.get((space, name))
        if found is None:
            alias = _ALIASES.get(space, {}).get(name)
            found = self._by_name.get((space, alias)) if alias else None
        return found

    def extended(self, custom: Mapping[tuple[str, int], OptionDefinition]) -> Definitions:
        """Return these definitions with *custom* over those of the configuration, as a client class has them.

        What *custom* defines anew keeps its former name beside the new one, and by that name its former definition.
        """
        if not custom:
            return self
        made = Definitions({**self.custom, **custom}, self.family)
        for row in self.custom.values():
            made._by_name.setdefault((row.space, row.name), row)
        return made

    def rules(self, space: str) -> dict[int, Rule]:
        """Return what received options of *space* must obey, by code; options decoded later have no rule."""
        found = self._rules.get(space)
        if found is None:
            deferred = _DEFERRED.get(space, frozenset())
            rules = {row.code: _rule(row) for row in self.in_space(space) if row.code not in deferred}
            found = self._rules[space] = {code: rule for code, rule in rules.items() if rule is not None}
        return found

    def containers(self, space: str) -> dict[int, OptionDefinition]:
        """Return the options of *space* whose sub-options are defined, but for those that are decoded later."""
        found = self._containers.get(space)
        if found is None:
            known = {name for name, _code in self._by_code}
            deferred = _DEFERRED.get(space, frozenset())
            rows = (row for row in self.in_space(space) if row.encapsulates in known and row.code not in deferred)
            found = self._containers[space] = {row.code: row for row in rows}
        return found

    def vendor_rules(self) -> dict[int, dict[int, Rule]]:
        """Return what received sub-options of vendors must obey, by enterprise number and code."""
        spaces = {space for space, _code in self._by_code}
        return {vendor.vendor_of(space): self.rules(space) for space in spaces if vendor.vendor_of(space)}

    def in_space(self, space: str) -> tuple[OptionDefinition, ...]:
        """Return the definitions of one space by code."""
        return tuple(row for key, row in sorted(self._by_code.items()) if key[0] == space)


def standard(family: Family) -> Iterable[OptionDefinition]:
    """Return the standard rows of both families, but vendor spaces of *family* only."""
    below = (*vendor.OPTIONS4, *vendor.OPTIONS6)
    mine = (row for row in below if row.family is family or not vendor.vendor_of(row.space))
    return (*v4.OPTIONS, *v6.OPTIONS, *mine)


STANDARD4: Final = Definitions(family=V4)
"""The definitions of a DHCPv4 server without a configuration."""

STANDARD6: Final = Definitions(family=V6)
"""The definitions of a DHCPv6 server without a configuration."""

STANDARD: Final = STANDARD4
"""The definitions for who does not look into vendor spaces, which differ by family."""

STANDARD_OF: Final = {V4.number: STANDARD4, V6.number: STANDARD6}
"""The definitions without a configuration, by family."""


def standard_row(space: str, code: int, name: str) -> OptionDefinition | None:
    """Return the standard row of *space* that has *code* or *name*; it cannot be redefined, but in vendor spaces."""
    if vendor.vendor_of(space):
        return None
    rows = (row for row in standard(V4) if row.space == space)
    return next((row for row in rows if row.code == code or row.name == name), None)


def valid_name(name: str) -> bool:
    """Return whether an option or a space may be called *name*: letters, digits, and ``-`` and ``_`` inside."""
    return _NAME.fullmatch(name) is not None


def malformed(definitions: Definitions, space: str, options: Mapping[int, bytes]) -> str:
    """Return why a received option is not of the form its definition asks for, "" if all are.

    Kea drops such a query whole, a text of no characters excepted; the options decoded later (43, 224 to 254 of
    DHCPv4) are not looked at. ARM dhcp4-private-opts.
    """
    reason = disobeyed(definitions.rules(space), options)
    containers = definitions.containers(space)
    if containers and not reason:
        for code in containers.keys() & options.keys():
            row, body = containers[code], options[code]
            try:
                inside = suboptions.parse4(body[codec.fields_end(row, body) :])
            except WireError as error:
                return str(error)
            reason = reason or malformed(definitions, row.encapsulates, inside)
    return reason


def disobeyed(rules: Mapping[int, Rule], options: Mapping[int, bytes]) -> str:
    """Return which option does not obey its rule, and why, "" if all do."""
    for code, body in options.items():
        rule = rules.get(code)
        if rule is None:
            continue
        minimum, multiple, row = rule
        if len(body) < minimum or len(body) % multiple:
            return f"option {code} has {len(body)} octets"
        if row is not None:
            try:
                special.check(row, body)
            except WireError as error:
                return str(error)
    return ""


def _rule(row: OptionDefinition) -> Rule | None:
    """Return what the octets of *row* must obey, None if any do."""
    fewest = _FEWEST_RECEIVED.get((row.space, row.code))
    if fewest is not None:
        return fewest, 1, None
    if row.type in ("binary", "empty") or (row.space, row.code) in special.TOLERATED:
        return None
    if row.type == "string":  # a text of no characters is as good as none, but not among vendor options
        return (0, 1, row) if vendor.vendor_of(row.space) else None
    once, repeated = codec.layout(row)
    one = repeated if repeated is not None and not once else once[0] if len(once) == 1 and repeated is None else None
    if (row.space, row.code) in special.ROWS or one is None or not one.width:
        return 0, 1, row
    if repeated is None:
        return one.width, 1, None
    if row.type in codec.EMPTY_LISTS:
        return 0, one.width, None
    return one.width, one.width if isinstance(one, Integer) else 1, None
