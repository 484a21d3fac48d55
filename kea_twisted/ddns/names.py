"""Which name a client gets: what both families decide about its FQDN and its host name. RFC 4702, RFC 4704.

ARM dhcp4-ddns-config: the server may override what the client asks for, qualify partial names, replace or generate
names, and take characters out of them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kea_twisted.base.address import to_text
from kea_twisted.base.labels import labels_text
from kea_twisted.base.posix_regex import to_python
from kea_twisted.family import Family
from kea_twisted.subnets.subnet import DdnsParameters

FLAG_S: Final = 0x01
FLAG_O: Final = 0x02
FLAG_E: Final = 0x04
"""Wire encoding instead of ASCII; DHCPv4 only."""

GENERATE: Final = "(generate)"
"""Stands for a name that has to wait until the address is known; no name has parentheses."""

REPLACES_SENT: Final = frozenset({"always", "when-present"})
"""Modes of `ddns-replace-client-name` under which a name that the client sent is replaced."""

REPLACES_MISSING: Final = frozenset({"always", "when-not-present"})
"""Modes under which a client that sent no name gets one."""


def answer_flags(flags: int, flag_n: int, parameters: DdnsParameters, enabled: bool) -> int | None:
    """Return the flags of the answered FQDN option; None if the client set both S and N, which means nothing.

    flags: the client's; flag_n: the family's N bit; enabled: whether updates are sent at all. RFC 4702 §4.
    """
    client_s = flags & FLAG_S
    client_n = flags & flag_n
    if client_s and client_n:
        return None
    if client_n:
        server_s = enabled and parameters.override_no_update
        server_n = not server_s
    elif client_s:
        server_s = enabled
        server_n = not enabled
    else:
        server_s = enabled and parameters.override_client_update
        server_n = not enabled
    answered = (FLAG_S if server_s else 0) | (flag_n if server_n else 0)
    return answered | FLAG_O if bool(client_s) != server_s else answered


def qualify(name: str, parameters: DdnsParameters, trailing_dot: bool) -> str:
    """Return *name* with the qualifying suffix unless it has it already, with or without a dot at the end."""
    suffix = parameters.qualifying_suffix
    if suffix and not f".{name.removesuffix('.')}".endswith(f".{suffix.removesuffix('.')}"):
        name = f"{name}{suffix}" if not name or name.endswith(".") else f"{name}.{suffix}"
    if trailing_dot:
        return name if name.endswith(".") else name + "."
    return name.removesuffix(".")


def generate(address: int, family: Family, parameters: DdnsParameters, trailing_dot: bool) -> str:
    """Return a name made of the generated prefix and the address."""
    text = re.sub("[.:]", "-", to_text(address, family))
    return qualify(f"{parameters.generated_prefix}-{text}", parameters, trailing_dot)


_LONGEST: Final = 253
"""Characters of a name without the dot at the end: with its length octets it has 255. RFC 1035 §2.3.4."""


@lru_cache(maxsize=64)
def _pattern(char_set: str) -> re.Pattern[str]:
    """Return the compiled `hostname-char-set`. NUL is invalid whatever it says: ARM dhcp4-host-name-sanitization."""
    return re.compile(f"{to_python(char_set)}|\0")


def sanitize(octets: bytes, parameters: DdnsParameters) -> bytes:
    """Return *octets* of a name with those of `hostname-char-set` replaced; each octet is a character."""
    if not parameters.hostname_char_set:
        return octets
    text = octets.decode("latin-1")
    replacement = parameters.hostname_char_replacement
    cleaned = _pattern(parameters.hostname_char_set).sub(lambda _match: replacement, text)
    return cleaned.encode("latin-1", "replace")


def client_fqdn(labels: tuple[bytes, ...], absolute: bool, parameters: DdnsParameters) -> str:
    """Return the domain name for a client that sent *labels*: cleaned, small, qualified unless *absolute*."""
    if not labels or not parameters.hostname_char_set:
        name = labels_text(tuple(label.lower() for label in labels), absolute)
    else:
        # A label of which nothing is left stays, and a dot in a label divides it: what comes of it need not be a name.
        # Small letters first: the option holds no others once it is read.
        cleaned = b".".join(sanitize(label.lower(), parameters) for label in labels)
        name = cleaned.decode("utf-8", "surrogateescape") + "."
    whole = name if absolute or not labels else qualify(name, parameters, True)
    return whole.encode("utf-8", "surrogateescape").lower().decode("utf-8", "surrogateescape")  # ASCII letters only


def host_name(sent: bytes, parameters: DdnsParameters) -> str | None:
    """Return the name for a client that sent *sent* as its host name; GENERATE to make one.

    None if it is no name, "" if nothing is left of it after cleaning; then none is answered.
    """
    octets = sent.strip()
    whole = octets.removesuffix(b".")
    labels = whole.split(b".")
    if not octets or len(whole) > _LONGEST or (whole and not all(0 < len(label) <= 63 for label in labels)):
        return None
    if parameters.replace_client_name in REPLACES_SENT or not whole:
        return GENERATE
    name = sanitize(octets, parameters).lower().decode("utf-8", "surrogateescape")
    if name == ".":
        return GENERATE
    return name if len(labels) > 1 else qualify(name, parameters, False)
