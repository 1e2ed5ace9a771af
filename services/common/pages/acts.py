"""Forms of acts: fields that keep what was typed, a confirmation that starts empty, errors at their field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from starlette.datastructures import FormData

from services.common.policy.law import Article, Conflict, Forbidden, Invalid, Missing, Refused
from services.common.policy.money import parse_yuan
from services.common.runtime.actor import Actor
from services.common.runtime.adapter import translate
from services.common.runtime.auth import NotSignedIn
from services.common.runtime.http import STATUS
from services.common.runtime.service import Service

CONFIRMED = "confirmed"
Typed = Mapping[str, Any]


class Kind(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    AREA = "area"
    LINES = "lines"
    RADIO = "radio"
    CHECKS = "checks"
    SELECT = "select"
    DAY = "day"
    MOMENT = "moment"
    MONEY = "money"
    TICK = "tick"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Choice:
    """One option; `why_not` disables it and says why."""

    value: str
    label: str
    hint: str = ""
    why_not: str = ""
    names: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form; its name is the command's."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    hint: str = ""
    choices: Sequence[Choice] = ()
    start: Any = ""
    required: bool = True
    unit: str = "元/月"

    def read(self, form: FormData) -> Any:
        """What was typed, as it was typed."""
        match self.kind:
            case Kind.CHECKS:
                return [str(value) for value in form.getlist(self.name)]
            case Kind.MOMENT:
                return (str(form.get(f"{self.name}-day", "")), str(form.get(f"{self.name}-time", "")))
            case _:
                return str(form.get(self.name, ""))

    def value(self, typed: Any) -> Any:
        """What the command is given; Invalid names this field."""
        match self.kind:
            case Kind.LINES:
                return [line.strip() for line in typed.splitlines() if line.strip()]
            case Kind.MOMENT:
                return f"{typed[0]}T{typed[1]}:00+08:00" if all(typed) else ""
            case Kind.MONEY:
                try:
                    return parse_yuan(typed or "0")
                except Invalid as error:
                    raise Invalid(self.name, error.message) from error
            case _:
                return typed


@dataclass(frozen=True, slots=True)
class Errors:
    """Why an act was not done: a sentence with its article, or what is wrong with a field."""

    message: str = ""
    article: Article | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    status: int = 422

    def __bool__(self) -> bool:
        return bool(self.message or self.fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A form that becomes one command. A legal act says what, to whom, on what ground and what follows."""

    slug: str
    title: str
    command: type
    back: str
    submit: str
    fixed: Mapping[str, Any] = field(default_factory=dict)
    fields: Sequence[Field] = ()
    facts: Sequence[tuple[str, str]] = ()
    articles: Sequence[Article] = ()
    warning: str = ""
    confirm: str = ""
    crumbs: Sequence[tuple[str, str]] = ()
    names: Sequence[str] = ()
    subject: tuple[str, str] | None = None

    def start(self) -> Typed:
        return {one.name: one.start for one in self.fields}

    def read(self, form: FormData) -> Typed:
        return {one.name: one.read(form) for one in self.fields} | {CONFIRMED: str(form.get(CONFIRMED, ""))}


async def attempt(service: Service, act: Act, typed: Typed, actor: Actor) -> Errors | None:
    """Perform the act through the gate; what stands against it, or None when it is done."""
    if wrong := _unfilled(act, typed):
        return Errors(fields=wrong)
    try:
        values = {one.name: one.value(typed[one.name]) for one in act.fields}
        command: object = translate({**values, **act.fixed}, act.command)
        # A form may hold what was typed in another shape than the command takes.
        await service.perform(getattr(command, "command", command), actor)
    except NotSignedIn:
        raise
    except Invalid as error:
        if any(one.name == error.field for one in act.fields):
            return Errors(fields={error.field: error.message})
        return Errors(error.message)
    except (Refused, Conflict, Missing, Forbidden) as error:
        status = next(code for type_, code in STATUS if isinstance(error, type_))
        return Errors(error.message, getattr(error, "article", None), status=status)
    return None


def _unfilled(act: Act, typed: Typed) -> Mapping[str, str]:
    wrong = {one.name: _ask(one) for one in act.fields if one.required and _is_empty(typed[one.name])}
    if act.confirm and not typed.get(CONFIRMED):
        wrong[CONFIRMED] = "请核对以上内容后勾选"
    return wrong


def _is_empty(typed: Any) -> bool:
    return (
        not all(typed)
        if isinstance(typed, tuple)
        else not (typed.strip() if isinstance(typed, str) else typed)
    )


def _ask(one: Field) -> str:
    chosen = one.kind in (Kind.RADIO, Kind.CHECKS, Kind.SELECT)
    return f"请{'选择' if chosen else '填写'}{one.label}"
