"""The same requests to the control sockets of Kea 2.2.0 and of ours, answers compared."""

from __future__ import annotations

import json
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.differential.control.requests import COMMANDS, LISTS, MALFORMED, OWN_TEXT, SHAPES
from tests.support.kea import Kea, Server
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.requirements import require, require_namespaces

CONFIGURATIONS = {
    4: {"interfaces-config": {"interfaces": []}, "subnet4": [{"subnet": "192.0.2.0/24"}]},
    6: {"interfaces-config": {"interfaces": []}, "subnet6": [{"subnet": "2001:db8:1::/64"}]},
}

Both = tuple[Server, Server]

ROWS = {
    "build-report": "V4-556",
    "config-get": "V4-557",
    "config-set": "V4-559",
    "config-test": "V4-560",
    "config-write": "V4-561",
    "dhcp-disable": "V4-562",
    "dhcp-enable": "V4-563",
    "leases-reclaim": "V4-564",
    "list-commands": "V4-565",
    "status-get": "V4-567",
    "version-get": "V4-568",
}
"""The rows of commands whose answers are compared one by one."""


def _naming_rows(*texts: str) -> list[object]:
    """Return requests as parameters that name the row of their command."""
    found = []
    for text in texts:
        rows = [row for name, row in ROWS.items() if f'"command": "{name}"' in text]
        found.append(pytest.param(text, id=text, marks=[pytest.mark.arm(row) for row in rows]))
    return found


@pytest.fixture(scope="module", params=[4, 6])
def both(request: pytest.FixtureRequest) -> Iterator[Both]:
    """Kea and ours of one family, each in a namespace of its own."""
    family: int = request.param
    require(f"kea-dhcp{family}")
    require_namespaces()
    addresses = ("192.0.2.1/24",), ("192.0.2.2/24",)
    with Link("ctlk", *addresses) as first, Link("ctlo", *addresses) as second:
        servers = Kea(family, first), Ours(family, second)
        try:
            for server in servers:
                server.start(CONFIGURATIONS[family])
            yield servers
        finally:
            for server in servers:
                server.close()


def answers(both: Both, text: str) -> tuple[object, object]:
    """Return Kea's and our answer to one request."""
    found = []
    for server in both:
        root, other = ("Dhcp4", "Dhcp6") if server.family == 4 else ("Dhcp6", "Dhcp4")
        request = text.replace("@ROOT@", root).replace("@OTHER@", other).replace("@DIR@", str(server.directory))
        answer = json.dumps(server.control.ask_raw(request.encode()), sort_keys=True)
        found.append(json.loads(answer.replace(str(server.directory), "@DIR@")))
    return found[0], found[1]


@pytest.mark.parametrize("text", _naming_rows(*MALFORMED, *LISTS, *COMMANDS))
@pytest.mark.arm("V4-555")
def test_the_answer_is_kea_s(both: Both, text: str) -> None:
    kea, ours = answers(both, text)
    assert isinstance(kea, dict)
    assert isinstance(ours, dict)
    if any(re.fullmatch(each, text) for each in OWN_TEXT):
        assert ours["result"] == kea["result"]
        assert ours["text"]
        return
    for each in (kea, ours):
        if "size" in (each.get("arguments") or ()):
            assert each["arguments"].pop("size") > 100
    assert ours == kea


@pytest.mark.parametrize("text", _naming_rows(*SHAPES))
def test_the_answer_has_kea_s_members(both: Both, text: str) -> None:
    kea, ours = answers(both, text)
    assert _shape(ours) == _shape(kea)


def _shape(value: object) -> object:
    """Return the result and the names and types of the members, two levels deep."""
    assert isinstance(value, dict)
    arguments = value.get("arguments")
    inner = {name: type(each).__name__ for name, each in arguments.items()} if isinstance(arguments, dict) else None
    return value["result"], sorted(value), inner


