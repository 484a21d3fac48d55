"""When a server starts kea-lfc, with which words, and what it tells if that fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from twisted.internet.error import ProcessDone, ProcessTerminated
from twisted.internet.task import Clock
from twisted.python.failure import Failure

from kea_twisted.config.parse import load_text
from kea_twisted.daemons.candidate import LeasePlace, lease_place
from kea_twisted.daemons.cleanup import OURS, LeaseFileCleanup
from kea_twisted.errors import KeaError
from kea_twisted.family import V4, V6
from kea_twisted.leases.memfile.manager import Memfile4, Memfile6
from kea_twisted.log.logger import DHCPSRV, Logger
from kea_twisted.log.message import Message


class Spawning(Clock):
    """A clock that notes which processes are started. refuse: raise this instead."""

    def __init__(self) -> None:
        super().__init__()
        self.started: list[tuple[Any, list[str], dict[str, str]]] = []
        self.refuse: OSError | None = None

    def spawnProcess(
        self,
        protocol: Any,
        executable: str,
        args: list[str],
        env: dict[str, str],
        *,
        childFDs: dict[int, int],  # noqa: N803
    ) -> None:
        if self.refuse is not None:
            raise self.refuse
        assert executable == args[0]
        assert childFDs == {0: 0, 1: 1, 2: 2}
        self.started.append((protocol, args, env))

    def end(self, number: int, signal: int | None = None) -> None:
        reason = ProcessDone(0) if signal is None else ProcessTerminated(None, signal, signal)
        self.started[number][0].processEnded(Failure(reason))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    told: list[str] = []

    def emit(_logger: Logger, message: Message, arguments: tuple[object, ...]) -> None:
        told.append(f"{message.id.removeprefix('DHCPSRV_MEMFILE_')} {' '.join(map(str, arguments))}".strip())

    before = DHCPSRV.emit
    DHCPSRV.emit = emit
    yield told
    DHCPSRV.emit = before


@pytest.fixture
def reactor() -> Spawning:
    return Spawning()


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "l.csv")


def words(path: str, family: int) -> list[str]:
    return (
        f"-{family} -x {path}.2 -i {path}.1 -o {path}.output -f {path}.completed -p {path}.pid -c ignored-path".split()
    )


@pytest.mark.arm("V4-045")
@pytest.mark.arm("V6-032")
@pytest.mark.parametrize("family", [V4, V6])
def test_leases_lie_where_the_configuration_or_the_environment_says(
    family: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def place(inner: str) -> LeasePlace:
        return lease_place(load_text(f'{{"{family.root}": {{{inner}}}}}', "f", family).model, family)

    monkeypatch.delenv("KEA_DHCP_DATA_DIR", raising=False)
    file = f"kea-leases{family.number}.csv"
    assert place("") == LeasePlace(f"/var/lib/kea/{file}", 0, 3600)
    assert place('"lease-database": {"type": "memfile", "name": "/a/b", "lfc-interval": 9}') == LeasePlace("/a/b", 0, 9)
    monkeypatch.setenv("KEA_DHCP_DATA_DIR", "/elsewhere")
    assert place("").path == f"/elsewhere/{file}"
    assert place('"lease-database": {"type": "memfile", "persist": false}').path is None


@pytest.mark.arm("LE-036")
@pytest.mark.arm("LE-037")
@pytest.mark.arm("LE-054")
@pytest.mark.parametrize(("family", "store"), [(V4, Memfile4), (V6, Memfile6)])
def test_ours_is_started_when_the_period_ends(
    reactor: Spawning, path: str, family: Any, store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KEA_LFC_EXECUTABLE", raising=False)
    cleanup = LeaseFileCleanup(reactor, family)
    cleanup.check(LeasePlace(path, 0, 60))
    cleanup.adopt(LeasePlace(path, 0, 60), store(path))
    cleanup.start()
    reactor.advance(59)
    assert reactor.started == []
    reactor.advance(1)
    assert [args for _protocol, args, _env in reactor.started] == [[*OURS, *words(path, family.number)]]
    assert (Path(reactor.started[0][2]["PYTHONPATH"].split(":")[0]) / "kea_twisted").is_dir()


@pytest.mark.arm("V4-050")
def test_one_cleanup_at_a_time(reactor: Spawning, path: str, lines: list[str]) -> None:
    cleanup = LeaseFileCleanup(reactor, V4)
    cleanup.adopt(LeasePlace(path, 0, 10), Memfile4(path))
    cleanup.start()
    reactor.pump([10, 10, 10])
    assert len(reactor.started) == 1
    assert lines.count("KEA_TWISTED_INFO lfc the cleanup before is still at work, this one is left out") == 2
    Path(path + ".1").unlink()
    reactor.end(0)
    reactor.advance(10)
    assert len(reactor.started) == 2
    assert not [line for line in lines if "KEA_TWISTED_WARN" in line]


@pytest.mark.parametrize(("signal", "why"), [(None, "finished"), (9, "signal 9")])
def test_a_cleanup_that_leaves_its_work_is_told_and_done_again(
    reactor: Spawning, path: str, lines: list[str], signal: int | None, why: str
) -> None:
    cleanup = LeaseFileCleanup(reactor, V4)
    cleanup.adopt(LeasePlace(path, 0, 10), Memfile4(path))
    cleanup.start()
    reactor.advance(10)
    reactor.end(0, signal)
    assert "KEA_TWISTED_WARN lfc kea-lfc ended" in lines[-1]
    assert why in lines[-1]
    assert path in lines[-1]
    reactor.advance(10)
    assert len(reactor.started) == 2


@pytest.mark.arm("LE-058")
def test_a_process_that_cannot_be_started_is_told_and_tried_again(
    reactor: Spawning, path: str, lines: list[str]
) -> None:
    cleanup = LeaseFileCleanup(reactor, V4)
    cleanup.adopt(LeasePlace(path, 0, 10), Memfile4(path))
    cleanup.start()
    reactor.refuse = OSError(12, "Cannot allocate memory")
    reactor.advance(10)
    assert lines[-2] == "LFC_SPAWN_FAIL"
    assert "Cannot allocate memory" in lines[-1]
    reactor.refuse = None
    reactor.advance(10)
    assert len(reactor.started) == 1


def test_a_period_that_does_not_change_goes_on(reactor: Spawning, path: str, lines: list[str]) -> None:
    cleanup = LeaseFileCleanup(reactor, V4)
    first, second = Memfile4(path), Memfile4(path)
    cleanup.adopt(LeasePlace(path, 0, 10), first)
    cleanup.start()
    reactor.advance(9)
    cleanup.adopt(LeasePlace(path, 5, 10), second)
    first.close()
    reactor.advance(1)
    assert len(reactor.started) == 1
    assert lines.count("LFC_SETUP 10") == 1
    cleanup.adopt(LeasePlace(path, 5, 20), second)
    assert lines[-1] == "LFC_SETUP 20"
    second.close()


@pytest.mark.arm("V4-046")
@pytest.mark.arm("V6-033")
@pytest.mark.arm("LE-043")
@pytest.mark.parametrize("why", ["interval 0", "no file", "stopped", "no memfile"])
def test_nothing_is_started(reactor: Spawning, path: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEA_LFC_EXECUTABLE", "/nonexistent/kea-lfc")
    cleanup = LeaseFileCleanup(reactor, V4)
    place = LeasePlace(None if why == "no file" else path, 0, 0 if why == "interval 0" else 10)
    store: object = object() if why == "no memfile" else Memfile4(place.path)
    if place.path is None or not place.lfc_interval:
        cleanup.check(place)
    cleanup.adopt(place, store)
    cleanup.start()
    if why == "stopped":
        cleanup.stop()
    reactor.advance(100)
    assert reactor.started == []
    assert not Path(path + ".1").exists()


def test_another_file_is_cleaned_up_while_the_cleanup_of_the_former_goes_on(reactor: Spawning, path: str) -> None:
    cleanup = LeaseFileCleanup(reactor, V4)
    cleanup.adopt(LeasePlace(path, 0, 10), Memfile4(path))
    cleanup.start()
    reactor.advance(10)
    cleanup.adopt(LeasePlace(path + "b", 0, 10), Memfile4(path + "b"))
    reactor.advance(10)
    assert [args[args.index("-x") + 1] for _protocol, args, _env in reactor.started] == [path + ".2", path + "b.2"]


@pytest.mark.parametrize("running", [False, True])
def test_files_of_another_version_are_converted_once_the_server_runs(
    reactor: Spawning, path: str, running: bool
) -> None:
    Path(path).write_text("address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname\n")
    cleanup = LeaseFileCleanup(reactor, V4)
    if running:
        cleanup.start()
    cleanup.adopt(LeasePlace(path, 0, 0), Memfile4(path))
    assert len(reactor.started) == int(running)
    cleanup.start()
    assert len(reactor.started) == 1


@pytest.mark.parametrize("problem", ["not found", "not executable", "directory"])
def test_an_executable_that_cannot_be_started_is_refused(
    reactor: Spawning, tmp_path: Path, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kea-lfc"
    if problem == "directory":
        path.mkdir()
    elif problem == "not executable":
        path.touch(0o644)
    monkeypatch.setenv("KEA_LFC_EXECUTABLE", str(path))
    with pytest.raises(KeaError, match=f"{'not executable' if problem == 'directory' else problem}: {path}"):
        LeaseFileCleanup(reactor, V4).check(LeasePlace(str(tmp_path / "l.csv"), 0, 1))
