"""While a case may be investigated: until its opinion; again if nobody is eligible or it is examined anew."""

from __future__ import annotations

from services.common.runtime.tx import Tx
from services.intake.model.case import Case, Stage
from services.intake.storage import kin_register, means


async def require_open(case: Case, tx: Tx) -> None:
    """Conflict unless survey, verification and opinion may still be made."""
    if await kin_register.open_reexamination(tx, case.case_id):
        return
    if case.stage is Stage.OPINION_FORMED:
        latest = await means.latest_opinion(tx, case)
        if latest and not latest.eligible:
            return
    case.require(Stage.ACCEPTED)
