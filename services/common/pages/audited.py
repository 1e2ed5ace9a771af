"""The audit as the auditor reads it: who did or looked at what, when, from where, and how it ended.

Each service keeps an audit of its own; the page names all four, so that nobody looks in the wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import ColumnElement, select

from services.common.pages.looking import areas_held, looking
from services.common.pages.nav import SERVICES
from services.common.pages.office import Office
from services.common.pages.session import OfficeRoute
from services.common.pages.sheets import Column, Sheet
from services.common.policy.areas import DISTRICT
from services.common.policy.calendar import SHANGHAI
from services.common.policy.law import Forbidden, Invalid
from services.common.runtime import tables
from services.common.runtime.actor import Actor
from services.common.runtime.audit import DONE, TOWNSHIP_DIGITS, Kind
from services.common.runtime.gate import Place
from services.common.runtime.http import SignedIn
from services.common.runtime.tx import Tx

ACTION = "read-audit"
PAGE = 50
TITLES = {"intake": "受理", "approval": "审批", "disclosure": "公示", "review": "复核"}
KINDS = {Kind.ACT: "办理", Kind.LOOK: "查看"}
RESULTS = {DONE: "完成", "forbidden": "无权", "recused": "回避"}
HEADS = (Column("链", 14), Column("最后一条", 12), Column("哈希", 70), Column("已公布到", 12))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the audit is asked for."""

    chain: str = ""
    kind: str = ""
    subject: str = ""
    on: str = ""
    before: int = 0

    @property
    def day(self) -> date | None:
        try:
            return date.fromisoformat(self.on) if self.on else None
        except ValueError as error:
            raise Invalid("on", "日期请写成 2026-10-13") from error


def routes(office: Office) -> APIRouter:
    """The rows and the printed sheet of the chains' ends."""
    router = APIRouter(prefix=f"/{office.service.name}", route_class=OfficeRoute, include_in_schema=False)
    service = office.service

    @router.get("/audit")
    async def rows(
        request: Request,
        actor: SignedIn,
        chain: str = "",
        kind: str = "",
        subject: str = "",
        on: str = "",
        before: int = 0,
    ) -> Response:
        wanted = Wanted(chain, kind, subject.strip(), on, before)
        async with looking(service, actor, ACTION, _place(office, actor)) as tx:
            found = await _rows(wanted, chains_of(actor, office), tx)
            return office.page(
                request,
                "audit.html",
                rows=found[:PAGE],
                more=found[PAGE - 1].seq if len(found) > PAGE else 0,
                wanted=wanted,
                heads=await _heads(chains_of(actor, office), tx),
                kinds=KINDS,
                results=RESULTS,
                own=service.name,
                services={name: TITLES[name] for name in TITLES if name in SERVICES},
                today=tx.today,
            )

    @router.get("/audit/heads.pdf")
    async def heads(request: Request, actor: SignedIn) -> Response:
        """To be printed, signed and kept: what a database cannot be made to forget."""
        async with looking(service, actor, ACTION, _place(office, actor)) as tx:
            found = await _heads(chains_of(actor, office), tx)
            sheet = Sheet(
                title=f"{TITLES[service.name]}审计链尾登记表",
                body=DISTRICT.bureau,
                columns=HEADS,
                rows=[(one.chain, one.number, one.hash, one.anchored) for one in found],
                made_on=tx.today,
                note="与系统核对：jiuzhu ops audit verify。任何一条被改动、删除或调换，链尾都会不同。",
            )
        return await office.print_out(request, sheet, f"{service.name}-audit-heads")

    return router


def _place(office: Office, actor: Actor) -> Place:
    held = areas_held(actor, office.service.blueprint.access[ACTION])
    if not held:
        raise Forbidden("您的岗位不查看审计记录")
    return Place(held[0], subject=held[0])


def chains_of(actor: Actor, office: Office) -> frozenset[str]:
    """The chains an auditor reads: a township's own, or every one (no limit) for the district's."""
    held = areas_held(actor, office.service.blueprint.access[ACTION])
    whole = any(len(area) < TOWNSHIP_DIGITS for area in held)
    return frozenset() if whole else frozenset(area[:TOWNSHIP_DIGITS] for area in held)


async def _heads(chains: frozenset[str], tx: Tx) -> Sequence[Any]:
    known = tables.audit_heads
    mine = [known.c.chain.in_(chains)] if chains else []
    return await tx.all(select(known).where(*mine).order_by(known.c.chain))


async def _rows(wanted: Wanted, chains: frozenset[str], tx: Tx) -> Sequence[Any]:
    """The newest first, one more than a page holds."""
    mine = [tables.audit.c.chain.in_(chains)] if chains else []
    rows = select(tables.audit).where(*mine, *_fits(wanted)).order_by(tables.audit.c.seq.desc())
    return await tx.all(rows.limit(PAGE + 1))


def _fits(wanted: Wanted) -> list[ColumnElement[bool]]:
    known, ways = tables.audit.c, list[ColumnElement[bool]]()
    if wanted.chain:
        ways.append(known.chain == wanted.chain)
    if wanted.kind in set(Kind):
        ways.append(known.kind == wanted.kind)
    if wanted.subject:
        ways.append(
            known.subject.endswith(wanted.subject.lower(), autoescape=True) | (known.actor == wanted.subject)
        )
    if wanted.day:
        begin = datetime.combine(wanted.day, time(), SHANGHAI)
        ways.append(known.at.between(begin, begin + timedelta(days=1)))
    if wanted.before > 0:
        ways.append(known.seq < wanted.before)
    return ways
