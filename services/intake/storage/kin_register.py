"""Rows of the separate register of kin, of re-examinations and of referrals, and back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, and_, insert, or_, select, update

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.law import Missing
from services.common.runtime.tx import Tx
from services.intake.model.ids import CaseId, HouseholdId, StaffId
from services.intake.model.kinship import KinEntry
from services.intake.model.reexamination import Reexamination, ReexaminationGround, ReexaminationOutcome
from services.intake.model.referral import Referral, ReferralKind
from services.intake.storage.kin_tables import kin_entries, reexaminations, referrals


async def find_entry(tx: Tx, case_id: str) -> KinEntry | None:
    row = await tx.one(select(kin_entries).where(kin_entries.c.case_id == case_id))
    return _entry(row) if row else None


async def load_entry(tx: Tx, case_id: str) -> KinEntry:
    entry = await find_entry(tx, case_id)
    if entry is None:
        raise Missing("该户的近亲属登记")
    return entry


async def save_entry(tx: Tx, entry: KinEntry) -> None:
    values = asdict(entry) | {"staff_ids": list(entry.staff_ids)}
    mine = and_(kin_entries.c.township == entry.township, kin_entries.c.case_id == entry.case_id)
    changed = await tx.execute(update(kin_entries).where(mine).values(values))
    if not changed.rowcount:
        await tx.execute(insert(kin_entries).values(values))


async def entries_in(tx: Tx, areas: Collection[str]) -> list[KinEntry]:
    """The register of these areas, newest first."""
    here = or_(*(kin_entries.c.village.startswith(area, autoescape=True) for area in areas))
    wanted = select(kin_entries).where(here)
    rows = await tx.all(wanted.order_by(kin_entries.c.registered_on.desc(), kin_entries.c.case_id))
    return [_entry(row) for row in rows]


def _entry(row: Row[Any]) -> KinEntry:
    return KinEntry(
        case_id=CaseId(row.case_id),
        household_id=HouseholdId(row.household_id),
        township=TownshipCode(row.township),
        village=VillageCode(row.village),
        staff_ids=tuple(map(StaffId, row.staff_ids)),
        registered_on=row.registered_on,
        late=row.late,
        filed_on=row.filed_on,
        filed_by=row.filed_by,
    )


async def save_reexamination(tx: Tx, one: Reexamination) -> None:
    values = asdict(one) | {"staff_ids": list(one.staff_ids), "outcome": one.outcome or ""}
    mine = and_(
        reexaminations.c.township == one.township,
        reexaminations.c.reexamination_id == one.reexamination_id,
    )
    changed = await tx.execute(update(reexaminations).where(mine).values(values))
    if not changed.rowcount:
        await tx.execute(insert(reexaminations).values(values))


async def reexaminations_of(tx: Tx, case_id: str) -> list[Reexamination]:
    wanted = select(reexaminations).where(reexaminations.c.case_id == case_id)
    ordered = wanted.order_by(reexaminations.c.opened_on, reexaminations.c.reexamination_id)
    return [_reexamination(row) for row in await tx.all(ordered)]


async def open_reexamination(tx: Tx, case_id: str) -> Reexamination | None:
    """The new examination that a case is under, the oldest first."""
    return next((one for one in await reexaminations_of(tx, case_id) if one.is_open), None)


async def open_reexaminations_in(tx: Tx, areas: Collection[str]) -> list[Reexamination]:
    here = or_(*(reexaminations.c.township.startswith(area[:9], autoescape=True) for area in areas))
    wanted = select(reexaminations).where(here, reexaminations.c.concluded_on.is_(None))
    return [_reexamination(row) for row in await tx.all(wanted.order_by(reexaminations.c.opened_on))]


def _reexamination(row: Row[Any]) -> Reexamination:
    return Reexamination(
        reexamination_id=row.reexamination_id,
        case_id=CaseId(row.case_id),
        household_id=HouseholdId(row.household_id),
        township=TownshipCode(row.township),
        ground=ReexaminationGround(row.ground),
        staff_ids=tuple(map(StaffId, row.staff_ids)),
        source_id=row.source_id,
        opened_on=row.opened_on,
        opened_by=row.opened_by,
        concluded_on=row.concluded_on,
        concluded_by=row.concluded_by,
        outcome=ReexaminationOutcome(row.outcome) if row.outcome else None,
        monthly_amount_fen=row.monthly_amount_fen,
    )


async def save_referral(tx: Tx, referral: Referral) -> None:
    mine = referrals.c.referral_id == referral.referral_id
    changed = await tx.execute(update(referrals).where(mine).values(asdict(referral)))
    if not changed.rowcount:
        await tx.execute(insert(referrals).values(asdict(referral)))


async def find_referral(tx: Tx, referral_id: str) -> Referral | None:
    row = await tx.one(select(referrals).where(referrals.c.referral_id == referral_id))
    return _referral(row) if row else None


async def load_referral(tx: Tx, referral_id: str) -> Referral:
    referral = await find_referral(tx, referral_id)
    if referral is None:
        raise Missing("该移送")
    return referral


async def referrals_in(tx: Tx, areas: Collection[str], reader: str) -> list[Referral]:
    """Referrals of these areas; nobody reads what concerns himself."""
    here = or_(*(referrals.c.area.startswith(area, autoescape=True) for area in areas))
    wanted = select(referrals).where(here, referrals.c.staff_id != reader)
    ordered = wanted.order_by(referrals.c.answered_on.is_not(None), referrals.c.referred_on.desc())
    return [_referral(row) for row in await tx.all(ordered)]


def _referral(row: Row[Any]) -> Referral:
    return Referral(
        referral_id=row.referral_id,
        kind=ReferralKind(row.kind),
        area=row.area,
        staff_id=StaffId(row.staff_id),
        case_id=row.case_id,
        facts=row.facts,
        authority=row.authority,
        referred_on=row.referred_on,
        referred_by=row.referred_by,
        receipt_no=row.receipt_no,
        received_on=row.received_on,
        outcome=row.outcome,
        answered_on=row.answered_on,
    )
