"""The items of a form as the engine sees them: their places, and which expressions read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from services.common.forms.model import Form, Group, Kind, Question


@dataclass(frozen=True, slots=True)
class Reader:
    """An expression that reads an item: up to what both stand in, and down again to whoever asks."""

    rank: int
    ups: int
    downs: tuple[int, ...]


class Definition:
    """One item of the form, for all its entries."""

    __slots__ = (
        "asked", "at", "by_name", "chain", "children", "depth", "index", "kind", "name", "parent", "path",
        "position_readers", "ranks", "readers", "repeat", "source",
    )  # fmt: skip

    def __init__(self, source: Question | Group, parent: Definition | None, index: int) -> None:
        self.source = source
        self.parent = parent
        self.index = index
        self.name = source.name
        self.path = source.path
        self.repeat = isinstance(source, Group) and source.repeat
        self.kind = source.kind if isinstance(source, Question) else Kind.TEXT
        self.asked = isinstance(source, Question) and source.asked
        self.children: list[Definition] = []
        self.by_name: dict[str, Definition] = {}
        self.at = 0
        above = parent.chain if parent is not None else ()
        self.chain: tuple[Definition, ...] = (*above, self)
        self.depth = sum(one.repeat for one in self.chain)
        self.readers: list[Reader] = []
        self.position_readers: list[Reader] = []
        # The ranks of what is worked out for this item itself.
        self.ranks: list[int] = []

    @property
    def is_group(self) -> bool:
        return isinstance(self.source, Group)

    @property
    def label(self) -> str:
        return self.source.label or self.name

    def walk(self) -> Iterator[Definition]:
        """This item and everything below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def level(self, depth: int) -> Definition:
        """The entry around it at that depth of repeats; the root at depth 0."""
        return next(one for one in reversed(self.chain) if one.depth == depth and (one.repeat or depth == 0))


def define(form: Form) -> list[Definition]:
    """All items of a form, the root first, `meta` last."""
    found: list[Definition] = []

    def add(source: Question | Group, parent: Definition | None) -> None:
        definition = Definition(source, parent, len(found))
        found.append(definition)
        if parent is not None:
            definition.at = len(parent.children)
            parent.children.append(definition)
            parent.by_name[definition.name] = definition
        if isinstance(source, Group):
            for child in source.children:
                add(child, definition)

    add(form.root, None)
    if form.meta is not None:
        add(form.meta, found[0])
    return found


def route(reader: Definition, read: Definition, depth: int, rank: int) -> Reader:
    """How to come from a changed item to those that read it within the same entry at `depth`."""
    common = read.level(depth) if depth else read.chain[0]
    position = reader.chain.index(common)
    return Reader(
        rank=rank,
        ups=len(read.chain) - 1 - read.chain.index(common),
        downs=tuple(one.at for one in reader.chain[position + 1 :]),
    )
