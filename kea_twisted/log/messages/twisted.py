"""Messages that Kea does not have: what Twisted and the libraries below report. The root logger shows them."""

from __future__ import annotations

from typing import Final

from kea_twisted.log.message import DBG_BASIC, ERROR, FATAL, INFO, WARN, Message

# fmt: off
KEA_TWISTED_DEBUG: Final = Message("KEA_TWISTED_DEBUG", DBG_BASIC, "{}: {}",
    "A detail that Twisted or a library below reports; the first argument names the part.")
KEA_TWISTED_INFO: Final = Message("KEA_TWISTED_INFO", INFO, "{}: {}",
    "Something that Twisted or a library below reports; the first argument names the part.")
KEA_TWISTED_WARN: Final = Message("KEA_TWISTED_WARN", WARN, "{}: {}",
    "A warning of Twisted or of a library below; the first argument names the part.")
KEA_TWISTED_ERROR: Final = Message("KEA_TWISTED_ERROR", ERROR, "{}: {}",
    "An error that nothing in the daemon handled, with the place where it happened. This is worth a report.")
KEA_TWISTED_CRITICAL: Final = Message("KEA_TWISTED_CRITICAL", FATAL, "{}: {}",
    "An error that nothing in the daemon handled, with the place where it happened. This is worth a report.")
