"""Review put together: its tables of acts, rights, reactions and calls in one blueprint."""

from __future__ import annotations

from services.common.contracts import intake
from services.common.runtime.gate import acts_of
from services.common.runtime.service import Blueprint
from services.review import commands
from services.review.access import ACCESS, DOORS, locate, recused
from services.review.jobs import JOBS
from services.review.reactions import REACTIONS
from services.review.rpc import RPC
from services.review.storage import metadata, recusals
from services.review.web import routes


def blueprint() -> Blueprint:
    """Everything the runner needs to run review."""
    return Blueprint(
        name="review",
        title="复核",
        metadata=metadata,
        acts=acts_of(commands),
        access=ACCESS,
        doors=DOORS,
        locate=locate,
        recused=recused,
        reactions=REACTIONS,
        read_models={intake.RecusalChanged: (recusals,)},
        jobs=JOBS,
        rpc=RPC,
        routes=routes,
    )
