from __future__ import annotations

from typing import Any

import pytest

from kea_twisted.family import V4, V6
from kea_twisted.options.configured import (
    configure_option,
    duplicate_definition,
    make_class_definition,
    make_definition,
)
from kea_twisted.options.definition import ConfiguredOption, OptionDefinition
from kea_twisted.options.nested import nest
from kea_twisted.options.spaces import STANDARD4, STANDARD6, Definitions


def option4(**fields: Any) -> ConfiguredOption:
    return configure_option(definitions=STANDARD4, family=V4, **fields)


def option6(**fields: Any) -> ConfiguredOption:
    return configure_option(definitions=STANDARD6, family=V6, **fields)


def define(**fields: Any) -> OptionDefinition:
    return make_definition(**{"family": V4, "name": "x", "code": 230, "data_type": "uint8", **fields})


@pytest.mark.arm("V4-112")
@pytest.mark.arm("V4-128")
def test_an_option_is_found_by_name_or_code() -> None:
    expected = bytes.fromhex("c0000301c0000302")
    by_name = option4(name="domain-name-servers", data="192.0.3.1, 192.0.3.2", always_send=True)
    assert (by_name.code, by_name.space, by_name.body, by_name.persistent) == (6, "dhcp4", expected, True)
    assert option4(code=6, data="192.0.3.1, 192.0.3.2").body == expected
    assert (
        option4(code=6, name="domain-name-servers", data="C0 00 03 01 C0 00 03 02", csv_format=False).body == expected
    )


@pytest.mark.arm("V4-306")
@pytest.mark.arm("V6-228")
def test_an_option_without_a_definition_takes_hexadecimal_data() -> None:
    option = option4(code=230, data="0a0b", csv_format=False)
    assert (option.body, option.definition) == (b"\n\x0b", None)
    assert option4(code=230, space="foo", data="'ab'", csv_format=False).body == b"ab"
    assert option4(code=0, space="foo", csv_format=False).body == b""


