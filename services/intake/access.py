"""Who may do what where: one row per action, and the place each command acts on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from services.common.papers import ledger
from services.common.policy.areas import DISTRICT
from services.common.policy.law import Missing
from services.common.policy.roles import Role, area_level
from services.common.runtime.doors import EVERYBODY, WHOEVER_SIGNED_IN, both
from services.common.runtime.gate import Access, Place, allow
from services.common.runtime.tx import Tx
from services.intake.commands import (
    acceptance,
    applications,
    clocks,
    forms,
    merging,
    opinion,
    policy,
    progress,
    quarantine,
    stand_ins,
    tablets,
    tasks,
    visits,
)
from services.intake.commands import identity as identity_commands
from services.intake.commands import papers as paper_commands
from services.intake.commands import registry as registry_commands
from services.intake.commands import survey as survey_commands
from services.intake.commands import verification as verification_commands
from services.intake.model.identity import STAFF_ROLES
from services.intake.queries import documents
from services.intake.storage import cases, devices, means, merges, registry
from services.intake.storage import quarantine as quarantine_storage
from services.intake.storage import tasks as task_storage
from services.intake.storage import visits as visit_storage

VILLAGE = (Role.GRID_WORKER, Role.LIAISON, Role.VILLAGE_HEAD)
OFFICE = (Role.TOWNSHIP_HANDLER, Role.OFFICE_HEAD)
LEADERS = (Role.DEPUTY_LEADER, Role.PRINCIPAL_LEADER)
BUREAU = (Role.DISTRICT_HANDLER, Role.DISTRICT_LEADER)
READERS = (*OFFICE, *LEADERS, *BUREAU, Role.ARCHIVIST, Role.AUDITOR)
FIELD = (*VILLAGE, *OFFICE, *BUREAU)

ACCESS: dict[str, Access] = {
    "put-area": allow(Role.OPERATOR),
    "put-staff": allow(Role.OPERATOR),
    "import-holidays": allow(Role.OPERATOR, Role.DISTRICT_HANDLER),
    "register-household": allow(*VILLAGE, *OFFICE, Role.OPERATOR),
    # Taking an application is no judgement on it: nobody's kin is sent away at the door.
    "receive-application": allow(*VILLAGE, *OFFICE, recusal=False),
    "accept-application": allow(*OFFICE),
    "decline-application": allow(*OFFICE),
    "request-supplement": allow(*OFFICE),
    "extend-clock": allow(*OFFICE),
    "request-verification": allow(*OFFICE),
    "list-verification-requests": allow(Role.EXTERNAL_SYSTEM, personal=True),
    "return-verification": allow(Role.EXTERNAL_SYSTEM),
    "order-survey": allow(*OFFICE),
    "file-survey": allow(*VILLAGE, *OFFICE, *BUREAU),
    "form-opinion": allow(*OFFICE),
    "read-case": allow(*VILLAGE, *READERS),
    "list-cases": allow(*VILLAGE, *READERS),
    "read-timeline": allow(*VILLAGE, *READERS),
    # Lists that leave the system; villages look things up on the page.
    "export-cases": allow(*OFFICE, *LEADERS, *BUREAU, Role.ARCHIVIST, personal=True),
    # By name: not for auditors, who work with ids.
    "find-person": allow(*VILLAGE, *OFFICE, *LEADERS, *BUREAU, Role.ARCHIVIST, personal=True),
    "read-dossier": allow(*READERS, personal=True),
    "read-document": allow(*READERS, personal=True),
    "issue-paper": allow(*OFFICE),
    "deliver-paper": allow(*VILLAGE, *OFFICE),
    "file-scan": allow(*OFFICE, Role.ARCHIVIST),
    "file-scan-by-hand": allow(*OFFICE, Role.ARCHIVIST),
    "verify-paper": allow(Role.PUBLIC, recusal=False),
    # Who may sign in, and who stands in for whom.
    "set-password": allow(Role.OPERATOR),
    "change-password": allow(*STAFF_ROLES, Role.OPERATOR),
    "link-identity": allow(Role.OPERATOR),
    "put-client": allow(Role.OPERATOR),
    "revoke-client": allow(Role.OPERATOR),
    "delegate-post": allow(*STAFF_ROLES),
    "end-delegation": allow(*STAFF_ROLES, Role.OPERATOR),
    "hand-over-post": allow(*STAFF_ROLES),
    "take-over-post": allow(*STAFF_ROLES),
    "list-devices": allow(*OFFICE, Role.DISTRICT_HANDLER, Role.OPERATOR),
    "make-enrolment-code": allow(*OFFICE, Role.DISTRICT_HANDLER, Role.OPERATOR),
    "revoke-device": allow(*OFFICE, Role.DISTRICT_HANDLER, Role.OPERATOR),
    # The code in the QR code is what proves the tablet; nobody is signed in on it yet.
    "enrol-device": allow(Role.PUBLIC),
    # Reactions and jobs only.
    "note-clock": allow(),
    "mark-overdue": allow(),
    "follow-publicity": allow(),
    "follow-decision": allow(),
    "follow-enrolment": allow(),
    # --- field side: rows of tablets and tasks below this line ---
    "publish-form": allow(Role.OPERATOR, Role.DISTRICT_HANDLER),
    "read-forms": allow(*FIELD, recusal=False),
    "read-tasks": allow(*FIELD, recusal=False),
    # A record is taken in from whoever made it; what it brings about passes the gate of its own.
    "receive-visit": allow(*FIELD, recusal=False),
    "record-photo": allow(*FIELD, recusal=False),
    "read-receipt": allow(*FIELD, recusal=False),
    # What a tablet carries of households; kin are left out of it one by one.
    "pull": allow(*FIELD, recusal=False, personal=True),
    # The tablet's own key proves it; its content is sealed until somebody in the office releases it.
    "hand-over-work": allow(Role.PUBLIC),
    "list-arrivals": allow(*OFFICE, *BUREAU, personal=True),
    "release-work": allow(*OFFICE, *BUREAU, recusal=False),
    "settle-merge": allow(*OFFICE, *BUREAU),
    "open-task": allow(*OFFICE),
    "close-task": allow(*FIELD),
}

_FORMS = {
    "accept": "accept-application",
    "supplement": "request-supplement",
    "decline": "decline-application",
    "verify": "request-verification",
    "survey": "order-survey",
    "opinion": "form-opinion",
    "extend": "extend-clock",
}
DOORS: dict[str, str] = {
    "GET /intake/static/{version}/{name}": EVERYBODY,
    # Signing in, out, and on.
    "POST /intake/session": EVERYBODY,
    "GET /intake/sign-in": EVERYBODY,
    "POST /intake/sign-in": EVERYBODY,
    "GET /intake/renew": EVERYBODY,
    "POST /intake/renew": EVERYBODY,
    "POST /intake/sign-out": EVERYBODY,
    "GET /intake/password": EVERYBODY,
    "POST /intake/password": EVERYBODY,
    "GET /intake/sign-in/district": EVERYBODY,
    "GET /intake/sign-in/district/back": EVERYBODY,
    "POST /intake/token": EVERYBODY,
    # One's own posts, lent and handed over ones.
    "GET /intake/posts": WHOEVER_SIGNED_IN,
    **both("/intake/posts/delegate", "delegate-post"),
    **both("/intake/posts/delegations/{delegation_id}/end", "end-delegation"),
    **both("/intake/posts/hand-over", "hand-over-post"),
    **both("/intake/posts/handovers/{handover_id}/take", "take-over-post"),
    "GET /intake/tablets": "list-devices",
    "POST /intake/tablets/code": "make-enrolment-code",
    **both("/intake/tablets/{device_id}/revoke", "revoke-device"),
    # What tablets brought that a person has to look at.
    "GET /intake/arrivals": "list-arrivals",
    "GET /intake/arrivals/works/{visit_id}": "list-arrivals",
    **both("/intake/arrivals/works/{visit_id}/release", "release-work"),
    **both("/intake/arrivals/works/{visit_id}/reject", "release-work"),
    **both("/intake/arrivals/merges/{merge_task_id}", "settle-merge"),
    "GET /intake/whoami": WHOEVER_SIGNED_IN,
    # Pages; what today and names show of cases is what the reader's own posts may list.
    "GET /intake/today": WHOEVER_SIGNED_IN,
    "GET /intake/fragments/names": WHOEVER_SIGNED_IN,
    "GET /intake/fragments/dossier/{case_id}": "read-dossier",
    "GET /intake/articles/{article}": WHOEVER_SIGNED_IN,
    **both("/intake/search", "find-person"),
    "GET /intake/cases": "list-cases",
    "GET /intake/exports/cases.xlsx": "export-cases",
    "GET /intake/cases/{case_id}": "read-case",
    "GET /intake/documents/{sha256}": "read-document",
    # Papers, and the signed copies that come back.
    "GET /intake/papers/{paper_id}.pdf": "read-case",
    "GET /intake/papers/{paper_id}.docx": "read-case",
    **both("/intake/papers/{paper_id}/delivery", "deliver-paper"),
    "GET /intake/scans": "file-scan",
    "POST /intake/scans": "file-scan",
    **both("/intake/scans/{scan_id}/by-hand", "file-scan-by-hand"),
    "GET /verify/{paper_id}": EVERYBODY,
    **{
        name: action
        for slug, form in _FORMS.items()
        for name, action in both(f"/intake/cases/{{case_id}}/{slug}", form).items()
    },
    # Tablets.
    # Public keys are for everybody.
    "GET /field/v1/keys": EVERYBODY,
    "POST /field/v1/enrol": EVERYBODY,
    "POST /field/v1/challenge": EVERYBODY,
    "POST /field/v1/session": EVERYBODY,
    "POST /field/v1/renewal": EVERYBODY,
    "GET /field/v1/forms": "read-forms",
    "GET /field/v1/forms/{form_id}/{version}": "read-forms",
    "GET /field/v1/tasks": "read-tasks",
    "GET /field/v1/pull": "pull",
    "GET /field/v1/policy": "read-forms",
    "PUT /field/v1/handover/{visit_id}/{part}": EVERYBODY,
    "POST /field/v1/visits": "receive-visit",
    "GET /field/v1/visits/{visit_id}/receipt": "read-receipt",
    "OPTIONS /field/v1/photos": EVERYBODY,
    "POST /field/v1/photos": "record-photo",
    "HEAD /field/v1/photos/{visit_id}/{sha256}": "record-photo",
    "PATCH /field/v1/photos/{visit_id}/{sha256}": "record-photo",
    # ODK Collect: open at the door, because it signs in by HTTP Basic, which each of these asks for itself.
    "GET /openrosa/formList": EVERYBODY,
    "GET /openrosa/forms/{form_id}/{version}": EVERYBODY,
    "GET /openrosa/forms/{form_id}/{version}/manifest": EVERYBODY,
    "HEAD /openrosa/submission": EVERYBODY,
    "POST /openrosa/submission": EVERYBODY,
}


# All that a token made on a tablet is good for.
DEVICE_SCOPES = frozenset(
    row for name, row in DOORS.items() if " /field/v1/" in name and row not in (EVERYBODY, WHOEVER_SIGNED_IN)
)


async def at_case(subject: Any, tx: Tx) -> Place:
    """The village and household of the case that a command or question names."""
    case = await cases.load_case(tx, subject.case_id)
    return Place(case.village, case.household_id, case.case_id)


async def at_district(subject: Any, tx: Tx) -> Place:
    """What belongs to no township: registry, policy, the verifying system's list."""
    named = getattr(subject, "staff_id", "") or getattr(subject, "code", "")
    return Place(DISTRICT.code, subject=named or DISTRICT.code)


