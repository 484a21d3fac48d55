"""The standard DHCPv4 options: one row an option.

Names and types are the manual's (dhcp4-std-options-list); where it contradicts RFC 2132 or what Kea 2.2.0 does, the
latter: `domain-name` is text on the wire and no encoded name, `nds-servers` has an s. Option 43 is no standard option,
because configurations may define it; its definition of last resort stands below.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.family import V4
from kea_twisted.options.definition import OptionDefinition


def _row(
    code: int, name: str, data_type: str, *, record: str = "", array: bool = False, encapsulates: str = "", source: str
) -> OptionDefinition:
    fields = tuple(record.split(", ")) if record else ()
    return OptionDefinition(code, name, V4.space, data_type, array, fields, encapsulates, source, V4)


OPTIONS: Final[tuple[OptionDefinition, ...]] = (
    _row(1, "subnet-mask", "ipv4-address", source="RFC 2132 §3.3"),
    _row(2, "time-offset", "int32", source="RFC 2132 §3.4"),
    _row(3, "routers", "ipv4-address", array=True, source="RFC 2132 §3.5"),
    _row(4, "time-servers", "ipv4-address", array=True, source="RFC 2132 §3.6"),
    _row(5, "name-servers", "ipv4-address", array=True, source="RFC 2132 §3.7"),
    _row(6, "domain-name-servers", "ipv4-address", array=True, source="RFC 2132 §3.8"),
    _row(7, "log-servers", "ipv4-address", array=True, source="RFC 2132 §3.9"),
    _row(8, "cookie-servers", "ipv4-address", array=True, source="RFC 2132 §3.10"),
    _row(9, "lpr-servers", "ipv4-address", array=True, source="RFC 2132 §3.11"),
    _row(10, "impress-servers", "ipv4-address", array=True, source="RFC 2132 §3.12"),
    _row(11, "resource-location-servers", "ipv4-address", array=True, source="RFC 2132 §3.13"),
    _row(12, "host-name", "string", source="RFC 2132 §3.14"),
    _row(13, "boot-size", "uint16", source="RFC 2132 §3.15"),
    _row(14, "merit-dump", "string", source="RFC 2132 §3.16"),
    _row(15, "domain-name", "string", source="RFC 2132 §3.17"),
    _row(16, "swap-server", "ipv4-address", source="RFC 2132 §3.18"),
    _row(17, "root-path", "string", source="RFC 2132 §3.19"),
    _row(18, "extensions-path", "string", source="RFC 2132 §3.20"),
    _row(19, "ip-forwarding", "boolean", source="RFC 2132 §4.1"),
    _row(20, "non-local-source-routing", "boolean", source="RFC 2132 §4.2"),
    _row(21, "policy-filter", "ipv4-address", array=True, source="RFC 2132 §4.3"),
    _row(22, "max-dgram-reassembly", "uint16", source="RFC 2132 §4.4"),
    _row(23, "default-ip-ttl", "uint8", source="RFC 2132 §4.5"),
    _row(24, "path-mtu-aging-timeout", "uint32", source="RFC 2132 §4.6"),
    _row(25, "path-mtu-plateau-table", "uint16", array=True, source="RFC 2132 §4.7"),
    _row(26, "interface-mtu", "uint16", source="RFC 2132 §5.1"),
    _row(27, "all-subnets-local", "boolean", source="RFC 2132 §5.2"),
    _row(28, "broadcast-address", "ipv4-address", source="RFC 2132 §5.3"),
    _row(29, "perform-mask-discovery", "boolean", source="RFC 2132 §5.4"),
    _row(30, "mask-supplier", "boolean", source="RFC 2132 §5.5"),
    _row(31, "router-discovery", "boolean", source="RFC 2132 §5.6"),
    _row(32, "router-solicitation-address", "ipv4-address", source="RFC 2132 §5.7"),
    _row(33, "static-routes", "ipv4-address", array=True, source="RFC 2132 §5.8"),
    _row(34, "trailer-encapsulation", "boolean", source="RFC 2132 §6.1"),
    _row(35, "arp-cache-timeout", "uint32", source="RFC 2132 §6.2"),
    _row(36, "ieee802-3-encapsulation", "boolean", source="RFC 2132 §6.3"),
    _row(37, "default-tcp-ttl", "uint8", source="RFC 2132 §7.1"),
    _row(38, "tcp-keepalive-interval", "uint32", source="RFC 2132 §7.2"),
    _row(39, "tcp-keepalive-garbage", "boolean", source="RFC 2132 §7.3"),
    _row(40, "nis-domain", "string", source="RFC 2132 §8.1"),
    _row(41, "nis-servers", "ipv4-address", array=True, source="RFC 2132 §8.2"),
    _row(42, "ntp-servers", "ipv4-address", array=True, source="RFC 2132 §8.3"),
    _row(44, "netbios-name-servers", "ipv4-address", array=True, source="RFC 2132 §8.5"),
    _row(45, "netbios-dd-server", "ipv4-address", array=True, source="RFC 2132 §8.6"),
    _row(46, "netbios-node-type", "uint8", source="RFC 2132 §8.7"),
    _row(47, "netbios-scope", "string", source="RFC 2132 §8.8"),
    _row(48, "font-servers", "ipv4-address", array=True, source="RFC 2132 §8.9"),
    _row(49, "x-display-manager", "ipv4-address", array=True, source="RFC 2132 §8.10"),
    _row(50, "dhcp-requested-address", "ipv4-address", source="RFC 2132 §9.1"),
    _row(51, "dhcp-lease-time", "uint32", source="RFC 2132 §9.2"),
    _row(52, "dhcp-option-overload", "uint8", source="RFC 2132 §9.3"),
    _row(53, "dhcp-message-type", "uint8", source="RFC 2132 §9.6"),
    _row(54, "dhcp-server-identifier", "ipv4-address", source="RFC 2132 §9.7"),
    _row(55, "dhcp-parameter-request-list", "uint8", array=True, source="RFC 2132 §9.8"),
    _row(56, "dhcp-message", "string", source="RFC 2132 §9.9"),
    _row(57, "dhcp-max-message-size", "uint16", source="RFC 2132 §9.10"),
    _row(58, "dhcp-renewal-time", "uint32", source="RFC 2132 §9.11"),
    _row(59, "dhcp-rebinding-time", "uint32", source="RFC 2132 §9.12"),
    _row(60, "vendor-class-identifier", "string", source="RFC 2132 §9.13"),
    _row(61, "dhcp-client-identifier", "binary", source="RFC 2132 §9.14"),
    _row(62, "nwip-domain-name", "string", source="RFC 2242"),
    _row(63, "nwip-suboptions", "binary", source="RFC 2242"),
    _row(64, "nisplus-domain-name", "string", source="RFC 2132 §8.11"),
    _row(65, "nisplus-servers", "ipv4-address", array=True, source="RFC 2132 §8.12"),
    _row(66, "tftp-server-name", "string", source="RFC 2132 §9.4"),
    _row(67, "boot-file-name", "string", source="RFC 2132 §9.5"),
    _row(68, "mobile-ip-home-agent", "ipv4-address", array=True, source="RFC 2132 §8.13"),
    _row(69, "smtp-server", "ipv4-address", array=True, source="RFC 2132 §8.14"),
    _row(70, "pop-server", "ipv4-address", array=True, source="RFC 2132 §8.15"),
    _row(71, "nntp-server", "ipv4-address", array=True, source="RFC 2132 §8.16"),
    _row(72, "www-server", "ipv4-address", array=True, source="RFC 2132 §8.17"),
    _row(73, "finger-server", "ipv4-address", array=True, source="RFC 2132 §8.18"),
    _row(74, "irc-server", "ipv4-address", array=True, source="RFC 2132 §8.19"),
    _row(75, "streettalk-server", "ipv4-address", array=True, source="RFC 2132 §8.20"),
    _row(76, "streettalk-directory-assistance-server", "ipv4-address", array=True, source="RFC 2132 §8.21"),
    _row(77, "user-class", "binary", source="RFC 3004"),
    _row(78, "slp-directory-agent", "record", record="boolean, ipv4-address", array=True, source="RFC 2610 §3"),
    _row(79, "slp-service-scope", "record", record="boolean, string", source="RFC 2610 §4"),
    _row(81, "fqdn", "record", record="uint8, uint8, uint8, fqdn", source="RFC 4702 §2"),
    _row(82, "dhcp-agent-options", "empty", encapsulates="dhcp-agent-options-space", source="RFC 3046 §2"),
    _row(85, "nds-servers", "ipv4-address", array=True, source="RFC 2241 §2"),
    _row(86, "nds-tree-name", "string", source="RFC 2241 §3"),
    _row(87, "nds-context", "string", source="RFC 2241 §4"),
    _row(88, "bcms-controller-names", "fqdn", array=True, source="RFC 4280 §4.1"),
    _row(89, "bcms-controller-address", "ipv4-address", array=True, source="RFC 4280 §4.3"),
    _row(90, "authenticate", "binary", source="RFC 3118 §2"),
    _row(91, "client-last-transaction-time", "uint32", source="RFC 4388 §6.1"),
    _row(92, "associated-ip", "ipv4-address", array=True, source="RFC 4388 §6.1"),
    _row(93, "client-system", "uint16", array=True, source="RFC 4578 §2.1"),
    _row(94, "client-ndi", "record", record="uint8, uint8, uint8", source="RFC 4578 §2.2"),
    _row(97, "uuid-guid", "record", record="uint8, binary", source="RFC 4578 §2.3"),
    _row(98, "uap-servers", "string", source="RFC 2485"),
    _row(99, "geoconf-civic", "binary", source="RFC 4776"),
    _row(100, "pcode", "string", source="RFC 4833"),
    _row(101, "tcode", "string", source="RFC 4833"),
    _row(108, "v6-only-preferred", "uint32", source="RFC 8925 §3.1"),
    _row(112, "netinfo-server-address", "ipv4-address", array=True, source="RFC 3679"),
    _row(113, "netinfo-server-tag", "string", source="RFC 3679"),
    _row(114, "v4-captive-portal", "string", source="RFC 8910 §2.1"),
    _row(116, "auto-config", "uint8", source="RFC 2563"),
    _row(117, "name-service-search", "uint16", array=True, source="RFC 2937"),
    _row(118, "subnet-selection", "ipv4-address", source="RFC 3011"),
    _row(119, "domain-search", "fqdn", array=True, source="RFC 3397 §2"),
    _row(124, "vivco-suboptions", "record", record="uint32, binary", source="RFC 3925 §3"),
    _row(125, "vivso-suboptions", "uint32", source="RFC 3925 §4"),
    _row(136, "pana-agent", "ipv4-address", array=True, source="RFC 5192"),
    _row(137, "v4-lost", "fqdn", source="RFC 5223"),
    _row(138, "capwap-ac-v4", "ipv4-address", array=True, source="RFC 5417"),
    _row(141, "sip-ua-cs-domains", "fqdn", array=True, source="RFC 6011"),
    _row(
        146,
        "rdnss-selection",
        "record",
        record="uint8, ipv4-address, ipv4-address, fqdn",
        array=True,
        source="RFC 6731",
    ),
    _row(159, "v4-portparams", "record", record="uint8, psid", source="RFC 7618"),
    _row(
        212,
        "option-6rd",
        "record",
        record="uint8, uint8, ipv6-address, ipv4-address",
        array=True,
        source="RFC 5969 §7.1.1",
    ),
    _row(213, "v4-access-domain", "fqdn", source="RFC 5986"),
)

LAST_RESORT: Final[tuple[OptionDefinition, ...]] = (
    _row(
        43,
        "vendor-encapsulated-options",
        "empty",
        encapsulates="vendor-encapsulated-options-space",
        source="RFC 2132 §8.4",
    ),
)
"""What options are if neither a standard row nor a configuration defines them. ARM dhcp4-private-opts."""

MANAGED: Final[frozenset[int]] = frozenset((1, 12, 50, 51, 53, 55, 58, 59, 61, 81, 82, 90, 91, 92, 118))
"""The options that the server or the client makes, and no administrator. Configuring one is allowed, as in Kea.
ARM dhcp4-std-options-list, second table."""

RETURNED_UNASKED: Final[tuple[int, ...]] = (3, 6, 15, 54)
"""The options that a client gets without having asked for them. ARM dhcp4-std-options-list."""

DEFERRED: Final[frozenset[int]] = frozenset((43, *range(224, 255)))
"""The options of queries that are decoded only after classification, as classes may define them; to expressions they
are octets. ARM dhcp4-private-opts."""

CLASS_DEFINABLE: Final[frozenset[int]] = DEFERRED
"""The options that a client class may define for itself. ARM dhcp4-private-opts."""

ALIASES: Final[dict[str, str]] = {"nds-server": "nds-servers"}
"""Names that the manual gives and Kea does not know, and what they mean."""
