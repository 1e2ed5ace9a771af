"""Signing in: the session of a browser, and the tokens of tablets and programs."""

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
from services.common.policy.law import Invalid
from services.common.runtime.actor import PUBLIC, Actor
from services.common.runtime.auth import Keys, NotSignedIn
from services.common.runtime.http import SignedIn
from services.common.runtime.service import Service
from services.intake.commands import sign_in as signing
from services.intake.storage.accounts import Account, find_account, find_staff_account, name_of
from services.intake.storage.identity import find_credential


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
        actor, name = await signing.identify(service, body.account, body.password)
        keys: Keys = request.app.state.keys
        return Session(token=keys.issue(actor), staff_id=actor.id, name=name, posts=shown(actor))

    @router.get("/whoami")
    async def whoami(actor: SignedIn) -> WhoAmI:
        async with service.reading(actor) as tx:
            return WhoAmI(staff_id=actor.id, name=await name_of(tx, actor.id), posts=shown(actor))

    return router


def office_routes(office: Office) -> APIRouter:
    """The session of a browser."""
    router = APIRouter(route_class=OfficeRoute, include_in_schema=False)
    service = office.service
    district = service.settings.oidc_title if service.settings.oidc_issuer else ""

    @router.get("/")
    async def door(request: Request) -> Response:
        return RedirectResponse("/intake/today" if office_session(request) else "/intake/sign-in", 303)

    @router.get("/intake/sign-in")
    async def form(request: Request, next: str = "") -> Response:  # noqa: A002 (a word of the address)
        return office.page(
            request, "sign_in.html", next=own_path(next), account="", error="", district=district
        )

    @router.post("/intake/sign-in")
    async def sign_in(
        request: Request,
        account: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        next: Annotated[str, Form()] = "",  # noqa: A002
    ) -> Response:
        typed = account.strip()
        try:
            await signing.identify(service, typed, password)
        except signing.MustChange:
            return office.page(request, "password.html", account=typed, first=True, errors={})
        except NotSignedIn as error:
            return office.page(
                request,
                "sign_in.html",
                401,
                next=own_path(next),
                account=account,
                error=error.message,
                district=district,
            )
        return await started(service, request, typed, own_path(next))

    @router.get("/intake/password")
    async def password_form(request: Request) -> Response:
        session = office_session(request)
        account = session.account if session else ""
        return office.page(request, "password.html", account=account, first=False, errors={})

    @router.post("/intake/password")
    async def password(
        request: Request,
        account: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        fresh: Annotated[str, Form()] = "",
        again: Annotated[str, Form()] = "",
    ) -> Response:
        typed = account.strip()
        try:
            await signing.change_password(service, typed, password, fresh, again)
        except (Invalid, NotSignedIn) as error:
            where = error.field if isinstance(error, Invalid) else "password"
            status = 422 if isinstance(error, Invalid) else 401
            errors = {where: error.message}
            return office.page(request, "password.html", status, account=typed, first=False, errors=errors)
        return await started(service, request, typed, "/intake/today")

    @router.api_route("/intake/renew", methods=["GET", "POST"])
    async def renewed(request: Request, next: str = "") -> Response:  # noqa: A002
        """The next token, if the session lasts and its person still holds a post."""
        session = office_session(request)
        found = await _still(service, session) if session else None
        if found is None:
            answer = RedirectResponse("/intake/sign-in", 303)
            end(answer)
            return answer
        answer = RedirectResponse(own_path(next), 307)
        renew(answer, request.app.state.keys, found.actor, secure=is_secure(request, service))
        return answer

    @router.post("/intake/sign-out")
    async def sign_out() -> Response:
        answer = RedirectResponse("/intake/sign-in", 303)
        end(answer)
        return answer

    return router


async def started(service: Service, request: Request, account: str, then: str) -> Response:
    """A browser's session for somebody who has just been identified."""
    async with service.reading(PUBLIC) as tx:
        found = await find_account(tx, account)
    if found is None:
        raise NotSignedIn(signing.WRONG)
    return begun(service, request, account, found, then)


def begun(service: Service, request: Request, account: str, found: Account, then: str) -> Response:
    """The answer that carries the session's cookies."""
    answer = RedirectResponse(then, 303)
    session = OfficeSession(account, found.actor.id, found.name, found.actor.posts, found.acting)
    begin(answer, request.app.state.keys, session, found.actor, secure=is_secure(request, service))
    return answer


async def _still(service: Service, session: OfficeSession) -> Account | None:
    """Who the session's person is today; nobody once the password was changed or the posts are gone."""
    async with service.reading(PUBLIC) as tx:
        found = (
            await find_account(tx, session.account)
            if session.account
            else await find_staff_account(tx, session.staff_id)
        )
        credential = await find_credential(tx, session.staff_id)
    if found is None or found.actor.id != session.staff_id:
        return None
    if credential and session.account and session.since and session.since < credential.changed_at:
        return None
    return found


def is_secure(request: Request, service: Service) -> bool:
    return request.url.scheme == "https" or not service.settings.is_development


def shown(actor: Actor) -> list[PostShown]:
    return [PostShown(role=post.role.value, area=post.area) for post in actor.posts]
