"""How people, systems and tablets prove who they are, and who stands in for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.common.policy.roles import Post, Role
from services.intake.model.ids import StaffId

STAFF_ROLES = frozenset(Role) - {Role.OPERATOR, Role.PUBLIC, Role.EXTERNAL_SYSTEM, Role.SYSTEM}


@dataclass(frozen=True, slots=True)
class Credential:
    """The password of an account, hashed; `must_change` until its holder has chosen it himself."""

    holder: str
    password_hash: str
    must_change: bool
    changed_at: datetime


class Counted(StrEnum):
    """What failed sign-ins are counted by."""

    PAIR = "account-and-source"
    SOURCE = "source"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Tries:
    """Failed sign-ins in a row, and until when the next one waits."""

    failures: int = 0
    last_at: datetime | None = None
    waits_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Client:
    """A system of the district: what it may do, where, and the hash of its secret."""

    client_id: str
    name: str
    area: str
    scopes: frozenset[str]
    secret_hash: str
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delegation:
    """A post lent while its holder is on leave: for these days, for these actions or for all."""

    delegation_id: str
    post: Post
    principal: StaffId
    delegate: StaffId
    from_on: date
    to_on: date
    actions: frozenset[str]
    reason: str
    revoked_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.revoked_on is None and self.from_on <= day <= self.to_on


class HandedKind(StrEnum):
    """What changes hands with a post."""

    CASE = "case"
    TASK = "task"
    PAPER = "paper"
    CABINET = "cabinet"

    @property
    def chinese(self) -> str:
        return _HANDED_KINDS[self]


_HANDED_KINDS = {
    HandedKind.CASE: "在办案件",
    HandedKind.TASK: "未完成任务",
    HandedKind.PAPER: "待送达文书",
    HandedKind.CABINET: "档案柜、钥匙和纸质材料",
}


class HandedState(StrEnum):
    """What became of a line of the list once both had signed."""

    LISTED = "listed"
    MOVED = "moved"
    KEPT = "kept"
    FINISHED = "finished"

    @property
    def chinese(self) -> str:
        return _HANDED_STATES[self]


_HANDED_STATES = {
    HandedState.LISTED: "待接收",
    HandedState.MOVED: "已转接任人",
    HandedState.KEPT: "接任人须回避，由民政办其他人员办理",
    HandedState.FINISHED: "签字接收前已办结",
}


@dataclass(frozen=True, slots=True)
class HandedItem:
    """One line of the list: an open case, task or paper by its id, or a cabinet in words."""

    kind: HandedKind
    subject: str
    words: str
    village: str = ""
    case_id: str = ""
    household_id: str = ""
    state: HandedState = HandedState.LISTED


@dataclass(frozen=True, slots=True)
class Handover:
    """A post on its way from one person to another: signed by the one, then by the other."""

    handover_id: str
    post: Post
    giver: StaffId
    taker: StaffId
    given_at: datetime
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Device:
    """A tablet that was enrolled with a code made in the office; its key never leaves it."""

    device_id: str
    name: str
    area: str
    public_key: str
    enrolled_at: datetime
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None
