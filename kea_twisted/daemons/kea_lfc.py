"""kea-lfc: lease file cleanup, a process of its own that a server starts, or a person.

Switches, exit codes and the order in which files come and go are Kea's. ARM kea-lfc; LE-035..LE-057. What a cleanup is
stands in leases.memfile.lfc. Without -d, lines go to syslog, or to where KEA_LOGGER_DESTINATION says.
"""

from __future__ import annotations

import fcntl
import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from getopt import GetoptError, gnu_getopt
from io import TextIOWrapper
from typing import Any, Final, TextIO

from kea_twisted.daemons.title import set_title
from kea_twisted.errors import KeaError, StoreError
from kea_twisted.leases.column import Schema
from kea_twisted.leases.memfile.io import (
    DISK,
    Disk,
    LoadSummary,
    cleanup_process,
    failure,
    finish_cleanup,
    read_leases,
    write_leases,
)
from kea_twisted.leases.memfile.lfc import MAX_ROW_ERRORS, CleanupFiles, Survivors
from kea_twisted.leases.memfile.rows import Decoder4, Decoder6, encode4, encode6
from kea_twisted.leases.v4 import SCHEMA4
from kea_twisted.leases.v6 import SCHEMA6
from kea_twisted.log.io import start_logging, stop_logging
from kea_twisted.log.logger import logger
from kea_twisted.log.messages import lfc as messages
from kea_twisted.version import KEA_VERSION

EXIT_SUCCESS: Final = 0
EXIT_FAILURE: Final = 1
EXIT_SIGNAL: Final = 128
"""What is added to the number of the signal that ended it, as a shell has it."""

NICENESS: Final = 10
"""A cleanup can wait, and clients cannot."""

NAME: Final = "DhcpLFC"
"""What its log lines are said to come from."""
LFC: Final = logger(NAME)

SWITCHES: Final = (
    ("4", "", "clean up lease files of DHCPv4"),
    ("6", "", "clean up lease files of DHCPv6"),
    ("p", "PID", "file for the process number; while the process in it lives, no other one begins"),
    ("x", "Previous", "result of the cleanup before, and of this one in the end"),
    ("i", "Copy", "lease file that the server has set aside"),
    ("o", "Output", "the result is written here"),
    ("f", "Finish", "the complete result, until it has taken the place of the previous one"),
    ("c", "Config", "configuration file; must be named and is not read"),
    ("d", "", "log to standard error, in full"),
    ("v", "", "print the version and exit"),
    ("V", "", "print the version with those of the libraries and exit"),
    ("W", "", "print what this installation is made of and exit"),
    ("h", "", "print this text and exit"),
)
"""Letter, what its argument is called ("" if it has none), and what it means. Those with an argument are required."""


class UsageError(KeaError):
    """The command line is not one of kea-lfc."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asks for. question: one of v, V, W, h instead of a cleanup, or ""."""

    files: CleanupFiles
    config: str = ""
    family: int = 0
    verbose: bool = False
    question: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """What differs between the families."""

    schema: Schema
    decoder: Callable[[int], Decoder4 | Decoder6]
    encode: Callable[[Any], str]


RULES: Final = {4: Rules(SCHEMA4, Decoder4, encode4), 6: Rules(SCHEMA6, Decoder6, encode6)}


def usage() -> str:
    """Return the text of -h."""
    lines = [
        f"Usage: kea-lfc [-4|-6] {' '.join(f'-{letter} file' for letter, argument, _ in SWITCHES if argument)} [-d]"
    ]
    lines += [f"  -{letter}{' file' if argument else '     '}  {text}" for letter, argument, text in SWITCHES]
    return "\n".join(lines)


