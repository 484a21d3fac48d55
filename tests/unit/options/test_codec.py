from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kea_twisted.base.address import MAX4, MAX6, Prefix, mask
from kea_twisted.base.labels import labels_text
from kea_twisted.errors import WireError
from kea_twisted.family import V4, V6, Family
from kea_twisted.options import codec
from kea_twisted.options.definition import OptionDefinition
from kea_twisted.options.types import BY_NAME, FIELDS, TYPES, Integer, Psid


def definition(
    kind: str, array: bool = False, record: str = "", family: Family = V4, below: str = ""
) -> OptionDefinition:
    fields = tuple(record.split()) if record else ()
    return OptionDefinition(230, "x", family.space, kind, array, fields, below, "", family)


LABEL = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_", min_size=1, max_size=12).map(str.encode)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "binary": st.binary(max_size=40),
    "boolean": st.booleans(),
    "fqdn": st.lists(LABEL, min_size=1, max_size=5).map(lambda found: labels_text(tuple(found), True)),
    "ipv4-address": st.integers(0, MAX4),
    "ipv6-address": st.integers(0, MAX6),
    "ipv6-prefix": st.builds(
        lambda first, length: Prefix(first & mask(length, 128), length), st.integers(0, MAX6), st.integers(0, 128)
    ),
    "psid": st.integers(1, 16).flatmap(
        lambda length: st.builds(Psid, st.integers(0, (1 << length) - 1), st.just(length))
    ),
    "string": st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=40),
    "tuple": st.binary(min_size=1, max_size=60),
    **{
        name: st.integers(found.minimum, found.maximum)
        for name, found in FIELDS[4].items()
        if isinstance(found, Integer)
    },
}
FAMILIES = st.sampled_from([V4, V6])
SINGLE = sorted(VALUES)
REPEATING = sorted(name for name in VALUES if BY_NAME[name].repeats)


def test_every_type_with_values_is_tried() -> None:
    assert set(VALUES) == set(FIELDS[4]) == set(FIELDS[6])
    assert {row.name for row in TYPES} - set(VALUES) == {"empty", "record"}


@given(st.data(), st.sampled_from(SINGLE), FAMILIES)
def test_a_value_survives_its_octets(data: st.DataObject, kind: str, family: Family) -> None:
    value = data.draw(VALUES[kind])
    body = codec.encode(definition(kind, family=family), [value])
    assert codec.decode(definition(kind, family=family), body) == (value,)


@given(st.data(), st.sampled_from(REPEATING), FAMILIES)
def test_an_array_survives_its_octets(data: st.DataObject, kind: str, family: Family) -> None:
    values = tuple(data.draw(st.lists(VALUES[kind], min_size=1, max_size=6)))
    row = definition(kind, True, family=family)
    assert codec.decode(row, codec.encode(row, values)) == values


@given(st.data(), st.lists(st.sampled_from(REPEATING), min_size=1, max_size=4), st.sampled_from(SINGLE), FAMILIES)
def test_a_record_survives_its_octets(data: st.DataObject, first: list[str], last: str, family: Family) -> None:
    row = definition("record", record=" ".join([*first, last]), family=family)
    values = tuple(data.draw(VALUES[kind]) for kind in row.record)
    assert codec.decode(row, codec.encode(row, values)) == values


@given(st.data(), st.sampled_from(REPEATING), st.sampled_from(REPEATING), FAMILIES)
def test_the_last_field_of_an_array_of_records_repeats(
    data: st.DataObject, first: str, last: str, family: Family
) -> None:
    row = definition("record", True, f"{first} {last}", family)
    values = (data.draw(VALUES[first]), *data.draw(st.lists(VALUES[last], min_size=1, max_size=4)))
    assert codec.decode(row, codec.encode(row, values)) == values


@given(st.data(), st.sampled_from(sorted(set(SINGLE) - {"string", "tuple"})), FAMILIES)
def test_the_text_of_a_body_makes_the_body_again(data: st.DataObject, kind: str, family: Family) -> None:
    row = definition(kind, family=family)
    body = codec.encode(row, [data.draw(VALUES[kind])])
    if body:
        assert codec.encode_csv(row, codec.to_csv(row, body)) == body


