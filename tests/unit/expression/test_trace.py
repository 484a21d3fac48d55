"""The debug lines of an evaluation. ARM classify, "Debugging Expressions"."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kea_twisted.classes.builtin import is_builtin
from kea_twisted.errors import ExpressionError
from kea_twisted.expression.compile import compile_test
from kea_twisted.family import V4
from kea_twisted.log.logger import EVAL, Logger
from kea_twisted.log.message import DBG_ALL, Message
from kea_twisted.options.spaces import Definitions
from kea_twisted.wire.v4 import Packet4

Lines = list[tuple[str, tuple[object, ...]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    got: Lines = []

    def keep(_logger: Logger, message: Message, arguments: tuple[object, ...]) -> None:
        message.text.format(*arguments)  # every line has the arguments that its text shows
        assert message.text.count("{}") == len(arguments)
        got.append((message.id, arguments))

    before = EVAL.rank, EVAL.emit
    EVAL.rank, EVAL.emit = DBG_ALL, keep
    yield got
    EVAL.rank, EVAL.emit = before


def trace(text: str) -> object:
    packet = Packet4(1)
    packet.ifname = "eth0"
    packet.options = {61: b"foobar", 60: b"MSFT", 125: b"\0\0\x11\x8b\5\1\3abc", 82: b"\1\1x"}
    try:
        return compile_test(text, V4, Definitions(family=V4), is_builtin).trace(packet)
    except ExpressionError:
        return "error"


@pytest.mark.arm("CL-119")
@pytest.mark.arm("CL-121")
def test_the_example_of_the_manual_writes_its_six_lines(lines: Lines) -> None:
    assert trace("substring(option[61].hex,0,3) == 'foo'") is True
    assert lines == [
        ("EVAL_DEBUG_OPTION", (61, "0x666F6F626172")),
        ("EVAL_DEBUG_STRING", ("'0'",)),
        ("EVAL_DEBUG_STRING", ("'3'",)),
        ("EVAL_DEBUG_SUBSTRING", ("3", "0", "0x666F6F626172", "0x666F6F")),
        ("EVAL_DEBUG_STRING", ("'foo'",)),
        ("EVAL_DEBUG_EQUAL", ("0x666F6F", "0x666F6F", "'true'")),
    ]


@pytest.mark.arm("CL-120")
def test_operands_are_shown_in_the_order_they_come_off_the_stack(lines: Lines) -> None:
    trace("'a' + 'b' + 'c' == ''")
    assert [line for line in lines if line[0] == "EVAL_DEBUG_CONCAT"] == [
        ("EVAL_DEBUG_CONCAT", ("0x62", "0x61", "0x6162")),
        ("EVAL_DEBUG_CONCAT", ("0x63", "0x6162", "0x616263")),
    ]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("substring('', 0, 1) == ''", ("EVAL_DEBUG_SUBSTRING_EMPTY", ("1", "0", "0x", "0x"))),
        ("substring('a', 7, all) == ''", ("EVAL_DEBUG_SUBSTRING_RANGE", ("all", "7", "0x61", "0x"))),
        ("split('a.b', '.', 2) == ''", ("EVAL_DEBUG_SPLIT", ("2", "'.'", "'a.b'", "0x62"))),
        ("split('a.b', '.', 3) == ''", ("EVAL_DEBUG_SPLIT_FIELD_OUT_OF_RANGE", ("3", "'.'", "'a.b'", "0x"))),
        ("split('', '.', 3) == ''", ("EVAL_DEBUG_SPLIT_EMPTY", ("3", "'.'", "''", "0x"))),
        ("split('a', '', 3) == ''", ("EVAL_DEBUG_SPLIT_DELIM_EMPTY", ("3", "''", "'a'", "0x61"))),
        ("hexstring('ab', ':') == ''", ("EVAL_DEBUG_TOHEXSTRING", ("0x6162", "':'", "61:62"))),
        ("addrtotext(10.0.0.1) == ''", ("EVAL_DEBUG_IPADDRESSTOTEXT", ("10.0.0.1",))),
        ("10.0.0.1 == ''", ("EVAL_DEBUG_IPADDRESS", ("0x0A000001",))),
        ("int8totext(0xff) == ''", ("EVAL_DEBUG_INT8TOTEXT", ("-1",))),
        ("ifelse(known, 'a', 'b') == ''", ("EVAL_DEBUG_IFELSE_FALSE", ("'false'", "0x61", "0x62"))),
        ("ifelse(not known, 'a', 'b') == ''", ("EVAL_DEBUG_IFELSE_TRUE", ("'true'", "0x62", "0x61"))),
        ("option[60].text == ''", ("EVAL_DEBUG_OPTION", (60, "'MSFT'"))),
        ("pkt.iface == ''", ("EVAL_DEBUG_PKT", ("iface", "'eth0'"))),
        ("option[82].option[1].hex == ''", ("EVAL_DEBUG_SUB_OPTION", (82, 1, "0x78"))),
        ("option[43].option[1].hex == ''", ("EVAL_DEBUG_SUB_OPTION_NO_OPTION", (43, 1, "0x"))),
        ("vendor.enterprise == ''", ("EVAL_DEBUG_VENDOR_ENTERPRISE_ID", (4491, "0x0000118B"))),
        ("vendor[9].option[1].hex == ''", ("EVAL_DEBUG_VENDOR_ENTERPRISE_ID_MISMATCH", (9, 4491, "''"))),
        ("vendor[*].option[1].hex == ''", ("EVAL_DEBUG_OPTION", (1, "0x616263"))),
        ("vendor-class[*].data == ''", ("EVAL_DEBUG_VENDOR_CLASS_NO_OPTION", (124, "''"))),
    ],
)
def test_a_step_has_its_line(lines: Lines, text: str, last: tuple[str, tuple[object, ...]]) -> None:
    trace(text)
    before_the_literal = [line for line in lines if line != ("EVAL_DEBUG_STRING", ("''",)) or "''," in text]
    assert last in before_the_literal


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("vendor[*].exists", ("EVAL_DEBUG_VENDOR_EXISTS", (4491, "'true'"))),
        ("vendor-class[1].exists", ("EVAL_DEBUG_VENDOR_CLASS_NO_OPTION", (124, "'false'"))),
        ("member('HA_x')", ("EVAL_DEBUG_MEMBER", ("'HA_x'", "'false'"))),
    ],
)
def test_a_single_step_is_a_single_line(lines: Lines, text: str, line: tuple[str, tuple[object, ...]]) -> None:
    trace(text)
    assert lines == [line]


def test_the_untraced_test_writes_nothing(lines: Lines) -> None:
    packet = Packet4(1)
    compile_test("member('HA_x') or 'a' == option[60].hex", V4, Definitions(family=V4), is_builtin).test(packet)
    assert lines == []
