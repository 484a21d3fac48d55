"""Dumps of the kernel as they come over a socket, taken apart."""

from __future__ import annotations

import socket
import struct
import subprocess
from collections.abc import Iterator, Sequence
from typing import Any, cast

import pytest

from kea_twisted.net.interfaces import detect
from kea_twisted.net.netlink import ADDRESSES, LINKS, dump
from tests.support.namespaces import Link, entered
from tests.support.requirements import require_namespaces

DONE = 3
ERROR = 2
INTERRUPTED = 0x10


def message(kind: int, body: bytes = b"", flags: int = 2) -> bytes:
    return struct.pack("=IHHII", 16 + len(body), kind, flags, 0, 0) + body + bytes(-len(body) % 4)


def attribute(number: int, body: bytes) -> bytes:
    return struct.pack("=HH", 4 + len(body), number) + body + bytes(-len(body) % 4)


def link(index: int, name: bytes) -> bytes:
    return message(16, struct.pack("=BxHiII", 0, 1, index, 1, 0) + attribute(1, b"\2\0\0\0\0\1") + attribute(3, name))


class Kernel:
    """A socket that answers each request with the next of *dumps*, part by part."""

    def __init__(self, *dumps: Sequence[bytes]) -> None:
        self.dumps = iter(dumps)
        self.parts: Iterator[bytes] = iter(())
        self.requests: list[bytes] = []

    def send(self, octets: bytes) -> None:
        self.requests.append(octets)
        self.parts = iter(next(self.dumps))

    def recv(self, _most: int) -> bytes:
        return next(self.parts)


def asked(kernel: Kernel, kind: Any = LINKS) -> list[tuple[bytes, dict[int, bytes]]]:
    return dump(cast(socket.socket, kernel), kind)


def test_objects_come_in_several_parts_with_several_messages_each() -> None:
    kernel = Kernel((link(1, b"lo\0") + link(2, b"eth0\0"), link(3, b"eth0.17\0"), message(DONE, bytes(4))))
    assert [row[1][3] for row in asked(kernel)] == [b"lo\0", b"eth0\0", b"eth0.17\0"]
    assert [row[1][1] for row in asked(Kernel((link(1, b"lo\0") + message(DONE, bytes(4)),)))] == [b"\2\0\0\0\0\1"]


def test_a_request_asks_for_all_of_a_kind() -> None:
    kernel = Kernel((message(DONE, bytes(4)),))
    assert asked(kernel, ADDRESSES) == []
    assert kernel.requests == [struct.pack("=IHHII", 24, 22, 0x301, 0, 0) + bytes(8)]


def test_a_dump_that_something_changed_under_is_asked_for_again() -> None:
    changed = (link(1, b"lo\0"), message(DONE, bytes(4), INTERRUPTED))
    kernel = Kernel(changed, (link(1, b"lo\0"), link(2, b"eth0\0"), message(DONE, bytes(4))))
    assert len(asked(kernel)) == 2
    assert len(kernel.requests) == 2


def test_what_changes_all_the_time_is_taken_as_it_is() -> None:
    changed = (link(1, b"lo\0"), message(DONE, bytes(4), INTERRUPTED))
    assert len(asked(Kernel(*[changed] * 9))) == 1


def test_an_error_of_the_kernel_is_an_error() -> None:
    with pytest.raises(PermissionError):
        asked(Kernel((message(ERROR, struct.pack("=i", -1) + bytes(16)),)))
    with pytest.raises(OSError, match="memory"):
        asked(Kernel((link(1, b"lo\0"), message(DONE, struct.pack("=i", -12)))))


@pytest.mark.parametrize("cut", range(0, 48, 3))
def test_messages_that_are_cut_short_do_no_harm(cut: int) -> None:
    octets = link(1, b"lo\0")
    assert len(asked(Kernel((octets[: len(octets) - cut], message(DONE, bytes(4)))))) <= 1


def test_all_of_many_interfaces_are_found() -> None:
    require_namespaces()
    with Link("many", ("192.0.2.1/24", "2001:db8::1/64"), ("192.0.2.77/24",)) as made, entered(made.server):
        lines = [f"link add many{number} type veth peer name other{number}" for number in range(60)]
        lines += [f"addr add 198.51.100.{number}/32 dev many{number}" for number in range(60)]
        subprocess.run(("ip", "-batch", "-"), input="\n".join(lines), text=True, check=True, timeout=30)
        found = detect()
        assert {f"many{number}" for number in range(60)} <= set(found)
        assert found["many59"].addresses4 == (0xC6336400 | 59,)
        assert len(found["many59"].mac) == 6
        assert found["lo"].is_loopback
