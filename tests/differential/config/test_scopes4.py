"""Each DHCPv4 keyword is taken in the scopes that the manual's table gives, and in no other; Kea says the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.differential.config.verdicts import keas, ours
from tests.support.requirements import require
from tests.support.scopes4 import PARAMETERS, SCOPES


def _whole(scope: str, keyword: str, value: Any) -> str:
    """Return a configuration with a keyword in one scope."""
    pool: dict[str, Any] = {"pool": "192.0.2.10-192.0.2.20"}
    subnet: dict[str, Any] = {"subnet": "192.0.2.0/24", "pools": [pool]}
    network: dict[str, Any] = {"name": "n", "subnet4": [subnet]}
    client_class: dict[str, Any] = {"name": "a", "test": "option[60].exists"}
    whole: dict[str, Any] = {"client-classes": [client_class], "shared-networks": [network]}
    dict(zip(SCOPES, (whole, client_class, network, subnet, pool), strict=True))[scope][keyword] = value
    return json.dumps({"Dhcp4": whole})


@pytest.mark.peer("kea")
@pytest.mark.parametrize(
    ("keyword", "scopes", "value"),
    [pytest.param(*rest, id=f"{rest[0]} {row}", marks=pytest.mark.arm(row)) for row, *rest in PARAMETERS],
)
def test_a_keyword_is_taken_in_its_scopes(keyword: str, scopes: str, value: Any, tmp_path: Path) -> None:
    require("kea-dhcp4")
    taken: dict[str, str] = {"ours": "", "Kea's": ""}
    for scope in SCOPES:
        text = _whole(scope, keyword, value)
        taken["ours"] += scope if ours(text, 4).valid else ""
        taken["Kea's"] += scope if keas(text, 4, tmp_path).valid else ""
    assert taken == {"ours": scopes, "Kea's": scopes}
