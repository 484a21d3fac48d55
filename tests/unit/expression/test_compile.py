"""What compiling promises beyond the values of the language: only ExpressionError, depth, folding, reading."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kea_twisted.classes.builtin import is_builtin
from kea_twisted.errors import ExpressionError
from kea_twisted.expression.compile import Compiled, compile_string, compile_test
from kea_twisted.expression.functions import FUNCTIONS
from kea_twisted.expression.lexer import KEYWORDS, PUNCTUATION
from kea_twisted.expression.parser import MAX_DEPTH
from kea_twisted.family import V4, V6, Family
from kea_twisted.options.definition import OptionDefinition
from kea_twisted.options.spaces import Definitions
from kea_twisted.wire.v4 import Packet4
from kea_twisted.wire.v6 import Packet6, Relay6

DEFINITIONS = {4: Definitions(family=V4), 6: Definitions(family=V6)}


def compiled(text: str, family: Family = V4) -> Compiled:
    return compile_test(text, family, DEFINITIONS[family.number], is_builtin)


def packet4() -> Packet4:
    packet = Packet4(1)
    packet.chaddr = b"\2\0\0\0\0\1"
    packet.options = {60: b"PXEClient", 61: b"", 82: b"\1\3abc\2", 125: b"\0\0\x11\x8b\5\1\3abc", 124: b"\0\0"}
    packet.classes = {"ALL": None}
    return packet


def packet6() -> Packet6:
    packet = Packet6(1)
    packet.options = {1: [b"\0\3"], 3: [b"\0" * 12 + b"\0\5\0\1x\0"], 16: [b"\0\0\0\1\0\x09x"], 17: [b"\0"]}
    packet.relays = [Relay6(12, 1, 1, 2), Relay6(12, 0, 3, 4, {18: [b"eth0"]})]
    packet.classes = {"ALL": None}
    return packet


WORDS = [
    *KEYWORDS,
    *PUNCTUATION,
    "'a'",
    "''",
    "0x0a",
    "1",
    "-1",
    "16",
    "125",
    "10.0.0.1",
    "::1",
    "host-name",
    " ",
    "'ALL'",
]
PIECES = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)

VALUES = st.deferred(lambda: st.one_of(st.sampled_from(LEAVES), CALLS))
LEAVES = [
    "'a'", "''", "'one.two'", "0x00ff", "7", "10.0.0.1", "::1", "option[60].hex", "option[61].hex", "option[60].text",
    "option[82].option[1].hex", "vendor[4491].option[1].text", "vendor.enterprise", "vendor-class[*].data[1]",
    "vendor-class.enterprise", "pkt.iface", "pkt.src", "pkt.dst", "pkt.len", "option[1].text",
    "option[3].option[5].hex",
]  # fmt: skip
NUMBERS = st.sampled_from(["0", "1", "-1", "3", "-4", "9999999999"])
CALLS = st.one_of(
    st.builds("substring({},{},{})".format, VALUES, NUMBERS, NUMBERS | st.just("all")),
    st.builds("split({},{},{})".format, VALUES, VALUES, NUMBERS),
    st.builds("concat({},{})".format, VALUES, VALUES),
    st.builds("{} + {}".format, VALUES, VALUES),
    st.builds("hexstring({},{})".format, VALUES, VALUES),
    st.builds("addrtotext({})".format, VALUES),
    st.builds("uint32totext({})".format, VALUES),
    st.builds("int8totext({})".format, VALUES),
    st.builds("ifelse({},{},{})".format, st.deferred(lambda: TESTS), VALUES, VALUES),
)
TESTS = st.deferred(
    lambda: st.one_of(
        st.builds("{} == {}".format, VALUES, VALUES),
        st.sampled_from(["known", "unknown", "member('ALL')", "option[60].exists", "vendor[*].exists"]),
        st.builds("({})".format, TESTS),
        st.builds("not ({})".format, TESTS),
        st.builds("{} and {}".format, TESTS, TESTS),
        st.builds("{} or {}".format, TESTS, TESTS),
        st.builds("({} or {}) and {}".format, TESTS, TESTS, TESTS),
    )
)


@given(st.text(max_size=60) | PIECES, st.sampled_from([V4, V6]))
@settings(max_examples=150, deadline=None)
def test_any_text_is_a_test_or_an_expression_error(text: str, family: Family) -> None:
    column = 1
    try:
        assert outcome(compiled(text, family).test, packet4() if family is V4 else packet6()) in (True, False, "error")
    except ExpressionError as error:
        column = error.column
    assert 1 <= column <= len(text) + 1


def outcome(test: object, packet: object) -> object:
    try:
        return test(packet)  # type: ignore[operator]
    except ExpressionError:
        return "error"


@given(TESTS, st.sampled_from([V4, V6]))
@settings(max_examples=60, deadline=None)
def test_folded_and_shortened_tests_do_what_the_step_by_step_ones_do(text: str, family: Family) -> None:
    both = compiled(text, family)
    packet = packet4() if family is V4 else packet6()
    assert outcome(both.test, packet) is outcome(both.trace, packet) or outcome(both.test, packet) == "error"
    assert (outcome(both.test, packet) == "error") == (outcome(both.trace, packet) == "error")


@given(st.integers(1, 254), st.binary(max_size=40), st.sampled_from(["hex", "text", "exists"]))
@settings(max_examples=200, deadline=None)
def test_any_octets_of_an_option_have_a_text(code: int, body: bytes, what: str) -> None:
    packet4, packet6 = Packet4(1), Packet6(1)
    packet4.options = {code: body}
    packet6.options = {code: [body]}
    for family, packet in ((V4, packet4), (V6, packet6)):
        for form in (f"option[{code}].{what}", f"option[{code}].option[1].{what}", f"vendor[*].option[1].{what}"):
            text = form if what == "exists" else f"{form} == ''"
            assert compiled(text, family).test(packet) in (True, False)


@pytest.mark.parametrize(
    ("text", "column", "hint"),
    [
        ("option[60].hex = 'x'", 16, "compared with =="),
        ("option[60].hex != 'x'", 16, "not (... == ...)"),
        ("member('a') && member('b')", 13, "the word and"),
        ("member('a') || member('b')", 13, "the word or"),
        ('option[60].hex == "x"', 19, "single quotation marks"),
    ],
)
def test_the_signs_of_other_languages_are_explained(text: str, column: int, hint: str) -> None:
    with pytest.raises(ExpressionError, match="unexpected character") as caught:
        compiled(text)
    assert caught.value.column == column
    assert hint in str(caught.value)


@pytest.mark.arm("CL-031")
def test_parentheses_nest_up_to_the_limit_and_no_further() -> None:
    assert compiled("(" * MAX_DEPTH + "'a' == 'a'" + ")" * MAX_DEPTH).test(packet4()) is True
    with pytest.raises(ExpressionError) as caught:
        compiled("(" * (MAX_DEPTH + 1) + "'a' == 'a'" + ")" * (MAX_DEPTH + 1))
    assert caught.value.column == MAX_DEPTH + 1


def test_calls_nest_up_to_the_limit_and_no_further() -> None:
    def nested(depth: int) -> str:
        return "concat(option[60].hex, " * depth + "'x'" + ")" * depth

    assert len(compile_string(nested(MAX_DEPTH), V4, DEFINITIONS[4], is_builtin).value(packet4())) == 9 * MAX_DEPTH + 1
    for text in (nested(MAX_DEPTH + 1), nested(10_000)):
        with pytest.raises(ExpressionError):
            compile_string(text, V4, DEFINITIONS[4], is_builtin)


def test_chains_of_operators_have_no_limit() -> None:
    assert compiled(" and ".join(["option[60].exists"] * 5000)).test(packet4()) is True
    assert compiled(" or ".join(["option[1].exists"] * 5000)).test(packet4()) is False
    assert compiled("not " * 5001 + "option[1].exists").test(packet4()) is True
    joined = compile_string(" + ".join(["option[60].hex"] * 5000), V4, DEFINITIONS[4], is_builtin)
    assert joined.value(packet4()) == b"PXEClient" * 5000


def test_the_classes_that_a_test_names_are_reported() -> None:
    assert compiled("member('HA_a') and not (known or member('EXTERNAL_b'))").classes == {"HA_a", "KNOWN", "EXTERNAL_b"}


@pytest.mark.arm("CL-075")
def test_an_option_of_the_configuration_may_be_named() -> None:
    custom = OptionDefinition(222, "rack", "dhcp4", "uint8")
    definitions = Definitions({("dhcp4", 222): custom}, V4)
    packet = packet4()
    packet.options[222] = b"\7"
    test = compile_test("uint8totext(option[rack].hex) == '7'", V4, definitions, is_builtin).test
    assert test(packet) is True


@pytest.mark.arm("CL-033")
def test_damaged_options_are_absent_and_harm_nothing() -> None:
    packet = packet4()
    assert compiled("relay4[2].exists").test(packet) is False
    assert compiled("vendor-class[*].exists").test(packet) is False
    packet.options[124] = b"\0\0\0\1\x09abc"
    assert compiled("vendor-class[1].data == ''").test(packet) is True
    assert compiled("vendor-class[1].data == ''", V6).test(packet6()) is True


@pytest.mark.rfc("7341", "6")
def test_dhcpv4_inside_dhcpv6_has_ipv6_addresses() -> None:
    packet = packet4()
    packet.remote_address, packet.local_address = 0x20010DB8 << 96 | 1, 0x7F000001
    assert compiled("pkt.src == 2001:db8::1 and pkt.dst == 127.0.0.1").test(packet) is True


def test_every_function_is_a_word_of_the_lexer() -> None:
    assert {function.token for function in FUNCTIONS} <= {*KEYWORDS, *PUNCTUATION}
    assert len({function.token for function in FUNCTIONS}) == len(FUNCTIONS)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.token)
def test_the_example_of_every_function_compiles(function: object) -> None:
    example = function.example  # type: ignore[attr-defined]
    try:
        compiled(example)
    except ExpressionError:
        compile_string(example, V4, DEFINITIONS[4], is_builtin)
