"""Suspected abuse handed on: a list and two forms that only named roles may open (R3.13)."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from services.common.pages.acts import Act, Choice, Field, Kind
from services.common.pages.looking import areas_held, looking
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.pages.words import day
from services.common.policy.articles import R3_13
from services.common.policy.law import Forbidden
from services.common.runtime import audit
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx
from services.intake import access
from services.intake.commands.referrals import AnswerReferral, ReferAbuse
from services.intake.model.referral import ReferralKind
from services.intake.queries.kin import referral_lines
from services.intake.queries.registry import staff_in
from services.intake.storage import kin_register

PAGE = "/intake/referrals"
DONE = {"refer": "已登记移送。", "answer": "已登记回执或处理结果。"}


@dataclass(frozen=True, slots=True)
class _Named:
    referral_id: str


def routes(office: Office) -> APIRouter:
    """The list and its two acts."""
    router = APIRouter(prefix=PAGE, route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    def own(actor: SignedIn) -> list[str]:
        held = areas_held(actor, access.ACCESS["read-referrals"])
        if not held:
            raise Forbidden("您的岗位不查看问题线索移送")
        return held

    @router.get("")
    async def listed(request: Request, actor: SignedIn, done: str = "") -> Response:
        held = own(actor)
        async with looking(service, actor, "read-referrals", Place(held[0], subject=held[0])) as tx:
            await audit.look(tx, "read-referrals", (held[0], held[0]))
            lines = await referral_lines(tx, held)
            return office.page(
                request, "referrals.html", lines=lines, today=tx.today, done=DONE.get(done, "")
            )

    async def referring(actor: SignedIn) -> Act:
        area = own(actor)[0]
        async with looking(service, actor, "refer-abuse", Place(area, subject=area)) as tx:
            return await _refer(area, tx)

    async def answering(referral_id: str, actor: SignedIn) -> Act:
        named = _Named(referral_id)
        async with looking(service, actor, "answer-referral", access.at_referral, named) as tx:
            return await _answer(referral_id, tx)

    @router.get("/new")
    async def refer_form(request: Request, actor: SignedIn) -> Response:
        return office.form(request, await referring(actor))

    @router.post("/new")
    async def refer(request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await referring(actor), actor)

    @router.get("/{referral_id}/answer")
    async def answer_form(referral_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await answering(referral_id, actor))

    @router.post("/{referral_id}/answer")
    async def answer(referral_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await answering(referral_id, actor), actor)

    return router


async def _refer(area: str, tx: Tx) -> Act:
    people = [
        Choice(one.staff_id, f"{one.name}（{one.posts}）")
        for one in await staff_in(tx, area, tx.today)
        if one.staff_id != tx.actor.id
    ]
    return Act(
        slug="refer",
        title="移送问题线索",
        command=ReferAbuse,
        back=PAGE,
        submit="登记移送",
        fixed={"referral_id": new_id(), "area": area},
        crumbs=(("问题线索移送", PAGE),),
        fields=(
            Field(
                name="kind",
                label="移送类别",
                kind=Kind.RADIO,
                choices=[Choice(one.value, one.chinese) for one in ReferralKind],
            ),
            Field(name="staff_id", label="涉及人员", kind=Kind.SELECT, choices=people),
            Field(name="case_id", label="涉及案件编号", required=False),
            Field(name="facts", label="事实", kind=Kind.AREA, hint="徇私舞弊、优亲厚友等具体情形"),
            Field(name="authority", label="接收机关", hint="例如：潞州区纪委监委"),
        ),
        articles=(R3_13,),
        warning="只有主要领导和区民政局负责人能看到移送记录；涉及人员本人看不到。",
        confirm="材料已随附，同意移送",
    )


async def _answer(referral_id: str, tx: Tx) -> Act:
    known = await kin_register.load_referral(tx, referral_id)
    return Act(
        slug="answer",
        title="登记回执和结果",
        command=AnswerReferral,
        back=PAGE,
        submit="登记",
        fixed={"referral_id": referral_id},
        crumbs=(("问题线索移送", PAGE),),
        facts=(("接收机关", known.authority), ("移送", day(known.referred_on, tx.today))),
        fields=(
            Field(name="receipt_no", label="回执编号", start=known.receipt_no),
            Field(
                name="received_on",
                label="回执日期",
                kind=Kind.DAY,
                start=(known.received_on or tx.today).isoformat(),
            ),
            Field(name="outcome", label="处理结果", kind=Kind.AREA, required=False, hint="尚无结果的先不填"),
        ),
        articles=(R3_13,),
    )
