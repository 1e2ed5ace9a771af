"""Approval's pages: docket, meeting, decision, notice and filing, and its part of today and of a case."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter

from services.approval.web import acts, docket, exports, fund, meetings, papers, parts, relief, relief_acts
from services.common.pages import audited
from services.common.pages.environment import static_routes
from services.common.pages.office import Office
from services.common.runtime.service import Service

HERE = Path(__file__).parents[1]


def routes(service: Service) -> list[APIRouter]:
    """Everything of approval that a browser reads."""
    office = Office(service, HERE)
    return [
        static_routes(service.name),
        docket.routes(office),
        exports.routes(office),
        parts.routes(office),
        meetings.routes(office),
        acts.routes(office),
        relief.routes(office),
        relief_acts.routes(office),
        fund.routes(office),
        papers.routes(office),
        audited.routes(office),
    ]
