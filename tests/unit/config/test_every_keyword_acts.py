"""No keyword is accepted and ignored: for each keyword of each section, what shows that it acts.

The table is complete: a keyword that the models know and that has no row here is a failure. Sections go by the names of
their models; those that both families share (option-data, pools) count once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from kea_twisted.config.later import LATER
from kea_twisted.config.parse import load_object
from kea_twisted.config.render import render
from kea_twisted.config.schema import json_schema
from kea_twisted.family import V4, V6
from tests.differential.case import cases
from tests.support.experiments import BASE4, BASE6, DROP, PLACES, change, outcome
from tests.support.packets import duid, mac
from tests.support.scopes6 import PARAMETERS

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Acts:
    """Packets show it: with *value*, other answers or leases come out. given: what else is configured, both times.

    given: path → value, paths from the root. refused: one of the two configurations is not accepted.
    """

    value: Any
    given: Mapping[str, Any] = field(default_factory=dict)
    refused: bool = False


@dataclass(frozen=True)
class Shown:
    """Other tests show it: ``file::function``, or ``case:`` and the name of a differential case."""

    tests: tuple[str, ...]

    def __init__(self, *tests: str) -> None:
        object.__setattr__(self, "tests", tests)


@dataclass(frozen=True)
class Later:
    """It stands in config/later.py, by this path, and gives a warning."""

    path: str


@dataclass(frozen=True)
class Inert:
    """There is nothing to see, in Kea 2.2.0 neither, for this reason."""

    reason: str


Evidence = Acts | Shown | Later | Inert

CONTEXT = dict.fromkeys(
    ("user-context", "comment"),
    Shown("unit/config/test_every_keyword_acts.py::test_user_contexts_come_back_from_every_scope"),
)

ROUTER = [{"name": "routers", "data": "192.0.2.9", "always-send": True}]
SERVERS = [{"name": "dns-servers", "data": "2001:db8::9", "always-send": True}]
TEE = {"calculate-tee-times": True}
ALWAYS = {"ddns-replace-client-name": "always"}

OVER6 = "differential/test_over6.py::"
QUEUE = "system/test_packet_queue.py::"
THREADS = "system/test_threads.py::"

NETWORK: dict[str, Evidence] = {
    "valid-lifetime": Acts(100),
    "min-valid-lifetime": Acts(5000),
    "max-valid-lifetime": Acts(9000),
    "renew-timer": Acts(50),
    "rebind-timer": Acts(60),
    "t1-percent": Acts(0.3, TEE),
    "t2-percent": Acts(0.7, TEE),
    "cache-threshold": Acts(0.5),
    "cache-max-age": Acts(600),
    "store-extended-info": Acts(True),
    "reservation-mode": Acts("disabled"),
    "reservations-global": Acts(True),
    "reservations-in-subnet": Acts(False),
    "reservations-out-of-pool": Acts(True),
    "ddns-send-updates": Acts(False),
    "ddns-override-no-update": Acts(True),
    "ddns-override-client-update": Acts(True),
    "ddns-replace-client-name": Acts("always"),
    "ddns-generated-prefix": Acts("guest", ALWAYS),
    "ddns-qualifying-suffix": Acts("example.org"),
    "ddns-update-on-renew": Shown("case:v4-dns-transitions-update-on-renew", "case:v6-dns-changes-update-on-renew"),
    "ddns-use-conflict-resolution": Shown(
        "case:v4-dns-transitions-no-conflict-resolution", "case:v6-dns-changes-no-conflict-resolution"
    ),
    "hostname-char-set": Acts("[e]"),
    "hostname-char-replacement": Acts("z"),
    **CONTEXT,
}
NETWORK4: dict[str, Evidence] = {
    **NETWORK,
    "calculate-tee-times": Acts(True),
    "authoritative": Acts(True),
    "match-client-id": Acts(False),
    "next-server": Acts("192.0.2.77"),
    "server-hostname": Acts("there"),
    "boot-file-name": Acts("a.file"),
    "option-data": Acts(ROUTER),
}
NETWORK6: dict[str, Evidence] = {
    **NETWORK,
    "calculate-tee-times": Acts(False),
    "preferred-lifetime": Acts(70),
    "min-preferred-lifetime": Acts(3000),
    "max-preferred-lifetime": Acts(4000),
    "option-data": Acts(SERVERS),
}
LINK: dict[str, Evidence] = {
    "interface": Acts("eth1"),
    "client-class": Acts("phones"),
    "require-client-classes": Acts(["late"]),
}
POOL: dict[str, Evidence] = {
    "client-class": Acts("phones"),
    "require-client-classes": Acts(["late"]),
    **CONTEXT,
}
EXCLUDED = {
    "shared-networks/0/subnet6/0/pd-pools/0/excluded-prefix": "2001:db8:8::",
    "shared-networks/0/subnet6/0/pd-pools/0/excluded-prefix-len": 80,
}
ANOTHER = {"option-def/1": {"name": "other", "code": 201, "type": "uint8"}, "option-data/0/always-send": True}
BY_CODE = {
    "option-data/0": {"code": 202, "data": "07", "csv-format": False, "always-send": True},
    "option-def": [],
    "client-classes": [],
}
NO_INTERFACE6 = {"shared-networks/0/interface": DROP}

JUDGED = Shown("differential/leases/test_sanity_checks.py::test_leases_in_wrong_subnets_are_judged_as_by_kea")
LOOKUPS = Inert("the order of two lookups, of which both must succeed; answers and leases are the same in both orders")

SERVER: dict[str, Evidence] = {
    "lease-database": Shown("system/test_daemon.py::test_config_set_moves_the_control_socket_and_the_lease_file"),
    "hosts-database": Later("hosts-database"),
    "hosts-databases": Later("hosts-databases"),
    "config-control": Later("config-control"),
    "server-tag": Shown("system/test_daemon_keywords.py::test_the_server_tag_is_told"),
    "control-socket": Shown("system/test_daemon.py::test_config_set_moves_the_control_socket_and_the_lease_file"),
    "hooks-libraries": Shown("system/test_daemon_hooks.py::test_a_library_sees_packets_waits_and_answers_commands"),
    "loggers": Shown("system/test_daemon_keywords.py::test_loggers_say_what_is_shown_where_and_how"),
    "dhcp-ddns": Shown("case:v4-full-names-no-updates", "case:v6-full-names-no-updates"),
    "expired-leases-processing": Shown(
        "system/test_daemon_keywords.py::test_expired_leases_are_reclaimed_by_the_clock"
    ),
    "multi-threading": Shown(THREADS + "test_packets_that_wait_for_a_library_wait_side_by_side"),
    "sanity-checks": JUDGED,
    "dhcp-queue-control": Shown(QUEUE + "test_a_ring_keeps_the_newest_packets"),
    "compatibility": Acts({"lenient-option-parsing": True}),
    "decline-probation-period": Acts(5),
    "dhcp4o6-port": Shown(OVER6 + "test_the_port_changes_and_goes_with_the_configuration"),
    "parked-packet-limit": Shown("system/test_daemon_keywords.py::test_packets_beyond_the_limit_do_not_wait"),
    "statistic-default-sample-count": Shown(
        "system/test_daemon_keywords.py::test_statistics_keep_as_many_samples_as_configured"
    ),
    "statistic-default-sample-age": Shown(
        "system/test_daemon_keywords.py::test_statistics_keep_samples_as_long_as_configured"
    ),
    "shared-networks": Acts([]),
    "client-classes": Acts([]),
    "reservations": Acts([], {"reservations-global": True}),
    "option-def": Acts([], refused=True),
}

ROWS: dict[str, dict[str, Evidence]] = {
    "Dhcp4": {
        **NETWORK4,
        **SERVER,
        "interfaces-config": Shown("system/test_daemon.py::test_sockets_that_must_open_and_do_not_end_the_start"),
        "subnet4": Acts([{"id": 2, "subnet": "10.9.9.0/24", "pools": [{"pool": "10.9.9.0/24"}]}]),
        "host-reservation-identifiers": Acts(["circuit-id"]),
        "echo-client-id": Acts(False),
        "early-global-reservations-lookup": Acts(
            True,
            {
                "reservations-global": True,
                "reservations/0": {"hw-address": mac(21).hex(":"), "client-classes": ["marked"]},
                "shared-networks/0/subnet4/0/client-class": "marked",
            },
        ),
        "ip-reservations-unique": Acts(
            False,
            {
                "shared-networks/0/subnet4/0/reservations": [
                    {"hw-address": mac(each).hex(":"), "ip-address": "192.0.2.11"} for each in (8, 9)
                ]
            },
            refused=True,
        ),
        "reservations-lookup-first": LOOKUPS,
    },
    "Dhcp6": {
        **NETWORK6,
        **SERVER,
        "interfaces-config": Shown("system/test_daemon.py::test_sockets_that_must_open_and_do_not_end_the_start"),
        "subnet6": Acts([{"id": 2, "subnet": "2001:db8:9::/64", "pools": [{"pool": "2001:db8:9::/80"}]}]),
        "host-reservation-identifiers": Acts(["hw-address"]),
        "early-global-reservations-lookup": Acts(
            True,
            {
                "reservations-global": True,
                "reservations/0/client-classes": ["marked"],
                "shared-networks/0/subnet6/0/client-class": "marked",
            },
        ),
        "ip-reservations-unique": Acts(
            False,
            {
                "shared-networks/0/subnet6/0/reservations": [
                    {"duid": duid(each).hex(":"), "ip-addresses": ["2001:db8:1::11"]} for each in (8, 9)
                ]
            },
            refused=True,
        ),
        "reservations-lookup-first": LOOKUPS,
        "server-id": Shown("unit/daemons/test_process.py::test_the_manuals_examples_give_the_manuals_duids"),
        "data-directory": Shown("system/test_daemon_keywords.py::test_the_data_directory_holds_duid_and_leases"),
        "mac-sources": Acts(["client-link-addr-option"], {"store-extended-info": True}),
        "relay-supplied-options": Acts(["23"]),
    },
    "SharedNetwork4": {
        **NETWORK4,
        **LINK,
        "name": Shown("unit/config/test_build.py::test_subnets_of_a_link_must_agree"),
        "relay": Acts({"ip-addresses": ["10.9.9.9"]}),
        "subnet4": Acts([]),
    },
    "SharedNetwork6": {
        **NETWORK6,
        **LINK,
        "name": Shown("unit/config/test_build.py::test_subnets_of_a_link_must_agree"),
        "relay": Acts({"ip-addresses": ["2001:db8:9::9"]}),
        "subnet6": Acts([]),
        "interface-id": Acts("port", NO_INTERFACE6),
        "rapid-commit": Acts(True),
    },
    "Subnet4": {
        **NETWORK4,
        **LINK,
        "authoritative": Shown("case:v4-states-authoritative-subnet"),
        "relay": Acts({"ip-addresses": ["10.9.9.9"]}),
        "subnet": Acts("192.0.0.0/16"),
        "id": Acts(2),
        "pools": Acts([]),
        "reservations": Acts([]),
        "4o6-interface": Shown(OVER6 + "test_a_client_hears_the_same_from_every_pair_of_servers"),
        "4o6-interface-id": Shown(OVER6 + "test_a_client_hears_the_same_from_every_pair_of_servers"),
        "4o6-subnet": Shown(OVER6 + "test_a_client_hears_the_same_from_every_pair_of_servers"),
    },
    "Subnet6": {
        **NETWORK6,
        **LINK,
        "interface": Acts("eth1", NO_INTERFACE6),
        "relay": Acts({"ip-addresses": ["2001:db8:9::9"]}),
        "subnet": Acts("2001:db8::/32"),
        "id": Acts(2),
        "pools": Acts([]),
        "pd-pools": Acts([]),
        "reservations": Acts([]),
        "interface-id": Acts("port", NO_INTERFACE6),
        "rapid-commit": Acts(True),
    },
    "Relay": {
        "ip-address": Shown("unit/config/test_every_keyword_acts.py::test_the_old_form_of_relay_is_the_new_one"),
        "ip-addresses": Shown("unit/config/test_every_keyword_acts.py::test_the_old_form_of_relay_is_the_new_one"),
    },
    "Pool/4": {**POOL, "pool": Acts("192.0.2.30-192.0.2.60"), "option-data": Acts(ROUTER)},
    "Pool/6": {**POOL, "pool": Acts("2001:db8:1::30-2001:db8:1::60"), "option-data": Acts(SERVERS)},
    "PdPool": {
        **POOL,
        "option-data": Acts(SERVERS),
        "prefix": Acts("2001:db8:7::"),
        "prefix-len": Acts(63),
        "delegated-len": Acts(60),
        "excluded-prefix": Acts("2001:db8:8:0:1::", EXCLUDED),
        "excluded-prefix-len": Acts(72, EXCLUDED),
    },
    "Reservation4": {
        **CONTEXT,
        "hw-address": Acts(mac(9).hex(":")),
        "duid": Shown("case:v4-reservations-by-every-identifier"),
        "circuit-id": Shown("case:v4-reservations-by-every-identifier"),
        "client-id": Shown("case:v4-reservations-by-every-identifier"),
        "flex-id": Shown("unit/server/test_v4_identifiers.py::test_a_callout_may_identify_a_dhcpv4_client"),
        "ip-address": Acts("192.0.2.200"),
        "hostname": Acts("eight"),
        "client-classes": Acts(["marked"]),
        "option-data": Acts(ROUTER),
        "next-server": Acts("192.0.2.77"),
        "server-hostname": Acts("there"),
        "boot-file-name": Acts("a.file"),
    },
    "Reservation6": {
        **CONTEXT,
        "hw-address": Shown("case:v6-hardware-addresses"),
        "duid": Acts(duid(9).hex(":")),
        "flex-id": Shown("unit/server/test_v6_hooks.py::test_a_callout_may_identify_the_client"),
        "ip-addresses": Acts(["2001:db8:1::200"]),
        "prefixes": Acts(["2001:db8:8::/64"]),
        "hostname": Acts("eight"),
        "client-classes": Acts(["marked"]),
        "option-data": Acts(SERVERS),
    },
    "OptionData": {
        **CONTEXT,
        "name": Acts("other", ANOTHER),
        "code": Acts(203, BY_CODE),
        "space": Acts("other", refused=True),
        "data": Acts("8"),
        "csv-format": Acts(False, {"option-data/0/data": "12"}),
        "always-send": Shown("case:v4-always-send-is-sticky", "case:v6-options-always-sent"),
    },
    "OptionDef": {
        **CONTEXT,
        "name": Acts("owner", refused=True),
        "code": Acts(201),
        "type": Acts("uint16"),
        "space": Acts("other", refused=True),
        "array": Acts(True, {"option-data/0/data": "7, 8"}),
        "record-types": Acts(
            "uint8, uint16", {"option-def/0/type": "record", "option-data/0/data": "7, 8",
                              "option-def/0/record-types": "uint8, uint8", "client-classes": []}
        ),
        "encapsulate": Shown("unit/options/test_configured.py::test_sub_options_follow_in_their_container"),
    },
}  # fmt: skip

CLASS: dict[str, Evidence] = {
    **CONTEXT,
    "name": Acts("renamed", {"shared-networks/0/client-class": "renamed"}),
    "test": Acts("not member('ALL')"),
    "only-if-required": Acts(True),
    "valid-lifetime": Acts(200),
    "min-valid-lifetime": Acts(200),
    "max-valid-lifetime": Acts(200),
}
ROWS |= {
    "ClientClass4": {
        **CLASS,
        "option-data": Acts(ROUTER),
        "option-def": Shown("case:v4-option-43-of-a-class"),
        "next-server": Acts("192.0.2.77"),
        "server-hostname": Acts("there"),
        "boot-file-name": Acts("a.file"),
    },
    "ClientClass6": {
        **CLASS,
        "option-data": Acts(SERVERS),
        "preferred-lifetime": Acts(90),
        "min-preferred-lifetime": Acts(90),
        "max-preferred-lifetime": Acts(90),
    },
    "Compatibility": {"lenient-option-parsing": Acts(True)},
}


def _all(words: str, evidence: Evidence) -> dict[str, Evidence]:
    """Return the same evidence for several keywords."""
    return dict.fromkeys(words.split(), evidence)


DATABASE = (
    "type name host port user password connect-timeout max-reconnect-tries reconnect-wait-time on-fail persist "
    "lfc-interval trust-anchor cert-file key-file cipher-list"
)
RECLAIM = "unit/alloc/test_reclaim.py::"
SOCKETS = "unit/net/test_sockets.py::"
SYSTEM = "system/test_daemon_keywords.py::"
LOG = "unit/log/"
INTERFACES: dict[str, Evidence] = {
    **CONTEXT,
    "interfaces": Shown("unit/net/test_selection.py::test_a_name_means_all_addresses_of_the_interface"),
    "re-detect": Shown("unit/daemons/test_re_detect.py::test_without_re_detect_the_interfaces_are_those_of_the_start"),
    "service-sockets-require-all": Shown("system/test_daemon.py::test_sockets_that_must_open_and_do_not_end_the_start"),
    "service-sockets-max-retries": Shown(SOCKETS + "test_failed_sockets_are_retried_as_often_as_configured"),
    "service-sockets-retry-wait-time": Shown(SOCKETS + "test_failed_sockets_are_retried_as_often_as_configured"),
}
MOVED = Shown(
    "unit/config/test_build.py::test_keywords_that_moved_out_of_dhcp_ddns_count_unless_the_global_scope_has_them"
)
ROWS |= {
    "ConfigControl": _all("config-databases config-fetch-wait-time", Later("config-control")),
    "ConfigDatabase": _all(DATABASE, Later("config-control")),
    "HostsDatabase": _all(f"{DATABASE} readonly", Later("hosts-database")),
    "LeaseDatabase": {
        **_all(DATABASE, Later("lease-database/type")),
        "name": Shown("system/test_daemon.py::test_config_set_moves_the_control_socket_and_the_lease_file"),
        "persist": Shown(SYSTEM + "test_a_lease_file_is_written_if_leases_persist"),
        "lfc-interval": Shown("system/test_lease_file_cleanup.py::test_files_are_cleaned_up_by_the_clock"),
        "max-row-errors": Shown(SYSTEM + "test_a_lease_file_may_have_as_many_bad_rows_as_configured"),
    },
    "ControlSocket": {
        **CONTEXT,
        "socket-type": Inert("there is but one type, and no other word is accepted"),
        "socket-name": Shown("system/test_daemon.py::test_config_set_moves_the_control_socket_and_the_lease_file"),
    },
    "DhcpDdns": {
        **CONTEXT,
        "enable-updates": Acts(False),
        **_all("server-ip server-port sender-ip sender-port",
               Shown("system/test_name_changes.py::"
                     "test_requests_go_where_and_come_from_where_the_configuration_says")),
        "max-queue-size": Shown(
            "unit/ddns/test_sender.py::test_a_full_queue_suspends_updates_until_half_of_it_is_sent"),
        "ncr-protocol": Inert("there is but one that is supported; another is refused"),
        "ncr-format": Inert("there is but one, and no other word is accepted"),
        "override-no-update": Acts(True),
        "override-client-update": Acts(True),
        "replace-client-name": Acts("always"),
        "generated-prefix": Acts("guest", ALWAYS),
        "qualifying-suffix": Acts("example.org"),
        "hostname-char-set": Acts("[e]"),
        "hostname-char-replacement": Acts("z"),
    },
    "ExpiredLeasesProcessing": {
        "reclaim-timer-wait-time": Shown(SYSTEM + "test_expired_leases_are_reclaimed_by_the_clock"),
        "flush-reclaimed-timer-wait-time": Shown(SYSTEM + "test_expired_leases_are_reclaimed_by_the_clock"),
        "hold-reclaimed-time": Shown(RECLAIM + "test_the_flush_deletes_leases_whose_hold_is_over"),
        "max-reclaim-leases": Shown(RECLAIM + "test_a_cycle_takes_the_oldest_up_to_its_limit"),
        "max-reclaim-time": Shown(RECLAIM + "test_a_cycle_stops_when_its_time_is_over"),
        "unwarned-reclaim-cycles": Shown(RECLAIM + "test_a_warning_comes_after_too_many_cycles_that_left_leases"),
    },
    "HooksLibrary": {
        "library": Shown("system/test_daemon_hooks.py::test_a_library_sees_packets_waits_and_answers_commands"),
        "parameters": Shown("system/test_daemon_hooks.py::"
                            "test_a_library_that_fails_leaves_the_former_ones_and_the_configuration_in_force"),
    },
    "InterfacesConfig4": {
        **INTERFACES,
        "dhcp-socket-type": Shown("unit/net/test_selection.py::test_loopback_is_served_by_name_with_udp_only"),
        "outbound-interface": Shown("unit/net/test_outbound_interface.py::"
                                    "test_only_routed_answers_do_not_care_for_the_interface_of_the_query"),
    },
    "InterfacesConfig6": INTERFACES,
    "Logger": {
        **CONTEXT,
        "name": Shown(LOG + "test_sink.py::test_a_child_overrides_what_it_says_and_inherits_the_rest"),
        "severity": Shown(SYSTEM + "test_loggers_say_what_is_shown_where_and_how"),
        "debuglevel": Shown(LOG + "test_sink.py::test_debug_levels_are_cumulative"),
        "output_options": Shown(LOG + "test_sink.py::test_several_outputs_all_get_the_line"),
    },
    "OutputOption": {
        "output": Shown(SYSTEM + "test_loggers_say_what_is_shown_where_and_how"),
        "flush": Shown(LOG + "test_log_io.py::test_without_flush_lines_are_written_in_blocks"),
        "maxsize": Shown(LOG + "test_log_io.py::test_rotation_keeps_maxver_files"),
        "maxver": Shown(LOG + "test_log_io.py::test_rotation_keeps_maxver_files"),
        "pattern": Shown(SYSTEM + "test_loggers_say_what_is_shown_where_and_how"),
    },
    "MultiThreading": {
        **CONTEXT,
        **_all("enable-multi-threading thread-pool-size",
               Shown(THREADS + "test_packets_that_wait_for_a_library_wait_side_by_side")),
        "packet-queue-size": Shown(THREADS + "test_where_too_many_packets_wait_for_a_thread_the_newest_are_answered"),
    },
    "QueueControl": {
        **CONTEXT,
        **_all("enable-queue capacity", Shown(QUEUE + "test_a_ring_keeps_the_newest_packets")),
        "queue-type": Shown(QUEUE + "test_a_hook_library_brings_a_queue_of_its_own"),
    },
    "SanityChecks": {"lease-checks": JUDGED},
    "ServerId": {
        **CONTEXT,
        **_all("type identifier htype time enterprise-id",
               Shown("unit/daemons/test_process.py::test_the_manuals_examples_give_the_manuals_duids")),
        "persist": Shown("unit/daemons/test_process.py::test_a_duid_may_be_kept_out_of_the_file"),
    },
}  # fmt: skip


def _flat() -> Iterator[tuple[str, str, Evidence]]:
    for model, keywords in ROWS.items():
        for keyword, evidence in keywords.items():
            yield model, keyword, evidence


def _families(model: str) -> tuple[int, ...]:
    """Return the families in which a section is tried."""
    if model == "PdPool" or model.endswith("6"):
        return (6,)
    return (4,) if model.endswith("4") else (4, 6)


SCOPED: dict[str, str] = {keyword: row for row, keyword, *_ in PARAMETERS}
EXPERIMENTS = [
    pytest.param(
        *(family, model, keyword, evidence),
        id=f"{family}-{model}-{keyword}",
        marks=[pytest.mark.arm(SCOPED[keyword])] if family == 6 and keyword in SCOPED else [],
    )
    for model, keyword, evidence in _flat()
    if isinstance(evidence, Acts)
    for family in _families(model)
]


@lru_cache(maxsize=1)
def known() -> dict[str, set[str]]:
    """Return the keywords of each model, from the schema that comes out of the models."""
    found: dict[str, set[str]] = {}
    for family in (V4, V6):
        for name, schema in json_schema(family)["$defs"].items():
            if "properties" in schema:
                names = [f"{name}/{each.number}" for each in (V4, V6)] if name == "Pool" else [name]
                for each in names:
                    found.setdefault(each, set()).update(schema["properties"])
    return found


def test_every_keyword_has_a_row_and_every_row_a_keyword() -> None:
    assert {model: set(keywords) for model, keywords in ROWS.items()} == known()


@pytest.mark.parametrize(("family", "model", "keyword", "acts"), EXPERIMENTS)
def test_another_value_makes_a_difference(family: int, model: str, keyword: str, acts: Acts) -> None:
    place = PLACES[model]
    path = f"{place}/{keyword}" if place else keyword
    first = outcome(family, acts.given)
    second = outcome(family, {**acts.given, path: acts.value})
    assert first != second
    assert ("refused" in (first[0], second[0])) is acts.refused


def test_the_conversation_is_the_same_each_time() -> None:
    assert outcome(4, {}) == outcome(4, {})
    assert outcome(6, {}) == outcome(6, {})


@pytest.mark.parametrize("family", [4, 6])
@pytest.mark.parametrize("scope", ["SharedNetwork", "Subnet"])
def test_the_old_form_of_relay_is_the_new_one(family: int, scope: str) -> None:
    address = {4: "10.9.9.9", 6: "2001:db8:9::9"}[family]
    path = f"{PLACES[f'{scope}{family}']}/relay"
    old = outcome(family, {path: {"ip-address": address}})
    assert old == outcome(family, {path: {"ip-addresses": [address]}})
    assert old != outcome(family, {})


def test_what_is_said_to_be_shown_elsewhere_is() -> None:
    names = {case.name for family in (4, 6) for case in cases(family)}
    for model, keyword, evidence in _flat():
        for test in evidence.tests if isinstance(evidence, Shown) else ():
            if test.startswith("case:"):
                assert test.removeprefix("case:") in names, (model, keyword, test)
                continue
            file, _, function = test.partition("::")
            source = (ROOT / "tests" / file).read_text()
            assert re.search(rf"^ *def {function}\(", source, re.MULTILINE), (model, keyword, test)


def test_what_is_said_to_come_later_stands_in_the_list_of_it() -> None:
    listed = {"/".join(row.path) for row in LATER}
    said = {evidence.path for _, _, evidence in _flat() if isinstance(evidence, Later)}
    assert said == listed


@pytest.mark.parametrize(
    ("family", "model"),
    [
        pytest.param(family, model, id=f"{family}-{model}")
        for model, keywords in ROWS.items()
        if "option-data" in keywords
        for family in _families(model)
    ],
)
def test_always_send_acts_in_every_scope(family: int, model: str) -> None:
    place = PLACES[model]
    path = f"{place}/option-data" if place else "option-data"
    name, data = {4: ("log-servers", "192.0.2.7"), 6: ("sip-server-addr", "2001:db8::7")}[family]
    forced, asked, silent = (
        outcome(family, {path: [{"name": name, "data": data, **flag}]} if flag is not None else {path: []})
        for flag in ({"always-send": True}, {"always-send": False}, None)
    )
    assert forced != asked
    assert asked == silent


OTHER_PLACES = {
    "ControlSocket": ("control-socket", {"socket-type": "unix", "socket-name": "/run/kea"}),
    "InterfacesConfig4": ("interfaces-config", {}),
    "InterfacesConfig6": ("interfaces-config", {}),
    "Logger": ("loggers", [{"name": "kea-dhcp4"}]),
    "MultiThreading": ("multi-threading", {"enable-multi-threading": False}),
    "QueueControl": ("dhcp-queue-control", {"enable-queue": False}),
    "ServerId": ("server-id", {"type": "LL"}),
}


@pytest.mark.arm("V6-453")
@pytest.mark.arm("V6-454")
@pytest.mark.arm("V6-298")
@pytest.mark.parametrize(
    ("family", "model"),
    [
        pytest.param(family, model, id=f"{family}-{model}")
        for model, keywords in ROWS.items()
        if "comment" in keywords
        for family in ((6,) if model == "ServerId" else _families(model))
    ],
)
def test_user_contexts_come_back_from_every_scope(family: int, model: str) -> None:
    whole = BASE4 if family == 4 else BASE6
    if model in OTHER_PLACES:
        place, section = OTHER_PLACES[model]
        whole = change(whole, {place: section})
        place = f"{place}/0" if isinstance(section, list) else place
    else:
        place = PLACES[model]
    inside = f"{place}/" if place else ""
    whole = change(whole, {f"{inside}user-context": {"kept": [1, "x"]}, f"{inside}comment": "why"})
    root = V4.root if family == 4 else V6.root
    found: Any = render(load_object({root: whole}, V4 if family == 4 else V6).model)[root]
    for step in place.split("/") if place else ():
        found = found[int(step)] if isinstance(found, list) else found[step]
    assert found["user-context"] == {"kept": [1, "x"], "comment": "why"}
