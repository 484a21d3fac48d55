"""Containers of DHCPv4 with more than 255 octets: Kea begins an option sooner than we do, and both mean the same.

Kea puts at most 251 octets of one sub-option into an option, we fill each to its 255 octets: RFC 3396 allows both. So
what is compared here is what a client gets that joins the parts.
"""

from __future__ import annotations

import pytest

from tests.differential.cases.client4 import asks, network, option
from tests.differential.options.test_standard_options4 import ask
from tests.differential.pair import Pair
from tests.support.client import frame4
from tests.support.packets import DISCOVER, parse4, query4, tlv4

pytestmark = pytest.mark.peer("kea")

TEXT = "abcdefghijklmnopqrstuvwxyz" * 20
CONTAINER = 222


def joined(body: bytes) -> dict[int, bytes]:
    """Return the sub-options of *body*, those of one code joined."""
    found: dict[int, bytes] = {}
    while body:
        code, length = body[:2]
        assert len(body) >= 2 + length
        found[code] = found.get(code, b"") + body[2 : 2 + length]
        body = body[2 + length :]
    return found


@pytest.mark.arm("V4-308")
@pytest.mark.arm("V4-309")
@pytest.mark.parametrize("length", [240, 251, 252, 253, 255, 256, 300, 510, 511])
def test_long_sub_options_come_out_whole(pair4: Pair, length: int) -> None:
    definitions = [
        {"name": "container", "code": CONTAINER, "type": "empty", "encapsulate": "foo"},
        {"name": "first", "code": 1, "type": "string", "space": "foo"},
        {"name": "second", "code": 2, "type": "string", "space": "foo"},
    ]
    data = [
        {"name": "container"},
        option("first", TEXT[:length], space="foo"),
        option("second", "two", space="foo"),
    ]
    sent = ask(pair4, network(option_def=definitions, option_data=data), asks(CONTAINER))
    whole = {1: TEXT[:length].encode(), 2: b"two"}
    assert joined(sent.kea[CONTAINER]) == whole
    assert joined(sent.ours[CONTAINER]) == whole
    if length <= 240:
        assert sent.ours[CONTAINER] == sent.kea[CONTAINER] == tlv4(list(whole.items()))


@pytest.mark.arm("V4-309")
@pytest.mark.arm("V4-310")
@pytest.mark.parametrize(
    ("length", "parts"),
    [(255, [255]), (256, [255, 1]), (261, [255, 6]), (510, [255, 255]), (511, [255, 255, 1])],
)
def test_long_options_leave_in_full_parts(pair4: Pair, length: int, parts: list[int]) -> None:
    pair4.ours.server.load(network(option_data=[option("root-path", TEXT[:length])]))
    pair4.ours.wire.drain()
    pair4.ours.wire.send(frame4(query4(DISCOVER, 1, asks(17)).pack()))
    frame = pair4.ours.wire.receive(5)
    assert frame is not None
    bodies = [body for code, body in parse4(frame.payload).options if code == 17]
    assert [len(body) for body in bodies] == parts
    assert b"".join(bodies) == TEXT[:length].encode()
