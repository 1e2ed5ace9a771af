"""Places in a form that is being filled in, written like `members[2]/age`."""

from __future__ import annotations

import re
from collections.abc import Callable

from services.common.forms.nodes import Entries, Node
from services.common.policy.law import Invalid

STEP = re.compile(r"([^\W\d][\w.\-]*)(?:\[([1-9][0-9]{0,5})\])?")
Grow = Callable[[Entries, int], None]


def find_node(root: Node, path: str, grow: Grow | None) -> Node:
    """The item at a place; `grow` may make entries that are not there yet. Raises Invalid."""
    node = root
    for name, number in _steps(path):
        child = _child(node, name, path)
        if isinstance(child, Entries):
            if number is None:
                raise Invalid(path, f"“{name}”是重复组，请写明第几项，例如 {name}[1]")
            if grow is not None:
                grow(child, number)
            if number > len(child.items):
                raise Invalid(path, f"“{name}”没有第{number}项")
            node = child.items[number - 1]
        elif number not in (None, 1):
            raise Invalid(path, f"“{name}”不是重复组")
        else:
            node = child
    return node


def find_entries(root: Node, path: str) -> Entries:
    """The repeat at a place. Raises Invalid."""
    above, _, name = path.rpartition("/")
    node = find_node(root, above, None) if above else root
    child = _child(node, name, path)
    if not isinstance(child, Entries):
        raise Invalid(path, f"“{name}”不是重复组")
    return child


def _steps(path: str) -> list[tuple[str, int | None]]:
    found = []
    for part in path.split("/"):
        step = STEP.fullmatch(part)
        if step is None:
            raise Invalid(path, "不是项目的位置，例如 members[2]/age")
        found.append((step[1], int(step[2]) if step[2] else None))
    return found


def _child(node: Node, name: str, path: str) -> Node | Entries:
    definition = node.definition.by_name.get(name)
    if definition is None:
        raise Invalid(path, f"没有名为“{name}”的项目")
    return node.children[definition.at]
