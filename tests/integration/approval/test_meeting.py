"""The meeting from the first signature to the chair's conclusion, and everything it refuses on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.approval.rules.decision import ReasonRequired, WholeFamilyRequired
from services.approval.rules.meeting import (
    NoChair,
    NoQuorum,
    NotTheChair,
    NotTheDeputy,
    SeatNotHeld,
)
from services.approval.rules.votes import NoMajority, NotSignedIn, VoteMissing
from services.common.contracts import approval
from services.common.policy.law import Conflict, Forbidden, Invalid
from services.common.policy.roles import Post, Role
from services.common.runtime.actor import Actor
from tests.integration.approval.hall import (
    COLLEAGUE,
    DECIDABLE,
    DEPUTY,
    FAMILY,
    HANDLER,
    HEAD,
    LEADER,
    SEATS,
    STRANGER,
    TOWNSHIP,
    VILLAGE_HEAD,
    Hall,
    concluded,
    opinion,
    posted,
    recusal,
    somebody,
)
from tests.world.services import published

DELEGATION = {"delegated_to": DEPUTY.id, "delegation_reason": "主要领导赴市里开会"}


async def seated(hall: Hall, case: str = "case-1", vote: str = "for") -> str:
    """A meeting that has voted on its only case."""
    await hall.ready(case)
    meeting_id = await hall.convenes(case)
    await hall.sits(meeting_id)
    await hall.votes(meeting_id, case, vote)
    return meeting_id


@pytest.mark.law("R4.1", "R4.5", "R4.6", "R4.8")
async def test_a_full_meeting_confirms_as_proposed_and_assistance_starts_next_month(hall: Hall) -> None:
    answer = await hall.confirmed()
    assert (answer.first_month, answer.next, answer.notice_due_on) == ("2026-11", "filing", "")
    (made,) = await published(hall.service, approval.DecisionMade)
    (confirmed,) = await published(hall.service, approval.AssistanceConfirmed)
    assert made.decision_id == confirmed.decision_id == answer.decision_id  # type: ignore[attr-defined]
    assert made == approval.DecisionMade(
        decision_id=answer.decision_id,
        case_id="case-1",
        household_id="household-1",
        township=TOWNSHIP,
        meeting_id=made.meeting_id,  # type: ignore[attr-defined]
        outcome="confirm",
        category="dibao",
        insured_person_ids=FAMILY,
        monthly_amount_fen=128000,
        first_month="2026-11",
        decided_on="2026-10-09",
        next="filing",
    )
    assert confirmed.confirmed_on == "2026-10-09"  # type: ignore[attr-defined]
    assert await published(hall.service, approval.ClockChanged) == []
    articles = [article for article, _ in await hall.timeline()]
    assert articles == ["R4.2", "R4.2", "R4.1", "R4.3", "R4.4", "R4.1", "R4.5", "R4.8", "DB.21"]


@pytest.mark.law("R4.5")
async def test_the_meeting_can_be_read_with_seats_and_votes(hall: Hall) -> None:
    meeting_id = await seated(hall)
    meeting = await hall.calls(HANDLER, "GetMeeting", meeting_id=meeting_id)
    assert {a.staff_id: a.seat for a in meeting.attendance} == {p.id: s for p, s in SEATS.items()}
    assert {v.staff_id: v.vote for v in meeting.votes} == {p.id: "for" for p in SEATS}
    assert (meeting.chair_id, list(meeting.case_ids)) == (LEADER.id, ["case-1"])
    with pytest.raises(Forbidden):
        await hall.calls(STRANGER, "GetMeeting", meeting_id=meeting_id)


@pytest.mark.law("R4.4")
async def test_each_signature_says_which_seats_are_still_empty(hall: Hall) -> None:
    await hall.ready()
    meeting_id = await hall.convenes("case-1")
    missing = []
    for person, seat in SEATS.items():
        answer = await hall.calls(person, "SignAttendance", meeting_id=meeting_id, seat=seat)
        missing.append(list(answer.missing_seats))
    assert missing == [
        ["deputy-leader", "office-head", "handler"],
        ["office-head", "handler"],
        ["handler"],
        [],
    ]


@pytest.mark.law("R4.4")
async def test_without_the_handler_nothing_is_decided(hall: Hall) -> None:
    await hall.ready()
    meeting_id = await hall.convenes("case-1")
    present = {person: seat for person, seat in SEATS.items() if person is not HANDLER}
    await hall.sits(meeting_id, present)
    await hall.votes(meeting_id, "case-1", by=tuple(present))
    with pytest.raises(NoQuorum, match="承办人"):
        await hall.decides(meeting_id, "case-1")
    assert await published(hall.service, approval.DecisionMade) == []


@pytest.mark.law("R4.1")
async def test_nothing_is_decided_before_everybody_required_has_voted(hall: Hall) -> None:
    await hall.ready()
    meeting_id = await hall.convenes("case-1")
    await hall.sits(meeting_id)
    await hall.votes(meeting_id, "case-1", by=(LEADER, DEPUTY, HEAD))
    with pytest.raises(VoteMissing, match="承办人"):
        await hall.decides(meeting_id, "case-1")


@pytest.mark.law("R4.4")
async def test_the_absent_do_not_vote(hall: Hall) -> None:
    await hall.ready()
    meeting_id = await hall.convenes("case-1")
    with pytest.raises(NotSignedIn):
        await hall.votes(meeting_id, "case-1", by=(HANDLER,))


@pytest.mark.law("R4.4")
async def test_nobody_signs_in_before_the_day_of_the_meeting(hall: Hall) -> None:
    await hall.ready()
    meeting_id = await hall.convenes("case-1", day=DECIDABLE + timedelta(days=3))
    with pytest.raises(Invalid, match="2026-10-12"):
        await hall.sits(meeting_id)


@pytest.mark.law("R4.4")
async def test_nobody_signs_in_a_seat_of_another_post(hall: Hall) -> None:
    await hall.ready()
    meeting_id = await hall.convenes("case-1")
    with pytest.raises(SeatNotHeld):
        await hall.sits(meeting_id, {HANDLER: "principal-leader"})
    with pytest.raises(SeatNotHeld):
        await hall.sits(meeting_id, {HANDLER: "office-head"})
    with pytest.raises(Forbidden):
        await hall.sits(meeting_id, {STRANGER: "office-head"})


@pytest.mark.law("R4.4")
async def test_village_people_attend_and_vote_in_a_joint_meeting(hall: Hall) -> None:
    await hall.ready()
    meeting_id = await hall.convenes("case-1")
    await hall.sits(meeting_id, SEATS | {VILLAGE_HEAD: "attendee"})
    await hall.votes(meeting_id, "case-1", by=(*SEATS, VILLAGE_HEAD))
    await hall.decides(meeting_id, "case-1")
    assert ("R4.1", "集体审议表决：赞成5票，反对0票") in await hall.timeline()
    elsewhere = somebody("other-village", Role.VILLAGE_HEAD, "140403104001")
    with pytest.raises(Forbidden):
        await hall.sits(meeting_id, {elsewhere: "attendee"})


@pytest.mark.law("R4.4")
async def test_a_wrong_seat_is_put_right_before_voting(hall: Hall) -> None:
    await hall.ready()
    meeting_id = await hall.convenes("case-1")
    await hall.sits(meeting_id, SEATS | {HANDLER: "attendee"})
    await hall.sits(meeting_id, {HANDLER: "handler"})
    await hall.votes(meeting_id, "case-1")
    with pytest.raises(Conflict):
        await hall.sits(meeting_id, {HANDLER: "attendee"})
    assert (await hall.decides(meeting_id, "case-1")).next == "filing"


@pytest.mark.law("R4.1")
async def test_a_vote_may_be_changed_until_the_conclusion(hall: Hall) -> None:
    meeting_id = await seated(hall, vote="against")
    with pytest.raises(NoMajority):
        await hall.decides(meeting_id, "case-1")
    await hall.votes(meeting_id, "case-1", by=(LEADER, DEPUTY, HEAD))
    await hall.decides(meeting_id, "case-1")
    assert ("R4.1", "集体审议表决：赞成3票，反对1票") in await hall.timeline()
    with pytest.raises(Conflict, match="不能再表决"):
        await hall.votes(meeting_id, "case-1", by=(HANDLER,))


@pytest.mark.law("R3.10")
async def test_a_recused_handler_is_stopped_and_a_colleague_sits_instead(hall: Hall) -> None:
    await hall.ready()
    meeting_id = await hall.convenes("case-1")
    await hall.sits(meeting_id)
    await hall.hears(recusal("case-1", HANDLER))
    with pytest.raises(Forbidden, match="回避") as stopped:
        await hall.votes(meeting_id, "case-1", by=(HANDLER,))
    assert stopped.value.code == "recused"  # type: ignore[attr-defined]
    await hall.votes(meeting_id, "case-1", by=(LEADER, DEPUTY, HEAD))
    with pytest.raises(NoQuorum, match="承办人"):
        await hall.decides(meeting_id, "case-1")
    await hall.sits(meeting_id, {COLLEAGUE: "handler"})
    await hall.votes(meeting_id, "case-1", by=(COLLEAGUE,))
    assert (await hall.decides(meeting_id, "case-1")).next == "filing"


@pytest.mark.law("R3.10", "R4.4")
async def test_a_recused_office_head_is_filled_by_a_named_substitute(hall: Hall) -> None:
    await hall.ready()
    await hall.hears(recusal("case-1", HEAD))
    with pytest.raises(Forbidden, match="回避"):
        await hall.convenes("case-1", by=HEAD)
    meeting_id = await hall.convenes("case-1", by=HANDLER)
    await hall.sits(
        meeting_id,
        {
            LEADER: "principal-leader",
            DEPUTY: "deputy-leader",
            COLLEAGUE: "office-head",
            HANDLER: "handler",
        },
    )
    await hall.votes(meeting_id, "case-1", by=(LEADER, DEPUTY, COLLEAGUE, HANDLER))
    assert (await hall.decides(meeting_id, "case-1")).next == "filing"


@pytest.mark.law("R4.3", "R3.10")
async def test_a_recused_leader_delegates_the_chair_of_that_case(hall: Hall) -> None:
    await hall.ready()
    await hall.hears(recusal("case-1", LEADER))
    with pytest.raises(NoChair, match="委托分管领导"):
        await hall.convenes("case-1")
    meeting_id = await hall.convenes("case-1", **DELEGATION)
    await hall.sits(meeting_id, {DEPUTY: "principal-leader", HEAD: "office-head", HANDLER: "handler"})
    await hall.votes(meeting_id, "case-1", by=(DEPUTY, HEAD, HANDLER))
    with pytest.raises(Forbidden, match="回避"):
        await hall.decides(meeting_id, "case-1", by=LEADER)
    assert (await hall.decides(meeting_id, "case-1", by=DEPUTY)).next == "filing"


@pytest.mark.law("R4.3", "R3.10")
async def test_a_leader_recused_after_convening_leaves_the_case_to_a_new_meeting(hall: Hall) -> None:
    first = await seated(hall)
    await hall.hears(recusal("case-1", LEADER))
    with pytest.raises(Forbidden, match="回避"):
        await hall.decides(first, "case-1", by=LEADER)
    with pytest.raises(NoChair, match="另行开会"):
        await hall.decides(first, "case-1", by=DEPUTY)
    second = await hall.convenes("case-1", **DELEGATION)
    with pytest.raises(Invalid, match="不在这次会议"):
        await hall.votes(first, "case-1", by=(DEPUTY,))
    await hall.sits(second, {DEPUTY: "deputy-leader", HEAD: "office-head", HANDLER: "handler"})
    await hall.votes(second, "case-1", by=(DEPUTY, HEAD, HANDLER))
    assert (await hall.decides(second, "case-1", by=DEPUTY)).next == "filing"


@pytest.mark.law("R4.3")
async def test_the_chair_is_delegated_to_nobody_but_a_deputy(hall: Hall) -> None:
    await hall.ready()
    with pytest.raises(NotTheDeputy):
        await hall.convenes("case-1", delegated_to=HEAD.id, delegation_reason="出差")


@pytest.mark.law("R4.3")
async def test_a_deputy_without_delegation_concludes_nothing(hall: Hall) -> None:
    meeting_id = await seated(hall)
    with pytest.raises(NotTheChair):
        await hall.decides(meeting_id, "case-1", by=DEPUTY)
    with pytest.raises(Forbidden):
        await hall.decides(meeting_id, "case-1", by=HANDLER)


@pytest.mark.law("R4.1")
async def test_a_case_is_decided_once(hall: Hall) -> None:
    meeting_id = await seated(hall)
    await hall.decides(meeting_id, "case-1")
    with pytest.raises(Conflict, match="不能再表决或宣布结果"):
        await hall.decides(meeting_id, "case-1")
    with pytest.raises(Conflict):
        await hall.convenes("case-1")
    assert len(await published(hall.service, approval.DecisionMade)) == 1


@pytest.mark.law("R4.6")
async def test_votes_on_an_older_opinion_do_not_decide_the_newer(hall: Hall) -> None:
    meeting_id = await seated(hall)
    await hall.hears(opinion(revision=2), posted(revision=2), concluded(revision=2))
    with pytest.raises(Conflict, match="待上会"):
        await hall.decides(meeting_id, "case-1")


@pytest.mark.law("R4.5", "NOTICE2022.1_1")
async def test_a_refused_conclusion_leaves_nothing_behind(hall: Hall) -> None:
    meeting_id = await seated(hall)
    with pytest.raises(WholeFamilyRequired):
        await hall.decides(meeting_id, "case-1", insured_person_ids=FAMILY[:1], reason="只保一人")
    with pytest.raises(ReasonRequired):
        await hall.decides(meeting_id, "case-1", monthly_amount_fen=100000)
    with pytest.raises(Invalid, match="保障类别"):
        await hall.decides(meeting_id, "case-1", category="")
    assert await published(hall.service, approval.DecisionMade) == []
    await hall.decides(meeting_id, "case-1", monthly_amount_fen=100000, reason="核减一笔重复支出")
    assert any("核减一笔重复支出" in text for _, text in await hall.timeline())


@pytest.mark.law("R4.4")
async def test_somebody_with_two_posts_sits_in_one_seat(hall: Hall) -> None:
    both = Actor("both", (Post(Role.OFFICE_HEAD, TOWNSHIP), Post(Role.TOWNSHIP_HANDLER, TOWNSHIP)))
    await hall.ready()
    meeting_id = await hall.convenes("case-1")
    await hall.sits(meeting_id, {both: "office-head"})
    answer = await hall.calls(both, "SignAttendance", meeting_id=meeting_id, seat="handler")
    assert "office-head" in answer.missing_seats
