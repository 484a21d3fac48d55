"""The daemons as processes: command line, exit codes, pid file, signals, bad configurations, commands."""

from __future__ import annotations

import json
import os
import pwd
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = [4, 6]


class Daemon:
    """One daemon in a directory of its own, on high ports of the loopback interface; it needs no privilege."""

    def __init__(self, family: int, directory: Path, twistd: bool = False) -> None:
        self.family = family
        self.directory = directory
        self.twistd = twistd
        self.port = 10000 + 2 * (os.getpid() % 20000)
        self.twistd_options: list[str] = []
        self.config_file = directory / "my.conf"
        self.socket = directory / "ctrl"
        self.pid_file = directory / f"my.kea-dhcp{family}.pid"
        self.output = directory / "output"
        self.process: subprocess.Popen[bytes] | None = None

    def configuration(self, **changes: Any) -> dict[str, Any]:
        family = self.family
        subnet = {4: ("127.0.0.0/8", "127.0.1.1-127.0.1.9"), 6: ("2001:db8::/64", "2001:db8::1-2001:db8::9")}[family]
        whole: dict[str, Any] = {
            "interfaces-config": {"interfaces": ["lo" if family == 4 else "lo/::1"]},
            "control-socket": {"socket-type": "unix", "socket-name": str(self.socket)},
            "lease-database": {"type": "memfile", "name": str(self.directory / "leases.csv")},
            f"subnet{family}": [{"subnet": subnet[0], "pools": [{"pool": subnet[1]}]}],
        }
        if family == 4:
            whole["interfaces-config"]["dhcp-socket-type"] = "udp"
        else:
            whole["server-id"] = {"type": "EN", "enterprise-id": 9, "identifier": "ABCD", "persist": False}
        whole.update(changes)
        return {f"Dhcp{family}": whole}

    def write(self, **changes: Any) -> None:
        self.config_file.write_text(json.dumps(self.configuration(**changes)))

    def environment(self) -> dict[str, str]:
        directory = str(self.directory)
        return {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "KEA_PIDFILE_DIR": directory,
            "KEA_LOCKFILE_DIR": directory,
            "KEA_DHCP_DATA_DIR": directory,
        }

    def command(self, *arguments: str) -> list[str]:
        name = f"kea-dhcp{self.family}"
        if self.twistd:
            twistd = Path(sys.executable).with_name("twistd")
            own = ["-n", f"--pidfile={self.directory / 'twistd.pid'}", *self.twistd_options]
            return [str(twistd), *own, name, *arguments]
        return [sys.executable, "-m", f"kea_twisted.daemons.dhcp{self.family}", *arguments]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments), env=self.environment(), capture_output=True, text=True, timeout=30, cwd=ROOT
        )

    def start(self, *arguments: str) -> None:
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                self.command("-c", str(self.config_file), "-p", str(self.port), *arguments),
                env=self.environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
            )

    def serve(self) -> None:
        self.start()
        self.expect(f"DHCP{self.family}_STARTED")

    def expect(self, text: str, seconds: float = 20) -> None:
        deadline = time.monotonic() + seconds
        while text not in self.log:
            assert self.process is not None
            over = self.process.poll() is not None and text not in self.log
            assert not over and time.monotonic() < deadline, f"{text} did not come:\n{self.log}"
            time.sleep(0.02)

    @property
    def log(self) -> str:
        return self.output.read_text(errors="replace")

    def ask(self, command: str, arguments: Any = None) -> Any:
        request: dict[str, Any] = {"command": command}
        if arguments is not None:
            request["arguments"] = arguments
        with socket.socket(socket.AF_UNIX) as opened:
            opened.settimeout(20)
            opened.connect(str(self.socket))
            opened.sendall(json.dumps(request, ensure_ascii=False).encode())
            answer = b""
            while piece := opened.recv(65536):
                answer += piece
        return json.loads(answer)

    def listens(self) -> bool:
        """Return whether the control socket takes connections; its file is there a moment earlier."""
        with socket.socket(socket.AF_UNIX) as opened:
            return opened.connect_ex(str(self.socket)) == 0

    def send(self, number: int) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def exit_code(self) -> int:
        assert self.process is not None
        return self.process.wait(20)


