"""Pid files, the command line, reports, systemd, and the server's DUID."""

from __future__ import annotations

import errno
import os
import socket
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from setproctitle import getproctitle
from twisted.internet.task import Clock
from twisted.python.usage import UsageError

from kea_twisted.config.build import build6
from kea_twisted.config.parse import load_text
from kea_twisted.daemons.control import write_over
from kea_twisted.daemons.options import DhcpOptions
from kea_twisted.daemons.pidfile import AlreadyRunning, PidFile
from kea_twisted.daemons.report import build_report, extended_version
from kea_twisted.daemons.server_id import ServerIdSpec, read, resolve, server_duid
from kea_twisted.daemons.systemd import Notifier
from kea_twisted.daemons.title import set_title
from kea_twisted.errors import ConfigErrors, KeaError
from kea_twisted.family import V4, V6
from kea_twisted.net.interfaces import Interface

ETH0 = Interface("eth0", 2, bytes.fromhex("a65dc7410f05"), 0x1003)
LO = Interface("lo", 1, bytes(6), 0x9, 772)


@pytest.fixture
def pid_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KEA_PIDFILE_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.arm("V6-012")
@pytest.mark.arm("V6-013")
@pytest.mark.arm("CF-062")
@pytest.mark.arm("CF-063")
@pytest.mark.arm("V4-013", "V4-014")
def test_the_pid_file_is_named_after_the_configuration(pid_directory: Path) -> None:
    pidfile = PidFile("kea-dhcp4", "/usr/local/etc/kea/myconf.txt")
    pidfile.create()
    assert (pid_directory / "myconf.kea-dhcp4.pid").read_text() == f"{os.getpid()}\n"
    pidfile.delete()
    assert list(pid_directory.iterdir()) == []


@pytest.mark.arm("V4-012")
def test_the_pid_file_is_in_the_directory_of_kea_unless_the_environment_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("KEA_PIDFILE_DIR", raising=False)
    assert PidFile("kea-dhcp4", "/etc/kea/kea-dhcp4.conf").path == Path("/run/kea/kea-dhcp4.kea-dhcp4.pid")


@pytest.mark.arm("V6-014")
@pytest.mark.arm("CF-064")
@pytest.mark.arm("V4-015")
def test_a_living_process_in_the_pid_file_is_respected(pid_directory: Path) -> None:
    file = pid_directory / "a.kea-dhcp4.pid"
    file.write_text(f"{os.getppid()}\n")
    pidfile = PidFile("kea-dhcp4", "a.conf")
    with pytest.raises(AlreadyRunning) as raised:
        pidfile.create()
    assert raised.value.pid == os.getppid()
    pidfile.delete()
    assert file.exists()


@pytest.mark.arm("V6-014")
@pytest.mark.arm("CF-064")
@pytest.mark.parametrize("text", ["999999999\n", "", "not a number", "99999999999999999999"])
@pytest.mark.arm("V4-015")
def test_a_dead_or_senseless_pid_file_is_overwritten(pid_directory: Path, text: str) -> None:
    (pid_directory / "a.kea-dhcp4.pid").write_text(text)
    PidFile("kea-dhcp4", "a.conf").create()
    assert (pid_directory / "a.kea-dhcp4.pid").read_text() == f"{os.getpid()}\n"


def test_a_pid_directory_that_is_not_there_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEA_PIDFILE_DIR", "/nonexistent")
    with pytest.raises(KeaError, match="cannot be written"):
        PidFile("kea-dhcp4", "a.conf").create()


class Options4(DhcpOptions):
    """As kea-dhcp4 has it."""

    family = V4


def parse(*words: str) -> Options4:
    options = Options4()
    options.parseOptions(list(words))
    return options


@pytest.mark.arm("CF-042")
@pytest.mark.arm("CF-043")
@pytest.mark.arm("CF-044")
@pytest.mark.arm("CF-045")
def test_keas_switches_are_understood() -> None:
    options = parse("-dc", "/etc/kea/a.conf", "-p", "1067", "-P1068")
    assert (options["config"], options["debug"]) == ("/etc/kea/a.conf", 1)
    assert (options["server-port"], options["client-port"]) == (1067, 1068)
    assert not options.asks
    assert options.title == "kea-dhcp4 -d -p 1067 -P 1068 -c /etc/kea/a.conf"


