"""The docket, the list of meetings, and convening one."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from services.approval.access import ACCESS
from services.approval.commands.meetings import ConveneMeeting
from services.approval.model import MOVES, MeetingKind, Stage
from services.approval.queries.office import (
    DocketEntry,
    docket_of,
    meetings_of,
    owes_filing,
    owes_notice,
    unclosed,
)
from services.approval.rules.district import enough_checked
from services.approval.storage import decisions, registry
from services.common.pages.acts import Act, Choice, Field, Kind
from services.common.pages.clock import chip
from services.common.pages.looking import areas_held, looking
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.pages.words import money
from services.common.policy.areas import unit
from services.common.policy.articles import R4_1, R4_2, R4_3
from services.common.policy.law import Forbidden
from services.common.policy.roles import AreaLevel, Role, area_level
from services.common.runtime.actor import Actor
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx

DONE = {"convene": "会议已召集，请通知参会人员。"}


def routes(office: Office) -> APIRouter:
    """The docket and the form that calls a meeting."""
    router = APIRouter(prefix="/approval", route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    @router.get("/docket")
    async def docket(request: Request, actor: SignedIn, done: str = "") -> Response:
        area = home(actor, "read-docket")
        async with looking(service, actor, "read-docket", Place(area)) as tx:
            entries = await docket_of(tx, area)
            results = await unclosed(tx, area)
            return office.page(
                request,
                "docket.html",
                done=DONE.get(done, ""),
                area=area,
                entries=[(one, chip(tx.today, None, one.item.due_on, tx.calendar)) for one in entries],
                results=[(one, owes_notice(one), owes_filing(one)) for one in results],
                meetings=await meetings_of(tx, area),
                may_convene=bool(areas_held(actor, ACCESS["convene-meeting"])),
                spot=await _spot_checks(area, tx),
                today=tx.today,
                ids=[*(one.item.case_id for one in entries), *(one.case_id for one in results)],
            )

    async def convening(actor: SignedIn) -> Act:
        township = home(actor, "convene-meeting")
        async with looking(service, actor, "convene-meeting", Place(township)) as tx:
            return await _convene(township, actor, tx)

    @router.get("/convene")
    async def form(request: Request, actor: SignedIn) -> Response:
        return office.form(request, await convening(actor))

    @router.post("/convene")
    async def convene(request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await convening(actor), actor)

    return router


def home(actor: Actor, action: str) -> str:
    """The area in which the actor works on this; Forbidden where there is none."""
    held = areas_held(actor, ACCESS[action])
    if not held:
        raise Forbidden("您的岗位不办理审批会事项")
    return held[0]


async def _spot_checks(area: str, tx: Tx) -> str:
    """How far the district is with its spot checks of destitute cases this year."""
    if area_level(area) is not AreaLevel.DISTRICT:
        return ""
    checked, of = await decisions.spot_checks(tx, area, tx.today.year)
    return str(enough_checked(checked, of, tx.policy, tx.today).facts["text"])


async def _convene(township: str, actor: Actor, tx: Tx) -> Act:
    entries = [one for one in await docket_of(tx, township) if Stage.ON_AGENDA in MOVES[one.item.stage]]
    roster = await registry.roster_of(tx, township, tx.today)
    deputies = [Choice(one, "", names=one) for one in sorted(roster.holding(Role.DEPUTY_LEADER))]
    fresh = [one.item.case_id for one in entries if not one.blockers and one.item.stage is Stage.READY]
    fields = (
        Field(name="meeting_id", label="会议编号", kind=Kind.HIDDEN, start=new_id()),
        Field(
            name="case_ids",
            label="议题",
            kind=Kind.CHECKS,
            choices=[_topic(one) for one in entries],
            start=fresh,
            hint="公示期满无异议的案件才能上会",
        ),
        Field(
            name="kind",
            label="会议形式",
            kind=Kind.RADIO,
            choices=[Choice(one.value, one.chinese) for one in MeetingKind],
            start=MeetingKind.CONFIRMATION.value,
        ),
        Field(
            name="starts_at",
            label="开会时间",
            kind=Kind.MOMENT,
            start=(tx.today.isoformat(), "15:00"),
        ),
        Field(name="place", label="地点"),
        Field(
            name="delegated_to",
            label="委托主持",
            kind=Kind.SELECT,
            choices=deputies,
            required=False,
            hint="由主要领导主持；特殊情况可以委托分管领导",
        ),
        Field(name="delegation_reason", label="委托理由", required=False),
    )
    return Act(
        slug="convene",
        title="召集审核确认会",
        command=ConveneMeeting,
        back="/approval/docket",
        submit="召集会议",
        fixed={"township": township},
        fields=fields,
        facts=(("单位", unit(township).body if area_level(township) is AreaLevel.TOWNSHIP else ""),),
        articles=(R4_1, R4_2, R4_3),
        crumbs=(("审批会", "/approval/docket"),),
        names=[*(one.item.case_id for one in entries), *roster.holding(Role.DEPUTY_LEADER)],
    )


def _topic(entry: DocketEntry) -> Choice:
    item = entry.item
    return Choice(
        item.case_id,
        f"{item.category.chinese} · {item.household_size} 人 · 建议 {money(item.proposed_amount_fen)} 元/月",
        names=item.case_id,
        why_not=f"{entry.blockers[0].article.id} {entry.blockers[0].message}" if entry.blockers else "",
        hint="已在议程" if item.stage is Stage.ON_AGENDA else "",
    )
