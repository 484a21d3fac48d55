"""kea-lfc as a program: command line, exit codes, pid file, log, progress."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
import tomllib
from io import StringIO
from pathlib import Path

import pytest

from kea_twisted.daemons.kea_lfc import Progress, UsageError, main, parse
from kea_twisted.leases.memfile.lfc import CleanupFiles
from kea_twisted.leases.v4 import SCHEMA4
from tests.support.cleanups import ENVIRONMENT, KEA_LFC, ROOT, cleanup_at_work
from tests.support.cleanups import run_kea_lfc as run

HEADER = SCHEMA4.header + "\n"
ROW = "192.0.2.1,01:02:03:04:05:06,,3600,1800000000,1,0,0,,0,\n"
WORDS = ["-p", "my.pid", "-x", "previous", "-i", "copy", "-o", "output", "-f", "finish", "-c", "config"]


def told(done: subprocess.CompletedProcess[str]) -> list[str]:
    return re.findall(r"\b((?:LFC|DHCPSRV)_\w+)", done.stderr)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "copy").write_text(HEADER + ROW)
    return tmp_path


@pytest.mark.arm("LE-037")
@pytest.mark.arm("LE-040")
@pytest.mark.arm("LE-042")
@pytest.mark.arm("CF-054")
@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ([], "DHCP version required"),
        (WORDS, "DHCP version required"),
        (["-4", *WORDS[2:]], "PID file not specified"),
        (["-4", *WORDS[:2], *WORDS[4:]], "Previous file not specified"),
        (["-4", *WORDS[:4], *WORDS[6:]], "Copy file not specified"),
        (["-4", *WORDS[:6], *WORDS[8:]], "Output file not specified"),
        (["-4", *WORDS[:8], *WORDS[10:]], "Finish file not specified"),
        (["-4", *WORDS[:10]], "Config file not specified"),
        (["-4", *WORDS, "-x", ""], "Previous file not specified"),
        (["-4", *WORDS, "more"], "Extraneous parameters."),
        (["-4", *WORDS, "-z"], "Unknown argument: -z"),
        (["-4", "--previous", "a"], "Unknown argument: -previous"),
        (["-4", "-p"], "Missing option argument: -p"),
    ],
)
def test_a_wrong_command_line_is_explained(
    words: list[str], problem: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 1
    out, err = capsys.readouterr()
    assert err.startswith(f"Usage error: {problem}\nUsage: kea-lfc")
    assert err.endswith(f"Service failed: {problem}\n")
    assert out == ""
    assert os.listdir(tmp_path) == []


@pytest.mark.arm("LE-036")
@pytest.mark.arm("LE-037")
def test_the_command_line_of_kea_is_understood() -> None:
    request = parse(["-4", "-6", "-d", *WORDS])
    assert request.files == CleanupFiles("previous", "copy", "output", "finish", "my.pid")
    assert (request.family, request.verbose, request.config, request.question) == (6, True, "config", "")
    with pytest.raises(UsageError):
        parse(["-5"])


@pytest.mark.arm("LE-041")
@pytest.mark.arm("CF-054")
def test_questions_are_answered_where_kea_answers_them(capsys: pytest.CaptureFixture[str]) -> None:
    for words, out, err in (
        (["-v"], r"2\.2\.0\n", ""),
        (["-4", "-V"], r"2\.2\.0\nkea_twisted .+", ""),
        (["-W"], r"Name .*kea_twisted\n.+", ""),
        (["-h"], "", r"Usage: kea-lfc.*-x file.*"),
    ):
        assert main(words) == 0
        found = capsys.readouterr()
        assert re.fullmatch(out, found.out, re.DOTALL), found
        assert re.fullmatch(err, found.err, re.DOTALL), found


def test_the_command_is_installed() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert scripts["kea-lfc"] == f"{main.__module__}:{main.__name__}"


@pytest.mark.arm("LE-035")
@pytest.mark.arm("LE-038")
@pytest.mark.arm("LE-041")
@pytest.mark.arm("LE-057")
def test_d_tells_everything_and_the_pid_file_goes(files: Path) -> None:
    done = run(files, "-4", "-d", *WORDS)
    assert done.returncode == 0
    assert told(done) == [
        "LFC_START",
        "LFC_PROCESSING",
        "DHCPSRV_MEMFILE_LEASE_FILE_LOAD",
        "LFC_READ_STATS",
        "LFC_WRITE_STATS",
        "LFC_ROTATING",
        "LFC_TERMINATE",
    ]
    assert re.search(r"^[-0-9]+ [0-9:.]+ INFO  \[DhcpLFC/\d+\.\d+\] LFC_READ_STATS leases: 1, ", done.stderr, re.M)
    assert "Protocol version:          DHCPv4\nPrevious or ex lease file: previous\n" in done.stdout
    assert {path.name: path.read_text() for path in files.iterdir()} == {"previous": HEADER + ROW}


def test_files_may_have_any_name(tmp_path: Path) -> None:
    name = os.fsdecode(b"l \xff\xc3\xa9.csv")
    files = CleanupFiles.beside(name)
    (tmp_path / files.input).write_text(HEADER + ROW)
    with cleanup_at_work(tmp_path / files.pid):
        assert told(run(tmp_path, "-4", "-d", *files.switches(), "-c", "none"))[-1] == "LFC_RUNNING"
    assert told(run(tmp_path, "-4", "-d", *files.switches(), "-c", "none"))[-1] == "LFC_TERMINATE"
    assert os.listdir(tmp_path) == [files.previous]


@pytest.mark.arm("LE-057")
def test_without_d_it_is_silent_and_the_environment_says_where_it_logs(files: Path) -> None:
    log = files / "log"
    done = run(files, "-4", *WORDS, KEA_LOGGER_DESTINATION=str(log))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "LFC_TERMINATE" in log.read_text()
    (files / "copy").write_text(HEADER)
    done = run(files, "-4", *WORDS)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert len(log.read_text().splitlines()) == 7


@pytest.mark.arm("LE-039")
@pytest.mark.arm("LE-052")
@pytest.mark.arm("LE-057")
@pytest.mark.arm("CF-055")
def test_nothing_is_done_while_another_one_is_at_work(files: Path) -> None:
    with cleanup_at_work(files / "my.pid") as running:
        done = run(files, "-4", "-d", *WORDS)
    assert done.returncode == 0
    assert told(done) == ["LFC_START", "LFC_RUNNING"]
    assert {path.name for path in files.iterdir()} == {"my.pid", "copy"}
    assert (files / "my.pid").read_text() == f"{running}\n"


@pytest.mark.arm("LE-039")
@pytest.mark.parametrize("text", ["0", "-7", "99999999", "1" * 30, "", "\n", pytest.param(f"{os.getpid()}", id="own")])
def test_what_a_killed_one_has_left_in_the_pid_file_counts_for_nothing(files: Path, text: str) -> None:
    (files / "my.pid").write_text(text)
    assert told(run(files, "-4", "-d", *WORDS))[-1] == "LFC_TERMINATE"
    assert {path.name for path in files.iterdir()} == {"previous"}


@pytest.mark.parametrize("text", ["junk", "12 13"])
def test_a_pid_file_that_holds_no_number_is_an_error(files: Path, text: str) -> None:
    (files / "my.pid").write_text(text)
    done = run(files, "-4", "-d", *WORDS)
    assert done.returncode == 1
    assert "Service failed: unable to read a process id from 'my.pid'" in done.stderr
    assert {path.name for path in files.iterdir()} == {"my.pid", "copy"}


@pytest.mark.arm("LE-057")
def test_a_pid_file_that_cannot_be_written_is_told(files: Path) -> None:
    done = run(files, "-4", "-d", *WORDS, "-p", "missing/pid")
    assert done.returncode == 0
    assert told(done) == ["LFC_START", "LFC_FAIL_PID_CREATE"]
    assert "'missing/pid': No such file or directory" in done.stderr
    assert {path.name for path in files.iterdir()} == {"copy"}


@pytest.mark.arm("LE-057")
@pytest.mark.parametrize(
    ("place", "words", "ids", "reason"),
    [
        ("copy", [], ["LFC_FAIL_PROCESS"], "unable to read 'copy': Is a directory"),
        ("output", [], ["LFC_FAIL_PROCESS"], "unable to write 'output': Is a directory"),
        ("", ["-o", "no/output"], ["LFC_FAIL_PROCESS"], "unable to write 'no/output': No such file or directory"),
        ("", ["-f", "no/finish"], ["LFC_FAIL_PROCESS"], "unable to rename 'output' to 'no/finish': No such file"),
        ("previous", ["-x", "no/previous"], ["LFC_ROTATING", "LFC_FAIL_ROTATE"], "'finish': No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_told_with_file_and_reason(
    files: Path, place: str, words: list[str], ids: list[str], reason: str
) -> None:
    if place:
        (files / place).unlink(missing_ok=True)
        (files / place).mkdir()
    done = run(files, "-4", "-d", *WORDS, *words)
    assert done.returncode == 0
    assert told(done)[-1 - len(ids) :] == [*ids, "LFC_TERMINATE"]
    assert reason in done.stderr
    assert "Traceback" not in done.stderr
    assert not (files / "my.pid").exists()


def test_two_that_start_at_once_do_not_meet(files: Path) -> None:
    (files / "copy").write_text(HEADER + ROW * 400_000)
    command = [*KEA_LFC, "-4", "-d", *WORDS]
    both = [
        subprocess.Popen(
            command, env=ENVIRONMENT, cwd=files, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        for _ in range(2)
    ]
    errors = [process.communicate(timeout=30)[1] for process in both]
    assert sorted("LFC_RUNNING" in text for text in errors) == [False, True]
    assert {path.name: path.read_text() for path in files.iterdir()} == {"previous": HEADER + ROW}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_may_be_interrupted(files: Path, number: int) -> None:
    text = HEADER + ROW * 300_000
    (files / "copy").write_text(text)
    command = [*KEA_LFC, "-4", *WORDS]
    process = subprocess.Popen(command, env=ENVIRONMENT, cwd=files, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 20
    while not (files / "my.pid").exists() or not (files / "my.pid").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(number)
    assert process.communicate(timeout=20)[1] == b""
    assert process.returncode == 128 + number
    assert [path.name for path in files.iterdir()] == ["copy"]
    assert (files / "copy").read_text() == text


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_how_far_a_long_cleanup_has_come() -> None:
    terminal, now = Terminal(), [0.0]
    progress = Progress(terminal, 200_000_000, lambda: now[0])
    progress.advance(50_000_000)
    assert terminal.getvalue() == ""
    now[0] = 1.5
    progress.advance(50_000_000)
    assert terminal.getvalue() == "\r[" + "#" * 20 + " " * 20 + "]  50% of 200 MB read"
    progress.advance(1_000_000)
    assert terminal.getvalue().count("\r") == 1
    now[0] = 2
    progress.advance(150_000_000)
    assert "100%" in terminal.getvalue()
    progress.clear()
    progress.clear()
    assert terminal.getvalue().count("\r\033[K") == 1


def test_no_bar_is_drawn_where_nobody_sees_it() -> None:
    stream, now = StringIO(), [0.0]
    progress = Progress(stream, 10, lambda: now[0])
    now[0] = 99
    progress.advance(10)
    progress.clear()
    assert stream.getvalue() == ""
