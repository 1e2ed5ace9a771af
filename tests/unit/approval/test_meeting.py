"""Who chairs, who sits, who votes, and who must stay out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.approval.model import (
    Attendance,
    CaseId,
    Choice,
    HeldPost,
    Meeting,
    MeetingId,
    Outcome,
    Roster,
    Seat,
    StaffId,
    Vote,
)
from services.approval.rules import meeting as rules
from services.approval.rules import votes as vote_rules
from services.common.policy.areas import TownshipCode
from services.common.policy.law import Conflict, Forbidden, Invalid
from services.common.policy.parameters import Policy
from services.common.policy.roles import Role

TOWNSHIP = TownshipCode("140403103")
AT = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)
DAY = date(2026, 10, 9)
CASE = CaseId("case-1")
LEADER, DEPUTY, SECOND_DEPUTY = StaffId("leader"), StaffId("deputy"), StaffId("deputy-2")
HEAD, HANDLER, COLLEAGUE = StaffId("head"), StaffId("handler"), StaffId("handler-2")
REQUIRED = rules.required_seats(Policy.shipped().words("meeting.required_roles", DAY))
MEETING = Meeting(
    meeting_id=MeetingId("meeting-1"),
    township=TOWNSHIP,
    starts_at=AT,
    place="二楼会议室",
    case_ids=(CASE,),
    convened_by=HEAD,
)
DELEGATED = replace(MEETING, delegated_to=DEPUTY, delegation_reason="主要领导赴市里开会")
ROSTER = Roster(
    TOWNSHIP,
    {
        Role.PRINCIPAL_LEADER: frozenset({LEADER}),
        Role.DEPUTY_LEADER: frozenset({DEPUTY}),
        Role.OFFICE_HEAD: frozenset({HEAD}),
        Role.TOWNSHIP_HANDLER: frozenset({HANDLER}),
    },
)
NOBODY: frozenset[StaffId] = frozenset()


def signed(staff: StaffId, seat: Seat, *, by_post: bool = True) -> Attendance:
    return Attendance(staff, seat, by_post, AT)


FULL = (
    signed(LEADER, Seat.PRINCIPAL_LEADER),
    signed(DEPUTY, Seat.DEPUTY_LEADER),
    signed(HEAD, Seat.OFFICE_HEAD),
    signed(HANDLER, Seat.HANDLER),
)


def sitting(
    attendance: tuple[Attendance, ...] = FULL,
    *,
    meeting: Meeting = MEETING,
    recused: frozenset[StaffId] = NOBODY,
    roster: Roster = ROSTER,
) -> rules.Sitting:
    return rules.Sitting(meeting, attendance, roster, recused, REQUIRED)


def votes(**cast: str) -> tuple[Vote, ...]:
    return tuple(Vote(StaffId(staff), CASE, Choice(choice)) for staff, choice in cast.items())


@pytest.mark.law("R4.4")
def test_leader_deputy_office_head_and_handler_must_be_there() -> None:
    assert REQUIRED == (Seat.PRINCIPAL_LEADER, Seat.DEPUTY_LEADER, Seat.OFFICE_HEAD, Seat.HANDLER)
    found = rules.quorum(sitting())
    assert found.article.id == "R4.4"
    assert "共4人" in str(found.facts["text"])


@pytest.mark.law("R4.4")
@pytest.mark.parametrize("absent", range(4))
def test_without_one_of_the_four_nothing_is_decided(absent: int) -> None:
    present = FULL[:absent] + FULL[absent + 1 :]
    with pytest.raises(rules.NoQuorum, match=FULL[absent].seat.chinese):
        rules.quorum(sitting(present))


@pytest.mark.law("R4.4")
def test_a_further_attendee_does_not_fill_a_required_seat() -> None:
    guests = (*FULL[:3], signed(COLLEAGUE, Seat.ATTENDEE))
    assert rules.vacant_seats(sitting(guests)) == (Seat.HANDLER,)


@pytest.mark.law("R3.10", "R4.4")
def test_a_recused_handler_does_not_count_for_that_case() -> None:
    with pytest.raises(rules.NoQuorum, match="承办人"):
        rules.quorum(sitting(recused=frozenset({HANDLER})))


@pytest.mark.law("R4.3")
def test_the_chair_is_delegated_to_a_deputy_with_the_reason() -> None:
    found = rules.delegation(DEPUTY, "主要领导赴市里开会", ROSTER)
    assert found.value == "delegated"
    assert "主要领导赴市里开会" in str(found.facts["text"])


@pytest.mark.law("R4.3")
def test_a_delegation_without_a_reason_is_refused() -> None:
    with pytest.raises(rules.DelegationNeedsReason):
        rules.delegation(DEPUTY, "  ", ROSTER)


@pytest.mark.law("R4.3")
@pytest.mark.parametrize("to", [HEAD, HANDLER, StaffId("deputy-of-another-township")])
def test_the_chair_is_delegated_to_nobody_but_a_deputy_of_the_township(to: StaffId) -> None:
    with pytest.raises(rules.NotTheDeputy):
        rules.delegation(to, "主要领导出差", ROSTER)


@pytest.mark.law("R4.3")
def test_a_reason_without_a_delegate_is_sent_back() -> None:
    with pytest.raises(Invalid, match="分管领导"):
        rules.delegation(None, "主要领导出差", ROSTER)


@pytest.mark.law("R4.3", "R3.10")
def test_a_case_of_the_leaders_kin_is_chaired_by_delegation() -> None:
    kin = frozenset({LEADER})
    with pytest.raises(rules.NoChair, match="委托分管领导"):
        rules.chair_may_act(None, ROSTER, kin)
    rules.chair_may_act(DEPUTY, ROSTER, kin)


@pytest.mark.law("R4.3", "R3.10")
def test_a_delegate_who_is_kin_does_not_chair_either() -> None:
    with pytest.raises(rules.NoChair, match="其他分管领导"):
        rules.chair_may_act(DEPUTY, ROSTER, frozenset({DEPUTY}))


@pytest.mark.law("R4.3")
def test_a_township_without_a_leader_delegates() -> None:
    with pytest.raises(rules.NoChair, match="没有在任"):
        rules.chair_may_act(None, Roster(TOWNSHIP, {}), NOBODY)


@pytest.mark.law("R3.10")
def test_kin_of_a_household_do_not_convene_its_meeting() -> None:
    with pytest.raises(Forbidden, match="回避") as refused:
        rules.convener_may_act(HEAD, frozenset({HEAD}))
    assert refused.value.article is not None


@pytest.mark.law("R4.4")
@pytest.mark.parametrize("seat", [Seat.PRINCIPAL_LEADER, Seat.DEPUTY_LEADER])
def test_with_delegation_the_deputy_fills_the_leaders_seat(seat: Seat) -> None:
    present = (signed(DEPUTY, seat), *FULL[2:])
    chaired = sitting(present, meeting=DELEGATED)
    assert rules.quorum(chaired).value == "quorate"
    rules.presiding(chaired, DEPUTY)


@pytest.mark.law("R4.3", "R4.4")
def test_without_delegation_a_deputy_does_not_stand_in_for_the_leader() -> None:
    with pytest.raises(rules.NoQuorum, match="主要领导"):
        rules.quorum(sitting(FULL[1:]))
    who = signed(DEPUTY, Seat.PRINCIPAL_LEADER)
    with pytest.raises(rules.SeatNotHeld):
        rules.take_seat(who, {Role.DEPUTY_LEADER}, MEETING, ROSTER, {CASE: NOBODY})


@pytest.mark.law("R4.3")
@pytest.mark.parametrize("actor", [DEPUTY, HEAD, HANDLER, StaffId("stranger")])
def test_only_the_chair_concludes_an_item(actor: StaffId) -> None:
    with pytest.raises(rules.NotTheChair):
        rules.presiding(sitting(), actor)
    rules.presiding(sitting(), LEADER)


@pytest.mark.law("R4.3")
def test_a_leader_who_did_not_sign_in_concludes_nothing() -> None:
    with pytest.raises(rules.NotTheChair):
        rules.presiding(sitting(FULL[1:]), LEADER)


@pytest.mark.law("R4.3", "R3.10")
def test_when_the_chair_became_recused_the_refusal_says_what_to_do() -> None:
    with pytest.raises(rules.NoChair, match="另行开会，并委托分管领导"):
        rules.presiding(sitting(recused=frozenset({LEADER})), DEPUTY)


@pytest.mark.law("R4.4")
def test_a_seat_is_taken_by_whoever_holds_the_post() -> None:
    who = signed(HANDLER, Seat.HANDLER)
    assert rules.take_seat(who, {Role.TOWNSHIP_HANDLER}, MEETING, ROSTER, {CASE: NOBODY}).value is True


@pytest.mark.law("R4.4")
def test_nobody_takes_the_seat_of_a_colleague_who_may_come() -> None:
    who = signed(HANDLER, Seat.OFFICE_HEAD)
    with pytest.raises(rules.SeatNotHeld, match="有人在任"):
        rules.take_seat(who, {Role.TOWNSHIP_HANDLER}, MEETING, ROSTER, {CASE: NOBODY})


@pytest.mark.law("R4.4", "R3.10")
def test_a_recused_office_head_is_replaced_by_a_substitute_of_the_township() -> None:
    kin = frozenset({HEAD})
    who = signed(COLLEAGUE, Seat.OFFICE_HEAD)
    found = rules.take_seat(who, {Role.TOWNSHIP_HANDLER}, MEETING, ROSTER, {CASE: kin})
    assert found.value is False
    assert "替补" in str(found.facts["text"])
    present = (*FULL, replace(who, by_post=False))
    assert rules.quorum(sitting(present, recused=kin)).value == "quorate"


@pytest.mark.law("R4.4")
def test_a_substitute_does_not_count_on_a_case_that_the_holder_may_decide() -> None:
    present = (*FULL[:2], signed(COLLEAGUE, Seat.OFFICE_HEAD, by_post=False), FULL[3])
    assert rules.vacant_seats(sitting(present)) == (Seat.OFFICE_HEAD,)


@pytest.mark.law("R4.4")
def test_a_villager_is_no_substitute() -> None:
    who = signed(StaffId("grid"), Seat.HANDLER)
    with pytest.raises(rules.SeatNotHeld, match="不任承办人"):
        rules.take_seat(who, {Role.GRID_WORKER}, MEETING, ROSTER, {CASE: frozenset({HANDLER})})


@pytest.mark.law("R4.4")
def test_anybody_admitted_may_attend_further() -> None:
    who = signed(StaffId("village-head"), Seat.ATTENDEE)
    assert rules.take_seat(who, {Role.VILLAGE_HEAD}, MEETING, ROSTER, {CASE: NOBODY}).value is True


@pytest.mark.law("R4.4")
def test_a_seat_is_not_changed_after_voting() -> None:
    rules.may_change_seat(FULL[3], Seat.ATTENDEE, voted=False)
    rules.may_change_seat(FULL[3], Seat.HANDLER, voted=True)
    with pytest.raises(Conflict):
        rules.may_change_seat(FULL[3], Seat.ATTENDEE, voted=True)


@pytest.mark.law("R4.4")
def test_a_required_role_without_a_seat_is_a_wrong_parameter() -> None:
    with pytest.raises(Invalid, match="grid_worker"):
        rules.required_seats(("principal_leader", "grid_worker"))


@pytest.mark.law("R4.4")
def test_a_post_counts_from_its_first_day_to_its_last() -> None:
    post = HeldPost(LEADER, Role.PRINCIPAL_LEADER, TOWNSHIP, date(2026, 10, 1), date(2026, 10, 9))
    elsewhere = HeldPost(DEPUTY, Role.PRINCIPAL_LEADER, "140403104")
    for day, holders in ((DAY, {LEADER}), (date(2026, 10, 10), set()), (date(2026, 9, 30), set())):
        roster = Roster.of(TOWNSHIP, (post, elsewhere), day)
        assert roster.holding(Role.PRINCIPAL_LEADER) == holders


@pytest.mark.law("R4.1")
def test_votes_are_counted_when_every_role_has_voted() -> None:
    cast = votes(leader="for", deputy="for", head="for", handler="against")
    found = vote_rules.tally(sitting(), cast)
    assert (found.value.in_favour, found.value.against) == (3, 1)
    assert "赞成3票，反对1票" in str(found.facts["text"])


@pytest.mark.law("R4.1")
def test_nothing_is_concluded_before_every_role_has_voted() -> None:
    with pytest.raises(vote_rules.VoteMissing, match="承办人"):
        vote_rules.tally(sitting(), votes(leader="for", deputy="for", head="for"))


@pytest.mark.law("R4.4")
def test_whoever_did_not_sign_in_does_not_vote() -> None:
    vote_rules.may_vote(sitting(), HANDLER)
    with pytest.raises(vote_rules.NotSignedIn):
        vote_rules.may_vote(sitting(), COLLEAGUE)


@pytest.mark.law("R3.10")
def test_a_vote_cast_before_its_author_was_recused_does_not_count() -> None:
    present = (*FULL, signed(COLLEAGUE, Seat.HANDLER))
    cast = (
        *votes(leader="for", deputy="for", head="against", handler="against"),
        Vote(COLLEAGUE, CASE, Choice.FOR),
    )
    result = vote_rules.tally(sitting(present, recused=frozenset({HANDLER})), cast).value
    assert (result.in_favour, result.against) == (3, 1)


@pytest.mark.law("R4.1")
def test_a_tie_confirms_nothing() -> None:
    tie = vote_rules.Tally(2, 2)
    with pytest.raises(vote_rules.NoMajority, match="不能确认"):
        vote_rules.carried(Outcome.CONFIRM, tie)
    vote_rules.carried(Outcome.REFUSE, tie)


@pytest.mark.law("R4.1")
@given(st.integers(0, 9), st.integers(0, 9))
def test_the_chair_concludes_only_what_the_votes_say(in_favour: int, against: int) -> None:
    result = vote_rules.Tally(in_favour, against)
    lawful = Outcome.CONFIRM if in_favour > against else Outcome.REFUSE
    other = Outcome.REFUSE if lawful is Outcome.CONFIRM else Outcome.CONFIRM
    vote_rules.carried(lawful, result)
    with pytest.raises(vote_rules.NoMajority):
        vote_rules.carried(other, result)
