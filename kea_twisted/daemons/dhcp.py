"""A DHCP daemon: the one place where configuration, leases, sockets, commands, logs and timers meet the pure server.

Both daemons are this class; what differs is in their :class:`~.parts.FamilyParts`. A new configuration is tried as a
whole (:mod:`.candidate`) before anything of the running one is touched. ARM dhcp4-start-stop, dhcp6-start-stop.
"""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import get_ident
from typing import Any, Final

from twisted.application.service import Service
from twisted.internet.defer import Deferred

from kea_twisted.base.kea_json.parse import Remark
from kea_twisted.base.octets import file_name
from kea_twisted.config.io import load_file
from kea_twisted.config.parse import Loaded
from kea_twisted.config.render import render
from kea_twisted.control.dispatch import Dispatcher as Commands
from kea_twisted.control.network_state import NetworkState
from kea_twisted.control.server_commands import register_server_commands
from kea_twisted.daemons.announce import (
    say_configuration,
    say_received,
    say_selection,
    say_socket_type,
    say_sockets,
)
from kea_twisted.daemons.candidate import Candidate, data_directory, try_configuration
from kea_twisted.daemons.change import prepare_all
from kea_twisted.daemons.control import DaemonControl
from kea_twisted.daemons.control_channel import ControlChannel
from kea_twisted.daemons.dispatcher import Dispatcher, DispatchListener
from kea_twisted.daemons.garbage import keep, tidy
from kea_twisted.daemons.lease_store import LeaseStore
from kea_twisted.daemons.libraries import Libraries
from kea_twisted.daemons.name_changes import NameChanges
from kea_twisted.daemons.parts import DhcpServerCore, FamilyParts
from kea_twisted.daemons.pidfile import AlreadyRunning, PidFile
from kea_twisted.daemons.queueing import Queueing
from kea_twisted.daemons.systemd import Notifier
from kea_twisted.daemons.timers import LeaseTimers, Repeating
from kea_twisted.errors import ConfigErrors, KeaError
from kea_twisted.hooks.callout import NO_CALLOUTS, Callouts
from kea_twisted.log.io import start_logging, stop_logging
from kea_twisted.log.logger import DHCPSRV
from kea_twisted.log.messages.dhcpsrv import DHCPSRV_OPEN_SOCKET_FAIL
from kea_twisted.log.messages.twisted import KEA_TWISTED_INFO
from kea_twisted.log.sink import LoggerSpec, parse_loggers
from kea_twisted.net.interfaces import Interfaces, detect
from kea_twisted.net.reactor import Reactor
from kea_twisted.net.sockets import ServiceSockets, SocketListener
from kea_twisted.server.outcome import Outcome, Send
from kea_twisted.stats.catalogue import start as begin_statistics
from kea_twisted.stats.commands import STATISTIC_COMMANDS
from kea_twisted.stats.registry import Statistics
from kea_twisted.version import KEA_VERSION

EXIT_FAILURE: Final = 1


class StartError(KeaError):
    """The daemon cannot start; the log says why."""


@dataclass(frozen=True, slots=True)
class Startup:
    """How a daemon was called. server_port, client_port: 0 for the standard ones."""

    config_file: str
    debug: bool = False
    server_port: int = 0
    client_port: int = 0


