"""From the `test` of a client class to what its definition needs: the compiled test, and when it can be evaluated.

Not here: the other keywords of a class (kea_twisted.config), and the evaluation itself (:mod:`.evaluate`).
"""

from __future__ import annotations

from collections.abc import Mapping

from kea_twisted.classes.builtin import KNOWN, UNKNOWN, is_builtin, may_have_test
from kea_twisted.classes.client_class import ClientClass
from kea_twisted.errors import ExpressionError
from kea_twisted.expression.compile import compile_test
from kea_twisted.family import Family
from kea_twisted.options.spaces import Definitions


def define(
    name: str,
    text: str,
    family: Family,
    definitions: Definitions,
    before: Mapping[str, ClientClass],
    only_if_required: bool = False,
    local: Mapping[str, Definitions] | None = None,
) -> ClientClass:
    """Return the class *name* with the compiled test *text* and ``depends_on_known``; the caller fills in the rest.

    before: the classes that the configuration defines before this one, the only ones that the test may name apart from
    the built-in ones. Raises ExpressionError for a wrong expression, and for a built-in class that has none.

    Private options are octets to the tests that are evaluated first, and decoded to those that come later: the classes
    that are required or wait for the host lookup. local: the definitions of all classes that have some of their own, by
    name. ARM dhcp4-private-opts.
    """
    if not may_have_test(name):
        raise ExpressionError(f"the built-in class '{name}' cannot have a test", 1)

    def known(named: str) -> bool:
        return named in before or is_builtin(named)

    compiled = compile_test(text, family, definitions, known, early=True)
    late = depends_on_known(compiled.classes, before)
    if late or only_if_required:
        compiled = compile_test(text, family, definitions, known, local=local)
    return ClientClass(
        name,
        test=compiled.test,
        text=text,
        trace=compiled.trace,
        only_if_required=only_if_required,
        depends_on_known=late,
    )


def depends_on_known(named: frozenset[str], before: Mapping[str, ClientClass]) -> bool:
    """Return whether a test that names these classes must wait for the host lookup, directly or through another."""
    return any(
        name in (KNOWN, UNKNOWN) or ((found := before.get(name)) is not None and found.depends_on_known)
        for name in named
    )
