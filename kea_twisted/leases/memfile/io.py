"""The files of a memfile lease store: reading them, appending to the live one, and what a cleanup does to them.

Beside the live file NAME there may be the files of lease file cleanup (:mod:`.lfc`): ``NAME.completed`` (a complete
result), ``NAME.2`` (the result of the run before), ``NAME.1`` (the input of a run) and ``NAME.pid``. LE-044..LE-056.
Like Kea, a write is handed to the system and not forced to the disk: it survives the server's death, not the machine's.
What a cleanup writes is on the disk before anything that it replaces goes.
"""

from __future__ import annotations

import contextlib
import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from kea_twisted.errors import StoreError
from kea_twisted.leases.column import FileVersion, Schema
from kea_twisted.leases.memfile.lfc import CleanupFiles
from kea_twisted.leases.memfile.rows import Decoder4, Decoder6
from kea_twisted.log.logger import DBG_DETAIL_DATA, DHCPSRV
from kea_twisted.log.messages.dhcpsrv import (
    DHCPSRV_MEMFILE_LEASE_FILE_LOAD,
    DHCPSRV_MEMFILE_LEASE_LOAD,
    DHCPSRV_MEMFILE_LEASE_LOAD_ROW_ERROR,
    DHCPSRV_MEMFILE_LFC_LEASE_FILE_RENAME_FAIL,
    DHCPSRV_MEMFILE_LFC_LEASE_FILE_REOPEN_FAIL,
    DHCPSRV_MEMFILE_LFC_START,
    DHCPSRV_MEMFILE_NEEDS_DOWNGRADING,
    DHCPSRV_MEMFILE_NEEDS_UPGRADING,
)

L = TypeVar("L")

CHUNK: Final = 1 << 20
FREEZE_FROM: Final = 10_000
"""From how many rows on the garbage collector is told to leave what was loaded alone."""

NUMBER_WITHIN: Final = 0.2
"""Seconds within which a cleanup that lives writes its number into the pid file that it made."""


@dataclass(slots=True)
class LoadSummary:
    """What was read so far.

    files: how many there were. rows: bad ones included. convert: the schema version of a file that is not of ours, so
    that all are to be rewritten. foreign: whether the live file is one of those.
    """

    files: int = 0
    rows: int = 0
    errors: int = 0
    convert: str = ""
    foreign: bool = False


