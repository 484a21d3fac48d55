"""Every standard DHCPv6 option that an administrator configures: the octets that Kea and we make of it."""

from __future__ import annotations

from typing import Final

import pytest

from tests.differential.pair import Pair, Side
from tests.differential.talk import Talk
from tests.support.packets import INFORMATION_REQUEST, Dhcp6, duid, oro, query6

pytestmark = pytest.mark.peer("kea")

V6: Final = "20010db8000000000000000000000001"
TWO: Final = V6 + "20010db8000000000000000000000002"
HOST: Final = "0161026263" + "00"
HOSTS: Final = HOST + "0164" + "00"

OPTIONS: Final = (
    # row, code, name, data, octets in hexadecimal
    ("V6-134", 7, "preference", "255", "ff"),
    ("V6-135", 12, "unicast", "2001:db8::1", V6),
    ("V6-136", 21, "sip-server-dns", "a.bc, d", HOSTS),
    ("V6-137", 22, "sip-server-addr", "2001:db8::1, 2001:db8::2", TWO),
    ("V6-138", 23, "dns-servers", "2001:db8::1, 2001:db8::2", TWO),
    ("V6-139", 24, "domain-search", "a.bc, d.", HOSTS),
    ("V6-140", 27, "nis-servers", "2001:db8::1, 2001:db8::2", TWO),
    ("V6-141", 28, "nisp-servers", "2001:db8::1, 2001:db8::2", TWO),
    ("V6-142", 29, "nis-domain-name", "a.bc, d", HOSTS),
    ("V6-143", 30, "nisp-domain-name", "a.bc, d", HOSTS),
    ("V6-144", 31, "sntp-servers", "2001:db8::1, 2001:db8::2", TWO),
    ("V6-145", 32, "information-refresh-time", "86400", "00015180"),
    ("V6-146", 33, "bcmcs-server-dns", "a.bc, d", HOSTS),
    ("V6-147", 34, "bcmcs-server-addr", "2001:db8::1, 2001:db8::2", TWO),
    ("V6-148", 36, "geoconf-civic", "1, 17477, 0102ff", "0144450102ff"),
    ("V6-149", 37, "remote-id", "9, 0102", "000000090102"),
    ("V6-150", 38, "subscriber-id", "0102", "0102"),
    ("V6-151", 39, "client-fqdn", "1, a.bc", "01" + HOST),
    ("V6-152", 40, "pana-agent", "2001:db8::1, 2001:db8::2", TWO),
    ("V6-153", 41, "new-posix-timezone", "EST5EDT4\\,M3.2.0/02:00", b"EST5EDT4,M3.2.0/02:00".hex()),
    ("V6-154", 42, "new-tzdb-timezone", "Europe/Zurich", b"Europe/Zurich".hex()),
    ("V6-155", 43, "ero", "18, 37", "00120025"),
    ("V6-156", 44, "lq-query", "1, 2001:db8::1", "01" + V6),
    ("V6-157", 45, "client-data", "", ""),
    ("V6-158", 46, "clt-time", "7", "00000007"),
    ("V6-159", 47, "lq-relay-data", "2001:db8::1, 0102", V6 + "0102"),
    ("V6-160", 48, "lq-client-link", "2001:db8::1, 2001:db8::2", TWO),
    ("V6-161", 51, "v6-lost", "a.bc", HOST),
    ("V6-162", 52, "capwap-ac-v6", "2001:db8::1, 2001:db8::2", TWO),
    ("V6-163", 53, "relay-id", "0102", "0102"),
    ("V6-164", 57, "v6-access-domain", "a.bc", HOST),
    ("V6-165", 58, "sip-ua-cs-list", "a.bc, d", HOSTS),
    ("V6-166", 59, "bootfile-url", "http://a/b", b"http://a/b".hex()),
    ("V6-167", 60, "bootfile-param", "ab, c", "00026162000163"),
    ("V6-168", 61, "client-arch-type", "7, 9", "00070009"),
    ("V6-169", 62, "nii", "1, 3, 16", "010310"),
    ("V6-170", 64, "aftr-name", "a.bc", HOST),
    ("V6-171", 65, "erp-local-domain-name", "a.bc", HOST),
    ("V6-172", 66, "rsoo", "", ""),
    ("V6-173", 67, "pd-exclude", "2001:db8:1:8000::/64", "4020010db800018000"),
    ("V6-174", 74, "rdnss-selection", "2001:db8::1, 1, a.bc, d", V6 + "01" + HOSTS),
    ("V6-175", 79, "client-linklayer-addr", "0001020000000001", "0001020000000001"),
    ("V6-176", 80, "link-address", "2001:db8::1", V6),
    ("V6-177", 82, "solmax-rt", "3600", "00000e10"),
    ("V6-178", 83, "inf-max-rt", "3600", "00000e10"),
    ("V6-179", 88, "dhcp4o6-server-addr", "2001:db8::1, 2001:db8::2", TWO),
    ("V6-185", 94, "s46-cont-mape", "", ""),
    ("V6-186", 95, "s46-cont-mapt", "", ""),
    ("V6-187", 96, "s46-cont-lw", "", ""),
    ("V6-188", 103, "v6-captive-portal", "https://a/b", b"https://a/b".hex()),
    ("V6-189", 143, "ipv6-address-andsf", "2001:db8::1, 2001:db8::2", TWO),
)

