"""Files that rotate, streams, syslog and the environment."""

from __future__ import annotations

import os
import shutil
import syslog
from collections.abc import Iterator
from pathlib import Path

import pytest
from twisted.logger import LogPublisher

from kea_twisted.log import logger as loggers
from kea_twisted.log.io import FileOutput, Opener, StreamOutput, SyslogOutput, start_logging, stop_logging
from kea_twisted.log.logger import COMMANDS
from kea_twisted.log.message import DEBUG, FATAL, WARN
from kea_twisted.log.messages.command import COMMAND_RECEIVED
from kea_twisted.log.pattern import Line, Origin
from kea_twisted.log.sink import Output, OutputSpec, parse_loggers


def layout(_origin: Origin) -> Line:
    return lambda _time, text: text + "\n"


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    yield
    loggers.uninstall()


def opened(path: Path, **options: object) -> Output:
    return Opener("kea-dhcp4", str(path.parent))(OutputSpec(str(path), **options), layout)  # type: ignore[arg-type]


@pytest.mark.arm("LG-076", "LG-135")
def test_a_file_is_appended_to_and_made_if_missing(tmp_path: Path) -> None:
    path = tmp_path / "kea.log"
    for line in ("one\n", "two\n"):
        output = opened(path)
        output.write(line, 0)
        output.close()
    assert path.read_text() == "one\ntwo\n"


@pytest.mark.arm("LG-082", "LG-083")
def test_rotation_keeps_maxver_files(tmp_path: Path) -> None:
    path = tmp_path / "kea.log"
    output = opened(path, maxsize=204800, maxver=2)
    for number in range(4):
        output.write(f"{number}" * 204800 + "\n", 0)
    output.write("last\n", 0)
    assert path.read_text() == "last\n"
    assert [(tmp_path / f"kea.log.{n}").read_text()[0] for n in (1, 2)] == ["3", "2"]
    assert not (tmp_path / "kea.log.3").exists()


@pytest.mark.arm("LG-080")
def test_a_small_maxsize_means_no_rotation(tmp_path: Path) -> None:
    path = tmp_path / "kea.log"
    output = opened(path, maxsize=1)
    output.write("x" * 300000, 0)
    output.write("y", 0)
    assert path.stat().st_size == 300001


@pytest.mark.arm("LG-084")
def test_a_file_that_another_process_rotated_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "kea.log"
    output = opened(path)
    assert isinstance(output, FileOutput)
    output.write("before\n", 0)
    os.replace(path, tmp_path / "kea.log.1")
    monkeypatch.setattr(output, "_looked", -1)
    output.write("unnoticed\n", 0)
    output.write("after\n", 0)
    assert path.read_text().endswith("after\n")
    assert (tmp_path / "kea.log.1").read_text().startswith("before\n")


def test_where_the_directory_is_gone_no_line_goes_to_a_file_of_somebody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "logs" / "kea.log"
    path.parent.mkdir()
    output = opened(path)
    shutil.rmtree(path.parent)
    for _ in range(2):
        monkeypatch.setattr(output, "_looked", -1)
        output.write("lost\n", 0)
        # What is opened next gets the lowest number that is free.
        with (tmp_path / "leases.csv").open("wb"):
            output.write("lost\n", 0)
        assert (tmp_path / "leases.csv").read_bytes() == b""
    assert capfd.readouterr().err.count("No such file or directory") == 1
    path.parent.mkdir()
    monkeypatch.setattr(output, "_looked", -1)
    output.write("not yet\n", 0)
    output.write("there again\n", 0)
    assert path.read_text() == "there again\n"
    output.close()


@pytest.mark.arm("LG-078")
def test_without_flush_lines_are_written_in_blocks(tmp_path: Path) -> None:
    path = tmp_path / "kea.log"
    output = opened(path, flush=False)
    output.write("a\n", 0)
    assert path.read_text() == ""
    output.write("b" * 9000, 0)
    assert path.stat().st_size == 9002
    output.write("c", 0)
    output.close()
    assert path.stat().st_size == 9003


