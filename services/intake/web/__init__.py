"""Intake's pages: signing in, today's work, cases with their forms, and what other services' pages ask."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter

from services.common.pages import audited, guide
from services.common.pages.environment import static_routes
from services.common.pages.office import Office
from services.common.runtime.service import Service
from services.intake.web import (
    acts,
    arrivals,
    cases,
    district,
    exports,
    handovers,
    kin,
    notices,
    overview,
    papers,
    parts,
    posts,
    referrals,
    search,
    session,
    tablets,
    today,
    tokens,
)

HERE = Path(__file__).parents[1]


def routes(service: Service) -> list[APIRouter]:
    """Everything of intake that a browser reads."""
    office = Office(service, HERE)
    return [
        static_routes(service.name),
        session.routes(service),
        session.office_routes(office),
        tokens.routes(service),
        district.routes(office),
        posts.routes(office),
        handovers.routes(office),
        tablets.routes(office),
        arrivals.routes(office),
        today.routes(office),
        search.routes(office),
        notices.routes(office),
        overview.routes(office),
        cases.routes(office),
        exports.routes(office),
        kin.routes(office),
        referrals.routes(office),
        acts.routes(office),
        papers.routes(office),
        parts.routes(office),
        guide.routes(office),
        audited.routes(office),
    ]


def public_routes(service: Service) -> list[APIRouter]:
    """The check of a printed code, and the look it needs."""
    return [static_routes(service.name), papers.public_routes(service)]
