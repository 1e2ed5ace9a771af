"""Publicities with their posting places, long-term entries, notices, and areas."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.household import Category
from services.common.policy.law import Conflict
from services.common.policy.money import Fen
from services.common.policy.publicity import Period, PublicityKind
from services.disclosure.model.codes import (
    BoardKind,
    Cause,
    EndReason,
    ObjectCategory,
    PlaceKind,
    ReliefType,
    Sex,
)
from services.disclosure.model.ids import CaseId, DecisionId, EntryId, HouseholdId, PostingId, PublicityId

NOTHING = Fen(0)


class Stage(StrEnum):
    """Where a publicity stands."""

    AWAITING_POSTING = "awaiting-posting"
    POSTED = "posted"
    OBJECTED = "objected"
    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"


MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.AWAITING_POSTING: frozenset({Stage.POSTED, Stage.WITHDRAWN}),
    Stage.POSTED: frozenset({Stage.OBJECTED, Stage.CONCLUDED, Stage.WITHDRAWN}),
    Stage.OBJECTED: frozenset({Stage.POSTED, Stage.WITHDRAWN}),
    Stage.CONCLUDED: frozenset(),
    Stage.WITHDRAWN: frozenset(),
}


class PostingStage(StrEnum):
    """Where the proof of one place stands."""

    REQUESTED = "requested"
    PROVEN = "proven"
    REJECTED = "rejected"


POSTING_MOVES: dict[PostingStage, frozenset[PostingStage]] = {
    PostingStage.REQUESTED: frozenset({PostingStage.PROVEN, PostingStage.REJECTED}),
    PostingStage.PROVEN: frozenset(),
    PostingStage.REJECTED: frozenset(),
}


class EntryStage(StrEnum):
    """Where a long-term entry stands."""

    LISTED = "listed"
    REPLACED = "replaced"
    TAKEN_DOWN = "taken-down"


ENTRY_MOVES: dict[EntryStage, frozenset[EntryStage]] = {
    EntryStage.LISTED: frozenset({EntryStage.REPLACED, EntryStage.TAKEN_DOWN}),
    EntryStage.REPLACED: frozenset(),
    EntryStage.TAKEN_DOWN: frozenset(),
}


class Withdrawal(StrEnum):
    """Why an entry no longer stands in public."""

    ENDED = "ended"
    REPLACED = "replaced"
    PERIOD_OVER = "period-over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publicity:
    """One publicity of one revision of a case's preliminary opinion; a period from the last posting on."""

    publicity_id: PublicityId
    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    village: VillageCode
    compound: str
    kind: PublicityKind
    revision: int
    stage: Stage
    head_name: str
    formed_on: date
    household_size: int | None = None
    cause: Cause | None = None
    category: Category | None = None
    object_category: ObjectCategory | None = None
    sex: Sex | None = None
    end_reason: EndReason | None = None
    residence_village: str = ""
    institution: str = ""
    round: int = 1
    posted_on: date | None = None
    first_day: date | None = None
    ends_on: date | None = None
    decidable_on: date | None = None
    provisional: bool = False
    version: int = 0

    def moved_to(self, stage: Stage) -> Publicity:
        """The same publicity one step on; Conflict where MOVES has no such step."""
        if stage not in MOVES[self.stage]:
            raise Conflict(f"公示现在是“{self.stage}”，不能变为“{stage}”")
        return replace(self, stage=stage)

    def running(self, posted_on: date, period: Period) -> Publicity:
        """The same publicity with its days counted."""
        return replace(
            self,
            posted_on=posted_on,
            first_day=period.first_day,
            ends_on=period.last_day,
            decidable_on=period.decidable_on,
            provisional=period.provisional,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One place of a publicity, and the photo that proves the notice hangs there."""

    posting_id: PostingId
    publicity_id: PublicityId
    place: PlaceKind
    place_name: str
    stage: PostingStage
    posted_at: datetime | None = None
    posted_on: date | None = None
    proof_owner: str = ""
    proof_sha256: str = ""
    asked_on: date | None = None
    chased: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One household on the long-term board, by the decision that put it there."""

    entry_id: EntryId
    decision_id: DecisionId
    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    village: VillageCode
    kind: BoardKind
    stage: EntryStage
    listed_on: date
    category: Category | None = None
    persons: int = 0
    amount_fen: Fen = NOTHING
    first_month: str = ""
    shown_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice as the public board holds it: nothing in it may go beyond R5.2 and R5.3.

    `also_in` is the second village of a household that lives elsewhere than it is registered.
    """

    entry_id: str
    kind: BoardKind
    township: TownshipCode
    village: VillageCode
    head_name: str
    shown_from: date
    also_in: str = ""
    category: Category | None = None
    household_size: int | None = None
    cause: Cause | None = None
    persons: int | None = None
    amount_fen: Fen | None = None
    object_category: ObjectCategory | None = None
    relief_type: ReliefType | None = None
    sex: Sex | None = None
    end_reason: EndReason | None = None
    shown_until: date | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A village, township or the district as intake told of it."""

    code: str
    name: str
    compounds: tuple[str, ...]
    report_phone: str
