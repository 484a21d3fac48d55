"""Layout patterns."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kea_twisted.log.io import local_date, utc_date
from kea_twisted.log.pattern import DEFAULT_PATTERN, SYSLOG_PATTERN, Origin, Process, compile_pattern

MOMENT = time.mktime((2019, 8, 5, 14, 27, 45, 0, 0, -1)) + 0.871042
ORIGIN = Origin("DEBUG", "kea-dhcp4.dhcpsrv", 12345)
TEXT = "DHCPSRV_TIMERMGR_START_TIMER starting timer: x"
PROCESS = Process(8475, "box", "box.example", MOMENT - 2, lambda name: {"SITE": "lab"}[name], local_date, utc_date)


def laid_out(pattern: str, origin: Origin = ORIGIN, moment: float = MOMENT) -> str:
    return compile_pattern(pattern, PROCESS)(origin)(moment, TEXT)


@pytest.mark.arm("LG-090")
def test_the_default_line_of_files_and_streams() -> None:
    assert laid_out(DEFAULT_PATTERN) == (
        "2019-08-05 14:27:45.871 DEBUG [kea-dhcp4.dhcpsrv/8475.12345] DHCPSRV_TIMERMGR_START_TIMER starting timer: x\n"
    )


@pytest.mark.arm("LG-091")
def test_the_default_line_of_syslog() -> None:
    line = laid_out(SYSLOG_PATTERN, ORIGIN._replace(severity="INFO"))
    assert line.startswith("INFO  [kea-dhcp4.dhcpsrv.12345] DHCPSRV")


@pytest.mark.arm("LG-087")
def test_the_sample_of_the_manual() -> None:
    assert laid_out("%D{%j %H:%M:%S.%q} %c %m\n").startswith("217 14:27:45.871 kea-dhcp4.dhcpsrv DHCPSRV_TIMERMGR")


@pytest.mark.arm("LG-093")
def test_lower_case_d_is_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert laid_out("%d %D", moment=0.0) == "1970-01-01 00:00:00 1969-12-31 19:00:00"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("%p|%-7p|%7p", "DEBUG|DEBUG  |  DEBUG"),
        ("%.3p", "BUG"),
        ("%c{1}", "dhcpsrv"),
        ("%20c|", "   kea-dhcp4.dhcpsrv|"),
        ("%i %t %h %H %E{SITE}", "8475 12345 box box.example lab"),
        ("%r", "2000"),
        ("100%% %n", "100% \n"),
        ("%D{%Q}", "871.042"),
        ("%.3m|%60m|", f": x|{TEXT:>60}|"),
        ("%12D{%S.%q}|", "      45.871|"),
        ("%D{%y%%q}", "19%q"),
        ("%x%X{a}%F%M", ""),
        ("%k", "%k"),
        ("%", "%"),
        ("", ""),
    ],
)
def test_components(pattern: str, text: str) -> None:
    assert laid_out(pattern) == text


def test_the_second_is_followed() -> None:
    show = compile_pattern("%D{%S.%q}", PROCESS)(ORIGIN)
    assert [show(MOMENT + more, TEXT) for more in (0, 0.1, 1, 0)] == [
        "45.871",
        "45.971",
        "46.871",
        "45.871",
    ]


@given(st.text(max_size=40))
def test_any_pattern_gives_a_line(pattern: str) -> None:
    assert isinstance(laid_out(pattern.replace("\0", "")), str)
