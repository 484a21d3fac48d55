"""Files written by Kea load here, and the other way round; what Kea makes of odd files, ours makes too."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kea_twisted.alloc.reclaim import reclaimer4, reclaimer6
from kea_twisted.alloc.recount import recount4, recount6
from kea_twisted.base.address import parse4, parse6, text4, text6
from kea_twisted.base.lifetimes import Triplet
from kea_twisted.errors import StoreError
from kea_twisted.family import V4, V6
from kea_twisted.leases.lease import IA_NA, IA_PD, Lease4, Lease6
from kea_twisted.leases.memfile.lfc import CleanupFiles
from kea_twisted.leases.memfile.manager import Memfile4, Memfile6
from kea_twisted.leases.v4 import SCHEMA4
from kea_twisted.leases.v6 import SCHEMA6
from kea_twisted.stats.catalogue import start
from kea_twisted.stats.commands import STATISTIC_COMMANDS
from kea_twisted.stats.registry import Statistics
from kea_twisted.subnets.pool import PdPool, Pool
from kea_twisted.subnets.v4 import Subnet4
from kea_twisted.subnets.v6 import Subnet6
from tests.support.cleanups import run_kea_lfc
from tests.support.kea import Kea

pytestmark = pytest.mark.peer("kea")

StartKea = Callable[..., Kea]
LATER = int(time.time()) + 5000
TYPES = {IA_NA: "IA_NA", 1: "IA_TA", IA_PD: "IA_PD"}

LONG = ":".join(["01"] * 128)
ROWS4 = [
    "192.0.2.10,01:02:03:04:05:06,,7200,%,1,0,0,,0,",
    "192.0.2.11,01:02:03:04:05:06,,7200,%,1,0,0,,0",
    "192.0.2.12,01:02:03:04:05:06,,7200,%,1,0,0,,0,,",
    "192.0.2.13,01:02:03:04:05:06,,7200,%,1,0,0,",
    "192.0.2.14,,,7200,%,1,0,0,,0,",
    "192.0.2.15,,,7200,%,1,0,0,,1,",
    "192.0.2.16,zz,,7200,%,1,0,0,,0,",
    "192.0.2.17,0102030405,,7200,%,1,0,0,,0,",
    "192.0.2.18,1:2:A,,7200,%,1,0,0,,0,",
    "192.0.2.19,01 02 03,,7200,%,1,0,0,,0,",
    "192.0.2.20,01:02:03:04:05:06,,7200,%,1,true,0,,0,",
    "192.0.2.21,01:02:03:04:05:06,,7200,%,1,2,0,,0,",
    "192.0.2.22,01:02:03:04:05:06,FF:00:11,7200,%,1,1,1,,0,",
    "192.0.2.23,01:02:03:04:05:06,,7200,%,1,0,0,,2,",
    "192.0.2.24,01:02:03:04:05:06,,7200,%,1,0,0,,x,",
    "192.0.2.25,01:02:03:04:05:06,,7200,%,1,0,0,,,",
    "192.0.2.26,01:02:03:04:05:06,,7200,%,1,0,0,,0,{",
    "192.0.2.27,01:02:03:04:05:06,,7200,%,1,0,0,,0,[]",
    "192.0.2.29,01:02:03:04:05:06,,7200,%,1,0,0,FOO.Bar,0,{\"a\":1&#x2c \"b\": \"&#x26\"}",
    "192.0.2.30,01:02:03:04:05:06,,-1,%,1,0,0,,0,",
    "192.0.2.31,01:02:03:04:05:06,,4294967296,%,1,0,0,,0,",
    "192.0.2.32,01:02:03:04:05:06,,7200,-5,1,0,0,,0,",
    "192.0.2.34,01:02:03:04:05:06,,7200,100,1,0,0,,0,",
    "192.0.2.35,01:02:03:04:05:06,, 7200,%,1,0,0,,0,",
    "192.0.2.36,01:02:03:04:05:06,,7200 ,%,1,0,0,,0,",
    "192.0.2.37,01:02:03:04:05:06,,+7200,%,1,0,0,,0,",
    "192.0.2.38,01:02:03:04:05:06,,7200.5,%,1,0,0,,0,",
    " 192.0.2.39,01:02:03:04:05:06,,7200,%,1,0,0,,0,",
    "192.0.2.041,01:02:03:04:05:06,,7200,%,1,0,0,,0,",
    "foo,01:02:03:04:05:06,,7200,%,1,0,0,,0,",
    "",
    "192.0.2.45,01:02:03:04:05:06,,7200,%,99,0,0,,0,",
    "192.0.2.47,01:02:03:04:05:06,,7200,%,4294967296,0,0,,0,",
    "192.0.2.48,01:02:03:04:05:06,,7200,%,-1,0,0,,0,",
    "192.0.2.49,01:02:03:04:05:06,01,7200,%,1,0,0,,0,",
    "192.0.2.51,01:02:03:04:05:06,,7200,%,1,0,0,a&#x0ab&#x2Cc&#x2zd&#xd&xe&#,0,",
    "192.0.2.53," + LONG[:62] + ",,7200,%,1,0,0,,0,",
    "192.0.2.54," + LONG[:59] + "," + LONG + ",7200,%,1,0,0,,0,",
    "192.0.2.55,," + LONG + ":01,7200,%,1,0,0,,0,",
    "192.0.2.56,01:02:03:04:05:06,,7200,%,1, 1,0,,0,",
    "192.0.2.57,01:02:03:04:05:06,,4294967295,%,1,0,0,,0,",
    "192.0.2.58,01:02:03:04:05:06,,7200,6090229886,1,0,0,,0,",
    "10.0.0.59,01:02:03:04:05:06,,7200,%,1,0,0,,0,",
    "192.0.2.60,01:02:03:04:05:06,,0,%,1,0,0,,0,",
    "192.0.2.61,01:02:03:04:05:06,,007200,%,1,0,0,,00,",
    "192.0.2.62,01:02:03:04:05:06,,0x10,%,1,0,0,,0,null",
    "192.0.2.64,01:02:03:04:05:06,,7200,%,1,0,0,,0,{}",
    "192.0.2.66,01:02:03:04:05:06,,,%,1,0,0,,0,",
    "192.0.2.67,01:02:03:04:05:06,,7200,,1,0,0,,0,",
    "192.0.2.69,AA:Bb:,,7200,%,1,0,0,,0,",
    "192.0.2.71,01:02:03:04:05:06,\"x\",7200,%,1,0,0,,0,",
    "192.0.2.73,123:02,,7200,%,1,0,0,,0,",
    "192.0.2.74,01:02:03:04:05:06,,7200,%,1,0,0,,0,{ \"a\": 1 } x",
    "192.0.2.75,01:02:03:04:05:06,,7200,99999999999999999999,1,0,0,,0,",
    "192.0.2.10,01:02:03:04:05:07,,7300,%,1,0,0,last,0,",
    "192.0.2.45,01:02:03:04:05:06,,0,%,99,0,0,,0,",
]  # fmt: skip
ROWS6 = [
    "2001:db8:1::10,01:02:03,7200,%,1,3600,0,1,128,0,0,,,0,,,",
    "2001:db8:1::11,01:02:03,7200,%,1,3600,0,1,64,0,0,,,0,,,",
    "2001:db8:1::13,01:02:03,7200,%,1,3600,2,1,56,0,0,,,0,,,",
    "2001:db8:1::14,01:02:03,7200,%,1,3600,1,1,128,0,0,,,0,,,",
    "2001:db8:1::16,,7200,%,1,3600,0,1,128,0,0,,,0,,,",
    "2001:db8:1::17,,7200,%,1,3600,0,1,128,0,0,,,1,,,",
    "2001:db8:1::18,00,7200,%,1,3600,0,1,128,0,0,,,0,,,",
    "2001:db8:1::19,00,7200,%,1,3600,0,1,128,0,0,,,1,,,",
    "2001:db8:1::1a,01,7200,%,1,3600,0,1,128,0,0,,,0,,,",
    "2001:db8:1::1b,01:02:03,7200,%,1,3600,0,-1,128,0,0,,,0,,,",
    "2001:db8:1::1d,01:02:03,7200,%,1,3600,0,4294967296,128,0,0,,,0,,,",
    "2001:db8:1::1e,01:02:03,7200,%,1,3600,0,1,128,0,0,,01:02:03:04:05:06,0,,,",
    "2001:db8:1::1f,01:02:03,7200,%,1,3600,0,1,128,0,0,,01:02:03:04:05:06,0,,6,2",
    "2001:db8:1::21,01:02:03,7200,%,1,3600,0,1,128,0,0,,01:02:03:04:05:06,0,,x,2",
    "2001:db8:1::24,01:02:03,7200,%,1,3600,0,1,128,0,0,,zz,0,,1,2",
    "2001:db8:1::25,01:02:03,7200,%,1,3600,0,1,128,0,0,," + LONG[:62] + ",0,,1,2",
    "2001:DB8:1::0:26,01:02:03,7200,%,1,3600,0,1,128,0,0,,,0,,,",
    "2001:db8:1::2b,01:02:03,7200,%,1,,0,1,128,0,0,,,0,,,",
    "2001:db8:1::2c," + LONG + ":01,7200,%,1,3600,0,1,128,0,0,,,0,,,",
    "2001:db8:1::2d," + LONG + ",7200,%,1,3600,0,1,128,0,0,,,0,,,",
    "2001:db8:1::30,01:02:03,7200,%,1,3600,2,1,64,0,0,,,0,,,",
    "2001:db8:1::30,01:02:03,0,%,1,3600,0,1,128,0,0,,,0,,,",
    "2001:db8:1::31,01:02:03,7200,%,1,3600,0,1,128,0,0,,,0,,,",
    "2001:db8:1::31,01:02:03,7200,%,1,3600,2,1,64,0,0,,,0,,,",
    "2001:db8:1::32,01:02:03,4294967295,%,1,3600,0,1,128,1,1,FOO&#x2cx,,2,{ \"a\": 1 },",
    "2001:db8:1::34,01:02:03,4294967295,6090229886,1,3600,0,1,128,0,0,,,0,,,",
    "2001:db8:1::35,01:02:03,7200,100,1,3600,0,1,128,0,0,,,0,,,",
    "2001:db8:1::36,01:02:03,7200,%,1,3600,0,1,128,0,0,,01:02,0,",
    "2001:db8:1::37,01:02:03,7200,%,1,3600,0,1,128,0,0,,01:02,0,,1",
    "2001:db8:1::38,01:02:03,7200,%,1,3600,0,1,128,0,0,,01:02,0",
    "2001:db8:1::33,01:02:03,4294967295,%,1,3600,0,1,128,1,1,FOO&#x2cx,,2,{ \"a\": 1 },,",
]  # fmt: skip


def octets(schema: Any, rows: list[str]) -> bytes:
    return "\n".join([schema.header, *(row.replace("%", str(LATER)) for row in rows), ""]).encode()


def shown4(lease: Lease4) -> dict[str, Any]:
    """Return a lease as `lease4-get-all` shows it."""
    return _shown(
        {
            "ip-address": text4(lease.address),
            "hw-address": lease.hwaddr.hex(":") if lease.hwaddr else "",
            **({"client-id": lease.client_id.hex(":")} if lease.client_id else {}),
        },
        lease,
    )


def shown6(lease: Lease6) -> dict[str, Any]:
    """Return a lease as `lease6-get-all` shows it."""
    return _shown(
        {
            "ip-address": text6(lease.address),
            "duid": lease.duid.hex(":") if lease.duid else "00",
            "iaid": lease.iaid,
            "preferred-lft": lease.preferred_lifetime,
            "type": TYPES[lease.lease_type],
            **({"prefix-len": lease.prefix_length} if lease.lease_type == IA_PD else {}),
            **({"hw-address": lease.hwaddr.hex(":")} if lease.hwaddr else {}),
        },
        lease,
    )


def _shown(identity: dict[str, Any], lease: Lease4 | Lease6) -> dict[str, Any]:
    import json

    return {
        **identity,
        "cltt": lease.cltt,
        "valid-lft": lease.valid_lifetime,
        "subnet-id": lease.subnet_id,
        "fqdn-fwd": lease.fqdn_fwd,
        "fqdn-rev": lease.fqdn_rev,
        "hostname": lease.hostname,
        "state": lease.state,
        **({"user-context": json.loads(lease.user_context)} if lease.user_context else {}),
    }


def ours(family: int, path: Path) -> list[dict[str, Any]]:
    """Return what ours makes of a file, as the command would show it."""
    if family == 4:
        manager4 = Memfile4(str(path))
        manager4.close()
        return [shown4(lease) for lease in manager4]
    manager6 = Memfile6(str(path))
    manager6.close()
    return [shown6(lease) for lease in manager6]


def theirs(server: Kea) -> list[dict[str, Any]]:
    """Return what Kea holds, in the order of addresses."""
    leases = server.control.ask(f"lease{server.family}-get-all")["arguments"]["leases"]
    parse = parse4 if server.family == 4 else parse6
    return sorted(leases, key=lambda lease: parse(lease["ip-address"]))


@pytest.mark.arm("LE-061")
@pytest.mark.arm("LE-062")
@pytest.mark.arm("LE-066")
@pytest.mark.parametrize(("family", "schema", "rows"), [(4, SCHEMA4, ROWS4), (6, SCHEMA6, ROWS6)])
def test_odd_rows_load_as_in_kea(kea: StartKea, tmp_path: Path, family: int, schema: Any, rows: list[str]) -> None:
    path = tmp_path / "leases.csv"
    path.write_bytes(octets(schema, rows))
    server = kea(family, {"": path.read_bytes()})
    assert ours(family, path) == theirs(server)
    discarded = [int(number) for number in re.findall(r"ROW_ERROR discarding row (\d+)", server.log.read_text())]
    manager = Memfile4(str(path)) if family == 4 else Memfile6(str(path))
    manager.close()
    assert manager.summary.errors == len(discarded) > 5


ADDED4: list[dict[str, Any]] = [
    {"ip-address": "192.0.2.20", "hw-address": "01:02:03:04:05:06"},
    {
        "ip-address": "192.0.2.21", "hw-address": "01:02:03:04:05:06", "client-id": "01:02:03",
        "hostname": "Foo,Bar&x\"q\\z",
        "user-context": {"a": "x,y", "b": [1, 2, "\n"]}, "fqdn-fwd": True, "fqdn-rev": True, "valid-lft": 4294967295,
    },
    {"ip-address": "192.0.2.22", "hw-address": "20:01:02:03:04:05:06:07:08", "state": 1},
    {"ip-address": "192.0.2.23", "hw-address": "", "client-id": "aa:bb"},
    {"ip-address": "192.0.2.24", "hw-address": "a:b:c", "expire": LATER, "valid-lft": 100, "hostname": "h&#x2cx"},
    {"ip-address": "192.0.2.26", "hw-address": "01:02:03:04:05:06", "state": 2, "comment": "hi"},
    {"ip-address": "192.0.2.27", "hw-address": "01:02:03:04:05:06", "hostname": "a\tb c"},
]  # fmt: skip
ADDED6: list[dict[str, Any]] = [
    {"ip-address": "2001:db8:1::20", "duid": "00:01:00:01:aa", "iaid": 1},
    {
        "ip-address": "2001:db8:1::21", "duid": "00:01:00:01:aa", "iaid": 4294967295, "hw-address": "01:02:03",
        "preferred-lft": 10, "valid-lft": 4294967295, "hostname": "A,b&", "user-context": {"x": ","}, "fqdn-fwd": True,
    },
    {"ip-address": "2001:db8:8::", "prefix-len": 64, "type": "IA_PD", "duid": "00:01:aa", "iaid": 2, "subnet-id": 1},
    {"ip-address": "2001:db8:1::22", "duid": "00", "iaid": 1, "state": 1},
]  # fmt: skip


@pytest.mark.arm("LE-064")
@pytest.mark.parametrize(("family", "added"), [(4, ADDED4), (6, ADDED6)])
def test_a_file_that_kea_wrote_loads_here_and_is_what_we_write(
    kea: StartKea, tmp_path: Path, family: int, added: list[dict[str, Any]]
) -> None:
    server = kea(family)
    for lease in added:
        assert server.control.ask(f"lease{family}-add", lease)["result"] == 0
    last = added[-1]["ip-address"]
    held = theirs(server)
    written = server.lease_file.read_bytes()
    path = tmp_path / "leases.csv"
    path.write_bytes(written)
    assert ours(family, path) == held
    # Written again in the order of Kea's rows, the file is the same octet for octet; so is the row that removes.
    again = tmp_path / "again.csv"
    parse = parse4 if family == 4 else parse6
    if family == 4:
        loaded4, copy4 = Memfile4(str(path)), Memfile4(str(again))
        for lease in added:
            copy4.add(loaded4.get(parse(lease["ip-address"])))  # type: ignore[arg-type]
        copy4.commit()
        assert again.read_bytes() == written
        copy4.delete(copy4.get(parse(last)))  # type: ignore[arg-type]
        copy4.close()
        loaded4.close()
    else:
        loaded6, copy6 = Memfile6(str(path)), Memfile6(str(again))
        every = {lease.address: lease for lease in loaded6}
        for lease in added:
            copy6.add(every[parse(lease["ip-address"])])
        copy6.commit()
        assert again.read_bytes() == written
        copy6.delete(every[parse(last)])
        copy6.close()
        loaded6.close()
    assert server.control.ask(f"lease{family}-del", {"ip-address": last})["result"] == 0
    assert again.read_bytes() == server.lease_file.read_bytes()


def written_here(family: int, path: Path) -> list[dict[str, Any]]:
    """Write leases with all odd values; return them as a command shows them."""
    manager: Any
    if family == 4:
        manager = Memfile4(str(path))
        base = Lease4(0xC0000214, b"\1\2\3\4\5\6", b"", 7200, LATER, 1)
        odd = [{"hostname": "a,b&c"}, {"hostname": "line\nend\rx"}, {"user_context": '{ "a": "1,2", "b": { } }'}]
        odd += [{"client_id": b"\1" * 128}, {"hwaddr": b"\2" * 20}, {"hwaddr": b"", "client_id": b"\0\1"}]
        odd += [{"valid_lifetime": 0xFFFFFFFF}, {"state": 1, "hwaddr": b""}, {"state": 2}, {"fqdn_rev": True}]
        odd += [{"subnet_id": 0xFFFFFFFF}]
    else:
        manager = Memfile6(str(path))
        base = Lease6(IA_NA, parse6("2001:db8:1::10"), 128, b"\0\1\2", 7, 100, 7200, LATER, 1)  # type: ignore[assignment]
        odd = [{"hostname": "a,b&c"}, {"hostname": "line\nend\rx"}, {"user_context": '{ "a": "1,2", "b": { } }'}]
        odd += [
            {"duid": b"\1" * 128},
            {"duid": b"", "state": 1},
            {"hwaddr": b"\2" * 20, "hwtype": 6, "hwaddr_source": 4},
        ]
        odd += [{"lease_type": IA_PD, "prefix_length": 56}, {"iaid": 0xFFFFFFFF}, {"valid_lifetime": 0xFFFFFFFF}]
    for number, change in enumerate(odd):
        lease = base.copy()
        lease.address += number
        for name, value in change.items():
            setattr(lease, name, value)
        assert manager.add(lease)
    gone = base.copy()
    gone.address += 100
    manager.add(gone)
    manager.delete(gone)
    manager.close()
    shown: Callable[[Any], dict[str, Any]] = shown4 if family == 4 else shown6  # type: ignore[assignment]
    return [shown(lease) for lease in manager]


@pytest.mark.parametrize("family", [4, 6])
def test_a_file_that_we_wrote_loads_in_kea(kea: StartKea, tmp_path: Path, family: int) -> None:
    path = tmp_path / "leases.csv"
    expected = written_here(family, path)
    server = kea(family, {"": path.read_bytes()})
    assert theirs(server) == expected
    assert "ROW_ERROR" not in server.log.read_text()


@pytest.mark.arm("LE-055")
@pytest.mark.parametrize("suffixes", [(".2", ".1", ""), (".completed", ".2", ".1", ""), (".1",), (".completed", ".1")])
def test_the_files_of_a_cleanup_load_as_in_kea(kea: StartKea, tmp_path: Path, suffixes: tuple[str, ...]) -> None:
    files = {
        suffix: octets(
            SCHEMA4,
            [
                f"192.0.2.{10 + number},01:02:03:04:05:06,,7200,%,1,0,0,{suffix or 'live'},0,",
                f"192.0.2.{11 + number},01:02:03:04:05:06,,7200,%,1,0,0,{suffix or 'live'},0,",
                f"192.0.2.{20 if number % 2 else 21},01:02:03:04:05:06,,{0 if number % 2 else 5},%,1,0,0,,0,",
                "192.0.2.20,01:02:03:04:05:06,,5,%,1,0,0,,0,",
            ],
        )
        for number, suffix in enumerate(suffixes)
    }
    path = tmp_path / "leases.csv"
    for suffix, text in files.items():
        path.with_name(path.name + suffix).write_bytes(text)
    assert ours(4, path) == theirs(kea(4, files))


@pytest.mark.arm("LE-060")
@pytest.mark.parametrize(("family", "columns"), [*((4, n) for n in range(8, 13)), *((6, n) for n in range(11, 19))])
def test_files_of_all_versions_load_as_in_kea(kea: StartKea, tmp_path: Path, family: int, columns: int) -> None:
    schema = SCHEMA4 if family == 4 else SCHEMA6
    fields = (
        ["192.0.2.10", "01:02:03:04:05:06", "", "7200", "%", "1", "0", "0", "host", "1", '{ "a": 1 }', "7"]
        if family == 4
        else [
            "2001:db8:1::10", "01:02:03", "7200", "%", "1", "3600", "0", "1", "128", "0", "0", "host", "01:02:03", "1",
            '{ "a": 1 }', "6", "2", "7",
        ]
    )  # fmt: skip
    names = [*schema.header.split(","), "pool_id"][:columns]
    text = f"{','.join(names)}\n{','.join(fields[:columns])}\n".replace("%", str(LATER)).encode()
    path = tmp_path / "leases.csv"
    path.write_bytes(text)
    try:
        server = kea(family, {"": text})
    except Exception:
        assert columns < schema.oldest
        with pytest.raises(StoreError, match="invalid header"):
            ours(family, path)
        return
    assert ours(family, path) == theirs(server)
    if columns != len(schema.columns):
        cleaned = server.lease_file.with_name(server.lease_file.name + ".2")
        for _ in range(100):
            if cleaned.exists():
                break
            time.sleep(0.05)
        run_kea_lfc(tmp_path, f"-{family}", *CleanupFiles.beside(path.name).switches(), "-c", "none")
        assert path.with_name(path.name + ".2").read_bytes() == cleaned.read_bytes()
        assert path.read_bytes() == server.lease_file.read_bytes()


EXPIRED = int(time.time()) - 50
STORED4 = [
    f"192.0.2.10,01:02:03:04:05:06,01:02,100,{EXPIRED},1,1,1,host.example,0,{{ \"a\": 1 }}",
    f"192.0.2.11,,,100,{EXPIRED},1,0,0,,1,",
    f"192.0.2.12,01:02:03:04:05:07,,100,{EXPIRED},1,0,0,,2,",
    f"192.0.3.14,01:02:03:04:05:06,,100,{EXPIRED - 1},77,0,0,,0,",
    "192.0.2.15,,,86400,%,1,0,0,,1,",
    "192.0.2.16,01:02:03:04:05:08,,86400,%,1,0,0,,0,",
]  # fmt: skip
STORED6 = [
    f"2001:db8:1::10,01:02:03,100,{EXPIRED},1,50,0,1,128,1,1,host,01:02:03:04:05:06,0,{{ \"a\": 1 }},1,2",
    f"2001:db8:1::11,00,100,{EXPIRED + 1},1,50,0,1,128,0,0,,,1,,,",
    f"2001:db8:8::,01:02:03,100,{EXPIRED + 2},1,50,2,1,64,0,0,,,0,,,",
    f"2001:db8:1::12,01:02:03,100,{EXPIRED},1,50,0,1,128,0,0,,,2,,,",
    "2001:db8:1::13,01:02:03,86400,%,1,50,0,1,128,0,0,,,0,,,",
]  # fmt: skip
VALID = Triplet(1, 1, 1)


def observed(family: int, path: Path) -> tuple[Statistics, Any, Any]:
    """Return statistics, leases and reclaimer of our server after its start with the fixture's subnets."""
    statistics = Statistics()
    now = time.time()
    start(statistics, V4 if family == 4 else V6, now)
    if family == 4:
        leases4 = Memfile4(str(path))
        pools = (Pool(parse4("192.0.2.10"), parse4("192.0.2.100")), Pool(parse4("192.0.2.110"), parse4("192.0.2.110")))
        recount4(statistics, (Subnet4(1, 0, 1, 24, VALID, pools), Subnet4(2, 2, 3, 24, VALID)), leases4, now)
        return statistics, leases4, reclaimer4(leases4, statistics)
    leases6 = Memfile6(str(path))
    pool = Pool(parse6("2001:db8:1::10"), parse6("2001:db8:1::100"))
    prefixes = PdPool(0, 1, 56, 64)
    recount6(
        statistics,
        (Subnet6(1, 0, 1, 64, VALID, (pool,), pd_pools=(prefixes,)), Subnet6(2, 2, 3, 64, VALID)),
        leases6,
        now,
    )
    return statistics, leases6, reclaimer6(leases6, statistics)


