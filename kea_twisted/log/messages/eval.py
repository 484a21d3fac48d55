"""Messages of expression evaluation.

Ids and places of the arguments are Kea's, texts are our own. ARM logging.
"""

from __future__ import annotations

from typing import Final

from kea_twisted.log.message import DBG_DETAIL, DBG_DETAIL_DATA, Message

# fmt: off
EVAL_DEBUG_AND: Final = Message("EVAL_DEBUG_AND", DBG_DETAIL_DATA, "and: {} and {} give {}",
    "One step of an expression.")
EVAL_DEBUG_CONCAT: Final = Message("EVAL_DEBUG_CONCAT", DBG_DETAIL_DATA, "concat: {} and {} give {}",
    "One step of an expression.")
EVAL_DEBUG_EQUAL: Final = Message("EVAL_DEBUG_EQUAL", DBG_DETAIL_DATA, "equal: {} and {} give {}",
    "One step of an expression.")
EVAL_DEBUG_HEXSTRING: Final = Message("EVAL_DEBUG_HEXSTRING", DBG_DETAIL_DATA, "hex string: {}",
    "One step of an expression.")
EVAL_DEBUG_IFELSE_FALSE: Final = Message("EVAL_DEBUG_IFELSE_FALSE", DBG_DETAIL_DATA,
    "ifelse: condition {}, {} is left out, gives {}",
    "One step of an expression.")
EVAL_DEBUG_IFELSE_TRUE: Final = Message("EVAL_DEBUG_IFELSE_TRUE", DBG_DETAIL_DATA,
    "ifelse: condition {}, {} is left out, gives {}",
    "One step of an expression.")
EVAL_DEBUG_INT16TOTEXT: Final = Message("EVAL_DEBUG_INT16TOTEXT", DBG_DETAIL_DATA, "int16totext: {}",
    "One step of an expression.")
EVAL_DEBUG_INT32TOTEXT: Final = Message("EVAL_DEBUG_INT32TOTEXT", DBG_DETAIL_DATA, "int32totext: {}",
    "One step of an expression.")
EVAL_DEBUG_INT8TOTEXT: Final = Message("EVAL_DEBUG_INT8TOTEXT", DBG_DETAIL_DATA, "int8totext: {}",
    "One step of an expression.")
EVAL_DEBUG_IPADDRESS: Final = Message("EVAL_DEBUG_IPADDRESS", DBG_DETAIL_DATA, "address: {}",
    "One step of an expression.")
EVAL_DEBUG_IPADDRESSTOTEXT: Final = Message("EVAL_DEBUG_IPADDRESSTOTEXT", DBG_DETAIL_DATA, "addrtotext: {}",
    "One step of an expression.")
EVAL_DEBUG_MEMBER: Final = Message("EVAL_DEBUG_MEMBER", DBG_DETAIL_DATA, "member: class {} gives {}",
    "One step of an expression.")
EVAL_DEBUG_NOT: Final = Message("EVAL_DEBUG_NOT", DBG_DETAIL_DATA, "not: {} gives {}",
    "One step of an expression.")
EVAL_DEBUG_OPTION: Final = Message("EVAL_DEBUG_OPTION", DBG_DETAIL_DATA, "option {} gives {}",
    "One step of an expression.")
EVAL_DEBUG_OR: Final = Message("EVAL_DEBUG_OR", DBG_DETAIL_DATA, "or: {} and {} give {}",
    "One step of an expression.")
EVAL_DEBUG_PKT: Final = Message("EVAL_DEBUG_PKT", DBG_DETAIL_DATA, "packet field {} gives {}",
    "One step of an expression.")
EVAL_DEBUG_PKT4: Final = Message("EVAL_DEBUG_PKT4", DBG_DETAIL_DATA, "DHCPv4 field {} gives {}",
    "One step of an expression.")
EVAL_DEBUG_PKT6: Final = Message("EVAL_DEBUG_PKT6", DBG_DETAIL_DATA, "DHCPv6 field {} gives {}",
    "One step of an expression.")
EVAL_DEBUG_RELAY6: Final = Message("EVAL_DEBUG_RELAY6", DBG_DETAIL_DATA, "relay field {} at level {} gives {}",
    "One step of an expression.")
EVAL_DEBUG_RELAY6_RANGE: Final = Message("EVAL_DEBUG_RELAY6_RANGE", DBG_DETAIL_DATA,
    "relay field {} at level {} does not exist and gives {}",
    "The packet passed fewer relays.")
EVAL_DEBUG_SPLIT: Final = Message("EVAL_DEBUG_SPLIT", DBG_DETAIL_DATA, "split: field {}, delimiters {}, of {} gives {}",
    "One step of an expression.")
EVAL_DEBUG_SPLIT_DELIM_EMPTY: Final = Message("EVAL_DEBUG_SPLIT_DELIM_EMPTY", DBG_DETAIL_DATA,
    "split: field {}, no delimiters {}, of {} gives {}",
    "The whole text is the result.")
EVAL_DEBUG_SPLIT_EMPTY: Final = Message("EVAL_DEBUG_SPLIT_EMPTY", DBG_DETAIL_DATA,
    "split: field {}, delimiters {}, of an empty text {} gives {}",
    "The result is empty.")
EVAL_DEBUG_SPLIT_FIELD_OUT_OF_RANGE: Final = Message("EVAL_DEBUG_SPLIT_FIELD_OUT_OF_RANGE", DBG_DETAIL_DATA,
    "split: field {}, delimiters {}, of {} does not exist and gives {}",
    "The result is empty.")
