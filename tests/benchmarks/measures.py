"""What is measured, one function a figure. Each takes the class of the server and gives a number to print."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

from tests.benchmarks.load import ONE_SUBNET, Load, link, run
from tests.support.kea import Json, Server, resident_kib

DROPS_ALLOWED = 0.5
"""Percent."""

Kind = type[Server]


def cpu(kind: Kind, family: int, configuration: Json | None = None, *extra: str, rate: int = 4000) -> Load:
    """Return the load of *rate* exchanges a second on a fresh server with leases in memfile, persisted."""
    with link() as here:
        server = kind(family, here)
        try:
            server.start(configuration or ONE_SUBNET[family], timeout=120)
            return run(server, rate, *extra)
        finally:
            server.close()


def lossless(kind: Kind, family: int, configuration: Json | None = None, start: int = 3000) -> float:
    """Return the highest rate at which at most half a percent is lost: grow by a quarter, then halve the gap.

    A rate counts as too much if it fails twice, because whatever else the machine does costs packets too.
    """
    good, bad, rate = 0, 0, start
    best = 0.0
    for _ in range(12):
        load = cpu(kind, family, configuration, rate=rate)
        if load.drops > DROPS_ALLOWED:
            load = cpu(kind, family, configuration, rate=rate)
        if load.drops <= DROPS_ALLOWED and load.rate > best:
            good, best = rate, load.rate
        else:
            bad = rate
        if bad and good and bad - good < good // 16:
            break
        rate = (good + bad) // 2 if bad else rate * 5 // 4
    return best


def write_leases(path: Path, family: int, count: int) -> None:
    """Write a lease file of *count* leases that end far in the future, in the columns of Kea 2.2.0."""
    expire = int(time.time()) + 1_000_000
    with path.open("w") as file:
        if family == 4:
            file.write(
                "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,"
                "fqdn_fwd,fqdn_rev,hostname,state,user_context\n"
            )
            for number in range(count):
                place = number + (1 << 16)
                mac = (number | 2 << 40).to_bytes(6, "big").hex(":")
                file.write(
                    f"10.{place >> 16 & 255}.{place >> 8 & 255}.{place & 255},{mac},01:{mac},4000,{expire},1,"
                    f"0,0,host-{number}.example.org,0,\n"
                )
        else:
            file.write(
                "address,duid,valid_lifetime,expire,subnet_id,pref_lifetime,lease_type,iaid,prefix_len,"
                "fqdn_fwd,fqdn_rev,hostname,hwaddr,state,user_context,hwtype,hwaddr_source\n"
            )
            for number in range(count):
                mac = (number | 2 << 40).to_bytes(6, "big").hex(":")
                file.write(
                    f"2001:db8:1:0:1:0:{number >> 16:x}:{number & 65535:x},00:03:00:01:{mac},4000,{expire},1,3000,0,1,"
                    f"128,0,0,host-{number}.example.org,{mac},0,,1,2\n"
                )


def load_leases(kind: Kind, family: int, count: int = 1_000_000) -> tuple[float, float]:
    """Return seconds from start to service with a lease file of *count* leases, and MiB resident then."""
    with link() as here:
        server = kind(family, here)
        try:
            write_leases(server.lease_file, family, count)
            before = time.monotonic()
            server.start(ONE_SUBNET[family], timeout=300)
            seconds = time.monotonic() - before
            assert server.process is not None
            return seconds, resident_kib(server.process.pid) / 1024
        finally:
            server.close()


def large(family: int, count: int = 10_000) -> Json:
    """Return a configuration of *count* subnets, each with a pool and a reservation. The load goes to the first."""
    subnets: list[Json] = [dict(ONE_SUBNET[family][f"subnet{family}"][0])]
    if family == 4:
        subnets[0].update({"subnet": "10.0.0.0/9", "pools": [{"pool": "10.1.0.0-10.100.255.255"}]})
    for number in range(2, count + 1):
        mac = f"06:00:00:{number >> 16 & 255:02x}:{number >> 8 & 255:02x}:{number & 255:02x}"
        if family == 4:
            net = f"11.{number >> 8}.{number & 255}"
            subnets.append(
                {
                    "id": number,
                    "subnet": f"{net}.0/24",
                    "pools": [{"pool": f"{net}.10-{net}.250"}],
                    "option-data": [{"name": "routers", "data": f"{net}.1"}],
                    "reservations": [{"hw-address": mac, "ip-address": f"{net}.5", "hostname": f"h{number}"}],
                }
            )
        else:
            net = f"2001:db9:{number:x}"
            subnets.append(
                {
                    "id": number,
                    "subnet": f"{net}::/64",
                    "pools": [{"pool": f"{net}::1:0-{net}::1:ffff"}],
                    "option-data": [{"name": "dns-servers", "data": f"{net}::1"}],
                    "reservations": [{"hw-address": mac, "ip-addresses": [f"{net}::5"], "hostname": f"h{number}"}],
                }
            )
    subnets[0]["reservations"] = [
        {"hw-address": "06:ff:ff:00:00:01", "ip-address": "10.0.0.5"}
        if family == 4
        else {"hw-address": "06:ff:ff:00:00:01", "ip-addresses": ["2001:db8:1::5"]}
    ]
    return {**ONE_SUBNET[family], f"subnet{family}": subnets}


def heavy(family: int) -> Json:
    """Return one subnet with 100 classes, 50 custom options and 3,000 reservations."""
    whole = dict(ONE_SUBNET[family])
    subnet = dict(whole[f"subnet{family}"][0])
    code = 1000 if family == 6 else 178
    test = "substring(pkt4.mac,0,4) == 0x{:08x}" if family == 4 else "substring(option[1].hex,0,8) == 0x{:016x}"
    key = "ip-address" if family == 4 else "ip-addresses"
    reservations = []
    for number in range(3000):
        address = f"10.0.{8 + (number >> 8)}.{number & 255}" if family == 4 else [f"2001:db8:1::{number + 16:x}"]
        reservations.append({"hw-address": f"06:00:00:00:{number >> 8:02x}:{number & 255:02x}", key: address})
    names = range(50)
    whole["option-def"] = [
        {"name": f"custom-{place}", "code": _custom_code(family, code, place), "type": "uint32"} for place in names
    ]
    whole["option-data"] = [{"name": f"custom-{place}", "data": str(place)} for place in names]
    whole["client-classes"] = [{"name": f"class-{place}", "test": test.format(place)} for place in range(100)]
    subnet["reservations"] = reservations
    whole[f"subnet{family}"] = [subnet]
    return whole


def _custom_code(family: int, first: int, place: int) -> int:
    """Return a code that has no standard definition."""
    if family == 6:
        return first + place
    return 178 + place if place < 30 else 224 + place - 30


def config_test(kind: Kind, family: int, configuration: Json, runs: int = 4) -> float:
    """Return the seconds that `-t` takes for *configuration*, the least of some runs.

    The first run compiles our modules where nobody has yet, which an installation does beforehand.
    """
    with link() as here:
        server = kind(family, here)
        try:
            path = server.directory / "large.json"
            path.write_text(json.dumps(server.complete(configuration)))
            bytecode = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(server.directory / "bytecode")}
            return min(_seconds(server, path, {**os.environ, **server.environment(), **bytecode}) for _ in range(runs))
        finally:
            server.close()


def _seconds(server: Server, path: Path, environment: dict[str, str]) -> float:
    """Return the seconds that `-t` takes for the configuration file *path*."""
    before = time.monotonic()
    done = subprocess.run(
        ("ip", "netns", "exec", server.link.server, *server.command("-t", str(path))),
        capture_output=True,
        text=True,
        timeout=300,
        env=environment,
    )
    if done.returncode:
        raise RuntimeError(f"-t says {done.returncode}: {done.stdout[-500:]}{done.stderr[-500:]}")
    return time.monotonic() - before
