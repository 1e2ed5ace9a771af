"""Staff declare their kin, upwards from township to district; townships widen the list (R3.5, R3.7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.common.policy.areas import TownshipCode
from services.common.policy.articles import R3_2, R3_7
from services.common.policy.identity import IdNumber
from services.common.policy.kinship import near_kin
from services.common.policy.law import Conflict, Finding, Invalid
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.commands.kinship import rematch
from services.intake.model.ids import CaseId, PersonId, StaffId
from services.intake.model.kinship import DeclarationStage, StaffDeclaration, Widening
from services.intake.model.registry import Resident
from services.intake.rules import kinship as rules
from services.intake.storage import kin_register, registry
from services.intake.storage import kinship as storage


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareKin:
    """A member of staff names kin who receive or apply for assistance; `relation` is the kin's to him."""

    declaration_id: str
    person_id: PersonId
    name: str
    id_number: IdNumber
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewKinDeclaration:
    """The township finds the declaration in order, or returns it with the reason."""

    declaration_id: str
    accepted: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKinDeclaration:
    declaration_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKinEntry:
    """The district files a household of the separate register."""

    case_id: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class WidenKin:
    """From a day on the township counts these relations too; an empty list takes that back."""

    township: TownshipCode
    from_on: date
    relations: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class KinDeclared:
    """`near` says whether the relation counts; the declaration is kept either way."""

    declaration_id: str
    near: bool
    households: int


@action("declare-kin")
async def declare_kin(cmd: DeclareKin, tx: Tx) -> KinDeclared:
    """What is declared recuses at once; review and filing only follow it upwards."""
    staff = await registry.find_staff(tx, tx.actor.id)
    to = rules.may_declare(staff, tx.today)
    person = Resident(cmd.person_id, cmd.name, cmd.id_number, cmd.relation)
    person_id = await registry.register_person(tx, person)
    known = await storage.find_told_about(tx, tx.actor.id, person_id)
    if known and known.stage is not DeclarationStage.RETURNED and known.declaration_id != cmd.declaration_id:
        raise Conflict("您已申报过这名近亲属,不必重复申报")
    near = near_kin(cmd.relation, tx.policy, tx.today)
    told = StaffDeclaration(
        declaration_id=known.declaration_id if known else cmd.declaration_id,
        staff_id=StaffId(tx.actor.id),
        area=to.value,
        person_id=person_id,
        relation=cmd.relation.strip(),
        stage=DeclarationStage.DECLARED,
        declared_on=tx.today,
    )
    if known and known.stage is not DeclarationStage.RETURNED:
        told = replace(known, relation=told.relation)
    await storage.save_staff_declaration(tx, told)
    await tx.record(told.declaration_id, to, near)
    found = await storage.households_of_person(tx, person_id)
    await rematch(tx, found)
    return KinDeclared(told.declaration_id, near.value, len(found))


@action("review-kin-declaration")
async def review_kin_declaration(cmd: ReviewKinDeclaration, tx: Tx) -> None:
    told = await storage.load_staff_declaration(tx, cmd.declaration_id)
    rules.may_review(told, tx.actor.id)
    if not cmd.accepted and not cmd.note.strip():
        raise Invalid("note", "退回须写明要更正什么")
    to = DeclarationStage.REVIEWED if cmd.accepted else DeclarationStage.RETURNED
    moved = replace(told.move(to), reviewed_by=tx.actor.id, reviewed_on=tx.today, note=cmd.note.strip())
    await storage.save_staff_declaration(tx, moved)
    said = "审核通过,报区民政局备案" if cmd.accepted else f"退回更正:{cmd.note.strip()}"
    await tx.record(told.declaration_id, Finding(R3_7, to.value, {"text": f"{tx.today}{said}"}))
    if not cmd.accepted:
        await rematch(tx, await storage.households_of_person(tx, told.person_id))


@action("file-kin-declaration")
async def file_kin_declaration(cmd: FileKinDeclaration, tx: Tx) -> None:
    told = await storage.load_staff_declaration(tx, cmd.declaration_id)
    rules.may_file(told, tx.actor.id)
    filed = replace(told.move(DeclarationStage.FILED), filed_by=tx.actor.id, filed_on=tx.today)
    await storage.save_staff_declaration(tx, filed)
    await tx.record(told.declaration_id, Finding(R3_7, "filed", {"text": f"{tx.today}区民政局备案"}))


@action("file-kin-entry")
async def file_kin_entry(cmd: FileKinEntry, tx: Tx) -> None:
    entry = await kin_register.load_entry(tx, cmd.case_id)
    if entry.filed_on:
        raise Conflict(f"已于{entry.filed_on}备案,不必重复办理")
    await kin_register.save_entry(tx, replace(entry, filed_on=tx.today, filed_by=tx.actor.id))
    await tx.record(cmd.case_id, Finding(R3_2, True, {"text": f"{tx.today}区民政局对近亲属登记备案"}))


@action("widen-kin")
async def widen_kin(cmd: WidenKin, tx: Tx) -> None:
    """Every household of the township about which kin were declared is matched anew."""
    if cmd.from_on < tx.today:
        raise Invalid("from_on", f"扩大备案范围自今天({tx.today})或以后起算,不溯及以前")
    widened = rules.widening(cmd.relations, cmd.reason, tx.policy, cmd.from_on)
    row = Widening(cmd.township, cmd.from_on, widened.value, cmd.reason.strip(), StaffId(tx.actor.id))
    await storage.save_widening(tx, row)
    await tx.record(f"kin-{cmd.township}", widened)
    if cmd.from_on == tx.today:
        await rematch(tx, await storage.households_declaring_in(tx, cmd.township))
