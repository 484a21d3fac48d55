"""Our units under a real systemd, installed as an operator does: start, reload, stop, hang, crash, what they forbid."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.client import Wire, frame4, frame6
from tests.support.kea import ControlSocket
from tests.support.namespaces import Link
from tests.support.packets import (
    ACK,
    DISCOVER,
    OFFER,
    REPLY,
    REQUEST,
    SOLICIT,
    Dhcp6,
    ia_na,
    ip4,
    parse4,
    parse6,
    query4,
    query6,
)
from tests.support.requirements import require_systemd
from tests.support.systemd import Systemd, units

FAMILIES = [4, 6]
WATCHDOG = "[Service]\nWatchdogSec=3\n"
HOOK = '''"""Answers a command, and is slow to load if told so."""

import time


def load(library):
    time.sleep(library.parameters.get("seconds", 0))

    @library.command("hook-get")
    def hook_get(request):
        return {"result": 0, "text": "here"}
'''


def configuration(family: int, **changes: Any) -> str:
    """Return the text of a configuration file in the places that the units give."""
    name = f"kea-dhcp{family}"
    whole: dict[str, Any] = {
        "interfaces-config": {"interfaces": ["srv0"], "service-sockets-require-all": True},
        "control-socket": {"socket-type": "unix", "socket-name": f"/run/kea/kea{family}-ctrl-socket"},
        "lease-database": {"type": "memfile", "lfc-interval": 3600},
        "hooks-libraries": [{"library": "/etc/kea/slow.py"}],
        "loggers": [
            {
                "name": name,
                "output_options": [{"output": "stdout"}, {"output": f"/var/log/kea/{name}.log", "maxsize": 204800}],
            }
        ],
    }
    if family == 4:
        whole["subnet4"] = [{"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.99"}]}]
    else:
        pools = [{"pool": "2001:db8:1::10-2001:db8:1::99"}]
        whole["subnet6"] = [
            {"id": 1, "subnet": "2001:db8:1::/64", "interface": "srv0", "rapid-commit": True, "pools": pools}
        ]
    whole.update(changes)
    return json.dumps({f"Dhcp{family}": whole}, indent=1)


class Machine:
    """A machine with both servers installed, and a client at the other end of its interface."""

    def __init__(self, link: Link) -> None:
        files = units()
        for family in FAMILIES:
            files[f"etc/kea/kea-dhcp{family}.conf"] = configuration(family)
            files[f"etc/systemd/system/kea-dhcp{family}.service.d/sooner.conf"] = WATCHDOG
        files["etc/kea/slow.py"] = HOOK
        self.systemd = Systemd(link, files)
        self.wire = Wire(link)

    def close(self) -> None:
        """End everything."""
        self.wire.close()
        self.systemd.close()


class Service:
    """One of the two servers, as its unit."""

    def __init__(self, machine: Machine, family: int) -> None:
        self.machine = machine
        self.systemd = machine.systemd
        self.family = family
        self.name = f"kea-dhcp{family}"
        self.unit = f"{self.name}.service"
        self.control = ControlSocket(self.path(f"/run/kea/kea{family}-ctrl-socket"))
        self.configuration = self.path(f"/etc/kea/{self.name}.conf")
        self.log = self.path(f"/var/log/kea/{self.name}.log")

    def path(self, inside: str) -> Path:
        """Return the path of a file as seen from here."""
        return Path(f"{self.systemd.root}{inside}")

    @property
    def pid(self) -> int:
        """The main process."""
        return self.systemd.main_pid(self.unit)

    def command(self, verb: str) -> None:
        """Have systemctl do something with the unit."""
        self.systemd.systemctl(verb, self.unit)

    def serves(self, patience: float = 2.0) -> str:
        """Return the address that the client gets; it asks once only."""
        wire = self.machine.wire
        wire.drain()
        if self.family == 4:
            wire.send(frame4(query4(DISCOVER, 1, xid=1).pack()))
            offer = wire.receive(patience)
            assert offer is not None and parse4(offer.payload).type == OFFER
            address = parse4(offer.payload).yiaddr
            wire.send(frame4(query4(REQUEST, 1, (54, ip4("192.0.2.1")), (50, ip4(address)), xid=1).pack()))
            answer = wire.receive(patience)
            assert answer is not None and parse4(answer.payload).type == ACK
            return address
        wire.send(frame6(query6(SOLICIT, 1, (14, b""), ia_na(1)).pack()))
        answer = wire.receive(patience)
        assert answer is not None
        reply = parse6(answer.payload)
        assert isinstance(reply, Dhcp6) and reply.type == REPLY
        return socket.inet_ntop(socket.AF_INET6, reply.all(3)[0][16:32])

    def until(self, condition: Callable[[Service], object], what: str, seconds: float = 15) -> None:
        """Wait for *condition*."""
        deadline = time.monotonic() + seconds
        while not condition(self):
            assert time.monotonic() < deadline, f"{what}\n{self.systemd.journal()}"
            time.sleep(0.05)

    @property
    def status(self) -> str:
        """The line about the server that `systemctl status` shows."""
        return self.systemd.property(self.unit, "StatusText")

    @property
    def restarts(self) -> int:
        """How often systemd has started it again; -1 while it does so."""
        active = self.systemd.property(self.unit, "ActiveState") == "active"
        return int(self.systemd.property(self.unit, "NRestarts")) if active else -1

    @property
    def lifetime(self) -> Any:
        """Return what is in force for `valid-lifetime`."""
        return self.control.ask("config-get")["arguments"][f"Dhcp{self.family}"]["valid-lifetime"]


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    require_systemd()
    with Link("sysd", ["192.0.2.1/24", "2001:db8:1::1/64"]) as link:
        made = Machine(link)
        yield made
        made.close()


@pytest.fixture
def services(machine: Machine) -> Iterator[list[Service]]:
    """Both servers, started with their first configuration."""
    made = [Service(machine, family) for family in FAMILIES]
    for service in made:
        service.configuration.write_text(configuration(service.family))
    machine.systemd.systemctl("start", *(service.unit for service in made))
    yield made
    for service in made:
        assert "Traceback" not in service.log.read_text()
    machine.systemd.systemctl("stop", *(service.unit for service in made))
    machine.systemd.systemctl("reset-failed")


def test_start_returns_when_they_serve_and_stop_leaves_only_what_must_stay(services: list[Service]) -> None:
    addresses = [service.serves() for service in services]
    for service in services:
        status = Path(f"/proc/{service.pid}/status").read_text()
        assert "NoNewPrivs:\t1" in status
        wanted = 1 << 10 | (1 << 13 if service.family == 4 else 0)
        assert f"CapEff:\t{wanted:016x}\nCapBnd:\t{wanted:016x}" in status
        for file in (
            f"/run/kea/{service.name}.{service.name}.pid",
            f"/run/kea/kea{service.family}-ctrl-socket",
            f"/var/lib/kea/kea-leases{service.family}.csv",
            f"/var/log/kea/{service.name}.log",
        ):
            assert service.path(file).stat().st_uid == 101, file
        assert "started" in service.systemd.journal("-u", service.unit)
    for service in services:
        begun = time.monotonic()
        service.command("stop")
        assert time.monotonic() - begun < 5
        assert service.systemd.property(service.unit, "Result") == "success"
        assert service.systemd.property(service.unit, "ExecMainStatus") == "0"
    assert os.listdir(services[0].path("/run/kea")) == []
    assert "kea" not in services[0].systemd.systemctl("--failed", "--plain")
    for service, address in zip(services, addresses, strict=True):
        service.command("start")
        assert service.serves() == address


def test_reload_takes_a_right_configuration_and_tells_what_is_wrong_with_another(services: list[Service]) -> None:
    for service in services:
        changes = {"valid-lifetime": 1111, "lease-database": {"type": "memfile", "lfc-interval": 1}}
        service.configuration.write_text(configuration(service.family, **changes))
        pid = service.pid
        service.command("reload")
        service.until(lambda each: each.lifetime == 1111, "the configuration is not in force")
        address = service.serves()
        service.configuration.write_text(configuration(service.family, **{"valid-lifetime": 2222, "bogus": 1}))
        service.command("reload")
        service.until(lambda each: "bogus" in each.status, "the status does not tell")
        told = service.systemd.journal("-u", service.unit)
        assert f"DHCP{service.family}_CONFIG_LOAD_FAIL" in told
        assert f"/etc/kea/{service.name}.conf:" in told
        assert (service.lifetime, service.pid, service.serves()) == (1111, pid, address)
        assert service.systemd.property(service.unit, "ActiveState") == "active"
        service.configuration.write_text(configuration(service.family, **changes))
        service.command("reload")
        service.until(lambda each: "bogus" not in each.status, "the status is an old one")
        # The mode says whether the server may.
        assert service.control.ask("config-write", {"filename": f"/etc/kea/{service.name}.conf"})["result"] == 1
        service.configuration.chmod(0o666)
        assert service.control.ask("config-write", {"filename": f"/etc/kea/{service.name}.conf"})["result"] == 0
    for service in services:
        cleaned = service.path(f"/var/lib/kea/kea-leases{service.family}.csv.2")
        service.until(lambda _, file=cleaned: file.exists(), "no kea-lfc")
        assert cleaned.stat().st_uid == 101


def test_what_hangs_or_is_killed_is_started_again_and_keeps_its_leases(services: list[Service]) -> None:
    addresses = [service.serves() for service in services]
    pids = [service.pid for service in services]
    for service in services:  # not a hang, but a configuration that takes longer than the watchdog waits
        slow = [{"library": "/etc/kea/slow.py", "parameters": {"seconds": 4}}]
        changes = {"valid-lifetime": 3333, "hooks-libraries": slow}
        service.configuration.write_text(configuration(service.family, **changes))
    services[0].systemd.systemctl("reload", *(service.unit for service in services))
    for service, pid in zip(services, pids, strict=True):
        service.until(lambda each: each.lifetime == 3333, "the configuration is not in force")
        assert service.pid == pid
        assert service.control.ask("hook-get") == {"result": 0, "text": "here"}
        service.configuration.write_text(configuration(service.family))
    for number, times in ((signal.SIGSTOP, 1), (signal.SIGKILL, 2)):
        for service in services:
            os.kill(service.pid, number)
        for service, address in zip(services, addresses, strict=True):
            service.until(lambda each, count=times: each.restarts == count, f"{number!r}")
            assert service.serves() == address
    assert "Watchdog timeout" in services[0].systemd.journal()