@pytest.fixture(params=FAMILIES, ids=["dhcp4", "dhcp6"])
def daemon(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Daemon]:
    made = Daemon(request.param, tmp_path)
    made.write()
    yield made
    _end(made)


@pytest.fixture(params=FAMILIES, ids=["dhcp4", "dhcp6"])
def under_twistd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Daemon]:
    made = Daemon(request.param, tmp_path, twistd=True)
    made.write()
    yield made
    _end(made)


def _wait_for(condition: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _end(daemon: Daemon) -> None:
    if daemon.process is not None and daemon.process.poll() is None:
        daemon.process.kill()
        daemon.process.wait()


@pytest.mark.arm("V6-001")
@pytest.mark.arm("V6-007")
@pytest.mark.arm("V6-008")
@pytest.mark.arm("V6-009")
@pytest.mark.arm("CF-047")
@pytest.mark.arm("CF-048")
@pytest.mark.arm("CF-049")
@pytest.mark.arm("V4-007", "V4-008", "V4-009")
def test_versions_and_report_are_printed(daemon: Daemon) -> None:
    assert daemon.run("-v").stdout == "2.2.0\n"
    assert daemon.run("-V").stdout.startswith("2.2.0\n")
    assert "kea_twisted" in daemon.run("-W").stdout


@pytest.mark.arm("V6-002")
@pytest.mark.arm("CF-098")
@pytest.mark.arm("V4-002")
def test_a_wrong_command_line_is_told_on_standard_error(daemon: Daemon) -> None:
    for arguments in ([], ["-x"], ["-c", "a", "b"], ["-c", "a", "-p", "0"]):
        done = daemon.run(*arguments)
        assert done.returncode == 1
        assert f"kea-dhcp{daemon.family}" in done.stderr
        assert done.stdout == ""


@pytest.mark.arm("V6-006")
@pytest.mark.arm("CF-046")
@pytest.mark.arm("CF-075")
@pytest.mark.arm("V4-006")
def test_a_right_configuration_passes_the_check_and_leaves_no_trace(daemon: Daemon) -> None:
    done = daemon.run("-t", str(daemon.config_file))
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in daemon.directory.iterdir()] == ["my.conf"]


@pytest.mark.arm("V4-006")
@pytest.mark.arm("V6-006")
def test_a_check_logs_to_standard_output_what_a_server_would_of_the_configuration(daemon: Daemon) -> None:
    done = daemon.run("-t", str(daemon.config_file))
    assert re.search(rf"^\S+ \S+ INFO +\[.*\] DHCPSRV_CFGMGR_NEW_SUBNET{daemon.family} ", done.stdout, re.MULTILINE)
    daemon.write(**{f"subnet{daemon.family}": [{"id": 1, "subnet": "nonsense"}]})
    done = daemon.run("-t", str(daemon.config_file))
    assert re.search(rf"^\S+ \S+ ERROR +\[.*\] DHCP{daemon.family}_PARSER_FAIL ", done.stdout, re.MULTILINE)
    assert done.stderr.count("\n") == 1
    assert "nonsense" in done.stderr


@pytest.mark.arm("V6-006")
@pytest.mark.arm("CF-046")
@pytest.mark.arm("CF-075")
@pytest.mark.arm("V4-006")
def test_all_mistakes_of_a_configuration_are_told_with_their_places(daemon: Daemon) -> None:
    daemon.write(**{"bogus": 1, "valid-lifetime": "x"})
    done = daemon.run("-t", str(daemon.config_file))
    assert done.returncode == 1
    assert "bogus" in done.stderr
    assert "valid-lifetime" in done.stderr
    assert done.stderr.count(f"{daemon.config_file}:1:") == 2


