"""Forms of the investigation and of kin: disputes, appraisals, neighbours, recusal, examining anew."""

from __future__ import annotations

from services.common.pages.acts import Act, Choice, Field, Kind
from services.common.pages.words import day
from services.common.policy.articles import DB_16, DB_18, DB_19, R3_2, R3_10, R3_11
from services.common.policy.roles import Role
from services.common.runtime.ids import new_id
from services.intake import access
from services.intake.commands.appraisals import RecordNeighbourVisit
from services.intake.commands.papers import IssuePaper
from services.intake.commands.recusal_requests import AskRecusal
from services.intake.commands.reexaminations import ConcludeReexamination, OpenReexamination
from services.intake.commands.verification import DisputeVerification
from services.intake.model.papers import PaperKind
from services.intake.model.reexamination import ReexaminationGround
from services.intake.queries.worklist import staff_around
from services.intake.web.appraisal_form import AppraisalSheet
from services.intake.web.forms import Desk, act_of

YES, NO = "true", "false"


async def dispute(desk: Desk) -> Act:
    return act_of(
        desk,
        "dispute",
        DisputeVerification,
        more={"dispute_id": new_id()},
        facts=(desk.subject, ("之后", "重新提请核对，新的报告返回前不能提出初审意见"), desk.in_name),
        fields=(
            Field(name="statement", label="申请人的说明", kind=Kind.AREA, hint="哪一项不对，实际情况是什么"),
            Field(
                name="evidence",
                label="提供的证明材料",
                kind=Kind.LINES,
                hint="每行一件，例如：解除劳动合同证明",
            ),
        ),
        articles=(DB_18,),
        submit="登记异议并复核",
    )


async def neighbours(desk: Desk) -> Act:
    case, tx = desk.case, desk.tx
    kin = await access.recused(tx, case.household_id)
    choices = [
        Choice(
            one.staff_id,
            one.name,
            hint="、".join(Role(post.role).chinese for post in one.posts),
            why_not="须回避 R3.10" if one.staff_id in kin else "",
        )
        for one in await staff_around(tx, case.village, tx.today)
        if any(post.role in access.ACCESS["file-survey"].roles for post in one.posts)
    ]
    return act_of(
        desk,
        "neighbours",
        RecordNeighbourVisit,
        more={"visit_id": new_id()},
        facts=(desk.subject, desk.in_name),
        fields=(
            Field(
                name="visitor_ids",
                label="走访人员",
                kind=Kind.CHECKS,
                choices=choices,
                start=(),
                hint="不少于两人",
            ),
            Field(name="visited_on", label="走访日期", kind=Kind.DAY, start=tx.today.isoformat()),
            Field(name="neighbour", label="受访人", required=False, hint="不愿具名的可不填"),
            Field(name="knows_by", label="与申请家庭的关系", hint="例如：同组村民、对门邻居"),
            Field(name="account", label="反映的情况", kind=Kind.AREA),
            Field(
                name="supports",
                label="与申报情况",
                kind=Kind.RADIO,
                choices=(Choice(YES, "相符"), Choice(NO, "有出入")),
            ),
        ),
        articles=(DB_16,),
        submit="登记邻里访问",
    )


async def appraisal(desk: Desk) -> Act:
    tx = desk.tx
    return act_of(
        desk,
        "appraisal",
        AppraisalSheet,
        more={"appraisal_id": new_id()},
        facts=(desk.subject, ("步骤", "宣讲政策、介绍情况、现场评议、形成结论、签字确认"), desk.in_name),
        fields=(
            Field(name="held_on", label="评议日期", kind=Kind.DAY, start=tx.today.isoformat()),
            Field(name="place", label="地点"),
            Field(name="chair", label="主持人"),
            Field(
                name="delegates",
                label="参加的村（居）民代表",
                kind=Kind.LINES,
                hint="每行一人；不少于参加人数的三分之二",
            ),
            Field(name="others", label="其他参加人员", kind=Kind.LINES, required=False, hint="每行一人"),
            Field(name="votes_for", label="同意票"),
            Field(name="votes_against", label="不同意票"),
            Field(name="abstained", label="弃权票"),
            Field(name="minutes", label="评议记录", kind=Kind.AREA),
        ),
        articles=(DB_19, R3_10),
        warning="与该家庭有近亲属关系的人员不得参加评议。",
        confirm="以上内容与签字的评议记录一致",
        submit="登记民主评议",
    )


async def recusal(desk: Desk) -> Act:
    return act_of(
        desk,
        "recusal",
        AskRecusal,
        more={"request_id": new_id()},
        facts=(desk.subject, ("之后", "您立即退出该户的全部环节，由负责人指定接替人员"), desk.in_name),
        fields=(Field(name="reason", label="与该家庭的关系或理由", kind=Kind.AREA),),
        articles=(R3_10,),
        confirm="我申请回避该户的调查、评议、审核、审批和复核",
        submit="申请回避",
    )


async def reexamine(desk: Desk) -> Act:
    grounds = [
        Choice(one.value, one.chinese)
        for one in (ReexaminationGround.REPORT, ReexaminationGround.UNDECLARED_KIN)
    ]
    return act_of(
        desk,
        "reexamine",
        OpenReexamination,
        facts=(desk.subject, ("之后", "重新入户调查和核对，再作出结论；原来的记录保留"), desk.in_name),
        fields=(
            Field(name="ground", label="理由", kind=Kind.RADIO, choices=grounds),
            Field(name="source_id", label="举报或来访的登记号", required=False),
        ),
        articles=(R3_11, DB_19),
        confirm="情况已查实，需要重新审核",
        submit="重新审核",
    )


async def conclude(desk: Desk) -> Act:
    return act_of(
        desk,
        "conclude",
        ConcludeReexamination,
        facts=(
            desk.subject,
            ("怎么算", "按重新审核期间的入户调查和核对报告测算"),
            ("之后", "需要调整或停发的，提交审核确认会决定"),
            desk.in_name,
        ),
        articles=(R3_11,),
        confirm="材料已核对，同意据此作出结论",
        submit="作出重新审核结论",
    )


async def kin_form(desk: Desk) -> Act:
    return act_of(
        desk,
        "kin-form",
        IssuePaper,
        more={"kind": PaperKind.KIN_FORM.value},
        facts=(
            desk.subject,
            ("文书", PaperKind.KIN_FORM.chinese),
            ("之后", "打印盖章后报区民政局备案"),
            desk.in_name,
        ),
        articles=(R3_2,),
        submit="填写备案表",
    )


async def tell_report(desk: Desk) -> Act:
    tx = desk.tx
    return act_of(
        desk,
        "tell-report",
        IssuePaper,
        more={"kind": PaperKind.VERIFICATION.value},
        facts=(
            desk.subject,
            ("文书", PaperKind.VERIFICATION.chinese),
            ("之后", f"{day(tx.today, tx.today)}告知申请人，申请人可以提出异议和证明材料"),
            desk.in_name,
        ),
        articles=(DB_18,),
        submit="告知核对情况",
    )
