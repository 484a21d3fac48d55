"""POSIX extended regular expressions, in which `hostname-char-set` is written, as Python ones.

What Python has on top (its own classes, lookahead, lazy repetition) means what POSIX says or is an error; a character
is an octet in Latin-1. Of several alternatives that match at one place the first counts, not the longest as in POSIX:
sets of characters, which this is for, cannot tell. IEEE 1003.1-2017 §9.4.
"""

from __future__ import annotations

import re
from typing import Final

_CLASSES: Final = {
    "alnum": "A-Za-z0-9",
    "alpha": "A-Za-z",
    "blank": " \\t",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": " \\t-\\r",
    "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}
"""The named classes, in the portable locale."""

_NAMED: Final = {
    "hyphen": "-",
    "hyphen-minus": "-",
    "period": ".",
    "full-stop": ".",
    "low-line": "_",
    "underscore": "_",
    "space": " ",
}
"""Collating elements by name, those that stand in host names."""

_INTERVAL: Final = re.compile(r"\{\d+(,\d*)?\}")


def to_python(text: str) -> str:
    """Return the Python pattern for the POSIX pattern *text*; re.error, with the position, if it is none."""
    return _Translation(text).whole()


class _Translation:
    """One pass over a pattern. at: where it is; depth: groups that are open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.depth = 0

    def whole(self) -> str:
        """Translate alternatives up to the end of the pattern or of the group."""
        alternatives = [self._branch()]
        while self.text[self.at : self.at + 1] == "|":
            self.at += 1
            alternatives.append(self._branch())
        if self.at < len(self.text) and not self.depth:
            raise self._error("unbalanced parenthesis")
        return "|".join(alternatives)

    def _branch(self) -> str:
        """Translate one alternative: atoms, each with what repeats it."""
        atoms: list[str] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            atom = self._atom()
            while self.at < len(self.text) and self.text[self.at] in "*+?{":
                atom = f"(?:{atom}){self._repetition()}"
            atoms.append(atom)
        return "".join(atoms)

    def _atom(self) -> str:
        """Translate a group, a set, an anchor or a character."""
        sign = self.text[self.at]
        if sign in "*+?{":
            raise self._error("nothing to repeat")
        if sign == "[":
            return self._set()
        self.at += 1
        if sign == "(":
            return self._group()
        if sign == "\\":
            if self.at == len(self.text):
                raise self._error("nothing after the backslash")
            self.at += 1
            return re.escape(self.text[self.at - 1])
        if sign == "$":
            return "\\Z"
        if sign == ".":
            return "[\\s\\S]"
        return sign if sign == "^" else re.escape(sign)

    def _group(self) -> str:
        """Translate what stands in parentheses."""
        start = self.at
        self.depth += 1
        inner = self.whole()
        self.depth -= 1
        if self.at == len(self.text):
            self.at = start - 1
            raise self._error("parenthesis without end")
        self.at += 1
        return f"(?:{inner})"

    def _repetition(self) -> str:
        """Translate ``*``, ``+``, ``?`` or an interval."""
        if self.text[self.at] != "{":
            self.at += 1
            return self.text[self.at - 1]
        found = _INTERVAL.match(self.text, self.at)
        if found is None:
            raise self._error("interval without numbers or end")
        self.at = found.end()
        return found[0]

    def _set(self) -> str:
        """Translate a set in brackets, where a backslash is a character like others."""
        start = self.at
        self.at += 1
        negated = self.text.startswith("^", self.at)
        self.at += negated
        members: list[str] = []
        first = True
        while first or not self.text.startswith("]", self.at):
            if self.at >= len(self.text):
                self.at = start
                raise self._error("set without end")
            first = False
            low = self._member()
            if self.text.startswith("-", self.at) and not self.text.startswith("-]", self.at):
                self.at += 1
                high = self._member() if self.at < len(self.text) else ""
                if len(low) != 1 or len(high) != 1 or low > high:
                    raise self._error("bad range in a set")
                members.append(f"{re.escape(low)}-{re.escape(high)}")
            else:
                members.append(low if len(low) > 1 else re.escape(low))
        self.at += 1
        return f"[{'^' if negated else ''}{''.join(members)}]"

    def _member(self) -> str:
        """Return one character of a set, or what a named class stands for."""
        kind = self.text[self.at : self.at + 2]
        if kind not in ("[:", "[=", "[."):
            self.at += 1
            return kind[:1]
        end = self.text.find(kind[1] + "]", self.at + 2)
        name = self.text[self.at + 2 : end] if end > 0 else ""
        found = _CLASSES.get(name) if kind == "[:" else name if len(name) == 1 else _NAMED.get(name)
        if not found:
            raise self._error("unknown class of characters")
        self.at = end + 2
        return found

    def _error(self, what: str) -> re.error:
        """Return the error to raise at the present position."""
        return re.error(what, self.text, min(self.at, len(self.text)))
