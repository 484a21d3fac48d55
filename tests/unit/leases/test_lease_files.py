"""The files of a memfile store: which are read, what a crash leaves, and writes that fail."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kea_twisted.errors import StoreError
from kea_twisted.leases.lease import Lease4
from kea_twisted.leases.memfile.manager import Memfile4, Memfile6
from kea_twisted.leases.v4 import SCHEMA4
from kea_twisted.leases.v6 import SCHEMA6
from tests.support.cleanups import cleanup_at_work

HEADER = SCHEMA4.header + "\n"


def row(number: int, name: str = "", valid: int = 3600) -> str:
    return f"192.0.2.{number},01:02:03:04:05:06,,{valid},1800000000,1,0,0,{name},0,\n"


def lease(number: int, name: str = "") -> Lease4:
    return Lease4(0xC0000200 + number, b"\1\2\3\4\5\6", b"", 3600, 1800000000 - 3600, 1, hostname=name)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "leases.csv"


def beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def loaded(path: Path, max_row_errors: int = 0) -> dict[int, str]:
    manager = Memfile4(str(path), max_row_errors)
    manager.close()
    return {held.address & 255: held.hostname for held in manager}


def test_a_missing_file_is_made_with_a_header(path: Path) -> None:
    assert loaded(path) == {}
    assert path.read_text() == HEADER


def test_an_empty_file_gets_a_header(path: Path) -> None:
    path.write_text("")
    assert loaded(path) == {}
    assert path.read_text() == HEADER


@pytest.mark.arm("V4-044")
def test_without_persistence_nothing_is_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    manager = Memfile4(None)
    manager.add(lease(1))
    manager.commit()
    manager.close()
    assert len(manager) == 1
    assert os.listdir(path.parent) == []


def test_rows_wait_for_the_commit(path: Path) -> None:
    manager = Memfile4(str(path))
    manager.add(lease(1))
    assert path.read_text() == HEADER
    manager.commit()
    assert path.read_text() == HEADER + row(1)
    manager.close()


@pytest.mark.arm("LE-051")
@pytest.mark.arm("LE-055")
def test_later_files_override_earlier_ones(path: Path) -> None:
    beside(path, ".2").write_text(HEADER + row(10, "two") + row(11, "two") + row(13, "two"))
    beside(path, ".1").write_text(HEADER + row(11, "one") + row(13, valid=0))
    path.write_text(HEADER + row(12, "live"))
    assert loaded(path) == {10: "two", 11: "one", 12: "live"}


@pytest.mark.arm("LE-048")
@pytest.mark.arm("LE-055")
def test_a_completed_cleanup_replaces_what_it_cleaned(path: Path) -> None:
    beside(path, ".completed").write_text(HEADER + row(10, "clean"))
    beside(path, ".2").write_text(HEADER + row(10, "two") + row(11, "two"))
    beside(path, ".1").write_text(HEADER + row(11, "one"))
    beside(path, ".output").write_text("half written")
    path.write_text(HEADER + row(12, "live"))
    assert loaded(path) == {10: "clean", 12: "live"}


@pytest.mark.arm("LE-055")
def test_files_are_not_loaded_while_a_cleanup_runs(path: Path) -> None:
    path.write_text(HEADER)
    pid = beside(path, ".pid")
    with cleanup_at_work(pid) as number, pytest.raises(StoreError, match=f"cleanup is running .process {number}"):
        Memfile4(str(path))
    assert loaded(path) == {}
    pid.write_text("none")
    with pytest.raises(StoreError, match="process id"):
        Memfile4(str(path))


@pytest.mark.parametrize("text", ["0\n", "-5\n", "", pytest.param(f"{os.getpid()}\n", id="own"), "9" * 20 + "\n"])
def test_a_pid_file_that_names_no_cleanup_keeps_nobody_from_loading(path: Path, text: str) -> None:
    path.write_text(HEADER + row(1))
    beside(path, ".pid").write_text(text)
    assert loaded(path) == {1: ""}


@pytest.mark.arm("V4-047")
def test_bad_rows_are_left_out_up_to_the_limit(path: Path) -> None:
    text = HEADER + row(10) + "bad\n" + row(11) + "\nworse\n" + row(12)
    path.write_text(text)
    assert set(loaded(path)) == {10, 11, 12}
    assert set(loaded(path, 2)) == {10, 11, 12}
    with pytest.raises(StoreError, match="exceeded maximum number of failures 1"):
        Memfile4(str(path), 1)
    assert path.read_text() == text


@pytest.mark.arm("V6-034")
def test_bad_rows_of_dhcpv6_are_left_out_up_to_the_limit(path: Path) -> None:
    good = "2001:db8::1,01:02,7200,1800000000,1,3600,0,1,128,0,0,,,0,,,\n"
    path.write_text(SCHEMA6.header + "\nbad\n,\n" + good)
    for limit in (0, 2):
        manager = Memfile6(str(path), limit)
        manager.close()
        assert len(manager) == 1
        assert manager.summary.errors == 2
    with pytest.raises(StoreError, match="exceeded maximum number of failures 1"):
        Memfile6(str(path), 1)


@pytest.mark.arm("V4-047")
def test_the_limit_of_bad_rows_counts_for_each_file(path: Path) -> None:
    for suffix in (".2", ".1"):
        beside(path, suffix).write_text(HEADER + "bad\n")
    path.write_text(HEADER + row(10))
    assert set(loaded(path, 1)) == {10}


@pytest.mark.parametrize("text", ["junk\n", row(1), HEADER.replace("state", "stat"), "address,hwaddr\n", "\n"])
def test_a_file_that_is_none_is_refused(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(StoreError, match="invalid header"):
        Memfile4(str(path))
    assert path.read_text() == text


def test_a_directory_that_is_missing_is_refused(path: Path) -> None:
    with pytest.raises(StoreError, match="No such file"):
        Memfile4(str(path.parent / "missing" / "leases.csv"))


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_half_a_row_at_the_end_is_cut_and_whole_rows_stay(path: Path, data: st.DataObject) -> None:
    text = HEADER + row(10, "ten") + row(11, "eleven")
    cut = data.draw(st.integers(0, len(text)))
    path.write_text(text[:cut])
    whole = {10: "ten", 11: "eleven"}
    # A row without its line end is whole all the same; that is how an editor may leave it.
    complete = [n for n, end in ((10, len(HEADER + row(10, "ten"))), (11, len(text))) if cut >= end - 1]
    manager = Memfile4(str(path), 1)
    assert {held.address & 255: held.hostname for held in manager} == {n: whole[n] for n in complete}
    manager.add(lease(99, "new"))
    manager.close()
    assert path.read_text() == HEADER + "".join(row(n, whole[n]) for n in complete) + row(99, "new")
    path.unlink()


def test_octets_that_are_no_text_survive(path: Path) -> None:
    path.write_bytes((HEADER + row(10, "caf\xe9")).encode("latin-1"))
    manager = Memfile4(str(path))
    held = manager.get(lease(10).address)
    assert held is not None
    manager.update(held.copy())
    manager.close()
    assert path.read_bytes().count(b"caf\xe9,") == 2


@pytest.mark.arm("LE-053")
@pytest.mark.arm("LE-060")
@pytest.mark.parametrize("columns", [9, 10, 11, 12])
def test_files_of_other_versions_become_files_of_ours(path: Path, columns: int) -> None:
    names = [*SCHEMA4.header.split(","), "pool_id"]
    fields = ["192.0.2.10", "01:02:03:04:05:06", "", "3600", "1800000000", "1", "0", "0", "host", "2", "{ }", "7"]
    old = ",".join(names[:columns]) + "\n" + ",".join(fields[:columns]) + "\n"
    path.write_text(old)
    beside(path, ".2").write_text(HEADER + row(11, "two"))
    beside(path, ".1").write_text(HEADER + row(12, "one"))
    assert loaded(path) == {10: "host", 11: "two", 12: "one"}
    if columns == 11:
        assert path.read_text() == old
        return
    assert path.read_text() == HEADER
    assert {name.removeprefix(path.name) for name in os.listdir(path.parent)} == {"", ".2"}
    cleaned = beside(path, ".2").read_text()
    state, context = ("2" if columns > 9 else "0"), ("{ }" if columns > 10 else "")
    assert cleaned == (
        f"{HEADER}192.0.2.10,01:02:03:04:05:06,,3600,1800000000,1,0,0,host,{state},{context}\n"
        + row(11, "two")
        + row(12, "one")
    )
    assert loaded(path) == {10: "host", 11: "two", 12: "one"}


def test_dhcpv6_files_of_older_versions_become_files_of_ours(path: Path) -> None:
    path.write_text(
        ",".join(SCHEMA6.header.split(",")[:13])
        + "\n2001:db8::1,01:02,7200,1800000000,1,3600,0,1,128,0,0,host,01:02:03\n"
    )
    beside(path, ".1").write_text(SCHEMA6.header + "\n")
    Memfile6(str(path)).close()
    assert path.read_text() == SCHEMA6.header + "\n"
    assert beside(path, ".2").read_text().splitlines()[1] == (
        "2001:db8::1,01:02,7200,1800000000,1,3600,0,1,128,0,0,host,01:02:03,0,,1,0"
    )


def test_a_write_that_fails_takes_its_changes_back(path: Path) -> None:
    """A limit on the size of files stands in for a full disk; both cut a write short."""
    manager = Memfile4(str(path))
    manager.add(lease(1))
    manager.add(lease(2, "two"))
    manager.commit()
    size = path.stat().st_size
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 60, limits[1]))
    try:
        manager.add(lease(3))
        manager.update(lease(2, "changed"))
        manager.delete(lease(1))
        manager.add(lease(1, "again"))
        with pytest.raises(StoreError) as failed:
            manager.commit()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert failed.value.retryable
    assert list(manager) == [lease(1), lease(2, "two")]
    assert len(list(manager.by_hwaddr(b"\1\2\3\4\5\6"))) == 2
    assert path.read_text() == HEADER + row(1) + row(2, "two")
    manager.commit()
    manager.add(lease(3))
    manager.close()
    assert path.read_text() == HEADER + row(1) + row(2, "two") + row(3)


WRITER = """
import sys
from kea_twisted.leases.lease import Lease4
from kea_twisted.leases.memfile.manager import Memfile4
manager = Memfile4(sys.argv[1])
number = 0
while True:
    for _ in range(7):
        manager.add(Lease4((10 << 24) + number, number.to_bytes(6, "big"), b"", 3600, 1700000000, 1))
        number += 1
    manager.commit()
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


