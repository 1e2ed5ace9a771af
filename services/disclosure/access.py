"""Who may do what in disclosure: what the machine does alone, what staff read, what everybody reads."""

from __future__ import annotations

from services.common.policy.areas import DISTRICT
from services.common.policy.law import Invalid
from services.common.policy.roles import Role
from services.common.runtime.doors import EVERYBODY, both
from services.common.runtime.gate import Access, Place, allow
from services.common.runtime.tx import Tx
from services.disclosure.commands.agreement import CompareBoard
from services.disclosure.commands.entries import (
    ChangeEntry,
    EndEntries,
    ListEntry,
    ListRelief,
    RetireEntry,
)
from services.disclosure.commands.objections import (
    AnswerObjection,
    CloseRepeatedObjection,
    InvestigateObjection,
    RaiseObjection,
    notice_of,
)
from services.disclosure.commands.other_publicity import OpenEndPublicity, OpenReliefPublicity
from services.disclosure.commands.outreach import (
    AttendTraining,
    HoldTraining,
    PlanTraining,
    PublishDocument,
    RecordActivity,
    RecordReading,
    RecordStudy,
)
from services.disclosure.commands.publicity import (
    ChasePosting,
    ConcludePublicity,
    OpenPublicity,
    RecordPosting,
    RecountPeriod,
)
from services.disclosure.commands.registry import AdoptPolicy, RememberArea, RememberRecusals
from services.disclosure.model import Publicity
from services.disclosure.storage import board, objections, outreach, publicities, registry

CASEWORK = (
    Role.GRID_WORKER,
    Role.LIAISON,
    Role.VILLAGE_HEAD,
    Role.TOWNSHIP_HANDLER,
    Role.OFFICE_HEAD,
    Role.DEPUTY_LEADER,
    Role.PRINCIPAL_LEADER,
    Role.PETITION_OFFICER,
    Role.ARCHIVIST,
    Role.DISTRICT_HANDLER,
    Role.DISTRICT_LEADER,
    Role.AUDITOR,
)

REGISTRARS = (
    Role.TOWNSHIP_HANDLER,
    Role.OFFICE_HEAD,
    Role.PETITION_OFFICER,
    Role.DISTRICT_HANDLER,
)
INVESTIGATORS = (*REGISTRARS, Role.DEPUTY_LEADER, Role.PRINCIPAL_LEADER, Role.DISTRICT_LEADER)
ANSWERING = (Role.OFFICE_HEAD, Role.DEPUTY_LEADER, Role.PRINCIPAL_LEADER, Role.PETITION_OFFICER)

TRAINERS = (Role.TOWNSHIP_HANDLER, Role.OFFICE_HEAD, Role.DISTRICT_HANDLER, Role.DISTRICT_LEADER)
OUTREACH = (*TRAINERS, Role.LIAISON, Role.GRID_WORKER, Role.VILLAGE_HEAD)

ACCESS: dict[str, Access] = {
    "open-publicity": allow(),
    "record-posting": allow(),
    "conclude-publicity": allow(),
    "recount-period": allow(),
    "chase-posting": allow(),
    "compare-board": allow(),
    "open-relief-publicity": allow(),
    "open-end-publicity": allow(),
    "list-entry": allow(),
    "list-relief": allow(),
    "change-entry": allow(),
    "end-entries": allow(),
    "retire-entry": allow(),
    # Whoever takes the telephone may register an objection, kin or not: nobody is turned away.
    "raise-objection": allow(*REGISTRARS, Role.PUBLIC, recusal=False),
    "investigate-objection": allow(*INVESTIGATORS),
    "answer-objection": allow(*ANSWERING),
    "close-repeated-objection": allow(*ANSWERING),
    "read-objections": allow(*INVESTIGATORS, Role.AUDITOR, personal=True),
    "remember-area": allow(),
    "remember-recusals": allow(),
    "adopt-policy": allow(),
    "publish-document": allow(Role.DISTRICT_HANDLER, Role.DISTRICT_LEADER),
    "record-reading": allow(*CASEWORK, recusal=False),
    "record-activity": allow(*OUTREACH),
    "record-study": allow(*OUTREACH),
    "plan-training": allow(*TRAINERS),
    "hold-training": allow(*TRAINERS),
    "attend-training": allow(*CASEWORK, recusal=False),
    "read-library": allow(*CASEWORK, recusal=False),
    "read-outreach": allow(*CASEWORK, recusal=False),
    "read-agreement": allow(*INVESTIGATORS, Role.AUDITOR),
    "read-audit": allow(Role.AUDITOR, recusal=False),
    "read-publicity": allow(*CASEWORK),
    "read-timeline": allow(*CASEWORK),
    "read-board": allow(*Role, recusal=False),
}

