"""A form once it has been read: a tree of groups and questions, each with its label and conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What kind of answer a question takes."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    INSTANT = "instant"
    SELECT_ONE = "select-one"
    SELECT_MANY = "select-many"
    GEOPOINT = "geopoint"
    PICTURE = "picture"
    ACKNOWLEDGE = "acknowledge"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: the value that is stored and the label that people read."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. Expressions are kept as written."""

    path: str
    name: str
    label: str
    kind: Kind
    required: bool = False
    required_if: str = ""
    relevant: str = ""
    constraint: str = ""
    constraint_message: str = ""
    calculate: str = ""
    first_load: str = ""
    preload: str = ""
    readonly: bool = False
    asked: bool = True
    choices: tuple[Choice, ...] | None = None
    default: str = ""
    hint: str = ""
    appearance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that belong together; a repeat holds them once for each entry."""

    path: str
    name: str
    label: str
    children: tuple[Question | Group, ...]
    repeat: bool = False
    relevant: str = ""
    count: str = ""
    appearance: str = ""

    def walk(self) -> Iterator[Question | Group]:
        """Everything below this group, in the order of the form."""
        for child in self.children:
            yield child
            if isinstance(child, Group):
                yield from child.walk()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One version of a form; id and version together never change their meaning."""

    id: str
    version: str
    title: str
    root: Group

    def find(self, path: str) -> Question | Group | None:
        """What stands at a path below the root, such as `members/name`."""
        full = f"{self.root.path}/{path}"
        return next((node for node in self.root.walk() if node.path == full), None)
