"""Gradual exit (渐退期): who keeps the money a while after leaving, for how many months and how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.common.policy.articles import CIVIL_1259, DB_33, R6_3
from services.common.policy.clocks import first_month
from services.common.policy.law import Finding, Invalid, rule
from services.common.policy.money import Fen, yuan
from services.common.policy.month import Month
from services.common.policy.parameters import Policy
from services.common.policy.reading import Record


class ExitGround(StrEnum):
    """The grounds on which the meeting may grant it."""

    GRADUATE = "graduate"
    LIFTED_OUT_OF_POVERTY = "lifted-out-of-poverty"
    MONITORED = "monitored"
    INCOME_AFTER_EMPLOYMENT = "income-after-employment"
    RIGID_SPENDING_AT_ENTRY = "rigid-spending-at-entry"

    @property
    def chinese(self) -> str:
        return {
            "graduate": "大专及以上学历的应届毕业生",
            "lifted-out-of-poverty": "脱贫人口",
            "monitored": "乡村振兴部门认定的监测对象",
            "income-after-employment": "就业后人均收入超过当地低保标准",
            "rigid-spending-at-entry": "纳入时核减收入后家庭刚性支出较大",
        }[self.value]


@dataclass(frozen=True, slots=True)
class GradualExitFacts:
    """What the rule looks at when a household no longer meets the conditions."""

    decided_on: date
    grounds: tuple[ExitGround, ...]
    self_reported: bool
    last_monthly: Fen
    rigid_at_entry: Fen | None = None

    @classmethod
    def from_json(cls, data: object) -> GradualExitFacts:
        """Read the facts; `ground` may be one name or the list `grounds`."""
        record = Record(data)
        grounds = [record.choice("ground", ExitGround)] if record.has("ground") else []
        grounds += [
            Record({"grounds": text}).choice("grounds", ExitGround) for text in record.texts("grounds")
        ]
        reported = record.optional_flag("self_reported")
        if reported is None:
            raise Invalid("self_reported", "请填写是否主动申报了就业及收入财产变动：true 或 false")
        facts = cls(
            decided_on=record.day("decided_on"),
            grounds=tuple(dict.fromkeys(grounds)),
            self_reported=reported,
            last_monthly=record.money("last_monthly"),
            rigid_at_entry=record.optional_money("rigid_at_entry"),
        )
        record.done()
        return facts


@dataclass(frozen=True, slots=True)
class GradualExit:
    """The months that are still paid; zero months means that money stops with `stops_from`."""

    months: int
    monthly: Fen
    total: Fen
    first_month: Month | None
    last_month: Month | None
    ends_on: date | None
    stops_from: Month

    def to_json(self) -> dict[str, object]:
        return {
            "granted": self.months > 0,
            "months": self.months,
            "monthly_fen": self.monthly,
            "monthly": yuan(self.monthly),
            "total_fen": self.total,
            "total": yuan(self.total),
            "first_month": str(self.first_month) if self.first_month else None,
            "last_month": str(self.last_month) if self.last_month else None,
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
            "stops_from": str(self.stops_from),
        }


@rule(R6_3, DB_33, CIVIL_1259)
def gradual_exit(facts: GradualExitFacts, policy: Policy) -> Finding[GradualExit]:
    """The longest term that a ground gives, at the amount as last set; none if changes were not declared."""
    next_month = first_month(facts.decided_on).value
    months, why = _months(facts, policy)
    if months == 0:
        exit_ = GradualExit(0, Fen(0), Fen(0), None, None, None, next_month)
        text = f"不享受渐退期：{why}；自{next_month.chinese}起停发，须书面告知"
    else:
        last = next_month + (months - 1)
        total = Fen(facts.last_monthly * months)
        exit_ = GradualExit(months, facts.last_monthly, total, next_month, last, last.last_day, last + 1)
        text = (
            f"渐退期{months}个月（{why}）：{next_month.chinese}至{last.chinese}，每月{yuan(facts.last_monthly)}元，"
            f"共{yuan(total)}元；{last.last_day}期满自动终止，自{(last + 1).chinese}起不再发放"
        )
    details = {
        "decided_on": facts.decided_on.isoformat(),
        "grounds": [ground.value for ground in facts.grounds],
        "self_reported": facts.self_reported,
        "revision": policy.revision,
        "text": text,
    }
    return Finding(R6_3, exit_, details)


def _months(facts: GradualExitFacts, policy: Policy) -> tuple[int, str]:
    day = facts.decided_on
    if not facts.self_reported:
        return 0, "未主动申报就业及收入财产变动情况"
    if facts.last_monthly == 0:
        return 0, "最后一次动态管理时确定的金额为零"
    least = policy.fen("gradual_exit.rigid_fen", day)
    if ExitGround.RIGID_SPENDING_AT_ENTRY in facts.grounds:
        if facts.rigid_at_entry is None:
            raise Invalid(
                "rigid_at_entry_fen", "请填写纳入时核减收入后的家庭刚性支出（分），或用 rigid_at_entry_yuan"
            )
        if facts.rigid_at_entry >= least:
            return policy.int(
                "gradual_exit.long_months", day
            ), f"纳入时刚性支出{yuan(facts.rigid_at_entry)}元"
    others = [g for g in facts.grounds if g is not ExitGround.RIGID_SPENDING_AT_ENTRY]
    if others:
        return policy.int("gradual_exit.months", day), "、".join(ground.chinese for ground in others)
    if facts.grounds:
        return 0, f"纳入时刚性支出不足{yuan(least)}元"
    return 0, "没有可给予渐退期的情形"
