"""The publicity of expenditure-type relief (R5.3a), and of the end of destitute support (R5.2c)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.common.policy.areas import TownshipCode, VillageCode
from services.common.policy.publicity import PublicityKind
from services.common.runtime.gate import action
from services.common.runtime.ids import new_id
from services.common.runtime.tx import Tx
from services.disclosure.commands.publicity import begin
from services.disclosure.model import (
    CaseId,
    Cause,
    EndReason,
    HouseholdId,
    ObjectCategory,
    Publicity,
    PublicityId,
    Sex,
    Stage,
)
from services.disclosure.rules import fields, leaks


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenReliefPublicity:
    """Make a proposed expenditure relief public where the family is registered and where it lives."""

    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    village: VillageCode
    residence_village: str
    compound: str
    revision: int
    object_category: ObjectCategory
    head_name: str
    cause: Cause
    formed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEndPublicity:
    """Make it public that somebody is to lose destitute support."""

    case_id: CaseId
    household_id: HouseholdId
    township: TownshipCode
    village: VillageCode
    revision: int
    person_name: str
    sex: Sex
    reason: EndReason
    institution: str
    proposed_on: date


@action("open-relief-publicity")
async def open_relief_publicity(cmd: OpenReliefPublicity, tx: Tx) -> None:
    name = leaks.publishable_name(cmd.head_name)
    cause = fields.publishable_cause(cmd.cause, tx.policy, cmd.formed_on)
    opened = Publicity(
        publicity_id=PublicityId(new_id()),
        case_id=cmd.case_id,
        household_id=cmd.household_id,
        township=cmd.township,
        village=cmd.village,
        residence_village=cmd.residence_village if cmd.residence_village != cmd.village else "",
        compound=cmd.compound,
        kind=PublicityKind.EXPENDITURE,
        revision=cmd.revision,
        stage=Stage.AWAITING_POSTING,
        head_name=name.value,
        cause=cause.value,
        object_category=cmd.object_category,
        formed_on=cmd.formed_on,
    )
    await begin(opened, (name, cause), tx)


@action("open-end-publicity")
async def open_end_publicity(cmd: OpenEndPublicity, tx: Tx) -> None:
    name = leaks.publishable_name(cmd.person_name)
    opened = Publicity(
        publicity_id=PublicityId(new_id()),
        case_id=cmd.case_id,
        household_id=cmd.household_id,
        township=cmd.township,
        village=cmd.village,
        compound="",
        kind=PublicityKind.DESTITUTE_END,
        revision=cmd.revision,
        stage=Stage.AWAITING_POSTING,
        head_name=name.value,
        sex=cmd.sex,
        end_reason=cmd.reason,
        institution=cmd.institution,
        formed_on=cmd.proposed_on,
    )
    await begin(opened, (name,), tx)
