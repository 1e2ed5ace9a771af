"""Clocks of a case: holiday notices move them, decisions stop them, the day after the end marks them."""

from __future__ import annotations

import json
from datetime import date

import pytest
from google.protobuf.message import Message

from services.common.contracts import approval, disclosure, intake, review
from services.common.policy.law import Forbidden
from services.common.policy.parameters import Policy
from services.common.runtime import scheduler
from services.common.runtime.actor import SYSTEM
from services.intake.commands.policy import ImportHolidays
from services.intake.main import blueprint
from services.intake.queries import cases
from services.intake.storage.cases import find_clock
from services.intake.storage.tasks import load_task
from tests.world.applications import (
    CASE,
    GRID_WORKER,
    HANDLER,
    HOUSEHOLD,
    OPERATOR,
    TOWNSHIP,
    VILLAGE,
    Village,
)
from tests.world.services import Stream, TestClock, published, running, shanghai

OF_CASE = {"case_id": CASE, "household_id": HOUSEHOLD, "township": TOWNSHIP}
# The statutory days of 2027, two further days off and two working Saturdays.
NOTICE_2027 = json.dumps(
    {
        "year": 2027,
        "papers": ["国办发明电〔2026〕9号"],
        "days": [
            {"name": name, "date": day, "isOffDay": off}
            for name, days, off in (
                ("元旦", ["2027-01-01"], True),
                ("春节", [f"2027-02-{day:02d}" for day in range(5, 13)], True),
                ("春节", ["2027-01-30", "2027-02-20"], False),
                ("清明节", ["2027-04-05"], True),
                ("劳动节", [f"2027-05-0{day}" for day in range(1, 6)], True),
                ("端午节", ["2027-06-09"], True),
                ("中秋节", ["2027-09-15"], True),
                ("国庆节", [f"2027-10-0{day}" for day in range(1, 8)], True),
            )
            for day in days
        ],
    },
    ensure_ascii=False,
)


@pytest.mark.law("R7.4", "HOLIDAY_NOTICE")
async def test_a_term_into_2027_is_provisional_until_the_notice_is_imported_and_the_change_is_logged() -> (
    None
):
    async with running(blueprint(), TestClock(shanghai("2027-01-18"))) as service:
        village = Village(service)
        await village.open()
        await village.receive()
        accepted = await village.accept()
        assert (accepted.target_on, accepted.due_on) == (date(2027, 2, 19), date(2027, 3, 5))
        assert accepted.provisional

        imported = await service.perform(ImportHolidays(notice=NOTICE_2027), OPERATOR)
        [change] = imported.changes
        assert (change.clock, change.old_due_on, change.new_due_on) == (
            "decision",
            date(2027, 3, 5),
            date(2027, 3, 5),
        )
        async with service.reading(HANDLER) as tx:
            view = (await cases.get_case(intake.GetCaseRequest(case_id=CASE), tx)).case
            timeline = await cases.get_timeline(intake.GetTimelineRequest(case_id=CASE), tx)
        assert (view.target_on, view.provisional) == (date(2027, 2, 20), False)
        assert timeline.entries[-1].article == "HOLIDAY_NOTICE"
        assert "原2027-03-05,现2027-03-05" in timeline.entries[-1].text


async def test_the_policy_is_published_whole_and_survives_a_restart(village: Village) -> None:
    imported = await village.intake.perform(ImportHolidays(notice=NOTICE_2027), OPERATOR)
    again = await village.intake.perform(ImportHolidays(notice=NOTICE_2027), OPERATOR)
    assert (imported.revision, again.revision, again.changes) == (1, 1, ())

    [event] = await published(village.intake, intake.PolicyChanged)
    assert Policy.from_json(json.loads(event.document)) == village.intake.policy
    village.intake.use_policy(Policy.shipped())
    await village.intake.load_policy()
    assert village.intake.policy.revision == event.revision == 1


async def test_a_grid_worker_cannot_import_a_notice(village: Village) -> None:
    with pytest.raises(Forbidden):
        await village.intake.perform(ImportHolidays(notice=NOTICE_2027), GRID_WORKER)


@pytest.mark.law("R7.4")
async def test_the_total_clock_stops_at_the_townships_decision(village: Village, clock: TestClock) -> None:
    await opinion_formed(village, clock)
    clock.move_to(shanghai("2026-10-09"))
    decided = approval.DecisionMade(**OF_CASE, outcome="confirm", decided_on="2026-10-09", next="filing")
    await deliver(village, "approval", decided)

    last = (await published(village.intake, intake.ClockChanged))[-1]
    assert (last.clock, last.state) == ("decision", "stopped")
    assert await stage_of(village) == "decided"


