"""What review does: keep papers as they are made, enrol a confirmed household and open its file."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date

from services.common.contracts import review as events
from services.common.policy.household_terms import Category
from services.common.policy.law import Missing
from services.common.policy.month import Month
from services.common.policy.parameters import Policy
from services.common.runtime.gate import action
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx
from services.review import storage
from services.review.model import (
    CaseId,
    HouseholdFile,
    HouseholdId,
    KnownCase,
    Paper,
    PaperKind,
    PersonId,
    RecipientId,
    RollEntry,
    StaffId,
)
from services.review.rules import files, roll


class VillageNotKnownYet(Missing):
    """Intake's events about the case have not arrived: the confirmation waits for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCase:
    """Intake said where the household of a case lives, and with an opinion whether it has kin among staff."""

    case_id: CaseId
    household_id: HouseholdId
    township: str
    village: str
    opinion_revision: int = 0
    kin_declared: bool = False


@action("note-case")
async def note_case(cmd: NoteCase, tx: Tx) -> None:
    case = KnownCase(
        case_id=cmd.case_id,
        household_id=cmd.household_id,
        township=cmd.township,
        village=cmd.village,
        opinion_revision=cmd.opinion_revision,
        kin_declared=cmd.kin_declared,
    )
    known = await storage.find_case(tx, cmd.case_id, lock=True)
    if known is not None and known.opinion_revision >= cmd.opinion_revision:
        return
    await storage.save_case(tx, case)
    await _keep_apart(case, tx)


async def _keep_apart(case: KnownCase, tx: Tx) -> None:
    """An opinion may arrive after the file was opened: then the file is set apart now."""
    file = await storage.find_file(tx, case.household_id)
    if file is None or file.kept_apart or not case.kin_declared:
        return
    apart = files.kept_apart(kin_declared=case.kin_declared)
    await storage.save_file(tx, replace(file, kept_apart=apart.value))
    await tx.record(case.case_id, apart)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePaper:
    """A paper came into being: it belongs in the file of its household, now or when that is opened."""

    case_id: CaseId
    household_id: HouseholdId
    township: str
    kind: PaperKind
    event: str
    reference: str
    filed_on: date


@action("file-paper")
async def file_paper(cmd: FilePaper, tx: Tx) -> None:
    paper = Paper(
        case_id=cmd.case_id,
        household_id=cmd.household_id,
        kind=cmd.kind,
        event=cmd.event,
        reference=cmd.reference,
        filed_on=cmd.filed_on,
    )
    if await storage.add_paper(tx, paper) and cmd.case_id:
        await tx.record(cmd.case_id, files.filed_when_made(paper))


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolRecipient:
    """Assistance was confirmed: the household goes on the roll and its file is opened."""

    case_id: CaseId
    household_id: HouseholdId
    township: str
    category: Category
    insured_person_ids: tuple[PersonId, ...]
    monthly_amount_fen: int
    add_on_fen: int
    first_month: Month


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The entry of the roll and the number of the file."""

    recipient_id: RecipientId
    file_no: str


@action("enrol-recipient")
async def enrol_recipient(cmd: EnrolRecipient, tx: Tx) -> Enrolled:
    case = await storage.find_case(tx, cmd.case_id, lock=True)
    if case is None:
        raise VillageNotKnownYet("案件所在的村(居)，等待受理信息")
    active = await storage.find_active_entry(tx, cmd.household_id)
    if active is not None and active.case_id == cmd.case_id:
        return Enrolled(active.recipient_id, (await storage.load_file(tx, cmd.household_id)).file_no)

    entry = _entry(cmd, case.village, tx.today)
    enrolled = roll.one_entry_a_household(entry, active)
    await storage.add_entry(tx, entry)
    await tx.record(cmd.case_id, enrolled, roll.entitled_from(entry))

    file = await storage.find_file(tx, cmd.household_id) or await _open_file(case, cmd.category, tx)
    tx.publish(_enrolled(entry, file))
    return Enrolled(entry.recipient_id, file.file_no)


async def _open_file(case: KnownCase, category: Category, tx: Tx) -> HouseholdFile:
    box = files.box(case.village, category, tx.today.year)
    number = files.file_number(case.village, category, tx.today, await storage.next_serial(tx, box))
    apart = files.kept_apart(kin_declared=case.kin_declared)
    file = HouseholdFile(
        household_id=case.household_id,
        township=case.township,
        village=case.village,
        file_no=number.value,
        opened_on=tx.today,
        kept_apart=apart.value,
    )
    await storage.save_file(tx, file)
    await tx.record(case.case_id, number, apart)
    return file


def _entry(cmd: EnrolRecipient, village: str, today: date) -> RollEntry:
    return RollEntry(
        recipient_id=RecipientId(new_id()),
        case_id=cmd.case_id,
        household_id=cmd.household_id,
        township=cmd.township,
        village=village,
        category=cmd.category,
        insured_person_ids=cmd.insured_person_ids,
        monthly_amount_fen=cmd.monthly_amount_fen,
        add_on_fen=cmd.add_on_fen,
        first_month=cmd.first_month,
        enrolled_on=today,
    )


def _enrolled(entry: RollEntry, file: HouseholdFile) -> events.RecipientEnrolled:
    return events.RecipientEnrolled(
        recipient_id=entry.recipient_id,
        case_id=entry.case_id,
        household_id=entry.household_id,
        township=entry.township,
        category=entry.category.value,
        persons=entry.persons,
        monthly_amount_fen=entry.monthly_amount_fen,
        first_month=str(entry.first_month),
        enrolled_on=entry.enrolled_on.isoformat(),
        file_no=file.file_no,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRecusal:
    """Intake said which staff are recused from a household; the set replaces the one before (R3.10)."""

    household_id: HouseholdId
    township: str
    staff_ids: frozenset[StaffId]


@action("note-recusal")
async def note_recusal(cmd: NoteRecusal, tx: Tx) -> None:
    await storage.save_recusals(tx, cmd.household_id, cmd.township, frozenset(cmd.staff_ids))


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptPolicy:
    """Intake published a revision of the policy values."""

    revision: int
    document: str


@action("adopt-policy")
async def adopt_policy(cmd: AdoptPolicy, tx: Tx) -> None:
    if cmd.revision > tx.policy.revision:
        await tx.adopt_policy(Policy.from_json(json.loads(cmd.document)))


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRoll:
    """Say which households stand on the roll of a township, for the boards to be compared with."""

    township: str
    month: str


ROLL_PART = 1000


@action("state-roll")
async def state_roll(cmd: StateRoll, tx: Tx) -> None:
    """In parts by household id: each can be compared without the others."""
    active = await storage.active_entries(tx, cmd.township)
    parts = [active[at : at + ROLL_PART] for at in range(0, len(active), ROLL_PART)] or [[]]
    after = ""
    for number, part in enumerate(parts, 1):
        up_to = part[-1].household_id if number < len(parts) else ""
        tx.publish(_stated(cmd, tx.today, after, up_to, part), stream=cmd.township)
        after = up_to


def _stated(cmd: StateRoll, today: date, after: str, up_to: str, part: list[RollEntry]) -> events.RollStated:
    return events.RollStated(
        township=cmd.township,
        month=cmd.month,
        stated_on=today.isoformat(),
        after=after,
        up_to=up_to,
        lines=[
            events.RollLine(
                household_id=entry.household_id,
                case_id=entry.case_id,
                village=entry.village,
                category=entry.category.value,
                persons=entry.persons,
                monthly_amount_fen=entry.monthly_amount_fen + entry.add_on_fen,
            )
            for entry in part
        ],
    )
