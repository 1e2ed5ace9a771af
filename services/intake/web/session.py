"""Signing in to the office and tablets, until the district's identity provider is set up."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from services.common.pages.office import Office
from services.common.pages.session import (
    OfficeRoute,
    OfficeSession,
    begin,
    end,
    office_session,
    own_path,
    renew,
)
from services.common.runtime.actor import PUBLIC, Actor
from services.common.runtime.auth import Keys, NotSignedIn
from services.common.runtime.http import SignedIn
from services.common.runtime.service import Service
from services.intake.queries.accounts import find_account, name_of
from services.intake.queries.sign_in import identify


class SignIn(BaseModel):
    """An account of the registry and its password."""

    account: str
    password: str


class PostShown(BaseModel):
    role: str
    area: str


class Session(BaseModel):
    """A token of five minutes and whom it speaks for."""

    token: str
    staff_id: str
    name: str
    posts: list[PostShown]


class WhoAmI(BaseModel):
    staff_id: str
    name: str
    posts: list[PostShown]


def routes(service: Service) -> APIRouter:
    """The session of a tablet or a program."""
    router = APIRouter(prefix="/intake", tags=["intake"])

    @router.post("/session")
    async def sign_in(body: SignIn, request: Request) -> Session:
        actor, name = await identify(service, body.account, body.password)
        keys: Keys = request.app.state.keys
        return Session(token=keys.issue(actor), staff_id=actor.id, name=name, posts=_shown(actor))

    @router.get("/whoami")
    async def whoami(actor: SignedIn) -> WhoAmI:
        async with service.reading(actor) as tx:
            return WhoAmI(staff_id=actor.id, name=await name_of(tx, actor.id), posts=_shown(actor))

    return router


def office_routes(office: Office) -> APIRouter:
    """The session of a browser."""
    router = APIRouter(route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    @router.get("/")
    async def door(request: Request) -> Response:
        return RedirectResponse("/intake/today" if office_session(request) else "/intake/sign-in", 303)

    @router.get("/intake/sign-in")
    async def form(request: Request, next: str = "") -> Response:  # noqa: A002 (a word of the address)
        return office.page(request, "sign_in.html", next=own_path(next), account="", error="")

    @router.post("/intake/sign-in")
    async def sign_in(
        request: Request,
        account: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = "",  # noqa: A002
    ) -> Response:
        try:
            actor, name = await identify(service, account.strip(), password)
        except NotSignedIn as error:
            return office.page(
                request, "sign_in.html", 401, next=own_path(next), account=account, error=error.message
            )
        answer = RedirectResponse(own_path(next), 303)
        session = OfficeSession(account.strip(), actor.id, name, actor.posts)
        begin(answer, request.app.state.keys, session, secure=_is_secure(request, service))
        return answer

    @router.api_route("/intake/renew", methods=["GET", "POST"])
    async def renewed(request: Request, next: str = "") -> Response:  # noqa: A002
        """The next token, if the session lasts and its person still holds a post."""
        session = office_session(request)
        async with service.reading(PUBLIC) as tx:
            found = await find_account(tx, session.account) if session else None
        if session is None or found is None or found[0].id != session.staff_id:
            answer = RedirectResponse("/intake/sign-in", 303)
            end(answer)
            return answer
        answer = RedirectResponse(own_path(next), 307)
        renew(answer, request.app.state.keys, found[0], secure=_is_secure(request, service))
        return answer

    @router.post("/intake/sign-out")
    async def sign_out() -> Response:
        answer = RedirectResponse("/intake/sign-in", 303)
        end(answer)
        return answer

    return router


def _is_secure(request: Request, service: Service) -> bool:
    return request.url.scheme == "https" or not service.settings.is_development


def _shown(actor: Actor) -> list[PostShown]:
    return [PostShown(role=post.role.value, area=post.area) for post in actor.posts]
