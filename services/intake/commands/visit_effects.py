"""What a visit brings about: an application received, a survey filed, a notice proven to hang."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

from services.common.contracts import intake
from services.common.forms.answers import Answers
from services.common.policy.household import Category
from services.common.policy.law import Conflict, Forbidden, Invalid, Missing, Refused
from services.common.runtime.tx import Tx
from services.intake.commands import merging
from services.intake.commands.applications import ApplicationMember, ReceiveApplication
from services.intake.commands.survey import FileSurvey
from services.intake.commands.tasks import CloseTask
from services.intake.model.ids import CaseId, HouseholdId, PersonId, StaffId
from services.intake.model.merges import MergeKind
from services.intake.model.survey import SurveyMode
from services.intake.model.visits import Outcome, Task, TaskKind, Visit, VisitKind, VisitStage
from services.intake.rules import survey_facts
from services.intake.rules import visits as rules
from services.intake.storage import cases, merges
from services.intake.storage import tasks as task_storage

VISITED_ON = {
    VisitKind.VISIT: "visited_on",
    VisitKind.SURVEY: "head/visited_on",
    VisitKind.POSTING: "posted_on",
}


class DoneAlready(Conflict):
    """Another visit did the task first; a person looks at both."""

    def __init__(self, by_visit: str) -> None:
        super().__init__("这项任务已由另一次记录完成，本次记录只存档")
        self.by_visit = by_visit


def check_answers(kind: VisitKind, answers: Answers, tx: Tx) -> None:
    """What can be seen to be wrong at once is told at once, while the tablet can still put it right."""
    match kind:
        case VisitKind.VISIT:
            rules.check_id(answers.text("household_id"), "household_id")
            if answers.yes("wish"):
                _members(answers)
                rules.check_id(answers.text("case_id"), "case_id")
                _category(answers)
        case VisitKind.SURVEY:
            survey_facts.household_facts(answers, tx.today)
        case VisitKind.POSTING:
            rules.check_id(answers.text("posting_id"), "posting_id")


async def take_effect(visit: Visit, answers: Answers, tx: Tx) -> Visit:
    """The visit with its effect, or, where that is refused, filed with the reason: it is never lost."""
    announced, after = len(tx.publications), len(tx.after_commit)
    try:
        async with tx.db.begin_nested():
            done = await _EFFECTS[visit.kind](visit, answers, tx)
    except Invalid as error:
        if visit.kind is VisitKind.VISIT:
            raise  # nothing is filed yet: the tablet can put it right and send it again
        outcome = _outcome(error)
    except DoneAlready as error:
        outcome = _outcome(error)
        second = json.dumps({"first": error.by_visit})
        await merges.open_merge(
            tx,
            MergeKind.SECOND,
            visit.visit_id,
            visit.village,
            second,
            content_sha256=visit.content_sha256,
        )
    except (Refused, Conflict, Missing, Forbidden) as error:
        outcome = _outcome(error)
    else:
        stage = VisitStage.COMPLETE if visit.all_verified else VisitStage.INCOMPLETE
        return replace(done, stage=stage)
    del tx.publications[announced:]
    del tx.after_commit[after:]
    return replace(visit, stage=VisitStage.REFUSED, outcome=outcome)


def _outcome(error: Refused | Conflict | Missing | Forbidden | Invalid) -> Outcome:
    article = getattr(error, "article", None)
    return Outcome(error.code, article.id if article else "", str(error))


async def _receive_application(visit: Visit, answers: Answers, tx: Tx) -> Visit:
    """Step one of a case: the household's own words, members, authorisations and kin."""
    filed = replace(visit, household_id=rules.check_id(answers.text("household_id"), "household_id"))
    contact = await merging.merge_contact(filed, answers, tx)
    if answers.yes("wish"):
        received = await tx.perform(_application(filed, answers, contact, tx))
        filed = replace(filed, case_id=received.case_id, household_id=received.household_id)
    else:
        await merging.correct_contact(filed.household_id, filed.village, contact, tx)
    _announce(filed, (visit.recorded_by,), tx)
    return filed


def _application(visit: Visit, answers: Answers, contact: merging.Contact, tx: Tx) -> ReceiveApplication:
    return ReceiveApplication(
        case_id=CaseId(rules.check_id(answers.text("case_id"), "case_id")),
        household_id=HouseholdId(visit.household_id),
        visit_id=visit.visit_id,
        village=visit.village,
        compound=contact.compound,
        address=contact.address,
        phone=contact.phone,
        received_on=rules.received_on(visit.recorded_at, tx.now),
        category=_category(answers),
        members=_members(answers),
        helped_by=StaffId(answers.text("helped_by") or visit.recorded_by),
        consent=answers.yes("consent"),
        claim=answers.text("claim"),
    )


def _category(answers: Answers) -> Category:
    try:
        return Category(answers.text("category"))
    except ValueError:
        raise Invalid("category", "请选择申请的救助类别") from None