@pytest.mark.law("R4.9", "R7.4")
async def test_where_the_district_approves_the_clock_runs_on_to_its_decision(
    village: Village, clock: TestClock
) -> None:
    await opinion_formed(village, clock)
    stream = Stream("approval", clock.now())
    made = approval.DecisionMade(
        **OF_CASE, outcome="confirm", decided_on="2026-10-09", next="district-approval"
    )
    await village.intake.receive([stream.envelope(made)])
    assert (await decision_clock_of(village)).is_running

    district = approval.DistrictDecided(**OF_CASE, outcome="confirm", decided_on="2026-10-12")
    await village.intake.receive([stream.envelope(district)])
    assert not (await decision_clock_of(village)).is_running


async def test_news_that_overtakes_other_news_never_sets_a_case_back(
    village: Village, clock: TestClock
) -> None:
    await opinion_formed(village, clock)
    posted = disclosure.PublicityPosted(**OF_CASE, kind="initial", revision=1)
    concluded = disclosure.PublicityConcluded(**OF_CASE, kind="initial", revision=1)
    await deliver(village, "review", review.RecipientEnrolled(**OF_CASE))
    await deliver(village, "disclosure", posted, concluded)

    assert await stage_of(village) == "enrolled"


async def test_publicity_moves_the_case_unless_it_is_of_an_older_opinion(
    village: Village, clock: TestClock
) -> None:
    await opinion_formed(village, clock)
    stream = Stream("disclosure", clock.now())
    old = disclosure.PublicityPosted(**OF_CASE, kind="initial", revision=7)
    await village.intake.receive([stream.envelope(old)])
    assert await stage_of(village) == "opinion-formed"

    now = disclosure.PublicityPosted(**OF_CASE, kind="initial", revision=1)
    await village.intake.receive([stream.envelope(now)])
    assert await stage_of(village) == "in-publicity"


async def test_a_posting_is_asked_of_the_grid_workers_of_the_village(
    village: Village, clock: TestClock
) -> None:
    await opinion_formed(village, clock)
    asked = disclosure.PostingRequested(
        **OF_CASE,
        posting_id="01920000-0000-7000-8000-00000000b0a1",
        publicity_id="01920000-0000-7000-8000-00000000b0a0",
        village=VILLAGE,
        place="village-board",
        place_name="南村公示栏",
        kind="initial",
    )
    await deliver(village, "disclosure", asked)

    async with village.intake.reading(SYSTEM) as tx:
        task = await load_task(tx, asked.posting_id)
    assert (task.kind.value, task.assignees, task.case_id) == ("posting", (GRID_WORKER.id,), CASE)


@pytest.mark.law("R7.3")
async def test_the_ledger_follows_the_clocks_of_approval(village: Village, clock: TestClock) -> None:
    await opinion_formed(village, clock)
    stream = Stream("approval", clock.now())
    ran = approval.ClockChanged(
        **OF_CASE,
        clock="refusal-notice",
        state="running",
        started_on="2026-09-30",
        due_on="2026-10-10",
        article="R4.7",
    )
    stopped = approval.ClockChanged(**OF_CASE, clock="refusal-notice", state="stopped")
    await village.intake.receive([stream.envelope(ran)])
    async with village.intake.reading(SYSTEM) as tx:
        noted = await find_clock(tx, CASE, "refusal-notice")
    assert noted is not None
    assert (noted.owner, noted.due_on, noted.is_running) == ("approval", date(2026, 10, 10), True)

    await village.intake.receive([stream.envelope(stopped)])
    async with village.intake.reading(SYSTEM) as tx:
        noted = await find_clock(tx, CASE, "refusal-notice")
    assert noted is not None
    assert not noted.is_running


@pytest.mark.law("R7.4")
async def test_a_clock_past_its_end_is_marked_once(village: Village, clock: TestClock) -> None:
    await village.receive()
    await village.accept()
    await scheduler.run_due(village.intake)
    for day in ("2026-10-30", "2026-10-31", "2026-11-01"):
        clock.move_to(shanghai(day))
        await scheduler.run_due(village.intake)

    async with village.intake.reading(SYSTEM) as tx:
        timeline = await cases.get_timeline(intake.GetTimelineRequest(case_id=CASE), tx)
        view = (await cases.get_case(intake.GetCaseRequest(case_id=CASE), tx)).case
    overdue = [entry.text for entry in timeline.entries if "已过" in entry.text]
    assert overdue == ["办理时限2026-10-30已过,截至2026-10-31尚未办结"]
    assert view.working_days_left == 0


async def opinion_formed(village: Village, clock: TestClock) -> None:
    await village.receive()
    await village.accept()
    await village.order_survey()
    clock.move_to(shanghai("2026-09-16"))
    await village.survey()
    await village.verify()
    await village.form_opinion()


async def deliver(village: Village, publisher: str, *events: Message) -> None:
    stream = Stream(publisher, village.intake.clock.now())
    await village.intake.receive([stream.envelope(event) for event in events])


async def stage_of(village: Village) -> str:
    async with village.intake.reading(SYSTEM) as tx:
        return (await cases.get_case(intake.GetCaseRequest(case_id=CASE), tx)).case.stage


async def decision_clock_of(village: Village):  # type: ignore[no-untyped-def]
    async with village.intake.reading(SYSTEM) as tx:
        return await find_clock(tx, CASE, "decision")
