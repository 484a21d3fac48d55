"""Kea's JSON dialect: what is read, what is refused, and where errors are said to be."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kea_twisted.base.kea_json.parse import MAX_DEPTH, parse_command, parse_text
from kea_twisted.errors import ConfigError, ConfigErrors

LATIN1 = st.text(st.characters(max_codepoint=0xFF))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(1 << 63), (1 << 63) - 1) | LATIN1
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(LATIN1, inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


def errors_of(text: str, **arguments: Any) -> list[str]:
    with pytest.raises(ConfigErrors) as caught:
        parse_text(text, "f", **arguments)
    return [str(error) for error in caught.value.errors]


@given(VALUES)
def test_all_that_json_writes_is_read_back(value: Any) -> None:
    assert parse_text(json.dumps(value)).value == value


@given(VALUES)
def test_layout_does_not_matter(value: Any) -> None:
    assert parse_text(json.dumps(value, indent=3)).value == value


@given(st.text('{}[]:,"\\/*#<? \n019.eE+-truefalsn\x01é\u0100', max_size=40))
def test_any_text_gives_a_value_or_configuration_errors(text: str) -> None:
    found: list[ConfigError] = []
    try:
        parse_text(text)
    except ConfigErrors as error:
        found = error.errors
    assert all(each.position is not None for each in found)


@pytest.mark.arm("CF-008")
@pytest.mark.arm("CF-009")
@pytest.mark.arm("CF-010")
def test_comments_may_stand_between_all_tokens() -> None:
    text = '# a\n/* b */{// c\n"x"/*d*/:/*e\n*/1 # f\n,/**/"y":[/*g*/1/*h*/,/*i*/]}//j'
    assert parse_text(text).value == {"x": 1, "y": [1]}


@pytest.mark.arm("CF-011")
def test_comment_marks_in_strings_are_data() -> None:
    assert parse_text('{"a": "http://x#y", "/*": "*/"}').value == {"a": "http://x#y", "/*": "*/"}


@pytest.mark.arm("CF-012", "V4-D01")
def test_surplus_commas_give_one_warning_each_with_its_place() -> None:
    document = parse_text('{\n"a": [1, 2,],\n"b": {"c": 1,,},\n}', "f")
    assert document.value == {"a": [1, 2], "b": {"c": 1}}
    places = [(warning.position.line, warning.position.column) for warning in document.warnings if warning.position]
    assert places == [(2, 11), (3, 13), (3, 14), (3, 16)]
    assert "extraneous comma" in str(document.warnings[0])


@pytest.mark.parametrize("text", ["[,1]", "[,]", "{,}", '{,"a":1}'])
def test_a_comma_before_the_first_value_is_an_error(text: str) -> None:
    assert "unexpected ','" in errors_of(text)[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [(".5", 0.5), ("5.", 5.0), ("-.5", -0.5), ("1e3", 1000.0), ("1.5E-3", 0.0015), ("007", 7), ("-0", 0), ("+7", 7.0)],
)
def test_numbers_are_those_of_kea(text: str, value: float) -> None:
    found = parse_text(text).value
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize("text", ["9223372036854775808", "-9223372036854775809", "1" * 5000])
def test_integers_beyond_64_bits_are_errors(text: str) -> None:
    assert "does not fit 64 bits" in errors_of(text)[0]


def test_the_widest_integers_are_read() -> None:
    assert parse_text("[9223372036854775807,-9223372036854775808]").value == [(1 << 63) - 1, -(1 << 63)]


def test_floats_beyond_their_range_are_errors() -> None:
    assert "too large" in errors_of("1e400")[0]


@pytest.mark.arm("CF-002")
@pytest.mark.parametrize("word", ["True", "TRUE", "False", "NULL"])
def test_words_are_lower_case_only(word: str) -> None:
    assert errors_of(f'{{"a": {word}}}') == [f"syntax error, {word} must be written in lower case (f:1:7)"]


@pytest.mark.arm("CF-004", "V4-D02")
def test_all_duplicate_names_of_a_file_are_reported() -> None:
    found = errors_of('{"a": 1, "b": {"c": 1, "c": 2},\n "a": 3}')
    assert found == ["duplicate entry 'c' in a map of b (f:1:24)", "duplicate entry 'a' in a map (f:2:2)"]


@pytest.mark.arm("CF-005")
def test_of_two_names_in_a_command_the_last_counts() -> None:
    assert parse_command('{"a": 1, "a": 2} // done') == {"a": 2}


@pytest.mark.arm("CF-006")
@pytest.mark.arm("CF-097")
def test_strings_hold_octets() -> None:
    assert parse_text('"\\u00e9\\u0041é\\/\\\\\\"\\b\\f\\n\\r\\t"').value == 'éAé/\\"\b\f\n\r\t'
    assert errors_of('"ab\\u0100"') == ["\\u0100 is beyond Latin-1 (f:1:4)"]
    assert "beyond Latin-1" in errors_of('"\u0100"')[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "unexpected end of file, expecting a value (f:1:1)"),
        ('{"a" 1}', "unexpected '1', expecting ':' after \"a\" (f:1:6)"),
        ('{"a": 1 "b": 2}', "unexpected string \"b\", expecting ',' or '}' (f:1:9)"),
        ('{"a": [1}', "unexpected '}', expecting ',' or ']' (f:1:9)"),
        ('{"a": 1]', "unexpected ']', expecting ',' or '}' (f:1:8)"),
        ('{"a": 1', "unexpected end of file, expecting ',' or '}' (f:1:8)"),
        ("{a: 1}", "unexpected 'a', expecting a name or '}' (f:1:2)"),
        ('{"a": }', "unexpected '}', expecting a value (f:1:7)"),
        ("[1, ", "unexpected end of file, expecting a value (f:1:5)"),
        ("{} x", "unexpected 'x' after the end of the configuration (f:1:4)"),
        ('{"a": "b', "this string never ends (f:1:7)"),
        ('{"a": "b,\n "c": "d"}', "this string does not end in its line (f:1:7)"),
        ("[1 /* b", "this comment never ends (f:1:4)"),
        ("\x0c1", "unexpected character 0x0c, expecting a value (f:1:1)"),
        ("[\n\n  'a']", "unexpected ''', expecting a value (f:3:3)"),
    ],
)
def test_syntax_errors_say_where_and_why(text: str, message: str) -> None:
    assert errors_of(text) == [f"syntax error, {message}"]


def test_mistakes_in_strings_are_reported_with_the_syntax_error_that_follows() -> None:
    assert errors_of('["\\x", "a\tb", }') == [
        "\\x is no escape sequence (f:1:3)",
        "control character 0x09 in a string (f:1:10)",
        "syntax error, unexpected '}', expecting a value or ']' (f:1:15)",
    ]


def test_depth_is_bounded_by_an_error_not_by_the_stack() -> None:
    assert parse_text("[" * MAX_DEPTH + "]" * MAX_DEPTH).value
    assert "nest more than" in errors_of("[" * 100_000)[0]
    assert "nest more than" in errors_of('{"a":' * 1000)[0]


def test_every_value_and_keyword_has_a_position() -> None:
    document = parse_text('{\n  "a": [10, {"b": "c"}],\n  "d": /* e */ true }', "f")
    assert str(document.position(("a",))) == "f:2:8"
    assert str(document.position(("a",), name=True)) == "f:2:3"
    assert str(document.position(("a", 0))) == "f:2:9"
    assert str(document.position(("a", 1, "b"))) == "f:2:19"
    assert str(document.position(("a", 1, "b"), name=True)) == "f:2:14"
    assert str(document.position(("d",))) == "f:3:16"
    assert str(document.position(())) == "f:1:1"
    assert str(document.position(("a", 1, "missing"))) == "f:2:13"


def test_a_part_of_a_document_keeps_the_positions_of_the_whole() -> None:
    part = parse_text('{"arguments": {"Dhcp4": {"x": 1}}}', "f").inside("arguments")
    assert part.value == {"Dhcp4": {"x": 1}}
    assert str(part.position(("Dhcp4", "x"))) == "f:1:31"
    assert part.without_value().value is None


@pytest.mark.arm("CF-026")
@pytest.mark.arm("CF-028")
@pytest.mark.arm("CF-094")
def test_includes_are_textual_and_keep_their_positions() -> None:
    files = {"inner": '"b": 2,\n"c": [<?include "deep"?>],', "deep": "3, 4"}
    document = parse_text('{"a": 1,\n<?include "inner"?>\n"d": 5}', "outer", files.__getitem__)
    assert document.value == {"a": 1, "b": 2, "c": [3, 4], "d": 5}
    assert str(document.position(("a",))) == "outer:1:7"
    assert str(document.position(("c",))) == "inner:2:6"
    assert str(document.position(("c", 1))) == "deep:1:4"
    assert str(document.position(("d",))) == "outer:3:6"


def test_includes_in_strings_and_comments_are_none() -> None:
    text = '{"a": "<?include \\"x\\"?>" /* <?include "x"?> */ # <?include "x"?>\n}'
    assert parse_text(text, "f").value == {"a": '<?include "x"?>'}


@pytest.mark.arm("CF-029")
def test_includes_nest_ten_deep_and_no_deeper() -> None:
    files = {str(depth): f'<?include "{depth + 1}"?>' for depth in range(1, 10)} | {"10": "7"}
    assert parse_text('<?include "1"?>', "0", files.__getitem__).value == 7
    with pytest.raises(ConfigErrors, match="more than 10 deep"):
        parse_text('<?include "x"?>', "x", {"x": '<?include "x"?>'}.__getitem__)


@pytest.mark.arm("CF-095")
def test_includes_are_refused_where_nothing_reads_them() -> None:
    assert errors_of('{\n <?include "x"?>}') == ["file inclusion is not allowed here (f:2:2)"]


def test_an_include_that_cannot_be_read_is_an_error_at_its_place() -> None:
    def read(path: str) -> str:
        raise FileNotFoundError(2, "No such file or directory", path)

    assert errors_of('{\n\n<?include "x"?>}', read=read) == ["cannot include 'x': No such file or directory (f:3:1)"]
