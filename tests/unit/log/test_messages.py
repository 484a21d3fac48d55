"""The message tables: complete, well formed, and with the phrases that scripts look for."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from kea_twisted.log.message import DBG_BASIC_DATA, DBG_COMMAND, ERROR, FATAL, INFO, WARN, Message
from kea_twisted.log.messages.catalogue import catalogue
from kea_twisted.log.messages.twisted import KEA_TWISTED_ERROR
from tests.support.rows import read

IDS = {
    name: int(count)
    for name, count in (
        line.split("\t") for line in (Path(__file__).parent / "message_ids.tsv").read_text().splitlines()
    )
}


@pytest.mark.arm("LG-138")
def test_every_id_of_kea_that_the_dhcp_servers_use_has_a_row() -> None:
    assert set(IDS) - set(catalogue()) == set()


@pytest.mark.arm("V6-536")
@pytest.mark.arm("V6-537")
@pytest.mark.parametrize(("row", "prefix"), [("V6-536", "DHCP6_"), ("V6-537", "ALLOC_ENGINE_")])
def test_the_ids_that_the_specification_lists_are_there(row: str, prefix: str) -> None:
    feature = next(each.feature for each in read("dhcp6") if each.id == row)
    names = re.findall(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|\bSHUTDOWN\b|\bSTART(?:ED|ING)\b", feature.partition(":")[2])
    assert len(names) > 40
    assert {prefix + name for name in names} - set(catalogue()) == set()


def test_only_our_own_ids_are_added() -> None:
    assert {name for name in catalogue() if name not in IDS} == {
        "KEA_TWISTED_DEBUG",
        "KEA_TWISTED_INFO",
        "KEA_TWISTED_WARN",
        "KEA_TWISTED_ERROR",
        "KEA_TWISTED_CRITICAL",
    }


@pytest.mark.parametrize("name", sorted(IDS))
def test_a_text_has_one_field_an_argument(name: str) -> None:
    fields = [field for _, field, _, _ in Formatter().parse(catalogue()[name].text) if field is not None]
    assert fields == [""] * IDS[name]


@pytest.mark.arm("LG-139", "LG-142")
def test_rows_are_well_formed() -> None:
    for name, message in catalogue().items():
        assert message.id == name
        assert re.fullmatch(r"[A-Z][A-Z0-9]*_[A-Z0-9_]+", name)
        assert -4 <= message.rank <= 99
        assert not message.text.endswith("\n")
        assert message.explanation.endswith("."), name


@pytest.mark.arm("LG-144")
@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("DHCP4_STARTED", "Kea DHCPv4 server version {} started"),
        ("DHCP6_STARTED", "Kea DHCPv6 server version {} started"),
        ("DHCP4_DYNAMIC_RECONFIGURATION_SUCCESS", "dynamic server reconfiguration succeeded with file: {}"),
        ("DHCP6_DYNAMIC_RECONFIGURATION_SUCCESS", "dynamic server reconfiguration succeeded with file: {}"),
        ("DHCP4_INIT_FAIL", "failed to initialize Kea server: {}"),
        ("COMMAND_RECEIVED", "Received command '{}'"),
    ],
)
def test_texts_that_scripts_look_for(name: str, phrase: str) -> None:
    assert catalogue()[name].text == phrase


@pytest.mark.parametrize(
    ("name", "rank"),
    [
        ("DHCP4_STARTED", INFO),
        ("DHCP4_PACKET_RECEIVED", DBG_BASIC_DATA),
        ("DHCP4_ALREADY_RUNNING", FATAL),
        ("COMMAND_REGISTERED", DBG_COMMAND),
        ("ALLOC_ENGINE_V4_ALLOC_FAIL", WARN),
        ("HOOKS_CALLOUT_EXCEPTION", ERROR),
    ],
)
def test_ranks_are_kea_s(name: str, rank: int) -> None:
    assert catalogue()[name].rank == rank


@pytest.mark.parametrize(
    ("rank", "severity"),
    [(FATAL, "FATAL"), (ERROR, "ERROR"), (WARN, "WARN"), (INFO, "INFO"), (0, "DEBUG"), (99, "DEBUG")],
)
def test_severity_names(rank: int, severity: str) -> None:
    assert Message("A_B", rank, "").severity == severity


def test_v6_texts_do_not_speak_of_the_other_family() -> None:
    wrong = [
        name
        for name, message in catalogue().items()
        if name.startswith("DHCP6_")
        and "4O6" not in name
        and re.search(r"DHCPv4|IPv4|lease4|pkt4|DHCPACK", message.text)
    ]
    assert wrong == []


def test_an_unhandled_error_is_an_error() -> None:
    assert KEA_TWISTED_ERROR.rank == ERROR
