"""Signing in at the district's identity provider, and coming back from there."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute, own_path
from services.common.policy.law import Missing
from services.common.runtime.auth import NotSignedIn
from services.common.runtime.oidc import Pending, Provider
from services.intake.commands.sign_in import identify_elsewhere
from services.intake.web.session import begun, is_secure

COOKIE = "jiuzhu_district"
PATH = "/intake/sign-in/district"


def routes(office: Office) -> APIRouter:
    """There and back; both are Missing where no provider is set."""
    router = APIRouter(route_class=OfficeRoute, include_in_schema=False)
    service = office.service
    settings = service.settings
    provider = Provider(settings)
    back = f"{settings.office_url.rstrip('/')}{PATH}/back"

    def require_configured() -> None:
        if not settings.oidc_issuer:
            raise Missing("统一身份登录,本系统没有接入")

    def failed(request: Request, error: NotSignedIn) -> Response:
        return office.page(
            request,
            "sign_in.html",
            401,
            next=own_path(""),
            account="",
            error=error.message,
            district=settings.oidc_title,
        )

    @router.get(PATH)
    async def there(request: Request, next: str = "") -> Response:  # noqa: A002 (a word of the address)
        require_configured()
        try:
            address, pending = await provider.begin(back, own_path(next))
        except NotSignedIn as error:
            return failed(request, error)
        answer = RedirectResponse(address, 303)
        answer.set_cookie(
            COOKIE,
            pending.sealed(service.sealer),
            path=PATH,
            httponly=True,
            samesite="lax",
            secure=is_secure(request, service),
        )
        return answer

    @router.get(f"{PATH}/back")
    async def returned(request: Request) -> Response:
        require_configured()
        try:
            pending = Pending.opened(request.cookies.get(COOKIE, ""), service.sealer)
            subject = await provider.finish(back, pending, dict(request.query_params))
            found = await identify_elsewhere(service, settings.oidc_issuer, subject)
            answer = begun(service, request, "", found, pending.next)
        except NotSignedIn as error:
            answer = failed(request, error)
        answer.delete_cookie(COOKIE, path=PATH)
        return answer

    return router
