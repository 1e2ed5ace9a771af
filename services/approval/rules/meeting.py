"""Who chairs, who sits and who is counted in the meeting (R4.3, R4.4), with recusal at every seat (R3.10)."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import ClassVar

from services.approval.model import (
    POST_OF_SEAT,
    Attendance,
    CaseId,
    Meeting,
    MeetingKind,
    Roster,
    Seat,
    StaffId,
    Substitute,
)
from services.common.policy.articles import R3_10, R4_3, R4_4, R4_5, R4_6
from services.common.policy.law import Conflict, Finding, Forbidden, Invalid, Refused, rule
from services.common.policy.roles import Role

# Who may stand in for a seat whose every holder is recused; the leader's seat is only filled by delegation.
SUBSTITUTES: Mapping[Seat, frozenset[Role]] = {
    Seat.DEPUTY_LEADER: frozenset({Role.OFFICE_HEAD}),
    Seat.OFFICE_HEAD: frozenset({Role.DEPUTY_LEADER, Role.TOWNSHIP_HANDLER}),
    Seat.HANDLER: frozenset({Role.DEPUTY_LEADER, Role.OFFICE_HEAD}),
}


class NotTheDeputy(Refused):
    """The chair can only be delegated to a deputy leader of the township."""

    code: ClassVar[str] = "not-the-deputy"


class DelegationNeedsReason(Refused):
    """The chair is delegated in special cases only, and the reason is recorded."""

    code: ClassVar[str] = "delegation-needs-reason"


class NoChair(Refused):
    """Nobody may chair this case."""

    code: ClassVar[str] = "no-chair"


class SeatNotHeld(Refused):
    """The seat belongs to a post that the person does not hold."""

    code: ClassVar[str] = "seat-not-held"


class NoQuorum(Refused):
    """A required role is missing for this case."""

    code: ClassVar[str] = "no-quorum"


class NotTheChair(Refused):
    """Only whoever chairs the meeting concludes its items."""

    code: ClassVar[str] = "not-the-chair"


class NoSubstituteForSeat(Refused):
    """This seat or this person cannot be filled so."""

    code: ClassVar[str] = "no-substitute"


class DeferralNotAllowed(Refused):
    """An item is only put off where nobody can be named for a missing role."""

    code: ClassVar[str] = "deferral-not-allowed"


class RecusedFromAgenda(Forbidden):
    """The one who convenes is kin of a household on the agenda."""

    code: ClassVar[str] = "recused"


@dataclass(frozen=True, slots=True)
class Sitting:
    """The meeting as it sits for one case: who signed in, who holds which post, who is recused."""

    meeting: Meeting
    attendance: tuple[Attendance, ...]
    roster: Roster
    recused: frozenset[StaffId]
    required: tuple[Seat, ...]
    substitutes: tuple[Substitute, ...] = ()

    def signed(self, *seats: Seat, by_post: bool) -> frozenset[StaffId]:
        """Who sits in one of the seats and may take part in this case."""
        return frozenset(a.staff_id for a in self._present() if a.seat in seats and a.by_post is by_post)

    @property
    def voters(self) -> frozenset[StaffId]:
        return frozenset(a.staff_id for a in self._present())

    def _present(self) -> list[Attendance]:
        return [a for a in self.attendance if a.staff_id not in self.recused]


@rule(R4_4)
def required_seats(roles: tuple[str, ...]) -> tuple[Seat, ...]:
    """The seats of the roles that must attend, in the order of the regulation."""
    seats = {role.value: seat for seat, role in POST_OF_SEAT.items()}
    unknown = [role for role in roles if role not in seats]
    if unknown:
        raise Invalid("meeting.required_roles", f"审核确认会没有“{'、'.join(unknown)}”的席位，请核对参数")
    return tuple(seats[role] for role in roles)


@rule(R4_3)
def delegation(to: StaffId | None, reason: str, roster: Roster) -> Finding[str]:
    """The principal leader chairs; a deputy of the township by delegation with the reason recorded."""
    if to is None:
        if reason.strip():
            raise Invalid("delegated_to", "填写了委托理由，请同时选择受委托的分管领导")
        return Finding(R4_3, "principal-leader", {"text": "审核确认会由主要领导主持"})
    if to not in roster.holding(Role.DEPUTY_LEADER):
        raise NotTheDeputy(R4_3, "会议只能委托本镇街的分管领导主持，请重新选择")
    if not reason.strip():
        raise DelegationNeedsReason(R4_3, "委托分管领导主持须写明特殊情况，请填写理由")
    facts = {"delegated_to": to, "text": f"主要领导委托分管领导主持，理由：{reason.strip()}"}
    return Finding(R4_3, "delegated", facts)


@rule(R3_10, R4_3)
def chair_may_act(delegated_to: StaffId | None, roster: Roster, recused: Set[StaffId]) -> None:
    """Refuse a case that the chair may not touch, and say what to do instead."""
    if delegated_to:
        if delegated_to in recused:
            raise NoChair(R3_10, "受委托的分管领导须回避议程中的家庭，请改由其他分管领导主持该案")
        return
    leaders = roster.holding(Role.PRINCIPAL_LEADER)
    if not leaders:
        raise NoChair(R4_3, "本镇街没有在任的主要领导，请办理委托，由分管领导主持")
    if not leaders - recused:
        raise NoChair(R3_10, "主要领导须回避议程中的家庭，该案须另行开会，并委托分管领导主持")


@rule(R3_10)
def convener_may_act(convener: StaffId, recused: Set[StaffId]) -> None:
    """Kin of a household do not put it before a meeting either."""
    if convener in recused:
        raise RecusedFromAgenda("您须回避议程中的家庭，请由其他人员召集该案的会议", R3_10)


@rule(R4_4)
def take_seat(
    who: Attendance,
    held: Set[Role],
    meeting: Meeting,
    roster: Roster,
    recused: Mapping[CaseId, frozenset[StaffId]],
    substitutes: tuple[Substitute, ...] = (),
) -> Finding[bool]:
    """Whether the seat is taken by post; a substitute only if named, or where nobody unrecused holds it."""
    seat = who.seat
    if seat is Seat.ATTENDEE or POST_OF_SEAT[seat] in held or _delegate_as_leader(who, meeting):
        return Finding(R4_4, True, {"seat": seat.value, "text": f"{seat.chinese}到会签到"})
    named = next((one for one in substitutes if one.seat is seat and one.staff_id == who.staff_id), None)
    if named:
        facts = {"seat": seat.value, "text": f"{seat.chinese}{named.ground.chinese}，指定替补人员到会签到"}
        return Finding(R4_4, False, facts)
    if not held & SUBSTITUTES.get(seat, frozenset()):
        raise SeatNotHeld(R4_4, f"您不任{seat.chinese}，不能在该席位签到，请改选自己的席位")
    holders = roster.holding(POST_OF_SEAT[seat])
    if all(holders - recused[case_id] for case_id in meeting.case_ids):
        raise SeatNotHeld(R4_4, f"{seat.chinese}有人在任且不须回避，应由本人签到，不能替补")
    return Finding(R4_4, False, {"seat": seat.value, "text": f"{seat.chinese}须回避或空缺，替补人员到会签到"})


def _delegate_as_leader(who: Attendance, meeting: Meeting) -> bool:
    return who.seat is Seat.PRINCIPAL_LEADER and who.staff_id == meeting.delegated_to


@rule(R4_4)
def vacant_seats(sitting: Sitting) -> tuple[Seat, ...]:
    """Required seats in which nobody sits who may take part."""
    return tuple(seat for seat in sitting.required if not seated(sitting, seat))


@rule(R3_10, R4_3, R4_4)
def seated(sitting: Sitting, seat: Seat) -> frozenset[StaffId]:
    """Who fills a required seat: by post, the delegate for the leader, else the substitutes."""
    delegate = frozenset({sitting.meeting.delegated_to} - {None})
    chairing = delegate & sitting.signed(Seat.PRINCIPAL_LEADER, Seat.DEPUTY_LEADER, by_post=True)
    filled = sitting.signed(seat, by_post=True)
    # The deputy who chairs by delegation is still the deputy in charge: one person, both roles present.
    if seat in (Seat.PRINCIPAL_LEADER, Seat.DEPUTY_LEADER):
        filled |= frozenset(staff for staff in chairing if staff is not None)
    if filled:
        return filled
    nobody_holds_it = not sitting.roster.holding(POST_OF_SEAT[seat]) - sitting.recused
    stands_in = sitting.signed(seat, by_post=False)
    if nobody_holds_it:
        return stands_in
    return stands_in & {one.staff_id for one in sitting.substitutes if one.seat is seat}


@rule(R4_4, R3_10)
def substitute(
    named: Substitute, township_staff: Set[StaffId], signed: Set[StaffId], recused_from_all: Set[StaffId]
) -> Finding[StaffId]:
    """A recused or absent role is filled by somebody of the township who is named, with the reason."""
    if named.seat not in SUBSTITUTES:
        raise NoSubstituteForSeat(R4_3, "主要领导的席位只能委托分管领导，不能指定替补")
    if named.staff_id not in township_staff:
        raise SeatNotHeld(R4_4, "替补人员应为本镇街在岗的工作人员，请重新选择")
    if named.staff_id in recused_from_all:
        raise NoSubstituteForSeat(R3_10, "该人员对议程中的全部家庭都须回避，不能替补")
    if named.staff_id in signed:
        raise Conflict("该人员已在其他席位签到，一人只占一个席位，请另选替补人员")
    if not named.reason.strip():
        raise NoSubstituteForSeat(R4_4, "指定替补须写明原因，请填写")
    text = f"{named.seat.chinese}{named.ground.chinese}（{named.reason.strip()}），指定替补人员"
    return Finding(R4_4, named.staff_id, {"seat": named.seat.value, "text": text})


@rule(R4_4)
def deferral(sitting: Sitting, reason: str) -> Finding[str]:
    """Deferred only where a required role is missing and nobody of the township can be named for it."""
    if not reason.strip():
        raise DeferralNotAllowed(R4_4, "暂缓须写明理由，请填写")
    vacant = vacant_seats(sitting)
    if not vacant:
        raise DeferralNotAllowed(R4_4, "法定席位已到齐，应当表决；材料不足的请退回补充调查")
    taken = frozenset().union(*(seated(sitting, seat) for seat in sitting.required))
    for seat in vacant:
        free = sitting.roster.holding(*SUBSTITUTES.get(seat, frozenset())) - sitting.recused - taken
        if free:
            raise DeferralNotAllowed(R4_4, f"{seat.chinese}缺席，但还可以指定替补人员，请先指定替补")
    names = "、".join(seat.chinese for seat in vacant)
    return Finding(R4_4, "deferred", {"text": f"{names}缺席且无人可以替补，本项暂缓，理由：{reason.strip()}"})


@rule(R4_5, R4_6)
def returned(reason: str) -> Finding[str]:
    """The meeting wants to know more before it decides: the handler investigates and forms a new opinion."""
    if not reason.strip():
        raise DeferralNotAllowed(R4_5, "退回须写明要补充调查什么，请填写")
    return Finding(R4_5, "returned", {"text": f"退回补充调查：{reason.strip()}"})


@rule(R4_4)
def joint(kind: MeetingKind, sitting: Sitting) -> None:
    """A joint meeting has somebody of the villages in it."""
    if kind is MeetingKind.JOINT and not sitting.signed(Seat.ATTENDEE, by_post=True):
        raise NoQuorum(R4_4, "镇村两级联审会须有村（居）人员到会，请补签后再作决定")


@rule(R4_4, R3_10)
def quorum(sitting: Sitting) -> Finding[str]:
    """Every required role is present for this case, recusals taken out."""
    vacant = vacant_seats(sitting)
    if vacant:
        names = "、".join(seat.chinese for seat in vacant)
        raise NoQuorum(R4_4, f"该案缺少{names}（未到会或须回避），不能作出决定，请补签或由替补人员到会")
    present = "、".join(seat.chinese for seat in sitting.required)
    facts: dict[str, object] = {
        "seats": {seat.value: sorted(seated(sitting, seat)) for seat in sitting.required},
        "recused": sorted(sitting.recused),
        "text": f"{present}均到会，共{len(sitting.voters)}人参加审议",
    }
    return Finding(R4_4, "quorate", facts)


@rule(R4_3)
def presiding(sitting: Sitting, actor: StaffId) -> None:
    """Refuse a conclusion by anybody but the chair who signed in."""
    if sitting.meeting.delegated_to:
        chairs = seated(sitting, Seat.PRINCIPAL_LEADER) & {sitting.meeting.delegated_to}
    else:
        chairs = sitting.signed(Seat.PRINCIPAL_LEADER, by_post=True)
        signed = {a.staff_id for a in sitting.attendance if a.seat is Seat.PRINCIPAL_LEADER and a.by_post}
        if not chairs and signed:
            raise NoChair(R3_10, "主要领导须回避该家庭，该案须另行开会，并委托分管领导主持")
    if actor not in chairs:
        raise NotTheChair(R4_3, "只有已签到的会议主持人可以宣布审议结果")


@rule(R4_4)
def may_change_seat(signed: Attendance | None, seat: Seat, *, voted: bool) -> None:
    """A wrong seat is put right before the person votes, not after."""
    if signed and signed.seat is not seat and voted:
        raise Conflict("您已在原席位参加表决，不能再更换席位")