@pytest.mark.parametrize("words", [["-v"], ["-V"], ["-W"], ["-t", "f"], ["-T", "f"], ["--json-schema"]])
def test_questions_need_no_configuration(words: list[str]) -> None:
    assert parse(*words).asks


@pytest.mark.arm("CF-098")
@pytest.mark.parametrize(
    "words",
    [
        [],
        ["-d"],
        ["-c"],
        ["-c", "a", "b"],
        ["-c", "a", "-x"],
        ["-c", "a", "-p", "0"],
        ["-c", "a", "-p", "65536"],
        ["-c", "a", "-P", "abc"],
    ],
)
def test_what_kea_refuses_on_its_command_line_is_refused(words: list[str]) -> None:
    with pytest.raises(UsageError):
        parse(*words)


@pytest.mark.arm("CF-048")
def test_the_version_that_scripts_compare_comes_first() -> None:
    assert extended_version().splitlines()[0] == "2.2.0"
    assert "Twisted" in extended_version() or "twisted" in extended_version()
    assert "kea_twisted" in build_report()


def test_systemd_hears_when_the_daemon_is_ready_alive_and_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.bind(str(tmp_path / "notify"))
    listening.settimeout(1)
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    monkeypatch.setenv("WATCHDOG_USEC", "4000000")
    clock = Clock()
    notifier = Notifier(clock)
    notifier.ready()
    assert listening.recv(100).startswith(b"READY=1")
    assert listening.recv(100) == b"WATCHDOG=1"
    clock.advance(2)
    assert listening.recv(100) == b"WATCHDOG=1"
    with notifier.patience():
        assert listening.recv(100) == b"WATCHDOG=1\nWATCHDOG_USEC=600000000"
    assert listening.recv(100) == b"WATCHDOG=1\nWATCHDOG_USEC=4000000"
    notifier.tell("two\nlines " + "x" * 100_000)
    assert listening.recv(2000).startswith(b"STATUS=two lines xxx")
    notifier.reloading()
    assert listening.recv(100).startswith(b"RELOADING=1")
    notifier.stopping()
    assert listening.recv(100) == b"STOPPING=1"
    assert not clock.getDelayedCalls()
    listening.close()


def test_without_systemd_nothing_is_sent_or_scheduled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    monkeypatch.setenv("WATCHDOG_USEC", "4000000")
    clock = Clock()
    notifier = Notifier(clock)
    notifier.ready()
    with notifier.patience():
        pass
    assert not clock.getDelayedCalls()


@pytest.mark.arm("V6-396")
@pytest.mark.arm("V6-397")
def test_a_duid_is_made_once_and_kept(tmp_path: Path) -> None:
    duid, path = server_duid(ServerIdSpec(), str(tmp_path), [LO, ETH0], 946684800 + 0x100)
    assert duid.hex(":") == "00:01:00:01:00:00:01:00:a6:5d:c7:41:0f:05"
    assert path == tmp_path / "kea-dhcp6-serverid"
    again, _ = server_duid(ServerIdSpec(), str(tmp_path), [], 2e9)
    assert again == duid


@pytest.mark.arm("V6-531")
@pytest.mark.arm("V6-401")
@pytest.mark.arm("V6-402")
@pytest.mark.arm("V6-403")
@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (ServerIdSpec("LLT", "A65DC7410F05", 8, 2518920166), "00:01:00:08:96:23:ab:e6:a6:5d:c7:41:0f:05"),
        (ServerIdSpec("EN", "87ABEF7A5BB545", enterprise_id=2495), "00:02:00:00:09:bf:87:ab:ef:7a:5b:b5:45"),
        (ServerIdSpec("LL", "A65DC7410F05", 8), "00:03:00:08:a6:5d:c7:41:0f:05"),
        (ServerIdSpec("UUID", "00" * 15 + "01"), "00:04" + ":00" * 15 + ":01"),
    ],
)
def test_the_manuals_examples_give_the_manuals_duids(spec: ServerIdSpec, expected: str) -> None:
    assert resolve(spec, b"", [], 0).hex(":") == expected