def samples(answer: dict[str, Any]) -> dict[str, list[object]]:
    return {name: [value for value, _when in listed] for name, listed in answer["arguments"].items()}


@pytest.mark.arm("ST-002")
@pytest.mark.arm("LE-008")
@pytest.mark.arm("LE-031")
@pytest.mark.parametrize("remove", [True, False])
@pytest.mark.parametrize(("family", "schema", "rows"), [(4, SCHEMA4, STORED4), (6, SCHEMA6, STORED6)])
def test_statistics_and_reclamation_are_those_of_kea(
    kea: StartKea, tmp_path: Path, family: int, schema: Any, rows: list[str], remove: bool
) -> None:
    path = tmp_path / "leases.csv"
    path.write_bytes(octets(schema, rows))
    server = kea(family, {"": path.read_bytes()})
    statistics, leases, reclaimer = observed(family, path)

    def all_ours() -> dict[str, list[object]]:
        return samples(STATISTIC_COMMANDS["statistic-get-all"](statistics, None, time.time()))

    assert all_ours() == samples(server.control.ask("statistic-get-all"))
    assert server.control.ask("leases-reclaim", {"remove": remove})["result"] == 0
    reclaimer.all(time.time(), remove)
    assert all_ours() == samples(server.control.ask("statistic-get-all"))
    leases.close()
    assert path.read_bytes() == server.lease_file.read_bytes()


