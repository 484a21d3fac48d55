"""The statistic commands answer as Kea 2.2.0 does; the texts were taken from its answers."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from kea_twisted.family import V4, V6
from kea_twisted.stats.answers import render
from kea_twisted.stats.catalogue import STATISTICS, Appears, Scope, configure, start, subnet_name
from kea_twisted.stats.commands import STATISTIC_COMMANDS
from kea_twisted.stats.registry import Statistics

NOW = 1795262546.123456


@pytest.fixture(autouse=True)
def utc() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "UTC"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.fixture
def statistics() -> Statistics:
    made = Statistics()
    made.restart("b", 0, NOW)
    made.restart("a", 1, NOW)
    made.observations["a"].add(2, NOW + 1)
    return made


def ask(statistics: Statistics, command: str, arguments: object = None) -> dict[str, object]:
    return STATISTIC_COMMANDS[command](statistics, arguments, NOW + 2)


def error(text: str) -> dict[str, object]:
    return {"result": 1, "text": text}


def done(text: str) -> dict[str, object]:
    return {"result": 0, "text": text}


@pytest.mark.arm("ST-017")
@pytest.mark.arm("ST-022")
def test_get_shows_the_newest_sample_first(statistics: Statistics) -> None:
    assert ask(statistics, "statistic-get", {"name": "a"}) == {
        "result": 0,
        "arguments": {"a": [[3, "2026-11-21 12:02:27.123456"], [1, "2026-11-21 12:02:26.123456"]]},
    }
    assert ask(statistics, "statistic-get", {"name": "c"}) == {"result": 0, "arguments": {}}


@pytest.mark.arm("ST-026")
def test_get_all_is_ordered_by_name_whatever_the_arguments(statistics: Statistics) -> None:
    for arguments in (None, {}, 5):
        answer = ask(statistics, "statistic-get-all", arguments)["arguments"]
        assert isinstance(answer, dict)
        assert list(answer) == ["a", "b"]


@pytest.mark.arm("ST-019")
def test_times_are_those_of_the_place(monkeypatch: pytest.MonkeyPatch, statistics: Statistics) -> None:
    monkeypatch.setenv("TZ", "UTC-5:30")
    time.tzset()
    answer = ask(statistics, "statistic-get", {"name": "b"})["arguments"]
    assert answer == {"b": [[0, "2026-11-21 17:32:26.123456"]]}


@pytest.mark.arm("ST-001", "ST-018")
def test_values_of_all_types_are_rendered() -> None:
    statistics = Statistics()
    for name, value in (
        ("d", timedelta(hours=30, seconds=5, microseconds=7)),
        ("f", 1.5),
        ("s", "x"),
        ("t", timedelta(minutes=1)),
    ):
        statistics.set(name, value, NOW)  # type: ignore[arg-type]
    shown = {name: samples[0][0] for name, samples in render(statistics.observations.values()).items()}
    assert shown == {"d": "30:00:05.000007", "f": 1.5, "s": "x", "t": "00:01:00"}


@pytest.mark.arm("ST-024")
@pytest.mark.arm("ST-025")
@pytest.mark.arm("ST-027")
@pytest.mark.arm("ST-028")
def test_reset_and_remove(statistics: Statistics) -> None:
    assert ask(statistics, "statistic-reset", {"name": "a"}) == done("Statistic 'a' reset.")
    assert list(statistics.observations["a"].samples) == [(0, NOW + 2)]
    assert ask(statistics, "statistic-reset", {"name": "c"}) == error("No 'c' statistic found")
    assert ask(statistics, "statistic-remove", {"name": "a"}) == done("Statistic 'a' removed.")
    assert ask(statistics, "statistic-remove", {"name": "a"}) == error("No 'a' statistic found")
    assert ask(statistics, "statistic-reset-all") == done("All statistics reset to neutral values.")
    assert ask(statistics, "statistic-remove-all") == done(
        "Warning: statistic-remove-all command is deprecated. All statistics removed."
    )
    assert statistics.observations == {}


@pytest.mark.arm("ST-029")
@pytest.mark.arm("ST-030")
@pytest.mark.arm("ST-031")
@pytest.mark.arm("ST-032")
def test_limits_of_samples(statistics: Statistics) -> None:
    answer = ask(statistics, "statistic-sample-count-set", {"name": "a", "max-samples": 1})
    assert answer == done("Statistic 'a' count limit is set.")
    assert len(statistics.observations["a"].samples) == 1
    answer = ask(statistics, "statistic-sample-age-set", {"name": "a", "duration": 60})
    assert answer == done("Statistic 'a' duration limit is set.")
    assert statistics.observations["a"].max_age == 60
    assert ask(statistics, "statistic-sample-age-set-all", {"duration": 7}) == done(
        "All statistics duration limit are set."
    )
    assert statistics.restart("c", 0, NOW).max_age == 7
    answer = ask(statistics, "statistic-sample-count-set-all", {"max-samples": 2})
    assert answer == done("All statistics count limit are set.")
    assert statistics.restart("d", 0, NOW).samples.maxlen == statistics.observations["b"].samples.maxlen == 2


@pytest.mark.arm("ST-033")
@pytest.mark.parametrize(
    ("command", "arguments", "text"),
    [
        ("statistic-get", None, "Missing mandatory 'name' parameter."),
        ("statistic-get", {}, "Missing mandatory 'name' parameter."),
        ("statistic-get", {"name": 5}, "'name' parameter expected to be a string."),
        ("statistic-reset", None, "Missing mandatory 'name' parameter."),
        ("statistic-remove", {"name": []}, "'name' parameter expected to be a string."),
        ("statistic-sample-age-set", {"duration": 5}, "Missing mandatory 'name' parameter."),
        ("statistic-sample-age-set", {"name": "a"}, "Missing mandatory 'duration' parameter."),
        ("statistic-sample-age-set", {"name": "c", "duration": 5}, "No 'c' statistic found"),
        ("statistic-sample-age-set", {"name": "a", "duration": -5}, "'duration' parameter must not be negative"),
        ("statistic-sample-age-set", {"name": "a", "duration": "5"}, "'duration' parameter expected to be an integer."),
        ("statistic-sample-age-set-all", {}, "Missing mandatory 'duration' parameter."),
        ("statistic-sample-count-set", {"name": "a"}, "Missing mandatory 'max-samples' parameter."),
        ("statistic-sample-count-set", {"name": "c", "max-samples": 5}, "No 'c' statistic found"),
        (
            "statistic-sample-count-set",
            {"name": "a", "max-samples": "5"},
            "'max-samples' parameter expected to be an integer.",
        ),
        (
            "statistic-sample-count-set",
            {"name": "a", "max-samples": True},
            "'max-samples' parameter expected to be an integer.",
        ),
        ("statistic-sample-count-set", {"name": "a", "max-samples": 0}, "'max-samples' parameter must not be zero"),
        ("statistic-sample-count-set-all", {"max-samples": 0}, "'max-samples' parameter must not be zero"),
        ("statistic-sample-count-set-all", None, "Missing mandatory 'max-samples' parameter."),
        ("statistic-get", [], "The arguments must be a map."),
    ],
)
def test_mistakes_are_answered(statistics: Statistics, command: str, arguments: object, text: str) -> None:
    assert ask(statistics, command, arguments) == error(text)


@pytest.mark.arm("ST-002")
@pytest.mark.arm("ST-037")
def test_a_configuration_begins_its_subnets_and_drops_the_others() -> None:
    statistics = Statistics()
    start(statistics, V4, NOW)
    assert "pkt4-received" in statistics.observations
    configure(statistics, V4, [1, 2], NOW)
    kept = statistics.get("subnet[1].assigned-addresses", NOW)
    statistics.add("subnet[2].v4-allocation-fail", 1, NOW)
    statistics.add("reclaimed-leases", 4, NOW)
    statistics.add("declined-addresses", 3, NOW)
    kept.add(9, NOW)
    configure(statistics, V4, [1], NOW + 1)
    assert not [name for name in statistics.observations if name.startswith("subnet[2]")]
    assert statistics.observations["subnet[1].assigned-addresses"] is kept
    assert list(kept.samples) == [(0, NOW + 1)]
    assert statistics.observations["reclaimed-leases"].value == 4
    assert statistics.observations["declined-addresses"].value == 0


@pytest.mark.parametrize("family", [V4, V6])
def test_names_are_listed_once_and_belong_to_the_family(family: object) -> None:
    keys = [(row.name, row.scope) for row in STATISTICS]
    assert len(keys) == len(set(keys))
    assert all(set(row.families) <= {"4", "6"} for row in STATISTICS)
    assert all(row.appears is not Appears.START for row in STATISTICS if row.scope is Scope.SUBNET)
    assert subnet_name(7, "x") == "subnet[7].x"
