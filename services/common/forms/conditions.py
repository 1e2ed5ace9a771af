"""Conditions on the rows of a table: `[column = value]` is looked up in an index, the rest is tested."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from services.common.forms.code import (
    Code,
    Compile,
    Env,
    Run,
    RunTruth,
    Scope,
    Sort,
    as_number,
    as_truth,
    one_value,
)
from services.common.forms.model import Row
from services.common.forms.nodes import Node
from services.common.forms.syntax import Binary, Path, Step, Syntax

RunRows = Callable[[Node, Env], Sequence[Row]]


def row_filter(table: str, conditions: Sequence[Syntax], inside: Scope, compile_: Compile) -> RunRows:
    """The rows of a table that pass all conditions."""
    found: RunRows = lambda node, env: env.tables[table].rows  # noqa: E731
    for number, syntax in enumerate(conditions):
        found = _filtered(table, syntax, inside, compile_, found, first=number == 0)
    return found


def _filtered(
    table: str, syntax: Syntax, inside: Scope, compile_: Compile, before: RunRows, *, first: bool
) -> RunRows:
    parts = _conjuncts(syntax)
    lookup = None
    if first:
        lookup = next((index for index, part in enumerate(parts) if _column(part, inside)), None)
    if lookup is not None:
        part = parts.pop(lookup)
        column, value = _key(part, inside, compile_)
        before = _by_key(table, column, value)
    for part in parts:
        before = _tested(before, as_test(compile_(part, inside)))
    return before


def as_test(code: Code) -> RunTruth:
    """A condition in brackets; a bare number asks for the position."""
    if code.sort is not Sort.NUMBER:
        return as_truth(code)
    wanted = as_number(code)
    return lambda node, env: wanted(node, env) == env.position


def _by_key(table: str, column: str, value: Run) -> RunRows:
    def rows(node: Node, env: Env) -> Sequence[Row]:
        return env.tables[table].where(column, value(node, env))

    return rows


def _tested(before: RunRows, test: RunTruth) -> RunRows:
    def rows(node: Node, env: Env) -> Sequence[Row]:
        candidates = before(node, env)
        outer = env.here, env.position, env.size
        env.size = len(candidates)
        found = []
        for number, row in enumerate(candidates, 1):
            env.here, env.position = row, number
            if test(node, env):
                found.append(row)
        env.here, env.position, env.size = outer
        return found

    return rows


def _conjuncts(syntax: Syntax) -> list[Syntax]:
    if isinstance(syntax, Binary) and syntax.operator == "and":
        return [*_conjuncts(syntax.left), *_conjuncts(syntax.right)]
    return [syntax]


def _column(syntax: Syntax, inside: Scope) -> bool:
    """Whether it reads `column = something that is the same for every row`."""
    return isinstance(syntax, Binary) and syntax.operator == "=" and _sides(syntax) is not None


def _sides(syntax: Binary) -> tuple[str, Syntax] | None:
    for one, other in ((syntax.left, syntax.right), (syntax.right, syntax.left)):
        if isinstance(one, Path) and one.start == "" and not _of_row(other):
            names = [step.name for step in one.steps if step.name != "."]
            if len(names) == 1 and names[0] != ".." and not any(step.conditions for step in one.steps):
                return names[0], other
    return None


def _of_row(syntax: Syntax) -> bool:
    """Whether it may differ from row to row."""
    if isinstance(syntax, Path):
        return syntax.start == "" or any(step.conditions for step in syntax.steps)
    if isinstance(syntax, Binary):
        return _of_row(syntax.left) or _of_row(syntax.right)
    arguments = getattr(syntax, "arguments", None)
    if arguments is not None:
        return getattr(syntax, "name", "") in ("position", "last", "random", "uuid") or any(
            map(_of_row, arguments)
        )
    operand = getattr(syntax, "operand", None)
    return operand is not None and _of_row(operand)


def _key(syntax: Syntax, inside: Scope, compile_: Compile) -> tuple[str, Run]:
    if not isinstance(syntax, Binary):
        raise TypeError(syntax)
    sides = _sides(syntax)
    if sides is None:
        raise TypeError(syntax)
    column, other = sides
    compile_(Path("", (Step(column),)), inside)  # refuses a column that the table does not have
    return column, one_value(compile_(other, inside))