class DhcpDaemon(Service, SocketListener, DispatchListener):
    """One DHCP daemon as a Twisted service."""

    def __init__(self, parts: FamilyParts, startup: Startup, reactor: Any) -> None:
        self.parts = parts
        self.startup = startup
        self.reactor: Reactor = reactor
        self.exit_value = 0
        self.network = NetworkState()
        self.statistics = Statistics()
        self.started_at = self.configured_at = self.clock()
        begin_statistics(self.statistics, parts.family, self.started_at)
        self.candidate: Candidate | None = None
        self.server: DhcpServerCore
        self.sockets = ServiceSockets(reactor, self._deliver, self, detect)
        self.over6 = parts.over6(self)
        self.queueing = Queueing(self)
        self.commands = Commands()
        self._sink = start_logging(parts.family.daemon, startup.debug)
        self._pidfile = PidFile(parts.family.daemon, startup.config_file)
        self._notifier = Notifier(reactor)
        self._dispatcher: Dispatcher | None = None
        self._timers: LeaseTimers | None = None
        self._switch_on = Repeating("network-state-timer-user-cmd", reactor, self._expire_switches)
        self._sockets_fatal = False
        self._refused = ""
        self.name_changes = NameChanges(reactor, parts.messages.request_send_failed)
        self._channel = ControlChannel(reactor, self.commands)
        control = DaemonControl(self)
        register_server_commands(self.commands, control, self.statistics, STATISTIC_COMMANDS)
        self.libraries = Libraries(parts.family, self.commands, self._adopt_callouts, self.queueing.workers.run)
        self.store = LeaseStore(reactor, parts, lambda leases: self.libraries.offer(leases=leases))
        self.libraries.offer(
            config=lambda: self.candidate and self.candidate.config,
            hosts=lambda: self.candidate and self.candidate.config.hosts,
            statistics=self.statistics,
            network=self.network,
            control=control,
            reactor=reactor,
            packet_queues=self.queueing.types,
        )

    @property
    def port(self) -> int:
        """The UDP port that is listened on."""
        return self.startup.server_port or self.parts.family.server_port

    @property
    def serving(self) -> bool:
        """Whether the daemon has started."""
        return bool(self.running)

    @staticmethod
    def clock() -> float:
        """Return seconds of the epoch."""
        return time.time()

    # Start and stop, called by Twisted.

    def privilegedStartService(self) -> None:
        """Do all that may need privilege: pid file, configuration, leases, sockets. Raises StartError."""
        parts, startup = self.parts, self.startup
        messages, logger = parts.messages, parts.logger
        self._sink.follow_fork()
        logger.log(messages.starting, KEA_VERSION, "stable")
        logger.log(messages.start_info, os.getpid(), self.port, startup.client_port, startup.debug)
        self._write_pid()
        try:
            self.reconfigure(load_file(startup.config_file, parts.family))
            self.queueing.say_threads()
            if self._sockets_fatal:
                raise KeaError("service-sockets-require-all: not all sockets could be opened")
        except Exception as unexpected:
            failure = _known(unexpected)
            self._say_load_failed(failure)
            self._sink.configure(())  # who starts a server looks where it was started
            logger.log(messages.init_fail, f"configuration error using file '{startup.config_file}': {failure}")
            self._let_go()
            raise StartError(str(failure)) from unexpected

    def _write_pid(self) -> None:
        """Write the pid file. Raises StartError."""
        parts = self.parts
        try:
            self._pidfile.create()
        except AlreadyRunning as error:
            hint = "if that is another program, remove the file"
            parts.logger.log(
                parts.messages.already_running, parts.family.daemon, f"pid {error.pid}, {error.path}; {hint}"
            )
            raise StartError(str(error)) from error
        except KeaError as error:
            parts.logger.log(parts.messages.server_failed, error)
            raise StartError(str(error)) from error

    def startService(self) -> None:
        """Begin to serve."""
        self.running = 1
        try:
            self.sockets.start_reading()
            self.over6.start()
            self.store.cleanup.start()
        except OSError as error:
            # The reactor would go on, with a server that hears nobody.
            self.parts.logger.log(self.parts.messages.server_failed, error)
            self.shutdown(EXIT_FAILURE)
            return
        keep()
        self.parts.logger.log(self.parts.messages.started, KEA_VERSION)
        self._notifier.ready()

    def stopService(self) -> Deferred[None]:
        """Stop serving and let go of everything; done when the Deferred fires."""
        self.running = 0
        self._notifier.stopping()
        done = self._let_go()
        done.addCallback(self._say_stopped)
        return done

    def _say_stopped(self, _result: None) -> None:
        self.parts.logger.log(self.parts.messages.shutdown)
        stop_logging(self._sink)

    def shutdown(self, exit_value: int) -> None:
        """Stop the process soon; what is on its way out still goes out."""
        self.parts.logger.log(self.parts.messages.shutdown_request)
        self.exit_value = exit_value
        self.reactor.callLater(0.05, self._stop_reactor)

    def _stop_reactor(self) -> None:
        reactor: Any = self.reactor
        if reactor.running:
            reactor.stop()

    def _let_go(self) -> Deferred[None]:
        """Close sockets, leases, timers and files; harmless when repeated."""
        self.sockets.close()
        self.over6.close()
        self._switch_on.unregister()
        if self._timers is not None:
            self._timers.stop()
        closed = self._channel.close()
        if self._dispatcher is not None:
            self._dispatcher.stop()
        self.queueing.stop()
        self.name_changes.close()
        self.libraries.unload()
        self.store.close()
        self._pidfile.delete()
        return closed

    # Configuration.

    def interfaces(self, model: Any, testing: bool = False) -> Interfaces:
        """Return the interfaces to check *model* against: detected now, unless `re-detect` is off or it is a test."""
        if self.candidate is not None and (testing or not model.interfaces_config.re_detect):
            return self.candidate.interfaces
        return detect()

    def try_model(self, model: Any, testing: bool = False) -> Candidate:
        """Return *model* as something that can be put in force. Raises ConfigErrors or KeaError.

        testing: it will not be; the interfaces stay those that are known (V4-086).
        """
        parts, known = self.parts, self.interfaces(model, testing)
        try:
            return try_configuration(model, parts, self.port, known, self.candidate is None)
        except ConfigErrors as error:
            self.say_mistakes(error)
            raise

    def say_mistakes(self, mistakes: ConfigErrors) -> None:
        """Log each mistake of a configuration, and the element that it is in."""
        for each in mistakes.errors:
            self.parts.logger.log(self.parts.messages.parser_fail, each.element, each)

    def warn(self, warnings: list[Remark]) -> None:
        """Log what the author of a configuration should know."""
        for remark in warnings:
            self.parts.logger.log(self.parts.messages.config_warning, str(remark))

    def reload(self) -> KeaError | None:
        """Read the configuration file again and put it in force; return why that failed, or None."""
        parts, file = self.parts, self.startup.config_file
        parts.logger.log(parts.messages.reconfiguring, file)
        self._notifier.reloading()
        try:
            with self._notifier.patience():
                loaded = load_file(file, parts.family)
            self.reconfigure(loaded)
            self.queueing.say_threads()
        except Exception as unexpected:
            error = _known(unexpected)
            self._say_load_failed(error)
            parts.logger.log(parts.messages.reconfigure_fail, file)
            self._refused = str(error)
            self._tell()
            return error
        finally:
            self._notifier.ready()
        parts.logger.log(parts.messages.reconfigured, file)
        return None

    def reconfigure(self, loaded: Loaded[Any]) -> None:
        """Put a configuration in force. Raises KeaError and changes nothing if that cannot be done.

        What is told from here on goes where the new configuration wants it, unless it fails; as in Kea.
        """
        self._sink.configure(_loggers(loaded.model))
        try:
            with self._notifier.patience():
                self._reconfigure(loaded)
        except Exception:
            if self.candidate is not None:
                self._sink.configure(_loggers(self.candidate.model))
            raise

    def _reconfigure(self, loaded: Loaded[Any]) -> None:
        messages = self.parts.messages
        say_received(loaded.model, messages.config_received, messages.config_start, self.parts.logger)
        self.warn(loaded.warnings)
        candidate = self.try_model(loaded.model)
        for error in candidate.absent:
            self.parts.logger.log(self.parts.messages.config_warning, f"{error}; it is served once it is there")
        config = self.parts.settle(loaded.model, candidate.config, candidate.interfaces, data_directory(loaded.model))
        candidate = replace(candidate, config=config)
        with self._sink.gathering(get_ident()):
            say_configuration(loaded.model, config.subnets, self.parts.family)
        # A library may make the packet queue, and sees the leases.
        changing = self._channel, self.over6, self.store, self.name_changes, self.libraries, self.queueing
        prepare_all(changing, candidate)
        # Nothing below can fail.
        say_selection(candidate.selection, self.parts.family)
        say_socket_type(candidate.model)
        self._channel.adopt(candidate)
        self.over6.adopt(candidate)
        self._adopt(candidate)
        loaded.model.forget_text()

    def _adopt(self, candidate: Candidate) -> None:
        """Make *candidate* the configuration in force."""
        parts, now = self.parts, self.clock()
        model, config = candidate.model, candidate.config
        self.statistics.limit(model.statistic_default_sample_count, model.statistic_default_sample_age, now)
        self.store.adopt(candidate)
        leases = self.store.leases
        if self._dispatcher is None or self._dispatcher.leases is not leases:
            if self._dispatcher is not None:
                self._dispatcher.stop()
            server = parts.make_server(
                config, leases, self.statistics, self.libraries.callouts, now, self.startup.client_port
            )
            self._dispatcher = Dispatcher(
                server,
                leases,
                self.network,
                self.clock,
                parts.logger,
                parts.messages.dispatch,
                self._sink,
                self.queueing.workers,
                self,
            )
        else:
            server = self.server
            parts.reconfigure(server, config, now)
        self._dispatcher.parked_limit = model.parked_packet_limit
        self._dispatcher.forward = self.over6.forward
        self.server = server
        server.reclaimer.events = self.libraries.events(server.updates)
        self.name_changes.adopt(candidate, server.updates)
        parts.recount(self.statistics, config, leases, now)
        if self._timers is None:
            self._timers = LeaseTimers(
                self.reactor, self.clock, time.monotonic, server.reclaimer, self._say_reclamation_failed
            )
        self._timers.start(config.expired, server.reclaimer)
        self.candidate = candidate
        self.configured_at = now
        self.sockets.configure(candidate.rules, candidate.policy, candidate.interfaces)
        self._note_addresses()
        say_sockets(self.sockets.endpoints)
        self.queueing.adopt(candidate)
        parts.logger.log(parts.messages.config_complete, parts.summary(model, config))
        self._refused = ""
        self._tell()
        if self.running:
            self.reactor.callLater(1, tidy)
        self.libraries.adopt(
            io_context=self.reactor,
            network_state=self.network,
            json_config=render(model) if self.libraries.callouts is not NO_CALLOUTS else {},
            server_config=config,
        )

    def _adopt_callouts(self, callouts: Callouts) -> None:
        """Have the server call other callouts from now on."""
        if self._dispatcher is not None:
            self.server.callouts = callouts
            self.server.reclaimer.events = self.libraries.events(self.server.updates)

    def _say_load_failed(self, error: Exception) -> None:
        """Log each mistake of a configuration on a line of its own."""
        errors = getattr(error, "errors", None) or [error]
        for each in errors:
            self.parts.logger.log(self.parts.messages.config_load_fail, self.startup.config_file, each)

    def files(self) -> list[str]:
        """Return the files that the daemon has made and goes on to use."""
        found = [str(self._pidfile.path), *self._channel.files(), *self.store.files()]
        if self.candidate is not None:
            for entry in self.candidate.model.loggers:
                found += [file_name(option.output) for option in entry.output_options]
        return found

    # Packets and sockets.

    def _deliver(self, batch: Any) -> None:
        if self._dispatcher is not None:
            self._dispatcher.deliver(batch)

    def handle(self, work: Callable[[float], Outcome]) -> None:
        """Do *work*, given the time, for a packet that came another way than through a service socket."""
        if self._dispatcher is not None:
            self._dispatcher.handle(work)

    def packet_dropped(self) -> None:
        """Count a packet that is given up between sockets and server."""
        self.statistics.add(f"pkt{self.parts.family.number}-receive-drop", 1, self.clock())

    def _say_reclamation_failed(self, error: Exception) -> None:
        self.parts.logger.log(self.parts.messages.reclaim_failed, f"{type(error).__name__}: {error}")

    def leases_committed(self) -> None:
        """Forget what would have to be taken back if leases could not be stored."""
        self.statistics.uncommitted.clear()

    def packets_ignored(self, count: int) -> None:
        """Count packets that come while service is switched off, as far as the family does."""
        if self.parts.counts_ignored:
            self.server.counters.received.add(count, self.clock())

    def answers_taken_back(self, sends: list[Send]) -> None:
        """Take back what was counted for answers that stay here, and for leases that could not be stored."""
        counters, now = self.server.counters, self.clock()
        for send in sends:
            reply: Any = send.reply
            counters.sent.add(-1, now)
            counters.sent_type(reply.message_type).add(-1, now)
        self.statistics.take_back(now)

    def _tell(self) -> None:
        """Tell systemd how things are: a reload that was refused, what is in force, and what cannot be heard."""
        assert self.candidate is not None
        said = [f"Configured: {self.parts.summary(self.candidate.model, self.candidate.config)}"]
        if self._refused:
            said.insert(0, f"The former configuration stays in force: {self._refused}")
        said += [f"not listening on {label}: {reason}" for label, reason in self.sockets.missing.items()]
        self._notifier.tell(". ".join(said))

    def _note_addresses(self) -> None:
        """Tell the server which addresses are its own."""
        self.parts.set_addresses(self.server, frozenset(self.sockets.addresses))

    def socket_opened(self, label: str) -> None:
        """Note that a socket is open."""
        if self.running:
            self.parts.logger.log(KEA_TWISTED_INFO, "net", f"listening on {label}")
            self._note_addresses()
            self.reactor.callLater(0, self._tell)

    def socket_closed(self, label: str) -> None:
        """Note that a socket was closed because its interface or address went away."""
        self.parts.logger.log(KEA_TWISTED_INFO, "net", f"listening on {label} no more: it is gone")
        self._note_addresses()
        self.reactor.callLater(0, self._tell)

    def socket_failed(self, label: str, reason: str) -> None:
        """Note that a socket could not be opened."""
        DHCPSRV.log(DHCPSRV_OPEN_SOCKET_FAIL, f"{label}: {reason}")

    def sockets_given_up(self, failures: dict[str, str], fatal: bool) -> None:
        """Note that the retries are used up; without its sockets a server that must have them does not start."""
        if self.sockets.max_retries:
            self.parts.logger.log(self.parts.messages.sockets_failed, self.sockets.max_retries)
        if not fatal:
            return
        self._sockets_fatal = True
        if self.running:
            self.shutdown(EXIT_FAILURE)

    # dhcp-disable with a period.

    def network_changed(self) -> None:
        """Set the timer that switches service on again."""
        deadline = self.network.deadline
        if deadline is None:
            self._switch_on.unregister()
        else:
            self._switch_on.start(max(0.001, deadline - time.monotonic()))

    def _expire_switches(self) -> None:
        self.network.expire(time.monotonic())
        self.network_changed()


def _loggers(model: Any) -> tuple[LoggerSpec, ...]:
    """Return what a configuration says of loggers."""
    return parse_loggers([entry.model_dump(exclude_none=True) for entry in model.loggers])


def _known(error: Exception) -> KeaError:
    """Return *error* as one that people can be told; one that nobody expected says where it happened."""
    if isinstance(error, KeaError):
        return error
    if isinstance(error, OSError):
        return KeaError(str(error))
    if isinstance(error, MemoryError):
        return KeaError("there is not enough memory; what limits it: ulimit -v, MemoryMax of the unit, the machine")
    frame = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f" (in {each.name}, {each.filename}:{each.lineno})" for each in frame)
    return KeaError(f"{type(error).__name__}: {error}{place}")
