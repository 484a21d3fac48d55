"""The built-in commands of the DHCP servers, on a daemon made of paper."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from kea_twisted.base.kea_json.parse import parse_text
from kea_twisted.control.answer import Answer, answer
from kea_twisted.control.command import commands_of
from kea_twisted.control.dispatch import Dispatcher, Request
from kea_twisted.control.network_state import HA, USER, NetworkState
from kea_twisted.control.server_commands import DhcpDaemonControl, load_configuration, register_server_commands
from kea_twisted.errors import CommandError, ConfigErrors
from kea_twisted.family import V4, V6, Family


class Paper(DhcpDaemonControl):
    def __init__(self, family: Family = V4) -> None:
        self.family = family
        self.network = NetworkState()
        self.calls: list[Any] = []
        self.reload_works = True

    def config_get(self) -> dict[str, Any]:
        return {self.family.root: {"valid-lifetime": 7200}}

    def config_test(self, request: Request) -> Answer:
        self.calls.append(("test", request.arguments))
        return answer(0, "sane")

    async def config_set(self, request: Request) -> Answer:
        self.calls.append(("set", request.arguments))
        return answer(0, "Configuration successful.")

    def config_reload(self) -> Answer:
        return answer(0, "Configuration successful.")

    def config_write(self, filename: str | None) -> tuple[str, int]:
        if filename == "/nonexistent/x":
            raise FileNotFoundError(2, "No such file or directory", filename)
        return filename or "kea.conf", 12

    def config_backend_pull(self) -> Answer:
        return answer(3, "No config backend.")

    async def leases_reclaim(self, remove: bool) -> None:
        self.calls.append(("reclaim", remove))

    def libreload(self) -> bool:
        return self.reload_works

    def shutdown(self, exit_value: int) -> None:
        self.calls.append(("shutdown", exit_value))

    def status(self) -> dict[str, Any]:
        return {"pid": 1, "uptime": 2, "reload": 3}

    def version(self) -> tuple[str, str]:
        return "2.2.0", "2.2.0\ntarball"

    def build_report(self) -> str:
        return "built"

    def server_tag(self) -> str:
        return "tag"

    def now(self) -> float:
        return 5.0

    def steady(self) -> float:
        return 1000.0

    def network_changed(self) -> None:
        self.calls.append("network")


def statistic(statistics: Any, arguments: Any, now: float) -> Answer:
    return answer(0, arguments=[statistics, arguments, now])


def made(family: Family = V4) -> tuple[Paper, Dispatcher]:
    paper, dispatcher = Paper(family), Dispatcher()
    names = [row.name for row in commands_of("kea-dhcp4") if row.name.startswith("statistic")]
    register_server_commands(dispatcher, paper, "STATS", dict.fromkeys(names, statistic))
    return paper, dispatcher


def ask(name: str, *arguments: Any, family: Family = V4) -> Answer:
    value: dict[str, Any] = {"command": name}
    if arguments:
        value["arguments"] = arguments[0]
    return asyncio.run(made(family)[1].answer(value))


@pytest.mark.arm("CT-137", "CT-138")
def test_every_row_of_the_table_has_a_handler() -> None:
    assert made()[1].names() == [row.name for row in commands_of("kea-dhcp4")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("build-report", {"result": 0, "text": "built"}),
        ("config-backend-pull", {"result": 3, "text": "No config backend."}),
        ("config-get", {"result": 0, "arguments": {"Dhcp4": {"valid-lifetime": 7200}}}),
        ("config-reload", {"result": 0, "text": "Configuration successful."}),
        ("libreload", {"result": 0, "text": "Hooks libraries successfully reloaded."}),
        ("server-tag-get", {"result": 0, "arguments": {"server-tag": "tag"}}),
        ("status-get", {"result": 0, "arguments": {"pid": 1, "uptime": 2, "reload": 3}}),
        ("version-get", {"result": 0, "text": "2.2.0", "arguments": {"extended": "2.2.0\ntarball"}}),
    ],
)
@pytest.mark.parametrize("arguments", [(), ({},), ({"unknown": 1},)])
def test_commands_that_ignore_their_arguments(name: str, expected: Answer, arguments: tuple[Any, ...]) -> None:
    assert ask(name, *arguments) == expected


@pytest.mark.arm("CT-173")
@pytest.mark.parametrize("command", ["config-set", "config-test"])
@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ((), "Missing mandatory 'arguments' parameter."),
        (({},), "Missing mandatory 'Dhcp4' parameter."),
        (({"Dhcp6": {}},), "Missing mandatory 'Dhcp4' parameter."),
        (({"Dhcp4": 1},), "'Dhcp4' parameter expected to be a map."),
        (({"Dhcp4": {}, "Foo": 1},), "Unsupported 'Foo' parameter."),
        (([],), "arguments for the '{}' command must be a map"),
    ],
)
def test_what_is_no_configuration(command: str, arguments: tuple[Any, ...], text: str) -> None:
    assert ask(command, *arguments) == {"result": 1, "text": text.format(command)}


@pytest.mark.arm("CT-104", "CT-108")
def test_a_configuration_goes_to_the_daemon() -> None:
    paper, dispatcher = made(V6)
    for command in ("config-test", "config-set"):
        made_answer = asyncio.run(dispatcher.answer({"command": command, "arguments": {"Dhcp6": {"a": 1}}}))
        assert made_answer["result"] == 0
    assert paper.calls == [("test", {"Dhcp6": {"a": 1}}), ("set", {"Dhcp6": {"a": 1}})]


@pytest.mark.arm("CT-113", "CT-170")
@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), ("kea.conf", 12)),
        (({},), ("kea.conf", 12)),
        (({"filename": ""},), ("kea.conf", 12)),
        (({"filename": "/tmp/w.json"},), ("/tmp/w.json", 12)),
    ],
)
def test_config_write_says_where_and_how_much(arguments: tuple[Any, ...], expected: tuple[str, int]) -> None:
    assert ask("config-write", *arguments) == {
        "result": 0,
        "text": f"Configuration written to {expected[0]} successful",
        "arguments": {"filename": expected[0], "size": expected[1]},
    }


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"filename": 1}, "passed parameter 'filename' is not a string"),
        ([], "Argument must be a map"),
        ("x", "Argument must be a map"),
        ({"filename": "/nonexistent/x"}, "Error during write-config:Unable to open file /nonexistent/x for writing"),
    ],
)
def test_config_write_that_fails(arguments: Any, text: str) -> None:
    assert ask("config-write", arguments) == {"result": 1, "text": text}


@pytest.mark.arm("CT-132", "CT-133", "CT-134")
@pytest.mark.parametrize(
    ("arguments", "text", "origin", "deadline"),
    [
        ((), "DHCPv6 service disabled", USER, None),
        (({},), "DHCPv6 service disabled", USER, None),
        (({"foo": 1},), "DHCPv6 service disabled", USER, None),
        (({"max-period": 20},), "DHCPv6 service disabled for 20 seconds", USER, 1020.0),
        (({"origin": "ha-partner"},), "DHCPv6 service disabled", HA, None),
    ],
)
def test_dhcp_disable(arguments: tuple[Any, ...], text: str, origin: str, deadline: float | None) -> None:
    paper, dispatcher = made(V6)
    value: dict[str, Any] = {"command": "dhcp-disable"} | ({"arguments": arguments[0]} if arguments else {})
    assert asyncio.run(dispatcher.answer(value)) == {"result": 0, "text": text}
    assert paper.network.disabled_by == {origin}
    assert paper.network.deadline == deadline
    assert paper.calls == ["network"]


@pytest.mark.arm("CT-172")
@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ([], "arguments for the 'dhcp-disable' command must be a map"),
        ({"max-period": 0}, "'max-period' must be positive integer"),
        ({"max-period": -1}, "'max-period' must be positive integer"),
        ({"max-period": "x"}, "'max-period' argument must be a number"),
        ({"max-period": 1.5}, "'max-period' argument must be a number"),
        ({"max-period": True}, "'max-period' argument must be a number"),
        ({"max-period": None}, "'max-period' argument must be a number"),
        ({"origin": "x"}, "invalid value used for 'origin' parameter: x"),
        ({"origin": ""}, "invalid value used for 'origin' parameter: (empty string)"),
        ({"origin": 1}, "'origin' argument must be a string"),
        (
            {"origin": "x", "max-period": -1},
            "'max-period' must be positive integerinvalid value used for 'origin' parameter: x",
        ),
    ],
)
def test_dhcp_disable_that_changes_nothing(arguments: Any, text: str) -> None:
    paper, dispatcher = made()
    value = {"command": "dhcp-disable", "arguments": arguments}
    assert asyncio.run(dispatcher.answer(value)) == {"result": 1, "text": text}
    assert paper.network.enabled


@pytest.mark.arm("CT-135")
def test_dhcp_enable() -> None:
    paper, dispatcher = made()
    paper.network.disable(USER)
    assert asyncio.run(dispatcher.answer({"command": "dhcp-enable"})) == {
        "result": 0,
        "text": "DHCP service successfully enabled",
    }
    assert paper.network.enabled
    assert ask("dhcp-enable", {"origin": "x"})["text"] == "invalid value used for 'origin' parameter: x"
    assert ask("dhcp-enable", [])["text"] == "arguments for the 'dhcp-enable' command must be a map"


@pytest.mark.arm("CT-130")
@pytest.mark.parametrize("remove", [True, False])
def test_leases_reclaim(remove: bool) -> None:
    paper, dispatcher = made()
    value = {"command": "leases-reclaim", "arguments": {"remove": remove}}
    assert asyncio.run(dispatcher.answer(value)) == {"result": 0, "text": "Reclamation of expired leases is complete."}
    assert paper.calls == [("reclaim", remove)]


@pytest.mark.arm("CT-130")
@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ((), "Missing mandatory 'remove' parameter."),
        (({},), "Missing mandatory 'remove' parameter."),
        (({"remove": 1},), "'remove' parameter expected to be a boolean."),
        (({"remove": "true"},), "'remove' parameter expected to be a boolean."),
    ],
)
def test_leases_reclaim_without_its_argument(arguments: tuple[Any, ...], text: str) -> None:
    assert ask("leases-reclaim", *arguments) == {"result": 1, "text": text}


@pytest.mark.arm("CT-131")
def test_libreload_that_fails() -> None:
    paper, dispatcher = made()
    paper.reload_works = False
    assert asyncio.run(dispatcher.answer({"command": "libreload"}))["result"] == 1


@pytest.mark.arm("CT-118", "CT-119")
@pytest.mark.parametrize(("arguments", "value"), [((), 0), (({},), 0), (({"exit-value": 7},), 7), (({"foo": 1},), 0)])
def test_shutdown(arguments: tuple[Any, ...], value: int) -> None:
    paper, dispatcher = made()
    request: dict[str, Any] = {"command": "shutdown"} | ({"arguments": arguments[0]} if arguments else {})
    assert asyncio.run(dispatcher.answer(request)) == {"result": 0, "text": "Shutting down."}
    assert paper.calls == [("shutdown", value)]


@pytest.mark.arm("CT-171")
@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ({"exit-value": "x"}, "parameter 'exit-value' is not an integer"),
        ({"exit-value": 1.5}, "parameter 'exit-value' is not an integer"),
        ([], "Argument must be a map"),
    ],
)
def test_shutdown_that_does_not_happen(arguments: Any, text: str) -> None:
    paper, dispatcher = made()
    value = {"command": "shutdown", "arguments": arguments}
    assert asyncio.run(dispatcher.answer(value)) == {"result": 1, "text": text}
    assert paper.calls == []


@pytest.mark.arm("CT-138")
def test_statistic_commands_get_the_statistics_and_the_time() -> None:
    assert ask("statistic-get", {"name": "x"})["arguments"] == ["STATS", {"name": "x"}, 5.0]


def test_a_daemon_may_refuse_to_write_without_a_file_name() -> None:
    class Nameless(Paper):
        def config_write(self, filename: str | None) -> tuple[str, int]:
            raise CommandError("Unable to determine filename.")

    dispatcher = Dispatcher()
    register_server_commands(dispatcher, Nameless(), None, {})
    assert asyncio.run(dispatcher.answer({"command": "config-write"}))["text"] == "Unable to determine filename."


@pytest.mark.arm("CT-095")
def test_errors_of_a_configuration_name_their_place_in_the_command() -> None:
    text = '{"command": "config-set",\n "arguments": {"Dhcp4": {"bogus": 1}}}'
    document = parse_text(text, unique=False)
    with pytest.raises(ConfigErrors) as raised:
        load_configuration(Request("config-set", document.value["arguments"], document.value, document), V4)
    assert "bogus" in str(raised.value)
    assert "<string>:2:26" in str(raised.value)


def test_a_configuration_that_never_was_text_is_loaded_too() -> None:
    loaded = load_configuration(Request("config-set", {"Dhcp4": {"valid-lifetime": 5}}), V4)
    assert loaded.model.valid_lifetime == 5
