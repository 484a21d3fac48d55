"""The ten statistic commands, one after the other on a server each: Kea's answers and ours, sentences included."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.kea import Kea, Server
from tests.support.namespaces import Link
from tests.support.ours import Ours
from tests.support.requirements import require, require_namespaces

pytestmark = pytest.mark.peer("kea")

Both = tuple[Server, Server]
ROOT = {4: "subnet4", 6: "subnet6"}
SUBNET = {
    4: {"id": 1, "subnet": "192.0.2.0/24", "pools": [{"pool": "192.0.2.10-192.0.2.19"}]},
    6: {"id": 1, "subnet": "2001:db8:1::/64", "pools": [{"pool": "2001:db8:1::/64"}]},
}


@pytest.fixture(scope="module", params=[4, 6])
def both(request: pytest.FixtureRequest) -> Iterator[Both]:
    """Kea and ours of one family, each in a namespace of its own."""
    family: int = request.param
    require(f"kea-dhcp{family}")
    require_namespaces()
    with Link("stak") as first, Link("stao") as second:
        servers = Kea(family, first), Ours(family, second)
        try:
            for server in servers:
                server.start(configuration(family))
            yield servers
        finally:
            for server in servers:
                server.close()


def configuration(family: int, **changes: Any) -> dict[str, Any]:
    return {"interfaces-config": {"interfaces": []}, ROOT[family]: [SUBNET[family]], **changes}


def start_again(both: Both, **changes: Any) -> None:
    """Give both servers a configuration, with which their statistics begin anew."""
    for server in both:
        assert server.control.ask("statistic-reset-all")["result"] == 0
        assert server.reconfigure(configuration(server.family, **changes))["result"] == 0


def ask(both: Both, command: str, arguments: object = None) -> dict[str, Any]:
    """Return the answer, which is the same from both but for times."""
    answers = []
    for server in both:
        answer = json.dumps(server.control.ask(f"statistic-{command}", arguments))
        times = re.findall(r'"(20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6})"', answer)
        assert len(times) == answer.count('"20'), answer
        answers.append(json.loads(re.sub(r'"20\d\d-\d\d-\d\d [^"]*"', '"time"', answer)))
    assert answers[1] == answers[0]
    found: dict[str, Any] = answers[1]
    return found


def name(both: Both, text: str) -> str:
    return text.replace("pkt", f"pkt{both[0].family}")


@pytest.mark.arm("ST-017", "ST-020", "ST-021", "ST-022", "ST-026", "ST-034", "ST-036", "ST-134")
def test_values_are_told_with_their_times(both: Both) -> None:
    start_again(both)
    received = name(both, "pkt-received")
    assert ask(both, "get", {"name": received})["arguments"] == {received: [[0, "time"]]}
    assert ask(both, "get", {"name": "no-such"}) == {"result": 0, "arguments": {}}
    every = ask(both, "get-all")["arguments"]
    assert received in every
    assert "subnet[1].cumulative-assigned-" + ("addresses" if both[0].family == 4 else "nas") in every
    assert ask(both, "get-all", {})["arguments"] == every


@pytest.mark.arm("ST-024", "ST-027", "ST-005", "ST-025", "ST-028")
def test_reset_keeps_and_removal_removes(both: Both) -> None:
    start_again(both)
    total = "subnet[1].total-" + ("addresses" if both[0].family == 4 else "nas")
    assert ask(both, "get", {"name": total})["arguments"][total][0][0] != 0
    assert ask(both, "reset", {"name": total})["result"] == 0
    assert ask(both, "get", {"name": total})["arguments"] == {total: [[0, "time"]]}
    assert ask(both, "reset-all")["result"] == 0
    assert ask(both, "remove", {"name": total})["result"] == 0
    assert ask(both, "remove", {"name": total})["result"] == 1
    assert ask(both, "get", {"name": total})["arguments"] == {}
    assert ask(both, "remove-all")["result"] == 0
    assert ask(both, "get-all") == {"result": 0, "arguments": {}}
    start_again(both)
    assert ask(both, "get", {"name": total})["arguments"][total][0][0] != 0


@pytest.mark.arm("ST-008")
@pytest.mark.parametrize("both", [6], indirect=True)
def test_totals_beyond_64_bits_are_those_of_kea(both: Both) -> None:
    wide = "2001:db8:1::1-2001:db8:1::ffff:ffff:ffff:fffe"
    for pool, length in (("2001:db8:2::/64", 64), ("2001:db8:2::/65", 65), ("2001:db8:2::/63", 48), (wide, 100)):
        prefixes = {"prefix": "3000::", "prefix-len": length, "delegated-len": 128}
        subnet = {"id": 1, "subnet": "2001:db8::/32", "pools": [{"pool": pool}], "pd-pools": [prefixes]}
        start_again(both, subnet6=[subnet])
        assert ask(both, "get", {"name": "subnet[1].total-nas"})["arguments"]["subnet[1].total-nas"][0][0] < 0
        ask(both, "get", {"name": "subnet[1].total-pds"})


@pytest.mark.arm("ST-010", "ST-011", "ST-014", "ST-029", "ST-030", "ST-031", "ST-032")
def test_limits_trim_what_is_there_and_hold_from_then_on(both: Both) -> None:
    start_again(both)
    declined = "declined-addresses"  # set to 0 with each configuration, so that it has a sample of each

    def samples() -> int:
        return len(ask(both, "get", {"name": declined})["arguments"][declined])

    for _ in range(4):
        start_again(both)
    assert samples() >= 1
    assert ask(both, "sample-count-set", {"name": declined, "max-samples": 1})["result"] == 0
    assert samples() == 1
    assert ask(both, "sample-age-set", {"name": declined, "duration": 3600})["result"] == 0
    assert samples() == 1
    assert ask(both, "sample-count-set-all", {"max-samples": 2})["result"] == 0
    assert ask(both, "sample-age-set-all", {"duration": 1})["result"] == 0
    ask(both, "get-all")


@pytest.mark.arm("ST-012", "ST-013", "ST-015", "ST-133", "V4-551", "V6-447")
@pytest.mark.parametrize(
    "section",
    [
        {},
        {"statistic-default-sample-count": 1},
        {"statistic-default-sample-count": 2, "statistic-default-sample-age": 3600},
        {"statistic-default-sample-count": 0, "statistic-default-sample-age": 3600},
        {"statistic-default-sample-count": 0},
    ],
)
def test_the_configuration_says_how_much_is_kept(both: Both, section: dict[str, int]) -> None:
    for server in both:
        for _ in range(3):
            assert server.reconfigure(configuration(server.family, **section))["result"] == 0
    ask(both, "get-all")


@pytest.mark.arm("ST-010", "ST-013", "V4-552", "V6-447")
def test_samples_are_kept_as_long_as_configured(both: Both) -> None:
    def kept(age: int) -> int:
        section = {"statistic-default-sample-count": 0, "statistic-default-sample-age": age}
        for server in both:
            assert server.reconfigure(configuration(server.family, **section))["result"] == 0
        ask(both, "get-all")
        return len(ask(both, "get", {"name": "declined-addresses"})["arguments"]["declined-addresses"])

    assert kept(3600) < kept(3600) < kept(3600)
    time.sleep(1.2)
    assert kept(1) == 1


@pytest.mark.arm("ST-021", "ST-033")
@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("get", {}),
        ("get", {"name": 5}),
        ("reset", {}),
        ("reset", {"name": "no-such"}),
        ("remove", {"name": None}),
        ("remove", {"name": "no-such"}),
        ("sample-age-set", {"duration": 5}),
        ("sample-age-set", {"name": "no-such", "duration": 5}),
        ("sample-age-set", {"name": "declined-addresses"}),
        ("sample-age-set-all", {}),
        ("sample-count-set", {"max-samples": 5}),
        ("sample-count-set", {"name": "no-such", "max-samples": 5}),
        ("sample-count-set", {"name": "declined-addresses", "max-samples": "5"}),
        ("sample-count-set-all", {"max-samples": 0}),
        ("sample-count-set-all", {}),
    ],
)
def test_mistakes_are_answered_as_by_kea(both: Both, command: str, arguments: object) -> None:
    assert ask(both, command, arguments)["result"] == 1


@pytest.mark.arm("ST-007", "ST-020", "ST-035", "ST-132")
def test_all_ten_commands_are_listed(both: Both) -> None:
    listed = [
        [each for each in server.control.ask("list-commands")["arguments"] if each.startswith("statistic-")]
        for server in both
    ]
    assert listed[0] == listed[1]
    assert len(listed[1]) == 10
