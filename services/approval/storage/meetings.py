"""Meetings, attendance and votes."""

from __future__ import annotations

from sqlalchemy import and_, delete, insert, select, update

from services.approval.model import (
    Attendance,
    CaseId,
    Choice,
    Conclusion,
    Meeting,
    MeetingId,
    MeetingKind,
    Outcome,
    Seat,
    StaffId,
    Substitute,
    SubstituteGround,
    Vote,
)
from services.approval.storage import rows as records
from services.approval.storage.tables import (
    agenda,
    attendance,
    conclusions,
    meetings,
    substitutes,
    votes,
)
from services.common.policy.areas import TownshipCode
from services.common.policy.law import Missing
from services.common.runtime.tx import Tx


async def find_meeting(tx: Tx, meeting_id: MeetingId) -> Meeting | None:
    row = await tx.one(select(meetings).where(meetings.c.meeting_id == meeting_id))
    if row is None:
        return None
    mine = select(agenda.c.case_id).where(agenda.c.meeting_id == meeting_id).order_by(agenda.c.position)
    return Meeting(
        meeting_id=MeetingId(row.meeting_id),
        township=TownshipCode(row.township),
        starts_at=row.starts_at,
        place=row.place,
        case_ids=tuple(CaseId(item.case_id) for item in await tx.all(mine)),
        convened_by=StaffId(row.convened_by),
        delegated_to=StaffId(row.delegated_to) if row.delegated_to else None,
        delegation_reason=row.delegation_reason,
        kind=MeetingKind(row.kind),
        minutes_paper_id=row.minutes_paper_id,
    )


async def load_meeting(tx: Tx, meeting_id: MeetingId) -> Meeting:
    meeting = await find_meeting(tx, meeting_id)
    if meeting is None:
        raise Missing("该次审核确认会")
    return meeting


async def save_meeting(tx: Tx, meeting: Meeting) -> None:
    await tx.execute(
        insert(meetings).values(
            meeting_id=meeting.meeting_id,
            township=meeting.township,
            starts_at=meeting.starts_at,
            place=meeting.place,
            convened_by=meeting.convened_by,
            delegated_to=meeting.delegated_to,
            delegation_reason=meeting.delegation_reason,
            kind=meeting.kind.value,
        )
    )
    rows = [
        {"meeting_id": meeting.meeting_id, "case_id": case_id, "position": position}
        for position, case_id in enumerate(meeting.case_ids)
    ]
    await tx.add(agenda, rows)


async def attendance_of(tx: Tx, meeting_id: MeetingId) -> tuple[Attendance, ...]:
    mine = select(attendance).where(attendance.c.meeting_id == meeting_id)
    rows = await tx.all(mine.order_by(attendance.c.signed_at, attendance.c.staff_id))
    return tuple(
        Attendance(StaffId(r.staff_id), Seat(r.seat), r.by_post, r.signed_at, r.signed_as) for r in rows
    )


async def save_attendance(tx: Tx, meeting_id: MeetingId, signed: Attendance) -> None:
    mine = and_(attendance.c.meeting_id == meeting_id, attendance.c.staff_id == signed.staff_id)
    await tx.execute(delete(attendance).where(mine))
    await tx.execute(
        insert(attendance).values(
            meeting_id=meeting_id,
            staff_id=signed.staff_id,
            seat=signed.seat.value,
            by_post=signed.by_post,
            signed_at=signed.signed_at,
            signed_as=signed.signed_as,
        )
    )


async def votes_of(tx: Tx, meeting_id: MeetingId) -> tuple[Vote, ...]:
    mine = select(votes).where(votes.c.meeting_id == meeting_id)
    rows = await tx.all(mine.order_by(votes.c.case_id, votes.c.cast_at, votes.c.staff_id))
    return tuple(Vote(StaffId(r.staff_id), CaseId(r.case_id), Choice(r.vote), r.dissent) for r in rows)


async def save_vote(tx: Tx, meeting_id: MeetingId, vote: Vote) -> None:
    """One vote a person and case; a later one takes the place of the earlier."""
    mine = and_(
        votes.c.meeting_id == meeting_id,
        votes.c.case_id == vote.case_id,
        votes.c.staff_id == vote.staff_id,
    )
    await tx.execute(delete(votes).where(mine))
    await tx.execute(
        insert(votes).values(
            meeting_id=meeting_id,
            case_id=vote.case_id,
            staff_id=vote.staff_id,
            vote=vote.vote.value,
            dissent=vote.dissent,
            cast_at=tx.now,
        )
    )


async def name_substitute(tx: Tx, meeting_id: MeetingId, named: Substitute) -> None:
    """One for a seat; a later name takes the place of the earlier."""
    mine = and_(substitutes.c.meeting_id == meeting_id, substitutes.c.seat == named.seat.value)
    await tx.execute(delete(substitutes).where(mine))
    await tx.execute(insert(substitutes).values(records.values_of(named) | {"meeting_id": meeting_id}))


async def substitutes_of(tx: Tx, meeting_id: MeetingId) -> tuple[Substitute, ...]:
    rows = await tx.all(select(substitutes).where(substitutes.c.meeting_id == meeting_id))
    return tuple(
        Substitute(
            seat=Seat(row.seat),
            staff_id=StaffId(row.staff_id),
            ground=SubstituteGround(row.ground),
            reason=row.reason,
            named_by=StaffId(row.named_by),
        )
        for row in rows
    )


async def conclude(tx: Tx, meeting_id: MeetingId, conclusion: Conclusion) -> None:
    values = records.values_of(conclusion) | {"meeting_id": meeting_id}
    await tx.execute(insert(conclusions).values(values))


async def conclusions_of(tx: Tx, meeting_id: MeetingId) -> dict[CaseId, Conclusion]:
    rows = await tx.all(select(conclusions).where(conclusions.c.meeting_id == meeting_id))
    return {
        CaseId(row.case_id): Conclusion(
            case_id=CaseId(row.case_id),
            outcome=Outcome(row.outcome),
            reason=row.reason,
            concluded_at=row.concluded_at,
            concluded_by=StaffId(row.concluded_by),
            decision_id=row.decision_id,
        )
        for row in rows
    }


async def freeze(tx: Tx, meeting_id: MeetingId, paper_id: str) -> None:
    """From now on the minutes say what happened."""
    mine = meetings.c.meeting_id == meeting_id
    await tx.execute(update(meetings).where(mine).values(minutes_paper_id=paper_id))
