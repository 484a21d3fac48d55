"""The standard options of spaces below the top: vendor spaces and the containers of Softwire46.

Space `vendor-N` holds the sub-options of enterprise N, in option 125 of DHCPv4 and option 17 of DHCPv6; the same number
means other options in the other family. The other spaces are known in both servers, those of cable modems under the
names `docsis3-v4` and `docsis3-v6` too. ARM dhcp4-vendor-opts, dhcp6-vendor-opts, s46-options.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kea_twisted.family import V4, V6, Family
from kea_twisted.options.definition import OptionDefinition

_VENDOR: Final = "vendor-"
_DOCSIS3: Final = "vendor-4491"
_ISC: Final = "vendor-2495"
_MAPE: Final = "s46-cont-mape-options"
_MAPT: Final = "s46-cont-mapt-options"
_LW: Final = "s46-cont-lw-options"
_RULE: Final = "s46-rule-options"
_BIND: Final = "s46-v4v6bind-options"


def _row(
    family: Family,
    space: str,
    code: int,
    name: str,
    data_type: str,
    *,
    record: str = "",
    array: bool = False,
    encapsulates: str = "",
    source: str,
) -> OptionDefinition:
    fields = tuple(record.split(", ")) if record else ()
    return OptionDefinition(code, name, space, data_type, array, fields, encapsulates, source, family)


_S46_RULE: Final = "uint8, uint8, uint8, ipv4-address, ipv6-prefix"

_CABLE4: Final = (
    _row(V4, _DOCSIS3, 1, "oro", "uint8", array=True, source="CL-SP-CANN-DHCP"),
    _row(V4, _DOCSIS3, 2, "tftp-servers", "ipv4-address", array=True, source="CL-SP-CANN-DHCP"),
)
_CABLE6: Final = (
    _row(V6, _DOCSIS3, 1, "oro", "uint16", array=True, source="CL-SP-CANN-DHCP"),
    _row(V6, _DOCSIS3, 2, "device-type", "string", source="CL-SP-CANN-DHCP"),
    _row(V6, _DOCSIS3, 10, "vendor-type", "string", source="CL-SP-CANN-DHCP"),
    _row(V6, _DOCSIS3, 32, "tftp-servers", "ipv6-address", array=True, source="CL-SP-CANN-DHCP"),
    _row(V6, _DOCSIS3, 33, "config-file", "string", source="CL-SP-CANN-DHCP"),
    _row(V6, _DOCSIS3, 34, "syslog-servers", "ipv6-address", array=True, source="CL-SP-CANN-DHCP"),
    _row(V6, _DOCSIS3, 36, "device-id", "binary", source="CL-SP-CANN-DHCP"),
    _row(V6, _DOCSIS3, 37, "time-servers", "ipv6-address", array=True, source="CL-SP-CANN-DHCP"),
    _row(V6, _DOCSIS3, 38, "time-offset", "int32", source="CL-SP-CANN-DHCP"),
    _row(V6, _DOCSIS3, 1026, "cmts-cm-mac", "binary", source="CL-SP-CANN-DHCP"),
)

OPTIONS4: Final[tuple[OptionDefinition, ...]] = (*_CABLE4, *(replace(row, space="docsis3-v4") for row in _CABLE4))

OPTIONS6: Final[tuple[OptionDefinition, ...]] = (
    *_CABLE6,
    *(replace(row, space="docsis3-v6") for row in _CABLE6),
    _row(V6, _ISC, 60000, "4o6-interface", "string", source="ARM dhcp6-vendor-opts"),
    _row(V6, _ISC, 60001, "4o6-source-address", "ipv6-address", source="ARM dhcp6-vendor-opts"),
    _row(V6, _ISC, 60002, "4o6-source-port", "uint16", source="ARM dhcp6-vendor-opts"),
    _row(V6, _MAPE, 89, "s46-rule", "record", record=_S46_RULE, encapsulates=_RULE, source="RFC 7598 §4.1"),
    _row(V6, _MAPE, 90, "s46-br", "ipv6-address", source="RFC 7598 §4.2"),
    _row(V6, _MAPT, 89, "s46-rule", "record", record=_S46_RULE, encapsulates=_RULE, source="RFC 7598 §4.1"),
    _row(V6, _MAPT, 91, "s46-dmr", "ipv6-prefix", source="RFC 7598 §4.3"),
    _row(V6, _LW, 90, "s46-br", "ipv6-address", source="RFC 7598 §4.2"),
    _row(
        V6,
        _LW,
        92,
        "s46-v4v6bind",
        "record",
        record="ipv4-address, ipv6-prefix",
        encapsulates=_BIND,
        source="RFC 7598 §4.4",
    ),
    _row(V6, _RULE, 93, "s46-portparams", "record", record="uint8, psid", source="RFC 7598 §4.5"),
    _row(V6, _BIND, 93, "s46-portparams", "record", record="uint8, psid", source="RFC 7598 §4.5"),
)


def vendor_of(space: str) -> int:
    """Return the enterprise number of space `vendor-N`, 0 for any other space."""
    if not space.startswith(_VENDOR):
        return 0
    digits = space[len(_VENDOR) :]
    number = int(digits) if digits.isascii() and digits.isdigit() else 0
    return number if number <= 0xFFFFFFFF else 0


def vendor_space(enterprise: int) -> str:
    """Return the name of the space of an enterprise number."""
    return f"{_VENDOR}{enterprise}"
