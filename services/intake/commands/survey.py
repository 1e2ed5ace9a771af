"""The statutory home survey: ordered by the township, filed with two surveyors and the family's signature."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from services.common.policy.clocks import investigation_start_due
from services.common.policy.household import HouseholdFacts
from services.common.policy.law import Finding, Invalid
from services.common.policy.roles import covers
from services.common.runtime.gate import action
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx
from services.intake.commands.investigation import require_open
from services.intake.commands.tasks import OpenTask
from services.intake.model.case import Case
from services.intake.model.ids import CaseId, StaffId, TaskId, VisitId
from services.intake.model.survey import Survey, SurveyMode, Surveyor, SurveyOrder
from services.intake.model.visits import TaskKind
from services.intake.rules import kinship
from services.intake.rules import survey as rules
from services.intake.storage import cases, means, registry


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSurvey:
    case_id: CaseId
    surveyor_ids: tuple[StaffId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSurvey:
    """What a survey visit brought back; `facts` is the HouseholdFacts document as JSON text."""

    case_id: CaseId
    visit_id: VisitId
    surveyor_ids: tuple[StaffId, ...]
    visited_on: date
    mode: SurveyMode
    signed_by_family: bool
    refusal_reason: str
    witness: str
    facts: str


@dataclass(frozen=True, slots=True)
class SurveyOrdered:
    task_id: TaskId


@action("order-survey")
async def order_survey(cmd: OrderSurvey, tx: Tx) -> SurveyOrdered:
    case = await cases.load_case(tx, cmd.case_id)
    await require_open(case, tx)
    kinship.no_kin_among(cmd.surveyor_ids, await registry.recused_from(tx, case.household_id))
    team = await _team(cmd.surveyor_ids, case, tx.today, tx)
    task_id = TaskId(new_id())
    surveyor_ids = tuple(dict.fromkeys(cmd.surveyor_ids))
    await means.add_order(
        tx, SurveyOrder(task_id, case.case_id, case.township, surveyor_ids, tx.today, StaffId(tx.actor.id))
    )
    await tx.perform(await _task(task_id, case, surveyor_ids, tx))
    await tx.record(case.case_id, team)
    return SurveyOrdered(task_id)


@action("file-survey")
async def file_survey(cmd: FileSurvey, tx: Tx) -> None:
    """The same visit sent again changes nothing."""
    if await means.find_survey(tx, cmd.visit_id):
        return
    case = await cases.load_case(tx, cmd.case_id)
    survey = Survey(
        visit_id=cmd.visit_id,
        case_id=case.case_id,
        township=case.township,
        surveyor_ids=cmd.surveyor_ids,
        visited_on=cmd.visited_on,
        mode=cmd.mode,
        signed_by_family=cmd.signed_by_family,
        refusal_reason=cmd.refusal_reason,
        witness=cmd.witness,
        facts=cmd.facts,
        filed_on=tx.today,
    )
    counts = rules.survey_counts(survey, case, await means.orders_of(tx, case.case_id))
    await require_open(case, tx)
    kinship.no_kin_among(cmd.surveyor_ids, await registry.recused_from(tx, case.household_id))
    team = await _team(cmd.surveyor_ids, case, cmd.visited_on, tx)
    rules.mode_allowed(cmd.mode, tx.policy, cmd.visited_on)
    signed = rules.signed(survey)
    read_facts(cmd.facts)
    await means.add_survey(tx, survey)
    await tx.record(case.case_id, counts, team, signed)


def read_facts(text: str) -> HouseholdFacts:
    """The facts of a survey; Invalid names what is wrong in them."""
    try:
        return HouseholdFacts.from_json(json.loads(text))
    except json.JSONDecodeError as error:
        raise Invalid("facts", "调查内容无法识别,请重新提交") from error


async def _team(surveyor_ids: tuple[StaffId, ...], case: Case, on: date, tx: Tx) -> Finding[int]:
    surveyors = [await _surveyor(staff_id, case, on, tx) for staff_id in surveyor_ids]
    return rules.survey_team(surveyors, tx.policy, on)


async def _surveyor(staff_id: StaffId, case: Case, on: date, tx: Tx) -> Surveyor:
    staff = await registry.find_staff(tx, staff_id)
    held = [post for post in staff.posts if post.holds_on(on)] if staff else []
    here = [post for post in held if covers(post.area, case.village)]
    if not here:
        raise Invalid("surveyor_ids", "调查人员中有人在该村(居)没有在任岗位,请核对")
    return Surveyor(staff_id, any(post.of_township for post in here))


async def _task(task_id: TaskId, case: Case, assignees: tuple[StaffId, ...], tx: Tx) -> OpenTask:
    """What the surveyors must know at the door: whom they visit, and by which key each person goes."""
    household = await registry.load_household(tx, case.household_id)
    members = await cases.members_of(tx, case.case_id)
    listed = [
        {"key": m.person_id, "name": m.name, "relation": m.relation, "born_on": m.born_on.isoformat()}
        for m in members
    ]
    start = investigation_start_due(case.accepted_on or tx.today, tx.calendar, tx.policy)
    return OpenTask(
        task_id=task_id,
        kind=TaskKind.SURVEY,
        township=case.township,
        village=case.village,
        case_id=case.case_id,
        household_id=case.household_id,
        assignees=assignees,
        due_on=start.value.day,
        title=f"入户调查:{members[0].name}家",
        subject={
            "category": case.category.value,
            "received_on": case.received_on.isoformat(),
            "head_name": members[0].name,
            "compound": household.compound,
            "address": household.address,
            "phone": household.phone,
            "members": json.dumps(listed, ensure_ascii=False),
        },
    )