async def at_area(subject: Any, tx: Tx) -> Place:
    return Place(subject.area, subject=subject.area)


async def at_document(subject: Any, tx: Tx) -> Place:
    """A photo lies where the visit was made that brought it, a paper and its scans where its case lies."""
    owner = await documents.find_owner(tx, subject.sha256)
    if owner is None:
        raise Missing("文件")
    return Place(owner.village, owner.household_id, owner.case_id or owner.visit_id)


async def _at_village(cmd: Any, tx: Tx) -> Place:
    return Place(cmd.village, cmd.household_id, getattr(cmd, "case_id", "") or cmd.household_id)


async def _at_household(cmd: registry_commands.RegisterHousehold, tx: Tx) -> Place:
    """Nobody moves a household into his village that stands in another's."""
    known = await registry.find_household(tx, cmd.household_id)
    return Place(known.village if known else cmd.village, cmd.household_id, cmd.household_id)


async def _at_application(cmd: applications.ReceiveApplication, tx: Tx) -> Place:
    """A case that is there already stays where it is, whatever village the paper names."""
    async with tx.everywhere():
        known = await cases.find_case(tx, cmd.case_id)
    return Place(known.village if known else cmd.village, cmd.household_id, cmd.case_id)


async def _at_verification(cmd: verification_commands.ReturnVerification, tx: Tx) -> Place:
    return await at_case(await means.load_verification(tx, cmd.verification_id), tx)


