"""Kin among staff on pages: the register, declarations by staff, requests to be recused, widening."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from services.common.pages.acts import Act, Choice, Field, Kind
from services.common.pages.looking import areas_held, looking, may
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.pages.sheets import Cell, Column, Sheet
from services.common.pages.words import body, day
from services.common.policy.areas import DISTRICT, unit
from services.common.policy.articles import R3_2, R3_5, R3_7, R3_10
from services.common.policy.law import Forbidden
from services.common.policy.roles import Role
from services.common.runtime import audit
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx
from services.intake import access
from services.intake.commands.kin_declarations import (
    DeclareKin,
    FileKinDeclaration,
    FileKinEntry,
    ReviewKinDeclaration,
    WidenKin,
)
from services.intake.commands.recusal_requests import NameReplacement
from services.intake.queries import kin as queries
from services.intake.queries.worklist import area_names, staff_around
from services.intake.storage import cases, kinship, registry
from services.intake.storage.accounts import name_of

PAGE = "/intake/kin"
CRUMBS = (("近亲属备案", PAGE),)
DONE = {
    "declare-kin": "已申报，从现在起您不参与该家庭的任何环节。",
    "review": "已办理申报审核。",
    "file": "已备案。",
    "widen": "已登记备案范围。",
    "replacement": "已指定接替人员，案件和任务已转交。",
}
COLUMNS = (
    Column("户主"),
    Column("村（居）", 16),
    Column("类别", 16),
    Column("阶段", 16),
    Column("工作人员", 24),
    Column("登记日期"),
    Column("受理后发现", 10),
    Column("备案表文号", 20),
    Column("区备案日期"),
)


@dataclass(frozen=True, slots=True)
class _Named:
    """What a page is about, by one of its ids."""

    declaration_id: str = ""
    request_id: str = ""
    case_id: str = ""


def routes(office: Office) -> APIRouter:
    """The page of kin and its acts."""
    router = APIRouter(prefix="/intake", route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    @router.get("/kin")
    async def page(request: Request, actor: SignedIn, done: str = "") -> Response:
        held = _held(actor)
        async with looking(service, actor, "list-kin", Place(held[0], subject=held[0])) as tx:
            await audit.look(tx, "list-kin", *[(area, area) for area in held])
            here = Place(held[0])
            return office.page(
                request,
                "kin.html",
                entries=await queries.register_lines(tx, held),
                declarations=await queries.declaration_lines(tx, held),
                requests=await queries.request_lines(tx, held),
                widenings=[
                    (unit(area).name, await kinship.widening_of(tx, area, tx.today))
                    for area in held
                    if len(area) == len("140403103")
                ],
                listed=tx.policy.words("kin.near", tx.today),
                widened=tx.policy.words("kin.local_widening", tx.today),
                names=await area_names(tx, DISTRICT.code),
                today=tx.today,
                may={
                    name: await may(tx, name, here)
                    for name in (
                        "review-kin-declaration",
                        "file-kin-declaration",
                        "file-kin-entry",
                        "widen-kin",
                        "name-replacement",
                    )
                },
                reader=actor.id,
                done=DONE.get(done, ""),
            )

    @router.get("/exports/kin.xlsx")
    async def exported(request: Request, actor: SignedIn) -> Response:
        held = _held(actor)
        async with looking(service, actor, "list-kin", Place(held[0], subject=held[0])) as tx:
            await audit.look(tx, "list-kin", *[(area, area) for area in held])
            sheet = Sheet(
                title="近亲属享受社会救助登记台账",
                body=body(held[0]),
                columns=COLUMNS,
                rows=await _rows(held, tx),
                made_on=tx.today,
            )
        return office.sheet(request, sheet, "kin-register")

    async def widening(actor: SignedIn) -> Act:
        own = areas_held(actor, access.ACCESS["widen-kin"])
        if not own:
            raise Forbidden("您的岗位不登记备案范围")
        async with looking(service, actor, "widen-kin", Place(own[0], subject=own[0])) as tx:
            return await _widen(own[0], tx)

    async def review(declaration_id: str, actor: SignedIn) -> Act:
        named = _Named(declaration_id=declaration_id)
        async with looking(service, actor, "review-kin-declaration", access.at_declaration, named) as tx:
            return await _review(declaration_id, tx)

    async def filing(declaration_id: str, actor: SignedIn) -> Act:
        named = _Named(declaration_id=declaration_id)
        async with looking(service, actor, "file-kin-declaration", access.at_declaration, named) as tx:
            return await _file(declaration_id, tx)

    async def entry(case_id: str, actor: SignedIn) -> Act:
        async with looking(service, actor, "file-kin-entry", access.at_case, _Named(case_id=case_id)) as tx:
            return await _file_entry(case_id, tx)

    async def replacement(request_id: str, actor: SignedIn) -> Act:
        named = _Named(request_id=request_id)
        async with looking(service, actor, "name-replacement", access.at_request, named) as tx:
            return await _replacement(request_id, tx)

    @router.get("/kin/declare")
    async def declare_form(request: Request, actor: SignedIn) -> Response:
        return office.form(request, _declare())

    @router.post("/kin/declare")
    async def declare(request: Request, actor: SignedIn) -> Response:
        return await office.act(request, _declare(), actor)

    @router.get("/kin/widen")
    async def widen_form(request: Request, actor: SignedIn) -> Response:
        return office.form(request, await widening(actor))

    @router.post("/kin/widen")
    async def widen(request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await widening(actor), actor)

    @router.get("/kin/declarations/{declaration_id}/review")
    async def review_form(declaration_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await review(declaration_id, actor))

    @router.post("/kin/declarations/{declaration_id}/review")
    async def reviewed(declaration_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await review(declaration_id, actor), actor)

    @router.get("/kin/declarations/{declaration_id}/file")
    async def file_form(declaration_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await filing(declaration_id, actor))

    @router.post("/kin/declarations/{declaration_id}/file")
    async def filed(declaration_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await filing(declaration_id, actor), actor)

    @router.get("/kin/entries/{case_id}/file")
    async def entry_form(case_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await entry(case_id, actor))

    @router.post("/kin/entries/{case_id}/file")
    async def entered(case_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await entry(case_id, actor), actor)

    @router.get("/kin/requests/{request_id}/replacement")
    async def replacement_form(request_id: str, request: Request, actor: SignedIn) -> Response:
        return office.form(request, await replacement(request_id, actor))

    @router.post("/kin/requests/{request_id}/replacement")
    async def replaced(request_id: str, request: Request, actor: SignedIn) -> Response:
        return await office.act(request, await replacement(request_id, actor), actor)

    return router


def _held(actor: SignedIn) -> list[str]:
    held = areas_held(actor, access.ACCESS["list-kin"])
    if not held:
        raise Forbidden("您的岗位不查看近亲属备案；申报本人的近亲属请用“申报近亲属”")
    return held


def _declare() -> Act:
    return Act(
        slug="declare-kin",
        title="申报近亲属",
        command=DeclareKin,
        back="/intake/posts",
        submit="申报",
        fixed={"declaration_id": new_id(), "person_id": new_id()},
        facts=(
            ("申报范围", "在本人工作辖区内申请或享受社会救助的近亲属；在区内其他镇街、村居享受的，同样申报"),
            (
                "报给谁",
                "镇街和村居工作人员报所在镇（街、中心）审核，再报区民政局备案；区级人员报社会救助股室",
            ),
        ),
        fields=(
            Field(name="name", label="近亲属姓名"),
            Field(name="id_number", label="近亲属身份证号"),
            Field(name="relation", label="此人是您的", hint="例如：父亲、岳母、哥哥、女儿"),
        ),
        articles=(R3_7,),
        confirm="以上情况属实；我将回避该家庭的调查、评议、审核、审批和复核",
    )


async def _widen(area: str, tx: Tx) -> Act:
    known = await kinship.widening_of(tx, area, tx.today)
    return Act(
        slug="widen",
        title="扩大近亲属备案范围",
        command=WidenKin,
        back=PAGE,
        submit="登记",
        fixed={"township": area},
        crumbs=CRUMBS,
        facts=(
            ("适用", unit(area).body),
            ("制度已列", "、".join(tx.policy.words("kin.near", tx.today))),
            ("全区已扩大", "、".join(tx.policy.words("kin.local_widening", tx.today)) or "—"),
        ),
        fields=(
            Field(name="from_on", label="起算日期", kind=Kind.DAY, start=tx.today.isoformat()),
            Field(
                name="relations",
                label="扩大到的关系",
                kind=Kind.LINES,
                required=False,
                hint="每行一种，例如：女婿、儿媳、侄子；不填为不再扩大",
                start="\n".join(known.relations) if known else "",
            ),
            Field(name="reason", label="理由", kind=Kind.AREA),
        ),
        articles=(R3_5,),
        confirm="经镇（街、中心）研究同意",
    )


async def _review(declaration_id: str, tx: Tx) -> Act:
    told = await kinship.load_staff_declaration(tx, declaration_id)
    return Act(
        slug="review",
        title="审核近亲属申报",
        command=ReviewKinDeclaration,
        back=PAGE,
        submit="提交审核",
        fixed={"declaration_id": declaration_id},
        crumbs=CRUMBS,
        facts=(
            ("申报人", await name_of(tx, told.staff_id)),
            ("关系", told.relation),
            ("申报", day(told.declared_on, tx.today)),
        ),
        fields=(
            Field(
                name="accepted",
                label="审核意见",
                kind=Kind.RADIO,
                choices=(Choice("true", "属实，报区民政局备案"), Choice("false", "退回更正")),
            ),
            Field(name="note", label="退回的，写明要更正什么", kind=Kind.AREA, required=False),
        ),
        articles=(R3_7,),
    )


async def _file(declaration_id: str, tx: Tx) -> Act:
    told = await kinship.load_staff_declaration(tx, declaration_id)
    return Act(
        slug="file",
        title="备案近亲属申报",
        command=FileKinDeclaration,
        back=PAGE,
        submit="备案",
        fixed={"declaration_id": declaration_id},
        crumbs=CRUMBS,
        facts=(
            ("申报人", await name_of(tx, told.staff_id)),
            ("关系", told.relation),
            ("镇街审核", day(told.reviewed_on, tx.today)),
        ),
        articles=(R3_7,),
        confirm="已核对，予以备案",
    )


async def _file_entry(case_id: str, tx: Tx) -> Act:
    case = await cases.load_case(tx, case_id)
    return Act(
        slug="file",
        title="备案近亲属家庭",
        command=FileKinEntry,
        back=PAGE,
        submit="备案",
        fixed={"case_id": case_id},
        crumbs=CRUMBS,
        facts=(
            ("镇街", unit(case.township).name),
            ("类别", case.category.chinese),
            ("之后", "由区民政局入户核查，核查前不能审核确认"),
        ),
        articles=(R3_2, R3_7),
        confirm="备案表已收到，予以备案",
    )


async def _replacement(request_id: str, tx: Tx) -> Act:
    asked = await kinship.load_request(tx, request_id)
    case = await cases.load_case(tx, asked.case_id)
    kin = await registry.recused_from(tx, case.household_id)
    choices = [
        Choice(
            one.staff_id,
            one.name,
            hint="、".join(Role(post.role).chinese for post in one.posts),
            why_not="须回避 R3.10" if one.staff_id in kin else "",
        )
        for one in await staff_around(tx, case.village, tx.today)
    ]
    return Act(
        slug="replacement",
        title="指定接替人员",
        command=NameReplacement,
        back=PAGE,
        submit="指定",
        fixed={"request_id": request_id},
        crumbs=CRUMBS,
        facts=(
            ("申请回避", f"{await name_of(tx, asked.staff_id)}，{day(asked.asked_on, tx.today)}"),
            ("理由", asked.reason),
            ("之后", "该户的承办和未完成的任务转给接替人员"),
        ),
        fields=(Field(name="replacement_id", label="接替人员", kind=Kind.RADIO, choices=choices),),
        articles=(R3_10,),
    )


async def _rows(held: Sequence[str], tx: Tx) -> list[Sequence[Cell]]:
    names = await area_names(tx, DISTRICT.code)
    return [
        (
            line.head,
            names.get(line.entry.village, line.entry.village),
            line.category.chinese,
            line.stage.chinese,
            "、".join(line.staff),
            line.entry.registered_on,
            "是" if line.entry.late else "",
            line.form,
            line.entry.filed_on,
        )
        for line in await queries.register_lines(tx, held)
    ]
