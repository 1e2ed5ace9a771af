"""What disclosure remembers of the other services: areas, recusals and the values of the law."""

from __future__ import annotations

import json
from dataclasses import dataclass

from services.common.policy.areas import TownshipCode
from services.common.policy.parameters import Policy
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.disclosure.commands.publicity import RecountPeriod
from services.disclosure.model import Area, HouseholdId, StaffId
from services.disclosure.storage import publicities, registry


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberArea:
    """The full state of an area."""

    code: str
    name: str
    compounds: tuple[str, ...]
    report_phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberRecusals:
    """Everybody who keeps away from a household."""

    household_id: HouseholdId
    township: TownshipCode
    staff_ids: frozenset[StaffId]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptPolicy:
    """The whole set of policy revisions."""

    revision: int
    document: str


@action("remember-area")
async def remember_area(cmd: RememberArea, tx: Tx) -> None:
    await registry.put_area(
        tx, Area(code=cmd.code, name=cmd.name, compounds=cmd.compounds, report_phone=cmd.report_phone)
    )


@action("remember-recusals")
async def remember_recusals(cmd: RememberRecusals, tx: Tx) -> None:
    await registry.put_recusals(tx, cmd.household_id, cmd.township, cmd.staff_ids)


@action("adopt-policy")
async def adopt_policy(cmd: AdoptPolicy, tx: Tx) -> None:
    """Use these values from now on, and count the running provisional periods again."""
    if cmd.revision <= tx.policy.revision:
        return
    await tx.adopt_policy(Policy.from_json(json.loads(cmd.document)))
    for publicity in await publicities.provisional_publicities(tx):
        await tx.perform(RecountPeriod(publicity_id=publicity.publicity_id))
