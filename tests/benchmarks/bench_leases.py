"""Loading a million DHCPv4 leases and cleaning up their file, ours and Kea's side by side; the cost of one operation.

Run: ``python -m tests.benchmarks.bench_leases [leases]``. Kea is left out where it or root is missing.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from timeit import repeat

from kea_twisted.leases.lease import Lease4, Lease6
from kea_twisted.leases.memfile.lfc import CleanupFiles
from kea_twisted.leases.memfile.manager import Memfile4
from kea_twisted.leases.memfile.rows import Decoder4, Decoder6, encode4, encode6
from kea_twisted.leases.v4 import SCHEMA4
from kea_twisted.stats.registry import Statistics
from tests.support.cleanups import KEA_LFC, ROOT
from tests.support.kea import Kea, resident_kib
from tests.support.namespaces import Link
from tests.support.requirements import find

LOADER = """
import sys, time
from kea_twisted.leases.memfile.manager import Memfile4
begun = time.perf_counter()
leases = Memfile4(sys.argv[1])
taken = time.perf_counter() - begun
status = open("/proc/self/status").read()
memory = [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")][0]
print(len(leases), taken, memory)
"""
STAMP = re.compile(r"^(\S+ \S+) \S+ +\[.*(MEMFILE_LEASE_FILE_LOAD|DHCP4_STARTED)", re.MULTILINE)


def write_file(path: Path, count: int, client_ids: str) -> None:
    """Write *count* leases; client_ids: "none", "mac" (01 and the hardware address) or "other"."""
    chance = random.Random(1)
    begin = int(time.time()) + 100_000
    with path.open("w") as file:
        file.write(SCHEMA4.header + "\n")
        for number in range(count):
            mac = "02:" + chance.getrandbits(40).to_bytes(5, "big").hex(":")
            other = chance.getrandbits(64).to_bytes(8, "big").hex(":")
            client_id = {"none": "", "mac": "01:" + mac, "other": other}[client_ids]
            address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
            file.write(f"{address},{mac},{client_id},7200,{begin + chance.randrange(7200)},1,0,0,,0,\n")


def load_ours(path: Path) -> tuple[float, float]:
    """Return seconds and MiB of a fresh process that loads *path*."""
    done = subprocess.run(
        [sys.executable, "-c", LOADER, str(path)], capture_output=True, text=True, timeout=120, check=True
    )
    _count, seconds, kib = done.stdout.split()
    return float(seconds), int(kib) / 1024


def load_kea(link: Link, path: Path) -> tuple[float, float]:
    """Return seconds, from Kea's log, and MiB of a Kea that loads *path*."""
    with tempfile.TemporaryDirectory(prefix="bench-leases-") as directory:
        server = Kea(4, link, Path(directory))
        try:
            server.start(
                {
                    "interfaces-config": {"interfaces": []},
                    "lease-database": {"type": "memfile", "name": str(path), "lfc-interval": 0},
                    "subnet4": [{"id": 1, "subnet": "10.0.0.0/8"}],
                },
                timeout=120,
            )
            assert server.process is not None
            mib = resident_kib(server.process.pid) / 1024
            times = [datetime.fromisoformat(stamp) for stamp, _id in STAMP.findall(server.log.read_text())]
            return (times[-1] - times[0]).total_seconds(), mib
        finally:
            server.stop()


def measure_loads(count: int) -> None:
    """Print what loading *count* leases costs."""
    link = Link("bench") if find("kea-dhcp4") and os.geteuid() == 0 else None
    print(f"{count} DHCPv4 leases{'':12} ours s  ours MiB   Kea s   Kea MiB")
    try:
        with tempfile.TemporaryDirectory(prefix="bench-leases-") as directory:
            for client_ids in ("none", "mac", "other"):
                path = Path(directory) / f"{client_ids}.csv"
                write_file(path, count, client_ids)
                seconds, mib = load_ours(path)
                line = f"  client identifiers: {client_ids:8} {seconds:10.2f} {mib:9.0f}"
                if link is not None:
                    seconds, mib = load_kea(link, path)
                    line += f" {seconds:7.2f} {mib:9.0f}"
                print(line, flush=True)
    finally:
        if link is not None:
            link.close()


def clean(directory: Path, command: Sequence[str]) -> tuple[float, float]:
    """Return seconds of CPU and MiB of a kea-lfc that cleans up what lies in *directory*."""
    script = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True);"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); print(used.ru_utime + used.ru_stime, used.ru_maxrss)"
    )
    words = [*command, "-4", *CleanupFiles.beside("leases.csv").switches(), "-c", "none"]
    done = subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=directory,
        env={**os.environ, "PYTHONPATH": str(ROOT), "KEA_LOCKFILE_DIR": "none"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    seconds, kib = done.stdout.split()
    return float(seconds), int(kib) / 1024


def measure_cleanups(count: int) -> None:
    """Print what cleaning up *count* rows costs, each of another lease or ten of each lease."""
    print(f"cleanup of {count} DHCPv4 rows{'':6} ours s  ours MiB   Kea s   Kea MiB")
    with tempfile.TemporaryDirectory(prefix="bench-leases-") as name:
        directory = Path(name)
        copy, result = directory / "leases.csv.1", directory / "leases.csv.2"
        rows = directory / "rows"
        for times in (1, 10):
            write_file(rows, count // times, "mac")
            lines = rows.read_text().splitlines(keepends=True)
            line = f"  rows of each lease: {times:8}"
            results = set()
            for command in (KEA_LFC, [str(find("kea-lfc"))]):
                if command[0] == "None":
                    continue
                copy.write_text(lines[0] + "".join(lines[1:]) * times)
                result.unlink(missing_ok=True)
                seconds, mib = clean(directory, command)
                results.add(result.read_bytes())
                line += f" {seconds:10.2f} {mib:9.0f}"
            print(line + ("" if len(results) == 1 else "  the results differ"), flush=True)


def measure_operations(count: int = 100_000) -> None:
    """Print what one operation costs, in µs."""
    with tempfile.TemporaryDirectory(prefix="bench-leases-") as directory:
        manager = Memfile4(directory + "/leases.csv")
        now = 1_700_000_000

        def made(number: int, cltt: int) -> Lease4:
            mac = (number * 7).to_bytes(6, "big")
            return Lease4((10 << 24) + number, mac, b"\x01" + mac, 7200, cltt, 1)

        for name, leases, operation in (
            ("add, get, row and its share of a write", [made(n, now + n // 4000) for n in range(count)], manager.add),
            (
                "update, row and its share of a write",
                [made(n, now + 3600 + n // 4000) for n in range(count)],
                manager.update,
            ),
        ):
            begun = time.perf_counter()
            for place, lease in enumerate(leases):
                operation(lease)
                manager.get(lease.address)
                if place % 32 == 31:
                    manager.commit()
            manager.commit()
            print(f"  {name:45} {(time.perf_counter() - begun) / count * 1e6:7.2f}")
        manager.close()
    lease4 = made(5, now)
    lease6 = Lease6(
        0, 0x20010DB8 << 96, 128, b"\0\3\0\1\2\3\4\5\6\7", 1, 3600, 7200, now, 1, hostname="host.example.org"
    )
    row4, row6 = encode4(lease4)[:-1], encode6(lease6)[:-1]
    decode4, decode6 = Decoder4(11).decode, Decoder6(17).decode
    count_one = Statistics().restart("x", 0, 0).add
    for name, statement in (
        ("DHCPv4 row from lease", lambda: encode4(lease4)),
        ("DHCPv4 lease from row", lambda: decode4(row4)),
        ("DHCPv6 row from lease", lambda: encode6(lease6)),
        ("DHCPv6 lease from row", lambda: decode6(row6)),
        ("count one (a call of a lambda included)", lambda: count_one(1, 5.0)),
    ):
        print(f"  {name:45} {min(repeat(statement, number=count, repeat=3)) / count * 1e6:7.2f}")  # type: ignore[arg-type]


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    measure_loads(size)
    measure_cleanups(size)
    print("One operation, µs")
    measure_operations()
