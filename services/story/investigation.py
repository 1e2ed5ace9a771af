"""Steps 2 and 3: acceptance starts the clock; verification, survey and the calculated opinion."""

from __future__ import annotations

from services.common.contracts import intake
from services.demo.people import PROVINCE, member_of_staff
from services.story import family
from services.story.checks import StoryFailed, eventually, expect
from services.story.province import Province
from services.story.scene import Scene
from services.story.survey_answers import survey_answers
from services.story.system import ProvinceSystem
from services.story.tablet import tablet

HANDLER, SURVEYOR = "handler.zhaoxiaoyan", "grid.wangfang"
REPORT_NO = "SX-HD-2026-000917"


async def accept(scene: Scene) -> None:
    """The township accepts: 20 working days amber, 30 by law."""
    scene.chapter(2, "镇受理")
    answer = await scene.person(HANDLER).call(
        scene.stubs.intake.AcceptApplication, intake.AcceptApplicationRequest(case_id=scene.case_id)
    )
    expect("受理日期", answer.accepted_on, "2026-09-14")
    expect("20个工作日提速时限", answer.target_on, "2026-10-16")
    expect("30个工作日法定时限", answer.due_on, "2026-10-30")
    expect("时限是否暂定", answer.provisional, False)
    scene.tell("R7.3", "马厂镇受理，出具受理告知书")
    scene.tell("R7.4", "2026-09-14受理：提速目标2026-10-16（20个工作日），法定时限2026-10-30（30个工作日）")


async def verify(scene: Scene) -> None:
    """The province checks the household's means and returns its report."""
    scene.chapter(3, "信息核对、入户调查、初审意见")
    handler, stubs = scene.person(HANDLER), scene.stubs.intake
    asked = await handler.call(
        stubs.RequestVerification, intake.RequestVerificationRequest(case_id=scene.case_id)
    )
    expect("启动核对时限", asked.due_on, "2026-09-17")
    scene.tell("DB.17", "授权齐全，提请省核对平台核对，2026-09-17前（3个工作日）启动")
    await scene.turn_to("2026-09-15")
    province = Province(scene.stubs, ProvinceSystem(scene.system, PROVINCE.client_id))
    answer = await province.answer(
        scene.case_id,
        REPORT_NO,
        business_fen=family.BUSINESS_FEN,
        transfer_fen=family.TRANSFER_FEN,
        deposits_fen=family.DEPOSITS_FEN,
    )
    expect("核对编号", answer.verification_id, asked.verification_id)
    expect("已办结的核对不再列出", scene.case_id in await province.waiting(), False)
    scene.tell("DB.17", f"核对报告{REPORT_NO}返回")


async def order_survey(scene: Scene) -> None:
    """Two surveyors, one of the township; kin of the family may not be one of them."""
    handler, order = scene.person(HANDLER), scene.stubs.intake.OrderSurvey
    here, kin, village = (
        member_of_staff(account).staff_id for account in (HANDLER, family.KIN_ON_STAFF, SURVEYOR)
    )
    refusal = await handler.is_refused(
        order,
        intake.OrderSurveyRequest(case_id=scene.case_id, surveyor_ids=[here, kin]),
        article="R3.10",
    )
    scene.tell("R3.10", f"拟派人员是该户近亲属，系统拒绝：{refusal}")
    answer = await handler.call(
        order, intake.OrderSurveyRequest(case_id=scene.case_id, surveyor_ids=[here, village])
    )
    if not answer.task_id:
        raise StoryFailed("没有生成入户调查任务")
    scene.tell("DB.16", "改派镇承办人和村网格员二人入户调查，其中一人是镇工作人员")


async def survey(scene: Scene) -> None:
    """The statutory home survey, with photos and everybody's signature."""
    await scene.turn_to("2026-09-16")
    surveyors = [member_of_staff(account) for account in (HANDLER, SURVEYOR)]
    async with tablet(scene, SURVEYOR) as hand:
        [task] = await hand.tasks("survey")
        receipt = await hand.send("survey", survey_answers(task.task_id, surveyors))
    expect("调查状态", (receipt.stage, receipt.reason), ("complete", ""))
    dossier = await eventually(
        "入户调查进入案卷",
        lambda: _dossier(scene),
        lambda found: any(visit.kind == "survey" for visit in found.visits),
    )
    [visit] = [visit for visit in dossier.visits if visit.kind == "survey"]
    expect("调查日期", visit.visited_on, "2026-09-16")
    expect("调查人数", len(visit.surveyor_ids), 2)
    scene.tell("DB.16", f"2026-09-16二人入户调查，照片{len(visit.photos)}张，家庭成员已签字")


async def opinion(scene: Scene) -> None:
    """The proposal is calculated exactly and rounded once; every step names its article."""
    await scene.turn_to("2026-09-22")
    answer = await scene.person(HANDLER).call(
        scene.stubs.intake.FormOpinion,
        intake.FormOpinionRequest(case_id=scene.case_id, cause=family.CAUSE),
    )
    expect("是否符合条件", answer.eligible, True)
    expect("保障类别", answer.category, "dibao")
    expect("保障金额（分）", answer.monthly_amount_fen, family.AMOUNT_FEN)
    for step in answer.steps:
        scene.tell(step.article, step.text)
    by_difference = [step.text for step in answer.steps if step.article == "DB.23"]
    expect("补差计算", ["760.00 × 3 － 1,000.00 = 1,280.00" in text for text in by_difference], [True])
    scene.tell("R4.5", "2026-09-22初审意见：符合最低生活保障条件，保障3人，每月1,280.00元")


async def _dossier(scene: Scene) -> intake.GetDossierResponse:
    found: intake.GetDossierResponse = await scene.person(HANDLER).call(
        scene.stubs.intake.GetDossier, intake.GetDossierRequest(case_id=scene.case_id)
    )
    return found
