"""Step 1: the home visit with the application, recorded in the village and sent photo by photo."""

from __future__ import annotations

from services.common.contracts import intake
from services.common.forms.answers import Picture
from services.common.runtime.ids import new_id
from services.demo.people import member_of_staff
from services.story import family
from services.story.checks import eventually, expect
from services.story.scene import Scene
from services.story.tablet import tablet

GRID_WORKER, HANDLER = "grid.wangfang", "handler.zhaoxiaoyan"
CLAIM = "户主患慢性病不能外出务工，女儿在读高中，家里收入不够日常开支。"


async def record(scene: Scene) -> None:
    """The grid worker visits, helps with the application, and the tablet delivers it."""
    scene.chapter(1, "走访与协助申请")
    case_id, household_id = new_id(), family.HOUSEHOLD_ID
    async with tablet(scene, GRID_WORKER) as hand:
        receipt = await hand.send("visit", _answers(case_id), cut_at="door.jpg")
    expect("回执中的案件", receipt.case_id, case_id)
    expect("回执中的家庭", receipt.household_id, household_id)
    expect("走访状态", receipt.stage, "complete")
    expect("回执逐项确认", [part.state for part in receipt.photos], ["verified", "verified"])
    scene.case_id, scene.household_id = case_id, household_id
    scene.tell("R1.4", "网格员王芳走访清泉村清泉新居，离线填表，拍照两张")
    scene.tell("R1.9", "申请人患病，网格员协助提出申请，申请人已签字同意")
    scene.tell("R3.1", "申请人如实申报：家庭成员中有人是镇承办人的姐姐")


async def arrives(scene: Scene) -> None:
    """The township sees the case; the village's receipt is dated apart from acceptance."""
    case = await eventually("镇里看到申请", lambda: _case(scene), lambda found: found.stage == "received")
    expect("收件日期", case.received_on, "2026-09-14")
    expect("尚未受理", case.accepted_on, "")
    expect("户主姓名", case.head_name, family.HEAD.name)
    scene.tell("R7.3", "2026-09-14村里收件，待镇受理")


def _answers(case_id: str) -> dict[str, object]:
    return {
        "household_id": family.HOUSEHOLD_ID,
        "case_id": case_id,
        "visited_on": "2026-09-14",
        "compound": family.COMPOUND,
        "address": family.ADDRESS,
        "phone": family.PHONE,
        "members": [_member(member) for member in family.MEMBERS],
        "situation": "三口人，住小区楼房。",
        "wish": "yes",
        "category": "dibao",
        "claim": CLAIM,
        "consent": "yes",
        "applicant_signature": Picture("signature.jpg"),
        "door": Picture("door.jpg"),
    }


def _member(member: family.Member) -> dict[str, object]:
    answers: dict[str, object] = {
        "person_id": member.person_id,
        "name": member.name,
        "id_number": member.id_number,
        "relation": member.relation,
        "counted": "yes",
        "authorised": "no" if member is family.DAUGHTER else "yes",
        "is_staff": "no",
        "is_kin": "no",
    }
    if member is family.WIFE:
        kin = member_of_staff(family.KIN_ON_STAFF)
        answers |= {
            "is_kin": "yes",
            "kin_relation": family.RELATION_TO_STAFF,
            "kin_staff": kin.name,
            "kin_staff_id": kin.staff_id,
        }
    return answers


async def _case(scene: Scene) -> intake.Case:
    answer = await scene.person(HANDLER).call(
        scene.stubs.intake.GetCase, intake.GetCaseRequest(case_id=scene.case_id)
    )
    found: intake.Case = answer.case
    return found