def parse(words: Sequence[str]) -> Request:
    """Return what the words after the program's name ask for. Raises UsageError. CF-054."""
    accepted = "".join(letter + (":" if argument else "") for letter, argument, _ in SWITCHES)
    try:
        found, rest = gnu_getopt(list(words), accepted)
    except GetoptError as error:
        missing = any(argument and letter == error.opt for letter, argument, _ in SWITCHES)
        raise UsageError(f"{'Missing option argument' if missing else 'Unknown argument'}: -{error.opt}") from None
    given: dict[str, str] = {}
    for switch, value in found:
        letter = switch[1:]
        if letter in "vVWh":
            return Request(CleanupFiles("", "", "", "", ""), question=letter)
        given["46" if letter in "46" else letter] = letter if letter in "46" else value
    if rest:
        raise UsageError("Extraneous parameters.")
    if "46" not in given:
        raise UsageError("DHCP version required")
    for letter, argument, _ in SWITCHES:
        if argument and not given.get(letter):
            raise UsageError(f"{argument} file not specified")
    files = CleanupFiles(given["x"], given["i"], given["o"], given["f"], given["p"])
    return Request(files, given["c"], int(given["46"]), "d" in given)


class Progress:
    """A bar on a terminal, from a second after the beginning on; nothing anywhere else. total: octets to read."""

    WIDTH: Final = 40

    def __init__(self, stream: TextIO, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream if stream.isatty() else None
        self._total = max(1, total)
        self._clock = clock
        self._next = clock() + 1.0
        self._read = 0
        self._shown = False

    def advance(self, octets: int) -> None:
        """Note that so many octets more were read."""
        self._read += octets
        stream = self._stream
        if stream is None:
            return
        now = self._clock()
        if now >= self._next:
            self._next = now + 0.1
            part = min(1.0, self._read / self._total)
            bar = "#" * int(part * self.WIDTH)
            stream.write(f"\r[{bar:<{self.WIDTH}}] {part:4.0%} of {self._total / 1e6:.0f} MB read")
            stream.flush()
            self._shown = True

    def clear(self) -> None:
        """Take the bar away, so that a line of text has its place."""
        if self._shown and self._stream is not None:
            self._shown = False
            self._stream.write("\r\033[K")
            self._stream.flush()


class Interrupted(BaseException):
    """Somebody wants the process to end. number: the signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    @classmethod
    def take(cls, number: int, _frame: object) -> None:
        """Handle a signal."""
        raise cls(number)


class Running(KeaError):
    """Another cleanup of these files is at work."""


class CleanupPidFile:
    """The file that says which process is at work. A lock on it keeps two from beginning at the same moment."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._mine = False

    def create(self) -> None:
        """Write this process's number. Raises Running, StoreError for a bad file, OSError if it cannot be written."""
        if cleanup_process(self.path) not in (0, os.getpid()):
            raise Running
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)  # open until the process ends
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not os.path.samestat(os.stat(self.path), os.fstat(descriptor)):
                raise Running  # who held the lock has just ended and removed the file
        except (BlockingIOError, FileNotFoundError):
            raise Running from None
        self._mine = True
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())

    def delete(self) -> None:
        """Remove the file if it is this process's. OSError if that fails."""
        if self._mine:
            os.unlink(self.path)


def process(request: Request, progress: Progress, disk: Disk = DISK) -> None:
    """Make the complete result from the files there are. Raises StoreError or OSError and has changed nothing then."""
    files, rules = request.files, RULES[request.family]
    LFC.log(messages.LFC_PROCESSING, files.previous, files.input)
    survivors: Survivors[Any] = Survivors(rules.encode)
    summary = LoadSummary()
    for path in (files.previous, files.input):
        if not os.path.exists(path):
            continue
        try:
            read_leases(
                path, rules.schema, rules.decoder, survivors.take, MAX_ROW_ERRORS, summary, progress=progress.advance
            )
        except OSError as error:
            raise failure("read", path, error) from error
    progress.clear()
    # As in Kea, looking for a row at the end of a file is an attempt.
    LFC.log(messages.LFC_READ_STATS, summary.rows - summary.errors, summary.rows + summary.files, summary.errors)
    try:
        write_leases(files.output, rules.schema, survivors.rows(), disk)
    except BaseException as error:
        with suppress(OSError):  # half a result is of no value, and the disk may be full
            disk.unlink(files.output)
        if isinstance(error, OSError):
            raise failure("write", files.output, error) from error
        raise
    LFC.log(messages.LFC_WRITE_STATS, len(survivors), len(survivors), 0)
    try:
        disk.rename(files.output, files.finish)
    except OSError as error:
        raise StoreError(f"unable to rename '{files.output}' to '{files.finish}': {error.strerror}") from error


