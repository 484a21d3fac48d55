"""The hook libraries of a DHCP daemon: what they are offered, and where their callouts and commands go.

Not here: how libraries are found and loaded (:mod:`kea_twisted.hooks.library`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from twisted.internet.defer import Deferred

from kea_twisted.alloc.reclaim import Events
from kea_twisted.base.address import to_text
from kea_twisted.base.octets import file_name
from kea_twisted.config.common import DhcpServer
from kea_twisted.control.dispatch import Dispatcher as Commands
from kea_twisted.daemons.candidate import Candidate
from kea_twisted.ddns.updates import Updates
from kea_twisted.errors import HookError
from kea_twisted.family import Family
from kea_twisted.hooks.callout import NO_CALLOUTS, SKIP, CalloutHandle, Callouts, Run
from kea_twisted.hooks.io import find_library
from kea_twisted.hooks.library import HookCommand, HookEntry, HookManager, Replaced, log_failure
from kea_twisted.leases.lease import Lease4, Lease6
from kea_twisted.log.logger import DHCPSRV
from kea_twisted.log.messages.dhcpsrv import DHCPSRV_HOOK_LEASE4_RECOVER_SKIP, DHCPSRV_HOOK_LEASE6_RECOVER_SKIP

_NOT_RECOVERED: Final = {4: DHCPSRV_HOOK_LEASE4_RECOVER_SKIP, 6: DHCPSRV_HOOK_LEASE6_RECOVER_SKIP}


def entries_of(model: DhcpServer) -> tuple[HookEntry, ...]:
    """Return `hooks-libraries` as the manager wants it."""
    return tuple(HookEntry(file_name(entry.library), entry.parameters or {}) for entry in model.hooks_libraries)


class Libraries:
    """The loaded libraries.

    changed: called with the callouts in force whenever libraries came or went. run: has a callout called in a thread.
    """

    def __init__(
        self, family: Family, commands: Commands, changed: Callable[[Callouts], None], run: Run | None = None
    ) -> None:
        self.family = family
        self.callouts = NO_CALLOUTS
        self._commands = commands
        self._changed = changed
        self._services: dict[str, Any] = {"dispatcher": commands}
        self._hooked: set[str] = set()
        self._replaced: Replaced | None = None
        self._manager = HookManager(family.daemon, find_library, self._services, self._publish, time.perf_counter, run)

    def offer(self, **services: Any) -> None:
        """Offer more to libraries, or other objects under the same names."""
        self._services.update(services)

    def check(self, model: DhcpServer) -> None:
        """Raise HookError if a configured library cannot be used."""
        self._manager.check(entries_of(model))

    def prepare(self, candidate: Candidate) -> None:
        """Replace the libraries by those of a new configuration; HookError if that fails, and the former ones stay."""
        model = candidate.model
        entries = entries_of(model)
        if entries or self._manager.entries:
            self._replaced = self._manager.load(entries, model.multi_threaded)

    def discard(self) -> None:
        """Take the former libraries back."""
        if self._replaced is not None:
            self._manager.take_back(self._replaced)
            self._replaced = None

    def adopt(self, **arguments: Any) -> None:
        """Go on with the libraries there are, and tell their callouts that a configuration is in force."""
        self._replaced = None
        self._call(f"dhcp{self.family.number}_srv_configured", arguments)

    def reload(self) -> bool:
        """Unload and load the same libraries; return whether all went well."""
        return self._manager.reload()

    def unload(self) -> None:
        """Unload all libraries."""
        self._manager.unload()

    def events(self, updates: Updates[Any]) -> Events[Any]:
        """Return what reclamation has to tell DNS and the callouts, and nothing where there are none."""
        number = self.family.number
        expire, recover = f"lease{number}_expire", f"lease{number}_recover"
        lease = f"lease{number}"
        return Events(
            expire=(lambda it, remove: self._call(expire, {lease: it, "remove_lease": remove}))
            if self.callouts.has(expire)
            else None,
            recover=(lambda it: self._recover(recover, lease, it)) if self.callouts.has(recover) else None,
            remove_dns=updates.remove,
            stored=lambda stored: updates.flush() if stored else updates.forget(),
        )

    def _recover(self, point: str, name: str, lease: Lease4 | Lease6) -> bool:
        """Run the callouts of a declined lease that recovers; return whether one wants it to stay declined."""
        skipped = self._call(point, {name: lease})
        if skipped:
            DHCPSRV.log(_NOT_RECOVERED[self.family.number], to_text(lease.address, self.family))
        return skipped

    def _call(self, point: str, arguments: dict[str, Any]) -> bool:
        """Run the callouts of a point where nothing waits for a coroutine; return whether one asked to skip."""
        if not self.callouts.has(point):
            return False
        handle = CalloutHandle(point, arguments, {})
        waiting = self.callouts.call(handle)
        if waiting is not None:
            finished = Deferred.fromCoroutine(_finish(waiting))
            finished.addErrback(lambda failure: log_failure(HookError(failure.getErrorMessage(), handle.library)))
        return handle.status == SKIP

    def _publish(self, callouts: Callouts, commands: Sequence[HookCommand]) -> None:
        """Take over what the libraries registered."""
        self.callouts = callouts
        for library in self._hooked:
            self._commands.deregister_library(library)
        self._hooked = {command.library for command in commands}
        for command in commands:
            self._commands.register_hook(command.name, command.handler, command.library, command.row)
        self._commands.callouts = callouts
        self._changed(callouts)


async def _finish(waiting: Any) -> None:
    """Wait for callouts to end."""
    await waiting
