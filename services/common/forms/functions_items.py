"""Functions of items: how many there are, where an entry stands, values out of other entries and tables."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from services.common.forms.code import (
    SORT_OF_KIND,
    Code,
    Compile,
    Env,
    Item,
    Scope,
    Sort,
    as_items,
    as_number,
    as_text,
    literal,
    value_of,
)
from services.common.forms.definitions import Definition
from services.common.forms.faults import ExpressionError
from services.common.forms.functions import built
from services.common.forms.nodes import Entries, Node
from services.common.forms.syntax import Binary, Call, Number, Path, Step, Syntax
from services.common.forms.values import Value, number, text

MODULUS, FACTOR = 2_147_483_647, 16_807


@built("count", "count(重复组)", "How many there are that are relevant.", least=1, most=1)
def _count(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    items = as_items(compile_(arguments[0], scope), "count")
    return Code(lambda node, env: Decimal(len(items(node, env))), Sort.NUMBER)


@built("count-non-empty", "count-non-empty(项目)", "How many of them are answered.", least=1, most=1)
def _count_non_empty(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    items = as_items(compile_(arguments[0], scope), "count-non-empty")

    def answered(node: Node, env: Env) -> Decimal:
        return Decimal(sum(text(value_of(item)) != "" for item in items(node, env)))

    return Code(answered, Sort.NUMBER)


@built(
    "position",
    "position(..)",
    "The number of the entry, from 1; without argument the place in a condition.",
    least=0,
    most=1,
)
def _position(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    if not arguments:
        return Code(lambda node, env: Decimal(env.position), Sort.NUMBER)
    [path] = arguments
    entry = _target(path, scope, compile_)
    of_row = isinstance(path, Path) and path.start == "" and not scope.top
    anchor = scope.here if of_row and scope.here is not None else scope.owner
    if not entry.repeat or entry not in anchor.chain:
        raise ExpressionError("position()要的是所在的重复项，通常写position(..)")
    if not of_row:
        scope.uses.positions.add(entry)
    ups = len(anchor.chain) - 1 - anchor.chain.index(entry)

    def place(node: Node, env: Env) -> Decimal:
        item = node if of_row else env.current
        for _ in range(ups):
            item = item.parent
        return Decimal(item.number or 1)

    return Code(place, Sort.NUMBER)


@built("last", "last()", "How many rows the condition looks at.", least=0, most=0)
def _last(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    return Code(lambda node, env: Decimal(env.size), Sort.NUMBER)


@built(
    "indexed-repeat",
    "indexed-repeat(${项目}, ${重复组}, 序号, …)",
    "The answer in the entry of that number; with position(..) - 1 a running total, in the order of entries.",
    least=3,
    most=None,
)
def _indexed_repeat(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    if len(arguments) % 2 == 0:
        raise ExpressionError("indexed-repeat()的每个重复组后面都要有序号")
    target = _target(arguments[0], scope, compile_)
    chosen = {
        _target(group, scope, compile_): as_number(compile_(index, scope))
        for group, index in zip(arguments[1::2], arguments[2::2], strict=True)
    }
    for group in chosen:
        if not group.repeat or group not in target.chain:
            raise ExpressionError(f"“{group.label}”不是“{target.label}”所在的重复组")
    anchor, bound = scope.owner, 1
    for mine, other in zip(anchor.chain[1:], target.chain[1:-1], strict=False):
        if mine is not other or mine in chosen:
            break
        bound += 1
    rest = target.chain[bound:]
    if any(one.repeat and one not in chosen for one in rest):
        raise ExpressionError("indexed-repeat()没有指明每一层重复组的序号")
    scope.uses.reads.add((target, min(target.chain[bound - 1].depth, scope.cap)))
    if any(_one_before(index) for index in arguments[2::2]):
        scope.uses.earlier.add(target)
    ups = len(anchor.chain) - bound
    downs = [(one.at, chosen.get(one)) for one in rest]

    def found(node: Node, env: Env) -> Sequence[Item]:
        item = env.current
        for _ in range(ups):
            item = item.parent
        for at, index in downs:
            child = item.children[at]
            if isinstance(child, Entries):
                wanted = index(node, env) if index else None
                if wanted is None or not 1 <= wanted <= len(child.items):
                    return ()
                child = child.items[int(wanted) - 1]
            item = child
        return (item,) if item.relevant else ()

    def value(node: Node, env: Env) -> Value:
        items = found(node, env)
        return value_of(items[0]) if items else ""

    return Code(value, SORT_OF_KIND.get(target.kind, Sort.TEXT), items=found, target=target)


def _one_before(index: Syntax) -> bool:
    """Whether the number is `position(..) - 1` or less: an entry that is worked out before this one."""
    if not isinstance(index, Binary) or index.operator != "-":
        return False
    start, back = index.left, index.right
    return (
        isinstance(start, Call) and start.name == "position" and isinstance(back, Number) and back.value >= 1
    )


def _target(syntax: Syntax, scope: Scope, compile_: Compile) -> Definition:
    """Which item is meant; that it is named is no reading of it."""
    if not isinstance(syntax, Path):
        raise ExpressionError("这里要写项目的路径，例如 ${名称}")
    aside = Scope(scope.shape, scope.owner, scope.here, scope.top, scope.cap, type(scope.uses)())
    found = compile_(
        Path(syntax.start, tuple(Step(step.name) for step in syntax.steps), syntax.table), aside
    ).target
    if found is None:
        raise ExpressionError("这里要写表单的项目")
    return found


@built(
    "pulldata",
    "pulldata('表', '取的列', '查的列', 值)",
    "A cell of a table that comes as a file: the first row whose column has that value.",
    least=4,
    most=4,
)
def _pulldata(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    table, wanted, key = (literal(one, "pulldata") for one in arguments[:3])
    table = table.removesuffix(".csv")
    if table not in scope.shape.columns:
        raise ExpressionError(f"没有名为“{table}”的数据表")
    columns = scope.shape.columns[table]
    for column in (wanted, key):
        if columns is not None and column not in columns:
            raise ExpressionError(f"表“{table}”没有“{column}”这一列")
    value = as_text(compile_(arguments[3], scope))

    def pulled(node: Node, env: Env) -> str:
        rows = env.tables[table].where(key, value(node, env))
        return rows[0].get(wanted, "") if rows else ""

    return Code(pulled, Sort.TEXT)


@built(
    "randomize",
    "randomize(选项, 种子)",
    "The items in an order of chance; with the same seed in the same order as in ODK Collect.",
    least=1,
    most=2,
)
def _randomize(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    items = as_items(compile_(arguments[0], scope), "randomize")
    seed = as_number(compile_(arguments[1], scope)) if len(arguments) == 2 else None

    def shuffled(node: Node, env: Env) -> Sequence[Item]:
        start = seed(node, env) if seed else number(env.chance() * MODULUS)
        return shuffle(list(items(node, env)), int(start or 0))

    def first(node: Node, env: Env) -> Value:
        found = shuffled(node, env)
        return value_of(found[0]) if found else ""

    return Code(first, Sort.TEXT, items=shuffled, single=False)


def shuffle(items: list[Item], seed: int) -> list[Item]:
    """Fisher and Yates over the generator of Park and Miller, as ODK lays it down."""
    state = seed % MODULUS
    if state <= 0:
        state += MODULUS - 1
    for last in range(len(items) - 1, 0, -1):
        state = state * FACTOR % MODULUS
        chosen = (state - 1) * (last + 1) // (MODULUS - 1)
        items[last], items[chosen] = items[chosen], items[last]
    return items
