"""Publicities and their postings: read and written whole, guarded by their version."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

from sqlalchemy import Row, insert, select, update

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.household import Category
from services.common.policy.law import Conflict, Missing
from services.common.policy.publicity import PublicityKind
from services.common.runtime.tx import Tx
from services.disclosure.model import (
    CaseId,
    Cause,
    EndReason,
    HouseholdId,
    ObjectCategory,
    PlaceKind,
    Posting,
    PostingId,
    PostingStage,
    Publicity,
    PublicityId,
    Sex,
    Stage,
)
from services.disclosure.storage.tables import postings, publicities


async def find_publicity(tx: Tx, publicity_id: PublicityId) -> Publicity | None:
    row = await tx.one(select(publicities).where(publicities.c.publicity_id == publicity_id))
    return _publicity(row) if row else None


async def load_publicity(tx: Tx, publicity_id: PublicityId) -> Publicity:
    found = await find_publicity(tx, publicity_id)
    if found is None:
        raise Missing("这次公示")
    return found


async def find_latest_publicity(
    tx: Tx, case_id: CaseId, kind: PublicityKind | None = None
) -> Publicity | None:
    """The newest publicity of a case (of one kind), whatever its stage."""
    newest = select(publicities).where(publicities.c.case_id == case_id)
    if kind is not None:
        newest = newest.where(publicities.c.kind == kind.value)
    order = publicities.c.formed_on.desc(), publicities.c.revision.desc(), publicities.c.round.desc()
    row = await tx.one(newest.order_by(*order).limit(1))
    return _publicity(row) if row else None


async def load_latest_publicity(tx: Tx, case_id: CaseId, kind: PublicityKind | None = None) -> Publicity:
    found = await find_latest_publicity(tx, case_id, kind)
    if found is None:
        raise Missing("该案的初审公示")
    return found


async def overdue_publicities(tx: Tx, day: date) -> list[PublicityId]:
    """Posted publicities whose last day has passed, oldest first."""
    over = (
        select(publicities.c.publicity_id)
        .where(publicities.c.stage == Stage.POSTED.value, publicities.c.ends_on < day)
        .order_by(publicities.c.ends_on, publicities.c.publicity_id)
    )
    return [PublicityId(row.publicity_id) for row in await tx.all(over)]


async def provisional_publicities(tx: Tx) -> list[Publicity]:
    """Running publicities whose last day was counted without a holiday notice."""
    mine = publicities.c.stage == Stage.POSTED.value, publicities.c.provisional
    rows = await tx.all(select(publicities).where(*mine).order_by(publicities.c.publicity_id))
    return [_publicity(row) for row in rows]


async def unproven_postings(tx: Tx, day: date) -> list[Posting]:
    """Places asked for before that day whose photo has not come, of publicities that wait for it."""
    waiting = (
        select(postings)
        .join(publicities, publicities.c.publicity_id == postings.c.publicity_id)
        .where(
            publicities.c.stage == Stage.AWAITING_POSTING.value,
            postings.c.stage == PostingStage.REQUESTED.value,
            postings.c.asked_on < day,
        )
    )
    return [_posting(row) for row in await tx.all(waiting.order_by(postings.c.posting_id))]


async def add_publicity(tx: Tx, publicity: Publicity) -> None:
    await tx.execute(insert(publicities).values(_values(publicity)))


async def save_publicity(tx: Tx, publicity: Publicity) -> None:
    """Write the next version; Conflict if somebody else was first."""
    mine = (
        publicities.c.publicity_id == publicity.publicity_id,
        publicities.c.version == publicity.version,
    )
    changed = replace(publicity, version=publicity.version + 1)
    done = await tx.execute(update(publicities).where(*mine).values(_values(changed)))
    if done.rowcount != 1:
        raise Conflict("这次公示刚被改动，请刷新后重试")


async def load_posting(tx: Tx, posting_id: PostingId) -> Posting:
    row = await tx.one(select(postings).where(postings.c.posting_id == posting_id))
    if row is None:
        raise Missing("这一处张贴")
    return _posting(row)


async def postings_of(tx: Tx, publicity_id: PublicityId) -> list[Posting]:
    mine = select(postings).where(postings.c.publicity_id == publicity_id)
    return [_posting(row) for row in await tx.all(mine.order_by(postings.c.posting_id))]


async def add_posting(tx: Tx, posting: Posting) -> None:
    await tx.execute(insert(postings).values(_values(posting)))


async def save_posting(tx: Tx, posting: Posting) -> None:
    mine = postings.c.posting_id == posting.posting_id
    await tx.execute(update(postings).where(mine).values(_values(posting)))


def _values(record: Publicity | Posting) -> dict[str, object]:
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _publicity(row: Row[Any]) -> Publicity:
    return Publicity(
        publicity_id=PublicityId(row.publicity_id),
        case_id=CaseId(row.case_id),
        household_id=HouseholdId(row.household_id),
        township=TownshipCode(row.township),
        village=VillageCode(row.village),
        compound=row.compound,
        kind=PublicityKind(row.kind),
        revision=row.revision,
        stage=Stage(row.stage),
        head_name=row.head_name,
        household_size=row.household_size,
        cause=Cause(row.cause) if row.cause else None,
        category=Category(row.category) if row.category else None,
        object_category=ObjectCategory(row.object_category) if row.object_category else None,
        sex=Sex(row.sex) if row.sex else None,
        end_reason=EndReason(row.end_reason) if row.end_reason else None,
        residence_village=row.residence_village,
        institution=row.institution,
        round=row.round,
        formed_on=row.formed_on,
        posted_on=row.posted_on,
        first_day=row.first_day,
        ends_on=row.ends_on,
        decidable_on=row.decidable_on,
        provisional=row.provisional,
        version=row.version,
    )


def _posting(row: Row[Any]) -> Posting:
    return Posting(
        posting_id=PostingId(row.posting_id),
        publicity_id=PublicityId(row.publicity_id),
        place=PlaceKind(row.place),
        place_name=row.place_name,
        stage=PostingStage(row.stage),
        posted_at=row.posted_at,
        posted_on=row.posted_on,
        proof_owner=row.proof_owner,
        proof_sha256=row.proof_sha256,
        asked_on=row.asked_on,
        chased=row.chased,
    )
