"""Publicities as the office lists them: what must be hung up, what is hanging, what has ended."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select

from services.common.policy.household_terms import Category
from services.common.policy.publicity import PublicityKind
from services.common.runtime.tx import Tx
from services.disclosure.model import Posting, PostingStage, PublicityId, Stage
from services.disclosure.storage import publicities as storage
from services.disclosure.storage.tables import areas, postings, publicities, recusals

LARGEST_LIST = 100


@dataclass(frozen=True, slots=True)
class PublicityLine:
    """One publicity in the list."""

    publicity_id: PublicityId
    case_id: str
    village: str
    head_name: str
    category: Category | None
    kind: PublicityKind
    stage: Stage
    posted_on: date | None
    first_day: date | None
    ends_on: date | None
    provisional: bool
    places: int
    proven: int


async def publicities_of(tx: Tx, areas_held: Sequence[str], stages: Collection[Stage]) -> list[PublicityLine]:
    """Publicities at these stages, what waits for its posting on top, then what ends first."""
    here = or_(*(publicities.c.village.startswith(area, autoescape=True) for area in areas_held))
    wanted = select(publicities).where(
        here,
        publicities.c.stage.in_([stage.value for stage in stages]),
        ~_hidden(await _kin_of(tx)),
    )
    rows = await tx.all(
        wanted.order_by(publicities.c.ends_on.is_(None).desc(), publicities.c.ends_on).limit(LARGEST_LIST)
    )
    counts = await _places(tx, [row.publicity_id for row in rows])
    return [
        PublicityLine(
            publicity_id=row.publicity_id,
            case_id=row.case_id,
            village=row.village,
            head_name=row.head_name,
            category=Category(row.category) if row.category else None,
            kind=PublicityKind(row.kind),
            stage=Stage(row.stage),
            posted_on=row.posted_on,
            first_day=row.first_day,
            ends_on=row.ends_on,
            provisional=row.provisional,
            places=counts.get(row.publicity_id, (0, 0))[0],
            proven=counts.get(row.publicity_id, (0, 0))[1],
        )
        for row in rows
    ]


async def village_names(tx: Tx) -> Mapping[str, str]:
    """Names of all registered areas, by code."""
    return {row.code: row.name for row in await tx.all(select(areas.c.code, areas.c.name))}


async def hanging(tx: Tx, publicity_id: PublicityId) -> list[Posting]:
    """The places of a publicity, without those whose photo was rejected."""
    found = await storage.postings_of(tx, publicity_id)
    return [one for one in found if one.stage is not PostingStage.REJECTED]


def skipped_day(last_day: date, first_day: date, days: int) -> date | None:
    """The day on which the period would have ended had it been a working day."""
    counted = first_day + timedelta(days=days - 1)
    return counted if counted != last_day else None


async def _kin_of(tx: Tx) -> list[str]:
    """Households from which the reader keeps away (R3.10)."""
    rows = await tx.all(select(recusals.c.household_id, recusals.c.staff_ids))
    return [row.household_id for row in rows if tx.actor.id in row.staff_ids]


def _hidden(households: Sequence[str]) -> ColumnElement[bool]:
    return publicities.c.household_id.in_(households)


async def _places(tx: Tx, ids: Sequence[str]) -> Mapping[str, tuple[int, int]]:
    """Places and proven places of each publicity."""
    found: dict[str, tuple[int, int]] = {}
    for row in await tx.all(select(postings).where(postings.c.publicity_id.in_(ids))):
        if row.stage == PostingStage.REJECTED.value:
            continue
        places, proven = found.get(row.publicity_id, (0, 0))
        found[row.publicity_id] = (places + 1, proven + (row.stage == PostingStage.PROVEN.value))
    return found
