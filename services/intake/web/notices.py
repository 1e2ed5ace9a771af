"""News on a page and as a number in the head of every page."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from services.common.pages.looking import areas_held, looking
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.policy.law import Forbidden
from services.common.runtime.actor import Actor
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.intake.access import ACCESS
from services.intake.commands.notices import MarkNoticesSeen
from services.intake.queries.notices import ACTION, MOST, count_new, news_for


def routes(office: Office) -> APIRouter:
    """The list, the mark that it was read, and the number."""
    router = APIRouter(prefix="/intake", route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    @router.get("/notices")
    async def listed(request: Request, actor: SignedIn) -> Response:
        async with looking(service, actor, ACTION, _seat(actor)) as tx:
            news = await news_for(actor, tx)
            return office.page(request, "notices.html", news=news, most=MOST, today=tx.today)

    @router.post("/notices")
    async def seen(actor: SignedIn, up_to: Annotated[int, Form(ge=0)] = 0) -> Response:
        await service.perform(MarkNoticesSeen(up_to=up_to), actor)
        return RedirectResponse("/intake/notices", 303)

    @router.get("/fragments/notices")
    async def number(request: Request, actor: SignedIn) -> Response:
        async with looking(service, actor, ACTION, _seat(actor)) as tx:
            return office.page(request, "part_notices.html", new=await count_new(actor, tx))

    return router


def _seat(actor: Actor) -> Place:
    held = areas_held(actor, ACCESS[ACTION])
    if not held:
        raise Forbidden("您的岗位没有案件通知")
    return Place(held[0], subject=actor.id)
