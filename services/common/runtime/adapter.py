"""The one adapter between the wire and a command: fields are matched by name and converted by type hint."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from google.protobuf.message import Message

from services.common.policy.identity import IdNumber
from services.common.policy.law import Invalid

T = TypeVar("T")
_ABSENT = object()


def translate(source: Message | Mapping[str, Any], command: type[T]) -> T:
    """Build `command` from a proto message, a form or a JSON object. Raises Invalid naming the field."""
    values: dict[str, Any] = {}
    for field in _fields(command):  # type: ignore[arg-type]
        raw = _get(source, field.name)
        if raw is _ABSENT:
            if not field.required:
                continue
            raw = ""
        values[field.name] = _convert(raw, field.hint, field.name)
    return command(**values)


def fill(answer: type[Message], *sources: object) -> Message:
    """Build a reply from the first source that has an attribute of each field's name."""
    message = answer()
    for name in answer.DESCRIPTOR.fields_by_name:
        for source in sources:
            value = getattr(source, name, None)
            if value is not None:
                _assign(message, name, value)
                break
    return message


@dataclasses.dataclass(frozen=True, slots=True)
class _Field:
    name: str
    hint: Any
    required: bool


@cache
def _fields(command: type) -> tuple[_Field, ...]:
    hints = typing.get_type_hints(command)
    return tuple(
        _Field(
            field.name,
            hints[field.name],
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
        )
        for field in dataclasses.fields(command)
    )


def _get(source: Message | Mapping[str, Any], name: str) -> Any:
    if isinstance(source, Message):
        descriptor = source.DESCRIPTOR.fields_by_name.get(name)
        if descriptor is None:
            return _ABSENT
        if descriptor.has_presence and not source.HasField(name):
            return None if descriptor.message_type else _ABSENT
        return getattr(source, name)
    return source.get(name, _ABSENT)


def _convert(raw: Any, hint: Any, name: str) -> Any:
    hint = _plain_hint(hint)
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        inner = [option for option in typing.get_args(hint) if option is not type(None)]
        return None if raw is None or raw == "" else _convert(raw, inner[0], name)
    if origin in (tuple, frozenset):
        items = [raw] if isinstance(raw, str) else raw or ()
        return origin(_convert(item, typing.get_args(hint)[0], name) for item in items)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type) and hint is not IdNumber:
        if not isinstance(raw, Message | Mapping):
            raise Invalid(name, "缺少这一项,请补填")
        return translate(raw, hint)
    return _scalar(raw, hint, name)


def _scalar(raw: Any, hint: Any, name: str) -> Any:
    if raw is None:
        raw = ""
    try:
        if hint is IdNumber:
            return IdNumber.parse(str(raw))
        if isinstance(hint, type) and issubclass(hint, Enum):
            return hint(raw)
        if hint is date:
            return date.fromisoformat(raw)
        if hint is datetime:
            return _instant(raw)
        if hint is bool:
            return raw in (True, "true", "1", "on", 1)
        if hint is int:
            return int(raw or 0)
        return hint(raw)
    except (ValueError, TypeError) as error:
        raise Invalid(name, f"“{name}”的内容无法识别,请检查后重填") from error


def _instant(raw: str) -> datetime:
    instant = datetime.fromisoformat(raw.replace("Z", "+00:00"))
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return instant


def _plain_hint(hint: Any) -> Any:
    """What a NewType is made of."""
    while isinstance(hint, typing.NewType):
        hint = hint.__supertype__
    return hint


def _assign(message: Message, name: str, value: Any) -> None:
    descriptor = message.DESCRIPTOR.fields_by_name[name]
    if descriptor.is_repeated:
        target = getattr(message, name)
        for item in sorted(value) if isinstance(value, set | frozenset) else value:
            if isinstance(item, Message):
                target.add().CopyFrom(item)
            elif descriptor.message_type:
                _add(target, item)
            else:
                target.append(_wire(item))
    elif descriptor.message_type:
        inner = getattr(message, name)
        inner.CopyFrom(value if isinstance(value, Message) else fill(type(inner), value))
    else:
        setattr(message, name, _wire(value))


def _add(target: Any, item: object) -> None:
    fresh = target.add()
    fresh.CopyFrom(fill(type(fresh), item))


def _wire(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value
