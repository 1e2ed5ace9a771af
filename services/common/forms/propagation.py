"""Keeps a form up to date: whatever an answer changes is worked out again, and nothing else."""

from __future__ import annotations

import heapq
from collections.abc import Iterator

from services.common.forms.code import Env
from services.common.forms.definitions import Definition, Reader
from services.common.forms.graph import Aspect, Computation
from services.common.forms.nodes import Entries, Node, stored
from services.common.forms.program import CHANGED, NEW_ENTRY, Act, Program
from services.common.forms.values import number, text, truth

MOST_ENTRIES = 1000
# An event may set what sets off another one, but not for ever.
MOST_ACTS = 200


class Propagation:
    """The items of one form that is being filled in, and the queue of what must be worked out again."""

    def __init__(self, program: Program, env: Env) -> None:
        self.program = program
        self.env = env
        self.root = Node(program.root, None)
        # What changed since somebody last asked, in the order in which it changed.
        self.touched: dict[Node, None] = {}
        # While an old draft is opened, what was drawn or read off a clock stays as it was.
        self.opening = False
        self._ranks: list[int] = []
        self._waiting: dict[int, dict[Node, None]] = {}
        self._new_entries: list[Node] = []
        self._resized: set[Entries] = set()
        self._acts: dict[str, list[Act]] = {}
        for act in program.acts:
            self._acts.setdefault(act.event, []).append(act)

    def build(self, node: Node) -> None:
        """Everything below an item, as the form begins."""
        for definition in node.definition.children:
            if definition.repeat:
                entries = Entries(definition, node)
                node.children.append(entries)
                for _ in range(definition.source.entries):  # type: ignore[union-attr]
                    entries.add(self.entry(entries))
                continue
            child = Node(definition, node)
            node.children.append(child)
            if definition.is_group:
                self.build(child)
            elif definition.source.default:  # type: ignore[union-attr]
                child.write(definition.source.default)  # type: ignore[union-attr]

    def entry(self, entries: Entries) -> Node:
        """A new entry that does not stand in its repeat yet."""
        node = Node(entries.definition, entries.parent)
        self.build(node)
        return node

    def work_out_all(self) -> None:
        """Everything from the start."""
        self._await_all(self.root)
        self._settle()

    def work_out_language(self) -> None:
        """What depends on the language that is shown."""
        for one in self.program.computations:
            if one.uses.language:
                self._await_definition(one)
        self._settle()

    def answer(self, node: Node, raw: str) -> None:
        """Another answer, and everything that follows from it."""
        if node.raw == raw:
            return
        self._write(node, raw)
        self._settle()
        self._run_acts(node)

    def run_act(self, act: Act, node: Node) -> None:
        """Sets an item as an event says."""
        self.env.current = node
        value = act.run(node, self.env)
        raw = stored(node.definition.kind, value, text(value))
        if raw != node.raw:
            self._write(node, raw)

    def insert(self, entries: Entries, number_: int) -> Node:
        """One more entry at that number."""
        node = self.entry(entries)
        self._place(entries, node, number_)
        self._new_entries.append(node)
        self._settle()
        return node

    def remove(self, entries: Entries, number_: int) -> None:
        """One entry less; what it held is gone."""
        self._take_out(entries, number_)
        self._settle()

    def act_on(self, event: str, within: Node) -> None:
        """Runs what an event sets within an item."""
        for act in self._acts.get(event, ()):
            for node in self._nodes(act.target, within):
                self.run_act(act, node)
                self._drain()

    def _run_acts(self, node: Node) -> None:
        waiting, left = [node], MOST_ACTS
        while waiting and left:
            changed = waiting.pop(0)
            for act in self._acts.get(CHANGED, ()):
                if act.source is not changed.definition or act.way is None:
                    continue
                for target in list(_reached(changed, act.way)):
                    before = target.raw
                    self.run_act(act, target)
                    self._settle()
                    if target.raw != before:
                        left -= 1
                        waiting.append(target)

    def _write(self, node: Node, raw: str) -> None:
        node.write(raw)
        self._changed(node)

    def _changed(self, node: Node) -> None:
        self.touched[node] = None
        for reader in node.definition.readers:
            self._await(reader, node)

    def _await(self, reader: Reader, changed: Node) -> None:
        for node in _reached(changed, reader):
            self._queue(reader.rank, node)

    def _queue(self, rank: int, node: Node) -> None:
        nodes = self._waiting.get(rank)
        if nodes is None:
            nodes = self._waiting[rank] = {}
            heapq.heappush(self._ranks, rank)
        nodes[node] = None

    def _await_all(self, node: Node) -> None:
        for rank in node.definition.ranks:
            self._queue(rank, node)
        for child in node.children:
            if isinstance(child, Entries):
                for rank in child.definition.ranks:
                    self._queue(rank, child.ghost)
                for item in child.items:
                    self._await_all(item)
            else:
                self._await_all(child)

    def _await_definition(self, one: Computation) -> None:
        for node in self._nodes(one.definition, self.root):
            self._queue(one.rank, node)

    def _nodes(self, definition: Definition, within: Node) -> Iterator[Node]:
        """All items of a definition at or below an item."""
        if within.definition is definition:
            yield within
            return
        if within.definition not in definition.chain:
            return
        following = definition.chain[definition.chain.index(within.definition) + 1]
        child = within.children[following.at]
        for node in list(child.items) if isinstance(child, Entries) else [child]:
            yield from self._nodes(definition, node)

    def _settle(self) -> None:
        """Until nothing waits any more and every new entry has its first values."""
        self._resized.clear()
        self._drain()
        while self._new_entries:
            self.act_on(NEW_ENTRY, self._new_entries.pop(0))

    def _drain(self) -> None:
        while self._ranks:
            rank = self._ranks[0]
            nodes = self._waiting[rank]
            if not nodes:
                heapq.heappop(self._ranks)
                del self._waiting[rank]
                continue
            one = self.program.computations[rank]
            node = min(nodes, key=lambda waiting: waiting.place) if one.ordered else next(iter(nodes))
            del nodes[node]
            self._work_out(one, node)

    def _work_out(self, one: Computation, node: Node) -> None:
        env = self.env
        if one.aspect is Aspect.COUNT:
            if node.is_ghost:
                self._resize(node)
            return
        if one.aspect is Aspect.CALCULATION and self.opening and one.uses.impure and node.raw:
            return
        env.current = node
        value = one.run(node, env)
        if one.aspect is Aspect.RELEVANT:
            node.own = truth(value)
            self._show(node, node.own and node.parent.relevant)
            return
        raw = stored(node.definition.kind, value, text(value))
        if raw != node.raw:
            self._write(node, raw)

    def _show(self, node: Node, relevant: bool) -> None:
        """An item becomes relevant or ceases to be, and with it everything below."""
        if node.relevant is relevant:
            return
        node.relevant = relevant
        if not node.definition.is_group:
            node.show()
        if not node.is_ghost:
            self._changed(node)
        for child in node.children:
            if isinstance(child, Entries):
                self._show(child.ghost, relevant and child.ghost.own)
                for item in child.items:
                    self._show(item, relevant and item.own)
            else:
                self._show(child, relevant and child.own)

    def _resize(self, ghost: Node) -> None:
        entries = _entries_of(ghost)
        self.env.current = ghost
        [rank] = [rank for rank in ghost.definition.ranks if self._aspect(rank) is Aspect.COUNT]
        wanted = number(self.program.computations[rank].run(ghost, self.env))
        size = max(0, min(int(wanted), MOST_ENTRIES)) if wanted is not None else 0
        if size == len(entries.items) or entries in self._resized:
            return
        # A count that reads its own repeat ("one more if the last says so") grows once for each answer.
        self._resized.add(entries)
        while len(entries.items) > size:
            entries.shadow.append(self._take_out(entries, len(entries.items)))
        while len(entries.items) < size:
            if entries.shadow:
                self._place(entries, entries.shadow.pop(), len(entries.items) + 1)
            else:
                node = self.entry(entries)
                self._place(entries, node, len(entries.items) + 1)
                self._new_entries.append(node)

    def _aspect(self, rank: int) -> Aspect:
        return self.program.computations[rank].aspect

    def _place(self, entries: Entries, node: Node, number_: int) -> None:
        entries.add(node, number_)
        self._show(node, entries.parent.relevant and node.own)
        self._await_all(node)
        self._tell_around(node)
        self._tell_positions(entries, number_)

    def _take_out(self, entries: Entries, number_: int) -> Node:
        node = entries.items[number_ - 1]
        self._tell_around(node)
        entries.remove(number_)
        self._tell_positions(entries, number_)
        return node

    def _tell_around(self, entry: Node) -> None:
        """Whoever reads an entry from outside reads one more or one less."""
        self.touched[entry] = None
        above = len(entry.definition.chain)
        for node in (entry, *entry.below()):
            steps = len(node.definition.chain) - above
            for reader in node.definition.readers:
                if reader.ups > steps:
                    self._await(reader, node)

    def _tell_positions(self, entries: Entries, number_: int) -> None:
        for item in entries.items[number_ - 1 :]:
            for reader in entries.definition.position_readers:
                self._await(reader, item)


def _entries_of(ghost: Node) -> Entries:
    child = ghost.parent.children[ghost.definition.at]
    if not isinstance(child, Entries):
        raise TypeError(ghost.definition.path)
    return child


def _reached(start: Node, way: Reader) -> Iterator[Node]:
    """The items to which a way leads: up, and down again through all entries."""
    for _ in range(way.ups):
        start = start.parent
    downs = way.downs
    if not downs:
        yield start
        return
    nodes = [start]
    for at in downs[:-1]:
        nodes = [
            below
            for node in nodes
            for child in (node.children[at],)
            for below in (child.items if isinstance(child, Entries) else (child,))
        ]
    for node in nodes:
        child = node.children[downs[-1]]
        if isinstance(child, Entries):
            yield from child.items
            yield child.ghost
        else:
            yield child
