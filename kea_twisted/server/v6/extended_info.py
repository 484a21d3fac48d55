"""What `store-extended-info` keeps of relay messages in a lease's user context. ARM store-extended-info-v6.

As in Kea options are not kept as they came but as a server would send them: by code, zeros after texts dropped, and
nothing that their definition does not tell of.
"""

from __future__ import annotations

import json
from typing import Final

from kea_twisted.base.address import text6
from kea_twisted.base.kea_json.write import to_text
from kea_twisted.errors import WireError
from kea_twisted.family import V6
from kea_twisted.options import codec, special
from kea_twisted.options.definition import OptionDefinition
from kea_twisted.options.spaces import STANDARD6, Definitions
from kea_twisted.options.suboptions import pack6, parse6
from kea_twisted.options.vendor import vendor_of, vendor_space
from kea_twisted.server.v6.exchange import OPTION_FQDN, OPTION_IAPREFIX, OPTION_VENDOR_OPTS
from kea_twisted.server.v6.forms import BEFORE_OPTIONS, ENTERPRISE_LENGTH
from kea_twisted.wire.v6 import Relay6, parse_iaprefix

_PREFIX_LENGTH: Final = 9
"""The octets of option 26 before the prefix. RFC 8415 §21.22."""
_DEEPEST: Final = 8
"""How many levels of options in options are put in order; four are more than any relay has."""

Found = list[tuple[int, bytes]]


def describe_relay(relay: Relay6, definitions: Definitions) -> dict[str, object]:
    """Return one relay message as the user context has it; options only if the relay added any."""
    found: dict[str, object] = {"hop": relay.hop_count, "link": text6(relay.link_address)}
    added = [(code, body) for code, bodies in relay.options.items() for body in bodies]
    if octets := _repacked(definitions, V6.space, added, 0):
        found["options"] = "0x" + octets.hex().upper()
    found["peer"] = text6(relay.peer_address)
    return found


def remember_relays(relays: list[Relay6], definitions: Definitions, context: str) -> str:
    """Return the user context *context* of a lease (JSON text or "") with the relay messages of a query in it.

    They are all that is under the key ISC, the outermost first; what others keep beside it stays. V6-332..V6-334.
    """
    kept: dict[str, object] = json.loads(context) if context else {}
    kept["ISC"] = {"relays": [describe_relay(relay, definitions) for relay in relays]}
    return to_text(kept)


def _repacked(definitions: Definitions, space: str, found: Found, depth: int) -> bytes:
    """Return the options *found* of one space as a server sends them; texts without a character are left out."""
    kept: Found = []
    for code, body in sorted(found, key=lambda pair: pair[0]):
        if code == OPTION_VENDOR_OPTS and len(body) < ENTERPRISE_LENGTH and not vendor_of(space):
            continue  # the beginning of one, at the end
        row = definitions.find(space, code)
        try:
            kept.append((code, body if row is None else _canonical(definitions, row, body, depth)))
        except WireError:
            continue
    return pack6(kept)


def _canonical(definitions: Definitions, row: OptionDefinition, body: bytes, depth: int) -> bytes:
    """Return one option as a server sends it; WireError if it does not fit its definition."""
    if depth >= _DEEPEST:
        return body
    if row.space == V6.space:
        if row.code == OPTION_VENDOR_OPTS:
            vendor = vendor_space(int.from_bytes(body[:ENTERPRISE_LENGTH], "big"))
            inside = parse6(body, ENTERPRISE_LENGTH)
            return body[:ENTERPRISE_LENGTH] + _repacked(STANDARD6, vendor, inside, depth + 1)
        if row.code == OPTION_FQDN:
            return body.lower()  # no length of a label is a letter
        before = BEFORE_OPTIONS.get(row.code)
        if before is not None:
            head = body[:before]
            if row.code == OPTION_IAPREFIX and body[_PREFIX_LENGTH - 1] <= V6.bits:
                head = body[:_PREFIX_LENGTH] + parse_iaprefix(body)[0].to_bytes(16, "big")
            return head + _repacked(definitions, V6.space, parse6(body, before), depth + 1)
    if not row.encapsulates:
        return special.canonical(row, body)
    end = codec.fields_end(row, body)
    inside = parse6(body, end)
    return special.canonical(row, body[:end]) + _repacked(definitions, row.encapsulates, inside, depth + 1)
