"""A confirmed household stands on the roll with its file open, in whatever order other services speak."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace

import pytest
from google.protobuf.message import Message
from sqlalchemy import func, select, update

from services.common.contracts import approval, disclosure, intake, review
from services.common.policy.law import Forbidden, Invalid, Missing
from services.common.policy.roles import Post, Role
from services.common.runtime import scheduler, tables
from services.common.runtime.actor import Actor
from services.common.runtime.clock import system_now
from services.common.runtime.gate import check, complete
from services.common.runtime.outbox import Envelope
from services.common.runtime.rpc import Read
from services.common.runtime.service import Service
from services.review import queries, storage
from services.review.access import ACCESS
from services.review.main import blueprint
from services.review.rpc import RPC
from tests.world.services import Stream, TestClock, published, running, shanghai

CASE, HOUSEHOLD = "01920000-0000-7000-8000-00000000ca5e", "01920000-0000-7000-8000-0000000000aa"
TOWNSHIP, VILLAGE = "140403103", "140403103001"
NOW = shanghai("2026-10-09")
OF_CASE = {"case_id": CASE, "household_id": HOUSEHOLD, "township": TOWNSHIP}
HANDLER = Actor("handler", (Post(Role.TOWNSHIP_HANDLER, TOWNSHIP),))
STRANGER = Actor("stranger", (Post(Role.TOWNSHIP_HANDLER, "140403104"),))

VISITED = intake.VisitRecorded(
    **OF_CASE, visit_id="v1", kind="visit", village=VILLAGE, visited_on="2026-09-14"
)
ACCEPTED = intake.ApplicationAccepted(**OF_CASE, village=VILLAGE, category="dibao", accepted_on="2026-09-14")
SURVEYED = intake.VisitRecorded(
    **OF_CASE, visit_id="v2", kind="survey", village=VILLAGE, visited_on="2026-09-16"
)
OPINION = intake.PreliminaryOpinionFormed(**OF_CASE, village=VILLAGE, revision=1, formed_on="2026-09-22")
PHOTOGRAPHED = intake.BoardPosted(**OF_CASE, posting_id="p1", posted_at="2026-09-24T01:00:00Z")
POSTED = disclosure.PublicityPosted(**OF_CASE, publicity_id="b1", posted_on="2026-09-24")
CONCLUDED = disclosure.PublicityConcluded(**OF_CASE, publicity_id="b1", concluded_on="2026-10-09")
LISTED = disclosure.EntryListed(**OF_CASE, entry_id="e1", village=VILLAGE, listed_on="2026-10-09")
DECIDED = approval.DecisionMade(**OF_CASE, decision_id="d1", outcome="confirm", decided_on="2026-10-09")
SERVED = approval.NoticeServed(**OF_CASE, decision_id="d1", served_on="2026-10-09")
CONFIRMED = approval.AssistanceConfirmed(
    **OF_CASE,
    decision_id="d1",
    category="dibao",
    insured_person_ids=["a", "b", "c"],
    monthly_amount_fen=128_000,
    first_month="2026-11",
    confirmed_on="2026-10-09",
)
FILED = approval.DecisionFiled(**OF_CASE, decision_id="d1", receipt_no="备-1", filed_on="2026-10-09")


@pytest.fixture
async def service() -> AsyncIterator[Service]:
    async with running(blueprint(), TestClock(NOW)) as running_service:
        yield running_service


def envelopes(events: Iterable[Message]) -> list[Envelope]:
    """One batch; each publisher's own events keep their order."""
    streams: dict[str, Stream] = {}
    sent = []
    for event in events:
        publisher = event.DESCRIPTOR.full_name.split(".")[1]
        sent.append(streams.setdefault(publisher, Stream(publisher, NOW)).envelope(event))
    return sent


async def ask(service: Service, method: str, request: Message, actor: Actor = HANDLER) -> object:
    """The answer as the wire would ask for it: place, right, recusal, query."""
    question: Read = RPC.reads[method]
    async with service.reading(actor) as tx:
        place = await question.locate(request, tx)
        await check(ACCESS[question.action], question.action, tx, place, service.blueprint.recused)
        return await question.answer(request, tx)


async def file_of(service: Service) -> queries.FileFound:
    found = await ask(service, "GetHouseholdFile", review.GetHouseholdFileRequest(household_id=HOUSEHOLD))
    assert isinstance(found, queries.FileFound)
    return found


