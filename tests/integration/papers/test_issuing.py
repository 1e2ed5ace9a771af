"""A notice exists as soon as the act that it tells; it is numbered without gaps and never changes again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from services.common.contracts import intake as events
from services.common.papers import ledger
from services.common.papers.ledger import IssuedPaper, PaperDamaged
from services.common.policy.law import Conflict, Forbidden, Invalid
from services.common.runtime.ids import new_id
from services.common.runtime.service import Service
from services.intake.commands.acceptance import AcceptApplication, DeclineApplication, RequestSupplement
from services.intake.commands.papers import DeliverPaper, IssuePaper
from services.intake.model.case import DeclineGround
from services.intake.model.ids import CaseId, HouseholdId, PersonId
from services.intake.model.papers import DeliveryMethod, PaperKind
from services.intake.queries.cases import get_timeline
from services.intake.queries.papers import papers_of
from tests.world.applications import (
    APPLICATION,
    CASE,
    GRID_WORKER,
    HANDLER,
    NEIGHBOUR_TOWNSHIP,
    TOWNSHIP,
    Village,
    id_number,
    member,
)
from tests.world.papers import fonts_of, page_count, words_of
from tests.world.services import TestClock, published

ACCEPT = AcceptApplication(case_id=CASE)
IN_PERSON = DeliverPaper(
    paper_id="", method=DeliveryMethod.IN_PERSON, delivered_on=APPLICATION.received_on, receiver="王守田"
)


async def issued(intake: Service, kind: PaperKind = PaperKind.ACCEPTANCE, case_id: str = CASE) -> IssuedPaper:
    async with intake.reading(HANDLER) as tx:
        found = await ledger.find_for_case(tx, case_id, kind)
    assert found is not None
    return found


@pytest.mark.law("R7.3")
async def test_accepting_issues_the_notice_with_its_dates_at_once(village: Village) -> None:
    await village.receive()
    await village.accept()

    paper = await issued(village.intake)
    pdf = await ledger.content_of(village.intake.documents, paper)
    assert paper.number == "马民救受〔2026〕1号"
    assert page_count(pdf) == 1
    assert all(row[-5] == "yes" for row in fonts_of(pdf))
    words = words_of(pdf)
    for said in (
        "王守田：",
        "至2026年10月16日",
        "至2026年10月30日",
        "至2026年11月20日",
        "马厂镇人民政府（盖章）",
    ):
        assert said in words
    assert "联系电话：0355-1234567" in words


async def test_the_event_names_the_paper_and_nobody(village: Village) -> None:
    await village.receive()
    await village.accept()

    paper = await issued(village.intake)
    told = list(await published(village.intake, events.PaperIssued))
    assert told == [
        events.PaperIssued(
            paper_id=paper.paper_id,
            case_id=CASE,
            household_id=APPLICATION.household_id,
            township=TOWNSHIP,
            kind="acceptance-notice",
            number="马民救受〔2026〕1号",
            sha256=paper.sha256,
            issued_on="2026-09-14",
        )
    ]


@pytest.mark.law("R7.3", "DB.38")
async def test_declining_tells_ground_and_remedy_in_writing(village: Village) -> None:
    await village.receive()
    await village.intake.perform(
        DeclineApplication(case_id=CASE, ground=DeclineGround.OTHER_TOWNSHIP), HANDLER
    )

    paper = await issued(village.intake, PaperKind.NON_ACCEPTANCE)
    words = words_of(await ledger.content_of(village.intake.documents, paper))
    assert paper.number == "马民救不受〔2026〕1号"
    assert "60日内向长治市潞州区人民政府申请行政复议" in words


@pytest.mark.law("DB.10")
async def test_what_is_missing_is_told_on_one_paper(village: Village) -> None:
    await village.receive()
    await village.intake.perform(RequestSupplement(case_id=CASE, missing=("户口簿", "#核对授权书")), HANDLER)

    paper = await issued(village.intake, PaperKind.SUPPLEMENT)
    words = words_of(await ledger.content_of(village.intake.documents, paper))
    assert "1．户口簿" in words
    assert "2．#核对授权书" in words


async def test_asked_again_it_is_the_same_paper_to_the_byte(village: Village, clock: TestClock) -> None:
    await village.receive()
    await village.accept()
    before = await issued(village.intake)
    first = await ledger.content_of(village.intake.documents, before)

    clock.wait(days=30)
    again = await village.intake.perform(IssuePaper(case_id=CASE, kind=PaperKind.ACCEPTANCE), HANDLER)

    assert (again.paper_id, again.number, again.sha256) == (before.paper_id, before.number, before.sha256)
    assert await ledger.content_of(village.intake.documents, await issued(village.intake)) == first
    assert len(await published(village.intake, events.PaperIssued)) == 1


@pytest.mark.parametrize("tampered", [b"%PDF-1.7 other", b""])
async def test_a_changed_file_is_noticed_when_it_is_read(village: Village, tampered: bytes) -> None:
    await village.receive()
    await village.accept()
    paper = await issued(village.intake)
    stored_at(village.intake, paper.sha256).write_bytes(tampered)

    with pytest.raises(PaperDamaged, match="马民救受〔2026〕1号"):
        await ledger.content_of(village.intake.documents, paper)


async def test_twenty_accepted_at_once_and_each_twice_are_numbered_without_a_gap(village: Village) -> None:
    cases = [await received(village, n) for n in range(20)]

    outcomes = await asyncio.gather(
        *(village.intake.perform(AcceptApplication(case_id=case), HANDLER) for case in [*cases, *cases]),
        return_exceptions=True,
    )

    assert sum(isinstance(one, Conflict) for one in outcomes) == 20, "the second time it is accepted already"
    numbers = {(await issued(village.intake, case_id=case)).number for case in cases}
    assert numbers == {f"马民救受〔2026〕{n}号" for n in range(1, 21)}


async def test_a_paper_asked_for_by_two_at_once_is_one_paper(village: Village) -> None:
    await village.receive()
    await village.accept()
    async with village.intake.transaction(HANDLER) as tx:
        await tx.execute(ledger.issued_papers.delete())

    ask = IssuePaper(case_id=CASE, kind=PaperKind.ACCEPTANCE)
    made = await asyncio.gather(*(village.intake.perform(ask, HANDLER) for _ in range(8)))

    assert {(one.paper_id, one.number) for one in made} == {(made[0].paper_id, "马民救受〔2026〕2号")}


async def test_an_act_that_fails_after_its_paper_gives_the_number_back(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await received(village, 1), await received(village, 2)

    async def full(*_: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(ledger, "enter", full)
        with pytest.raises(OSError, match="no space"):
            await village.intake.perform(AcceptApplication(case_id=first), HANDLER)
    await village.intake.perform(AcceptApplication(case_id=second), HANDLER)

    assert (await issued(village.intake, case_id=second)).number == "马民救受〔2026〕1号"


async def test_each_year_and_each_body_counts_for_itself(village: Village, clock: TestClock) -> None:
    first, later = await received(village, 1), await received(village, 2)
    await village.intake.perform(AcceptApplication(case_id=first), HANDLER)
    clock.wait(days=120)
    await village.intake.perform(AcceptApplication(case_id=later), HANDLER)

    assert (await issued(village.intake, case_id=later)).number == "马民救受〔2027〕1号"


async def test_a_paper_is_not_issued_by_another_township(village: Village) -> None:
    await village.receive()

    with pytest.raises(Forbidden):
        await village.intake.perform(IssuePaper(case_id=CASE, kind=PaperKind.ACCEPTANCE), NEIGHBOUR_TOWNSHIP)
    with pytest.raises(Conflict, match="尚未受理"):
        await village.intake.perform(IssuePaper(case_id=CASE, kind=PaperKind.ACCEPTANCE), HANDLER)


@pytest.mark.law("R7.3")
async def test_delivery_is_recorded_once_with_how_when_and_to_whom(village: Village) -> None:
    await village.receive()
    await village.accept()
    paper = await issued(village.intake)
    proof = await village.intake.documents.put(b"a photo of the door")
    deliver = replace(
        IN_PERSON, paper_id=paper.paper_id, delivered_on=paper.paper.issued_on, proof_sha256=proof
    )

    with pytest.raises(Invalid, match="没有收到这张送达照片"):
        await village.intake.perform(replace(deliver, proof_sha256="0" * 64), GRID_WORKER)
    await village.intake.perform(deliver, GRID_WORKER)
    with pytest.raises(Conflict, match="不能重复登记"):
        await village.intake.perform(deliver, HANDLER)

    async with village.intake.reading(HANDLER) as tx:
        (shown,) = await papers_of(tx, CASE)
        trail = (await get_timeline(events.GetTimelineRequest(case_id=CASE), tx)).entries
    assert (shown.delivery_text, shown.delivered_on) == ("当面送达", paper.paper.issued_on)
    assert trail[-1].text == "2026-09-14当面送达受理告知书（马民救受〔2026〕1号）"


async def received(village: Village, number: int) -> CaseId:
    """An application of a household of its own."""
    head = member(PersonId(new_id()), f"王{number}", id_number("1970-01-01", number + 10), "户主")
    case, household = CaseId(new_id()), HouseholdId(new_id())
    await village.receive(head, case_id=case, household_id=household, visit_id=None)
    return case


def stored_at(intake: Service, sha256: str) -> Path:
    """Where the file of a hash lies on the disk of this test."""
    return intake.settings.data_dir / "documents" / "intake" / sha256[:2] / sha256
