"""Approval put together: its tables of acts, rights, reactions, jobs and calls in one blueprint."""

from __future__ import annotations

from services.approval.access import ACCESS, DOORS, locate, recused
from services.approval.commands import (
    decisions,
    district,
    docket,
    emergency,
    meetings,
    notices,
    papers,
    registry,
    relief,
    relief_after,
    relief_money,
    reserve_fund,
)
from services.approval.jobs import JOBS
from services.approval.reactions import REACTIONS
from services.approval.rpc import RPC
from services.approval.storage import metadata
from services.approval.storage.tables import posts, recusals
from services.approval.web import routes
from services.approval.web.papers import public_routes
from services.common.contracts import intake
from services.common.runtime.gate import acts_of
from services.common.runtime.service import Blueprint


def blueprint() -> Blueprint:
    """Everything the runner needs to run approval."""
    return Blueprint(
        name="approval",
        title="审批",
        metadata=metadata,
        acts=acts_of(
            decisions,
            district,
            docket,
            emergency,
            meetings,
            notices,
            papers,
            registry,
            relief,
            relief_after,
            relief_money,
            reserve_fund,
        ),
        access=ACCESS,
        doors=DOORS,
        locate=locate,
        recused=recused,
        reactions=REACTIONS,
        read_models={intake.StaffChanged: (posts,), intake.RecusalChanged: (recusals,)},
        jobs=JOBS,
        rpc=RPC,
        routes=routes,
        public_routes=public_routes,
    )
