"""Declarations of kin, by households and by staff; what townships widen; who asked to be recused."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, delete, insert, or_, select, update

from services.common.policy.areas import TownshipCode
from services.common.policy.law import Missing
from services.common.runtime.tx import Tx
from services.intake.model.ids import CaseId, HouseholdId, PersonId, StaffId
from services.intake.model.kinship import (
    DeclarationStage,
    KinDeclaration,
    RecusalRequest,
    StaffDeclaration,
    Widening,
)
from services.intake.storage.kin_tables import kin_widenings, recusal_requests, staff_declarations
from services.intake.storage.registry_tables import household_members, households, recusals
from services.intake.storage.registry_tables import kin_declarations as table


async def save_declaration(
    tx: Tx, household_id: HouseholdId, declared: KinDeclaration, on: date, case_id: CaseId
) -> None:
    """Keep a declaration; a later one about the same member of staff takes its place."""
    mine = and_(
        table.c.household_id == household_id,
        table.c.person_id == declared.person_id,
        table.c.staff_id == declared.staff_id,
    )
    await tx.execute(delete(table).where(mine))
    await tx.execute(
        insert(table).values(
            household_id=household_id,
            person_id=declared.person_id,
            staff_id=declared.staff_id,
            relation=declared.relation,
            is_staff=declared.is_staff,
            declared_on=on,
            case_id=case_id,
        )
    )


async def declarations_of(tx: Tx, household_id: HouseholdId) -> tuple[KinDeclaration, ...]:
    """What the household itself declared."""
    rows = await tx.all(
        select(table)
        .where(table.c.household_id == household_id)
        .order_by(table.c.person_id, table.c.staff_id)
    )
    return tuple(
        KinDeclaration(PersonId(row.person_id), StaffId(row.staff_id), row.relation, row.is_staff)
        for row in rows
    )


async def declared_by_staff(tx: Tx, household_id: HouseholdId) -> tuple[KinDeclaration, ...]:
    """What staff declared about people of the household; it counts from the day it was said."""
    members = select(household_members.c.person_id).where(household_members.c.household_id == household_id)
    rows = await tx.all(
        select(staff_declarations)
        .where(
            staff_declarations.c.person_id.in_(members),
            staff_declarations.c.stage != DeclarationStage.RETURNED,
        )
        .order_by(staff_declarations.c.person_id, staff_declarations.c.staff_id)
    )
    return tuple(
        KinDeclaration(PersonId(row.person_id), StaffId(row.staff_id), row.relation, is_staff=False)
        for row in rows
    )


async def households_naming(tx: Tx, staff_id: StaffId) -> list[HouseholdId]:
    """Households that declared this member of staff."""
    rows = await tx.all(
        select(table.c.household_id)
        .where(table.c.staff_id == staff_id)
        .distinct()
        .order_by(table.c.household_id)
    )
    return [HouseholdId(row.household_id) for row in rows]


async def households_declaring_in(tx: Tx, township: str) -> list[HouseholdId]:
    """Households of a township about which any kin was declared, by themselves or by staff."""
    told = select(table.c.household_id)
    by_staff = select(household_members.c.household_id).join(
        staff_declarations, staff_declarations.c.person_id == household_members.c.person_id
    )
    wanted = select(households.c.household_id).where(
        households.c.township == township,
        or_(households.c.household_id.in_(told), households.c.household_id.in_(by_staff)),
    )
    return [HouseholdId(row.household_id) for row in await tx.all(wanted.order_by(households.c.household_id))]


async def households_recusing(tx: Tx, staff_id: StaffId) -> list[HouseholdId]:
    """Households from which this member of staff is recused now."""
    rows = await tx.all(select(recusals.c.household_id).where(recusals.c.staff_id == staff_id))
    return [HouseholdId(row.household_id) for row in rows]


async def households_of_person(tx: Tx, person_id: PersonId) -> list[HouseholdId]:
    """Households anywhere in the district in which somebody lives."""
    wanted = select(household_members.c.household_id).where(household_members.c.person_id == person_id)
    found = await tx.all(wanted.order_by(household_members.c.household_id))
    return [HouseholdId(row.household_id) for row in found]


async def save_staff_declaration(tx: Tx, told: StaffDeclaration) -> None:
    values = asdict(told)
    mine = staff_declarations.c.declaration_id == told.declaration_id
    changed = await tx.execute(update(staff_declarations).where(mine).values(values))
    if not changed.rowcount:
        await tx.execute(insert(staff_declarations).values(values))


async def find_staff_declaration(tx: Tx, declaration_id: str) -> StaffDeclaration | None:
    wanted = select(staff_declarations).where(staff_declarations.c.declaration_id == declaration_id)
    row = await tx.one(wanted)
    return _told(row) if row else None


async def load_staff_declaration(tx: Tx, declaration_id: str) -> StaffDeclaration:
    told = await find_staff_declaration(tx, declaration_id)
    if told is None:
        raise Missing("该近亲属申报")
    return told


async def find_told_about(tx: Tx, staff_id: str, person_id: PersonId) -> StaffDeclaration | None:
    """What this member of staff declared about this person before."""
    wanted = select(staff_declarations).where(
        staff_declarations.c.staff_id == staff_id, staff_declarations.c.person_id == person_id
    )
    row = await tx.one(wanted)
    return _told(row) if row else None


async def staff_declarations_in(tx: Tx, areas: Collection[str], staff_id: str = "") -> list[StaffDeclaration]:
    """Declarations of staff who work in these areas, and the reader's own; the open ones first."""
    here = [staff_declarations.c.area.startswith(area, autoescape=True) for area in areas]
    wanted = (
        select(staff_declarations)
        .where(or_(*here, staff_declarations.c.staff_id == staff_id))
        .order_by(
            staff_declarations.c.filed_on.is_not(None),
            staff_declarations.c.declared_on.desc(),
            staff_declarations.c.declaration_id,
        )
    )
    return [_told(row) for row in await tx.all(wanted)]


