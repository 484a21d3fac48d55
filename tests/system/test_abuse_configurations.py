"""Configurations with every kind of mistake: told with their places, all at once, while the running one goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from kea_twisted.control.io import AT_ONCE
from tests.support.client import Wire, frame4
from tests.support.ours import Ours, Twistd
from tests.support.packets import ACK, REQUEST, ip4, parse4, query4

NESTED = 1000


def _broken(directory: Path) -> dict[str, tuple[bytes, str]]:
    """Return, by name, files that are no configuration and what is to be said of them."""
    (directory / "loop").write_text(f'<?include "{directory}/loop"?>')
    (directory / "wrong").write_text('{"Dhcp4":\n {"valid-lifetime": "x"}\n}')
    include = b'{ "Dhcp4":\n <?include "%s/%s"?> }'
    place = os.fsencode(directory)
    return {
        "empty": (b"", "syntax error, unexpected end of file, expecting a value (FILE:1:1)"),
        "a directory": (b"", ""),
        "deep": (b'{"Dhcp4": ' + b"[\n" * NESTED + b"]" * NESTED + b"}", "nest more than 250 deep (FILE:250:1)"),
        "deeper": (b"[" * 100_000, "nest more than 250 deep"),
        "NUL": (b'{"Dhcp4": \0}', "unexpected character 0x00, expecting a value (FILE:1:11)"),
        "NUL in a text": (b'{"Dhcp4": {"server-tag": "a\0b"}}', "control character 0x00 in a string (FILE:1:28)"),
        "byte order mark": (b'\xef\xbb\xbf{"Dhcp4": {}}', "unexpected character 0xef"),
        "UTF-16": ('{"Dhcp4": {}}'.encode("utf-16"), "unexpected character 0xff"),
        "Latin-1": (b'{"Dhcp4": {"v\xe4lid": 1}}', "unsupported parameter: v\u00e4lid (FILE:1:12)"),
        "digits": (b'{"Dhcp4": {"valid-lifetime":\n' + b"9" * 50_000_000 + b"}}", "does not fit 64 bits (FILE:2:1)"),
        "half": (b'{"Dhcp4": {"valid-lifetime": 4000,', "unexpected end of file"),
        "binary": (bytes(range(256)) * 100, "unexpected character 0x00"),
        "a list": (b"[]", "a configuration is a map with the entry Dhcp4"),
        "the other server's": (b'{"Dhcp6": {}}', "missing parameter 'Dhcp4'"),
        "an include loop": (include % (place, b"loop"), "files include one another more than 10 deep"),
        "a missing include": (include % (place, b"nothing"), "No such file or directory (FILE:2:2)"),
        "a directory included": (include % (place, b"."), "Is a directory (FILE:2:2)"),
        "a mistake in an include": (
            b'<?include "%s/wrong"?>' % place,
            "expected an integer, got 'x' (DIRECTORY/wrong:2:21)",
        ),
        "three mistakes": (
            b'{"Dhcp4": {\n"valid-lifetime": "x",\n"bogus": 1,\n"subnet4": [{"subnet": 5}] }}',
            """Dhcp4/valid-lifetime: expected an integer, got 'x' (FILE:2:19)
Dhcp4/bogus: unsupported parameter: bogus (FILE:3:1)
Dhcp4/subnet4[0]/subnet: expected a string, got 5 (FILE:4:24)""",
        ),
    }


def _check(server: Twistd, file: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        Ours.command(server, "-t", str(file)),
        env={**os.environ, **server.environment()},
        capture_output=True,
        text=True,
        timeout=30,
    )


def _served(wire: Wire) -> None:
    """Have the client renew its lease."""
    wire.drain()
    wire.send(frame4(query4(REQUEST, 1, (54, ip4("192.0.2.1")), (50, ip4("192.0.2.10"))).pack()))
    frame = wire.receive(5)
    assert frame is not None
    answer = parse4(frame.payload)
    assert (answer.type, answer.yiaddr) == (ACK, "192.0.2.10")


@pytest.mark.arm("CF-069")
def test_broken_files_are_told_and_the_running_configuration_goes_on(server4: Twistd) -> None:
    assert server4.process is not None
    file = server4.directory / "config.json"
    good = file.read_bytes()
    before = server4.control.ask("config-get")
    wire = Wire(server4.link)
    _served(wire)
    for name, (octets, reason) in _broken(server4.directory).items():
        if name == "a directory":
            file.unlink()
            file.mkdir()
        else:
            file.write_bytes(octets)
        answer = server4.control.ask("config-reload")
        wanted = [
            line.replace("FILE", str(file)).replace("DIRECTORY", str(server4.directory)) for line in reason.splitlines()
        ]
        assert answer["result"] == 1, name
        for line in wanted:
            assert line in answer["text"], (name, answer["text"][:500])
        _served(wire)
        if name == "a directory":
            file.rmdir()
    said = server4.log.read_text(errors="replace").count("DHCP4_DYNAMIC_RECONFIGURATION_FAIL")
    file.write_bytes(b"{")
    server4.process.send_signal(signal.SIGHUP)
    deadline = time.monotonic() + 10
    while server4.log.read_text(errors="replace").count("DHCP4_DYNAMIC_RECONFIGURATION_FAIL") == said:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    _served(wire)
    assert server4.control.ask("config-get") == before
    file.write_bytes(good)
    assert server4.control.ask("config-reload")["result"] == 0
    _served(wire)
    assert [row["address"] for row in server4.leases()][-1] == "192.0.2.10"
    wire.close()


def test_the_check_of_a_broken_file_tells_every_mistake_on_a_line(server4: Twistd) -> None:
    file = server4.directory / "broken.json"
    cases = _broken(server4.directory)
    for name in ("three mistakes", "deep", "an include loop", "NUL", "empty"):
        octets, reason = cases[name]
        file.write_bytes(octets)
        done = _check(server4, file)
        assert done.returncode == 1
        lines = done.stderr.splitlines()
        wanted = reason.replace("FILE", str(file)).splitlines()
        assert len(lines) == len(wanted)
        for line, part in zip(lines, wanted, strict=True):
            assert line.startswith("Error encountered: ")
            assert part in line


@pytest.mark.parametrize(("command", "length"), [("config-test", 0), ("config-set", 0), ("config-set", 2 * AT_ONCE)])
def test_mistakes_of_a_command_are_all_told_and_change_nothing(server4: Twistd, command: str, length: int) -> None:
    before = server4.control.ask("config-get")
    wire = Wire(server4.link)
    _served(wire)
    text = (
        '{"command": "' + command + '", "arguments": {"Dhcp4": {\n"valid-lifetime": "x",\n"bogus": 1,\n'
        '"subnet4": [{"subnet": 5}, {"id": 0}] }}' + " " * length + "}"
    )
    answer = server4.control.ask_raw(text.encode())
    assert answer["result"] == 1
    for part in ("Dhcp4/valid-lifetime", "bogus", "Dhcp4/subnet4[0]/subnet", "Dhcp4/subnet4[1]", "3:1", "4:24"):
        assert part in answer["text"]
    _served(wire)
    assert server4.control.ask("config-get") == before
    wire.close()
