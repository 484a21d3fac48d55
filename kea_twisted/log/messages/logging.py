"""Messages of logging itself.

Ids and places of the arguments are Kea's, texts are our own. ARM logging.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.log.message import ERROR, FATAL, INFO, WARN, Message

# fmt: off
LOGIMPL_ABOVE_MAX_DEBUG: Final = Message("LOGIMPL_ABOVE_MAX_DEBUG", WARN,
    "debug level of {} is too high and will be set to the maximum of {}",
    "The debuglevel of a logger is out of range.")
LOGIMPL_BAD_DEBUG_STRING: Final = Message("LOGIMPL_BAD_DEBUG_STRING", ERROR, "debug string '{}' has invalid format",
    "A debug level that is not a number.")
LOGIMPL_BELOW_MIN_DEBUG: Final = Message("LOGIMPL_BELOW_MIN_DEBUG", WARN,
    "debug level of {} is too low and will be set to the minimum of {}",
    "The debuglevel of a logger is out of range.")
LOG_BAD_DESTINATION: Final = Message("LOG_BAD_DESTINATION", ERROR, "unrecognized log destination: {}",
    "A logger names an output that does not exist.")
LOG_BAD_SEVERITY: Final = Message("LOG_BAD_SEVERITY", ERROR, "unrecognized log severity: {}",
    "A logger names a severity that does not exist.")
LOG_BAD_STREAM: Final = Message("LOG_BAD_STREAM", ERROR, "bad log console output stream: {}",
    "A console can only be stdout or stderr.")
LOG_DUPLICATE_MESSAGE_ID: Final = Message("LOG_DUPLICATE_MESSAGE_ID", WARN,
    "duplicate message ID ({}) in compiled code",
    "Two modules define the same message.")
LOG_DUPLICATE_NAMESPACE: Final = Message("LOG_DUPLICATE_NAMESPACE", FATAL, "line {}: duplicate namespace",
    "A message file gives its namespace twice.")
LOG_INPUT_OPEN_FAIL: Final = Message("LOG_INPUT_OPEN_FAIL", ERROR, "unable to open message file {} for input: {}",
    "A message file cannot be read.")
LOG_INVALID_MESSAGE_ID: Final = Message("LOG_INVALID_MESSAGE_ID", FATAL, "line {}: invalid message identification '{}'",
    "A message file has a wrong line.")
LOG_NAMESPACE_EXTRA_ARGS: Final = Message("LOG_NAMESPACE_EXTRA_ARGS", FATAL,
    "line {}: too many arguments for the namespace",
    "A message file has a wrong line.")
LOG_NAMESPACE_INVALID_ARG: Final = Message("LOG_NAMESPACE_INVALID_ARG", FATAL,
    "line {}: invalid argument '{}' for the namespace",
    "A message file has a wrong line.")
LOG_NAMESPACE_NO_ARGS: Final = Message("LOG_NAMESPACE_NO_ARGS", FATAL, "line {}: no argument for the namespace",
    "A message file has a wrong line.")
LOG_NO_MESSAGE_ID: Final = Message("LOG_NO_MESSAGE_ID", FATAL, "line {}: message definition without an ID",
    "A message file has a wrong line.")
LOG_NO_MESSAGE_TEXT: Final = Message("LOG_NO_MESSAGE_TEXT", FATAL, "line {}: message {} without text",
    "A message file has a wrong line.")
LOG_NO_SUCH_MESSAGE: Final = Message("LOG_NO_SUCH_MESSAGE", WARN,
    "could not replace message text for '{}': no such message",
    "A local message file names a message that does not exist.")
LOG_OPEN_OUTPUT_FAIL: Final = Message("LOG_OPEN_OUTPUT_FAIL", ERROR, "unable to open {} for output: {}",
    "A log file cannot be written; its lines go to standard error instead.")
LOG_PREFIX_EXTRA_ARGS: Final = Message("LOG_PREFIX_EXTRA_ARGS", FATAL, "line {}: too many arguments for the prefix",
    "A message file has a wrong line.")
LOG_PREFIX_INVALID_ARG: Final = Message("LOG_PREFIX_INVALID_ARG", FATAL,
    "line {}: invalid argument '{}' for the prefix",
    "A message file has a wrong line.")
LOG_READING_LOCAL_FILE: Final = Message("LOG_READING_LOCAL_FILE", INFO, "reading local message file {}",
    "Texts of messages are being replaced.")
LOG_READ_ERROR: Final = Message("LOG_READ_ERROR", ERROR, "error reading from message file {}: {}",
    "A message file cannot be read.")
LOG_UNRECOGNIZED_DIRECTIVE: Final = Message("LOG_UNRECOGNIZED_DIRECTIVE", FATAL, "line {}: unrecognized directive '{}'",
    "A message file has a wrong line.")
LOG_WRITE_ERROR: Final = Message("LOG_WRITE_ERROR", ERROR, "error writing to {}: {}",
    "A log output does not take lines any more.")
