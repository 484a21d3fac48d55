"""A running Kea 2.2.0 that is asked what it makes of client classes."""

from __future__ import annotations

import re
import socket
import time
from typing import Any

from tests.support.kea import Kea
from tests.support.namespaces import SERVER_INTERFACE, Link
from tests.support.requirements import require, require_namespaces

_RESULT = re.compile(r"EVAL_RESULT Expression (\S+) evaluated to (.*)")
_STEP = re.compile(r"(EVAL_DEBUG_\w+) (.*)")

Steps = list[tuple[str, list[str]]]
"""Debug lines: the id, and the values in hexadecimal in the order in which the line has them."""


class Oracle:
    """A running Kea of one family that is given classes and packets."""

    def __init__(self, family: int) -> None:
        require(f"kea-dhcp{family}")
        require_namespaces()
        self.family = family
        self.logged = ""
        self.link = Link("classes", ("10.77.0.1/24", "2001:db8:77::1/64"), ("10.77.0.2/24", "2001:db8:77::2/64"))
        self.kea = Kea(family, self.link)
        self.kea.start(self.configuration([{"name": "c0"}]), severity="DEBUG", debuglevel=55)

    def configuration(self, classes: list[dict[str, object]], **more: Any) -> dict[str, Any]:
        """Return a configuration with *classes*."""
        if self.family == 4:
            interfaces: dict[str, object] = {"interfaces": [SERVER_INTERFACE], "dhcp-socket-type": "udp"}
            subnet = {"id": 1, "subnet": "10.77.0.0/24", "pools": [{"pool": "10.77.0.100-10.77.0.200"}]}
        else:
            interfaces = {"interfaces": [f"{SERVER_INTERFACE}/2001:db8:77::1"]}
            subnet = {"id": 1, "subnet": "2001:db8:77::/64", "pools": [{"pool": "2001:db8:77::100-2001:db8:77::ffff"}]}
        return {
            "interfaces-config": interfaces,
            "multi-threading": {"enable-multi-threading": False},
            "client-classes": classes,
            f"subnet{self.family}": [subnet],
            **more,
        }

    def accepts(self, classes: list[dict[str, object]], **more: Any) -> tuple[bool, str]:
        """Return whether Kea takes a configuration with *classes*, and what it says."""
        answer = self.kea.control.ask("config-test", self.kea.complete(self.configuration(classes, **more)))
        return answer["result"] == 0, answer["text"]

    def results(self, classes: list[dict[str, object]], octets: bytes, last: str, **more: Any) -> dict[str, str]:
        """Return what the tests of *classes* give for a packet, by class; "1", "0" or the error.

        last: the class whose result ends the waiting.
        """
        answer = self.kea.reload(self.configuration(classes, **more), severity="DEBUG", debuglevel=55)
        assert answer["result"] == 0, answer["text"]
        start = self.kea.log.stat().st_size
        kind = socket.AF_INET if self.family == 4 else socket.AF_INET6
        client, server, port = (
            ("10.77.0.2", "10.77.0.1", 67) if self.family == 4 else ("2001:db8:77::2", "2001:db8:77::1", 547)
        )
        with self.link.socket(self.link.client, kind, socket.SOCK_DGRAM) as channel:
            channel.bind((client, port))
            channel.sendto(octets, (server, port))
            deadline = time.monotonic() + 5
            while True:
                with self.kea.log.open("rb") as log:
                    log.seek(start)
                    found = dict(_RESULT.findall(log.read().decode(errors="replace")))
                if last in found or time.monotonic() > deadline:
                    break
                time.sleep(0.02)
        self.logged = self.kea.log.read_text(errors="replace")[start:]
        return found

    def steps(self) -> dict[str, Steps]:
        """Return the debug lines of each test that :meth:`results` had evaluated last, by class."""
        found: dict[str, Steps] = {}
        steps: Steps = []
        for line in self.logged.splitlines():
            if (result := _RESULT.search(line)) is not None:
                found[result[1]] = steps
                steps = []
            elif (step := _STEP.search(line)) is not None:
                steps.append((step[1], re.findall(r"(?<![='\w])0x[0-9A-F]*", step[2])))
        return found

    def close(self) -> None:
        """End Kea and remove the namespaces."""
        self.kea.close()
        self.link.close()
