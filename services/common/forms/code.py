"""Compiled expressions: closures over an item and its surroundings, with what is known of their results."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Protocol

from services.common.forms.definitions import Definition
from services.common.forms.faults import ExpressionError
from services.common.forms.model import Kind, Row
from services.common.forms.nodes import Node
from services.common.forms.syntax import Literal, Syntax
from services.common.forms.tables import Table
from services.common.forms.values import Value, number, text, truth

Item = Node | Row | str


class Words(Protocol):
    """Finds the texts of the language that is shown."""

    def itext(self, key: str, node: Node, env: Env) -> str: ...

    def choice_name(self, asker: Definition, value: str, node: Node, env: Env) -> str: ...


class Env:
    """What an expression may look at beside the answers; time and chance are handed in."""

    __slots__ = (
        "chance",
        "current",
        "here",
        "now",
        "position",
        "properties",
        "size",
        "tables",
        "today",
        "uuid",
        "words",
    )

    def __init__(
        self,
        *,
        now: datetime,
        today: date,
        uuid: Callable[[], str],
        chance: Callable[[], Decimal],
        properties: Mapping[str, str],
        tables: Mapping[str, Table],
        words: Words,
    ) -> None:
        self.now = now
        self.today = today
        self.uuid = uuid
        self.chance = chance
        self.properties = properties
        self.tables = tables
        self.words = words
        # The item that asks; inside a condition also the row, and where it stands among its like.
        self.current: Node
        self.here: Row = {}
        self.position = 0
        self.size = 0


Run = Callable[[Node, Env], Value]
RunNumber = Callable[[Node, Env], Decimal | None]
RunText = Callable[[Node, Env], str]
RunTruth = Callable[[Node, Env], bool]
RunItems = Callable[[Node, Env], Sequence[Item]]


class Sort(Enum):
    """What is known of a result before it is worked out."""

    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"
    MOMENT = "moment"
    ANY = "any"


SORT_OF_KIND = {
    Kind.INTEGER: Sort.ANY,
    Kind.DECIMAL: Sort.ANY,
    Kind.DATE: Sort.MOMENT,
    Kind.INSTANT: Sort.MOMENT,
    Kind.TIME: Sort.MOMENT,
}


@dataclass(slots=True)
class Code:
    """A compiled expression; what stands for items has `items`, and `single` where there is just one."""

    run: Run
    sort: Sort
    items: RunItems | None = None
    target: Definition | None = None
    single: bool = True


@dataclass(slots=True)
class Uses:
    """What an expression reads: items within the same entry at a depth, positions of entries, chance."""

    reads: set[tuple[Definition, int]] = field(default_factory=set)
    # Read from an entry that stands before this one: a running total.
    earlier: set[Definition] = field(default_factory=set)
    positions: set[Definition] = field(default_factory=set)
    impure: bool = False
    language: bool = False


@dataclass(slots=True, frozen=True)
class Shape:
    """What compiling must know of the form: its root, its tables with their columns, all languages' texts."""

    root: Definition
    columns: Mapping[str, frozenset[str] | None]
    texts: frozenset[str]


@dataclass(slots=True, frozen=True)
class Scope:
    """Where an expression stands: whose it is, and what `.` means in it (None: a row of `table`)."""

    shape: Shape
    owner: Definition
    here: Definition | None
    top: bool
    cap: int
    uses: Uses
    table: str = ""


Compile = Callable[[Syntax, Scope], Code]


def value_of(item: Item) -> Value:
    """The value of one item of a set."""
    if type(item) is str:
        return item
    return item.seen if isinstance(item, Node) else ""


def one_value(code: Code) -> Run:
    """Refuses a path that means several items where one value is wanted."""
    if not code.single:
        name = code.target.name if code.target else ""
        raise ExpressionError(
            f"“{name}”在重复组内，这里不知道指哪一项；请用sum、join、count等汇总，或用indexed-repeat指明"
        )
    return code.run


def as_number(code: Code) -> RunNumber:
    run = one_value(code)
    if code.sort is Sort.NUMBER:
        return run  # type: ignore[return-value]

    def numeric(node: Node, env: Env) -> Decimal | None:
        value = run(node, env)
        return value if type(value) is Decimal else number(value)

    return numeric


def as_text(code: Code) -> RunText:
    run = one_value(code)
    if code.sort is Sort.TEXT:
        return run  # type: ignore[return-value]
    return lambda node, env: text(run(node, env))


def as_truth(code: Code) -> RunTruth:
    if code.items is not None and not code.single:
        items = code.items
        return lambda node, env: bool(items(node, env))
    run = code.run
    if code.sort is Sort.TRUTH:
        return run  # type: ignore[return-value]
    return lambda node, env: truth(run(node, env))


def as_values(codes: Sequence[Code]) -> Callable[[Node, Env], list[Value]]:
    """The values of all arguments; one that stands for several items brings them all."""
    if len(codes) == 1 and codes[0].items is not None:
        items = codes[0].items
        return lambda node, env: [value_of(item) for item in items(node, env)]
    parts = [code.items if code.items is not None else None for code in codes]
    runs = [code.run for code in codes]

    def values(node: Node, env: Env) -> list[Value]:
        found: list[Value] = []
        for part, run in zip(parts, runs, strict=True):
            if part is None:
                found.append(run(node, env))
            else:
                found.extend(value_of(item) for item in part(node, env))
        return found

    return values


def as_items(code: Code, function: str) -> RunItems:
    if code.items is None:
        raise ExpressionError(f"{function}()要的是项目的路径，例如 ${{名称}}")
    return code.items


def literal(syntax: Syntax, function: str) -> str:
    """A text that must be known before the form runs."""
    if not isinstance(syntax, Literal):
        raise ExpressionError(f"{function}()的这个参数要写成带引号的文字")
    return syntax.value
