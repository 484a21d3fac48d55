"""Options as text for people: in the details of a logged packet, and as `option[x].text` of expressions.

The forms are those of Kea 2.2.0, octet for octet, because expressions compare them and people search logs for them. One
difference: Kea shows nothing for an IPv6 prefix. Text in a packet is bytes of no known encoding, so text here is bytes
shown as str with ``surrogateescape``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kea_twisted.base.address import Prefix, text6
from kea_twisted.base.octets import colon_hex
from kea_twisted.errors import WireError
from kea_twisted.family import V4, V6, Family
from kea_twisted.options import codec, special, suboptions
from kea_twisted.options.definition import OptionDefinition
from kea_twisted.options.spaces import Definitions
from kea_twisted.options.types import FIELDS, Address4, Address6, Field, Integer, Name, Psid, Text, Tuple, Value
from kea_twisted.options.v4 import DEFERRED
from kea_twisted.options.vendor import vendor_space

_DIGITS: Final = {V4.number: 3, V6.number: 5}
"""How wide codes and lengths are shown, by family."""


STATUS_NAMES: Final[dict[int, str]] = {
    0: "Success",
    1: "UnspecFail",
    2: "NoAddrsAvail",
    3: "NoBinding",
    4: "NotOnLink",
    5: "UseMulticast",
    6: "NoPrefixAvail",
    7: "UnknownQueryType",
    8: "MalformedQuery",
    9: "NotConfigured",
    10: "NotAllowed",
}
"""Status codes. RFC 8415 §21.13, RFC 5007 §4.1.3."""

_TYPE_NAMES: Final = {id(found): name for fields in FIELDS.values() for name, found in fields.items()}


def to_text(definitions: Definitions, space: str, code: int, body: bytes, family: Family, indent: int = 0) -> str:
    """Return the line or lines that show an option of a packet; octets where its definition does not fit them.

    space: where *code* is looked up. indent: blanks before each line.
    """
    definition = definitions.find(space, code)
    blanks = " " * indent
    if definition is None or definition.type == "binary":
        return blanks + raw_text(code, body, family)
    try:
        shown = _SPECIAL.get((space, code))
        if shown is not None:
            return blanks + shown(definitions, body, indent)
        return blanks + _generic(definitions, definition, body, indent)
    except WireError:
        return blanks + raw_text(code, body, family)


def to_string(
    definitions: Definitions, space: str, code: int, body: bytes, family: Family, deferred: bool = False
) -> str:
    """Return what `option[code].text` is: the characters of a text, and what logs show of any other option.

    deferred: the options that classes may define are not decoded yet, and octets only. ARM dhcp4-private-opts.
    """
    if deferred and space == V4.space and code in DEFERRED:
        return raw_text(code, body, family)
    definition = definitions.find(space, code)
    if definition is not None and definition.type == "string":
        return body.rstrip(b"\0").decode("utf-8", "surrogateescape")
    return to_text(definitions, space, code, body, family)


def raw_text(code: int, body: bytes, family: Family) -> str:
    """Return what shows an option without a definition."""
    return f"{_head(code, len(body), family)}: {colon_hex(body)}"


def _head(code: int, length: int, family: Family, name: str = "") -> str:
    width = _DIGITS[family.number]
    return f"type={code:0{width}d}{name}, len={length:0{width}d}"


def _generic(definitions: Definitions, definition: OptionDefinition, body: bytes, indent: int) -> str:
    """Return the text of an option by its definition alone."""
    family = definition.family
    code = definition.code
    parts, end = codec.split(definition, body)
    length = sum(len(octets) for _, octets in parts)
    below = ""
    if definition.encapsulates:
        below, inner = _below(definitions, definition.encapsulates, body[end:], family, indent)
        length += inner
    if definition.type == "empty":
        return f"{_head(code, length, family)}:{below}" if definition.encapsulates else _head(code, 0, family) + ": "
    once, repeated = codec.layout(definition)
    if repeated is not None and not once:
        found = repeated
        values = [found.unpack(octets) for _, octets in parts]
        if isinstance(found, Tuple):
            tuples = "".join(
                f", data-len{at}={len(_bytes(value))}, data{at}='{_chars(_bytes(value))}'"
                for at, value in enumerate(values)
            )
            return f"type={code}, len={length}{tuples}"
        if isinstance(found, Integer):
            # Kea keeps arrays of wide signed integers as unsigned ones, and shows them so.
            name = _type_name(found) if found.width == 1 else f"uint{found.width * 8}"
            shown = " ".join(f"{_unsigned(found, octets)}({name})" for _, octets in parts)
            return f"{_head(code, length, family)}: {shown}"
        if isinstance(found, Address4 | Address6):
            return f"{_head(code, length, family)}:" + "".join(f" {found.format(value)}" for value in values)
    if len(parts) == 1 and isinstance(parts[0][0], Integer):
        return f"{_head(code, length, family)}: {_shown(*parts[0])}{below}"
    return f"{_head(code, length, family)}:" + "".join(f" {_shown(*part)}" for part in parts) + below


def _shown(found: Field, octets: bytes) -> str:
    """Return the value of one field and the name of its type in brackets."""
    value = found.unpack(octets)
    return f"{_value_text(found, value)} ({_type_name(found)})"


def _value_text(found: Field, value: Value) -> str:
    if isinstance(found, Text | Name):
        return f'"{found.format(value)}"'
    if isinstance(value, Psid):
        return f"len={value.length},psid={value.value}"
    if isinstance(found, Tuple):
        return f'"{_chars(_bytes(value))}"'
    if isinstance(value, Prefix):
        return f"{text6(value.first)}/{value.length}"
    return found.format(value)


def _type_name(found: Field) -> str:
    return _TYPE_NAMES[id(found)]


def _unsigned(found: Integer, octets: bytes) -> int:
    signed = found.signed and found.width == 1
    return int.from_bytes(octets, "big", signed=signed)


def _parse4(body: bytes, padded: bool) -> list[tuple[int, bytes]]:
    return sorted(suboptions.parse4(body, padded).items())


def _parse6(body: bytes, _padded: bool) -> list[tuple[int, bytes]]:
    return sorted(suboptions.parse6(body), key=lambda pair: pair[0])


_PARSED: Final = {V4.number: (_parse4, 2), V6.number: (_parse6, 4)}
"""How sub-options are read, sorted by code, and how many octets code and length take, by family."""


def _below(definitions: Definitions, space: str, body: bytes, family: Family, indent: int) -> tuple[str, int]:
    """Return the lines of the sub-options of *space* in *body*, and how many octets they take."""
    parse, header = _PARSED[family.number]
    pairs = parse(body, space == codec.PADDED_SPACE)
    if not pairs:
        return "", 0
    lines = [to_text(definitions, space, code, inner, family, indent + 2) for code, inner in pairs]
    return ",\noptions:\n" + "\n".join(lines), sum(header + len(inner) for _, inner in pairs)


def _fqdn4(_definitions: Definitions, body: bytes, _indent: int) -> str:
    """Show the client's name of DHCPv4. RFC 4702 §2."""
    if len(body) < 3:
        raise WireError("FQDN option cut short", 0, 81)
    flags = body[0]
    shown = f"(N={flags >> 3 & 1}, E={flags >> 2 & 1}, O={flags >> 1 & 1}, S={flags & 1})"
    if flags & 4:
        name = special.client_name(body[3:])
    else:
        name = body[3:].decode("utf-8", "surrogateescape")
    return f"type=81 (CLIENT_FQDN), flags: {shown}, domain-name='{name}' ({_wholeness(name)})"


