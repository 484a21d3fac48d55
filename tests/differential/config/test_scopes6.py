"""Each DHCPv6 keyword is taken in the scopes that the manual's table gives, and in no other; Kea says the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.differential.config.verdicts import keas, ours
from tests.support.requirements import require
from tests.support.scopes6 import PARAMETERS, SCOPES


def _whole(scope: str, keyword: str, value: Any) -> str:
    """Return a configuration with a keyword in one scope; a half of an excluded prefix gets the other half."""
    prefixes: dict[str, Any] = {"prefix": "2001:db8:8::", "prefix-len": 48, "delegated-len": 56}
    pool: dict[str, Any] = {"pool": "2001:db8:1::/80"}
    subnet: dict[str, Any] = {"subnet": "2001:db8:1::/64", "pools": [pool], "pd-pools": [prefixes]}
    network: dict[str, Any] = {"name": "n", "subnet6": [subnet]}
    client_class: dict[str, Any] = {"name": "a", "test": "option[1].exists"}
    whole: dict[str, Any] = {"client-classes": [client_class], "shared-networks": [network]}
    places = dict(zip(SCOPES, (whole, client_class, network, subnet, pool, prefixes), strict=True))
    if scope == "D" and keyword.startswith("excluded-prefix"):
        prefixes.update({"excluded-prefix": "2001:db8:8:0:80::", "excluded-prefix-len": 72})
    places[scope][keyword] = value
    return json.dumps({"Dhcp6": whole})


@pytest.mark.peer("kea")
@pytest.mark.parametrize(
    ("keyword", "scopes", "value"),
    [pytest.param(*rest, id=rest[0], marks=pytest.mark.arm(row)) for row, *rest in PARAMETERS],
)
def test_a_keyword_is_taken_in_its_scopes(keyword: str, scopes: str, value: Any, tmp_path: Path) -> None:
    require("kea-dhcp6")
    taken: dict[str, str] = {"ours": "", "Kea's": ""}
    for scope in SCOPES:
        text = _whole(scope, keyword, value)
        taken["ours"] += scope if ours(text, 6).valid else ""
        taken["Kea's"] += scope if keas(text, 6, tmp_path).valid else ""
    assert taken == {"ours": scopes, "Kea's": scopes}