async def _at_envelope(cmd: visits.ReceiveVisit, tx: Tx) -> Place:
    await visits.check_envelope(cmd.visit_id, cmd.village, tx)
    return Place(cmd.village, subject=cmd.visit_id)


async def at_paper(subject: Any, tx: Tx) -> Place:
    """A paper lies where its case lies."""
    issued = await ledger.load_issued(tx, subject.paper_id)
    return Place(issued.village, issued.household_id, issued.case_id)


async def at_scan(subject: Any, tx: Tx) -> Place:
    """A page that waits lies where it was brought in."""
    scan = await ledger.load_scan(tx, subject.scan_id)
    return Place(scan.township, subject=scan.scan_id)


async def _at_desk(cmd: paper_commands.FileScan, tx: Tx) -> Place:
    """Any page may be brought in; whether it may be filed with a case is decided where its code is known."""
    return Place(tx.actor.posts[0].area if tx.actor.posts else DISTRICT.code, subject=cmd.scan_id)


async def at_visit(subject: Any, tx: Tx) -> Place:
    """The village of the visit that a photo or a question belongs to."""
    village, household = await visit_storage.place_of(tx, subject.visit_id)
    return Place(village, household, subject.visit_id)


async def at_actor(subject: Any, tx: Tx) -> Place:
    """What everybody in the field may see: the actor's own area."""
    return Place(tx.actor.posts[0].area if tx.actor.posts else DISTRICT.code)


