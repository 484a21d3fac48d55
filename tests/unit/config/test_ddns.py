"""`dhcp-ddns` and the parameters of DNS updates: what is refused, and what stood elsewhere once."""

from __future__ import annotations

from typing import Any

import pytest

from kea_twisted.config.build import build4, build6
from kea_twisted.config.parse import load_object
from kea_twisted.errors import ConfigErrors
from kea_twisted.family import V4, V6


def built(family: int, **rest: Any) -> Any:
    """Return the snapshot of a configuration; keywords in Python's spelling."""
    entries = {name.replace("_", "-"): value for name, value in rest.items()}
    if family == 4:
        return build4(load_object({"Dhcp4": entries}, V4).model)
    return build6(load_object({"Dhcp6": entries}, V6).model, server_id=b"\0\1x")


BOTH = pytest.mark.parametrize("family", [4, 6])


@BOTH
@pytest.mark.arm("V4-341", "V4-342", "V6-286", "V6-287")
@pytest.mark.parametrize(
    ("section", "place", "words"),
    [
        ({"ncr-protocol": "TCP"}, "ncr-protocol", "TCP is not"),
        ({"ncr-protocol": "SCTP"}, "ncr-protocol", ""),
        ({"ncr-format": "XML"}, "ncr-format", ""),
        ({"server-ip": "::1", "sender-ip": "127.0.0.1"}, "sender-ip", "IPv4"),
        ({"server-ip": "nowhere"}, "server-ip", "not an IP address"),
        ({"sender-ip": "127.0.0.1", "sender-port": 53001}, "sender-ip", "same address and port"),
        ({"server-port": 70000}, "server-port", ""),
        ({"max-queue-size": -1}, "max-queue-size", ""),
    ],
)
def test_connections_that_cannot_be_are_refused(family: int, section: dict[str, Any], place: str, words: str) -> None:
    with pytest.raises(ConfigErrors) as caught:
        built(family, dhcp_ddns={"enable-updates": True, **section})
    assert f"/dhcp-ddns/{place}" in str(caught.value)
    assert words in str(caught.value)


@BOTH
@pytest.mark.arm("V4-341", "V4-342", "V4-343", "V6-285")
def test_words_may_be_small_and_what_is_missing_has_defaults(family: int) -> None:
    assert built(family, dhcp_ddns={"enable-updates": True, "ncr-protocol": "udp", "ncr-format": "json"}).ddns_enabled
    assert not built(family).ddns_enabled


@BOTH
@pytest.mark.arm("V4-379", "V6-310")
@pytest.mark.parametrize("value", [True, False, "sometimes"])
def test_replacing_names_is_no_longer_a_matter_of_yes_or_no(family: int, value: object) -> None:
    with pytest.raises(ConfigErrors, match="ddns-replace-client-name"):
        built(family, ddns_replace_client_name=value)


@BOTH
@pytest.mark.arm("V4-355", "V4-388", "V6-290", "V6-291", "V6-320")
def test_keywords_of_former_versions_count_unless_the_global_scope_has_them(family: int) -> None:
    old = {"enable-updates": False, "hostname-char-set": "[a]", "hostname-char-replacement": "b"}
    assert built(family, dhcp_ddns=old).ddns.hostname_char_set == "[a]"
    both = built(family, dhcp_ddns=old, hostname_char_set="[c]").ddns
    assert (both.hostname_char_set, both.hostname_char_replacement) == ("[c]", "b")
    assert built(family, hostname_char_set="[d]").ddns.hostname_char_set == "[d]"
