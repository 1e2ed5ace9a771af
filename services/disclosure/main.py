"""The blueprint of disclosure (公示)."""

from __future__ import annotations

from services.common.contracts import intake
from services.common.runtime.gate import acts_of
from services.common.runtime.service import Blueprint
from services.disclosure.access import ACCESS, DOORS, locate, recused
from services.disclosure.commands import (
    agreement,
    entries,
    objections,
    other_publicity,
    outreach,
    publicity,
    registry,
)
from services.disclosure.jobs import JOBS
from services.disclosure.reactions import REACTIONS
from services.disclosure.rpc import RPC
from services.disclosure.storage import metadata
from services.disclosure.storage.tables import areas, recusals
from services.disclosure.web import public_routes, routes, shortcut


def blueprint() -> Blueprint:
    """Everything disclosure is made of."""
    return Blueprint(
        name="disclosure",
        title="公示",
        metadata=metadata,
        acts=acts_of(agreement, publicity, other_publicity, entries, objections, outreach, registry),
        access=ACCESS,
        doors=DOORS,
        locate=locate,
        recused=recused,
        reactions=REACTIONS,
        read_models={intake.AreaChanged: (areas,), intake.RecusalChanged: (recusals,)},
        jobs=JOBS,
        rpc=RPC,
        routes=routes,
        public_routes=public_routes,
        public_shortcut=shortcut,
    )
