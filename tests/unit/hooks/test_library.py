"""Loading, reloading and unloading hook libraries: order, forms of names, errors."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from twisted.internet.defer import Deferred, maybeDeferred

from kea_twisted.errors import HookError
from kea_twisted.hooks.callout import Callout, CalloutHandle, Callouts
from kea_twisted.hooks.io import find_library
from kea_twisted.hooks.library import HookCommand, HookEntry, HookManager, Library, LibraryHandle

EVENTS: list[str] = []

SOURCE = """
from tests_hook_events import EVENTS
NAME = {name!r}

def pkt4_receive(handle):
    EVENTS.append(f"{{NAME}} standard")

def load(library):
    EVENTS.append(f"load {{NAME}} {{library.parameters}}")
    if library.parameters.get("fail"):
        raise ValueError("told to fail")
    @library.callout("pkt4_receive")
    def more(handle):
        EVENTS.append(f"{{NAME}} registered")
    @library.command(f"{{NAME}}-command")
    def command(request):
        return {{"result": 0}}

def unload(library):
    EVENTS.append(f"unload {{NAME}}")
"""


@pytest.fixture(autouse=True)
def events(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    module = ModuleType("tests_hook_events")
    module.EVENTS = EVENTS  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tests_hook_events", module)
    EVENTS.clear()
    return EVENTS


class Daemon:
    """What a daemon does with its libraries."""

    def __init__(self, find: Any = find_library, name: str = "kea-dhcp4", **services: Any) -> None:
        self.callouts: Callouts | None = None
        self.commands: list[str] = []
        self.hooks = HookManager(name, find, services, self.changed, run=self.run)
        self.elsewhere: list[str] = []

    def changed(self, callouts: Callouts, commands: Sequence[HookCommand]) -> None:
        self.callouts = callouts
        self.commands = [command.name for command in commands]

    def receive(self) -> None:
        assert self.callouts is not None
        waiting = self.callouts.call(CalloutHandle("pkt4_receive", {"query4": None}, {}))
        if waiting is not None:
            Deferred.fromCoroutine(waiting)  # type: ignore[arg-type]

    def run(self, callout: Callout, handle: CalloutHandle) -> Deferred[Any]:
        """Stand in for worker threads."""
        self.elsewhere.append(callout.__qualname__)
        return maybeDeferred(callout, handle)  # type: ignore[arg-type]


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., HookEntry]:
    def write(name: str, source: str = SOURCE, **parameters: Any) -> HookEntry:
        path = tmp_path / f"{name}.py"
        path.write_text(source.format(name=name))
        return HookEntry(str(path), parameters)

    return write


Write = Callable[..., HookEntry]


@pytest.mark.arm("OV-003")
def test_libraries_load_in_order_and_unload_in_reverse(written: Write) -> None:
    daemon = Daemon()
    daemon.hooks.load([written("one", a=1), written("two")])
    assert daemon.commands == ["one-command", "two-command"]
    daemon.receive()
    daemon.hooks.unload()
    assert EVENTS == [
        "load one {'a': 1}",
        "load two {}",
        "one standard",
        "one registered",
        "two standard",
        "two registered",
        "unload two",
        "unload one",
    ]
    assert daemon.commands == []
    daemon.receive()
    assert len(EVENTS) == 8


@pytest.mark.arm("OV-005", "OV-008")
def test_reload_reads_the_file_again(written: Write) -> None:
    daemon = Daemon()
    entry = written("one")
    daemon.hooks.load([entry])
    Path(entry.library).write_text(SOURCE.format(name="changed"))
    assert daemon.hooks.reload()
    assert EVENTS == ["load one {}", "unload one", "load changed {}"]
    assert daemon.commands == ["changed-command"]


@pytest.mark.arm("OV-007")
def test_a_library_that_refuses_leaves_the_former_ones_in_use(written: Write) -> None:
    daemon = Daemon()
    daemon.hooks.load([written("one")])
    with pytest.raises(HookError, match=r"hook library '.*bad.py': 'load' failed: told to fail") as raised:
        daemon.hooks.load([written("two"), written("bad", fail=True)])
    assert raised.value.library.endswith("bad.py")
    assert EVENTS == [
        "load one {}",
        "unload one",
        "load two {}",
        "load bad {'fail': True}",
        "unload two",
        "load one {}",
    ]
    assert daemon.commands == ["one-command"]
    assert [Path(name).stem for name in daemon.hooks.libraries] == ["one"]


@pytest.mark.arm("OV-007")
def test_a_file_that_has_become_wrong_leaves_its_library_in_use(written: Write) -> None:
    daemon = Daemon()
    entry = written("one")
    daemon.hooks.load([entry])
    Path(entry.library).write_text("def load(library:\n")
    assert not daemon.hooks.reload()
    assert EVENTS == ["load one {}"]
    assert daemon.commands == ["one-command"]


def test_libraries_that_were_replaced_are_taken_back(written: Write) -> None:
    daemon = Daemon()
    one = written("one")
    daemon.hooks.load([one])
    former = daemon.hooks.load([written("two")], multi_threaded=True)
    Path(one.library).write_text("def load(library:\n")
    EVENTS.clear()
    assert daemon.hooks.take_back(former) is None
    assert EVENTS == ["unload two", "load one {}"]
    assert daemon.commands == ["one-command"]
    assert daemon.hooks.entries == (one,)


def test_there_are_no_libraries_where_none_can_be_taken_back(written: Write) -> None:
    daemon = Daemon()
    one = written("one")
    daemon.hooks.load([one])
    parameters: Any = one.parameters
    former = daemon.hooks.load([])
    parameters["fail"] = True
    failed = daemon.hooks.take_back(former)
    assert failed is not None and "told to fail" in str(failed)
    assert daemon.commands == [] and daemon.hooks.libraries == []
    daemon.receive()


@pytest.mark.arm("OV-007")
def test_former_libraries_come_back_as_they_were(written: Write) -> None:
    daemon = Daemon()
    entry = written("one")
    daemon.hooks.load([entry])
    Path(entry.library).write_text(SOURCE.format(name="changed"))
    with pytest.raises(HookError):
        daemon.hooks.load([written("bad", fail=True)])
    assert EVENTS[-1] == "load one {}"
    assert daemon.commands == ["one-command"]


@pytest.mark.arm("OV-007")
def test_a_library_that_does_not_exist_changes_nothing(written: Write, tmp_path: Path) -> None:
    daemon = Daemon()
    daemon.hooks.load([written("one")])
    with pytest.raises(HookError, match="there is no file"):
        daemon.hooks.load([HookEntry(str(tmp_path / "missing.py"))])
    assert EVENTS == ["load one {}"]


@pytest.mark.arm("OV-008")
def test_a_reload_that_fails_says_so(written: Write) -> None:
    daemon = Daemon()
    entry = written("one")
    daemon.hooks.load([entry])
    Path(entry.library).write_text("this is no Python")
    assert not daemon.hooks.reload()
    assert daemon.hooks.libraries == [entry.library]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("\nimport no_such_module_at_all", "No module named 'no_such_module_at_all' (DIRECTORY/wrong.py:2)"),
        ("1/0", "ZeroDivisionError: division by zero (DIRECTORY/wrong.py:1)"),
        ("import sys\nsys.exit(3)", "SystemExit: 3 (DIRECTORY/wrong.py:2)"),
        ("import json\n\ndef load(library):\n    json.loads('[')", "(DIRECTORY/wrong.py:4)"),
        ("def load(:", "SyntaxError: invalid syntax (wrong.py, line 1)"),
        ("def load(library):\n    raise SystemExit(3)", "SystemExit: 3 (DIRECTORY/wrong.py:2)"),
        ("async def load(library): pass", "must not be a coroutine function"),
        ("def load(library): library.callout('no_such_point', print)", "has no hook point 'no_such_point'"),
        ("def load(library): library.callout('pkt6_receive', print)", "kea-dhcp4 has no hook point 'pkt6_receive'"),
        ("def load(library): library.service('weather')", "offers no service 'weather'"),
    ],
)
def test_errors_of_a_library_are_contained_and_clear(written: Write, source: str, reason: str) -> None:
    with pytest.raises(HookError) as raised:
        Daemon().hooks.load([entry := written("wrong", source)])
    assert reason.replace("DIRECTORY", str(Path(entry.library).parent)) in str(raised.value)
    assert "wrong.py" in str(raised.value)


def test_an_unload_that_fails_stops_nothing(written: Write) -> None:
    daemon = Daemon()
    daemon.hooks.load([written("one"), written("bad", "def unload(library):\n    1/0\n")])
    daemon.hooks.unload()
    assert EVENTS == ["load one {}", "unload one"]
    assert daemon.hooks.libraries == []


def test_the_same_library_twice_is_two_libraries(written: Write) -> None:
    daemon = Daemon()
    entry = written("one")
    daemon.hooks.load([entry, HookEntry(entry.library, {"second": True})])
    daemon.receive()
    assert EVENTS.count("one registered") == 2


@pytest.mark.arm("OV-009")
@pytest.mark.parametrize("path", ["/usr/lib/x86_64-linux-gnu/kea/hooks/libdhcp_nothing_yet.so", "libca_nothing_yet.so"])
def test_a_library_of_kea_that_we_do_not_have_yet_is_a_clear_error(path: str) -> None:
    with pytest.raises(HookError, match="is not available yet"):
        Daemon().hooks.load([HookEntry(path)])


@pytest.mark.arm("OV-009")
def test_kea_s_file_name_means_our_package_wherever_the_path_points(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("kea_twisted.hook_libraries.sample")
    module.LIBRARY = Library("sample", lambda _library: EVENTS.append("ours"))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "kea_twisted.hook_libraries", ModuleType("kea_twisted.hook_libraries"))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    Daemon().hooks.load([HookEntry("/opt/nowhere/libdhcp_sample.so")])
    assert EVENTS == ["ours"]


@pytest.mark.parametrize("path", ["/usr/lib/mine.so", "libmine.so"])
def test_other_shared_objects_are_refused(path: str) -> None:
    with pytest.raises(HookError, match="hook libraries are Python modules here"):
        find_library(path)


@pytest.mark.parametrize("name", ["no_such_package.hooks", "no-such-thing", "/etc/kea/hooks/mine", ""])
def test_a_name_that_means_nothing_is_refused(name: str) -> None:
    with pytest.raises(HookError):
        find_library(name)


def test_a_module_of_a_package_is_loaded_and_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "mysite_hooks_test"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "kea.py").write_text("VALUE = 1")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert find_library("mysite_hooks_test.kea").VALUE == 1
    (package / "kea.py").write_text("VALUE = 22")
    assert find_library("mysite_hooks_test.kea").VALUE == 1
    assert find_library("mysite_hooks_test.kea", fresh=True).VALUE == 22
    (package / "kea.py").write_text("VALUE = broken on purpose")
    with pytest.raises(SyntaxError):
        find_library("mysite_hooks_test.kea", fresh=True)
    assert sys.modules["mysite_hooks_test.kea"].VALUE == 22
    for name in [name for name in sys.modules if name.startswith("mysite_hooks_test")]:
        del sys.modules[name]


def test_an_entry_point_is_found_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site_hook_module_test.py").write_text("def load(library): pass")
    info = tmp_path / "site_hook_test-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: site-hook-test\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[kea_twisted.hooks]\nour-site = site_hook_module_test\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert find_library("our-site").__name__ == "site_hook_module_test"
    del sys.modules["site_hook_module_test"]


@pytest.mark.arm("OV-012")
def test_a_library_for_another_daemon_is_refused() -> None:
    module = ModuleType("only6")
    module.LIBRARY = Library("only6", lambda _library: None, daemons=("kea-dhcp6",))  # type: ignore[attr-defined]
    with pytest.raises(HookError, match="it is for kea-dhcp6, not for kea-dhcp4"):
        Daemon(lambda _name, _fresh: module).hooks.load([HookEntry("only6")])


def test_parameters_are_checked_before_anything_is_unloaded(written: Write) -> None:
    def check(parameters: Any) -> None:
        if "speed" not in parameters:
            raise ValueError("parameter 'speed' is missing")

    module = ModuleType("picky")
    module.LIBRARY = Library("picky", lambda _library: None, check=check)  # type: ignore[attr-defined]
    daemon = Daemon(lambda name, fresh: module if name == "picky" else find_library(name, fresh))
    daemon.hooks.load([written("one")])
    with pytest.raises(HookError, match="hook library 'picky': parameter 'speed' is missing"):
        daemon.hooks.check([HookEntry("picky")])
    with pytest.raises(HookError, match="'speed' is missing"):
        daemon.hooks.load([HookEntry("picky")])
    assert EVENTS == ["load one {}"]
    daemon.hooks.load([HookEntry("picky", {"speed": 1})])
    assert EVENTS == ["load one {}", "unload one"]


def test_services_and_state_are_a_library_s_own() -> None:
    handle = LibraryHandle("x", {"a": 1}, "kea-dhcp4", {"reactor": 5})
    assert handle.service("reactor") == 5
    handle.state = "kept"
    assert handle.state == "kept"


COMPATIBLE = """
from tests_hook_events import EVENTS
{compatible}