class Disk:
    """The operations whose order decides what a crash leaves. Tests put one in place that dies or fails half-way."""

    def create(self, path: str) -> int:
        """Return a descriptor to append to an empty file of this name."""
        return os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o666)

    def write(self, descriptor: int, data: bytes) -> None:
        """Write all of *data*; OSError if that is not possible."""
        written = 0
        while written < len(data):
            # Less than all was taken: the disk is full or a limit is reached; the next try tells which.
            written += os.write(descriptor, data[written:])

    def sync(self, descriptor: int) -> None:
        """Return when what was written is on the disk."""
        os.fsync(descriptor)

    def rename(self, path: str, name: str) -> None:
        """Give a file another name, in place of the file that has it."""
        os.replace(path, name)

    def unlink(self, path: str) -> None:
        """Remove a file; nothing happens if it is not there."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)


DISK: Final = Disk()


def failure(action: str, path: str, error: OSError) -> StoreError:
    """Return the error that tells what could not be done to which file, and why."""
    return StoreError(f"unable to {action} '{path}': {error.strerror}", retryable=True)


def cleanup_process(path: str) -> int:
    """Return the process of the cleanup whose pid file is *path*, 0 if none is at work. StoreError for a bad pid file.

    A number left by a cleanup that was killed may be another process's by now. That one does not count: a cleanup has
    the pid file on its command line. Where /proc cannot be read every live process counts. A file that stays empty is
    one whose cleanup was killed before it wrote its number; a kea-lfc that lives does so within microseconds.
    """
    try:
        text = _text_of(path)
        if not text:
            time.sleep(NUMBER_WITHIN)
            text = _text_of(path)
            if not text:
                return 0
        pid = int(text)
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise failure("read", path, error) from error
    except ValueError:
        raise StoreError(f"unable to read a process id from '{path}': if no kea-lfc runs, remove the file") from None
    if pid <= 0:
        return 0
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return 0
    except PermissionError:
        pass
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            command = file.read()
    except OSError:
        return pid
    return pid if os.fsencode(os.path.basename(path)) in command else 0


def _text_of(path: str) -> str:
    """Return what a pid file says, without the space around it."""
    with open(path, encoding="ascii", errors="replace") as file:
        return file.read().strip()


def read_chunks(path: str, progress: Callable[[int], None] | None = None) -> Iterator[tuple[list[str], bool]]:
    """Yield (lines, whole): lists of lines without their ends; whole is False for a last line that has no end.

    progress: told how many octets were read since it was called last.
    """
    rest = b""
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            if progress is not None:
                progress(len(chunk))
            cut = chunk.rfind(b"\n")
            if cut < 0:
                rest += chunk
                continue
            text = (rest + chunk[:cut]).decode("utf-8", "surrogateescape")
            rest = chunk[cut + 1 :]
            yield text.split("\n"), True
    if rest:
        yield [rest.decode("utf-8", "surrogateescape")], False


def read_leases(
    path: str,
    schema: Schema,
    decoder: Callable[[int], Decoder4 | Decoder6],
    take: Callable[[L], None],
    max_row_errors: int,
    summary: LoadSummary,
    live: bool = False,
    progress: Callable[[int], None] | None = None,
) -> str:
    """Read one file, give each row's lease to *take* and add to *summary*; StoreError if the file cannot be used.

    A bad row is logged and left out; more than *max_row_errors* (0: any number) are too many. V4-047.
    live: the file is still written to; what a crash left of a last row is no error then.
    Return what has to be done to the end of the file: "" nothing, "end" it lacks a line end, "cut" half a row.
    """
    DHCPSRV.log(DHCPSRV_MEMFILE_LEASE_FILE_LOAD, path)
    summary.files += 1
    version: FileVersion | None = None
    decode: Callable[[str], L] | None = None
    torn = ""
    number = errors = 0
    for lines, whole in read_chunks(path, progress):
        if decode is None:
            if live and not whole and schema.begins(lines[0]):
                return "cut"  # A crash while the file was made.
            version = schema.read_header(lines[0], path)
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
                errors += 1
                if live and not whole:
                    torn = "cut"
                elif errors > max_row_errors > 0:
                    raise StoreError(
                        f"exceeded maximum number of failures {max_row_errors} to read a lease "
                        f"from the lease file {path}"
                    ) from None
            else:
                take(lease)
        if not whole and not torn:
            torn = "end"
    summary.rows += number
    summary.errors += errors
    if version is not None and (version.older or version.newer):
        summary.convert = version.version
        message = DHCPSRV_MEMFILE_NEEDS_UPGRADING if version.older else DHCPSRV_MEMFILE_NEEDS_DOWNGRADING
        DHCPSRV.log(message, path, schema.version)
        summary.foreign = summary.foreign or live
    return torn


def write_leases(path: str, schema: Schema, rows: Iterable[str], disk: Disk = DISK) -> None:
    """Write a new file with our header and *rows*, on the disk when this returns. OSError if that fails."""
    descriptor = disk.create(path)
    try:
        held, size = [schema.header + "\n"], 0
        for row in rows:
            held.append(row)
            size += len(row)
            if size >= CHUNK:
                disk.write(descriptor, "".join(held).encode("utf-8", "surrogateescape"))
                held, size = [], 0
        disk.write(descriptor, "".join(held).encode("utf-8", "surrogateescape"))
        disk.sync(descriptor)
    finally:
        os.close(descriptor)


def finish_cleanup(files: CleanupFiles, disk: Disk = DISK) -> None:
    """Put the complete result in the place of what it was made from. OSError if that fails. LE-047, LE-049."""
    _sync_directory(files.finish, disk)
    disk.unlink(files.previous)
    disk.unlink(files.input)
    disk.rename(files.finish, files.previous)


def _sync_directory(path: str, disk: Disk) -> None:
    """Have the name of *path* on the disk, so that a machine that dies does not remember only that others went."""
    with contextlib.suppress(OSError):  # not every file system can, nor every user
        descriptor = os.open(os.path.dirname(path) or ".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            disk.sync(descriptor)
        finally:
            os.close(descriptor)


def _telling(take: Callable[[L], None]) -> Callable[[L], None]:
    """Return *take* with a line of the log for each lease."""

    def told(lease: L) -> None:
        DHCPSRV.log(DHCPSRV_MEMFILE_LEASE_LOAD, lease)
        take(lease)

    return told


class LeaseFiles:
    """The live lease file and those beside it."""

    def __init__(self, path: str, schema: Schema, disk: Disk = DISK) -> None:
        self.path = path
        self.schema = schema
        self.cleanup = CleanupFiles.beside(path)
        self._disk = disk
        self._descriptor = -1
        self._size = 0
        self._torn = ""
        """What has to be done to the end of the live file, see :func:`read_leases`."""
        self._aside = False
        """Whether rows go to a file that was set aside, because no new one could be begun and its name not be taken
        back."""

    def to_load(self) -> list[str]:
        """Return the files that are there and count, in the order in which their rows count. LE-055."""
        files = self.cleanup
        older = [files.finish] if os.path.exists(files.finish) else [files.previous, files.input]
        return [path for path in [*older, self.path] if os.path.exists(path)]

    @property
    def unfinished(self) -> bool:
        """Whether a cleanup has been begun and not been finished; until then nothing more can be set aside."""
        return os.path.exists(self.cleanup.finish) or os.path.exists(self.cleanup.input)

    @property
    def gone(self) -> bool:
        """Whether the live file is no more to be found under its name, so that rows go where nobody will read them."""
        if self._aside or self._descriptor < 0:
            return False
        try:
            return not os.path.samestat(os.stat(self.path), os.fstat(self._descriptor))
        except FileNotFoundError:
            return True
        except OSError:
            return False

    @property
    def changed(self) -> bool:
        """Whether somebody else has written to the live file, or put another one in its place."""
        if self._aside or self._descriptor < 0:
            return False
        try:
            found = os.stat(self.path)
        except OSError:
            return False
        return found.st_size != self._size or not os.path.samestat(found, os.fstat(self._descriptor))

    def load(
        self, decoder: Callable[[int], Decoder4 | Decoder6], take: Callable[[L], None], max_row_errors: int
    ) -> LoadSummary:
        """Read all files and give each row's lease to *take*; StoreError if a file cannot be used."""
        pid = cleanup_process(self.cleanup.pid)
        if pid:
            raise StoreError(
                f"lease file cleanup is running (process {pid}, see '{self.cleanup.pid}'): "
                "the lease files can be loaded when it has ended",
                retryable=True,
            )
        summary = LoadSummary()
        if DHCPSRV.rank >= DBG_DETAIL_DATA:
            take = _telling(take)
        collecting = gc.isenabled()
        gc.disable()
        try:
            for path in self.to_load():
                live = path == self.path
                torn = read_leases(path, self.schema, decoder, take, max_row_errors, summary, live)
                self._torn = torn if live else ""
            if not os.path.exists(self.path):
                DHCPSRV.log(DHCPSRV_MEMFILE_LEASE_FILE_LOAD, self.path)  # as Kea does; it is made when it is opened
        except OSError as error:
            raise failure("read", error.filename or self.path, error) from error
        finally:
            if collecting:
                gc.enable()
        if summary.rows >= FREEZE_FROM:
            gc.freeze()
        return summary

    def rewrite(self, rows: Iterable[str]) -> None:
        """Replace all files by one with *rows*, and begin a new live one; a crash at any moment loses nothing.

        This is a cleanup done here, for when kea-lfc is of no use. The complete result gets its name before anything
        it replaces goes.
        """
        files, path, disk = self.cleanup, self.path, self._disk
        try:
            write_leases(files.output, self.schema, rows, disk)
            disk.rename(files.output, files.finish)
            # The rows of the live file, read after the completed one, only repeat what that says: it may go now.
            write_leases(files.output, self.schema, (), disk)
            disk.rename(files.output, path)
            finish_cleanup(files, disk)
        except OSError as error:
            raise failure("rewrite", path, error) from error
        self._torn = ""
        self.open()

    def open(self) -> None:
        """Open the live file to append to it; make it if it is not there, mend its end if a crash left half a row."""
        self.close()
        try:
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o666)
            self._size = os.fstat(self._descriptor).st_size
            if self._torn == "cut":
                self._cut_half_row()
        except OSError as error:
            raise failure("open", self.path, error) from error
        if self._size == 0:
            self.append([self.schema.header + "\n"])
        elif self._torn == "end":
            self.append(["\n"])

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
            if written < len(data):
                self._disk.write(self._descriptor, data[written:])
        except OSError as error:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, self._size)
            raise failure("write to", self.path, error) from error
        self._size += len(data)

    def rotate(self) -> bool:
        """Set the live file aside for a cleanup and begin a new one; return whether there is something to clean up.

        What an earlier cleanup has left is to be finished first, and nothing is set aside then. If no new file can be
        begun, rows go on into the old one under its old name, and the next call tries again. LE-045, LE-058.
        """
        DHCPSRV.log(DHCPSRV_MEMFILE_LFC_START)
        path, disk = self.path, self._disk
        if not self._aside:
            if self.unfinished:
                return True
            try:
                disk.rename(path, self.cleanup.input)
            except OSError as error:
                DHCPSRV.log(DHCPSRV_MEMFILE_LFC_LEASE_FILE_RENAME_FAIL, path, self.cleanup.input, error.strerror)
                return False
        try:
            descriptor, size = self._begin()
        except OSError as error:
            DHCPSRV.log(DHCPSRV_MEMFILE_LFC_LEASE_FILE_REOPEN_FAIL, path, error.strerror)
            try:
                disk.rename(self.cleanup.input, path)
                self._aside = False
            except OSError:
                self._aside = True
            return False
        os.close(self._descriptor)
        self._descriptor, self._size, self._aside = descriptor, size, False
        return True

    def _begin(self) -> tuple[int, int]:
        """Return descriptor and size of a new live file with its header. OSError if that fails."""
        descriptor = self._disk.create(self.path)
        header = (self.schema.header + "\n").encode()
        try:
            self._disk.write(descriptor, header)
        except OSError:
            os.close(descriptor)
            raise
        return descriptor, len(header)

    def close(self) -> None:
        """Close the live file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
