"""What the other services did with the case: publicity, decision, roll. The news may come in any order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from services.common.policy.articles import R7_4
from services.common.policy.law import Finding
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.intake.commands.clocks import announce
from services.intake.model.case import Case, Stage
from services.intake.model.clock import DECISION
from services.intake.model.ids import CaseId
from services.intake.storage import cases as storage


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowPublicity:
    """The publicity of an opinion was posted or ended."""

    case_id: CaseId
    revision: int
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowDecision:
    """The decision that ends the procedure was made: the total clock stops (R7.4)."""

    case_id: CaseId
    outcome: str
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowEnrolment:
    """The household stands on the roll."""

    case_id: CaseId


@action("follow-publicity")
async def follow_publicity(cmd: FollowPublicity, tx: Tx) -> None:
    """News of an opinion that was formed anew since is out of date."""
    case = await storage.load_case(tx, cmd.case_id)
    if cmd.revision == case.opinion_revision:
        await _reach(case, cmd.stage, tx)


@action("follow-decision")
async def follow_decision(cmd: FollowDecision, tx: Tx) -> None:
    case = await storage.load_case(tx, cmd.case_id)
    await _reach(replace(case, outcome=cmd.outcome), Stage.DECIDED, tx)
    clock = await storage.find_clock(tx, case.case_id, DECISION)
    if clock is None or not clock.is_running:
        return
    await announce(tx, clock.stop(cmd.decided_on))
    in_time = cmd.decided_on <= clock.due_on
    text = f"{cmd.decided_on}作出决定,{'在时限内' if in_time else '超过时限'}(时限{clock.due_on})"
    facts: dict[str, object] = {
        "decided_on": cmd.decided_on.isoformat(),
        "due_on": clock.due_on.isoformat(),
        "text": text,
    }
    await tx.record(case.case_id, Finding(R7_4, in_time, facts))


@action("follow-enrolment")
async def follow_enrolment(cmd: FollowEnrolment, tx: Tx) -> None:
    await _reach(await storage.load_case(tx, cmd.case_id), Stage.ENROLLED, tx)


async def _reach(case: Case, stage: Stage, tx: Tx) -> None:
    await storage.save_case(tx, case.reached(stage))
