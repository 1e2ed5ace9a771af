"""What a notice must say: its dates, its ground, whom to ask, and the right to have it reviewed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from services.common.papers.paper import chinese_day
from services.common.policy.areas import DISTRICT, UnitKind
from services.common.policy.articles import DB_10, DB_18, DB_20, DB_22, DB_38, R3_2, R7_3, R7_4
from services.common.policy.calendar import WorkCalendar
from services.common.policy.clocks import ExtensionGround, decision_clock
from services.common.policy.household import Category
from services.common.policy.law import Article, Conflict, Finding, Invalid, rule
from services.common.policy.parameters import Policy
from services.intake.model.case import Case, DeclineGround
from services.intake.model.papers import DeliveryMethod, PaperKind, Sender, Words

_FULL_WIDTH = str.maketrans("(),;", "（），；")
NOTHING_MORE = Words({}, {})
NOBODY_NAMED, NO_PHONE = "民政办工作人员", "请到民政办当面咨询"
_WE = {UnitKind.TOWN: "我镇", UnitKind.STREET: "我街道", UnitKind.CENTRE: "我单位"}
_INSTEAD = {
    DeclineGround.OTHER_TOWNSHIP: "请向户籍所在地的镇、街道提出申请；需要帮助的，请联系本告知书的经办人转交",
    DeclineGround.ALREADY_ASSISTED: "现有救助继续有效；家庭情况发生变化的，可以随时申请调整",
    DeclineGround.AUTHORISATION_REFUSED: "签署核对授权和承诺后，可以随时重新提出申请",
    DeclineGround.WITHDRAWN: "以后生活发生困难的，可以随时重新提出申请",
}


@rule(R7_3)
def words_of(
    kind: PaperKind,
    case: Case,
    sender: Sender,
    calendar: WorkCalendar,
    policy: Policy,
    told: Words = NOTHING_MORE,
) -> Finding[Words]:
    """The facts that a paper of this kind states; Conflict while there is nothing yet to tell.

    `told` is what the case alone does not hold: kin, the lines of a report.
    """
    if kind in _MORE:
        return _MORE[kind](case, sender, told, calendar, policy)
    return _WORDS[kind](case, sender, calendar, policy)


@rule(R7_3, R7_4, DB_22)
def acceptance(case: Case, sender: Sender, calendar: WorkCalendar, policy: Policy) -> Finding[Words]:
    """Accepted on which day, and the three days by which the family may count on a decision."""
    if case.accepted_on is None:
        raise Conflict("该申请尚未受理，不能制发受理告知书")
    on = case.accepted_on
    usual = decision_clock(on, None, calendar, policy).value
    longest = decision_clock(on, ExtensionGround.OBJECTION, calendar, policy).value
    start = policy.int("clock.investigation_start_working_days", on)
    law = (R7_4, DB_22) if case.category is Category.DIBAO else (R7_4,)
    values = {
        "accepted_on": chinese_day(on),
        "case_no": case.case_id.replace("-", "")[-6:].upper(),
        "target_days": str(calendar.working_days_between(on, usual.target)),
        "target_on": chinese_day(usual.target),
        "due_days": str(calendar.working_days_between(on, usual.hard)),
        "due_on": chinese_day(usual.hard),
        "extended_days": str(calendar.working_days_between(on, longest.hard)),
        "extended_on": chinese_day(longest.hard),
        "grounds": "、".join(ground.chinese for ground in ExtensionGround),
        "start_days": str(start),
        "surveyors": str(policy.int("survey.min_surveyors", on)),
        "provisional": _provisional(provisional=longest.provisional),
        "law": _cited(*law),
    }
    return _found(R7_3, case, sender, values)


@rule(DB_10, R7_3)
def supplement(case: Case, sender: Sender, calendar: WorkCalendar, policy: Policy) -> Finding[Words]:
    """All that is missing, by when, and how it may be replaced by a promise."""
    if case.supplement is None:
        raise Conflict("该申请没有需要补正的材料，不能制发补正告知书")
    due = case.supplement.due_on
    values = {
        "due_on": chinese_day(due),
        "body": sender.unit.body,
        "provisional": _provisional(provisional=calendar.is_provisional(due)),
        "law": _cited(DB_10, R7_3),
    }
    return _found(DB_10, case, sender, values, {"missing": case.supplement.missing})


@rule(R7_3, DB_38)
def non_acceptance(case: Case, sender: Sender, calendar: WorkCalendar, policy: Policy) -> Finding[Words]:
    """The ground, what can be done instead, and the right to review and to sue with their terms."""
    if case.declined_on is None or case.decline_ground is None:
        raise Conflict("该申请没有作出不予受理决定，不能制发不予受理告知书")
    values = {
        "declined_on": chinese_day(case.declined_on),
        "ground": case.decline_ground.chinese.translate(_FULL_WIDTH),
        "instead": _INSTEAD[case.decline_ground],
        "review_days": str(policy.int("notice.review_days", case.declined_on)),
        "lawsuit_months": str(policy.int("notice.lawsuit_months", case.declined_on)),
        # Since 2024 only governments review; those of a township are reviewed by the district's.
        "reviewer": f"{DISTRICT.name}人民政府",
        "law": _cited(R7_3),
    }
    return _found(R7_3, case, sender, values)


@rule(R7_3)
def delivered(
    method: DeliveryMethod, on: date, receiver: str, issued_on: date, today: date, title: str
) -> Finding[DeliveryMethod]:
    """A paper is delivered after it was issued, to somebody who has a name."""
    if not issued_on <= on <= today:
        raise Invalid("delivered_on", f"送达日期应在{issued_on}（制发）至{today}（今天）之间，请核对后重填")
    if not receiver.strip():
        whom = "见证人" if method is DeliveryMethod.LEFT_AT_HOME else "签收人或者转告人"
        raise Invalid("receiver", f"请填写{whom}的姓名")
    facts = {"method": method.value, "delivered_on": on.isoformat(), "text": f"{on}{method.chinese}{title}"}
    return Finding(R7_3, method, facts)


@rule(R3_2)
def kin_form(
    case: Case, sender: Sender, told: Words, calendar: WorkCalendar, policy: Policy
) -> Finding[Words]:
    """The 备案表 of a case that stands in the separate register."""
    if case.accepted_on is None or not told.values:
        raise Conflict("该申请没有近亲属登记，不需要填写备案表")
    values = {
        **told.values,
        "accepted_on": chinese_day(case.accepted_on),
        "law": _cited(R3_2, DB_20),
    }
    return _found(R3_2, case, sender, values)


@rule(DB_18)
def verification(
    case: Case, sender: Sender, told: Words, calendar: WorkCalendar, policy: Policy
) -> Finding[Words]:
    """What differs, in general terms, and the right to object with evidence."""
    if not told.lists.get("differences"):
        raise Conflict("核对报告与申报没有不一致之处，不需要告知")
    lists = {"differences": tuple(told.lists["differences"])}
    return _found(DB_18, case, sender, {"law": _cited(DB_18)}, lists)


@rule(R7_4, DB_22)
def extension(
    case: Case, sender: Sender, told: Words, calendar: WorkCalendar, policy: Policy
) -> Finding[Words]:
    """The ground and the new last day, counted from acceptance."""
    if case.accepted_on is None or "ground" not in told.values:
        raise Conflict("该申请的办理时限没有延长，不能制发延期告知书")
    on, ground = case.accepted_on, ExtensionGround(told.values["ground"])
    usual = decision_clock(on, None, calendar, policy).value
    longest = decision_clock(on, ground, calendar, policy).value
    values = {
        "accepted_on": chinese_day(on),
        "ground": ground.chinese,
        "due_days": str(calendar.working_days_between(on, usual.hard)),
        "extended_days": str(calendar.working_days_between(on, longest.hard)),
        "extended_on": chinese_day(longest.hard),
        "provisional": _provisional(provisional=longest.provisional),
        "law": _cited(R7_4),
    }
    return _found(R7_4, case, sender, values)


def _found(
    article: Article,
    case: Case,
    sender: Sender,
    values: Mapping[str, str],
    lists: Mapping[str, tuple[str, ...]] | None = None,
) -> Finding[Words]:
    common = {
        "received_on": chinese_day(case.received_on),
        "category": case.category.chinese,
        "we": _WE[sender.unit.kind],
        "handler": sender.handler or NOBODY_NAMED,
        "phone": sender.phone or NO_PHONE,
    }
    return Finding(article, Words({**common, **values}, lists or {}), {})


def _cited(*articles: Article) -> str:
    return "、".join(article.title for article in articles)


def _provisional(*, provisional: bool) -> str:
    return "跨年的日期为暂定，以国务院公布的放假安排为准。" if provisional else ""


_WORDS: dict[PaperKind, Callable[[Case, Sender, WorkCalendar, Policy], Finding[Words]]] = {
    PaperKind.ACCEPTANCE: acceptance,
    PaperKind.SUPPLEMENT: supplement,
    PaperKind.NON_ACCEPTANCE: non_acceptance,
}
_MORE: dict[PaperKind, Callable[[Case, Sender, Words, WorkCalendar, Policy], Finding[Words]]] = {
    PaperKind.KIN_FORM: kin_form,
    PaperKind.VERIFICATION: verification,
    PaperKind.EXTENSION: extension,
}
