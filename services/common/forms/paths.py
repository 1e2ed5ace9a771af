"""Paths: inside a repeat they bind to the entry that asks, as JavaRosa binds them; conditions unbind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from services.common.forms.code import (
    SORT_OF_KIND,
    Code,
    Compile,
    Env,
    Item,
    Run,
    RunItems,
    RunTruth,
    Scope,
    Sort,
)
from services.common.forms.conditions import as_test, row_filter
from services.common.forms.definitions import Definition
from services.common.forms.faults import ExpressionError
from services.common.forms.nodes import Entries, Node
from services.common.forms.syntax import Path, Step, Syntax

RunItem = Callable[[Node, Env], Node]


@dataclass(slots=True)
class _Place:
    definition: Definition
    conditions: tuple[Syntax, ...] = ()


def compile_path(path: Path, scope: Scope, compile_: Compile) -> Code:
    """The closure of a path; what it reads is noted in the scope."""
    if path.start == "instance":
        return _rows(path, scope, compile_)
    if path.start == "" and scope.here is None:
        return _cell(path, scope)
    return _items(path, scope, compile_)


def _cell(path: Path, scope: Scope) -> Code:
    """A column of the row that a condition looks at."""
    if len(path.steps) == 2 and path.steps[0].name == ".":
        path = Path("", path.steps[1:])
    [step, *more] = path.steps
    if more or step.conditions or step.name in (".", ".."):
        raise ExpressionError("选项表的条件里只能直接写列名，表单的项目请写 ${名称}")
    columns = scope.shape.columns.get(scope.table)
    if columns is not None and step.name not in columns:
        raise ExpressionError(f"表“{scope.table}”没有“{step.name}”这一列")
    column = step.name
    return Code(lambda node, env: env.here.get(column, ""), Sort.TEXT)


def _rows(path: Path, scope: Scope, compile_: Compile) -> Code:
    """`instance('t')/root/item[…]/column`."""
    names = [step.name for step in path.steps]
    if path.table not in scope.shape.columns:
        raise ExpressionError(f"没有名为“{path.table}”的选项表")
    if len(names) not in (2, 3) or names[:2] != ["root", "item"] or path.steps[0].conditions:
        raise ExpressionError("数据表的路径须写成 instance('表')/root/item[条件]/列", unsupported=True)
    table, column = path.table, names[2] if len(names) == 3 else ""
    columns = scope.shape.columns[table]
    if column and columns is not None and column not in columns:
        raise ExpressionError(f"表“{table}”没有“{column}”这一列")
    inside = replace(scope, here=None, top=False, table=table)
    found = row_filter(table, path.steps[1].conditions, inside, compile_)

    def cells(node: Node, env: Env) -> Sequence[Item]:
        return [row.get(column, "") for row in found(node, env)]

    def first(node: Node, env: Env) -> str:
        rows = found(node, env)
        return rows[0].get(column, "") if rows and column else ""

    return Code(first, Sort.TEXT, items=cells if column else found)


def _items(path: Path, scope: Scope, compile_: Compile) -> Code:
    places, climbed = _resolve(path, scope)
    anchor = scope.here if path.start == "" and scope.here is not None else scope.owner
    bound = _bound(places, anchor, climbed)
    target = places[-1].definition
    shared = min(places[bound - 1].definition.depth, scope.cap)
    scope.uses.reads.add((target, shared))
    ups, rest = len(anchor.chain) - bound, places[bound:]
    climb = _climb(ups, from_node=path.start == "" and not scope.top)
    sort = SORT_OF_KIND.get(target.kind, Sort.TEXT)
    if not any(place.definition.repeat or place.conditions for place in rest):
        return _single(climb, [place.definition.at for place in rest], sort, target)
    steps = [(place.definition.at, _conditions(place, scope, shared, compile_)) for place in rest]
    items = _walk(climb, steps)

    def first(node: Node, env: Env) -> object:
        found = items(node, env)
        return found[0].seen if found else ""  # type: ignore[union-attr]

    chosen = any(place.conditions for place in rest)
    return Code(first, sort, items=items, target=target, single=chosen)  # type: ignore[arg-type]


def _resolve(path: Path, scope: Scope) -> tuple[list[_Place], bool]:
    """The path from the root, and whether it only went up."""
    steps = path.steps
    if path.start == "/":
        root = scope.shape.root
        if steps[0].name != root.name:
            raise ExpressionError(f"没有名为“{steps[0].name}”的项目")
        places, steps = [_Place(root)], steps[1:]
    else:
        start = scope.owner if path.start == "current" or scope.here is None else scope.here
        places = [_Place(one) for one in start.chain]
    climbed = path.start != "/"
    for step in steps:
        if step.name == "..":
            places.pop()
            if not places:
                raise ExpressionError("“..”超出了表单的最外层")
        elif step.name != ".":
            climbed = False
            places.append(_Place(_child(places[-1].definition, step)))
        if step.conditions:
            places[-1].conditions = step.conditions
    return places, climbed


def _child(parent: Definition, step: Step) -> Definition:
    found = parent.by_name.get(step.name)
    if found is None:
        raise ExpressionError(f"没有名为“{step.name}”的项目")
    return found


def _bound(places: Sequence[_Place], anchor: Definition, climbed: bool) -> int:
    """How many of the first steps mean exactly what stands around the asking item."""
    bound = 0
    for number, (place, around) in enumerate(zip(places, anchor.chain, strict=False), 1):
        last = number == len(places) and place.definition.repeat and not climbed
        if place.definition is not around or place.conditions or last:
            break
        bound = number
    return max(bound, 1)


def _climb(ups: int, *, from_node: bool) -> RunItem:
    if from_node:
        if ups == 0:
            return lambda node, env: node
        return lambda node, env: _above(node, ups)
    if ups == 0:
        return lambda node, env: env.current
    if ups == 1:
        return lambda node, env: env.current.parent
    return lambda node, env: _above(env.current, ups)


def _above(node: Node, ups: int) -> Node:
    for _ in range(ups):
        node = node.parent
    return node


def _single(climb: RunItem, downs: list[int], sort: Sort, target: Definition) -> Code:
    run: Run
    if not downs:

        def run(node: Node, env: Env) -> object:  # type: ignore[misc]
            return climb(node, env).seen
    elif len(downs) == 1:
        [only] = downs

        def run(node: Node, env: Env) -> object:  # type: ignore[misc]
            return climb(node, env).children[only].seen  # type: ignore[union-attr]
    else:

        def run(node: Node, env: Env) -> object:  # type: ignore[misc]
            found = climb(node, env)
            for at in downs:
                found = found.children[at]  # type: ignore[assignment]
            return found.seen

    def items(node: Node, env: Env) -> Sequence[Item]:
        found = climb(node, env)
        for at in downs:
            found = found.children[at]  # type: ignore[assignment]
        return (found,) if found.relevant else ()

    return Code(run, sort, items=items, target=target)


def _conditions(place: _Place, scope: Scope, shared: int, compile_: Compile) -> list[RunTruth]:
    """Each condition of a step; a bare number asks for the position."""
    inside = replace(scope, here=place.definition, top=False, cap=min(shared, scope.cap))
    return [as_test(compile_(syntax, inside)) for syntax in place.conditions]


def _walk(climb: RunItem, steps: list[tuple[int, list[RunTruth]]]) -> RunItems:
    """Down through repeats; what is not relevant is left out."""

    def items(node: Node, env: Env) -> Sequence[Item]:
        found: list[Node] = [climb(node, env)]
        for at, conditions in steps:
            below: list[Node] = []
            for one in found:
                child = one.children[at]
                for item in child.items if isinstance(child, Entries) else (child,):
                    if item.relevant:
                        below.append(item)  # noqa: PERF401 (plainer than a nested comprehension)
            for test in conditions:
                below = _passing(below, test, env)
            found = below
        return found

    return items


def _passing(nodes: list[Node], test: RunTruth, env: Env) -> list[Node]:
    outer = env.position, env.size
    env.size = len(nodes)
    found = []
    for number, node in enumerate(nodes, 1):
        env.position = number
        if test(node, env):
            found.append(node)
    env.position, env.size = outer
    return found
