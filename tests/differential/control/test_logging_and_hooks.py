"""Our daemon in life: its log lines have Kea's form and follow reconfiguration, and the example hook works in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.differential.cases.client4 import Client, network
from tests.differential.talk import Talk
from tests.support.client import Wire
from tests.support.kea import Kea, Server
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.requirements import require, require_namespaces

EXAMPLE = Path(__file__).parents[3] / "etc" / "kea" / "hooks" / "example.py"
LINE = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} (?:DEBUG|INFO |WARN |ERROR|FATAL) \[kea-dhcp4(?:\.[a-z0-9-]+)?/\d+\.\d+\] "
    r"(?P<id>[A-Z][A-Z0-9_]+) \S.*"
)


class Alone:
    """One server and a client beside it."""

    def __init__(self, kind: type[Server]) -> None:
        self.link = Link("ctla", ("192.0.2.1/24",), ("192.0.2.2/24",))
        self.server = kind(4, self.link)
        self.wire = Wire(self.link)

    def client(self, number: int) -> Client:
        return Client(Talk(self.server, self.wire), number)

    def close(self) -> None:
        self.server.close()
        self.wire.close()
        self.link.close()


@pytest.fixture
def alone() -> Iterator[Alone]:
    require_namespaces()
    made = Alone(Ours)
    yield made
    made.close()


def first_lines(path: Path) -> list[str]:
    """Return the lines of a log that begin a message: details go on in indented lines."""
    return [line for line in path.read_text(errors="replace").splitlines() if not line.startswith(" ")]


@pytest.mark.arm("LG-090")
@pytest.mark.parametrize("kind", [Kea, Ours], ids=["kea", "ours"])
def test_the_line_form_of_this_test_is_kea_s(kind: type[Server]) -> None:
    require("kea-dhcp4")
    require_namespaces()
    alone = Alone(kind)
    try:
        alone.server.start(network(), severity="DEBUG", debuglevel=45)
        alone.client(1).lease()
        alone.server.stop()
        lines = first_lines(alone.server.log)
    finally:
        alone.close()
    found = {match["id"] for line in lines if (match := LINE.fullmatch(line)) is not None}
    assert {
        "DHCP4_STARTING",
        "DHCP4_STARTED",
        "DHCP4_PACKET_RECEIVED",
        "DHCP4_LEASE_ALLOC",
        "COMMAND_RECEIVED",
    } <= found
    assert [line for line in lines if LINE.fullmatch(line) is None] == []


@pytest.mark.arm("LG-006", "LG-068", "LG-076", "V4-650")
def test_loggers_follow_a_reconfiguration(alone: Alone) -> None:
    log = alone.server.directory / "own.log"
    alone.server.start(network())
    loggers = [
        {
            "name": "kea-dhcp4",
            "severity": "WARN",
            "output_options": [{"output": str(log), "pattern": "%-5p %c %m\n"}],
        },
        {"name": "kea-dhcp4.leases", "severity": "INFO"},
    ]
    assert alone.server.reconfigure(network(loggers=loggers))["result"] == 0
    alone.client(1).lease()
    lines = log.read_text().splitlines()
    assert any(line.startswith("INFO  kea-dhcp4.leases DHCP4_LEASE_ALLOC [hwtype=1 ") for line in lines)
    assert not any("INFO  kea-dhcp4.commands" in line for line in lines)
    assert alone.server.reconfigure(network())["result"] == 0
    before = log.stat().st_size
    alone.client(2).lease()
    assert log.stat().st_size == before


def hooked(**parameters: Any) -> Any:
    return network(hooks_libraries=[{"library": str(EXAMPLE), "parameters": parameters}])


@pytest.mark.arm("V4-651")
def test_the_example_hook_drops_waits_counts_and_answers(alone: Alone) -> None:
    alone.server.start(hooked(delay=0.05))
    answer = alone.client(1).lease()
    assert answer is not None
    seen = alone.server.control.ask("example-seen")
    (client,) = seen["arguments"]
    assert seen["arguments"][client] == 2
    assert "example-seen" in alone.server.control.ask("list-commands")["arguments"]
    assert alone.server.reconfigure(hooked(blocked=[client]))["result"] == 0
    assert alone.client(1).discover() is None
    assert alone.client(2).lease() is not None
    assert alone.server.reconfigure(network(hooks_libraries=[]))["result"] == 0
    assert alone.server.control.ask("example-seen")["result"] == 2
    assert alone.client(1).lease() is not None


@pytest.mark.arm("OV-007")
def test_a_library_that_refuses_its_parameters_changes_nothing(alone: Alone) -> None:
    alone.server.start(hooked())
    answer = alone.server.reconfigure(hooked(blocked=["nonsense"]))
    assert answer["result"] == 1
    assert "example.py" in answer["text"]
    assert alone.server.control.ask("example-seen")["result"] == 0
    assert alone.client(1).lease() is not None


@pytest.mark.arm("OV-007")
@pytest.mark.parametrize(
    "library", ["/usr/lib/kea/hooks/libdhcp_not_there.so", "no.such.module", "/tmp/no/such/file.py"]
)
def test_a_library_that_does_not_exist_is_refused(alone: Alone, library: str) -> None:
    alone.server.start(network())
    answer = alone.server.reconfigure(network(hooks_libraries=[{"library": library}]))
    assert answer["result"] == 1
    assert Path(library).name in answer["text"]
    assert alone.client(1).lease() is not None
