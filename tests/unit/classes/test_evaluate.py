"""Which classes a packet gets, in which order, and at which step. ARM classify-classification-steps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kea_twisted.classes.client_class import ClientClass
from kea_twisted.classes.define import define
from kea_twisted.classes.v4 import ClassEvaluator4
from kea_twisted.classes.v6 import ClassEvaluator6
from kea_twisted.family import V4
from kea_twisted.log.logger import DHCP4, EVAL, OPTIONS, Logger
from kea_twisted.log.message import DBG_ALL, DEBUG, INFO, NONE, Message
from kea_twisted.options.spaces import Definitions
from kea_twisted.wire.v4 import Packet4
from kea_twisted.wire.v6 import Packet6

DEFINITIONS = Definitions(family=V4)
Lines = list[tuple[str, str, tuple[object, ...]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    got: Lines = []

    def keep(_logger: Logger, message: Message, arguments: tuple[object, ...]) -> None:
        got.append((message.severity, message.id, arguments))

    before = [(logger, logger.rank, logger.emit) for logger in (DHCP4, OPTIONS, EVAL)]
    for logger, rank in ((DHCP4, DBG_ALL), (OPTIONS, DBG_ALL), (EVAL, NONE)):
        logger.rank, logger.emit = rank, keep
    yield got
    for logger, rank, emit in before:
        logger.rank, logger.emit = rank, emit


def evaluator(only_if_required: tuple[str, ...] = (), **tests: str | None) -> ClassEvaluator4:
    made: dict[str, ClientClass] = {}
    for name, test in tests.items():
        made[name] = ClientClass(name) if test is None else define(name, test, V4, DEFINITIONS, made)
        made[name].only_if_required = name in only_if_required
    return ClassEvaluator4(made)


def packet(**options: bytes) -> Packet4:
    made = Packet4(1)
    made.options = {int(name[1:]): body for name, body in options.items()}
    return made


def names(packet: Packet4 | Packet6) -> list[str]:
    return list(packet.classes)


@pytest.mark.arm("CL-003")
@pytest.mark.arm("CL-005")
@pytest.mark.arm("CL-019")
def test_all_then_the_vendor_class_then_matches_in_the_order_of_configuration() -> None:
    query = packet(o60=b"docsis3.0", o61=b"x")
    evaluator(zeta="option[61].exists", no="option[1].exists", alpha="member('zeta')", untested=None).before_hosts(
        query
    )
    assert names(query) == ["ALL", "VENDOR_CLASS_docsis3.0", "zeta", "alpha"]


@pytest.mark.arm("CL-013")
def test_what_depends_on_the_host_lookup_is_evaluated_after_it_in_order() -> None:
    decide = evaluator(late="known", early="option[61].exists", later="member('late') and member('early')")
    query = packet(o61=b"x")
    decide.before_hosts(query)
    assert names(query) == ["ALL", "early"]
    query.add_class("KNOWN")
    decide.after_hosts(query)
    assert names(query) == ["ALL", "early", "KNOWN", "late", "later"]
    assert decide.has_late
    assert not evaluator(early="option[61].exists").has_late


@pytest.mark.arm("V4-470")
def test_classes_of_a_reservation_change_what_depends_on_them() -> None:
    decide = evaluator(reserved=None, plain="option[61].exists", others="not member('reserved')")
    query = packet(o61=b"x")
    query.add_class("hooked")
    decide.before_hosts(query)
    assert names(query) == ["hooked", "ALL", "plain", "others"]
    decide.with_reserved(query, ["reserved"])
    assert names(query) == ["hooked", "ALL", "reserved", "plain"]


@pytest.mark.arm("CL-105")
@pytest.mark.arm("CL-106")
def test_required_classes_are_evaluated_in_the_order_they_are_required(lines: Lines) -> None:
    decide = evaluator(
        only_if_required=("a", "b", "c"), a="member('ALL')", b="member('a')", c="option[1].exists", d=None, e="unknown"
    )
    query = packet()
    decide.before_hosts(query)
    assert names(query) == ["ALL"]
    decide.required(query, ["a", "d", "nowhere", "b", "c", "e"])
    assert names(query) == ["ALL", "a", "b", "e"]
    assert ("DEBUG", "DHCP4_CLASS_UNTESTABLE", ("d",)) in lines
    assert ("DEBUG", "DHCP4_CLASS_UNDEFINED", ("nowhere",)) in lines


@pytest.mark.arm("CL-032")
def test_an_expression_that_cannot_be_evaluated_does_not_match_and_is_logged(lines: Lines) -> None:
    query = packet(o61=b"abc")
    evaluator(bad="addrtotext(option[61].hex) == ''",
              good="option[61].exists", none="option[1].exists").before_hosts(query)  # fmt: skip
    assert names(query) == ["ALL", "good"]
    assert lines == [
        ("ERROR", "EVAL_RESULT", ("bad", "addrtotext takes 4 or 16 octets, not 3")),
        ("INFO", "EVAL_RESULT", ("good", 1)),
        ("DEBUG", "EVAL_RESULT", ("none", 0)),
    ]


def test_a_class_got_from_elsewhere_keeps_its_place() -> None:
    query = packet(o61=b"x")
    query.add_class("hooked")
    evaluator(first="option[61].exists", hooked="option[61].exists").before_hosts(query)
    assert names(query) == ["hooked", "ALL", "first"]


@pytest.mark.arm("CL-117")
def test_the_steps_are_logged_when_the_eval_logger_asks(lines: Lines) -> None:
    OPTIONS.rank = NONE
    decide = evaluator(only_if_required=("c",), a="option[61].exists", b="known", c="'x' == 'x'")
    EVAL.rank = DEBUG + 54
    decide.before_hosts(packet())
    assert lines == []
    EVAL.rank = DEBUG + 55
    query = packet()
    decide.before_hosts(query)
    decide.after_hosts(query)
    decide.required(query, ["c"])
    assert [line[1] for line in lines] == [
        "EVAL_DEBUG_OPTION",
        "EVAL_DEBUG_MEMBER",
        "EVAL_DEBUG_STRING",
        "EVAL_DEBUG_STRING",
        "EVAL_DEBUG_EQUAL",
    ]
    assert names(query) == ["ALL", "c"]


def test_results_below_the_level_are_not_logged(lines: Lines) -> None:
    OPTIONS.rank = INFO
    evaluator(yes="member('ALL')", no="option[1].exists").before_hosts(packet())
    assert lines == [("INFO", "EVAL_RESULT", ("yes", 1))]


@pytest.mark.arm("CL-025")
@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"MSFT 5.0\0\0", "VENDOR_CLASS_MSFT 5.0"),
        (b"xdocsis3.0:y", "VENDOR_CLASS_xdocsis3.0:y"),
        ("é".encode(), "VENDOR_CLASS_é"),
        (b"a\xff", "VENDOR_CLASS_a\udcff"),
        (b"\0", None),
        (b"", None),
    ],
)
def test_the_vendor_class_of_dhcpv4_is_the_text_of_option_60(body: bytes, name: str | None) -> None:
    assert ClassEvaluator4({}).vendor_class(packet(o60=body)) == name


@pytest.mark.arm("CL-025")
@pytest.mark.rfc("8415", "21.16")
@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("0000118b 0003 666f6f 0003 626172", "VENDOR_CLASS_foo"),
        ("0000118b 0003 666f6f 0009 646f63736973332e30", "VENDOR_CLASS_docsis3.0"),
        ("0000118b 000a 65526f75746572312e30 0009 646f63736973332e30", "VENDOR_CLASS_docsis3.0"),
        ("0000118b 0003 666f6f 000a 65526f75746572312e30", "VENDOR_CLASS_eRouter1.0"),
        ("0000118b 0000", "VENDOR_CLASS_"),
        ("0000118b", None),
    ],
)
def test_the_vendor_class_of_dhcpv6_is_a_datum_of_option_16(body: str, name: str | None) -> None:
    query = Packet6(1)
    query.add(16, bytes.fromhex(body))
    assert ClassEvaluator6({}).vendor_class(query) == name


def test_a_dhcpv6_packet_without_the_option_has_no_vendor_class() -> None:
    query = Packet6(1)
    ClassEvaluator6({}).before_hosts(query)
    assert names(query) == ["ALL"]
