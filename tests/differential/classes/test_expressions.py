"""Every line of the language file, asked of Kea 2.2.0: what it accepts, and which classes its packets then belong to.

Kea says in its log what each expression evaluated to, so one packet answers for all lines about it.
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from kea_twisted.errors import ExpressionError
from kea_twisted.classes.builtin import is_builtin
from kea_twisted.expression.compile import compile_test
from kea_twisted.family import V4, V6
from kea_twisted.options.spaces import Definitions
from tests.support.expressions import Line, Sample, read
from tests.support.kea import Kea
from tests.support.namespaces import SERVER_INTERFACE, Link
from tests.support.requirements import require, require_namespaces

LINES = read()
SAMPLES = {line.sample.name: line.sample for line in LINES}
DEFINITIONS = {4: Definitions(family=V4), 6: Definitions(family=V6)}
_RESULT = re.compile(r"EVAL_RESULT Expression (\S+) evaluated to (.*)")


class Oracle:
    """A running Kea of one family that is given classes and packets."""

    def __init__(self, family: int) -> None:
        require(f"kea-dhcp{family}")
        require_namespaces()
        self.family = family
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
                    return found
                time.sleep(0.02)

    def close(self) -> None:
        """End Kea and remove the namespaces."""
        self.kea.close()
        self.link.close()


@pytest.fixture(scope="module")
def oracles() -> Iterator[dict[int, Oracle]]:
    made: dict[int, Oracle] = {}
    try:
        for family in (4, 6):
            made[family] = Oracle(family)
        yield made
    finally:
        for oracle in made.values():
            oracle.close()


def as_test(line: Line) -> str:
    """Return a test that is true if the expression has the value expected."""
    if isinstance(line.expected, bytes):
        value = f"0x{line.expected.hex()}" if line.expected else "''"
        return f"{line.text} == {value}"
    if line.expected == "error":
        try:
            compile_test(line.text, line.sample.family, DEFINITIONS[line.sample.family.number], is_builtin)
        except ExpressionError:
            return f"{line.text} == ''"
    return line.text


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=lambda sample: sample.name)
@pytest.mark.arm("CL-005")
def test_kea_evaluates_like_us(oracles: dict[int, Oracle], sample: Sample) -> None:
    lines = [line for line in LINES if line.sample is sample and not line.note and type(line.expected) is not int]
    classes: list[dict[str, object]] = [{"name": name, "test": "member('ALL')"} for name in sample.classes]
    classes += [{"name": f"line{line.number}", "test": as_test(line)} for line in lines]
    classes.append({"name": "last", "test": "member('UNKNOWN')"})
    found = oracles[sample.family.number].results(classes, sample.octets, "last")
    wrong = []
    for line in lines:
        wanted = {False: "0", "error": None}.get(line.expected, "1")  # type: ignore[call-overload]
        got = found.get(f"line{line.number}", "nothing")
        if got != wanted if wanted else got in ("0", "1", "nothing"):
            wrong.append(f"{line.number}: {line.text} => {line.expected!r}, Kea: {got}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.arm("CL-032")
def test_kea_rejects_what_we_reject_and_at_the_same_column(oracles: dict[int, Oracle]) -> None:
    wrong = []
    for line in LINES:
        if type(line.expected) is not int:
            continue
        known: list[dict[str, object]] = [{"name": name} for name in line.sample.classes]
        accepted, text = oracles[line.sample.family.number].accepts([*known, {"name": "c", "test": line.text}])
        place = re.search(r"<string>:1\.(\d+)", text)
        column = int(place[1]) if place else None
        if accepted or (column != line.expected and not line.note):
            wrong.append(f"{line.number}: {line.text}: column {line.expected}, Kea: {text}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.arm("CL-043")
def test_the_noted_differences_are_still_there(oracles: dict[int, Oracle]) -> None:
    agreed = []
    for line in LINES:
        if not line.note or type(line.expected) is int:
            continue
        oracle = oracles[line.sample.family.number]
        classes: list[dict[str, object]] = [{"name": "c", "test": as_test(line)}]
        if oracle.accepts(classes)[0] and oracle.results(classes, line.sample.octets, "c").get("c") == "1":
            agreed.append(f"{line.number}: {line.text}")
    assert not agreed, "\n".join(agreed)
