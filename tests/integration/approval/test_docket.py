"""Cases come to the docket in whatever order the other services speak, and wait for what the law wants."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from services.approval.rules.decision import NobodyProposed
from services.approval.rules.docket import DistrictVisitMissing, PublicityNotOver
from services.common.contracts import approval, intake
from services.common.policy.calendar import parse_notice
from services.common.policy.law import Conflict, Forbidden, Invalid, Missing
from services.common.policy.parameters import Policy, Revision
from services.common.policy.roles import Role
from tests.integration.approval.hall import (
    DECIDABLE,
    DISTRICT_HANDLER,
    HANDLER,
    HEAD,
    LAST_DAY,
    LEADER,
    OTHER_TOWNSHIP,
    STRANGER,
    TOWNSHIP,
    Hall,
    concluded,
    of_case,
    open_hall,
    opinion,
    posted,
    recusal,
    somebody,
)
from tests.world.services import published, shanghai

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "holidays-2027.toml"
STORIES = [
    order
    for order in itertools.permutations([opinion(), recusal("case-1", HANDLER), posted(), concluded()])
    if order.index(posted()) < order.index(concluded())
]


@pytest.mark.law("R4.2")
@pytest.mark.parametrize("events", STORIES, ids=range(len(STORIES)))
async def test_a_case_is_ready_whatever_comes_first(hall: Hall, events: tuple[object, ...]) -> None:
    await hall.hears(*events)  # type: ignore[arg-type]
    item = (await hall.docket())["case-1"]
    assert (item.stage, item.ready_on) == ("ready", DECIDABLE.isoformat())
    assert list(item.blockers) == []
    assert await hall.buried() == 0


@pytest.mark.law("R4.2")
async def test_an_event_delivered_twice_acts_once(hall: Hall) -> None:
    for event in (opinion(), posted(), concluded()):
        await hall.hears(event, event)
    assert len(await hall.timeline()) == 2
    assert await hall.buried() == 0


@pytest.mark.law("R4.2")
async def test_the_docket_names_what_blocks_a_case(hall: Hall) -> None:
    await hall.hears(opinion("case-1"), opinion("case-2", kin_declared=True), posted("case-1"))
    docket = await hall.docket()
    assert [blocker.article for blocker in docket["case-1"].blockers] == ["R4.2"]
    assert "2026-10-09" in docket["case-1"].blockers[0].text
    assert [blocker.article for blocker in docket["case-2"].blockers] == ["R4.2", "DB.20"]


@pytest.mark.law("R4.2", "R4.6")
async def test_a_newer_opinion_waits_for_its_own_publicity(hall: Hall) -> None:
    await hall.ready()
    await hall.hears(opinion(revision=2, monthly_amount_fen=90000))
    item = (await hall.docket())["case-1"]
    assert (item.stage, item.proposed_amount_fen) == ("waiting", 90000)
    await hall.hears(posted(revision=2), concluded(revision=2))
    assert (await hall.docket())["case-1"].stage == "ready"


@pytest.mark.law("R4.6")
async def test_an_older_opinion_changes_nothing(hall: Hall) -> None:
    await hall.hears(opinion(revision=2, monthly_amount_fen=90000), opinion(revision=1))
    assert (await hall.docket())["case-1"].proposed_amount_fen == 90000


@pytest.mark.law("R4.1")
async def test_after_the_decision_a_newer_opinion_is_noted_and_not_followed(hall: Hall) -> None:
    await hall.confirmed()
    await hall.hears(opinion(revision=2))
    assert "不再上会" in (await hall.timeline())[-1][1]
    assert await hall.buried() == 0


@pytest.mark.law("R5.2c")
async def test_the_publicity_of_an_end_of_support_readies_nothing(hall: Hall) -> None:
    await hall.hears(opinion(), posted(kind="destitute-end"), concluded(kind="destitute-end"))
    assert (await hall.docket())["case-1"].stage == "waiting"


@pytest.mark.law("R4.2")
async def test_a_meeting_on_8_october_is_refused_and_one_on_the_9th_allowed(hall: Hall) -> None:
    async with open_hall(LAST_DAY) as early:
        await early.ready()
        with pytest.raises(PublicityNotOver, match="2026-10-08 24时届满，2026-10-09"):
            await early.convenes("case-1", day=LAST_DAY)
        assert await early.convenes("case-1", day=DECIDABLE)
    await hall.ready()
    assert await hall.convenes("case-1", day=DECIDABLE)


@pytest.mark.law("DB.20")
async def test_declared_kin_wait_for_the_district_and_then_are_taken_up(hall: Hall) -> None:
    await hall.ready(kin_declared=True)
    with pytest.raises(DistrictVisitMissing, match="区民政局入户核查"):
        await hall.convenes("case-1")
    await hall.calls(
        DISTRICT_HANDLER, "RecordDistrictVisit", case_id="case-1", visited_on=DECIDABLE.isoformat()
    )
    assert await hall.convenes("case-1")
    assert ("DB.20", "区民政局于2026-10-09入户核查") in await hall.timeline()


@pytest.mark.law("DB.20")
async def test_the_districts_visit_still_counts_for_a_newer_opinion(hall: Hall) -> None:
    await hall.ready(kin_declared=True)
    await hall.calls(
        DISTRICT_HANDLER, "RecordDistrictVisit", case_id="case-1", visited_on=DECIDABLE.isoformat()
    )
    await hall.hears(opinion(revision=2, kin_declared=True), posted(revision=2), concluded(revision=2))
    assert list((await hall.docket())["case-1"].blockers) == []


@pytest.mark.law("DB.20")
async def test_the_township_does_not_visit_for_the_district(hall: Hall) -> None:
    await hall.ready(kin_declared=True)
    with pytest.raises(Forbidden):
        await hall.calls(HANDLER, "RecordDistrictVisit", case_id="case-1", visited_on="2026-10-09")


@pytest.mark.law("R7.4")
async def test_the_docket_shows_the_lengthened_term(hall: Hall) -> None:
    await hall.ready()
    clock = {"clock": "decision", "state": "running", "due_on": "2026-11-20"}
    await hall.hears(intake.ClockChanged(**of_case("case-1"), **clock))
    await hall.hears(intake.ClockChanged(**of_case("case-9"), **clock))
    assert (await hall.docket())["case-1"].due_on == "2026-11-20"
    assert await hall.buried() == 0


async def test_the_docket_pages_by_due_date(hall: Hall) -> None:
    for number in range(5):
        await hall.hears(opinion(f"case-{number}", due_on=f"2026-11-{20 - number}"))
    seen: list[str] = []
    token = ""
    while True:
        answer = await hall.calls(HEAD, "ListDocket", township=TOWNSHIP, page_size=2, page_token=token)
        seen += [item.case_id for item in answer.items]
        token = answer.next_page_token
        if not token:
            break
    assert seen == ["case-4", "case-3", "case-2", "case-1", "case-0"]
    with pytest.raises(Invalid, match="翻页"):
        await hall.calls(HEAD, "ListDocket", township=TOWNSHIP, page_token="somewhere")


@pytest.mark.law("R3.10")
async def test_kin_do_not_find_the_case_on_the_docket_nor_read_it(hall: Hall) -> None:
    await hall.hears(opinion("case-1"), opinion("case-2"), recusal("case-1", HEAD))
    assert set(await hall.docket(by=HEAD)) == {"case-2"}
    assert set(await hall.docket(by=LEADER)) == {"case-1", "case-2"}
    with pytest.raises(Forbidden, match="回避"):
        await hall.calls(HEAD, "GetTimeline", case_id="case-1")


async def test_another_township_sees_nothing_and_the_district_sees_all(hall: Hall) -> None:
    await hall.ready()
    with pytest.raises(Forbidden):
        await hall.calls(STRANGER, "ListDocket", township=TOWNSHIP)
    assert not (await hall.calls(STRANGER, "ListDocket", township=OTHER_TOWNSHIP)).items
    assert set(await hall.docket(by=DISTRICT_HANDLER)) == {"case-1"}
    with pytest.raises(Forbidden):
        await hall.calls(somebody("grid", Role.GRID_WORKER), "ListDocket", township=TOWNSHIP)


@pytest.mark.law("R4.2")
async def test_an_agenda_takes_no_case_of_another_township(hall: Hall) -> None:
    await hall.ready()
    with pytest.raises(Invalid, match="其他镇街"):
        await hall.convenes("case-1", by=STRANGER, township=OTHER_TOWNSHIP)
    with pytest.raises(Missing):
        await hall.convenes("case-unknown")


async def test_a_meeting_is_not_convened_into_the_past(hall: Hall) -> None:
    await hall.ready()
    with pytest.raises(Invalid, match="不能早于今天"):
        await hall.convenes("case-1", day=LAST_DAY)


async def test_convening_twice_with_one_id_makes_one_meeting(hall: Hall) -> None:
    await hall.ready()
    request = {
        "meeting_id": "meeting-1",
        "township": TOWNSHIP,
        "starts_at": "2026-10-09T01:00:00Z",
        "place": "二楼会议室",
        "case_ids": ["case-1"],
    }
    for _ in range(2):
        await hall.calls(HEAD, "ConveneMeeting", **request)
    with pytest.raises(Conflict, match="另一次会议"):
        await hall.calls(HEAD, "ConveneMeeting", **(request | {"place": "三楼"}))
    assert len(await hall.timeline()) == 4


@pytest.mark.law("R4.7")
async def test_an_imported_notice_moves_the_end_of_an_unserved_refusal(hall: Hall) -> None:
    hall.clock.move_to(shanghai("2026-12-30"))
    await hall.refused()
    (before,) = await published(hall.service, approval.ClockChanged)
    assert before.provisional is True  # type: ignore[attr-defined]
    notice = parse_notice(EXAMPLE.read_text("utf-8"))
    policy = Policy.shipped().with_revision(Revision(1, notice=notice))
    changed = intake.PolicyChanged(revision=1, document=json.dumps(policy.to_json()))
    await hall.hears(changed)
    after = (await published(hall.service, approval.ClockChanged))[-1]
    assert await hall.buried() == 0
    assert after.provisional is False  # type: ignore[attr-defined]
    assert hall.service.policy.revision == 1


@pytest.mark.law("R4.7")
async def test_a_household_found_not_eligible_is_refused_by_the_meeting_and_never_confirmed(
    hall: Hall,
) -> None:
    await hall.hears(opinion(insured_person_ids=[], monthly_amount_fen=0, head_name=""))
    meeting_id = await hall.convenes("case-1")
    await hall.sits(meeting_id)
    await hall.votes(meeting_id, "case-1")
    with pytest.raises(NobodyProposed):
        await hall.decides(meeting_id, "case-1")
    await hall.votes(meeting_id, "case-1", "against")
    await hall.decides(meeting_id, "case-1", outcome="refuse", reason="家庭收入超过标准")
    [decided] = await published(hall.service, approval.DecisionMade)
    assert isinstance(decided, approval.DecisionMade)
    assert decided.outcome == "refuse"
