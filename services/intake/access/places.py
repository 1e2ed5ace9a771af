"""Where each command acts: the area, the household and the subject that the gate asks about."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from services.common.papers import ledger
from services.common.policy.areas import DISTRICT
from services.common.policy.law import Missing
from services.common.policy.roles import area_level
from services.common.runtime.gate import Place
from services.common.runtime.tx import Tx
from services.intake.commands import (
    acceptance,
    applications,
    appraisals,
    clocks,
    forms,
    handovers,
    kin_declarations,
    merging,
    notices,
    opinion,
    policy,
    progress,
    quarantine,
    recusal_requests,
    reexaminations,
    referrals,
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
from services.intake.queries import documents
from services.intake.storage import cases, devices, kin_register, means, merges, registry
from services.intake.storage import kinship as kin_storage
from services.intake.storage import quarantine as quarantine_storage
from services.intake.storage import tasks as task_storage
from services.intake.storage import visits as visit_storage


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


async def at_declaration(subject: Any, tx: Tx) -> Place:
    """A declaration lies where whoever made it works."""
    told = await kin_storage.load_staff_declaration(tx, subject.declaration_id)
    return Place(told.area, subject=told.declaration_id)


async def at_request(subject: Any, tx: Tx) -> Place:
    """A request to be recused lies where its case lies."""
    return await at_case(await kin_storage.load_request(tx, subject.request_id), tx)


async def at_referral(subject: Any, tx: Tx) -> Place:
    """A referral lies where the person concerned works, and is none of his."""
    known = await kin_register.load_referral(tx, subject.referral_id)
    if known.staff_id == tx.actor.id:
        raise Missing("该移送")
    return Place(known.area, subject=known.referral_id)


async def at_township(subject: Any, tx: Tx) -> Place:
    return Place(subject.township, subject=subject.township)


async def _at_new_referral(cmd: referrals.ReferAbuse, tx: Tx) -> Place:
    area_level(cmd.area)
    return Place(cmd.area, subject=cmd.referral_id)


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
    handovers.HandOverPost: _at_post,
    handovers.TakeOverPost: at_own_post,
    tablets.MakeEnrolmentCode: at_area,
    tablets.EnrolDevice: _at_enrolment,
    tablets.RevokeDevice: at_device,
    kin_declarations.DeclareKin: at_own_post,
    kin_declarations.ReviewKinDeclaration: at_declaration,
    kin_declarations.FileKinDeclaration: at_declaration,
    kin_declarations.FileKinEntry: at_case,
    kin_declarations.WidenKin: at_township,
    recusal_requests.AskRecusal: at_case,
    recusal_requests.NameReplacement: at_request,
    reexaminations.OpenReexamination: at_case,
    reexaminations.ConcludeReexamination: at_case,
    reexaminations.EndReexamination: at_case,
    referrals.ReferAbuse: _at_new_referral,
    referrals.AnswerReferral: at_referral,
    appraisals.RecordAppraisal: at_case,
    appraisals.RecordNeighbourVisit: at_case,
    verification_commands.DisputeVerification: at_case,
    notices.MarkNoticesSeen: at_own_post,
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
