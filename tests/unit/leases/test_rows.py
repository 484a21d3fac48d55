"""Rows of lease files: one lease ⇄ one line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kea_twisted.errors import StoreError
from kea_twisted.leases.lease import DECLINED, IA_NA, IA_PD, INFINITE, Lease4, Lease6
from kea_twisted.leases.memfile.rows import (
    Decoder4,
    Decoder6,
    encode4,
    encode6,
    escape,
    removal4,
    removal6,
    unescape,
)
from kea_twisted.leases.v4 import SCHEMA4
from kea_twisted.leases.v6 import SCHEMA6

ROW4 = '192.0.2.10,01:02:03:04:05:06,01:02,7200,1800000000,3,1,0,host,2,{ "a": 1 }'
ROW6 = '2001:db8::1,00:01:02,7200,1800000000,3,3600,0,9,128,1,0,host,01:02:03,2,{ "a": 1 },6,4'

words = st.integers(0, 0xFFFFFFFF)
texts = st.text(st.characters(codec="utf-8"), max_size=20)
contexts = st.one_of(st.just(""), st.dictionaries(texts, st.one_of(texts, st.integers())).map(json.dumps))
times = st.integers(-(1 << 33), 1 << 40)


@st.composite
def leases4(draw: st.DrawFn) -> Lease4:
    return Lease4(
        draw(words),
        draw(st.binary(min_size=1, max_size=20)),
        draw(st.one_of(st.just(b""), st.binary(min_size=2, max_size=128))),
        draw(words),
        draw(times),
        draw(words),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(texts).lower(),
        draw(st.integers(0, 2)),
        draw(contexts),
    )


@st.composite
def leases6(draw: st.DrawFn) -> Lease6:
    kind = draw(st.sampled_from((IA_NA, IA_PD)))
    hwaddr = draw(st.binary(max_size=20))
    return Lease6(
        kind,
        draw(st.integers(0, (1 << 128) - 1)),
        draw(st.integers(0, 128)) if kind == IA_PD else 128,
        draw(st.binary(min_size=2, max_size=128)),
        draw(words),
        draw(words),
        draw(words),
        draw(words),
        draw(words),
        draw(st.booleans()),
        draw(st.booleans()),
        draw(texts),
        hwaddr,
        draw(st.integers(0, 0xFFFF)) if hwaddr else 0,
        draw(words) if hwaddr else 0,
        draw(st.integers(0, 2)),
        draw(contexts),
    )


def decode4(line: str, columns: int = len(SCHEMA4.columns)) -> Lease4:
    return Decoder4(columns).decode(line)


def decode6(line: str, columns: int = len(SCHEMA6.columns)) -> Lease6:
    return Decoder6(columns).decode(line)


@given(leases4())
def test_a_dhcpv4_lease_survives_its_row(lease: Lease4) -> None:
    # Lower case of some letters has another lower case; hostnames come in lower case once and for all.
    lease.hostname = lease.hostname.lower() if lease.hostname.lower().lower() == lease.hostname.lower() else ""
    row = encode4(lease)
    assert row.count("\n") == 1
    assert row.endswith("\n")
    assert decode4(row[:-1]) == lease


@given(leases6())
def test_a_dhcpv6_lease_survives_its_row(lease: Lease6) -> None:
    row = encode6(lease)
    assert row.count("\n") == 1
    assert decode6(row[:-1]) == lease


@given(st.text())
def test_any_line_gives_a_lease_or_a_value_error(line: str) -> None:
    for decode in (decode4, decode6):
        try:
            decode(line)
        except ValueError:
            continue


@given(st.integers(0, len(ROW4)), st.text(max_size=3))
def test_a_damaged_row_gives_a_lease_or_a_value_error(place: int, put: str) -> None:
    for row, decode in ((ROW4, decode4), (ROW6, decode6)):
        try:
            decode(row[:place] + put + row[place + 1 :])
        except ValueError:
            continue


@pytest.mark.parametrize("column", SCHEMA4.columns, ids=lambda column: column.name)
def test_each_dhcpv4_column_fills_the_field_of_its_table_row(column: object) -> None:
    _each_column(SCHEMA4, ROW4, decode4, column)


@pytest.mark.parametrize("column", SCHEMA6.columns, ids=lambda column: column.name)
def test_each_dhcpv6_column_fills_the_field_of_its_table_row(column: object) -> None:
    _each_column(SCHEMA6, ROW6, decode6, column)


OTHER = {
    "address": {"4": "10.0.0.1", "6": "2001:db8::2"},
    "octets": "0a:0b",
    "count": "1",
    "time": "1900000000",
    "flag": {"1": "0", "0": "1"},
    "text": "other",
    "json": "{}",
}


def _each_column(schema: object, row: str, decode: object, column: object) -> None:
    """Change one column's text: exactly its field changes (and cltt, where it is computed from valid_lifetime)."""
    place = schema.columns.index(column)  # type: ignore[attr-defined]
    fields = row.split(",")
    other = OTHER[column.kind]  # type: ignore[attr-defined]
    if isinstance(other, dict):
        other = other[fields[place]] if column.kind == "flag" else other["6" if ":" in fields[0] else "4"]  # type: ignore[attr-defined]
    if column.name in ("lease_type", "prefix_len"):  # type: ignore[attr-defined]
        fields[6], fields[8] = "2", "64"
        row = ",".join(fields)
        other = "1" if column.name == "lease_type" else "56"  # type: ignore[attr-defined]
    fields[place] = other
    before, after = decode(row), decode(",".join(fields))  # type: ignore[operator]
    changed = {name for name in before.__slots__ if getattr(before, name) != getattr(after, name)}
    expected = {column.field}  # type: ignore[attr-defined]
    if column.name == "valid_lifetime":  # type: ignore[attr-defined]
        expected.add("cltt")
    if column.name == "lease_type":  # type: ignore[attr-defined]
        expected.add("prefix_length")
    assert changed == expected


