"""Filled-in forms: an instance is read against its form, or written from answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from services.common.forms.answers import Answers, Picture, Place, Scalar, read_answer
from services.common.forms.document import Element, parse
from services.common.forms.model import Form, Group, Question
from services.common.forms.xform import META
from services.common.policy.law import Invalid

SHOWN_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, as people call it, and what to do."""

    path: str
    label: str
    message: str


class WrongAnswers(Invalid):
    """The instance does not fit its form; every problem is named."""

    code = "wrong-answers"

    def __init__(self, problems: Sequence[Problem]) -> None:
        listed = "；".join(f"“{one.label}”{one.message}" for one in problems[:SHOWN_PROBLEMS])
        more = f"；另有{len(problems) - SHOWN_PROBLEMS}处" if len(problems) > SHOWN_PROBLEMS else ""
        super().__init__(problems[0].path, f"{listed}{more}")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in."""

    form: Form
    instance_id: str
    answers: Answers
    pictures: tuple[str, ...]


def read_instance(form: Form, source: str | bytes) -> Filled:
    """The answers of an instance. Raises WrongAnswers with every problem; Invalid if of another form."""
    root = parse(source, "instance")
    if root.attributes.get("id", form.id) != form.id:
        raise Invalid("instance", f"内容不是表单“{form.title}”({form.id})的，请重新选择表单填写")
    if root.attributes.get("version", form.version) != form.version:
        raise Invalid("instance", f"内容的表单版本与申报的版本({form.version})不一致，请重新提交")
    reader = _Reader()
    answers = reader.group(form.root, root, path="", label="", optional=False)
    if reader.problems:
        raise WrongAnswers(reader.problems)
    return Filled(form, _instance_id(root), answers, tuple(reader.pictures))


def _instance_id(root: Element) -> str:
    meta = root.first(META)
    named = meta.first("instanceID") if meta else None
    return named.text.strip() if named else ""


class _Reader:
    """Walks form and instance side by side and remembers what is wrong."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.pictures: list[str] = []

    def group(self, group: Group, element: Element, *, path: str, label: str, optional: bool) -> Answers:
        """The answers below one element; in an `optional` place nothing need be there."""
        known = {child.name for child in group.children}
        for child in element.children:
            if child.name not in known and not (child.name == META and group.path.count("/") == 1):
                self._wrong(f"{path}{child.name}", child.name, "不是这张表的项目，请核对表单版本")
        values: dict[str, Scalar | Answers | tuple[Answers, ...] | None] = {}
        for node in group.children:
            found = [one for one in element.all(node.name) if "template" not in one.attributes]
            if isinstance(node, Group) and node.repeat:
                values[node.name] = self._entries(node, found, path, label, optional)
                continue
            if len(found) > 1:
                self._wrong(f"{path}{node.name}", node.label, "出现了两次，请重新填写后提交")
            one = found[0] if found else None
            if isinstance(node, Group):
                values[node.name] = self._inner(node, one, path, label, optional)
            else:
                values[node.name] = self._answer(node, one, path, label, optional)
        return Answers(values)

    def _inner(self, node: Group, found: Element | None, path: str, label: str, optional: bool) -> Answers:
        # A group that is absent is read as an empty one, so that what it should hold is named.
        may_be_absent = optional or (found is None and bool(node.relevant))
        element = found or Element(node.name, {})
        return self.group(node, element, path=f"{path}{node.name}/", label=label, optional=may_be_absent)

    def _entries(
        self, node: Group, found: list[Element], path: str, label: str, optional: bool
    ) -> tuple[Answers, ...]:
        return tuple(
            self.group(
                node,
                element,
                path=f"{path}{node.name}[{number}]/",
                label=f"{label}{node.label or node.name}第{number}项·",
                optional=optional,
            )
            for number, element in enumerate(found, 1)
        )

    def _answer(
        self, node: Question, found: Element | None, path: str, label: str, optional: bool
    ) -> Scalar | None:
        where, named = f"{path}{node.name}", f"{label}{node.label}"
        if found is not None and found.children:
            self._wrong(where, named, "里面不能再有其他项目")
            return None
        raw = found.text.strip() if found else ""
        if not raw:
            absent_is_right = found is None and (optional or bool(node.relevant))
            if node.required and not absent_is_right:
                self._wrong(where, named, "没有填写，请补填")
            return None
        try:
            value = read_answer(node, raw)
        except ValueError as error:
            self._wrong(where, named, str(error))
            return None
        if isinstance(value, Picture):
            self.pictures.append(value.name)
        return value

    def _wrong(self, path: str, label: str, message: str) -> None:
        self.problems.append(Problem(path, label, message))


def write_instance(form: Form, answers: Mapping[str, object], instance_id: str) -> str:
    """The XML of a filled-in form; repeats are lists, groups are mappings, blanks may be left out."""
    body = _write_group(form.root, answers)
    return (
        f"<{form.root.name} id={quoteattr(form.id)} version={quoteattr(form.version)}>{body}"
        f"<meta><instanceID>uuid:{escape(instance_id)}</instanceID></meta></{form.root.name}>"
    )


def _write_group(group: Group, answers: Mapping[str, object]) -> str:
    unknown = answers.keys() - {child.name for child in group.children}
    if unknown:
        raise Invalid(sorted(unknown)[0], "不是这张表的项目")
    return "".join(_write(child, answers.get(child.name)) for child in group.children)


def _write(node: Question | Group, value: object) -> str:
    if isinstance(node, Group):
        entries = value if isinstance(value, Sequence) and node.repeat else [value]
        return "".join(
            f"<{node.name}>{_write_group(node, entry)}</{node.name}>"
            for entry in entries
            if isinstance(entry, Mapping)
        )
    if value is None or value == "":
        # What does not apply is left out, as Collect does.
        return "" if node.relevant else f"<{node.name}/>"
    return f"<{node.name}>{escape(_plain(value))}</{node.name}>"


def _plain(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Picture(name):
            return name
        case Place(latitude, longitude, accuracy):
            return f"{latitude} {longitude} 0 {accuracy if accuracy is not None else 0}"
        case tuple() | list():
            return " ".join(str(item) for item in value)
        case date() | datetime() | time():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)
