"""Names of clients, cleaned."""

from __future__ import annotations

import pytest

from kea_twisted.ddns.names import sanitize
from kea_twisted.subnets.subnet import DdnsParameters


@pytest.mark.arm("V4-382")
@pytest.mark.parametrize("char_set", ["[_]", "[[:space:]]", "[^A-Za-z0-9.-]"])
def test_nul_is_invalid_whatever_the_set_says(char_set: str) -> None:
    parameters = DdnsParameters(hostname_char_set=char_set, hostname_char_replacement="-")
    assert sanitize(b"a\0b.\0", parameters) == b"a-b.-"


@pytest.mark.arm("V4-383")
@pytest.mark.parametrize("replacement", ["", "x", "-+-", "\\1", "\\g<0>", "\\", "$&", "&"])
def test_the_replacement_is_text_and_nothing_else(replacement: str) -> None:
    parameters = DdnsParameters(hostname_char_set="(_)", hostname_char_replacement=replacement)
    assert sanitize(b"a_b__", parameters) == f"a{replacement}b{replacement * 2}".encode()
