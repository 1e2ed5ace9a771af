"""The docket as .xlsx. Names live in intake alone, so the file names cases by their number."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response

from services.approval.model import Relief
from services.approval.queries.office import DocketEntry, docket_of
from services.approval.queries.relief import recent
from services.approval.web.docket import home
from services.common.pages.looking import looking
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.pages.sheets import Cell, Column, Sheet
from services.common.pages.words import body, short, township
from services.common.runtime import audit
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn

ACTION = "export-docket"
PLATFORM_COLUMNS = (
    Column("户主"),
    Column("镇街", 14),
    Column("村（居）区划代码", 18),
    Column("救助类型"),
    Column("对象类别", 18),
    Column("原因", 22),
    Column("金额（元）", 14, money=True, total=True),
    Column("救助日期"),
    Column("家庭编号", 40),
)
COLUMNS = (
    Column("案号"),
    Column("镇街", 14),
    Column("类别", 16),
    Column("人数", 8, total=True),
    Column("建议（元/月）", 14, money=True),
    Column("法定期限"),
    Column("近亲属备案"),
    Column("能否上会", 44),
)


def routes(office: Office) -> APIRouter:
    """The file behind the button of the docket."""
    router = APIRouter(prefix="/approval/exports", route_class=OfficeRoute, include_in_schema=False)

    @router.get("/platform.xlsx")
    async def unentered(request: Request, actor: SignedIn) -> Response:
        """What is to be typed into the provincial platform, ready to be copied (R9.5)."""
        area = home(actor, "read-relief")
        async with looking(office.service, actor, "read-relief", Place(area, subject=area)) as tx:
            found = [one for one in await recent(tx, area) if one.owes_platform]
            sheet = Sheet(
                title="未录入临时救助平台",
                body=body(area),
                columns=PLATFORM_COLUMNS,
                rows=[_platform_row(one) for one in found],
                made_on=tx.today,
            )
            await audit.look(tx, "read-relief", (area, area))
        return office.sheet(request, sheet, "platform")

    @router.get("/docket.xlsx")
    async def exported(request: Request, actor: SignedIn) -> Response:
        area = home(actor, ACTION)
        async with looking(office.service, actor, ACTION, Place(area, subject=area)) as tx:
            entries = await docket_of(tx, area)
            sheet = Sheet(
                title="待上会案件",
                body=body(area),
                columns=COLUMNS,
                rows=[_row(one) for one in entries],
                made_on=tx.today,
            )
            await audit.look(tx, ACTION, (area, area))
        return office.sheet(request, sheet, "docket")

    return router


def _row(entry: DocketEntry) -> Sequence[Cell]:
    item = entry.item
    ready = "已列入会议议程" if item.meeting_id else "可以上会"
    return (
        short(item.case_id),
        township(item.township),
        item.category.chinese,
        item.household_size,
        None if item.nobody_eligible else item.proposed_amount_fen,
        item.due_on,
        "有" if item.kin_declared else "",
        "；".join(f"{one.message} {one.article.id}" for one in entry.blockers) or ready,
    )


def _platform_row(one: Relief) -> Sequence[Cell]:
    return (
        one.head_name,
        township(one.township),
        one.village,
        one.kind.chinese,
        one.object_category.chinese,
        one.cause.chinese,
        one.amount_fen,
        one.granted_on,
        one.household_id,
    )
