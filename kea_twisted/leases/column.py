"""The columns of a lease file as data, and what a header line says about the file's version.

The tables are in :mod:`.v4` and :mod:`.v6`. Not here: the octets of a row (:mod:`.memfile.rows`) and files
(:mod:`.memfile.io`).
"""

from __future__ import annotations

from dataclasses import dataclass

from kea_twisted.errors import StoreError


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a lease file.

    name: as in the header. since: the schema version that brought it. kind: how its text is made, see .v4. field:
    the attribute of the lease it fills; "" for none. default: its text in rows of files that are older.
    """

    name: str
    since: str
    kind: str
    field: str
    default: str
    meaning: str


@dataclass(frozen=True, slots=True)
class FileVersion:
    """What a header line says. columns: how many the rows of the file have at least. older, newer: than ours.

    version: the newest schema version that all columns we know come from.
    """

    columns: int
    version: str
    older: bool = False
    newer: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns of one family's lease file, oldest first; version: the newest one, ours."""

    columns: tuple[Column, ...]

    @property
    def version(self) -> str:
        """The schema version of what we write."""
        return self.columns[-1].since

    @property
    def header(self) -> str:
        """The header line, without its line end."""
        return ",".join(column.name for column in self.columns)

    @property
    def oldest(self) -> int:
        """The number of columns of the oldest files that can be read."""
        first = self.columns[0].since
        return sum(1 for column in self.columns if column.since == first)

    @property
    def defaults(self) -> tuple[str, ...]:
        """The texts that fill up rows of older files, one a column."""
        return tuple(column.default for column in self.columns)

    def begins(self, line: str) -> bool:
        """Return whether *line* is the start of our header, but not all of it."""
        return len(line) < len(self.header) and self.header.startswith(line)

    def read_header(self, line: str, file: str) -> FileVersion:
        """Return what the header *line* of *file* says; StoreError if it is not one.

        Columns beyond ours make the file newer; they are left out when its rows are read. LE-060.
        """
        names = line.split(",")
        for name, column in zip(names, self.columns, strict=False):
            if name != column.name:
                raise StoreError(f"invalid header '{line}' in CSV file '{file}': '{name}' instead of '{column.name}'")
        if len(names) < self.oldest:
            raise StoreError(
                f"invalid header '{line}' in CSV file '{file}': {len(names)} columns, at least {self.oldest} are needed"
            )
        ours = len(self.columns)
        read = min(len(names), ours)
        return FileVersion(read, self.columns[read - 1].since, older=len(names) < ours, newer=len(names) > ours)
