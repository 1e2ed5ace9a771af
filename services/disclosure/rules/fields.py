"""What each kind of notice publishes: one table, in the regulation's order. Nothing else gets out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Protocol

from services.common.policy.articles import R5_2A, R5_2B, R5_2C, R5_3A, R5_3B, R5_4
from services.common.policy.household import Category
from services.common.policy.law import Article, Finding, Refused, rule
from services.common.policy.money import Fen, yuan
from services.common.policy.parameters import Policy
from services.disclosure.model import BoardKind, Cause, Notice

NOT_PUBLISHED = "—"
# 低保边缘 and 刚性支出困难 families are recognised, not paid a monthly amount.
UNPAID = frozenset({Category.EDGE, Category.RIGID})


class CauseNotPublishable(Refused):
    """The district's list of publishable causes does not have this one."""

    code: ClassVar[str] = "cause-not-publishable"


class _Coded(Protocol):
    """A code with its word for people."""

    @property
    def chinese(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Field:
    """One published field: its code, the regulation's word for it, and how its value is printed."""

    code: str
    label: str
    printed: Callable[[Notice, str], str]


@dataclass(frozen=True, slots=True)
class PublishedField:
    """One field of one notice as everybody may read it."""

    field: str
    label: str
    text: str


HEAD_NAME = Field("head_name", "户主姓名", lambda notice, _: notice.head_name)
PERSON_NAME = Field("head_name", "姓名", lambda notice, _: notice.head_name)
SEX = Field("sex", "性别", lambda notice, _: _word(notice.sex))
HOUSEHOLD_SIZE = Field("household_size", "家庭人口数", lambda notice, _: _persons(notice.household_size))
CAUSE = Field("cause", "致贫原因", lambda notice, _: _word(notice.cause))
REASON = Field("cause", "申请原因", lambda notice, _: _word(notice.cause))
END_REASON = Field("end_reason", "终止原因", lambda notice, _: _word(notice.end_reason))
APPLIED_CATEGORY = Field("category", "申请保障类型", lambda notice, _: _word(notice.category))
CATEGORY = Field("category", "保障类型", lambda notice, _: _word(notice.category))
OBJECT_CATEGORY = Field("object_category", "对象类别", lambda notice, _: _word(notice.object_category))
RELIEF_TYPE = Field("relief_type", "救助类型", lambda notice, _: _word(notice.relief_type))
PERSONS = Field("persons", "保障人口数", lambda notice, _: _persons(notice.persons))
AMOUNT = Field("amount", "保障金额", lambda notice, _: _monthly(notice.amount_fen))
RELIEF_AMOUNT = Field("amount", "救助金额", lambda notice, _: _once(notice.amount_fen))
REPORT_PHONE = Field("report_phone", "监督举报电话", lambda _, phone: phone or NOT_PUBLISHED)

FIELDS: dict[BoardKind, tuple[Field, ...]] = {
    BoardKind.INITIAL: (HEAD_NAME, HOUSEHOLD_SIZE, CAUSE, APPLIED_CATEGORY, REPORT_PHONE),
    BoardKind.EXPENDITURE: (PERSON_NAME, OBJECT_CATEGORY, REASON, REPORT_PHONE),
    BoardKind.DESTITUTE_END: (PERSON_NAME, SEX, END_REASON, REPORT_PHONE),
    BoardKind.LONG_TERM: (HEAD_NAME, CATEGORY, PERSONS, AMOUNT, REPORT_PHONE),
    BoardKind.RELIEF: (HEAD_NAME, RELIEF_TYPE, OBJECT_CATEGORY, RELIEF_AMOUNT),
}
ARTICLE: dict[BoardKind, Article] = {
    BoardKind.INITIAL: R5_2A,
    BoardKind.EXPENDITURE: R5_3A,
    BoardKind.DESTITUTE_END: R5_2C,
    BoardKind.LONG_TERM: R5_2B,
    BoardKind.RELIEF: R5_3B,
}


@rule(R5_2A, R5_2B, R5_2C, R5_3A, R5_3B, R5_4)
def published_fields(notice: Notice, report_phone: str) -> tuple[PublishedField, ...]:
    """Exactly what the regulation lists for this kind of notice."""
    return tuple(
        PublishedField(field.code, field.label, field.printed(notice, report_phone))
        for field in FIELDS[notice.kind]
    )


@rule(R5_2A, R5_3A, R5_4)
def publishable_cause(cause: Cause, policy: Policy, on: date) -> Finding[Cause]:
    """The cause only as one of the district's coarse words, never an illness or a class of disability."""
    words = policy.words("publicity.causes", on)
    if cause.chinese not in words:
        raise CauseNotPublishable(
            R5_2A, f"致贫原因“{cause.chinese}”不在可公示的大类（{'、'.join(words)}）之内"
        )
    return Finding(R5_2A, cause, {"text": f"致贫原因只公示大类：{cause.chinese}", "allowed": list(words)})


@rule(R5_2B)
def published_amount(category: Category, monthly: Fen, add_on: Fen) -> Finding[Fen | None]:
    """The monthly pay as one sum: an add-on shown apart would tell who in the family is ill or disabled."""
    if category in UNPAID:
        text = f"{category.chinese}不发放保障金，金额一栏印“{NOT_PUBLISHED}”"
        return Finding(R5_2B, None, {"category": category.value, "text": text})
    total = Fen(monthly + add_on)
    text = f"公开的保障金额为每月{yuan(total)}元"
    return Finding(R5_2B, total, {"monthly_fen": monthly, "add_on_fen": add_on, "text": text})


def _persons(count: int | None) -> str:
    return NOT_PUBLISHED if count is None else f"{count} 人"


def _word(code: _Coded | None) -> str:
    return NOT_PUBLISHED if code is None else code.chinese


def _once(amount: Fen | None) -> str:
    return NOT_PUBLISHED if amount is None else f"{yuan(amount)} 元"


def _monthly(amount: Fen | None) -> str:
    return NOT_PUBLISHED if amount is None else f"每月 {yuan(amount)} 元"
