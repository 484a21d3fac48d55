"""Which scope of a DHCPv6 configuration takes which keyword: the table of the manual (dhcp6-cb-parameters)."""

from __future__ import annotations

from typing import Any, Final

SCOPES: Final = "GCNSPD"
"""Global, class, shared network, subnet, pool, prefix pool."""

PARAMETERS: Final[tuple[tuple[str, str, str, Any], ...]] = (
    # row, keyword, scopes, a value
    ("V6-478", "cache-max-age", "GNS", 600),
    ("V6-479", "cache-threshold", "GNS", 0.25),
    ("V6-480", "calculate-tee-times", "GNS", True),
    ("V6-481", "client-class", "NSPD", "a"),
    ("V6-482", "ddns-send-updates", "GNS", False),
    ("V6-483", "ddns-override-no-update", "GNS", True),
    ("V6-484", "ddns-override-client-update", "GNS", True),
    ("V6-485", "ddns-replace-client-name", "GNS", "always"),
    ("V6-486", "ddns-generated-prefix", "GNS", "guest"),
    ("V6-487", "ddns-qualifying-suffix", "GNS", "example.org"),
    ("V6-488", "decline-probation-period", "G", 60),
    ("V6-489", "delegated-len", "D", 56),
    ("V6-490", "dhcp4o6-port", "G", 6767),
    ("V6-491", "excluded-prefix", "D", "2001:db8:8:0:80::"),
    ("V6-492", "excluded-prefix-len", "D", 72),
    ("V6-493", "hostname-char-set", "GNS", "[^a-z]"),
    ("V6-494", "hostname-char-replacement", "GNS", "x"),
    ("V6-495", "interface", "NS", "lo"),
    ("V6-496", "interface-id", "NS", "port"),
    ("V6-497", "max-preferred-lifetime", "GCNS", 9000),
    ("V6-498", "max-valid-lifetime", "GCNS", 9000),
    ("V6-499", "min-preferred-lifetime", "GCNS", 900),
    ("V6-500", "min-valid-lifetime", "GCNS", 900),
    ("V6-501", "option-data", "GCNSPD", [{"name": "dns-servers", "data": "2001:db8::1"}]),
    ("V6-502", "option-def", "G", [{"name": "foo", "code": 1000, "type": "uint8"}]),
    ("V6-503", "preferred-lifetime", "GCNS", 3000),
    ("V6-504", "prefix", "D", "2001:db8:8::"),
    ("V6-505", "prefix-len", "D", 48),
    ("V6-506", "rapid-commit", "NS", True),
    ("V6-507", "rebind-timer", "GNS", 2000),
    ("V6-508", "relay", "NS", {"ip-addresses": ["2001:db8::1"]}),
    ("V6-509", "renew-timer", "GNS", 1000),
    ("V6-510", "require-client-classes", "NSPD", ["a"]),
    ("V6-511", "reservation-mode", "GNS", "out-of-pool"),
    ("V6-512", "reservations-global", "GNS", True),
    ("V6-513", "reservations-in-subnet", "GNS", False),
    ("V6-514", "reservations-out-of-pool", "GNS", True),
    ("V6-515", "t1-percent", "GNS", 0.3),
    ("V6-516", "t2-percent", "GNS", 0.9),
    ("V6-517", "valid-lifetime", "GCNS", 6000),
    ("V6-535", "ddns-update-on-renew", "GNS", True),
    ("V6-535", "ddns-use-conflict-resolution", "GNS", False),
    ("V6-535", "store-extended-info", "GNS", True),
    ("V6-535", "id", "S", 7),
    ("V6-535", "reservations", "GS", [{"duid": "01:02:03", "hostname": "a"}]),
    ("V6-535", "pools", "S", [{"pool": "2001:db8:1:0:1::/80"}]),
    ("V6-535", "pd-pools", "S", [{"prefix": "2001:db8:8::", "prefix-len": 48, "delegated-len": 56}]),
)
"""Kea 2.2.0 refuses two places that the manual's table has: `rapid-commit` globally, `option-def` in classes."""