DOORS: dict[str, str] = {
    "GET /disclosure/static/{version}/{name}": EVERYBODY,
    "GET /disclosure/audit": "read-audit",
    "GET /disclosure/audit/heads.pdf": "read-audit",
    "GET /disclosure/publicities": "read-publicity",
    "GET /disclosure/publicities/{publicity_id}/poster.pdf": "read-publicity",
    **both("/disclosure/publicities/{publicity_id}/objection", "raise-objection"),
    "GET /disclosure/agreement": "read-agreement",
    "GET /disclosure/objections": "read-objections",
    "GET /disclosure/objections/{objection_id}": "read-objections",
    **both("/disclosure/objections/{objection_id}/investigation", "investigate-objection"),
    **both("/disclosure/objections/{objection_id}/answer", "answer-objection"),
    **both("/disclosure/objections/{objection_id}/repeated", "close-repeated-objection"),
    "GET /disclosure/library": "read-library",
    **both("/disclosure/library/publish", "publish-document"),
    "GET /disclosure/library/{document_id}": "read-library",
    "POST /disclosure/library/{document_id}/read": "record-reading",
    "GET /disclosure/library/{document_id}/file": "read-library",
    "GET /disclosure/outreach": "read-outreach",
    **both("/disclosure/outreach/activity", "record-activity"),
    **both("/disclosure/outreach/study", "record-study"),
    **both("/disclosure/outreach/training", "plan-training"),
    "GET /disclosure/trainings/{training_id}": "read-outreach",
    **both("/disclosure/trainings/{training_id}/held", "hold-training"),
    **both("/disclosure/trainings/{training_id}/attend", "attend-training"),
    "GET /disclosure/fragments/today": "read-publicity",
    "GET /disclosure/fragments/cases/{case_id}": "read-publicity",
    # The public board: an app of its own.
    "GET /board": EVERYBODY,
    "GET /board/": EVERYBODY,
    "GET /board/static/{name}": EVERYBODY,
    "GET /board/{area}.json": EVERYBODY,
    "GET /board/{area}/lobby": EVERYBODY,
    "GET /board/{area}/code.svg": EVERYBODY,
    "GET /board/{area}/feed.atom": EVERYBODY,
    "GET /board/{area}/list.pdf": EVERYBODY,
    "GET /board/{area}/wechat.txt": EVERYBODY,
    "GET /board/entries/{entry_id}": EVERYBODY,
    "GET /board/entries/{entry_id}/objection": EVERYBODY,
    "POST /board/entries/{entry_id}/objection": EVERYBODY,
    "GET /board/objections": EVERYBODY,
    "GET /board/{area}": EVERYBODY,
}


async def locate(cmd: object, tx: Tx) -> Place:
    """Where a command acts."""
    match cmd:
        case OpenPublicity() | OpenReliefPublicity() | OpenEndPublicity():
            return Place(cmd.village, cmd.household_id, cmd.case_id)
        case RecordPosting() | ChasePosting():
            posting = await publicities.load_posting(tx, cmd.posting_id)
            return _place(await publicities.load_publicity(tx, posting.publicity_id))
        case ConcludePublicity() | RecountPeriod():
            return _place(await publicities.load_publicity(tx, cmd.publicity_id))
        case ListEntry() | ListRelief() | ChangeEntry() | EndEntries():
            return Place(cmd.township, cmd.household_id, cmd.case_id)
        case CompareBoard():
            return Place(cmd.township, subject=f"{cmd.township}-{cmd.month}")
        case RetireEntry():
            entry = await board.load_entry(tx, cmd.entry_id)
            return Place(entry.village, entry.household_id, entry.case_id)
        case RaiseObjection():
            notice = await notice_of(cmd.notice_id, tx)
            return Place(notice.village, notice.household_id, notice.case_id)
        case InvestigateObjection() | AnswerObjection() | CloseRepeatedObjection():
            objection = await objections.load_objection(tx, cmd.objection_id)
            return Place(objection.village, objection.household_id, objection.case_id)
        case PublishDocument():
            return Place(DISTRICT.code, subject=cmd.document_id)
        case RecordActivity() | RecordStudy() | PlanTraining():
            return Place(cmd.area)
        case HoldTraining():
            return Place((await outreach.load_training(tx, cmd.training_id)).area, subject=cmd.training_id)
        case RecordReading() | AttendTraining():
            return Place(tx.actor.posts[0].area if tx.actor.posts else DISTRICT.code)
        case RememberArea():
            return Place(cmd.code, subject=cmd.code)
        case RememberRecusals():
            return Place(cmd.township, subject=cmd.household_id)
        case AdoptPolicy():
            return Place(DISTRICT.code, subject=str(cmd.revision))
    raise Invalid("", f"公示服务没有“{type(cmd).__name__}”这件事")


async def recused(tx: Tx, household_id: str) -> frozenset[str]:
    """Staff who keep away from a household (R3.10), as intake told."""
    return await registry.recused_staff(tx, household_id)


def _place(publicity: Publicity) -> Place:
    return Place(publicity.village, publicity.household_id, publicity.case_id)
