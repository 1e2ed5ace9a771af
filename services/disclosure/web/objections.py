"""Objections in the office: the list, one in full, and the acts on it; every look stands in the audit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request, Response

from services.common.pages.acts import Act, Choice, Field, Kind
from services.common.pages.clock import Chip, chip, stopped, waiting
from services.common.pages.looking import areas_held, looking, may
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.policy.articles import DB_16, DB_19, R5_4
from services.common.policy.law import Forbidden
from services.common.runtime import audit
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.common.runtime.ids import new_id
from services.common.runtime.service import Service
from services.common.runtime.tx import Tx
from services.disclosure.access import ACCESS
from services.disclosure.commands.objections import (
    AnswerObjection,
    CloseRepeatedObjection,
    InvestigateObjection,
    RaiseObjection,
    investigation_of,
    words_of,
)
from services.disclosure.model import (
    OBJECTION_MOVES,
    Objection,
    ObjectionId,
    ObjectionOutcome,
    ObjectionStage,
    ObjectionWay,
    PublicityId,
)
from services.disclosure.queries.office import village_names
from services.disclosure.storage import objections, publicities

HERE = Path(__file__).parents[1]
OPEN = (ObjectionStage.RAISED, ObjectionStage.INVESTIGATED)
DONE = {
    "objection": "已登记，请把回执号告诉提出的人。",
    "investigation": "调查情况已登记。",
    "answer": "已答复。",
    "repeated": "已结案。",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One act on an objection: its action, the stage it leads to, and its form."""

    title: str
    action: str
    leads_to: ObjectionStage
    build: Callable[[Objection, Tx], Act]
    fits: Callable[[Objection], bool] = lambda _: True


def routes(service: Service) -> APIRouter:
    """Everything under /disclosure/objections, and the form that registers one."""
    office = Office(service, HERE)
    router = APIRouter(prefix="/disclosure", route_class=OfficeRoute, include_in_schema=False)

    @router.get("/objections")
    async def listed(request: Request, actor: SignedIn, stage: str = "") -> Response:
        held = areas_held(actor, ACCESS["read-objections"])
        if not held:
            raise Forbidden("您的岗位不办理公示异议")
        chosen = [one for one in ObjectionStage if one.value == stage] or list(OPEN)
        async with looking(service, actor, "read-objections", Place(held[0])) as tx:
            found = await objections.objections_in(tx, held, chosen)
            names = await village_names(tx)
            return office.page(
                request,
                "objections.html",
                lines=[(one, names.get(one.village, one.village), _chip(one, tx)) for one in found],
                stages=ObjectionStage,
                stage=stage,
                today=tx.today,
            )

    @router.get("/objections/{objection_id}")
    async def one(objection_id: str, request: Request, actor: SignedIn, done: str = "") -> Response:
        async with looking(service, actor, "read-objections", _place, objection_id) as tx:
            objection = await objections.load_objection(tx, ObjectionId(objection_id))
            await audit.look(tx, "read-objections", (objection.village, objection.objection_id))
            place = await _place(objection_id, tx)
            buttons = [
                (slug, offer.title)
                for slug, offer in OFFERS.items()
                if offer.leads_to in OBJECTION_MOVES[objection.stage]
                and offer.fits(objection)
                and await may(tx, offer.action, place)
            ]
            return office.page(
                request,
                "objection.html",
                done=DONE.get(done, ""),
                objection=objection,
                told=words_of(objection, tx),
                investigation=investigation_of(objection, tx),
                buttons=buttons,
                clock=_chip(objection, tx),
                today=tx.today,
            )

    async def registering(publicity_id: str, actor: SignedIn) -> Act:
        async def at(_: object, tx: Tx) -> Place:
            found = await publicities.load_publicity(tx, PublicityId(publicity_id))
            return Place(found.village, found.household_id, found.case_id)

        async with looking(service, actor, "raise-objection", at, publicity_id) as tx:
            found = await publicities.load_publicity(tx, PublicityId(publicity_id))
            return _registration(publicity_id, found.case_id, new_id())

    @router.get("/publicities/{publicity_id}/objection")
    async def register(publicity_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await registering(publicity_id, actor))

    @router.post("/publicities/{publicity_id}/objection")
    async def registered(publicity_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await registering(publicity_id, actor), actor)

    for slug, offer in OFFERS.items():
        _add(router, office, slug, offer)
    return router


