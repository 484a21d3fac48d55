"""POSIX extended regular expressions mean what POSIX says, not what Python would make of them."""

from __future__ import annotations

import re

import pytest

from kea_twisted.base.posix_regex import to_python

TEXT = r"my_Host.a$b\w-d x9 aab+(c)]^"


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        (r"[^A-Za-z0-9.-]", "myHost.abw-dx9aabc"),
        (r"[^[:alnum:].-]", "myHost.abw-dx9aabc"),
        (r"[[:alpha:][:space:]]", r"_.$\-9+()]^"),
        (r"[[:digit:]-]", r"my_Host.a$b\wd x aab+(c)]^"),
        (r"[[:upper:]]", r"my_ost.a$b\w-d x9 aab+(c)]^"),
        (r"[[=a=]b]", r"my_Host.$\w-d x9 +(c)]^"),
        (r"[[.hyphen.][._.]]", r"myHost.a$b\wd x9 aab+(c)]^"),
        (r"[\w]", r"my_Host.a$b-d x9 aab+(c)]^"),
        (r"[]a]", r"my_Host.$b\w-d x9 b+(c)^"),
        (r"[a^]", r"my_Host.$b\w-d x9 b+(c)]"),
        (r"[x-]", r"my_Host.a$b\wd 9 aab+(c)]^"),
        (r"\w", r"my_Host.a$b\-d x9 aab+(c)]^"),
        (r"\.|\$|\+", r"my_Hosta$b\w-d x9 aab+(c)]^".replace("$", "").replace("+", "")),
        (r"a{2}", r"my_Host.a$b\w-d x9 b+(c)]^"),
        (r"(a|b)+", r"my_Host.$\w-d x9 +(c)]^"),
        (r"^m|\^$", r"y_Host.a$b\w-d x9 aab+(c)]"),
        (r"a**b", r"my_Host.a$\w-d x9 +(c)]^"),
        (r"()Q", TEXT),
        (r"(a)\1", TEXT),
    ],
)
def test_characters_of_a_set_go(pattern: str, left: str) -> None:
    assert re.sub(to_python(pattern), "", TEXT) == left


@pytest.mark.parametrize(
    ("pattern", "position"),
    [
        ("[a", 0),
        ("[^]", 0),
        ("b[[:alnum:]", 1),
        ("(a", 0),
        ("a)", 1),
        ("a{", 1),
        ("a{,2}", 1),
        ("*a", 0),
        ("(?=a)", 1),
        ("{1}", 0),
        ("a\\", 2),
        ("[b-a]", 4),
        ("[[:alpha:]-z]", 12),
        ("[[:foo:]]", 1),
        ("[[.foo.]]", 1),
    ],
)
def test_what_is_no_expression_is_refused_where_it_goes_wrong(pattern: str, position: int) -> None:
    with pytest.raises(re.error) as caught:
        to_python(pattern)
    assert caught.value.pos == position
