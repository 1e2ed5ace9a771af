"""The forms of intake: what each says, to whom it applies, what follows, and its fields."""

from __future__ import annotations

from dataclasses import dataclass

from services.common.pages.acts import Act, Choice, Field, Kind
from services.common.pages.words import day
from services.common.policy.areas import unit
from services.common.policy.articles import DB_10, DB_16, DB_17, DB_19, R7_3, R7_4
from services.common.policy.clocks import ExtensionGround, decision_clock, step_due, verification_start_due
from services.common.policy.household_terms import Category
from services.common.policy.roles import Role
from services.common.runtime.tx import Tx
from services.intake import access
from services.intake.commands.acceptance import (
    AcceptApplication,
    DeclineApplication,
    ExtendClock,
    RequestSupplement,
)
from services.intake.commands.opinion import FormOpinion
from services.intake.commands.survey import OrderSurvey
from services.intake.commands.verification import RequestVerification
from services.intake.model.case import Case, Cause, DeclineGround
from services.intake.queries.worklist import staff_around

CAUSES = {
    Cause.ILLNESS: "因病",
    Cause.DISABILITY: "因残",
    Cause.SCHOOLING: "因学",
    Cause.DISASTER: "因灾",
    Cause.NO_LABOUR: "缺劳力",
    Cause.OTHER: "其他",
}
TITLES = {
    "accept": "受理申请",
    "supplement": "一次性告知补正",
    "decline": "不予受理",
    "verify": "提请核对",
    "survey": "安排入户调查",
    "opinion": "提出初审意见",
    "extend": "延长办理时限",
    "dispute": "申请人对核对有异议",
    "appraisal": "登记民主评议",
    "neighbours": "登记邻里访问",
    "recusal": "申请回避",
    "reexamine": "重新审核",
    "conclude": "作出重新审核结论",
    "kin-form": "填写备案表",
    "tell-report": "告知核对情况",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What a form is made from: the case, its head's name, and who fills it in."""

    case: Case
    head: str
    actor: str
    tx: Tx

    @property
    def back(self) -> str:
        return f"/intake/cases/{self.case.case_id}"

    @property
    def subject(self) -> tuple[str, str]:
        return ("对象", f"{self.head} · {Category(self.case.category).chinese}")

    @property
    def in_name(self) -> tuple[str, str]:
        return ("名义", f"{unit(self.case.township).body} 经办人 {self.actor}")


async def accept(desk: Desk) -> Act:
    tx = desk.tx
    dues = decision_clock(tx.today, None, tx.calendar, tx.policy).value
    after = f"今天起算：目标 {day(dues.target, tx.today)}，法定期限 {day(dues.hard, tx.today)}"
    return act_of(
        desk,
        "accept",
        AcceptApplication,
        facts=(
            desk.subject,
            ("收件", f"{day(desk.case.received_on, tx.today)} 村（居）"),
            ("之后", after),
            desk.in_name,
        ),
        articles=(R7_3, R7_4),
        warning="受理后开始计算办理时限，不能撤回。",
        confirm="材料已核对齐全，同意受理",
        submit="受理申请",
    )


async def decline(desk: Desk) -> Act:
    grounds = [Choice(ground.value, ground.chinese) for ground in DeclineGround]
    return act_of(
        desk,
        "decline",
        DeclineApplication,
        facts=(desk.subject, ("之后", "出具不予受理告知书，申请人可以再次申请"), desk.in_name),
        fields=(Field(name="ground", label="不予受理的理由", kind=Kind.RADIO, choices=grounds),),
        articles=(R7_3,),
        confirm="理由属实，决定不予受理",
        submit="决定不予受理",
    )


async def supplement(desk: Desk) -> Act:
    tx = desk.tx
    due = step_due("clock.supplement_working_days", tx.today, tx.calendar, tx.policy, "告知").value
    hint = "每行写一件，一次写全；以后不能再要求补正"
    return act_of(
        desk,
        "supplement",
        RequestSupplement,
        facts=(desk.subject, ("之后", f"申请人应在 {day(due.day, tx.today)} 前补齐"), desk.in_name),
        fields=(Field(name="missing", label="缺少的材料", kind=Kind.LINES, hint=hint),),
        articles=(DB_10,),
        submit="登记一次性告知",
    )


async def verify(desk: Desk) -> Act:
    tx = desk.tx
    due = verification_start_due(tx.today, tx.calendar, tx.policy).value
    return act_of(
        desk,
        "verify",
        RequestVerification,
        facts=(
            desk.subject,
            ("范围", "已签署核对授权的共同生活家庭成员"),
            ("之后", f"应在 {day(due.day, tx.today)} 前启动核对"),
            desk.in_name,
        ),
        articles=(DB_17,),
        confirm="全部成员的核对授权书已签署",
        submit="提请核对",
    )


async def survey(desk: Desk) -> Act:
    case, tx = desk.case, desk.tx
    kin = await access.recused(tx, case.household_id)
    choices = [
        Choice(
            one.staff_id,
            one.name,
            hint="、".join(
                f"{'镇' if post.of_township else '村'} · {Role(post.role).chinese}" for post in one.posts
            ),
            why_not="须回避 R3.10" if one.staff_id in kin else "",
        )
        for one in await staff_around(tx, case.village, tx.today)
        if any(post.role in access.ACCESS["file-survey"].roles for post in one.posts)
    ]
    return act_of(
        desk,
        "survey",
        OrderSurvey,
        facts=(desk.subject, desk.in_name),
        fields=(
            Field(
                name="surveyor_ids",
                label="调查人员",
                kind=Kind.CHECKS,
                choices=choices,
                start=(),
                hint="不少于两人，其中至少一名镇（街、中心）工作人员",
            ),
        ),
        articles=(DB_16,),
        submit="安排入户调查",
    )


async def opinion(desk: Desk) -> Act:
    causes = [Choice(cause.value, text) for cause, text in CAUSES.items()]
    return act_of(
        desk,
        "opinion",
        FormOpinion,
        facts=(
            desk.subject,
            ("怎么算", "按入户调查和核对报告自动测算，每一步写明依据"),
            ("之后", "符合条件的，在村（居）公示初审意见"),
            desk.in_name,
        ),
        fields=(
            Field(
                name="cause",
                label="致贫原因",
                kind=Kind.RADIO,
                choices=causes,
                hint="公示栏只显示这一项，不写病种等细节",
            ),
        ),
        articles=(DB_19,),
        confirm="调查材料和核对报告已核对，同意据此提出初审意见",
        submit="提出初审意见",
    )


async def extend(desk: Desk) -> Act:
    case, tx = desk.case, desk.tx
    start = case.accepted_on or tx.today
    longer = decision_clock(start, ExtensionGround.OBJECTION, tx.calendar, tx.policy).value
    grounds = [Choice(ground.value, ground.chinese) for ground in ExtensionGround]
    return act_of(
        desk,
        "extend",
        ExtendClock,
        facts=(
            desk.subject,
            ("之后", f"法定期限改为 {day(longer.hard, tx.today)}，只能延长一次"),
            desk.in_name,
        ),
        fields=(Field(name="ground", label="延长的理由", kind=Kind.RADIO, choices=grounds),),
        articles=(R7_4,),
        confirm="情况属实，同意延长",
        submit="延长办理时限",
    )


def act_of(
    desk: Desk, slug: str, command: type, *, submit: str, more: dict[str, str] | None = None, **rest: object
) -> Act:
    """A form about the case on the desk; `more` is fixed beside the case's id."""
    return Act(
        slug=slug,
        title=TITLES[slug],
        command=command,
        back=desk.back,
        submit=submit,
        fixed={"case_id": desk.case.case_id, **(more or {})},
        crumbs=(("案件", "/intake/cases"), (desk.head, desk.back)),
        **rest,  # type: ignore[arg-type]
    )
