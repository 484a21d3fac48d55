"""What `store-extended-info` keeps of relay messages in a lease's user context. ARM store-extended-info-v6."""

from __future__ import annotations

import json

from kea_twisted.base.address import text6
from kea_twisted.base.kea_json.write import to_text
from kea_twisted.options.suboptions import whole6
from kea_twisted.server.v6.exchange import OPTION_RSOO, OPTION_VENDOR_OPTS
from kea_twisted.wire.v6 import OptionMap, Relay6, pack_options


def describe_relay(relay: Relay6) -> dict[str, object]:
    """Return one relay message as the user context has it; options only if the relay added any."""
    found: dict[str, object] = {"hop": relay.hop_count, "link": text6(relay.link_address)}
    if relay.options:
        found["options"] = "0x" + pack_options({**relay.options, **_in_order(relay.options)}).hex().upper()
    found["peer"] = text6(relay.peer_address)
    return found


def _in_order(options: OptionMap) -> OptionMap:
    """Return the containers among *options* with what is in them by code, as Kea stores them."""
    found: OptionMap = {}
    for code, start in ((OPTION_RSOO, 0), (OPTION_VENDOR_OPTS, 4)):
        if code in options:
            found[code] = [body[:start] + whole6(body[start:]) for body in options[code]]
    return found


def remember_relays(relays: list[Relay6], context: str) -> str:
    """Return the user context *context* of a lease (JSON text or "") with the relay messages of a query in it.

    They are all that is under the key ISC, the outermost first; what others keep beside it stays. V6-332..V6-334.
    """
    kept: dict[str, object] = json.loads(context) if context else {}
    kept["ISC"] = {"relays": [describe_relay(relay) for relay in relays]}
    return to_text(kept)
