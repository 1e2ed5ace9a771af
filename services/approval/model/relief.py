"""Temporary relief (临时救助): its types, its way from the report to the money, and the money's own life."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from services.approval.model.decision import NoticeMethod
from services.approval.model.ids import HouseholdId, ReliefId, StaffId
from services.common.policy.areas import TownshipCode
from services.common.policy.law import Conflict
from services.common.policy.money import Fen

NOTHING = Fen(0)


class ReliefKind(StrEnum):
    """急难型 is given first and papered afterwards; 支出型 goes the ordinary way."""

    EMERGENCY = "emergency"
    EXPENDITURE = "expenditure"

    @property
    def chinese(self) -> str:
        return {"emergency": "急难型", "expenditure": "支出型"}[self.value]


class ReliefCause(StrEnum):
    """What brought the household into need, as a coarse code."""

    FIRE = "fire"
    TRAFFIC = "traffic"
    ILLNESS = "illness"
    DISASTER = "disaster"
    SCHOOLING = "schooling"
    OTHER = "other"

    @property
    def chinese(self) -> str:
        return _CAUSES[self.value]


_CAUSES = {
    "fire": "火灾等意外事件",
    "traffic": "交通事故",
    "illness": "突发重大疾病、医疗支出",
    "disaster": "自然灾害",
    "schooling": "教育支出",
    "other": "其他",
}


class ObjectCategory(StrEnum):
    """对象类别, as R5.3b publishes it."""

    DIBAO = "dibao"
    DESTITUTE = "destitute"
    EDGE = "edge"
    RIGID = "rigid"
    OTHER = "other"

    @property
    def chinese(self) -> str:
        return _OBJECTS[self.value]


_OBJECTS = {
    "dibao": "最低生活保障对象",
    "destitute": "特困人员",
    "edge": "低保边缘家庭",
    "rigid": "刚性支出困难家庭",
    "other": "其他困难群众",
}


class Source(StrEnum):
    """Where the money or the goods come from."""

    FUND = "fund"
    ADVANCE = "advance"
    CHARITY = "charity"
    GOODS = "goods"
    DISTRICT = "district"

    @property
    def chinese(self) -> str:
        return _SOURCES[self.value]


_SOURCES = {
    "fund": "临时救助备用金",
    "advance": "财政垫付",
    "charity": "慈善资金",
    "goods": "实物救助",
    "district": "区级临时救助资金",
}


class ReliefStage(StrEnum):
    """Where a relief stands."""

    REQUESTED = "requested"
    PROPOSED = "proposed"
    READY = "ready"
    WITH_DISTRICT = "with-district"
    GRANTED = "granted"
    REFUSED = "refused"

    @property
    def chinese(self) -> str:
        return _STAGES[self.value]


_STAGES = {
    "requested": "已登记",
    "proposed": "公示中",
    "ready": "公示期满，待审批",
    "with-district": "已报区民政局审批",
    "granted": "已救助",
    "refused": "不予救助",
}
# PROPOSED again: after an objection the new proposal is made public. READY again: the district sent it back.
RELIEF_MOVES: dict[ReliefStage, frozenset[ReliefStage]] = {
    ReliefStage.REQUESTED: frozenset({ReliefStage.PROPOSED, ReliefStage.GRANTED, ReliefStage.REFUSED}),
    ReliefStage.PROPOSED: frozenset({ReliefStage.PROPOSED, ReliefStage.READY}),
    ReliefStage.READY: frozenset(
        {ReliefStage.PROPOSED, ReliefStage.WITH_DISTRICT, ReliefStage.GRANTED, ReliefStage.REFUSED}
    ),
    ReliefStage.WITH_DISTRICT: frozenset({ReliefStage.READY, ReliefStage.GRANTED, ReliefStage.REFUSED}),
    ReliefStage.GRANTED: frozenset(),
    ReliefStage.REFUSED: frozenset(),
}
OPEN_RELIEF = frozenset(ReliefStage) - {ReliefStage.GRANTED, ReliefStage.REFUSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """One relief with everything that has come of it; the money itself stands in its instalments."""

    relief_id: ReliefId
    household_id: HouseholdId
    township: TownshipCode
    village: str
    head_name: str
    kind: ReliefKind
    cause: ReliefCause
    object_category: ObjectCategory
    amount_fen: Fen
    handler_id: StaffId
    requested_on: date
    residence_village: str = ""
    compound: str = ""
    lead_id: str = ""
    stage: ReliefStage = ReliefStage.REQUESTED
    revision: int = 0
    proposed_on: date | None = None
    ends_on: date | None = None
    decidable_on: date | None = None
    approver_id: StaffId | None = None
    reason: str = ""
    decided_on: date | None = None
    granted_on: date | None = None
    refused_on: date | None = None
    notice_due_on: date | None = None
    notice_provisional: bool = False
    notice_method: NoticeMethod | None = None
    notice_served_on: date | None = None
    notice_overdue_noted: bool = False
    paperwork_due_on: date | None = None
    paperwork_provisional: bool = False
    paperwork_completed_on: date | None = None
    paperwork_overdue_noted: bool = False
    platform_no: str = ""
    platform_entered_on: date | None = None
    platform_entered_by: str = ""
    version: int = 0

    def move(self, to: ReliefStage) -> Relief:
        """The relief at another stage; a move that is not in the table is refused."""
        if to not in RELIEF_MOVES[self.stage]:
            raise Conflict(f"该救助事项目前{self.stage.chinese}，不能改为“{to.chinese}”，请刷新后重试")
        return replace(self, stage=to)

    @property
    def owes_paperwork(self) -> bool:
        return self.paperwork_due_on is not None and self.paperwork_completed_on is None

    @property
    def owes_notice(self) -> bool:
        return self.refused_on is not None and self.notice_served_on is None

    @property
    def owes_platform(self) -> bool:
        return self.stage is ReliefStage.GRANTED and not self.platform_no


class Payee(StrEnum):
    """To whom the money goes; somebody else's account needs the recipient's written consent."""

    RECIPIENT = "recipient"
    OTHER_HOLDER = "other-holder"

    @property
    def chinese(self) -> str:
        return {"recipient": "本人", "other-holder": "他人代收"}[self.value]


class ReturnReason(StrEnum):
    """Why money came back."""

    WRONG_NAME = "wrong-name"
    CLOSED_CARD = "closed-card"
    WRONG_NUMBER = "wrong-number"
    OVERPAID = "overpaid"

    @property
    def chinese(self) -> str:
        return _RETURNS[self.value]


_RETURNS: Mapping[str, str] = {
    "wrong-name": "户名不符",
    "closed-card": "账户已销户",
    "wrong-number": "账号有误",
    "overpaid": "多发追回",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """One payment of a relief: planned at the approval, then paid, then perhaps returned."""

    relief_id: ReliefId
    township: TownshipCode
    number: int
    amount_fen: Fen
    planned_on: date
    paid_on: date | None = None
    source: Source | None = None
    source_note: str = ""
    payee: Payee = Payee.RECIPIENT
    consent_no: str = ""
    returned_fen: Fen = NOTHING

    @property
    def outstanding_fen(self) -> Fen:
        """What of it the household has; a payment returned whole is to be made again."""
        return Fen(self.amount_fen - self.returned_fen if self.paid_on else 0)
