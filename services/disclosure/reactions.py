"""All that disclosure listens to, each event translated to one command."""

from __future__ import annotations

from google.protobuf.message import Message

from services.common.contracts import approval, intake, review
from services.common.runtime import revocation
from services.common.runtime.adapter import translate
from services.common.runtime.service import Reaction
from services.common.runtime.tx import Tx
from services.disclosure.commands import agreement, entries, other_publicity, publicity, registry


async def on_area_changed(event: intake.AreaChanged, tx: Tx) -> None:
    await tx.perform(translate(event, registry.RememberArea))


async def on_staff_changed(event: intake.StaffChanged, tx: Tx) -> None:
    """Posts are read from tokens; only what was taken away matters here."""
    await revocation.follow(event.staff_id, event.revoked_at, tx)


async def on_recusal_changed(event: intake.RecusalChanged, tx: Tx) -> None:
    await tx.perform(translate(event, registry.RememberRecusals))


async def on_policy_changed(event: intake.PolicyChanged, tx: Tx) -> None:
    await tx.perform(translate(event, registry.AdoptPolicy))


async def on_preliminary_opinion_formed(event: intake.PreliminaryOpinionFormed, tx: Tx) -> None:
    if event.insured_person_ids:  # where nobody is eligible there is nothing to publish
        await tx.perform(translate(event, publicity.OpenPublicity))


async def on_board_posted(event: intake.BoardPosted, tx: Tx) -> None:
    await tx.perform(translate(event, publicity.RecordPosting))


async def on_assistance_confirmed(event: approval.AssistanceConfirmed, tx: Tx) -> None:
    await tx.perform(translate(event, entries.ListEntry))


async def on_relief_proposed(event: approval.ReliefProposed, tx: Tx) -> None:
    await tx.perform(translate(event, other_publicity.OpenReliefPublicity))


async def on_relief_granted(event: approval.ReliefGranted, tx: Tx) -> None:
    await tx.perform(translate(event, entries.ListRelief))


async def on_support_end_proposed(event: review.SupportEndProposed, tx: Tx) -> None:
    await tx.perform(translate(event, other_publicity.OpenEndPublicity))


async def on_entitlement_changed(event: review.EntitlementChanged, tx: Tx) -> None:
    await tx.perform(translate(event, entries.ChangeEntry))


async def on_assistance_ended(event: review.AssistanceEnded, tx: Tx) -> None:
    await tx.perform(translate(event, entries.EndEntries))


async def on_roll_stated(event: review.RollStated, tx: Tx) -> None:
    await tx.perform(translate(event, agreement.CompareBoard))


REACTIONS: dict[type[Message], Reaction] = {
    intake.AreaChanged: on_area_changed,
    intake.StaffChanged: on_staff_changed,
    intake.RecusalChanged: on_recusal_changed,
    intake.PolicyChanged: on_policy_changed,
    intake.PreliminaryOpinionFormed: on_preliminary_opinion_formed,
    intake.BoardPosted: on_board_posted,
    approval.AssistanceConfirmed: on_assistance_confirmed,
    approval.ReliefProposed: on_relief_proposed,
    approval.ReliefGranted: on_relief_granted,
    review.SupportEndProposed: on_support_end_proposed,
    review.EntitlementChanged: on_entitlement_changed,
    review.AssistanceEnded: on_assistance_ended,
    review.RollStated: on_roll_stated,
}
