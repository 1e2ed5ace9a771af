"""Every month the boards are compared with review's roll, and what differs is listed for the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.common.policy.areas import TownshipCode
from services.common.runtime.gate import action
from services.common.runtime.tx import Tx
from services.disclosure.rules.agreement import RollLine, agreement
from services.disclosure.storage import agreements, board


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareBoard:
    """A part of the roll of a township: households after one id up to another."""

    township: TownshipCode
    month: str
    stated_on: date
    after: str
    up_to: str
    lines: tuple[RollLine, ...]


@action("compare-board")
async def compare_board(cmd: CompareBoard, tx: Tx) -> None:
    listed = await board.listed_between(tx, cmd.township, cmd.after, cmd.up_to)
    found = agreement(cmd.lines, listed)
    cases = {line.household_id: line.case_id for line in cmd.lines}
    cases |= {str(entry.household_id): str(entry.case_id) for entry in listed}
    await agreements.put(
        tx,
        agreements.Agreement(
            township=cmd.township,
            month=cmd.month,
            after=cmd.after,
            compared_on=tx.today,
            on_roll=len(cmd.lines),
            on_board=len(listed),
            differences=tuple(
                (household, cases[household], what.value)
                for household, whats in found.value.items()
                for what in whats
            ),
        ),
    )
    await tx.record(f"{cmd.township}-{cmd.month}", found)
