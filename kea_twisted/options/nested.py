"""Sub-options that a configuration puts into a container: one body of an option and all below it.

As Kea 2.2.0 does it: the sub-options come from the scope of the container and no other, by code; those that the
container's own octets bring (`csv-format` false) stay, and win over configured ones of the same code. ARM
dhcp4-option-spaces, dhcp6-option-spaces, s46-options.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kea_twisted.family import V4, V6
from kea_twisted.options import codec, suboptions
from kea_twisted.options.definition import ConfiguredOption

MAX_DEPTH: Final = 8
"""How many levels follow at most."""


def nest(
    option: ConfiguredOption, spaces: Mapping[str, Mapping[int, ConfiguredOption]], depth: int = MAX_DEPTH
) -> bytes:
    """Return the body of *option* with the sub-options of the space it encapsulates.

    spaces: the options of one scope by space and code; of two entries for one sub-option Kea takes the first.
    Vendor spaces are not looked at, as their container's number decides which it is (:mod:`.suboptions` packs those).
    """
    body = option.body
    definition = option.definition
    if definition is None or not definition.encapsulates or depth == 0:
        return body
    inner = spaces.get(definition.encapsulates)
    if not inner:
        return body
    end = codec.fields_end(definition, body)
    padded = definition.encapsulates == codec.PADDED_SPACE
    head, tail = body[:end], body[end:]
    added = {code: nest(found, spaces, depth - 1) for code, found in inner.items()}
    return head + _MERGED[definition.family.number](tail, added, padded)


def circle(options: Iterable[ConfiguredOption], top: str) -> tuple[str, ...]:
    """Return the spaces whose *options* of one scope contain each other without end, outermost first; () if none do.

    top: the space that options stand in of themselves; those of vendors go out by themselves, too. Kea 2.2.0 does not
    survive such a configuration.
    """
    inside: dict[str, list[str]] = {}
    outermost = {top}
    for option in options:
        if option.definition is not None and option.definition.encapsulates:
            inside.setdefault(option.space, []).append(option.definition.encapsulates)
            if option.vendor_id:
                outermost.add(option.space)
    if not inside:
        return ()
    finished: set[str] = set()
    for start in sorted(outermost):
        path = [start]
        pending = [iter(inside.get(start, ()))]
        while pending:
            space = next(pending[-1], None)
            if space is None:
                pending.pop()
                finished.add(path.pop())
            elif space in path:
                return tuple(path[path.index(space) :])
            elif space not in finished:
                path.append(space)
                pending.append(iter(inside.get(space, ())))
    return ()


def _merged4(own: bytes, added: Mapping[int, bytes], padded: bool) -> bytes:
    return suboptions.pack4({**added, **suboptions.parse4(own, padded)})


def _merged6(own: bytes, added: Mapping[int, bytes], _padded: bool) -> bytes:
    kept = suboptions.parse6(own)
    codes = {code for code, _ in kept}
    pairs = [*kept, *((code, body) for code, body in added.items() if code not in codes)]
    return suboptions.pack6(sorted(pairs, key=lambda pair: pair[0]))


_MERGED: Final = {V4.number: _merged4, V6.number: _merged6}