async def _at_client(cmd: Any, tx: Tx) -> Place:
    return Place(DISTRICT.code, subject=cmd.client_id)


async def at_own_post(subject: Any, tx: Tx) -> Place:
    """What concerns the actor's own posts; the command looks whose they are."""
    named = getattr(subject, "delegation_id", "") or getattr(subject, "handover_id", "") or tx.actor.id
    return Place(tx.actor.posts[0].area if tx.actor.posts else DISTRICT.code, subject=named)


async def _at_post(cmd: Any, tx: Tx) -> Place:
    area_level(cmd.area)
    return Place(cmd.area, subject=getattr(cmd, "delegation_id", "") or getattr(cmd, "handover_id", ""))


async def _at_enrolment(cmd: tablets.EnrolDevice, tx: Tx) -> Place:
    return Place(await devices.find_area_of_code(tx, cmd.code_hash) or DISTRICT.code, subject=cmd.device_id)


async def at_device(subject: Any, tx: Tx) -> Place:
    device = await devices.load_device(tx, subject.device_id)
    return Place(device.area, subject=device.device_id)


async def _at_letter(cmd: quarantine.KeepWork, tx: Tx) -> Place:
    device = await devices.find_device(tx, cmd.device_id)
    return Place(device.area if device else DISTRICT.code, subject=cmd.visit_id)


