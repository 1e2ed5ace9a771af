"""The forms of the district's side: correction, its answer, and the spot check."""

from __future__ import annotations

from services.approval.commands.district import AskCorrection, RecordSpotCheck, SubmitCorrection
from services.approval.model import Decision, DocketItem
from services.common.pages.acts import Act, Field, Kind
from services.common.policy.articles import R4_8, R4_9, TK_16
from services.common.runtime.tx import Tx

TITLES = {"correction": "退回补正", "resubmit": "补正后重新报送", "spot-check": "登记入户抽查"}


def form(slug: str, item: DocketItem, decision: Decision | None, tx: Tx) -> Act:
    """One of the three."""
    reason = Field(name="reason", label="要补正什么", kind=Kind.AREA)
    answer = Field(name="answer", label="补正了什么", kind=Kind.AREA)
    seen = Field(name="visited_on", label="抽查日期", kind=Kind.DAY, start=tx.today.isoformat())
    command, field, articles, told = {
        "correction": (AskCorrection, reason, (R4_8, R4_9), ("之后", "退回镇街补正，不影响发放")),
        "resubmit": (
            SubmitCorrection,
            answer,
            (R4_8, R4_9),
            ("区民政局要求", decision.correction if decision else ""),
        ),
        "spot-check": (RecordSpotCheck, seen, (TK_16,), ("比例", "全年不少于 30%")),
    }[slug]
    return Act(
        slug=slug,
        title=TITLES[slug],
        command=command,
        back=f"/intake/cases/{item.case_id}",
        submit=TITLES[slug],
        fixed={"case_id": item.case_id},
        fields=(field,),
        facts=(told,),
        articles=articles,
        crumbs=(("审批会", "/approval/docket"),),
        names=[item.case_id],
        subject=(item.case_id, item.category.chinese),
    )
