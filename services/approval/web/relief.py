"""Temporary relief on the screen: the list by whose turn it is, a new request, and help at once."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from services.approval import access
from services.approval.access import ACCESS
from services.approval.commands.emergency import GrantEmergency
from services.approval.commands.relief import HANDLERS, RequestRelief
from services.approval.model import (
    ObjectCategory,
    Relief,
    ReliefCause,
    ReliefId,
    ReliefKind,
    Source,
)
from services.approval.queries import get_timeline
from services.approval.queries.relief import limit_fen, next_step, recent
from services.approval.storage import fund, registry, reliefs
from services.approval.web.docket import home
from services.approval.web.relief_acts import buttons_for
from services.common.pages.acts import Act, Choice, Field, Kind
from services.common.pages.clock import Chip, chip
from services.common.pages.looking import areas_held, looking, may
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.pages.words import money
from services.common.papers import ledger
from services.common.policy.articles import R5_3A, R9_1, R9_2
from services.common.policy.law import Missing
from services.common.policy.roles import AreaLevel, area_level
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx

DONE = {"emergency": "已先行救助，请按期补充手续。", "new": "已登记，调查后提出救助意见。"}
CRUMBS = (("临时救助", "/approval/relief"),)


@dataclass(frozen=True, slots=True)
class Line:
    """One relief in the list: what is next, whose turn it is, and by when."""

    relief: Relief
    step: str
    whose: str
    clock: Chip | None


@dataclass(frozen=True, slots=True)
class _Named:
    relief_id: str
    case_id: str = ""


def routes(office: Office) -> APIRouter:
    """The list, one relief, and the two forms that begin one."""
    router = APIRouter(prefix="/approval", route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    @router.get("/relief")
    async def listed(request: Request, actor: SignedIn, done: str = "") -> Response:
        area = home(actor, "read-relief")
        async with looking(service, actor, "read-relief", Place(area)) as tx:
            lines = [line_of(one, tx) for one in await recent(tx, area)]
            return office.page(
                request,
                "relief.html",
                done=DONE.get(done, ""),
                area=area,
                is_district=area_level(area) is AreaLevel.DISTRICT,
                due=[one for one in lines if one.whose],
                closed=[one for one in lines if not one.whose],
                unentered=[one for one in lines if one.relief.owes_platform],
                balance=await fund.balance(tx, area),
                limit=limit_fen(tx, tx.today),
                may_grant=bool(areas_held(actor, ACCESS["grant-emergency"])),
                may_request=bool(areas_held(actor, ACCESS["request-relief"])),
                today=tx.today,
            )

    @router.get("/reliefs/{relief_id}")
    async def one(relief_id: str, request: Request, actor: SignedIn, done: str = "") -> Response:
        named = _Named(relief_id, relief_id)
        async with looking(service, actor, "read-relief", access.relief_place, named) as tx:
            relief = await reliefs.load_relief(tx, ReliefId(relief_id))
            earlier = await reliefs.reliefs_of_household(tx, relief.household_id)
            plan = await reliefs.instalments_of(tx, relief_id)
            place = Place(relief.township, relief.household_id, relief_id)
            trail = (await get_timeline(named, tx)).entries
            return office.page(
                request,
                "relief_one.html",
                done="已办理。" if done else "",
                relief=relief,
                line=line_of(relief, tx),
                plan=plan,
                earlier=[other for other in earlier if other.relief_id != relief_id],
                buttons=await buttons_for(relief, plan, tx),
                papers=await ledger.issued_for(tx, relief_id),
                trail=trail[::-1] if await may(tx, "read-timeline", place) else (),
                today=tx.today,
                staff=[one for one in (relief.handler_id, relief.approver_id) if one],
            )

    @router.get("/relief/emergency")
    async def emergency_form(
        request: Request, actor: SignedIn, relief: str = "", household: str = "", village: str = ""
    ) -> Response:
        return office.form(request, await emergency(actor, relief, household, village))

    @router.post("/relief/emergency")
    async def grant(request: Request, actor: SignedIn, relief: str = "") -> Response:
        return await office.act(request, await emergency(actor, relief), actor)

    async def emergency(actor: SignedIn, relief: str, household: str = "", village: str = "") -> Act:
        township = home(actor, "grant-emergency")
        async with looking(service, actor, "grant-emergency", Place(township)) as tx:
            known = await reliefs.find_relief(tx, ReliefId(relief)) if relief else None
            if known and known.township != township:
                raise Missing("该救助事项")
            return await _emergency(township, known, household, village, tx)

    @router.get("/relief/new")
    async def new_form(request: Request, actor: SignedIn, household: str = "", village: str = "") -> Response:
        return office.form(request, await new(actor, household, village))

    @router.post("/relief/new")
    async def register(request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await new(actor), actor)

    async def new(actor: SignedIn, household: str = "", village: str = "") -> Act:
        township = home(actor, "request-relief")
        async with looking(service, actor, "request-relief", Place(township)):
            return _new(township, household, village)

    return router


def line_of(relief: Relief, tx: Tx) -> Line:
    """What is next on a relief, with the clock that runs."""
    step, whose = next_step(relief, tx.today)
    clock = None
    if relief.owes_paperwork and relief.paperwork_due_on:
        clock = chip(
            tx.today,
            relief.granted_on,
            relief.paperwork_due_on,
            tx.calendar,
            provisional=relief.paperwork_provisional,
        )
    elif relief.owes_notice and relief.notice_due_on:
        clock = chip(tx.today, relief.refused_on, relief.notice_due_on, tx.calendar)
    return Line(relief, step, whose, clock)


def _choices(words: type[ReliefCause] | type[ObjectCategory] | type[Source]) -> list[Choice]:
    return [Choice(one.value, one.chinese) for one in words]


def _household_fields(household: str, village: str) -> tuple[Field, ...]:
    """Found by name in the head of the page; the ids come along with the link of what was found."""
    kind = Kind.HIDDEN if household else Kind.TEXT
    where = Kind.HIDDEN if village else Kind.TEXT
    return (
        Field(
            name="household_id",
            label="家庭编号",
            kind=kind,
            start=household,
            hint="先在页面上方按姓名查找，从查到的家庭进入，编号会自动填好",
        ),
        Field(name="village", label="村（居）区划代码", kind=where, start=village, hint="12 位"),
        Field(name="head_name", label="户主姓名", hint="救助后依规定公开"),
    )


def _new(township: str, household: str, village: str) -> Act:
    return Act(
        slug="new",
        title="登记支出型临时救助",
        command=RequestRelief,
        back="/approval/relief",
        submit="登记",
        fixed={"township": township, "kind": ReliefKind.EXPENDITURE.value},
        fields=(
            Field(name="relief_id", label="救助编号", kind=Kind.HIDDEN, start=new_id()),
            *_household_fields(household, village),
            Field(name="cause", label="原因", kind=Kind.SELECT, choices=_choices(ReliefCause)),
            Field(
                name="object_category", label="对象类别", kind=Kind.SELECT, choices=_choices(ObjectCategory)
            ),
        ),
        facts=(("之后", "调查后提出救助意见，公示不少于 5 天，再审批"),),
        articles=(R9_2, R5_3A),
        crumbs=CRUMBS,
    )


async def _emergency(township: str, known: Relief | None, household: str, village: str, tx: Tx) -> Act:
    roster = await registry.roster_of(tx, township, tx.today)
    handlers = sorted(roster.holding(*HANDLERS) - {tx.actor.id})
    left = await fund.balance(tx, township)
    fixed: dict[str, object] = {"township": township}
    fields: tuple[Field, ...] = (
        Field(name="relief_id", label="救助编号", kind=Kind.HIDDEN, start=new_id()),
        *_household_fields(household, village),
    )
    if known:
        fields = ()
        fixed |= {
            "relief_id": known.relief_id,
            "household_id": known.household_id,
            "village": known.village,
            "head_name": known.head_name,
            "residence_village": known.residence_village,
        }
    cause = known.cause.value if known else ReliefCause.FIRE.value
    category = known.object_category.value if known else ObjectCategory.OTHER.value
    return Act(
        slug="emergency",
        title="急难型临时救助：先行救助",
        command=GrantEmergency,
        back="/approval/relief",
        submit="批准并先行救助",
        fixed=fixed,
        fields=(
            *fields,
            Field(
                name="cause", label="急难情形", kind=Kind.SELECT, choices=_choices(ReliefCause), start=cause
            ),
            Field(
                name="object_category",
                label="对象类别",
                kind=Kind.SELECT,
                choices=_choices(ObjectCategory),
                start=category,
            ),
            Field(name="amount_fen", label="救助金额", kind=Kind.MONEY, unit="元", hint="实物救助填折价"),
            Field(
                name="handler_id",
                label="承办人",
                kind=Kind.SELECT,
                choices=[Choice(one, "", names=one) for one in handlers],
                start=known.handler_id if known else "",
                hint="承办人和审批人不能是同一人",
            ),
            Field(
                name="source",
                label="资金来源",
                kind=Kind.SELECT,
                choices=_choices(Source),
                start=Source.FUND.value if left else Source.ADVANCE.value,
            ),
            Field(
                name="source_note", label="来源说明", required=False, hint="不用备用金时写明单位、文号或物资"
            ),
        ),
        facts=(
            *((("对象", known.head_name),) if known else ()),
            ("备用金余额", f"{money(left)} 元"),
            ("之后", "10 个工作日内补充手续，并录入临时救助平台"),
        ),
        articles=(R9_1,),
        warning="批准后立即记账，不能撤回；发现错误的，登记退回。",
        confirm="情况紧急，我批准先行救助",
        crumbs=CRUMBS,
        names=handlers,
    )