def test_a_server_identifier_that_no_duid_has_room_for_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeaError, match="has 129 octets, more than the 128 of a DUID"):
        server_duid(ServerIdSpec("EN", "AB" * 123, enterprise_id=7), str(tmp_path), [], 0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.arm("V6-399")
@pytest.mark.arm("V6-400")
def test_parts_come_from_the_stored_duid_of_the_same_type_only() -> None:
    stored = bytes.fromhex("0002000004d2abcdef")
    assert resolve(ServerIdSpec("EN"), stored, [], 0) == stored
    assert resolve(ServerIdSpec("EN", enterprise_id=9), stored, [], 0).hex() == "000200000009abcdef"
    assert resolve(ServerIdSpec("LL"), stored, [ETH0], 0).hex() == "00030001a65dc7410f05"


@pytest.mark.arm("V6-404")
def test_a_new_enterprise_duid_is_iscs_with_six_random_octets() -> None:
    first, second = (resolve(ServerIdSpec("EN"), b"", [], 0) for _ in range(2))
    assert first[:6].hex() == "0002000009bf"
    assert len(first) == 12
    assert first != second


@pytest.mark.arm("V6-406")
def test_a_duid_may_be_kept_out_of_the_file(tmp_path: Path) -> None:
    server_duid(ServerIdSpec(persist=False), str(tmp_path), [ETH0], 0)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_duid_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "kea-dhcp6-serverid").write_text("zz:zz")
    duid, path = server_duid(ServerIdSpec("LL"), str(tmp_path), [ETH0], 0)
    assert read(path) == duid


def test_without_any_mac_a_duid_must_be_configured() -> None:
    with pytest.raises(KeaError, match="server-id"):
        resolve(ServerIdSpec(), b"", [LO], 0)


def test_a_title_may_hold_the_name_of_a_file_that_is_not_utf_8() -> None:
    before = getproctitle()
    try:
        set_title("kea-dhcp4 -c " + os.fsdecode(b"/etc/kea/caf\xe9.conf"))
        assert getproctitle() == "kea-dhcp4 -c /etc/kea/caf\ufffd.conf"
    finally:
        set_title(before)


def test_a_uuid_is_made_once_and_kept(tmp_path: Path) -> None:
    duid, _ = server_duid(ServerIdSpec("UUID"), str(tmp_path), [], 0)
    assert duid[:2] == b"\0\4"
    assert UUID(bytes=duid[2:]).version == 4
    assert server_duid(ServerIdSpec("UUID"), str(tmp_path), [], 9)[0] == duid
    assert server_duid(ServerIdSpec("EN", "01", enterprise_id=1), str(tmp_path), [], 0)[0].hex() == "00020000000101"


@pytest.mark.parametrize("digits", ["01", "00" * 15, "00" * 17])
def test_a_uuid_of_another_length_is_refused(digits: str) -> None:
    section = f'"server-id": {{"type": "UUID", "identifier": "{digits}"}}'
    with pytest.raises(ConfigErrors, match=rf"server-id/identifier: a UUID has 32 .* not {len(digits)} \(f:1:"):
        build6(load_text(f'{{"Dhcp6": {{{section}}}}}', "f", V6).model)


class Narrow(BytesIO):
    """A file on a disk that has room for so many octets, and takes seven at a time."""

    def __init__(self, octets: bytes, room: int) -> None:
        super().__init__(octets)
        self.room = room

    def write(self, octets: Any) -> int:
        room = min(7, len(octets), self.room - self.tell())
        if not room:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(octets[:room])


def test_a_configuration_that_does_not_fit_leaves_the_former_one_in_the_file() -> None:
    file: Any = Narrow(b"the former configuration", 30)
    with pytest.raises(OSError, match="No space left"):
        write_over(file, b"a configuration that is longer than the disk is large")
    assert file.getvalue() == b"the former configuration"
    file.seek(0)
    write_over(file, b"a shorter one")
    assert file.getvalue() == b"a shorter one"