def _fqdn6(_definitions: Definitions, body: bytes, _indent: int) -> str:
    """Show the client's name of DHCPv6. RFC 4704 §4."""
    if not body:
        raise WireError("FQDN option cut short", 0, 39)
    flags = body[0]
    name = special.client_name(body[1:])
    shown = f"(N={flags >> 2 & 1}, O={flags >> 1 & 1}, S={flags & 1})"
    return f"type=39(CLIENT_FQDN), flags: {shown}, domain-name='{name}' ({_wholeness(name)})"


def _wholeness(name: str) -> str:
    return "full" if name.endswith(".") or not name else "partial"


def _scope(_definitions: Definitions, body: bytes, _indent: int) -> str:
    """Show a service scope. RFC 2610 §4."""
    if not body:
        raise WireError("scope list cut short", 0, 79)
    return f'{_head(79, len(body), V4)}: mandatory:{body[0]}, scope-list:"{_chars(body[1:])}"'


def _vendor_class4(_definitions: Definitions, body: bytes, _indent: int) -> str:
    """Show a vendor class of DHCPv4. RFC 3925 §3."""
    blocks = suboptions.parse_vendor4(body)
    if not blocks:
        raise WireError("vendor class cut short", 0, 124)
    data = [octets for _, octets in blocks]
    # A bare enterprise number has no length octet, which a block has.
    return _vendor_class(124, len(body), blocks[0][0], [] if len(body) == 4 else data)


def _vendor_class6(_definitions: Definitions, body: bytes, _indent: int) -> str:
    """Show a vendor class of DHCPv6. RFC 8415 §21.16."""
    enterprise, data = suboptions.parse_vendor_class6(body)
    return _vendor_class(16, len(body), enterprise, data)


def _vendor_class(code: int, length: int, enterprise: int, data: list[bytes]) -> str:
    shown = "".join(
        f", data-len{at}={len(octets)}, vendor-class-data{at}='{_chars(octets)}'" for at, octets in enumerate(data)
    )
    return f"type={code}, len={length},  enterprise id=0x{enterprise:x}{shown}"


