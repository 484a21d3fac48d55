"""`option-def` and `option-data`. ARM dhcp4-std-options, dhcp4-custom-options."""

from __future__ import annotations

from kea_twisted.config.section import Commented, Maybe, Uint32


class OptionDef(Commented):
    """One entry of `option-def`: the format of an option."""

    name: str
    """The name, unique in the space."""
    code: Uint32
    """The code, unique in the space."""
    type: str
    """The data type, or `record`."""
    space: Maybe[str] = None
    """The option space; `dhcp4` or `dhcp6` if not given."""
    array: bool = False
    """Whether the value, or the last field of a record, repeats."""
    record_types: str = ""
    """The types of a record's fields, separated by commas."""
    encapsulate: str = ""
    """The option space of the sub-options."""


class OptionData(Commented):
    """One entry of `option-data`: the value of an option."""

    name: Maybe[str] = None
    """The name; this or the code is needed."""
    code: Maybe[Uint32] = None
    """The code; this or the name is needed."""
    space: Maybe[str] = None
    """The option space; `dhcp4` or `dhcp6` if not given."""
    data: Maybe[str] = None
    """The value, empty if not given."""
    csv_format: Maybe[bool] = None
    """Whether data is text with commas (the default) or hexadecimal."""
    always_send: Maybe[bool] = None
    """Whether clients get the option that did not ask for it."""
