"""kea-lfc and Kea's: the same files from the same files, and each goes on where the other was killed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kea_twisted.daemons.kea_lfc import Progress, Request, clean
from kea_twisted.leases.memfile.io import Disk
from kea_twisted.leases.memfile.lfc import CleanupFiles
from kea_twisted.leases.memfile.manager import Memfile4, Memfile6
from kea_twisted.leases.v4 import SCHEMA4
from kea_twisted.leases.v6 import SCHEMA6
from tests.differential.leases.test_lease_files_against_kea import ROWS4, ROWS6, octets, theirs
from tests.support.cleanups import ENVIRONMENT, KEA_LFC, ROOT, run_kea_lfc
from tests.support.disks import crashes
from tests.support.kea import Kea, Server
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.requirements import find, require

pytestmark = pytest.mark.peer("kea")

StartKea = Callable[..., Kea]
Files = dict[str, bytes]

SCHEMAS: dict[int, Any] = {4: SCHEMA4, 6: SCHEMA6}
OTHERWISE = ("192.0.2.32", "192.0.2.51", "2001:db8:1::11")
"""What of the odd rows Kea's writes as it cannot read it itself (an end before 1970, a line end within a name), and an
address with the prefix length of a prefix, of which ours makes an address."""
ODD = {
    4: octets(SCHEMA4, [row for row in ROWS4 if not row.startswith(OTHERWISE)]),
    6: octets(SCHEMA6, [row for row in ROWS6 if not row.startswith(OTHERWISE)]),
}
OLDER = {
    family: "".join(
        ",".join(line.split(",")[:columns]) + "\n" for line in ODD[family].decode().splitlines() if line
    ).encode()
    for family, columns in ((4, 9), (6, 13))
}
NEWER = {
    family: "".join(
        f"{line},{'7' if number else 'pool_id'}\n" for number, line in enumerate(text.decode().splitlines())
    ).encode()
    for family, text in ODD.items()
}


def plain(family: int, *rows: tuple[int, str, int]) -> bytes:
    """Return a file with rows of (number, name, valid lifetime)."""
    form = {
        4: "192.0.2.{},01:02:03:04:05:06,,{},2000000000,1,0,0,{},0,",
        6: "2001:db8:1::{},01:02:03,{},2000000000,1,1800,0,1,128,0,0,{},,0,,,",
    }[family]
    lines = [SCHEMAS[family].header, *(form.format(number, valid, name) for number, name, valid in rows)]
    return ("\n".join(lines) + "\n").encode()


def situations(family: int) -> dict[str, Files]:
    """Return files by suffix."""
    header = (SCHEMAS[family].header + "\n").encode()
    one, two = plain(family, (1, "one", 60)), plain(family, (2, "two", 60), (1, "two", 60))
    return {
        "nothing": {},
        "input": {".1": two},
        "previous": {".2": two},
        "both": {".1": one, ".2": two},
        "removed": {".1": plain(family, (1, "", 0), (3, "", 0)), ".2": two},
        "odd rows": {".1": ODD[family], ".2": plain(family, (10, "before", 60))},
        "older": {".1": OLDER[family], ".2": one},
        "newer": {".1": NEWER[family], ".2": one},
        "complete": {".completed": two, ".1": one, ".2": one},
        "complete only": {".completed": two},
        "empty": {".1": b"", ".2": two},
        "header only": {".1": header, ".2": header},
        "no line end": {".1": two[:-1]},
        "half a row": {".1": two[:-20]},
        "empty lines": {".1": two.replace(b"\n", b"\n\n") + b"\n\n"},
        "wrong header": {".1": b"junk,junk\n", ".2": two},
        "wrong header before": {".1": two, ".2": b"address\n"},
        "100 bad rows": {".1": header + b"bad\n" * 100, ".2": two},
        "101 bad rows": {".1": header + b"bad\n" * 101, ".2": two},
        "number of nobody": {".1": one, ".pid": b"99999999\n"},
        "bad number": {".1": one, ".pid": b"junk\n"},
        "result in the way": {".1": one, ".output": header},
    }


def put(directory: Path, files: Files) -> None:
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir()
    for suffix, text in files.items():
        (directory / f"l.csv{suffix}").write_bytes(text)


def there(directory: Path) -> Files:
    return {path.name.removeprefix("l.csv"): path.read_bytes() for path in directory.iterdir()}


def normal(files: Files) -> dict[str, list[str]]:
    """Return the lines of each file, spaces in user contexts left out, as which Kea writes its own."""
    return {
        suffix: [re.sub(r"\{.*\}", lambda found: found[0].replace(" ", ""), line) for line in text.decode().split("\n")]
        for suffix, text in files.items()
    }


def words(family: int, *more: str) -> list[str]:
    return [f"-{family}", *CleanupFiles.beside("l.csv").switches(), "-c", "none", *more]


def run_theirs(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(find("kea-lfc")), *arguments], cwd=directory, env=ENVIRONMENT, capture_output=True, text=True, timeout=60
    )


def told(done: subprocess.CompletedProcess[str]) -> list[tuple[str, ...]]:
    """Return the lines of the log: severity, logger, id; for those with numbers, the numbers."""
    form = re.compile(r"(INFO|WARN|ERROR|FATAL) +\[([\w.]+)/[\d.]+\] (\w+)(.*)")
    lines = []
    for severity, name, message, text in form.findall(done.stderr):
        numbers = re.findall(r"\d+", text) if message.endswith("_STATS") else []
        lines.append((severity, name, message, *numbers))
    return lines


@pytest.fixture(autouse=True)
def _peer() -> None:
    require("kea-lfc")


@pytest.mark.arm("LE-037")
@pytest.mark.arm("LE-044")
@pytest.mark.arm("LE-046")
@pytest.mark.arm("LE-047")
@pytest.mark.arm("LE-049")
@pytest.mark.arm("LE-050")
@pytest.mark.arm("LE-053")
@pytest.mark.arm("LE-056")
@pytest.mark.arm("LE-057")
@pytest.mark.parametrize("family", [4, 6])
def test_the_same_files_come_of_the_same_files(tmp_path: Path, family: int) -> None:
    for name, files in situations(family).items():
        if family == 6 and name not in ("both", "removed", "odd rows", "older", "newer", "complete", "half a row"):
            continue  # the files are handled alike, only their rows differ
        put(tmp_path / "theirs", files)
        put(tmp_path / "ours", files)
        kea, here = (
            run_theirs(tmp_path / "theirs", *words(family, "-d")),
            run_kea_lfc(tmp_path / "ours", *words(family, "-d")),
        )
        assert normal(there(tmp_path / "ours")) == normal(there(tmp_path / "theirs")), name
        assert (here.returncode, told(here)) == (kea.returncode, told(kea)), name
        assert here.stdout.split() == kea.stdout.split()
        assert ("Service failed" in here.stderr) == ("Service failed" in kea.stderr) == (kea.returncode != 0), name


@pytest.mark.arm("LE-040")
@pytest.mark.arm("LE-041")
@pytest.mark.arm("LE-042")
@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["-4"],
        ["-4", "-6"],
        words(4)[:-2],
        words(4)[1:],
        words(4, "more"),
        words(4, "-z"),
        words(4, "-p"),
        ["--help"],
        ["-v"],
        ["-h"],
        ["-hv"],
        words(4, "-v"),
    ],
)
def test_the_command_line_is_understood_as_by_kea(tmp_path: Path, arguments: list[str]) -> None:
    kea, here = run_theirs(tmp_path, *arguments), run_kea_lfc(tmp_path, *arguments)
    assert here.returncode == kea.returncode
    assert here.stdout == kea.stdout
    begin, _, _ = kea.stderr.partition("\n")
    assert here.stderr.startswith(begin)
    assert ("Service failed: " in here.stderr) == ("Service failed: " in kea.stderr)
    assert not list(tmp_path.iterdir())


# Each goes on where the other stopped.

FILES = {
    family: {
        ".2": plain(family, (10, "two", 60), (11, "two", 60), (13, "two", 60)),
        ".1": plain(family, (11, "one", 60), (12, "one", 60), (13, "one", 0), (11, "newer", 60)),
        "": plain(family, (12, "live", 60), (14, "live", 60), (10, "live", 0)),
    }
    for family in (4, 6)
}
ALL = {"11": "newer", "12": "live", "14": "live"}


def loaded(directory: Path, family: int) -> dict[str, str]:
    """Return what our server loads, in a copy of the files."""
    copy = directory.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(directory, copy)
    manager: Any = Memfile4(str(copy / "l.csv")) if family == 4 else Memfile6(str(copy / "l.csv"))
    manager.close()
    return {f"{lease.address & 255:{'d' if family == 4 else 'x'}}": lease.hostname for lease in manager}


def left_by_ours(directory: Path, family: int) -> list[Files]:
    """Return what our kea-lfc leaves when it is killed, at each moment, and what our server leaves likewise."""
    path = str(directory / "l.csv")
    with open(os.devnull, "w") as stream:

        def cleanup(disk: Disk) -> None:
            clean(Request(CleanupFiles.beside(path), "none", family), Progress(stream, 0), disk)

        def rotate(disk: Disk) -> None:
            manager: Any = Memfile4(path, disk=disk) if family == 4 else Memfile6(path, disk=disk)
            manager.rotate()

        found: list[Files] = []
        for files, act in ((FILES[family], cleanup), (without(FILES[family], ".1"), rotate)):
            for _step in crashes(lambda files=files: put(directory, files), act):
                if there(directory) not in found:
                    found.append(there(directory))
    return found


def without(files: Files, suffix: str) -> Files:
    """Return *files* less one."""
    return {name: text for name, text in files.items() if name != suffix}


@pytest.mark.arm("LE-048")
@pytest.mark.parametrize("family", [4, 6])
def test_kea_goes_on_where_ours_was_killed(kea: StartKea, tmp_path: Path, family: int) -> None:
    directory = tmp_path / "files"
    header = SCHEMAS[family].header.encode()
    states = left_by_ours(directory, family)
    assert len(states) > 8
    for files in states:
        if any(0 < len(text) < len(header) for text in files.values()):
            continue  # half a header: Kea gives up, and no system leaves that of a single write
        put(directory, files)
        expected = loaded(directory, family)
        server = kea(family, files)
        assert {
            each["ip-address"].rpartition("." if family == 4 else ":")[2]: each["hostname"] for each in theirs(server)
        } == expected
        server.stop()
        done = run_theirs(directory, *words(family, "-d"))
        assert "FATAL" not in done.stderr
        assert loaded(directory, family) == expected, sorted(files)


@pytest.mark.arm("LE-048")
@pytest.mark.parametrize("family", [4, 6])
def test_ours_goes_on_where_kea_was_killed(tmp_path: Path, family: int) -> None:
    directory = tmp_path / "files"
    count = 4_000
    address = "192.0.{}.{}" if family == 4 else "2001:db8:1::{:x}:{:x}"
    line = FILES[family][""].decode().splitlines()[1].split(",", 1)[1]
    many = "".join(f"{address.format(1 + n // 250, n % 250)},{line}\n" for n in range(count))
    files = {".1": (SCHEMAS[family].header + "\n" + many).encode(), ".2": FILES[family][".2"], "": FILES[family][""]}
    put(directory, files)
    expected = loaded(directory, family)
    began = time.monotonic()
    run_theirs(directory, *words(family))
    took = time.monotonic() - began
    for moment in (took / 4, took / 2, ".pid", ".output", ".output", ".completed"):
        put(directory, files)
        process = subprocess.Popen([str(find("kea-lfc")), *words(family)], cwd=directory, env=ENVIRONMENT)
        if isinstance(moment, float):
            time.sleep(moment)
        else:
            while process.poll() is None and not (directory / f"l.csv{moment}").exists():
                pass  # it is there for a moment only
        process.kill()
        process.wait()
        assert loaded(directory, family) == expected
        assert run_kea_lfc(directory, *words(family)).returncode == 0
        assert set(there(directory)) <= {"", ".2", ".output"}
        assert loaded(directory, family) == expected


class KeaWithOurs(Kea):
    """Kea's server that cleans up with our kea-lfc."""

    def environment(self) -> dict[str, str]:
        """Return what the daemon's environment must hold."""
        program = self.directory / "our-lfc"
        program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {" ".join(KEA_LFC)} "$@"\n')
        program.chmod(0o755)
        return {**super().environment(), "KEA_LFC_EXECUTABLE": str(program)}


