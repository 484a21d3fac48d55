"""Lease file cleanup: which files take part in it, and which rows are left.

All rows of a lease but the last are history. A cleanup reads the result of the one before and the file that the server
has set aside, and writes what is left. Names and roles of the files are Kea's, so that either cleanup goes on where the
other stopped. Not here: reading and writing files (:mod:`.io`) and the process (daemons.kea_lfc). ARM kea-lfc.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from kea_twisted.leases.lease import Lease4, Lease6

L = TypeVar("L", Lease4, Lease6)

COMPLETED: Final = ".completed"
PREVIOUS: Final = ".2"
INPUT: Final = ".1"
OUTPUT: Final = ".output"
PID: Final = ".pid"

MAX_ROW_ERRORS: Final = 100
"""How many bad rows a file may have before the cleanup leaves all files as they are."""


@dataclass(frozen=True, slots=True)
class CleanupFiles:
    """The files of a cleanup.

    previous: the result of the run before, and of this one in the end. input: what the server has set aside. output:
    the result while it is written; of no value to anybody else. finish: the complete result, until it becomes
    *previous*; while it is there, *previous* and *input* are of no value. pid: of the process at work.
    """

    previous: str
    input: str
    output: str
    finish: str
    pid: str

    @classmethod
    def beside(cls, path: str) -> CleanupFiles:
        """Return the files of the lease file *path*. LE-054."""
        return cls(path + PREVIOUS, path + INPUT, path + OUTPUT, path + COMPLETED, path + PID)

    def all(self) -> list[str]:
        """Return the files, whether they are there or not."""
        return [self.previous, self.input, self.output, self.finish, self.pid]

    def switches(self) -> list[str]:
        """Return the command line of kea-lfc that names these files."""
        return ["-x", self.previous, "-i", self.input, "-o", self.output, "-f", self.finish, "-p", self.pid]


class Survivors(Generic[L]):
    """The last row of each lease, but for those that were removed in the end. encode: returns the row of a lease."""

    __slots__ = ("_encode", "_rows")

    def __init__(self, encode: Callable[[L], str]) -> None:
        self._encode: Callable[[L], str] = encode
        self._rows: dict[int, str] = {}

    def __len__(self) -> int:
        """Return the number of leases."""
        return len(self._rows)

    def take(self, lease: L) -> None:
        """Take in the next row; a valid lifetime of 0 removes the lease. LE-050, LE-064."""
        if lease.valid_lifetime:
            self._rows[lease.address] = self._encode(lease)
        else:
            self._rows.pop(lease.address, None)

    def rows(self) -> Iterator[str]:
        """Yield the rows in ascending order of address."""
        rows = self._rows
        for address in sorted(rows):
            yield rows[address]
