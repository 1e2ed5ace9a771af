"""Outreach: what staff may read is clean and found again, who read it, what was held and is owed."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import date

import pytest
from docx import Document as Docx
from PIL import Image

from services.common.contracts import disclosure as pb
from services.common.policy.law import Forbidden, Invalid, Refused
from services.common.policy.roles import Post, Role
from services.common.runtime.actor import SYSTEM, Actor
from services.common.runtime.ids import new_id
from services.common.runtime.service import Service
from services.disclosure.commands.outreach import (
    AttendTraining,
    HoldTraining,
    PlanTraining,
    PublishDocument,
    RecordActivity,
    RecordReading,
    RecordStudy,
)
from services.disclosure.main import blueprint
from services.disclosure.model.ids import ActivityId, DocumentId, StudyId, TrainingId
from services.disclosure.model.outreach import Channel, DocumentKind
from services.disclosure.queries.outreach import found_in_library, owed_in
from services.disclosure.storage import outreach
from tests.world.board_events import TOWNSHIP, VILLAGE
from tests.world.services import TestClock, published, running, shanghai

DISTRICT = "140403"
BUREAU = Actor("bureau", (Post(Role.DISTRICT_HANDLER, DISTRICT),))
OFFICE = Actor("office", (Post(Role.TOWNSHIP_HANDLER, TOWNSHIP),))
GRID = Actor("grid", (Post(Role.GRID_WORKER, VILLAGE),))


@pytest.fixture
def clock() -> TestClock:
    return TestClock(shanghai("2026-09-24"))


@pytest.fixture
async def service(clock: TestClock) -> AsyncIterator[Service]:
    async with running(blueprint(), clock) as service:
        yield service


def document(document_id: str = "", **more: object) -> PublishDocument:
    facts: dict[str, object] = {
        "document_id": DocumentId(document_id or new_id()),
        "kind": DocumentKind.POLICY,
        "title": "社会救助公开公示工作制度",
        "number": "潞州民字〔2024〕57号",
        "valid_from": date(2024, 9, 24),
        "valid_until": None,
        "body": "初审公示七天，内容为户主姓名、家庭人口数。",
        "words_reviewed": False,
    }
    return PublishDocument(**(facts | more))  # type: ignore[arg-type]


async def titles(service: Service, words: str) -> list[str]:
    async with service.reading(SYSTEM) as tx:
        return [f"{one.title}/{one.version}" for one in await found_in_library(words, tx)]


@pytest.mark.law("R10.2")
async def test_a_document_is_found_by_any_words_of_it_and_only_its_newest_version(service: Service) -> None:
    first = document()
    await service.perform(first, BUREAU)
    await service.perform(document(title="临时救助工作规范", number="", body="急难型可以先行救助。"), BUREAU)
    for words in ("家庭人口", "〔2024〕57号", "公示工作制度", "户主姓名　家庭人口数"):
        assert await titles(service, words) == ["社会救助公开公示工作制度/1"], words
    assert await titles(service, "收养登记") == []
    await service.perform(document(first.document_id, body="初审公示七天，张贴在村和小区。"), BUREAU)
    assert await titles(service, "家庭人口") == []
    assert await titles(service, "小区") == ["社会救助公开公示工作制度/2"]
    told = await published(service, pb.PolicyDocumentPublished)
    assert [one.version for one in told] == [1, 1, 2]  # type: ignore[attr-defined]


@pytest.mark.law("R10.2")
async def test_each_person_reads_each_version_once_and_it_is_on_record(
    service: Service, clock: TestClock
) -> None:
    cmd = document()
    await service.perform(cmd, BUREAU)
    for _ in range(2):
        await service.perform(RecordReading(document_id=cmd.document_id, version=1), GRID)
    await service.perform(document(cmd.document_id), BUREAU)
    async with service.reading(SYSTEM) as tx:
        assert await outreach.has_read(tx, "grid") == {(cmd.document_id, 1)}
        assert await outreach.readers_of(tx, await outreach.load_document(tx, cmd.document_id)) == []


@pytest.mark.law("R10.2")
async def test_a_document_that_is_no_longer_or_not_yet_in_force_is_not_listed(service: Service) -> None:
    await service.perform(document(title="旧制度", valid_until=date(2026, 9, 23)), BUREAU)
    await service.perform(document(title="新制度", valid_from=date(2026, 9, 25)), BUREAU)
    await service.perform(document(title="现行制度"), BUREAU)
    assert await titles(service, "") == ["现行制度/1"]


@pytest.mark.law("R5.4", "PIPL.6")
async def test_nothing_personal_gets_into_the_library_by_title_text_or_file(service: Service) -> None:
    photo, scan = io.BytesIO(), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "camera"
    Image.new("RGB", (8, 8)).save(photo, "JPEG", exif=exif)
    table = Docx()
    table.add_paragraph("李守田 140403198803080023")
    table.save(scan)
    for leaking in (
        document(title="李守田尿毒症透析救助"),
        document(body="联系人电话一三九零零零零一二三四"),
        document(file_name="宣传照.jpg", file_content=photo.getvalue()),
        document(file_name="名单.docx", file_content=scan.getvalue()),
        document(file_name="140403198803080023.txt", file_content="正文".encode()),
    ):
        with pytest.raises(Refused) as refused:
            await service.perform(leaking, BUREAU)
        assert refused.value.code == "leak-found"
        assert "1988" not in refused.value.message
    law = document(body="一级、二级重度残疾人，三级智力、精神残疾人可以单独申请。")
    with pytest.raises(Refused):
        await service.perform(law, BUREAU)
    await service.perform(document(body=law.body, words_reviewed=True), BUREAU)
    with pytest.raises(Forbidden):
        await service.perform(document(), OFFICE)


@pytest.mark.law("R10.1", "R5.1")
async def test_an_activity_has_its_channel_material_reach_and_on_a_platform_its_proof(
    service: Service,
) -> None:
    for channel, proof in ((Channel.LEAFLET, ""), (Channel.MICRO_POWER, "https://power.example/1")):
        await service.perform(
            RecordActivity(
                activity_id=ActivityId(new_id()),
                area=VILLAGE,
                channel=channel,
                title="低保政策明白卡",
                held_on=date(2026, 9, 20),
                copies=200,
                reach=350,
                proof=proof,
            ),
            GRID,
        )
    async with service.reading(SYSTEM) as tx:
        of_year = await outreach.activities_in(tx, TOWNSHIP, 2026)
    assert {(one.channel, one.copies, one.reach, one.proof) for one in of_year} == {
        (Channel.LEAFLET, 200, 350, ""),
        (Channel.MICRO_POWER, 200, 350, "https://power.example/1"),
    }


@pytest.mark.law("R10.3")
async def test_a_field_study_is_recorded_with_its_findings_and_not_without(service: Service) -> None:
    facts = {"area": TOWNSHIP, "place": "李家庄村", "topic": "独居老人", "held_on": date(2026, 9, 20)}
    with pytest.raises(Refused) as refused:
        await service.perform(
            RecordStudy(study_id=StudyId(new_id()), findings="看了", **facts),  # type: ignore[arg-type]
            OFFICE,
        )
    assert refused.value.code == "study-without-findings"
    findings = "取暖补助知晓率低，建议入冬前逐户告知。"
    await service.perform(
        RecordStudy(study_id=StudyId(new_id()), findings=findings, **facts),  # type: ignore[arg-type]
        OFFICE,
    )
    async with service.reading(SYSTEM) as tx:
        [study] = await outreach.studies_in(tx, TOWNSHIP, 2026)
    assert study.findings == findings


@pytest.mark.law("R10.4")
async def test_district_and_each_township_train_once_a_year_and_what_is_missing_is_said(
    service: Service, clock: TestClock
) -> None:
    async with service.reading(SYSTEM) as tx:
        owed = [one.text for one in await owed_in(TOWNSHIP, tx)]
        everywhere = [one.text for one in await owed_in(DISTRICT, tx)]
    assert [text for text in owed if "培训" in text] == [
        "马厂镇2026年还没有举办镇街（镇街、村居两级）培训，还没有计划"
    ]
    assert len([text for text in everywhere if "培训" in text]) == 20  # the district and 19 units
    training = TrainingId(new_id())
    plan = PlanTraining(
        training_id=training, area=TOWNSHIP, title="秋季业务培训", planned_on=date(2026, 9, 24)
    )
    await service.perform(plan, OFFICE)
    async with service.reading(SYSTEM) as tx:
        code = (await outreach.load_training(tx, training)).code
    with pytest.raises(Invalid):
        await service.perform(AttendTraining(training_id=training, code="WRONG1"), GRID)
    for _ in range(2):
        await service.perform(AttendTraining(training_id=training, code=code.lower()), GRID)
    held = HoldTraining(
        training_id=training,
        held_on=date(2026, 9, 24),
        material="公开公示制度",
        questions="公示期怎么算",
        cases="一户多人案例",
    )
    await service.perform(held, OFFICE)
    async with service.reading(SYSTEM) as tx:
        assert [one.staff_id for one in await outreach.attendances_of(tx, training)] == ["grid"]
        assert [one.text for one in await owed_in(TOWNSHIP, tx) if "培训" in one.text] == []
    clock.move_to(shanghai("2026-09-25"))
    with pytest.raises(Refused) as refused:
        await service.perform(AttendTraining(training_id=training, code=code), OFFICE)
    assert refused.value.code == "training-not-today"