EVAL_DEBUG_STRING: Final = Message("EVAL_DEBUG_STRING", DBG_DETAIL_DATA, "string: {}",
    "One step of an expression.")
EVAL_DEBUG_SUBSTRING: Final = Message("EVAL_DEBUG_SUBSTRING", DBG_DETAIL_DATA,
    "substring: length {}, start {}, of {} gives {}",
    "One step of an expression.")
EVAL_DEBUG_SUBSTRING_EMPTY: Final = Message("EVAL_DEBUG_SUBSTRING_EMPTY", DBG_DETAIL_DATA,
    "substring: length {}, start {}, of an empty text {} gives {}",
    "The result is empty.")
EVAL_DEBUG_SUBSTRING_RANGE: Final = Message("EVAL_DEBUG_SUBSTRING_RANGE", DBG_DETAIL_DATA,
    "substring: length {}, start {}, lies outside of {} and gives {}",
    "The result is empty.")
EVAL_DEBUG_SUB_OPTION: Final = Message("EVAL_DEBUG_SUB_OPTION", DBG_DETAIL_DATA, "option {} sub-option {} gives {}",
    "One step of an expression.")
EVAL_DEBUG_SUB_OPTION_NO_OPTION: Final = Message("EVAL_DEBUG_SUB_OPTION_NO_OPTION", DBG_DETAIL_DATA,
    "option {} sub-option {}: no such option, gives {}",
    "The result is empty.")
EVAL_DEBUG_TOHEXSTRING: Final = Message("EVAL_DEBUG_TOHEXSTRING", DBG_DETAIL_DATA,
    "hexstring: {} with separator {} gives {}",
    "One step of an expression.")
EVAL_DEBUG_UINT16TOTEXT: Final = Message("EVAL_DEBUG_UINT16TOTEXT", DBG_DETAIL_DATA, "uint16totext: {}",
    "One step of an expression.")
EVAL_DEBUG_UINT32TOTEXT: Final = Message("EVAL_DEBUG_UINT32TOTEXT", DBG_DETAIL_DATA, "uint32totext: {}",
    "One step of an expression.")
EVAL_DEBUG_UINT8TOTEXT: Final = Message("EVAL_DEBUG_UINT8TOTEXT", DBG_DETAIL_DATA, "uint8totext: {}",
    "One step of an expression.")
EVAL_DEBUG_VENDOR_CLASS_DATA: Final = Message("EVAL_DEBUG_VENDOR_CLASS_DATA", DBG_DETAIL_DATA,
    "vendor class data {} of {} tuples gives {}",
    "One step of an expression.")
EVAL_DEBUG_VENDOR_CLASS_DATA_NOT_FOUND: Final = Message("EVAL_DEBUG_VENDOR_CLASS_DATA_NOT_FOUND", DBG_DETAIL_DATA,
    "vendor class data {}: the option of enterprise {} has only {} of them, gives {}",
    "The result is empty.")
EVAL_DEBUG_VENDOR_CLASS_ENTERPRISE_ID: Final = Message("EVAL_DEBUG_VENDOR_CLASS_ENTERPRISE_ID", DBG_DETAIL_DATA,
    "vendor class enterprise {} gives {}",
    "One step of an expression.")
EVAL_DEBUG_VENDOR_CLASS_ENTERPRISE_ID_MISMATCH: Final = Message(
    "EVAL_DEBUG_VENDOR_CLASS_ENTERPRISE_ID_MISMATCH", DBG_DETAIL_DATA,
    "vendor class of enterprise {} wished, the option is of {}, gives {}",
    "The option is another vendor's.")
EVAL_DEBUG_VENDOR_CLASS_EXISTS: Final = Message("EVAL_DEBUG_VENDOR_CLASS_EXISTS", DBG_DETAIL_DATA,
    "vendor class of enterprise {} gives {}",
    "One step of an expression.")
EVAL_DEBUG_VENDOR_CLASS_NO_OPTION: Final = Message("EVAL_DEBUG_VENDOR_CLASS_NO_OPTION", DBG_DETAIL_DATA,
    "option {} is missing, gives {}",
    "The packet has no vendor class.")
EVAL_DEBUG_VENDOR_ENTERPRISE_ID: Final = Message("EVAL_DEBUG_VENDOR_ENTERPRISE_ID", DBG_DETAIL_DATA,
    "vendor enterprise {} gives {}",
    "One step of an expression.")
EVAL_DEBUG_VENDOR_ENTERPRISE_ID_MISMATCH: Final = Message("EVAL_DEBUG_VENDOR_ENTERPRISE_ID_MISMATCH", DBG_DETAIL_DATA,
    "vendor option of enterprise {} wished, the option is of {}, gives {}",
    "The option is another vendor's.")
EVAL_DEBUG_VENDOR_EXISTS: Final = Message("EVAL_DEBUG_VENDOR_EXISTS", DBG_DETAIL_DATA,
    "vendor option of enterprise {} gives {}",
    "One step of an expression.")
EVAL_DEBUG_VENDOR_NO_OPTION: Final = Message("EVAL_DEBUG_VENDOR_NO_OPTION", DBG_DETAIL_DATA,
    "option {} is missing, gives {}",
    "The packet has no vendor option.")
EVAL_RESULT: Final = Message("EVAL_RESULT", DBG_DETAIL, "expression {} evaluated to {}",
    "Whether the packet is a member of the class.")
