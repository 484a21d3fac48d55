"""Golden configurations: what `config-get` prints of them, which loads again and prints the same.

`NAME.json` is a configuration, `NAME.get.json` what `config-get` shows. With KEA_TWISTED_WRITE_GOLDEN=1 the second is
written anew; tests/differential/config compares it with Kea's.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from kea_twisted.config.build import build4, build6
from kea_twisted.config.io import load_file
from kea_twisted.config.parse import load_object
from kea_twisted.config.render import render
from kea_twisted.config.server_config import ServerConfig
from kea_twisted.family import V4, V6, Family
from kea_twisted.subnets.subnet import Subnet

FOLDER = Path(__file__).parent / "config"
FILES = sorted(file for file in FOLDER.glob("dhcp?-*.json") if not file.name.endswith(".get.json"))


def family_of(file: Path) -> Family:
    return V6 if file.name.startswith("dhcp6") else V4


def build(model: Any, family: Family) -> ServerConfig:
    return build4(model) if family is V4 else build6(model)


def relays(subnet: Subnet) -> frozenset[int]:
    return subnet.relays or (subnet.network.relays if subnet.network else frozenset())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_config_get_prints_the_golden_text(file: Path) -> None:
    printed = json.dumps(render(load_file(str(file), family_of(file)).model), indent=2, sort_keys=True) + "\n"
    golden = file.with_suffix(".get.json")
    if os.environ.get("KEA_TWISTED_WRITE_GOLDEN") == "1":
        golden.write_text(printed)
    assert printed == golden.read_text()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_printed_loads_again_and_means_the_same(file: Path) -> None:
    family = family_of(file)
    model = load_file(str(file), family).model
    printed = render(model)
    again = load_object(printed, family).model
    assert render(again) == printed
    first, second = build(model, family), build(again, family)
    assert [subnet.text for subnet in first.subnets] == [subnet.text for subnet in second.subnets]
    for one, two in zip(first.subnets, second.subnets, strict=True):
        for name in ("id", "valid", "t1", "t2", "interface", "options", "ddns", "reservations_in_subnet"):
            assert getattr(one, name) == getattr(two, name), (one.text, name)
        assert relays(one) == relays(two)
        assert {(pool.first, pool.last) for pool in one.pools} == {(pool.first, pool.last) for pool in two.pools}
    assert first.classes.keys() == second.classes.keys()
    assert first.definitions == second.definitions
