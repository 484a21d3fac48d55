"""Tokens to a typed tree, by recursive descent. Precedence: ``+``, ``==``, ``not``, ``and``, ``or``.

Errors name the column of the first token that cannot stand where it stands. ARM classification-using-expressions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kea_twisted.base.address import parse4, parse6
from kea_twisted.errors import ExpressionError
from kea_twisted.expression import report
from kea_twisted.expression.access import EXISTS, HEX, REPRESENTATIONS, TEXT, Access, Reader
from kea_twisted.expression.functions import (
    AND,
    BOOL,
    CALLS,
    EQUAL,
    INTEGER,
    LENGTH,
    NOT,
    OR,
    PLUS,
    STRING,
    Function,
    Number,
    Type,
)
from kea_twisted.expression.lexer import ADDRESS, END, NAME, Token, tokens
from kea_twisted.expression.lexer import HEX as HEX_TOKEN
from kea_twisted.expression.lexer import INTEGER as INTEGER_TOKEN
from kea_twisted.expression.lexer import STRING as STRING_TOKEN
from kea_twisted.expression.nodes import Call, Literal, Member, Node, Read
from kea_twisted.expression.v4 import Access4
from kea_twisted.expression.v6 import NEST_LEVELS, Access6
from kea_twisted.log.messages import eval as messages

MAX_DEPTH: Final = 64
"""How deep parentheses, those of calls included, may stand within one another. Chains of operators do not count."""

_UINT32: Final = range(1 << 32)
_TYPES: Final = {HEX: STRING, TEXT: STRING, EXISTS: BOOL}
_METADATA: Final = ("iface", "src", "dst", "len")


class Parser:
    """Read one expression. known_class: whether ``member()`` may name a class."""

    def __init__(self, text: str, access: Access, known_class: Callable[[str], bool]) -> None:
        self._tokens = tokens(text)
        self._place = 0
        self._depth = 0
        self._access = access
        self._known_class = known_class
        self.classes: set[str] = set()

    def parse(self, wanted: Type) -> Node:
        """Return the tree of the whole text; ExpressionError unless it is an expression of type *wanted*."""
        node = self._expression()
        token = self._next
        if token.kind != END:
            raise self._unexpected("an operator" if node.type is BOOL else "== or +")
        if node.type is not wanted:
            message = "the expression gives a string, not true or false" if wanted is BOOL else "a string was expected"
            raise ExpressionError(message, token.column)
        return node

    # Tokens

    @property
    def _next(self) -> Token:
        return self._tokens[self._place]

    def _take(self) -> Token:
        token = self._tokens[self._place]
        self._place += 1
        return token

    def _accept(self, kind: str) -> bool:
        """Step over the next token if it is of that kind."""
        if self._tokens[self._place].kind == kind:
            self._place += 1
            return True
        return False

    def _expect(self, *kinds: str) -> Token:
        if self._next.kind not in kinds:
            raise self._unexpected(" or ".join(kinds))
        return self._take()

    def _unexpected(self, expected: str) -> ExpressionError:
        return ExpressionError(f"unexpected {self._next}, expected {expected}", self._next.column)

    # Operators, the loosest first

    def _expression(self) -> Node:
        return self._chain(OR, self._conjunction)

    def _conjunction(self) -> Node:
        return self._chain(AND, self._negation)

    def _sum(self) -> Node:
        return self._chain(PLUS, self._primary)

    def _open(self) -> None:
        """Step over an opening parenthesis, one level deeper."""
        token = self._expect("(")
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ExpressionError(f"more than {MAX_DEPTH} levels of parentheses", token.column)

    def _close(self) -> None:
        """Step over a closing parenthesis."""
        self._expect(")")
        self._depth -= 1

    def _chain(self, function: Function, operand: Callable[[], Node]) -> Node:
        """Return operands joined by a left-associative operator as one node."""
        first = operand()
        if self._next.kind != function.token:
            return first
        wanted = function.arguments[0]
        operands = [self._typed(first, wanted)]
        while self._accept(function.token):
            operands.append(self._typed(operand(), wanted))
        return Call(function, tuple(operands))

    def _typed(self, node: Node, wanted: Type) -> Node:
        """Return *node*, which ends before the next token, if it is of the type *wanted*."""
        if node.type is not wanted:
            raise self._unexpected("== or +" if wanted is BOOL else "a boolean operator")
        return node

    def _negation(self) -> Node:
        count = 0
        while self._accept("not"):
            count += 1
        node = self._comparison()
        if count:
            self._typed(node, BOOL)
            for _ in range(count if count < 3 else 2 - count % 2):  # pairs of them cancel out
                node = Call(NOT, (node,))
        return node

    def _comparison(self) -> Node:
        left = self._sum()
        if self._next.kind != "==":
            return left
        self._typed(left, STRING)
        self._take()
        right = self._typed(self._sum(), STRING)
        return Call(EQUAL, (left, right))

    def _primary(self) -> Node:
        token = self._next
        function = CALLS.get(token.kind)
        if function is not None:
            self._take()
            return self._call(function)
        if token.kind == "(":
            return self._parentheses()
        reader = _STARTS.get(token.kind)
        if reader is None:
            raise self._unexpected("a value")
        self._take()
        return reader(self, token)

    def _parentheses(self) -> Node:
        self._open()
        node = self._expression()
        self._close()
        return node

    def _call(self, function: Function) -> Node:
        """Return a function with the arguments its row asks for."""
        self._open()
        operands: list[Node] = []
        numbers: list[Number] = []
        for place, wanted in enumerate(function.arguments):
            if place:
                self._expect(",")
            if wanted is LENGTH and self._accept("all"):
                numbers.append(None)
            elif wanted is INTEGER or wanted is LENGTH:
                numbers.append(_number(self._expect(INTEGER_TOKEN)))
            else:
                operands.append(self._typed(self._sum() if wanted is STRING else self._expression(), wanted))
        self._close()
        return Call(function, tuple(operands), tuple(numbers))

    # Literals and classes

    def _string(self, token: Token) -> Node:
        return Literal(token.text[1:-1].encode(errors="surrogateescape"), messages.EVAL_DEBUG_STRING)

    def _hex(self, token: Token) -> Node:
        digits = token.text[2:]
        return Literal(bytes.fromhex(digits if len(digits) % 2 == 0 else f"0{digits}"), messages.EVAL_DEBUG_HEXSTRING)

    def _integer(self, token: Token) -> Node:
        number = self._ranged(token, _UINT32, "integer")
        return Literal(number.to_bytes(4, "big"), messages.EVAL_DEBUG_STRING, str(number))

    def _address(self, token: Token) -> Node:
        try:
            octets = (
                parse6(token.text).to_bytes(16, "big") if ":" in token.text else parse4(token.text).to_bytes(4, "big")
            )
        except ValueError as error:
            raise ExpressionError(str(error), token.column) from error
        return Literal(octets, messages.EVAL_DEBUG_IPADDRESS)

    def _member(self, _token: Token) -> Node:
        self._expect("(")
        token = self._expect(STRING_TOKEN)
        name = token.text[1:-1]
        self._expect(")")
        if not self._known_class(name):
            raise ExpressionError(f"client class '{name}' is not defined before this one", token.column)
        self.classes.add(name)
        return Member(name)

    def _known(self, _token: Token) -> Node:
        self.classes.add("KNOWN")
        return Member("KNOWN")

    def _unknown(self, _token: Token) -> Node:
        return Call(NOT, (self._known(_token),))

    # What is read from the packet

    def _ranged(self, token: Token, allowed: range, what: str) -> int:
        """Return the number in an integer token; ExpressionError if it is out of range."""
        number = _number(token)
        if number not in allowed:
            raise ExpressionError(
                f"{what} {number} is out of range, {allowed.start} to {allowed.stop - 1} are allowed", token.column
            )
        return number

    def _bracketed(self, allowed: range, what: str) -> int:
        """Return the integer in ``[...]``."""
        self._expect("[")
        number = self._ranged(self._expect(INTEGER_TOKEN), allowed, what)
        self._expect("]")
        return number

    def _code(self) -> int:
        """Return the option code in ``[...]``."""
        return self._bracketed(range(self._access.max_code + 1), "option code")

    def _represented(self) -> str:
        """Return the representation after an option."""
        self._expect(".")
        return self._expect(*REPRESENTATIONS).kind

    def _option(self, _token: Token) -> Node:
        self._expect("[")
        token = self._expect(INTEGER_TOKEN, NAME)
        access = self._access
        if token.kind == NAME:
            definition = access.definitions.find_name(access.family.space, token.text)
            if definition is None:
                raise ExpressionError(f"option '{token.text}' is not defined", token.column)
            code = definition.code
        else:
            code = self._ranged(token, range(access.max_code + 1), "option code")
        self._expect("]")
        self._expect(".")
        if self._accept("option"):
            sub = self._code()
            what = self._represented()
            return Read(access.sub_option(code, sub, what), _TYPES[what], report.sub_option(access, code, sub, what))
        what = self._expect("option", *REPRESENTATIONS).kind
        return _option_read(access.option(code, what), what, code)

    def _relay4(self, token: Token) -> Node:
        access = self._access
        if not isinstance(access, Access4):
            raise ExpressionError("relay4 is for DHCPv4 only", token.column)
        code = self._code()
        what = self._represented()
        return _option_read(access.relay4(code, what), what, code)

    def _relay6(self, token: Token) -> Node:
        access = self._access
        if not isinstance(access, Access6):
            raise ExpressionError("relay6 is for DHCPv6 only", token.column)
        level = self._bracketed(NEST_LEVELS, "relay level")
        self._expect(".")
        if self._accept("option"):
            code = self._code()
            what = self._represented()
            return _option_read(access.relay_option(level, code, what), what, code)
        name = self._expect("option", *access.relay_fields).kind
        return Read(access.relay_field(level, access.relay_fields[name]), STRING, report.relay_field(name, level))

    def _pkt(self, _token: Token) -> Node:
        self._expect(".")
        name = self._expect(*_METADATA).kind
        what = TEXT if name == "iface" else HEX
        return Read(self._access.metadata(name), STRING, report.reading(messages.EVAL_DEBUG_PKT, what, name))

    def _field(self, token: Token) -> Node:
        access = self._access
        if token.kind != access.keyword:
            raise ExpressionError(f"{token.kind} is for DHCPv{token.kind[-1]} only", token.column)
        self._expect(".")
        name = self._expect(*access.fields).kind
        message = messages.EVAL_DEBUG_PKT4 if token.kind == "pkt4" else messages.EVAL_DEBUG_PKT6
        return Read(access.fields[name].read, STRING, report.reading(message, HEX, name))

    def _enterprise(self) -> int:
        """Return the enterprise number in ``[...]``, 0 for the wildcard."""
        self._expect("[")
        if self._accept("*"):
            number = 0
        else:
            number = self._ranged(self._expect("*", INTEGER_TOKEN), _UINT32, "enterprise number")
        self._expect("]")
        self._expect(".")
        return number

    def _vendor(self, _token: Token) -> Node:
        access = self._access
        code = access.vendor_code
        if self._accept("."):
            self._expect("enterprise")
            return Read(access.vendor_enterprise(code), STRING, report.vendor_number(access, code, report.VENDOR))
        enterprise = self._enterprise()
        if self._accept("option"):
            sub = self._code()
            what = self._represented()
            read = access.vendor_option(enterprise, sub, what)
            return Read(read, _TYPES[what], report.vendor_option(access, enterprise, sub, what))
        self._expect("option", EXISTS)
        exists = access.vendor_exists(code, enterprise)
        return Read(exists, BOOL, report.vendor_exists(access, code, report.VENDOR, enterprise))

    def _vendor_class(self, _token: Token) -> Node:
        access = self._access
        code = access.vendor_class_code
        if self._accept("."):
            self._expect("enterprise")
            return Read(access.vendor_enterprise(code), STRING, report.vendor_number(access, code, report.VENDOR_CLASS))
        enterprise = self._enterprise()
        if self._accept("data"):
            index = self._bracketed(range(256), "data index") if self._next.kind == "[" else 0
            data = access.vendor_class_data(enterprise, index)
            return Read(data, STRING, report.vendor_class_data(access, enterprise, index))
        self._expect(EXISTS, "data")
        exists = access.vendor_exists(code, enterprise)
        return Read(exists, BOOL, report.vendor_exists(access, code, report.VENDOR_CLASS, enterprise))


def _option_read(reader: Reader, what: str, code: int) -> Node:
    """Return the node that reads an option in one of its representations."""
    return Read(reader, _TYPES[what], report.reading(messages.EVAL_DEBUG_OPTION, what, code))


def _number(token: Token) -> int:
    """Return the number in an integer token; ExpressionError unless it fits 64 bits with a sign."""
    number = int(token.text) if len(token.text) <= 20 else 1 << 64
    if not -(1 << 63) <= number < 1 << 63:
        raise ExpressionError(f"integer {token.text} is too large", token.column)
    return number


_STARTS: Final[dict[str, Callable[[Parser, Token], Node]]] = {
    STRING_TOKEN: Parser._string,
    HEX_TOKEN: Parser._hex,
    INTEGER_TOKEN: Parser._integer,
    ADDRESS: Parser._address,
    "member": Parser._member,
    "known": Parser._known,
    "unknown": Parser._unknown,
    "option": Parser._option,
    "relay4": Parser._relay4,
    "relay6": Parser._relay6,
    "pkt": Parser._pkt,
    "pkt4": Parser._field,
    "pkt6": Parser._field,
    "vendor": Parser._vendor,
    "vendor-class": Parser._vendor_class,
}
"""How a value may begin, other than by the name of a function."""
