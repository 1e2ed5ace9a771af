"""Rows of areas, staff, households and persons, and back; ID numbers go in and out sealed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Row, and_, delete, insert, or_, select, update

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.identity import IdNumber
from services.common.policy.law import Conflict, Missing
from services.common.policy.roles import Role
from services.common.runtime.tx import Tx
from services.intake.model.ids import HouseholdId, PersonId, StaffId
from services.intake.model.registry import Area, HeldPost, Household, Resident, Staff
from services.intake.rules.names import spellings
from services.intake.storage import changes
from services.intake.storage.registry_tables import (
    areas,
    former_names,
    household_members,
    households,
    persons,
    posts,
    recusals,
    staff,
)
from services.intake.storage.visit_tables import task_assignees, tasks


async def save_area(tx: Tx, area: Area) -> None:
    values = {"name": area.name, "compounds": list(area.compounds), "report_phone": area.report_phone}
    found = await tx.execute(update(areas).where(areas.c.code == area.code).values(values))
    if not found.rowcount:
        await tx.execute(insert(areas).values(code=area.code, **values))


async def find_area(tx: Tx, code: str) -> Area | None:
    row = await tx.one(select(areas).where(areas.c.code == code))
    return Area(row.code, row.name, tuple(row.compounds), row.report_phone) if row else None


async def save_staff(tx: Tx, person: Staff, id_number: IdNumber | None) -> None:
    """Keep a member of staff with exactly these posts; an account or ID number has one holder."""
    values: dict[str, object] = {
        "name": person.name,
        "phone": person.phone,
        "account": person.account or None,
    }
    if id_number:
        values |= _sealed(tx, "staff", person.staff_id, id_number)
    await _require_free(tx, person, values)
    found = await tx.execute(update(staff).where(staff.c.staff_id == person.staff_id).values(values))
    if not found.rowcount:
        await tx.execute(insert(staff).values(staff_id=person.staff_id, **values))
    await tx.execute(delete(posts).where(posts.c.staff_id == person.staff_id))
    for held in person.posts:
        await tx.execute(
            insert(posts).values(
                staff_id=person.staff_id,
                role=held.role,
                area=held.area,
                from_on=held.from_on,
                to_on=held.to_on,
            )
        )


async def _require_free(tx: Tx, person: Staff, values: dict[str, object]) -> None:
    taken = [staff.c.account == person.account] if person.account else []
    if "id_index" in values:
        taken.append(staff.c.id_index == values["id_index"])
    if taken and await tx.scalar(
        select(staff.c.staff_id).where(staff.c.staff_id != person.staff_id, or_(*taken)).limit(1)
    ):
        raise Conflict("该账号或身份证号已登记在另一名工作人员名下,请核对")


async def find_staff(tx: Tx, staff_id: str) -> Staff | None:
    row = await tx.one(select(staff).where(staff.c.staff_id == staff_id))
    return await _staff(tx, row) if row else None


async def find_staff_by_account(tx: Tx, account: str) -> Staff | None:
    row = await tx.one(select(staff).where(staff.c.account == account))
    return await _staff(tx, row) if row else None


async def _staff(tx: Tx, row: Row[tuple[object, ...]]) -> Staff:
    held = await tx.all(select(posts).where(posts.c.staff_id == row.staff_id).order_by(posts.c.from_on))
    return Staff(
        StaffId(row.staff_id),
        row.name,
        row.phone,
        row.account or "",
        tuple(HeldPost(Role(p.role), p.area, p.from_on, p.to_on) for p in held),
    )


async def staff_in_post(tx: Tx, role: Role, area: str, on: date) -> tuple[StaffId, ...]:
    """Who holds `role` in exactly that area on that day."""
    wanted = select(posts.c.staff_id).where(
        posts.c.role == role,
        posts.c.area == area,
        posts.c.from_on <= on,
        or_(posts.c.to_on.is_(None), posts.c.to_on >= on),
    )
    rows = await tx.all(wanted.distinct().order_by(posts.c.staff_id))
    return tuple(StaffId(row.staff_id) for row in rows)


async def register_person(tx: Tx, resident: Resident, *, rename: bool = False) -> PersonId:
    """Enter a person, or find the one who already has this ID number; ids never change."""
    index = tx.service.sealer.index(resident.id_number.value)
    known = await tx.one(select(persons.c.person_id, persons.c.name).where(persons.c.id_index == index))
    if known:
        if rename and known.name != resident.name:
            await _keep_former(tx, known.person_id, known.name, resident.name)
            named = {"name": resident.name, "spellings": spellings(resident.name)}
            await tx.execute(update(persons).where(persons.c.id_index == index).values(named))
        return PersonId(known.person_id)
    if await tx.one(select(persons.c.person_id).where(persons.c.person_id == resident.person_id)):
        raise Conflict("该人员编号已登记另一个身份证号,请核对身份证号")
    await tx.execute(
        insert(persons).values(
            person_id=resident.person_id,
            name=resident.name,
            spellings=spellings(resident.name),
            born_on=resident.id_number.born_on,
            sex=resident.id_number.sex,
            **_sealed(tx, "persons", resident.person_id, resident.id_number),
        )
    )
    return resident.person_id


async def sex_of(tx: Tx, person_id: str) -> str:
    return str(await tx.scalar(select(persons.c.sex).where(persons.c.person_id == person_id)))


async def _keep_former(tx: Tx, person_id: str, old: str, new: str) -> None:
    """People are still asked for by the name they had; a name taken again is no former one any more."""
    mine = former_names.c.person_id == person_id
    await tx.execute(delete(former_names).where(mine, former_names.c.name.in_([old, new])))
    await tx.execute(
        insert(former_names).values(
            person_id=person_id, name=old, spellings=spellings(old), until_on=tx.today
        )
    )


async def open_id_number(tx: Tx, person_id: str) -> str:
    """The full ID number: for the verifying system only, and the caller enters the look in the audit."""
    row = await tx.one(select(persons.c.id_cipher).where(persons.c.person_id == person_id))
    if row is None:
        raise Missing("该人员")
    return tx.service.sealer.open(row.id_cipher, f"persons|id_cipher|{person_id}")


def _sealed(tx: Tx, table: str, row_id: str, number: IdNumber) -> dict[str, object]:
    sealer = tx.service.sealer
    return {
        "id_cipher": sealer.seal(number.value, f"{table}|id_cipher|{row_id}"),
        "id_index": sealer.index(number.value),
        "id_masked": number.masked,
    }


async def find_household(tx: Tx, household_id: str) -> Household | None:
    row = await tx.one(select(households).where(households.c.household_id == household_id))
    if row is None:
        return None
    return Household(
        HouseholdId(row.household_id),
        TownshipCode(row.township),
        VillageCode(row.village),
        row.compound,
        row.address,
        row.phone,
        PersonId(row.head_person_id),
        row.version,
    )


async def load_household(tx: Tx, household_id: str) -> Household:
    household = await find_household(tx, household_id)
    if household is None:
        raise Missing("该家庭")
    return household


async def household_headed_by(tx: Tx, person_id: PersonId) -> HouseholdId | None:
    found = await tx.scalar(
        select(households.c.household_id).where(households.c.head_person_id == person_id).limit(1)
    )
    return HouseholdId(found) if found else None


async def save_household(tx: Tx, household: Household, relations: Collection[tuple[PersonId, str]]) -> None:
    """Keep a household with exactly these members; tablets of its village, also of a former one, are told."""
    villages = {household.village, await _village_of(tx, household.household_id)} - {""}
    values = {
        "township": household.township,
        "village": household.village,
        "compound": household.compound,
        "address": household.address,
        "phone": household.phone,
        "head_person_id": household.head_person_id,
        "version": household.version + 1,
    }
    mine = and_(
        households.c.household_id == household.household_id, households.c.version == household.version
    )
    if household.version:
        found = await tx.execute(update(households).where(mine).values(values))
        if not found.rowcount:
            raise Conflict("该家庭刚被他人修改,请刷新后再办")
        await tx.execute(
            delete(household_members).where(household_members.c.household_id == household.household_id)
        )
    else:
        await tx.execute(insert(households).values(household_id=household.household_id, **values))
    for person_id, relation in relations:
        await tx.execute(
            insert(household_members).values(
                household_id=household.household_id, person_id=person_id, relation=relation
            )
        )
    await note_household(tx, household.household_id, villages)


async def save_contact(tx: Tx, household: Household) -> None:
    """Keep where a household lives and how it is reached; its members stay."""
    mine = and_(
        households.c.household_id == household.household_id, households.c.version == household.version
    )
    values = {
        "compound": household.compound,
        "address": household.address,
        "phone": household.phone,
        "version": household.version + 1,
    }
    found = await tx.execute(update(households).where(mine).values(values))
    if not found.rowcount:
        raise Conflict("该家庭刚被他人修改,请刷新后再办")
    await note_household(tx, household.household_id)


async def note_household(tx: Tx, household_id: HouseholdId, villages: Collection[str] = ()) -> None:
    """Tablets of its village, and of those who are sent there, have to fetch it again."""
    sent = await tx.all(
        select(task_assignees.c.staff_id)
        .join(tasks, tasks.c.task_id == task_assignees.c.task_id)
        .where(tasks.c.household_id == household_id, tasks.c.closed_at.is_(None))
    )
    here = villages or {await _village_of(tx, household_id)} - {""}
    streams = {*here, *(changes.of_staff(row.staff_id) for row in sent)}
    await changes.note(tx, changes.HOUSEHOLD, household_id, streams)


async def _village_of(tx: Tx, household_id: HouseholdId) -> str:
    found = await tx.scalar(select(households.c.village).where(households.c.household_id == household_id))
    return str(found or "")


async def households_of_number(tx: Tx, id_index: str) -> list[HouseholdId]:
    """Households in which the holder of this ID number lives."""
    wanted = (
        select(household_members.c.household_id)
        .join(persons, persons.c.person_id == household_members.c.person_id)
        .where(persons.c.id_index == id_index)
        .order_by(household_members.c.household_id)
    )
    return [HouseholdId(row.household_id) for row in await tx.all(wanted)]


async def staff_among_members(tx: Tx, household_id: HouseholdId) -> frozenset[StaffId]:
    """Members of the household who are staff themselves, by ID number."""
    wanted = (
        select(staff.c.staff_id)
        .join(persons, persons.c.id_index == staff.c.id_index)
        .join(household_members, household_members.c.person_id == persons.c.person_id)
        .where(household_members.c.household_id == household_id)
    )
    return frozenset(StaffId(row.staff_id) for row in await tx.all(wanted))


async def recused_from(tx: Tx, household_id: str) -> frozenset[str]:
    """Staff who may take no part in this household's matters."""
    rows = await tx.all(select(recusals.c.staff_id).where(recusals.c.household_id == household_id))
    return frozenset(row.staff_id for row in rows)


async def replace_recusals(tx: Tx, household_id: HouseholdId, staff_ids: Collection[StaffId]) -> None:
    """Who is kin; a household disappears from the tablets of its kin (R3.10)."""
    await tx.execute(delete(recusals).where(recusals.c.household_id == household_id))
    for staff_id in sorted(staff_ids):
        await tx.execute(insert(recusals).values(household_id=household_id, staff_id=staff_id))
    await note_household(tx, household_id)
    await changes.note_tasks_of(tx, household_id)
