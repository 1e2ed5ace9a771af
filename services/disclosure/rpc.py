"""DisclosureService: what is read, and acts about objections; the rest follows from events."""

from __future__ import annotations

from services.common.contracts import disclosure as pb
from services.common.policy.areas import DISTRICT
from services.common.runtime.gate import Place
from services.common.runtime.rpc import Read, Rpc
from services.common.runtime.tx import Tx
from services.disclosure import queries
from services.disclosure.commands.objections import (
    AnswerObjection,
    CloseRepeatedObjection,
    InvestigateObjection,
    RaiseObjection,
)
from services.disclosure.model import CaseId
from services.disclosure.storage import publicities


async def locate_case(request: pb.GetPublicityRequest | pb.GetTimelineRequest, tx: Tx) -> Place:
    """The village and household of a case."""
    found = await publicities.load_latest_publicity(tx, CaseId(request.case_id))
    return Place(found.village, found.household_id, found.case_id)


async def locate_board(_: pb.ListBoardRequest, tx: Tx) -> Place:
    """The board is public: everybody reads it from where they stand, whichever board it is."""
    own = tx.actor.posts[0].area if tx.actor.posts else DISTRICT.code
    return Place(own)


RPC = Rpc(
    descriptor=pb.DESCRIPTOR.services_by_name["DisclosureService"],
    acts={
        "RaiseObjection": RaiseObjection,
        "InvestigateObjection": InvestigateObjection,
        "AnswerObjection": AnswerObjection,
        "CloseRepeatedObjection": CloseRepeatedObjection,
    },
    reads={
        "GetPublicity": Read("read-publicity", locate_case, queries.get_publicity),
        "ListBoard": Read("read-board", locate_board, queries.list_board),
        "GetTimeline": Read("read-timeline", locate_case, queries.get_timeline),
    },
)
