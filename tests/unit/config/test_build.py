"""From models to snapshots: inheritance, numbers, pools, reservations, options, classes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kea_twisted.base.address import parse4, parse6
from kea_twisted.base.lifetimes import Triplet
from kea_twisted.config.build import build4, build6
from kea_twisted.config.parse import load_object
from kea_twisted.config.server_config import ServerConfig4, ServerConfig6
from kea_twisted.errors import ConfigErrors
from kea_twisted.family import V4, V6
from kea_twisted.hosts.host import IdentifierType


def four(**entries: Any) -> ServerConfig4:
    return build4(load_object({"Dhcp4": {key.replace("_", "-"): value for key, value in entries.items()}}, V4).model)


def six(**entries: Any) -> ServerConfig6:
    return build6(load_object({"Dhcp6": {key.replace("_", "-"): value for key, value in entries.items()}}, V6).model)


def refusal(family: int, **entries: Any) -> str:
    with pytest.raises(ConfigErrors) as caught:
        four(**entries) if family == 4 else six(**entries)
    return str(caught.value)


def test_an_empty_configuration_has_keas_defaults() -> None:
    config = four()
    assert config.valid == Triplet(7200, 7200, 7200)
    assert config.decline_probation_period == 86400
    assert [kind.keyword for kind in config.identifiers] == ["hw-address", "duid", "circuit-id", "client-id"]
    assert (config.ddns.generated_prefix, config.ddns.hostname_char_set) == ("myhost", "[^A-Za-z0-9.-]")
    assert not config.reservations_in_use and not config.global_reservations_in_use
    config6 = six()
    assert config6.preferred == Triplet(3600, 3600, 3600)
    assert config6.mac_sources == ("any",)
    assert config6.relay_supplied_options == {65}


@pytest.mark.arm("V4-481")
@pytest.mark.arm("V4-029")
def test_each_parameter_is_inherited_by_itself() -> None:
    config = four(
        valid_lifetime=4000,
        min_valid_lifetime=1000,
        max_valid_lifetime=5000,
        renew_timer=7,
        subnet4=[{"subnet": "10.0.0.0/24", "valid-lifetime": 2000}],
        **{"shared-networks": [
            {"name": "n", "valid-lifetime": 3000, "ddns-qualifying-suffix": "n.", "subnet4": [
                {"subnet": "10.0.1.0/24"},
                {"subnet": "10.0.2.0/24", "min-valid-lifetime": 500, "renew-timer": 9, "ddns-send-updates": False},
            ]},
        ]},
    )  # fmt: skip
    by_text = {subnet.text: subnet for subnet in config.subnets}
    assert by_text["10.0.0.0/24"].valid == Triplet(1000, 2000, 5000)
    assert by_text["10.0.1.0/24"].valid == Triplet(1000, 3000, 5000)
    assert by_text["10.0.2.0/24"].valid == Triplet(500, 3000, 5000)
    assert [by_text[text].t1 for text in ("10.0.1.0/24", "10.0.2.0/24")] == [7, 9]
    assert by_text["10.0.2.0/24"].ddns.qualifying_suffix == "n." and not by_text["10.0.2.0/24"].ddns.send_updates
    assert by_text["10.0.0.0/24"].ddns.qualifying_suffix == ""
    assert by_text["10.0.1.0/24"].network is config.networks[0]
    assert config.networks[0].subnets == [by_text["10.0.1.0/24"], by_text["10.0.2.0/24"]]


@pytest.mark.arm("V4-390")
def test_an_empty_next_server_is_unset_and_a_zero_one_is_none() -> None:
    subnets = [
        {"subnet": "10.0.0.0/24", "next-server": ""},
        {"subnet": "10.0.1.0/24", "next-server": "0.0.0.0"},
        {"subnet": "10.0.2.0/24", "server-hostname": "", "boot-file-name": "f"},
    ]
    config = four(next_server="1.2.3.4", server_hostname="h", boot_file_name="g", subnet4=subnets)
    assert [subnet.next_server for subnet in config.subnets] == [parse4("1.2.3.4"), 0, parse4("1.2.3.4")]
    assert [(subnet.server_hostname, subnet.boot_file_name) for subnet in config.subnets][2] == (b"h", b"f")


@pytest.mark.arm("V4-464")
@pytest.mark.parametrize(
    ("mode", "flags"),
    [
        ("all", (False, True, False)),
        ("out-of-pool", (False, True, True)),
        ("global", (True, False, False)),
        ("disabled", (False, False, False)),
    ],
)
def test_reservation_mode_stands_for_three_flags(mode: str, flags: tuple[bool, bool, bool]) -> None:
    config = four(reservation_mode=mode, subnet4=[{"subnet": "10.0.0.0/24"}])
    (subnet,) = config.subnets
    assert (subnet.reservations_global, subnet.reservations_in_subnet, subnet.reservations_out_of_pool) == flags


@pytest.mark.arm("V4-355")
def test_keywords_that_moved_out_of_dhcp_ddns_count_unless_the_global_scope_has_them() -> None:
    old = {"enable-updates": False, "generated-prefix": "old", "qualifying-suffix": "old.", "hostname-char-set": "[^x]"}
    config = four(dhcp_ddns=old, ddns_generated_prefix="new")
    assert (config.ddns.generated_prefix, config.ddns.qualifying_suffix) == ("new", "old.")
    assert config.ddns.hostname_char_set == "[^x]"


@pytest.mark.arm("V4-095")
@pytest.mark.arm("V4-096")
def test_subnets_are_numbered_from_one_those_of_shared_networks_first() -> None:
    config = four(
        subnet4=[{"subnet": "10.0.0.0/24", "id": 9}, {"subnet": "10.0.1.0/24"}, {"subnet": "10.0.2.0/24", "id": 0}],
        shared_networks=[{"name": "n", "subnet4": [{"subnet": "10.0.3.0/24"}]}],
    )
    numbers = {subnet.text: subnet.id for subnet in config.subnets}
    assert numbers == {"10.0.3.0/24": 1, "10.0.1.0/24": 2, "10.0.2.0/24": 3, "10.0.0.0/24": 9}
    assert [subnet.id for subnet in config.subnets] == [1, 2, 3, 9]
    assert config.index.by_id[9].text == "10.0.0.0/24"


@pytest.mark.arm("V4-099")
@pytest.mark.arm("V4-100")
@pytest.mark.arm("V4-101")
def test_prefixes_and_pools_are_read_in_all_their_forms() -> None:
    pools = [{"pool": text} for text in ("192.0.2.7/26", " 192.0.2.96 -192.0.2.99", "192.0.2.64 / 28")]
    (subnet,) = four(subnet4=[{"subnet": " 192.0.2.1 / 24", "pools": pools}]).subnets
    assert (subnet.text, subnet.first, subnet.last) == ("192.0.2.1/24", parse4("192.0.2.0"), parse4("192.0.2.255"))
    ends = {(pool.first & 255, pool.last & 255) for pool in subnet.pools}
    assert ends == {(7, 63), (96, 99), (64, 79)}


def test_pools_overlap_whatever_their_order() -> None:
    pools = [{"pool": "10.0.0.50-10.0.0.60"}, {"pool": "10.0.0.1-10.0.0.9"}, {"pool": "10.0.0.9-10.0.0.50"}]
    text = refusal(4, subnet4=[{"subnet": "10.0.0.0/24", "pools": pools}])
    assert text.startswith("Dhcp4/subnet4[0]/pools[2]: the pool 10.0.0.9-10.0.0.50 overlaps")


@pytest.mark.arm("V6-095")
@pytest.mark.rfc("6603", "4.2")
def test_prefix_pools_and_their_excluded_prefix() -> None:
    pool = {
        "prefix": "2001:db8:1:8000::",
        "prefix-len": 48,
        "delegated-len": 64,
        "excluded-prefix": "2001:db8:1:8000:cafe:80::",
        "excluded-prefix-len": 72,
    }
    (subnet,) = six(subnet6=[{"subnet": "2001:db8::/32", "pd-pools": [pool]}]).subnets
    (built,) = subnet.pd_pools
    assert (built.first, built.last) == (parse6("2001:db8:1:8000::"), parse6("2001:db8:1:ffff:ffff:ffff:ffff:ffff"))
    assert built.excluded == (parse6("2001:db8:1:8000:ca00::"), 72)


@pytest.mark.arm("V4-431")
@pytest.mark.arm("V4-432")
def test_reservations_know_all_identifiers_and_forms() -> None:
    reservations = [
        {"hw-address": "1:02:03:4:05:06", "ip-address": "10.0.0.5", "hostname": "a", "client-classes": ["x"]},
        {"client-id": "'abc'", "ip-address": "10.0.0.6", "next-server": "1.1.1.1", "boot-file-name": "b"},
        {"circuit-id": "0x0a0B", "option-data": [{"name": "host-name", "data": "h"}]},
        {"flex-id": "A0", "hostname": "f"},
    ]
    config = four(
        subnet4=[{"subnet": "10.0.0.0/24", "id": 3, "reservations": reservations}],
        reservations=[{"duid": "01:02", "hostname": "g"}],
    )
    hosts = list(config.hosts.by_subnet(3))
    assert [(host.identifier_type.keyword, host.identifier) for host in hosts] == [
        ("hw-address", bytes.fromhex("010203040506")),
        ("client-id", b"abc"),
        ("circuit-id", b"\x0a\x0b"),
        ("flex-id", b"\xa0"),
    ]
    assert hosts[1].next_server == parse4("1.1.1.1") and hosts[1].boot_file_name == b"b"
    assert hosts[2].options[0].body == b"h"
    assert config.hosts.by_identifiers(0, [(IdentifierType.DUID, b"\1\2")]) is not None
    assert config.reservations_in_use and not config.global_reservations_in_use


@pytest.mark.arm("V4-472")
def test_an_address_is_reserved_once_unless_the_configuration_says_otherwise() -> None:
    reservations = [{"hw-address": text, "ip-address": "10.0.0.5"} for text in ("01:02", "01:03")]
    subnets = [{"subnet": "10.0.0.0/24", "reservations": reservations}]
    assert "Dhcp4/subnet4[0]/reservations[1]/ip-address: there is already" in refusal(4, subnet4=subnets)
    config = four(ip_reservations_unique=False, subnet4=subnets)
    assert len(list(config.hosts.by_address4(1, parse4("10.0.0.5")))) == 2


def test_an_identifier_has_one_reservation_in_a_subnet_but_flexible_ones_of_dhcpv6() -> None:
    def subnets(word: str, prefix: str) -> list[dict[str, object]]:
        value = "'x'" if word == "flex-id" else "01:02"
        return [{"subnet": prefix, "reservations": [{word: value, "hostname": name} for name in "ab"]}]

    for word in ("hw-address", "flex-id"):
        message = refusal(4, subnet4=subnets(word, "10.0.0.0/24"))
        assert "Dhcp4/subnet4[0]/reservations[1]: " in message
        assert "has a reservation already in the subnet with id 1" in message
    assert "has a reservation already" in refusal(6, subnet6=subnets("duid", "2001:db8::/64"))
    assert len(list(six(subnet6=subnets("flex-id", "2001:db8::/64")).hosts.by_subnet(1))) == 2


def test_custom_options_and_equal_options_are_one_object() -> None:
    data = [{"name": "foo", "data": "258"}]
    config = four(
        option_def=[{"name": "foo", "code": 222, "type": "uint16"}],
        subnet4=[{"subnet": f"10.0.{number}.0/24", "option-data": data} for number in range(2)],
        option_data=data,
    )
    assert config.options[0].body == b"\1\2"
    assert config.subnets[0].options[0] is config.subnets[1].options[0]
    assert config.definitions["dhcp4", 222].name == "foo"


def test_text_in_options_is_octet_for_octet_what_the_file_has() -> None:
    (option,) = four(option_data=[{"name": "host-name", "data": "\xc3\xa9"}]).options
    assert option.body == b"\xc3\xa9"
    (option,) = four(option_data=[{"name": "host-name", "data": "\xe9"}]).options
    assert option.body == b"\xe9"


def test_user_contexts_of_options_travel_as_json() -> None:
    (option,) = four(option_data=[{"name": "host-name", "data": "h", "user-context": {"a": [1]}}]).options
    assert json.loads(option.user_context) == {"a": [1]}


def test_classes_may_name_only_classes_before_them() -> None:
    config = four(
        client_classes=[
            {"name": "a", "test": "member('KNOWN')"},
            {"name": "b", "test": "member('a')", "only-if-required": True, "max-valid-lifetime": 5},
            {"name": "c", "option-def": [{"name": "x", "code": 224, "type": "uint8"}],
             "option-data": [{"name": "x", "data": "7"}], "next-server": "1.1.1.1"},
        ]
    )  # fmt: skip
    assert list(config.classes) == ["a", "b", "c"]
    assert config.classes["b"].depends_on_known and config.classes["b"].valid == Triplet(5, 5, 5)
    assert config.classes["c"].options[0].body == b"\7" and config.classes["c"].next_server == 0x01010101
    assert "Dhcp4/client-classes[0]/test: expression [member('b')]" in refusal(
        4, client_classes=[{"name": "a", "test": "member('b')"}, {"name": "b"}]
    )


def test_a_class_defines_an_option_once() -> None:
    definitions = [{"name": name, "code": 224, "type": "uint8"} for name in ("x", "y")]
    assert "option-def[1]: option 224" in refusal(4, client_classes=[{"name": "a", "option-def": definitions}])


@pytest.mark.arm("V4-427")
@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ({}, (None, None)),
        ({"cache-threshold": 0.25, "cache-max-age": 600}, (0.25, 600)),
        ({"cache-threshold": 1.0}, (1.0, None)),
        ({"cache-threshold": 1.5, "cache-max-age": 600}, (None, None)),
        ({"cache-threshold": 0.0}, (None, None)),
        ({"cache-threshold": 0.25, "cache-max-age": 0}, (None, None)),
    ],
)
def test_caching_is_off_where_its_values_say_so(entries: dict[str, Any], expected: tuple[Any, Any]) -> None:
    (subnet,) = four(subnet4=[{"subnet": "10.0.0.0/24", **entries}]).subnets
    assert (subnet.cache_threshold, subnet.cache_max_age) == expected


@pytest.mark.arm("V4-645")
@pytest.mark.parametrize(("entries", "lenient"), [({}, False), ({"lenient-option-parsing": True}, True)])
def test_compatibility_may_say_nothing(entries: dict[str, Any], lenient: bool) -> None:
    assert four(compatibility=entries).lenient_option_parsing is lenient


@pytest.mark.arm("V4-404")
@pytest.mark.arm("V4-483")
def test_subnets_of_a_link_must_agree() -> None:
    def link(first: dict[str, Any], **network: Any) -> list[dict[str, Any]]:
        subnets = [{"subnet": "10.0.0.0/24", **first}, {"subnet": "10.0.1.0/24", "interface": "eth1"}]
        return [{"name": "n", "subnet4": subnets, **network}]

    assert "used eth0" in refusal(4, shared_networks=link({"interface": "eth0"}))
    assert "used eth0" in refusal(4, shared_networks=link({}, interface="eth0"))
    assert "authoritative setting true" in refusal(4, shared_networks=link({"authoritative": True}))
    assert "authoritative setting true" in refusal(4, shared_networks=link({"authoritative": True}), authoritative=True)
    assert len(four(shared_networks=link({"authoritative": False}), authoritative=True).subnets) == 2
    assert len(four(shared_networks=link({"interface": "eth1"})).subnets) == 2


@pytest.mark.arm("V6-263")
def test_rapid_commit_of_a_link_is_that_of_its_subnets() -> None:
    subnets = [{"subnet": "2001:db8:1::/48"}, {"subnet": "2001:db8:2::/48", "rapid-commit": True}]
    config = six(shared_networks=[{"name": "n", "rapid-commit": True, "subnet6": subnets}])
    assert [subnet.rapid_commit for subnet in config.subnets] == [True, True]
    subnets[1]["rapid-commit"] = False
    with pytest.raises(ConfigErrors, match="must have the same rapid-commit value"):
        six(shared_networks=[{"name": "n", "rapid-commit": True, "subnet6": subnets}])


def test_interfaces_are_checked_against_those_of_the_machine() -> None:
    model = load_object({"Dhcp4": {"subnet4": [{"subnet": "10.0.0.0/24", "interface": "eth7"}]}}, V4).model
    assert build4(model).subnets[0].interface == "eth7"
    assert build4(model, ["eth7"]).subnets[0].interface == "eth7"
    with pytest.raises(ConfigErrors, match=r"interface name eth7 for subnet 10\.0\.0\.0/24 is not present"):
        build4(model, ["eth0"])


def test_the_servers_duid_is_passed_through() -> None:
    assert build6(load_object({"Dhcp6": {}}, V6).model, b"\0\3").server_id == b"\0\3"


def test_interface_ids_are_the_octets_of_the_text() -> None:
    subnets = [
        {"subnet": "2001:db8:1::/48", "interface-id": "port7"},
        {"subnet": "2001:db8:2::/48", "interface-id": "'port8'"},
    ]
    assert [subnet.interface_id for subnet in six(subnet6=subnets).subnets] == [b"port7", b"'port8'"]


@pytest.mark.arm("CG-006", "CG-007", "CG-011")
@pytest.mark.parametrize("family", [4, 6])
def test_a_queue_that_cannot_be_is_refused_where_it_would_be_used(family: int) -> None:
    root, ring, other = f"Dhcp{family}", f"kea-ring{family}", f"kea-ring{10 - family}"

    def control(enable: bool = True, **keywords: Any) -> dict[str, Any]:
        return {"enable-queue": enable, **{name.replace("_", "-"): value for name, value in keywords.items()}}

    text = refusal(family, dhcp_queue_control=control(queue_type=other))
    assert f"{root}/dhcp-queue-control/queue-type" in text and f"'{other}' is not supported; there is {ring}" in text
    assert "capacity: a queue of capacity 0" in refusal(family, dhcp_queue_control=control(capacity=0))
    assert "missing parameter 'enable-queue'" in refusal(family, dhcp_queue_control={"capacity": 5})
    assert "capacity: out of range value (-1)" in refusal(family, dhcp_queue_control=control(capacity=-1))
    make = four if family == 4 else six
    make(dhcp_queue_control=control(enable=False, queue_type="nope", capacity=0))
    make(dhcp_queue_control=control(queue_type="nope"), multi_threading={"enable-multi-threading": True})
    make(dhcp_queue_control=control(queue_type="nope"), hooks_libraries=[{"library": "some.library"}])


@pytest.mark.arm("CG-009", "CG-010", "CG-012")
def test_the_queues_of_the_manual_are_accepted() -> None:
    four(dhcp_queue_control={"enable-queue": True, "queue-type": "kea-ring4", "capacity": 250})
    six(dhcp_queue_control={"enable-queue": True, "queue-type": "kea-ring6", "capacity": 300})


@pytest.mark.arm("V4-420", "V6-335", "V4-421", "V6-336")
@pytest.mark.parametrize("family", [4, 6])
def test_threads_are_as_many_and_their_queue_as_long_as_fits_in_two_octets(family: int) -> None:
    make = four if family == 4 else six
    for size, length in ((0, 0), (4, 28), (12, 792), (8, 88), (6, 66), (65535, 65535)):
        threads = {"enable-multi-threading": True, "thread-pool-size": size, "packet-queue-size": length}
        make(multi_threading=threads)
    for name in ("thread-pool-size", "packet-queue-size"):
        for wrong in (-1, 65536):
            threads = {"enable-multi-threading": True, name: wrong}
            assert f"{name}: out of range value ({wrong})" in refusal(family, multi_threading=threads)
