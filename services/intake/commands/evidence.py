"""What a judgement rests on: the newest survey and report, which agree, of the people who applied."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.common.policy.household import HouseholdFacts
from services.common.policy.law import Finding
from services.common.runtime.tx import Tx
from services.intake.commands.survey import read_facts
from services.intake.model.case import Case, CaseMember
from services.intake.model.survey import Survey
from services.intake.model.verification import Verification
from services.intake.rules import kinship as kinship_rules
from services.intake.rules import survey as survey_rules
from services.intake.rules import verification as verification_rules
from services.intake.storage import cases, means, registry


@dataclass(frozen=True, slots=True)
class Evidence:
    """Survey, report and the facts judged for the category applied for."""

    survey: Survey
    report: Verification
    facts: HouseholdFacts
    members: tuple[CaseMember, ...]
    agreement: Finding[bool]


async def evidence_of(case: Case, tx: Tx) -> Evidence:
    """Refused while survey or report is missing, was made by kin, or the two disagree."""
    members = await cases.members_of(tx, case.case_id)
    report = verification_rules.returned(await means.latest_verification(tx, case.case_id))
    survey = survey_rules.filed(await means.latest_survey(tx, case.case_id))
    recused = await registry.recused_from(tx, case.household_id)
    kinship_rules.not_surveyed_by_kin(survey.surveyor_ids, recused)
    facts = replace(read_facts(survey.facts), category=case.category)
    survey_rules.same_people(facts, members)
    agreement = verification_rules.compare(report.facts, facts)
    verification_rules.require_agreement(agreement)
    return Evidence(survey, report, facts, members, agreement)
