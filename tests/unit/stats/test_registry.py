"""Observations: samples, limits, and coming back after removal."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kea_twisted.stats.registry import FEWEST_SAMPLES, Observation, Statistics


def values(observation: Observation) -> list[object]:
    return [value for value, _when in observation.samples]


@pytest.mark.arm("ST-009")
def test_the_newest_twenty_samples_are_kept() -> None:
    statistics = Statistics()
    observation = statistics.restart("x", 0, 0)
    for second in range(1, 31):
        observation.add(1, second)
    assert observation.value == 30
    assert values(observation) == list(range(11, 31))


@pytest.mark.arm("ST-005")
def test_an_observation_is_listed_when_it_is_first_counted() -> None:
    statistics = Statistics()
    kept = statistics.get("x", 1)
    assert kept.value == 0
    assert statistics.observations == {}
    kept.add(3, 2)
    assert statistics.observations == {"x": kept}
    assert list(kept.samples) == [(3, 2)]
    assert statistics.get("x", 3) is kept


@pytest.mark.arm("ST-005")
def test_a_removed_observation_comes_back_when_counted_without_its_past() -> None:
    statistics = Statistics()
    kept = statistics.restart("x", 0, 0)
    kept.add(5, 1)
    kept.limit_count(1)
    assert statistics.remove("x")
    assert not statistics.remove("x")
    assert statistics.get("x", 1) is kept
    assert statistics.observations == {}
    kept.add(1, 2)
    kept.add(1, 3)
    assert statistics.observations["x"] is kept
    assert list(kept.samples) == [(1, 2), (2, 3)]
    statistics.remove("x")
    kept.set(9, 4)
    assert list(kept.samples) == [(9, 4)]


@pytest.mark.arm("ST-006")
@pytest.mark.parametrize(("value", "neutral"), [(7, 0), (1.5, 0.0), ("text", ""), (timedelta(seconds=3), timedelta(0))])
def test_reset_sets_the_neutral_value_and_keeps_one_sample(
    value: int | float | str | timedelta, neutral: object
) -> None:
    statistics = Statistics()
    statistics.set("x", value, 1)
    statistics.set("x", value, 2)
    observation = statistics.observations["x"]
    observation.reset(3)
    assert list(observation.samples) == [(neutral, 3)]
    assert type(observation.value) is type(neutral)


@pytest.mark.arm("ST-010")
@pytest.mark.arm("ST-011")
def test_one_limit_replaces_the_other() -> None:
    observation = Statistics().restart("x", 0, 0)
    for second in range(1, 11):
        observation.add(1, second)
    observation.limit_age(5, 10)
    assert values(observation) == [6, 7, 8, 9, 10]
    observation.add(1, 30)
    assert values(observation) == [11]
    observation.limit_count(3)
    for second in range(40, 50):
        observation.add(1, second)
    assert values(observation) == [19, 20, 21]


@pytest.mark.arm("ST-012")
@pytest.mark.arm("ST-013")
def test_new_observations_have_the_default_limits() -> None:
    statistics = Statistics()
    statistics.default_count, statistics.default_age = 0, 1000
    aged = statistics.restart("x", 0, 0)
    for second in range(1, 31):
        aged.add(1, second)
    assert len(aged.samples) == 31
    statistics.default_age = 0
    newest = statistics.restart("y", 0, 0)
    newest.add(1, 1)
    assert values(newest) == [1]
    statistics.default_count = 3
    assert statistics.restart("z", 0, 0).samples.maxlen == 3


@pytest.mark.arm("ST-012")
def test_a_configuration_limits_the_observations_there_are() -> None:
    statistics = Statistics()
    seen = statistics.restart("seen", 0, 100.0)
    for second in range(1, 6):
        seen.add(1, 100.0 + second)
    seen.limit_count(30)
    statistics.limit(3, 0, 106.0)
    assert values(seen) == [3, 4, 5]
    statistics.limit(0, 2, 106.0)
    assert values(seen) == [5]
    seen.add(1, 107.0)
    seen.add(1, 107.5)
    assert values(seen) == [6, 7]
    later = statistics.restart("later", 0, 108.0)
    assert later.max_age == 2.0


def test_what_was_counted_of_leases_can_be_taken_back_until_they_are_durable() -> None:
    statistics = Statistics()
    one, two = statistics.restart("one", 5, 0), statistics.get("two", 0)
    statistics.count((one, two), 3, 1)
    statistics.uncommitted.clear()
    statistics.count((one, two), 1, 2)
    statistics.count((one,), -4, 2)
    assert (one.value, two.value) == (5, 4)
    statistics.take_back(3)
    assert (one.value, two.value) == (8, 3)
    statistics.take_back(4)
    assert (one.value, two.value) == (8, 3)


@pytest.mark.arm("ST-013", "V4-552")
def test_what_is_kept_for_a_time_does_not_grow_without_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kea_twisted.stats.registry.MOST_SAMPLES", 1000)
    statistics = Statistics()
    statistics.limit(0, 86400, 0.0)
    busy = statistics.restart("busy", 0, 0.0)
    for _ in range(3000):
        busy.add(1, 1.0)
    assert values(busy) == list(range(2001, 3001))
    for number in range(4):
        statistics.restart(str(number), 0, 2.0)
    statistics.share()
    assert values(busy) == list(range(2801, 3001))
    for number in range(100):
        statistics.restart(f"more {number}", 0, 2.0)
    statistics.share()
    assert len(busy.samples) == FEWEST_SAMPLES
    busy.limit_count(1 << 70, statistics.most)
    for _ in range(3000):
        busy.add(1, 3.0)
    assert len(busy.samples) == FEWEST_SAMPLES
    assert statistics.restart("late", 0, 4.0).samples.maxlen == FEWEST_SAMPLES
