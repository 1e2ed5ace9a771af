"""Matching kin, here and nowhere else: done anew whenever staff, household or declaration changes."""

from __future__ import annotations

from datetime import date

from services.common.contracts import intake as events
from services.common.policy.law import Finding
from services.common.runtime.tx import Tx
from services.intake.model.ids import CaseId
from services.intake.model.registry import Household
from services.intake.rules import kinship as rules
from services.intake.storage import kinship as storage
from services.intake.storage import registry


async def refresh_recusal(
    tx: Tx, household: Household, on: date, case_id: CaseId | None = None
) -> Finding[bool]:
    """Settle who is recused and announce a change before anything relies on it; whether kin are declared."""
    declared = await storage.declarations_of(tx, household.household_id)
    members = await registry.staff_among_members(tx, household.household_id)
    recused = rules.recused_staff(declared, members, tx.policy, on)
    if recused.value != await registry.recused_from(tx, household.household_id):
        await registry.replace_recusals(tx, household.household_id, recused.value)
        await tx.record(case_id or household.household_id, recused)
        tx.publish(
            events.RecusalChanged(
                household_id=household.household_id,
                township=household.township,
                staff_ids=sorted(recused.value),
            ),
            subject=case_id or household.household_id,
        )
    return rules.kin_declared(declared, recused.value, tx.policy, on)
