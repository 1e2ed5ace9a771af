"""The meeting: seats, who holds which post, attendance and votes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.approval.model.decision import Outcome
from services.approval.model.ids import CaseId, MeetingId, StaffId
from services.common.policy.areas import TownshipCode
from services.common.policy.roles import Role


class Seat(StrEnum):
    """The seats of a meeting; the first four are required by role."""

    PRINCIPAL_LEADER = "principal-leader"
    DEPUTY_LEADER = "deputy-leader"
    OFFICE_HEAD = "office-head"
    HANDLER = "handler"
    ATTENDEE = "attendee"

    @property
    def chinese(self) -> str:
        return _SEATS[self]


_SEATS = {
    Seat.PRINCIPAL_LEADER: "主要领导",
    Seat.DEPUTY_LEADER: "分管领导",
    Seat.OFFICE_HEAD: "民政办负责人",
    Seat.HANDLER: "承办人",
    Seat.ATTENDEE: "其他参会人员",
}
POST_OF_SEAT: Mapping[Seat, Role] = {
    Seat.PRINCIPAL_LEADER: Role.PRINCIPAL_LEADER,
    Seat.DEPUTY_LEADER: Role.DEPUTY_LEADER,
    Seat.OFFICE_HEAD: Role.OFFICE_HEAD,
    Seat.HANDLER: Role.TOWNSHIP_HANDLER,
}


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A duty of a member of staff, as the registry of intake published it."""

    staff_id: StaffId
    role: Role
    area: str
    from_on: date | None = None
    to_on: date | None = None

    def held_on(self, day: date) -> bool:
        return (self.from_on is None or self.from_on <= day) and (self.to_on is None or day <= self.to_on)


@dataclass(frozen=True, slots=True)
class Roster:
    """Who holds which post for one township on one day."""

    township: str
    holders: Mapping[Role, frozenset[StaffId]]

    @classmethod
    def of(cls, township: str, posts: tuple[HeldPost, ...], day: date) -> Roster:
        holders: dict[Role, frozenset[StaffId]] = {}
        for post in posts:
            if post.held_on(day) and post.area == township:
                holders[post.role] = holders.get(post.role, frozenset()) | {post.staff_id}
        return cls(township, holders)

    def holding(self, *roles: Role) -> frozenset[StaffId]:
        return frozenset().union(*(self.holders.get(role, frozenset()) for role in roles))


class MeetingKind(StrEnum):
    """What kind of meeting it is; a joint one (镇村两级联审) has people of the villages in it."""

    CONFIRMATION = "confirmation"
    CASE_BY_CASE = "case-by-case"
    JOINT = "joint"

    @property
    def chinese(self) -> str:
        return {
            "confirmation": "审核确认会",
            "case-by-case": "一事一议会",
            "joint": "镇村两级联审会",
        }[self.value]


class SubstituteGround(StrEnum):
    """Why somebody else sits in a required seat."""

    RECUSED = "recused"
    ABSENT = "absent"

    @property
    def chinese(self) -> str:
        return {"recused": "须回避", "absent": "因故缺席"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitute:
    """Somebody named to sit for a role that is recused or absent."""

    seat: Seat
    staff_id: StaffId
    ground: SubstituteGround
    reason: str
    named_by: StaffId


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """How one item of the agenda ended in this meeting."""

    case_id: CaseId
    outcome: Outcome
    reason: str
    concluded_at: datetime
    concluded_by: StaffId
    decision_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting with its agenda, and who may chair it; frozen once its minutes are made."""

    meeting_id: MeetingId
    township: TownshipCode
    starts_at: datetime
    place: str
    case_ids: tuple[CaseId, ...]
    convened_by: StaffId
    delegated_to: StaffId | None = None
    delegation_reason: str = ""
    kind: MeetingKind = MeetingKind.CONFIRMATION
    minutes_paper_id: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Somebody signed in; `by_post` is false for a substitute, `signed_as` is the name that was signed."""

    staff_id: StaffId
    seat: Seat
    by_post: bool
    signed_at: datetime
    signed_as: str = ""


class Choice(StrEnum):
    """A vote on confirming the proposal."""

    FOR = "for"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Vote:
    """One person's vote on one case."""

    staff_id: StaffId
    case_id: CaseId
    vote: Choice
    dissent: str = ""