def test_no_committed_lease_is_lost_when_the_process_is_killed(path: Path) -> None:
    for _ in range(3):
        path.unlink(missing_ok=True)
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": "."},
        )
        assert process.stdout is not None
        acknowledged = [int(process.stdout.readline()) for _ in range(40)]
        process.kill()
        acknowledged += [int(line) for line in process.stdout.read().split("\n")[:-1]]
        process.stdout.close()
        process.wait()
        manager = Memfile4(str(path))
        manager.close()
        assert manager.summary.errors <= 1
        assert len(manager) >= acknowledged[-1]


def test_renewals_share_what_did_not_change(path: Path) -> None:
    manager = Memfile4(str(path))
    first = Lease4(0xC0000201, bytes(bytearray(b"\2\0\0\0\0\1")), bytes(bytearray(b"\xff\1\2")), 3600, 10**9, 1)
    manager.add(first)
    renewed = Lease4(0xC0000201, bytes(bytearray(b"\2\0\0\0\0\1")), bytes(bytearray(b"\xff\1\2")), 3600, 10**9 + 5, 1)
    assert renewed.hwaddr is not first.hwaddr
    manager.update(renewed)
    manager.close()
    assert renewed.hwaddr is first.hwaddr
    assert renewed.client_id is first.client_id
    assert renewed.address is first.address


@pytest.mark.arm("V4-410")
def test_a_check_decides_what_is_loaded_and_the_file_keeps_it_all(path: Path) -> None:
    text = HEADER + row(10) + row(11) + row(11, "again") + row(12)
    path.write_text(text)

    def check(found: Lease4) -> Lease4 | None:
        if found.address & 255 == 10 or found.hostname == "again":
            return None
        changed = found.copy()
        changed.subnet_id = 9
        return changed

    manager = Memfile4(str(path), 0, check)
    manager.close()
    assert [(held.address & 255, held.hostname, held.subnet_id) for held in manager] == [(11, "", 9), (12, "", 9)]
    assert path.read_text() == text


@pytest.mark.arm("V4-410")
def test_a_file_of_an_older_version_keeps_what_a_check_refuses(path: Path) -> None:
    older = HEADER.replace(",user_context", "")
    path.write_text(older + row(10)[:-2] + "\n" + row(11)[:-2])
    manager = Memfile4(str(path), 0, lambda found: None if found.address & 255 == 10 else found)
    manager.add(lease(12))
    manager.close()
    assert sorted(held.address & 255 for held in manager) == [11, 12]
    assert sorted(loaded(path)) == [10, 11, 12]
