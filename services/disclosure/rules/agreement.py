"""Boards and roll must say the same: whoever stands on one and not on the other is listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.common.policy.articles import R5_2B, R5_4
from services.common.policy.law import Finding, rule
from services.disclosure.model import Entry


class Difference(StrEnum):
    """How a household differs between roll and board."""

    NOT_ON_BOARD = "not-on-board"
    NOT_ON_ROLL = "not-on-roll"
    CATEGORY = "category-differs"
    PERSONS = "persons-differ"
    AMOUNT = "amount-differs"

    @property
    def chinese(self) -> str:
        return {
            "not-on-board": "在册，但没有公开",
            "not-on-roll": "已公开，但不在册",
            "category-differs": "类别不一致",
            "persons-differ": "保障人口数不一致",
            "amount-differs": "金额不一致",
        }[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class RollLine:
    """One household of a stated roll."""

    household_id: str
    case_id: str
    village: str
    category: str
    persons: int
    monthly_amount_fen: int


@rule(R5_2B, R5_4)
def agreement(lines: Sequence[RollLine], listed: Sequence[Entry]) -> Finding[Mapping[str, list[Difference]]]:
    """Every household whose roll and board differ, with how."""
    roll = {line.household_id: line for line in lines}
    board = {str(entry.household_id): entry for entry in listed}
    found: dict[str, list[Difference]] = {}
    for household in sorted(roll.keys() | board.keys()):
        line, entry = roll.get(household), board.get(household)
        if line is None or entry is None:
            found[household] = [Difference.NOT_ON_BOARD if entry is None else Difference.NOT_ON_ROLL]
        elif differing := _differing(line, entry):
            found[household] = differing
    text = f"名册{len(roll)}户，公开{len(board)}户，" + (f"{len(found)}户不一致" if found else "完全一致")
    return Finding(R5_4, found, {"roll": len(roll), "board": len(board), "text": text})


def _differing(line: RollLine, entry: Entry) -> list[Difference]:
    category = entry.category.value if entry.category else ""
    told = (
        (Difference.CATEGORY, line.category != category),
        (Difference.PERSONS, line.persons != entry.persons),
        (Difference.AMOUNT, line.monthly_amount_fen != entry.amount_fen),
    )
    return [what for what, differs in told if differs]
