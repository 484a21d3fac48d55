"""The files of a memfile lease store: which there are, in which order they are read, and appending to the live one.

Beside the live file NAME there may be the files of Kea's lease file cleanup: ``NAME.completed`` (a complete result),
``NAME.2`` (the result of the run before), ``NAME.1`` (the input of a run) and ``NAME.pid``. LE-044..LE-056.
Like Kea, a write is handed to the system and not forced to the disk: it survives the server's death, not the machine's.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from kea_twisted.errors import StoreError
from kea_twisted.leases.column import FileVersion, Schema
from kea_twisted.leases.memfile.rows import Decoder4, Decoder6
from kea_twisted.log.logger import DHCPSRV
from kea_twisted.log.messages.dhcpsrv import (
    DHCPSRV_MEMFILE_CONVERTING_LEASE_FILES,
    DHCPSRV_MEMFILE_LEASE_FILE_LOAD,
    DHCPSRV_MEMFILE_LEASE_LOAD_ROW_ERROR,
    DHCPSRV_MEMFILE_NEEDS_DOWNGRADING,
    DHCPSRV_MEMFILE_NEEDS_UPGRADING,
)

L = TypeVar("L")

CHUNK: Final = 1 << 20
FREEZE_FROM: Final = 10_000
"""From how many rows on the garbage collector is told to leave what was loaded alone."""

COMPLETED: Final = ".completed"
PREVIOUS: Final = ".2"
INPUT: Final = ".1"
OUTPUT: Final = ".output"
PID: Final = ".pid"


@dataclass(slots=True)
class LoadSummary:
    """What a load found. convert: the schema version of a file that is not of ours, so that all are to be rewritten."""

    rows: int = 0
    errors: int = 0
    convert: str = ""


def _failure(action: str, path: str, error: OSError) -> StoreError:
    return StoreError(f"unable to {action} '{path}': {error.strerror}", retryable=True)


def read_chunks(path: str) -> Iterator[tuple[list[str], bool]]:
    """Yield (lines, whole): lists of lines without their ends; whole is False for a last line that has no end."""
    rest = b""
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            cut = chunk.rfind(b"\n")
            if cut < 0:
                rest += chunk
                continue
            text = (rest + chunk[:cut]).decode("utf-8", "surrogateescape")
            rest = chunk[cut + 1 :]
            yield text.split("\n"), True
    if rest:
        yield [rest.decode("utf-8", "surrogateescape")], False


class LeaseFiles:
    """The live lease file and those beside it."""

    def __init__(self, path: str, schema: Schema) -> None:
        self.path = path
        self.schema = schema
        self._descriptor = -1
        self._size = 0
        self._torn = ""
        """What has to be done to the end of the live file: "" nothing, "end" it lacks a line end, "cut" half a row."""
        self._whole = 0
        """Where the last whole line of the live file ends."""

    def to_load(self) -> list[str]:
        """Return the files that are there and count, in the order in which their rows count. LE-055."""
        completed = self.path + COMPLETED
        older = [completed] if os.path.exists(completed) else [self.path + PREVIOUS, self.path + INPUT]
        return [path for path in [*older, self.path] if os.path.exists(path)]

    def check_cleanup(self) -> None:
        """Raise StoreError while a cleanup process is at work on the files."""
        path = self.path + PID
        try:
            with open(path, encoding="ascii", errors="replace") as file:
                pid = int(file.read().strip())
        except FileNotFoundError:
            return
        except OSError as error:
            raise _failure("read", path, error) from error
        except ValueError:
            raise StoreError(f"unable to read a process id from '{path}'") from None
        with contextlib.suppress(ProcessLookupError, PermissionError, OverflowError):
            if pid > 0:
                os.kill(pid, 0)
                raise StoreError(f"lease file cleanup is running (process {pid}, see '{path}')", retryable=True)

    def load(
        self, decoder: Callable[[int], Decoder4 | Decoder6], take: Callable[[L], None], max_row_errors: int
    ) -> LoadSummary:
        """Read all files and give each row's lease to *take*; StoreError if a file cannot be used.

        A bad row is logged and left out; more than *max_row_errors* (0: any number) in one file are too many. V4-047.
        """
        self.check_cleanup()
        summary = LoadSummary()
        collecting = gc.isenabled()
        gc.disable()
        try:
            for path in self.to_load():
                self._load_file(path, decoder, take, max_row_errors, summary)
        except OSError as error:
            raise _failure("read", self.path, error) from error
        finally:
            if collecting:
                gc.enable()
        if summary.rows >= FREEZE_FROM:
            gc.freeze()
        return summary

    def _load_file(
        self,
        path: str,
        decoder: Callable[[int], Decoder4 | Decoder6],
        take: Callable[[L], None],
        max_row_errors: int,
        summary: LoadSummary,
    ) -> None:
        """Read one file into *take* and add to *summary*."""
        DHCPSRV.log(DHCPSRV_MEMFILE_LEASE_FILE_LOAD, path)
        version: FileVersion | None = None
        decode: Callable[[str], L] | None = None
        number = errors = 0
        for lines, whole in read_chunks(path):
            if decode is None:
                if not whole and path == self.path and self._half_header(lines[0]):
                    self._torn = "cut"  # A crash while the file was made.
                    return
                version = self.schema.read_header(lines[0], path)
                decode = decoder(version.columns).decode  # type: ignore[assignment]
                lines = lines[1:]
            assert decode is not None
            for line in lines:
                if not line:
                    continue
                number += 1
                try:
                    lease = decode(line)
                except ValueError as error:
                    DHCPSRV.log(DHCPSRV_MEMFILE_LEASE_LOAD_ROW_ERROR, number, error)
                    summary.errors += 1
                    if whole:
                        errors += 1
                        if errors > max_row_errors > 0:
                            raise StoreError(
                                f"exceeded maximum number of failures {max_row_errors} to read a lease "
                                f"from the lease file {path}"
                            ) from None
                    elif path == self.path:
                        self._torn = "cut"
                else:
                    take(lease)
            if not whole and path == self.path and not self._torn:
                self._torn = "end"
        summary.rows += number
        if version is not None and (version.older or version.newer):
            summary.convert = version.version
            message = DHCPSRV_MEMFILE_NEEDS_UPGRADING if version.older else DHCPSRV_MEMFILE_NEEDS_DOWNGRADING
            DHCPSRV.log(message, path, self.schema.version)

    def _half_header(self, line: str) -> bool:
        """Return whether *line* is the start of our header, cut off by a crash while the file was made."""
        return len(line) < len(self.schema.header) and self.schema.header.startswith(line)

    def convert(self, rows: Iterable[str], version: str) -> None:
        """Rewrite all files, of schema *version*, as one of ours; a crash at any moment loses nothing.

        The order is that of Kea's cleanup: the complete result gets its name before anything it replaces goes.
        """
        DHCPSRV.log(DHCPSRV_MEMFILE_CONVERTING_LEASE_FILES, version, self.schema.version)
        path = self.path
        try:
            self._write_new(path + OUTPUT, rows)
            os.replace(path + OUTPUT, path + COMPLETED)
            # The rows of the live file, read after the completed one, only repeat what that says: it may go now.
            self._write_new(path + OUTPUT, ())
            os.replace(path + OUTPUT, path)
            for old in (path + PREVIOUS, path + INPUT):
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(old)
            os.replace(path + COMPLETED, path + PREVIOUS)
        except OSError as error:
            raise _failure("convert", path, error) from error
        self._torn = ""

    def _write_new(self, path: str, rows: Iterable[str]) -> None:
        """Write a file with our header and *rows*, on the disk when this returns."""
        with open(path, "w", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            file.write(self.schema.header + "\n")
            file.writelines(rows)
            file.flush()
            os.fsync(file.fileno())

    def open(self) -> None:
        """Open the live file to append to it; make it if it is not there, mend its end if a crash left half a row."""
        try:
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o666)
            self._size = os.fstat(self._descriptor).st_size
            if self._torn == "cut":
                self._cut_half_row()
            if self._size == 0:
                self.append([self.schema.header + "\n"])
            elif self._torn == "end":
                self.append(["\n"])
        except OSError as error:
            raise _failure("open", self.path, error) from error

    def _cut_half_row(self) -> None:
        """Remove what follows the last line end; nobody was ever told of that lease."""
        position = self._size
        while position > 0:
            start = max(0, position - CHUNK)
            found = os.pread(self._descriptor, position - start, start).rfind(b"\n")
            if found >= 0:
                position = start + found + 1
                break
            position = start
        os.ftruncate(self._descriptor, position)
        self._size = position

    def append(self, rows: list[str]) -> None:
        """Append *rows* with one write; StoreError if it failed, and then the file is as long as before."""
        data = "".join(rows).encode("utf-8", "surrogateescape")
        try:
            if self._descriptor < 0:
                raise StoreError(f"'{self.path}' is not open")
            written = os.write(self._descriptor, data)
            while written < len(data):
                # Less than all was taken: the disk is full or a limit is reached; the next try tells which.
                written += os.write(self._descriptor, data[written:])
        except OSError as error:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, self._size)
            raise _failure("write to", self.path, error) from error
        self._size += len(data)

    def close(self) -> None:
        """Close the live file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
