"""Step 8: the long-term board, the roll and the household file; and the whole case told once more."""

from __future__ import annotations

from datetime import datetime

from services.common.contracts import approval, disclosure, intake, review
from services.common.policy.calendar import SHANGHAI
from services.story import family
from services.story.checks import eventually, expect
from services.story.publicity import REPORT_PHONE, board_fields, nothing_private_on_the_board
from services.story.scene import Scene

HANDLER, ARCHIVIST = "handler.zhaoxiaoyan", "archive.duanxiuying"
LONG_TERM_FIELDS = [
    ("户主姓名", family.HEAD.name),
    ("保障类型", "最低生活保障"),
    ("保障人口数", "3 人"),
    ("保障金额", "每月 1,280.00 元"),
    ("监督举报电话", REPORT_PHONE),
]
FILE_NO = "140403-103-901-DB-2026-0001"
PAPERS = {
    "visit-record",
    "acceptance-notice",
    "survey-form",
    "preliminary-opinion",
    "board-photo",
    "publicity-notice",
    "publicity-result",
    "decision",
    "decision-notice",
    "filing-receipt",
    "long-term-listing",
}


async def listed(scene: Scene) -> None:
    """The household stands on the long-term board with exactly the listed fields."""
    scene.chapter(8, "长期公开、在册登记、建档")
    await eventually(
        "长期公开", lambda: board_fields(scene, "long-term"), lambda shown: shown == [LONG_TERM_FIELDS]
    )
    await nothing_private_on_the_board(scene)
    scene.tell("R5.2b", "长期公开：户主姓名、保障类型、保障人口数、保障金额、举报电话，别无其他")


async def enrolled(scene: Scene) -> None:
    """Review has the household on the roll and its file open, apart from the others."""
    entry = await eventually("在册登记", lambda: _recipient(scene), lambda found: found.stage == "active")
    expect("在册金额（分）", entry.monthly_amount_fen, family.AMOUNT_FEN)
    expect("在册人口", entry.persons, 3)
    expect("在册首发月份", entry.first_month, "2026-11")
    scene.tell("R6.1", "列入在册名册：3人，每月1,280.00元，自2026-11起")
    file = await eventually(
        "档案材料齐全", lambda: _file(scene), lambda found: {p.kind for p in found.papers} == PAPERS
    )
    expect("材料件数，两处公示各一张照片", len(file.papers), len(PAPERS) + 1)
    expect("档号", file.file_no, FILE_NO)
    expect("建档日期", file.opened_on, "2026-10-09")
    scene.tell("R8.1", f"一户一档：档号{FILE_NO}，材料{len(file.papers)}件随时归档")
    expect("近亲属档案单独管理", file.kept_apart, True)
    scene.tell("R3.8", "申报近亲属的家庭，档案单独管理")


async def clock_stopped(scene: Scene) -> None:
    """Intake knows that the case is done and its clock stands."""
    case = await eventually(
        "办理时限停止",
        lambda: _case(scene),
        lambda found: found.stage == "enrolled" and found.clock_state == "stopped",
    )
    expect("法定时限", case.due_on, "2026-10-30")
    scene.tell("R7.4", "2026-10-09作出决定，办理时限停止，早于法定时限2026-10-30")


async def told_again(scene: Scene) -> None:
    """The timeline of the case from all four services, in order, each line with its article."""
    scene.say("\n案件时间线")
    handler, stubs = scene.person(HANDLER), scene.stubs
    asked = (
        (stubs.intake.GetTimeline, intake.GetTimelineRequest(case_id=scene.case_id)),
        (stubs.approval.GetTimeline, approval.GetTimelineRequest(case_id=scene.case_id)),
        (stubs.disclosure.GetTimeline, disclosure.GetTimelineRequest(case_id=scene.case_id)),
        (stubs.review.GetTimeline, review.GetTimelineRequest(case_id=scene.case_id)),
    )
    told = [list((await handler.call(method, request)).entries) for method, request in asked]
    expect("四个服务都有记录", [bool(entries) for entries in told], [True] * 4)
    for entry in sorted((entry for entries in told for entry in entries), key=lambda entry: entry.at):
        at = datetime.fromisoformat(entry.at).astimezone(SHANGHAI)
        scene.say(f"  {at:%Y-%m-%d %H:%M} {entry.article:<9} {entry.text}")


async def _recipient(scene: Scene) -> review.Recipient:
    answer = await scene.person(HANDLER).call(
        scene.stubs.review.GetRecipient, review.GetRecipientRequest(household_id=scene.household_id)
    )
    found: review.Recipient = answer.recipient
    return found


async def _file(scene: Scene) -> review.GetHouseholdFileResponse:
    found: review.GetHouseholdFileResponse = await scene.person(ARCHIVIST).call(
        scene.stubs.review.GetHouseholdFile,
        review.GetHouseholdFileRequest(household_id=scene.household_id),
    )
    return found


async def _case(scene: Scene) -> intake.Case:
    answer = await scene.person(HANDLER).call(
        scene.stubs.intake.GetCase, intake.GetCaseRequest(case_id=scene.case_id)
    )
    found: intake.Case = answer.case
    return found