@given(st.text("ab,\\ c", min_size=1, max_size=20).filter(lambda text: text.strip() == text))
def test_commas_and_backslashes_in_text_survive_their_escapes(text: str) -> None:
    row = definition("string")
    assert codec.encode_csv(row, codec.to_csv(row, text.encode())) == text.encode()


@given(
    st.binary(max_size=80),
    st.sampled_from(SINGLE),
    st.booleans(),
    st.lists(st.sampled_from(REPEATING), max_size=3),
    FAMILIES,
)
def test_any_octets_give_values_or_a_wire_error(
    body: bytes, kind: str, array: bool, before: list[str], family: Family
) -> None:
    array = array and BY_NAME[kind].repeats
    if before:
        row = definition("record", array, " ".join([*before, kind]), family)
    else:
        row = definition(kind, array, family=family)
    try:
        values = codec.decode(row, body)
    except WireError:
        return
    end = codec.fields_end(row, body)
    assert 0 <= end <= len(body)
    assert len(values) >= len(codec.layout(row).once)
    if values:  # of a list that begins with the root domain nothing is left
        assert codec.decode(row, codec.canonical(row, body)) == values


@pytest.mark.arm("V4-124")
@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a,b", ["a", "b"]),
        (" a , b ", ["a", "b"]),
        ("foo\\,bar", ["foo,bar"]),
        ("a\\b", ["a\\b"]),
        ("a\\\\b", ["a\\b"]),
        ("a\\\\,b", ["a\\", "b"]),
        ("a\\", ["a\\"]),
        ("", []),
        (",", []),
        ("1,,3", ["1", "3"]),
        ("1, ,3", ["1", "", "3"]),
        (" ", [""]),
    ],
)
def test_values_are_split_at_commas(text: str, values: list[str]) -> None:
    assert codec.split_csv(text) == values


@pytest.mark.arm("V4-251")
@pytest.mark.arm("V4-252")
@pytest.mark.arm("V4-255")
@pytest.mark.arm("V4-278")
@pytest.mark.arm("V4-280")
@pytest.mark.arm("V6-128")
@pytest.mark.arm("V6-129")
@pytest.mark.parametrize(
    ("kind", "array", "record", "text", "octets"),
    [
        ("uint32", False, "", "12345", "00003039"),
        ("uint16", False, "", "abcd", "abcd"),
        ("uint16", False, "", "0xabcd", "abcd"),
        ("uint8", False, "", "10", "0a"),
        ("int8", False, "", "-1", "ff"),
        ("boolean", False, "", "TRUE", "01"),
        ("psid", False, "", "3/4", "043000"),
        ("psid", False, "", "9/0", "000000"),
        ("ipv6-prefix", False, "", "2001:db8:1::/64", "4020010db800010000"),
        ("ipv6-prefix", False, "", "2001:db8:ffff::/33", "2120010db880"),
        ("ipv6-prefix", False, "", "::/0", "00"),
        ("fqdn", False, "", "www.example.com", "03777777076578616d706c6503636f6d00"),
        ("tuple", False, "", "abc", "03616263"),
        ("tuple", True, "", "a,b", "01610162"),
        ("ipv4-address", True, "", "192.0.3.1, 192.0.3.2", "c0000301c0000302"),
        ("ipv4-address", True, "", "", ""),
        ("empty", False, "", "", ""),
        ("string", False, "", "foo\\,bar", "666f6f2c626172"),
        (
            *("record", False, "ipv4-address uint16 boolean string", "192.0.2.100, 123, true, Hello World"),
            "c0000264007b0148656c6c6f20576f726c64",
        ),
        ("record", True, "ipv4-address uint16", "192.0.2.1, 1, 2, 3", "c0000201000100020003"),
        ("uint8", False, "", "1, 2", "01"),
    ],
)
def test_text_is_encoded(kind: str, array: bool, record: str, text: str, octets: str) -> None:
    assert codec.encode_csv(definition(kind, array, record), text).hex() == octets


