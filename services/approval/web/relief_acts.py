"""What may be done on one relief: a table of forms, each with when it fits and who may."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request, Response

from services.approval import access
from services.approval.model import (
    RELIEF_MOVES,
    Instalment,
    Relief,
    ReliefId,
    ReliefKind,
    ReliefStage,
)
from services.approval.storage import fund, reliefs
from services.approval.web import relief_forms as forms
from services.common.pages.acts import Act
from services.common.pages.looking import looking, may
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.pages.words import money
from services.common.policy.law import Missing
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.common.runtime.tx import Tx


@dataclass(frozen=True, slots=True)
class Offer:
    """One act: its action, when it fits, and its form; forms.TITLES has its name."""

    action: str
    fits: Callable[[Relief], bool]
    build: Callable[[forms.Desk], Act]


@dataclass(frozen=True, slots=True)
class _Named:
    relief_id: str


def routes(office: Office) -> APIRouter:
    """GET shows a form, POST carries it out."""
    router = APIRouter(
        prefix="/approval/reliefs/{relief_id}", route_class=OfficeRoute, include_in_schema=False
    )
    service = office.service

    async def built(relief_id: str, slug: str, actor: SignedIn) -> Act:
        if slug not in ACTS:
            raise Missing("这个办理事项")
        offer = ACTS[slug]
        async with looking(service, actor, offer.action, access.relief_place, _Named(relief_id)) as tx:
            relief = await reliefs.load_relief(tx, ReliefId(relief_id))
            plan = await reliefs.instalments_of(tx, relief_id)
            act = offer.build(forms.Desk(relief, plan, tx))
            if slug == "pay":
                left = await fund.balance(tx, relief.township)
                act = replace(act, facts=(*act.facts, ("备用金余额", f"{money(left)} 元")))
            return act

    @router.get("/{slug}")
    async def form(relief_id: str, slug: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await built(relief_id, slug, actor))

    @router.post("/{slug}")
    async def act(relief_id: str, slug: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await built(relief_id, slug, actor), actor)

    return router


async def buttons_for(relief: Relief, plan: Sequence[Instalment], tx: Tx) -> list[tuple[str, str]]:
    """Address and title of the acts that stage and access allow."""
    place = Place(relief.township, relief.household_id, relief.relief_id)
    found = []
    waits = relief.kind is ReliefKind.EMERGENCY and relief.stage is ReliefStage.REQUESTED
    if waits and await may(tx, "grant-emergency", place):
        found.append((f"/approval/relief/emergency?relief={relief.relief_id}", "先行救助"))
    for slug, offer in ACTS.items():
        if offer.fits(relief) and _has_money_for(slug, plan) and await may(tx, offer.action, place):
            found.append((f"/approval/reliefs/{relief.relief_id}/{slug}", forms.TITLES[slug]))
    return found


def _has_money_for(slug: str, plan: Sequence[Instalment]) -> bool:
    """What is paid already is not paid again, and only that comes back."""
    if slug == "pay":
        return any(not one.outstanding_fen for one in plan)
    return slug != "return" or any(one.outstanding_fen for one in plan)


ACTS: Mapping[str, Offer] = {
    "propose": Offer(
        "propose-relief",
        lambda one: one.kind is ReliefKind.EXPENDITURE and ReliefStage.PROPOSED in RELIEF_MOVES[one.stage],
        forms.propose_form,
    ),
    "decide": Offer("decide-relief", lambda one: one.stage is ReliefStage.READY, forms.decide_form),
    "district": Offer(
        "decide-relief-for-district",
        lambda one: one.stage is ReliefStage.WITH_DISTRICT,
        forms.district_form,
    ),
    "pay": Offer("pay-relief", lambda one: one.stage is ReliefStage.GRANTED, forms.pay_form),
    "return": Offer(
        "return-relief",
        lambda one: one.stage is ReliefStage.GRANTED,
        forms.return_form,
    ),
    "paperwork": Offer("complete-paperwork", lambda one: one.owes_paperwork, forms.paperwork_form),
    "paper": Offer("issue-paper", lambda one: one.owes_notice, forms.paper_form),
    "notice": Offer("serve-relief-notice", lambda one: one.owes_notice, forms.notice_form),
    "platform": Offer("record-platform-entry", lambda one: one.owes_platform, forms.platform_form),
}
