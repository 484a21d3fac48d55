"""Requests and answers: what is a request, who answers it, what errors look like."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kea_twisted.control.access import READ, WRITE
from kea_twisted.control.answer import Answer, answer, encode
from kea_twisted.control.command import BUILT_IN, Command, commands_of
from kea_twisted.control.dispatch import Dispatcher, Request
from kea_twisted.errors import CommandError, HookError
from kea_twisted.hooks.callout import CalloutHandle, Callouts


def ask(dispatcher: Dispatcher, value: object) -> Answer:
    """Return the answer of a dispatcher whose handlers need no reactor."""
    return asyncio.run(dispatcher.answer(value))


def echo(request: Request) -> Answer:
    return answer(0, arguments={"got": request.arguments})


@pytest.mark.arm("CT-168")
@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([], "Invalid command Element specified, expected map"),
        ({}, "Invalid answer specified, does not contain mandatory 'command'"),
        ({"arguments": {}}, "Invalid answer specified, does not contain mandatory 'command'"),
        ({"command": 1}, "'command' element in command message is not a string"),
        ({"command": None}, "'command' element in command message is not a string"),
        ({"command": ["list-commands"]}, "'command' element in command message is not a string"),
        ({"command": 1, "foo": 1}, "Received command contains unsupported parameter 'foo'"),
        ({"command": "x", "zoo": 1, "foo": 1}, "Received command contains unsupported parameter 'foo'"),
    ],
)
def test_what_is_no_request(value: object, text: str) -> None:
    assert ask(Dispatcher(), value) == {"result": 1, "text": f"Error during command processing: {text}"}


@pytest.mark.arm("CT-087")
@pytest.mark.parametrize("name", ["no-such", "", "LIST-COMMANDS"])
def test_an_unknown_command_is_not_supported(name: str) -> None:
    assert ask(Dispatcher(), {"command": name}) == {"result": 2, "text": f"'{name}' command not supported."}


@pytest.mark.arm("CT-009", "CT-117")
@pytest.mark.parametrize(
    "extra", [{}, {"service": ["dhcp4"]}, {"service": 1}, {"remote-address": "x"}, {"arguments": [1]}]
)
def test_list_commands_ignores_what_it_does_not_need(extra: dict[str, Any]) -> None:
    dispatcher = Dispatcher()
    dispatcher.register("zzz", echo)
    assert ask(dispatcher, {"command": "list-commands", **extra}) == {
        "result": 0,
        "arguments": ["list-commands", "zzz"],
    }


@pytest.mark.arm("OV-025")
def test_a_command_of_a_library_comes_and_goes() -> None:
    dispatcher = Dispatcher()
    dispatcher.register_hook("mine", echo, "lib")
    assert ask(dispatcher, {"command": "mine", "arguments": 5}) == {"result": 0, "arguments": {"got": 5}}
    dispatcher.deregister_library("lib")
    assert ask(dispatcher, {"command": "mine"})["result"] == 2
    assert dispatcher.names() == ["list-commands"]


def test_a_library_may_replace_a_built_in_command_and_gives_it_back() -> None:
    dispatcher = Dispatcher()
    dispatcher.register("config-get", echo)
    dispatcher.register_hook("config-get", lambda _request: answer(0, "first"), "one")
    dispatcher.register_hook("config-get", lambda _request: answer(0, "second"), "two")
    assert ask(dispatcher, {"command": "config-get"})["text"] == "first"
    dispatcher.deregister_library("one")
    assert ask(dispatcher, {"command": "config-get"})["text"] == "second"
    dispatcher.deregister_library("two")
    assert ask(dispatcher, {"command": "config-get"})["arguments"] == {"got": None}


def test_the_same_built_in_command_twice_is_a_mistake() -> None:
    dispatcher = Dispatcher()
    with pytest.raises(ValueError, match="registered already"):
        dispatcher.register("list-commands", echo)


def failing(error: BaseException) -> Answer:
    def handler(_request: Request) -> Answer:
        raise error

    dispatcher = Dispatcher()
    dispatcher.register("fail", handler)
    return ask(dispatcher, {"command": "fail"})


@pytest.mark.arm("CT-086", "CT-088")
def test_errors_of_handlers_are_answers() -> None:
    assert failing(CommandError("not there", 3)) == {"result": 3, "text": "not there"}
    for unexpected in (RuntimeError("boom"), SystemExit("boom")):
        assert failing(unexpected) == {"result": 1, "text": "Error during command processing: boom"}


@pytest.mark.parametrize("wrong", [None, [], "x", {}, {"result": "0"}])
def test_an_answer_that_is_none_is_an_error(wrong: Any) -> None:
    async def handler(_request: Request) -> Any:
        return wrong

    dispatcher = Dispatcher()
    dispatcher.register("odd", handler)
    assert ask(dispatcher, {"command": "odd"})["result"] == 1


def test_a_handler_may_await() -> None:
    async def handler(_request: Request) -> Answer:
        await asyncio.sleep(0)
        return answer(0, "later")

    dispatcher = Dispatcher()
    dispatcher.register("slow", handler)
    assert ask(dispatcher, {"command": "slow"}) == {"result": 0, "text": "later"}


def test_command_processed_sees_every_command_and_may_replace_the_answer() -> None:
    seen: list[tuple[str, Any, Any]] = []

    def callout(handle: CalloutHandle) -> None:
        seen.append((handle["name"], handle["arguments"], handle["response"]["result"]))
        handle["response"] = answer(0, "replaced")

    failures: list[HookError] = []
    dispatcher = Dispatcher(Callouts({"command_processed": (("lib", callout),)}, failures.append))
    assert ask(dispatcher, {"command": "no-such", "arguments": {"a": 1}})["text"] == "replaced"
    assert seen == [("no-such", {"a": 1}, 2)]
    assert failures == []


def test_a_callout_that_fails_leaves_the_answer_alone() -> None:
    failures: list[HookError] = []

    def callout(_handle: CalloutHandle) -> None:
        raise RuntimeError("hook is broken")

    dispatcher = Dispatcher(Callouts({"command_processed": (("lib", callout),)}, failures.append))
    assert ask(dispatcher, {"command": "list-commands"})["result"] == 0
    assert failures[0].library == "lib"


@pytest.mark.arm("CT-143")
def test_access_is_read_or_write_and_write_if_unknown() -> None:
    dispatcher = Dispatcher()
    for row in BUILT_IN:
        if row.source and row.name != "list-commands":
            dispatcher.register(row.name, echo)
    assert {name for name in dispatcher.names() if dispatcher.access(name) is READ} == {
        "build-report", "config-get", "list-commands", "server-tag-get", "statistic-get", "statistic-get-all",
        "status-get", "version-get",
    }  # fmt: skip
    assert dispatcher.access("no-such") is WRITE


@pytest.mark.arm("CT-137", "CT-138")
@pytest.mark.parametrize("daemon", ["kea-dhcp4", "kea-dhcp6"])
def test_the_table_has_what_kea_lists_without_hooks(daemon: str) -> None:
    assert [row.name for row in commands_of(daemon) if row.source] == [
        "build-report", "config-backend-pull", "config-get", "config-reload", "config-set", "config-test",
        "config-write", "dhcp-disable", "dhcp-enable", "leases-reclaim", "libreload", "list-commands", "server-tag-get",
        "shutdown", "statistic-get", "statistic-get-all", "statistic-remove", "statistic-remove-all", "statistic-reset",
        "statistic-reset-all", "statistic-sample-age-set", "statistic-sample-age-set-all", "statistic-sample-count-set",
        "statistic-sample-count-set-all", "status-get", "version-get",
    ]  # fmt: skip


@pytest.mark.arm("CT-139", "CT-140")
def test_the_table_of_the_ddns_daemon() -> None:
    assert {row.name for row in commands_of("kea-dhcp-ddns")} == {
        "build-report", "config-get", "config-reload", "config-set", "config-test", "config-write", "list-commands",
        "shutdown", "status-get", "version-get", "statistic-get", "statistic-get-all", "statistic-reset",
        "statistic-reset-all",
    }  # fmt: skip


def test_rows_of_libraries_are_used_for_access() -> None:
    dispatcher = Dispatcher()
    row = Command("look", ("kea-dhcp4",), READ, "Look.", hook="lib")
    dispatcher.register_hook("look", echo, "lib", row)
    assert dispatcher.access("look") is READ


@pytest.mark.parametrize(
    ("value", "octets"),
    [
        (answer(1, "x"), b'{"result": 1, "text": "x"}'),
        (answer(0, arguments={"b": [], "a": None}), b'{"arguments": {"a": null, "b": []}, "result": 0}'),
        (answer(0, "\xc3\xa9"), b'{"result": 0, "text": "\\u00c3\\u00a9"}'),
    ],
)
def test_answers_on_the_wire(value: Answer, octets: bytes) -> None:
    assert encode(value) == octets


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.just("command"), inner),
    max_leaves=8,
)


@given(json_values)
def test_any_value_gets_an_answer(value: object) -> None:
    made = ask(Dispatcher(), value)
    assert made["result"] in (0, 1, 2)


def test_a_name_of_any_length_is_repeated_in_part() -> None:
    made = asyncio.run(Dispatcher().answer({"command": "x" * 1_000_000}))
    assert made["result"] == 2
    assert len(made["text"]) < 300
