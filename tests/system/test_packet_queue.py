"""A running server under more packets than it can answer: the newest are answered if a queue is configured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.crowd import Crowd
from tests.support.ours import ROOT
from tests.support.requirements import require_namespaces

NEWEST_FIRST = str(ROOT / "etc" / "kea" / "hooks" / "newest_first.py")
BURST = 40


class Burst(Crowd):
    """A server that is sent BURST packets at once."""

    def burst(self, expected: int = BURST) -> list[int]:
        """Return which packets of a burst were answered, in the order of the answers, *expected* or more."""
        return self.answered(range(BURST), expected)


@pytest.fixture(params=[4, 6], ids=["dhcp4", "dhcp6"])
def burst(request: pytest.FixtureRequest) -> Iterator[Burst]:
    require_namespaces()
    made = Burst(request.param, "queue")
    try:
        yield made
        assert "Traceback" not in made.server.log.read_text(errors="replace")
    finally:
        made.close()


@pytest.mark.arm("CG-001", "CG-002", "CG-004", "CG-005", "CG-006", "CG-007", "CG-008", "CG-013", "V6-339")
def test_a_ring_keeps_the_newest_packets(burst: Burst) -> None:
    family = burst.family
    everything, newest = list(range(BURST)), list(range(BURST - 5, BURST))
    assert burst.burst() == everything, "without the section there is no queue"
    assert burst.configure(dhcp_queue_control={"enable-queue": False, "capacity": 5})["result"] == 0
    assert burst.burst() == everything
    assert burst.configure(dhcp_queue_control={"enable-queue": True, "capacity": 5})["result"] == 0
    before = burst.server.received()
    assert burst.burst(5) == newest
    assert burst.server.received() - before == 5, "as in Kea, packets count when they leave the queue"
    log = burst.server.log.read_text()
    assert f"DHCP{family}_CONFIG_PACKET_QUEUE" in log
    assert f'{{"capacity": 5, "queue-type": "kea-ring{family}", "size": 0}}' in log
    assert "35 packets were dropped from the queue" in log
    assert burst.configure(dhcp_queue_control={"enable-queue": True})["result"] == 0
    assert burst.burst() == everything, "64 are enough for all"
    shown = burst.server.control.ask("config-get")["arguments"][f"Dhcp{family}"]["dhcp-queue-control"]
    assert shown == {"enable-queue": True, "queue-type": f"kea-ring{family}", "capacity": 64}
    refused = burst.configure(dhcp_queue_control={"enable-queue": True, "queue-type": f"kea-ring{10 - family}"})
    assert refused["result"] == 1
    assert f"'kea-ring{10 - family}' is not supported" in refused["text"]


@pytest.mark.arm("CG-003", "CG-006")
def test_a_hook_library_brings_a_queue_of_its_own(burst: Burst) -> None:
    library = {"hooks_libraries": [{"library": NEWEST_FIRST}]}
    mine = {"enable-queue": True, "queue-type": "newest-first", "capacity": 7}
    assert burst.configure(**library, dhcp_queue_control=mine)["result"] == 0
    latest = list(range(BURST - 1, BURST - 8, -1))
    assert burst.burst(7) == latest
    for control, reason in (
        ({**mine, "queue-type": "no-such"}, "'no-such' is not supported"),
        ({**mine, "capacity": 0}, "newest-first: the capacity must not be 0"),
    ):
        refused = burst.configure(**library, dhcp_queue_control=control)
        assert refused["result"] == 1
        assert "dhcp-queue-control" in refused["text"] and reason in refused["text"]
        assert burst.burst(7) == latest, "the former queue stays"
    assert burst.server.control.ask("libreload")["result"] == 0
    assert burst.burst(7) == latest
    assert burst.configure(dhcp_queue_control=mine)["result"] == 1, "the library has gone, and its kind of queue"
    assert burst.configure(dhcp_queue_control={"enable-queue": False})["result"] == 0
    assert len(burst.burst()) == BURST


@pytest.mark.arm("CG-011", "V4-420", "V6-335", "V6-337", "V6-339")
def test_multi_threading_switches_the_queue_off_and_says_what_there_is(burst: Burst) -> None:
    control = {"enable-queue": True, "queue-type": "whatever", "capacity": 7}

    def status() -> dict[str, Any]:
        told = burst.server.control.ask("status-get")["arguments"]
        return {name: value for name, value in told.items() if name.startswith(("multi", "thread", "packet"))}

    assert status() == {"multi-threading-enabled": False}
    sized = {"enable-multi-threading": True, "thread-pool-size": 4, "packet-queue-size": 5}
    assert burst.configure(multi_threading=sized, dhcp_queue_control=control)["result"] == 0
    whole = burst.server.control.ask("config-get")["arguments"][f"Dhcp{burst.family}"]
    assert whole["dhcp-queue-control"] == {**control, "enable-queue": False}
    assert whole["multi-threading"] == sized
    assert len(burst.burst()) == BURST, "packets that need no thread wait for none"
    assert status() == {
        "multi-threading-enabled": True,
        "thread-pool-size": 4,
        "packet-queue-size": 5,
        "packet-queue-statistics": [0.0, 0.0, 0.0],
    }
    assert burst.server.control.ask("config-write")["result"] == 0
    assert burst.server.control.ask("config-reload")["result"] == 0  # threads are told of where a file is read
    log = burst.server.log.read_text()
    assert f"DHCP{burst.family}_MULTI_THREADING_INFO enabled: yes, number of threads: 4, queue size: 5" in log
    assert f"DHCP{burst.family}_RESERVATIONS_LOOKUP_FIRST_ENABLED" in log
    assert "not implemented yet" not in log
    assert burst.configure(multi_threading={**sized, "thread-pool-size": -1})["result"] == 1
    assert burst.configure(multi_threading={**sized, "enable-multi-threading": False})["result"] == 0
    assert status() == {"multi-threading-enabled": False}
