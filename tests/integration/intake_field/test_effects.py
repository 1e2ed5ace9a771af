"""What a visit brings about, and what happens to it where the law says no."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from mobile_app.core.client import FieldClient
from mobile_app.core.envelope import Receipt
from services.common.contracts import intake
from services.common.policy.areas import TownshipCode
from services.common.runtime.actor import SYSTEM
from services.intake.commands.tasks import OpenTask
from services.intake.model.ids import TaskId
from services.intake.model.visits import TaskKind
from services.intake.storage.case_tables import surveys
from tests.integration.intake_field.conftest import headers
from tests.world.applications import (
    CASE,
    FAMILY,
    GRID_WORKER,
    HANDLER,
    HEAD_MEMBER,
    HOUSEHOLD,
    SON,
    SURVEY_VISIT,
    SURVEYOR,
    TOWNSHIP,
    VILLAGE,
    VISIT,
    Village,
    facts,
    member,
)
from tests.world.field import (
    envelope,
    photo,
    posting_answers,
    sha256,
    survey_answers,
    survey_photos,
    visit_answers,
)
from tests.world.services import TestClock, published, shanghai

POSTING = TaskId("01920000-0000-7000-8000-0000000000f1")
POSTING_VISIT = "01920000-0000-7000-8000-0000000000f2"
OTHER_VISIT = "01920000-0000-7000-8000-0000000000f3"


async def send(
    client: FieldClient,
    form_id: str,
    answers: Mapping[str, Any],
    at: datetime,
    photos: Mapping[str, bytes],
    visit_id: str,
) -> Receipt:
    """As the app sends it: the record first, then each photo."""

    def all_of_it() -> Receipt:
        receipt = client.send_visit(envelope(form_id, answers, at, photos, visit_id))
        for content in photos.values():
            receipt = client.send_photo(visit_id, sha256(content), content)
        return receipt

    return await asyncio.to_thread(all_of_it)


async def ordered(village: Village, clock: TestClock) -> str:
    """An accepted case whose survey was ordered; the clock stands on the day of the survey."""
    await village.receive()
    await village.accept()
    task = await village.order_survey()
    clock.move_to(shanghai("2026-09-16"))
    return str(task.task_id)


async def open_posting(village: Village) -> None:
    await village.receive()
    await village.intake.perform(
        OpenTask(
            task_id=POSTING,
            kind=TaskKind.POSTING,
            township=TownshipCode(TOWNSHIP),
            village=VILLAGE,
            case_id=CASE,
            household_id=HOUSEHOLD,
            assignees=(),
            due_on=None,
            title="张贴初审公示",
            subject={"posting_id": POSTING, "place_name": "村公示栏"},
        ),
        SYSTEM,
    )


async def tasks_of(tablet: httpx.AsyncClient, **named: str) -> list[dict[str, Any]]:
    found = (await tablet.get("/field/v1/tasks", headers=named or None)).json()
    assert isinstance(found, list)
    return found


@pytest.mark.law("DB.16")
async def test_the_survey_is_filed_once_every_photo_is_verified(
    village: Village, clock: TestClock, client: FieldClient, tablet: httpx.AsyncClient
) -> None:
    task = await ordered(village, clock)
    [line] = await tasks_of(tablet)
    assert (line["task_id"], line["kind"], line["case_id"]) == (task, "survey", CASE)
    assert line["subject"]["address"] == "村南3号"
    photos = survey_photos()
    started = envelope("survey", survey_answers(task), shanghai("2026-09-16"), photos, SURVEY_VISIT)
    first = await asyncio.to_thread(client.send_visit, started)
    assert first.stage == "incomplete"
    async with village.intake.database.read() as db:
        assert (await db.execute(select(surveys))).all() == []

    receipt = await send(client, "survey", survey_answers(task), shanghai("2026-09-16"), photos, SURVEY_VISIT)
    assert (receipt.stage, receipt.case_id) == ("complete", CASE)
    assert await tasks_of(tablet) == []
    async with village.intake.database.read() as db:
        [survey] = (await db.execute(select(surveys))).all()
    assert survey.surveyor_ids == [SURVEYOR.id, GRID_WORKER.id]
    assert survey.signed_by_family
    found = json.loads(survey.facts)
    assert found["assets"] == {
        "deposits_fen": 1_200_000,
        "houses": 1,
        "vehicles": 0,
        "business": False,
        "meets_limits": True,
    }
    assert found["applied_on"] == json.loads(facts())["applied_on"]
    [event] = await published(village.intake, intake.VisitRecorded)
    assert (event.kind, event.visited_on) == ("survey", "2026-09-16")  # type: ignore[attr-defined]


@pytest.mark.law("DB.16")
@pytest.mark.parametrize(
    ("reason", "witness", "stage", "code"),
    [("不愿签字", "李四", "complete", ""), (None, None, "refused", "survey-not-signed")],
)
async def test_a_survey_nobody_of_the_family_signed_needs_the_reason_and_a_witness(
    village: Village,
    clock: TestClock,
    client: FieldClient,
    reason: str | None,
    witness: str | None,
    stage: str,
    code: str,
) -> None:
    task = await ordered(village, clock)
    unsigned = {
        "family_signed": False,
        "family_signer": None,
        "family_signature": None,
        "refusal_reason": reason,
        "witness": witness,
    }
    photos = survey_photos()
    del photos["family.png"]

    answers = survey_answers(task, conclusion=unsigned)
    receipt = await send(client, "survey", answers, shanghai("2026-09-16"), photos, SURVEY_VISIT)
    assert (receipt.stage, receipt.code) == (stage, code)


@pytest.mark.law("DB.16")
async def test_one_surveyor_is_not_enough_and_the_visit_is_not_lost(
    village: Village, clock: TestClock, client: FieldClient, tablet: httpx.AsyncClient
) -> None:
    task = await ordered(village, clock)
    answers = survey_answers(task)
    answers["conclusion"]["surveyors"] = answers["conclusion"]["surveyors"][:1]

    receipt = await send(client, "survey", answers, shanghai("2026-09-16"), survey_photos(), SURVEY_VISIT)
    assert (receipt.stage, receipt.article, receipt.code) == ("refused", "DB.16", "too-few-surveyors")
    assert "不得少于2人" in receipt.reason
    assert [line["task_id"] for line in await tasks_of(tablet)] == [task]
    assert await published(village.intake, intake.VisitRecorded) == []
    assert await asyncio.to_thread(client.receipt, SURVEY_VISIT) == receipt


@pytest.mark.law("R3.10")
async def test_kin_of_the_household_neither_see_its_tasks_nor_file_its_survey(
    village: Village, clock: TestClock, client: FieldClient, tablet: httpx.AsyncClient
) -> None:
    await village.receive(
        member(HEAD_MEMBER.person_id, HEAD_MEMBER.name, HEAD_MEMBER.id_number, "户主"), *FAMILY[1:]
    )
    await village.accept()
    task = str((await village.order_survey()).task_id)
    kin = member(SON, "王小军", FAMILY[2].id_number, "子", kin_relation="弟弟", kin_staff_id=GRID_WORKER.id)
    await village.receive(*FAMILY[:2], kin)
    clock.move_to(shanghai("2026-09-16"))

    assert await tasks_of(tablet) == []
    assert len(await tasks_of(tablet, **headers(SURVEYOR))) == 1
    receipt = await send(
        client, "survey", survey_answers(task), shanghai("2026-09-16"), survey_photos(), SURVEY_VISIT
    )
    assert (receipt.stage, receipt.code, receipt.article) == ("refused", "recused", "R3.10")


async def test_a_survey_for_no_task_is_filed_with_the_reason(
    village: Village, clock: TestClock, client: FieldClient
) -> None:
    await ordered(village, clock)

    receipt = await send(
        client, "survey", survey_answers(HOUSEHOLD), shanghai("2026-09-16"), survey_photos(), SURVEY_VISIT
    )
    assert (receipt.stage, receipt.code) == ("refused", "not-found")


async def test_facts_that_do_not_fit_are_told_while_the_tablet_can_put_them_right(
    village: Village, clock: TestClock, tablet: httpx.AsyncClient
) -> None:
    task = await ordered(village, clock)
    answers = survey_answers(task, assets={"deposits": "12000.005"})
    sent = envelope("survey", answers, shanghai("2026-09-16"), survey_photos(), SURVEY_VISIT)

    answer = await tablet.post("/field/v1/visits", json=sent.to_json())
    assert answer.status_code == 422
    assert answer.json()["field"] == "assets/deposits"
    assert "两位小数" in answer.json()["message"]


@pytest.mark.law("R5.2a")
async def test_the_photographed_board_is_proof_that_the_notice_hangs(
    village: Village, clock: TestClock, client: FieldClient, tablet: httpx.AsyncClient
) -> None:
    await open_posting(village)
    clock.move_to(shanghai("2026-09-24"))
    [line] = await tasks_of(tablet)
    assert line["subject"]["posting_id"] == POSTING
    board = {"board.jpg": photo(20)}
    at = shanghai("2026-09-24")

    receipt = await send(client, "posting", posting_answers(POSTING, POSTING), at, board, POSTING_VISIT)
    assert receipt.stage == "complete"
    [event] = await published(village.intake, intake.BoardPosted)
    assert event == intake.BoardPosted(
        posting_id=POSTING,
        case_id=CASE,
        household_id=HOUSEHOLD,
        township=TOWNSHIP,
        visit_id=POSTING_VISIT,
        posted_by=GRID_WORKER.id,
        posted_at="2026-09-24T01:00:00+00:00",
        photo=intake.DocumentRef(
            owner="intake",
            sha256=sha256(photo(20)),
            kind="evidence",
            size=len(photo(20)),
        ),
    )
    assert await tasks_of(tablet) == []


@pytest.mark.law("R5.2a")
@pytest.mark.parametrize("recorded", ["2026-10-01", "1970-01-02"])
async def test_a_tablet_with_a_wrong_clock_cannot_move_the_publicity(
    village: Village, clock: TestClock, client: FieldClient, recorded: str
) -> None:
    await open_posting(village)
    clock.move_to(shanghai("2026-09-24"))

    await send(
        client,
        "posting",
        posting_answers(POSTING, POSTING),
        shanghai(recorded),
        {"board.jpg": photo(20)},
        POSTING_VISIT,
    )
    [event] = await published(village.intake, intake.BoardPosted)
    assert event.posted_at == "2026-09-24T01:00:00+00:00"  # type: ignore[attr-defined]


async def test_a_board_is_posted_once_and_the_second_photo_is_only_filed(
    village: Village, clock: TestClock, client: FieldClient
) -> None:
    await open_posting(village)
    clock.move_to(shanghai("2026-09-24"))
    for visit_id, stage in ((POSTING_VISIT, "complete"), (OTHER_VISIT, "refused")):
        receipt = await send(
            client,
            "posting",
            posting_answers(POSTING, POSTING),
            shanghai("2026-09-24"),
            {"board.jpg": photo(20)},
            visit_id,
        )
        assert receipt.stage == stage

    assert len(await published(village.intake, intake.BoardPosted)) == 1


async def test_tasks_go_to_those_who_were_sent_or_else_to_the_village(
    village: Village, clock: TestClock, tablet: httpx.AsyncClient
) -> None:
    await ordered(village, clock)

    assert len(await tasks_of(tablet)) == 1
    assert len(await tasks_of(tablet, **headers(SURVEYOR))) == 1
    assert await tasks_of(tablet, **headers(HANDLER)) == []


async def test_a_tablet_fetches_the_forms_and_fills_them_in_with_the_same_engine(
    village: Village, client: FieldClient
) -> None:
    forms = await asyncio.to_thread(client.forms)
    assert [(one.form_id, one.title) for one in forms] == [
        ("posting", "张贴公示"),
        ("survey", "入户调查表"),
        ("visit", "走访记录"),
    ]
    for one in forms:
        xform = await asyncio.to_thread(client.form, one.form_id, one.version)
        assert sha256(xform.encode()) == one.sha256


async def test_the_application_of_the_story_reaches_the_case_through_the_tablet(
    village: Village, client: FieldClient
) -> None:
    receipt = await send(
        client, "visit", visit_answers(), shanghai("2026-09-14"), {"door.jpg": photo(1)}, VISIT
    )

    assert (receipt.stage, receipt.case_id) == ("complete", CASE)
    assert (await village.accept()).due_on.isoformat() == "2026-10-30"
