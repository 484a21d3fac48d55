"""Whatever octets arrive: one outcome, no exception, counted once, and leases that a restart reads back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kea_twisted.config.build import build6
from kea_twisted.config.parse import load_object
from kea_twisted.family import V6
from kea_twisted.hooks.callout import NO_CALLOUTS
from kea_twisted.leases.lease import Lease6
from kea_twisted.leases.memfile.manager import Memfile4, Memfile6
from kea_twisted.log import logger as loggers
from kea_twisted.log.message import Message
from kea_twisted.log.sink import MAX_DEBUGLEVEL, message_text
from kea_twisted.server.outcome import Drop, Send
from kea_twisted.server.v4.server import Dhcp4Server
from kea_twisted.server.v6.server import Dhcp6Server
from kea_twisted.stats.registry import Statistics
from kea_twisted.wire import v4, v6
from kea_twisted.wire.packet import Receipt
from tests.support.hostile import (
    LOCAL4,
    LOCAL6,
    NOW,
    SERVER_ID,
    UNICAST4,
    UNICAST6,
    crash_inputs,
    messages4,
    messages6,
    server4,
    server6,
)
from tests.support.packets import (
    DISCOVER,
    REQUEST6,
    SOLICIT,
    ia_na,
    innermost,
    options6,
    parse4,
    parse6,
    query4,
    query6,
    relayed6,
    tlv6,
)

SERVER4 = server4()
SERVER6 = server6()
SETTINGS = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(SETTINGS, max_examples=50)
SMALL = {
    "Dhcp6": {"subnet6": [{"subnet": "2001:db8::/64", "interface": "srv0", "pools": [{"pool": "2001:db8::/120"}]}]}
}


def _format(_logger: loggers.Logger, message: Message, arguments: tuple[object, ...]) -> None:
    message_text(message, arguments)


@contextmanager
def _logging(loud: bool) -> Iterator[None]:
    """Have every debug line made if *loud*, because lines are made from hostile octets, too."""

    def adopt(logger: loggers.Logger) -> None:
        logger.rank = MAX_DEBUGLEVEL
        logger.emit = _format

    if loud:
        loggers.install(adopt)
    try:
        yield
    finally:
        loggers.uninstall()


def _counts(server: Dhcp4Server | Dhcp6Server, family: int) -> tuple[int, int, int]:
    names = (f"pkt{family}-received", f"pkt{family}-sent", f"pkt{family}-receive-drop")
    received, sent, dropped = (int(server.statistics.get(name, NOW).value) for name in names)
    return received, sent, dropped


def _check(server: Dhcp4Server | Dhcp6Server, family: int, octets: bytes, receipts: tuple[Receipt, Receipt]) -> None:
    """Have *octets* received in both ways that they can come, with and without debug lines."""
    for number, receipt in enumerate((*receipts, *receipts)):
        before = _counts(server, family)
        with _logging(number >= 2):
            outcome = server.receive(octets, receipt, NOW)
        received, sent, dropped = _counts(server, family)
        assert isinstance(outcome, Send | Drop)
        assert received == before[0] + 1
        assert sent == before[1] + isinstance(outcome, Send)
        assert dropped <= before[2] + isinstance(outcome, Drop)
        if isinstance(outcome, Send):
            _read_back(outcome.octets, family)


def _read_back(answer: bytes, family: int) -> None:
    """Have an answer parsed by the code under test and by the tests' own."""
    if family == 4:
        v4.parse(answer, LOCAL4)
        parse4(answer)
    else:
        v6.parse(answer, LOCAL6)
        innermost(parse6(answer))


def _check4(octets: bytes) -> None:
    _check(SERVER4, 4, octets, (LOCAL4, UNICAST4))


def _check6(octets: bytes) -> None:
    _check(SERVER6, 6, octets, (LOCAL6, UNICAST6))


@pytest.mark.rfc("2131", "2")
@given(st.binary(max_size=600))
@SETTINGS
def test_any_octets_have_an_outcome_in_dhcpv4(octets: bytes) -> None:
    _check4(octets)
    _check4(query4(DISCOVER, 1).pack()[:240] + octets)


@pytest.mark.rfc("2131", "2")
@given(messages4())
@SETTINGS
def test_any_message_has_an_outcome_in_dhcpv4(octets: bytes) -> None:
    _check4(octets)


