"""Messages of the command channel.

Ids and places of the arguments are Kea's, texts are our own. ARM logging.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.log.message import DBG_COMMAND, ERROR, INFO, WARN, Message

# fmt: off
COMMAND_ACCEPTOR_START: Final = Message("COMMAND_ACCEPTOR_START", INFO, "accepting connections on the UNIX socket {}",
    "The control socket is open.")
COMMAND_DEREGISTERED: Final = Message("COMMAND_DEREGISTERED", DBG_COMMAND, "command {} deregistered",
    "The command is no longer known, for instance because its hook library was unloaded.")
COMMAND_EXTENDED_REGISTERED: Final = Message("COMMAND_EXTENDED_REGISTERED", DBG_COMMAND, "command {} registered",
    "The command can be used; its handler sees the whole request.")
COMMAND_HTTP_LISTENER_COMMAND_REJECTED: Final = Message("COMMAND_HTTP_LISTENER_COMMAND_REJECTED", DBG_COMMAND,
    "command HTTP listener rejected command '{}' from '{}'",
    "The command may not be given over this listener.")
COMMAND_HTTP_LISTENER_STARTED: Final = Message("COMMAND_HTTP_LISTENER_STARTED", DBG_COMMAND,
    "command HTTP listener started with {} threads, listening on address {} port {}, use TLS: {}",
    "A hook library opened a listener of its own.")
COMMAND_HTTP_LISTENER_STOPPED: Final = Message("COMMAND_HTTP_LISTENER_STOPPED", DBG_COMMAND,
    "command HTTP listener on address {} port {} stopped",
    "The listener is closed.")
COMMAND_HTTP_LISTENER_STOPPING: Final = Message("COMMAND_HTTP_LISTENER_STOPPING", DBG_COMMAND,
    "command HTTP listener on address {} port {} is stopping",
    "The listener is being closed.")
COMMAND_PROCESS_ERROR1: Final = Message("COMMAND_PROCESS_ERROR1", WARN, "error while the command was read: {}",
    "The request is not JSON; the client gets an error.")
COMMAND_PROCESS_ERROR2: Final = Message("COMMAND_PROCESS_ERROR2", WARN, "error while the command was carried out: {}",
    "The request is not a command, or its handler failed; the client gets an error.")
COMMAND_RECEIVED: Final = Message("COMMAND_RECEIVED", INFO, "Received command '{}'",
    "A command arrived and will be carried out.")
COMMAND_REGISTERED: Final = Message("COMMAND_REGISTERED", DBG_COMMAND, "command {} registered",
    "The command can be used.")
COMMAND_RESPONSE_ERROR: Final = Message("COMMAND_RESPONSE_ERROR", WARN,
    "the server made an invalid response for the command {}",
    "An error of the program or of a hook library.")
COMMAND_SOCKET_ACCEPT_FAIL: Final = Message("COMMAND_SOCKET_ACCEPT_FAIL", ERROR,
    "failed to accept a connection on command socket {}: {}",
    "The operating system reported an error.")
COMMAND_SOCKET_CLOSED_BY_FOREIGN_HOST: Final = Message("COMMAND_SOCKET_CLOSED_BY_FOREIGN_HOST", INFO,
    "the client closed command socket {} while it was in use: {}",
    "The client went away before it got its answer.")
COMMAND_SOCKET_CONNECTION_CANCEL_FAIL: Final = Message("COMMAND_SOCKET_CONNECTION_CANCEL_FAIL", ERROR,
    "failed to cancel read operations on socket {}: {}",
    "A connection did not end cleanly.")
COMMAND_SOCKET_CONNECTION_CLOSED: Final = Message("COMMAND_SOCKET_CONNECTION_CLOSED", DBG_COMMAND,
    "connection {} on the command socket closed",
    "One command or none was carried out on it.")
COMMAND_SOCKET_CONNECTION_CLOSE_FAIL: Final = Message("COMMAND_SOCKET_CONNECTION_CLOSE_FAIL", ERROR,
    "failed to close a connection on the command socket: {}",
    "A connection did not end cleanly.")
COMMAND_SOCKET_CONNECTION_OPENED: Final = Message("COMMAND_SOCKET_CONNECTION_OPENED", DBG_COMMAND,
    "connection {} on the command socket opened",
    "A client connected.")
COMMAND_SOCKET_CONNECTION_SHUTDOWN_FAIL: Final = Message("COMMAND_SOCKET_CONNECTION_SHUTDOWN_FAIL", ERROR,
    "error {} while a connection was shut down",
    "A connection did not end cleanly.")
COMMAND_SOCKET_CONNECTION_TIMEOUT: Final = Message("COMMAND_SOCKET_CONNECTION_TIMEOUT", INFO,
    "timeout on connection {} of the command socket",
    "The client sent no complete command within 10 seconds, or did not read its answer.")
COMMAND_SOCKET_READ: Final = Message("COMMAND_SOCKET_READ", DBG_COMMAND,
    "received {} bytes on connection {} of the command socket",
    "A piece of a request.")
COMMAND_SOCKET_READ_FAIL: Final = Message("COMMAND_SOCKET_READ_FAIL", ERROR,
    "failed to read from connection {} of the command socket: {}",
    "The operating system reported an error.")
COMMAND_SOCKET_WRITE: Final = Message("COMMAND_SOCKET_WRITE", DBG_COMMAND,
    "sent {} bytes of a response ({} bytes left) on connection {} of the command socket",
    "A piece of a response.")
COMMAND_SOCKET_WRITE_FAIL: Final = Message("COMMAND_SOCKET_WRITE_FAIL", ERROR,
    "failed to write to connection {} of the command socket: {}",
    "The operating system reported an error.")
COMMAND_WATCH_SOCKET_CLEAR_ERROR: Final = Message("COMMAND_WATCH_SOCKET_CLEAR_ERROR", ERROR,
    "failed to clear the watch socket: {}",
    "A wake-up could not be reset.")
COMMAND_WATCH_SOCKET_CLOSE_ERROR: Final = Message("COMMAND_WATCH_SOCKET_CLOSE_ERROR", ERROR,
    "failed to close the watch socket: {}",
    "A wake-up socket did not close cleanly.")
COMMAND_WATCH_SOCKET_MARK_READY_ERROR: Final = Message("COMMAND_WATCH_SOCKET_MARK_READY_ERROR", ERROR,
    "failed to mark the watch socket ready: {}",
    "A wake-up could not be sent.")