@pytest.mark.parametrize(
    "section",
    [
        {"enable-multi-threading": False, "thread-pool-size": 4},
        {"enable-multi-threading": True},
        {"enable-multi-threading": True, "thread-pool-size": 0, "packet-queue-size": 0},
        {"enable-multi-threading": True, "thread-pool-size": 4, "packet-queue-size": 28},
    ],
)
@pytest.mark.arm("V4-420", "V6-335", "V6-337", "CT-122", "CT-123")
def test_the_threads_that_status_get_tells_are_kea_s(both: Both, section: dict[str, Any]) -> None:
    told = []
    for server in both:
        assert server.reconfigure({**CONFIGURATIONS[server.family], "multi-threading": section})["result"] == 0
        arguments = server.control.ask("status-get")["arguments"]
        told.append({name: each for name, each in arguments.items() if "thread" in name or "packet-queue" in name})
        assert server.reconfigure(CONFIGURATIONS[server.family])["result"] == 0
    assert told[1] == told[0]


@pytest.mark.arm("CT-068", "V4-555")
@pytest.mark.parametrize("sent", [b"", b'{"command":"list-commands"'])
def test_a_silent_client_hears_the_same_after_the_same_time(both: Both, sent: bytes) -> None:
    channels = []
    for server in both:
        channel = socket.socket(socket.AF_UNIX)
        channel.settimeout(15)
        channel.connect(str(server.control.path))
        channel.sendall(sent)
        channels.append(channel)
    begun = time.monotonic()
    heard = []
    for channel in channels:
        with channel:
            heard.append(json.loads(channel.recv(4096)))
    assert heard[0] == heard[1]
    assert 9 < time.monotonic() - begun < 12


def test_half_a_request_and_the_end_is_met_with_silence(both: Both) -> None:
    for server in both:
        with socket.socket(socket.AF_UNIX) as channel:
            channel.settimeout(5)
            channel.connect(str(server.control.path))
            channel.sendall(b'{"command":')
            channel.shutdown(socket.SHUT_WR)
            assert channel.recv(100) == b""


@pytest.mark.arm("V4-580", "V4-581")
def test_comments_are_shown_as_user_contexts(both: Both) -> None:
    heard = []
    for server in both:
        four = server.family == 4
        address, prefix = ("192.0.9.9", "192.0.9.0/24") if four else ("2001:db8:9::9", "2001:db8:9::/64")
        host = {"hw-address": "02:00:00:00:00:01", "comment": "host", "hostname": "h"}
        pool = {"pool": f"{address} - {address}", "user-context": {"a": [1, None]}, "comment": "pool"}
        subnet = {"id": 9, "subnet": prefix, "comment": "subnet", "pools": [pool], "reservations": [host]}
        inner = {
            "interfaces-config": {"interfaces": []},
            "comment": "everywhere",
            "client-classes": [{"name": "c", "comment": "class"}],
            "option-def": [{"name": "x", "code": 240, "type": "uint8", "comment": "definition"}],
            "option-data": [{"name": "x", "data": "1", "user-context": {"b": {}}, "comment": "option"}],
            "shared-networks": [{"name": "n", "comment": "network", f"subnet{server.family}": [subnet]}],
        }
        server.stop()
        server.start(inner)  # from a file: Kea takes no comments by config-set
        shown = server.control.ask("config-get")["arguments"][f"Dhcp{server.family}"]
        server.stop()
        server.start(CONFIGURATIONS[server.family])
        heard.append({name: shown[name] for name in (*inner, "user-context") if name in shown})
    assert heard[0] == heard[1]
    assert "comment" not in heard[1]
    assert heard[1]["user-context"] == {"comment": "everywhere"}


@pytest.mark.arm("V4-602")
def test_a_server_tells_its_tag(both: Both) -> None:
    heard = []
    for server in both:
        whole = server.complete({**CONFIGURATIONS[server.family], "server-tag": "west"})
        assert server.control.ask("config-set", whole)["result"] == 0
        heard.append(server.control.ask("server-tag-get"))
        server.control.ask("config-set", server.complete(CONFIGURATIONS[server.family]))
        heard.append(server.control.ask("server-tag-get"))
    assert heard[:2] == heard[2:]
    assert heard[0]["arguments"] == {"server-tag": "west"}