async def recipient_of(service: Service) -> queries.Recipient:
    found = await ask(service, "GetRecipient", review.GetRecipientRequest(household_id=HOUSEHOLD))
    assert isinstance(found, queries.RecipientFound)
    return found.recipient


async def try_parked_now(service: Service) -> int:
    """Let the back-off of every parked event be over, then try again."""
    async with service.database.begin() as db:
        due = tables.parked.c.retry_at.is_not(None)
        await db.execute(update(tables.parked).where(due).values(retry_at=system_now()))
    return await service.retry()


async def count(service: Service, table: object) -> int:
    async with service.database.read() as db:
        return int((await db.execute(select(func.count()).select_from(table))).scalar_one())  # type: ignore[arg-type]


@pytest.mark.law("R8.1")
async def test_a_confirmed_household_stands_on_the_roll_and_its_file_is_open(service: Service) -> None:
    await service.receive(envelopes([ACCEPTED, OPINION, DECIDED, CONFIRMED]))

    recipient = await recipient_of(service)
    file = await file_of(service)
    assert (recipient.category, recipient.persons, recipient.monthly_amount_fen) == ("dibao", 3, 128_000)
    assert (recipient.first_month, recipient.stage) == ("2026-11", "active")
    assert file.file_no == "140403-103-001-DB-2026-0001"
    assert not file.kept_apart


@pytest.mark.law("R8.1")
async def test_the_enrolment_is_announced_with_the_number_of_the_file(service: Service) -> None:
    await service.receive(envelopes([ACCEPTED, CONFIRMED]))

    [told] = await published(service, review.RecipientEnrolled)
    assert isinstance(told, review.RecipientEnrolled)
    assert told.file_no == "140403-103-001-DB-2026-0001"
    assert (told.persons, told.monthly_amount_fen, told.first_month) == (3, 128_000, "2026-11")
    assert told.enrolled_on == "2026-10-09"


@pytest.mark.law("R8.1")
async def test_papers_are_filed_when_made_and_those_made_before_enrolment_join_the_file(
    service: Service,
) -> None:
    await service.receive(
        envelopes(
            [
                VISITED,
                ACCEPTED,
                SURVEYED,
                OPINION,
                PHOTOGRAPHED,
                POSTED,
                CONCLUDED,
                DECIDED,
                CONFIRMED,
                SERVED,
                LISTED,
                FILED,
            ]
        )
    )

    papers = [(paper.kind, paper.filed_on.isoformat()) for paper in (await file_of(service)).papers]
    assert papers == [
        ("visit-record", "2026-09-14"),
        ("acceptance-notice", "2026-09-14"),
        ("survey-form", "2026-09-16"),
        ("preliminary-opinion", "2026-09-22"),
        ("board-photo", "2026-09-24"),
        ("publicity-notice", "2026-09-24"),
        ("publicity-result", "2026-10-09"),
        ("decision", "2026-10-09"),
        ("decision-notice", "2026-10-09"),
        ("filing-receipt", "2026-10-09"),
        ("long-term-listing", "2026-10-09"),
    ]


@pytest.mark.law("R8.1")
@pytest.mark.parametrize(
    "order", list(itertools.permutations(["intake", "approval", "disclosure"])), ids="-".join
)
async def test_the_order_in_which_services_speak_changes_nothing(
    service: Service, order: tuple[str, ...]
) -> None:
    said = {
        "intake": [ACCEPTED, SURVEYED, with_kin(OPINION)],
        "approval": [DECIDED, CONFIRMED, SERVED, FILED],
        "disclosure": [POSTED, CONCLUDED, LISTED],
    }
    batches = {publisher: envelopes(events) for publisher, events in said.items()}
    for publisher in order:
        await service.receive(batches[publisher])
    await try_parked_now(service)

    file = await file_of(service)
    assert file.kept_apart
    assert len(file.papers) == 9
    assert (await recipient_of(service)).stage == "active"
    assert await count(service, tables.parked) == 0


def with_kin(opinion: intake.PreliminaryOpinionFormed) -> intake.PreliminaryOpinionFormed:
    changed = intake.PreliminaryOpinionFormed()
    changed.CopyFrom(opinion)
    changed.kin_declared = True
    return changed


