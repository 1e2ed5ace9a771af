"""Signing in to the office and tablets, until the district's identity provider is set up."""

from __future__ import annotations

import hmac

from fastapi import APIRouter, Request
from pydantic import BaseModel

from services.common.policy.law import Forbidden
from services.common.runtime.actor import PUBLIC, Actor
from services.common.runtime.auth import Keys, NotSignedIn
from services.common.runtime.http import SignedIn
from services.common.runtime.service import Service
from services.intake.queries.accounts import find_account, name_of

DEMO_PASSWORD = "jiuzhu-demo"  # noqa: S105 - development mode only; production refuses this door


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


def routes(service: Service) -> list[APIRouter]:
    router = APIRouter(prefix="/intake", tags=["intake"])

    @router.post("/session")
    async def sign_in(body: SignIn, request: Request) -> Session:
        if not service.settings.is_development:
            raise Forbidden("正式环境须通过区统一身份认证登录,本入口未开放")
        # Compared in constant time and before the account is looked up: the answer tells nothing apart.
        right = hmac.compare_digest(body.password.encode(), DEMO_PASSWORD.encode())
        async with service.reading(PUBLIC) as tx:
            found = await find_account(tx, body.account)
        if found is None or not right:
            raise NotSignedIn("账号或密码不对,或账号今日没有在任岗位")
        actor, name = found
        keys: Keys = request.app.state.keys
        return Session(token=keys.issue(actor), staff_id=actor.id, name=name, posts=_shown(actor))

    @router.get("/whoami")
    async def whoami(actor: SignedIn) -> WhoAmI:
        async with service.reading(actor) as tx:
            return WhoAmI(staff_id=actor.id, name=await name_of(tx, actor.id), posts=_shown(actor))

    return [router]


def _shown(actor: Actor) -> list[PostShown]:
    return [PostShown(role=post.role.value, area=post.area) for post in actor.posts]
