"""Entries of `option-data` and `option-def`: from their keywords to encoded options and definitions.

All that makes an entry wrong is an EntryError that names the option and the keyword; where the entry stands is known to
who calls.
Not here: scopes, precedence and the options a server makes itself. ARM dhcp4-std-options, dhcp4-custom-options,
dhcp4-option-data-defaults and their DHCPv6 counterparts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kea_twisted.errors import WireError
from kea_twisted.family import V4, V6, Family
from kea_twisted.options import codec, spaces, special
from kea_twisted.options.definition import ConfiguredOption, OptionDefinition
from kea_twisted.options.types import BY_NAME
from kea_twisted.options.vendor import vendor_of

MAX_CODE: Final = {V4.number: 0xFF, V6.number: 0xFFFF}
"""The greatest code of an option, by family."""

_RESERVED: Final[dict[str, dict[int, str]]] = {
    V4.space: {0: "it is the pad", 255: "it is the end of options"},
    V6.space: {0: "it is reserved"},
}
"""The codes of the top spaces that are no options. RFC 2132 §3.1 and §3.2, RFC 8415 §24."""

_CHILDLESS: Final = ("binary", "string")
"""The types that take all octets, so that no sub-options can follow: Kea never adds any to them."""


class EntryError(ValueError):
    """What is wrong with an entry. keyword: the one whose value is wrong, "" if it is the entry as a whole."""

    def __init__(self, message: str, keyword: str = "") -> None:
        ValueError.__init__(self, message)
        self.keyword = keyword


def configure_option(
    *,
    definitions: spaces.Definitions,
    family: Family,
    name: str | None = None,
    code: int | None = None,
    space: str | None = None,
    data: str = "",
    csv_format: bool | None = True,
    always_send: bool = False,
    user_context: str = "",
) -> ConfiguredOption:
    """Return the option that one entry of `option-data` configures; EntryError with the reason if it cannot be.

    An absent keyword is None, or has the default of its parameter here. An option without a definition needs a code,
    hexadecimal data, and `csv-format` that is not true: None is text where there is a definition, octets where not.
    """
    space = family.space if space is None else space
    _check_space(space, family)
    if name is not None and " " in name:
        raise EntryError(f"the option name '{name}' has a space in it", "name")
    if code is not None:
        _check_code(code, space, family)
        definition = definitions.find(space, code)
    elif name is not None:
        definition = definitions.find_name(space, name)
    else:
        raise EntryError("an option needs a name or a code")
    if definition is None:
        if csv_format or code is None:
            reason = f"no option {_label(space, name, code)} is defined" + _advice(code)
            raise EntryError(reason, "name" if code is None else "code")
        return ConfiguredOption(
            code, space, _hex(data, _label(space, name, code)), always_send, None, vendor_of(space), user_context
        )
    if name is not None and name != definition.name and definitions.find_name(space, name) is not definition:
        reason = f"option {definition.code} of space {space} is called '{definition.name}', not '{name}'"
        raise EntryError(reason, "name")
    body = _body(definition, data, csv_format, f"{space}.{definition.name}")
    return ConfiguredOption(definition.code, space, body, always_send, definition, vendor_of(space), user_context)


def _body(definition: OptionDefinition, data: str, csv_format: bool | None, label: str) -> bytes:
    """Return the octets of *data*; EntryError if they do not suit *definition*."""
    try:
        if csv_format is not False:
            return special.obedient(definition, codec.encode_csv(definition, data))
        return special.canonical(definition, codec.encode_hex(data))
    except WireError as error:
        raise EntryError(f"option {label}: {error.reason}", "data") from error
    except ValueError as error:
        raise EntryError(f"option {label}: {error}", "data") from error


def make_definition(
    *,
    family: Family,
    name: str,
    code: int,
    data_type: str,
    space: str | None = None,
    array: bool = False,
    record_types: str = "",
    encapsulate: str = "",
) -> OptionDefinition:
    """Return the definition that one entry of `option-def` makes; EntryError with the reason if it cannot be."""
    space = family.space if space is None else space
    if not spaces.valid_name(name):
        raise EntryError(f"'{name}' is no name for an option: letters, digits, and '-' and '_' inside", "name")
    if not spaces.valid_name(space):
        raise EntryError(f"'{space}' is no name for an option space: letters, digits, and '-' and '_' inside", "space")
    if encapsulate and not spaces.valid_name(encapsulate):
        reason = f"'{encapsulate}' is no name for an option space: letters, digits, and '-' and '_' inside"
        raise EntryError(reason, "encapsulate")
    _check_code(code, space, family)
    if spaces.standard_row(space, code, name) is not None:
        raise EntryError(f"option '{name}' ({code}) is a standard option of space {space} and cannot be redefined")
    row = BY_NAME.get(data_type)
    if row is None:
        raise EntryError(f"option '{name}': there is no type '{data_type}', only {', '.join(BY_NAME)}", "type")
    record = _record(name, data_type, record_types, array)
    if array and not row.repeats:
        raise EntryError(f"option '{name}': the type '{data_type}' cannot be an array", "array")
    if encapsulate:
        if array:
            reason = f"option '{name}': an array has no end after which the options of '{encapsulate}' can stand"
            raise EntryError(reason, "encapsulate")
        if encapsulate == space:
            raise EntryError(f"option '{name}': an option cannot encapsulate its own space '{space}'", "encapsulate")
        if data_type in _CHILDLESS:
            encapsulate = ""
    return OptionDefinition(code, name, space, data_type, array, record, encapsulate, "option-def", family)


def make_class_definition(
    *,
    family: Family,
    name: str | None = None,
    code: int | None = None,
    data_type: str,
    space: str | None = None,
    array: bool = False,
    record_types: str = "",
    encapsulate: str = "",
) -> OptionDefinition:
    """Return the definition that the `option-def` of a client class makes; EntryError with the reason if it cannot be.

    Only DHCPv4 has them, and only for the options 43 and 224 to 254 of space dhcp4. ARM dhcp4-private-opts.
    """
    if code is None and name is not None:
        known = spaces.STANDARD_OF[family.number].find_name(space or family.space, name)
        code = known.code if known is not None else None
    if code is None or name is None:
        raise EntryError("an option definition needs a name and a code")
    if (space or family.space) != family.space or code not in spaces.CLASS_DEFINABLE[family.number]:
        raise EntryError(f"option '{name}' ({code}) cannot be defined in a client class: only 43 and 224 to 254 can")
    return make_definition(
        family=family,
        name=name,
        code=code,
        data_type=data_type,
        space=space,
        array=array,
        record_types=record_types,
        encapsulate=encapsulate,
    )


def duplicate_definition(definitions: Iterable[OptionDefinition], added: OptionDefinition) -> str:
    """Return why *added* cannot stand beside *definitions* ("" if it can): code and name are unique in a space."""
    for row in definitions:
        if row.space == added.space:
            if row.code == added.code:
                return f"option {added.code} of space {added.space} is already defined"
            if row.name == added.name:
                return f"an option '{added.name}' of space {added.space} is already defined"
    return ""


def _record(name: str, data_type: str, record_types: str, array: bool) -> tuple[str, ...]:
    """Return the fields of a record, () for other types."""
    fields = tuple(part.strip() for part in record_types.split(",") if part.strip())
    if data_type != "record":
        if fields:
            raise EntryError(
                f"option '{name}': 'record-types' is for the type 'record', not for '{data_type}'", "record-types"
            )
        return ()
    if len(fields) < 2:
        raise EntryError(f"option '{name}': a record has two fields or more, not {len(fields)}", "record-types")
    for at, kind in enumerate(fields):
        row = BY_NAME.get(kind)
        if row is None or not row.in_record:
            raise EntryError(f"option '{name}': '{kind}' cannot be a field of a record", "record-types")
        if row.last and at < len(fields) - 1:
            reason = f"option '{name}': a field '{kind}' must be the last, because it has no end"
            raise EntryError(reason, "record-types")
        if row.last and array:
            raise EntryError(f"option '{name}': a field '{kind}' cannot be an array, because it has no end", "array")
    return fields


def _check_space(space: str, family: Family) -> None:
    """Raise EntryError unless options of *family* may be configured in *space*."""
    if space == family.space:
        return
    if not spaces.valid_name(space):
        raise EntryError(f"'{space}' is no name for an option space: letters, digits, and '-' and '_' inside", "space")
    for other in (V4, V6):
        if space == other.space and other is not family:
            raise EntryError(f"the option space '{space}' is that of {other.daemon}", "space")


def _check_code(code: int, space: str, family: Family) -> None:
    """Raise EntryError unless *space* can have an option *code*."""
    if not 0 <= code <= MAX_CODE[family.number]:
        raise EntryError(f"the option code {code} is not between 0 and {MAX_CODE[family.number]}", "code")
    reason = _RESERVED.get(space, {}).get(code) if space == family.space else None
    if reason:
        raise EntryError(f"{code} is no option code: {reason}", "code")


def _label(space: str, name: str | None, code: int | None) -> str:
    """Return what to call an option in a message."""
    return f"'{space}.{name}'" if code is None else f"{code} of space '{space}'"


def _advice(code: int | None) -> str:
    """Return what an administrator can do about an option without a definition."""
    if code is None:
        return "; give its code, or define it with 'option-def'"
    return "; give hexadecimal data with 'csv-format' false, or define it with 'option-def'"


def _hex(data: str, label: str) -> bytes:
    try:
        return codec.encode_hex(data)
    except ValueError as error:
        raise EntryError(f"option {label}: {error}", "data") from error