class OursWithKea(Ours):
    """Our server that cleans up with Kea's kea-lfc."""

    def environment(self) -> dict[str, str]:
        """Return what the daemon's environment must hold."""
        return {**super().environment(), "KEA_LFC_EXECUTABLE": str(find("kea-lfc"))}


@pytest.mark.arm("LE-035")
@pytest.mark.arm("LE-045")
@pytest.mark.parametrize("kind", [KeaWithOurs, OursWithKea])
def test_the_server_of_one_cleans_up_with_the_kea_lfc_of_the_other(
    lease_link: Link, tmp_path: Path, kind: type[Server]
) -> None:
    server = kind(4, lease_link, tmp_path)
    file = server.lease_file
    file.write_bytes(plain(4, (1, "a", 60), (2, "b", 60), (1, "c", 60)))
    result = file.with_name(file.name + ".2")
    try:
        server.start(
            {
                "interfaces-config": {"interfaces": []},
                "lease-database": {"type": "memfile", "name": str(file), "lfc-interval": 1},
                "expired-leases-processing": {"reclaim-timer-wait-time": 0, "flush-reclaimed-timer-wait-time": 0},
            }
        )
        deadline = time.monotonic() + 15
        while not result.exists():
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        server.stop()
    assert result.read_bytes() == plain(4, (1, "c", 60), (2, "b", 60))
    assert file.read_bytes() == plain(4)
    assert "LFC_SPAWN_FAIL" not in server.log.read_text()
