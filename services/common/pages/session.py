"""Who sits at a browser: the session of a working day, its short tokens, and where posts may come from.

A token in the session cookie lives five minutes, as every token does. Beside it lies a signed cookie that
says who signed in and when. A page that meets an expired token sends the browser to intake, which looks the
person's posts up again, issues the next token and sends it back (307, so a form posted that minute arrives
whole); eight hours after sign-in it asks for the password again. A post that ended is thus noticed within
five minutes, and the other services need only the public key.

Against forged requests: both cookies are SameSite=Lax, so no other site's form carries them, and every
request that could change something must come from a page of this origin, which the browser itself states in
Sec-Fetch-Site or Origin. That needs no hidden field that could expire under a half-filled form.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import Request, Response
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from joserfc import jwt
from joserfc.errors import JoseError

from services.common.pages.refusals import refusal_page
from services.common.policy.law import Conflict, Forbidden, Invalid, Missing, Refused
from services.common.policy.roles import Post, Role
from services.common.runtime.actor import Actor
from services.common.runtime.auth import Keys, NotSignedIn
from services.common.runtime.clock import system_now
from services.common.runtime.http import SESSION_COOKIE

OFFICE_COOKIE = "jiuzhu_office"
# Another issuer than a token's: neither can be used as the other.
OFFICE_ISSUER = "jiuzhu/office"
WORKING_DAY = timedelta(hours=8)
SIGN_IN, RENEW = "/intake/sign-in", "/intake/renew"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class OfficeSession:
    """Who signed in; `account` is looked up again at every renewal, the rest is for the page's head.

    `acting` says in whose place the person stands today, `since` when the password was shown.
    """

    account: str
    staff_id: str
    name: str
    posts: tuple[Post, ...]
    acting: str = ""
    since: datetime | None = None

    @property
    def area(self) -> str:
        """Where the person mainly works: the largest area held."""
        return min((post.area for post in self.posts), key=len, default="")

    @property
    def role(self) -> str:
        return next((post.role.chinese for post in self.posts if post.area == self.area), "")


def office_session(request: Request) -> OfficeSession | None:
    """The session of the cookie; None when there is none, it is over, or it is forged."""
    keys: Keys = request.app.state.keys
    try:
        claims = jwt.decode(request.cookies.get(OFFICE_COOKIE, ""), keys.public, algorithms=["ES256"]).claims
        registry = jwt.JWTClaimsRegistry(
            now=int(system_now().timestamp()),
            iss={"essential": True, "value": OFFICE_ISSUER},
            exp={"essential": True},
        )
        registry.validate(claims)
        posts = tuple(Post(Role(role), area) for role, area in claims["posts"])
        return OfficeSession(
            account=str(claims["account"]),
            staff_id=str(claims["sub"]),
            name=str(claims["name"]),
            posts=posts,
            acting=str(claims.get("acting", "")),
            since=datetime.fromtimestamp(claims["ims"] / 1000, UTC),
        )
    except (JoseError, ValueError, KeyError, TypeError):
        return None


def begin(response: Response, keys: Keys, session: OfficeSession, actor: Actor, *, secure: bool) -> None:
    """Set both cookies at sign-in."""
    if keys.private is None:
        raise ValueError("this process holds no signing key")
    at = system_now().timestamp()
    now = int(at)
    claims = {
        "iss": OFFICE_ISSUER,
        "sub": session.staff_id,
        "account": session.account,
        "name": session.name,
        "acting": session.acting,
        "ims": int(at * 1000),
        "posts": [[post.role.value, post.area] for post in session.posts],
        "iat": now,
        "exp": now + int(WORKING_DAY.total_seconds()),
    }
    signed = jwt.encode({"alg": "ES256"}, claims, keys.private)
    _set(response, OFFICE_COOKIE, signed, secure=secure)
    renew(response, keys, actor, secure=secure)


def renew(response: Response, keys: Keys, actor: Actor, *, secure: bool) -> None:
    """Set the next short token."""
    _set(response, SESSION_COOKIE, keys.issue(actor), secure=secure)


def end(response: Response) -> None:
    for name in (SESSION_COOKIE, OFFICE_COOKIE):
        response.delete_cookie(name, path="/", httponly=True, samesite="lax")


def _set(response: Response, name: str, value: str, *, secure: bool) -> None:
    response.set_cookie(name, value, path="/", httponly=True, samesite="lax", secure=secure)


def own_path(text: str, otherwise: str = "/intake/today") -> str:
    """A path of this origin to go on to; anything that could lead elsewhere is replaced."""
    plain = text.isprintable() and "\\" not in text
    return text if plain and text.startswith("/") and not text.startswith("//") else otherwise


def check_origin(request: Request) -> None:
    """Forbidden for a request that could change something and comes from another site's page."""
    if request.method in SAFE_METHODS:
        return
    told = request.headers.get("sec-fetch-site")
    if told is not None:
        own = told in ("same-origin", "none")
    else:
        own = urlsplit(request.headers.get("origin", "")).netloc == request.headers.get("host")
    if not own:
        raise Forbidden("该请求不是从本系统页面发出的，未办理。请回到系统页面重新操作")


class OfficeRoute(APIRoute):
    """A route for browsers: refusals are pages, and whoever has no fresh token is sent to get one."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                check_origin(request)
                return await handle(request)
            except NotSignedIn:
                return _to_sign_in(request)
            except (Forbidden, Refused, Invalid, Missing, Conflict) as error:
                return refusal_page(request, error, office_session(request))

        return guarded


def _to_sign_in(request: Request) -> Response:
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if office_session(request):
        return RedirectResponse(f"{RENEW}?next={quote(here)}", 307)
    there = "/intake/today" if request.method not in SAFE_METHODS else here
    if "hx-request" in request.headers:
        return Response(status_code=401)
    return RedirectResponse(f"{SIGN_IN}?next={quote(there)}", 303)
