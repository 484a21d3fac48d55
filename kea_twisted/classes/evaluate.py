"""Which client classes a packet belongs to: what the server's pipeline calls, the same for both families.

Not here: when the pipeline calls it, host lookup, and who is dropped for it. What the families do differently is in
:mod:`.v4` and :mod:`.v6`. ARM classify-classification-steps.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from kea_twisted.classes.builtin import ALL, is_builtin
from kea_twisted.classes.client_class import ClientClass, Test
from kea_twisted.errors import ExpressionError
from kea_twisted.expression.trace import RANK
from kea_twisted.log.logger import EVAL, Logger
from kea_twisted.log.message import ERROR, INFO, Message
from kea_twisted.log.messages.eval import EVAL_RESULT

MATCH: Final = replace(EVAL_RESULT, rank=INFO)
NO_MATCH: Final = EVAL_RESULT
FAILURE: Final = replace(EVAL_RESULT, rank=ERROR)
"""One message id in three severities, as in Kea: a match, none, and an expression that could not be evaluated."""

Tests = tuple[tuple[str, Test], ...]


class ClassEvaluator(ABC):
    """Put packets into the classes of one configuration. Built once a configuration, never changed.

    classes: in the order of configuration.
    """

    __slots__ = ("_classes", "_early", "_early_traced", "_late", "_late_traced")

    logger: Logger
    """Where results are logged."""
    server_logger: Logger
    """Where the rest is logged."""
    assigned: Message
    unconfigured: Message
    undefined: Message
    untestable: Message

    def __init__(self, classes: Mapping[str, ClientClass]) -> None:
        self._classes = dict(classes)
        self._early = _tests(self._classes, False, False)
        self._late = _tests(self._classes, True, False)
        self._early_traced = _tests(self._classes, False, True)
        self._late_traced = _tests(self._classes, True, True)

    @abstractmethod
    def vendor_class(self, packet: Any) -> str | None:
        """Return the built-in class that the packet's vendor class option asks for, None if it has no such option."""

    @property
    def has_late(self) -> bool:
        """Whether any class depends on the host lookup."""
        return bool(self._late)

    def before_hosts(self, packet: Any) -> None:
        """Assign ALL, the vendor class, and the classes whose tests match and do not need the host lookup.

        Steps 1 to 3 of ARM classify-classification-steps.
        """
        packet.classes[ALL] = None
        vendor = self.vendor_class(packet)
        if vendor is not None:
            packet.classes[vendor] = None
        if self._early:
            self._evaluate(packet, self._early_traced if EVAL.rank >= RANK else self._early)

    def with_reserved(self, packet: Any, reserved: Iterable[str]) -> None:
        """Evaluate anew with the classes of a reservation in place, on which the tests of others may depend. Step 8.

        What tests had assigned goes; what hook libraries assigned to classes without test stays.
        """
        classes = packet.classes
        for name, found in self._classes.items():
            if found.test is not None:
                classes.pop(name, None)
        for name in reserved:
            classes[name] = None
        if self._early:
            self._evaluate(packet, self._early_traced if EVAL.rank >= RANK else self._early)

    def after_hosts(self, packet: Any) -> None:
        """Assign the classes whose tests match and depend on KNOWN or UNKNOWN, assigned by the caller. Step 9."""
        if self._late:
            self._evaluate(packet, self._late_traced if EVAL.rank >= RANK else self._late)

    def log_classes(self, packet: Any, label: str) -> None:
        """Say which classes the packet belongs to; who calls this has asked whether anybody wants to know."""
        self.server_logger.log(self.assigned, label, ", ".join(packet.classes))

    def log_unconfigured(self, packet: Any, label: str) -> None:
        """Say which classes of the packet are neither built in nor configured; asked for as with log_classes."""
        for name in packet.classes:
            if name not in self._classes and not is_builtin(name):
                self.server_logger.log(self.unconfigured, label, name)

    def required(self, packet: Any, names: Iterable[str]) -> None:
        """Assign those of the required classes *names* whose tests match, in that order. Step 12.

        A class without test is not assigned by being required.
        """
        tests: list[tuple[str, Test]] = []
        tracing = EVAL.rank >= RANK
        for name in names:
            found = self._classes.get(name)
            if found is None:
                self.server_logger.log(self.undefined, name)
            elif found.test is None:
                self.server_logger.log(self.untestable, name)
            else:
                tests.append((name, found.trace if tracing and found.trace is not None else found.test))
        if tests:
            self._evaluate(packet, tests)

    def _evaluate(self, packet: Any, tests: Iterable[tuple[str, Test]]) -> None:
        """Assign the classes whose tests match; one that cannot be evaluated does not."""
        classes = packet.classes
        logger = self.logger
        rank = logger.rank
        for name, test in tests:
            try:
                if test(packet):
                    classes[name] = None
                    if rank >= INFO:
                        logger.log(MATCH, name, 1)
                elif rank >= NO_MATCH.rank:
                    logger.log(NO_MATCH, name, 0)
            except ExpressionError as error:
                logger.log(FAILURE, name, error.message)


def _tests(classes: Mapping[str, ClientClass], late: bool, traced: bool) -> Tests:
    """Return the tests of one pass, in the order of configuration."""
    return tuple(
        (found.name, found.trace if traced and found.trace is not None else found.test)
        for found in classes.values()
        if found.test is not None and not found.only_if_required and found.depends_on_known is late
    )