def test_a_schema_for_editors_is_printed(daemon: Daemon) -> None:
    schema = json.loads(daemon.run("--json-schema").stdout)
    assert f"Dhcp{daemon.family}" in json.dumps(schema)


@pytest.mark.arm("V6-012")
@pytest.mark.arm("V6-015")
@pytest.mark.arm("CF-060")
@pytest.mark.arm("CF-066")
@pytest.mark.arm("CF-071")
@pytest.mark.arm("CF-076")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.arm("V4-013", "V4-016")
def test_signals_stop_it_gracefully(daemon: Daemon, number: int) -> None:
    daemon.serve()
    assert daemon.process is not None
    assert daemon.pid_file.read_text() == f"{daemon.process.pid}\n"
    daemon.send(number)
    assert daemon.exit_code() == 0
    assert f"DHCP{daemon.family}_SHUTDOWN server shutdown" in daemon.log
    assert not daemon.pid_file.exists()
    assert not daemon.socket.exists()


@pytest.mark.arm("CF-071")
def test_signals_stop_it_gracefully_under_twistd(under_twistd: Daemon) -> None:
    under_twistd.serve()
    under_twistd.send(signal.SIGTERM)
    assert under_twistd.exit_code() == 0
    assert under_twistd.log.count(f"DHCP{under_twistd.family}_SHUTDOWN server shutdown") == 1
    assert not under_twistd.pid_file.exists()
    assert not (under_twistd.directory / "twistd.pid").exists()


def test_twistd_in_the_background_logs_under_its_own_process_id(under_twistd: Daemon) -> None:
    log = under_twistd.directory / "server.log"
    under_twistd.write(loggers=[{"name": f"kea-dhcp{under_twistd.family}", "output_options": [{"output": str(log)}]}])
    command = under_twistd.command("-c", str(under_twistd.config_file), "-p", str(under_twistd.port))
    command.remove("-n")
    subprocess.run(command, env=under_twistd.environment(), cwd=under_twistd.directory, check=True, timeout=30)
    process_id = int((under_twistd.directory / "twistd.pid").read_text())
    try:
        assert int(under_twistd.pid_file.read_text()) == process_id
        assert under_twistd.ask("status-get")["arguments"]["pid"] == process_id
        for line in log.read_text().splitlines():
            assert f"/{process_id}." in line
    finally:
        os.kill(process_id, signal.SIGTERM)
    deadline = time.monotonic() + 20
    while under_twistd.pid_file.exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_the_process_listing_shows_the_daemon_and_its_configuration(daemon: Daemon) -> None:
    daemon.serve()
    assert daemon.process is not None
    place = Path(f"/proc/{daemon.process.pid}")
    assert (place / "comm").read_text().strip() == f"kea-dhcp{daemon.family}"
    title = (place / "cmdline").read_text().rstrip("\0").replace("\0", " ")
    assert title.startswith(f"kea-dhcp{daemon.family} ")
    assert title.endswith(f"-c {daemon.config_file}")


@pytest.mark.arm("V6-014")
@pytest.mark.arm("CF-064")
@pytest.mark.arm("CF-082")
@pytest.mark.arm("V4-015")
def test_a_second_daemon_with_the_same_configuration_does_not_start(daemon: Daemon) -> None:
    daemon.serve()
    second = daemon.run("-c", str(daemon.config_file))
    assert second.returncode == 1
    assert f"DHCP{daemon.family}_ALREADY_RUNNING" in second.stdout
    assert daemon.ask("status-get")["result"] == 0
    assert daemon.pid_file.exists()


