"""The meeting: seats, who holds which post, attendance and votes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """An 审核确认会 with its agenda, and who may chair it."""

    meeting_id: MeetingId
    township: TownshipCode
    starts_at: datetime
    place: str
    case_ids: tuple[CaseId, ...]
    convened_by: StaffId
    delegated_to: StaffId | None = None
    delegation_reason: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Somebody signed in; `by_post` is false for a substitute."""

    staff_id: StaffId
    seat: Seat
    by_post: bool
    signed_at: datetime


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
