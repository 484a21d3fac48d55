"""An option definition, and an option as a configuration gives it. Values, no codec (that is :mod:`.codec`)."""

from __future__ import annotations

from dataclasses import dataclass

from kea_twisted.family import V4, Family


@dataclass(frozen=True, slots=True)
class OptionDefinition:
    """One option of one space: one row of a table, or one `option-def`.

    type: a keyword of kea_twisted.options.types (``record`` with *record* naming the fields). array: the type, or the
    last field of the record, repeats to the end. encapsulates: the space of the sub-options that follow, or "".
    source: RFC and section, for rows of the standard tables. family: whose conventions the octets follow (the width
    of a tuple's length, the header of sub-options).
    """

    code: int
    name: str
    space: str
    type: str
    array: bool = False
    record: tuple[str, ...] = ()
    encapsulates: str = ""
    source: str = ""
    family: Family = V4

    def __hash__(self) -> int:
        """Return a hash that takes no look at all fields; few definitions differ in others only."""
        return hash((self.space, self.code))


@dataclass(frozen=True, slots=True)
class ConfiguredOption:
    """One entry of an `option-data` list, encoded.

    body: the octets after code and length, sub-options of configured encapsulated spaces not included (the plan of
    the server adds them); of a vendor container (125 of dhcp4, 17 of dhcp6) the enterprise number and, from
    `csv-format` false, what follows it. vendor_id: the enterprise number for spaces `vendor-N`, else 0.
    definition: None if the option has none. persistent: `always-send`. user_context: JSON text or "".
    """

    code: int
    space: str
    body: bytes
    persistent: bool = False
    definition: OptionDefinition | None = None
    vendor_id: int = 0
    user_context: str = ""


OptionSet = tuple[ConfiguredOption, ...]
"""The options of one scope, in the order of configuration; a later entry of the same space and code wins."""