def clean(request: Request, progress: Progress, disk: Disk = DISK) -> None:
    """Clean up, or finish what another cleanup has left; failures are logged. LE-048, LE-049."""
    files = request.files
    if not os.path.exists(files.finish):
        try:
            process(request, progress, disk)
        except StoreError as error:
            progress.clear()
            LFC.log(messages.LFC_FAIL_PROCESS, error)
            return
    LFC.log(messages.LFC_ROTATING)
    try:
        finish_cleanup(files, disk)
    except OSError as error:
        LFC.log(messages.LFC_FAIL_ROTATE, f"'{error.filename or files.finish}': {error.strerror}")


def launch(request: Request, disk: Disk = DISK) -> int:
    """Clean up unless another process does; return the exit code. As in Kea, a cleanup that failed is 0 too. LE-039."""
    LFC.log(messages.LFC_START)
    pidfile = CleanupPidFile(request.files.pid)
    progress = Progress(sys.stderr, _size(request.files))
    try:
        pidfile.create()
        clean(request, progress, disk)
    except Running:
        LFC.log(messages.LFC_RUNNING)
        return EXIT_SUCCESS
    except StoreError as error:
        print(f"Service failed: {error}", file=sys.stderr)
        return EXIT_FAILURE
    except OSError as error:
        LFC.log(messages.LFC_FAIL_PID_CREATE, f"'{request.files.pid}': {error.strerror}")
        return EXIT_SUCCESS
    finally:  # also when somebody interrupts it
        progress.clear()
        try:
            pidfile.delete()
        except OSError as error:
            LFC.log(messages.LFC_FAIL_PID_DEL, f"'{request.files.pid}': {error.strerror}")
    LFC.log(messages.LFC_TERMINATE)
    return EXIT_SUCCESS


def _size(files: CleanupFiles) -> int:
    """Return how many octets are to be read."""
    return sum(os.path.getsize(path) for path in (files.previous, files.input) if os.path.isfile(path))


def answer(question: str) -> None:
    """Print the answer to -v, -V, -W or -h, where Kea prints it."""
    if question == "h":
        print(usage(), file=sys.stderr)
    else:
        from kea_twisted.daemons import report  # it imports what a cleanup has no need of

        texts = {"v": lambda: KEA_VERSION, "V": report.extended_version, "W": report.build_report}
        print(texts[question]())


def show(request: Request) -> None:
    """Print what is going to be done, as -d wants it."""
    files = request.files
    for name, value in (
        ("Protocol version", f"DHCPv{request.family}"),
        ("Previous or ex lease file", files.previous),
        ("Copy lease file", files.input),
        ("Output lease file", files.output),
        ("Finish file", files.finish),
        ("Config file", request.config),
        ("PID file", files.pid),
    ):
        print(f"{name + ':':<27}{value}")
    print(flush=True)


def main(words: Sequence[str] | None = None, environ: Mapping[str, str] = os.environ) -> int:
    """Run kea-lfc from a shell or for a server."""
    words = sys.argv[1:] if words is None else words
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # file names may be any octets
    try:
        request = parse(words)
    except UsageError as error:
        print(f"Usage error: {error}\n{usage()}\n\nService failed: {error}", file=sys.stderr)
        return EXIT_FAILURE
    if request.question:
        answer(request.question)
        return EXIT_SUCCESS
    set_title(" ".join(["kea-lfc", *words]))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:  # as nohup has it
            signal.signal(number, Interrupted.take)
    with suppress(OSError):
        os.nice(NICENESS)
    gc.disable()  # rows are text; there is nothing to find among a million of them
    destination = "stderr" if request.verbose else environ.get("KEA_LOGGER_DESTINATION") or "syslog"
    sink = start_logging(NAME, request.verbose, {**environ, "KEA_LOGGER_DESTINATION": destination}, begin=True)
    if request.verbose:
        show(request)
    try:
        return launch(request)
    except Interrupted as reason:
        return EXIT_SIGNAL + reason.number
    finally:
        stop_logging(sink)


if __name__ == "__main__":
    sys.exit(main())
