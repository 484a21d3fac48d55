"""Multi-threading in a running server: packets whose callouts block wait beside one another, and others for none."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.crowd import Crowd
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


class Server(Crowd):
    """A server with a library that takes a tenth of a second for a packet."""

    def __init__(self, family: int, directory: Path) -> None:
        self.directory = directory
        super().__init__(family, "threads")

    def thread(self, compatible: bool = True, **threads: Any) -> None:
        """Put *threads* in force as `multi-threading`, `_` in place of `-`, with the library."""
        library = self.directory / f"blocking{compatible}.py"
        function = "multi_threading_compatible" if compatible else "something_else"
        library.write_text(LIBRARY.format(family=self.family, compatible=function))
        section = {"enable-multi-threading": bool(threads)}
        section.update({name.replace("_", "-"): value for name, value in threads.items()})
        configured = self.configure(hooks_libraries=[{"library": str(library)}], multi_threading=section)
        assert configured["result"] == 0


@pytest.fixture(params=[4, 6], ids=["dhcp4", "dhcp6"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    require_namespaces()
    made = Server(request.param, tmp_path)
    try:
        yield made
        assert "Traceback" not in made.server.log.read_text(errors="replace")
    finally:
        made.close()


@pytest.mark.arm("V4-420", "V6-335", "V6-337")
def test_packets_that_wait_for_a_library_wait_side_by_side(server: Server) -> None:
    everyone = list(range(CLIENTS))
    server.thread()
    assert server.answered(everyone, CLIENTS) == everyone
    assert server.ask("most-get") == {"most": 1, "threads": 1, "main": True}
    assert [name for name in STATUS if name in server.ask("status-get")] == ["multi-threading-enabled"]

    server.thread(thread_pool_size=4, packet_queue_size=28)
    assert sorted(server.answered(everyone, CLIENTS)) == everyone
    assert server.ask("most-get") == {"most": 4, "threads": 4, "main": False}
    status = server.ask("status-get")
    assert [status[name] for name in STATUS[:3]] == [True, 4, 28]
    assert 0 < status["packet-queue-statistics"][2] < status["packet-queue-statistics"][0] < CLIENTS


def test_where_too_many_packets_wait_for_a_thread_the_newest_are_answered(server: Server) -> None:
    server.thread(thread_pool_size=1, packet_queue_size=3)
    found = server.answered(range(CLIENTS), 3, 0.3)
    assert found[-3:] == [9, 10, 11]
    assert len(found) < CLIENTS
    name = f"pkt{server.family}-receive-drop"
    assert server.server.control.ask("statistic-get", {"name": name})["arguments"][name][0][0] == CLIENTS - len(found)


def test_a_client_that_repeats_itself_is_answered_once(server: Server) -> None:
    server.thread(thread_pool_size=4)
    assert sorted(server.answered([1, 1, 2, 1], 2, 0.3)) == [1, 2]
    assert server.ask("most-get")["most"] == 2


def test_a_library_that_does_not_say_it_may_runs_in_the_main_thread(server: Server) -> None:
    server.thread(False, thread_pool_size=4)
    assert server.answered([1, 2, 3], 3) == [1, 2, 3]
    assert server.ask("most-get") == {"most": 1, "threads": 1, "main": True}


def test_the_server_stops_while_packets_wait(server: Server) -> None:
    server.thread(thread_pool_size=2)
    server.speak(range(CLIENTS))
    assert server.wire.receive(5) is not None
    assert server.server.process is not None
    server.server.process.send_signal(signal.SIGTERM)
    assert server.server.process.wait(5) == 0


def test_packets_that_wait_are_given_up_where_leases_are_kept_elsewhere_from_now_on(server: Server) -> None:
    server.thread(thread_pool_size=1)
    server.speak(range(CLIENTS))
    assert server.wire.receive(5) is not None
    elsewhere = {"type": "memfile", "name": str(server.directory / "others.csv")}
    assert server.configure(lease_database=elsewhere)["result"] == 0
    assert server.answered([50], 1, 0.5) == [50]
    assert " ERROR " not in server.server.log.read_text(errors="replace")