@pytest.mark.rfc("8415", "16")
@given(st.binary(max_size=600), st.sampled_from([1, 3, 5, 11, 12]))
@SETTINGS
def test_any_octets_have_an_outcome_in_dhcpv6(octets: bytes, kind: int) -> None:
    _check6(octets)
    _check6(bytes((kind,)) + octets)


@pytest.mark.rfc("8415", "16")
@given(messages6())
@SETTINGS
def test_any_message_has_an_outcome_in_dhcpv6(octets: bytes) -> None:
    _check6(octets)


def test_what_once_did_harm_does_none_any_more() -> None:
    crashes = {4: crash_inputs(4), 6: crash_inputs(6)}
    assert any(crashes.values())
    for _name, octets in crashes[4]:
        _check4(octets)
    for _name, octets in crashes[6]:
        _check6(octets)


@given(st.lists(messages4(), max_size=12))
@FEW
def test_a_restart_reads_back_the_leases_of_hostile_dhcpv4_clients(messages: list[bytes]) -> None:
    with TemporaryDirectory() as directory:
        path = f"{directory}/leases4.csv"
        leases = Memfile4(path)
        server = Dhcp4Server(SERVER4.config, leases, Statistics(), NO_CALLOUTS, NOW)
        for octets in messages:
            server.receive(octets, LOCAL4, NOW)
        leases.commit()
        again = Memfile4(path)
        assert again.summary.errors == 0
        assert list(again) == list(leases)


@given(st.lists(messages6(), max_size=12))
@FEW
def test_a_restart_reads_back_the_leases_of_hostile_dhcpv6_clients(messages: list[bytes]) -> None:
    with TemporaryDirectory() as directory:
        path = f"{directory}/leases6.csv"
        leases = Memfile6(path)
        server = Dhcp6Server(SERVER6.config, leases, Statistics(), NO_CALLOUTS, NOW)
        for octets in messages:
            server.receive(octets, LOCAL6, NOW)
        leases.commit()
        again = Memfile6(path)
        assert again.summary.errors == 0
        assert list(again) == list(leases)


class _Counting(Memfile6):
    """Leases that count how often they are looked up."""

    lookups = 0

    def get(self, lease_type: int, address: int) -> Lease6 | None:
        self.lookups += 1
        return super().get(lease_type, address)


def test_many_ias_in_one_message_search_a_full_pool_once() -> None:
    config = build6(load_object(SMALL, V6).model, SERVER_ID)
    leases = _Counting()
    server = Dhcp6Server(config, leases, Statistics(), NO_CALLOUTS, NOW)
    many = [ia_na(iaid) for iaid in range(256)]
    server.receive(query6(REQUEST6, 1, (2, SERVER_ID), *many).pack(), LOCAL6, NOW)
    assert len(leases) == 256
    leases.lookups = 0
    outcome = server.receive(query6(REQUEST6, 2, (2, SERVER_ID), *many).pack(), LOCAL6, NOW)
    assert isinstance(outcome, Send)
    answers = innermost(parse6(outcome.octets)).all(3)
    assert len(answers) == 256
    assert all(options6(body[12:])[0][1][:2] == b"\0\2" for body in answers)
    assert leases.lookups < 4 * 256


def test_ias_within_ias_are_looked_at_some_levels_deep() -> None:
    inner = ia_na(1, (6, b"\0"))
    for _ in range(4000):
        inner = (3, bytes(12) + tlv6([inner]))
    assert isinstance(SERVER6.receive(query6(SOLICIT, 1, inner).pack(), LOCAL6, NOW), Send)
    assert isinstance(SERVER6.receive(query6(SOLICIT, 1, ia_na(1, ia_na(1, (6, b"\0")))).pack(), LOCAL6, NOW), Drop)


def test_an_answer_too_long_to_be_packed_is_given_up() -> None:
    query = relayed6(query6(SOLICIT, 1, ia_na(1)), "2001:db8:1::", "fe80::1", (18, bytes(65400)))
    outcome = SERVER6.receive(relayed6(query, "::").pack(), LOCAL6, NOW)
    assert isinstance(outcome, Drop)
    assert outcome.reason == "cannot be packed"
