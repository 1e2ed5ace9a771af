"""What follows the meeting and precedes it: the district's visit, the notice, the receipt, its approval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from services.approval import access
from services.approval.commands.decisions import DecideForDistrict
from services.approval.commands.docket import RecordDistrictVisit
from services.approval.commands.notices import ReceiptFiling, ServeNotice
from services.approval.commands.papers import IssuePaper
from services.approval.model import (
    MOVES,
    UNDECIDED,
    CaseId,
    Decision,
    DocketItem,
    Next,
    NoticeMethod,
    Outcome,
    Stage,
)
from services.approval.model.papers import PaperKind
from services.approval.queries.office import owes_filing, owes_notice
from services.approval.storage import decisions, docket
from services.approval.web import district_forms
from services.common.pages.acts import Act, Choice, Field, Kind
from services.common.pages.looking import looking, may
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.pages.words import day, money
from services.common.policy.areas import DISTRICT, unit
from services.common.policy.articles import DB_20, DB_21, R4_7, R4_8, R4_9, R4_10
from services.common.policy.household_terms import Category
from services.common.policy.law import Missing
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.common.runtime.tx import Tx


@dataclass(frozen=True, slots=True)
class Desk:
    """What a form is made from."""

    item: DocketItem
    decision: Decision | None
    tx: Tx


@dataclass(frozen=True, slots=True)
class Offer:
    """One act on a case: its action, when it fits, and its form."""

    title: str
    action: str
    fits: Callable[[DocketItem, Decision | None], bool]
    build: Callable[[Desk], Act]


def routes(office: Office) -> APIRouter:
    """GET shows a form, POST carries it out."""
    router = APIRouter(prefix="/approval/cases/{case_id}", route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    async def built(case_id: str, slug: str, actor: SignedIn) -> Act:
        if slug not in ACTS:
            raise Missing("这个办理事项")
        offer = ACTS[slug]
        async with looking(service, actor, offer.action, access.case_place, _Named(case_id)) as tx:
            item = await docket.load_item(tx, CaseId(case_id))
            return offer.build(Desk(item, await decisions.find_decision(tx, item.case_id), tx))

    @router.get("/{slug}")
    async def form(case_id: str, slug: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await built(case_id, slug, actor))

    @router.post("/{slug}")
    async def act(case_id: str, slug: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await built(case_id, slug, actor), actor)

    return router


async def buttons_for(item: DocketItem, decision: Decision | None, tx: Tx) -> list[tuple[str, str]]:
    """Slug and title of the acts that stage, decision and access allow."""
    place = Place(item.township, item.household_id, item.case_id)
    return [
        (slug, offer.title)
        for slug, offer in ACTS.items()
        if offer.fits(item, decision) and await may(tx, offer.action, place)
    ]


@dataclass(frozen=True, slots=True)
class _Named:
    case_id: str


def _visit(desk: Desk) -> Act:
    return _act(
        desk,
        "district-visit",
        RecordDistrictVisit,
        submit="登记区级入户",
        facts=(("之后", "登记后该案可以上会"), ("名义", DISTRICT.bureau)),
        fields=(Field(name="visited_on", label="入户日期", kind=Kind.DAY, start=desk.tx.today.isoformat()),),
        articles=(DB_20,),
    )


def _notice(desk: Desk) -> Act:
    decision, today = desk.decision, desk.tx.today
    due = decision.notice_due_on if decision else None
    refused = decision is not None and decision.refused_on is not None
    methods = [Choice(method.value, method.chinese) for method in NoticeMethod]
    return _act(
        desk,
        "notice",
        ServeNotice,
        submit="登记送达",
        facts=(
            ("文书", "不予确认告知书" if refused else "确认结果告知书"),
            ("期限", day(due, today) if due else "确认的没有告知期限"),
            ("之后", "申请人对决定不服，可以依法申请复议"),
            ("名义", unit(desk.item.township).body),
        ),
        fields=(
            Field(name="method", label="送达方式", kind=Kind.RADIO, choices=methods),
            Field(name="served_on", label="送达日期", kind=Kind.DAY, start=today.isoformat()),
        ),
        articles=(R4_7, DB_21),
        warning="登记后不能撤回。",
        confirm="告知书已实际送达申请人",
    )


def _filing(desk: Desk) -> Act:
    decision, today = desk.decision, desk.tx.today
    decided = f"{day(decision.decided_on, today)}确认，{decision.persons} 人，" if decision else ""
    amount = f"{money(decision.monthly_amount_fen)} 元/月" if decision else ""
    return _act(
        desk,
        "filing",
        ReceiptFiling,
        submit="出具备案回执",
        facts=(
            ("镇街", unit(desk.item.township).name),
            ("结果", decided + amount),
            ("之后", "生成回执号；备案不影响发放"),
            ("名义", DISTRICT.bureau),
        ),
        articles=(R4_8,),
        confirm="备案材料已收到并核对",
    )


def _district(desk: Desk) -> Act:
    outcomes = [Choice(Outcome.CONFIRM.value, "批准"), Choice(Outcome.REFUSE.value, "不予批准")]
    return _act(
        desk,
        "district-decision",
        DecideForDistrict,
        submit="作出审批决定",
        facts=(("镇街", unit(desk.item.township).name), ("名义", DISTRICT.bureau)),
        fields=(
            Field(name="outcome", label="决定", kind=Kind.RADIO, choices=outcomes),
            Field(name="reason", label="理由", kind=Kind.AREA, required=False, hint="不予批准必须写明"),
        ),
        articles=(R4_9,),
        warning="决定作出后不能修改。",
        confirm="以上与审批意见一致",
    )


def _act(
    desk: Desk,
    slug: str,
    command: type,
    *,
    submit: str,
    fixed_too: Mapping[str, str] | None = None,
    **rest: object,
) -> Act:
    item = desk.item
    return Act(
        slug=slug,
        title=ACTS[slug].title,
        command=command,
        back=f"/intake/cases/{item.case_id}",
        submit=submit,
        fixed={"case_id": item.case_id, **(fixed_too or {})},
        crumbs=(("审批会", "/approval/docket"),),
        names=[item.case_id],
        subject=(item.case_id, item.category.chinese),
        **rest,  # type: ignore[arg-type]
    )


def _paper(desk: Desk) -> Act:
    """The notice of the result; the name is asked for where the publicity did not tell it."""
    refused = desk.decision is not None and desk.decision.refused_on is not None
    kind = PaperKind.REFUSAL if refused else PaperKind.CONFIRMATION
    return _act(
        desk,
        "paper",
        IssuePaper,
        submit=f"制发{kind.chinese}",
        fixed_too={"kind": kind.value},
        facts=(("文书", kind.chinese), ("名义", unit(desk.item.township).body)),
        fields=(Field(name="addressee", label="申请人", start=desk.item.head_name),),
        articles=(R4_7,),
    )


def _form(desk: Desk) -> Act:
    goes_up = desk.decision is not None and desk.decision.next is Next.DISTRICT_APPROVAL
    kind = PaperKind.APPROVAL_FORM if goes_up else PaperKind.FILING_FORM
    return _act(
        desk,
        "form",
        IssuePaper,
        submit=f"制作{kind.chinese}",
        fixed_too={"kind": kind.value},
        facts=(("文书", kind.chinese), ("之后", "打印后由领导在对应位置签字，加盖公章")),
        articles=(R4_10,),
    )


ACTS: Mapping[str, Offer] = {
    "paper": Offer(
        "制发结果通知",
        "issue-paper",
        lambda _, d: d is not None and not d.awaits_district and d.notice_served_on is None,
        _paper,
    ),
    "form": Offer(
        "制作备案（认定）表",
        "issue-paper",
        lambda _, d: d is not None and d.next is not Next.NONE,
        _form,
    ),
    "district-visit": Offer(
        "登记区级入户",
        "record-district-visit",
        lambda item, _: item.stage in UNDECIDED and item.kin_declared and item.district_visited_on is None,
        _visit,
    ),
    "notice": Offer("送达告知书", "serve-notice", lambda _, d: d is not None and owes_notice(d), _notice),
    "filing": Offer(
        "备案回执",
        "receipt-filing",
        lambda item, d: Stage.FILED in MOVES[item.stage] and d is not None and owes_filing(d),
        _filing,
    ),
    "correction": Offer(
        district_forms.TITLES["correction"],
        "ask-correction",
        lambda item, _: Stage.SENT_BACK in MOVES[item.stage],
        lambda desk: district_forms.form("correction", desk.item, desk.decision, desk.tx),
    ),
    "resubmit": Offer(
        district_forms.TITLES["resubmit"],
        "submit-correction",
        lambda item, _: item.stage is Stage.SENT_BACK,
        lambda desk: district_forms.form("resubmit", desk.item, desk.decision, desk.tx),
    ),
    "spot-check": Offer(
        district_forms.TITLES["spot-check"],
        "record-spot-check",
        lambda item, d: (
            item.stage is Stage.WITH_DISTRICT
            and item.category is Category.DESTITUTE
            and d is not None
            and d.spot_checked_on is None
        ),
        lambda desk: district_forms.form("spot-check", desk.item, desk.decision, desk.tx),
    ),
    "district-decision": Offer(
        "区级审批",
        "decide-for-district",
        lambda item, _: Stage.APPROVED in MOVES[item.stage],
        _district,
    ),
}
