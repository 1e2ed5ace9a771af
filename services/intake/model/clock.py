"""A legal clock as the ledgers show it, whichever service owns it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from services.common.policy.areas import TownshipCode
from services.intake.model.ids import CaseId, HouseholdId

DECISION = "decision"
VERIFICATION = "verification"


class ClockState(StrEnum):
    """Running until the act that stops it."""

    RUNNING = "running"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of one case; `target_on` is the early warning, `due_on` the legal end."""

    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    clock: str
    owner: str
    state: ClockState
    started_on: date
    target_on: date | None
    due_on: date
    provisional: bool
    article: str
    ground: str = ""
    stopped_on: date | None = None
    overdue_on: date | None = None

    def stop(self, on: date) -> Clock:
        return replace(self, state=ClockState.STOPPED, stopped_on=on)

    @property
    def is_running(self) -> bool:
        return self.state is ClockState.RUNNING
