"""The preliminary opinion: calculated from survey and verification, announced for publicity and meeting."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.common.contracts import intake as events
from services.common.policy.articles import DB_19
from services.common.policy.assess import Assessment, assess
from services.common.policy.law import Finding
from services.common.policy.money import Fen
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.commands.clocks import running_clock
from services.intake.commands.evidence import Evidence, evidence_of
from services.intake.commands.investigation import require_open
from services.intake.commands.kinship import refresh_recusal
from services.intake.commands.reexaminations import conclude_with_opinion
from services.intake.model.case import Case, CaseMember, Cause, Opinion, Stage
from services.intake.model.clock import DECISION
from services.intake.model.ids import CaseId, PersonId, StaffId
from services.intake.model.registry import Household
from services.intake.rules import opinion as rules
from services.intake.rules import reexamination as reexamination_rules
from services.intake.storage import appraisals, cases, kin_register, means, registry


@dataclass(frozen=True, slots=True, kw_only=True)
class FormOpinion:
    case_id: CaseId
    cause: Cause


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the calculation."""

    article: str
    text: str


@dataclass(frozen=True, slots=True)
class OpinionFormed:
    case_id: CaseId
    revision: int
    eligible: bool
    category: str
    monthly_amount_fen: int
    steps: tuple[Step, ...]


@action("form-opinion")
async def form_opinion(cmd: FormOpinion, tx: Tx) -> OpinionFormed:
    """Refused while survey or report is missing or the two disagree. Where nobody is eligible the meeting
    hears of it all the same (R4.7), but without a name: a failed application is hung on no board."""
    case = await cases.load_case(tx, cmd.case_id)
    await require_open(case, tx)
    found = await evidence_of(case, tx)
    anew = await _examined_anew(case, found, tx)
    assessment = assess(found.facts, tx.today, tx.policy)
    before = await means.latest_opinion(tx, case)
    opinion = _opinion(case, cmd.cause, assessment, tx)
    await means.add_opinion(tx, opinion)
    await tx.record(case.case_id, *anew, found.agreement, *assessment.steps, _formed(opinion))
    case = replace(case.move(Stage.OPINION_FORMED), opinion_revision=opinion.revision)
    await conclude_with_opinion(case, assessment, before.monthly_amount_fen if before else 0, tx)
    await _announce(case, opinion, len(found.facts.counted), found.members, tx)
    await cases.save_case(tx, case)
    steps = tuple(Step(article, text) for article, text in opinion.steps)
    return OpinionFormed(
        case.case_id,
        opinion.revision,
        opinion.eligible,
        opinion.category.value,
        opinion.monthly_amount_fen,
        steps,
    )


async def _examined_anew(case: Case, found: Evidence, tx: Tx) -> list[Finding[bool]]:
    """What every open new examination asks for has been done since."""
    appraisal = await appraisals.latest_appraisal(tx, case.case_id)
    return [
        reexamination_rules.examined_anew(one, found.survey, found.report, appraisal)
        for one in await kin_register.reexaminations_of(tx, case.case_id)
        if one.is_open
    ]


def _opinion(case: Case, cause: Cause, assessment: Assessment, tx: Tx) -> Opinion:
    return Opinion(
        case_id=case.case_id,
        township=case.township,
        revision=case.opinion_revision + 1,
        category=assessment.category,
        eligible=assessment.eligible,
        cause=cause,
        insured_person_ids=tuple(PersonId(key) for key in assessment.insured if assessment.eligible),
        monthly_amount_fen=assessment.amount if assessment.eligible else Fen(0),
        formed_on=tx.today,
        handler_id=StaffId(tx.actor.id),
        policy_revision=tx.policy.revision,
        steps=tuple((step.article.id, str(step.facts["text"])) for step in assessment.steps),
    )


def _formed(opinion: Opinion) -> Finding[bool]:
    verdict = "符合条件" if opinion.eligible else "不符合条件"
    text = f"提出初审意见(第{opinion.revision}次):{opinion.category.chinese},{verdict}"
    facts: dict[str, object] = {
        "revision": opinion.revision,
        "monthly_amount_fen": opinion.monthly_amount_fen,
        "text": text,
    }
    return Finding(DB_19, opinion.eligible, facts)


async def _announce(case: Case, opinion: Opinion, size: int, members: tuple[CaseMember, ...], tx: Tx) -> None:
    household = await registry.load_household(tx, case.household_id)
    kin = await refresh_recusal(tx, household, tx.today, case.case_id)
    clock = await running_clock(tx, case.case_id, DECISION)
    await tx.record(case.case_id, kin)
    event = _event(case, household, opinion)
    if opinion.eligible:
        name = rules.published_name(members[0].name, members[0].born_on, tx.today, tx.policy)
        await tx.record(case.case_id, name)
        event.head_name = name.value
    event.household_size = size
    event.kin_declared = kin.value
    event.due_on = clock.due_on.isoformat()
    tx.publish(event)


def _event(case: Case, household: Household, opinion: Opinion) -> events.PreliminaryOpinionFormed:
    return events.PreliminaryOpinionFormed(
        case_id=case.case_id,
        household_id=case.household_id,
        township=case.township,
        village=case.village,
        compound=household.compound,
        revision=opinion.revision,
        category=opinion.category.value,
        cause=opinion.cause.value,
        insured_person_ids=opinion.insured_person_ids,
        monthly_amount_fen=opinion.monthly_amount_fen,
        formed_on=opinion.formed_on.isoformat(),
        handler_id=opinion.handler_id,
        policy_revision=opinion.policy_revision,
    )
