"""Generated expressions, asked of Kea 2.2.0 and of us: the same ones are accepted, and the same ones match.

The seed is fixed, so that a difference comes again; another one is taken from KEA_TWISTED_SEED.
"""

from __future__ import annotations

import os
import random

import pytest

from kea_twisted.classes.builtin import is_builtin
from kea_twisted.errors import ExpressionError
from kea_twisted.expression.compile import compile_test
from kea_twisted.expression.lexer import KEYWORDS, PUNCTUATION
from kea_twisted.family import V4, V6, Family
from kea_twisted.options.spaces import Definitions
from tests.differential.classes.oracle import Oracle
from tests.support.expressions import Sample, read

SEED = int(os.environ.get("KEA_TWISTED_SEED", "220"))
SAMPLES = {line.sample.name: line.sample for line in read()}
LITERALS = ("'a'", "''", "'one.two'", "0x00ff", "7", "0", "10.0.0.1", "::1", "2001:db8::", "-1", "65536")
NAMES = ("host-name", "'ALL'", "'x'", "clientid", " ", "\n")
# The words that the manual has and Kea's lexer lacks are left out.
WORDS = (*(word for word in KEYWORDS if word not in ("known", "unknown")), *PUNCTUATION, *LITERALS, *NAMES)
READS = {
    4: ("option[60].hex", "option[60].text", "option[61].hex", "option[82].option[1].hex", "relay4[2].hex", "pkt4.mac",
        "vendor.enterprise", "vendor[4491].option[1].hex", "vendor-class[*].data[1]", "pkt4.giaddr", "option[99].hex"),
    6: ("option[1].hex", "option[3].option[5].hex", "relay6[0].peeraddr", "relay6[-1].option[18].hex", "pkt6.transid",
        "vendor.enterprise", "vendor[4491].option[1].hex", "vendor-class[*].data[1]", "pkt.src", "option[99].hex"),
}  # fmt: skip
NUMBERS = ("0", "1", "2", "-1", "-3", "9", "2147483648")


def value(draw: random.Random, family: int, depth: int) -> str:
    """Return an expression that gives octets."""
    if depth == 0:
        return draw.choice((*READS[family], *LITERALS[:8]))
    one, two = value(draw, family, depth - 1), value(draw, family, draw.randrange(depth))
    number = draw.choice(NUMBERS)
    return draw.choice(
        (
            f"substring({one}, {number}, {draw.choice((*NUMBERS, 'all'))})",
            f"split({one}, {two}, {number})",
            f"concat({one}, {two})",
            f"{one} + {two}",
            f"hexstring({one}, {two})",
            f"addrtotext({one})",
            f"uint32totext({one})",
            f"int8totext(substring({one}, 0, 1))",
            f"ifelse({value(draw, family, 0)} == {value(draw, family, 0)}, {one}, {two})",
            f"({one})",
        )
    )


def boolean(draw: random.Random, family: int, depth: int) -> str:
    """Return an expression that is true or false."""
    if depth == 0 or draw.random() < 0.4:
        left, right = value(draw, family, draw.randrange(3)), value(draw, family, draw.randrange(2))
        return draw.choice((f"{left} == {right}", f"{left} == {left}", "vendor[*].exists", "member('ALL')"))
    one, two = boolean(draw, family, depth - 1), boolean(draw, family, depth - 1)
    return draw.choice((f"not {one}", f"({one})", f"{one} and {two}", f"{one} or {two}", f"not ({one} or {two})"))


def accepted(text: str, family: Family) -> bool:
    try:
        compile_test(text, family, Definitions(family=family), is_builtin)
    except ExpressionError:
        return False
    return True


@pytest.mark.parametrize("family", [V4, V6], ids=["4", "6"])
def test_the_same_texts_are_expressions(oracles: dict[int, Oracle], family: Family) -> None:
    draw = random.Random(SEED)
    wrong = []
    for _ in range(250):
        text = boolean(draw, family.number, 2)
        if draw.random() < 0.8:
            # Damage it: a word more, a word less, or a character less.
            place = draw.randrange(len(text))
            text = text[:place] + draw.choice((draw.choice(WORDS), "")) + text[place + draw.randrange(4) :]
        theirs, said = oracles[family.number].accepts([{"name": "c", "test": text}])
        if accepted(text, family) is not theirs:
            wrong.append(f"{text!r}: Kea: {said}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("sample", [SAMPLES["full"], SAMPLES["relayed"]], ids=lambda sample: sample.name)
def test_the_same_expressions_match(oracles: dict[int, Oracle], sample: Sample) -> None:
    draw = random.Random(SEED)
    family = sample.family
    texts = [boolean(draw, family.number, 3) for _ in range(250)]
    classes: list[dict[str, object]] = [{"name": f"c{place}", "test": text} for place, text in enumerate(texts)]
    classes.append({"name": "last", "test": "member('UNKNOWN')"})
    found = oracles[family.number].results(classes, sample.octets, "last")
    packet = sample.received()
    packet.add_class("ALL")
    wrong = []
    for place, text in enumerate(texts):
        try:
            ours = "1" if compile_test(text, family, Definitions(family=family), is_builtin).test(packet) else "0"
        except ExpressionError:
            ours = "error"
        theirs = found.get(f"c{place}", "nothing")
        if ours != (theirs if theirs in ("0", "1", "nothing") else "error"):
            wrong.append(f"{text}: ours {ours}, Kea's {theirs}")
    assert not wrong, "\n".join(wrong)
