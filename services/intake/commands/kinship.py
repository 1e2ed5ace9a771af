"""Matching kin, here alone: anew whenever staff, household, declaration or widening changes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from services.common.contracts import intake as events
from services.common.policy.law import Finding
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx
from services.intake.model.case import Case, Stage
from services.intake.model.ids import CaseId, HouseholdId, StaffId
from services.intake.model.kinship import KinDeclaration, KinEntry
from services.intake.model.reexamination import Reexamination, ReexaminationGround
from services.intake.model.registry import Household
from services.intake.rules import kinship as rules
from services.intake.storage import cases, kin_register, registry
from services.intake.storage import kinship as storage

# From the opinion on something has been judged that has to be judged again (R3.11).
JUDGED = (Stage.OPINION_FORMED, Stage.IN_PUBLICITY, Stage.PUBLICITY_CONCLUDED, Stage.DECIDED, Stage.ENROLLED)
REGISTERED = (Stage.ACCEPTED, *JUDGED)


async def refresh_recusal(
    tx: Tx, household: Household, on: date, case_id: CaseId | None = None
) -> Finding[bool]:
    """Settle who is recused and announce a change before anything relies on it; whether kin are declared.

    Kin may work in another township than the household lives in (R3.12), so it looks over the wall.
    """
    async with tx.everywhere():
        return await _settle(tx, household, on, case_id)


async def rematch(tx: Tx, households: Collection[HouseholdId]) -> None:
    """The same for every household that a change may concern, in one order for all."""
    for household_id in sorted(set(households)):
        await refresh_recusal(tx, await registry.load_household(tx, household_id), tx.today)


async def _settle(tx: Tx, household: Household, on: date, case_id: CaseId | None) -> Finding[bool]:
    told = await storage.declarations_of(tx, household.household_id)
    declared = (*told, *await storage.declared_by_staff(tx, household.household_id))
    members = await registry.staff_among_members(tx, household.household_id)
    asked = {one.staff_id for one in await storage.requests_of(tx, household.household_id)}
    widening = await storage.widening_of(tx, household.township, on)
    widened = widening.relations if widening else ()
    recused = rules.recused_staff(declared, members, tx.policy, on, widened=widened, asked=asked)
    if recused.value != await registry.recused_from(tx, household.household_id):
        await registry.replace_recusals(tx, household.household_id, recused.value)
        await tx.record(case_id or household.household_id, recused)
        _announce(household, recused.value, case_id, tx)
    kin = recused.value - (asked - members - {one.staff_id for one in declared})
    apart = rules.kin_declared(declared, kin, tx.policy, on, widened)
    if apart.value:
        await _register(household, told, kin, apart, tx)
    return apart


def _announce(household: Household, staff: Collection[StaffId], case_id: CaseId | None, tx: Tx) -> None:
    tx.publish(
        events.RecusalChanged(
            household_id=household.household_id,
            township=household.township,
            staff_ids=sorted(staff),
        ),
        subject=case_id or household.household_id,
    )


async def _register(
    household: Household,
    told: Collection[KinDeclaration],
    kin: frozenset[StaffId],
    apart: Finding[bool],
    tx: Tx,
) -> None:
    """Every accepted case of the household is registered apart, and what was hidden is looked into."""
    for case in await cases.cases_of(tx, household.household_id):
        if case.stage in REGISTERED:
            await _enter(case, kin, apart, tx, late=case.accepted_on != tx.today)
        if case.stage in JUDGED:
            await _look_into(case, tuple(told), kin, tx)


async def _enter(case: Case, kin: frozenset[StaffId], apart: Finding[bool], tx: Tx, *, late: bool) -> None:
    known = await kin_register.find_entry(tx, case.case_id)
    if known and set(known.staff_ids) == kin:
        return
    entry = KinEntry(
        case_id=case.case_id,
        household_id=case.household_id,
        township=case.township,
        village=case.village,
        staff_ids=tuple(sorted(kin)),
        registered_on=known.registered_on if known else tx.today,
        late=known.late if known else late,
    )
    await kin_register.save_entry(tx, entry)
    await tx.record(case.case_id, apart)
    tx.publish(
        events.KinRegistered(
            case_id=case.case_id,
            household_id=case.household_id,
            township=case.township,
            registered_on=entry.registered_on.isoformat(),
            staff_ids=entry.staff_ids,
            late=entry.late,
        )
    )


async def _look_into(case: Case, told: tuple[KinDeclaration, ...], kin: frozenset[StaffId], tx: Tx) -> None:
    """Kin who come to light after the case was judged: it is examined anew (R3.11), once for each of them."""
    staff = [one for one in [await registry.find_staff(tx, staff_id) for staff_id in sorted(kin)] if one]
    hidden = rules.undeclared(told, kin, staff, case.received_on)
    seen = {
        one for before in await kin_register.reexaminations_of(tx, case.case_id) for one in before.staff_ids
    }
    fresh = hidden.value - seen
    if not fresh:
        return
    await tx.record(case.case_id, hidden)
    await open_reexamination(case, ReexaminationGround.UNDECLARED_KIN, tx, staff_ids=tuple(sorted(fresh)))


async def open_reexamination(
    case: Case,
    ground: ReexaminationGround,
    tx: Tx,
    *,
    staff_ids: tuple[StaffId, ...] = (),
    source_id: str = "",
) -> Reexamination:
    """Enter a new examination and tell the others: the roll marks the basis of the benefit."""
    one = Reexamination(
        reexamination_id=new_id(),
        case_id=case.case_id,
        household_id=case.household_id,
        township=case.township,
        ground=ground,
        staff_ids=staff_ids,
        source_id=source_id,
        opened_on=tx.today,
        opened_by=tx.actor.id,
    )
    await kin_register.save_reexamination(tx, one)
    tx.publish(
        events.ReexaminationOpened(
            reexamination_id=one.reexamination_id,
            case_id=case.case_id,
            household_id=case.household_id,
            township=case.township,
            ground=ground.value,
            opened_on=tx.today.isoformat(),
        )
    )
    return one