async def at_work(subject: Any, tx: Tx) -> Place:
    """Work in quarantine lies where its tablet is enrolled."""
    work = await quarantine_storage.load_work(tx, subject.visit_id)
    return Place(work.area, subject=work.visit_id)


async def _at_brought(cmd: quarantine.ReceiveBrought, tx: Tx) -> Place:
    return await _at_envelope(cmd.envelope, tx)


async def at_merge(subject: Any, tx: Tx) -> Place:
    """What does not go together lies in the village of the visit."""
    task = await merges.load_merge(tx, subject.merge_task_id)
    return Place(task.village, task.household_id, task.merge_task_id)


async def _at_task(cmd: tasks.OpenTask, tx: Tx) -> Place:
    return Place(cmd.village, cmd.household_id, cmd.case_id)


async def _at_open_task(subject: Any, tx: Tx) -> Place:
    task = await task_storage.load_task(tx, subject.task_id)
    return Place(task.village, task.household_id, task.case_id)


Locator = Callable[[Any, Tx], Awaitable[Place]]
PLACES: Mapping[type, Locator] = {
    registry_commands.PutArea: at_district,
    registry_commands.PutStaff: at_district,
    policy.ImportHolidays: at_district,
    registry_commands.RegisterHousehold: _at_household,
    applications.ReceiveApplication: _at_application,
    acceptance.AcceptApplication: at_case,
    acceptance.DeclineApplication: at_case,
    acceptance.RequestSupplement: at_case,
    acceptance.ExtendClock: at_case,
    verification_commands.RequestVerification: at_case,
    verification_commands.ReturnVerification: _at_verification,
    survey_commands.OrderSurvey: at_case,
    survey_commands.FileSurvey: at_case,
    opinion.FormOpinion: at_case,
    clocks.NoteClock: at_case,
    clocks.MarkOverdue: at_case,
    progress.FollowPublicity: at_case,
    progress.FollowDecision: at_case,
    progress.FollowEnrolment: at_case,
    paper_commands.IssuePaper: at_case,
    paper_commands.DeliverPaper: at_paper,
    paper_commands.FileScan: _at_desk,
    paper_commands.FileScanByHand: at_scan,
    identity_commands.SetPassword: at_district,
    identity_commands.ChangePassword: at_own_post,
    identity_commands.LinkIdentity: at_district,
    identity_commands.PutClient: _at_client,
    identity_commands.RevokeClient: _at_client,
    stand_ins.DelegatePost: _at_post,
    stand_ins.EndDelegation: at_own_post,
    stand_ins.HandOverPost: _at_post,
    stand_ins.TakeOverPost: at_own_post,
    tablets.MakeEnrolmentCode: at_area,
    tablets.EnrolDevice: _at_enrolment,
    tablets.RevokeDevice: at_device,
    # --- field side: places of tablets and tasks below this line ---
    forms.PublishForm: at_district,
    visits.ReceiveVisit: _at_envelope,
    visits.RecordPhoto: at_visit,
    visits.AttachPhoto: at_visit,
    quarantine.KeepWork: _at_letter,
    quarantine.ReleaseWork: at_work,
    quarantine.ReceiveBrought: _at_brought,
    quarantine.RejectWork: at_work,
    merging.SettleMerge: at_merge,
    tasks.OpenTask: _at_task,
    tasks.CloseTask: _at_open_task,
}


async def locate(cmd: Any, tx: Tx) -> Place:
    """Where a command acts."""
    return await PLACES[type(cmd)](cmd, tx)


async def recused(tx: Tx, household_id: str) -> frozenset[str]:
    """The stored set: matched here whenever staff, household or declaration changed."""
    return await registry.recused_from(tx, household_id)