def test_a_pid_file_that_cannot_be_written_is_no_mistake_of_the_configuration(
    daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(daemon, "environment", lambda: {**Daemon.environment(daemon), "KEA_PIDFILE_DIR": "/none/such"})
    done = daemon.run("-c", str(daemon.config_file))
    assert done.returncode == 1
    told = [line.partition("] ")[2] for line in done.stdout.splitlines() if " INFO " not in line]
    (line,) = told
    assert line.startswith(f"DHCP{daemon.family}_SERVER_FAILED server failed: the pid file /none/such/my.kea-dhcp")
    assert "No such file or directory" in line


@pytest.mark.arm("V6-015")
@pytest.mark.arm("CF-068")
@pytest.mark.arm("CF-024")
def test_sighup_reads_the_file_again(daemon: Daemon) -> None:
    daemon.serve()
    daemon.write(**{"decline-probation-period": 77})
    daemon.send(signal.SIGHUP)
    daemon.expect("dynamic server reconfiguration succeeded with file")
    assert daemon.ask("config-get")["arguments"][f"Dhcp{daemon.family}"]["decline-probation-period"] == 77


def test_files_that_somebody_removes_or_changes_are_there_again_after_a_reload(daemon: Daemon) -> None:
    if daemon.family == 4:
        row = "127.0.1.{},02:00:00:00:00:0{},,4000,4000000000,1,0,0,,0,\n"
        count = "subnet[1].assigned-addresses"
    else:
        row = "2001:db8::{},00:03:00:01:02:00:00:00:00:0{},4000,4000000000,1,3000,0,1,128,0,0,,,0,,,\n"
        count = "subnet[1].assigned-nas"

    def leases() -> int:
        return int(daemon.ask("statistic-get", {"name": count})["arguments"][count][0][0])

    daemon.serve()
    file, new = daemon.directory / "leases.csv", daemon.directory / "new.csv"
    with file.open("a") as opened:
        opened.write(row.format(1, 1))
    assert daemon.ask("config-reload")["result"] == 0
    assert leases() == 1
    new.write_text(file.read_text() + row.format(2, 2) + row.format(3, 3))
    os.replace(new, file)
    assert daemon.ask("config-reload")["result"] == 0
    assert leases() == 3
    new.write_text("no leases\n")
    os.replace(new, file)
    assert "invalid header" in daemon.ask("config-reload")["text"]
    assert leases() == 3
    file.unlink()
    assert daemon.ask("config-reload")["result"] == 0
    assert leases() == 3
    assert file.exists()
    daemon.socket.unlink()
    daemon.send(signal.SIGHUP)
    _wait_for(daemon.listens)
    assert leases() == 3
    daemon.send(signal.SIGTERM)
    assert daemon.exit_code() == 0
    assert not daemon.socket.exists()
    assert "KEA_TWISTED_CRITICAL" not in daemon.log
    daemon.serve()
    assert leases() == 3
    daemon.socket.unlink()
    daemon.send(signal.SIGTERM)
    assert daemon.exit_code() == 0
    assert "KEA_TWISTED_CRITICAL" not in daemon.log


SLOW = """import time

def load(library):
    with open(library.parameters["file"], "a") as file:
        file.write("!")
    time.sleep(1)
"""


@pytest.mark.parametrize("twistd", [False, True])
def test_sighup_while_it_starts_or_reloads_is_kept_and_all_of_them_are_one(tmp_path: Path, twistd: bool) -> None:
    daemon = Daemon(4, tmp_path, twistd)
    (tmp_path / "slow.py").write_text(SLOW)
    loaded = tmp_path / "loaded"
    loaded.touch()
    library = {"library": str(tmp_path / "slow.py"), "parameters": {"file": str(loaded)}}
    daemon.write(**{"hooks-libraries": [library]})
    try:
        daemon.start()
        for times in (1, 2):  # it is at it for the first time, to start; then for the first signals
            _wait_for(lambda times=times: loaded.stat().st_size == times)
            for _ in range(5):
                daemon.send(signal.SIGHUP)
                time.sleep(0.02)
        _wait_for(lambda: daemon.log.count("RECONFIGURATION_SUCCESS") == 2)
        assert daemon.ask("status-get")["result"] == 0
        assert loaded.stat().st_size == 3
    finally:
        _end(daemon)


def test_memory_that_runs_out_while_leases_are_read_is_told(tmp_path: Path) -> None:
    daemon = Daemon(4, tmp_path)
    daemon.write()
    many = tmp_path / "many.csv"
    head = "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context"
    row = "10.{}.{}.1,02:00:00:00:{:02x}:{:02x},,4000,2000000000,1,0,0,{:200},0,\n"
    rows = (row.format(n >> 8, n & 255, n >> 8, n & 255, n) for n in range(50000))
    many.write_text(f"{head}\n{''.join(rows)}")
    try:
        daemon.serve()
        assert daemon.process is not None
        size = int(Path(f"/proc/{daemon.process.pid}/statm").read_text().split()[0]) * resource.getpagesize()
        resource.prlimit(daemon.process.pid, resource.RLIMIT_AS, (size + 8_000_000, size + 8_000_000))
        daemon.write(**{"lease-database": {"type": "memfile", "name": str(many)}})
        assert "not enough memory" in daemon.ask("config-reload")["text"]
        assert daemon.ask("status-get")["result"] == 0
        assert daemon.ask("config-get")["arguments"]["Dhcp4"]["lease-database"]["name"] != str(many)
    finally:
        _end(daemon)


@pytest.mark.arm("V6-015")
@pytest.mark.arm("V6-028")
@pytest.mark.arm("CF-069")
def test_a_bad_file_leaves_the_running_configuration_in_force(daemon: Daemon) -> None:
    daemon.write(**{"decline-probation-period": 77})
    daemon.serve()
    daemon.config_file.write_text("{ not JSON")
    daemon.send(signal.SIGHUP)
    daemon.expect(f"DHCP{daemon.family}_DYNAMIC_RECONFIGURATION_FAIL")
    assert f"DHCP{daemon.family}_CONFIG_LOAD_FAIL" in daemon.log
    assert daemon.ask("config-get")["arguments"][f"Dhcp{daemon.family}"]["decline-probation-period"] == 77
    answer = daemon.ask("config-reload")
    assert answer["result"] == 1
    assert str(daemon.config_file) in answer["text"]


@pytest.mark.arm("CF-077")
def test_a_bad_configuration_keeps_it_from_starting(daemon: Daemon) -> None:
    daemon.write(bogus=1)
    done = daemon.run("-c", str(daemon.config_file))
    assert done.returncode == 1
    assert "failed to initialize Kea" in done.stdout
    assert not daemon.pid_file.exists()


@pytest.mark.arm("V4-554", "V6-448")
def test_a_control_socket_with_too_long_a_path_keeps_it_from_starting(daemon: Daemon) -> None:
    daemon.write(**{"control-socket": {"socket-type": "unix", "socket-name": f"{daemon.directory}/{'x' * 100}"}})
    done = daemon.run("-c", str(daemon.config_file))
    assert done.returncode == 1
    assert "its path exceeds 107 bytes" in done.stdout + done.stderr


@pytest.mark.arm("CF-077")
def test_what_a_start_tells_is_in_the_configured_log(daemon: Daemon) -> None:
    log, leases = daemon.directory / "server.log", daemon.directory / "leases.csv"
    leases.mkdir()
    loggers = [{"name": f"kea-dhcp{daemon.family}", "output_options": [{"output": str(log)}]}]
    daemon.write(loggers=loggers)
    done = daemon.run("-c", str(daemon.config_file))
    assert done.returncode == 1
    assert "failed to initialize Kea" in done.stdout
    for line in ("COMMAND_ACCEPTOR_START", f"DHCP{daemon.family}_CONFIG_LOAD_FAIL"):
        assert line in log.read_text()
        assert line not in done.stdout


def test_config_write_keeps_a_link_and_the_mode_of_its_file(daemon: Daemon) -> None:
    daemon.write()
    real = daemon.config_file.rename(daemon.directory / "real.conf")
    real.chmod(0o604)
    daemon.config_file.symlink_to(real)
    daemon.serve()
    assert daemon.ask("config-write")["result"] == 0
    assert daemon.config_file.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o604
    assert json.loads(real.read_text())[f"Dhcp{daemon.family}"]["valid-lifetime"] == 7200


def test_a_reader_that_has_seen_enough_gets_no_traceback(daemon: Daemon) -> None:
    process = subprocess.Popen(
        daemon.command("--json-schema"),
        env=daemon.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(20)


@pytest.mark.arm("CF-077")
def test_a_bad_configuration_keeps_twistd_from_starting_without_a_traceback(under_twistd: Daemon) -> None:
    under_twistd.write(bogus=1)
    done = under_twistd.run("-c", str(under_twistd.config_file))
    assert done.returncode == 1
    assert "failed to initialize Kea" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_missing_file_is_told(daemon: Daemon) -> None:
    done = daemon.run("-c", "/nonexistent.conf")
    assert done.returncode == 1
    assert "/nonexistent.conf" in done.stdout


@pytest.mark.arm("CF-079")
@pytest.mark.arm("V4-088", "V4-089")
def test_sockets_that_must_open_and_do_not_end_the_start(daemon: Daemon) -> None:
    kind = socket.AF_INET if daemon.family == 4 else socket.AF_INET6
    with socket.socket(kind, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1" if daemon.family == 4 else "::1", 0))
        port = str(taken.getsockname()[1])
        section = daemon.configuration()[f"Dhcp{daemon.family}"]["interfaces-config"]
        daemon.write(**{"interfaces-config": {**section, "service-sockets-require-all": True}})
        done = daemon.run("-c", str(daemon.config_file), "-p", port)
        assert done.returncode == 1
        assert "DHCPSRV_OPEN_SOCKET_FAIL" in done.stdout
        daemon.write()
        daemon.start("-p", port)
        daemon.expect(f"DHCP{daemon.family}_STARTED")
        status = daemon.ask("status-get")["arguments"]["sockets"]
        assert status["status"] == "failed"
        assert "in use" in status["errors"][0]


@pytest.mark.arm("CF-076")
@pytest.mark.parametrize("value", [0, 7])
def test_the_shutdown_command_chooses_the_exit_code(daemon: Daemon, value: int) -> None:
    daemon.serve()
    assert daemon.ask("shutdown", {"exit-value": value})["result"] == 0
    assert daemon.exit_code() == value


def test_the_shutdown_command_chooses_the_exit_code_under_twistd(under_twistd: Daemon) -> None:
    under_twistd.serve()
    assert under_twistd.ask("shutdown", {"exit-value": 7})["result"] == 0
    assert under_twistd.exit_code() == 7


def test_config_set_moves_the_control_socket_and_the_lease_file(daemon: Daemon) -> None:
    daemon.serve()
    elsewhere = daemon.directory / "elsewhere"
    changed = daemon.configuration(
        **{
            "control-socket": {"socket-type": "unix", "socket-name": str(elsewhere)},
            "lease-database": {"type": "memfile", "name": str(daemon.directory / "other.csv")},
        }
    )
    assert daemon.ask("config-set", changed) == {"result": 0, "text": "Configuration successful."}
    assert not daemon.socket.exists()
    daemon.socket = elsewhere
    assert daemon.ask("status-get")["result"] == 0
    assert (daemon.directory / "other.csv").exists()


def test_config_set_that_fails_changes_nothing(daemon: Daemon) -> None:
    daemon.serve()
    before = daemon.ask("config-get")
    missing = str(daemon.directory / "missing" / "leases.csv")
    changed = daemon.configuration(**{"lease-database": {"type": "memfile", "name": missing}, "valid-lifetime": 9})
    assert daemon.ask("config-set", changed)["result"] == 1
    assert daemon.ask("config-get") == before


def test_config_test_touches_nothing(daemon: Daemon) -> None:
    daemon.serve()
    files = sorted(path.name for path in daemon.directory.iterdir())
    changed = daemon.configuration(**{"lease-database": {"type": "memfile", "name": str(daemon.directory / "no.csv")}})
    assert daemon.ask("config-test", changed)["result"] == 0
    assert daemon.ask("config-test", {f"Dhcp{daemon.family}": {"bogus": 1}})["result"] == 1
    assert sorted(path.name for path in daemon.directory.iterdir()) == files


def test_config_write_gives_a_file_that_loads(daemon: Daemon) -> None:
    daemon.serve()
    written = daemon.directory / "written.conf"
    answer = daemon.ask("config-write", {"filename": str(written)})
    assert answer["arguments"]["size"] == written.stat().st_size
    assert json.loads(written.read_text()) == {
        key: value for key, value in daemon.ask("config-get")["arguments"].items() if key != "hash"
    }
    assert daemon.run("-t", str(written)).returncode == 0
    daemon.ask("config-write", {"filename": "/none/such"})
    assert "config-write: /none/such: No such file or directory" in daemon.log


def test_service_that_was_disabled_for_a_while_comes_back_by_itself(daemon: Daemon) -> None:
    daemon.serve()
    assert daemon.ask("dhcp-disable", {"max-period": 1})["result"] == 0
    assert daemon.ask("dhcp-enable")["result"] == 0


def test_systemd_is_told_when_the_daemon_is_ready_and_when_it_stops(
    daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, host = (socket.AF_INET, "127.0.0.1") if daemon.family == 4 else (socket.AF_INET6, "::1")
    deaf = f"not listening on lo/{host}: Address already in use; is another DHCP server running?"
    manager = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    with manager, socket.socket(kind, socket.SOCK_DGRAM) as taken:
        taken.bind((host, daemon.port))
        manager.bind(str(daemon.directory / "notify"))
        manager.settimeout(20)
        monkeypatch.setenv("NOTIFY_SOCKET", str(daemon.directory / "notify"))
        daemon.serve()
        told = manager.recv(2000).decode()
        assert told.startswith("STATUS=Configured: added IPv")
        assert deaf in told
        assert manager.recv(200).startswith(b"READY=1")
        daemon.send(signal.SIGHUP)
        assert manager.recv(200).startswith(b"RELOADING=1")
        assert manager.recv(200).startswith(b"STATUS=Configured: added IPv")
        assert manager.recv(200).startswith(b"READY=1")
        daemon.write(bogus=1)
        daemon.send(signal.SIGHUP)
        assert manager.recv(200).startswith(b"RELOADING=1")
        told = manager.recv(2000).decode()
        assert told.startswith("STATUS=The former configuration stays in force: ")
        assert "bogus" in told
        assert manager.recv(200).startswith(b"READY=1")
        daemon.send(signal.SIGTERM)
        assert manager.recv(200) == b"STOPPING=1"
    assert daemon.exit_code() == 0


@pytest.mark.parametrize("family", FAMILIES)
def test_twistd_drops_privilege_and_the_server_goes_on(family: int) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can become somebody else: run the tests as root (`sudo make test`)")
    with tempfile.TemporaryDirectory(dir="/tmp") as name:  # not under pytest's own, which others cannot enter
        directory = Path(name)
        nobody = pwd.getpwnam("nobody")
        os.chown(directory, nobody.pw_uid, nobody.pw_gid)
        daemon = Daemon(family, directory, twistd=True)
        daemon.twistd_options = [f"--uid={nobody.pw_uid}", f"--gid={nobody.pw_gid}"]
        daemon.write()
        try:
            daemon.serve()
            assert daemon.process is not None
            status = Path(f"/proc/{daemon.process.pid}/status").read_text()
            assert f"Uid:\t{nobody.pw_uid}\t{nobody.pw_uid}" in status
            assert daemon.ask("status-get")["arguments"]["sockets"] == {"status": "ready"}
            assert daemon.ask("config-reload")["result"] == 0
            daemon.send(signal.SIGTERM)
            assert daemon.exit_code() == 0
            assert not daemon.pid_file.exists()
        finally:
            _end(daemon)
