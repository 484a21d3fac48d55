"""Disks that die or fail at a chosen step, to see what a crash at that moment leaves."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator

from kea_twisted.leases.memfile.io import Disk

DIED = 9
DONE = 0


class Stepping(Disk):
    """Count the steps; *reached* is called before and after each operation, and in the middle of each write."""

    def __init__(self) -> None:
        self.step = 0

    def reached(self) -> None:
        """Be at the next step."""
        self.step += 1

    def create(self, path: str) -> int:
        self.reached()
        descriptor = super().create(path)
        self.reached()
        return descriptor

    def write(self, descriptor: int, data: bytes) -> None:
        self.reached()
        super().write(descriptor, data[: len(data) // 2])
        self.reached()
        super().write(descriptor, data[len(data) // 2 :])
        self.reached()

    def sync(self, descriptor: int) -> None:
        self.reached()
        super().sync(descriptor)

    def rename(self, path: str, name: str) -> None:
        self.reached()
        super().rename(path, name)
        self.reached()

    def unlink(self, path: str) -> None:
        self.reached()
        super().unlink(path)
        self.reached()


class Dying(Stepping):
    """End the process at step *last*, as SIGKILL does: nothing is tidied up."""

    def __init__(self, last: int) -> None:
        super().__init__()
        self.last = last

    def reached(self) -> None:
        super().reached()
        if self.step == self.last:
            os._exit(DIED)


class Failing(Stepping):
    """Fail with *error* at the steps *wrong*."""

    def __init__(self, wrong: set[int], error: int = errno.ENOSPC) -> None:
        super().__init__()
        self.wrong = wrong
        self.error = error

    def reached(self) -> None:
        super().reached()
        if self.step in self.wrong:
            raise OSError(self.error, os.strerror(self.error))


def crashes(prepare: Callable[[], None], act: Callable[[Disk], None], limit: int = 100) -> Iterator[int]:
    """Let *act* die at each of its steps in turn, in a process of its own; yield the step once it is dead.

    prepare: puts the files in place, before each time. Ends when *act* gets to its end; what that leaves is yielded
    too, as step 0.
    """
    for step in range(1, limit):
        prepare()
        if _run(act, Dying(step)) == DONE:
            assert step > 1
            yield 0
            return
        yield step
    raise AssertionError(f"more than {limit} steps")


def _run(act: Callable[[Disk], None], disk: Disk) -> int:
    """Return how the process of *act* ended."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            act(disk)
            code = DONE
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (DIED, DONE), f"not killed, but ended with {code}"
    return code