COMMANDS: list[tuple[str, object]] = [
    ("statistic-get", None),
    ("statistic-get", {}),
    ("statistic-get", {"name": 5}),
    ("statistic-get", {"name": "nope"}),
    ("statistic-get", {"name": "pkt4-sent", "x": 1}),
    ("statistic-reset", {"name": 5}),
    ("statistic-reset", {"name": "nope"}),
    ("statistic-reset", {"name": "pkt4-sent"}),
    ("statistic-remove", None),
    ("statistic-remove", {"name": "nope"}),
    ("statistic-remove", {"name": "pkt4-sent"}),
    ("statistic-get", {"name": "pkt4-sent"}),
    ("statistic-sample-age-set", {"duration": 5}),
    ("statistic-sample-age-set", {"name": "pkt4-ack-sent"}),
    ("statistic-sample-age-set", {"name": "nope", "duration": 5}),
    ("statistic-sample-age-set", {"name": 5, "duration": 5}),
    ("statistic-sample-age-set", {"name": "pkt4-ack-sent", "duration": 0}),
    ("statistic-sample-age-set", {"name": "pkt4-ack-sent", "duration": 1245}),
    ("statistic-sample-count-set", {"name": "pkt4-ack-sent"}),
    ("statistic-sample-count-set", {"name": "pkt4-ack-sent", "max-samples": "5"}),
    ("statistic-sample-count-set", {"name": "nope", "max-samples": 5}),
    ("statistic-sample-count-set", {"name": "pkt4-ack-sent", "max-samples": 3}),
    ("statistic-sample-age-set-all", None),
    ("statistic-sample-age-set-all", {"duration": 86400}),
    ("statistic-sample-count-set-all", {}),
    ("statistic-sample-count-set-all", {"max-samples": "x"}),
    ("statistic-sample-count-set-all", {"max-samples": 0}),
    ("statistic-sample-count-set-all", {"max-samples": 2}),
    ("statistic-reset-all", {"x": 1}),
    ("statistic-get-all", None),
    ("statistic-remove-all", None),
    ("statistic-get-all", 5),
]


@pytest.mark.arm("ST-020")
@pytest.mark.arm("ST-034")
def test_statistic_commands_answer_as_kea_does(kea: StartKea, tmp_path: Path) -> None:
    server = kea(4)
    statistics, leases, _reclaimer = observed(4, tmp_path / "leases.csv")
    leases.close()
    for command, arguments in COMMANDS:
        answer = server.control.ask(command, arguments)
        mine = STATISTIC_COMMANDS[command](statistics, arguments, time.time())
        for told in (answer, mine):
            if "arguments" in told:
                told["arguments"] = samples(told)
        assert mine == answer, (command, arguments)