@pytest.mark.arm("LE-064")
def test_a_removal_has_no_lifetime_and_ends_when_the_client_was_last_heard() -> None:
    lease = Lease4(0xC000020A, b"\1\2\3", b"", 7200, 1_700_000_000, 1)
    assert removal4(lease) == "192.0.2.10,01:02:03,,0,1700000000,1,0,0,,0,\n"
    lease6 = Lease6(IA_NA, 1, 128, b"\1\2", 3, 10, 7200, 1_700_000_000, 1)
    assert removal6(lease6) == "::1,01:02,0,1700000000,1,0,0,3,128,0,0,,,0,,,\n"
    assert lease.valid_lifetime == 7200


@pytest.mark.arm("LE-063")
def test_expire_of_an_infinite_lease_is_beyond_32_bits() -> None:
    row = encode4(Lease4(1, b"\1", b"", INFINITE, 1_795_262_568, 1))
    assert ",4294967295,6090229863," in row


def test_rows_are_those_of_kea() -> None:
    lease = Lease4(
        0xC0000215,
        b"\1\2\3\4\5\6",
        b"\1\2\3",
        INFINITE,
        1795262568,
        1,
        True,
        True,
        'foo,bar&x"q\\z',
        0,
        '{ "a": "x,y" }',
    )
    assert encode4(lease) == (
        "192.0.2.21,01:02:03:04:05:06,01:02:03,4294967295,6090229863,1,1,1,"
        'foo&#x2cbar&#x26x"q\\z,0,{ "a": "x&#x2cy" }\n'
    )


@given(st.text(st.characters(max_codepoint=127)))
def test_escapes_come_back(text: str) -> None:
    assert unescape(escape(text)) == text
    assert "," not in escape(text)
    assert "\n" not in escape(text)


def test_broken_escapes_stay_as_they_are() -> None:
    assert unescape("a&#x0ab&#x2Cc&#x2zd&#xd&xe&#") == "a\nb,c&#x2zd&#xd&xe&#"


@pytest.mark.parametrize(
    "row",
    [
        ROW4.rpartition(",")[0],
        ROW4.replace("192.0.2.10", "192.0.2.010"),
        ROW4.replace("192.0.2.10", " 192.0.2.10"),
        ROW4.replace("192.0.2.10", "2001:db8::1"),
        ROW4.replace("01:02:03:04:05:06", "zz"),
        ROW4.replace("01:02:03:04:05:06", "010203040506"),
        ROW4.replace("01:02:03:04:05:06", "01 02 03"),
        ROW4.replace("01:02:03:04:05:06", "01:02:"),
        ROW4.replace("01:02:03:04:05:06", ":".join(["01"] * 21)),
        ROW4.replace(",01:02,", ",01,"),
        ROW4.replace(",01:02,", "," + ":".join(["01"] * 129) + ","),
        ROW4.replace("01:02:03:04:05:06,01:02", ","),
        ROW4.replace("7200", " 7200"),
        ROW4.replace("7200", "7_200"),
        ROW4.replace("7200", "4294967296"),
        ROW4.replace("7200", ""),
        ROW4.replace("1800000000", "99999999999999999999"),
        ROW4.replace(",1,0,", ",true,0,"),
        ROW4.replace(",1,0,", ",2,0,"),
        ROW4.replace(",1,0,", ",,0,"),
        ROW4.replace(",2,", ",x,"),
        ROW4.replace('{ "a": 1 }', "[]"),
        ROW4.replace('{ "a": 1 }', "{"),
        ROW4.replace('{ "a": 1 }', "null"),
        ROW4.replace('{ "a": 1 }', "[" * 5000),
    ],
)
def test_rows_that_kea_discards_are_discarded(row: str) -> None:
    with pytest.raises(ValueError):
        decode4(row)


