"""Names with more than ASCII in them, mistakes on the command line, and errors that nobody expected."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.test_daemon import FAMILIES, Daemon, _end

LIBRARY = """
def load(library):
    @library.command("where-am-i")
    def where(request):
        return {"result": 0, "text": "here"}
"""

BROKEN = """
def load(library):
    @library.callout("dhcp%d_srv_configured")
    def configured(handle):
        pass

import kea_twisted.daemons.dhcp as daemon

def fail(*_arguments):
    raise ZeroDivisionError("nobody expected this")

daemon.say_sockets = fail
"""


@pytest.fixture(params=FAMILIES, ids=["dhcp4", "dhcp6"])
def daemon(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Daemon]:
    made = Daemon(request.param, tmp_path)
    yield made
    _end(made)


def test_names_of_files_are_what_stands_in_the_configuration(daemon: Daemon) -> None:
    folder = daemon.directory / "dépôt-ключ"
    folder.mkdir()
    daemon.socket = folder / "prise-é"
    (folder / "lib-é.py").write_text(LIBRARY)
    (folder / "inclus-é.json").write_text("100")
    whole = daemon.configuration(
        **{
            "lease-database": {"type": "memfile", "name": str(folder / "baux-é.csv"), "lfc-interval": 0},
            "hooks-libraries": [{"library": str(folder / "lib-é.py")}],
            "loggers": [
                {"name": f"kea-dhcp{daemon.family}", "output_options": [{"output": str(folder / "journal-é")}]}
            ],
            "valid-lifetime": "INCLUDED",
        }
    )
    text = json.dumps(whole, ensure_ascii=False)
    daemon.config_file.write_text(text.replace('"INCLUDED"', f'<?include "{folder / "inclus-é.json"}"?>'))
    daemon.start()
    log = folder / "journal-é"
    while not log.exists() or f"DHCP{daemon.family}_STARTED" not in log.read_text():
        assert daemon.process is not None
        assert daemon.process.poll() is None, daemon.log
    assert daemon.ask("where-am-i")["text"] == "here"
    written = folder / "écrit.json"
    assert daemon.ask("config-write", {"filename": str(written)})["result"] == 0
    assert str(folder) in written.read_text()
    assert f"{folder}/prise-é" in log.read_text()
    assert {path.name for path in folder.iterdir()} == {
        *("prise-é", "prise-é.lock", "lib-é.py", "inclus-é.json", "baux-é.csv", "journal-é", "écrit.json"),
        *(("__pycache__",) if (folder / "__pycache__").exists() else ()),
    }
    daemon.send(signal.SIGTERM)
    assert daemon.exit_code() == 0
    assert not daemon.socket.exists()


@pytest.mark.parametrize("words", [["--bogus"], ["-c"], [], ["-p", "x", "-c", "y"]])
def test_wrong_usage_under_twistd_is_explained_in_the_servers_words(daemon: Daemon, words: list[str]) -> None:
    daemon.twistd = True
    done = daemon.run(*words)
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"kea-dhcp{daemon.family} [options]" in done.stderr
    assert "--config" in done.stderr
    assert "nodaemon" not in done.stderr
    assert done.stderr.splitlines()[-1].strip()


def test_help_under_twistd_is_the_servers(daemon: Daemon) -> None:
    daemon.twistd = True
    done = daemon.run("--help")
    assert done.returncode == 0
    assert f"twistd [twistd's own options] kea-dhcp{daemon.family} [options]" in done.stdout
    assert "SIGHUP" in done.stdout


def test_an_error_that_nobody_expected_leaves_nothing_behind(daemon: Daemon) -> None:
    library = daemon.directory / "broken.py"
    library.write_text(BROKEN % daemon.family)
    daemon.write(**{"hooks-libraries": [{"library": str(library)}]})
    done = daemon.run("-c", str(daemon.config_file), "-p", str(daemon.port))
    assert done.returncode == 1
    assert f"DHCP{daemon.family}_INIT_FAIL" in done.stdout
    assert "ZeroDivisionError: nobody expected this (in fail, " in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert not daemon.pid_file.exists()
    assert not daemon.socket.exists()


def test_an_error_that_nobody_expected_ends_a_reload_not_the_server(daemon: Daemon) -> None:
    daemon.write()
    daemon.serve()
    library = daemon.directory / "broken.py"
    library.write_text(BROKEN % daemon.family)
    daemon.write(**{"hooks-libraries": [{"library": str(library)}]})
    daemon.send(signal.SIGHUP)
    daemon.expect(f"DHCP{daemon.family}_DYNAMIC_RECONFIGURATION_FAIL")
    assert "ZeroDivisionError: nobody expected this" in daemon.log
    assert daemon.ask("config-reload")["result"] == 1
    assert daemon.ask("version-get")["result"] == 0
