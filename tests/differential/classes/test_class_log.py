"""What both servers log about the classes of packets: which lines, of which logger and level, at which debug levels."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from tests.differential.cases import client4, client6
from tests.differential.pair import ADDRESSES
from tests.differential.talk import Talk
from tests.support.client import Wire
from tests.support.kea import Json, Kea, Server
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.packets import duid
from tests.support.requirements import require, require_namespaces

LINE = re.compile(
    r"(DEBUG|INFO|WARN|ERROR) +\[kea-dhcp[46]\.([a-z0-9-]+)/\S+\] "
    r"(EVAL_RESULT|DHCP[46]_(?:PACKET_DROP\w*|CLASS_UNDEFINED|CLASS_UNTESTABLE|CLASS_ASSIGNED))\b"
)
LEVELS = (0, 15, 40, 50)


def _classes(vendor: str) -> list[Json]:
    return [
        {"name": "c"},
        {"name": "untested"},
        {"name": "late", "test": "member('ALL')", "only-if-required": True},
        {"name": "k", "test": "member('KNOWN')"},
        {"name": "fails", "test": "addrtotext('abc') == ''"},
        {"name": "DROP", "test": f"{vendor} == 'evil' or member('k') and {vendor} == 'known!'"},
    ]


def _configuration(family: int, early: bool, first: bool) -> Json:
    """Return classes that drop early, late or at once."""
    identity: Any = {"hw-address": "02:00:00:01:00:01"} if family == 4 else {"duid": duid(1).hex(":")}
    vendor = "option[60].text" if family == 4 else "vendor[*].option[2].hex"
    made = client4 if family == 4 else client6
    classes = _classes(vendor)
    if first:
        classes[-1]["test"] = f"{vendor} == 'evil'"
    return made.network(
        subnet={"require-client-classes": ["late", "nowhere", "untested"]},
        reservations=[{**identity, "client-classes": ["c"]}],
        reservations_global=True,
        early_global_reservations_lookup=early,
        client_classes=classes,
    )


def _talk(server: Server, wire: Wire) -> None:
    talk = Talk(server, wire)
    for number in (1, 2):
        for text in (b"evil", b"known!", b"good"):
            if server.family == 4:
                client4.Client(talk, number, (60, text)).discover()
            else:
                body = b"\0\0\x11\x8b\0\2" + len(text).to_bytes(2, "big") + text
                client6.Client(talk, number, (17, body)).solicit(client6.NA)


def _lines(kind: type[Server], family: int) -> dict[tuple[int, bool, bool], Counter[tuple[str, ...]]]:
    with Link("clog", *ADDRESSES[family]) as link:
        server, wire = kind(family, link), Wire(link)
        try:
            server.start(_configuration(family, False, False))
            found = {}
            for level, early, first in [(level, False, False) for level in LEVELS] + [
                (50, True, False),
                (50, False, True),
            ]:
                whole = server.complete(_configuration(family, early, first), severity="DEBUG", debuglevel=level)
                assert server.control.ask("config-set", whole)["result"] == 0
                start = server.log.stat().st_size
                _talk(server, wire)
                found[level, early, first] = Counter(LINE.findall(server.log.read_text(errors="replace")[start:]))
            return found
        finally:
            server.close()
            wire.close()


@pytest.mark.peer("kea")
@pytest.mark.parametrize("family", [4, 6])
@pytest.mark.arm("CL-007", "CL-015", "CL-D02", "V4-321", "V4-D08")
def test_the_log_tells_of_classes_what_keas_does(family: int) -> None:
    """How often is not compared where Kea does things twice: it lists the classes anew for each way of joining one, and
    evaluates some again after an early lookup.
    """
    require(f"kea-dhcp{family}")
    require_namespaces()
    theirs, ours = _lines(Kea, family), _lines(Ours, family)
    for place, lines in theirs.items():
        assigned = {line for line in lines if line[2].endswith("CLASS_ASSIGNED")}
        assert {line for line in ours[place] if line[2].endswith("CLASS_ASSIGNED")} == assigned
        for each in assigned:
            del lines[each], ours[place][each]
        assert (set(ours[place]) == set(lines)) if place[1] else (ours[place] == lines), place