def test_odd_rows_that_kea_accepts_are_accepted() -> None:
    assert decode4(ROW4 + ",more,columns") == decode4(ROW4)
    assert decode4(ROW4.replace("01:02:03:04:05:06", "1:2:A")).hwaddr == b"\1\2\x0a"
    assert decode4(ROW4.replace("7200", "+7200")).valid_lifetime == 7200
    assert decode4(ROW4.replace("7200", "-1")).valid_lifetime == INFINITE
    assert decode4(ROW4.replace("host", "HOST")).hostname == "host"
    assert decode4(ROW4.replace("1800000000", "0")).cltt == -7200
    declined = decode4("192.0.2.10,,,7200,1800000000,3,0,0,,1,")
    assert (declined.state, declined.hwaddr) == (DECLINED, b"")


@pytest.mark.arm("LE-066")
def test_only_declined_dhcpv6_leases_have_no_duid() -> None:
    assert decode6(ROW6.replace("00:01:02", "00").replace("01:02:03,2", "01:02:03,1")).duid == b""
    for row in (ROW6.replace("00:01:02", "00"), ROW6.replace("00:01:02", "")):
        with pytest.raises(ValueError):
            decode6(row)


def test_a_bad_hardware_address_of_a_dhcpv6_row_counts_as_none() -> None:
    for bad in ("zz", ":".join(["01"] * 21)):
        lease = decode6(ROW6.replace("01:02:03", bad))
        assert (lease.hwaddr, lease.hwtype, lease.hwaddr_source) == (b"", 0, 0)
    assert decode6(ROW6.replace(",6,4", ",,")).hwtype == 1


@pytest.mark.arm("LE-060")
@pytest.mark.parametrize("columns", range(9, 11))
def test_rows_of_older_dhcpv4_files_get_defaults(columns: int) -> None:
    lease = decode4(",".join(ROW4.split(",")[:columns]), columns)
    assert lease.state == (2 if columns > 9 else 0)
    assert lease.user_context == ""
    assert decode4(ROW4, columns) == decode4(ROW4)


@pytest.mark.arm("LE-060")
@pytest.mark.parametrize("columns", range(12, 17))
def test_rows_of_older_dhcpv6_files_get_defaults(columns: int) -> None:
    lease = decode6(",".join(ROW6.split(",")[:columns]), columns)
    assert lease.hwaddr == (b"\1\2\3" if columns > 12 else b"")
    assert lease.hwtype == ((6 if columns > 15 else 1) if columns > 12 else 0)
    assert lease.state == (2 if columns > 13 else 0)


def test_headers_tell_the_version() -> None:
    header = SCHEMA4.header
    assert (
        header
        == "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context"
    )
    assert not SCHEMA4.read_header(header, "f").older
    assert SCHEMA4.read_header(header.removesuffix(",user_context"), "f").version == "2.0"
    assert SCHEMA4.read_header(header + ",pool_id", "f").newer
    assert (SCHEMA4.version, SCHEMA6.version) == ("2.1", "4.0")
    for bad in ("", "junk", header.replace("state", "stat"), ",".join(header.split(",")[:8])):
        with pytest.raises(StoreError):
            SCHEMA4.read_header(bad, "f")


def test_a_dhcpv6_row_without_its_last_columns_loses_its_hardware_address() -> None:
    whole = decode6(ROW6)
    for columns in (15, 16):
        lease = decode6(",".join(ROW6.split(",")[:columns]))
        assert lease.hwaddr == b""
        assert (lease.address, lease.user_context) == (whole.address, whole.user_context)
    with pytest.raises(ValueError):
        decode6(",".join(ROW6.split(",")[:14]))