def _told(row: Row[Any]) -> StaffDeclaration:
    return StaffDeclaration(
        declaration_id=row.declaration_id,
        staff_id=StaffId(row.staff_id),
        area=row.area,
        person_id=PersonId(row.person_id),
        relation=row.relation,
        stage=DeclarationStage(row.stage),
        declared_on=row.declared_on,
        reviewed_by=row.reviewed_by,
        reviewed_on=row.reviewed_on,
        filed_by=row.filed_by,
        filed_on=row.filed_on,
        note=row.note,
    )


async def save_widening(tx: Tx, widening: Widening) -> None:
    mine = and_(kin_widenings.c.township == widening.township, kin_widenings.c.from_on == widening.from_on)
    await tx.execute(delete(kin_widenings).where(mine))
    await tx.execute(
        insert(kin_widenings).values(**asdict(widening) | {"relations": list(widening.relations)})
    )


async def widening_of(tx: Tx, township: str, on: date) -> Widening | None:
    """What the township counts beyond the list on that day."""
    wanted = (
        select(kin_widenings)
        .where(kin_widenings.c.township == township, kin_widenings.c.from_on <= on)
        .order_by(kin_widenings.c.from_on.desc())
        .limit(1)
    )
    row = await tx.one(wanted)
    if row is None:
        return None
    return Widening(
        TownshipCode(row.township), row.from_on, tuple(row.relations), row.reason, StaffId(row.set_by)
    )


async def save_request(tx: Tx, asked: RecusalRequest) -> None:
    mine = recusal_requests.c.request_id == asked.request_id
    changed = await tx.execute(update(recusal_requests).where(mine).values(asdict(asked)))
    if not changed.rowcount:
        await tx.execute(insert(recusal_requests).values(asdict(asked)))


async def load_request(tx: Tx, request_id: str) -> RecusalRequest:
    row = await tx.one(select(recusal_requests).where(recusal_requests.c.request_id == request_id))
    if row is None:
        raise Missing("该回避申请")
    return _asked(row)


async def requests_of(tx: Tx, household_id: str) -> list[RecusalRequest]:
    wanted = select(recusal_requests).where(recusal_requests.c.household_id == household_id)
    return [_asked(row) for row in await tx.all(wanted.order_by(recusal_requests.c.asked_on))]


async def requests_waiting(tx: Tx, areas: Collection[str]) -> list[RecusalRequest]:
    """Requests for which nobody was named yet."""
    here = or_(*(recusal_requests.c.township.startswith(area[:9], autoescape=True) for area in areas))
    wanted = select(recusal_requests).where(here, recusal_requests.c.replacement_id.is_(None))
    return [_asked(row) for row in await tx.all(wanted.order_by(recusal_requests.c.asked_on))]


def _asked(row: Row[Any]) -> RecusalRequest:
    return RecusalRequest(
        request_id=row.request_id,
        case_id=CaseId(row.case_id),
        household_id=HouseholdId(row.household_id),
        township=TownshipCode(row.township),
        staff_id=StaffId(row.staff_id),
        reason=row.reason,
        asked_on=row.asked_on,
        replacement_id=StaffId(row.replacement_id) if row.replacement_id else None,
        named_by=row.named_by,
        named_on=row.named_on,
    )
