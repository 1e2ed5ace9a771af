"""Finding people from any page. What is typed is posted: a name or ID number never stands in an address."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from services.common.pages.looking import areas_held, looking
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.policy.areas import DISTRICT
from services.common.policy.law import Forbidden, Invalid
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.intake.access import ACCESS
from services.intake.queries.search import ACTION, MOST_FOUND, Found, find_people
from services.intake.queries.worklist import area_names


def routes(office: Office) -> APIRouter:
    """The empty page and the answer."""
    router = APIRouter(prefix="/intake", route_class=OfficeRoute, include_in_schema=False)

    @router.get("/search")
    async def asked(request: Request, actor: SignedIn) -> Response:
        return office.page(request, "search.html", q="", found=None, error="")

    @router.post("/search")
    async def answered(request: Request, actor: SignedIn, q: Annotated[str, Form()] = "") -> Response:
        held = areas_held(actor, ACCESS[ACTION])
        if not held:
            raise Forbidden("您的岗位不查找人员")
        async with looking(office.service, actor, ACTION, Place(held[0], subject=held[0])) as tx:
            names = await area_names(tx, DISTRICT.code)
            try:
                found = await find_people(q, held, tx)
            except Invalid as error:
                return office.page(
                    request, "search.html", 422, q=q.strip(), found=Found(()), error=error.message
                )
            return office.page(
                request,
                "search.html",
                q=q.strip(),
                found=found,
                error="",
                most=MOST_FOUND,
                villages=names,
                today=tx.today,
            )

    return router
