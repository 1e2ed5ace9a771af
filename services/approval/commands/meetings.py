"""The meeting: convened, signed in to, voted in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from services.approval.model import (
    POST_OF_SEAT,
    Attendance,
    CaseId,
    Choice,
    DocketItem,
    Meeting,
    MeetingId,
    MeetingKind,
    Roster,
    Seat,
    StaffId,
    Stage,
    Substitute,
    SubstituteGround,
    Vote,
)
from services.approval.rules import docket as docket_rules
from services.approval.rules import meeting as rules
from services.approval.rules import votes as vote_rules
from services.approval.storage import docket, meetings, registry
from services.common.policy.areas import TownshipCode
from services.common.policy.articles import R4_1
from services.common.policy.calendar import legal_day
from services.common.policy.law import Conflict, Finding, Invalid
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class ConveneMeeting:
    """Call a meeting with its agenda, the chair delegated where the leader cannot."""

    meeting_id: MeetingId
    township: TownshipCode
    starts_at: datetime
    place: str
    case_ids: tuple[CaseId, ...]
    delegated_to: StaffId | None = None
    delegation_reason: str = ""
    kind: MeetingKind | None = None


@dataclass(frozen=True, slots=True)
class MeetingConvened:
    meeting_id: MeetingId


@action("convene-meeting")
async def convene_meeting(cmd: ConveneMeeting, tx: Tx) -> MeetingConvened:
    meeting = _meeting_of(cmd, StaffId(tx.actor.id))
    known = await meetings.find_meeting(tx, cmd.meeting_id)
    if known:
        if (
            replace(known, starts_at=cmd.starts_at, minutes_paper_id="") != meeting
            or known.starts_at != cmd.starts_at
        ):
            raise Conflict("该会议编号已用于另一次会议，请刷新后重新召集")
        return MeetingConvened(cmd.meeting_id)
    items = await _require_agenda(meeting, tx)
    delegated = await _require_chair(meeting, items, tx)
    await meetings.save_meeting(tx, meeting)
    for item in items:
        moved = replace(item.move(Stage.ON_AGENDA), meeting_id=meeting.meeting_id)
        await docket.save_item(tx, moved)
        text = f"列入{legal_day(meeting.starts_at)}{meeting.kind.chinese}议程"
        convened = Finding(R4_1, "on-agenda", {"meeting_id": meeting.meeting_id, "text": text})
        await tx.record(item.case_id, convened, delegated)
    return MeetingConvened(meeting.meeting_id)


def _meeting_of(cmd: ConveneMeeting, convener: StaffId) -> Meeting:
    if not cmd.meeting_id:
        raise Invalid("meeting_id", "缺少会议编号，请刷新后重新召集")
    if not cmd.place.strip():
        raise Invalid("place", "请填写会议地点")
    return Meeting(
        meeting_id=cmd.meeting_id,
        township=cmd.township,
        starts_at=cmd.starts_at,
        place=cmd.place.strip(),
        case_ids=cmd.case_ids,
        convened_by=convener,
        delegated_to=cmd.delegated_to,
        delegation_reason=cmd.delegation_reason.strip(),
        kind=cmd.kind or MeetingKind.CONFIRMATION,
    )


async def _require_agenda(meeting: Meeting, tx: Tx) -> list[DocketItem]:
    day = legal_day(meeting.starts_at)
    if day < tx.today:
        raise Invalid("starts_at", f"会议日期不能早于今天（{tx.today}），请重填")
    items = [await docket.lock_item(tx, case_id) for case_id in sorted(set(meeting.case_ids))]
    entries = {item.case_id: await docket.entry_of(tx, item) for item in items}
    docket_rules.agenda(meeting.case_ids, entries, meeting.township, tx.policy, day)
    return items


async def _require_chair(meeting: Meeting, items: list[DocketItem], tx: Tx) -> Finding[str]:
    roster = await registry.roster_of(tx, meeting.township, legal_day(meeting.starts_at))
    delegated = rules.delegation(meeting.delegated_to, meeting.delegation_reason, roster)
    for item in items:
        kin = await registry.recused_from(tx, item.household_id)
        rules.convener_may_act(meeting.convened_by, kin)
        rules.chair_may_act(meeting.delegated_to, roster, kin)
    return delegated


@dataclass(frozen=True, slots=True, kw_only=True)
class SignAttendance:
    """The caller signs in, in one seat."""

    meeting_id: MeetingId
    seat: Seat
    signed_as: str = ""


@dataclass(frozen=True, slots=True)
class AttendanceSigned:
    meeting_id: MeetingId
    missing_seats: tuple[Seat, ...]


@action("sign-attendance")
async def sign_attendance(cmd: SignAttendance, tx: Tx) -> AttendanceSigned:
    meeting = await open_meeting(tx, cmd.meeting_id)
    day = legal_day(meeting.starts_at)
    if tx.today < day:
        raise Invalid("meeting_id", f"会议于{day}召开，请在开会当日签到")
    who = Attendance(StaffId(tx.actor.id), cmd.seat, True, tx.now, cmd.signed_as.strip())
    before = await meetings.attendance_of(tx, cmd.meeting_id)
    known = next((signed for signed in before if signed.staff_id == who.staff_id), None)
    if known is None or known.seat is not cmd.seat:
        await _require_unvoted(known, cmd, tx)
        await _take_seat(who, meeting, tx)
    sitting = await sitting_of(meeting, None, tx)
    return AttendanceSigned(cmd.meeting_id, rules.vacant_seats(sitting))


async def open_meeting(tx: Tx, meeting_id: MeetingId) -> Meeting:
    """The meeting while its minutes are not made; afterwards only a new decision changes anything."""
    meeting = await meetings.load_meeting(tx, meeting_id)
    if meeting.minutes_paper_id:
        raise Conflict("会议记录已生成并固定，不能再改动；需要更正的请另行开会作出新的决定")
    return meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSubstitute:
    """Somebody is named for a required role that is recused or absent (R4.4)."""

    meeting_id: MeetingId
    seat: Seat
    staff_id: StaffId
    ground: SubstituteGround
    reason: str


@action("name-substitute")
async def name_substitute(cmd: NameSubstitute, tx: Tx) -> None:
    meeting = await open_meeting(tx, cmd.meeting_id)
    roster = await registry.roster_of(tx, meeting.township, legal_day(meeting.starts_at))
    items = [await docket.load_item(tx, case_id) for case_id in meeting.case_ids]
    kin = [await registry.recused_from(tx, item.household_id) for item in items]
    signed = await meetings.attendance_of(tx, cmd.meeting_id)
    named = Substitute(
        seat=cmd.seat,
        staff_id=cmd.staff_id,
        ground=cmd.ground,
        reason=cmd.reason.strip(),
        named_by=StaffId(tx.actor.id),
    )
    staff = roster.holding(*POST_OF_SEAT.values())
    everywhere = frozenset.intersection(*kin) if kin else frozenset()
    lawful = rules.substitute(named, staff, {one.staff_id for one in signed}, everywhere)
    await meetings.name_substitute(tx, cmd.meeting_id, named)
    for item in items:
        await tx.record(item.case_id, lawful)


async def _require_unvoted(known: Attendance | None, cmd: SignAttendance, tx: Tx) -> None:
    cast = await meetings.votes_of(tx, cmd.meeting_id)
    rules.may_change_seat(known, cmd.seat, voted=any(vote.staff_id == tx.actor.id for vote in cast))


async def _take_seat(who: Attendance, meeting: Meeting, tx: Tx) -> None:
    roster = await registry.roster_of(tx, meeting.township, legal_day(meeting.starts_at))
    items = [await docket.load_item(tx, case_id) for case_id in meeting.case_ids]
    recused = {item.case_id: await registry.recused_from(tx, item.household_id) for item in items}
    held = {post.role for post in tx.actor.posts if post.covers(meeting.township)}
    named = await meetings.substitutes_of(tx, meeting.meeting_id)
    seated = rules.take_seat(who, held, meeting, roster, recused, named)
    await meetings.save_attendance(tx, meeting.meeting_id, replace(who, by_post=seated.value))
    if not seated.value:
        for item in items:
            await tx.record(item.case_id, seated)


async def sitting_of(meeting: Meeting, item: DocketItem | None, tx: Tx) -> rules.Sitting:
    """The meeting as it sits for one case, or before any is called."""
    day = legal_day(meeting.starts_at)
    required = rules.required_seats(tx.policy.words("meeting.required_roles", day))
    kin: frozenset[StaffId] = frozenset()
    roster = Roster(meeting.township, {})
    if item:
        kin = await registry.recused_from(tx, item.household_id)
        roster = await registry.roster_of(tx, meeting.township, day)
    return rules.Sitting(
        meeting=meeting,
        attendance=await meetings.attendance_of(tx, meeting.meeting_id),
        roster=roster,
        recused=kin,
        required=required,
        substitutes=await meetings.substitutes_of(tx, meeting.meeting_id),
    )


def require_on_agenda(item: DocketItem, meeting_id: MeetingId) -> None:
    """The case is before this meeting and not yet concluded."""
    if item.stage is not Stage.ON_AGENDA:
        raise Conflict(f"该案目前{item.stage.chinese}，不能再表决或宣布结果")
    if item.meeting_id != meeting_id:
        raise Invalid("meeting_id", "该案不在这次会议的议程中，请核对会议")


@dataclass(frozen=True, slots=True, kw_only=True)
class CastVote:
    """The caller votes on one case."""

    meeting_id: MeetingId
    case_id: CaseId
    vote: Choice
    dissent: str = ""


@dataclass(frozen=True, slots=True)
class VoteCast:
    meeting_id: MeetingId


@action("cast-vote")
async def cast_vote(cmd: CastVote, tx: Tx) -> VoteCast:
    meeting = await open_meeting(tx, cmd.meeting_id)
    item = await docket.lock_item(tx, cmd.case_id)
    require_on_agenda(item, cmd.meeting_id)
    vote_rules.may_vote(await sitting_of(meeting, item, tx), StaffId(tx.actor.id))
    vote = Vote(StaffId(tx.actor.id), cmd.case_id, cmd.vote, cmd.dissent.strip())
    await meetings.save_vote(tx, cmd.meeting_id, vote)
    return VoteCast(cmd.meeting_id)