def _members(answers: Answers) -> tuple[ApplicationMember, ...]:
    members = []
    for number, entry in enumerate(answers.each("members"), 1):
        with rules.naming(f"members[{number}]"):
            members.append(_member(entry))
    if not members:
        raise Invalid("members", "请至少填写一名家庭成员")
    return tuple(members)


def _member(answers: Answers) -> ApplicationMember:
    kin = answers.yes("is_kin")
    relation = answers.text("kin_relation")
    if kin and not relation:
        raise Invalid("kin_relation", "请填写与工作人员的关系，例如：父亲")
    return ApplicationMember(
        person_id=PersonId(rules.check_id(answers.text("person_id"), "person_id")),
        name=answers.text("name"),
        id_number=rules.id_number(answers),
        relation=answers.text("relation"),
        counted=answers.yes("counted"),
        authorised=answers.yes("authorised"),
        is_staff=answers.yes("is_staff"),
        kin_relation=relation if kin else "",
        kin_staff_id=answers.text("kin_staff_id") if kin else "",
    )


async def _file_survey(visit: Visit, answers: Answers, tx: Tx) -> Visit:
    """The statutory survey; the law judges it as it was brought back."""
    task = await _task(answers.text("head/task_id"), TaskKind.SURVEY, visit, tx)
    signed = survey_facts.signatures(answers)
    facts = survey_facts.household_facts(answers, await _applied_on(task, tx))
    filed = replace(visit, case_id=task.case_id, household_id=task.household_id)
    surveyors = tuple(map(StaffId, signed.surveyor_ids))
    await tx.perform(
        FileSurvey(
            case_id=task.case_id,
            visit_id=visit.visit_id,
            surveyor_ids=surveyors,
            visited_on=visit.visited_on,
            mode=_mode(answers),
            signed_by_family=signed.signed_by_family,
            refusal_reason=signed.refusal_reason,
            witness=signed.witness,
            facts=json.dumps(facts.to_json(), ensure_ascii=False),
        )
    )
    await tx.perform(CloseTask(task_id=task.task_id, visit_id=visit.visit_id))
    _announce(filed, surveyors, tx)
    return filed


def _mode(answers: Answers) -> SurveyMode:
    try:
        return SurveyMode(answers.text("head/mode"))
    except ValueError:
        raise Invalid("head/mode", "请选择调查方式") from None


async def _applied_on(task: Task, tx: Tx) -> date:
    return (await cases.load_case(tx, task.case_id)).received_on


async def _post_board(visit: Visit, answers: Answers, tx: Tx) -> Visit:
    """Proof that the notice hangs: publicity begins with it."""
    task = await _task(answers.text("task_id"), TaskKind.POSTING, visit, tx)
    posting_id = answers.text("posting_id")
    if posting_id != task.subject.get("posting_id", task.task_id):
        raise Conflict("照片对应的公示单与任务不一致，请打开任务重新拍照")
    photo = visit.photo(answers.picture("photo"))
    if photo is None:
        raise Missing("公示栏照片")
    filed = replace(visit, case_id=task.case_id, household_id=task.household_id)
    posted = rules.posted_at(visit.recorded_at, task.opened_at, visit.received_at)
    await tx.record(task.case_id, posted)
    await tx.perform(CloseTask(task_id=task.task_id, visit_id=visit.visit_id))
    proof = intake.DocumentRef(owner="intake", sha256=photo.sha256, kind=photo.kind, size=photo.size)
    tx.publish(
        intake.BoardPosted(
            posting_id=posting_id,
            case_id=task.case_id,
            household_id=task.household_id,
            township=task.township,
            visit_id=visit.visit_id,
            posted_by=visit.recorded_by,
            posted_at=posted.value.isoformat(),
            photo=proof,
        )
    )
    _announce(filed, (visit.recorded_by,), tx)
    return filed


async def _task(task_id: str, kind: TaskKind, visit: Visit, tx: Tx) -> Task:
    """The task that the visit says it did: of this kind, in this village, and still open."""
    task = await task_storage.load_task(tx, rules.check_id(task_id, "task_id"))
    if task.kind is not kind or task.village != visit.village:
        raise Conflict("记录与任务不一致，请打开任务重新填写")
    if not task.is_open:
        raise DoneAlready(task.closed_by_visit)
    return task


def _announce(visit: Visit, surveyors: tuple[StaffId, ...], tx: Tx) -> None:
    tx.publish(
        intake.VisitRecorded(
            visit_id=visit.visit_id,
            kind=visit.kind.value,
            case_id=visit.case_id,
            household_id=visit.household_id,
            township=visit.township,
            village=visit.village,
            visited_on=visit.visited_on.isoformat(),
            surveyor_ids=list(surveyors),
            form_id=visit.form_id,
            form_version=visit.form_version,
        )
    )


_EFFECTS: dict[VisitKind, Callable[[Visit, Answers, Tx], Awaitable[Visit]]] = {
    VisitKind.VISIT: _receive_application,
    VisitKind.SURVEY: _file_survey,
    VisitKind.POSTING: _post_board,
}
