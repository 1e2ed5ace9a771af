"""New examinations, after an objection, a report or hidden kin: opened and concluded (R3.11, DB.19)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.common.contracts import intake as events
from services.common.policy.assess import Assessment, assess
from services.common.policy.law import Conflict, Finding
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.commands.evidence import evidence_of
from services.intake.commands.kinship import open_reexamination
from services.intake.model.case import Case, Stage
from services.intake.model.ids import CaseId
from services.intake.model.reexamination import Reexamination, ReexaminationGround, ReexaminationOutcome
from services.intake.rules import reexamination as rules
from services.intake.storage import cases, kin_register, means


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReexamination:
    """`source_id` is the objection or report it goes back to; the same source opens it once."""

    case_id: CaseId
    ground: ReexaminationGround
    source_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeReexamination:
    """For a case that is decided; before the decision a new preliminary opinion concludes it."""

    case_id: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class EndReexamination:
    """The objection was answered without a new opinion: what was decided stands."""

    case_id: CaseId
    source_id: str


@dataclass(frozen=True, slots=True)
class ReexaminationStarted:
    reexamination_id: str


@dataclass(frozen=True, slots=True)
class ReexaminationEnded:
    """What it came to; the old decision stays as it was made, review and meeting act on this."""

    reexamination_id: str
    outcome: ReexaminationOutcome
    monthly_amount_fen: int


@action("open-reexamination")
async def open_reexamination_of(cmd: OpenReexamination, tx: Tx) -> ReexaminationStarted:
    case = await cases.load_case(tx, cmd.case_id)
    before = await kin_register.reexaminations_of(tx, case.case_id)
    known = next((one for one in before if cmd.source_id and one.source_id == cmd.source_id), None)
    if known:
        return ReexaminationStarted(known.reexamination_id)
    rules.may_open(case)
    one = await open_reexamination(case, cmd.ground, tx, source_id=cmd.source_id)
    await tx.record(case.case_id, rules.opened(one))
    return ReexaminationStarted(one.reexamination_id)


@action("conclude-reexamination")
async def conclude_reexamination(cmd: ConcludeReexamination, tx: Tx) -> ReexaminationEnded:
    """Survey and verification made since it was opened are judged with today's values."""
    case = await cases.load_case(tx, cmd.case_id)
    case.require(Stage.DECIDED, Stage.ENROLLED)
    one = await kin_register.open_reexamination(tx, case.case_id)
    if one is None:
        raise Conflict("该案没有正在进行的重新审核")
    found = await evidence_of(case, tx)
    rules.examined_anew(one, found.survey, found.report, None)
    assessment = assess(found.facts, tx.today, tx.policy)
    before = await means.latest_opinion(tx, case)
    outcome = rules.outcome(assessment, before.monthly_amount_fen if before else 0)
    await tx.record(case.case_id, found.agreement, *assessment.steps, outcome)
    await close(one, outcome, assessment, tx)
    return ReexaminationEnded(one.reexamination_id, outcome.value, assessment.amount)


@action("end-reexamination")
async def end_reexamination(cmd: EndReexamination, tx: Tx) -> None:
    """News of an objection whose examination is over, or never began, changes nothing."""
    case = await cases.load_case(tx, cmd.case_id)
    before = await means.latest_opinion(tx, case)
    for one in await kin_register.reexaminations_of(tx, case.case_id):
        if one.is_open and one.source_id == cmd.source_id:
            found = rules.answered_without_change(one, tx.today)
            await tx.record(case.case_id, found)
            category = before.category if before else case.category
            amount = before.monthly_amount_fen if before else 0
            await _keep(one, found.value, category.value, amount, tx)


async def close(
    one: Reexamination, outcome: Finding[ReexaminationOutcome], assessment: Assessment, tx: Tx
) -> None:
    """Keep what it came to and tell the others."""
    amount = int(assessment.amount) if assessment.eligible else 0
    await _keep(one, outcome.value, assessment.category.value, amount, tx)


async def _keep(
    one: Reexamination, outcome: ReexaminationOutcome, category: str, amount: int, tx: Tx
) -> None:
    await kin_register.save_reexamination(
        tx,
        replace(
            one,
            concluded_on=tx.today,
            concluded_by=tx.actor.id,
            outcome=outcome,
            monthly_amount_fen=amount,
        ),
    )
    tx.publish(
        events.ReexaminationConcluded(
            reexamination_id=one.reexamination_id,
            case_id=one.case_id,
            household_id=one.household_id,
            township=one.township,
            ground=one.ground.value,
            outcome=outcome.value,
            eligible=outcome is not ReexaminationOutcome.NOT_ELIGIBLE,
            category=category,
            monthly_amount_fen=amount,
            concluded_on=tx.today.isoformat(),
        )
    )


async def conclude_with_opinion(case: Case, assessment: Assessment, before_fen: int, tx: Tx) -> None:
    """A new preliminary opinion is what an undecided case's examination ends in."""
    for one in await kin_register.reexaminations_of(tx, case.case_id):
        if one.is_open:
            outcome = rules.outcome(assessment, before_fen)
            await tx.record(case.case_id, outcome)
            await close(one, outcome, assessment, tx)
