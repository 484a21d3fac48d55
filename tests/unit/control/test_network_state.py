"""Who switches the service off and on."""

from __future__ import annotations

import pytest

from kea_twisted.control.network_state import DATABASE, HA, USER, NetworkState


@pytest.mark.arm("CT-136")
def test_every_origin_has_to_switch_on_again() -> None:
    state = NetworkState()
    state.disable(USER)
    state.disable(HA)
    state.enable(USER)
    assert not state.enabled
    assert state.disabled_by == {HA}
    state.enable(HA)
    assert state.enabled


def test_a_command_given_twice_counts_once() -> None:
    state = NetworkState()
    state.disable(USER)
    state.disable(USER)
    state.enable(USER)
    assert state.enabled


def test_each_lost_database_has_to_come_back() -> None:
    state = NetworkState()
    state.disable(DATABASE)
    state.disable(DATABASE)
    state.enable(DATABASE)
    assert not state.enabled
    state.enable(DATABASE)
    assert state.enabled


@pytest.mark.arm("CT-133")
def test_a_period_ends_by_itself() -> None:
    state = NetworkState()
    state.disable(USER, 100.0, 20)
    assert state.deadline == 120.0
    state.expire(119.9)
    assert not state.enabled
    state.expire(120.0)
    assert state.enabled
    assert state.deadline is None


def test_a_period_ends_only_for_its_own_origin() -> None:
    state = NetworkState()
    state.disable(USER, 0.0, 5)
    state.disable(HA, 0.0, 9)
    state.expire(5.0)
    assert state.disabled_by == {HA}
    assert state.deadline == 9.0


def test_enabling_in_time_cancels_the_period() -> None:
    state = NetworkState()
    state.disable(USER, 0.0, 5)
    state.enable(USER)
    state.disable(USER, 1.0)
    state.expire(5.0)
    assert not state.enabled


def test_reset_forgets_all_lost_databases() -> None:
    state = NetworkState()
    state.disable(DATABASE)
    state.disable(DATABASE)
    state.reset(DATABASE)
    assert state.enabled


def test_enabling_what_is_enabled_does_nothing() -> None:
    state = NetworkState()
    for origin in (USER, HA, DATABASE):
        state.enable(origin)
    assert state.enabled
