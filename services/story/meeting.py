"""Steps 6 and 7: the collective meeting decides, the notice is served, the district files the result."""

from __future__ import annotations

from datetime import time

from services.common.contracts import approval, intake
from services.common.runtime.ids import new_id
from services.story import family
from services.story.checks import StoryFailed, eventually, expect
from services.story.scene import Scene

HANDLER, OFFICE_HEAD, DEPUTY, LEADER = (
    "handler.zhaoxiaoyan",
    "office.guojianping",
    "deputy.songliping",
    "leader.fengguodong",
)
DISTRICT = "district.zhouyaqin"
SEATS = {
    LEADER: "principal-leader",
    DEPUTY: "deputy-leader",
    OFFICE_HEAD: "office-head",
    HANDLER: "handler",
}
RECEIPT_NO = "140403-2026-000001"


async def district_visits(scene: Scene) -> None:
    """Where near kin are declared, the district visits the home before anybody decides."""
    item = await eventually("进入待审名单", lambda: _docket_item(scene), lambda found: found is not None)
    articles = {blocker.article for blocker in item.blockers} if item else set()
    expect("近亲属家庭未经区入户不能上会", "DB.20" in articles, True)
    await scene.person(DISTRICT).call(
        scene.stubs.approval.RecordDistrictVisit,
        approval.RecordDistrictVisitRequest(case_id=scene.case_id, visited_on="2026-10-09"),
    )
    scene.tell("DB.20", "该户申报了近亲属，区民政局2026-10-09入户核查")


async def decide(scene: Scene) -> None:
    """Four required roles sign in and vote; the principal leader announces the decision."""
    scene.chapter(6, "集体审核确认")
    meeting_id = new_id()
    item = await eventually(
        "可以上会", lambda: _docket_item(scene), lambda found: found is not None and found.stage == "ready"
    )
    if item is None:
        raise StoryFailed("待审名单中没有该案")
    expect("上会前的障碍", list(item.blockers), [])
    expect("可上会日期", item.ready_on, "2026-10-09")
    stubs = scene.stubs.approval
    await scene.person(OFFICE_HEAD).call(
        stubs.ConveneMeeting,
        approval.ConveneMeetingRequest(
            meeting_id=meeting_id,
            township=family.TOWNSHIP,
            starts_at="2026-10-09T07:00:00Z",
            place="马厂镇三楼会议室",
            case_ids=[scene.case_id],
        ),
    )
    await scene.turn_to("2026-10-09", time(15, 0))
    await _sign_and_vote(scene, meeting_id)
    decided = await scene.person(LEADER).call(stubs.DecideCase, _decision(scene, meeting_id))
    expect("首发月份", decided.first_month, "2026-11")
    expect("决定之后", decided.next, "filing")
    scene.tell("R4.5", "会议确认：最低生活保障，保障3人，每月1,280.00元")
    scene.tell("DB.21", "自作出确认决定的次月2026-11起发放")


async def serve_notice(scene: Scene) -> None:
    """The applicant gets the written notice by hand."""
    await scene.person(HANDLER).call(
        scene.stubs.approval.ServeNotice,
        approval.ServeNoticeRequest(case_id=scene.case_id, method="in-person", served_on="2026-10-09"),
    )
    scene.tell("DB.21", "2026-10-09确认结果告知书当面送达")


async def file_with_district(scene: Scene) -> None:
    """The township has decided; the district receipts the filed result."""
    scene.chapter(7, "区民政局备案")
    answer = await scene.person(DISTRICT).call(
        scene.stubs.approval.ReceiptFiling, approval.ReceiptFilingRequest(case_id=scene.case_id)
    )
    expect("备案回执号", answer.receipt_no, RECEIPT_NO)
    found = await scene.person(HANDLER).call(
        scene.stubs.approval.GetDecision, approval.GetDecisionRequest(case_id=scene.case_id)
    )
    decision = found.decision
    expect("决定日期", decision.decided_on, "2026-10-09")
    expect("保障人口", decision.persons, 3)
    expect("保障金额（分）", decision.monthly_amount_fen, family.AMOUNT_FEN)
    expect("送达日期", decision.notice_served_on, "2026-10-09")
    expect("备案日期", decision.filed_on, "2026-10-09")
    scene.tell("R4.8", f"镇确认即生效，区民政局出具备案回执{RECEIPT_NO}")


async def _sign_and_vote(scene: Scene, meeting_id: str) -> None:
    stubs, missing = scene.stubs.approval, len(SEATS)
    for account, seat in SEATS.items():
        answer = await scene.person(account).call(
            stubs.SignAttendance, approval.SignAttendanceRequest(meeting_id=meeting_id, seat=seat)
        )
        missing -= 1
        expect(f"{seat}签到后还缺的席位", len(answer.missing_seats), missing)
    scene.tell("R4.4", "主要领导、分管领导、民政办负责人、承办人全部签到")
    dossier = await scene.person(LEADER).call(
        scene.stubs.intake.GetDossier, intake.GetDossierRequest(case_id=scene.case_id)
    )
    expect("案卷中的金额（分）", dossier.monthly_amount_fen, family.AMOUNT_FEN)
    expect("核对一致", dossier.verification_consistent, True)
    scene.tell("R4.5", f"会议查看核对报告{dossier.verification_report_no}、入户调查和计算过程")
    for account in SEATS:
        await scene.person(account).call(
            stubs.CastVote,
            approval.CastVoteRequest(meeting_id=meeting_id, case_id=scene.case_id, vote="for"),
        )
    seen = await scene.person(OFFICE_HEAD).call(
        stubs.GetMeeting, approval.GetMeetingRequest(meeting_id=meeting_id)
    )
    expect("赞成票", [vote.vote for vote in seen.votes], ["for"] * len(SEATS))
    scene.tell("R4.1", "集体表决：赞成4票，反对0票")


def _decision(scene: Scene, meeting_id: str) -> approval.DecideCaseRequest:
    return approval.DecideCaseRequest(
        meeting_id=meeting_id,
        case_id=scene.case_id,
        outcome="confirm",
        category="dibao",
        insured_person_ids=family.PERSON_IDS,
        monthly_amount_fen=family.AMOUNT_FEN,
    )


async def _docket_item(scene: Scene) -> approval.DocketItem | None:
    answer = await scene.person(OFFICE_HEAD).call(
        scene.stubs.approval.ListDocket, approval.ListDocketRequest(township=family.TOWNSHIP)
    )
    return next((item for item in answer.items if item.case_id == scene.case_id), None)
