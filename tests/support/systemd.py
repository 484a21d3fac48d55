"""A real systemd as process 1 of namespaces of its own, with our units installed as on a machine of an operator.

Its root is a tmpfs over which the machine's /usr is mounted to be read; units, users, /run, /var and the journal are
its own, and with the process everything goes. The interpreter, its packages and the checkout lie under /opt/kea there,
since units with ProtectHome see nothing of /home and /root, where they may really be.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import sysconfig
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from tests.support.namespaces import Link

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = "/lib/systemd/systemd"
STOCK = (
    *("basic.target", "multi-user.target", "network-online.target", "shutdown.target", "sysinit.target"),
    *("sockets.target", "time-sync.target", "systemd-journald.service", "systemd-journald.socket"),
)
"""What is there of systemd's own units; the others would look for disks, terminals and devices."""

BOOT = r"""
set -eu
mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs "$ROOT"
cd "$ROOT"
mkdir -p usr etc/systemd/system etc/kea var/lib var/log run tmp proc sys dev home root old
mkdir -p opt/kea/bin opt/kea/python opt/kea/site opt/kea/source/kea_twisted opt/kea/source/twisted
chmod 1777 tmp
for each in bin sbin lib lib64; do [ ! -e /usr/$each ] || ln -s usr/$each $each; done
mount --rbind /usr usr
mount -t tmpfs -o mode=755 tmpfs usr/lib/systemd/system-generators
for each in $STOCK; do cp /usr/lib/systemd/system/$each etc/systemd/system/; done
mount -t tmpfs -o mode=755 tmpfs usr/lib/systemd/system
mount --rbind "$PYTHON" opt/kea/python
mount --bind "$SITE" opt/kea/site
mount --bind "$SOURCE/kea_twisted" opt/kea/source/kea_twisted
mount --bind "$SOURCE/twisted" opt/kea/source/twisted
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t tmpfs -o mode=755 tmpfs sys/fs/cgroup
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=755 tmpfs dev
for each in null zero full random urandom; do touch dev/$each; mount --bind /dev/$each dev/$each; done
mkdir dev/shm
cp -r "$FILES"/. .
ln -sf /etc/systemd/system/multi-user.target etc/systemd/system/default.target
pivot_root . old
cd /
umount -l old
exec env -i container=test PATH=/usr/sbin:/usr/bin:/sbin:/bin $PROGRAM --log-target=journal --show-status=no
"""

PASSWD = """root:x:0:0::/root:/bin/sh
_kea:x:101:101::/var/lib/kea:/usr/sbin/nologin
nobody:x:65534:65534::/:/usr/sbin/nologin
"""
FILES: dict[str, str | bytes] = {
    "etc/nsswitch.conf": "passwd: files\ngroup: files\n",
    "etc/machine-id": "",
    "etc/os-release": "ID=test\n",
    "etc/systemd/system/sysinit.target.d/journal.conf": "[Unit]\nWants=systemd-journald.service\n",
}
GROUP = """root:x:0:
_kea:x:101:
nogroup:x:65534:
"""


