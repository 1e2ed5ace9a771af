"""Rows of cases, their members and their clocks, and back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, delete, insert, select, update

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.household import Category
from services.common.policy.law import Conflict, Missing
from services.common.runtime.tx import Tx
from services.intake.model.case import OPEN, Case, CaseMember, DeclineGround, Stage, Supplement
from services.intake.model.clock import Clock, ClockState
from services.intake.model.ids import CaseId, HouseholdId, PersonId, StaffId, VisitId
from services.intake.storage.case_tables import case_members, cases, clocks
from services.intake.storage.registry_tables import persons


async def find_case(tx: Tx, case_id: str) -> Case | None:
    row = await tx.one(select(cases).where(cases.c.case_id == case_id))
    return case_of(row) if row else None


async def load_case(tx: Tx, case_id: str) -> Case:
    case = await find_case(tx, case_id)
    if case is None:
        raise Missing("该申请")
    return case


async def open_case_of(tx: Tx, household_id: HouseholdId, category: Category) -> CaseId | None:
    """An application of the household for this category that is still being handled."""
    found = await tx.scalar(
        select(cases.c.case_id)
        .where(cases.c.household_id == household_id, cases.c.category == category, cases.c.stage.in_(OPEN))
        .limit(1)
    )
    return CaseId(found) if found else None


async def cases_of(tx: Tx, household_id: HouseholdId) -> list[Case]:
    """Every case of a household, oldest first."""
    wanted = select(cases).where(cases.c.household_id == household_id)
    return [case_of(row) for row in await tx.all(wanted.order_by(cases.c.received_on, cases.c.case_id))]


async def add_case(tx: Tx, case: Case, members: Sequence[CaseMember]) -> None:
    await tx.execute(insert(cases).values(case_id=case.case_id, version=1, **_values(case)))
    for position, member in enumerate(members):
        await tx.execute(
            insert(case_members).values(
                township=case.township,
                case_id=case.case_id,
                person_id=member.person_id,
                position=position,
                **_member_values(member),
            )
        )


async def save_case(tx: Tx, case: Case) -> None:
    """Keep the case; Conflict if somebody else changed it since it was loaded."""
    mine = and_(
        cases.c.township == case.township, cases.c.case_id == case.case_id, cases.c.version == case.version
    )
    changed = await tx.execute(update(cases).where(mine).values(version=case.version + 1, **_values(case)))
    if not changed.rowcount:
        raise Conflict("该申请刚被他人办理过,请刷新后再办")


async def members_of(tx: Tx, case_id: str) -> tuple[CaseMember, ...]:
    """The persons of an application, the head first."""
    wanted = (
        select(case_members, persons.c.name, persons.c.born_on, persons.c.id_masked)
        .join(persons, persons.c.person_id == case_members.c.person_id)
        .where(case_members.c.case_id == case_id)
        .order_by(case_members.c.position)
    )
    return tuple(_member_of(row) for row in await tx.all(wanted))


async def save_member(tx: Tx, case: Case, member: CaseMember) -> None:
    """Keep what changed about one person of the application."""
    mine = and_(
        case_members.c.township == case.township,
        case_members.c.case_id == case.case_id,
        case_members.c.person_id == member.person_id,
    )
    await tx.execute(update(case_members).where(mine).values(_member_values(member)))


async def find_clock(tx: Tx, case_id: str, clock: str) -> Clock | None:
    row = await tx.one(select(clocks).where(clocks.c.case_id == case_id, clocks.c.clock == clock))
    return clock_of(row) if row else None


async def save_clock(tx: Tx, clock: Clock) -> None:
    mine = and_(
        clocks.c.township == clock.township,
        clocks.c.case_id == clock.case_id,
        clocks.c.clock == clock.clock,
    )
    await tx.execute(delete(clocks).where(mine))
    await tx.execute(
        insert(clocks).values(
            township=clock.township,
            case_id=clock.case_id,
            clock=clock.clock,
            owner=clock.owner,
            household_id=clock.household_id,
            state=clock.state,
            started_on=clock.started_on,
            target_on=clock.target_on,
            due_on=clock.due_on,
            provisional=clock.provisional,
            article=clock.article,
            ground=clock.ground,
            stopped_on=clock.stopped_on,
            overdue_on=clock.overdue_on,
        )
    )


async def running_clocks(tx: Tx, owner: str) -> list[Clock]:
    wanted = select(clocks).where(clocks.c.state == ClockState.RUNNING, clocks.c.owner == owner)
    return [clock_of(row) for row in await tx.all(wanted.order_by(clocks.c.case_id, clocks.c.clock))]


async def newly_overdue(tx: Tx, day: date) -> list[Clock]:
    """Clocks that run past their end on that day and were not noted yet."""
    wanted = select(clocks).where(
        clocks.c.state == ClockState.RUNNING, clocks.c.due_on < day, clocks.c.overdue_on.is_(None)
    )
    return [clock_of(row) for row in await tx.all(wanted.order_by(clocks.c.due_on, clocks.c.case_id))]


def case_of(row: Row[Any]) -> Case:
    return Case(
        case_id=CaseId(row.case_id),
        household_id=HouseholdId(row.household_id),
        township=TownshipCode(row.township),
        village=VillageCode(row.village),
        category=Category(row.category),
        stage=Stage(row.stage),
        received_on=row.received_on,
        visit_id=VisitId(row.visit_id) if row.visit_id else None,
        claim=row.claim,
        helped_by=StaffId(row.helped_by) if row.helped_by else None,
        accepted_on=row.accepted_on,
        handler_id=StaffId(row.handler_id) if row.handler_id else None,
        supplement=_supplement_of(row.supplement),
        declined_on=row.declined_on,
        decline_ground=DeclineGround(row.decline_ground) if row.decline_ground else None,
        opinion_revision=row.opinion_revision,
        outcome=row.outcome,
        version=row.version,
    )


def clock_of(row: Row[Any]) -> Clock:
    return Clock(
        case_id=CaseId(row.case_id),
        household_id=HouseholdId(row.household_id),
        township=TownshipCode(row.township),
        clock=row.clock,
        owner=row.owner,
        state=ClockState(row.state),
        started_on=row.started_on,
        target_on=row.target_on,
        due_on=row.due_on,
        provisional=row.provisional,
        article=row.article,
        ground=row.ground,
        stopped_on=row.stopped_on,
        overdue_on=row.overdue_on,
    )


def _values(case: Case) -> dict[str, object]:
    supplement = case.supplement
    return {
        "household_id": case.household_id,
        "township": case.township,
        "village": case.village,
        "category": case.category,
        "stage": case.stage,
        "received_on": case.received_on,
        "visit_id": case.visit_id,
        "claim": case.claim,
        "helped_by": case.helped_by,
        "accepted_on": case.accepted_on,
        "handler_id": case.handler_id,
        "supplement": {
            "missing": list(supplement.missing),
            "told_on": supplement.told_on.isoformat(),
            "due_on": supplement.due_on.isoformat(),
        }
        if supplement
        else None,
        "declined_on": case.declined_on,
        "decline_ground": case.decline_ground,
        "opinion_revision": case.opinion_revision,
        "outcome": case.outcome,
    }


def _supplement_of(data: dict[str, Any] | None) -> Supplement | None:
    if not data:
        return None
    return Supplement(
        tuple(data["missing"]), date.fromisoformat(data["told_on"]), date.fromisoformat(data["due_on"])
    )


def _member_values(member: CaseMember) -> dict[str, object]:
    return {
        "relation": member.relation,
        "counted": member.counted,
        "authorised": member.authorised,
        "is_staff": member.is_staff,
        "kin_relation": member.kin_relation,
        "kin_staff_id": member.kin_staff_id,
    }


def _member_of(row: Row[Any]) -> CaseMember:
    return CaseMember(
        person_id=PersonId(row.person_id),
        name=row.name,
        born_on=row.born_on,
        relation=row.relation,
        counted=row.counted,
        authorised=row.authorised,
        is_staff=row.is_staff,
        kin_relation=row.kin_relation,
        kin_staff_id=row.kin_staff_id,
        id_masked=row.id_masked,
    )
