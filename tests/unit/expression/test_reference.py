"""The tables that the manual's reference of the language is made from, and the page itself."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from kea_twisted.classes.builtin import is_builtin
from kea_twisted.errors import ExpressionError
from kea_twisted.expression.compile import compile_string, compile_test
from kea_twisted.expression.functions import BOOL, FUNCTIONS
from kea_twisted.expression.lexer import KEYWORDS
from kea_twisted.expression.v4 import FIELDS as FIELDS4
from kea_twisted.expression.v6 import FIELDS as FIELDS6
from kea_twisted.expression.v6 import RELAY_FIELDS
from kea_twisted.expression.values import FORMS, Form
from kea_twisted.family import V4, V6, Family
from kea_twisted.options.spaces import Definitions

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("family", [V4, V6], ids=["4", "6"])
@pytest.mark.parametrize("row", FORMS, ids=lambda row: row.form)
def test_every_form_compiles_in_its_families_and_in_no_other(row: Form, family: Family) -> None:
    build = compile_test if row.result is BOOL else compile_string
    if family.number in row.families:
        build(row.example, family, Definitions(family=family), is_builtin)
        return
    with pytest.raises(ExpressionError):
        build(row.example, family, Definitions(family=family), is_builtin)


def test_every_word_of_the_language_is_in_the_tables() -> None:
    told = " ".join(row.form for row in FORMS)
    told += " ".join(row.token for row in FUNCTIONS)
    told += " ".join(row.name for row in (*FIELDS4, *FIELDS6, *RELAY_FIELDS))
    told += " all pkt4 pkt6"
    assert [word for word in KEYWORDS if word not in told] == []


def generator() -> ModuleType:
    path = ROOT / "docs" / "generate" / "expressions.py"
    spec = importlib.util.spec_from_file_location("generate_expressions", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_what_the_tables_say() -> None:
    page = (ROOT / "docs" / "reference" / "expressions.rst").read_text()
    assert page == generator().render(), "run `python docs/generate/expressions.py`"
