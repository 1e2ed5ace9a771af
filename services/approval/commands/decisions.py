"""The collective decision, and the district's where the township only reviews."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.approval.commands import announce
from services.approval.commands.meetings import open_meeting, require_on_agenda, sitting_of
from services.approval.model import (
    CaseId,
    Conclusion,
    Decision,
    DecisionId,
    DocketItem,
    MeetingId,
    Next,
    Outcome,
    PersonId,
    StaffId,
    Stage,
    Vote,
)
from services.approval.rules import decision as rules
from services.approval.rules import meeting as meeting_rules
from services.approval.rules import votes as vote_rules
from services.approval.storage import decisions, docket, meetings
from services.common.policy.calendar import Due
from services.common.policy.clocks import first_month, refusal_notice_due
from services.common.policy.household_terms import Category
from services.common.policy.law import Conflict, Finding, Invalid
from services.common.policy.money import Fen
from services.common.runtime.gate import action
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx

NOTHING = Fen(0)
STAGE_AFTER = {
    Next.FILING: Stage.CONFIRMED,
    Next.DISTRICT_APPROVAL: Stage.WITH_DISTRICT,
    Next.NONE: Stage.REFUSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideCase:
    """The chair concludes one item of the agenda."""

    meeting_id: MeetingId
    case_id: CaseId
    outcome: Outcome
    category: Category | None = None
    tier: str = ""
    insured_person_ids: tuple[PersonId, ...] = ()
    monthly_amount_fen: Fen = NOTHING
    add_on_fen: Fen = NOTHING
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CaseDecided:
    decision_id: DecisionId
    first_month: str
    notice_due_on: date | None
    next: Next


@action("decide-case")
async def decide_case(cmd: DecideCase, tx: Tx) -> CaseDecided:
    meeting = await open_meeting(tx, cmd.meeting_id)
    item = await docket.lock_item(tx, cmd.case_id)
    require_on_agenda(item, cmd.meeting_id)
    sitting = await sitting_of(meeting, item, tx)
    meeting_rules.presiding(sitting, StaffId(tx.actor.id))
    if cmd.outcome in (Outcome.DEFER, Outcome.RETURN):
        return await _put_off(cmd, item, sitting, tx)
    meeting_rules.joint(meeting.kind, sitting)
    quorum = meeting_rules.quorum(sitting)
    tally = vote_rules.tally(sitting, _on_case(cmd.case_id, await meetings.votes_of(tx, cmd.meeting_id)))
    vote_rules.carried(cmd.outcome, tally.value)
    resolution = _resolution_of(cmd, item)
    resolved = rules.resolve(resolution, item, tx.policy, tx.today)
    route = rules.route(resolution.category, cmd.outcome)

    decision = _decision_of(cmd, resolution, item, route.value, tx)
    decision, follows = _take_effect(decision, tx)
    await decisions.save_decision(tx, decision)
    await docket.save_item(tx, item.move(STAGE_AFTER[decision.next]))
    await meetings.conclude(tx, cmd.meeting_id, _conclusion(cmd, tx, decision.decision_id))
    await tx.record(cmd.case_id, quorum, tally, resolved, route, *follows)
    tx.publish(announce.decision_made(decision))
    _announce_effect(decision, tx)
    return CaseDecided(
        decision.decision_id, str(decision.first_month or ""), decision.notice_due_on, decision.next
    )


async def _put_off(cmd: DecideCase, item: DocketItem, sitting: meeting_rules.Sitting, tx: Tx) -> CaseDecided:
    """Nothing is decided: the item waits for another meeting, or for a newer opinion."""
    if cmd.outcome is Outcome.DEFER:
        found, stage = meeting_rules.deferral(sitting, cmd.reason), Stage.READY
    else:
        found, stage = meeting_rules.returned(cmd.reason), Stage.RETURNED
    await docket.save_item(tx, replace(item.move(stage), meeting_id=None))
    await meetings.conclude(tx, cmd.meeting_id, _conclusion(cmd, tx, ""))
    await tx.record(cmd.case_id, found)
    if cmd.outcome is Outcome.RETURN:
        tx.publish(announce.case_returned(item, cmd.meeting_id, tx.today))
    return CaseDecided(DecisionId(""), "", None, Next.NONE)


def _conclusion(cmd: DecideCase, tx: Tx, decision_id: str) -> Conclusion:
    return Conclusion(
        case_id=cmd.case_id,
        outcome=cmd.outcome,
        reason=cmd.reason.strip(),
        concluded_at=tx.now,
        concluded_by=StaffId(tx.actor.id),
        decision_id=decision_id,
    )


def _on_case(case_id: CaseId, votes: tuple[Vote, ...]) -> tuple[Vote, ...]:
    return tuple(vote for vote in votes if vote.case_id == case_id)


def _resolution_of(cmd: DecideCase, item: DocketItem) -> rules.Resolution:
    """What was announced; a refusal names the category that was applied for and grants nothing."""
    if cmd.outcome is Outcome.REFUSE:
        return rules.Resolution(outcome=cmd.outcome, category=item.category, reason=cmd.reason)
    if cmd.category is None:
        raise Invalid("category", "请选择保障类别")
    return rules.Resolution(
        outcome=cmd.outcome,
        category=cmd.category,
        tier=cmd.tier.strip(),
        insured_person_ids=cmd.insured_person_ids,
        monthly_amount_fen=cmd.monthly_amount_fen,
        add_on_fen=cmd.add_on_fen,
        reason=cmd.reason,
    )


def _decision_of(
    cmd: DecideCase, resolution: rules.Resolution, item: DocketItem, following: Next, tx: Tx
) -> Decision:
    return Decision(
        decision_id=DecisionId(new_id()),
        case_id=item.case_id,
        household_id=item.household_id,
        township=item.township,
        meeting_id=cmd.meeting_id,
        revision=item.revision,
        outcome=resolution.outcome,
        category=resolution.category,
        tier=resolution.tier,
        insured_person_ids=resolution.insured_person_ids,
        monthly_amount_fen=resolution.monthly_amount_fen,
        add_on_fen=resolution.add_on_fen,
        reason=resolution.reason.strip(),
        decided_on=tx.today,
        decided_by=StaffId(tx.actor.id),
        next=following,
    )


def _take_effect(decision: Decision, tx: Tx) -> tuple[Decision, list[Finding[Any]]]:
    """Confirmed: money from the month after (R4.6). Refused: the notice clock runs (R4.7)."""
    if decision.outcome is Outcome.REFUSE or decision.district_outcome is Outcome.REFUSE:
        due: Finding[Due] = refusal_notice_due(tx.today, tx.calendar, tx.policy)
        refused = replace(
            decision,
            refused_on=tx.today,
            notice_due_on=due.value.day,
            notice_provisional=due.value.provisional,
        )
        return refused, [due]
    if decision.awaits_district:
        return decision, []
    month = first_month(tx.today)
    return replace(decision, first_month=month.value), [month]


def _announce_effect(decision: Decision, tx: Tx) -> None:
    if decision.refused_on:
        tx.publish(announce.notice_clock(decision, running=True))
    elif not decision.awaits_district:
        tx.publish(announce.assistance_confirmed(decision, tx.today))


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideForDistrict:
    """The district approves or refuses what the township reviewed."""

    case_id: CaseId
    outcome: Outcome
    reason: str = ""


@action("decide-for-district")
async def decide_for_district(cmd: DecideForDistrict, tx: Tx) -> None:
    item = await docket.lock_item(tx, cmd.case_id)
    decision = await decisions.load_decision(tx, cmd.case_id)
    if cmd.outcome not in (Outcome.CONFIRM, Outcome.REFUSE):
        raise Invalid("outcome", "请选择批准或不予批准")
    if item.stage is not Stage.WITH_DISTRICT:
        raise Conflict(f"该案目前{item.stage.chinese}，不是待区民政局审批的事项")
    decided = rules.district_decision(cmd.outcome, cmd.reason)
    decision = replace(
        decision,
        district_outcome=cmd.outcome,
        district_reason=cmd.reason.strip(),
        district_decided_on=tx.today,
    )
    decision, follows = _take_effect(decision, tx)
    await decisions.save_decision(tx, decision)
    await docket.save_item(tx, item.move(Stage.APPROVED if cmd.outcome is Outcome.CONFIRM else Stage.REFUSED))
    await tx.record(cmd.case_id, decided, *follows)
    tx.publish(announce.district_decided(decision))
    _announce_effect(decision, tx)