@pytest.mark.law("R8.1")
async def test_a_confirmation_that_overtakes_intake_waits_and_is_not_lost(service: Service) -> None:
    await service.receive(envelopes([CONFIRMED]))
    with pytest.raises(Missing):
        await recipient_of(service)

    await service.receive(envelopes([ACCEPTED]))
    assert await try_parked_now(service) == 1
    assert (await recipient_of(service)).persons == 3


@pytest.mark.law("R8.1")
async def test_events_delivered_twice_act_once(service: Service) -> None:
    batch = envelopes([ACCEPTED, OPINION, DECIDED, CONFIRMED, FILED])
    await service.receive(batch)
    await service.receive(batch)

    assert await count(service, storage.roll) == 1
    assert await count(service, storage.papers) == 4
    assert len(await published(service, review.RecipientEnrolled)) == 1


@pytest.mark.law("R8.1")
async def test_a_confirmation_published_twice_enrols_once(service: Service) -> None:
    await service.receive(envelopes([ACCEPTED, CONFIRMED, CONFIRMED]))

    assert await count(service, storage.roll) == 1
    assert len(await published(service, review.RecipientEnrolled)) == 1
    assert await count(service, tables.parked) == 0


@pytest.mark.law("R6.1")
async def test_a_second_case_cannot_enrol_a_household_that_receives_assistance(service: Service) -> None:
    other = approval.AssistanceConfirmed()
    other.CopyFrom(CONFIRMED)
    other.case_id = "01920000-0000-7000-8000-000000000bad"
    elsewhere = intake.ApplicationAccepted()
    elsewhere.CopyFrom(ACCEPTED)
    elsewhere.case_id = other.case_id
    await service.receive(envelopes([ACCEPTED, CONFIRMED, elsewhere, other]))

    assert await count(service, storage.roll) == 1
    async with service.database.read() as db:
        [parked] = (await db.execute(select(tables.parked))).all()
    assert "AlreadyOnTheRoll" in parked.reason


@pytest.mark.law("R8.1")
async def test_files_of_one_village_are_numbered_without_gaps(service: Service) -> None:
    events: list[Message] = []
    for number in range(3):
        case = {"case_id": f"case-{number}", "household_id": f"household-{number}", "township": TOWNSHIP}
        events.append(intake.ApplicationAccepted(**case, village=VILLAGE, accepted_on="2026-09-14"))
        events.append(
            approval.AssistanceConfirmed(
                **case, category="dibao", insured_person_ids=["a"], first_month="2026-11"
            )
        )
    await service.receive(envelopes(events))

    async with service.database.read() as db:
        numbers = (await db.execute(select(storage.household_files.c.file_no))).scalars().all()
    assert sorted(numbers) == [f"140403-103-001-DB-2026-000{n}" for n in (1, 2, 3)]


@pytest.mark.law("R8.1")
async def test_a_household_whose_assistance_ended_keeps_its_one_file(service: Service) -> None:
    await service.receive(envelopes([ACCEPTED, CONFIRMED]))
    async with service.database.begin() as db:
        await db.execute(update(storage.roll).values(stage="ended"))
    again = {"case_id": "case-2", "household_id": HOUSEHOLD, "township": TOWNSHIP}
    intake_stream, approval_stream = Stream("intake", NOW), Stream("approval", NOW)
    accepted = intake.ApplicationAccepted(**again, village=VILLAGE, accepted_on="2027-03-01")
    confirmed = approval.AssistanceConfirmed(
        **again, category="edge", insured_person_ids=["a"], first_month="2027-04"
    )
    await service.receive(
        [intake_stream.envelope(accepted, version=2), approval_stream.envelope(confirmed, version=2)]
    )

    assert await count(service, storage.roll) == 2
    assert await count(service, storage.household_files) == 1
    assert (await recipient_of(service)).category == "edge"
    assert (await file_of(service)).file_no == "140403-103-001-DB-2026-0001"


@pytest.mark.law("R3.8")
async def test_the_newest_opinion_says_whether_the_file_is_kept_apart(service: Service) -> None:
    revised = with_kin(OPINION)
    revised.revision = 2
    await service.receive(envelopes([ACCEPTED, OPINION, CONFIRMED]))
    assert not (await file_of(service)).kept_apart

    await service.receive([Stream("intake", NOW).envelope(revised, version=3)])
    assert (await file_of(service)).kept_apart


