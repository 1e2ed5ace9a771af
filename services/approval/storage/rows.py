"""Dataclasses as rows: enums by value, months as text, tuples as lists; a version counts the updates."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Table, and_, insert, update

from services.common.policy.law import Conflict
from services.common.policy.month import Month

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from services.common.runtime.tx import Tx


def values_of(one: DataclassInstance) -> dict[str, object]:
    """Every field of a record as its column holds it."""
    return {field.name: column(getattr(one, field.name)) for field in fields(one)}


def column(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, Month) else value


def plain(type_: type[Any], row: Any) -> dict[str, Any]:
    """The fields of a record as they stand in a row."""
    return {field.name: getattr(row, field.name) for field in fields(type_)}


async def save(tx: Tx, table: Table, key: str, one: Any, stale: str) -> None:
    """Insert at version 0, else update what nobody else has changed since it was loaded."""
    values = values_of(one)
    if one.version == 0:
        await tx.execute(insert(table).values(values | {"version": 1}))
        return
    mine: ColumnElement[bool] = and_(table.c[key] == getattr(one, key), table.c.version == one.version)
    changed = await tx.execute(update(table).where(mine).values(values | {"version": one.version + 1}))
    if changed.rowcount != 1:
        raise Conflict(stale)
