"""Calls in threads: results come back in the thread of the reactor, and one that hangs holds up nothing else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from twisted.internet.defer import Deferred

from kea_twisted.net.reactor import Reader
from kea_twisted.net.workers import NO_LIMIT, GivenUp, Workers


class Watcher:
    """What watches the descriptor: a reactor that is run step by step."""

    def __init__(self) -> None:
        self.reader: Reader | None = None

    def addReader(self, reader: Reader) -> None:
        assert self.reader is None
        self.reader = reader

    def removeReader(self, reader: Reader) -> None:
        assert self.reader is reader
        self.reader = None

    def run_until(self, reached: Callable[[], bool]) -> None:
        """Read whenever something is announced, until *reached* is true."""
        end = time.monotonic() + 5
        while not reached():
            assert time.monotonic() < end
            if self.reader is not None:
                try:
                    self.reader.doRead()
                except BlockingIOError:
                    time.sleep(0.001)


class Hall:
    """Workers whose calls end when they are told to."""

    def __init__(self) -> None:
        self.watcher = Watcher()
        self.given_up: list[int] = []
        self.workers = Workers(self.watcher, self.given_up.append)
        self.doors: list[threading.Event] = []
        self.began: list[int] = []
        self.results: list[Any] = []

    def call(self) -> Deferred[Any]:
        """Begin a call that lasts until its door is opened, and returns its number."""
        number = len(self.doors)
        door = threading.Event()
        self.doors.append(door)

        def stand() -> int:
            self.began.append(number)
            assert door.wait(5)
            return number

        return self.workers.run(stand).addBoth(self._note)

    def _note(self, result: Any) -> None:
        assert threading.current_thread() is threading.main_thread()
        self.results.append(getattr(result, "value", result))


@pytest.fixture
def hall() -> Iterator[Hall]:
    made = Hall()
    yield made
    for door in made.doors:
        door.set()
    made.workers.stop()


def test_as_many_calls_run_as_there_are_threads_and_the_others_wait(hall: Hall) -> None:
    hall.workers.configure(2, NO_LIMIT)
    for _ in range(3):
        hall.call()
    hall.watcher.run_until(lambda: len(hall.began) == 2)
    assert hall.workers.pending == 3
    hall.doors[1].set()
    hall.watcher.run_until(lambda: hall.results == [1] and sorted(hall.began) == [0, 1, 2])
    hall.doors[0].set()
    hall.doors[2].set()
    hall.watcher.run_until(lambda: sorted(hall.results) == [0, 1, 2])
    assert hall.workers.pending == 0


def test_threads_that_ran_out_of_work_take_it_up_again(hall: Hall) -> None:
    hall.workers.configure(1, NO_LIMIT)
    for number in range(3):
        hall.call()
        hall.doors[number].set()
        hall.watcher.run_until(lambda: len(hall.results) == len(hall.doors))
    assert hall.results == [0, 1, 2]


def test_what_a_call_raises_comes_back_whatever_it_is(hall: Hall) -> None:
    hall.workers.configure(1, NO_LIMIT)
    failures: list[Any] = []
    for error in (ZeroDivisionError("oops"), SystemExit(3)):

        def fail(error: BaseException = error) -> None:
            raise error

        hall.workers.run(fail).addErrback(lambda failure: failures.append(failure.value))
    hall.watcher.run_until(lambda: len(failures) == 2)
    assert [type(each) for each in failures] == [ZeroDivisionError, SystemExit]


def test_where_too_many_wait_the_oldest_are_given_up(hall: Hall) -> None:
    hall.workers.configure(1, 2)
    hall.call()
    hall.watcher.run_until(lambda: hall.began == [0])
    for _ in range(4):
        hall.call()
    assert hall.given_up == [1, 1]
    hall.watcher.run_until(lambda: len(hall.results) == 2)
    assert [type(each) for each in hall.results] == [GivenUp, GivenUp]
    for door in hall.doors:
        door.set()
    hall.watcher.run_until(lambda: hall.results[2:] == [0, 3, 4])
    assert hall.began == [0, 3, 4]


def test_calls_that_bring_others_when_they_are_given_up_do_not_pile_up_on_the_stack(hall: Hall) -> None:
    hall.workers.configure(1, 300)
    left = 2000

    def again(failure: Any) -> None:
        nonlocal left
        failure.trap(GivenUp)
        left -= 1
        if left > 0:
            hall.workers.run(int).addErrback(again)

    hall.call()
    hall.watcher.run_until(lambda: hall.began == [0])
    for _ in range(301):
        hall.workers.run(int).addErrback(again)
    hall.watcher.run_until(lambda: left == 0)
    assert hall.workers.pending == 301


def test_a_call_that_nobody_waits_for_is_not_made(hall: Hall) -> None:
    hall.workers.configure(1, NO_LIMIT)
    hall.call()
    hall.watcher.run_until(lambda: hall.began == [0])
    waiting = hall.call()
    hall.call()
    waiting.cancel()
    for door in hall.doors:
        door.set()
    hall.watcher.run_until(lambda: hall.results[-1] == 2)
    assert hall.began == [0, 2]
    assert hall.workers.pending == 0


def test_more_threads_take_up_what_waits_at_once(hall: Hall) -> None:
    hall.workers.configure(1, NO_LIMIT)
    hall.call()
    hall.call()
    hall.watcher.run_until(lambda: hall.began == [0])
    hall.workers.configure(2, NO_LIMIT)
    hall.watcher.run_until(lambda: hall.began == [0, 1])


def test_a_shorter_line_gives_up_what_does_not_fit(hall: Hall) -> None:
    hall.workers.configure(1, NO_LIMIT)
    for _ in range(4):
        hall.call()
    hall.watcher.run_until(lambda: hall.began == [0])
    hall.workers.configure(1, 1)
    assert hall.given_up == [2]


def test_what_waits_is_done_where_the_next_configuration_has_no_threads(hall: Hall) -> None:
    hall.workers.configure(1, NO_LIMIT)
    hall.call()
    hall.call()
    hall.workers.configure(0, NO_LIMIT)
    for door in hall.doors:
        door.set()
    hall.watcher.run_until(lambda: hall.results == [0, 1])


def test_to_stop_gives_up_what_waits_and_does_not_wait_for_what_hangs(hall: Hall) -> None:
    hall.workers.configure(1, NO_LIMIT)
    hall.call()
    hall.call()
    hall.watcher.run_until(lambda: hall.began == [0])
    begun = time.monotonic()
    hall.workers.stop()
    assert time.monotonic() - begun < 1
    assert [type(each) for each in hall.results] == [GivenUp, GivenUp]
    assert hall.watcher.reader is None
    hall.doors[0].set()  # and who comes late finds nobody


def test_the_mean_length_of_the_line_follows_its_length_at_three_speeds(hall: Hall) -> None:
    hall.workers.configure(1, NO_LIMIT)
    assert hall.workers.means == [0, 0, 0]
    for _ in range(21):
        hall.call()
    fast, middle, slow = hall.workers.means
    assert 0 < slow < middle < fast < 20
