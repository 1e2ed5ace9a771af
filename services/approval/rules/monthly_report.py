"""What a township tells the district of a month: approvals by type and category, sources, the fund (R9.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.approval.model import (
    Movement,
    ObjectCategory,
    Relief,
    ReliefKind,
    ReliefStage,
    Transfer,
    TransferKind,
)
from services.common.policy.money import yuan
from services.common.policy.month import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The books of a month."""

    township: str
    month: Month
    decided: tuple[Relief, ...]
    movement: Movement
    transfers: tuple[Transfer, ...]
    unpaid_fen: int

    @property
    def granted(self) -> tuple[Relief, ...]:
        return tuple(one for one in self.decided if one.stage is ReliefStage.GRANTED)

    @property
    def refused(self) -> tuple[Relief, ...]:
        return tuple(one for one in self.decided if one.stage is ReliefStage.REFUSED)


def totals(facts: Facts) -> dict[str, int]:
    """The figures that the event carries."""
    fund = facts.movement
    return {
        "emergency_count": sum(one.kind is ReliefKind.EMERGENCY for one in facts.granted),
        "expenditure_count": sum(one.kind is ReliefKind.EXPENDITURE for one in facts.granted),
        "refused_count": len(facts.refused),
        "approved_fen": sum(one.amount_fen for one in facts.granted),
        "opening_fen": fund.opening_fen,
        "allocated_fen": fund.allocated_fen,
        "granted_fen": fund.granted_fen,
        "returned_fen": fund.returned_fen,
        "other_sources_fen": fund.other_granted_fen - fund.other_returned_fen,
        "closing_fen": fund.closing_fen,
    }


def content(facts: Facts) -> dict[str, object]:
    """The report as it is kept, shown and printed: a head and three tables of plain values."""
    return {
        "township": facts.township,
        "month": str(facts.month),
        "totals": totals(facts),
        "approvals": [_approvals(facts, kind, one) for kind in ReliefKind for one in ObjectCategory],
        "sources": _sources(facts),
        "open": {
            "unpaid_fen": facts.unpaid_fen,
            "without_platform": sum(one.owes_platform for one in facts.granted),
            "without_papers": sum(one.owes_paperwork for one in facts.granted),
        },
    }


def _approvals(facts: Facts, kind: ReliefKind, category: ObjectCategory) -> dict[str, object]:
    these = [one for one in facts.granted if one.kind is kind and one.object_category is category]
    refused = [one for one in facts.refused if one.kind is kind and one.object_category is category]
    return {
        "kind": kind.value,
        "category": category.value,
        "granted": len(these),
        "amount_fen": sum(one.amount_fen for one in these),
        "refused": len(refused),
    }


def _sources(facts: Facts) -> list[dict[str, object]]:
    """Paid in the month by where it came from, returns taken off."""
    sums: dict[str, int] = {}
    for one in facts.transfers:
        if one.kind is not TransferKind.ALLOCATION:
            name = _SOURCE_OF.get(one.kind) or one.note.split(" ")[0]
            sign = -1 if one.kind in (TransferKind.RETURN, TransferKind.OTHER_RETURN) else 1
            sums[name] = sums.get(name, 0) + sign * one.amount_fen
    return [{"source": name, "amount_fen": amount} for name, amount in sorted(sums.items())]


# What a line is called; money from elsewhere is called by the source that its transfer notes.
_SOURCE_OF = {
    TransferKind.GRANT: "备用金",
    TransferKind.RETURN: "备用金",
    TransferKind.OTHER_RETURN: "其他来源退回",
}


def lines(report: Mapping[str, object]) -> list[tuple[str, str]]:
    """The fund's lines of a kept report, for page and paper."""
    figures: dict[str, int] = report["totals"]  # type: ignore[assignment]
    return [
        ("期初余额", f"{yuan(figures['opening_fen'])}元"),
        ("本月拨入", f"{yuan(figures['allocated_fen'])}元"),
        ("本月支出", f"{yuan(figures['granted_fen'])}元"),
        ("本月退回", f"{yuan(figures['returned_fen'])}元"),
        ("期末余额", f"{yuan(figures['closing_fen'])}元"),
        ("其他来源支出", f"{yuan(figures['other_sources_fen'])}元"),
    ]
