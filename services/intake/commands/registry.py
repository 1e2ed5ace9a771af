"""Keeping the registry: areas, staff and households."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.common.contracts import intake as events
from services.common.policy.areas import VillageCode, unit
from services.common.policy.identity import IdNumber
from services.common.policy.law import Invalid
from services.common.policy.roles import AreaLevel, Role, area_level
from services.common.runtime.clock import system_now
from services.common.runtime.gate import action
from services.common.runtime.revocation import revoke
from services.common.runtime.tx import Tx
from services.intake.commands.kinship import refresh_recusal, rematch
from services.intake.model.ids import HouseholdId, PersonId, StaffId
from services.intake.model.registry import Area, HeldPost, Household, Resident, Staff, township_of
from services.intake.storage import kinship as kinship_storage
from services.intake.storage import registry as storage


@dataclass(frozen=True, slots=True, kw_only=True)
class PutArea:
    code: str
    name: str
    compounds: tuple[str, ...] = ()
    report_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutStaff:
    staff_id: StaffId
    name: str
    id_number: IdNumber | None
    phone: str
    posts: tuple[HeldPost, ...]
    account: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredMember:
    person_id: PersonId
    name: str
    id_number: IdNumber
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterHousehold:
    household_id: HouseholdId
    village: VillageCode
    address: str
    phone: str
    members: tuple[RegisteredMember, ...]


@dataclass(frozen=True, slots=True)
class HouseholdRegistered:
    household_id: HouseholdId


@action("put-area")
async def put_area(cmd: PutArea, tx: Tx) -> None:
    if area_level(cmd.code) is not AreaLevel.DISTRICT:
        unit(cmd.code)
    if not cmd.name.strip():
        raise Invalid("name", "请填写名称")
    await storage.save_area(tx, Area(cmd.code, cmd.name, cmd.compounds, cmd.report_phone))
    tx.publish(
        events.AreaChanged(
            code=cmd.code, name=cmd.name, compounds=cmd.compounds, report_phone=cmd.report_phone
        ),
        stream=cmd.code,
        subject=cmd.code,
    )


@action("put-staff")
async def put_staff(cmd: PutStaff, tx: Tx) -> None:
    for held in cmd.posts:
        if area_level(held.area) is not AreaLevel.DISTRICT:
            unit(held.area)
        if held.role in (Role.SYSTEM, Role.PUBLIC):
            raise Invalid("posts", f"“{held.role.chinese}”不是工作岗位")
    known = await storage.find_staff(tx, cmd.staff_id)
    before = await kinship_storage.households_recusing(tx, cmd.staff_id)
    staff = Staff(cmd.staff_id, cmd.name, cmd.phone, cmd.account, cmd.posts)
    await storage.save_staff(tx, staff, cmd.id_number)
    await _match_kin(cmd, before, tx)
    await announce_staff(staff, tx, revoked=known is not None and _has_lost(known, staff, tx))


async def announce_staff(staff: Staff, tx: Tx, *, revoked: bool) -> None:
    """Tell every service; where something was taken away, tokens made before this moment are refused."""
    since = system_now() if revoked else None
    if since:
        await revoke(tx, staff.staff_id, since)
    tx.publish(_staff_changed(staff, since), stream=staff.staff_id, subject=staff.staff_id)


def _has_lost(before: Staff, after: Staff, tx: Tx) -> bool:
    lost = set(before.posts_on(tx.today)) - set(after.posts_on(tx.today))
    return bool(lost) or before.account != after.account


@action("register-household")
async def register_household(cmd: RegisterHousehold, tx: Tx) -> HouseholdRegistered:
    relations = [
        (
            await storage.register_person(
                tx, Resident(m.person_id, m.name, m.id_number, m.relation), rename=True
            ),
            m.relation,
        )
        for m in cmd.members
    ]
    known = await storage.find_household(tx, cmd.household_id)
    household = Household(
        household_id=cmd.household_id,
        township=township_of(cmd.village),
        village=cmd.village,
        compound=known.compound if known else "",
        address=cmd.address,
        phone=cmd.phone,
        head_person_id=head_of(relations),
        version=known.version if known else 0,
    )
    await storage.save_household(tx, household, relations)
    await refresh_recusal(tx, household, tx.today)
    return HouseholdRegistered(cmd.household_id)


def head_of(relations: list[tuple[PersonId, str]]) -> PersonId:
    """The member called head; where nobody is, the first of the list. Each person stands there once."""
    if not relations:
        raise Invalid("members", "至少要有一名家庭成员")
    if len({person for person, _ in relations}) < len(relations):
        raise Invalid("members", "同一身份证号重复出现,请核对家庭成员")
    heads = [person for person, relation in relations if relation in ("户主", "本人")]
    return heads[0] if heads else relations[0][0]


async def _match_kin(cmd: PutStaff, before: list[HouseholdId], tx: Tx) -> None:
    """A new or corrected member of staff may live in a household, or be named by one."""
    concerned = {*before, *await kinship_storage.households_naming(tx, cmd.staff_id)}
    if cmd.id_number:
        index = tx.service.sealer.index(cmd.id_number.value)
        concerned |= set(await storage.households_of_number(tx, index))
    await rematch(tx, concerned)


def _staff_changed(staff: Staff, revoked_at: datetime | None) -> events.StaffChanged:
    return events.StaffChanged(
        staff_id=staff.staff_id,
        posts=[
            events.Post(
                role=held.role.value,
                area=held.area,
                from_on=held.from_on.isoformat(),
                to_on=held.to_on.isoformat() if held.to_on else "",
            )
            for held in staff.posts
        ],
        revoked_at=revoked_at.isoformat() if revoked_at else "",
    )
