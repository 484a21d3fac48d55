"""Multi-threading in a running server: packets whose callouts block wait beside one another, and others for none."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.client import Wire, frame4, frame6
from tests.support.kea import Json
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.packets import DISCOVER, SOLICIT, innermost, parse4, parse6, query4, query6
from tests.support.requirements import require_namespaces

CLIENTS = 12
STATUS = ("multi-threading-enabled", "thread-pool-size", "packet-queue-size", "packet-queue-statistics")

LIBRARY = '''
"""A library that blocks, as one that asks a database does, and knows how many packets it holds up at once."""
import threading
import time

lock = threading.Lock()
inside = most = 0
threads = set()

def {compatible}():
    return 1

def pkt{family}_receive(handle):
    global inside, most
    with lock:
        inside += 1
        most = max(most, inside)
        threads.add(threading.current_thread())
    time.sleep(0.1)
    with lock:
        inside -= 1

def load(library):
    log = library.logger("blocking-hooks")

    @library.command("most-get")
    def most_get(request):
        main = threading.main_thread() in threads
        return {{"result": 0, "arguments": {{"most": most, "threads": len(threads), "main": main}}}}
'''


class Server:
    """A server with a library that takes a tenth of a second for a packet."""

    def __init__(self, family: int, directory: Path) -> None:
        self.family = family
        self.directory = directory
        self.link = Link("threads", ("192.0.2.1/24", "2001:db8:1::1/64"))
        self.server = Ours(family, self.link)
        self.wire = Wire(self.link)
        self.server.start(self.configuration())

    def configuration(self, compatible: bool = True, **threads: Any) -> Json:
        """Return a configuration with *threads* in `multi-threading`, `_` in place of `-`."""
        library = self.directory / f"blocking{compatible}.py"
        function = "multi_threading_compatible" if compatible else "something_else"
        library.write_text(LIBRARY.format(family=self.family, compatible=function))
        subnets: Json = {
            4: {"subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.250"}]},
            6: {"subnet": "2001:db8:1::/64", "interface": "srv0", "pools": [{"pool": "2001:db8:1::/80"}]},
        }
        return {
            "interfaces-config": {"interfaces": ["srv0"]},
            f"subnet{self.family}": [subnets[self.family]],
            "hooks-libraries": [{"library": str(library)}],
            "multi-threading": {
                "enable-multi-threading": bool(threads),
                **{name.replace("_", "-"): value for name, value in threads.items()},
            },
        }

    def configure(self, compatible: bool = True, **threads: Any) -> None:
        """Put a configuration in force."""
        assert self.server.reconfigure(self.configuration(compatible, **threads))["result"] == 0

    def ask(self, command: str) -> Json:
        """Return the arguments of the answer to a command."""
        arguments: Json = self.server.control.ask(command)["arguments"]
        return arguments

    def hear(self, clients: list[int]) -> None:
        """Send a query for each of *clients*, all at once."""
        assert self.server.process is not None
        self.wire.drain()
        self.server.process.send_signal(signal.SIGSTOP)
        for number in clients:
            if self.family == 4:
                self.wire.send(frame4(query4(DISCOVER, number).pack()))
            else:
                self.wire.send(frame6(query6(SOLICIT, number, xid=number).pack()))
        self.server.process.send_signal(signal.SIGCONT)

    def answered(self, clients: list[int], least: int) -> list[int]:
        """Send a query for each of *clients* at once; return who is answered, in order, *least* or more."""
        self.hear(clients)
        found: list[int] = []
        frame = self.wire.receive(5)
        while frame is not None:
            if self.family == 4:
                found.append(parse4(frame.payload).xid - 0x10000)
            else:
                found.append(innermost(parse6(frame.payload)).xid)
            frame = self.wire.receive(5 if len(found) < least else 0.3)
        return found

    def close(self) -> None:
        """Stop the server and remove the link."""
        self.server.close()
        self.wire.close()
        self.link.close()


@pytest.fixture(params=[4, 6], ids=["dhcp4", "dhcp6"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    require_namespaces()
    made = Server(request.param, tmp_path)
    yield made
    made.close()


@pytest.mark.arm("V4-420", "V6-335", "V6-337")
def test_packets_that_wait_for_a_library_wait_side_by_side(server: Server) -> None:
    everyone = list(range(CLIENTS))
    assert server.answered(everyone, CLIENTS) == everyone
    assert server.ask("most-get") == {"most": 1, "threads": 1, "main": True}
    assert [name for name in STATUS if name in server.ask("status-get")] == ["multi-threading-enabled"]

    server.configure(thread_pool_size=4, packet_queue_size=28)
    assert sorted(server.answered(everyone, CLIENTS)) == everyone
    assert server.ask("most-get") == {"most": 4, "threads": 4, "main": False}
    status = server.ask("status-get")
    assert [status[name] for name in STATUS[:3]] == [True, 4, 28]
    assert 0 < status["packet-queue-statistics"][2] < status["packet-queue-statistics"][0] < CLIENTS


def test_where_too_many_packets_wait_for_a_thread_the_newest_are_answered(server: Server) -> None:
    server.configure(thread_pool_size=1, packet_queue_size=3)
    found = server.answered(list(range(CLIENTS)), 3)
    assert found[-3:] == [9, 10, 11]
    assert len(found) < CLIENTS
    name = f"pkt{server.family}-receive-drop"
    assert server.server.control.ask("statistic-get", {"name": name})["arguments"][name][0][0] == CLIENTS - len(found)


def test_a_client_that_repeats_itself_is_answered_once(server: Server) -> None:
    server.configure(thread_pool_size=4)
    assert sorted(server.answered([1, 1, 2, 1], 2)) == [1, 2]
    assert server.ask("most-get")["most"] == 2


def test_a_library_that_does_not_say_it_may_runs_in_the_main_thread(server: Server) -> None:
    server.configure(False, thread_pool_size=4)
    assert server.answered([1, 2, 3], 3) == [1, 2, 3]
    assert server.ask("most-get") == {"most": 1, "threads": 1, "main": True}


def test_the_server_stops_while_packets_wait(server: Server) -> None:
    server.configure(thread_pool_size=2)
    server.hear(list(range(CLIENTS)))
    assert server.wire.receive(5) is not None
    assert server.server.process is not None
    server.server.process.send_signal(signal.SIGTERM)
    assert server.server.process.wait(5) == 0
