"""A form that is being filled in: items with their values, and the entries of repeats."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal

from services.common.forms.definitions import Definition
from services.common.forms.model import Kind
from services.common.forms.values import Value, in_zone, parse_moment, parse_number


class Node:
    """One item: its answer as written, and what expressions see of it (blank where it is not relevant)."""

    __slots__ = (
        "children",
        "definition",
        "entries",
        "gone",
        "number",
        "own",
        "parent",
        "raw",
        "relevant",
        "seen",
    )

    def __init__(self, definition: Definition, parent: Node | None) -> None:
        self.definition = definition
        self.parent: Node = parent if parent is not None else self
        self.children: list[Node | Entries] = []
        self.raw = ""
        self.seen: Value = ""
        # Its own condition, and together with all around it.
        self.own = True
        self.relevant: bool = parent.relevant if parent is not None else True
        # For an entry of a repeat: the list it stands in and its number, from 1.
        self.entries: Entries | None = None
        self.number = 0
        self.gone = False

    def write(self, raw: str) -> None:
        """Another answer."""
        self.raw = raw
        self.show()

    def show(self) -> None:
        """Bring what expressions see up to date."""
        self.seen = typed(self.definition.kind, self.raw) if self.relevant and self.raw else ""

    @property
    def is_ghost(self) -> bool:
        """Whether it is no entry but the place from which a repeat's count and condition are read."""
        return self.definition.repeat and self.number == 0

    def below(self) -> Iterator[Node]:
        """Everything under this item, in the order of the form."""
        for child in self.children:
            for node in child.items if isinstance(child, Entries) else (child,):
                yield node
                yield from node.below()

    @property
    def path(self) -> str:
        """Its place below the root, such as `members[2]/name`."""
        parts: list[str] = []
        node = self
        while node.definition.parent is not None:
            name = node.definition.name
            parts.append(f"{name}[{node.number}]" if node.definition.repeat else name)
            node = node.parent
        return "/".join(reversed(parts))

    @property
    def attached(self) -> bool:
        """Whether it still stands in the form."""
        node = self
        while node.definition.parent is not None:
            if node.gone:
                return False
            node = node.parent
        return True

    @property
    def place(self) -> tuple[int, ...]:
        """The numbers of the entries around it: the order in which a running total is worked out."""
        numbers: list[int] = []
        node = self
        while node.definition.parent is not None:
            if node.definition.repeat:
                numbers.append(node.number)
            node = node.parent
        return tuple(reversed(numbers))


class Entries:
    """The entries of one repeat; those that a smaller count took away are kept in case it grows again."""

    __slots__ = ("definition", "ghost", "items", "parent", "shadow")

    def __init__(self, definition: Definition, parent: Node) -> None:
        self.definition = definition
        self.parent = parent
        self.items: list[Node] = []
        self.shadow: list[Node] = []
        # An entry that is none: the place from which the count and the condition of the repeat are read.
        self.ghost = Node(definition, parent)

    def add(self, node: Node, number: int | None = None) -> None:
        at = len(self.items) if number is None else number - 1
        self.items.insert(at, node)
        node.entries, node.gone = self, False
        self._count()

    def remove(self, number: int) -> Node:
        node = self.items.pop(number - 1)
        node.gone = True
        self._count()
        return node

    def _count(self) -> None:
        for number, node in enumerate(self.items, 1):
            node.number = number


def typed(kind: Kind, raw: str) -> Value:
    """The answer as expressions see it; blank where it does not fit its kind."""
    if kind is Kind.DECIMAL or kind is Kind.INTEGER:
        found = parse_number(raw)
        return "" if found is None else found
    if kind is Kind.DATE:
        found_day = parse_moment(raw[:10])
        return found_day if isinstance(found_day, date) else ""
    if kind is Kind.INSTANT:
        instant = parse_moment(raw)
        if isinstance(instant, date) and not isinstance(instant, datetime):
            return in_zone(datetime(instant.year, instant.month, instant.day))  # noqa: DTZ001 (gets its zone)
        return instant
    if kind is Kind.TIME:
        try:
            return time.fromisoformat(raw)
        except ValueError:
            return ""
    return raw


def stored(kind: Kind, value: Value, as_text: str) -> str:
    """What a calculation leaves in an item of this kind."""
    if not as_text:
        return ""
    if kind is Kind.INTEGER:
        found = parse_number(as_text) if not isinstance(value, Decimal) else value
        return "" if found is None else str(int(found))
    if kind is Kind.DATE and isinstance(value, datetime):
        return value.date().isoformat()
    return as_text