@pytest.mark.arm("LG-130")
@pytest.mark.parametrize(("directory", "made"), [("none", False), ("here", True)])
def test_the_lock_file_is_made_where_the_environment_says(tmp_path: Path, directory: str, made: bool) -> None:
    where = "none" if directory == "none" else str(tmp_path)
    output = Opener("x", where)(OutputSpec(str(tmp_path / "k.log"), maxsize=204800), layout)
    output.write("x" * 204800, 0)
    assert (tmp_path / "k.log.1").exists()
    assert (tmp_path / "logger_lockfile").exists() is made


@pytest.mark.arm("LG-152")
def test_a_file_that_cannot_be_opened_is_replaced_by_standard_error(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    output = opened(tmp_path / "missing" / "kea.log")
    output.write("line\n", 0)
    assert isinstance(output, StreamOutput)
    assert "LOG_OPEN_OUTPUT_FAIL" in capfd.readouterr().err


def test_a_full_disk_is_reported_once_and_not_raised(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full here")
    output = opened(Path("/dev/full"), maxsize=0)
    output.write("a\n", 0)
    output.write("b\n", 0)
    assert capfd.readouterr().err.count("LOG_WRITE_ERROR") == 1


@pytest.mark.arm("LG-075")
@pytest.mark.parametrize(
    ("name", "facility"),
    [
        ("syslog", syslog.LOG_LOCAL0),
        ("syslog:daemon", syslog.LOG_DAEMON),
        ("syslog:LOCAL3", syslog.LOG_LOCAL3),
        ("syslog:mine", syslog.LOG_USER),
    ],
)
def test_the_name_after_syslog_is_the_facility(name: str, facility: int, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[int, str]] = []
    monkeypatch.setattr(syslog, "syslog", lambda priority, line: sent.append((priority, line)))
    output = Opener("kea-dhcp4", "none")(OutputSpec(name), layout)
    assert isinstance(output, SyslogOutput)
    for rank in (FATAL, WARN, DEBUG + 40):
        output.write("line\n", rank)
    assert sent == [
        (facility | syslog.LOG_CRIT, "line"),
        (facility | syslog.LOG_WARNING, "line"),
        (facility | syslog.LOG_DEBUG, "line"),
    ]


@pytest.mark.arm("LG-131", "LG-132", "LG-134")
def test_the_environment_says_where_lines_go_at_start(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for place in ("", "stdout", "stderr", str(tmp_path / "start.log")):
        publisher = LogPublisher()
        environ = {"KEA_LOCKFILE_DIR": "none"} | ({"KEA_LOGGER_DESTINATION": place} if place else {})
        sink = start_logging("kea-dhcp4", environ=environ, publisher=publisher)
        COMMANDS.log(COMMAND_RECEIVED, place)
        stop_logging(sink, publisher)
    shown = capsys.readouterr()
    assert "command ''" in shown.out and "command 'stdout'" in shown.out
    assert "command 'stderr'" in shown.err
    assert "command '/" in (tmp_path / "start.log").read_text()


@pytest.mark.arm("LG-090", "LG-095")
def test_a_whole_line_looks_like_kea_s(tmp_path: Path) -> None:
    publisher = LogPublisher()
    sink = start_logging("kea-dhcp6", environ={"KEA_LOCKFILE_DIR": "none"}, publisher=publisher)
    path = tmp_path / "k.log"
    sink.configure(parse_loggers([{"name": "kea-dhcp6", "output_options": [{"output": str(path)}]}]))
    COMMANDS.log(COMMAND_RECEIVED, "config-get")
    stop_logging(sink, publisher)
    stamp, clock, rest = path.read_text().split(" ", 2)
    assert len(stamp) == 10 and len(clock) == 12
    place = rest.split("]")[0]
    assert place.startswith(f"INFO  [kea-dhcp6.commands/{os.getpid()}.")
    assert rest.endswith("] COMMAND_RECEIVED Received command 'config-get'\n")