@pytest.mark.arm("V4-296")
@pytest.mark.arm("V6-232")
def test_vendor_containers_hold_their_enterprise_number() -> None:
    assert option4(name="vivso-suboptions", data="25167").body.hex() == "0000624f"
    assert option4(code=125, data="0000624f00", csv_format=False).body.hex() == "0000624f"
    assert option4(code=125, data="0000624f03010161", csv_format=False).body.hex() == "0000624f03010161"
    assert option6(name="vendor-opts", data="12345").body.hex() == "00003039"
    assert option4(code=1, space="vendor-25167", data="00", csv_format=False).vendor_id == 25167
    assert option6(name="tftp-servers", space="vendor-4491", data="3000:1::234").vendor_id == 4491


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "a name or a code"),
        ({"code": 0}, "pad"),
        ({"code": 255}, "end"),
        ({"code": 256}, "between 0 and 255"),
        ({"code": -1}, "between 0 and 255"),
        ({"name": "zzz"}, "option-def"),
        ({"name": "a b"}, "space"),
        ({"name": "foo", "code": 3, "data": "1.1.1.1"}, "called 'routers'"),
        ({"code": 230, "data": "00"}, "csv-format"),
        ({"code": 230, "data": "zz", "csv_format": False}, "hexadecimal"),
        ({"code": 3, "data": "1.2.3"}, "dhcp4.routers.*1.2.3"),
        ({"code": 1, "space": "dhcp6", "data": "00"}, "kea-dhcp6"),
        ({"code": 1, "space": "a b", "data": "00"}, "option space"),
        ({"code": 13, "data": "70000"}, "65535"),
        ({"code": 13, "data": "01", "csv_format": False}, "2 octets wanted"),
        ({"code": 125, "data": "00", "csv_format": False}, "4 octets"),
        ({"code": 125, "data": "0000624f020105", "csv_format": False}, "cut short"),
        ({"code": 124, "data": "4491,0403"}, "dhcp4.vivco-suboptions"),
        ({"code": 79, "data": "05", "csv_format": False}, "neither 0 nor 1"),
    ],
)
def test_wrong_entries_are_refused_with_a_reason(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        option4(**fields)


def test_what_the_manual_calls_an_option_is_understood() -> None:
    assert option4(name="nds-server", data="1.1.1.1").code == 85
    assert option4(name="nds-server", code=85, data="1.1.1.1").code == 85
    assert option6(name="server-id", data="0001").code == 2


def test_codes_of_dhcpv6_have_sixteen_bits() -> None:
    assert option6(code=65535, data="00", csv_format=False).code == 65535
    with pytest.raises(ValueError, match="65535"):
        option6(code=65536, data="00", csv_format=False)
    with pytest.raises(ValueError, match="reserved"):
        option6(code=0, data="00", csv_format=False)


@pytest.mark.arm("V4-271")
def test_a_definition_takes_its_fields() -> None:
    row = define(name="rec", data_type="record", record_types=" ipv4-address, uint16 ", array=True)
    assert row == OptionDefinition(
        230, "rec", "dhcp4", "record", True, ("ipv4-address", "uint16"), "", "option-def", V4
    )
    assert define(encapsulate="foo").encapsulates == "foo"
    assert make_definition(family=V6, name="x", code=65000, data_type="empty").space == "dhcp6"


def test_nothing_follows_text_and_octets_without_an_end() -> None:
    assert define(data_type="string", encapsulate="foo").encapsulates == ""
    assert define(data_type="binary", encapsulate="foo").encapsulates == ""


@pytest.mark.arm("V4-126")
@pytest.mark.arm("V4-273")
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "no name for an option"),
        ({"name": "-a"}, "no name for an option"),
        ({"name": "a.b"}, "no name for an option"),
        ({"space": "a b"}, "option space"),
        ({"encapsulate": "a b"}, "option space"),
        ({"code": 0}, "pad"),
        ({"code": 256}, "between"),
        ({"code": 3}, "standard option"),
        ({"name": "routers"}, "standard option"),
        ({"data_type": "foo"}, "no type 'foo'"),
        ({"data_type": "record"}, "two fields"),
        ({"data_type": "record", "record_types": "uint8"}, "two fields"),
        ({"data_type": "record", "record_types": "uint8,record"}, "cannot be a field"),
        ({"data_type": "record", "record_types": "string,uint8"}, "must be the last"),
        ({"data_type": "record", "record_types": "uint8,binary", "array": True}, "cannot be an array"),
        ({"record_types": "uint8,uint8"}, "record-types"),
        ({"data_type": "string", "array": True}, "cannot be an array"),
        ({"data_type": "empty", "array": True}, "cannot be an array"),
        ({"encapsulate": "foo", "array": True}, "no end"),
        ({"encapsulate": "dhcp4"}, "its own space"),
    ],
)
def test_wrong_definitions_are_refused_with_a_reason(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        define(**fields)


@pytest.mark.arm("V4-282")
@pytest.mark.arm("V4-284")
def test_classes_define_private_options_and_option_43() -> None:
    row = make_class_definition(family=V4, name="vendor-encapsulated-options", data_type="empty", encapsulate="APC")
    assert (row.code, row.encapsulates) == (43, "APC")
    assert make_class_definition(family=V4, name="foo", code=254, data_type="uint8").code == 254
    for fields in ({"code": 209}, {"code": 230, "space": "foo"}, {"code": None}):
        with pytest.raises(ValueError):
            make_class_definition(family=V4, name="foo", data_type="uint8", **fields)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        make_class_definition(family=V6, name="foo", code=230, data_type="uint8")


@pytest.mark.arm("V6-229")
def test_codes_and_names_are_unique_in_a_space() -> None:
    rows = [define(name="a", code=224)]
    assert "224" in duplicate_definition(rows, define(name="b", code=224))
    assert "'a'" in duplicate_definition(rows, define(name="a", code=225))
    assert duplicate_definition(rows, define(name="a", code=224, space="foo")) == ""


def scope(*options: ConfiguredOption) -> dict[str, dict[int, ConfiguredOption]]:
    found: dict[str, dict[int, ConfiguredOption]] = {}
    for option in options:
        found.setdefault(option.space, {})[option.code] = option
    return found


@pytest.mark.arm("V4-302")
@pytest.mark.arm("V4-305")
@pytest.mark.arm("V4-304")
def test_sub_options_follow_in_their_container() -> None:
    rows = [
        define(name="container", code=222, data_type="empty", encapsulate="isc"),
        define(name="numbered", code=223, data_type="uint16", encapsulate="isc"),
        define(name="subopt1", code=1, space="isc", data_type="ipv4-address"),
        define(name="subopt2", code=2, space="isc", data_type="string"),
    ]
    definitions = Definitions({(row.space, row.code): row for row in rows})
    fields: dict[str, Any] = {"definitions": definitions, "family": V4}
    inside = scope(
        configure_option(name="subopt2", space="isc", data="Hello world", **fields),
        configure_option(name="subopt1", space="isc", data="192.0.2.3", **fields),
    )
    nested = "0104c0000203020b48656c6c6f20776f726c64"
    assert nest(configure_option(name="container", **fields), inside).hex() == nested
    assert nest(configure_option(name="numbered", data="5", **fields), inside).hex() == "0005" + nested
    own = configure_option(name="container", data="0201cc0301dd", csv_format=False, **fields)
    assert nest(own, inside).hex() == "0104c00002030201cc0301dd"
    assert nest(own, {}).hex() == "0201cc0301dd"


@pytest.mark.arm("V6-209")
@pytest.mark.arm("V6-214")
@pytest.mark.arm("V6-215")
def test_softwire_containers_nest_three_deep() -> None:
    mape, rule = "s46-cont-mape-options", "s46-rule-options"
    inside = scope(
        option6(space=mape, name="s46-rule", data="128, 0, 24, 192.0.2.0, 2001:db8:1::/64"),
        option6(space=mape, name="s46-br", data="2001:db8::1"),
        option6(space=rule, name="s46-portparams", data="2, 3/4"),
    )
    container = option6(code=94)
    assert nest(container, inside).hex() == (
        "00590018800018c00002004020010db800010000005d000402043000005a001020010db8000000000000000000000001"
    )


def test_spaces_that_encapsulate_each_other_come_to_an_end() -> None:
    rows = [
        define(name="a", code=222, data_type="empty", encapsulate="foo"),
        define(name="b", code=1, space="foo", data_type="empty", encapsulate="bar"),
        define(name="c", code=1, space="bar", data_type="empty", encapsulate="foo"),
    ]
    definitions = Definitions({(row.space, row.code): row for row in rows})
    options = [configure_option(definitions=definitions, family=V4, code=row.code, space=row.space) for row in rows]
    assert len(nest(options[0], scope(*options))) < 100