def pkt4_receive(handle):
    EVENTS.append("packet")

def lease4_expire(handle):
    EVENTS.append("expire")

def load(library):
    @library.callout("pkt4_receive")
    async def committed(handle):
        EVENTS.append("coroutine")
"""


def compatible(written: Write, text: str) -> HookEntry:
    """Return a library of which *text* is a part."""
    entry = written("library")
    Path(entry.library).write_text(COMPATIBLE.format(compatible=text))
    return entry


def test_callouts_of_packets_run_in_threads_if_the_library_says_that_they_may(written: Write) -> None:
    daemon = Daemon()
    entry = compatible(written, "def multi_threading_compatible():\n    return 1")
    daemon.hooks.load([entry], multi_threaded=True)
    daemon.receive()
    assert EVENTS == ["packet", "coroutine"]
    assert daemon.elsewhere == ["pkt4_receive"]
    assert daemon.callouts is not None
    assert daemon.callouts.call(CalloutHandle("lease4_expire", {"lease4": None}, {})) is None
    assert daemon.hooks.reload()
    daemon.receive()
    assert daemon.elsewhere == ["pkt4_receive"] * 2
    daemon.hooks.load([entry])
    daemon.receive()
    assert len(daemon.elsewhere) == 2


@pytest.mark.parametrize(
    "text", ["", "def multi_threading_compatible():\n    return 0", "multi_threading_compatible = 5"]
)
def test_other_libraries_run_in_the_main_thread(written: Write, text: str) -> None:
    daemon = Daemon()
    daemon.hooks.load([compatible(written, text)], multi_threaded=True)
    daemon.receive()
    assert EVENTS == ["packet", "coroutine"]
    assert daemon.elsewhere == []


def test_former_libraries_run_in_threads_again_where_their_successors_fail(written: Write) -> None:
    daemon = Daemon()
    daemon.hooks.load([compatible(written, "def multi_threading_compatible():\n    return True")], multi_threaded=True)
    with pytest.raises(HookError):
        daemon.hooks.load([written("broken", SOURCE, fail=True)])
    EVENTS.clear()
    daemon.receive()
    assert daemon.elsewhere == ["pkt4_receive"]


def test_a_callout_in_a_thread_that_raises_is_logged_and_the_others_run(written: Write) -> None:
    daemon = Daemon()
    first = compatible(written, "def multi_threading_compatible():\n    return 1")
    Path(first.library).write_text(Path(first.library).read_text().replace('append("packet")', "no_such_method()"))
    daemon.hooks.load([first], multi_threaded=True)
    daemon.receive()
    assert EVENTS == ["coroutine"]
