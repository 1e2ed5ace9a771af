"""What people and systems read: the docket, a decision, a meeting, the timeline of a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from google.protobuf.message import Message
from sqlalchemy import select

from services.approval.model import (
    Attendance,
    CaseId,
    Meeting,
    MeetingId,
    Seat,
    StaffId,
    Vote,
)
from services.approval.rules.docket import Entry, blockers
from services.approval.storage import decisions, docket, meetings
from services.common.contracts import approval as contract
from services.common.policy.law import Invalid, Refused
from services.common.runtime import tables
from services.common.runtime.adapter import fill
from services.common.runtime.tx import Tx

PAGE = 50
LARGEST_PAGE = 200


@dataclass(frozen=True, slots=True)
class BlockerView:
    article: str
    text: str


@dataclass(frozen=True, slots=True)
class DocketLine:
    case_id: str
    category: str
    proposed_amount_fen: int
    stage: str
    ready_on: date | None
    due_on: date
    blockers: tuple[BlockerView, ...]


@dataclass(frozen=True, slots=True)
class DocketPage:
    items: tuple[DocketLine, ...]
    next_page_token: str


async def list_docket(request: Any, tx: Tx) -> DocketPage:
    """Undecided cases, what is due first on top, each with everything that still blocks it."""
    size = min(request.page_size or PAGE, LARGEST_PAGE)
    if size < 1:
        raise Invalid("page_size", "每页条数应大于零")
    after = _parse_token(request.page_token)
    found = await docket.page_of_entries(tx, request.township, tx.actor.id, after, size + 1)
    page, more = found[:size], len(found) > size
    token = f"{page[-1].item.due_on}/{page[-1].item.case_id}" if more else ""
    return DocketPage(tuple(_line(entry, tx) for entry in page), token)


def _line(entry: Entry, tx: Tx) -> DocketLine:
    item = entry.item
    found: Sequence[Refused] = blockers(entry, tx.policy, tx.today)
    return DocketLine(
        case_id=item.case_id,
        category=item.category,
        proposed_amount_fen=item.proposed_amount_fen,
        stage=item.stage,
        ready_on=item.ready_on,
        due_on=item.due_on,
        blockers=tuple(BlockerView(refused.article.id, refused.message) for refused in found),
    )


def _parse_token(token: str) -> tuple[date, str] | None:
    if not token:
        return None
    day, _, case_id = token.partition("/")
    try:
        return date.fromisoformat(day), case_id
    except ValueError as error:
        raise Invalid("page_token", "翻页标记无法识别，请从第一页重新查看") from error


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the wire writes otherwise than the model keeps it."""

    first_month: str


@dataclass(frozen=True, slots=True)
class DecisionAnswer:
    decision: Message


async def get_decision(request: Any, tx: Tx) -> DecisionAnswer:
    decision = await decisions.load_decision(tx, CaseId(request.case_id))
    shown = fill(contract.Decision, _Shown(str(decision.first_month or "")), decision)
    return DecisionAnswer(shown)


@dataclass(frozen=True, slots=True)
class MeetingView:
    meeting_id: str
    township: str
    starts_at: datetime
    place: str
    chair_id: str
    case_ids: tuple[str, ...]
    attendance: tuple[Attendance, ...]
    votes: tuple[Vote, ...]


async def get_meeting(request: Any, tx: Tx) -> MeetingView:
    """The meeting with its seats and votes; the chair is known once he or she is delegated or signed in."""
    meeting = await meetings.load_meeting(tx, MeetingId(request.meeting_id))
    present = await meetings.attendance_of(tx, meeting.meeting_id)
    return MeetingView(
        meeting_id=meeting.meeting_id,
        township=meeting.township,
        starts_at=meeting.starts_at,
        place=meeting.place,
        chair_id=_chair(meeting, present),
        case_ids=meeting.case_ids,
        attendance=present,
        votes=await meetings.votes_of(tx, meeting.meeting_id),
    )


def _chair(meeting: Meeting, present: Sequence[Attendance]) -> StaffId:
    if meeting.delegated_to:
        return meeting.delegated_to
    leaders = [a.staff_id for a in present if a.seat is Seat.PRINCIPAL_LEADER and a.by_post]
    return leaders[0] if leaders else StaffId("")


@dataclass(frozen=True, slots=True)
class TimelineLine:
    at: datetime
    article: str
    text: str


@dataclass(frozen=True, slots=True)
class TimelineView:
    entries: tuple[TimelineLine, ...]


async def get_timeline(request: Any, tx: Tx) -> TimelineView:
    """The findings of a case in the order they were made."""
    found = tables.findings
    rows = await tx.all(select(found).where(found.c.case_id == request.case_id).order_by(found.c.seq))
    return TimelineView(
        tuple(TimelineLine(row.at, row.article, row.facts.get("text", row.value)) for row in rows)
    )
