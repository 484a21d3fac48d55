"""Lease file cleanup: what is left of the rows, and that no moment to die or fail at loses a lease."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kea_twisted.daemons.kea_lfc import Progress, Request, clean, process
from kea_twisted.errors import StoreError
from kea_twisted.leases.lease import Lease4
from kea_twisted.leases.memfile.io import DISK, Disk
from kea_twisted.leases.memfile.lfc import CleanupFiles
from kea_twisted.leases.memfile.manager import Memfile4, Memfile6
from kea_twisted.leases.v4 import SCHEMA4
from kea_twisted.leases.v6 import SCHEMA6
from kea_twisted.log.logger import DBG_DETAIL_DATA, DHCPSRV, Logger
from kea_twisted.log.message import Message
from tests.support.disks import Failing, Stepping, crashes

HEADER = SCHEMA4.header + "\n"
SUFFIXES = ("", ".1", ".2", ".completed", ".output", ".pid")


class Quiet:
    """A stream that is no terminal."""

    def isatty(self) -> bool:
        return False


def row(number: int, name: str = "", valid: int = 3600) -> str:
    return f"192.0.2.{number},01:02:03:04:05:06,,{valid},1800000000,1,0,0,{name},0,\n"


def row6(number: int, name: str = "", valid: int = 3600) -> str:
    return f"2001:db8::{number},01:02:03,{valid},1800000000,1,1800,0,1,128,0,0,{name},,0,,,\n"


def lease(number: int, name: str = "") -> Lease4:
    return Lease4(0xC0000200 + number, b"\1\2\3\4\5\6", b"", 3600, 1800000000 - 3600, 1, hostname=name)


FILES: dict[int, dict[str, str]] = {
    4: {
        ".2": HEADER + row(10, "two") + row(11, "two") + row(13, "two"),
        ".1": HEADER + row(11, "one") + row(12, "one") + row(13, "one", 0) + row(11, "newer"),
        "": HEADER + row(12, "live") + row(14, "live") + row(10, "live", 0),
    },
    6: {
        ".2": SCHEMA6.header + "\n" + row6(10, "two") + row6(11, "two") + row6(13, "two"),
        ".1": SCHEMA6.header + "\n" + row6(11, "one") + row6(12, "one") + row6(13, "one", 0) + row6(11, "newer"),
        "": SCHEMA6.header + "\n" + row6(12, "live") + row6(14, "live") + row6(10, "live", 0),
    },
}
ALL = {11: "newer", 12: "live", 14: "live"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "files" / "leases.csv"


def prepare(path: Path, files: dict[str, str]) -> None:
    """Have exactly these files, by suffix."""
    shutil.rmtree(path.parent, ignore_errors=True)
    path.parent.mkdir()
    for suffix, text in files.items():
        path.with_name(path.name + suffix).write_text(text)


def found(path: Path) -> dict[str, str]:
    """Return the files there are, by suffix."""
    return {name.name.removeprefix(path.name): name.read_text() for name in path.parent.iterdir()}


def loaded(path: Path, family: int = 4) -> dict[int, str]:
    """Return what a server finds, in a copy of the files: last octet → name."""
    copy = path.parent.with_name("copy") / path.name
    shutil.rmtree(copy.parent, ignore_errors=True)
    shutil.copytree(path.parent, copy.parent)
    manager: Any = Memfile4(str(copy)) if family == 4 else Memfile6(str(copy))
    manager.close()
    return (
        {held.address & 255: held.hostname for held in manager}
        if family == 4
        else {int(f"{held.address & 255:x}"): held.hostname for held in manager}
    )


def cleanup(path: Path, family: int = 4, disk: Disk = DISK) -> None:
    """Do what kea-lfc does between its two log lines."""
    stream: Any = Quiet()
    clean(Request(CleanupFiles.beside(str(path)), "none", family), Progress(stream, 0), disk)


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """The ids of what was logged."""
    told: list[str] = []

    def emit(_logger: Logger, message: Message, arguments: tuple[object, ...]) -> None:
        told.append(message.id.removeprefix("DHCPSRV_MEMFILE_"))

    before = DHCPSRV.emit
    DHCPSRV.emit = emit
    yield told
    DHCPSRV.emit = before


@pytest.mark.arm("LE-044")
@pytest.mark.arm("LE-046")
@pytest.mark.arm("LE-050")
@pytest.mark.arm("LE-056")
@pytest.mark.arm("LE-064")
@pytest.mark.arm("V4-049")
def test_the_last_row_of_each_lease_is_left(path: Path) -> None:
    prepare(path, FILES[4])
    cleanup(path)
    assert found(path) == {".2": HEADER + row(10, "two") + row(11, "newer") + row(12, "one"), "": FILES[4][""]}
    assert loaded(path) == ALL


@pytest.mark.arm("V6-036")
def test_the_last_row_of_each_dhcpv6_lease_is_left(path: Path) -> None:
    prepare(path, FILES[6])
    cleanup(path, 6)
    header = SCHEMA6.header + "\n"
    assert found(path)[".2"] == header + row6(10, "two") + row6(11, "newer") + row6(12, "one")
    assert loaded(path, 6) == ALL


@pytest.mark.arm("LE-053")
@pytest.mark.arm("LE-060")
def test_rows_of_other_schema_versions_are_converted(path: Path) -> None:
    older = HEADER.replace(",state,user_context", "") + "192.0.2.20,01:02:03:04:05:06,,3600,1800000000,1,0,0,old\n"
    newer = HEADER.replace("\n", ",pool_id\n") + "192.0.2.21,01:02:03:04:05:06,,3600,1800000000,1,0,0,new,0,,7\n"
    prepare(path, {".2": older, ".1": newer})
    cleanup(path)
    assert found(path) == {".2": HEADER + row(20, "old") + row(21, "new")}


@pytest.mark.arm("LE-047")
@pytest.mark.arm("LE-049")
@pytest.mark.parametrize("others", [(), (".1",), (".2",), (".1", ".2")])
def test_a_complete_result_is_put_in_place_and_nothing_else_is_read(path: Path, others: tuple[str, ...]) -> None:
    prepare(path, {".completed": HEADER + row(7), "": HEADER, ".output": "junk", **dict.fromkeys(others, "junk")})
    cleanup(path)
    assert found(path) == {".2": HEADER + row(7), "": HEADER, ".output": "junk"}


def test_what_a_killed_cleanup_has_written_is_written_anew(path: Path) -> None:
    prepare(path, {**FILES[4], ".output": HEADER + row(77, "stale") * 1000})
    cleanup(path)
    assert loaded(path) == ALL
    assert ".output" not in found(path)


@pytest.mark.parametrize(
    "files",
    [
        {".1": "junk\n" + row(1), ".2": HEADER + row(2)},
        {".1": HEADER + row(1), ".2": "junk\n"},
        {".1": HEADER + "bad\n" * 101 + row(1), ".2": HEADER + row(2)},
    ],
)
def test_files_that_cannot_be_read_stay_as_they_are(path: Path, files: dict[str, str]) -> None:
    prepare(path, files)
    cleanup(path)
    assert found(path) == files


def test_a_hundred_bad_rows_are_left_out(path: Path) -> None:
    prepare(path, {".1": HEADER + "bad\n" * 100 + row(1)})
    cleanup(path)
    assert found(path) == {".2": HEADER + row(1)}


@pytest.mark.arm("LE-048")
@pytest.mark.parametrize("family", [4, 6])
def test_kea_lfc_may_be_killed_at_any_moment(path: Path, family: int) -> None:
    for step in crashes(lambda: prepare(path, FILES[family]), lambda disk: cleanup(path, family, disk)):
        assert loaded(path, family) == ALL, step
        cleanup(path, family)
        assert loaded(path, family) == ALL, step
        assert set(found(path)) - {".output"} == {"", ".2"}, step


@pytest.mark.arm("LE-048")
@pytest.mark.arm("LE-049")
def test_a_second_kea_lfc_may_be_killed_at_any_moment_too(path: Path) -> None:
    left = []
    for _step in crashes(lambda: prepare(path, FILES[4]), lambda disk: cleanup(path, 4, disk)):
        if found(path) not in left:
            left.append(found(path))
    assert len(left) > 6
    for files in left:
        if ".completed" not in files and ".1" not in files:
            continue
        for step in crashes(lambda files=files: prepare(path, files), lambda disk: cleanup(path, 4, disk)):
            assert loaded(path) == ALL, (step, files)


def failures(path: Path, family: int) -> int:
    """Return how many steps a cleanup takes."""
    prepare(path, FILES[family])
    disk = Stepping()
    cleanup(path, family, disk)
    return disk.step


def test_a_disk_that_fails_at_any_moment_costs_no_lease(path: Path) -> None:
    for step in range(1, failures(path, 4) + 1):
        prepare(path, FILES[4])
        cleanup(path, 4, Failing({step}))
        assert loaded(path) == ALL, step
        cleanup(path)
        assert loaded(path) == ALL, step


def test_a_result_that_cannot_be_written_is_told_with_file_and_reason(path: Path) -> None:
    prepare(path, FILES[4])
    stream: Any = Quiet()
    with pytest.raises(StoreError, match=r"unable to write '.*\.output': No space left on device"):
        process(Request(CleanupFiles.beside(str(path)), "none", 4), Progress(stream, 0), Failing({1}))


# The server's part.


def serve(path: Path, disk: Disk, acknowledged: int = -1) -> Memfile4:
    """Load, acknowledge two leases, set the file aside, and acknowledge two more. acknowledged: told which ones."""
    manager = Memfile4(str(path), disk=disk)
    for number in (20, 21, 0, 22, 23):
        if number:
            manager.add(lease(number, "new"))
            manager.commit()
            if acknowledged >= 0:
                os.write(acknowledged, bytes([number]))
        else:
            manager.rotate()
    return manager


@pytest.mark.arm("LE-045")
@pytest.mark.arm("LE-048")
def test_a_server_may_be_killed_at_any_moment_of_setting_its_file_aside(path: Path) -> None:
    files = {".2": FILES[4][".2"], "": FILES[4][""]}
    told, tell = os.pipe()
    os.set_blocking(told, False)
    expected = {11: "two", 12: "live", 13: "two", 14: "live"}
    for step in crashes(lambda: prepare(path, files), lambda disk: serve(path, disk, tell).close()):
        new = dict.fromkeys(os.read(told, 9), "new")
        assert loaded(path) == {**expected, **new}, step
        assert len(new) == (4 if step == 0 else 2)
        cleanup(path)
        assert loaded(path) == {**expected, **new}, step
    os.close(told)
    os.close(tell)


@pytest.mark.parametrize("wrong", [{1}, {3}, {4}, {5}, {6}, {7}, {3, 4}, {4, 5}, {5, 6}, {6, 7}, {7, 8}, {3, 4, 5, 6}])
def test_a_file_that_cannot_be_set_aside_goes_on_to_be_written(path: Path, wrong: set[int], lines: list[str]) -> None:
    prepare(path, FILES[4] | {".1": ""})
    path.with_name(path.name + ".1").unlink()
    disk = Failing(wrong)
    manager = serve(path, disk)
    expected = {11: "two", 12: "live", 13: "two", 14: "live", **dict.fromkeys((20, 21, 22, 23), "new")}
    assert loaded(path) == expected
    assert {"LFC_LEASE_FILE_RENAME_FAIL", "LFC_LEASE_FILE_REOPEN_FAIL"} & set(lines)
    disk.wrong = set()
    manager.rotate()
    manager.add(lease(24, "new"))
    manager.commit()
    assert loaded(path) == expected | {24: "new"}
    assert ".1" in found(path)
    assert found(path)[""] == HEADER + row(24, "new")
    cleanup(path)
    manager.close()
    assert loaded(path) == expected | {24: "new"}


def test_a_name_that_was_changed_although_that_was_said_to_fail_costs_no_lease(path: Path) -> None:
    prepare(path, {"": FILES[4][""]})
    manager = serve(path, Failing({2}))
    expected = {12: "live", 14: "live", **dict.fromkeys((20, 21, 22, 23), "new")}
    assert loaded(path) == expected
    manager.rotate()
    manager.add(lease(24, "new"))
    manager.close()
    assert loaded(path) == expected | {24: "new"}


def test_nothing_is_set_aside_while_rows_wait_that_cannot_be_written(path: Path, lines: list[str]) -> None:
    prepare(path, {"": HEADER + row(1)})
    manager = Memfile4(str(path))
    assert manager.files is not None
    manager.add(lease(2))
    manager.files.close()
    assert not manager.rotate()
    assert lines[-1] == "LFC_LEASE_FILE_RENAME_FAIL"
    assert found(path) == {"": HEADER + row(1)}
    assert [held.address & 255 for held in manager] == [1]


@pytest.mark.parametrize("rank", [DBG_DETAIL_DATA - 1, DBG_DETAIL_DATA])
def test_each_lease_that_is_loaded_is_told_at_the_debug_level_of_kea(path: Path, lines: list[str], rank: int) -> None:
    prepare(path, {"": HEADER + row(1) + row(2)})
    before, DHCPSRV.rank = DHCPSRV.rank, rank
    try:
        Memfile4(str(path)).close()
    finally:
        DHCPSRV.rank = before
    assert lines.count("LEASE_LOAD") == (2 if rank == DBG_DETAIL_DATA else 0)


@pytest.mark.arm("LE-052")
@pytest.mark.parametrize("left", [".1", ".completed"])
def test_nothing_is_set_aside_before_the_cleanup_before_is_finished(path: Path, left: str, lines: list[str]) -> None:
    prepare(path, {"": HEADER + row(1)})
    manager = Memfile4(str(path))
    path.with_name(path.name + left).write_text(HEADER + row(2))
    assert manager.rotate()
    assert found(path) == {"": HEADER + row(1), left: HEADER + row(2)}
    cleanup(path)
    assert manager.rotate()
    assert found(path) == {"": HEADER, ".1": HEADER + row(1), ".2": HEADER + row(2)}
    assert lines.count("LFC_START") == 2
    manager.close()


@pytest.mark.parametrize("how", ["removed", "replaced"])
def test_a_live_file_that_somebody_took_away_is_written_again(path: Path, how: str, lines: list[str]) -> None:
    prepare(path, {".2": HEADER + row(1) + row(2), "": HEADER + row(3)})
    manager = Memfile4(str(path))
    manager.delete(lease(1))
    manager.commit()
    path.unlink()
    if how == "replaced":
        path.write_text(HEADER)
    manager.add(lease(4))
    assert not manager.rotate()
    assert "LFC_LEASE_FILE_RENAME_FAIL" in lines
    manager.add(lease(5))
    manager.commit()
    assert set(loaded(path)) == {2, 3, 4, 5}
    assert manager.rotate()
    manager.close()
    assert set(loaded(path)) == {2, 3, 4, 5}


@pytest.mark.arm("LE-053")
@pytest.mark.arm("V6-047")
@pytest.mark.parametrize("suffix", ["", ".1", ".2"])
def test_a_file_of_another_version_makes_a_cleanup_due(path: Path, suffix: str, lines: list[str]) -> None:
    older = HEADER.replace(",state,user_context", "") + "192.0.2.20,01:02:03:04:05:06,,3600,1800000000,1,0,0,old\n"
    prepare(path, {"": HEADER, suffix: older})
    manager = Memfile4(str(path))
    assert manager.cleanup_due
    manager.add(lease(30, "new"))
    manager.close()
    told = [line for line in lines if line != "LEASE_FILE_LOAD"]
    assert told == ["NEEDS_UPGRADING", "CONVERTING_LEASE_FILES", "LFC_START"]
    assert loaded(path) == {20: "old", 30: "new"}
    assert found(path)[""] == HEADER + row(30, "new")
    cleanup(path)
    assert found(path)[".2"] == HEADER + row(20, "old")
    assert loaded(path) == {20: "old", 30: "new"}
    assert not Memfile4(str(path)).cleanup_due


@pytest.mark.arm("LE-053")
@pytest.mark.parametrize("left", [{".1": HEADER + row(1) + row(3)}, {".completed": HEADER + row(1) + row(3)}])
def test_a_live_file_of_another_version_beside_what_a_cleanup_left_is_converted(
    path: Path, left: dict[str, str]
) -> None:
    older = HEADER.replace(",user_context", "") + row(20, "old")[:-2] + "\n" + row(3, "", 0)[:-2] + "\n"
    files = {"": older, **left}
    prepare(path, files)
    assert loaded(path) == {1: "", 20: "old"}
    for step in crashes(lambda: prepare(path, files), lambda disk: Memfile4(str(path), disk=disk).close()):
        assert loaded(path) == {1: "", 20: "old"}, step
    assert found(path) == {"": HEADER, ".2": HEADER + row(1) + row(20, "old")}


def test_a_live_file_of_another_version_that_cannot_be_set_aside_is_refused(path: Path) -> None:
    prepare(path, {"": HEADER.replace(",user_context", "") + row(20)[:-2] + "\n"})
    before = found(path)
    with pytest.raises(StoreError, match="another version"):
        Memfile4(str(path), disk=Failing({1}))
    assert found(path) == before


@pytest.mark.arm("V4-044")
@pytest.mark.arm("V6-031")
def test_without_a_file_there_is_nothing_to_clean_up() -> None:
    assert not Memfile4(None).rotate()
    assert not Memfile6(None).rotate()
