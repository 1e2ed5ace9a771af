"""The grammar of expressions: the part of XPath that forms use, read by operator precedence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from services.common.forms.faults import ExpressionError

TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
    r"|(?P<literal>\"[^\"]*\"|'[^']*')"
    r"|(?P<name>[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?)"
    r"|(?P<mark><=|>=|!=|//|::|\.\.|[-+*/=<>|()\[\],.@]))"
)
BLANK = re.compile(r"\s*")
POWERS = {
    "or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4,
    "+": 5, "-": 5, "*": 6, "div": 6, "mod": 6,
}  # fmt: skip
NEGATION = 7
WORDS = frozenset({"or", "and", "div", "mod"})
LONGEST = 20_000
DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Literal:
    value: str


@dataclass(frozen=True, slots=True)
class Negative:
    operand: Syntax


@dataclass(frozen=True, slots=True)
class Binary:
    operator: str
    left: Syntax
    right: Syntax


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple[Syntax, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: a name, `..` or `.`, each with its conditions."""

    name: str
    conditions: tuple[Syntax, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """A path from the root (`/`), from here (blank), from who asks (`current`) or a table (`instance`)."""

    start: str
    steps: tuple[Step, ...]
    table: str = ""


Syntax = Number | Literal | Negative | Binary | Call | Path


@dataclass(slots=True)
class _Token:
    kind: str
    text: str
    at: int


def parse_expression(source: str) -> Syntax:
    """The tree of an expression. Raises ExpressionError saying what is wrong and where."""
    if len(source) > LONGEST:
        raise ExpressionError(f"表达式超过{LONGEST}字")
    return _Parser(_tokens(source), source).whole()


def _tokens(source: str) -> list[_Token]:
    tokens: list[_Token] = []
    at, end = 0, len(source)
    while (at := BLANK.match(source, at).end() if BLANK.match(source, at) else at) < end:  # type: ignore[union-attr]
        found = TOKEN.match(source, at)
        if found is None:
            what = "引号没有成对" if source[at] in "\"'" else f"“{source[at]}”不能出现在这里"
            raise ExpressionError(f"第{at + 1}个字符起{what}")
        kind = found.lastgroup or ""
        tokens.append(_Token(kind, found[kind], at))
        at = found.end()
    tokens.append(_Token("end", "", end))
    return tokens


@dataclass(slots=True)
class _Parser:
    tokens: list[_Token]
    source: str
    next: int = 0
    depth: int = field(default=0)

    def whole(self) -> Syntax:
        if self.tokens[0].kind == "end":
            raise ExpressionError("表达式是空的")
        found = self.expression(0)
        if self.tokens[self.next].kind != "end":
            raise self.wrong()
        return found

    def expression(self, power: int) -> Syntax:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError("括号或条件嵌套过深")
        left = self.prefix()
        while True:
            operator = self.operator()
            if operator is None or POWERS[operator] <= power:
                self.depth -= 1
                return left
            self.next += 1
            left = Binary(operator, left, self.expression(POWERS[operator]))

    def operator(self) -> str | None:
        token = self.tokens[self.next]
        if token.text in POWERS and (token.kind == "mark" or token.text in WORDS):
            return token.text
        if token.text == "|":
            raise ExpressionError("不支持用“|”合并节点", unsupported=True)
        return None

    def prefix(self) -> Syntax:
        token = self.tokens[self.next]
        if token.text == "-" and token.kind == "mark":
            self.next += 1
            return Negative(self.expression(NEGATION))
        if token.kind == "number":
            self.next += 1
            return Number(Decimal(token.text))
        if token.kind == "literal":
            self.next += 1
            return Literal(token.text[1:-1])
        if token.text == "(":
            self.next += 1
            inner = self.expression(0)
            self.expect(")")
            return inner
        if token.kind == "name" and self.tokens[self.next + 1].text == "(":
            return self.call()
        if token.kind == "name" or token.text in ("/", "//", ".", "..", "@", "*"):
            return self.path()
        raise self.wrong()

    def call(self) -> Syntax:
        name = self.tokens[self.next].text
        self.next += 2
        arguments: list[Syntax] = []
        if not self.take(")"):
            arguments.append(self.expression(0))
            while self.take(","):
                arguments.append(self.expression(0))
            self.expect(")")
        if name == "current" and not arguments:
            return Path("current", self.steps() if self.take("/") else ())
        if name == "instance":
            if len(arguments) != 1 or not isinstance(arguments[0], Literal):
                raise ExpressionError("instance()里要写一个带引号的表名")
            self.expect("/")
            return Path("instance", self.steps(), arguments[0].value)
        return Call(name, tuple(arguments))

    def path(self) -> Path:
        if self.take("/"):
            return Path("/", self.steps())
        return Path("", self.steps())

    def steps(self) -> tuple[Step, ...]:
        found = [self.step()]
        while self.take("/"):
            found.append(self.step())
        if self.tokens[self.next].text == "//":
            raise ExpressionError("不支持“//”，请写完整的路径", unsupported=True)
        return tuple(found)

    def step(self) -> Step:
        token = self.tokens[self.next]
        if (
            token.text in ("@", "*", "//")
            or self.tokens[min(self.next + 1, len(self.tokens) - 1)].text == "::"
        ):
            raise ExpressionError(f"不支持路径里的“{token.text}”", unsupported=True)
        if token.kind != "name" and token.text not in (".", ".."):
            raise self.wrong()
        self.next += 1
        conditions: list[Syntax] = []
        while self.take("["):
            conditions.append(self.expression(0))
            self.expect("]")
        return Step(token.text.rpartition(":")[2] if token.kind == "name" else token.text, tuple(conditions))

    def take(self, mark: str) -> bool:
        if self.tokens[self.next].text == mark and self.tokens[self.next].kind == "mark":
            self.next += 1
            return True
        return False

    def expect(self, mark: str) -> None:
        if not self.take(mark):
            raise self.wrong(f"，应为“{mark}”")

    def wrong(self, advice: str = "") -> ExpressionError:
        token = self.tokens[self.next]
        if token.kind == "end":
            return ExpressionError(f"表达式没有写完{advice}")
        return ExpressionError(f"第{token.at + 1}个字符“{token.text}”不应出现在这里{advice}")
