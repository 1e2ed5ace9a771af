"""Other services' events that intake acts on. This table is all that intake listens to."""

from __future__ import annotations

from datetime import date

from google.protobuf.message import Message

from services.common.contracts import approval, disclosure, review
from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.roles import Role
from services.common.runtime.service import Reaction
from services.common.runtime.tx import Tx
from services.intake.commands.clocks import NoteClock
from services.intake.commands.progress import FollowDecision, FollowEnrolment, FollowPublicity
from services.intake.commands.tasks import OpenTask
from services.intake.model.case import Stage
from services.intake.model.clock import ClockState
from services.intake.model.ids import CaseId, HouseholdId, TaskId
from services.intake.model.visits import TaskKind
from services.intake.storage import registry

INITIAL = "initial"
DISTRICT_APPROVAL = "district-approval"


async def on_posting_requested(event: disclosure.PostingRequested, tx: Tx) -> None:
    """A grid worker of the village puts the notice up and photographs it."""
    assignees = await registry.staff_in_post(tx, Role.GRID_WORKER, event.village, tx.today)
    await tx.perform(
        OpenTask(
            task_id=TaskId(event.posting_id),
            kind=TaskKind.POSTING,
            township=TownshipCode(event.township),
            village=VillageCode(event.village),
            case_id=CaseId(event.case_id),
            household_id=HouseholdId(event.household_id),
            assignees=assignees,
            due_on=None,
            title=f"张贴公示并拍照:{event.place_name}",
            subject={
                "posting_id": event.posting_id,
                "publicity_id": event.publicity_id,
                "place": event.place,
                "place_name": event.place_name,
                "kind": event.kind,
            },
        )
    )


async def on_publicity_posted(event: disclosure.PublicityPosted, tx: Tx) -> None:
    await _follow_publicity(event, Stage.IN_PUBLICITY, tx)


async def on_publicity_concluded(event: disclosure.PublicityConcluded, tx: Tx) -> None:
    await _follow_publicity(event, Stage.PUBLICITY_CONCLUDED, tx)


async def on_decision_made(event: approval.DecisionMade, tx: Tx) -> None:
    """Where the district approves, its word ends the procedure, not the meeting's."""
    if event.next != DISTRICT_APPROVAL:
        await _follow_decision(event, tx)


async def on_district_decided(event: approval.DistrictDecided, tx: Tx) -> None:
    await _follow_decision(event, tx)


async def on_clock_changed(event: approval.ClockChanged, tx: Tx) -> None:
    await tx.perform(
        NoteClock(
            owner="approval",
            case_id=CaseId(event.case_id),
            household_id=HouseholdId(event.household_id),
            township=TownshipCode(event.township),
            clock=event.clock,
            state=ClockState(event.state),
            started_on=_day(event.started_on),
            target_on=_day(event.target_on),
            due_on=_day(event.due_on),
            provisional=event.provisional,
            article=event.article,
        )
    )


async def on_recipient_enrolled(event: review.RecipientEnrolled, tx: Tx) -> None:
    await tx.perform(FollowEnrolment(case_id=CaseId(event.case_id)))


async def _follow_publicity(
    event: disclosure.PublicityPosted | disclosure.PublicityConcluded, stage: Stage, tx: Tx
) -> None:
    if event.kind == INITIAL:
        await tx.perform(FollowPublicity(case_id=CaseId(event.case_id), revision=event.revision, stage=stage))


async def _follow_decision(event: approval.DecisionMade | approval.DistrictDecided, tx: Tx) -> None:
    await tx.perform(
        FollowDecision(
            case_id=CaseId(event.case_id),
            outcome=event.outcome,
            decided_on=date.fromisoformat(event.decided_on),
        )
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


REACTIONS: dict[type[Message], Reaction] = {
    disclosure.PostingRequested: on_posting_requested,
    disclosure.PublicityPosted: on_publicity_posted,
    disclosure.PublicityConcluded: on_publicity_concluded,
    approval.DecisionMade: on_decision_made,
    approval.DistrictDecided: on_district_decided,
    approval.ClockChanged: on_clock_changed,
    review.RecipientEnrolled: on_recipient_enrolled,
}
