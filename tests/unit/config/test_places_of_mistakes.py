"""Mistakes in options, their definitions and reservations are told at the keyword that is wrong, line and column."""

from __future__ import annotations

import json

import pytest

from kea_twisted.config.build import build4
from kea_twisted.config.parse import load_text
from kea_twisted.errors import ConfigErrors
from kea_twisted.family import V4

DATA = {"space": "dhcp4", "code": 67, "name": "boot-file-name", "csv-format": True, "data": "x"}
DEFINITION = {
    "name": "x",
    "code": 230,
    "type": "uint8",
    "space": "s",
    "array": False,
    "encapsulate": "",
    "record-types": "",
}
HOLDERS = {"subnet4": '"subnet": "192.0.2.0/24"', "client-classes": '"name": "c"'}


def _told(key: str, entry: dict[str, object], inside: str = "") -> list[tuple[str, int, int]]:
    """Return path, line and column of the mistakes in a configuration that has each keyword of *entry* on its line."""
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(value)}" for name, value in entry.items())
    text = f'"{key}": [{{\n{lines}\n}}]'
    if inside:
        text = f'"{inside}": [{{ {HOLDERS[inside]}, {text} }}]'
    return _places(f'{{"Dhcp4": {{ {text} }} }}')


def _places(text: str) -> list[tuple[str, int, int]]:
    """Return path, line and column of the mistakes in *text*."""
    with pytest.raises(ConfigErrors) as caught:
        build4(load_text(text, "a.conf", V4).model)
    places = []
    for error in caught.value.errors:
        assert error.position is not None
        places.append((error.path, error.position.line, error.position.column))
    return places


@pytest.mark.arm("V4-112", "V4-262", "V4-307")
@pytest.mark.parametrize("inside", ["", "subnet4", "client-classes"])
@pytest.mark.parametrize(
    ("changes", "keyword"),
    [
        ({"data": ""}, "data"),
        ({"code": 6, "name": "domain-name-servers", "data": "192.0.2.1,x"}, "data"),
        ({"csv-format": False, "data": "0g"}, "data"),
        ({"code": 66}, "name"),
        ({"code": 256}, "code"),
        ({"code": 0}, "code"),
        ({"name": "boot file"}, "name"),
        ({"space": "dhcp6"}, "space"),
        ({"space": "-"}, "space"),
        ({"code": 250, "name": "unheard-of"}, "code"),
    ],
)
def test_a_mistake_in_option_data_is_told_at_its_keyword(changes: dict[str, object], keyword: str, inside: str) -> None:
    entry = {**DATA, **changes}
    path = f"Dhcp4/{inside}[0]/option-data[0]" if inside else "Dhcp4/option-data[0]"
    line = 2 + list(entry).index(keyword)
    assert _told("option-data", entry, inside) == [(f"{path}/{keyword}", line, len(keyword) + 5)]


@pytest.mark.arm("V4-127")
def test_an_option_that_is_not_defined_is_told_at_its_name() -> None:
    assert _told("option-data", {"data": "x", "name": "unheard-of"}) == [("Dhcp4/option-data[0]/name", 3, 9)]


@pytest.mark.arm("V4-273")
@pytest.mark.parametrize(
    ("changes", "keyword"),
    [
        ({"name": "x y"}, "name"),
        ({"code": 300}, "code"),
        ({"space": "a b"}, "space"),
        ({"type": "float"}, "type"),
        ({"type": "string", "array": True}, "array"),
        ({"type": "record"}, "record-types"),
        ({"record-types": "uint8, uint8"}, "record-types"),
        ({"type": "record", "record-types": "string, uint8"}, "record-types"),
        ({"type": "record", "record-types": "uint8, float"}, "record-types"),
        ({"type": "record", "record-types": "uint8, string", "array": True}, "array"),
        ({"encapsulate": "s"}, "encapsulate"),
        ({"encapsulate": "a b"}, "encapsulate"),
        ({"encapsulate": "t", "array": True}, "encapsulate"),
    ],
)
def test_a_mistake_in_a_definition_is_told_at_its_keyword(changes: dict[str, object], keyword: str) -> None:
    entry = {**DEFINITION, **changes}
    line = 2 + list(entry).index(keyword)
    assert _told("option-def", entry) == [(f"Dhcp4/option-def[0]/{keyword}", line, len(keyword) + 5)]
    del entry[keyword]
    if keyword == "record-types" and entry["type"] == "record":
        assert [place[:2] for place in _told("option-def", entry)] == [("Dhcp4/option-def[0]", 1)]


def test_a_reservation_of_something_wrong_is_one_mistake() -> None:
    text = (
        '{"Dhcp4": {"subnet4": [{"subnet": "192.0.2.0/24", "reservations": [\n'
        '{"hw-address": "02:00:00:01:00:01", "ip-address": "192.0.2"},\n'
        '{"hw-address": "02:00:00:01:00:02", "next-server": "::1"},\n'
        '{"hw-address": "02:00:00:01:00:03"}]}]}}'
    )
    assert _places(text) == [
        ("Dhcp4/subnet4[0]/reservations[0]/ip-address", 2, 51),
        ("Dhcp4/subnet4[0]/reservations[1]/next-server", 3, 52),
        ("Dhcp4/subnet4[0]/reservations[2]", 4, 1),
    ]


CIRCLE = (
    ("outer", 230, "dhcp4", "one"),
    ("there", 1, "one", "two"),
    ("back", 2, "two", "one"),
    ("leaf", 3, "two", ""),
    ("vendors", 4, "vendor-9", "two"),
    ("top", 5, "two", "dhcp4"),
)


@pytest.mark.arm("V4-302")
@pytest.mark.parametrize(
    ("names", "wrong", "ring"),
    [
        ("", None, ""),
        ("outer", None, ""),
        ("there back", None, ""),
        ("outer there leaf", None, ""),
        ("vendors leaf", None, ""),
        ("outer there back", 2, "one > two > one"),
        ("back leaf there outer", 0, "one > two > one"),
        ("outer there leaf top", 2, "dhcp4 > one > two > dhcp4"),
        ("vendors back there", 2, "two > one > two"),
    ],
)
def test_options_that_would_contain_themselves_are_refused(names: str, wrong: int | None, ring: str) -> None:
    rows = {row[0]: row for row in CIRCLE}
    text = json.dumps(
        {
            "Dhcp4": {
                "option-def": [
                    {"name": name, "code": code, "type": "empty", "space": space, "encapsulate": inside}
                    for name, code, space, inside in CIRCLE
                ],
                "subnet4": [
                    {
                        "subnet": "192.0.2.0/24",
                        "option-data": [{"name": name, "space": rows[name][2]} for name in names.split()],
                    }
                ],
            }
        }
    )
    model = load_text(text, "a.conf", V4).model
    if wrong is None:
        build4(model)
        return
    with pytest.raises(ConfigErrors) as caught:
        build4(model)
    (error,) = caught.value.errors
    assert error.path == f"Dhcp4/subnet4[0]/option-data[{wrong}]"
    assert ring in str(error)
