"""Functions of truth and choice: if, coalesce, selected, checklists, once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from services.common.forms.code import (
    Code,
    Compile,
    Env,
    Scope,
    Sort,
    as_number,
    as_text,
    as_truth,
    as_values,
    literal,
    one_value,
)
from services.common.forms.faults import ExpressionError
from services.common.forms.functions import built, plain
from services.common.forms.nodes import Node, typed
from services.common.forms.syntax import Path, Step, Syntax
from services.common.forms.values import Value, truth

MISSING = -1


@built(
    "if",
    "if(条件, 是, 否)",
    "The second value where the condition holds, else the third.",
    ("if(1 < 2, 'a', 'b')", "a"),
    ("if('' >= 12, 'a', 'b')", "b"),
    least=3,
    most=3,
)
def _if(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    test = as_truth(compile_(arguments[0], scope))
    yes, no = compile_(arguments[1], scope), compile_(arguments[2], scope)
    when, otherwise = one_value(yes), one_value(no)
    sort = yes.sort if yes.sort is no.sort else Sort.ANY
    return Code(lambda node, env: when(node, env) if test(node, env) else otherwise(node, env), sort)


@built(
    "coalesce",
    "coalesce(值, 值…)",
    "The first value that is not blank.",
    ("coalesce('', 'b')", "b"),
    ("coalesce('', '')", ""),
    least=2,
    most=None,
)
def _coalesce(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    runs = [one_value(compile_(argument, scope)) for argument in arguments]

    def first(node: Node, env: Env) -> Value:
        for run in runs:
            value = run(node, env)
            if value is not None and value != "":
                return value
        return ""

    return Code(first, Sort.ANY)


@built(
    "once",
    "once(值)",
    "The value when it is first worked out; it never changes again.",
    ("once(3)", "3"),
    least=1,
    most=1,
)
def _once(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    run = one_value(compile_(arguments[0], scope))
    kind = scope.owner.kind

    def pinned(node: Node, env: Env) -> Value:
        return typed(kind, env.current.raw) if env.current.raw else run(node, env)

    return Code(pinned, Sort.ANY)


@plain("not", "b", Sort.TRUTH, "not(条件)", "The opposite.", ("not(1 = 1)", "false"), ("not('')", "true"))
def _not(value: bool) -> bool:
    return not value


@plain("true", "", Sort.TRUTH, "true()", "True.", ("true()", "true"))
def _true() -> bool:
    return True


@plain("false", "", Sort.TRUTH, "false()", "False.", ("false()", "false"))
def _false() -> bool:
    return False


@plain(
    "boolean",
    "b",
    Sort.TRUTH,
    "boolean(值)",
    "Whether the value counts as yes: a text that is not empty, a number that is not 0.",
    ("boolean('no')", "true"),
    ("boolean(0)", "false"),
    ("boolean('')", "false"),
)
def _boolean(value: bool) -> bool:
    return value


@plain(
    "boolean-from-string",
    "t",
    Sort.TRUTH,
    "boolean-from-string(文字)",
    "True for `true` and `1`, false for all else.",
    ("boolean-from-string('true')", "true"),
    ("boolean-from-string('1')", "true"),
    ("boolean-from-string('yes')", "false"),
)
def _boolean_from_string(value: str) -> bool:
    return value.strip().lower() in ("true", "1")


@plain(
    "selected",
    "tt",
    Sort.TRUTH,
    "selected(多选题, '选项')",
    "Whether the choice is among those ticked.",
    ("selected('a b', 'b')", "true"),
    ("selected('ab', 'b')", "false"),
)
def _selected(chosen: str, value: str) -> bool:
    return value.strip() in chosen.split()


@plain(
    "selected-at",
    "tn",
    Sort.TEXT,
    "selected-at(多选题, 序号)",
    "The choice at that place, counted from 0; blank if there is none.",
    ("selected-at('a b', 1)", "b"),
    ("selected-at('a b', 2)", ""),
)
def _selected_at(chosen: str, place: Decimal | None) -> str:
    parts = chosen.split()
    return parts[int(place)] if place is not None and 0 <= place < len(parts) else ""


@plain(
    "count-selected",
    "t",
    Sort.NUMBER,
    "count-selected(多选题)",
    "How many choices are ticked.",
    ("count-selected('a b')", "2"),
    ("count-selected('')", "0"),
)
def _count_selected(chosen: str) -> Decimal:
    return Decimal(len(chosen.split()))


@built(
    "checklist",
    "checklist(最少, 最多, 条件…)",
    "Whether between so many of the conditions hold; -1 sets no bound.",
    ("checklist(1, 2, 1 = 1, 1 = 2)", "true"),
    ("checklist(-1, 0, 1 = 1)", "false"),
    least=3,
    most=None,
)
def _checklist(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    low, high = (as_number(compile_(one, scope)) for one in arguments[:2])
    values = as_values([compile_(one, scope) for one in arguments[2:]])

    def holds(node: Node, env: Env) -> bool:
        count = Decimal(sum(truth(value) for value in values(node, env)))
        return _between(low(node, env), count, high(node, env))

    return Code(holds, Sort.TRUTH)


@built(
    "weighted-checklist",
    "weighted-checklist(最少, 最多, 条件, 权重…)",
    "Like checklist, adding up the weights of the conditions that hold.",
    ("weighted-checklist(3, 5, 1 = 1, 2, 1 = 1, 1.5)", "true"),
    ("weighted-checklist(3, -1, 1 = 1, 2, 1 = 2, 9)", "false"),
    least=4,
    most=None,
)
def _weighted_checklist(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    if len(arguments) % 2:
        raise ExpressionError("weighted-checklist()的每个条件后面都要有权重")
    low, high = (as_number(compile_(one, scope)) for one in arguments[:2])
    pairs = [
        (as_truth(compile_(test, scope)), as_number(compile_(weight, scope)))
        for test, weight in zip(arguments[2::2], arguments[3::2], strict=True)
    ]

    def holds(node: Node, env: Env) -> bool:
        total = sum(
            (weight(node, env) or Decimal(0) for test, weight in pairs if test(node, env)), Decimal(0)
        )
        return _between(low(node, env), total, high(node, env))

    return Code(holds, Sort.TRUTH)


def _between(low: Decimal | None, count: Decimal, high: Decimal | None) -> bool:
    above = low is None or low == MISSING or count >= low
    return above and (high is None or high == MISSING or count <= high)


@built(
    "jr:choice-name",
    "jr:choice-name(值, '${选择题}')",
    "The label of a choice in the language that is shown.",
    least=2,
    most=2,
)
def _choice_name(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    from services.common.forms.syntax import parse_expression

    value = as_text(compile_(arguments[0], scope))
    path = parse_expression(literal(arguments[1], "jr:choice-name").strip())
    if not isinstance(path, Path):
        raise ExpressionError("jr:choice-name()的第二个参数要写成 '${选择题}'")
    outside = Scope(scope.shape, scope.owner, scope.owner, True, scope.owner.depth, type(scope.uses)())
    asker = compile_(Path(path.start, tuple(Step(step.name) for step in path.steps)), outside).target
    if asker is None or asker.is_group:
        raise ExpressionError("jr:choice-name()的第二个参数不是选择题")
    scope.uses.language = True

    def name(node: Node, env: Env) -> str:
        return env.words.choice_name(asker, value(node, env), env.current, env)

    return Code(name, Sort.TEXT)


@built("jr:itext", "jr:itext('编号')", "A text of the form in the language that is shown.", least=1, most=1)
def _itext(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    scope.uses.language = True
    if not isinstance(arguments[0], Path):
        key = literal(arguments[0], "jr:itext")
        if key not in scope.shape.texts:
            raise ExpressionError(f"没有编号为“{key}”的文字")
    code = as_text(compile_(arguments[0], scope))
    return Code(lambda node, env: env.words.itext(code(node, env), node, env), Sort.TEXT)


def _property(name: str, env: Env) -> str:
    return env.properties.get(name, "")


@built(
    "property",
    "property('名称')",
    "A property of the device or of whoever is signed in, as the program hands it in.",
    ("property('nothing')", ""),
    least=1,
    most=1,
)
def _of_device(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    name = as_text(compile_(arguments[0], scope))
    return Code(lambda node, env: _property(name(node, env), env), Sort.TEXT)
