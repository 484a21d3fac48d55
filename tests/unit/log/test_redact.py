"""What must not be read in a log."""

from __future__ import annotations

import copy

import pytest

from kea_twisted.log.redact import redact, redacted_text


@pytest.mark.arm("LG-147")
def test_passwords_and_secrets_are_hidden_wherever_they_are() -> None:
    value = {
        "lease-database": {"user": "kea", "password": "one"},
        "hosts-databases": [{"password": "two"}],
        "tsig-keys": [{"name": "k", "secret": "three"}],
        "basic-auth-password": "four",
    }
    before = copy.deepcopy(value)
    text = redacted_text(value)
    assert not any(word in text for word in ("one", "two", "three", "four"))
    assert text.count("*****") == 4
    assert '"user": "kea"' in text
    assert value == before


@pytest.mark.parametrize("value", [{"password-file": "f"}, {"user-context": {"password": "mine"}}, [1, None], "secret"])
def test_the_rest_stays(value: object) -> None:
    assert redact(value) == value
