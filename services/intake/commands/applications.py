"""An application arrives: household, persons, declarations and the case, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.common.policy.areas import VillageCode
from services.common.policy.articles import DB_4, R1_9
from services.common.policy.household import Category
from services.common.policy.identity import IdNumber
from services.common.policy.law import Conflict, Finding, Invalid
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.commands.kinship import refresh_recusal
from services.intake.commands.registry import head_of
from services.intake.model.case import Case, CaseMember, Stage
from services.intake.model.ids import CaseId, HouseholdId, PersonId, StaffId, VisitId
from services.intake.model.kinship import KinDeclaration
from services.intake.model.registry import Household, Resident, township_of
from services.intake.rules import acceptance as rules
from services.intake.storage import cases as storage
from services.intake.storage import kinship, registry


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationMember:
    """One person of the application as written on it."""

    person_id: PersonId
    name: str
    id_number: IdNumber
    relation: str
    counted: bool
    authorised: bool
    is_staff: bool
    kin_relation: str
    kin_staff_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveApplication:
    """The village's receipt; sent again with the same id it only adds signatures and declarations."""

    case_id: CaseId
    household_id: HouseholdId
    visit_id: VisitId | None
    village: VillageCode
    compound: str
    address: str
    phone: str
    received_on: date
    category: Category
    members: tuple[ApplicationMember, ...]
    helped_by: StaffId | None
    consent: bool
    claim: str


@dataclass(frozen=True, slots=True)
class ApplicationReceived:
    """Where the application was entered: the household may be one that the registry knew already."""

    case_id: CaseId
    household_id: HouseholdId
    township: str


@action("receive-application")
async def receive_application(cmd: ReceiveApplication, tx: Tx) -> ApplicationReceived:
    helped = rules.assisted(cmd.helped_by, consent=cmd.consent)
    members = [await _enter(member, tx) for member in cmd.members]
    relations = [(member.person_id, member.relation) for member in members]
    head = head_of(relations)
    if not any(member.counted for member in members):
        raise Invalid("members", "至少要有一名计入的家庭成员")
    known = await storage.find_case(tx, cmd.case_id)
    if known:
        return await _complete(known, members, tx)
    household = await _household(cmd, head, tx)
    if await storage.open_case_of(tx, household.household_id, cmd.category):
        raise Conflict(f"该家庭已有正在办理的{cmd.category.chinese}申请,不必重复提出")
    await registry.save_household(tx, household, relations)
    case = Case(
        case_id=cmd.case_id,
        household_id=household.household_id,
        township=household.township,
        village=cmd.village,
        category=cmd.category,
        stage=Stage.RECEIVED,
        received_on=cmd.received_on,
        visit_id=cmd.visit_id,
        claim=cmd.claim,
        helped_by=cmd.helped_by,
    )
    await storage.add_case(tx, case, sorted(members, key=lambda m: m.person_id != head))
    kin = await _declare(case, household, members, tx)
    await tx.record(case.case_id, _received(case), helped, kin)
    return ApplicationReceived(case.case_id, case.household_id, case.township)


async def _enter(member: ApplicationMember, tx: Tx) -> CaseMember:
    resident = Resident(member.person_id, member.name, member.id_number, member.relation)
    return CaseMember(
        person_id=await registry.register_person(tx, resident),
        name=member.name,
        born_on=member.id_number.born_on,
        relation=member.relation,
        counted=member.counted,
        authorised=member.authorised,
        is_staff=member.is_staff,
        kin_relation=member.kin_relation,
        kin_staff_id=member.kin_staff_id,
    )


async def _household(cmd: ReceiveApplication, head: PersonId, tx: Tx) -> Household:
    """The household of the id, or the one this head already has in the registry."""
    known = await registry.find_household(tx, cmd.household_id)
    if known is None:
        headed = await registry.household_headed_by(tx, head)
        known = await registry.load_household(tx, headed) if headed else None
    return Household(
        household_id=known.household_id if known else cmd.household_id,
        township=township_of(cmd.village),
        village=cmd.village,
        compound=cmd.compound,
        address=cmd.address,
        phone=cmd.phone,
        head_person_id=head,
        version=known.version if known else 0,
    )


async def _declare(case: Case, household: Household, members: list[CaseMember], tx: Tx) -> Finding[bool]:
    for member in members:
        if member.is_staff or member.kin_relation:
            declared = KinDeclaration(
                member.person_id, StaffId(member.kin_staff_id), member.kin_relation, member.is_staff
            )
            await kinship.save_declaration(tx, case.household_id, declared, case.received_on, case.case_id)
    return await refresh_recusal(tx, household, tx.today, case.case_id)


async def _complete(case: Case, members: list[CaseMember], tx: Tx) -> ApplicationReceived:
    """Signatures and declarations that were still missing; the same paper twice changes nothing."""
    before = {member.person_id: member for member in await storage.members_of(tx, case.case_id)}
    if before.keys() != {member.person_id for member in members}:
        raise Conflict("该申请编号已用于另一份申请,请核对家庭成员")
    changed = [member for member in members if _differs(before[member.person_id], member)]
    if changed:
        case.require(Stage.RECEIVED, Stage.ACCEPTED)
        for member in changed:
            signed = member.authorised or before[member.person_id].authorised
            await storage.save_member(tx, case, replace(member, authorised=signed))
        household = await registry.load_household(tx, case.household_id)
        kin = await _declare(case, household, changed, tx)
        text = f"申请补正{len(changed)}人的签名或申明"
        await tx.record(case.case_id, Finding(R1_9, len(changed), {"text": text}), kin)
    return ApplicationReceived(case.case_id, case.household_id, case.township)


def _differs(before: CaseMember, now: CaseMember) -> bool:
    declared = (now.is_staff, now.kin_relation, now.kin_staff_id)
    newly_signed = now.authorised and not before.authorised
    return newly_signed or declared != (before.is_staff, before.kin_relation, before.kin_staff_id)


def _received(case: Case) -> Finding[date]:
    text = f"{case.received_on}村(居)收到{case.category.chinese}申请,待镇(街、中心)受理"
    return Finding(DB_4, case.received_on, {"received_on": case.received_on.isoformat(), "text": text})
