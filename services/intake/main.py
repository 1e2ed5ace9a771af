"""Intake at a glance: its commands, rows of access, reactions, jobs, calls and pages."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from services.common.runtime.gate import acts_of
from services.common.runtime.service import Blueprint, Service
from services.intake import field, web
from services.intake.access import ACCESS, DOORS, recused
from services.intake.access.places import locate
from services.intake.commands import (
    acceptance,
    applications,
    appraisals,
    clocks,
    forms,
    handovers,
    identity,
    kin_declarations,
    merging,
    notices,
    opinion,
    papers,
    policy,
    progress,
    quarantine,
    recusal_requests,
    reexaminations,
    referrals,
    registry,
    stand_ins,
    survey,
    tablets,
    tasks,
    verification,
    visits,
)
from services.intake.jobs import JOBS
from services.intake.queries.due import CLOCKS_DUE
from services.intake.reactions import REACTIONS
from services.intake.rpc import RPC
from services.intake.storage import metadata


def blueprint() -> Blueprint:
    """The service as it is put to work by the runner and by tests."""
    return Blueprint(
        name="intake",
        title="受理",
        metadata=metadata,
        acts=acts_of(
            acceptance,
            applications,
            appraisals,
            clocks,
            forms,
            handovers,
            identity,
            merging,
            kin_declarations,
            notices,
            opinion,
            papers,
            policy,
            progress,
            quarantine,
            recusal_requests,
            reexaminations,
            referrals,
            registry,
            stand_ins,
            survey,
            tablets,
            tasks,
            verification,
            visits,
        ),
        access=ACCESS,
        doors=DOORS,
        locate=locate,
        recused=recused,
        reactions=REACTIONS,
        jobs=JOBS,
        gauges=(CLOCKS_DUE,),
        rpc=RPC,
        routes=_routes,
        public_routes=web.public_routes,
    )


def _routes(service: Service) -> Sequence[APIRouter]:
    return [*web.routes(service), *field.routes(service)]