class Systemd:
    """One systemd in the server namespace of *link*.

    files: path below its root → text or octets, put there before it starts. OSError if it does not come up.
    """

    def __init__(self, link: Link, files: dict[str, str | bytes]) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="systemd-", dir="/tmp")
        directory = Path(self._temporary.name)
        self._group = _control_group(directory.name)
        self._said = directory / "said"
        self._pid = 0
        self._process: subprocess.Popen[bytes] | None = None
        try:
            (directory / "root").mkdir()
            _lay_out(directory / "files", {"etc/passwd": PASSWD, "etc/group": GROUP, **FILES, **_programs(), **files})
            self._boot(link, directory)
        except BaseException:
            self.close()
            raise

    def _boot(self, link: Link, directory: Path) -> None:
        unshare = ("unshare", "--pid", "--fork", "--kill-child", "--mount", "--uts", "--ipc", "--cgroup")
        into = 'echo $$ >"$0/cgroup.procs"; exec "$@"'
        environment = {
            "ROOT": str(directory / "root"),
            "FILES": str(directory / "files"),
            "PYTHON": sys.base_prefix,
            "SITE": sysconfig.get_path("purelib"),
            "SOURCE": str(ROOT),
            "PROGRAM": PROGRAM,
            "STOCK": " ".join(STOCK),
        }
        # First into the control group, since `ip netns exec` mounts another /sys.
        enter = ("setpriv", "--pdeathsig", "KILL", "sh", "-ec", into, str(self._group))
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(
                (*enter, "ip", "netns", "exec", link.server, *unshare, "sh", "-c", BOOT),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                env={**os.environ, **environment},
            )
        deadline = time.monotonic() + 20
        while not self._up():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise OSError(f"systemd does not start: {self._said.read_text(errors='replace')[-500:]}")
            time.sleep(0.05)

    def _up(self) -> bool:
        """Return whether the basic units run."""
        assert self._process is not None
        if not self._pid:
            pid = self._process.pid
            with suppress(OSError):
                children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
                if children and Path(f"/proc/{children[0]}/comm").read_text().strip() == "systemd":
                    self._pid = int(children[0])
        return bool(self._pid) and self.run("systemctl", "is-system-running").stdout.strip() in ("running", "degraded")

    @property
    def root(self) -> Path:
        """The root of its file system, as seen from here."""
        return Path(f"/proc/{self._pid}/root")

    def run(self, *arguments: str, timeout: float = 30) -> subprocess.CompletedProcess[str]:
        """Run a program where systemd is."""
        inside = ("nsenter", f"--target={self._pid}", "--mount", "--pid", "--uts", "--ipc", "--net", "--cgroup")
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "SYSTEMD_PAGER": "", "SYSTEMD_COLORS": "0"}
        return subprocess.run(
            (*inside, "--wd=/", *arguments), env=environment, capture_output=True, text=True, timeout=timeout
        )

    def systemctl(self, *arguments: str) -> str:
        """Return what systemctl prints; AssertionError, with the journal, if it fails."""
        done = self.run("systemctl", *arguments)
        assert done.returncode == 0, f"systemctl {' '.join(arguments)}: {done.stderr}\n{self.journal()}"
        return done.stdout

    def property(self, unit: str, name: str) -> str:
        """Return one property of *unit*."""
        return self.systemctl("show", "--value", "--property", name, unit).strip()

    def main_pid(self, unit: str) -> int:
        """Return the main process of *unit*, by its number outside; 0 if there is none."""
        inside = self.property(unit, "MainPID")
        group = self._group / "system.slice" / unit / "cgroup.procs"
        with suppress(FileNotFoundError):
            for pid in group.read_text().split():
                status = Path(f"/proc/{pid}/status").read_text()
                if any(line.split()[-1] == inside for line in status.splitlines() if line.startswith("NSpid:")):
                    return int(pid)
        return 0

    def journal(self, *arguments: str) -> str:
        """Return the lines of the journal."""
        return self.run("journalctl", "--no-pager", "--output=cat", *arguments).stdout

    def close(self) -> None:
        """End it, and all that runs under it, by the number of the process that holds it. Harmless when repeated."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        deadline = time.monotonic() + 10
        while self._group.exists():
            _remove_groups(self._group)
            if time.monotonic() > deadline:
                break
            time.sleep(0.02)
        self._temporary.cleanup()


def _control_group(name: str) -> Path:
    """Return a control group that was made for a systemd. OSError if there can be none."""
    for line in Path("/proc/self/mounts").read_text().splitlines():
        _, place, kind, *_ = line.split()
        if kind == "cgroup2":
            for left in Path(place).glob("kt*-systemd-*"):
                if not os.path.exists(f"/proc/{left.name[2:].partition('-')[0]}"):
                    _remove_groups(left)  # a run that was killed could not
            made = Path(place) / f"kt{os.getpid()}-{name}"
            made.mkdir()
            return made
    raise OSError("no cgroup2 file system is mounted")


def _remove_groups(top: Path) -> None:
    """Remove a control group and those below it, as far as nothing runs in them."""
    for directory, _, _ in os.walk(top, topdown=False):
        with suppress(OSError):
            os.rmdir(directory)


def _lay_out(directory: Path, files: dict[str, str | bytes]) -> None:
    """Make *files* below *directory*; what begins as a script may be executed."""
    for name, text in files.items():
        octets = text.encode() if isinstance(text, str) else text
        file = directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(octets)
        file.chmod(0o755 if octets.startswith(b"#!") else 0o644)


def _programs() -> dict[str, str | bytes]:
    """Return the console scripts of this checkout, in a place that units may see."""
    base = os.path.realpath(sys.base_prefix)
    interpreter = os.path.relpath(os.path.realpath(sys.executable), base)
    words = (
        "exec env LD_LIBRARY_PATH=/opt/kea/python/lib PYTHONPATH=/opt/kea/source:/opt/kea/site",
        f"/opt/kea/python/{shlex.quote(interpreter)} -m kea_twisted.daemons.dhcp",
    )
    return {f"opt/kea/bin/kea-dhcp{family}": f'#!/bin/sh\n{" ".join(words)}{family} "$@"\n' for family in (4, 6)}


def units() -> dict[str, str | bytes]:
    """Return our units as the manual says they are installed: with the path of the programs written into them."""
    found: dict[str, str | bytes] = {}
    for file in sorted((ROOT / "etc/systemd").glob("*.service")):
        found[f"etc/systemd/system/{file.name}"] = file.read_text().replace("/usr/bin/kea-", "/opt/kea/bin/kea-")
    return found
