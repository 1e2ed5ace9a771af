"""From the tree of an expression to a closure: operators here, paths and functions in their own files."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from services.common.forms import (
    functions_items,
    functions_logic,
    functions_numbers,
    functions_text,
    functions_time,
)
from services.common.forms.code import (
    Code,
    Env,
    RunNumber,
    RunTruth,
    Scope,
    Sort,
    as_number,
    as_truth,
    one_value,
)
from services.common.forms.functions import compile_call
from services.common.forms.nodes import Node
from services.common.forms.paths import compile_path
from services.common.forms.syntax import (
    Binary,
    Call,
    Literal,
    Negative,
    Number,
    Path,
    Syntax,
    parse_expression,
)
from services.common.forms.values import ARITHMETIC, Value, equal, order, snap

# Importing a file of functions enters them into the table.
FUNCTION_FILES = (functions_items, functions_logic, functions_numbers, functions_text, functions_time)


def compile_expression(source: str, scope: Scope) -> Code:
    """The closure of an expression. Raises ExpressionError."""
    return _compile(parse_expression(source), scope)


def _compile(syntax: Syntax, scope: Scope) -> Code:
    match syntax:
        case Number(value):
            return Code(lambda node, env: value, Sort.NUMBER)
        case Literal(words):
            return Code(lambda node, env: words, Sort.TEXT)
        case Negative(operand):
            return _negative(as_number(_compile(operand, scope)))
        case Binary(operator, left, right):
            return _binary(operator, _compile(left, scope), _compile(right, scope))
        case Call(name, arguments):
            return compile_call(name, arguments, scope, _compile)
        case Path():
            return compile_path(syntax, scope, _compile)


def _negative(run: RunNumber) -> Code:
    def negated(node: Node, env: Env) -> Decimal | None:
        value = run(node, env)
        return None if value is None else ARITHMETIC.minus(value)

    return Code(negated, Sort.NUMBER)


def _binary(operator: str, left: Code, right: Code) -> Code:
    if operator in ("and", "or"):
        return Code(_junction(operator, as_truth(left), as_truth(right)), Sort.TRUTH)
    if operator in ("=", "!="):
        return Code(_equality(left, right, same=operator == "="), Sort.TRUTH)
    if operator in _ORDERS:
        return Code(_comparison(operator, left, right), Sort.TRUTH)
    return Code(_arithmetic(_OPERATIONS[operator], as_number(left), as_number(right)), Sort.NUMBER)


def _junction(operator: str, left: RunTruth, right: RunTruth) -> RunTruth:
    if operator == "and":
        return lambda node, env: left(node, env) and right(node, env)
    return lambda node, env: left(node, env) or right(node, env)


def _equality(left: Code, right: Code, *, same: bool) -> RunTruth:
    one, other = one_value(left), one_value(right)
    if left.sort is Sort.TEXT and right.sort is Sort.TEXT:
        if same:
            return lambda node, env: one(node, env) == other(node, env)
        return lambda node, env: one(node, env) != other(node, env)
    return lambda node, env: equal(one(node, env), other(node, env)) is same


_ORDERS: dict[str, Callable[[int], bool]] = {
    "<": lambda order_: order_ < 0,
    "<=": lambda order_: order_ <= 0,
    ">": lambda order_: order_ > 0,
    ">=": lambda order_: order_ >= 0,
}


def _comparison(operator: str, left: Code, right: Code) -> RunTruth:
    one, other, holds = one_value(left), one_value(right), _ORDERS[operator]

    def compared(node: Node, env: Env) -> bool:
        found = order(one(node, env), other(node, env))
        return found is not None and holds(found)

    return compared


def _divide(left: Decimal, right: Decimal) -> Decimal | None:
    return ARITHMETIC.divide(left, right) if right else None


def _modulo(left: Decimal, right: Decimal) -> Decimal | None:
    return ARITHMETIC.remainder(snap(left), snap(right)) if right else None


_OPERATIONS: dict[str, Callable[[Decimal, Decimal], Decimal | None]] = {
    "+": ARITHMETIC.add,
    "-": ARITHMETIC.subtract,
    "*": ARITHMETIC.multiply,
    "div": _divide,
    "mod": _modulo,
}


def _arithmetic(
    operation: Callable[[Decimal, Decimal], Decimal | None], left: RunNumber, right: RunNumber
) -> RunNumber:
    def worked_out(node: Node, env: Env) -> Value:
        one, other = left(node, env), right(node, env)
        return None if one is None or other is None else operation(one, other)

    return worked_out  # type: ignore[return-value]
