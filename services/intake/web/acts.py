"""The forms of intake: accept, decline, ask for what is missing, verify, survey, form the opinion, extend."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from services.common.pages.acts import Act, Choice, Field, Kind
from services.common.pages.looking import looking, may
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.pages.words import day
from services.common.policy.areas import unit
from services.common.policy.articles import DB_10, DB_16, DB_17, DB_19, R7_3, R7_4
from services.common.policy.clocks import ExtensionGround, decision_clock, step_due, verification_start_due
from services.common.policy.household_terms import Category
from services.common.policy.law import Missing
from services.common.policy.roles import Role
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
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
from services.intake.model.case import MOVES, Case, Cause, DeclineGround, Stage
from services.intake.model.clock import Clock
from services.intake.queries.accounts import name_of
from services.intake.queries.cases import may_see_names
from services.intake.queries.worklist import Progress, staff_around
from services.intake.storage import cases as storage

CAUSES = {
    Cause.ILLNESS: "因病",
    Cause.DISABILITY: "因残",
    Cause.SCHOOLING: "因学",
    Cause.DISASTER: "因灾",
    Cause.NO_LABOUR: "缺劳力",
    Cause.OTHER: "其他",
}
DONE = {
    "accept": "已受理，办理时限从今天起算。",
    "decline": "已作出不予受理决定，请书面告知申请人。",
    "supplement": "已登记一次性告知，请把告知书交给申请人。",
    "verify": "已提请经济状况核对。",
    "survey": "已安排入户调查，调查人员的平板会收到任务。",
    "opinion": "已提出初审意见。",
    "extend": "已延长办理时限。",
}


@dataclass(frozen=True, slots=True)
class Button:
    """An act that the reader may do now; one a page is the first."""

    slug: str
    title: str
    is_first: bool


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


Build = Callable[[Desk], Awaitable[Act]]


def routes(office: Office) -> APIRouter:
    """GET shows a form, POST carries it out."""
    router = APIRouter(prefix="/intake/cases/{case_id}", route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    async def built(case_id: str, slug: str, actor: SignedIn) -> Act:
        if slug not in ACTS:
            raise Missing("这个办理事项")
        offer = ACTS[slug]
        async with looking(service, actor, offer.action, access.at_case, _Named(case_id)) as tx:
            case = await storage.load_case(tx, case_id)
            members = await storage.members_of(tx, case_id)
            head = members[0].name if members and may_see_names(actor) else "—"
            return await offer.build(Desk(case, head, await name_of(tx, actor.id), tx))

    @router.get("/{slug}")
    async def form(case_id: str, slug: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await built(case_id, slug, actor))

    @router.post("/{slug}")
    async def act(case_id: str, slug: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await built(case_id, slug, actor), actor)

    return router


def done_text(slug: str) -> str:
    """What the page says after an act; an unknown word says nothing."""
    return DONE.get(slug, "")


async def buttons_for(
    case: Case, progress: Progress, clock: Clock | None, place: Place, tx: Tx
) -> list[Button]:
    """The acts that stage, progress and access allow, the one that moves the case on first."""
    offered = [
        Button(slug, offer.title, offer.moves)
        for slug, offer in ACTS.items()
        if offer.fits(case, progress, clock) and await may(tx, offer.action, place)
    ]
    first = next((button.slug for button in offered if button.is_first), "")
    return [Button(one.slug, one.title, one.slug == first) for one in offered]


@dataclass(frozen=True, slots=True)
class _Named:
    case_id: str


async def _accept(desk: Desk) -> Act:
    tx = desk.tx
    dues = decision_clock(tx.today, None, tx.calendar, tx.policy).value
    after = f"今天起算：目标 {day(dues.target, tx.today)}，法定期限 {day(dues.hard, tx.today)}"
    return _act(
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


async def _decline(desk: Desk) -> Act:
    grounds = [Choice(ground.value, ground.chinese) for ground in DeclineGround]
    return _act(
        desk,
        "decline",
        DeclineApplication,
        facts=(desk.subject, ("之后", "出具不予受理告知书，申请人可以再次申请"), desk.in_name),
        fields=(Field(name="ground", label="不予受理的理由", kind=Kind.RADIO, choices=grounds),),
        articles=(R7_3,),
        confirm="理由属实，决定不予受理",
        submit="决定不予受理",
    )


async def _supplement(desk: Desk) -> Act:
    tx = desk.tx
    due = step_due("clock.supplement_working_days", tx.today, tx.calendar, tx.policy, "告知").value
    hint = "每行写一件，一次写全；以后不能再要求补正"
    return _act(
        desk,
        "supplement",
        RequestSupplement,
        facts=(desk.subject, ("之后", f"申请人应在 {day(due.day, tx.today)} 前补齐"), desk.in_name),
        fields=(Field(name="missing", label="缺少的材料", kind=Kind.LINES, hint=hint),),
        articles=(DB_10,),
        submit="登记一次性告知",
    )


async def _verify(desk: Desk) -> Act:
    tx = desk.tx
    due = verification_start_due(tx.today, tx.calendar, tx.policy).value
    return _act(
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


async def _survey(desk: Desk) -> Act:
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
    return _act(
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


async def _opinion(desk: Desk) -> Act:
    causes = [Choice(cause.value, text) for cause, text in CAUSES.items()]
    return _act(
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


async def _extend(desk: Desk) -> Act:
    case, tx = desk.case, desk.tx
    start = case.accepted_on or tx.today
    longer = decision_clock(start, ExtensionGround.OBJECTION, tx.calendar, tx.policy).value
    grounds = [Choice(ground.value, ground.chinese) for ground in ExtensionGround]
    return _act(
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


def _act(desk: Desk, slug: str, command: type, *, submit: str, **rest: object) -> Act:
    return Act(
        slug=slug,
        title=ACTS[slug].title,
        command=command,
        back=desk.back,
        submit=submit,
        fixed={"case_id": desk.case.case_id},
        crumbs=(("案件", "/intake/cases"), (desk.head, desk.back)),
        **rest,  # type: ignore[arg-type]
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """One act: its action in the access table, when it fits, and its form."""

    title: str
    action: str
    fits: Callable[[Case, Progress, Clock | None], bool]
    build: Build
    moves: bool = True


def _accepted(case: Case) -> bool:
    return case.stage is Stage.ACCEPTED and Stage.OPINION_FORMED in MOVES[case.stage]


ACTS: Mapping[str, Offer] = {
    "accept": Offer(
        "受理申请", "accept-application", lambda c, p, k: Stage.ACCEPTED in MOVES[c.stage], _accept
    ),
    "supplement": Offer(
        "一次性告知补正",
        "request-supplement",
        lambda c, p, k: c.stage is Stage.RECEIVED and c.supplement is None,
        _supplement,
        moves=False,
    ),
    "decline": Offer(
        "不予受理",
        "decline-application",
        lambda c, p, k: Stage.DECLINED in MOVES[c.stage],
        _decline,
        moves=False,
    ),
    "verify": Offer(
        "提请核对", "request-verification", lambda c, p, k: _accepted(c) and p.asked_on is None, _verify
    ),
    "survey": Offer(
        "安排入户调查", "order-survey", lambda c, p, k: _accepted(c) and p.surveyed_on is None, _survey
    ),
    "opinion": Offer(
        "提出初审意见",
        "form-opinion",
        lambda c, p, k: _accepted(c) and bool(p.surveyed_on and p.report_no),
        _opinion,
    ),
    "extend": Offer(
        "延长办理时限",
        "extend-clock",
        lambda c, p, k: k is not None and k.is_running and not k.ground,
        _extend,
        moves=False,
    ),
}
