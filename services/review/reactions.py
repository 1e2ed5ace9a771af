"""Other services' events that review acts on. This table is all that review listens to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from google.protobuf.message import Message

from services.common.contracts import approval, disclosure, intake
from services.common.policy.calendar import legal_day
from services.common.policy.household_terms import Category
from services.common.policy.month import Month
from services.common.runtime import revocation
from services.common.runtime.service import Reaction
from services.common.runtime.tx import Tx
from services.review import commands
from services.review.model import CaseId, HouseholdId, PaperKind, PersonId, StaffId

VISIT_PAPERS = {
    "visit": PaperKind.VISIT_RECORD,
    "survey": PaperKind.SURVEY_FORM,
}


class _OfCase(Protocol):
    """An event about a case: every one of them names these three."""

    DESCRIPTOR: object
    case_id: str
    household_id: str
    township: str


async def on_visit_recorded(event: intake.VisitRecorded, tx: Tx) -> None:
    kind = VISIT_PAPERS.get(event.kind)
    if kind is not None:  # a posting visit is filed by its photo, with BoardPosted
        await _file(event, kind, event.visit_id, event.visited_on, tx)


async def on_application_accepted(event: intake.ApplicationAccepted, tx: Tx) -> None:
    await tx.perform(
        commands.NoteCase(
            case_id=CaseId(event.case_id),
            household_id=HouseholdId(event.household_id),
            township=event.township,
            village=event.village,
        )
    )
    await _file(event, PaperKind.ACCEPTANCE_NOTICE, event.case_id, event.accepted_on, tx)


async def on_application_not_accepted(event: intake.ApplicationNotAccepted, tx: Tx) -> None:
    await _file(event, PaperKind.NON_ACCEPTANCE_NOTICE, event.case_id, event.declined_on, tx)


async def on_preliminary_opinion_formed(event: intake.PreliminaryOpinionFormed, tx: Tx) -> None:
    await tx.perform(
        commands.NoteCase(
            case_id=CaseId(event.case_id),
            household_id=HouseholdId(event.household_id),
            township=event.township,
            village=event.village,
            opinion_revision=event.revision,
            kin_declared=event.kin_declared,
        )
    )
    reference = f"{event.case_id}#{event.revision}"
    await _file(event, PaperKind.PRELIMINARY_OPINION, reference, event.formed_on, tx)


async def on_board_posted(event: intake.BoardPosted, tx: Tx) -> None:
    posted_on = legal_day(datetime.fromisoformat(event.posted_at))
    await _file(event, PaperKind.BOARD_PHOTO, event.posting_id, posted_on.isoformat(), tx)


async def on_publicity_posted(event: disclosure.PublicityPosted, tx: Tx) -> None:
    await _file(event, PaperKind.PUBLICITY_NOTICE, event.publicity_id, event.posted_on, tx)


async def on_publicity_concluded(event: disclosure.PublicityConcluded, tx: Tx) -> None:
    await _file(event, PaperKind.PUBLICITY_RESULT, event.publicity_id, event.concluded_on, tx)


async def on_entry_listed(event: disclosure.EntryListed, tx: Tx) -> None:
    await _file(event, PaperKind.LONG_TERM_LISTING, event.entry_id, event.listed_on, tx)


async def on_decision_made(event: approval.DecisionMade, tx: Tx) -> None:
    await _file(event, PaperKind.DECISION, event.decision_id, event.decided_on, tx)


async def on_notice_served(event: approval.NoticeServed, tx: Tx) -> None:
    await _file(event, PaperKind.DECISION_NOTICE, event.decision_id, event.served_on, tx)


async def on_decision_filed(event: approval.DecisionFiled, tx: Tx) -> None:
    await _file(event, PaperKind.FILING_RECEIPT, event.decision_id, event.filed_on, tx)


async def on_district_decided(event: approval.DistrictDecided, tx: Tx) -> None:
    await _file(event, PaperKind.DISTRICT_APPROVAL, event.decision_id, event.decided_on, tx)


async def on_assistance_confirmed(event: approval.AssistanceConfirmed, tx: Tx) -> None:
    await tx.perform(
        commands.EnrolRecipient(
            case_id=CaseId(event.case_id),
            household_id=HouseholdId(event.household_id),
            township=event.township,
            category=Category(event.category),
            insured_person_ids=tuple(map(PersonId, event.insured_person_ids)),
            monthly_amount_fen=event.monthly_amount_fen,
            add_on_fen=event.add_on_fen,
            first_month=Month.parse(event.first_month),
        )
    )


async def on_staff_changed(event: intake.StaffChanged, tx: Tx) -> None:
    """Posts are read from tokens; only what was taken away matters here."""
    await revocation.follow(event.staff_id, event.revoked_at, tx)


async def on_recusal_changed(event: intake.RecusalChanged, tx: Tx) -> None:
    await tx.perform(
        commands.NoteRecusal(
            household_id=HouseholdId(event.household_id),
            township=event.township,
            staff_ids=frozenset(map(StaffId, event.staff_ids)),
        )
    )


async def on_policy_changed(event: intake.PolicyChanged, tx: Tx) -> None:
    await tx.perform(commands.AdoptPolicy(revision=event.revision, document=event.document))


async def _file(event: Message, kind: PaperKind, reference: str, filed_on: str, tx: Tx) -> None:
    """Papers are filed when made (R8.1): one command for each event that a paper came of."""
    about: _OfCase = event  # type: ignore[assignment]
    await tx.perform(
        commands.FilePaper(
            case_id=CaseId(about.case_id),
            household_id=HouseholdId(about.household_id),
            township=about.township,
            kind=kind,
            event=event.DESCRIPTOR.name,
            reference=reference,
            filed_on=date.fromisoformat(filed_on),
        )
    )


REACTIONS: dict[type[Message], Reaction] = {
    intake.VisitRecorded: on_visit_recorded,
    intake.ApplicationAccepted: on_application_accepted,
    intake.ApplicationNotAccepted: on_application_not_accepted,
    intake.PreliminaryOpinionFormed: on_preliminary_opinion_formed,
    intake.BoardPosted: on_board_posted,
    intake.StaffChanged: on_staff_changed,
    intake.RecusalChanged: on_recusal_changed,
    intake.PolicyChanged: on_policy_changed,
    disclosure.PublicityPosted: on_publicity_posted,
    disclosure.PublicityConcluded: on_publicity_concluded,
    disclosure.EntryListed: on_entry_listed,
    approval.DecisionMade: on_decision_made,
    approval.NoticeServed: on_notice_served,
    approval.DecisionFiled: on_decision_filed,
    approval.DistrictDecided: on_district_decided,
    approval.AssistanceConfirmed: on_assistance_confirmed,
}
