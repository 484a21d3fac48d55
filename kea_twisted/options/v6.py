"""The standard DHCPv6 options: one row an option.

Names and types are the manual's (dhcp6-std-options-list) and, where it leaves them open, those of Kea 2.2.0. The
options 89 to 93 are in no row here: they stand only in the containers of Softwire46, see :mod:`.vendor`.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.family import V6
from kea_twisted.options.definition import OptionDefinition


def _row(
    code: int, name: str, data_type: str, *, record: str = "", array: bool = False, encapsulates: str = "", source: str
) -> OptionDefinition:
    fields = tuple(record.split(", ")) if record else ()
    return OptionDefinition(code, name, V6.space, data_type, array, fields, encapsulates, source, V6)


OPTIONS: Final[tuple[OptionDefinition, ...]] = (
    _row(1, "clientid", "binary", source="RFC 8415 §21.2"),
    _row(2, "serverid", "binary", source="RFC 8415 §21.3"),
    _row(3, "ia-na", "record", record="uint32, uint32, uint32", source="RFC 8415 §21.4"),
    _row(4, "ia-ta", "uint32", source="RFC 8415 §21.5"),
    _row(5, "iaaddr", "record", record="ipv6-address, uint32, uint32", source="RFC 8415 §21.6"),
    _row(6, "oro", "uint16", array=True, source="RFC 8415 §21.7"),
    _row(7, "preference", "uint8", source="RFC 8415 §21.8"),
    _row(8, "elapsed-time", "uint16", source="RFC 8415 §21.9"),
    _row(9, "relay-msg", "binary", source="RFC 8415 §21.10"),
    _row(11, "auth", "binary", source="RFC 8415 §21.11"),
    _row(12, "unicast", "ipv6-address", source="RFC 8415 §21.12"),
    _row(13, "status-code", "record", record="uint16, string", source="RFC 8415 §21.13"),
    _row(14, "rapid-commit", "empty", source="RFC 8415 §21.14"),
    _row(15, "user-class", "binary", source="RFC 8415 §21.15"),
    _row(16, "vendor-class", "record", record="uint32, binary", source="RFC 8415 §21.16"),
    _row(17, "vendor-opts", "uint32", encapsulates="vendor-opts-space", source="RFC 8415 §21.17"),
    _row(18, "interface-id", "binary", source="RFC 8415 §21.18"),
    _row(19, "reconf-msg", "uint8", source="RFC 8415 §21.19"),
    _row(20, "reconf-accept", "empty", source="RFC 8415 §21.20"),
    _row(21, "sip-server-dns", "fqdn", array=True, source="RFC 3319 §3.1"),
    _row(22, "sip-server-addr", "ipv6-address", array=True, source="RFC 3319 §3.2"),
    _row(23, "dns-servers", "ipv6-address", array=True, source="RFC 3646 §3"),
    _row(24, "domain-search", "fqdn", array=True, source="RFC 3646 §4"),
    _row(25, "ia-pd", "record", record="uint32, uint32, uint32", source="RFC 8415 §21.21"),
    _row(
        26,
        "iaprefix",
        "record",
        record="uint32, uint32, uint8, ipv6-address",
        source="RFC 8415 §21.22",
    ),
    _row(27, "nis-servers", "ipv6-address", array=True, source="RFC 3898 §3"),
    _row(28, "nisp-servers", "ipv6-address", array=True, source="RFC 3898 §4"),
    _row(29, "nis-domain-name", "fqdn", array=True, source="RFC 3898 §5"),
    _row(30, "nisp-domain-name", "fqdn", array=True, source="RFC 3898 §6"),
    _row(31, "sntp-servers", "ipv6-address", array=True, source="RFC 4075 §4"),
    _row(32, "information-refresh-time", "uint32", source="RFC 8415 §21.23"),
    _row(33, "bcmcs-server-dns", "fqdn", array=True, source="RFC 4280 §4.2"),
    _row(34, "bcmcs-server-addr", "ipv6-address", array=True, source="RFC 4280 §4.4"),
    _row(36, "geoconf-civic", "record", record="uint8, uint16, binary", source="RFC 4776"),
    _row(37, "remote-id", "record", record="uint32, binary", source="RFC 4649"),
    _row(38, "subscriber-id", "binary", source="RFC 4580"),
    _row(39, "client-fqdn", "record", record="uint8, fqdn", source="RFC 4704 §4"),
    _row(40, "pana-agent", "ipv6-address", array=True, source="RFC 5192"),
    _row(41, "new-posix-timezone", "string", source="RFC 4833"),
    _row(42, "new-tzdb-timezone", "string", source="RFC 4833"),
    _row(43, "ero", "uint16", array=True, source="RFC 4994"),
    _row(44, "lq-query", "record", record="uint8, ipv6-address", source="RFC 5007 §4.1.2.1"),
    _row(45, "client-data", "empty", source="RFC 5007 §4.1.2.2"),
    _row(46, "clt-time", "uint32", source="RFC 5007 §4.1.2.3"),
    _row(47, "lq-relay-data", "record", record="ipv6-address, binary", source="RFC 5007 §4.1.2.4"),
    _row(48, "lq-client-link", "ipv6-address", array=True, source="RFC 5007 §4.1.2.5"),
    _row(51, "v6-lost", "fqdn", source="RFC 5223"),
    _row(52, "capwap-ac-v6", "ipv6-address", array=True, source="RFC 5417"),
    _row(53, "relay-id", "binary", source="RFC 5460"),
    _row(57, "v6-access-domain", "fqdn", source="RFC 5986"),
    _row(58, "sip-ua-cs-list", "fqdn", array=True, source="RFC 6011"),
    _row(59, "bootfile-url", "string", source="RFC 5970 §3.1"),
    _row(60, "bootfile-param", "tuple", array=True, source="RFC 5970"),
    _row(61, "client-arch-type", "uint16", array=True, source="RFC 5970"),
    _row(62, "nii", "record", record="uint8, uint8, uint8", source="RFC 5970"),
    _row(64, "aftr-name", "fqdn", source="RFC 6334 §3"),
    _row(65, "erp-local-domain-name", "fqdn", source="RFC 6440"),
    _row(66, "rsoo", "empty", encapsulates="rsoo-opts", source="RFC 6422"),
    _row(67, "pd-exclude", "ipv6-prefix", source="RFC 6603 §4.2"),
    _row(74, "rdnss-selection", "record", record="ipv6-address, uint8, fqdn", array=True, source="RFC 6731"),
    _row(79, "client-linklayer-addr", "binary", source="RFC 6939"),
    _row(80, "link-address", "ipv6-address", source="RFC 6977"),
    _row(82, "solmax-rt", "uint32", source="RFC 8415 §21.24"),
    _row(83, "inf-max-rt", "uint32", source="RFC 8415 §21.25"),
    _row(87, "dhcpv4-message", "binary", source="RFC 7341"),
    _row(88, "dhcp4o6-server-addr", "ipv6-address", array=True, source="RFC 7341"),
    _row(94, "s46-cont-mape", "empty", encapsulates="s46-cont-mape-options", source="RFC 7598 §5.1"),
    _row(95, "s46-cont-mapt", "empty", encapsulates="s46-cont-mapt-options", source="RFC 7598 §5.2"),
    _row(96, "s46-cont-lw", "empty", encapsulates="s46-cont-lw-options", source="RFC 7598 §5.3"),
    _row(103, "v6-captive-portal", "string", source="RFC 8910 §2.2"),
    _row(135, "relay-source-port", "uint16", source="RFC 8357"),
    _row(143, "ipv6-address-andsf", "ipv6-address", array=True, source="RFC 6153"),
)

LAST_RESORT: Final[tuple[OptionDefinition, ...]] = ()
"""What options are if neither a standard row nor a configuration defines them: DHCPv6 has none."""

MANAGED: Final[frozenset[int]] = frozenset((1, 2, 3, 4, 5, 6, 8, 9, 11, 13, 14, 15, 16, 17, 18, 25, 26))
"""The options that the server, the client or a relay makes, and no administrator (but for 17, which containers of
vendor options need). Configuring one is allowed, as in Kea. ARM dhcp6-std-options-list, second table."""

REPEATABLE: Final[frozenset[int]] = frozenset((3, 4, 5, 16, 17, 25, 26))
"""The options of RFC 8415 that may occur several times in one message or one container. RFC 8415 §24."""

DEFERRED: Final[frozenset[int]] = frozenset()
"""The options of queries that are decoded only after classification: DHCPv6 has none."""

CLASS_DEFINABLE: Final[frozenset[int]] = frozenset()
"""The options that a client class may define for itself: DHCPv6 has none. ARM dhcp4-private-opts."""

ALIASES: Final[dict[str, str]] = {"client-id": "clientid", "server-id": "serverid"}
"""Names that the manual gives and Kea does not know, and what they mean."""
