"""Declarations of kin among staff, as the households made them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, delete, insert, select

from services.common.runtime.tx import Tx
from services.intake.model.ids import CaseId, HouseholdId, PersonId, StaffId
from services.intake.model.kinship import KinDeclaration
from services.intake.storage.registry_tables import kin_declarations as table
from services.intake.storage.registry_tables import recusals


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
    rows = await tx.all(
        select(table)
        .where(table.c.household_id == household_id)
        .order_by(table.c.person_id, table.c.staff_id)
    )
    return tuple(
        KinDeclaration(PersonId(row.person_id), StaffId(row.staff_id), row.relation, row.is_staff)
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


async def households_recusing(tx: Tx, staff_id: StaffId) -> list[HouseholdId]:
    """Households from which this member of staff is recused now."""
    rows = await tx.all(select(recusals.c.household_id).where(recusals.c.staff_id == staff_id))
    return [HouseholdId(row.household_id) for row in rows]
