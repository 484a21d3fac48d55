"""Client classes from their tests: which names an expression may use, and what must wait for the host lookup."""

from __future__ import annotations

import pytest

from kea_twisted.classes.builtin import BUILTIN, is_builtin
from kea_twisted.classes.client_class import ClientClass
from kea_twisted.classes.define import define
from kea_twisted.errors import ExpressionError
from kea_twisted.family import V4
from kea_twisted.options.spaces import Definitions

DEFINITIONS = Definitions(family=V4)


def classes(**tests: str | None) -> dict[str, ClientClass]:
    made: dict[str, ClientClass] = {}
    for name, test in tests.items():
        made[name] = ClientClass(name) if test is None else define(name, test, V4, DEFINITIONS, made)
    return made


@pytest.mark.arm("CL-034")
def test_a_class_may_name_only_classes_defined_before_it() -> None:
    assert classes(a=None, b="member('a')")["b"].text == "member('a')"
    for wrong in ({"a": "member('b')", "b": None}, {"a": "member('a')"}):
        with pytest.raises(ExpressionError) as caught:
            classes(**wrong)
        assert caught.value.column == 8


@pytest.mark.arm("CL-082")
def test_the_host_lookup_is_waited_for_directly_and_through_other_classes() -> None:
    made = classes(
        plain="option[60].exists",
        direct="known",
        also="member('UNKNOWN')",
        through="member('direct') and member('plain')",
        twice="not member('through')",
        untouched="member('plain')",
    )
    waiting = {name for name, found in made.items() if found.depends_on_known}
    assert waiting == {"direct", "also", "through", "twice"}


@pytest.mark.arm("CL-015")
def test_drop_may_depend_on_the_host_lookup() -> None:
    assert classes(DROP="not known")["DROP"].depends_on_known


@pytest.mark.arm("CL-030")
@pytest.mark.parametrize("name", ["ALL", "KNOWN", "UNKNOWN", "BOOTP", "SKIP_DDNS"])
def test_names_are_built_in(name: str) -> None:
    assert is_builtin(name)
    assert not is_builtin(f"{name}x")


@pytest.mark.arm("CL-030")
@pytest.mark.parametrize("prefix", ["VENDOR_CLASS_", "HA_", "AFTER_", "EXTERNAL_"])
def test_prefixes_are_built_in_when_something_follows(prefix: str) -> None:
    assert is_builtin(f"{prefix}x")
    assert not is_builtin(prefix)


@pytest.mark.arm("CL-024")
def test_drop_must_be_configured_to_be_named() -> None:
    assert not is_builtin("DROP")


@pytest.mark.parametrize("name", ["ALL", "KNOWN", "UNKNOWN", "BOOTP"])
def test_the_server_s_own_classes_cannot_have_a_test(name: str) -> None:
    with pytest.raises(ExpressionError):
        define(name, "member('ALL')", V4, DEFINITIONS, {})


def test_classes_with_a_built_in_prefix_can_have_a_test() -> None:
    for row in BUILTIN:
        if row.prefix:
            assert define(f"{row.name}x", "member('ALL')", V4, DEFINITIONS, {}).test is not None
