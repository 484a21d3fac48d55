"""Messages of lease file cleanup.

Ids and places of the arguments are Kea's, texts are our own. ARM logging.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.log.message import FATAL, INFO, Message

# fmt: off
LFC_FAIL_PID_CREATE: Final = Message("LFC_FAIL_PID_CREATE", FATAL, "{}: cannot create the PID file",
    "The cleanup does not run.")
LFC_FAIL_PID_DEL: Final = Message("LFC_FAIL_PID_DEL", FATAL, "{}: cannot delete the PID file",
    "Remove the file, or the next cleanup will not run.")
LFC_FAIL_PROCESS: Final = Message("LFC_FAIL_PROCESS", FATAL, "lease files cannot be processed: {}",
    "The cleanup stops and leaves the files as they are.")
LFC_FAIL_ROTATE: Final = Message("LFC_FAIL_ROTATE", FATAL, "lease files cannot be rotated: {}",
    "The cleanup stops and leaves the files as they are.")
LFC_PROCESSING: Final = Message("LFC_PROCESSING", INFO, "previous file: {}, copy file: {}",
    "The files from which the leases are read.")
LFC_READ_STATS: Final = Message("LFC_READ_STATS", INFO, "leases: {}, attempts: {}, errors: {}",
    "What was read from the files.")
LFC_ROTATING: Final = Message("LFC_ROTATING", INFO, "putting the new lease file in place",
    "The result replaces the former files.")
LFC_RUNNING: Final = Message("LFC_RUNNING", FATAL, "a cleanup is running already",
    "Only one cleanup of the same files may run.")
LFC_START: Final = Message("LFC_START", INFO, "starting lease file cleanup",
    "The cleanup begins.")
LFC_TERMINATE: Final = Message("LFC_TERMINATE", INFO, "lease file cleanup finished",
    "The cleanup ended.")
LFC_WRITE_STATS: Final = Message("LFC_WRITE_STATS", INFO, "leases: {}, attempts: {}, errors: {}",
    "What was written to the new file.")
