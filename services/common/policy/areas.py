"""The district and its township-level units: codes, and how each body, its head and its seal are called."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import NewType

from services.common.policy.law import Missing
from services.common.policy.shipped import shipped

TownshipCode = NewType("TownshipCode", str)
VillageCode = NewType("VillageCode", str)


class UnitKind(StrEnum):
    """What a unit of township level is; it decides what its papers may be headed."""

    STREET = "street"
    TOWN = "town"
    CENTRE = "centre"


@dataclass(frozen=True, slots=True)
class Unit:
    """One township, street or centre; `confirmed` is false where its wording is still to be asked.

    `mark` is the letters its papers are numbered under (机关代字), a default until the office says its own.
    """

    code: TownshipCode
    kind: UnitKind
    name: str
    body: str
    head_title: str
    seal: str
    confirmed: bool
    mark: str
    mark_confirmed: bool


@dataclass(frozen=True, slots=True)
class District:
    """The district itself and its bureau."""

    code: str
    name: str
    bureau: str
    seal: str


@cache
def _units() -> dict[TownshipCode, Unit]:
    data = shipped("areas.toml")
    units = (_unit(row, data["district"]["name"]) for row in data["unit"])
    return {unit.code: unit for unit in units}


def _unit(row: dict[str, str], district: str) -> Unit:
    kind = UnitKind(row["kind"])
    body = row.get("body") or {"street": "{}办事处", "town": "{}人民政府"}[kind].format(row["name"])
    head = row.get("head_title") or {"street": "办事处主任", "town": "镇长"}[kind]
    seal = row.get("seal") or f"{district}{body}"
    confirmed = str(row.get("confirmed", "true")) == "true"
    mark, mark_confirmed = row["mark"], row.get("mark_confirmed", "false") == "true"
    return Unit(
        TownshipCode(row["code"]), kind, row["name"], body, head, seal, confirmed, mark, mark_confirmed
    )


DISTRICT = District(**shipped("areas.toml")["district"])
UNITS: tuple[Unit, ...] = tuple(_units().values())


def unit(code: str) -> Unit:
    """The unit of a 9-digit code, or of the 12-digit code of a village in it."""
    found = _units().get(TownshipCode(code[:9])) if len(code) in (9, 12) else None
    if found is None:
        raise Missing(f"区划代码为 {code[:12]} 的镇、街(中心)")
    return found
