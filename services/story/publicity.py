"""Step 4: the notice hangs on two boards for seven days; nothing but the listed fields is published."""

from __future__ import annotations

from datetime import time

from mobile_app.core.envelope import TaskLine
from services.common.contracts import approval, disclosure
from services.common.forms.answers import Picture
from services.common.runtime.ids import new_id
from services.story import family
from services.story.checks import eventually, expect
from services.story.scene import Scene
from services.story.system import read_json, read_text
from services.story.tablet import tablet
from services.story.visit import CLAIM

HANDLER, GRID_WORKER, OFFICE_HEAD = "handler.zhaoxiaoyan", "grid.wangfang", "office.guojianping"
PLACES = ["compound-board", "village-board"]
REPORT_PHONE = "0355-0000311"
PRIVATE = (
    *(member.id_number for member in family.MEMBERS),
    *(member.id_number[-6:] for member in family.MEMBERS),
    family.WIFE.name,
    family.DAUGHTER.name,
    family.PHONE,
    family.ADDRESS,
    family.COMPOUND,
    CLAIM,
    "慢性病",
)
INITIAL_FIELDS = [
    ("户主姓名", family.HEAD.name),
    ("家庭人口数", "3 人"),
    ("致贫原因", "因病"),
    ("申请保障类型", "最低生活保障"),
    ("监督举报电话", REPORT_PHONE),
]


async def post(scene: Scene) -> None:
    """The grid worker finds a task for each place and photographs each board."""
    scene.chapter(4, "初审公示七天")
    await scene.turn_to("2026-09-24")
    await _photograph_the_boards(scene)
    scene.tell("R5.2a", "网格员在村公示栏和清泉新居小区公告栏张贴，每处拍照一张作为凭证")
    found = await eventually("公示期开始计算", lambda: _publicity(scene), lambda p: p.stage == "posted")
    expect("张贴日", found.posted_on, "2026-09-24")
    expect("公示第一天", found.first_day, "2026-09-25")
    expect("公示最后一天", found.ends_on, "2026-10-08")
    expect("最早审核日", found.decidable_on, "2026-10-09")
    expect("公示是否暂定", found.provisional, False)
    expect("凭证照片", len({posting.proof_sha256 for posting in found.postings}), 2)
    scene.tell("R5.2a", "张贴当天不计，第七天2026-10-01是法定休假日，顺延至2026-10-08 24时届满")
    await _board_shows(scene, "initial", INITIAL_FIELDS)
    await nothing_private_on_the_board(scene)
    scene.tell("R5.2a", "网上公示栏只有户主姓名、家庭人口数、致贫原因（大类）、申请类型和举报电话")


async def _photograph_the_boards(scene: Scene) -> None:
    async with tablet(scene, GRID_WORKER) as hand:
        tasks = await eventually(
            "张贴任务", lambda: hand.tasks("posting"), lambda found: len(found) == len(PLACES)
        )
        expect("张贴地点", sorted(task.subject["place"] for task in tasks), PLACES)
        for task in tasks:
            receipt = await hand.send("posting", _posted(task))
            expect("张贴状态", (receipt.stage, receipt.reason), ("complete", ""))
        expect("办完的任务不再列出", await hand.tasks("posting"), [])


def _posted(task: TaskLine) -> dict[str, object]:
    return {
        "task_id": task.task_id,
        "posting_id": task.subject["posting_id"],
        "place": task.subject["place_name"],
        "posted_on": "2026-09-24",
        "photo": Picture("board.jpg"),
    }


async def meeting_comes_too_early(scene: Scene) -> None:
    """While the publicity runs, no meeting may take up the case."""
    await scene.turn_to("2026-10-08", time(10, 0))
    refusal = await scene.person(OFFICE_HEAD).is_refused(
        scene.stubs.approval.ConveneMeeting,
        approval.ConveneMeetingRequest(
            meeting_id=new_id(),
            township=family.TOWNSHIP,
            starts_at="2026-10-08T07:00:00Z",
            place="马厂镇三楼会议室",
            case_ids=[scene.case_id],
        ),
        article="R4.2",
    )
    scene.tell("R4.2", f"2026-10-08召开会议被拒绝：{refusal}")


async def conclude(scene: Scene) -> None:
    """After 24:00 of the last day the publicity is over, by the clock alone."""
    await scene.turn_to("2026-10-09")
    await eventually("公示届满", lambda: _publicity(scene), lambda found: found.stage == "concluded")
    board = await read_json(f"{scene.system.board}/board/{family.VILLAGE}.json")
    expect("届满后撤下初审公示", [entry["kind"] for entry in board["entries"]], [])
    scene.tell("R4.2", "公示期满无异议，2026-10-09起可以上会")


async def _publicity(scene: Scene) -> disclosure.Publicity:
    answer = await scene.person(HANDLER).call(
        scene.stubs.disclosure.GetPublicity, disclosure.GetPublicityRequest(case_id=scene.case_id)
    )
    found: disclosure.Publicity = answer.publicity
    return found


async def nothing_private_on_the_board(scene: Scene) -> None:
    """No page or document of the board says anything that is not listed."""
    for path in (f"{family.VILLAGE}", f"{family.VILLAGE}?list=long-term", f"{family.VILLAGE}.json"):
        page = await read_text(f"{scene.system.board}/board/{path}")
        expect(f"公示栏 /board/{path} 泄露的内容", [text for text in PRIVATE if text in page], [])


async def _board_shows(scene: Scene, kind: str, fields: list[tuple[str, str]]) -> None:
    await eventually(
        "公示栏的内容",
        lambda: board_fields(scene, kind),
        lambda shown: shown == [fields],
    )


async def board_fields(scene: Scene, kind: str) -> list[list[tuple[str, str]]]:
    """What the public board of the village shows of one kind, as anybody reads it."""
    board = await read_json(f"{scene.system.board}/board/{family.VILLAGE}.json")
    return [
        [(field["label"], field["text"]) for field in entry["fields"]]
        for entry in board["entries"]
        if entry["kind"] == kind
    ]
