"""The list of cases as .xlsx: what the page shows, never an ID number."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response

from services.common.contracts import intake
from services.common.pages.looking import areas_held, looking
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.pages.sheets import MOST_ROWS, Cell, Column, Sheet
from services.common.pages.words import body, short
from services.common.policy.areas import DISTRICT
from services.common.policy.household_terms import Category
from services.common.policy.law import Forbidden
from services.common.runtime import audit
from services.common.runtime.http import SignedIn
from services.common.runtime.tx import Tx
from services.intake import access
from services.intake.model.case import Stage
from services.intake.queries.cases import LARGEST_PAGE, CaseView, list_cases
from services.intake.queries.worklist import area_names
from services.intake.storage.accounts import name_of

ACTION = "export-cases"
COLUMNS = (
    Column("户主"),
    Column("村（居）", 16),
    Column("类别", 16),
    Column("阶段", 16),
    Column("收件"),
    Column("受理"),
    Column("目标日"),
    Column("法定期限"),
    Column("剩余工作日", 10),
    Column("经办人"),
    Column("案号"),
)


def routes(office: Office) -> APIRouter:
    """The file behind the button of the list."""
    router = APIRouter(prefix="/intake/exports", route_class=OfficeRoute, include_in_schema=False)

    @router.get("/cases.xlsx")
    async def exported(request: Request, actor: SignedIn, area: str = "", stage: str = "") -> Response:
        held = areas_held(actor, access.ACCESS[ACTION])
        if not held:
            raise Forbidden("您的岗位不导出案件清单")
        wanted = intake.ListCasesRequest(area=area or held[0], stage=stage, page_size=LARGEST_PAGE)
        async with looking(office.service, actor, ACTION, access.at_area, wanted) as tx:
            found = await _all(wanted, tx)
            sheet = Sheet(
                title="案件清单",
                body=body(wanted.area),
                columns=COLUMNS,
                rows=await _rows(found[:MOST_ROWS], tx),
                made_on=tx.today,
                cut=len(found) > MOST_ROWS,
            )
            await audit.look(tx, ACTION, (wanted.area, wanted.area))
        return office.sheet(request, sheet, "cases")

    return router


async def _all(wanted: intake.ListCasesRequest, tx: Tx) -> list[CaseView]:
    found: list[CaseView] = []
    while len(found) <= MOST_ROWS:
        page = await list_cases(wanted, tx)
        found.extend(page.cases)
        if not page.next_page_token:
            break
        wanted.page_token = page.next_page_token
    return found


async def _rows(found: Sequence[CaseView], tx: Tx) -> list[Sequence[Cell]]:
    villages = await area_names(tx, DISTRICT.code)
    handlers = {one: await name_of(tx, one) for one in {case.handler_id for case in found} if one}
    return [
        (
            case.head_name,
            villages.get(case.village, case.village),
            Category(case.category).chinese,
            Stage(case.stage).chinese,
            case.received_on,
            case.accepted_on,
            case.target_on,
            case.due_on,
            case.working_days_left if case.clock_state == "running" else None,
            handlers.get(case.handler_id, ""),
            short(case.case_id),
        )
        for case in found
    ]