@pytest.mark.law("R8.3")
async def test_files_are_read_by_role_and_area_only(service: Service) -> None:
    await service.receive(envelopes([ACCEPTED, CONFIRMED]))
    request = review.GetHouseholdFileRequest(household_id=HOUSEHOLD)

    with pytest.raises(Forbidden):
        await ask(service, "GetHouseholdFile", request, STRANGER)
    finance = replace(HANDLER, posts=(Post(Role.FINANCE, TOWNSHIP),))
    with pytest.raises(Forbidden):
        await ask(service, "GetHouseholdFile", request, finance)


@pytest.mark.law("R3.10")
async def test_recused_staff_read_nothing_of_the_household(service: Service) -> None:
    recusal = intake.RecusalChanged(household_id=HOUSEHOLD, township=TOWNSHIP, staff_ids=[HANDLER.id])
    await service.receive(envelopes([recusal, ACCEPTED, CONFIRMED]))

    with pytest.raises(Forbidden) as refused:
        await recipient_of(service)
    assert refused.value.article is not None
    assert refused.value.article.id == "R3.10"


@pytest.mark.law("R8.3")
async def test_the_roll_of_an_area_is_read_page_by_page(service: Service) -> None:
    events: list[Message] = []
    for number in range(5):
        case = {"case_id": f"case-{number}", "household_id": f"household-{number}", "township": TOWNSHIP}
        events.append(intake.ApplicationAccepted(**case, village=VILLAGE, accepted_on="2026-09-14"))
        events.append(approval.AssistanceConfirmed(**case, category="dibao", first_month="2026-11"))
    await service.receive(envelopes(events))

    first = await ask(service, "ListRoll", review.ListRollRequest(area=TOWNSHIP, page_size=3))
    assert isinstance(first, queries.RollPage)
    rest = await ask(
        service,
        "ListRoll",
        review.ListRollRequest(area=TOWNSHIP, page_size=3, page_token=first.next_page_token),
    )
    assert isinstance(rest, queries.RollPage)
    seen = [line.household_id for line in (*first.recipients, *rest.recipients)]
    assert seen == [f"household-{number}" for number in range(5)]
    assert rest.next_page_token == ""


async def test_a_page_larger_than_allowed_is_refused(service: Service) -> None:
    with pytest.raises(Invalid):
        await ask(service, "ListRoll", review.ListRollRequest(area=TOWNSHIP, page_size=10_000))


async def test_the_timeline_tells_each_step_with_its_article(service: Service) -> None:
    await service.receive(envelopes([ACCEPTED, OPINION, CONFIRMED]))

    timeline = await ask(service, "GetTimeline", review.GetTimelineRequest(case_id=CASE))
    assert isinstance(timeline, queries.Timeline)
    told = [(entry.article, entry.text) for entry in timeline.entries]
    assert ("R6.1", "以户为单位列入在册名册：最低生活保障，保障3人") in told
    assert ("DB.21", "自2026年11月起，每月1,280.00元") in told
    assert any(article == "R8.1" and "140403-103-001-DB-2026-0001" in text for article, text in told)


def test_every_action_has_a_row_and_every_call_an_answer() -> None:
    assert complete(blueprint().acts, ACCESS) == []
    assert RPC.unanswered() == []
    assert {question.action for question in RPC.reads.values()} <= ACCESS.keys()


@pytest.mark.law("R5.4")
async def test_on_the_first_of_a_month_the_roll_of_each_township_is_stated_for_the_boards() -> None:
    clock = TestClock(NOW)
    async with running(blueprint(), clock) as service:
        await service.receive(envelopes([ACCEPTED, OPINION, CONFIRMED]))
        clock.move_to(shanghai("2026-10-31"))
        await scheduler.run_due(service)
        assert await published(service, review.RollStated) == []
        clock.move_to(shanghai("2026-11-01"))
        await scheduler.run_due(service)
        [stated] = await published(service, review.RollStated)
        assert (stated.township, stated.month, stated.after, stated.up_to) == (  # type: ignore[attr-defined]
            TOWNSHIP, "2026-11", "", ""
        )  # fmt: skip
        [line] = stated.lines  # type: ignore[attr-defined]
        assert (line.household_id, line.persons, line.monthly_amount_fen) == (HOUSEHOLD, 3, 128_000)
