"""Text of the classification language to tokens. Not here: which order of tokens makes sense (that is :mod:`.parser`).

ARM classification-using-expressions.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from kea_twisted.errors import ExpressionError

STRING: Final = "string"
HEX: Final = "hexadecimal string"
INTEGER: Final = "integer"
ADDRESS: Final = "IP address"
NAME: Final = "option name"
END: Final = "end of expression"
"""Kinds of tokens that are not their own text."""

KEYWORDS: Final = (
    "addrtotext",
    "all",
    "and",
    "ciaddr",
    "concat",
    "data",
    "dst",
    "enterprise",
    "exists",
    "giaddr",
    "hex",
    "hexstring",
    "hlen",
    "htype",
    "iface",
    "ifelse",
    "int16totext",
    "int32totext",
    "int8totext",
    "known",
    "len",
    "linkaddr",
    "mac",
    "member",
    "msgtype",
    "not",
    "option",
    "or",
    "peeraddr",
    "pkt",
    "pkt4",
    "pkt6",
    "relay4",
    "relay6",
    "siaddr",
    "split",
    "src",
    "substring",
    "text",
    "transid",
    "uint16totext",
    "uint32totext",
    "uint8totext",
    "unknown",
    "vendor",
    "vendor-class",
    "yiaddr",
)
"""The reserved words; each is a kind of token of its own."""

PUNCTUATION: Final = ("==", "(", ")", "[", "]", ",", ".", "+", "*")


class Token(NamedTuple):
    """One token. kind: one of the names above, or the keyword or punctuation itself. column: from 1."""

    kind: str
    text: str
    column: int

    def __str__(self) -> str:
        return END if self.kind == END else f"'{self.text}'"


# The longest reading of the text wins, so the alternatives stand from the more special to the more general. A name
# followed by a closing bracket is an option name, even where it is a reserved word: option[hex] is an option.
_TOKEN: Final = re.compile(
    r"(?P<blank>[ \t\n]+)"
    r"|(?P<name>[A-Za-z](?:[-_A-Za-z0-9]*[A-Za-z0-9])?)(?=[ \t\n]*\])"
    r"|(?P<string>'[^'\n]*')"
    r"|(?P<address>[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*|[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+)"
    r"|(?P<hex>0[xX][0-9a-fA-F]+)"
    r"|(?P<integer>-?[0-9]+)"
    r"|(?P<word>" + "|".join(re.escape(word) for word in sorted((*KEYWORDS, *PUNCTUATION), key=len, reverse=True)) + ")"
)
_HINTS: Final = {
    "=": ", what is equal is compared with ==",
    "!": ", what is not equal is said as not (... == ...)",
    "&": ", conditions are joined by the word and",
    "|": ", conditions are joined by the word or",
    '"': ", strings stand in single quotation marks",
}
"""What is meant by characters of other languages."""
_KINDS: Final = {"name": NAME, "string": STRING, "address": ADDRESS, "hex": HEX, "integer": INTEGER}


def tokens(text: str) -> list[Token]:
    """Return the tokens of *text*, the last of kind END; ExpressionError at the first character that starts none."""
    out: list[Token] = []
    offset = 0
    end = len(text)
    while offset < end:
        match = _TOKEN.match(text, offset)
        if match is None:
            hint = _HINTS.get(text[offset], "")
            raise ExpressionError(f"unexpected character '{text[offset]}'{hint}", offset + 1)
        group = match.lastgroup
        if group != "blank":
            found = match.group()
            out.append(Token(_KINDS.get(group or "", found), found, offset + 1))
        offset = match.end()
    out.append(Token(END, "", end + 1))
    return out
