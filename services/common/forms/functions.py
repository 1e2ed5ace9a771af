"""The table of functions that expressions may call: how each is compiled, what it means, how it is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

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
    one_value,
)
from services.common.forms.faults import ExpressionError
from services.common.forms.nodes import Node
from services.common.forms.syntax import Syntax

Build = Callable[[Sequence[Syntax], Scope, Compile], Code]
Example = tuple[str, str]
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Function:
    """One function; the examples stand in the documentation and run as tests."""

    name: str
    usage: str
    meaning: str
    examples: tuple[Example, ...]
    least: int
    most: int | None
    build: Build


FUNCTIONS: dict[str, Function] = {}
# What other engines offer and this one does not, with what to do instead.
UNSUPPORTED = {
    "area": "面积计算(area)",
    "geofence": "围栏判断(geofence)",
    "intersects": "轨迹自交判断(intersects)",
    "base64-decode": "base64-decode",
    "extract-signed": "签名数据(extract-signed)",
    "version": "version",
    "id": "id",
    "lang": "lang",
    "name": "name",
    "local-name": "local-name",
    "namespace-uri": "namespace-uri",
    "depend": "depend",
    "search": "外部查询(search)",
    "comma-separated-list": "comma-separated-list",
    "once-per": "once-per",
}


def built(
    name: str, usage: str, meaning: str, *examples: Example, least: int, most: int | None
) -> Callable[[Build], Build]:
    """Enter a function that compiles its arguments itself."""

    def enter(build: Build) -> Build:
        FUNCTIONS[name] = Function(name, usage, meaning, examples, least, most, build)
        return build

    return enter


def plain(
    name: str, takes: str, sort: Sort, usage: str, meaning: str, *examples: Example
) -> Callable[[F], F]:
    """Enter a function of values.

    `takes` has a letter for each argument: n number, t text, b truth, v any value; after `?` they may be
    missing, `*` gathers all further values into one list.
    """
    letters = takes.replace("?", "").replace("*", "")
    least = takes.index("?") if "?" in takes else len(letters)
    many = takes.endswith("*")

    def enter(function: F) -> F:
        def build(arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
            codes = [compile_(argument, scope) for argument in arguments]
            runs = [_COERCE[letter](code) for letter, code in zip(letters, codes, strict=False)]
            if many:
                runs.append(as_values(codes[len(letters) :]))
            run = _call(function, runs)
            return Code(run, sort)

        FUNCTIONS[name] = Function(
            name, usage, meaning, examples, least + many, None if many else len(letters), build
        )
        return function

    return enter


_COERCE: dict[str, Callable[[Code], Any]] = {"n": as_number, "t": as_text, "b": as_truth, "v": one_value}


def _call(function: Callable[..., Any], runs: Sequence[Any]) -> Callable[[Node, Env], Any]:
    if not runs:
        return lambda node, env: function()
    if len(runs) == 1:
        [only] = runs
        return lambda node, env: function(only(node, env))
    if len(runs) == 2:
        first, second = runs
        return lambda node, env: function(first(node, env), second(node, env))
    return lambda node, env: function(*[run(node, env) for run in runs])


def compile_call(name: str, arguments: Sequence[Syntax], scope: Scope, compile_: Compile) -> Code:
    """A call of a function, which must be in the table and have the right number of arguments."""
    function = FUNCTIONS.get(name)
    if function is None:
        if name in UNSUPPORTED:
            raise ExpressionError(f"不支持函数 {UNSUPPORTED[name]}", unsupported=True)
        raise ExpressionError(f"没有函数 {name}()")
    given, most = len(arguments), function.most
    if given < function.least or (most is not None and given > most):
        raise ExpressionError(f"{name}()的参数个数不对，写法：{function.usage}")
    return function.build(arguments, scope, compile_)
