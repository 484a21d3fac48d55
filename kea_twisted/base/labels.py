"""DNS names as text and as octets: RFC 1035 §3.1 labels, RFC 1035 §5.1 text.

Names are written without compression; on input compression pointers are followed where the caller says that they may
occur (DHCPv4 domain lists, RFC 3397 §2). A partial name (RFC 4702 §3.3, RFC 4704 §4.2) lacks the terminating zero
octet. Case is kept: who compares names compares :func:`fold`. Not here: what a host may be called.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.errors import WireError

MAX_LABEL: Final = 63
MAX_NAME: Final = 255
"""Octets of a whole name, the terminating zero included."""

_POINTER: Final = 0xC0
_DOT: Final = ord(".")
_BACKSLASH: Final = ord("\\")
_SPECIAL: Final = frozenset(b'"$().;@\\')


def parse_labels(text: str) -> tuple[tuple[bytes, ...], bool]:
    r"""Return the labels of *text*, and whether it ends with a dot; ``.`` gives no labels and True.

    ``\DDD`` is the octet of that decimal number, ``\X`` is X without meaning; other characters stand for their UTF-8.
    ValueError for empty or long labels, long names and bad escapes.
    """
    if not text:
        raise ValueError("a domain name must not be empty")
    if text == ".":
        return (), True
    octets = text.encode("utf-8", "surrogateescape")
    labels: list[bytes] = []
    label = bytearray()
    at = 0
    end = len(octets)
    absolute = False
    while at < end:
        octet = octets[at]
        at += 1
        if octet == _DOT:
            if not label:
                raise ValueError(f"'{text}' has an empty label")
            labels.append(bytes(label))
            label.clear()
            absolute = at == end
            continue
        if octet == _BACKSLASH:
            octet, at = _escape(octets, at, text)
        label.append(octet)
        if len(label) > MAX_LABEL:
            raise ValueError(f"'{text}' has a label of more than {MAX_LABEL} octets")
    if label:
        labels.append(bytes(label))
    if sum(map(len, labels)) + len(labels) + 1 > MAX_NAME:
        raise ValueError(f"'{text}' is longer than {MAX_NAME} octets")
    return tuple(labels), absolute


def _escape(octets: bytes, at: int, text: str) -> tuple[int, int]:
    """Return the octet of the escape whose backslash stands before *at*, and where the next character stands."""
    if at == len(octets):
        raise ValueError(f"'{text}' ends in a backslash")
    if not octets[at : at + 1].isdigit():
        return octets[at], at + 1
    digits = octets[at : at + 3]
    if len(digits) < 3 or not digits.isdigit() or int(digits) > 255:
        raise ValueError(f"'\\{digits.decode('ascii', 'replace')}' in '{text}' is not the number of an octet")
    return int(digits), at + 3


def labels_text(labels: tuple[bytes, ...], absolute: bool) -> str:
    """Return the text of *labels*, with a dot at the end if *absolute*; other octets than printable ones escaped."""
    if not labels:
        return "." if absolute else ""
    text = ".".join(map(_label_text, labels))
    return text + "." if absolute else text


def _label_text(label: bytes) -> str:
    return "".join(
        f"\\{octet:03d}" if octet <= 0x20 or octet >= 0x7F else f"\\{octet:c}" if octet in _SPECIAL else chr(octet)
        for octet in label
    )


def pack_labels(labels: tuple[bytes, ...], absolute: bool) -> bytes:
    """Return *labels* in wire form, with the terminating zero if *absolute*."""
    out = bytearray()
    for label in labels:
        out.append(len(label))
        out += label
    if absolute:
        out.append(0)
    return bytes(out)


def pack_name(text: str) -> bytes:
    """Return the name *text* in wire form; relative names are taken as absolute. ValueError for bad names."""
    labels, _ = parse_labels(text)
    return pack_labels(labels, True)


def pack_partial(text: str) -> bytes:
    """Return the name *text* in wire form, without the terminating zero unless it ends with a dot; "" gives b""."""
    return pack_labels(*parse_labels(text)) if text else b""


def unpack_labels(octets: bytes, offset: int = 0, compressed: bool = False) -> tuple[tuple[bytes, ...], int, bool]:
    """Return the labels of the name at *offset*, where the octets after it start, and whether it was terminated.

    A name that the end of *octets* cuts between two labels is partial, not an error. compressed: follow pointers;
    each must point before the part it stands in, so that a loop cannot be built. WireError for anything else.
    """
    labels: list[bytes] = []
    length = 1
    after = -1
    at = offset
    limit = offset
    end = len(octets)
    while at < end:
        size = octets[at]
        if size == 0:
            return tuple(labels), after if after >= 0 else at + 1, True
        if size >= _POINTER:
            if not compressed:
                raise WireError("compression pointer in a domain name", at)
            if at + 2 > end:
                raise WireError("compression pointer cut short", at)
            target = (size & 0x3F) << 8 | octets[at + 1]
            if target >= limit:
                raise WireError("compression pointer that does not point backwards", at)
            if after < 0:
                after = at + 2
            at = limit = target
            continue
        if size > MAX_LABEL:
            raise WireError(f"label type {size >> 6} in a domain name", at)
        at += 1
        if at + size > end:
            raise WireError(f"label of {size} octets, {end - at} left", at)
        length += size + 1
        if length > MAX_NAME:
            raise WireError(f"domain name of more than {MAX_NAME} octets", at)
        labels.append(octets[at : at + size])
        at += size
    return tuple(labels), after if after >= 0 else at, False


def unpack_name(octets: bytes, offset: int = 0, compressed: bool = False) -> tuple[str, int]:
    """Return the text of the absolute name at *offset*, and where the octets after it start; WireError if partial."""
    labels, after, absolute = unpack_labels(octets, offset, compressed)
    if not absolute:
        raise WireError("domain name without its end", len(octets))
    return labels_text(labels, True), after


def unpack_partial(octets: bytes) -> str:
    """Return the text of the name that fills *octets*: with a dot at the end if it is absolute, "" if empty."""
    labels, after, absolute = unpack_labels(octets)
    if after != len(octets):
        raise WireError("octets after a domain name", after)
    return labels_text(labels, absolute)


def fold(text: str) -> str:
    """Return *text* in the form in which equal names are equal: ASCII letters small, no dot at the end."""
    folded = "".join(chr(ord(char) | 0x20) if "A" <= char <= "Z" else char for char in text)
    return folded[:-1] if folded.endswith(".") and not folded.endswith("\\.") else folded


def label_count(text: str) -> int:
    """Return how many labels *text* has, the root not counted; "" has none."""
    return len(parse_labels(text)[0]) if text else 0
