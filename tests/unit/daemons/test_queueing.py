"""Packets that were dropped are told of, all of them and not too often; a broken factory is a mistake of the file."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import Any

import pytest
from twisted.internet.task import Clock

from kea_twisted.config.parse import load_object, load_text
from kea_twisted.daemons.dhcp4 import Parts4
from kea_twisted.daemons.queueing import REPEAT, Queueing, threads_wanted
from kea_twisted.errors import ConfigError
from kea_twisted.family import V4
from kea_twisted.log import logger as loggers
from kea_twisted.log.message import Message
from kea_twisted.log.sink import message_text
from kea_twisted.net.packet_queue import Ring

PROCESSORS = len(os.sched_getaffinity(0))


@pytest.fixture
def lines() -> Any:
    found: list[str] = []

    def emit(_logger: loggers.Logger, message: Message, arguments: tuple[object, ...]) -> None:
        found.append(message_text(message, arguments))

    def adopt(logger: loggers.Logger) -> None:
        logger.emit = emit

    loggers.install(adopt)
    yield found
    loggers.uninstall()


@pytest.fixture
def queueing() -> Queueing:
    daemon: Any = SimpleNamespace(parts=Parts4(), reactor=Clock(), sockets=SimpleNamespace(watcher=None))
    return Queueing(daemon)


def test_dropped_packets_are_told_of_at_once_and_then_every_ten_seconds(queueing: Queueing, lines: list[str]) -> None:
    clock: Any = queueing._daemon.reactor
    for dropped in (5, 7, 1):
        queueing._overflowed(dropped)
    assert len(lines) == 1 and "5 packets were dropped" in lines[0]
    clock.advance(REPEAT)
    assert "8 packets were dropped" in lines[1]
    clock.advance(REPEAT)
    assert len(lines) == 2
    assert clock.getDelayedCalls() == []
    queueing._overflowed(2)
    assert "2 packets were dropped" in lines[2]


def test_what_a_factory_raises_is_a_mistake_at_the_section(queueing: Queueing) -> None:
    def fail(parameters: Any) -> Ring:
        raise KeyError("weight")

    queueing.types.register("mine", fail)
    control = '"dhcp-queue-control": {"enable-queue": true, "queue-type": "mine"}'
    text = f'{{"Dhcp4": {{"hooks-libraries": [{{"library": "x"}}],\n{control}}}}}'
    candidate: Any = SimpleNamespace(model=load_text(text, "f", V4).model)
    with pytest.raises(ConfigError, match=r"Dhcp4/dhcp-queue-control: KeyError: 'weight' \(f:2:23\)"):
        queueing.prepare(candidate)


@pytest.mark.parametrize(
    ("section", "threads", "waiting"),
    [
        (None, 0, 0),
        ({"enable-multi-threading": False, "thread-pool-size": 4}, 0, 0),
        ({"enable-multi-threading": True}, PROCESSORS, 64),
        ({"enable-multi-threading": True, "thread-pool-size": 0, "packet-queue-size": 0}, PROCESSORS, 0),
        ({"enable-multi-threading": True, "thread-pool-size": 12, "packet-queue-size": 792}, 12, 792),
    ],
)
@pytest.mark.arm("V4-420", "V6-335")
def test_threads_are_as_many_as_configured_or_one_a_processor(section: Any, threads: int, waiting: int) -> None:
    configuration = {} if section is None else {"multi-threading": section}
    assert threads_wanted(load_object({"Dhcp4": configuration}, V4).model) == (threads, waiting)
