"""The lease store of a daemon: which one a configuration wants, whether the open one will do, and its files' cleanup.

Not here: how leases are kept (:mod:`kea_twisted.leases`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kea_twisted.alloc.sanity import LeaseCheck
from kea_twisted.daemons.announce import say_closing, say_place, say_store
from kea_twisted.daemons.candidate import Candidate
from kea_twisted.daemons.cleanup import LeaseFileCleanup
from kea_twisted.daemons.parts import FamilyParts
from kea_twisted.errors import KeaError
from kea_twisted.leases.memfile.lfc import CleanupFiles


class LeaseStore:
    """The open lease store of one daemon. leases: the lease manager, None until there is a configuration.

    offer: called with the lease manager that hook libraries are to see.
    """

    def __init__(self, reactor: Any, parts: FamilyParts, offer: Callable[[Any], None]) -> None:
        self.leases: Any = None
        self.cleanup = LeaseFileCleanup(reactor, parts.family)
        self._parts = parts
        self._offer = offer
        self._candidate: Candidate | None = None
        self._prepared: Any = None

    def prepare(self, candidate: Candidate) -> None:
        """Open the store of a new configuration, unless the open one serves it as well. Raises KeaError."""
        if self._serves(candidate):
            return
        self.cleanup.check(candidate.place)
        say_store(candidate.model, self._parts.family)
        place = candidate.place
        self._prepared = self._parts.open_leases(place.path, place.max_row_errors, self._check(candidate))
        self._offer(self._prepared)

    def _serves(self, candidate: Candidate) -> bool:
        """Return whether the open store serves a new configuration as well.

        A file is read again where somebody has changed it, as Kea reads it at each configuration; where another
        `lease-checks` or other subnets make something else of its rows; or where leases that were made since do not
        pass: such as reserved globally lie outside of their subnets.
        """
        before, place = self._candidate, candidate.place
        if before is None or not place.same_store(before.place):
            return False
        check, former = self._check(candidate), self._check(before)
        if place.path is not None:
            self.leases.commit()
            if self.leases.files.changed or check.changes_what_is_loaded(former) or check.acts_on(self.leases):
                return False
        if check.mode == "warn" and not check.judges_as(former):
            for lease in self.leases:
                check(lease)
        return True

    def _check(self, candidate: Candidate) -> LeaseCheck[Any]:
        """Return what a configuration wants checked of each lease."""
        config: Any = candidate.config
        return self._parts.lease_check(config.lease_checks, config.index)

    def discard(self) -> None:
        """Close what was prepared."""
        if self._prepared is not None:
            self._prepared.close()
            self._prepared = None
            self._offer(self.leases)

    def adopt(self, candidate: Candidate) -> None:
        """Go on with what was prepared, and close the former store unless it stays."""
        if self._prepared is not None:
            say_place(candidate.place)
            former, self.leases, self._prepared = self.leases, self._prepared, None
            if former is not None:
                say_closing()
                former.close()
        else:
            self.leases.restore()
        self._candidate = candidate
        self.cleanup.adopt(candidate.place, self.leases)

    def close(self) -> None:
        """Close the store; harmless when repeated."""
        self.cleanup.stop()
        former, self.leases = self.leases, None
        if former is None:
            return
        say_closing()
        try:
            former.close()
        except (KeaError, OSError) as error:
            self._parts.logger.log(self._parts.messages.dispatch.failed, str(error))

    def files(self) -> list[str]:
        """Return the files that the store has made."""
        if self._candidate is None or self._candidate.place.path is None:
            return []
        path = self._candidate.place.path
        return [path, *CleanupFiles.beside(path).all()]
