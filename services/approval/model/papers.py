"""The papers of approval: notices, forms for the district, minutes."""

from __future__ import annotations

from enum import StrEnum


class PaperKind(StrEnum):
    """What approval puts on paper."""

    CONFIRMATION = "confirmation-notice"
    REFUSAL = "refusal-notice"
    FILING_FORM = "filing-form"
    APPROVAL_FORM = "approval-form"
    RELIEF_REFUSAL = "relief-refusal-notice"
    MINUTES = "meeting-minutes"

    @property
    def chinese(self) -> str:
        return _KINDS[self]

    @property
    def series(self) -> str:
        """The letters under which it is numbered."""
        return _SERIES[self]


_KINDS = {
    PaperKind.CONFIRMATION: "确认通知书",
    PaperKind.REFUSAL: "不予确认告知书",
    PaperKind.FILING_FORM: "审核确认（认定）结果备案表",
    PaperKind.APPROVAL_FORM: "审核确认（认定）表",
    PaperKind.RELIEF_REFUSAL: "不予临时救助告知书",
    PaperKind.MINUTES: "会议记录",
}
_SERIES = {
    PaperKind.CONFIRMATION: "确",
    PaperKind.REFUSAL: "不确",
    PaperKind.FILING_FORM: "备",
    PaperKind.APPROVAL_FORM: "报",
    PaperKind.RELIEF_REFUSAL: "不救",
    PaperKind.MINUTES: "会",
}
