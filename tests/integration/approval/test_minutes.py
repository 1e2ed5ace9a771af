"""A meeting with substitute, dissent, refusal, deferral and return, and the minutes that freeze it."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from services.approval.commands.papers import held_meeting
from services.approval.model import MeetingId
from services.approval.rules import papers as rules
from services.approval.rules.meeting import (
    DeferralNotAllowed,
    NoQuorum,
    NoSubstituteForSeat,
    SeatNotHeld,
)
from services.common.contracts import approval
from services.common.papers import ledger
from services.common.papers.paper import lines
from services.common.policy.law import Conflict, Forbidden
from services.common.policy.roles import Role
from services.common.runtime.actor import SYSTEM
from tests.integration.approval.hall import (
    COLLEAGUE,
    DEPUTY,
    HANDLER,
    HEAD,
    LEADER,
    SEATS,
    STRANGER,
    VILLAGE_HEAD,
    Hall,
    concluded,
    opinion,
    posted,
    recusal,
    somebody,
)
from tests.world.services import published

DISSENT = "家中有重病人，建议再核"
OTHER_HANDLER = somebody("other-handler", Role.TOWNSHIP_HANDLER)
SIGNED = {LEADER: "冯国梁", DEPUTY: "宋立萍", HEAD: "郭建安", HANDLER: "赵小燕", COLLEAGUE: "韩志远"}


async def signs(hall: Hall, meeting_id: str, *people: Any, **seats: str) -> None:
    for person in people:
        seat = seats.get(person.id, SEATS.get(person, "attendee"))
        await hall.calls(
            person, "SignAttendance", meeting_id=meeting_id, seat=seat, signed_as=SIGNED.get(person, "申保山")
        )


async def papers_lines(hall: Hall, paper_id: str) -> list[str]:
    """The words of a paper, after its file was compared with its hash."""
    async with hall.service.reading(SYSTEM) as tx:
        issued = await ledger.load_issued(tx, paper_id)
        content = await ledger.content_of(hall.service.documents, issued)
        assert hashlib.sha256(content).hexdigest() == issued.sha256
        assert content.startswith(b"%PDF")
        return list(lines(issued.paper))


@pytest.mark.law("R4.4", "R4.10", "R3.10")
async def test_the_minutes_tell_recusal_substitute_dissent_refusal_deferral_and_are_frozen(
    hall: Hall,
) -> None:
    for case in ("case-1", "case-2", "case-3"):
        await hall.ready(case)
    meeting_id = await hall.convenes("case-1", "case-2", "case-3", kind="confirmation")
    await hall.hears(recusal("case-1", HANDLER), recusal("case-3", HANDLER, HEAD, COLLEAGUE))
    named = {"meeting_id": meeting_id, "seat": "office-head", "ground": "absent"}
    await hall.calls(LEADER, "NameSubstitute", **named, staff_id=COLLEAGUE.id, reason="赴区里培训")
    await signs(hall, meeting_id, LEADER, DEPUTY, HANDLER)
    await signs(hall, meeting_id, COLLEAGUE, colleague="office-head")
    present = (LEADER, DEPUTY, COLLEAGUE)

    await hall.votes(meeting_id, "case-1", by=present)
    with pytest.raises(NoQuorum, match="承办人"):
        await hall.decides(meeting_id, "case-1")
    await hall.votes(meeting_id, "case-2", "against", by=(*present, HANDLER))
    await hall.calls(
        HANDLER,
        "CastVote",
        meeting_id=meeting_id,
        case_id="case-2",
        vote="for",
        dissent=DISSENT,
    )
    await hall.decides(meeting_id, "case-2", outcome="refuse", reason="人均收入超过标准")
    with pytest.raises(Conflict, match="没有结论"):
        await hall.calls(HANDLER, "MakeMinutes", meeting_id=meeting_id)
    await hall.decides(meeting_id, "case-3", outcome="defer", reason="承办人和替补人员均须回避")
    await hall.decides(meeting_id, "case-1", outcome="return", reason="补充核实务工收入")

    made = await hall.calls(HANDLER, "MakeMinutes", meeting_id=meeting_id)
    words = await papers_lines(hall, made.paper_id)
    text = "\n".join(words)
    for said in (
        "主持人：冯国梁",
        "民政办负责人　韩志远　09:00签到，指定替补（应到人员因故缺席：赴区里培训）",
        "回避：赵小燕，未参加本项审议和表决。",
        "赵小燕　同意　" + DISSENT,
        "表决：同意1票，不同意3票。",
        "结论：不予确认。理由：人均收入超过标准",
        "结论：暂缓。理由：承办人和替补人员均须回避",
        "结论：退回补充调查。理由：补充核实务工收入",
        "主要领导 冯国梁（签字）：",
    ):
        assert said in text
    again = await hall.calls(HANDLER, "MakeMinutes", meeting_id=meeting_id)
    assert (again.paper_id, again.sha256) == (made.paper_id, made.sha256)
    with pytest.raises(Conflict, match="已生成并固定"):
        await signs(hall, meeting_id, VILLAGE_HEAD)
    (returned,) = await published(hall.service, approval.CaseReturned)
    assert (returned.case_id, returned.revision) == ("case-1", 1)  # type: ignore[attr-defined]


@pytest.mark.law("R4.4")
async def test_an_item_is_deferred_only_where_nobody_can_be_named(hall: Hall) -> None:
    await hall.ready()
    meeting_id = await hall.convenes("case-1")
    await signs(hall, meeting_id, LEADER, DEPUTY, HANDLER)
    with pytest.raises(DeferralNotAllowed, match="可以指定替补"):
        await hall.decides(meeting_id, "case-1", outcome="defer", reason="民政办负责人出差")
    await signs(hall, meeting_id, HEAD)
    with pytest.raises(DeferralNotAllowed, match="应当表决"):
        await hall.decides(meeting_id, "case-1", outcome="defer", reason="下次再议")
    assert await published(hall.service, approval.DecisionMade) == []


@pytest.mark.law("R4.4", "R3.10")
async def test_a_deferred_item_waits_for_the_next_meeting_and_is_decided_there(hall: Hall) -> None:
    await hall.ready()
    await hall.hears(recusal("case-1", HANDLER, HEAD, COLLEAGUE))
    meeting_id = await hall.convenes("case-1", by=OTHER_HANDLER)
    await signs(hall, meeting_id, LEADER, DEPUTY)
    await hall.decides(meeting_id, "case-1", outcome="defer", reason="民政办和承办人均须回避")
    assert (await hall.docket(LEADER))["case-1"].stage == "ready"
    await hall.hears(recusal("case-1"))
    later = await hall.convenes("case-1")
    await hall.sits(later)
    await hall.votes(later, "case-1")
    assert (await hall.decides(later, "case-1")).decision_id


@pytest.mark.law("R4.4")
async def test_a_named_substitute_does_not_count_once_the_holder_has_come(hall: Hall) -> None:
    await hall.ready()
    meeting_id = await hall.convenes("case-1")
    named = {"meeting_id": meeting_id, "seat": "office-head", "ground": "absent", "reason": "下乡未回"}
    await hall.calls(LEADER, "NameSubstitute", **named, staff_id=COLLEAGUE.id)
    await signs(hall, meeting_id, LEADER, DEPUTY, HANDLER, HEAD)
    await signs(hall, meeting_id, COLLEAGUE, colleague="office-head")
    await hall.votes(meeting_id, "case-1", by=(LEADER, DEPUTY, HANDLER, COLLEAGUE))
    with pytest.raises(Exception, match="民政办负责人尚未"):
        await hall.decides(meeting_id, "case-1")


@pytest.mark.law("R4.3", "R4.4")
async def test_the_leaders_seat_is_filled_by_delegation_only_and_strangers_stand_in_for_nobody(
    hall: Hall,
) -> None:
    await hall.ready()
    meeting_id = await hall.convenes("case-1")
    named = {"meeting_id": meeting_id, "ground": "absent", "reason": "开会"}
    with pytest.raises(NoSubstituteForSeat, match="委托"):
        await hall.calls(LEADER, "NameSubstitute", **named, seat="principal-leader", staff_id=COLLEAGUE.id)
    with pytest.raises(SeatNotHeld):
        await hall.calls(LEADER, "NameSubstitute", **named, seat="handler", staff_id=STRANGER.id)
    with pytest.raises(Forbidden):
        await hall.calls(HANDLER, "NameSubstitute", **named, seat="handler", staff_id=COLLEAGUE.id)


@pytest.mark.law("R4.4")
async def test_a_joint_meeting_has_people_of_the_villages_in_it(hall: Hall) -> None:
    await hall.ready()
    meeting_id = await hall.convenes("case-1", kind="joint")
    await hall.sits(meeting_id)
    await hall.votes(meeting_id, "case-1")
    with pytest.raises(NoQuorum, match="村"):
        await hall.decides(meeting_id, "case-1")
    await signs(hall, meeting_id, VILLAGE_HEAD)
    assert (await hall.decides(meeting_id, "case-1")).decision_id


@pytest.mark.law("R4.6")
async def test_a_returned_case_comes_back_with_a_newer_opinion_and_its_publicity(hall: Hall) -> None:
    await hall.ready()
    meeting_id = await hall.convenes("case-1")
    await hall.sits(meeting_id)
    await hall.decides(meeting_id, "case-1", outcome="return", reason="补充核实")
    assert (await hall.docket())["case-1"].stage == "returned"
    with pytest.raises(Conflict):
        await hall.convenes("case-1")
    await hall.hears(opinion(revision=2), posted(revision=2), concluded(revision=2))
    assert (await hall.docket())["case-1"].stage == "ready"


@pytest.mark.law("R4.7")
async def test_a_refusal_is_told_on_paper_with_reason_article_and_the_right_to_review(hall: Hall) -> None:
    await hall.refused()
    with pytest.raises(Conflict, match="不予确认告知书"):
        await hall.calls(HANDLER, "IssuePaper", case_id="case-1", kind="confirmation-notice")
    made = await hall.calls(HANDLER, "IssuePaper", case_id="case-1", kind="refusal-notice")
    text = "\n".join(await papers_lines(hall, made.paper_id))
    for said in ("家庭收入超过标准", "第二十一条", "60日", "行政复议", "6个月"):
        assert said in text
    assert "不确〔2026〕1号" in made.number
    again = await hall.calls(HANDLER, "IssuePaper", case_id="case-1", kind="refusal-notice")
    assert again.sha256 == made.sha256
    (told,) = await published(hall.service, approval.PaperIssued)
    assert (told.kind, told.case_id) == ("refusal-notice", "case-1")  # type: ignore[attr-defined]


@pytest.mark.law("R4.10")
async def test_the_result_is_filed_on_its_form_and_a_destitute_persons_form_goes_up(hall: Hall) -> None:
    await hall.confirmed()
    made = await hall.calls(HANDLER, "IssuePaper", case_id="case-1", kind="filing-form")
    text = "\n".join(await papers_lines(hall, made.paper_id))
    assert "申请人（户主）：张三" in text
    assert "执行起始月：2026年11月" in text
    assert "主要领导（签字）：" in text
    with pytest.raises(Conflict):
        await hall.calls(HANDLER, "IssuePaper", case_id="case-1", kind="approval-form")
    await hall.confirmed("case-2", category="destitute")
    await hall.calls(HANDLER, "IssuePaper", case_id="case-2", kind="approval-form")
    with pytest.raises(Conflict, match="区民政局尚未审批"):
        await hall.calls(HANDLER, "IssuePaper", case_id="case-2", kind="confirmation-notice")


@pytest.mark.law("R4.10")
async def test_minutes_are_not_made_by_who_has_no_part_in_the_township(hall: Hall) -> None:
    await hall.ready()
    meeting_id = await hall.convenes("case-1")
    with pytest.raises(Forbidden):
        await hall.calls(STRANGER, "MakeMinutes", meeting_id=meeting_id)
    async with hall.service.reading(SYSTEM) as tx:
        held = await held_meeting(MeetingId(meeting_id), tx)
    with pytest.raises(Conflict):
        rules.minutes(held)
