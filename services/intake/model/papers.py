"""Papers of an application: which there are, and how one reaches the family."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from services.common.policy.areas import Unit


class PaperKind(StrEnum):
    """What intake tells an applicant in writing."""

    ACCEPTANCE = "acceptance-notice"
    SUPPLEMENT = "supplement-notice"
    NON_ACCEPTANCE = "non-acceptance-notice"
    KIN_FORM = "kin-filing-form"
    VERIFICATION = "verification-notice"
    EXTENSION = "extension-notice"

    @property
    def chinese(self) -> str:
        return _KINDS[self]


_KINDS = {
    PaperKind.ACCEPTANCE: "受理告知书",
    PaperKind.SUPPLEMENT: "补正材料一次性告知书",
    PaperKind.NON_ACCEPTANCE: "不予受理告知书",
    PaperKind.KIN_FORM: "近亲属享受社会救助备案表",
    PaperKind.VERIFICATION: "核对情况告知书",
    PaperKind.EXTENSION: "延长办理时限告知书",
}


class DeliveryMethod(StrEnum):
    """How a paper was delivered."""

    IN_PERSON = "in-person"
    POST = "post"
    LEFT_AT_HOME = "left-at-home"
    VILLAGE_BROADCAST = "village-broadcast"

    @property
    def chinese(self) -> str:
        return _METHODS[self]


_METHODS = {
    DeliveryMethod.IN_PERSON: "当面送达",
    DeliveryMethod.POST: "邮寄送达",
    DeliveryMethod.LEFT_AT_HOME: "留置送达",
    DeliveryMethod.VILLAGE_BROADCAST: "村级广播通知",
}


@dataclass(frozen=True, slots=True)
class Sender:
    """The body that speaks, and whom the applicant may ask."""

    unit: Unit
    handler: str
    phone: str


@dataclass(frozen=True, slots=True)
class Words:
    """What fills the places of a paper's wording."""

    values: Mapping[str, str]
    lists: Mapping[str, Sequence[str]]
