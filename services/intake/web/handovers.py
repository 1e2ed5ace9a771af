"""Handing a post over and taking one over: two signatures under one list, which prints as a sheet."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from services.common.pages.acts import Act, Field, Kind
from services.common.pages.looking import looking
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.policy.roles import Post
from services.common.runtime.http import SignedIn
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx
from services.intake.access import at_own_post
from services.intake.commands.handovers import HandOverPost, TakeOverPost
from services.intake.queries import handovers as queries
from services.intake.web.posts import CRUMBS, PAGE, chosen_post, fixed_post, people, posts_field


def routes(office: Office) -> APIRouter:
    """The sheet, and the two signatures."""
    router = APIRouter(prefix=PAGE, route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    async def giving(request: Request, actor: SignedIn) -> Act:
        async with looking(service, actor, "hand-over-post", at_own_post) as tx:
            return await _hand_over(tx, await chosen_post(request, tx))

    async def taking(handover_id: str, actor: SignedIn) -> Act:
        async with looking(service, actor, "take-over-post", at_own_post) as tx:
            return _take(await queries.sheet_of(handover_id, tx))

    @router.get("/hand-over")
    async def hand_over_form(request: Request, actor: SignedIn) -> Response:
        return office.form(request, await giving(request, actor))

    @router.post("/hand-over")
    async def hand_over(request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await giving(request, actor), actor)

    @router.get("/handovers/{handover_id}")
    async def sheet(handover_id: str, request: Request, actor: SignedIn, done: str = "") -> Response:
        async with service.reading(actor) as tx:
            found = await queries.sheet_of(handover_id, tx)
            return office.page(request, "handover.html", found=found, given=found.given, today=tx.today)

    @router.get("/handovers/{handover_id}/take")
    async def take_form(handover_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await taking(handover_id, actor))

    @router.post("/handovers/{handover_id}/take")
    async def take(handover_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await taking(handover_id, actor), actor)

    return router


async def _hand_over(tx: Tx, chosen: Post | None) -> Act:
    return Act(
        slug="hand-over",
        title="移交岗位",
        command=HandOverPost,
        back=PAGE,
        submit="签字移交",
        fixed={"handover_id": new_id(), **fixed_post(chosen)},
        crumbs=CRUMBS,
        fields=(
            await posts_field(tx),
            Field(name="taker_id", label="接任人", kind=Kind.SELECT, choices=await people(tx)),
            Field(
                name="cabinets",
                label="移交的档案柜、钥匙和纸质材料",
                kind=Kind.LINES,
                hint="每行一项，如：2号档案柜（2025年低保卷宗）钥匙1把。没有就写“无”。",
            ),
        ),
        warning="在办案件、未完成任务和待送达文书自动列入交接单。接任人签字接收后，您立即不再在该岗位。",
        confirm="我已把该岗位的材料和在办事项向接任人交代清楚。",
    )


def _take(found: queries.HandoverSheet) -> Act:
    given = found.given
    return Act(
        slug="take-over",
        title="接收岗位",
        command=TakeOverPost,
        back=PAGE,
        submit="签字接收",
        fixed={"handover_id": given.handover.handover_id},
        crumbs=(*CRUMBS, ("交接单", f"{PAGE}/handovers/{given.handover.handover_id}")),
        facts=(
            ("岗位", given.post),
            ("移交人", given.giver),
            ("接任人", given.taker),
            ("交接单", found.summary),
        ),
        warning="您须回避的家庭的案件不会转到您名下，由民政办其他人员办理。",
        confirm="我已看过交接单，移交人已向我交代清楚，我接收该岗位和在办事项。",
    )
