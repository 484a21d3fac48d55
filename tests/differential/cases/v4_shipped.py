"""The configurations that come with the program for operators to begin with, as both servers understand them."""

from __future__ import annotations

from pathlib import Path

from kea_twisted.base.kea_json.parse import parse_text
from tests.differential.case import case
from tests.differential.cases.client4 import Client, asks
from tests.differential.talk import Talk
from tests.support.kea import Json
from tests.support.packets import u32

FOLDER = Path(__file__).parents[3] / "etc" / "kea"
ITS_OWN = ("control-socket", "lease-database", "loggers")


def shipped(name: str) -> Json:
    """Return what is inside "Dhcp4" of a file, for the interface of the tests."""
    text = (FOLDER / f"{name}-dhcp4.conf").read_text().replace('"eth0"', '"srv0"')
    whole: Json = parse_text(text).value["Dhcp4"]
    return {key: value for key, value in whole.items() if key not in ITS_OWN}


@case(4, shipped("vendor-specific"), "V4-300")
def shipped_vendor_specific(talk: Talk) -> None:
    for number, name in enumerate((b"APC", b"PXEClient:Arch:00007", b"other"), 1):
        Client(talk, number, (60, name)).lease(asks(43, 60))
    Client(talk, 9).lease(asks(43, 60))


@case(4, shipped("vivso"), "V4-300")
def shipped_vivso(talk: Talk) -> None:
    Client(talk, 1, (60, b"HMC1000-7")).lease()
    Client(talk, 2, (60, b"other")).lease(asks(125))
    Client(talk, 3, (125, u32(25167) + b"\0")).lease()
    Client(talk, 4, (60, b"docsis3.0"), (125, u32(4491) + b"\3\1\1\2")).lease()