FATAL: Final = {44, 45}
"""Options that end Kea with a segmentation fault when they are to be sent: it puts all others into them, for ever."""

STANDARDS: Final = {
    "sip-server-dns": ("V6-457",),
    "sip-server-addr": ("V6-457",),
    "dns-servers": ("V6-459",),
    "domain-search": ("V6-459",),
    "information-refresh-time": ("V6-461",),
    "remote-id": ("V6-462",),
    "new-posix-timezone": ("V6-112",),
    "aftr-name": ("V6-465",),
    "client-linklayer-addr": ("V6-468",),
    "v6-captive-portal": ("V6-472",),
}
"""Other rows that an option of the table shows."""

SOFTWIRES: Final = (
    # row, code, name, space, data, octets in hexadecimal
    ("V6-180", 89, "s46-rule", "s46-cont-mape-options", "128, 0, 24, 192.0.2.0, 2001:db8:1::/64",
     "800018c0000200" + "4020010db800010000"),
    ("V6-181", 90, "s46-br", "s46-cont-mape-options", "2001:db8::1", V6),
    ("V6-182", 91, "s46-dmr", "s46-cont-mapt-options", "2001:db8:cafe::/48", "3020010db8cafe"),
    ("V6-183", 92, "s46-v4v6bind", "s46-cont-lw-options", "192.0.2.3, 2001:db8:1:cafe::/64",
     "c0000203" + "4020010db80001cafe"),
    ("V6-184", 93, "s46-portparams", "s46-v4v6bind-options", "2, 3/4", "02" + "043000"),
)  # fmt: skip
CONTAINERS: Final = {"s46-cont-mape-options": 94, "s46-cont-mapt-options": 95, "s46-cont-lw-options": 96}

Asked = tuple[Dhcp6, Dhcp6]
"""The answers of Kea and of us."""


def _ask(side: Side, options: list[dict[str, object]], *codes: int) -> Dhcp6:
    """Configure global options on one side and return its answer to a stateless client that requests *codes*."""
    side.server.load({"interfaces-config": {"interfaces": ["srv0"]}, "option-data": options})
    answer = Talk(side.server, side.wire).ask6(query6(INFORMATION_REQUEST, 1, *([oro(*codes)] if codes else [])))
    assert isinstance(answer, Dhcp6)
    return answer


def _both(pair: Pair, options: list[dict[str, object]], *codes: int) -> Asked:
    harmless = [each for each in options if each.get("name") not in ("lq-query", "client-data")]
    harmless = [each for each in harmless if each.get("code") not in FATAL]
    return _ask(pair.kea, harmless, *codes), _ask(pair.ours, options, *codes)


@pytest.fixture(scope="module")
def by_name(pair6: Pair) -> Asked:
    """The answers with every option of the table configured by its name."""
    entries: list[dict[str, object]] = [{"name": name, "data": data} for _, _, name, data, _ in OPTIONS]
    return _both(pair6, entries, *(code for _, code, *_ in OPTIONS))


@pytest.fixture(scope="module")
def by_code(pair6: Pair) -> Asked:
    """The answers with every option of the table configured by its code."""
    entries: list[dict[str, object]] = [{"code": code, "data": data} for _, code, _, data, _ in OPTIONS]
    return _both(pair6, entries, *(code for _, code, *_ in OPTIONS))


@pytest.mark.parametrize(
    ("code", "octets"),
    [
        pytest.param(code, octets, id=name, marks=[pytest.mark.arm(each) for each in (row, *STANDARDS.get(name, ()))])
        for row, code, name, _, octets in OPTIONS
    ],
)
def test_a_standard_option_goes_out_as_from_kea(by_name: Asked, by_code: Asked, code: int, octets: str) -> None:
    for kea, ours in (by_name, by_code):
        assert ours.all(code) == [bytes.fromhex(octets)]
        assert code in FATAL or kea.all(code) == ours.all(code)


def test_an_option_that_the_client_does_not_request_stays_at_home(pair6: Pair) -> None:
    entries: list[dict[str, object]] = [{"name": name, "data": data} for _, _, name, data, _ in OPTIONS]
    kea, ours = _both(pair6, entries)
    assert kea.options == ours.options
    assert {code for code, _ in ours.options} == {1, 2}
    assert ours.option(1) == duid(1)


@pytest.fixture(scope="module")
def containers(pair6: Pair) -> Asked:
    """The answers with every softwire option in its container."""
    entries: list[dict[str, object]] = [{"code": code, "data": ""} for code in CONTAINERS.values()]
    entries += [{"name": name, "space": space, "data": data} for _, _, name, space, data, _ in SOFTWIRES]
    return _both(pair6, entries, *CONTAINERS.values())


@pytest.mark.parametrize(
    ("code", "space", "octets"),
    [pytest.param(code, space, octets, id=name, marks=pytest.mark.arm(row))
     for row, code, name, space, _, octets in SOFTWIRES],
)  # fmt: skip
def test_a_softwire_option_goes_out_in_its_container(containers: Asked, code: int, space: str, octets: str) -> None:
    kea, ours = containers
    assert kea.options == ours.options
    container = CONTAINERS.get(space, 96)
    wanted = code.to_bytes(2, "big") + (len(octets) // 2).to_bytes(2, "big") + bytes.fromhex(octets)
    body = ours.option(container)
    assert body is not None
    if code == 92:
        wanted = wanted[4:]
    assert wanted in body
