"""What approval listens to; the table at the end is all of it."""

from __future__ import annotations

from google.protobuf.message import Message

from services.approval.commands.docket import EnterDocket, MoveDeadline, NotePublicity
from services.approval.commands.registry import AdoptPolicy, StoreRecusals, StoreStaff
from services.approval.commands.relief import NoteReliefPublicity, RequestRelief
from services.common.contracts import disclosure, intake
from services.common.policy.publicity import PublicityKind
from services.common.runtime import revocation
from services.common.runtime.adapter import translate
from services.common.runtime.service import Reaction
from services.common.runtime.tx import Tx

# Which command hears of a publicity that comes before a decision.
HEARS = {
    PublicityKind.INITIAL.value: NotePublicity,
    PublicityKind.EXPENDITURE.value: NoteReliefPublicity,
}


async def on_opinion_formed(event: intake.PreliminaryOpinionFormed, tx: Tx) -> None:
    await tx.perform(translate(event, EnterDocket))


async def on_publicity_posted(event: disclosure.PublicityPosted, tx: Tx) -> None:
    if event.kind in HEARS:
        await tx.perform(translate(event, HEARS[event.kind]))


async def on_publicity_concluded(event: disclosure.PublicityConcluded, tx: Tx) -> None:
    if event.kind in HEARS:
        await tx.perform(translate(event, HEARS[event.kind]))


async def on_recusal_changed(event: intake.RecusalChanged, tx: Tx) -> None:
    await tx.perform(translate(event, StoreRecusals))


async def on_staff_changed(event: intake.StaffChanged, tx: Tx) -> None:
    await tx.perform(translate(event, StoreStaff))
    await revocation.follow(event.staff_id, event.revoked_at, tx)


async def on_clock_changed(event: intake.ClockChanged, tx: Tx) -> None:
    if event.clock == "decision" and event.state == "running":
        await tx.perform(translate(event, MoveDeadline))


async def on_policy_changed(event: intake.PolicyChanged, tx: Tx) -> None:
    await tx.perform(translate(event, AdoptPolicy))


async def on_relief_requested(event: intake.ReliefRequested, tx: Tx) -> None:
    await tx.perform(translate(event, RequestRelief))


REACTIONS: dict[type[Message], Reaction] = {
    intake.PreliminaryOpinionFormed: on_opinion_formed,
    disclosure.PublicityPosted: on_publicity_posted,
    disclosure.PublicityConcluded: on_publicity_concluded,
    intake.RecusalChanged: on_recusal_changed,
    intake.StaffChanged: on_staff_changed,
    intake.ClockChanged: on_clock_changed,
    intake.PolicyChanged: on_policy_changed,
    intake.ReliefRequested: on_relief_requested,
}
