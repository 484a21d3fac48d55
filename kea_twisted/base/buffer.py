"""A reader that cannot run past its end, and the writer beside it.

For option bodies and files, where correctness counts. The fixed headers of packets are read with precompiled
structs in :mod:`kea_twisted.wire`, because they are on the path of every packet.
"""

from __future__ import annotations

from kea_twisted.errors import WireError


class Reader:
    """Read *octets* front to back; every read checks the end and raises WireError beyond it.

    code: the option the octets belong to, named in errors.
    """

    __slots__ = ("code", "end", "octets", "offset")

    def __init__(self, octets: bytes, offset: int = 0, end: int | None = None, code: int | None = None) -> None:
        self.octets = octets
        self.offset = offset
        self.end = len(octets) if end is None else end
        self.code = code

    def __len__(self) -> int:
        """Return the number of octets not read yet."""
        return self.end - self.offset

    def take(self, count: int) -> bytes:
        """Return the next *count* octets."""
        start = self.offset
        stop = start + count
        if stop > self.end:
            raise WireError(f"{count} octets wanted, {self.end - start} left", start, self.code)
        self.offset = stop
        return self.octets[start:stop]

    def unsigned(self, width: int) -> int:
        """Return the next *width* octets as a big-endian unsigned integer."""
        return int.from_bytes(self.take(width), "big")

    def signed(self, width: int) -> int:
        """Return the next *width* octets as a big-endian two's complement integer."""
        return int.from_bytes(self.take(width), "big", signed=True)

    def u8(self) -> int:
        """Return one octet."""
        return self.unsigned(1)

    def u16(self) -> int:
        """Return two octets as an unsigned integer."""
        return self.unsigned(2)

    def u32(self) -> int:
        """Return four octets as an unsigned integer."""
        return self.unsigned(4)

    def address4(self) -> int:
        """Return an IPv4 address as an integer."""
        return self.unsigned(4)

    def address6(self) -> int:
        """Return an IPv6 address as an integer."""
        return self.unsigned(16)

    def rest(self) -> bytes:
        """Return all that is left."""
        return self.take(self.end - self.offset)

    def sub(self, count: int) -> Reader:
        """Return a reader of the next *count* octets only, and step over them."""
        start = self.offset
        self.take(count)
        return Reader(self.octets, start, start + count, self.code)

    def finish(self) -> None:
        """Raise WireError if octets are left over."""
        if self.offset != self.end:
            raise WireError(f"{self.end - self.offset} octets left over", self.offset, self.code)


class Writer:
    """Collect octets; the methods mirror those of :class:`Reader`."""

    __slots__ = ("octets",)

    def __init__(self) -> None:
        self.octets = bytearray()

    def put(self, octets: bytes) -> None:
        """Append *octets*."""
        self.octets += octets

    def unsigned(self, value: int, width: int) -> None:
        """Append *value* big-endian in *width* octets; OverflowError if it does not fit."""
        self.octets += value.to_bytes(width, "big")

    def signed(self, value: int, width: int) -> None:
        """Append *value* in two's complement in *width* octets; OverflowError if it does not fit."""
        self.octets += value.to_bytes(width, "big", signed=True)

    def finish(self) -> bytes:
        """Return all that was written."""
        return bytes(self.octets)
