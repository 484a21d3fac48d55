"""perfdhcp as the load: what it is told, and what it reports.

DHCPv4: perfdhcp plays a relay. It binds UDP port 67 of `-l ADDRESS`, puts that address into giaddr and sends to the
server's address; so the answers come back to it by unicast, and Kea serves them through raw sockets, its default.
DHCPv6: `-l INTERFACE` alone makes it a client on that link that sends to ff02::1:2.
`-R` clients are picked at random out of a million, so nearly every exchange is a new lease. `-s` makes runs repeat.
`-W` waits for the last answers, so that an answer on its way is no drop.
"""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass

from tests.support.kea import Json, Server, cpu_seconds
from tests.support.namespaces import CLIENT_INTERFACE, Link
from tests.support.requirements import find

SERVER4, CLIENT4 = "10.0.0.1", "10.0.0.2"
SECONDS = 4

ONE_SUBNET: dict[int, Json] = {
    4: {
        "interfaces-config": {"interfaces": [f"srv0/{SERVER4}"]},
        "valid-lifetime": 4000,
        "subnet4": [{"id": 1, "subnet": "10.0.0.0/8", "pools": [{"pool": "10.1.0.0-10.200.255.255"}]}],
    },
    6: {
        "interfaces-config": {"interfaces": ["srv0"]},
        "valid-lifetime": 4000,
        "subnet6": [
            {
                "id": 1,
                "subnet": "2001:db8:1::/64",
                "interface": "srv0",
                "pools": [{"pool": "2001:db8:1:0:1::/80"}],
                "pd-pools": [{"prefix": "2001:db8:8000::", "prefix-len": 33, "delegated-len": 56}],
            }
        ],
    },
}


def link() -> Link:
    """Return a link for both families."""
    return Link("bench", [f"{SERVER4}/8", "2001:db8:1::1/64"], [f"{CLIENT4}/8", "2001:db8:1::2/64"])


@dataclass(frozen=True)
class Load:
    """What one run of perfdhcp saw. completed: 4-way exchanges. drops: the worse of the two ratios, in percent."""

    offered: int
    completed: int
    drops: float
    average_ms: float
    cpu: float

    @property
    def cpu_us(self) -> float:
        """CPU time of the server for one exchange, in microseconds."""
        return self.cpu / self.completed * 1e6 if self.completed else float("nan")

    @property
    def rate(self) -> float:
        """Completed exchanges a second."""
        return self.completed / SECONDS


def run(server: Server, rate: int, *extra: str) -> Load:
    """Load *server* with *rate* exchanges a second for some seconds. extra: more switches of perfdhcp."""
    assert server.process is not None
    where = ["-4", "-l", CLIENT4] if server.family == 4 else ["-6", "-l", CLIENT_INTERFACE]
    target = [SERVER4] if server.family == 4 else []
    arguments = ["-r", str(rate), "-p", str(SECONDS), "-R", "1000000", "-s", "1", "-W", "300000", *extra]
    before = cpu_seconds(server.process.pid)
    done = subprocess.run(
        ("ip", "netns", "exec", server.link.client, find("perfdhcp") or "perfdhcp", *where, *arguments, *target),
        capture_output=True,
        text=True,
        timeout=SECONDS + 60,
    )
    cpu = cpu_seconds(server.process.pid) - before
    received = [int(count) for count in re.findall(r"received packets: (\d+)", done.stdout)]
    sent = [int(count) for count in re.findall(r"sent packets: (\d+)", done.stdout)]
    delays = [float(delay) for delay in re.findall(r"avg delay: ([0-9.]+) ms", done.stdout)]
    if len(received) < 2 or not sent[0]:
        raise RuntimeError(f"perfdhcp: {done.stdout[-800:]}{done.stderr[-800:]}")
    # What was never requested, because its offer was lost, counts as lost too.
    drops = 100 * max(1 - got / put if put else 1 for got, put in zip(received, sent, strict=True))
    return Load(rate, received[1], drops, sum(delays) / len(delays) if delays else 0.0, cpu)