@pytest.mark.arm("V6-132")
def test_tuples_of_dhcpv6_have_a_length_of_two_octets() -> None:
    assert codec.encode_csv(definition("tuple", True, family=V6), "a,bc").hex() == "00016100026263"


@pytest.mark.arm("V4-257")
@pytest.mark.arm("V4-262")
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("uint8", "256"),
        ("uint8", "-1"),
        ("uint8", ""),
        ("uint8", "1.5"),
        ("int16", "32768"),
        ("int32", "-2147483649"),
        ("uint32", "99999999999999999999"),
        ("boolean", "maybe"),
        ("ipv4-address", "1.2.3"),
        ("ipv4-address", "::1"),
        ("ipv6-address", "1.2.3.4"),
        ("ipv6-prefix", "2001:db8::"),
        ("ipv6-prefix", "2001:db8::/129"),
        ("psid", "16/4"),
        ("psid", "3/17"),
        ("psid", "3"),
        ("tuple", "x" * 256),
        ("fqdn", "a..b"),
        ("fqdn", "."),
        ("fqdn", "my host"),
        ("string", ""),
        ("empty", "x"),
        ("binary", "abc"),
    ],
)
def test_text_that_does_not_suit_its_type_is_refused(kind: str, text: str) -> None:
    with pytest.raises(ValueError):
        codec.encode_csv(definition(kind), text)


def test_a_record_needs_a_value_for_each_field() -> None:
    with pytest.raises(ValueError, match="2 values expected, 1 given"):
        codec.encode_csv(definition("record", record="uint8 uint8"), "1")


@pytest.mark.rfc("3397", "2")
def test_lists_of_names_are_decompressed_in_dhcpv4_only() -> None:
    body = bytes.fromhex("016100" + "0162c000")
    assert codec.decode(definition("fqdn", True), body) == ("a.", "b.a.")
    assert codec.canonical(definition("fqdn", True), body).hex() == "0161000162016100"
    with pytest.raises(WireError):
        codec.decode(definition("fqdn", True, family=V6), body)


@pytest.mark.arm("V4-254")
def test_zeros_at_the_end_of_text_do_not_count() -> None:
    assert codec.decode(definition("string"), b"ab\0\0") == ("ab",)
    assert codec.canonical(definition("string"), b"ab\0\0") == b"ab"
    with pytest.raises(WireError):
        codec.decode(definition("string"), b"\0")


@pytest.mark.arm("V4-304")
def test_sub_options_begin_where_the_fields_end() -> None:
    row = definition("uint16", below="foo")
    body = bytes.fromhex("00050103616263")
    assert codec.decode(row, body) == (5,)
    assert codec.fields_end(row, body) == 2
    assert codec.canonical(row, body + b"\1\5a") == body


def test_values_of_wrong_types_are_refused() -> None:
    for kind in sorted(VALUES):
        with pytest.raises(ValueError):
            codec.encode(definition(kind), [object()])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="expected"):
        codec.encode(definition("uint8"), [1, 2])
    with pytest.raises(ValueError):
        codec.encode(definition("ipv6-prefix"), [Prefix(1, 64)])
    with pytest.raises(ValueError):
        codec.encode(definition("psid"), [Psid(16, 4)])


def test_errors_name_the_option() -> None:
    for kind, body in (("boolean", b"\2"), ("uint16", b"\2"), ("fqdn", b"\2")):
        with pytest.raises(WireError) as caught:
            codec.decode(definition(kind), body)
        assert caught.value.code == 230


@pytest.mark.parametrize(
    ("kind", "array", "octets"),
    [
        ("boolean", False, "02"),
        ("psid", False, "043fff"),
        ("psid", False, "110000"),
        ("uint16", True, "000102"),
        ("uint16", True, ""),
        ("ipv4-address", True, "0102"),
        ("ipv6-prefix", False, "81" + "00" * 17),
        ("tuple", False, "0561"),
        ("tuple", True, "00"),
        ("fqdn", True, ""),
    ],
)
def test_octets_that_do_not_suit_their_type_are_refused(kind: str, array: bool, octets: str) -> None:
    with pytest.raises(WireError):
        codec.decode(definition(kind, array), bytes.fromhex(octets))