@pytest.mark.arm("V4-647")
def test_the_defaults_of_reclamation_are_shown(both: Both) -> None:
    for server in both:
        shown = server.control.ask("config-get")["arguments"][f"Dhcp{server.family}"]["expired-leases-processing"]
        assert shown == {
            "reclaim-timer-wait-time": 10,
            "flush-reclaimed-timer-wait-time": 25,
            "hold-reclaimed-time": 3600,
            "max-reclaim-leases": 100,
            "max-reclaim-time": 250,
            "unwarned-reclaim-cycles": 5,
        }


@pytest.mark.arm("V4-557", "V4-558", "V4-559", "V4-560", "V4-561")
def test_a_configuration_is_set_shown_written_tried_and_read_again(both: Both) -> None:
    """What is set is in force; what is tried is not; a reload brings back what the file has."""
    heard = []
    for server in both:
        prefix = "192.0.9.0/24" if server.family == 4 else "2001:db8:9::/64"
        word, root = f"subnet{server.family}", f"Dhcp{server.family}"
        written = server.directory / "written.json"
        whole = server.complete({"interfaces-config": {"interfaces": []}, word: [{"id": 9, "subnet": prefix}]})

        def subnets(answer: Any, root: str = root, word: str = word) -> list[str]:
            return [each["subnet"] for each in answer["arguments"][root][word]]

        server.control.ask("config-reload")  # whatever other tests have set
        steps: list[object] = [subnets(server.control.ask("config-get"))]
        steps.append(server.control.ask("config-test", whole))
        steps.append(subnets(server.control.ask("config-get")))
        steps.append(server.control.ask("config-set", whole))
        steps.append(subnets(server.control.ask("config-get")))
        steps.append(server.control.ask("config-write", {"filename": str(written)})["result"])
        file = json.loads(written.read_text())
        steps.append([each["subnet"] for each in file[root][word]])
        steps.append(server.control.ask("config-test", file)["result"])
        steps.append(server.control.ask("config-reload"))
        steps.append(subnets(server.control.ask("config-get")))
        heard.append(steps)
    assert heard[0] == heard[1]
    assert heard[0][0] == heard[0][2] == heard[0][-1] != heard[0][4]


@pytest.mark.arm("CT-118", "CT-119", "V4-566")
def test_shutdown_answers_and_ends_with_the_value(both: Both) -> None:
    codes = []
    heard = []
    for server in both:
        heard.append(server.control.ask("shutdown", {"exit-value": 5}))
        assert server.process is not None
        codes.append(server.process.wait(10))
    assert heard[0] == heard[1]
    assert codes == [5, 5]


@pytest.mark.parametrize("kind", [Kea, Ours], ids=["kea", "ours"])
@pytest.mark.parametrize(
    ("length", "socket_type", "opens"), [(107, "unix", True), (108, "unix", False), (20, "http", False)]
)
@pytest.mark.arm("V4-553", "V4-554")
def test_a_control_socket_is_a_unix_socket_whose_path_fits(
    kind: type[Server], length: int, socket_type: str, opens: bool
) -> None:
    require("kea-dhcp4")
    require_namespaces()
    with Link("ctls", ("192.0.2.1/24",), ("192.0.2.2/24",)) as link:
        server = kind(4, link)
        try:
            name = f"{server.directory}/"
            server.control.path = Path(name + "x" * (length - len(name)))
            configuration = {**CONFIGURATIONS[4]}
            if not opens:
                configuration["control-socket"] = {"socket-type": socket_type, "socket-name": str(server.control.path)}
                with pytest.raises(RuntimeError):
                    server.start(configuration)
                return
            server.start(configuration)
            assert server.control.ask("version-get")["result"] == 0
        finally:
            server.close()
