"""What disclosure keeps: publicities with their posting places, long-term entries, and the public board."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.household import Category
from services.common.policy.law import Conflict
from services.common.policy.money import Fen
from services.common.policy.publicity import Period, PublicityKind

CaseId = NewType("CaseId", str)
HouseholdId = NewType("HouseholdId", str)
StaffId = NewType("StaffId", str)
PublicityId = NewType("PublicityId", str)
PostingId = NewType("PostingId", str)
EntryId = NewType("EntryId", str)
DecisionId = NewType("DecisionId", str)


class Cause(StrEnum):
    """The coarse cause of poverty: the only words about it that are ever printed."""

    ILLNESS = "illness"
    DISABILITY = "disability"
    SCHOOLING = "schooling"
    DISASTER = "disaster"
    NO_LABOUR = "no-labour"
    OTHER = "other"

    @property
    def chinese(self) -> str:
        return {
            "illness": "因病",
            "disability": "因残",
            "schooling": "因学",
            "disaster": "因灾",
            "no-labour": "缺劳力",
            "other": "其他",
        }[self.value]


class PlaceKind(StrEnum):
    """Where a notice hangs; each place has its own photo."""

    VILLAGE_BOARD = "village-board"
    COMPOUND_BOARD = "compound-board"


class BoardKind(StrEnum):
    """The two lists of the public board."""

    INITIAL = "initial"
    LONG_TERM = "long-term"


class Stage(StrEnum):
    """Where a publicity stands."""

    AWAITING_POSTING = "awaiting-posting"
    POSTED = "posted"
    CONCLUDED = "concluded"
    WITHDRAWN = "withdrawn"


MOVES: dict[Stage, frozenset[Stage]] = {
    Stage.AWAITING_POSTING: frozenset({Stage.POSTED, Stage.WITHDRAWN}),
    Stage.POSTED: frozenset({Stage.CONCLUDED, Stage.WITHDRAWN}),
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


ENTRY_MOVES: dict[EntryStage, frozenset[EntryStage]] = {
    EntryStage.LISTED: frozenset({EntryStage.REPLACED}),
    EntryStage.REPLACED: frozenset(),
}


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
    household_size: int
    cause: Cause
    category: Category
    formed_on: date
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One household on the long-term board, by the decision that put it there."""

    entry_id: EntryId
    decision_id: DecisionId
    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    village: VillageCode
    stage: EntryStage
    category: Category
    persons: int
    amount_fen: Fen
    first_month: str
    listed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice as the public board holds it: nothing here may go beyond R5.2a and R5.2b.

    An initial notice has size, cause and a last day; a long-term one has persons, and an amount where
    the category is paid one.
    """

    entry_id: str
    kind: BoardKind
    township: TownshipCode
    village: VillageCode
    head_name: str
    category: Category
    household_size: int | None = None
    cause: Cause | None = None
    persons: int | None = None
    amount_fen: Fen | None = None
    shown_from: date
    shown_until: date | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A village, township or the district as intake told of it."""

    code: str
    name: str
    compounds: tuple[str, ...]
    report_phone: str