def _add(router: APIRouter, office: Office, slug: str, offer: Offer) -> None:
    """The form of one act and its sending."""

    async def built(objection_id: str, actor: SignedIn) -> Act:
        async with looking(office.service, actor, offer.action, _place, objection_id) as tx:
            return offer.build(await objections.load_objection(tx, ObjectionId(objection_id)), tx)

    @router.get(f"/objections/{{objection_id}}/{slug}")
    async def form(objection_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await built(objection_id, actor))

    @router.post(f"/objections/{{objection_id}}/{slug}")
    async def act(objection_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await built(objection_id, actor), actor)


async def _place(objection_id: object, tx: Tx) -> Place:
    found = await objections.load_objection(tx, ObjectionId(str(objection_id)))
    return Place(found.village, found.household_id, found.case_id)


def _chip(objection: Objection, tx: Tx) -> Chip:
    if objection.answered_on:
        return stopped(objection.answered_on, tx.today)
    if objection.answer_due_on is None:
        return waiting("转举报台账")
    return chip(tx.today, None, objection.answer_due_on, tx.calendar)


def _registration(publicity_id: str, case_id: str, objection_id: str) -> Act:
    ways = [Choice(way.value, way.chinese) for way in ObjectionWay if way is not ObjectionWay.PAGE]
    return Act(
        slug="objection",
        title="登记异议",
        command=RaiseObjection,
        back="/disclosure/objections",
        submit="登记异议",
        fixed={"notice_id": publicity_id},
        fields=(
            Field(name="objection_id", label="编号", kind=Kind.HIDDEN, start=objection_id),
            Field(name="way", label="来源", kind=Kind.RADIO, choices=ways),
            Field(name="words", label="异议内容", kind=Kind.AREA, hint="照本人的话记"),
            Field(name="name", label="姓名", required=False, hint="匿名的不填"),
            Field(name="contact", label="联系方式", required=False),
        ),
        facts=(("之后", "公示期内的立即停止上会，公示期外的转举报台账；登记后给回执号"),),
        articles=(R5_4, DB_19),
        names=[case_id],
        subject=(case_id, "公示异议"),
        crumbs=(("公示", "/disclosure/publicities"),),
    )


def _investigate(objection: Objection, tx: Tx) -> Act:
    fields = (
        Field(name="investigators", label="调查人", kind=Kind.LINES, hint="工号，每行一人，不少于两人"),
        Field(name="investigated_on", label="调查日期", kind=Kind.DAY, start=tx.today.isoformat()),
        Field(name="investigation", label="调查经过和结果", kind=Kind.AREA),
    )
    return _act(objection, "investigation", InvestigateObjection, "登记调查", fields)


def _answer(objection: Objection, tx: Tx) -> Act:
    outcomes = [
        Choice(one.value, one.chinese) for one in (ObjectionOutcome.UNFOUNDED, ObjectionOutcome.UPHELD)
    ]
    fields = (
        Field(name="outcome", label="结论", kind=Kind.RADIO, choices=outcomes),
        Field(
            name="answer",
            label="答复",
            kind=Kind.AREA,
            hint="提出的人凭回执号能看到；不写证件号、电话、住址和病情",
        ),
    )
    return _act(objection, "answer", AnswerObjection, "答复", fields)


def _close(objection: Objection, tx: Tx) -> Act:
    hint = "与哪一次重复、为什么没有新的事实；提出的人凭回执号能看到"
    fields = (Field(name="reason", label="理由", kind=Kind.AREA, hint=hint),)
    return _act(objection, "repeated", CloseRepeatedObjection, "按重复异议结案", fields)


def _act(objection: Objection, slug: str, command: type, submit: str, fields: tuple[Field, ...]) -> Act:
    return Act(
        slug=slug,
        title=OFFERS[slug].title,
        command=command,
        back=f"/disclosure/objections/{objection.objection_id}",
        submit=submit,
        fixed={"objection_id": objection.objection_id},
        fields=fields,
        facts=(("回执号", objection.receipt_no),),
        articles=(DB_19, DB_16),
        names=[objection.case_id],
        subject=(objection.case_id, "公示异议"),
        crumbs=(("异议", "/disclosure/objections"),),
    )


OFFERS: Mapping[str, Offer] = {
    "investigation": Offer("登记调查", "investigate-objection", ObjectionStage.INVESTIGATED, _investigate),
    "answer": Offer(
        "答复",
        "answer-objection",
        ObjectionStage.ANSWERED,
        _answer,
        lambda one: one.stage is ObjectionStage.INVESTIGATED,
    ),
    "repeated": Offer("按重复异议结案", "close-repeated-objection", ObjectionStage.ANSWERED, _close),
}
