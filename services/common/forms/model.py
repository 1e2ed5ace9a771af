"""A form once it has been read: a tree of groups and questions, each with its label and conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Output:
    """A value inside a text, worked out when the text is shown."""

    expression: str


Phrase = tuple[str | Output, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A text that people read: by its id among the translations, or written in place."""

    id: str = ""
    phrase: Phrase = ()

    def __bool__(self) -> bool:
        return bool(self.id or self.phrase)


@dataclass(frozen=True, slots=True)
class Itemset:
    """Choices that come from a table or a repeat: which rows, and where value and label stand."""

    nodeset: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Range:
    """The bounds of a number that is chosen on a scale."""

    start: str
    end: str
    step: str


@dataclass(frozen=True, slots=True)
class Action:
    """A value that is set once: when the form is opened first, with a new entry, or with another answer."""

    event: str
    target: str
    expression: str
    source: str = ""


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
    preload: str = ""
    readonly: bool = False
    readonly_if: str = ""
    asked: bool = True
    choices: tuple[Choice, ...] | None = None
    default: str = ""
    hint: str = ""
    appearance: str = ""
    label_wording: Wording = Wording()
    hint_wording: Wording = Wording()
    guidance_wording: Wording = Wording()
    constraint_wording: Wording = Wording()
    required_wording: Wording = Wording()
    items: tuple[tuple[str, Wording], ...] = ()
    itemset: Itemset | None = None
    # The table of the form from which its choices come, where it is one.
    table: str = ""
    range: Range | None = None


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
    # How many entries a repeat begins with.
    entries: int = 1
    appearance: str = ""
    readonly: bool = False
    readonly_if: str = ""
    label_wording: Wording = Wording()

    def walk(self) -> Iterator[Question | Group]:
        """Everything below this group, in the order of the form."""
        for child in self.children:
            yield child
            if isinstance(child, Group):
                yield from child.walk()


Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One version of a form; id and version together never change their meaning."""

    id: str
    version: str
    title: str
    root: Group
    meta: Group | None = None
    languages: tuple[str, ...] = ("",)
    texts: Mapping[str, Mapping[str, Phrase]] = field(default_factory=dict)
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    # Tables that come as files beside the form, by the name of their file.
    external: Mapping[str, str] = field(default_factory=dict)
    actions: tuple[Action, ...] = ()

    def find(self, path: str) -> Question | Group | None:
        """What stands at a path below the root, such as `members/name`."""
        full = f"{self.root.path}/{path}"
        return next((node for node in self.root.walk() if node.path == full), None)