def _vendor4(definitions: Definitions, body: bytes, indent: int) -> str:
    """Show vendor options of DHCPv4. RFC 3925 §4."""
    blocks = suboptions.parse_vendor4(body)
    if not blocks:
        raise WireError("vendor options cut short", 0, 125)
    enterprise, octets = blocks[0]
    below, _ = _below(definitions, vendor_space(enterprise), octets, V4, indent)
    return f"{_head(125, len(body), V4)}: {enterprise} (uint32) {len(octets)} (uint8){below}"


def _vendor6(definitions: Definitions, body: bytes, indent: int) -> str:
    """Show vendor options of DHCPv6. RFC 8415 §21.17."""
    enterprise, octets = suboptions.parse_vendor6(body)
    below, _ = _below(definitions, vendor_space(enterprise), octets, V6, indent)
    return f"{_head(17, len(body), V6)}: {enterprise} (uint32){below}"


def _identity(code: int, name: str) -> Callable[[Definitions, bytes, int], str]:
    """Return what shows an identity association. RFC 8415 §21.4, §21.21."""

    def show(definitions: Definitions, body: bytes, indent: int) -> str:
        iaid, t1, t2 = _words(body, 12, code)
        below, _ = _below(definitions, V6.space, body[12:], V6, indent)
        return f"{_head(code, len(body), V6, name)}: iaid={iaid}, t1={t1}, t2={t2}{below}"

    return show


def _address6(definitions: Definitions, body: bytes, indent: int) -> str:
    """Show an address of an identity association. RFC 8415 §21.6."""
    preferred, valid = _words(body[16:], 8, 5)
    below, _ = _below(definitions, V6.space, body[24:], V6, indent)
    address = text6(int.from_bytes(body[:16], "big"))
    lifetimes = f"preferred-lft={preferred}, valid-lft={valid}"
    return f"{_head(5, len(body), V6, '(IAADDR)')}: address={address}, {lifetimes}{below}"


def _prefix6(definitions: Definitions, body: bytes, indent: int) -> str:
    """Show a delegated prefix. RFC 8415 §21.22."""
    preferred, valid = _words(body, 8, 26)
    if len(body) < 25:
        raise WireError("prefix cut short", len(body), 26)
    below, _ = _below(definitions, V6.space, body[25:], V6, indent)
    prefix = f"{text6(int.from_bytes(body[9:25], 'big'))}/{body[8]}"
    lifetimes = f"preferred-lft={preferred}, valid-lft={valid}"
    return f"{_head(26, len(body), V6, '(IAPREFIX)')}: prefix={prefix}, {lifetimes}{below}"


def _status6(_definitions: Definitions, body: bytes, _indent: int) -> str:
    """Show a status. RFC 8415 §21.13."""
    if len(body) < 2:
        raise WireError("status cut short", len(body), 13)
    status = int.from_bytes(body[:2], "big")
    name = STATUS_NAMES.get(status, "(unknown status code)")
    message = f'"{_chars(body[2:])}"' if len(body) > 2 else "(no status message)"
    return f"{_head(13, len(body), V6)}: {name}({status}) {message}"


def _excluded6(_definitions: Definitions, body: bytes, _indent: int) -> str:
    """Show an excluded prefix. RFC 6603 §4.2."""
    if not body:
        raise WireError("excluded prefix cut short", 0, 67)
    return f"{_head(67, len(body), V6)}: excluded-prefix-len={body[0]}, subnet-id=0x{body[1:].hex().upper()}"


_SPECIAL: Final[dict[tuple[str, int], Callable[[Definitions, bytes, int], str]]] = {
    (V4.space, 79): _scope,
    (V4.space, 81): _fqdn4,
    (V4.space, 124): _vendor_class4,
    (V4.space, 125): _vendor4,
    (V6.space, 3): _identity(3, "(IA_NA)"),
    (V6.space, 5): _address6,
    (V6.space, 13): _status6,
    (V6.space, 16): _vendor_class6,
    (V6.space, 17): _vendor6,
    (V6.space, 25): _identity(25, "(IA_PD)"),
    (V6.space, 26): _prefix6,
    (V6.space, 39): _fqdn6,
    (V6.space, 67): _excluded6,
}


def _words(body: bytes, length: int, code: int) -> tuple[int, ...]:
    """Return the 32-bit words of the first *length* octets; WireError if there are fewer."""
    if len(body) < length:
        raise WireError("option cut short", len(body), code)
    return tuple(int.from_bytes(body[at : at + 4], "big") for at in range(0, length, 4))


def _bytes(value: Value) -> bytes:
    return value if isinstance(value, bytes) else b""


def _chars(octets: bytes) -> str:
    return octets.decode("utf-8", "surrogateescape")
