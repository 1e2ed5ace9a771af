"""Tablets of an office: the list, a QR code that enrols one, and ending one that is lost."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass

import segno
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from services.common.pages.acts import Act
from services.common.pages.looking import areas_held, looking
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.policy.areas import DISTRICT
from services.common.policy.law import Forbidden
from services.common.runtime.codes import code_hash, fresh_code
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.intake.access import ACCESS
from services.intake.access.places import at_device
from services.intake.commands.tablets import MakeEnrolmentCode, RevokeDevice
from services.intake.queries.worklist import area_names
from services.intake.rules.identity import CODE_LIFETIME
from services.intake.storage import devices as storage

PAGE = "/intake/tablets"
DONE = {"revoke-device": "平板已停用，它的登录立即失效。"}


@dataclass(frozen=True, slots=True)
class _Named:
    device_id: str


def routes(office: Office) -> APIRouter:
    """The list and its two acts."""
    router = APIRouter(prefix=PAGE, route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    def area_of(actor: SignedIn) -> str:
        held = areas_held(actor, ACCESS["list-devices"])
        if not held:
            raise Forbidden("您的岗位不管理平板")
        return held[0]

    @router.get("")
    async def listed(request: Request, actor: SignedIn, done: str = "") -> Response:
        area = area_of(actor)
        async with looking(service, actor, "list-devices", Place(area, subject=area)) as tx:
            found = await storage.devices_in(tx, areas_held(actor, ACCESS["list-devices"]))
            names = await area_names(tx, DISTRICT.code)
            return office.page(
                request,
                "tablets.html",
                devices=found,
                names=names,
                today=tx.today,
                code="",
                done=DONE.get(done, ""),
            )

    @router.post("/code")
    async def code(request: Request, actor: SignedIn) -> Response:
        """Shown once, in this answer alone; what is kept cannot be turned back into the code."""
        area = area_of(actor)
        made = fresh_code()
        await service.perform(MakeEnrolmentCode(code_hash=code_hash(made), area=area), actor)
        office_url = service.settings.office_url or f"{request.url.scheme}://{request.url.netloc}"
        async with looking(service, actor, "list-devices", Place(area, subject=area)) as tx:
            found = await storage.devices_in(tx, areas_held(actor, ACCESS["list-devices"]))
            names = await area_names(tx, DISTRICT.code)
            page = office.page(
                request,
                "tablets.html",
                devices=found,
                names=names,
                today=tx.today,
                code=made,
                picture=Markup(picture_of(office_url, made)),  # noqa: S704 (drawn here, not typed by anybody)
                minutes=int(CODE_LIFETIME.total_seconds() // 60),
                done="",
            )
        return HTMLResponse(page.body, headers={"Cache-Control": "no-store"})

    async def ending(device_id: str, actor: SignedIn) -> Act:
        async with looking(service, actor, "revoke-device", at_device, _Named(device_id)) as tx:
            device = await storage.load_device(tx, device_id)
        return Act(
            slug="revoke-device",
            title="停用平板",
            command=RevokeDevice,
            back=PAGE,
            submit="停用",
            fixed={"device_id": device_id},
            crumbs=(("平板", PAGE),),
            facts=(("平板", device.name),),
            warning="停用立即生效，不能恢复；找到后须重新登记。平板上未发送的走访记录须先由使用人发送。",
            confirm="我确认停用这台平板。",
        )

    @router.get("/{device_id}/revoke")
    async def revoke_form(device_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await ending(device_id, actor))

    @router.post("/{device_id}/revoke")
    async def revoke(device_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await ending(device_id, actor), actor)

    return router


def picture_of(office_url: str, code: str) -> str:
    """The QR code as SVG: where to enrol, and with which code."""
    told = json.dumps({"jiuzhu": 1, "url": office_url, "code": code}, separators=(",", ":"))
    out = io.BytesIO()
    segno.make(told, error="m").save(out, kind="svg", scale=6, xmldecl=False, title="平板登记码")
    return out.getvalue().decode()
