"""What review answers over gRPC: four questions, each at its place and with its right."""

from __future__ import annotations

from services.common.contracts import review as contract
from services.common.runtime.rpc import Read, Rpc
from services.review import access, queries

RPC = Rpc(
    descriptor=contract.DESCRIPTOR.services_by_name["ReviewService"],
    reads={
        "GetRecipient": Read("read-recipient", access.recipient_place, queries.get_recipient),
        "ListRoll": Read("list-roll", access.area_place, queries.list_roll),
        "GetHouseholdFile": Read("read-household-file", access.file_place, queries.get_household_file),
        "GetTimeline": Read("read-timeline", access.case_place, queries.get_timeline),
    },
)
