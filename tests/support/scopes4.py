"""Which scope of a DHCPv4 configuration takes which keyword: the table of the manual (dhcp4-cb-parameters)."""

from __future__ import annotations

from typing import Any, Final

SCOPES: Final = "GCNSP"
"""Global, class, shared network, subnet, pool."""

PARAMETERS: Final[tuple[tuple[str, str, str, Any], ...]] = (
    # row, keyword, scopes, a value
    ("V4-607", "4o6-interface", "S", "lo"),
    ("V4-608", "4o6-interface-id", "S", "port"),
    ("V4-609", "4o6-subnet", "S", "2001:db8::/64"),
    ("V4-610", "boot-file-name", "GCNS", "/boot"),
    ("V4-611", "cache-max-age", "GNS", 600),
    ("V4-612", "cache-threshold", "GNS", 0.25),
    ("V4-613", "calculate-tee-times", "GNS", True),
    ("V4-614", "client-class", "NSP", "a"),
    ("V4-615", "ddns-send-updates", "GNS", False),
    ("V4-616", "ddns-override-no-update", "GNS", True),
    ("V4-617", "ddns-override-client-update", "GNS", True),
    ("V4-618", "ddns-replace-client-name", "GNS", "always"),
    ("V4-619", "ddns-generated-prefix", "GNS", "guest"),
    ("V4-620", "ddns-qualifying-suffix", "GNS", "example.org"),
    ("V4-621", "decline-probation-period", "G", 60),
    ("V4-622", "dhcp4o6-port", "G", 6767),
    ("V4-623", "echo-client-id", "G", False),
    ("V4-624", "hostname-char-set", "GNS", "[^a-z]"),
    ("V4-625", "hostname-char-replacement", "GNS", "x"),
    ("V4-626", "interface", "NS", "lo"),
    ("V4-627", "match-client-id", "GNS", False),
    ("V4-628", "min-valid-lifetime", "GCNS", 900),
    ("V4-629", "max-valid-lifetime", "GCNS", 9000),
    ("V4-630", "next-server", "GCNS", "192.0.2.7"),
    ("V4-631", "option-data", "GCNSP", [{"name": "routers", "data": "192.0.2.1"}]),
    ("V4-632", "option-def", "GC", [{"name": "foo", "code": 230, "type": "uint8"}]),
    ("V4-633", "rebind-timer", "GNS", 2000),
    ("V4-634", "renew-timer", "GNS", 1000),
    ("V4-635", "server-hostname", "GCNS", "server"),
    ("V4-636", "valid-lifetime", "GCNS", 6000),
    ("V4-637", "relay", "NS", {"ip-addresses": ["192.0.2.2"]}),
    ("V4-638", "require-client-classes", "NSP", ["a"]),
    ("V4-639", "reservation-mode", "GNS", "out-of-pool"),
    ("V4-640", "reservations-global", "GNS", True),
    ("V4-641", "reservations-in-subnet", "GNS", False),
    ("V4-642", "reservations-out-of-pool", "GNS", True),
    ("V4-643", "t1-percent", "GNS", 0.3),
    ("V4-644", "t2-percent", "GNS", 0.9),
    ("V4-D11", "ddns-enable-updates", "", True),
    ("V4-D20", "ddns-send-update", "", True),
    ("V4-318", "client-class", "NSP", "VENDOR_CLASS_docsis3.0"),
    ("V4-322", "early-global-reservations-lookup", "G", True),
    ("V4-329", "only-if-required", "C", True),
    ("V4-391", "server-hostname", "GCNS", ""),
    ("V4-398", "match-client-id", "GNS", True),
    ("V4-402", "authoritative", "GNS", False),
    ("V4-430", "reservations", "GS", [{"hw-address": "01:02:03:04:05:06", "hostname": "a"}]),
    ("V4-467", "host-reservation-identifiers", "G", ["duid"]),
    ("V4-472", "ip-reservations-unique", "G", False),
    ("V4-476", "reservations-lookup-first", "G", True),
    ("V4-580", "user-context", "GCNSP", {"a": 1}),
    ("V4-581", "comment", "GCNSP", "text"),
    ("V4-602", "server-tag", "G", "one"),
    ("V4-646", "compatibility", "G", {"lenient-option-parsing": True}),
)
"""Kea 2.2.0 refuses one place that the manual's table has: `require-client-classes` globally."""
